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

// scoredRow is a customer with scores.
type scoredRow[K kpi.Key] struct {
	Customer    K
	Last        calendar.Date
	Orders, Sum int64
	Cell        rfm.Cell
}

// scoresOf returns the result of a statement in the order of customers.
func scoresOf[K kpi.Key](t *testing.T, db *database, statement string) (all []scoredRow[K]) {
	t.Helper()
	db.each(t, statement+" ORDER BY customer", func(scan func(...any)) {
		var row scoredRow[K]
		var last time.Time
		scan(&row.Customer, &last, &row.Orders, &row.Sum, &row.Cell.R, &row.Cell.F, &row.Cell.M)
		row.Last = calendar.FromTime(last, time.UTC)
		all = append(all, row)
	})
	return all
}

// requireTable holds a result against a table, row by row.
func requireTable[K kpi.Key](t *testing.T, want []scoredRow[K], table rfm.Table[K]) {
	t.Helper()
	require.Len(t, want, table.Len())
	for i, want := range want {
		row := table.Row(i)
		require.Equal(t, want, scoredRow[K]{row.Customer, row.Last, row.Orders, row.Sum, row.Cell})
	}
}

// tablesOf returns the scores by n-tiles and by quantiles.
func tablesOf[K kpi.Key](t *testing.T, c kpi.Columns[K], amounts kpi.Amounts) (byNTiles, byQuantiles rfm.Table[K]) {
	t.Helper()
	scheme := nTile
	scheme.Amounts = amounts
	byNTiles, err := rfm.ScoreColumns(t.Context(), nil, c, end, scheme)
	require.NoError(t, err)
	byQuantiles, err = rfm.ScoreColumns(t.Context(), nil, c, end, rfm.Scheme{Amounts: amounts})
	require.NoError(t, err)
	return byNTiles, byQuantiles
}

func requireScores[K kpi.Key](t *testing.T, db *database, i idiom, name string, c kpi.Columns[K]) {
	t.Helper()
	byNTiles, byQuantiles := tablesOf(t, c, 0)
	requireTable(t, scoresOf[K](t, db, i.nTiles(totals(name), name)), byNTiles)
	requireTable(t, scoresOf[K](t, db, i.quantiles(totals(name))), byQuantiles)
}

// eachIdiom runs a subtest under the settings of each idiom.
func eachIdiom(t *testing.T, db *database, f func(*testing.T, idiom)) {
	t.Helper()
	for _, i := range idioms {
		t.Run(i.name, func(t *testing.T) {
			db.under(t, i)
			f(t, i)
		})
	}
}

// KP-03: last day, orders, money and all three scores of every customer, for each
// form of the customers, by n-tiles and by quantiles.
func TestScores(t *testing.T) {
	e := newEvents(testRows)
	db := open(t, e)
	eachIdiom(t, db, func(t *testing.T, i idiom) {
		t.Helper()
		requireScores(t, db, i, dense, columnsOf(e, e.dense))
		requireScores(t, db, i, integer, columnsOf(e, e.integer))
		requireScores(t, db, i, text, columnsOf(e, e.text))
	})
}

func requireScoresInR[K kpi.Key](t *testing.T, r *dataTable, name string, c kpi.Columns[K]) {
	t.Helper()
	if !r.has(name) {
		return
	}
	byNTiles, byQuantiles := tablesOf(t, c, kpi.EveryEvent)
	require.NoError(t, r.ask("use", name))
	requireTable(t, scoresIn[K](t, r.tables(t, "customary", "n_tiles")[0]), byNTiles)
	requireTable(t, scoresIn[K](t, r.tables(t, "customary", "quantiles")[0]), byQuantiles)
}

// The same by data.table; and of few customers, and with refunds that count as orders.
func TestScoresInR(t *testing.T) {
	for _, e := range []*events{newEvents(1), newEvents(90), newEvents(945), newEvents(testRows), newEvents(testRows).withRefunds()} {
		r := openR(t, e)
		requireScoresInR(t, r, dense, columnsOf(e, e.dense))
		requireScoresInR(t, r, integer, columnsOf(e, e.integer))
		requireScoresInR(t, r, text, columnsOf(e, e.text))
	}
}

// Few customers, with every remainder of their number by five.
func TestScoresOfFew(t *testing.T) {
	remainders := map[int]bool{}
	for _, rows := range []int{1, 9, 18, 27, 36, 45, 90, 99, 108, 117, 900, 909, 918, 927, 936} {
		e := newEvents(rows)
		db := open(t, e)
		for _, i := range idioms {
			requireScores(t, db, i, dense, columnsOf(e, e.dense))
		}
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
			totals := fmt.Sprintf(`
SELECT customer, max(day) FILTER (%[1]s) AS last, count(*) FILTER (%[1]s) AS orders, coalesce(sum(minor) FILTER (%[2]s), 0)::BIGINT AS sum
FROM "text" WHERE day >= DATE '%[3]v' GROUP BY customer HAVING count(*) FILTER (%[1]s) > 0`, policy.order, policy.money, from)
			for _, i := range idioms {
				requireTable(t, scoresOf[string](t, db, i.nTiles(totals, text)), table)
			}
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
