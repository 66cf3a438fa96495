//go:build cgo

package peers_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/kpi"
	"github.com/crmrollout/crm/kpi/retention"
	"github.com/crmrollout/crm/kpi/rfm"
)

// measures are scores by n-tiles, cohorts and actives of the same events.
type measures[K kpi.Key] struct {
	scores  rfm.Table[K]
	cohorts retention.Table
	actives retention.Lifecycle
}

// fusedOf makes them from one summary.
func fusedOf[K kpi.Key](ctx context.Context, engine *kpi.Engine, c kpi.Columns[K], amounts kpi.Amounts) (m measures[K], err error) {
	summary, err := kpi.Summarise(ctx, engine, c, kpi.Query{AsOf: end, Amounts: amounts, Detail: kpi.WithTotals, Grain: kpi.Monthly, CustomersOnly: true})
	if err != nil {
		return m, err
	}
	scheme := nTile
	scheme.Amounts = amounts
	if m.scores, err = rfm.ScoreSummary(summary, scheme); err != nil {
		return m, err
	}
	if m.cohorts, err = retention.CalendarSummary(summary); err != nil {
		return m, err
	}
	m.actives, err = retention.StagesSummary(summary)
	return m, err
}

func (m measures[K]) require(t *testing.T, scores []scoredRow[K], cohorts, actives [][]int64) {
	t.Helper()
	requireTable(t, scores, m.scores)
	requireCohorts(t, cohorts, m.cohorts)
	requireActives(t, actives, m.actives)
}

func requireFused[K kpi.Key](t *testing.T, db *database, i idiom, name string, c kpi.Columns[K]) {
	t.Helper()
	m, err := fusedOf(t.Context(), nil, c, 0)
	require.NoError(t, err)
	s := i.fused(name)
	require.NoError(t, db.all(s.before...))
	cohorts, err := db.numbers(s.cohorts)
	require.NoError(t, err)
	actives, err := db.numbers(s.actives)
	require.NoError(t, err)
	m.require(t, scoresOf[K](t, db, s.scores), cohorts, actives)
}

// KP-02, KP-03, KP-06: three measures from one pass are those of three.
func TestFused(t *testing.T) {
	e := newEvents(testRows)
	db := open(t, e)
	eachIdiom(t, db, func(t *testing.T, i idiom) {
		t.Helper()
		requireFused(t, db, i, dense, columnsOf(e, e.dense))
		requireFused(t, db, i, integer, columnsOf(e, e.integer))
		requireFused(t, db, i, text, columnsOf(e, e.text))
	})
}

func requireFusedInR[K kpi.Key](t *testing.T, r *dataTable, name string, c kpi.Columns[K]) {
	t.Helper()
	if !r.has(name) {
		return
	}
	m, err := fusedOf(t.Context(), nil, c, kpi.EveryEvent)
	require.NoError(t, err)
	require.NoError(t, r.ask("use", name))
	for _, idiom := range []string{"customary", "tuned"} {
		tables := r.tables(t, idiom, "fused")
		m.require(t, scoresIn[K](t, tables[0]), numbersIn(t, tables[1]), numbersIn(t, tables[2]))
	}
}

// The same by data.table, with refunds that count as orders.
func TestFusedInR(t *testing.T) {
	e := newEvents(testRows).withRefunds()
	r := openR(t, e)
	requireFusedInR(t, r, dense, columnsOf(e, e.dense))
	requireFusedInR(t, r, integer, columnsOf(e, e.integer))
	requireFusedInR(t, r, text, columnsOf(e, e.text))
}
