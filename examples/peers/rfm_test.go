//go:build cgo

package peers_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/kpi"
	"github.com/crmrollout/crm/kpi/rfm"
)

// testRows is how many events the tests go through.
const testRows = 200_000

var nTile = rfm.Uniform(rfm.Axis{Method: rfm.NTile})

// scoredRow is a row of the statements nTiles and quantiles.
type scoredRow[K kpi.Key] struct {
	Customer    K
	Last        calendar.Date
	Orders, Sum int64
	Cell        rfm.Cell
}

// requireTable holds a statement against a table, row by row.
func requireTable[K kpi.Key](t *testing.T, db *database, statement string, table rfm.Table[K]) {
	t.Helper()
	i := 0
	db.each(t, statement+" ORDER BY customer", func(scan func(...any)) {
		var want scoredRow[K]
		var last time.Time
		scan(&want.Customer, &last, &want.Orders, &want.Sum, &want.Cell.R, &want.Cell.F, &want.Cell.M)
		want.Last = calendar.FromTime(last, time.UTC)
		require.Less(t, i, table.Len())
		row := table.Row(i)
		require.Equal(t, want, scoredRow[K]{row.Customer, row.Last, row.Orders, row.Sum, row.Cell})
		i++
	})
	require.Equal(t, table.Len(), i)
}

func requireScores[K kpi.Key](t *testing.T, db *database, name string, c kpi.Columns[K]) {
	t.Helper()
	table, err := rfm.ScoreColumns(t.Context(), nil, c, end, nTile)
	require.NoError(t, err)
	requireTable(t, db, nTiles(totals(name), name), table)
	table, err = rfm.ScoreColumns(t.Context(), nil, c, end, rfm.Scheme{})
	require.NoError(t, err)
	requireTable(t, db, quantiles(totals(name)), table)
}

// KP-03: last day, orders, money and all three scores of every customer, for each
// form of the customers, by n-tiles and by quantiles.
func TestScores(t *testing.T) {
	e := newEvents(testRows)
	db := open(t, e)
	requireScores(t, db, dense, columnsOf(e, e.dense))
	requireScores(t, db, integer, columnsOf(e, e.integer))
	requireScores(t, db, text, columnsOf(e, e.text))
}

// Few customers, with every remainder of their number by five.
func TestScoresOfFew(t *testing.T) {
	remainders := map[int]bool{}
	for _, rows := range []int{1, 9, 18, 27, 36, 45, 90, 99, 108, 117, 900, 909, 918, 927, 936} {
		e := newEvents(rows)
		requireScores(t, open(t, e), dense, columnsOf(e, e.dense))
		remainders[len(slices.Compact(slices.Sorted(slices.Values(e.dense))))%5] = true
	}
	require.Len(t, remainders, 5)
}

// The quantiles of DuckDB are of type 7 and rounded to float64; with five bins that
// puts nobody on the wrong side of a cut.
func TestQuantileCont(t *testing.T) {
	for _, rows := range []int{90, 945, 9_450, 20_000} {
		e := newEvents(rows)
		table, err := rfm.ScoreColumns(t.Context(), nil, columnsOf(e, e.dense), end, rfm.Scheme{})
		require.NoError(t, err)
		cuts, ok := table.CutsOf(rfm.Monetary)
		require.True(t, ok)
		got := make([]float64, 4)
		open(t, e).each(t, fmt.Sprintf("SELECT %s FROM (%s)",
			"quantile_cont(sum, 0.2), quantile_cont(sum, 0.4), quantile_cont(sum, 0.6), quantile_cont(sum, 0.8)", totals(dense)),
			func(scan func(...any)) { scan(&got[0], &got[1], &got[2], &got[3]) })
		for i, cut := range cuts.At {
			require.InEpsilon(t, cut.Float, got[i], 1e-15)
		}
	}
}

// Refunds and zero amounts, by each policy, of all events and of the last year.
func TestScoresWithRefunds(t *testing.T) {
	e := newEvents(testRows).withRefunds()
	db := open(t, e)
	year := calendar.MustParsePeriod("P1Y")
	for _, policy := range []struct {
		amounts      kpi.Amounts
		order, money string
	}{
		{kpi.NetOfRefunds, "minor >= 0", "true"},
		{kpi.EveryEvent, "true", "true"},
		{kpi.PurchasesOnly, "minor > 0", "minor > 0"},
	} {
		for _, window := range []calendar.Period{{}, year} {
			from := start
			if window == year {
				from = year.Before(end).AddDays(1)
			}
			scheme := nTile
			scheme.Amounts, scheme.Window = policy.amounts, window
			table, err := rfm.ScoreColumns(t.Context(), nil, columnsOf(e, e.text), end, scheme)
			require.NoError(t, err)
			requireTable(t, db, nTiles(fmt.Sprintf(`
SELECT customer, max(day) FILTER (%[1]s) AS last, count(*) FILTER (%[1]s) AS orders, coalesce(sum(minor) FILTER (%[2]s), 0)::BIGINT AS sum
FROM "text" WHERE day >= DATE '%[3]v' GROUP BY customer HAVING count(*) FILTER (%[1]s) > 0`, policy.order, policy.money, from), text), table)
			requireCounts(t, db, from, table)
		}
	}
}

// requireCounts accounts for the events before the window, and for the customers
// without an order in it.
func requireCounts(t *testing.T, db *database, from calendar.Date, table rfm.Table[string]) {
	t.Helper()
	counts, err := db.numbers(fmt.Sprintf(`SELECT count(*), count(*) FILTER (day < DATE '%v'), count(DISTINCT customer) FROM "text"`, from))
	require.NoError(t, err)
	require.Equal(t, []int64{table.Counts.Events, table.Counts.Earlier, int64(table.Len() + len(table.Unscored))}, counts[0])
}
