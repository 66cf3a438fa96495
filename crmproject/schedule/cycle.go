package schedule

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/crmrollout/crm/crmproject/verdict"
)

// A CycleError says that activities wait for one another in a circle, so that
// none of them can be planned. Path is closed, holds members of the circle only,
// and begins with its smallest id: A, B, A. Links[i] leads from Path[i] to
// Path[i+1].
//
// Of the circles within one set of activities that all wait for one another it
// is a shortest one through the smallest id, the first in the order of ids. It
// depends on the network alone, not on the order of its lists.
//
// Links of any type make a circle. "A SS B" and "B FF A" can be met at once by
// some durations, yet the plan would hang on those durations; no planning tool
// takes them.
type CycleError struct {
	Path  []string
	Links []Link
}

// Error returns the circle as String does, after the word "cycle".
func (e *CycleError) Error() string { return "cycle " + e.String() }

// String returns the circle as "A -FS-> B -SS+2-> A". The middle of one of more
// than 64 links is left out of the text.
func (e *CycleError) String() string { return chain(e.Path, e.Links) }

// Unwrap returns [verdict.ErrInvalid].
func (e *CycleError) Unwrap() error { return verdict.ErrInvalid }

// chain writes activities and the links between them.
func chain(path []string, links []Link) string {
	const most = 64
	var b strings.Builder
	for i, id := range path {
		if i > 0 && len(links) > most && i >= most/2 && i <= len(links)-most/2 {
			if i == most/2 {
				b.WriteString(" … " + strconv.Itoa(len(path)-most) + " more … ")
			}
			continue
		}
		if i > 0 && !strings.HasSuffix(b.String(), " ") {
			b.WriteString(" -" + links[i-1].Relation.String() + "-> ")
		}
		b.WriteString(plain(id))
	}
	return b.String()
}

// plain returns an id for a message: as it is, or quoted and capped if it is
// long or has anything that would not print on one line.
func plain(id string) string {
	const most = 60
	odd := func(r rune) bool { return !unicode.IsGraphic(r) || r == unicode.ReplacementChar }
	if id == "" || len(id) > most || strings.ContainsFunc(id, odd) {
		return verdict.Quote(id)
	}
	return id
}

// cycles returns a cycle of each strongly connected set of indices, ordered by
// smallest id. It is called after sorted, and looks only at what that left over.
func (g *graph) cycles(ids []string, links []Link) []error {
	var found []*CycleError
	for _, set := range g.list().knots() {
		found = append(found, g.shortest(set, ids, links))
	}
	slices.SortFunc(found, func(a, b *CycleError) int { return cmp.Compare(a.Path[0], b.Path[0]) })
	errs := make([]error, len(found))
	for i, e := range found {
		errs[i] = e
	}
	return errs
}

// knots returns the strongly connected sets that have a cycle (R. Tarjan,
// "Depth-first search and linear graph algorithms", SIAM Journal on Computing 1,
// 1972), with a stack of its own in place of recursion.
func (g *graph) knots() [][]int32 {
	t := tarjan{graph: g, number: make([]int32, g.len()), low: make([]int32, g.len()), next: slices.Clone(g.first)}
	for i := range g.waits {
		if g.waits[i] > 0 && t.number[i] == 0 {
			t.walk(int32(i))
		}
	}
	return t.found
}

type tarjan struct {
	*graph

	count       int32
	number, low []int32 // 0: not seen yet; low is ∞ once the set is known
	next        []int32 // by index: the next of its links
	trail, open []int32 // the walk; the seen indices without a set
	found       [][]int32
}

const settled = 1<<31 - 1

func (t *tarjan) walk(root int32) {
	t.enter(root)
	for len(t.trail) > 0 {
		at := t.trail[len(t.trail)-1]
		if t.next[at] == t.first[at+1] {
			t.leave(at)
			continue
		}
		to := t.heads[t.next[at]]
		t.next[at]++
		switch {
		case t.number[to] == 0:
			t.enter(to)
		case t.low[to] != settled:
			t.low[at] = min(t.low[at], t.number[to])
		}
	}
}

func (t *tarjan) enter(i int32) {
	t.count++
	t.number[i], t.low[i] = t.count, t.count
	t.trail, t.open = append(t.trail, i), append(t.open, i)
}

func (t *tarjan) leave(i int32) {
	t.trail = t.trail[:len(t.trail)-1]
	if len(t.trail) > 0 {
		up := t.trail[len(t.trail)-1]
		t.low[up] = min(t.low[up], t.low[i])
	}
	if t.low[i] != t.number[i] {
		return
	}
	at := slices.Index(t.open, i)
	set := slices.Clone(t.open[at:])
	t.open = t.open[:at]
	for _, j := range set {
		t.low[j] = settled
	}
	if len(set) > 1 || t.loops(i) {
		t.found = append(t.found, set)
	}
}

func (t *tarjan) loops(i int32) bool {
	return slices.ContainsFunc(t.links(i), func(e int32) bool { return t.arcs[e].to == i })
}

// shortest returns a shortest cycle through the smallest id of a strongly
// connected set: breadth first, successors in the order of their ids.
func (g *graph) shortest(set []int32, ids []string, links []Link) *CycleError {
	within := make(map[int32]bool, len(set))
	for _, i := range set {
		within[i] = true
	}
	root := slices.MinFunc(set, func(a, b int32) int { return cmp.Compare(ids[a], ids[b]) })
	came := map[int32]int32{} // by index: the link by which it was reached
	for queue := []int32{root}; ; queue = queue[1:] {
		leaving := slices.Clone(g.links(queue[0]))
		slices.SortFunc(leaving, func(a, b int32) int {
			return cmp.Or(cmp.Compare(ids[g.arcs[a].to], ids[g.arcs[b].to]), links[a].Relation.compare(links[b].Relation))
		})
		for _, e := range leaving {
			to := g.arcs[e].to
			if _, seen := came[to]; seen || !within[to] {
				continue
			}
			came[to] = e
			if to == root {
				return g.closed(root, came, links)
			}
			queue = append(queue, to)
		}
	}
}

// closed follows the links by which a cycle was found back to its root.
func (g *graph) closed(root int32, came map[int32]int32, links []Link) *CycleError {
	var back []Link
	for at := root; len(back) == 0 || at != root; at = g.arcs[came[at]].from {
		back = append(back, links[came[at]])
	}
	slices.Reverse(back)
	e := &CycleError{Links: back}
	for _, l := range back {
		e.Path = append(e.Path, l.From)
	}
	e.Path = append(e.Path, e.Path[0])
	return e
}
