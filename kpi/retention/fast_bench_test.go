package retention_test

import (
	"cmp"
	"os"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/kpi"
	"github.com/crmrollout/crm/kpi/internal/sample"
	"github.com/crmrollout/crm/kpi/retention"
)

// benchRows is how many events the benchmarks go through: a million, or what
// CRM_BENCH_ROWS says.
func benchRows(b *testing.B) int {
	b.Helper()
	rows, err := strconv.Atoi(cmp.Or(os.Getenv("CRM_BENCH_ROWS"), strconv.Itoa(sample.DefaultRows)))
	require.NoError(b, err)
	return rows
}

// measure runs a benchmark that goes through so many rows.
func measure(b *testing.B, name string, rows int, f func() error) {
	b.Helper()
	b.Run(name, func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if err := f(); err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(rows), "ns/row")
	})
}

// benchAll runs a benchmark for each kind of key.
func benchAll(b *testing.B, dense func(string, kpi.Columns[uint32]), spread func(string, kpi.Columns[int64]), text func(string, kpi.Columns[string])) {
	b.Helper()
	x := sample.Events(benchRows(b))
	dense("dense", kpi.Columns[uint32]{Customers: x.Who, Days: x.Days})
	spread("int64", kpi.Columns[int64]{Customers: sample.Integers(x.Who), Days: x.Days})
	text("string", kpi.Columns[string]{Customers: sample.Texts(x.Who), Days: x.Days})
}

func benchCohorts[K kpi.Key](b *testing.B) func(string, kpi.Columns[K]) {
	b.Helper()
	return func(name string, c kpi.Columns[K]) {
		var e kpi.Engine
		measure(b, name+"/columns", c.Len(), func() error {
			_, err := retention.CalendarColumns(b.Context(), &e, c, sample.End, retention.Month, retention.Options[K]{})
			return err
		})
		measure(b, name+"/customers", c.Len(), func() error {
			_, err := retention.CalendarColumns(b.Context(), &e, c, sample.End, retention.Month, retention.Options[K]{CustomersOnly: true})
			return err
		})
		measure(b, name+"/naive", c.Len(), func() error {
			naiveCohortsOf(c)
			return nil
		})
	}
}

// BenchmarkCohorts makes the matrix of monthly cohorts from columns without amounts, with
// orders and with customers only, beside a naive twin for the same keys.
func BenchmarkCohorts(b *testing.B) {
	benchAll(b, benchCohorts[uint32](b), benchCohorts[int64](b), benchCohorts[string](b))
}

func benchActives[K kpi.Key](b *testing.B) func(string, kpi.Columns[K]) {
	b.Helper()
	return func(name string, c kpi.Columns[K]) {
		var e kpi.Engine
		measure(b, name+"/columns", c.Len(), func() error {
			_, err := retention.StagesColumns(b.Context(), &e, c, sample.End, retention.Month, retention.Options[K]{})
			return err
		})
		measure(b, name+"/naive", c.Len(), func() error {
			naiveActives(c)
			return nil
		})
	}
}

// BenchmarkActives counts new, retained, resurrected and dormant customers by month,
// beside a naive twin that only counts the active and the retained.
func BenchmarkActives(b *testing.B) {
	benchAll(b, benchActives[uint32](b), benchActives[int64](b), benchActives[string](b))
}

// naiveCohortsOf is the naive twin: a set of months for each customer and a map of
// cells.
func naiveCohortsOf[K kpi.Key](c kpi.Columns[K]) map[[2]calendar.Month]int64 {
	type life struct {
		first  calendar.Month
		months map[calendar.Month]bool
	}
	all := map[K]life{}
	for i, w := range c.Customers {
		month := c.Days[i].MonthOf()
		x, ok := all[w]
		if !ok {
			x = life{month, map[calendar.Month]bool{}}
		}
		x.first = min(x.first, month)
		x.months[month] = true
		all[w] = x
	}
	cells := map[[2]calendar.Month]int64{}
	for _, x := range all {
		for month := range x.months {
			cells[[2]calendar.Month{x.first, month}]++
		}
	}
	return cells
}

// naiveActives is the naive twin: a set of customers for each month.
func naiveActives[K kpi.Key](c kpi.Columns[K]) (active, retained map[calendar.Month]int64) {
	customers := map[calendar.Month]map[K]struct{}{}
	for i, w := range c.Customers {
		month := c.Days[i].MonthOf()
		if customers[month] == nil {
			customers[month] = map[K]struct{}{}
		}
		customers[month][w] = struct{}{}
	}
	active, retained = map[calendar.Month]int64{}, map[calendar.Month]int64{}
	for month, now := range customers {
		active[month] = int64(len(now))
		for w := range now {
			if _, ok := customers[month-1][w]; ok {
				retained[month]++
			}
		}
	}
	return active, retained
}

// The naive twins count the same.
func TestNaiveTwinsAgree(t *testing.T) {
	x := sample.Events(20_000)
	c := kpi.Columns[int64]{Customers: sample.Integers(x.Who), Days: x.Days}
	table, err := retention.CalendarColumns(t.Context(), nil, c, sample.End, retention.Month, retention.Options[int64]{})
	require.NoError(t, err)
	cells := naiveCohortsOf(c)
	for _, cohort := range table.Cohorts {
		for _, cell := range cohort.Cells {
			first := cohort.Start.MonthOf()
			require.Equal(t, cells[[2]calendar.Month{first, first + calendar.Month(cell.From)}], cell.Active+cell.Pending.Active)
		}
	}
	stages, err := retention.StagesColumns(t.Context(), nil, c, sample.End, retention.Month, retention.Options[int64]{})
	require.NoError(t, err)
	active, retained := naiveActives(c)
	for _, s := range stages.Stages {
		require.Equal(t, active[s.Start.MonthOf()], s.Active)
		require.Equal(t, retained[s.Start.MonthOf()], s.Retained)
	}
}
