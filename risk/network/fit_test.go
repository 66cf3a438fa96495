package network_test

import (
	"errors"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/risk/network"
)

// Leaks are found again from the probabilities they lead to.
func TestFitIsInverse(t *testing.T) {
	r := rand.New(rand.NewPCG(51, 52))
	for range 60 {
		n := randomCyclic(r, 2+r.IntN(7), r.IntN(16))
		for i := range n.Nodes {
			n.Nodes[i].Leak = 0.05 + 0.9*r.Float64()
		}
		for k := range n.Links {
			n.Links[k].Weight *= 0.8
		}
		want := infer(t, n, network.Query{})
		marginals := map[string]float64{}
		start := network.Network{Nodes: append([]network.Node(nil), n.Nodes...), Links: n.Links}
		for i, node := range n.Nodes {
			if r.IntN(3) > 0 {
				marginals[node.ID] = want.Nodes[i].P.Value
				start.Nodes[i].Leak = r.Float64()
			}
		}
		fitted, err := network.Fit(t.Context(), start, marginals, network.Options{})
		require.NoError(t, err)
		got := infer(t, fitted, network.Query{})
		for i := range n.Nodes {
			require.InDelta(t, want.Nodes[i].P.Value, got.Nodes[i].P.Value, 1e-11)
			require.InDelta(t, n.Nodes[i].Leak, fitted.Nodes[i].Leak, 1e-8)
		}
		require.Equal(t, n.Links, fitted.Links)
	}
}

func TestFitCorners(t *testing.T) {
	n := network.Network{
		Nodes: []network.Node{{ID: "a", Leak: 0.3}, {ID: "b", Leak: 0.9}, {ID: "c", Leak: 0.7}},
		Links: []network.Link{{From: "a", To: "b", Weight: 0.5}},
	}
	for _, c := range []struct {
		marginals map[string]float64
		want      [3]float64
	}{
		{nil, [3]float64{0.3, 0.9, 0.7}},
		{map[string]float64{"b": 0.15}, [3]float64{0.3, 0, 0.7}},          // just what the cause brings
		{map[string]float64{"b": 0.15 - 1e-14}, [3]float64{0.3, 0, 0.7}},  // and a rounding error less
		{map[string]float64{"b": 1}, [3]float64{0.3, 1, 0.7}},             // at most
		{map[string]float64{"a": 0, "b": 0}, [3]float64{0, 0, 0.7}},       // causes first
		{map[string]float64{"a": 1, "b": 0.75}, [3]float64{1, 0.5, 0.7}},  //
		{map[string]float64{"c": 0.01, "a": 1}, [3]float64{1, 0.9, 0.01}}, // the others stay
	} {
		got, err := network.Fit(t.Context(), n, c.marginals, network.Options{})
		require.NoError(t, err)
		for i, want := range c.want {
			require.InDelta(t, want, got.Nodes[i].Leak, tight, "%v %s", c.marginals, got.Nodes[i].ID)
		}
	}
	require.Equal(t, 0.9, n.Nodes[1].Leak)
}

// A probability that no leak gives is refused with the link to blame.
func TestInfeasible(t *testing.T) {
	n := network.Network{
		Nodes: []network.Node{{ID: "scope", Leak: 0.4}, {ID: "team", Leak: 0.2}, {ID: "cost"}, {ID: "training", Leak: 0.5}, {ID: "adoption"}, {ID: "after"}},
		Links: []network.Link{
			{From: "team", To: "cost", Weight: 0.9},
			{From: "scope", To: "cost", Weight: 0.6},
			{From: "training", To: "adoption", Weight: -0.8},
			{From: "team", To: "adoption", Weight: -0.1},
			{From: "cost", To: "after", Weight: 1},
		},
	}
	_, err := network.Fit(t.Context(), n, map[string]float64{"cost": 0.1, "adoption": 0.9, "after": 0}, network.Options{})
	require.ErrorIs(t, err, network.ErrInfeasible)
	require.EqualError(t, err, `network: "cost" cannot have probability 0.1: with a leak of 0 it has 0.3768, since the link from "scope", weight 0.6, alone brings it about with chance 0.24
network: "adoption" cannot have probability 0.9: with a leak of 1 it has 0.588, since the link from "training", weight -0.8, alone prevents it with chance 0.4`)
	e, ok := errors.AsType[*network.InfeasibleError](err)
	require.True(t, ok)
	require.Equal(t, "cost", e.ID)
	require.Equal(t, n.Links[1], e.Link)
	require.InDelta(t, 0.24, e.Share, tight)
	require.InDelta(t, 1-(1-0.24)*(1-0.18), e.Least, tight)
	require.InDelta(t, 1, e.Most, tight)

	sure := network.Network{
		Nodes: []network.Node{{ID: "a", Leak: 1}, {ID: "b"}},
		Links: []network.Link{{From: "a", To: "b", Weight: 1}},
	}
	_, err = network.Fit(t.Context(), sure, map[string]float64{"b": 0.5}, network.Options{})
	require.ErrorIs(t, err, network.ErrInfeasible)
	fitted, err := network.Fit(t.Context(), sure, map[string]float64{"b": 1}, network.Options{})
	require.NoError(t, err)
	require.Zero(t, fitted.Nodes[1].Leak)
}

func TestFitLoop(t *testing.T) {
	loop := func(w float64) network.Network {
		return network.Network{
			Nodes: []network.Node{{ID: "a"}, {ID: "b"}, {ID: "c"}},
			Links: []network.Link{{From: "a", To: "b", Weight: w}, {From: "b", To: "c", Weight: w}, {From: "c", To: "a", Weight: w}},
		}
	}
	for _, w := range []float64{0.1, 0.5, 0.9, 0.99} {
		fitted, err := network.Fit(t.Context(), loop(w), map[string]float64{"a": 0.5, "b": 0.6, "c": 0.6}, network.Options{})
		if err != nil {
			require.ErrorIs(t, err, network.ErrInfeasible)
			continue
		}
		b := infer(t, fitted, network.Query{})
		require.InDelta(t, 0.5, value(t, b, "a"), 1e-10)
		require.InDelta(t, 0.6, value(t, b, "b"), 1e-10)
		require.InDelta(t, 0.6, value(t, b, "c"), 1e-10)
	}
	_, err := network.Fit(t.Context(), loop(0.9), map[string]float64{"a": 0.1, "b": 0.9}, network.Options{})
	require.ErrorIs(t, err, network.ErrInfeasible)
	require.ErrorContains(t, err, `the link from "c"`)
}

func TestFitRefuses(t *testing.T) {
	n := crm12(t)
	_, err := network.Fit(t.Context(), n, map[string]float64{"x": 0.5, "downtime": 1.5, "data_quality": math.NaN()}, network.Options{Workers: -1})
	require.EqualError(t, err, `workers: out of range: -1, want 0 or more
marginals[data_quality]: out of range: NaN, want 0 to 1
marginals[downtime]: out of range: 1.5, want 0 to 1
marginals[x]: unknown "x"`)
	_, err = network.Fit(t.Context(), n, map[string]float64{"unexpected_cost": 0.6}, network.Options{MaxWidth: 1})
	require.ErrorIs(t, err, network.ErrTooWide)
	_, err = network.Fit(t.Context(), network.Network{Nodes: []network.Node{{}}}, nil, network.Options{})
	require.ErrorIs(t, err, network.ErrMissing)
}
