package schedule

import (
	"fmt"
	"slices"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// A Plan is a network with its early and late dates (CP-16, SC-11). It never
// changes; any number of goroutines may share it.
//
// [Network.Plan] makes one with dates, [Network.Reschedule] one from what has
// been done so far, and [Network.Offsets] one without calendars, in which every
// date is none and the offsets speak.
type Plan struct {
	model   *model
	run     *run
	late    []int // places, by topological position
	floats  []int // total floats
	free    []int // free floats
	finish  int   // instant
	goal    int   // instant: the deadline, or the finish
	minimum int   // smallest total float of what is not finished
	open    int   // how many are not finished
	status  Status
}

// Plan returns the plan of a project that starts on the given day, worked or
// not. It is an error that wraps [verdict.ErrMissing] if there is no such day,
// and one that wraps [verdict.ErrRange] if some date would lie outside the years
// 1 to 9999.
//
// It takes O(m log h) time for m links and h holidays.
func (n *Network) Plan(start calendar.Date) (*Plan, error) {
	return n.Reschedule(start, Status{})
}

// Offsets returns the plan in working units from a start at offset 0, without
// calendars. Elapsed lags are lags like any other there. Points that are days
// have no place in it: the error names each and wraps [verdict.ErrInvalid].
func (n *Network) Offsets() (*Plan, error) {
	if err := n.undated(); err != nil {
		return nil, err
	}
	return newPlan(newModel(n, nil, 0, nil))
}

// Reschedule returns the plan of a project that started on the given day, from
// what has been done (CP-34, CP-37). The zero Status stands for nothing: that
// is what [Network.Plan] does.
//
// What is finished keeps its actual dates and has no float. What is in progress
// keeps its actual start; the rest of it is planned from the morning after
// AsOf, and still waits for its predecessors (retained logic). What has not
// started can start on the morning after AsOf. Lags count from actual dates.
//
// Besides the errors of Plan, it reports every fault of the status: unknown and
// duplicate ids, dates after AsOf or out of order.
func (n *Network) Reschedule(start calendar.Date, s Status) (*Plan, error) {
	var faults verdict.Faults
	if !start.IsValid() {
		faults.Missing("start")
	}
	given := s.AsOf != 0 || len(s.Actuals) > 0
	if given {
		s.check(n, &faults)
	}
	if err := faults.Err(); err != nil {
		return nil, err
	}
	m := newModel(n, n.works, int(start), nil)
	if given {
		m.progress(&s)
	}
	p, err := newPlan(m)
	if err != nil {
		return nil, err
	}
	p.status = Status{s.AsOf, slices.Clone(s.Actuals)}
	return p, nil
}

// newPlan runs both passes over a model.
func newPlan(m *model) (*Plan, error) {
	if err := m.limit(); err != nil {
		return nil, err
	}
	r := newRun(m, 0, m.left)
	r.forward()
	if r.clock.lost {
		return nil, m.beyond(r)
	}
	p := &Plan{model: m, run: r, finish: r.total()}
	p.goal = m.goal(p.finish)
	p.late = r.late(p.goal)
	p.free = r.free(p.finish)
	p.count()
	r.clock.lost = r.clock.lost || m.clock.lost
	if r.clock.lost {
		return nil, fmt.Errorf("schedule: late dates: %w: outside the years 1 to 9999", verdict.ErrRange)
	}
	return p, nil
}

// beyond names the first activity that runs out of the calendar.
func (m *model) beyond(r *run) error {
	r.clock.lost = false
	for p := range m.order {
		if m.states[p] == Finished {
			continue
		}
		for e := m.first[p]; e < m.first[p+1]; e++ {
			r.demand(p, e)
		}
		if r.put(p, r.spot[p]); r.clock.lost {
			return fmt.Errorf("schedule: activity %s: %w: its dates lie outside the years 1 to 9999",
				verdict.Quote(m.id(p)), verdict.ErrRange)
		}
	}
	return nil
}

// count turns places into floats.
func (p *Plan) count() {
	p.floats = make([]int, p.model.Len())
	for at, s := range p.model.states {
		if s == Finished {
			p.free[at] = 0
			continue
		}
		early := p.run.spot[at]
		p.floats[at] = p.run.float(at, early, p.late[at])
		p.free[at] = p.run.float(at, early, p.free[at])
		if p.open == 0 || p.floats[at] < p.minimum {
			p.minimum = p.floats[at]
		}
		p.open++
	}
}

// Network returns the network that p is a plan of.
func (p *Plan) Network() *Network { return p.model.Network }

// Start returns the day the project starts on, none in a plan of offsets.
func (p *Plan) Start() calendar.Date {
	if !p.dated() {
		return 0
	}
	return calendar.Date(p.model.origin)
}

// dated reports whether the plan has dates.
func (p *Plan) dated() bool { return p.model.clock.works != nil }

// AsOf returns the last day that was reported, none if nothing was.
func (p *Plan) AsOf() calendar.Date { return p.status.AsOf }

// Finish returns the last day of the project, by whose evening all is finished;
// none in a plan of offsets. A start milestone at the very end stands on the
// morning after it. A project without activities finishes on the day before it
// starts.
func (p *Plan) Finish() calendar.Date {
	if !p.dated() {
		return 0
	}
	return calendar.Date(p.finish - 1)
}

// FinishOffset returns the working units from the start of the project to its
// finish, on the default calendar.
func (p *Plan) FinishOffset() int {
	return p.run.clock.rank(p.model.standard, p.finish) - p.model.base(p.model.standard)
}

// MinFloat returns the smallest total float of what is not finished, 0 if
// everything is. It is negative if a deadline or an upper bound cannot be met.
func (p *Plan) MinFloat() int { return p.minimum }
