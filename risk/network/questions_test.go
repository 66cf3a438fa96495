package network_test

import (
	"context"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/risk/network"
)

func TestImpossible(t *testing.T) {
	n := network.Network{
		Nodes: []network.Node{{ID: "a", Leak: 0.5}, {ID: "b"}, {ID: "c", Leak: 1}},
		Links: []network.Link{{From: "a", To: "b", Weight: 1}},
	}
	m := compile(t, n)
	for _, q := range []network.Query{
		{Evidence: map[string]bool{"a": false, "b": true}},
		{Evidence: map[string]bool{"a": true, "b": false}},
		{Evidence: map[string]bool{"c": false}},
		{Evidence: map[string]bool{"b": true}, Do: map[string]bool{"a": false}},
		{Evidence: map[string]bool{"b": true}, Do: map[string]bool{"b": false}},
	} {
		for _, o := range []network.Options{{}, {MaxWidth: -1}} {
			_, err := m.Infer(t.Context(), q, o)
			if o.MaxWidth == 0 {
				require.ErrorIs(t, err, network.ErrImpossible)
			} else {
				require.Error(t, err)
			}
			_, err = m.Probability(t.Context(), "a", q, o)
			require.Error(t, err)
			_, err = m.Joint(t.Context(), []string{"a"}, q, o)
			require.Error(t, err)
		}
	}
	_, err := m.Infer(t.Context(), network.Query{Evidence: map[string]bool{"b": true, "a": false}}, network.Options{})
	require.EqualError(t, err, `network: evidence on "a", "b": the evidence has probability 0`)
}

func TestEvidenceOfHeldNodes(t *testing.T) {
	n := network.Network{Nodes: []network.Node{{ID: "a", Leak: 0.5}}}
	b := infer(t, n, network.Query{Evidence: map[string]bool{"a": true}, Do: map[string]bool{"a": true}})
	require.Equal(t, network.Estimate{Value: 1, Exact: true}, b.Evidence)
}

// The order in which nodes and links are written changes no probability.
func TestOrderDoesNotMatter(t *testing.T) {
	r := rand.New(rand.NewPCG(15, 16))
	for range 30 {
		n := randomCyclic(r, 2+r.IntN(8), r.IntN(20))
		mixed := network.Network{Nodes: slices.Clone(n.Nodes), Links: slices.Clone(n.Links)}
		r.Shuffle(len(mixed.Nodes), func(i, j int) { mixed.Nodes[i], mixed.Nodes[j] = mixed.Nodes[j], mixed.Nodes[i] })
		r.Shuffle(len(mixed.Links), func(i, j int) { mixed.Links[i], mixed.Links[j] = mixed.Links[j], mixed.Links[i] })
		a, b := infer(t, n, network.Query{}), infer(t, mixed, network.Query{})
		for _, x := range a.Nodes {
			require.InDelta(t, x.P.Value, value(t, b, x.ID), tight)
		}
	}
}

func TestEmpty(t *testing.T) {
	for _, m := range []*network.Model{{}, compile(t, network.Network{})} {
		b, err := m.Infer(t.Context(), network.Query{}, network.Options{})
		require.NoError(t, err)
		require.Empty(t, b.Nodes)
		require.Equal(t, network.Estimate{Value: 1, Exact: true}, b.Evidence)
		require.Empty(t, m.Cycles())
		j, err := m.Joint(t.Context(), nil, network.Query{}, network.Options{})
		require.NoError(t, err)
		require.Equal(t, []float64{1}, j.P)
		s, err := m.Sampler(nil, 1)
		require.NoError(t, err)
		require.Empty(t, s.Draw(0, nil))
		require.Equal(t, "flowchart LR\n", m.Mermaid(b))
	}
}

func TestBadQuestions(t *testing.T) {
	m := compile(t, crm12(t))
	q := network.Query{Evidence: map[string]bool{"nobody": true, "downtime": true}, Do: map[string]bool{"x": true, "y": false}}
	o := network.Options{MaxWidth: 27, Samples: -1, Workers: -1}
	_, err := m.Infer(t.Context(), q, o)
	require.ErrorIs(t, err, network.ErrUnknown)
	require.ErrorIs(t, err, network.ErrRange)
	require.EqualError(t, err, `do[x]: unknown "x"
do[y]: unknown "y"
evidence[nobody]: unknown "nobody"
maxWidth: out of range: 27, want at most 26
samples: out of range: -1, want 0 to 2^40
workers: out of range: -1, want 0 or more`)
	_, err = m.Probability(t.Context(), "nobody", network.Query{}, network.Options{})
	require.EqualError(t, err, `id: unknown "nobody"`)
	_, err = m.Probability(t.Context(), "nobody", q, network.Options{})
	require.ErrorIs(t, err, network.ErrUnknown)
	_, err = m.Sampler(map[string]bool{"x": true}, 1)
	require.ErrorIs(t, err, network.ErrUnknown)
	_, ok := network.Beliefs{}.Of("x")
	require.False(t, ok)
}

func TestCancel(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	m := compile(t, crm12(t))
	for _, o := range []network.Options{{}, {MaxWidth: -1}, {MaxWidth: 1}} {
		_, err := m.Infer(ctx, network.Query{}, o)
		require.ErrorIs(t, err, context.Canceled)
		_, err = m.Probability(ctx, "unexpected_cost", network.Query{}, o)
		require.ErrorIs(t, err, context.Canceled)
		_, err = m.Why(ctx, "unexpected_cost", nil, o)
		require.ErrorIs(t, err, context.Canceled)
	}
	_, err := m.Joint(ctx, []string{"unexpected_cost"}, network.Query{}, network.Options{})
	require.ErrorIs(t, err, context.Canceled)
	_, err = network.Fit(ctx, m.Network(), map[string]float64{"unexpected_cost": 0.5}, network.Options{})
	require.ErrorIs(t, err, context.Canceled)
}

func TestProgress(t *testing.T) {
	m := compile(t, crm12(t))
	for _, o := range []network.Options{{}, {MaxWidth: -1, Samples: 10_000}, {MaxWidth: 2, Samples: 10_000}} {
		calls, last := 0, int64(0)
		o.Progress = func(done, total int64) {
			require.Greater(t, done, last)
			require.GreaterOrEqual(t, total, done)
			last = done
			calls++
		}
		_, err := m.Infer(t.Context(), network.Query{}, o)
		require.NoError(t, err)
		require.Positive(t, calls)
	}
}

func TestModelIsApart(t *testing.T) {
	n := crm12(t)
	m := compile(t, n)
	before := infer(t, n, network.Query{})
	n.Nodes[0].Leak, n.Links[0].Weight = 1, 1
	copied := m.Network()
	copied.Nodes[0].ID = "changed"
	after, err := m.Infer(t.Context(), network.Query{}, network.Options{})
	require.NoError(t, err)
	require.Empty(t, cmp.Diff(before, after))
	evidence := map[string]bool{"downtime": true}
	_, err = m.Infer(t.Context(), network.Query{Evidence: evidence}, network.Options{})
	require.NoError(t, err)
	require.True(t, maps.Equal(map[string]bool{"downtime": true}, evidence))
}
