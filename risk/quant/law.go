package quant

import (
	"math"
	"slices"
)

// A law is the joint law of how many times each part of a component happens, as an
// array with one axis per part: 2 long for what happens at most once, otherwise
// as long as its counts. The last axis varies fastest. First come the parts that
// follow the factor of severities, and of these those that happen at most once.
type law struct {
	p     []float64
	dims  []int
	order []int // part of each axis
}

// size returns the number of elements a law of the parts would have, as a float
// since it can be large.
func lawSize(parts []part) float64 {
	n := 1.0
	for i := range parts {
		n *= float64(parts[i].states())
	}
	return n
}

func (p *part) states() int {
	if p.counts != nil {
		return len(p.counts)
	}
	return 2
}

// newLaw multiplies the laws of the groups of the parts and of single parts.
func newLaw(parts []part) law {
	l := law{p: make([]float64, int(lawSize(parts)))}
	for i := range parts {
		l.order = append(l.order, i)
	}
	slices.SortStableFunc(l.order, func(a, b int) int { return parts[a].rank() - parts[b].rank() })
	for _, i := range l.order {
		l.dims = append(l.dims, parts[i].states())
	}
	for s := range l.p {
		l.p[s] = 1
	}
	done := make(map[*group]bool)
	for axis, i := range l.order {
		g := parts[i].occ.group
		switch {
		case g == nil:
			l.times([]int{axis}, parts[i].alone())
		case !done[g]:
			done[g] = true
			l.timesGroup(g, parts)
		}
	}
	return l
}

// rank is the place of the part's axis among those of a law.
func (p *part) rank() int {
	switch {
	case p.load == 0:
		return 2
	case p.counts != nil:
		return 1
	default:
		return 0
	}
}

// alone returns the probabilities of the states of a part by itself.
func (p *part) alone() []float64 {
	if p.counts == nil {
		return []float64{1 - p.p, p.p}
	}
	out := slices.Clone(p.counts)
	for n := len(out) - 1; n > 0; n-- {
		out[n] -= out[n-1]
	}
	return out
}

// timesGroup multiplies by the law of a group over the axes of its parts.
func (l *law) timesGroup(g *group, parts []part) {
	var axes []int
	var members []*part
	size := 1
	for axis, i := range l.order {
		if parts[i].occ.group == g {
			axes, members = append(axes, axis), append(members, &parts[i])
			size *= parts[i].states()
		}
	}
	table := make([]float64, size)
	if g.joint != nil {
		places := make([]int, len(members))
		for k, m := range members { // the first axis varies slowest: it is the highest bit
			places[len(members)-1-k] = m.occ.at
		}
		for s, p := range g.joint {
			table[gather(s, places)] += p
		}
	} else {
		integrate(table, members)
	}
	l.times(axes, table)
}

// times multiplies by a table over some axes, the last of which varies fastest.
func (l *law) times(axes []int, table []float64) {
	stride := make([]int, len(l.dims))
	for i, s := len(axes)-1, 1; i >= 0; i-- {
		stride[axes[i]] = s
		s *= l.dims[axes[i]]
	}
	state := make([]int, len(l.dims))
	at := 0
	for s := range l.p {
		l.p[s] *= table[at]
		for axis := len(state) - 1; axis >= 0; axis-- {
			if state[axis]++; state[axis] < l.dims[axis] {
				at += stride[axis]
				break
			}
			at -= (state[axis] - 1) * stride[axis]
			state[axis] = 0
		}
	}
}

// integrate fills a table with the law of parts that share a factor, by quadrature
// over the factor: given it they are independent.
func integrate(table []float64, members []*part) {
	states := make([]latentState, len(members))
	for i, m := range members {
		states[i] = m.latent()
	}
	given := make([]float64, len(table))
	for _, n := range factorNodes(states) {
		size := 1
		given[0] = n.w
		for i := range states {
			c := states[i].given(n.x)
			for s := size - 1; s >= 0; s-- {
				for k, p := range slices.Backward(c) { // the first last: it may be given[s] itself
					given[s*len(c)+k] = given[s] * p
				}
			}
			size *= len(c)
		}
		for s, p := range given {
			table[s] += p
		}
	}
}

// A latentState is a part that follows a factor: it is in state k if its latent
// variable λu + √(1−λ²)ε lies above k of its thresholds.
type latentState struct {
	load, own  float64
	thresholds []float64 // ascending
	p          []float64 // scratch of given
}

func (p *part) latent() latentState {
	load := p.occ.group.load[p.occ.at]
	s := latentState{load: load, own: math.Sqrt((1 - load) * (1 + load)), p: make([]float64, p.states())}
	if p.counts == nil {
		s.thresholds = []float64{-normQuantile(p.p)}
		return s
	}
	for _, cum := range p.counts[:len(p.counts)-1] {
		s.thresholds = append(s.thresholds, normQuantile(cum))
	}
	return s
}

// given returns the probabilities of the states if the factor is u; the slice is
// used again by the next call.
func (s *latentState) given(u float64) []float64 {
	last := len(s.thresholds)
	below := 0.0
	for k, z := range s.thresholds {
		upTo := normAt(z-s.load*u, s.own)
		s.p[k] = math.Max(0, upTo-below)
		below = upTo
	}
	s.p[last] = normAt(s.load*u-s.thresholds[last-1], s.own)
	return s.p
}

// normAt returns Φ(x/own), a step for own = 0.
func normAt(x, own float64) float64 {
	if own == 0 {
		return step(0, x)
	}
	return normCDF(x / own)
}

// A node is a point of a quadrature over a standard normal factor.
type node struct{ x, w float64 }

// factorReach is how far out a factor is followed; beyond lies 1e-19.
const factorReach = 9

// factorNodes returns Gauss-Legendre panels over a standard normal that are short
// where the law of a part changes fast: around the factor's value at which it
// passes a threshold, over a width of √(1−λ²)/λ.
func factorNodes(states []latentState) []node {
	var ends []float64
	for u := -factorReach; u <= factorReach; u++ {
		ends = append(ends, float64(u))
	}
	for _, s := range states {
		width := s.own / math.Abs(s.load)
		if width > 1 {
			continue
		}
		for _, z := range s.thresholds {
			z /= s.load
			for _, k := range []float64{-6, -3, -1, 0, 1, 3, 6} {
				if u := z + k*width; math.Abs(u) < factorReach {
					ends = append(ends, u)
				}
			}
		}
	}
	slices.Sort(ends)
	var nodes []node
	for i := 1; i < len(ends); i++ {
		from, to := ends[i-1], ends[i]
		if to-from < 1e-14 {
			continue
		}
		for k, t := range gauss16.x {
			u := from + (to-from)*t
			nodes = append(nodes, node{u, (to - from) * gauss16.w[k] * phi(u)})
		}
	}
	return nodes
}
