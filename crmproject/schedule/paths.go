package schedule

import (
	"iter"
	"slices"
	"strings"
)

// A Path is a chain of activities: Links[i] leads from IDs[i] to IDs[i+1].
type Path struct {
	IDs   []string `json:"ids"`
	Links []Link   `json:"links,omitempty"`
}

// String returns the path as "A -FS-> B -SS+2-> C". The middle of one of more
// than 64 links is left out of the text.
func (p Path) String() string { return chain(p.IDs, p.Links) }

// Paths yields every path through the network, from an activity without
// predecessors to one without successors, in the order of ids. Their number
// grows exponentially with the size of a network; each is found when it is asked
// for, and the search needs memory for one path only.
func (p *Plan) Paths() iter.Seq[Path] {
	n := p.model.Network
	var roots []int32
	for at := range n.order {
		if n.first[at] == n.first[at+1] {
			roots = append(roots, int32(at))
		}
	}
	out := n.successors()
	return n.walk(roots, func(at, _ int32) []int32 { return out.links(at) }, false)
}

// CriticalPaths yields every path of critical activities that hold each other
// where they are, in the order of ids, lazily as Paths does. A path starts at
// an activity that no other critical one drives, and ends where none is driven.
func (p *Plan) CriticalPaths() iter.Seq[Path] {
	n := p.model.Network
	onward := map[int32][]int32{} // driving links between critical activities, by predecessor
	var roots []int32
	for at := range n.order {
		if !p.critical(at) {
			continue
		}
		root := true
		for _, e := range p.driving(at) {
			if from := n.from[e]; p.critical(int(from)) && !p.begun(e) {
				onward[from] = append(onward[from], e)
				root = false
			}
		}
		if root {
			roots = append(roots, int32(at))
		}
	}
	return n.walk(roots, func(at, _ int32) []int32 { return onward[at] }, false)
}

// PathTo returns the path that drives the early dates of an activity, such as a
// milestone: the ids of [Plan.Why]. It returns false if there is no activity
// with that id.
func (p *Plan) PathTo(id string) (Path, bool) {
	for path := range p.PathsTo(id) {
		return path, true
	}
	return Path{}, false
}

// PathsTo yields every path that drives the early dates of an activity, lazily
// as Paths does: from an activity that no other one drives to the given one,
// ordered by ids from the end. It yields nothing if there is no activity with
// that id.
func (p *Plan) PathsTo(id string) iter.Seq[Path] {
	n := p.model.Network
	at, ok := n.find(id)
	if !ok {
		return func(func(Path) bool) {}
	}
	return n.walk([]int32{int32(at)}, func(at, via int32) []int32 {
		if via >= 0 && p.begun(via) {
			return nil
		}
		return p.driving(int(at))
	}, true)
}

// begun reports whether link e leaves the start of work in progress: a date that
// nothing drives any more.
func (p *Plan) begun(e int32) bool {
	return p.model.states[p.model.from[e]] == InProgress && p.model.typeOf(e).fromStart()
}

// successors returns the links of the network by predecessor.
func (n *Network) successors() *graph {
	arcs := make([]arc, len(n.from))
	for e := range arcs {
		arcs[e] = arc{from: n.from[e], to: n.to[e]}
	}
	return newGraph(len(n.order), arcs).list()
}

// walk yields the paths from the roots along the links that next gives, until
// it gives none, which knows by which link the way came there (−1 at a root);
// backwards against them, as paths in the direction of the links
// all the same. It goes depth first with a stack of its own.
func (n *Network) walk(roots []int32, next func(at, via int32) []int32, backwards bool) iter.Seq[Path] {
	return func(yield func(Path) bool) {
		sorted := slices.Clone(roots)
		slices.SortFunc(sorted, func(a, b int32) int { return strings.Compare(n.id(int(a)), n.id(int(b))) })
		for _, root := range sorted {
			w := walker{network: n, next: next, backwards: backwards}
			if !w.from(root, yield) {
				return
			}
		}
	}
}

// A walker is the way to one activity and what is left to try along it.
type walker struct {
	network   *Network
	next      func(at, via int32) []int32
	backwards bool
	root      int32
	way       []int32   // links
	left      [][]int32 // links, by depth
}

func (w *walker) from(root int32, yield func(Path) bool) bool {
	w.root = root
	if w.enter(root, -1) && !yield(w.path()) {
		return false
	}
	for len(w.left) > 0 {
		top := len(w.left) - 1
		if len(w.left[top]) == 0 {
			w.left = w.left[:top]
			w.way = w.way[:max(top-1, 0)]
			continue
		}
		e := w.left[top][0]
		w.left[top] = w.left[top][1:]
		w.way = append(w.way, e)
		to := w.network.to[e]
		if w.backwards {
			to = w.network.from[e]
		}
		if w.enter(to, e) && !yield(w.path()) {
			return false
		}
	}
	return true
}

// enter goes on to an activity, by a link unless it is the root, and reports
// whether the path ends there.
func (w *walker) enter(at, via int32) bool {
	links := slices.Clone(w.next(at, via))
	slices.SortFunc(links, w.network.compare)
	w.left = append(w.left, links)
	return len(links) == 0
}

// path writes down the way.
func (w *walker) path() Path {
	n := w.network
	p := Path{IDs: []string{n.id(int(w.root))}}
	for _, e := range w.way {
		l := n.link(int(n.to[e]), e)
		p.Links = append(p.Links, l)
		if w.backwards {
			p.IDs = append(p.IDs, l.From)
		} else {
			p.IDs = append(p.IDs, l.To)
		}
	}
	if w.backwards {
		slices.Reverse(p.IDs)
		slices.Reverse(p.Links)
	}
	return p
}
