package schedule

import (
	"cmp"
	"iter"
	"slices"

	"github.com/crmrollout/crm/crmproject/calendar"
)

// A Timing is what a plan says of one activity.
//
// The dates are the first and the last day of work, both included, or both the
// day of a milestone; a plan of offsets has none. The offsets count working
// units of the activity's own calendar from the start of the project, so that
// EF is ES plus the duration.
//
// Total float is by how many working units the activity can slip before the
// finish of the project, a deadline or an upper bound moves; it is the smaller
// of start float and finish float, which differ only for work in progress,
// whose start has no float any more. Free float is by how many units it can
// slip before another activity or the finish moves. What is finished has no
// float: both are 0 and say nothing.
type Timing struct {
	ID         string        `json:"id"`
	Kind       Kind          `json:"kind"`
	State      State         `json:"state"`
	Start      calendar.Date `json:"start,omitzero"`
	Finish     calendar.Date `json:"finish,omitzero"`
	LateStart  calendar.Date `json:"lateStart,omitzero"`
	LateFinish calendar.Date `json:"lateFinish,omitzero"`
	ES         int           `json:"es"`
	EF         int           `json:"ef"`
	LS         int           `json:"ls"`
	LF         int           `json:"lf"`
	TotalFloat int           `json:"totalFloat"`
	FreeFloat  int           `json:"freeFloat"`
	Critical   bool          `json:"critical,omitempty"` // total float is the smallest there is
}

// Timing returns what p says of an activity, and false if there is none with
// that id.
func (p *Plan) Timing(id string) (Timing, bool) {
	at, ok := p.model.find(id)
	if !ok {
		return Timing{}, false
	}
	return p.timing(at), true
}

// All yields the timing of every activity, ordered by early start, then by the
// number of links before it, then by id.
func (p *Plan) All() iter.Seq[Timing] {
	return func(yield func(Timing) bool) {
		for _, at := range p.sorted(func(int) bool { return true }) {
			if !yield(p.timing(int(at))) {
				return
			}
		}
	}
}

// Critical returns the ids of the activities whose total float is the smallest
// there is, in the order of [Plan.All]. That is the critical path, or all of
// them if there are several. It is never empty unless everything is finished.
func (p *Plan) Critical() []string { return p.ids(p.critical) }

// NearCritical returns the ids of the activities whose total float is above the
// smallest by no more than k units, in the order of [Plan.All]. Critical ones are
// not among them.
func (p *Plan) NearCritical(k int) []string {
	return p.ids(func(at int) bool {
		above := p.floats[at] - p.minimum
		return p.model.states[at] != Finished && above > 0 && above <= k
	})
}

func (p *Plan) critical(at int) bool {
	return p.model.states[at] != Finished && p.floats[at] == p.minimum
}

// ids returns the ids of the activities at the positions that keep accepts.
func (p *Plan) ids(keep func(at int) bool) []string {
	var ids []string
	for _, at := range p.sorted(keep) {
		ids = append(ids, p.model.id(int(at)))
	}
	return ids
}

// sorted returns the positions that keep accepts in the order of All, which does
// not depend on that of the definition.
func (p *Plan) sorted(keep func(at int) bool) []int32 {
	var list []int32
	for at := range p.model.order {
		if keep(at) {
			list = append(list, int32(at))
		}
	}
	level := p.model.levels()
	slices.SortFunc(list, func(a, b int32) int {
		return cmp.Or(cmp.Compare(p.run.start[a], p.run.start[b]), cmp.Compare(level[a], level[b]),
			cmp.Compare(p.model.id(int(a)), p.model.id(int(b))))
	})
	return list
}

// timing returns what p says of the activity at a position.
func (p *Plan) timing(at int) Timing {
	m, c := p.model, p.run.clock
	which := m.calendarAt(at)
	base := m.base(which)
	t := Timing{
		ID: m.id(at), Kind: m.kinds[at], State: m.states[at],
		ES: c.rank(which, p.run.start[at]) - base, EF: c.rank(which, p.run.finish[at]) - base,
		TotalFloat: p.floats[at], FreeFloat: p.free[at], Critical: p.critical(at),
	}
	t.LS, t.LF = t.ES+t.TotalFloat, t.EF+t.TotalFloat
	if t.State == InProgress {
		t.LS = t.ES
	}
	if p.dated() {
		p.date(at, &t)
	}
	return t
}

// date fills in the dates.
func (p *Plan) date(at int, t *Timing) {
	start, finish := p.run.start[at], p.run.finish[at]
	t.Start, t.Finish = calendar.Date(start), calendar.Date(finish-1)
	switch t.Kind {
	case StartMilestone:
		t.Finish = t.Start
	case Milestone:
		t.Start = p.stands(at, finish)
		t.Finish = t.Start
	default: // first and last day
	}
	t.LateStart, t.LateFinish = t.Start, t.Finish
	if t.State != Finished {
		p.dateLate(at, t)
	}
}

// stands returns the day at whose end a milestone stands. One that stands where
// nothing can have been done yet, at the start of the project or of the planned
// rest of it, has no day to be the end of: its day is the first that is worked.
func (p *Plan) stands(at, instant int) calendar.Date {
	if p.model.states[at] == NotStarted && instant == p.model.floor {
		which := p.model.calendarAt(at)
		return calendar.Date(p.run.clock.open(which, p.run.clock.rank(which, instant)))
	}
	return calendar.Date(instant - 1)
}

func (p *Plan) dateLate(at int, t *Timing) {
	c, late := p.run.clock, p.late[at]
	which := p.model.calendarAt(at)
	switch t.Kind {
	case Milestone:
		// Any instant of the position will do; people count on the evening of a
		// working day, but not on one before the early date.
		day := calendar.Date(c.shut(which, c.rank(which, late)) - 1)
		if late >= p.run.finish[at] {
			day = max(day, t.Finish)
		}
		t.LateStart, t.LateFinish = day, day
	case StartMilestone:
		t.LateStart = calendar.Date(c.open(which, late))
		t.LateFinish = t.LateStart
	default:
		if t.State == NotStarted {
			t.LateStart = calendar.Date(c.open(which, late))
		}
		t.LateFinish = calendar.Date(c.shut(which, late+p.model.left[at]) - 1)
	}
}
