package network

import (
	"context"
	"fmt"
	"iter"
	"math"
	"slices"
)

// MaxJoint is the largest number of nodes of a [Joint].
const MaxJoint = 24

// A Joint is the joint distribution of some nodes: the probability of each of
// their 2^n states, n being the number of nodes. In state s node i is on if
// bit i of s is set: s>>i&1 == 1. States ascend as numbers, from all off to
// all on.
type Joint struct {
	Nodes    []string  `json:"nodes,omitzero"`
	P        []float64 `json:"p,omitzero"` // of state s; together 1
	Evidence float64   `json:"evidence"`   // probability of the evidence, 1 if there is none
}

// Joint returns the joint distribution of the given nodes, at most [MaxJoint],
// each named once, in the world of the query. It is exact: the error wraps
// [ErrTooWide] where it cannot be, otherwise see [Model.Infer]. The joint itself
// counts for the width: more than 21 nodes need a larger [Options.MaxWidth].
//
// Time and memory grow with at most 2^(t+n), t being the treewidth of what the n
// nodes and the evidence depend on.
func (m *Model) Joint(ctx context.Context, ids []string, q Query, o Options) (Joint, error) {
	s, err := m.ask(q, o)
	if err != nil {
		return Joint{}, err
	}
	of, err := m.distinct(ids)
	if err != nil {
		return Joint{}, err
	}
	return s.joint(ctx, of)
}

// distinct returns the positions of nodes, each given once.
func (m *Model) distinct(ids []string) ([]int, error) {
	var f faults
	if len(ids) > MaxJoint {
		f.addf("ids", "%w: %d nodes, want at most %d", ErrRange, len(ids), MaxJoint)
		return nil, f.err()
	}
	of := make([]int, len(ids))
	for k, id := range ids {
		i, ok := m.index[id]
		switch {
		case !ok:
			f.addf(at("ids", k), "%w %s", ErrUnknown, quote(id))
		case slices.Contains(of[:k], i):
			f.addf(at("ids", k), "%w %s", ErrDuplicate, quote(id))
		}
		of[k] = i
		if !ok {
			of[k] = -1
		}
	}
	return of, f.err()
}

func (s *solver) joint(ctx context.Context, of []int) (Joint, error) {
	l := s.layout(s.ancestors(s.held, append(s.observed(), of...)...), of)
	if l.scale.fraction == 0 {
		return Joint{}, s.impossible(ErrImpossible)
	}
	if l.wide > 0 {
		return Joint{}, fmt.Errorf("network: joint of %s: %w of treewidth %d", quotes(s.net.ids(of)), ErrTooWide, s.o.width())
	}
	s.job.expect(int64(l.cells))
	evidence, small := l.scale, one
	for _, p := range l.parts {
		r := l.run(p.plan, false, s.job)
		if err := r.forward(ctx, p.plan); err != nil {
			return Joint{}, s.told(err)
		}
		evidence.timesProduct(r.total)
		if p.keep > 0 {
			small = r.rest(p.kept())
		}
	}
	sum := pairwise(small.cells)
	if !(sum > 0) {
		return Joint{}, s.impossible(ErrImpossible)
	}
	evidence.times(sum)
	j := Joint{Nodes: s.net.ids(of), P: s.spread(l, of, small.cells), Evidence: s.evidence(evidence).Value}
	for k := range j.P {
		j.P[k] /= sum
	}
	return j, nil
}

// spread places the probabilities of the states of those nodes that have a
// variable among the states of all.
func (s *solver) spread(l layout, of []int, cells []float64) []float64 {
	var fixed int
	var loose []int // bit of each node that has a variable
	for k, i := range of {
		switch {
		case l.node[i] >= 0:
			loose = append(loose, k)
		case l.known[i] == isOn:
			fixed |= 1 << k
		}
	}
	p := make([]float64, 1<<len(of))
	for c, x := range cells {
		state := fixed
		for b, k := range loose {
			state |= c >> b & 1 << k
		}
		p[state] = x
	}
	return p
}

// pairwise adds up in the manner of a tournament, which keeps rounding small.
func pairwise(xs []float64) float64 {
	if len(xs) <= longest {
		return total(xs)
	}
	half := len(xs) / 2
	return pairwise(xs[:half]) + pairwise(xs[half:])
}

// All yields each state with its probability, ascending, including those of
// probability 0.
func (j Joint) All() iter.Seq2[int, float64] { return slices.All(j.P) }

// On returns the ids of the nodes that are on in a state, in the order of Nodes.
func (j Joint) On(state int) []string {
	var ids []string
	for i, id := range j.Nodes {
		if state>>i&1 == 1 {
			ids = append(ids, id)
		}
	}
	return ids
}

// Expect returns the mean of a function of the state.
func (j Joint) Expect(f func(state int) float64) float64 {
	terms := make([]float64, 0, len(j.P))
	for state, p := range j.P {
		if p > 0 {
			terms = append(terms, float64(p*f(state)))
		}
	}
	return pairwise(terms)
}

// Chance returns the probability that all the given nodes are on, false if one
// of them is not in the distribution. All of none are on for certain.
func (j Joint) Chance(ids ...string) (float64, bool) {
	mask := 0
	for _, id := range ids {
		i := slices.Index(j.Nodes, id)
		if i < 0 {
			return 0, false
		}
		mask |= 1 << i
	}
	var terms []float64
	for state, p := range j.P {
		if state&mask == mask {
			terms = append(terms, p)
		}
	}
	return math.Min(1, pairwise(terms)), true
}
