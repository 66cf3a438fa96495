package network

import "slices"

// components returns the strongly connected components, causes before effects,
// the nodes of each ascending.
//
// Source: R. Tarjan, "Depth-first search and linear graph algorithms", SIAM J.
// Comput. 1 (1972). Walking against the arcs makes the order of completion the
// order of causes. An explicit stack keeps long chains off the call stack.
func components(in [][]arc) [][]int {
	t := tarjan{in: in, number: make([]int, len(in)), low: make([]int, len(in)), onPath: make([]bool, len(in))}
	for i := range in {
		if t.number[i] == 0 {
			t.walk(i)
		}
	}
	return t.found
}

type tarjan struct {
	in     [][]arc
	number []int // order of discovery from 1, 0 if not discovered
	low    []int // lowest number that can be reached
	path   []int // discovered, not yet in a component
	onPath []bool
	count  int
	found  [][]int
}

// A step is a node being visited and how many of its arcs were followed.
type step struct{ node, next int }

func (t *tarjan) walk(root int) {
	stack := []step{t.discover(root)}
	for len(stack) > 0 {
		s := &stack[len(stack)-1]
		if s.next == len(t.in[s.node]) {
			i := s.node
			stack = stack[:len(stack)-1]
			t.complete(i)
			if len(stack) > 0 {
				up := stack[len(stack)-1].node
				t.low[up] = min(t.low[up], t.low[i])
			}
			continue
		}
		from := t.in[s.node][s.next].from
		s.next++
		switch {
		case t.number[from] == 0:
			stack = append(stack, t.discover(from))
		case t.onPath[from]:
			t.low[s.node] = min(t.low[s.node], t.number[from])
		}
	}
}

func (t *tarjan) discover(i int) step {
	t.count++
	t.number[i], t.low[i] = t.count, t.count
	t.path = append(t.path, i)
	t.onPath[i] = true
	return step{node: i}
}

// complete takes a component off the path if i was the first found of it.
func (t *tarjan) complete(i int) {
	if t.low[i] != t.number[i] {
		return
	}
	start := len(t.path) - 1
	for t.path[start] != i {
		start--
	}
	nodes := slices.Clone(t.path[start:])
	t.path = t.path[:start]
	for _, k := range nodes {
		t.onPath[k] = false
	}
	slices.Sort(nodes)
	t.found = append(t.found, nodes)
}
