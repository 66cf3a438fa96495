//go:build cgo

package peers_test

import (
	"cmp"
	"os"
	"strconv"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/kpi"
	"github.com/crmrollout/crm/kpi/funnel"
	"github.com/crmrollout/crm/kpi/retention"
	"github.com/crmrollout/crm/kpi/rfm"
)

// loaded are the events and the database of all benchmarks, made by the first: a
// million, or what CRM_BENCH_ROWS says. The database is open until the end.
type loaded struct {
	*events
	*database
}

var once = sync.OnceValues(func() (loaded, error) {
	rows, err := strconv.Atoi(cmp.Or(os.Getenv("CRM_BENCH_ROWS"), "1000000"))
	if err != nil {
		return loaded{}, err
	}
	e := newEvents(rows)
	db, err := load(e)
	return loaded{e, db}, err
})

func prepare(b *testing.B) loaded {
	b.Helper()
	x, err := once()
	require.NoError(b, err)
	return x
}

// measure runs f once for its memory, and then for the clock.
func (x loaded) measure(b *testing.B, name string, f func() error) {
	b.Helper()
	b.Run(name, func(b *testing.B) {
		require.NoError(b, f())
		b.ReportAllocs()
		for b.Loop() {
			if err := f(); err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(x.len()), "ns/row")
	})
}

// query runs statements whose result stays unread, and then those which are read.
func (x loaded) query(unread, read []string) func() error {
	return func() error {
		if err := x.all(unread); err != nil {
			return err
		}
		for _, s := range read {
			if _, err := x.numbers(s); err != nil {
				return err
			}
		}
		return nil
	}
}

func only(statement string) []string { return []string{statement} }

func benchScores[K kpi.Key](b *testing.B, x loaded, name, statement string, who []K, s rfm.Scheme) {
	b.Helper()
	var engine kpi.Engine
	x.measure(b, name+"/duckdb", x.query(only(statement), nil))
	x.measure(b, name+"/kpi", func() error {
		_, err := rfm.ScoreColumns(b.Context(), &engine, columnsOf(x.events, who), end, s)
		return err
	})
}

// BenchmarkRFM scores customers by n-tiles.
func BenchmarkRFM(b *testing.B) {
	x := prepare(b)
	benchScores(b, x, dense, nTiles(totals(dense), dense), x.dense, nTile)
	benchScores(b, x, integer, nTiles(totals(integer), integer), x.integer, nTile)
	benchScores(b, x, text, nTiles(totals(text), text), x.text, nTile)
}

// BenchmarkQuantile scores customers by quantiles.
func BenchmarkQuantile(b *testing.B) {
	x := prepare(b)
	benchScores(b, x, dense, quantiles(totals(dense)), x.dense, rfm.Scheme{})
	benchScores(b, x, integer, quantiles(totals(integer)), x.integer, rfm.Scheme{})
	benchScores(b, x, text, quantiles(totals(text)), x.text, rfm.Scheme{})
}

// benchMonths times a statement over masks of months beside a call for columns without
// amounts.
func benchMonths[K kpi.Key](b *testing.B, x loaded, name string, who []K, statement func(masks string) string, call func(*kpi.Engine, kpi.Columns[K]) error) {
	b.Helper()
	var engine kpi.Engine
	x.measure(b, name+"/duckdb", x.query(nil, only(statement(masks(name, everyEvent)))))
	x.measure(b, name+"/kpi", func() error { return call(&engine, withoutAmounts(columnsOf(x.events, who))) })
}

func calendarOf[K kpi.Key](b *testing.B) func(*kpi.Engine, kpi.Columns[K]) error {
	b.Helper()
	return func(e *kpi.Engine, c kpi.Columns[K]) error {
		_, err := retention.CalendarColumns(b.Context(), e, c, end, retention.Month, retention.Options[K]{})
		return err
	}
}

func stagesOf[K kpi.Key](b *testing.B) func(*kpi.Engine, kpi.Columns[K]) error {
	b.Helper()
	return func(e *kpi.Engine, c kpi.Columns[K]) error {
		_, err := retention.StagesColumns(b.Context(), e, c, end, retention.Month, retention.Options[K]{})
		return err
	}
}

// BenchmarkCohorts makes the matrix of monthly cohorts.
func BenchmarkCohorts(b *testing.B) {
	x := prepare(b)
	benchMonths(b, x, dense, x.dense, cohorts, calendarOf[uint32](b))
	benchMonths(b, x, integer, x.integer, cohorts, calendarOf[int64](b))
	benchMonths(b, x, text, x.text, cohorts, calendarOf[string](b))
}

// BenchmarkActives counts the active and the retained customers by month.
func BenchmarkActives(b *testing.B) {
	x := prepare(b)
	benchMonths(b, x, dense, x.dense, actives, stagesOf[uint32](b))
	benchMonths(b, x, integer, x.integer, actives, stagesOf[int64](b))
	benchMonths(b, x, text, x.text, actives, stagesOf[string](b))
}

func benchFused[K kpi.Key](b *testing.B, x loaded, name string, who []K) {
	b.Helper()
	var engine kpi.Engine
	x.measure(b, name+"/duckdb", x.query(fused(name)))
	q := kpi.Query{AsOf: end, Detail: kpi.WithTotals, Grain: kpi.Monthly}
	x.measure(b, name+"/kpi", func() error {
		summary, err := kpi.Summarise(b.Context(), &engine, columnsOf(x.events, who), q)
		if err != nil {
			return err
		}
		if _, err = rfm.ScoreSummary(summary, nTile); err != nil {
			return err
		}
		if _, err = retention.CalendarSummary(summary); err != nil {
			return err
		}
		_, err = retention.StagesSummary(summary)
		return err
	})
}

// BenchmarkFused makes scores by n-tiles, cohorts and actives together.
func BenchmarkFused(b *testing.B) {
	x := prepare(b)
	benchFused(b, x, dense, x.dense)
	benchFused(b, x, integer, x.integer)
	benchFused(b, x, text, x.text)
}

// BenchmarkFunnel counts the customers who reach each of four steps.
func BenchmarkFunnel(b *testing.B) {
	x := prepare(b)
	x.measure(b, dense+"/duckdb", x.query(nil, only(reached(">="))))
	var scratch funnel.Scratch
	x.measure(b, dense+"/kpi", func() error {
		_, err := stepsOf(x.events).Count(b.Context(), fourSteps, asOf, funnel.Run{Scratch: &scratch})
		return err
	})
}
