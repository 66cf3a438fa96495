//go:build cgo

package peers_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/kpi"
	"github.com/crmrollout/crm/kpi/retention"
)

const everyEvent = "true"

// monthOf numbers months as the statements do.
func monthOf(label string, months []string) int64 {
	for k, m := range months {
		if m == label {
			return int64(k)
		}
	}
	return -1
}

// labels returns the months of the events.
func labels() []string {
	list := make([]string, months)
	for k := range list {
		list[k] = start.MonthOf().Add(k).String()
	}
	return list
}

// A cell is a cohort in a month.
type cell struct{ first, month int64 }

// cellsOf returns customers, orders and revenue of every cell of a table in which
// there was anything.
func cellsOf(table retention.Table) map[cell][3]int64 {
	all := map[cell][3]int64{}
	for _, cohort := range table.Cohorts {
		first := monthOf(cohort.Label, labels())
		for _, c := range cohort.Cells {
			sums := [3]int64{c.Active + c.Pending.Active, c.Orders + c.Pending.Orders, c.Revenue + c.Pending.Revenue}
			if sums != [3]int64{} {
				all[cell{first, first + int64(c.From)}] = sums
			}
		}
	}
	return all
}

// requireCohorts holds rows of cohort, month and customers against a table; or longer
// ones, of a cohort and the customers of every month.
func requireCohorts(t *testing.T, rows [][]int64, table retention.Table) {
	t.Helper()
	got, want := map[cell]int64{}, map[cell]int64{}
	for at, sums := range cellsOf(table) {
		if sums[0] > 0 {
			got[at] = sums[0]
		}
	}
	for _, row := range rows {
		if len(row) == 3 {
			want[cell{row[0], row[1]}] = row[2]
			continue
		}
		for k, n := range row[1:] {
			if n > 0 {
				want[cell{row[0], int64(k)}] = n
			}
		}
	}
	require.Equal(t, want, got)
}

// requireActives holds rows of month, active and retained customers against stages.
func requireActives(t *testing.T, rows [][]int64, life retention.Lifecycle) {
	t.Helper()
	got := [][]int64{}
	for _, s := range life.Stages {
		if s.Active > 0 {
			got = append(got, []int64{monthOf(s.Period, labels()), s.Active, s.Retained})
		}
	}
	require.ElementsMatch(t, rows, got)
}

func monthly[K kpi.Key](t *testing.T, c kpi.Columns[K], options retention.Options[K]) (retention.Table, retention.Lifecycle) {
	t.Helper()
	table, err := retention.CalendarColumns(t.Context(), nil, c, end, retention.Month, options)
	require.NoError(t, err)
	life, err := retention.StagesColumns(t.Context(), nil, c, end, retention.Month, options)
	require.NoError(t, err)
	return table, life
}

// requireRetention holds statements for the events that are orders against columns.
func requireRetention[K kpi.Key](t *testing.T, db *database, i idiom, name string, c kpi.Columns[K], orders string) {
	t.Helper()
	table, life := monthly(t, c, retention.Options[K]{})
	rows, err := db.numbers(i.cohorts(name, orders))
	require.NoError(t, err)
	requireCohorts(t, rows, table)
	rows, err = db.numbers(i.actives(name, orders))
	require.NoError(t, err)
	requireActives(t, rows, life)
}

// KP-02, KP-06: the customers of every cohort in every month, those active in it and
// those who were so the month before, for each form of the customers.
func TestRetention(t *testing.T) {
	e := newEvents(testRows)
	db := open(t, e)
	eachIdiom(t, db, func(t *testing.T, i idiom) {
		t.Helper()
		requireRetention(t, db, i, dense, withoutAmounts(columnsOf(e, e.dense)), everyEvent)
		requireRetention(t, db, i, integer, withoutAmounts(columnsOf(e, e.integer)), everyEvent)
		requireRetention(t, db, i, text, withoutAmounts(columnsOf(e, e.text)), everyEvent)
	})
}

func requireRetentionInR[K kpi.Key](t *testing.T, r *dataTable, name string, c kpi.Columns[K]) {
	t.Helper()
	if !r.has(name) {
		return
	}
	require.NoError(t, r.ask("use", name))
	table, life := monthly(t, c, retention.Options[K]{Amounts: kpi.EveryEvent})
	for _, idiom := range []string{"customary", "tuned"} {
		if idiom == "tuned" && name != dense {
			continue
		}
		requireCohorts(t, numbersIn(t, r.tables(t, idiom, "cohorts")[0]), table)
		requireActives(t, numbersIn(t, r.tables(t, idiom, "actives")[0]), life)
	}
}

// The same by data.table; and of few customers.
func TestRetentionInR(t *testing.T) {
	for _, e := range []*events{newEvents(1), newEvents(90), newEvents(testRows)} {
		r := openR(t, e)
		requireRetentionInR(t, r, dense, columnsOf(e, e.dense))
		requireRetentionInR(t, r, integer, columnsOf(e, e.integer))
		requireRetentionInR(t, r, text, columnsOf(e, e.text))
	}
}

// A refund makes nobody active, but lowers the revenue from the first order on; by
// plain joins and DISTINCT instead of masks.
func TestRetentionWithRefunds(t *testing.T) {
	e := newEvents(testRows).withRefunds()
	db, c := open(t, e), columnsOf(e, e.dense)
	for _, i := range idioms {
		requireRetention(t, db, i, dense, c, "minor >= 0")
	}

	table, err := retention.CalendarColumns(t.Context(), nil, c, end, retention.Month, retention.Options[uint32]{})
	require.NoError(t, err)
	rows, err := db.numbers(fmt.Sprintf(`
WITH firsts AS (SELECT customer, min(day) AS first, min(%[1]s) AS cohort FROM dense WHERE minor >= 0 GROUP BY customer)
SELECT cohort, %[1]s, count(DISTINCT customer) FILTER (minor >= 0), count(*) FILTER (minor >= 0), sum(minor)::BIGINT
FROM dense JOIN firsts USING (customer) WHERE day >= first GROUP BY ALL`, month()))
	require.NoError(t, err)
	want := map[cell][3]int64{}
	for _, row := range rows {
		want[cell{row[0], row[1]}] = [3]int64(row[2:])
	}
	require.Equal(t, want, cellsOf(table))

	rows, err = db.numbers(`
WITH firsts AS (SELECT customer, min(day) AS first FROM dense WHERE minor >= 0 GROUP BY customer)
SELECT count(*) FILTER (minor < 0), count(*) FILTER (minor < 0 AND (first IS NULL OR day < first)) FROM dense LEFT JOIN firsts USING (customer)`)
	require.NoError(t, err)
	require.Equal(t, []int64{table.Counts.Refunds + table.Counts.Unplaced, table.Counts.Unplaced}, rows[0])
}
