package schedule_test

import (
	"testing"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/schedule"
)

// slowPlan finds early dates the slow way: it tries day after day until every
// link and constraint is content, and counts working days one by one. It shares
// nothing with the library but the question whether a day is worked.
type slowPlan struct {
	def    schedule.Definition
	start  calendar.Date
	works  map[string]*calendar.Working
	byID   map[string]*schedule.Activity
	placed map[string]slowTime
	begun  map[string]schedule.Actual // in progress
}

// slowTime is when an activity is, in instants: instant d is the morning of day
// d and the evening of the day before it.
type slowTime struct{ from, until calendar.Date }

func newSlowPlan(t testing.TB, d schedule.Definition, start calendar.Date) *slowPlan {
	t.Helper()
	s := &slowPlan{d, start, map[string]*calendar.Working{}, map[string]*schedule.Activity{}, map[string]slowTime{}, map[string]schedule.Actual{}}
	for i, c := range d.Calendars {
		s.works[c.ID] = c.Pattern.MustCompile()
		if i == 0 {
			s.works[""] = s.works[c.ID]
		}
	}
	for i := range d.Activities {
		s.byID[d.Activities[i].ID] = &d.Activities[i]
	}
	return s
}

func (s *slowPlan) work(a *schedule.Activity) *calendar.Working { return s.works[a.Calendar] }

func kindOf(a *schedule.Activity) schedule.Kind {
	switch {
	case a.Kind != 0:
		return a.Kind
	case a.Duration == 0:
		return schedule.Milestone
	default:
		return schedule.Work
	}
}

// counted returns the working days from one instant to another, day by day.
func counted(w *calendar.Working, from, until calendar.Date) int {
	n := 0
	for d := from; d < until; d++ {
		if w.IsWorking(d) {
			n++
		}
	}
	return n
}

// place returns when an activity is, its predecessors first.
func (s *slowPlan) place(id string) slowTime {
	if at, ok := s.placed[id]; ok {
		return at
	}
	a := s.byID[id]
	actual, begun := s.begun[id]
	if begun {
		a = s.rest(a, actual)
	}
	for from := s.start; ; from++ {
		at, ok := s.try(a, from)
		if ok && s.content(a, at) {
			if begun {
				at.from = actual.Start
			}
			s.placed[id] = at
			return at
		}
	}
}

// report puts in what was done: the rest comes after it.
func (s *slowPlan) report(status schedule.Status) {
	s.start = max(s.start, status.AsOf+1)
	for _, a := range status.Actuals {
		switch {
		case a.Finish == 0:
			if a.Remaining == 0 {
				done := counted(s.work(s.byID[a.ID]), a.Start, status.AsOf+1)
				a.Remaining = max(s.byID[a.ID].Duration-done, 1)
			}
			s.begun[a.ID] = a
		case kindOf(s.byID[a.ID]) == schedule.Milestone:
			s.placed[a.ID] = slowTime{a.Finish + 1, a.Finish + 1}
		case kindOf(s.byID[a.ID]) == schedule.StartMilestone:
			s.placed[a.ID] = slowTime{a.Finish, a.Finish}
		default:
			s.placed[a.ID] = slowTime{a.Start, a.Finish + 1}
		}
	}
}

// rest returns what is left of an activity, as one that is tied by the same
// links, and by those constraints that are not of a start that is a fact.
func (s *slowPlan) rest(a *schedule.Activity, actual schedule.Actual) *schedule.Activity {
	rest := *a
	rest.Duration, rest.Constraints = actual.Remaining, nil
	for _, c := range a.Constraints {
		if c.Kind == schedule.FinishNoEarlier || c.Kind == schedule.MustFinish || c.Kind == schedule.FinishNoLater {
			rest.Constraints = append(rest.Constraints, c)
		}
	}
	return &rest
}

// try returns the time of an activity that begins on a day.
func (s *slowPlan) try(a *schedule.Activity, from calendar.Date) (slowTime, bool) {
	w := s.work(a)
	switch {
	case kindOf(a) == schedule.Milestone:
		return slowTime{from, from}, true
	case !w.IsWorking(from):
		return slowTime{}, false
	case kindOf(a) == schedule.StartMilestone:
		return slowTime{from, from}, true
	}
	until := from
	for left := a.Duration; left > 0; until++ {
		if w.IsWorking(until) {
			left--
		}
	}
	return slowTime{from, until}, true
}

// content reports whether constraints and links allow a time.
func (s *slowPlan) content(a *schedule.Activity, at slowTime) bool {
	for _, c := range a.Constraints {
		day := at.from
		if c.Kind == schedule.FinishNoEarlier || c.Kind == schedule.MustFinish {
			day = at.until - 1
		}
		switch kindOf(a) {
		case schedule.Milestone:
			day = at.from - 1
		case schedule.StartMilestone:
			day = at.from
		}
		lower := c.Kind != schedule.StartNoLater && c.Kind != schedule.FinishNoLater
		if lower && day < c.At.Date() {
			return false
		}
	}
	for _, l := range s.def.Links {
		if l.To == a.ID && !s.kept(l, a, at) {
			return false
		}
	}
	return true
}

// kept reports whether a link allows its successor a time.
func (s *slowPlan) kept(l schedule.Link, a *schedule.Activity, at slowTime) bool {
	pred := s.byID[l.From]
	source := s.place(l.From)
	b := source.until
	if l.Relation.Type == schedule.SS || l.Relation.Type == schedule.SF {
		b = source.from
	}
	evening := kindOf(a) == schedule.Milestone ||
		kindOf(a) == schedule.Work && (l.Relation.Type == schedule.FF || l.Relation.Type == schedule.SF)
	to := at.from
	if evening {
		to = at.until
		morning := kindOf(pred) == schedule.StartMilestone || kindOf(pred) == schedule.Work && b == source.from
		for morning && !s.work(pred).IsWorking(b-1) {
			b-- // back over free days to the evening of the last working day
		}
	}
	lag := l.Relation.Lag
	switch lag.Unit {
	case schedule.Elapsed:
		return to >= b+calendar.Date(lag.Amount)
	case schedule.Percent:
		lag.Amount = halfEven(lag.Amount*pred.Duration, 100)
	}
	switch {
	case lag.Amount == 0:
		return to >= b
	case lag.Amount > 0:
		return counted(s.work(a), b, to) >= lag.Amount
	default:
		return counted(s.work(a), to, b) <= -lag.Amount
	}
}

// halfEven divides, rounding half to even.
func halfEven(a, b int) int {
	q, r := a/b, a%b
	if r < 0 {
		q, r = q-1, r+b
	}
	if 2*r > b || 2*r == b && q%2 != 0 {
		q++
	}
	return q
}
