package phase

import (
	"fmt"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// Decide makes a decision: it returns the state afterwards, and the record of
// it. It changes neither s nor d, and what it returns shares nothing with them.
//
// The error is one of two kinds. A [*RefusedError] says that the decision cannot
// be made as things are; it has the evaluation of the gate with all reasons, and
// tells what is refused from what is undeclared and from what hangs on a failed
// check. Any other error means that s or d is not sound: it has all faults, each
// located by path. On error the state returned is s.
//
// A decision without a gate asks no facts: start, resume, reopen and note.
func (m *Machine[F]) Decide(s State, d Decision, facts F) (State, Record, error) {
	return m.chart.decide(s, d, func(g *Gate, filed State) ([]result, error) {
		return m.run(g, filed, facts), nil
	})
}

// Start starts the life cycle: it decides [Start] on the zero State.
func (m *Machine[F]) Start(on calendar.Date, by string) (State, Record, error) {
	return m.chart.decide(State{}, Decision{Action: Start, On: on, By: by}, nil)
}

// asker gives the results of the checks of a gate.
type asker func(g *Gate, filed State) ([]result, error)

// decide is Decide with the source of the results left open: the facts, or the
// snapshot of a record.
func (c *chart) decide(s State, d Decision, ask asker) (State, Record, error) {
	if err := c.sound(s, d); err != nil {
		return s, Record{}, err
	}
	if why := c.unfit(s, d); why != nil {
		return s, Record{}, why
	}
	filed := s.clone()
	file(&filed, d)
	snapshot, err := c.snapshot(filed, d, ask)
	if err != nil {
		return s, Record{}, err
	}
	rec := c.record(s, d, snapshot)
	c.apply(&filed, rec)
	return filed, rec, nil
}

// sound reports bad input: a state that is not of this life cycle, or a decision
// that is not one or does not fit the state's dates and papers.
func (c *chart) sound(s State, d Decision) error {
	var f verdict.Faults
	f.Add("state", c.check(s))
	f.Add("decision", d.Validate())
	if f.Len() == 0 {
		c.checkAgainst(s, d, &f)
	}
	return f.Err()
}

// checkAgainst holds a decision against the state and the life cycle.
func (c *chart) checkAgainst(s State, d Decision, f *verdict.Faults) {
	if d.On < s.On {
		f.Addf("decision.on", "%w: %s is before the last record of %s", verdict.ErrRange, d.On, s.On)
	}
	for i, w := range d.Waivers {
		c.checkWaiver(w, verdict.At("decision.waivers", i), f)
	}
	exempt := map[verdict.Code]bool{}
	for _, x := range s.Exemptions {
		exempt[x.Code] = true
	}
	for i, x := range d.Exemptions {
		at := verdict.At("decision.exemptions", i) + ".code"
		if _, ok := c.codes[x.Code]; !ok {
			f.Unknown(at, string(x.Code))
		}
		if exempt[x.Code] {
			f.Duplicate(at, string(x.Code))
		}
		exempt[x.Code] = true
	}
	checkConditions(s, d, f)
}

func (c *chart) checkWaiver(w verdict.Waiver, at string, f *verdict.Faults) {
	t, ok := c.codes[w.Code]
	switch {
	case !ok:
		f.Unknown(at+".code", string(w.Code))
	case !t.Waivable:
		f.Addf(at+".code", "%w: %s cannot be waived", verdict.ErrInvalid, w.Code)
	}
}

// checkConditions reports fulfilments of what is not open, and conditions with
// the id of one that stays on file; those of a gate that is passed again do not.
func checkConditions(s State, d Decision, f *verdict.Faults) {
	known, open, stays := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, p := range s.Passes {
		replaced := d.Action.passes() && p.From == fromOf(s, d) && p.To == d.To
		for _, o := range p.Conditions {
			known[o.ID], open[o.ID], stays[o.ID] = true, !o.Fulfilled.IsValid(), !replaced
		}
	}
	for i, done := range d.Fulfilled {
		at := verdict.At("decision.fulfilled", i) + ".id"
		switch {
		case !known[done.ID]:
			f.Unknown(at, done.ID)
		case !open[done.ID]:
			f.Addf(at, "%w: %s is fulfilled already", verdict.ErrInvalid, verdict.Quote(done.ID))
		}
	}
	for i, condition := range d.Conditions {
		if stays[condition.ID] {
			f.Duplicate(verdict.At("decision.conditions", i)+".id", condition.ID)
		}
	}
}

// snapshot evaluates what the decision is based on, and refuses it if a gate
// does.
func (c *chart) snapshot(filed State, d Decision, ask asker) ([]Evaluation, error) {
	switch d.Action {
	case Go, ConditionalGo:
		e, err := c.evaluate(c.gate(fromOf(filed, d), d.To), filed, d.On, ask)
		if err != nil {
			return nil, err
		}
		return []Evaluation{e}, granted(d, e)
	case Hold, Recycle, Kill:
		return c.evaluateAll(filed, d.On, ask)
	default:
		return nil, nil
	}
}

// granted returns nil if the evaluation permits the decision.
func granted(d Decision, e Evaluation) error {
	if outcome := e.Answer(d.Action); outcome != Open {
		return &RefusedError{Action: d.Action, Outcome: outcome, Evaluation: e}
	}
	if d.Action == ConditionalGo && e.Below && d.Reason == "" {
		var f verdict.Faults
		f.Addf("decision.reason", "%w: a should score of %s, below the threshold %s, needs a rationale",
			verdict.ErrMissing, e.Score, e.Threshold)
		return f.Err()
	}
	return nil
}

func (c *chart) evaluate(g *Gate, filed State, on calendar.Date, ask asker) (Evaluation, error) {
	results, err := ask(g, filed)
	if err != nil {
		return Evaluation{}, err
	}
	return c.assess(g, filed, on, results, c.situate(g, filed, on)), nil
}

func (c *chart) evaluateAll(filed State, on calendar.Date, ask asker) ([]Evaluation, error) {
	var all []Evaluation
	for _, g := range c.outOf(filed.Phase) {
		e, err := c.evaluate(g, filed, on, ask)
		if err != nil {
			return nil, err
		}
		all = append(all, e)
	}
	return all, nil
}

// fromOf returns the phase that the gate of the decision leads out of.
func fromOf(s State, d Decision) ID {
	if d.From == "" {
		return s.Phase
	}
	return d.From
}

// record puts down the decision and where it leads.
func (c *chart) record(s State, d Decision, snapshot []Evaluation) Record {
	rec := Record{Seq: s.Seq + 1, Cycle: c.outline.Name, Decision: d.clone(), From: s.Phase, To: s.Phase, Snapshot: snapshot}
	switch {
	case d.Action == Start:
		rec.To = c.outline.Phases[0].ID
	case d.Action.passes() && fromOf(s, d) != s.Phase:
		return rec // a gate is confirmed again; nothing moves
	case d.Action.passes(), d.Action == Recycle, d.Action == Reopen:
		rec.To = d.To
	case d.Action == Kill && s.Phase != c.closure:
		rec.To = c.closure
	default:
		return rec
	}
	if rec.To != End {
		rec.Visit = s.Visited(rec.To) + 1
	}
	return rec
}

// unfit refuses what the life cycle does not allow in this state, whatever the
// facts.
func (c *chart) unfit(s State, d Decision) error {
	refuse := func(o Outcome, format string, args ...any) error {
		from := fromOf(s, d)
		return &RefusedError{d.Action, o, Evaluation{From: from, To: d.To, AsOf: d.On, Outcome: o}, fmt.Sprintf(format, args...)}
	}
	if d.Action == Start {
		if s.Status != 0 {
			return refuse(Refused, "the life cycle has started already")
		}
		return nil
	}
	switch {
	case s.Status == 0:
		return refuse(Refused, "%s", notRunning(s.Status))
	case d.Action.passes() && c.gate(fromOf(s, d), d.To) == nil:
		return &RefusedError{Action: d.Action, Outcome: Undeclared, Evaluation: Evaluation{
			From: fromOf(s, d), To: d.To, AsOf: d.On, Outcome: Undeclared}}
	case d.Action == Resume && s.Status != OnHold:
		return refuse(Refused, "the life cycle is not on hold")
	case (d.Action == Hold || d.Action == Recycle || d.Action == Kill) && !s.Status.running():
		return refuse(Refused, "%s", notRunning(s.Status))
	case (d.Action == Recycle || d.Action == Reopen) && !c.known(d.To):
		return refuse(Undeclared, "the life cycle has no phase %s", verdict.Quote(string(d.To)))
	case d.Action == Recycle || d.Action == Reopen:
		if why := c.noReturn(s, d.Action, d.To); why != "" {
			return refuse(Refused, "%s", why)
		}
	}
	return nil
}

// noReturn says why a known phase cannot be recycled to or reopened, empty if it
// can.
func (c *chart) noReturn(s State, a Action, to ID) string {
	name := verdict.Quote(string(to))
	switch {
	case s.Visited(to) == 0:
		return fmt.Sprintf("phase %s was not visited yet", name)
	case c.at[to] > c.reach(s):
		return fmt.Sprintf("phase %s lies ahead: its gates lead there", name)
	case a == Reopen && to == s.Phase && s.Status.running():
		return fmt.Sprintf("phase %s is the current one: recycle does it over", name)
	case a == Reopen && len(c.outOf(to)) == 0:
		return fmt.Sprintf("phase %s has no gate out: nothing can be done in it but end again", name)
	default:
		return ""
	}
}

// reach returns the place of the phase in which work was last done: for a killed
// project that is not the closure phase.
func (c *chart) reach(s State) int {
	reach := c.at[s.Phase]
	if ending, ok := s.Ending(); ok {
		reach = max(reach, c.at[ending.Phase])
	}
	return reach
}
