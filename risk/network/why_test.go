package network_test

import (
	"cmp"
	"encoding/json"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/risk/network"
)

// RI-04: why a risk is as likely as it is.
func TestWhy(t *testing.T) {
	n := crm12(t)
	x, err := compile(t, n).Why(t.Context(), "unexpected_cost", nil, network.Options{})
	require.NoError(t, err)
	require.Equal(t, 0.1, x.Alone)
	require.InDelta(t, 0.40401370549015825, x.P.Value, tight)
	require.Len(t, x.Ancestors, 8)
	require.Equal(t, "schedule_slip", x.Ancestors[0].ID)
	for k, a := range x.Ancestors {
		want := enumerateStates(t, n, "unexpected_cost", map[string]bool{a.ID: true})
		require.InDelta(t, want, a.On.Value, tight)
		want = enumerateStates(t, n, "unexpected_cost", map[string]bool{a.ID: false})
		require.InDelta(t, want, a.Off.Value, tight)
		require.InDelta(t, a.On.Value-a.Off.Value, a.Effect.Value, tight)
		require.InDelta(t, x.P.Value-a.Off.Value, a.Relief.Value, tight)
		require.True(t, a.Effect.Exact)
		if k > 0 {
			require.GreaterOrEqual(t, math.Abs(x.Ancestors[k-1].Relief.Value), math.Abs(a.Relief.Value))
		}
	}
	require.Len(t, x.Paths, network.MostPaths)
	require.Equal(t, []string{"vendor_delay", "schedule_slip", "unexpected_cost"}, x.Paths[1].Nodes)
	require.InDelta(t, 0.2*0.6*0.65, x.Paths[1].Strength, tight)

	data, err := json.Marshal(x)
	require.NoError(t, err)
	var back network.Explanation
	require.NoError(t, json.Unmarshal(data, &back))
	require.Empty(t, gocmp.Diff(x, back))
}

func enumerateStates(t testing.TB, n network.Network, id string, do map[string]bool) float64 {
	t.Helper()
	p, _ := dagTwin(n, network.Query{Do: do})
	return p[slices.IndexFunc(n.Nodes, func(node network.Node) bool { return node.ID == id })]
}

// A common cause is no effect: what two risks share makes them correlated, yet
// removing one does not touch the other.
func TestWhyIsCausal(t *testing.T) {
	n := network.Network{
		Nodes: []network.Node{{ID: "cause", Leak: 0.3}, {ID: "symptom", Leak: 0.01}, {ID: "damage", Leak: 0.01}},
		Links: []network.Link{{From: "cause", To: "symptom", Weight: 0.9}, {From: "cause", To: "damage", Weight: 0.9}},
	}
	m := compile(t, n)
	seen := infer(t, n, network.Query{Evidence: map[string]bool{"symptom": true}})
	prior := infer(t, n, network.Query{})
	require.Greater(t, value(t, seen, "damage"), 2*value(t, prior, "damage"))
	x, err := m.Why(t.Context(), "damage", nil, network.Options{})
	require.NoError(t, err)
	require.Len(t, x.Ancestors, 1)
	require.Equal(t, "cause", x.Ancestors[0].ID)

	held, err := m.Why(t.Context(), "damage", map[string]bool{"cause": true}, network.Options{})
	require.NoError(t, err)
	require.Empty(t, held.Ancestors)
	require.Equal(t, []network.Path{{Nodes: []string{"cause", "damage"}, Strength: 0.9}}, held.Paths)
	fixed, err := m.Why(t.Context(), "damage", map[string]bool{"damage": true}, network.Options{})
	require.NoError(t, err)
	require.Equal(t, network.Explanation{ID: "damage", P: network.Estimate{Value: 1, Exact: true}, Alone: 1}, fixed)

	_, err = m.Why(t.Context(), "nobody", nil, network.Options{})
	require.EqualError(t, err, `id: unknown "nobody"`)
	_, err = m.Why(t.Context(), "damage", map[string]bool{"x": true}, network.Options{})
	require.ErrorIs(t, err, network.ErrUnknown)
}

// What prevents has a relief below zero, and so have paths through it.
func TestWhyInhibitor(t *testing.T) {
	n := network.Network{
		Nodes: []network.Node{{ID: "training", Leak: 0.8}, {ID: "resistance", Leak: 0.5}, {ID: "failure", Leak: 0.1}},
		Links: []network.Link{{From: "resistance", To: "failure", Weight: 0.7}, {From: "training", To: "failure", Weight: -0.6}},
	}
	x, err := compile(t, n).Why(t.Context(), "failure", nil, network.Options{})
	require.NoError(t, err)
	require.Equal(t, "training", x.Ancestors[0].ID)
	require.InDelta(t, 0.2158-0.415, x.Ancestors[0].Relief.Value, tight)
	require.InDelta(t, 0.166-0.415, x.Ancestors[0].Effect.Value, tight)
	require.Equal(t, []string{"training", "failure"}, x.Paths[0].Nodes)
	require.InDelta(t, -0.48, x.Paths[0].Strength, tight)
}

// Under sampling, both sides of a difference see the same luck, so an ancestor
// that does nothing has exactly no effect.
func TestWhySampled(t *testing.T) {
	n := network.Network{
		Nodes: []network.Node{{ID: "idle", Leak: 0.3}, {ID: "busy", Leak: 0.3}, {ID: "target", Leak: 0.2}},
		Links: []network.Link{{From: "idle", To: "target"}, {From: "busy", To: "target", Weight: 0.5}},
	}
	x, err := compile(t, n).Why(t.Context(), "target", nil, network.Options{MaxWidth: -1, Samples: 20_000})
	require.NoError(t, err)
	require.False(t, x.P.Exact)
	require.Equal(t, "busy", x.Ancestors[0].ID)
	require.InDelta(t, 0.4, x.Ancestors[0].Effect.Value, 5*x.Ancestors[0].Effect.StdErr)
	require.Zero(t, x.Ancestors[1].Effect.Value)
	require.Positive(t, x.Ancestors[1].Effect.StdErr)
}

// The paths against all simple paths, sorted.
func TestPathsAgainstAll(t *testing.T) {
	r := rand.New(rand.NewPCG(41, 42))
	for range 60 {
		n := randomCyclic(r, 2+r.IntN(6), r.IntN(22))
		m := compile(t, n)
		for _, node := range n.Nodes {
			x, err := m.Why(t.Context(), node.ID, nil, network.Options{MaxWidth: -1, Samples: 1})
			require.NoError(t, err)
			want := allPaths(n, node.ID)
			require.Len(t, x.Paths, min(len(want), network.MostPaths))
			for k, p := range x.Paths {
				require.InDelta(t, math.Abs(want[k]), math.Abs(p.Strength), 1e-15)
				require.Equal(t, node.ID, p.Nodes[len(p.Nodes)-1])
			}
		}
	}
}

// allPaths returns the strengths of all simple paths to a node, strongest first.
func allPaths(n network.Network, target string) []float64 {
	leak := map[string]float64{}
	for _, node := range n.Nodes {
		leak[node.ID] = node.Leak
	}
	var all []float64
	var grow func(path []string, strength float64)
	grow = func(path []string, strength float64) {
		end := path[len(path)-1]
		if s := strength * leak[end]; s != 0 && len(path) > 1 {
			all = append(all, s)
		}
		for _, l := range n.Links {
			if l.To == end && !slices.Contains(path, l.From) {
				grow(append(slices.Clone(path), l.From), strength*l.Weight)
			}
		}
	}
	grow([]string{target}, 1)
	slices.SortFunc(all, func(a, b float64) int { return cmp.Compare(math.Abs(b), math.Abs(a)) })
	return all
}
