package network_test

import (
	"encoding/json"
	"math"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/risk/network"
)

// small makes a network and a query of at most five nodes and eight links out of
// bytes, so that the twin can follow.
func small(data []byte) (network.Network, network.Query) {
	next := func() byte {
		if len(data) == 0 {
			return 0
		}
		b := data[0]
		data = data[1:]
		return b
	}
	nodes := 1 + int(next())%5
	var n network.Network
	q := network.Query{Evidence: map[string]bool{}, Do: map[string]bool{}}
	for i := range nodes {
		id := strconv.Itoa(i)
		n.Nodes = append(n.Nodes, network.Node{ID: id, Leak: float64(next()) / 255})
		switch next() % 8 {
		case 0:
			q.Evidence[id] = true
		case 1:
			q.Evidence[id] = false
		case 2:
			q.Do[id] = true
		case 3:
			q.Do[id] = false
		}
	}
	for range next() % 9 {
		ends := int(next())
		l := network.Link{From: strconv.Itoa(ends % nodes), To: strconv.Itoa(ends / nodes % nodes), Weight: (float64(next()) - 100) / 155}
		n.Links = append(n.Links, l)
		if n.Validate() != nil {
			n.Links = n.Links[:len(n.Links)-1]
		}
	}
	return n, q
}

// Whatever the network and the question, exact inference agrees with the twin,
// and so does the joint distribution of all nodes.
func FuzzInfer(f *testing.F) {
	f.Add([]byte{4, 100, 9, 50, 0, 25, 9, 10, 9, 0, 9, 6, 1, 200, 7, 180, 13, 220, 3, 90, 11, 120, 2, 30})
	f.Add([]byte{2, 25, 9, 51, 9, 0, 0, 3, 1, 178, 3, 178, 2, 255})
	f.Fuzz(func(t *testing.T, data []byte) {
		n, q := small(data)
		want := enumerate(n, q)
		m, err := network.Compile(n)
		require.NoError(t, err)
		got, err := m.Infer(t.Context(), q, network.Options{})
		if want.evidence == 0 {
			require.ErrorIs(t, err, network.ErrImpossible)
			return
		}
		require.NoError(t, err)
		slack := tight + 1e-15/want.evidence
		require.InDelta(t, want.evidence, got.Evidence.Value, tight)
		ids := make([]string, len(n.Nodes))
		for i, b := range got.Nodes {
			ids[i] = b.ID
			require.InDelta(t, want.chance(b.ID), b.P.Value, slack)
		}
		j, err := m.Joint(t.Context(), ids, q, network.Options{})
		require.NoError(t, err)
		for state, p := range j.All() {
			require.InDelta(t, want.states[state]/want.evidence, p, slack)
		}
	})
}

// No bytes make anything panic, hang or leave the range of probabilities.
func FuzzNetworkJSON(f *testing.F) {
	f.Add([]byte(`{"nodes":[{"id":"a","leak":0.5},{"id":"b","leak":0}],"links":[{"from":"a","to":"b","weight":-0.5}]}`))
	f.Add([]byte(`{"nodes":[{"id":"a","leak":1e-320},{"id":"b","leak":1}],"links":[{"from":"a","to":"b","weight":1},{"from":"b","to":"a","weight":0.1}]}`))
	f.Add([]byte(`{"nodes":[{"id":"","leak":2},{"id":""}],"links":[{"from":"","to":"x","weight":9}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		var n network.Network
		if json.Unmarshal(data, &n) != nil {
			return
		}
		m, err := network.Compile(n)
		require.Equal(t, n.Validate() == nil, err == nil)
		if err != nil || len(n.Nodes) > 40 {
			return
		}
		o := network.Options{MaxWidth: 8, Samples: 50}
		b, err := m.Infer(t.Context(), network.Query{}, o)
		require.NoError(t, err)
		for _, x := range b.Nodes {
			require.True(t, x.P.Value >= 0 && x.P.Value <= 1 && !math.IsNaN(x.P.StdErr), "%+v", x)
			_, err := m.Why(t.Context(), x.ID, nil, o)
			require.NoError(t, err)
		}
		require.NotEmpty(t, m.Mermaid(b))
		require.NotEmpty(t, m.DOT(b))
	})
}
