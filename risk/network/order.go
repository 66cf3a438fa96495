package network

import (
	"cmp"
	"container/heap"
	"math"
	"slices"
)

// A plan is an order in which to sum the variables of a component of a graph,
// and what that costs.
type plan struct {
	order []int   // all variables, first to last; the last kept ones are not summed
	keep  int     // how many are kept
	bits  float64 // log₂ of the cells of the largest table
	cells float64 // of all tables
	wide  bool    // given up, as wider than wanted; the rest of the plan is not to be used
}

// width is the treewidth that binary variables would have.
func (p plan) width() int { return max(0, int(math.Ceil(p.bits-1e-9))-1) }

func (p plan) summed() []int { return p.order[:len(p.order)-p.keep] }
func (p plan) kept() []int   { return p.order[len(p.order)-p.keep:] }

// A rule says which variable to sum next; ties go to the lowest variable, so
// that a plan depends on the graph alone.
type rule func(a, b candidate) int

// The rules. Which is best depends on the graph, so all are tried. The first two
// are greedy. The third sweeps through time: no wider than the number of nodes
// and chains that are under way at once.
func fewestNewNeighbours(a, b candidate) int {
	return cmp.Or(cmp.Compare(a.fill, b.fill), cmp.Compare(a.bits, b.bits), cmp.Compare(a.v, b.v))
}

func smallestTable(a, b candidate) int {
	return cmp.Or(cmp.Compare(a.bits, b.bits), cmp.Compare(a.fill, b.fill), cmp.Compare(a.v, b.v))
}

func sweep(a, b candidate) int {
	return cmp.Or(cmp.Compare(a.place, b.place), cmp.Compare(a.v, b.v))
}

// A candidate is a variable that may be summed next.
type candidate struct {
	v     int
	fill  int     // pairs of neighbours that would become neighbours of each other
	bits  float64 // log₂ of the cells of the table that sums it
	place int     // in time
	turn  int     // when this was worked out
}

// orderer finds a plan on the graph of variables that occur in one factor.
type orderer struct {
	g      *graph
	rule   rule
	near   [][]int // neighbours of each variable, ascending
	gone   []bool
	turn   []int // of the candidate that holds, per variable
	now    int
	queue  []candidate
	result plan
}

// plan orders the variables of a component; those to keep come last, in the
// order given. It gives up on tables of more than 2^most cells.
func (g *graph) plan(vars, keep []int, r rule, most float64) plan {
	o := &orderer{g: g, rule: r, near: make([][]int, len(g.card)), gone: make([]bool, len(g.card)), turn: make([]int, len(g.card))}
	inside := make([]bool, len(g.card))
	for _, v := range vars {
		inside[v] = true
	}
	for _, f := range g.factors {
		if inside[f.vars[0]] {
			o.join(f.vars)
		}
	}
	for _, v := range keep {
		o.gone[v] = true
	}
	o.push(vars)
	for o.Len() > 0 {
		if c := heap.Pop(o).(candidate); !o.gone[c.v] && c.turn == o.turn[c.v] {
			if c.bits > most+1e-9 {
				return plan{bits: c.bits, wide: true}
			}
			o.sum(c)
		}
	}
	o.result.order = append(o.result.order, keep...)
	o.result.keep = len(keep)
	o.count(o.bits(-1, keep))
	o.result.wide = o.result.bits > most+1e-9
	return o.result
}

// join makes the variables neighbours of each other.
func (o *orderer) join(vars []int) {
	for _, v := range vars {
		for _, u := range vars {
			if at, have := slices.BinarySearch(o.near[v], u); u != v && !have {
				o.near[v] = slices.Insert(o.near[v], at, u)
			}
		}
	}
}

func (o *orderer) sum(c candidate) {
	o.result.order = append(o.result.order, c.v)
	o.count(c.bits)
	o.gone[c.v] = true
	around := o.near[c.v]
	for _, u := range around {
		at, _ := slices.BinarySearch(o.near[u], c.v)
		o.near[u] = slices.Delete(o.near[u], at, at+1)
	}
	if c.fill > 0 {
		o.join(around)
	}
	o.now++
	o.push(o.touched(around, c.fill > 0))
}

// touched returns the variables whose candidates no longer hold: the neighbours
// of what was summed, and theirs if new neighbours were made.
func (o *orderer) touched(around []int, deep bool) []int {
	all := slices.Clone(around)
	if deep {
		for _, u := range around {
			all = append(all, o.near[u]...)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

func (o *orderer) push(vars []int) {
	for _, v := range vars {
		if !o.gone[v] {
			o.turn[v] = o.now
			heap.Push(o, candidate{v, o.fill(v), o.bits(v, o.near[v]), o.g.place[v], o.now})
		}
	}
}

// fill counts the pairs of neighbours of v that are not neighbours.
func (o *orderer) fill(v int) int {
	near, missing := o.near[v], 0
	for k, u := range near {
		missing += len(near) - 1 - k - common(near[k+1:], o.near[u])
	}
	return missing
}

// common counts the elements that two ascending lists have in common.
func common(a, b []int) int {
	n := 0
	for len(a) > 0 && len(b) > 0 {
		switch {
		case a[0] < b[0]:
			a = a[1:]
		case a[0] > b[0]:
			b = b[1:]
		default:
			n++
			a, b = a[1:], b[1:]
		}
	}
	return n
}

// bits returns log₂ of the cells of a table of v, unless it is negative, and
// others.
func (o *orderer) bits(v int, others []int) float64 {
	bits := 0.0
	if v >= 0 {
		bits = math.Log2(float64(o.g.card[v]))
	}
	for _, u := range others {
		bits += math.Log2(float64(o.g.card[u]))
	}
	return bits
}

func (o *orderer) count(bits float64) {
	o.result.bits = max(o.result.bits, bits)
	o.result.cells += math.Exp2(bits)
}

// Len, Less, Swap, Push and Pop make the queue a heap.
func (o *orderer) Len() int           { return len(o.queue) }
func (o *orderer) Less(i, j int) bool { return o.rule(o.queue[i], o.queue[j]) < 0 }
func (o *orderer) Swap(i, j int)      { o.queue[i], o.queue[j] = o.queue[j], o.queue[i] }

// Push appends a candidate.
func (o *orderer) Push(x any) { o.queue = append(o.queue, x.(candidate)) }

// Pop takes the last candidate off.
func (o *orderer) Pop() any {
	last := o.queue[len(o.queue)-1]
	o.queue = o.queue[:len(o.queue)-1]
	return last
}
