package network

import (
	"cmp"
	"container/heap"
	"math"
	"slices"
)

// mostSteps bounds the search where strong links lead round in dense cycles.
const mostSteps = 1 << 16

// paths returns the strongest paths that end at the target, at most n, those of
// strength 0 left out; ties go to the path that is shorter, then to the one
// whose nodes come first in the network, read from the target.
//
// The search is A*: partial paths grow from the target towards causes, and the
// best promise is followed first. The promise of a path is its strength times
// the best that any path, even one that visits a node twice, could add; it never
// grows, so paths come out strongest first.
func (w *world) paths(target, n int) []Path {
	s := pathSearch{w: w, best: w.reach()}
	s.offer(trail{nodes: []int{target}, strength: 1})
	var found []Path
	for steps := 0; s.Len() > 0 && len(found) < n && steps < mostSteps; steps++ {
		t := heap.Pop(&s).(trail)
		if t.whole {
			if len(t.nodes) > 1 {
				found = append(found, w.path(t))
			}
			continue
		}
		s.grow(t)
	}
	return found
}

func (w *world) path(t trail) Path {
	nodes := slices.Clone(t.nodes)
	slices.Reverse(nodes)
	return Path{w.net.ids(nodes), t.strength}
}

// source is the chance that node i comes on by itself.
func (w *world) source(i int) float64 {
	if w.held[i] != free {
		return w.held[i].chance()
	}
	return w.leak[i]
}

// into returns the arcs into node i that count: none if it is held.
func (w *world) into(i int) []arc {
	if w.held[i] != free {
		return nil
	}
	return w.in[i]
}

// reach returns for each node the strength, without sign, of the strongest path
// that ends there: Dijkstra's algorithm with products.
func (w *world) reach() []float64 {
	out := make([][]arc, len(w.in))
	best := make([]float64, len(w.in))
	q := &strongest{}
	for i := range w.in {
		for _, a := range w.into(i) {
			out[a.from] = append(out[a.from], a)
		}
		best[i] = w.source(i)
		heap.Push(q, reached{i, best[i]})
	}
	for q.Len() > 0 {
		r := heap.Pop(q).(reached)
		if r.strength < best[r.node] {
			continue
		}
		for _, a := range out[r.node] {
			if next := r.strength * math.Abs(a.weight); next > best[a.to] {
				best[a.to] = next
				heap.Push(q, reached{a.to, next})
			}
		}
	}
	return best
}

type reached struct {
	node     int
	strength float64
}

// strongest is a heap, strongest first.
type strongest []reached

func (q *strongest) Len() int           { return len(*q) }
func (q *strongest) Less(i, j int) bool { return (*q)[i].strength > (*q)[j].strength }
func (q *strongest) Swap(i, j int)      { (*q)[i], (*q)[j] = (*q)[j], (*q)[i] }

// Push appends.
func (q *strongest) Push(x any) { *q = append(*q, x.(reached)) }

// Pop takes the last off.
func (q *strongest) Pop() any {
	last := (*q)[len(*q)-1]
	*q = (*q)[:len(*q)-1]
	return last
}

// A trail is a path being built, the target first.
type trail struct {
	nodes    []int
	strength float64 // with the sign; with the leak of its end if whole
	promise  float64
	whole    bool
}

// A pathSearch is a heap of trails, greatest promise first.
type pathSearch struct {
	w      *world
	best   []float64
	trails []trail
}

// grow offers the trail as it ends here, and with each link that leads to it.
func (s *pathSearch) grow(t trail) {
	end := t.nodes[len(t.nodes)-1]
	whole := t
	whole.strength *= s.w.source(end)
	whole.promise, whole.whole = math.Abs(whole.strength), true
	s.push(whole)
	for _, a := range s.w.into(end) {
		if !slices.Contains(t.nodes, a.from) {
			s.offer(trail{nodes: append(slices.Clone(t.nodes), a.from), strength: t.strength * a.weight})
		}
	}
}

func (s *pathSearch) offer(t trail) {
	t.promise = math.Abs(t.strength) * s.best[t.nodes[len(t.nodes)-1]]
	s.push(t)
}

func (s *pathSearch) push(t trail) {
	if t.promise > 0 {
		heap.Push(s, t)
	}
}

// Len, Less, Swap, Push and Pop make the search a heap.
func (s *pathSearch) Len() int      { return len(s.trails) }
func (s *pathSearch) Swap(i, j int) { s.trails[i], s.trails[j] = s.trails[j], s.trails[i] }
func (s *pathSearch) Less(i, j int) bool {
	a, b := s.trails[i], s.trails[j]
	return cmp.Or(
		cmp.Compare(b.promise, a.promise),
		cmp.Compare(len(a.nodes), len(b.nodes)),
		slices.Compare(a.nodes, b.nodes)) < 0
}

// Push appends a trail.
func (s *pathSearch) Push(x any) { s.trails = append(s.trails, x.(trail)) }

// Pop takes the last trail off.
func (s *pathSearch) Pop() any {
	last := s.trails[len(s.trails)-1]
	s.trails = s.trails[:len(s.trails)-1]
	return last
}
