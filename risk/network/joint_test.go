package network_test

import (
	"encoding/json"
	"math/rand/v2"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/risk/network"
)

// Every state of some nodes, in any order of them, with evidence, interventions
// and cycles, against enumeration.
func TestJointAgainstTwin(t *testing.T) {
	r := rand.New(rand.NewPCG(31, 32))
	for range 150 {
		n := randomCyclic(r, 2+r.IntN(5), r.IntN(11))
		q := randomQuery(r, n)
		want := enumerate(n, q)
		if want.evidence == 0 {
			continue
		}
		perm := r.Perm(len(n.Nodes))[:1+r.IntN(len(n.Nodes))]
		ids := make([]string, len(perm))
		for k, i := range perm {
			ids[k] = n.Nodes[i].ID
		}
		j, err := compile(t, n).Joint(t.Context(), ids, q, network.Options{})
		require.NoError(t, err)
		require.Equal(t, ids, j.Nodes)
		require.InDelta(t, want.evidence, j.Evidence, tight)
		p := make([]float64, 1<<len(ids))
		for state, x := range want.states {
			s := 0
			for k, i := range perm {
				s |= state >> i & 1 << k
			}
			p[s] += x / want.evidence
		}
		require.InDeltaSlice(t, p, j.P, tight)
		for _, id := range ids {
			got, ok := j.Chance(id)
			require.True(t, ok)
			require.InDelta(t, want.chance(id), got, tight)
		}
	}
}

func TestJointIsData(t *testing.T) {
	m := compile(t, crm12(t))
	j, err := m.Joint(t.Context(), []string{"downtime", "data_quality"}, network.Query{Evidence: map[string]bool{"schedule_slip": true}}, network.Options{})
	require.NoError(t, err)
	data, err := json.Marshal(j)
	require.NoError(t, err)
	var back network.Joint
	require.NoError(t, json.Unmarshal(data, &back))
	require.Empty(t, cmp.Diff(j, back))

	sum, next := 0.0, 0
	for state, p := range j.All() {
		require.Equal(t, next, state)
		next++
		sum += p
	}
	require.InDelta(t, 1, sum, tight)
	require.Equal(t, 4, next)
	require.Equal(t, []string{"data_quality"}, j.On(2))
	require.Empty(t, j.On(0))
	all, ok := j.Chance()
	require.True(t, ok)
	require.InDelta(t, 1, all, tight)
	require.LessOrEqual(t, all, 1.0)
	_, ok = j.Chance("downtime", "nobody")
	require.False(t, ok)
	require.InDelta(t, 1, j.Expect(func(int) float64 { return 1 }), tight)
}

func TestJointRefuses(t *testing.T) {
	var n network.Network
	var ids []string
	for i := range 30 {
		ids = append(ids, strconv.Itoa(i))
		n.Nodes = append(n.Nodes, network.Node{ID: ids[i], Leak: 0.5})
	}
	m := compile(t, n)
	_, err := m.Joint(t.Context(), ids, network.Query{}, network.Options{})
	require.EqualError(t, err, "ids: out of range: 30 nodes, want at most 24")
	_, err = m.Joint(t.Context(), ids[:22], network.Query{}, network.Options{})
	require.ErrorIs(t, err, network.ErrTooWide)
	require.ErrorContains(t, err, "and 14 more")
	_, err = m.Joint(t.Context(), []string{"1", "x", "1"}, network.Query{}, network.Options{})
	require.EqualError(t, err, "ids[1]: unknown \"x\"\nids[2]: duplicate \"1\"")
	_, err = m.Joint(t.Context(), ids, network.Query{Do: map[string]bool{"x": true}}, network.Options{})
	require.ErrorIs(t, err, network.ErrUnknown)

	j, err := m.Joint(t.Context(), ids[:16], network.Query{Do: map[string]bool{"3": true}, Evidence: map[string]bool{"4": false}}, network.Options{})
	require.NoError(t, err)
	for state, p := range j.All() {
		if state>>3&3 == 1 {
			require.InDelta(t, 1.0/(1<<14), p, tight)
		} else {
			require.Zero(t, p)
		}
	}
}
