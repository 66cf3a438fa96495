package network

import "slices"

// sample sets the states of sample i, all false before, and returns its weight:
// the probability of the evidence given what was drawn before it. Nodes are
// drawn causes first; what was observed is not drawn but weighed.
//
// Source: R. Fung, K.-C. Chang, "Weighing and integrating evidence for stochastic
// simulation in Bayesian networks", UAI 1989.
func (s *Sampler) sample(i uint64, on []bool, room *room) float64 {
	weight := 1.0
	for c, nodes := range s.w.form.comps {
		switch {
		case !s.need[nodes[0]]:
		case len(nodes) > 1:
			weight *= s.percolate(i, c, on, room)
		default:
			weight *= s.single(i, nodes[0], on)
		}
	}
	return weight
}

// single draws a node that is not on a cycle.
func (s *Sampler) single(i uint64, k int, on []bool) float64 {
	if held := s.w.held[k]; held != free {
		on[k] = held == isOn
		return 1
	}
	brought, passed := s.w.outside(k, on)
	p := float64(brought * passed)
	switch s.w.seen[k] {
	case isOn:
		on[k] = true
		return p
	case isOff:
		return 1 - p
	default:
		on[k] = s.fires[k].at(i) < p
		return 1
	}
}

// outside returns the chance that the leak of node k or a cause outside of its
// component brings it about, and the chance that no inhibitor acts.
func (w *world) outside(k int, on []bool) (brought, passed float64) {
	brought, passed = w.leak[k], 1
	for _, a := range w.in[k] {
		switch {
		case !on[a.from] || w.form.inside(a):
		case a.weight < 0:
			passed *= 1 + a.weight
		default:
			brought += float64((1 - brought) * a.weight)
		}
	}
	return brought, passed
}

// percolate draws a cyclic component: what comes on by itself or from outside,
// and then all that is reached from there by links that act. A node seen off
// reaches nothing, so it is weighed at the end, when all its causes are known;
// a sample that does not reach a node seen on has no weight.
func (s *Sampler) percolate(i uint64, c int, on []bool, room *room) float64 {
	nodes, ring := s.w.form.comps[c], s.cycle[c]
	room.clear(len(nodes))
	for p, k := range nodes {
		brought, pass := s.w.outside(k, on)
		room.missed[p], room.passed[p] = 1-brought, pass
		room.closed[p] = s.w.seen[k] == isOff || pass < 1 && ring.passes[p].at(i) >= pass
		if !room.closed[p] && s.fires[k].at(i) < brought {
			on[k] = true
			room.reached = append(room.reached, p)
		}
	}
	for next := 0; next < len(room.reached); next++ {
		for _, a := range ring.out[room.reached[next]] {
			switch to := nodes[a.to]; {
			case s.w.seen[to] == isOff:
				room.missed[a.to] *= 1 - a.weight
			case !room.closed[a.to] && !on[to] && a.acts.at(i) < a.weight:
				on[to] = true
				room.reached = append(room.reached, a.to)
			}
		}
	}
	return s.weigh(nodes, on, room)
}

// A room is where a cyclic component is worked out; it is used again and again.
type room struct {
	closed         []bool    // seen off, or inhibited
	missed, passed []float64 // the chance that nothing brings it about; that no inhibitor acts
	reached        []int     // places, in the order in which they came on
}

func (r *room) clear(n int) {
	r.closed = slices.Grow(r.closed[:0], n)[:n]
	r.missed = slices.Grow(r.missed[:0], n)[:n]
	r.passed = slices.Grow(r.passed[:0], n)[:n]
	r.reached = r.reached[:0]
}

// weigh returns the probability of what was seen of a cyclic component.
func (s *Sampler) weigh(nodes []int, on []bool, room *room) float64 {
	weight := 1.0
	for p, k := range nodes {
		switch {
		case s.w.seen[k] == isOff:
			weight *= 1 - float64(room.passed[p]*(1-room.missed[p]))
		case s.w.seen[k] == isOn && !on[k]:
			return 0
		}
	}
	return weight
}
