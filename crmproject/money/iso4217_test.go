package money_test

import (
	"bytes"
	"encoding/csv"
	"maps"
	"os"
	"slices"
	"strconv"
	"testing"

	"github.com/crmrollout/crm/crmproject/money"
	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
)

// The built-in table is list one of 2024-06-25 with the changes since (see testdata/README.md).
func TestISO4217(t *testing.T) {
	want := listOne(t)
	require.Len(t, want, 166)
	delete(want, "CUC")
	maps.Copy(want, map[string]int{"XCG": 2, "XAD": 2, "HRK": 2, "SLL": 2, "ZWL": 2})

	got := map[string]int{}
	for c := range money.Currencies() {
		require.True(t, c.IsValid())
		require.True(t, c.IsISO())
		require.Equal(t, c.Code(), c.String())
		got[c.Code()] = c.Exponent()
	}
	require.Empty(t, cmp.Diff(want, got))
}

// Binary search needs the order.
func TestCurrenciesAscend(t *testing.T) {
	all := slices.Collect(money.Currencies())
	require.Len(t, slices.Compact(slices.Clone(all)), len(all))
	require.True(t, slices.IsSorted(all))
	for _, c := range all {
		parsed, err := money.ParseCurrency(c.Code())
		require.NoError(t, err)
		require.Equal(t, c, parsed)
	}
	for c := range money.Currencies() { // stopping early is fine
		require.Equal(t, money.AED, c)
		break
	}
}

func listOne(t *testing.T) map[string]int {
	t.Helper()
	data, err := os.ReadFile("testdata/iso4217.csv")
	require.NoError(t, err)
	rows, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
	require.NoError(t, err)
	list := map[string]int{}
	for _, row := range rows[1:] {
		list[row[0]], err = strconv.Atoi(row[1])
		require.NoError(t, err)
	}
	return list
}
