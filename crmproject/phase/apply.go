package phase

import "slices"

// file puts the papers of a decision on file.
func file(s *State, d Decision) {
	s.Waivers = append(s.Waivers, d.Waivers...)
	s.Exemptions = append(s.Exemptions, d.Exemptions...)
	for _, done := range d.Fulfilled {
		fulfil(s, done, d)
	}
}

func fulfil(s *State, done Fulfilment, d Decision) {
	for i := range s.Passes {
		for j := range s.Passes[i].Conditions {
			if o := &s.Passes[i].Conditions[j]; o.ID == done.ID {
				o.Fulfilled, o.Evidence = d.On, done.Evidence
			}
		}
	}
}

// apply takes the state, its papers on file, to where the record leads. It alone
// does so, for decisions and for replays.
func (c *chart) apply(s *State, rec Record) {
	d := rec.Decision
	s.Cycle, s.Seq, s.On = rec.Cycle, rec.Seq, d.On
	switch d.Action {
	case Start:
		s.Status = Active
		c.enter(s, rec)
	case Go, ConditionalGo:
		c.pass(s, rec)
	case Hold:
		s.Status, s.Review = OnHold, d.Review
	case Resume:
		s.Status, s.Review = Active, 0
	case Recycle:
		c.back(s, rec)
	case Kill:
		c.kill(s, rec)
	case Reopen:
		supersede(s, rec)
		s.Exemptions = nil
		c.back(s, rec)
	case Note: // the papers are on file already
	}
}

// pass notes that a gate was passed, and moves on unless it was only confirmed.
func (c *chart) pass(s *State, rec Record) {
	p := newPass(rec)
	if i := s.passAt(p.From, p.To); i >= 0 {
		s.Passes = slices.Delete(s.Passes, i, i+1)
	}
	if rec.moves() && !c.forward(p.From, p.To) {
		c.spoil(s, rec)
	}
	s.Passes = append(s.Passes, p)
	switch {
	case rec.To == End:
		c.finish(s, rec)
	case rec.moves():
		s.Status, s.Review = Active, 0
		c.enter(s, rec)
	}
}

// newPass puts down what a decision to pass a gate rests on.
func newPass(rec Record) Pass {
	e := rec.Snapshot[0]
	p := Pass{From: e.From, To: e.To, Name: e.Name, Seq: rec.Seq, On: rec.Decision.On, Action: rec.Decision.Action}
	for _, a := range e.Criteria {
		if a.Effect == Waived {
			p.Waived = append(p.Waived, Reliance{a.Code, subjects(a)})
		}
	}
	for _, condition := range rec.Decision.Conditions {
		p.Conditions = append(p.Conditions, Obligation{Condition: condition})
	}
	return p
}

// back returns to an earlier phase, or to the beginning of the current one.
func (c *chart) back(s *State, rec Record) {
	s.Status, s.Review = Active, 0
	c.spoil(s, rec)
	c.enter(s, rec)
}

// spoil makes the gates stale that lead out of the phase that is entered again
// and out of later phases. What is stale already keeps its first reason.
func (c *chart) spoil(s *State, rec Record) {
	for i := range s.Passes {
		if p := &s.Passes[i]; p.StaleBy == 0 && c.at[p.From] >= c.at[rec.To] {
			p.StaleBy, p.StaleOn = rec.Seq, rec.Decision.On
		}
	}
}

// enter leaves the current phase and opens a visit of the next. A phase from
// which nothing leads on ends the life cycle.
func (c *chart) enter(s *State, rec Record) {
	leave(s, rec)
	d := rec.Decision
	s.Phase = rec.To
	s.Visits = append(s.Visits, Visit{
		Phase: rec.To, Number: rec.Visit, Entered: d.On,
		Action: d.Action, Seq: rec.Seq, Cause: d.Cause, Reason: d.Reason, By: d.By,
	})
	if len(c.outOf(rec.To)) == 0 && d.Action != Kill {
		c.finish(s, rec)
	}
}

// leave ends the current visit, unless the end of the life cycle did.
func leave(s *State, rec Record) {
	if n := len(s.Visits); n > 0 && s.Visits[n-1].Left == 0 {
		s.Visits[n-1].Left, s.Visits[n-1].Exit = rec.Decision.On, rec.Decision.Action
	}
}

// finish ends the life cycle in the regular way; a killed one stays killed, and
// its ending is on file.
func (c *chart) finish(s *State, rec Record) {
	leave(s, rec)
	s.Review = 0
	if s.Status == Killed {
		return
	}
	s.Status = Completed
	s.Endings = append(s.Endings, Ending{
		Number: len(s.Endings) + 1, Seq: rec.Seq, On: rec.Decision.On, Phase: s.Phase,
	})
}

// kill ends the life cycle before its time and opens the closure phase.
func (c *chart) kill(s *State, rec Record) {
	s.Endings = append(s.Endings, Ending{
		Number: len(s.Endings) + 1, Seq: rec.Seq, On: rec.Decision.On, Phase: s.Phase, Premature: true,
	})
	s.Status, s.Review = Killed, 0
	if rec.Visit > 0 {
		c.enter(s, rec)
	}
	if len(c.outOf(c.closure)) == 0 {
		leave(s, rec)
	}
}

// supersede closes the books on the ending that stands.
func supersede(s *State, rec Record) {
	if _, ok := s.Ending(); ok {
		last := &s.Endings[len(s.Endings)-1]
		last.SupersededBy, last.SupersededOn = rec.Seq, rec.Decision.On
	}
}
