package network_test

import (
	"encoding/json"
	"errors"
	"math"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/risk/network"
)

func TestValidateReportsAll(t *testing.T) {
	n := network.Network{
		Nodes: []network.Node{
			{ID: "R-1", Leak: 0.1}, {ID: "R-2", Leak: 1.2}, {ID: "R-1", Leak: math.NaN()}, {Leak: -0.1},
			{ID: "R-3"}, {ID: "R-4"}, {ID: "R-5", Leak: math.Inf(1)},
		},
		Links: []network.Link{
			{From: "R-1", To: "R-1", Weight: 0.5},
			{From: "R-1", To: "R-2", Weight: 0.5},
			{From: "R-1", To: "R-2", Weight: -0.5},
			{From: "R-9", To: "", Weight: 2},
			{From: "R-3", To: "R-4", Weight: -0.5},
			{From: "R-4", To: "R-3", Weight: math.NaN()},
			{From: "R-4", To: "R-5", Weight: -1.01},
		},
	}
	err := n.Validate()
	require.EqualError(t, err, `nodes[1].leak: out of range: 1.2, want 0 to 1
nodes[2].id: duplicate "R-1"
nodes[2].leak: out of range: NaN, want 0 to 1
nodes[3].id: missing
nodes[3].leak: out of range: -0.1, want 0 to 1
nodes[6].leak: out of range: +Inf, want 0 to 1
links[0]: a node cannot act on itself: "R-1"
links[2]: duplicate link from "R-1" to "R-2"
links[3].from: unknown "R-9"
links[3].to: missing
links[3].weight: out of range: 2, want -1 to 1
links[5].weight: out of range: NaN, want -1 to 1
links[6].weight: out of range: -1.01, want -1 to 1
links[4]: an inhibitor cannot lie on a cycle: "R-3" to "R-4", on that of "R-3", "R-4"`)
	for _, want := range []error{network.ErrMissing, network.ErrDuplicate, network.ErrUnknown, network.ErrRange, network.ErrSelfLink, network.ErrInhibitedCycle} {
		require.ErrorIs(t, err, want)
	}
	f, ok := errors.AsType[*network.Fault](err)
	require.True(t, ok)
	require.Equal(t, "nodes[1].leak", f.Path)
	m, err := network.Compile(n)
	require.Error(t, err)
	require.Nil(t, m)
}

func TestValidateAccepts(t *testing.T) {
	for _, n := range []network.Network{
		{},
		{Nodes: []network.Node{{ID: "a", Leak: 1}, {ID: " "}}},
		{
			Nodes: []network.Node{{ID: "a"}, {ID: "b"}, {ID: "c"}},
			Links: []network.Link{{From: "a", To: "b", Weight: 1}, {From: "b", To: "a"}, {From: "c", To: "a", Weight: -1}, {From: "b", To: "c", Weight: 0}}[:3],
		},
	} {
		require.NoError(t, n.Validate())
	}
}

// Messages stay short whatever is in them.
func TestMessagesAreCapped(t *testing.T) {
	long := strings.Repeat("é", 10_000)
	n := network.Network{Nodes: []network.Node{{ID: long}, {ID: long}}, Links: []network.Link{{From: long, To: long + "x"}}}
	require.Less(t, len(n.Validate().Error()), 500)
	m := compile(t, network.Network{Nodes: n.Nodes[:1]})
	_, err := m.Infer(t.Context(), network.Query{Do: map[string]bool{long + "x": true}}, network.Options{})
	require.Less(t, len(err.Error()), 300)
	var ring network.Network
	for i := range 1000 {
		ring.Nodes = append(ring.Nodes, network.Node{ID: strconv.Itoa(i)})
		ring.Links = append(ring.Links, network.Link{From: strconv.Itoa(i), To: strconv.Itoa((i + 1) % 1000), Weight: 1})
	}
	ring.Links[0].Weight = -1
	require.Less(t, len(ring.Validate().Error()), 300)
}

func TestCycles(t *testing.T) {
	n := network.Network{
		Nodes: []network.Node{{ID: "tail"}, {ID: "c"}, {ID: "b"}, {ID: "a"}, {ID: "x"}, {ID: "y"}, {ID: "alone"}},
		Links: []network.Link{
			{From: "a", To: "b"}, {From: "b", To: "c"}, {From: "c", To: "a"},
			{From: "c", To: "tail"}, {From: "y", To: "x"}, {From: "x", To: "y"}, {From: "x", To: "a"},
		},
	}
	require.Equal(t, [][]string{{"x", "y"}, {"c", "b", "a"}}, compile(t, n).Cycles())
}

// A chain of a hundred thousand nodes does not overflow any stack.
func TestDeepChain(t *testing.T) {
	var n network.Network
	for i := range 100_000 {
		n.Nodes = append(n.Nodes, network.Node{ID: strconv.Itoa(i)})
		if i > 0 {
			n.Links = append(n.Links, network.Link{From: strconv.Itoa(i), To: strconv.Itoa(i - 1)})
		}
	}
	require.NoError(t, n.Validate())
	n.Links = append(n.Links, network.Link{From: "0", To: "99999"})
	require.Len(t, compile(t, n).Cycles()[0], 100_000)
}

func TestRoundTrips(t *testing.T) {
	for _, n := range []network.Network{{}, crm12(t), {Nodes: []network.Node{}, Links: []network.Link{}}, {Nodes: []network.Node{{ID: "a", Label: "A \"risk\"", Leak: 0.1}}}} {
		data, err := json.Marshal(n)
		require.NoError(t, err)
		var back network.Network
		require.NoError(t, json.Unmarshal(data, &back))
		require.Empty(t, cmp.Diff(n, back))
	}
	data, err := json.Marshal(network.Network{
		Nodes: []network.Node{{ID: "a", Leak: 0.25}, {ID: "b", Label: "B"}},
		Links: []network.Link{{From: "a", To: "b", Weight: -0.5}},
	})
	require.NoError(t, err)
	require.JSONEq(t, `{"nodes":[{"id":"a","leak":0.25},{"id":"b","label":"B","leak":0}],"links":[{"from":"a","to":"b","weight":-0.5}]}`, string(data))

	q := network.Query{Evidence: map[string]bool{"downtime": true}, Do: map[string]bool{"sponsor_exit": false}}
	data, err = json.Marshal(q)
	require.NoError(t, err)
	var back network.Query
	require.NoError(t, json.Unmarshal(data, &back))
	require.Empty(t, cmp.Diff(q, back))
	for _, o := range []network.Options{{}, {MaxWidth: -1, Samples: 100}} {
		b, err := compile(t, crm12(t)).Infer(t.Context(), q, o)
		require.NoError(t, err)
		data, err = json.Marshal(b)
		require.NoError(t, err)
		var read network.Beliefs
		require.NoError(t, json.Unmarshal(data, &read))
		require.Empty(t, cmp.Diff(b, read))
	}
}
