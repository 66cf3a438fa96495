package network

import "slices"

// An arc is a link between positions of nodes.
type arc struct {
	from, to int
	link     int // position of the link
	weight   float64
}

// incoming returns the arcs into each of n nodes, in the order given.
func incoming(n int, arcs []arc) [][]arc {
	in := make([][]arc, n)
	for _, a := range arcs {
		in[a.to] = append(in[a.to], a)
	}
	return in
}

// A shape is a network without its numbers: its strongly connected components,
// causes before effects, and how far time is told within each.
//
// Within a component a node has a value that says how soon it came on: 0 is off,
// top is at once, and each crossing of a delayed arc costs one. The arcs that
// are not delayed have no cycle. See doc.go, Cycles.
type shape struct {
	comps [][]int // positions, ascending
	comp  []int   // component of each node
	top   []int   // highest value of each node: 1 outside of cycles
	late  []bool  // of each link: delayed
}

// newShape finds the shape of a network given the arcs into each node, from
// which those into the cut nodes are left out; a nil cut cuts none.
func newShape(in [][]arc, cut []state) *shape {
	s := &shape{comp: make([]int, len(in)), top: make([]int, len(in))}
	if cut != nil {
		in = slices.Clone(in)
		for i, c := range cut {
			if c != free {
				in[i] = nil
			}
		}
	}
	s.comps = components(in)
	links := 0
	for c, nodes := range s.comps {
		for _, i := range nodes {
			s.comp[i], s.top[i] = c, 1
		}
	}
	for _, arcs := range in {
		for _, a := range arcs {
			links = max(links, a.link+1)
		}
	}
	s.late = make([]bool, links)
	for _, nodes := range s.comps {
		if len(nodes) > 1 {
			s.tellTime(nodes, in)
		}
	}
	return s
}

// inside reports whether both ends of the arc are in one component.
func (s *shape) inside(a arc) bool { return s.comp[a.from] == s.comp[a.to] }

// tellTime delays the arcs of a cyclic component that point back in an order of
// its nodes, and sets their highest value. A node that is reached at all is
// reached by a path that visits no node twice, and such a path enters each
// target, and leaves each source, of a delayed arc at most once.
func (s *shape) tellTime(nodes []int, in [][]arc) {
	place := newTangle(s, nodes, in).unwind()
	local := func(i int) int {
		k, _ := slices.BinarySearch(nodes, i)
		return k
	}
	sources, targets := map[int]bool{}, map[int]bool{}
	for to, i := range nodes {
		for _, a := range in[i] {
			if s.inside(a) && place[local(a.from)] > place[to] {
				s.late[a.link] = true
				sources[a.from], targets[a.to] = true, true
			}
		}
	}
	for _, i := range nodes {
		s.top[i] = 1 + min(len(sources), len(targets))
	}
}
