package orders_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/examples/rollout/internal/orders"
)

// Each alias is found, in any dress, and none belongs to two fields.
func TestAliases(t *testing.T) {
	own := []string{"customer", "date", "amount"}
	values := []string{"C-1", "2026-10-31", "12.50"}
	seen := map[string]bool{}
	for i, field := range own {
		names := orders.Aliases(field)
		require.Equal(t, field, names[0])
		for _, name := range names {
			plain := strings.ReplaceAll(name, "_", "")
			require.False(t, seen[plain], name)
			seen[plain] = true
			for _, dress := range []string{name, plain, strings.ToUpper(name), " " + strings.ReplaceAll(name, "_", " ") + " ", strings.ReplaceAll(name, "_", "-")} {
				header := append([]string{}, own...)
				header[i] = dress
				got, err := read(strings.Join(header, ",") + "\n" + strings.Join(values, ",") + "\n")
				require.NoError(t, err, dress)
				require.Equal(t, one(2), got, dress)
			}
		}
		names[0] = "changed"
		require.Equal(t, field, orders.Aliases(field)[0])
	}
	require.Empty(t, orders.Aliases("channel"))
	require.Empty(t, orders.Aliases(""))
}

// A header of very many columns is not repeated in full.
func TestManyColumns(t *testing.T) {
	_, err := read(strings.Repeat("x;", 99) + "amount;date\n")
	require.ErrorIs(t, err, orders.ErrColumn)
	require.ErrorContains(t, err, `"x", and 81 more; it may be called customer, `)
}
