package schedule

import (
	"slices"

	"github.com/crmrollout/crm/crmproject/verdict"
)

// order sorts the activities topologically (A. B. Kahn, "Topological sorting of
// large networks", Communications of the ACM 5, 1962) or reports the cycles that
// stand against it. Links with an end that is not known are left out; they are
// reported already.
func (c *compiler) order() {
	n := c.network
	if n.ids == nil {
		return
	}
	g := newGraph(len(n.ids.ids), c.arcs)
	n.order = g.sorted()
	if len(n.order) == g.len() {
		return
	}
	for _, err := range g.cycles(n.ids.ids, c.source.Links) {
		c.faults.Add("links", err)
	}
}

// A graph holds the links that leave each index in compressed rows.
type graph struct {
	arcs  []arc
	first []int32 // by index: where its links begin in out; one more at the end
	out   []int32 // links, by predecessor
	heads []int32 // their successors
	waits []int32 // by index: how many links end there
}

func newGraph(n int, arcs []arc) *graph {
	g := &graph{arcs: arcs, first: make([]int32, n+1), waits: make([]int32, n)}
	for i := range arcs {
		if a := &arcs[i]; a.from >= 0 && a.to >= 0 {
			g.first[a.from+1]++
			g.waits[a.to]++
		}
	}
	for i := range n {
		g.first[i+1] += g.first[i]
	}
	g.out, g.heads = make([]int32, g.first[n]), make([]int32, g.first[n])
	next := slices.Clone(g.first[:n])
	for i := range arcs {
		if a := &arcs[i]; a.from >= 0 && a.to >= 0 {
			at := next[a.from]
			next[a.from]++
			g.out[at], g.heads[at] = int32(i), a.to
		}
	}
	return g
}

func (g *graph) len() int { return len(g.waits) }

// links returns the links that leave i.
func (g *graph) links(i int32) []int32 { return g.out[g.first[i]:g.first[i+1]] }

// sorted returns the indices in topological order, without those that lie on a
// cycle or behind one. It leaves in waits how many links keep each of these.
func (g *graph) sorted() []int32 {
	order := make([]int32, 0, g.len())
	for i, w := range g.waits {
		if w == 0 {
			order = append(order, int32(i))
		}
	}
	for at := 0; at < len(order); at++ {
		i := order[at]
		for _, to := range g.heads[g.first[i]:g.first[i+1]] {
			if g.waits[to]--; g.waits[to] == 0 {
				order = append(order, to)
			}
		}
	}
	return order
}

// finish lays the links out by topological position.
func (c *compiler) finish() {
	r := &c.network.rows
	r.place()
	r.duration = make([]int, len(r.order))
	for p, i := range r.order {
		r.duration[p] = c.duration[i]
	}
	r.first = make([]int32, len(r.order)+1)
	for i := range c.arcs {
		r.first[r.position[c.arcs[i].to]+1]++
	}
	for p := range r.order {
		r.first[p+1] += r.first[p]
	}
	r.ordinal = make([]int32, len(c.arcs))
	next := slices.Clone(r.first)
	for i := range c.arcs {
		slot := &next[r.position[c.arcs[i].to]]
		r.ordinal[*slot] = int32(i)
		*slot++
	}
	r.lay(c.arcs)
	c.network.bind()
}

// place inverts the order.
func (r *rows) place() {
	r.position = make([]int32, len(r.order))
	for p, i := range r.order {
		r.position[i] = int32(p)
	}
}

// lay fills in what belongs to each link, in the order of r.ordinal.
func (r *rows) lay(arcs []arc) {
	m := len(arcs)
	r.from, r.to, r.weight = make([]int32, m), make([]int32, m), make([]int, m)
	r.lag, r.relation = make([]int32, m), make([]uint8, m)
	parallel(len(r.order), func(lo, hi int) {
		for p := lo; p < hi; p++ {
			for e := r.first[p]; e < r.first[p+1]; e++ {
				a := arcs[r.ordinal[e]]
				r.from[e], r.to[e] = r.position[a.from], int32(p)
				r.lag[e], r.relation[e] = a.lag, a.relation
				r.weight[e] = r.weigh(r.typeOf(e), int(r.from[e]), p, r.lagOf(e))
			}
		}
	})
}

// weigh reduces a link from position i to position j to
//
//	start of j ≥ start of i + weight
func (r *rows) weigh(t Type, i, j, lag int) int {
	if !t.fromStart() {
		lag += r.duration[i]
	}
	if t.toFinish() {
		lag -= r.duration[j]
	}
	return lag
}

// bind reduces the points that are offsets to bounds of starts, and takes note
// of those that are days, which a plan without calendars cannot place.
func (n *Network) bind() {
	if n.head.Deadline.kind == dated {
		n.dated = append(n.dated, "deadline")
	}
	for i, k := range n.detail {
		if k == 0 {
			continue
		}
		a := &n.details[k-1]
		n.bindPoint(i, FinishNoLater, a.Deadline, ".deadline")
		for k, c := range a.Constraints {
			n.bindPoint(i, c.Kind, c.At, verdict.At(".constraints", k)+".at")
		}
	}
}

func (n *Network) bindPoint(i int, kind ConstraintKind, at Point, path string) {
	value, ok := at.Offset()
	switch {
	case at.IsZero():
		return
	case !ok:
		n.dated = append(n.dated, verdict.At("activities", i)+path)
		return
	case !kind.ofStart():
		value -= n.get(i).Duration
	}
	for _, upper := range []bool{false, true} {
		if kind.above() && upper || kind.below() && !upper {
			n.bounds = append(n.bounds, bound{n.position[i], upper, !kind.ofStart(), value})
		}
	}
}
