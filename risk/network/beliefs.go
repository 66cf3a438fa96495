package network

import (
	"math"
	"slices"
)

// An Estimate is a probability, or a difference of two, with its error.
type Estimate struct {
	Value  float64 `json:"value"`
	StdErr float64 `json:"stdErr,omitzero"` // standard error of sampling, 0 if exact
	Exact  bool    `json:"exact"`           // no sampling: the value is right up to rounding
}

// minus returns the difference of two estimates. Its standard error is that of
// independent samples; common random numbers make the true one smaller.
func (e Estimate) minus(f Estimate) Estimate {
	return Estimate{e.Value - f.Value, math.Hypot(e.StdErr, f.StdErr), e.Exact && f.Exact}
}

// A Belief is the probability that a node is on.
type Belief struct {
	ID string   `json:"id"`
	P  Estimate `json:"p"`
}

// Beliefs are the probabilities of all nodes in the world of a query.
type Beliefs struct {
	Nodes    []Belief   `json:"nodes,omitzero"`  // in the order of the network
	Evidence Estimate   `json:"evidence"`        // probability of the evidence, 1 if there is none
	Cycles   [][]string `json:"cycles,omitzero"` // that are left in this world, as in [Model.Cycles]
	Width    int        `json:"width"`           // treewidth that was worked exactly
	Samples  int        `json:"samples,omitzero"`
	// Effective is how many samples without evidence would be as good as the
	// Samples drawn: (Σw)²/Σw² for weights w.
	Effective float64 `json:"effective,omitzero"`
}

// Of returns the probability of the node with the given id, false if there is
// no such node.
func (b Beliefs) Of(id string) (Estimate, bool) {
	i := slices.IndexFunc(b.Nodes, func(n Belief) bool { return n.ID == id })
	if i < 0 {
		return Estimate{}, false
	}
	return b.Nodes[i].P, true
}

// Exact reports whether nothing was sampled.
func (b Beliefs) Exact() bool { return b.Samples == 0 }
