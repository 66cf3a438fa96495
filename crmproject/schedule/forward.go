package schedule

// A run places the activities of a model as early as they can be. Its times
// carry as many bits of fraction as its clock says. Slices are by topological
// position.
type run struct {
	*model

	clock    clock
	duration []int // of what is left
	spot     []int // places; for work in progress, of the rest
	start    []int // instants; of work the morning of its first day
	finish   []int // instants; of work the evening of its last day
}

// newRun returns a run with the given durations.
func newRun(m *model, shift uint, duration []int) *run {
	n := m.Len()
	return &run{
		model: m, clock: clock{works: m.clock.works, shift: shift}, duration: duration,
		spot: make([]int, n), start: make([]int, n), finish: make([]int, n),
	}
}

// forward places all activities.
func (r *run) forward() {
	for p := range r.order {
		if r.states[p] == Finished {
			r.start[p], r.finish[p] = r.starts[p]<<r.clock.shift, r.ends[p]<<r.clock.shift
			continue
		}
		x := r.low[p] << r.clock.shift
		if r.end != nil && r.kinds[p] == Work {
			x = max(x, r.end[p]<<r.clock.shift-r.duration[p])
		}
		for e := r.first[p]; e < r.first[p+1]; e++ {
			x = max(x, r.demand(p, e))
		}
		r.put(p, x)
	}
}

// put places the activity at p.
func (r *run) put(p, x int) {
	which := r.calendarAt(p)
	r.spot[p] = x
	switch r.kinds[p] {
	case Milestone:
		r.start[p], r.finish[p] = x, x
	case StartMilestone:
		r.start[p] = r.clock.open(which, x)
		r.finish[p] = r.start[p]
	default:
		r.start[p] = r.clock.open(which, x)
		r.finish[p] = r.clock.shut(which, x+r.duration[p])
	}
	if r.states[p] == InProgress {
		r.start[p] = r.starts[p] << r.clock.shift
	}
}

// demand returns the lowest place that link e leaves to its successor at p.
//
// A link of type FS or SS wants the successor's start, or a milestone of the
// kind that stands at the start of a day, at or after an instant; FF and SF
// want a finish there. A finish is the evening of a day, so that what it must
// not come before may be the evening before a free day and not the morning
// after it: see leaves.
func (r *run) demand(p int, e int32) int {
	which, t := r.calendarAt(p), r.typeOf(e)
	b, lag := r.leaves(p, e), r.lagOf(e)<<r.clock.shift
	if r.unitOf(e) == Elapsed {
		b, lag = b+lag, 0
	}
	switch evening := r.evening(p, t); {
	case evening && r.kinds[p] == Milestone && lag == 0:
		return b
	case evening && r.kinds[p] == Milestone:
		return r.clock.shut(which, r.clock.rank(which, b)+lag)
	case evening && lag == 0:
		return r.clock.reach(which, b) - r.duration[p]
	case evening:
		return r.clock.rank(which, b) + lag - r.duration[p]
	default:
		return r.clock.rank(which, b) + lag
	}
}

// evening reports whether a link of type t ends at an evening of the activity at
// p.
func (m *model) evening(p int, t Type) bool {
	return m.kinds[p] == Milestone || m.kinds[p] == Work && t.toFinish()
}

// leaves returns the instant at which link e leaves its predecessor. Where the
// link ends at an evening and leaves a morning, it is the evening before that
// morning: on one calendar, an activity that starts on Monday starts when one
// that finishes on Friday is over.
func (r *run) leaves(p int, e int32) int {
	i, t := int(r.from[e]), r.typeOf(e)
	b := r.finish[i]
	if t.fromStart() {
		b = r.start[i]
	}
	if r.evening(p, t) && (t.fromStart() && r.kinds[i] != Milestone || r.kinds[i] == StartMilestone) {
		which := r.calendarAt(i)
		return r.clock.shut(which, r.clock.rank(which, b))
	}
	return b
}

// total returns the instant at which all is finished, the project start for no
// activities. It is an evening: that before a start milestone, which may stand
// on the morning after the end of all work.
func (r *run) total() int {
	t := r.origin << r.clock.shift
	for p, f := range r.finish {
		if r.kinds[p] == StartMilestone && r.states[p] != Finished {
			f = r.clock.shut(r.calendarAt(p), r.spot[p])
		}
		t = max(t, f)
	}
	return t
}
