package phase

import (
	"github.com/crmrollout/crm/crmproject/verdict"
)

// maxSeq bounds the numbers of records: beyond 2⁵³ JSON readers lose count.
const maxSeq = 1<<53 - 1

// Check reports whether a state can be one of this life cycle, as after reading
// it from a file. The error has all faults, each located by path. It cannot tell
// whether the state is true: only [Machine.Replay] of the records can.
// [Machine.Decide] checks the state it is given.
func (m *Machine[F]) Check(s State) error { return m.chart.check(s) }

func (c *chart) check(s State) error {
	var f verdict.Faults
	if s.Status == 0 {
		if !s.blank() {
			f.Missing("status")
		}
		return f.Err()
	}
	c.checkHead(s, &f)
	c.checkVisits(s, &f)
	c.checkPasses(s, &f)
	s.checkEndings(&f)
	for i, w := range s.Waivers {
		f.Add(verdict.At("waivers", i), w.Validate())
	}
	for i, x := range s.Exemptions {
		x.check(verdict.At("exemptions", i), &f)
	}
	return f.Err()
}

// blank reports whether s is the zero State, but for empty lists.
func (s State) blank() bool {
	lists := len(s.Visits) + len(s.Passes) + len(s.Endings) + len(s.Waivers) + len(s.Exemptions)
	return lists == 0 && s.Cycle == "" && s.Phase == "" && s.Review == 0 && s.Seq == 0 && s.On == 0
}

func (c *chart) checkHead(s State, f *verdict.Faults) {
	if s.Cycle != c.outline.Name {
		f.Addf("cycle", "%w: %s, this is %s", verdict.ErrInvalid, verdict.Quote(s.Cycle), verdict.Quote(c.outline.Name))
	}
	if !s.Status.IsValid() {
		f.Addf("status", "%w status %d", verdict.ErrUnknown, s.Status)
	}
	c.checkPhase(s.Phase, "phase", f)
	if s.Seq < 1 || s.Seq >= maxSeq {
		f.Addf("seq", "%w: %d", verdict.ErrRange, s.Seq)
	}
	checkDate(s.On, "on", f)
	if (s.Status == OnHold) != (s.Review != 0) || s.Review != 0 && !s.Review.IsValid() {
		f.Addf("review", "%w: a review date is for a project on hold, and it needs one", verdict.ErrInvalid)
	}
}

func (c *chart) checkPhase(id ID, at string, f *verdict.Faults) {
	switch {
	case id == "":
		f.Missing(at)
	case !c.known(id):
		f.Unknown(at, string(id))
	}
}

func (c *chart) checkVisits(s State, f *verdict.Faults) {
	if len(s.Visits) == 0 {
		f.Missing("visits")
	}
	count := map[ID]int{}
	for i, v := range s.Visits {
		at := verdict.At("visits", i)
		c.checkPhase(v.Phase, at+".phase", f)
		if count[v.Phase]++; v.Number != count[v.Phase] {
			f.Addf(at+".number", "%w: %d, want %d", verdict.ErrInvalid, v.Number, count[v.Phase])
		}
		if i > 0 && v.Entered < s.Visits[i-1].Entered {
			f.Addf(at+".entered", "%w: %s is before %s", verdict.ErrRange, v.Entered, s.Visits[i-1].Entered)
		}
		checkDate(v.Entered, at+".entered", f)
		if last := i == len(s.Visits)-1; last && v.Phase != s.Phase {
			f.Addf(at+".phase", "%w: the last visit is of %s, the current phase is %s", verdict.ErrInvalid,
				verdict.Quote(string(v.Phase)), verdict.Quote(string(s.Phase)))
		}
	}
}

func (c *chart) checkPasses(s State, f *verdict.Faults) {
	type way struct{ from, to ID }
	seen, ids := map[way]bool{}, map[string]bool{}
	for i, p := range s.Passes {
		at := verdict.At("passes", i)
		switch {
		case c.gate(p.From, p.To) == nil:
			f.Addf(at, "%w gate from %s to %s", verdict.ErrUnknown, verdict.Quote(string(p.From)), verdict.Quote(string(p.To)))
		case seen[way{p.From, p.To}]:
			f.Addf(at, "%w gate from %s to %s", verdict.ErrDuplicate, p.From, p.To)
		}
		seen[way{p.From, p.To}] = true
		p.check(at, s.Seq, f)
		for j, o := range p.Conditions {
			if ids[o.ID] {
				f.Duplicate(verdict.At(at+".conditions", j)+".id", o.ID)
			}
			ids[o.ID] = true
		}
	}
}

// check reports what is wrong with a pass by itself; last is the number of the
// last record.
func (p Pass) check(at string, last int64, f *verdict.Faults) {
	if !p.Action.passes() {
		f.Addf(at+".action", "%w: %s passes no gate", verdict.ErrInvalid, verdict.Quote(p.Action.String()))
	}
	if p.Seq < 1 || p.Seq > last {
		f.Addf(at+".seq", "%w: %d is not between 1 and %d", verdict.ErrRange, p.Seq, last)
	}
	checkDate(p.On, at+".on", f)
	for j, rely := range p.Waived {
		if here := verdict.At(at+".waived", j); len(rely.Subjects) == 0 {
			f.Missing(here + ".subjects")
		}
	}
	for j, o := range p.Conditions {
		here := verdict.At(at+".conditions", j)
		if o.ID == "" {
			f.Missing(here + ".id")
		}
		o.check(here, 0, f)
	}
}

// checkEndings reports endings out of order, and an ending that stands beside a
// status that it contradicts.
func (s State) checkEndings(f *verdict.Faults) {
	for i, e := range s.Endings {
		at := verdict.At("endings", i)
		if e.Number != i+1 {
			f.Addf(at+".number", "%w: %d, want %d", verdict.ErrInvalid, e.Number, i+1)
		}
		if i < len(s.Endings)-1 && e.Stands() {
			f.Addf(at+".supersededBy", "%w: a later ending follows", verdict.ErrMissing)
		}
	}
	ending, ended := s.Ending()
	switch {
	case ended != !s.Status.running():
		f.Addf("endings", "%w: the status is %s", verdict.ErrInvalid, s.Status)
	case ended && ending.Premature != (s.Status == Killed):
		f.Addf("endings", "%w: the last is the wrong kind for status %s", verdict.ErrInvalid, s.Status)
	}
}
