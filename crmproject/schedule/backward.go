package schedule

// A sweep finds the highest places that leave room for given places of the
// successors. With late places of the successors it gives late places; with
// early ones, the room that the free float is.
type sweep struct {
	*run

	place []int // by topological position, of what is not finished
}

// late runs the backward pass: every activity as late as its successors, its
// upper bounds and the goal of the project let it be.
func (r *run) late(goal int) []int {
	s := sweep{r, make([]int, r.Len())}
	for p := range s.place {
		s.place[p] = s.before(p, goal)
		if r.bound[p] {
			s.place[p] = min(s.place[p], r.high[p])
		}
	}
	for p := r.Len() - 1; p >= 0; p-- {
		if r.states[p] == Finished {
			continue
		}
		for e := r.first[p]; e < r.first[p+1]; e++ {
			i := r.from[e]
			if x, ok := s.room(p, e, s.place[p]); ok {
				s.place[i] = min(s.place[i], x)
			}
		}
	}
	return s.place
}

// free returns the highest places that move neither a successor from its early
// place nor the finish of the project.
func (r *run) free(finish int) []int {
	s := sweep{r, make([]int, r.Len())}
	for p := range s.place {
		s.place[p] = s.before(p, finish)
	}
	for p := range s.place {
		if r.states[p] == Finished {
			continue
		}
		for e := r.first[p]; e < r.first[p+1]; e++ {
			i := r.from[e]
			if x, ok := s.room(p, e, r.spot[p]); ok {
				s.place[i] = min(s.place[i], x)
			}
		}
	}
	return s.place
}

// before returns the highest place at which the activity at p is over by an
// instant.
func (s *sweep) before(p, instant int) int {
	if s.kinds[p] == Milestone {
		return instant
	}
	return s.clock.rank(s.calendarAt(p), instant) - s.left[p]
}

// room returns the highest place of the predecessor on link e that lets its
// successor, at p, stand at place x: the adjoint of [run.demand]. It returns
// false where the link leaves what has happened already.
func (s *sweep) room(p int, e int32, x int) (place int, ok bool) {
	i, t := int(s.from[e]), s.typeOf(e)
	if s.states[i] == Finished || s.states[i] == InProgress && t.fromStart() {
		return 0, false
	}
	b := s.allows(p, e, x)
	which := s.calendarAt(i)
	switch {
	case s.kinds[i] == Milestone:
		return b, true
	case s.kinds[i] == StartMilestone, t.fromStart():
		if s.evening(p, t) {
			return s.clock.rank(which, b), true
		}
		return s.clock.rank(which, b+1) - 1, true
	default:
		return s.clock.rank(which, b) - s.left[i], true
	}
}

// allows returns the latest instant at which link e may leave its predecessor.
func (s *sweep) allows(p int, e int32, x int) int {
	which, t, lag := s.calendarAt(p), s.typeOf(e), s.lagOf(e)
	elapsed := 0
	if s.unitOf(e) == Elapsed {
		elapsed, lag = lag, 0
	}
	switch evening := s.evening(p, t); {
	case evening && s.kinds[p] == Milestone && lag == 0:
		return x - elapsed
	case evening && s.kinds[p] == Milestone:
		return s.clock.open(which, s.clock.rank(which, x)-lag)
	case evening && lag == 0:
		return s.clock.shut(which, x+s.left[p]) - elapsed
	case evening:
		return s.clock.open(which, x+s.left[p]-lag)
	default:
		return s.clock.open(which, x-lag) - elapsed
	}
}

// float returns how many working units of its own calendar lie between two
// places of the activity at p.
func (r *run) float(p, from, to int) int {
	if r.kinds[p] == Milestone {
		which := r.calendarAt(p)
		return r.clock.rank(which, to) - r.clock.rank(which, from)
	}
	return to - from
}
