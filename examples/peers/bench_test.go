//go:build cgo

package peers_test

import (
	"cmp"
	"errors"
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

// loaded are the events of all benchmarks, made by the first, and who else has them: a
// million, or what CRM_BENCH_ROWS says. All live until the end. There may be no R.
type loaded struct {
	*events
	*database
	r *dataTable
}

var once = sync.OnceValues(func() (x loaded, err error) {
	rows, err := strconv.Atoi(cmp.Or(os.Getenv("CRM_BENCH_ROWS"), "1000000"))
	if err != nil {
		return x, err
	}
	x.events = newEvents(rows)
	if x.database, err = load(x.events); err != nil {
		return x, err
	}
	folder, err := os.MkdirTemp("", "peers")
	if err != nil {
		return x, err
	}
	x.r, err = startR(x.events, folder)
	if errors.Is(err, errNoDataTable) {
		x.r, err = nil, nil
	}
	return x, errors.Join(err, os.RemoveAll(folder)) // R has read it
})

func prepare(b *testing.B) loaded {
	b.Helper()
	x, err := once()
	require.NoError(b, err)
	return x
}

// measure runs f once for its memory, and then for the clock. What is to be done before
// is not in the time.
func (x loaded) measure(b *testing.B, name string, before func(*testing.B), f func() error) {
	b.Helper()
	b.Run(name, func(b *testing.B) {
		before(b)
		require.NoError(b, f())
		b.ReportAllocs()
		for b.Loop() {
			if err := f(); err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(x.len()), "ns/row")
		b.ReportMetric(float64(x.len()), "rows")
	})
}

// byKPI times a call.
func (x loaded) byKPI(b *testing.B, name string, f func() error) {
	b.Helper()
	x.measure(b, name+"/kpi", func(*testing.B) {}, f)
}

// byDuckDB times the statements of each idiom: some whose result is made and stays
// unread, and then some that are read.
func (x loaded) byDuckDB(b *testing.B, name string, statements func(idiom) (unread, read []string)) {
	b.Helper()
	for _, i := range idioms {
		unread, read := statements(i)
		x.measure(b, name+"/"+i.name, func(b *testing.B) { b.Helper(); x.under(b, i) }, func() error {
			if err := x.all(unread...); err != nil {
				return err
			}
			for _, s := range read {
				if _, err := x.numbers(s); err != nil {
					return err
				}
			}
			return nil
		})
	}
}

// byDataTable times a measure of testdata/datatable.R, if there is R; the tuned idiom,
// too, if the measure has one.
func (x loaded) byDataTable(b *testing.B, name, measure string, isTuned bool) {
	b.Helper()
	if x.r == nil || !x.r.has(name) {
		return
	}
	use := func(b *testing.B) {
		b.Helper()
		require.NoError(b, x.r.ask("use", name))
	}
	x.measure(b, name+"/data.table", use, func() error { return x.r.ask("run", "customary", measure) })
	if isTuned {
		x.measure(b, name+"/data.table-tuned", use, func() error { return x.r.ask("run", "tuned", measure) })
	}
}

func only(statement string) []string { return []string{statement} }

func benchScores[K kpi.Key](b *testing.B, x loaded, name, measure string, who []K, s rfm.Scheme, statement func(i idiom, table string) string) {
	b.Helper()
	var engine kpi.Engine
	x.byDuckDB(b, name, func(i idiom) (unread, read []string) { return only(statement(i, name)), nil })
	x.byDataTable(b, name, measure, false)
	x.byKPI(b, name, func() error {
		_, err := rfm.ScoreColumns(b.Context(), &engine, columnsOf(x.events, who), end, s)
		return err
	})
}

// BenchmarkRFM scores customers by n-tiles.
func BenchmarkRFM(b *testing.B) {
	x := prepare(b)
	statement := func(i idiom, table string) string { return i.nTiles(totals(table), table) }
	benchScores(b, x, dense, "n_tiles", x.dense, nTile, statement)
	benchScores(b, x, integer, "n_tiles", x.integer, nTile, statement)
	benchScores(b, x, text, "n_tiles", x.text, nTile, statement)
}

// BenchmarkQuantile scores customers by quantiles.
func BenchmarkQuantile(b *testing.B) {
	x := prepare(b)
	statement := func(i idiom, table string) string { return i.quantiles(totals(table)) }
	benchScores(b, x, dense, "quantiles", x.dense, rfm.Scheme{}, statement)
	benchScores(b, x, integer, "quantiles", x.integer, rfm.Scheme{}, statement)
	benchScores(b, x, text, "quantiles", x.text, rfm.Scheme{}, statement)
}

// BenchmarkCohorts makes the matrix of monthly cohorts.
func BenchmarkCohorts(b *testing.B) {
	x := prepare(b)
	benchCohorts(b, x, dense, x.dense)
	benchCohorts(b, x, integer, x.integer)
	benchCohorts(b, x, text, x.text)
}

func benchCohorts[K kpi.Key](b *testing.B, x loaded, name string, who []K) {
	b.Helper()
	var engine kpi.Engine
	x.byDuckDB(b, name, func(i idiom) (unread, read []string) { return nil, only(i.cohorts(name, everyEvent)) })
	x.byDataTable(b, name, "cohorts", name == dense)
	x.byKPI(b, name, func() error {
		_, err := retention.CalendarColumns(b.Context(), &engine, withoutAmounts(columnsOf(x.events, who)), end, retention.Month, retention.Options[K]{CustomersOnly: true})
		return err
	})
}

// BenchmarkActives counts the active and the retained customers by month.
func BenchmarkActives(b *testing.B) {
	x := prepare(b)
	benchActives(b, x, dense, x.dense)
	benchActives(b, x, integer, x.integer)
	benchActives(b, x, text, x.text)
}

func benchActives[K kpi.Key](b *testing.B, x loaded, name string, who []K) {
	b.Helper()
	var engine kpi.Engine
	x.byDuckDB(b, name, func(i idiom) (unread, read []string) { return nil, only(i.actives(name, everyEvent)) })
	x.byDataTable(b, name, "actives", name == dense)
	x.byKPI(b, name, func() error {
		_, err := retention.StagesColumns(b.Context(), &engine, withoutAmounts(columnsOf(x.events, who)), end, retention.Month, retention.Options[K]{})
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

func benchFused[K kpi.Key](b *testing.B, x loaded, name string, who []K) {
	b.Helper()
	var engine kpi.Engine
	x.byDuckDB(b, name, func(i idiom) (unread, read []string) {
		s := i.fused(name)
		return append(s.before, s.scores), []string{s.cohorts, s.actives}
	})
	x.byDataTable(b, name, "fused", true)
	x.byKPI(b, name, func() error {
		_, err := fusedOf(b.Context(), &engine, columnsOf(x.events, who), 0)
		return err
	})
}

// BenchmarkFunnel counts the customers who reach each of four steps.
func BenchmarkFunnel(b *testing.B) {
	x := prepare(b)
	x.byDuckDB(b, dense, func(i idiom) (unread, read []string) { return nil, only(i.reached(">=")) })
	x.measure(b, dense+"/duckdb-windows", func(*testing.B) {}, func() error {
		_, err := x.numbers(windowsReached())
		return err
	})
	x.byDataTable(b, dense, "funnel", false)
	var scratch funnel.Scratch
	x.byKPI(b, dense, func() error {
		_, err := stepsOf(x.events).Count(b.Context(), fourSteps, asOf, funnel.Run{Scratch: &scratch})
		return err
	})
}
