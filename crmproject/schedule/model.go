package schedule

import (
	"fmt"
	"slices"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// A model is a network put on a time line: with the start of the project, what
// was done already, and the bounds that constraints set. Slices are by
// topological position. What is called a place is a position for work and start
// milestones, and an instant for milestones, which need no working day to stand
// at.
type model struct {
	*Network

	clock  clock
	origin int // instant of the project start
	floor  int // instant before which nothing more can be done
	asOf   calendar.Date
	kinds  []Kind
	states []State
	left   []int // units of work that remain
	starts []int // actual starts and finishes as instants, nil without status
	ends   []int
	low    []int // lowest places
	end    []int // of work: lowest positions of the finish, nil if low says it all
	high   []int // highest places, where bound is set
	bound  []bool
}

// newModel returns the model of a network without progress. For simulations,
// kinds can be given to replace those of the activities.
func newModel(n *Network, works []*calendar.Working, origin int, kinds []Kind) *model {
	m := &model{Network: n, clock: clock{works: works}, origin: origin, floor: origin, kinds: kinds, left: n.duration}
	if kinds == nil {
		m.kinds = make([]Kind, n.Len())
		for p := range m.kinds {
			m.kinds[p] = n.at(p).kind()
		}
	}
	m.states = make([]State, n.Len())
	for p := range m.states {
		m.states[p] = NotStarted
	}
	return m
}

// progress puts a valid status into the model.
func (m *model) progress(s *Status) {
	m.asOf = s.AsOf
	m.floor = max(m.floor, int(s.AsOf)+1)
	m.left = slices.Clone(m.left)
	m.starts, m.ends = make([]int, m.Len()), make([]int, m.Len())
	for i := range s.Actuals {
		a := &s.Actuals[i]
		p, _ := m.find(a.ID)
		m.states[p] = a.state()
		m.starts[p], m.ends[p] = int(a.Start), int(a.Finish)+1
		switch {
		case m.states[p] == Finished && m.kinds[p] == Milestone:
			m.starts[p] = m.ends[p]
		case m.states[p] == Finished && m.kinds[p] == StartMilestone:
			m.starts[p], m.ends[p] = int(a.Finish), int(a.Finish)
		case m.states[p] == InProgress:
			m.left[p] = m.remaining(p, a)
		}
	}
}

func (m *model) remaining(p int, a *Actual) int {
	if a.Remaining > 0 {
		return a.Remaining
	}
	done, _ := m.clock.works[m.calendarAt(p)].CountIn(calendar.Interval{From: a.Start, Until: m.asOf})
	return max(m.left[p]-done, 1)
}

// limit works out the bounds of all places. It is the last step of setting up.
func (m *model) limit() error {
	n := m.Len()
	m.low, m.high, m.bound = make([]int, n), make([]int, n), make([]bool, n)
	for p := range n {
		m.low[p] = m.floor
		if m.kinds[p] != Milestone {
			m.low[p] = m.clock.rank(m.calendarAt(p), m.floor)
		}
	}
	for p := range n {
		if m.states[p] != Finished {
			m.constrain(p, m.at(p))
		}
	}
	return m.err("the bounds of the plan")
}

// err returns an error if some time was not on the calendar.
func (m *model) err(what string) error {
	if !m.clock.lost {
		return nil
	}
	return fmt.Errorf("schedule: %s: %w: outside the years 1 to 9999", what, verdict.ErrRange)
}

// constrain applies the constraints and the deadline of an activity. What has
// started is not constrained in its start any more.
func (m *model) constrain(p int, a Activity) {
	if !a.Deadline.IsZero() {
		m.lower(p, m.latest(p, FinishNoLater, a.Deadline))
	}
	for _, c := range a.Constraints {
		if m.states[p] != NotStarted && c.Kind.ofStart() {
			continue
		}
		if c.Kind.below() {
			m.raise(p, c.Kind, m.earliest(p, c.Kind, c.At))
		}
		if c.Kind.above() {
			m.lower(p, m.latest(p, c.Kind, c.At))
		}
	}
}

// raise raises the lowest place to x. What bounds the finish of work is kept
// apart, for durations that a simulation draws.
func (m *model) raise(p int, k ConstraintKind, x int) {
	if k.ofStart() || m.kinds[p] != Work {
		m.low[p] = max(m.low[p], x)
		return
	}
	if m.end == nil {
		m.end = slices.Clone(m.low)
	}
	m.end[p] = max(m.end[p], x+m.left[p])
}

// lower lowers the highest place to x.
func (m *model) lower(p, x int) {
	if !m.bound[p] || x < m.high[p] {
		m.high[p], m.bound[p] = x, true
	}
}

// earliest returns the lowest place at which a lower bound is met.
func (m *model) earliest(p int, k ConstraintKind, at Point) int {
	which := m.calendarAt(p)
	units, ok := at.Offset()
	day := int(at.Date())
	units += m.base(which)
	switch {
	case ok && m.kinds[p] == Milestone:
		return max(m.clock.shut(which, units), m.origin)
	case ok && (k.ofStart() || m.kinds[p] == StartMilestone):
		return units
	case ok:
		return units - m.left[p]
	case m.kinds[p] == Milestone:
		return day + 1
	case k.ofStart() || m.kinds[p] == StartMilestone:
		return m.clock.rank(which, day)
	default:
		return m.clock.reach(which, day+1) - m.left[p]
	}
}

// latest returns the highest place at which an upper bound is met.
func (m *model) latest(p int, k ConstraintKind, at Point) int {
	which := m.calendarAt(p)
	units, ok := at.Offset()
	day := int(at.Date())
	units += m.base(which)
	switch {
	case ok && m.kinds[p] == Milestone:
		return m.clock.open(which, units)
	case ok && (k.ofStart() || m.kinds[p] == StartMilestone):
		return units
	case ok:
		return units - m.left[p]
	case m.kinds[p] == Milestone:
		return day + 1
	case k.ofStart() || m.kinds[p] == StartMilestone:
		return m.clock.rank(which, day+1) - 1
	default:
		return m.clock.rank(which, day+1) - m.left[p]
	}
}

// base returns the position of the project start on a calendar.
func (m *model) base(which int32) int { return m.clock.rank(which, m.origin) }

// goal returns the instant by which the whole project is to finish.
func (m *model) goal(finish int) int {
	d := m.head.Deadline
	if units, ok := d.Offset(); ok {
		which := m.standard
		return m.clock.open(which, m.base(which)+units)
	}
	if day := d.Date(); day != 0 {
		return int(day) + 1
	}
	return finish
}
