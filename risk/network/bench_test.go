package network_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/risk/network"
)

// local is a network in which three causes are among the few nodes just before, as in
// a project whose risks follow its course.
func local(r *rand.Rand, nodes, window int) network.Network {
	var n network.Network
	for i := range nodes {
		id := fmt.Sprint("n", i)
		n.Nodes = append(n.Nodes, network.Node{ID: id, Leak: 0.2 * r.Float64()})
		for _, back := range r.Perm(window)[:3] {
			if back < i {
				n.Links = append(n.Links, network.Link{From: n.Nodes[i-1-back].ID, To: id, Weight: r.Float64()})
			}
		}
	}
	return n
}

func BenchmarkInfer20(b *testing.B) {
	m := compile(b, local(rand.New(rand.NewPCG(61, 62)), 20, 6))
	b.ReportAllocs()
	for b.Loop() {
		_, err := m.Infer(b.Context(), network.Query{}, network.Options{})
		require.NoError(b, err)
	}
}

// The naive twin of BenchmarkInfer20: the sum over all states.
func BenchmarkInfer20ByStates(b *testing.B) {
	n := local(rand.New(rand.NewPCG(61, 62)), 20, 6)
	b.ReportAllocs()
	for b.Loop() {
		dagTwin(n, network.Query{})
	}
}

func BenchmarkInfer200(b *testing.B) {
	for _, window := range []int{4, 8, 12, 16} {
		n := local(rand.New(rand.NewPCG(63, 64)), 200, window)
		m := compile(b, n)
		b.Run(fmt.Sprint("window ", window), func(b *testing.B) {
			b.ReportAllocs()
			width := 0
			for b.Loop() {
				got, err := m.Infer(b.Context(), network.Query{}, network.Options{})
				require.NoError(b, err)
				width = got.Width
			}
			b.ReportMetric(float64(width), "width")
		})
	}
}

// The naive twin of all probabilities at once: each asked for by itself.
func BenchmarkInfer200OneByOne(b *testing.B) {
	n := local(rand.New(rand.NewPCG(63, 64)), 200, 8)
	m := compile(b, n)
	b.ReportAllocs()
	for b.Loop() {
		for _, node := range n.Nodes {
			_, err := m.Probability(b.Context(), node.ID, network.Query{}, network.Options{})
			require.NoError(b, err)
		}
	}
}

func BenchmarkJointCRM12(b *testing.B) {
	n := crm12(b)
	m := compile(b, n)
	var ids []string
	for _, node := range n.Nodes[2:10] {
		ids = append(ids, node.ID)
	}
	b.ReportAllocs()
	for b.Loop() {
		_, err := m.Joint(b.Context(), ids, network.Query{}, network.Options{})
		require.NoError(b, err)
	}
}

func BenchmarkDraw200(b *testing.B) {
	s, err := compile(b, local(rand.New(rand.NewPCG(63, 64)), 200, 8)).Sampler(nil, 1)
	require.NoError(b, err)
	on := make([]bool, 0, 200)
	b.ReportAllocs()
	i := uint64(0)
	for b.Loop() {
		s.Draw(i, on)
		i++
	}
}

// The naive twin of the draws: a stream of random numbers, link by link.
func BenchmarkDraw200Stream(b *testing.B) {
	n := local(rand.New(rand.NewPCG(63, 64)), 200, 8)
	index := map[string]int{}
	for i, node := range n.Nodes {
		index[node.ID] = i
	}
	ends := make([][2]int, len(n.Links)) // in the order of the heads
	for k, l := range n.Links {
		ends[k] = [2]int{index[l.From], index[l.To]}
	}
	r := rand.New(rand.NewPCG(1, 2))
	on := make([]bool, len(n.Nodes))
	b.ReportAllocs()
	for b.Loop() {
		for i, node := range n.Nodes {
			on[i] = r.Float64() < node.Leak
		}
		for k, l := range n.Links {
			if on[ends[k][0]] && r.Float64() < l.Weight {
				on[ends[k][1]] = true
			}
		}
	}
}
