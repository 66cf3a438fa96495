package network_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/risk/network"
)

func infer(t testing.TB, n network.Network, q network.Query) network.Beliefs {
	t.Helper()
	b, err := compile(t, n).Infer(t.Context(), q, network.Options{})
	require.NoError(t, err)
	return b
}

func value(t testing.TB, b network.Beliefs, id string) float64 {
	t.Helper()
	p, ok := b.Of(id)
	require.True(t, ok, id)
	return p.Value
}

// Up to twelve nodes, inhibitors, probabilities of 0 and 1, evidence and
// interventions, all against the sum over all states.
func TestAgainstStates(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	impossible := 0
	for k := range 150 {
		n := randomDAG(r, 1+r.IntN(12), r.Float64())
		q := randomQuery(r, n)
		want, evidence := dagTwin(n, q)
		got, err := compile(t, n).Infer(t.Context(), q, network.Options{})
		if evidence == 0 {
			require.ErrorIs(t, err, network.ErrImpossible)
			impossible++
			continue
		}
		require.NoError(t, err)
		require.True(t, got.Exact())
		// The twin loses digits by 1-q where the evidence is rare; 1e-12 is meant absolutely.
		require.InDelta(t, evidence, got.Evidence.Value, tight)
		for i, b := range got.Nodes {
			require.InDelta(t, want[i], b.P.Value, tight+1e-16/evidence, "%d %s of %+v in %+v", k, b.ID, n, q)
		}
	}
	require.Positive(t, impossible)
}

// Leaks and links played through one by one: the definition of percolation, with
// cycles, and with inhibitors from outside of them.
func TestAgainstPercolation(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	cyclic := 0
	for k := range 300 {
		n := randomCyclic(r, 2+r.IntN(5), r.IntN(12))
		q := randomQuery(r, n)
		want := enumerate(n, q)
		m := compile(t, n)
		got, err := m.Infer(t.Context(), q, network.Options{})
		if want.evidence == 0 {
			require.ErrorIs(t, err, network.ErrImpossible)
			continue
		}
		require.NoError(t, err)
		cyclic += min(1, len(got.Cycles))
		require.InDelta(t, want.evidence, got.Evidence.Value, tight)
		for _, b := range got.Nodes {
			require.InDelta(t, want.chance(b.ID), b.P.Value, tight, "%d %s of %+v in %+v", k, b.ID, n, q)
			one, err := m.Probability(t.Context(), b.ID, q, network.Options{})
			require.NoError(t, err)
			require.InDelta(t, b.P.Value, one.Value, tight)
		}
	}
	require.Greater(t, cyclic, 50)
}

// The two twins know the definition in two ways, by states and by leaks and
// links; without cycles they are the same.
func TestPercolationIsNoisyOR(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for range 100 {
		n := randomDAG(r, 1+r.IntN(4), r.Float64())
		q := randomQuery(r, n)
		byState, evidence := dagTwin(n, q)
		byLink := enumerate(n, q)
		require.InDelta(t, evidence, byLink.evidence, tight)
		if evidence > 1e-3 {
			for i, node := range n.Nodes {
				require.InDelta(t, byState[i], byLink.chance(node.ID), tight)
			}
		}
	}
}

// Loops in loops, tails, and a loop of all with all.
func TestLoops(t *testing.T) {
	ring := func(n *network.Network, w float64, ids ...string) {
		for k, id := range ids {
			n.Links = append(n.Links, network.Link{From: id, To: ids[(k+1)%len(ids)], Weight: w})
		}
	}
	nodes := func(ids ...string) (n network.Network) {
		for k, id := range ids {
			n.Nodes = append(n.Nodes, network.Node{ID: id, Leak: 0.05 + 0.03*float64(k)})
		}
		return n
	}
	eight := nodes("a", "b", "c", "d", "e")
	ring(&eight, 0.6, "a", "b", "c")
	ring(&eight, 0.7, "c", "d", "e")
	two := nodes("a", "b", "c", "d", "e")
	ring(&two, 0.5, "a", "b")
	ring(&two, 0.4, "c", "d")
	two.Links = append(two.Links, network.Link{From: "b", To: "c", Weight: 0.8}, network.Link{From: "b", To: "e", Weight: 0.1}, network.Link{From: "e", To: "d", Weight: -0.9})
	full := nodes("a", "b", "c", "d")
	for _, from := range full.Nodes {
		for _, to := range full.Nodes {
			if from.ID != to.ID {
				full.Links = append(full.Links, network.Link{From: from.ID, To: to.ID, Weight: 0.3 + from.Leak})
			}
		}
	}
	for _, c := range []struct {
		name   string
		n      network.Network
		q      network.Query
		cycles [][]string
	}{
		{"eight", eight, network.Query{}, [][]string{{"a", "b", "c", "d", "e"}}},
		{"eight, seen on", eight, network.Query{Evidence: map[string]bool{"d": true}}, [][]string{{"a", "b", "c", "d", "e"}}},
		{"eight, seen off", eight, network.Query{Evidence: map[string]bool{"c": false, "a": true}}, [][]string{{"a", "b", "c", "d", "e"}}},
		{"eight, held at the waist", eight, network.Query{Do: map[string]bool{"c": true}}, nil},
		{"eight, one loop held", eight, network.Query{Do: map[string]bool{"d": true}}, [][]string{{"a", "b", "c"}}},
		{"two", two, network.Query{}, [][]string{{"a", "b"}, {"c", "d"}}},
		{"two, seen", two, network.Query{Evidence: map[string]bool{"d": true, "e": true}}, [][]string{{"a", "b"}, {"c", "d"}}},
		{"full", full, network.Query{}, [][]string{{"a", "b", "c", "d"}}},
		{"full, seen", full, network.Query{Evidence: map[string]bool{"a": true, "b": false}}, [][]string{{"a", "b", "c", "d"}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			want, got := enumerate(c.n, c.q), infer(t, c.n, c.q)
			require.Empty(t, cmp.Diff(c.cycles, got.Cycles))
			require.InDelta(t, want.evidence, got.Evidence.Value, tight)
			for _, b := range got.Nodes {
				require.InDelta(t, want.chance(b.ID), b.P.Value, tight, b.ID)
			}
		})
	}
}

// A ring of two hundred has a treewidth of two, and a closed form: a node is off
// if for every k the k-th node before it did not bring it about.
func TestLongRing(t *testing.T) {
	const nodes, leak, weight = 200, 0.01, 0.9
	var n network.Network
	for i := range nodes {
		n.Nodes = append(n.Nodes, network.Node{ID: strconv.Itoa(i), Leak: leak})
		n.Links = append(n.Links, network.Link{From: strconv.Itoa(i), To: strconv.Itoa((i + 1) % nodes), Weight: weight})
	}
	// Going back from the node, links act until the first that does not.
	want, acts, none := 0.0, 1.0, 1.0
	for k := 1; k <= nodes; k++ {
		none *= 1 - leak // no leak among the node and the k-1 before it
		if k == nodes {
			want += acts * (1 - none)
		} else {
			want += acts * (1 - weight) * (1 - none)
		}
		acts *= weight
	}
	for _, b := range infer(t, n, network.Query{}).Nodes {
		require.InDelta(t, want, b.P.Value, tight)
	}
}

// Many causes of one effect do not blow up; the result is the plain formula
// where the causes are independent.
func TestManyCauses(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	var n network.Network
	miss, pass := 1-0.02, 1.0
	for i := range 300 {
		id := fmt.Sprint("c", i)
		leak, w := r.Float64()/2, r.Float64()/20
		if i%10 == 0 {
			w = -w
			pass *= 1 + leak*w
		} else {
			miss *= 1 - leak*w
		}
		n.Nodes = append(n.Nodes, network.Node{ID: id, Leak: leak})
		n.Links = append(n.Links, network.Link{From: id, To: "effect", Weight: w})
	}
	n.Nodes = append(n.Nodes, network.Node{ID: "effect", Leak: 0.02})
	b := infer(t, n, network.Query{})
	require.InDelta(t, (1-miss)*pass, value(t, b, "effect"), tight)
	require.LessOrEqual(t, b.Width, 3)

	seen := infer(t, n, network.Query{Evidence: map[string]bool{"effect": true}})
	require.True(t, seen.Exact())
	require.InDelta(t, value(t, b, "effect"), seen.Evidence.Value, tight)
	require.Greater(t, value(t, seen, "c1"), value(t, b, "c1"))
	require.Less(t, value(t, seen, "c0"), value(t, b, "c0"))
}

func TestNoLinksNoDependence(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 10))
	n := network.Network{}
	for i := range 30 {
		n.Nodes = append(n.Nodes, network.Node{ID: strconv.Itoa(i), Leak: chance(r)})
	}
	n.Nodes[0].Leak, n.Nodes[1].Leak = 0.5, 0.25
	b := infer(t, n, network.Query{Evidence: map[string]bool{"0": true, "1": false}})
	require.InDelta(t, 0.375, b.Evidence.Value, tight)
	for i, node := range n.Nodes[2:] {
		require.InDelta(t, node.Leak, b.Nodes[i+2].P.Value, tight)
	}
	j, err := compile(t, n).Joint(t.Context(), []string{"0", "1"}, network.Query{}, network.Options{})
	require.NoError(t, err)
	require.InDeltaSlice(t, []float64{0.375, 0.375, 0.125, 0.125}, j.P, tight)
}

// Without inhibitors, raising a leak or a weight lowers no probability.
func TestMonotone(t *testing.T) {
	r := rand.New(rand.NewPCG(11, 12))
	for range 60 {
		n := randomCyclic(r, 2+r.IntN(7), r.IntN(20))
		for k := range n.Links {
			n.Links[k].Weight = math.Abs(n.Links[k].Weight)
		}
		if n.Validate() != nil {
			continue
		}
		before := infer(t, n, network.Query{})
		if r.IntN(2) == 0 && len(n.Links) > 0 {
			l := &n.Links[r.IntN(len(n.Links))]
			l.Weight += (1 - l.Weight) * r.Float64()
		} else {
			node := &n.Nodes[r.IntN(len(n.Nodes))]
			node.Leak += (1 - node.Leak) * r.Float64()
		}
		after := infer(t, n, network.Query{})
		for i := range n.Nodes {
			require.GreaterOrEqual(t, after.Nodes[i].P.Value, before.Nodes[i].P.Value-tight)
		}
	}
}

// Holding a node is the network without the links into it, its leak 0 or 1: its
// causes do not change.
func TestDoCutsIncomingLinks(t *testing.T) {
	r := rand.New(rand.NewPCG(13, 14))
	for range 60 {
		n := randomCyclic(r, 2+r.IntN(8), r.IntN(20))
		i := r.IntN(len(n.Nodes))
		id, on := n.Nodes[i].ID, r.IntN(2)
		held := infer(t, n, network.Query{Do: map[string]bool{id: on == 1}})
		cut := network.Network{Nodes: slices.Clone(n.Nodes)}
		cut.Nodes[i].Leak = float64(on)
		for _, l := range n.Links {
			if l.To != id {
				cut.Links = append(cut.Links, l)
			}
		}
		want := infer(t, cut, network.Query{})
		for k := range n.Nodes {
			require.InDelta(t, want.Nodes[k].P.Value, held.Nodes[k].P.Value, tight)
		}
		require.Empty(t, cmp.Diff(want.Cycles, held.Cycles))
		require.Equal(t, network.Estimate{Value: 1, Exact: true}, held.Evidence)
	}
}

// P(a|b)·P(b) = P(b|a)·P(a) = P(a,b).
func TestBayes(t *testing.T) {
	n := crm12(t)
	m := compile(t, n)
	prior := infer(t, n, network.Query{})
	for _, a := range n.Nodes {
		given := infer(t, n, network.Query{Evidence: map[string]bool{a.ID: true}})
		require.InDelta(t, value(t, prior, a.ID), given.Evidence.Value, tight)
		for _, b := range n.Nodes {
			back := infer(t, n, network.Query{Evidence: map[string]bool{b.ID: true}})
			require.InDelta(t, value(t, given, b.ID)*given.Evidence.Value, value(t, back, a.ID)*back.Evidence.Value, tight)
			if a.ID < b.ID {
				j, err := m.Joint(t.Context(), []string{a.ID, b.ID}, network.Query{}, network.Options{})
				require.NoError(t, err)
				require.InDelta(t, j.P[3], value(t, given, b.ID)*given.Evidence.Value, tight)
			}
		}
	}
}

// Rare evidence keeps its digits: nothing is found by subtracting large numbers.
func TestRareEvidence(t *testing.T) {
	n := network.Network{
		Nodes: []network.Node{{ID: "a", Leak: 1e-20}, {ID: "b", Leak: 3e-20}, {ID: "both"}},
		Links: []network.Link{{From: "a", To: "both", Weight: 1e-9}, {From: "b", To: "both", Weight: 1e-9}},
	}
	b := infer(t, n, network.Query{Evidence: map[string]bool{"both": true}})
	require.InEpsilon(t, 4e-29, b.Evidence.Value, 1e-14)
	require.InEpsilon(t, 0.25, value(t, b, "a"), 1e-14)
	require.InEpsilon(t, 0.75, value(t, b, "b"), 1e-14)
}

// The probability of the evidence may be too small for a float64; the
// probabilities given it are not.
func TestVeryRareEvidence(t *testing.T) {
	q := network.Query{Evidence: map[string]bool{}}
	n := network.Network{Nodes: []network.Node{{ID: "cause", Leak: 0.5}}}
	for i := range 400 {
		id := strconv.Itoa(i)
		n.Nodes = append(n.Nodes, network.Node{ID: id, Leak: 1e-3})
		n.Links = append(n.Links, network.Link{From: "cause", To: id, Weight: 1e-5})
		q.Evidence[id] = true
	}
	b := infer(t, n, q)
	require.Positive(t, b.Evidence.Value)
	require.True(t, b.Evidence.Exact)
	ratio := math.Pow((1-0.999*(1-1e-5))/1e-3, 400)
	require.InDelta(t, ratio/(1+ratio), value(t, b, "cause"), 1e-11)
}

// What is too wide as a whole is still exact for the nodes that depend on
// little, and told to be sampled for the rest.
func TestPartlyExact(t *testing.T) {
	r := rand.New(rand.NewPCG(17, 18))
	n := randomDAG(r, 14, 1)
	for i := range n.Nodes {
		n.Nodes[i].Leak = 0.05 + 0.2*r.Float64()
	}
	for k := range n.Links {
		n.Links[k].Weight = 0.3 * r.Float64()
	}
	for _, q := range []network.Query{
		{},
		{Evidence: map[string]bool{"r2": true}},
		{Evidence: map[string]bool{"r13": true, "r4": false}},
		{Do: map[string]bool{"r6": true}},
	} {
		want, evidence := dagTwin(n, q)
		got, err := compile(t, n).Infer(t.Context(), q, network.Options{MaxWidth: 8, Samples: 10_000})
		require.NoError(t, err)
		require.False(t, got.Exact())
		require.Positive(t, got.Effective)
		exact, sampled := 0, 0
		for i, b := range got.Nodes {
			if b.P.Exact {
				exact++
				require.InDelta(t, want[i], b.P.Value, tight)
				require.Zero(t, b.P.StdErr)
			} else {
				sampled++
				require.Positive(t, b.P.StdErr)
				require.InDelta(t, want[i], b.P.Value, 5*b.P.StdErr)
			}
		}
		require.Positive(t, exact)
		require.Positive(t, sampled)
		require.LessOrEqual(t, got.Width, 8)
		require.InDelta(t, evidence, got.Evidence.Value, tight+5*got.Evidence.StdErr)
	}
}

// Both ways of writing a family, as a chain and as one table, and all orders of
// elimination come to the same.
func TestWidthsAgree(t *testing.T) {
	r := rand.New(rand.NewPCG(19, 20))
	for range 3 {
		n := randomDAG(r, 13, 0.6)
		want, _ := dagTwin(n, network.Query{})
		m := compile(t, n)
		for _, width := range []int{0, 8, 12, 26} {
			got, err := m.Infer(t.Context(), network.Query{}, network.Options{MaxWidth: width, Samples: 1000})
			require.NoError(t, err)
			for i, b := range got.Nodes {
				if b.P.Exact {
					require.InDelta(t, want[i], b.P.Value, tight)
				}
			}
		}
	}
}
