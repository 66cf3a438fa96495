package ledger_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/kpi/internal/ledger"
)

func TestNumbers(t *testing.T) {
	var n ledger.Numbers[int]
	_, ok := n.Find(3)
	require.False(t, ok)
	out := make([]uint32, 200_000)
	keys := make([]int, len(out))
	for i := range keys {
		keys[i] = i * i % 1009
	}
	require.NoError(t, n.All(t.Context(), keys, out))
	for i, key := range keys {
		require.Equal(t, key, n.Keys()[out[i]])
	}
	number, ok := n.Find(4)
	require.True(t, ok)
	require.Equal(t, number, n.Of(4))
	_, ok = n.Find(-1)
	require.False(t, ok)
	require.Len(t, n.Keys(), 505)
}
