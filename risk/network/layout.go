package network

import (
	"cmp"
	"slices"
)

// A layout is a graph with a plan for each of its connected components.
type layout struct {
	*graph
	parts []part
	cells float64 // of all plans that are narrow enough
	wide  int     // number of the others
}

// A part is a connected component: its variables and the plan to sum them.
type part struct {
	vars []int
	plan
}

func (l layout) better(than layout) bool {
	return cmp.Or(cmp.Compare(l.wide, than.wide), cmp.Compare(l.cells, than.cells)) < 0
}

// Sizes at which more thought is worth while, and at which a family is too
// large for one table.
const (
	cheap      = 1 << 16
	mostDirect = 18
)

// layout finds a cheap way to sum the needed nodes, keeping the joint
// probability of some. It tries the network with its families as chains and as
// single tables, which is ordinary variable elimination, in the orders of
// all rules, and takes the cheapest; of equal ones the first. So exploiting the
// form of the noisy-OR never costs more than not doing so.
func (s *solver) layout(need []bool, keep []int) layout {
	best := layout{wide: len(need) + 1}
	for _, direct := range []int{2, mostDirect} {
		for _, r := range []rule{fewestNewNeighbours, smallestTable, sweep} {
			if l := s.try(need, keep, direct, r); l.better(best) {
				best = l
			}
			if best.wide == 0 && best.cells <= cheap {
				return best
			}
		}
	}
	return best
}

func (s *solver) try(need []bool, keep []int, direct int, r rule) layout {
	l := layout{graph: s.build(need, direct)}
	var kept []int
	for _, i := range keep {
		if l.node[i] >= 0 {
			kept = append(kept, l.indicator(i))
		}
	}
	parts := l.connected()
	if len(kept) > 0 { // kept ones share the last table even where nothing else connects them
		parts = gather(parts, kept)
	}
	for _, vars := range parts {
		here := slices.DeleteFunc(slices.Clone(kept), func(v int) bool { return !slices.Contains(vars, v) })
		p := part{vars, l.plan(vars, here, r, float64(s.o.width()+1))}
		l.parts = append(l.parts, p)
		if p.wide {
			l.wide++
		} else {
			l.cells += p.cells
		}
	}
	return l
}

// gather joins the parts that hold kept variables into the first of them.
func gather(parts [][]int, kept []int) [][]int {
	first := -1
	var all [][]int
	for _, vars := range parts {
		switch holds := slices.ContainsFunc(vars, func(v int) bool { return slices.Contains(kept, v) }); {
		case holds && first >= 0:
			all[first] = append(all[first], vars...)
		case holds:
			first = len(all)
			fallthrough
		default:
			all = append(all, vars)
		}
	}
	return all
}

// connected returns the variables of each connected component, ascending,
// components by their first variable.
func (g *graph) connected() [][]int {
	root := make([]int, len(g.card))
	for v := range root {
		root[v] = v
	}
	find := func(v int) int {
		for root[v] != v {
			root[v] = root[root[v]]
			v = root[v]
		}
		return v
	}
	for _, f := range g.factors {
		for _, v := range f.vars[1:] {
			a, b := find(f.vars[0]), find(v)
			root[max(a, b)] = min(a, b)
		}
	}
	var parts [][]int
	place := map[int]int{}
	for v := range root {
		r := find(v)
		if r == v {
			place[r] = len(parts)
			parts = append(parts, nil)
		}
		parts[place[r]] = append(parts[place[r]], v)
	}
	return parts
}

// part returns the component that holds variable v.
func (l layout) part(v int) part {
	k := slices.IndexFunc(l.parts, func(p part) bool { return slices.Contains(p.vars, v) })
	return l.parts[k]
}
