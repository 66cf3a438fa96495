package schedule

import (
	"slices"

	"github.com/crmrollout/crm/crmproject/verdict"
)

// order sorts the activities topologically and lays the network out, or reports
// the cycles that stand against it. Links with an end that is not known are left
// out; they are reported already.
func (c *compiler) order() {
	n := c.network
	if n.ids == nil || c.faults.Len() == 0 && c.lay() {
		return
	}
	g := newGraph(len(n.ids), c.arcs)
	if len(g.sorted(g.all())) == g.len() {
		return
	}
	for _, err := range g.cycles(n.ids, c.source.Links) {
		c.faults.Add("links", err)
	}
}

// lay lays the network out, and reports whether it has no cycle.
func (c *compiler) lay() bool {
	l := newLayout(len(c.network.ids), c.arcs)
	g := newGraph(len(c.network.ids), l.arcs)
	order := g.sorted(l.label)
	if len(order) < g.len() {
		l.undo()
		return false
	}
	c.network.rows = l.rows(g, order, c.duration)
	c.network.bind()
	return true
}

// A graph holds the links that leave each node in compressed rows.
type graph struct {
	arcs  []arc
	first []int32 // by node: where its links begin in heads and out; one more at the end
	heads []int32 // successors, by predecessor
	out   []int32 // the links to them, see list
	waits []int32 // by node: how many links end there
}

// newGraph returns the graph of the arcs that have both ends.
func newGraph(n int, arcs []arc) *graph {
	g := &graph{arcs: arcs, first: make([]int32, n+1), waits: make([]int32, n)}
	for i := range arcs {
		if a := &arcs[i]; a.known() {
			g.first[a.from]++
			g.waits[a.to]++
		}
	}
	sums(g.first)
	g.heads = make([]int32, g.first[n])
	for i := len(arcs) - 1; i >= 0; i-- {
		if a := &arcs[i]; a.known() {
			g.first[a.from]--
			g.heads[g.first[a.from]] = a.to
		}
	}
	return g
}

// known reports whether both ends are.
func (a *arc) known() bool { return a.from|a.to >= 0 }

// sums replaces each count by its sum with all before it: where a row would
// begin if it is filled from behind.
func sums(counts []int32) {
	sum := int32(0)
	for i, k := range counts {
		sum += k
		counts[i] = sum
	}
}

// list notes which links lead to the heads.
func (g *graph) list() *graph {
	next := slices.Clone(g.first)
	g.out = make([]int32, len(g.heads))
	for i := range g.arcs {
		if a := &g.arcs[i]; a.known() {
			g.out[next[a.from]] = int32(i)
			next[a.from]++
		}
	}
	return g
}

// links returns the links that leave a node of a graph that was listed.
func (g *graph) links(i int32) []int32 { return g.out[g.first[i]:g.first[i+1]] }

func (g *graph) len() int { return len(g.waits) }

// all returns the nodes in order.
func (g *graph) all() []int32 {
	nodes := make([]int32, g.len())
	for i := range nodes {
		nodes[i] = int32(i)
	}
	return nodes
}

// sorted returns the nodes in topological order, without those that lie on a
// cycle or behind one (A. B. Kahn, "Topological sorting of large networks",
// Communications of the ACM 5, 1962). Those that wait for nothing come first, as
// they do in nodes, which are all. It leaves in waits how many links keep each of
// the others.
//
// A node is written behind the order in any case, and stays if it waits for
// nothing more: so the processor has nothing to guess.
func (g *graph) sorted(nodes []int32) []int32 {
	order, waits, end := make([]int32, g.len()+1), g.waits, 0
	for _, i := range nodes {
		order[end] = i
		end += free(waits[i])
	}
	first, heads := g.first, g.heads
	for at := 0; at < end; at++ {
		i := order[at]
		for _, to := range heads[first[i]:first[i+1]] {
			waits[to]--
			order[end] = to
			end += free(waits[to])
		}
	}
	return order[:end]
}

// free returns 1 if nothing is waited for, otherwise 0.
func free(waits int32) int { return int(uint32(waits-1) >> 31) }

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
