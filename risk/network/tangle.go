package network

import "slices"

// A tangle is a cyclic component by itself: its nodes are numbered from 0.
type tangle struct {
	in, out [][]int
}

func newTangle(s *shape, nodes []int, in [][]arc) *tangle {
	t := &tangle{make([][]int, len(nodes)), make([][]int, len(nodes))}
	for to, i := range nodes {
		for _, a := range in[i] {
			if s.inside(a) {
				from, _ := slices.BinarySearch(nodes, a.from)
				t.in[to] = append(t.in[to], from)
				t.out[from] = append(t.out[from], to)
			}
		}
	}
	return t
}

// unwind returns a place for each node such that few nodes are pointed back at:
// first a small set that meets every cycle, then the rest, causes first.
func (t *tangle) unwind() []int {
	removed := t.breakers()
	place, next := make([]int, len(t.in)), 0
	for i, gone := range removed {
		if gone {
			place[i] = next
			next++
		}
	}
	for _, i := range t.sorted(removed) {
		place[i] = next
		next++
	}
	return place
}

// breakers marks a small set of nodes without which there is no cycle: the node
// with the most ways through it, again and again; then those that turn out not
// to be needed are taken back, the last first.
func (t *tangle) breakers() []bool {
	removed := make([]bool, len(t.in))
	var order []int
	for core := t.core(removed); len(core) > 0; core = t.core(removed) {
		order = append(order, core[0])
		removed[core[0]] = true
	}
	for _, i := range slices.Backward(order) {
		removed[i] = false
		removed[i] = len(t.core(removed)) > 0
	}
	return removed
}

// core returns the nodes that are left when what has no cause or no effect is
// taken away again and again, the one with the most pairs of an arc in and an
// arc out first: those on cycles, and between them.
func (t *tangle) core(removed []bool) []int {
	left := make([]bool, len(t.in))
	for i := range left {
		left[i] = !removed[i]
	}
	ins, outs := t.degrees(left)
	var bare []int
	for i := range left {
		if left[i] && (ins[i] == 0 || outs[i] == 0) {
			bare = append(bare, i)
		}
	}
	for len(bare) > 0 {
		i := bare[len(bare)-1]
		bare = bare[:len(bare)-1]
		if !left[i] {
			continue
		}
		left[i] = false
		for _, k := range t.out[i] {
			if ins[k]--; left[k] && ins[k] == 0 {
				bare = append(bare, k)
			}
		}
		for _, k := range t.in[i] {
			if outs[k]--; left[k] && outs[k] == 0 {
				bare = append(bare, k)
			}
		}
	}
	var core []int
	for i := range left {
		if left[i] {
			core = append(core, i)
			if last := len(core) - 1; ins[i]*outs[i] > ins[core[0]]*outs[core[0]] {
				core[0], core[last] = core[last], core[0]
			}
		}
	}
	return core
}

// degrees counts the arcs between nodes that are left.
func (t *tangle) degrees(left []bool) (ins, outs []int) {
	ins, outs = make([]int, len(left)), make([]int, len(left))
	for i := range left {
		for _, k := range t.out[i] {
			if left[i] && left[k] {
				outs[i]++
				ins[k]++
			}
		}
	}
	return ins, outs
}

// sorted returns the nodes that are not removed, causes first.
func (t *tangle) sorted(removed []bool) []int {
	left := make([]bool, len(t.in))
	for i := range left {
		left[i] = !removed[i]
	}
	waits, _ := t.degrees(left)
	var order []int
	for i := range left {
		if left[i] && waits[i] == 0 {
			order = append(order, i)
		}
	}
	for next := 0; next < len(order); next++ {
		for _, k := range t.out[order[next]] {
			if waits[k]--; left[k] && waits[k] == 0 {
				order = append(order, k)
			}
		}
	}
	return order
}
