package network_test

import (
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/risk/network"
)

// Samples against enumeration, with evidence and interventions. Five standard
// errors are missed once in two million; the seed is fixed, so this cannot flake.
func TestSamplesAgree(t *testing.T) {
	r := rand.New(rand.NewPCG(21, 22))
	sampled, looked := 0, 0
	for k := range 60 {
		n := randomCyclic(r, 2+r.IntN(5), r.IntN(12))
		q := randomQuery(r, n)
		want := enumerate(n, q)
		got, err := compile(t, n).Infer(t.Context(), q, network.Options{MaxWidth: -1, Samples: 4000, Seed: uint64(k)})
		if want.evidence < 1e-3 {
			continue // too rare, or impossible; see TestUnseen
		}
		require.NoError(t, err)
		require.InDelta(t, want.evidence, got.Evidence.Value, tight+5*got.Evidence.StdErr)
		for _, b := range got.Nodes {
			looked++
			if b.P.Exact {
				require.InDelta(t, want.chance(b.ID), b.P.Value, tight)
				continue
			}
			sampled++
			require.Positive(t, b.P.StdErr)
			require.InDelta(t, want.chance(b.ID), b.P.Value, 5*b.P.StdErr, "%d %s of %+v in %+v", k, b.ID, n, q)
		}
	}
	require.Greater(t, sampled, looked/2)
}

// The standard error is right: errors over their standard errors have variance 1.
func TestStandardError(t *testing.T) {
	n := crm12(t)
	q := network.Query{Evidence: map[string]bool{"unexpected_cost": true, "downtime": false}}
	exact := infer(t, n, q)
	m := compile(t, n)
	const runs = 200
	square, evidence := 0.0, 0.0
	for seed := range uint64(runs) {
		got, err := m.Infer(t.Context(), q, network.Options{MaxWidth: -1, Samples: 500, Seed: seed})
		require.NoError(t, err)
		p, _ := got.Of("integration_failure")
		z := (p.Value - value(t, exact, "integration_failure")) / p.StdErr
		square += z * z
		z = (got.Evidence.Value - exact.Evidence.Value) / got.Evidence.StdErr
		evidence += z * z
		require.InDelta(t, 250, got.Effective, 250)
	}
	// χ² with 200 degrees of freedom over 200: standard deviation 0.1.
	require.InDelta(t, 1, square/runs, 0.4)
	require.InDelta(t, 1, evidence/runs, 0.4)
}

// The same bytes for any number of workers, and again.
func TestWorkers(t *testing.T) {
	r := rand.New(rand.NewPCG(23, 24))
	n := randomCyclic(r, 12, 30)
	for i := range n.Nodes {
		n.Nodes[i].Leak = 0.2
	}
	for i := range n.Links {
		n.Links[i].Weight *= 0.5
	}
	q := network.Query{Evidence: map[string]bool{"r3": false}}
	m := compile(t, n)
	for _, width := range []int{-1, 3, 0} {
		var first network.Beliefs
		var why network.Explanation
		for k, workers := range []int{1, 1, 2, 7, 0} {
			o := network.Options{MaxWidth: width, Samples: 9001, Seed: 5, Workers: workers}
			got, err := m.Infer(t.Context(), q, o)
			require.NoError(t, err)
			x, err := m.Why(t.Context(), "r11", nil, network.Options{MaxWidth: width, Samples: 200, Workers: workers})
			require.NoError(t, err)
			if k == 0 {
				first, why = got, x
			}
			require.Empty(t, cmp.Diff(first, got))
			require.Empty(t, cmp.Diff(why, x))
		}
	}
}

// Evidence too rare to be seen is an error, not 0/0.
func TestUnseen(t *testing.T) {
	n := network.Network{
		Nodes: []network.Node{{ID: "a", Leak: 1e-9}, {ID: "b"}},
		Links: []network.Link{{From: "a", To: "b", Weight: 1}},
	}
	_, err := compile(t, n).Infer(t.Context(), network.Query{Evidence: map[string]bool{"b": true}}, network.Options{MaxWidth: -1, Samples: 1000})
	require.ErrorIs(t, err, network.ErrUnseen)
	require.EqualError(t, err, `network: evidence on "b": no sample agrees with the evidence: 1000 drawn`)
	_, err = compile(t, n).Probability(t.Context(), "a", network.Query{Evidence: map[string]bool{"b": true}}, network.Options{MaxWidth: -1, Samples: 1000})
	require.ErrorIs(t, err, network.ErrUnseen)
}

// An event that no sample shows is not impossible: its error is not 0.
func TestNeverSeenIsNotCertain(t *testing.T) {
	n := network.Network{Nodes: []network.Node{{ID: "rare", Leak: 1e-9}, {ID: "usual", Leak: 1 - 1e-9}}}
	got, err := compile(t, n).Infer(t.Context(), network.Query{}, network.Options{MaxWidth: -1, Samples: 1000})
	require.NoError(t, err)
	for i, want := range []float64{0, 1} {
		require.Equal(t, want, got.Nodes[i].P.Value)
		require.False(t, got.Nodes[i].P.Exact)
		require.InDelta(t, 0.001, got.Nodes[i].P.StdErr, 1e-5)
	}
	one, err := compile(t, n).Probability(t.Context(), "rare", network.Query{}, network.Options{MaxWidth: -1, Samples: 1000})
	require.NoError(t, err)
	require.Empty(t, cmp.Diff(got.Nodes[0].P, one))
}

// Draws are addressed by seed, ids and number: another risk, link or order of
// nodes changes no draw of those that it does not act on.
func TestDrawsAreAddressed(t *testing.T) {
	n := network.Network{
		Nodes: []network.Node{{ID: "a", Leak: 0.3}, {ID: "b", Leak: 0.2}, {ID: "c", Leak: 0.1}},
		Links: []network.Link{{From: "a", To: "b", Weight: 0.5}, {From: "b", To: "a", Weight: 0.5}, {From: "b", To: "c", Weight: 0.6}},
	}
	more := network.Network{
		Nodes: append([]network.Node{{ID: "new", Leak: 0.9}}, n.Nodes...),
		Links: append([]network.Link{{From: "c", To: "new", Weight: 0.4}}, n.Links...),
	}
	slices.Reverse(more.Nodes)
	s, err := compile(t, n).Sampler(nil, 42)
	require.NoError(t, err)
	more2, err := compile(t, more).Sampler(nil, 42)
	require.NoError(t, err)
	held, err := compile(t, n).Sampler(map[string]bool{"c": true}, 42)
	require.NoError(t, err)
	other, err := compile(t, n).Sampler(nil, 43)
	require.NoError(t, err)
	differ := 0
	buffer := []bool{true}
	for i := range uint64(2000) {
		x, y, z := s.Draw(i, nil), more2.Draw(i, nil), held.Draw(i, nil)
		require.Equal(t, []bool{x[2], x[1], x[0]}, y[:3])
		require.Equal(t, x[:2], z[:2])
		require.True(t, z[2])
		if !slices.Equal(x, other.Draw(i, nil)) {
			differ++
		}
		require.Equal(t, append([]bool{true}, x...), s.Draw(i, buffer))
	}
	require.Greater(t, differ, 500)
}

// The uniform numbers behind the draws have the right mean and no correlation
// between neighbours, ids and seeds, as far as 40 000 draws can tell.
func TestDrawsLookRandom(t *testing.T) {
	var n network.Network
	for i := range 8 {
		n.Nodes = append(n.Nodes, network.Node{ID: strconv.Itoa(i), Leak: 0.5})
	}
	m := compile(t, n)
	const draws = 40_000
	counts := make([]int, 8)
	pairs := map[[2]int]int{}
	after := make([]int, 8)
	s, err := m.Sampler(nil, 0)
	require.NoError(t, err)
	next, err := m.Sampler(nil, 1)
	require.NoError(t, err)
	seeds := 0
	var before []bool
	for i := range uint64(draws) {
		on := s.Draw(i, nil)
		for a := range on {
			if on[a] {
				counts[a]++
			}
			for b := range a {
				if on[a] == on[b] {
					pairs[[2]int{a, b}]++
				}
			}
			if before != nil && before[a] == on[a] {
				after[a]++
			}
		}
		if next.Draw(i, nil)[0] == on[0] {
			seeds++
		}
		before = on
	}
	const sd = 100.0 // of a binomial count of half of 40 000
	for a := range 8 {
		require.InDelta(t, draws/2, counts[a], 4.5*sd)
		require.InDelta(t, draws/2, after[a], 4.5*sd)
	}
	for pair, n := range pairs {
		require.InDelta(t, draws/2, n, 4.5*sd, pair)
	}
	require.InDelta(t, draws/2, seeds, 4.5*sd)
}

func TestDrawAllocates(t *testing.T) {
	s, err := compile(t, crm12(t)).Sampler(nil, 1)
	require.NoError(t, err)
	on := make([]bool, 0, 12)
	require.Zero(t, testing.AllocsPerRun(100, func() { s.Draw(7, on) }))
}
