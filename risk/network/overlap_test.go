package network_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/risk/network"
)

// A causal link and a latent correlation on the same pair count the same
// dependence twice.
func TestOverlaps(t *testing.T) {
	n := network.Network{
		Nodes: []network.Node{{ID: "a"}, {ID: "b"}, {ID: "c"}, {ID: "d"}},
		Links: []network.Link{{From: "a", To: "b", Weight: 0.5}, {From: "c", To: "b", Weight: -0.2}, {From: "c", To: "d"}, {From: "b", To: "a", Weight: 0.1}},
	}
	correlations := []network.Correlation{
		{A: "b", B: "c", R: 0.3},
		{A: "b", B: "a", R: -0.4},
		{A: "a", B: "c", R: 0.9},        // no link of the two
		{A: "d", B: "c", R: 0.5},        // the link does nothing
		{A: "a", B: "b"},                // the correlation does nothing
		{A: "a", B: "b", R: math.NaN()}, // nor does this
		{A: "x", B: "a", R: 0.2},
	}
	require.Equal(t, []network.Overlap{
		{Link: n.Links[0], Correlation: correlations[1], LinkAt: 0, At: 1},
		{Link: n.Links[1], Correlation: correlations[0], LinkAt: 1, At: 0},
		{Link: n.Links[3], Correlation: correlations[1], LinkAt: 3, At: 1},
	}, n.Overlaps(correlations))
	require.Empty(t, n.Overlaps(nil))
	require.Empty(t, network.Network{}.Overlaps(correlations))
}
