package rfm_test

import (
	"cmp"
	"os"
	"slices"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/kpi"
	"github.com/crmrollout/crm/kpi/internal/sample"
	"github.com/crmrollout/crm/kpi/rfm"
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

var nTiles = rfm.Uniform(rfm.Axis{Method: rfm.NTile})

func benchRFM[K kpi.Key](b *testing.B, name string, c kpi.Columns[K]) {
	b.Helper()
	var e kpi.Engine
	measure(b, name+"/columns", c.Len(), func() error {
		_, err := rfm.ScoreColumns(b.Context(), &e, c, sample.End, nTiles)
		return err
	})
	measure(b, name+"/quantiles", c.Len(), func() error {
		_, err := rfm.ScoreColumns(b.Context(), &e, c, sample.End, rfm.Scheme{})
		return err
	})
	measure(b, name+"/days", c.Len(), func() error {
		_, err := rfm.ScoreColumns(b.Context(), &e, c, sample.End, rfm.Scheme{Count: rfm.DistinctDays})
		return err
	})
	measure(b, name+"/naive", c.Len(), func() error {
		naiveRFM(c)
		return nil
	})
}

// BenchmarkRFM scores customers from columns, beside a naive twin for the same keys.
func BenchmarkRFM(b *testing.B) {
	x := sample.Events(benchRows(b))
	benchRFM(b, "dense", kpi.Columns[uint32]{Customers: x.Who, Days: x.Days, Minor: x.Minor})
	benchRFM(b, "int64", kpi.Columns[int64]{Customers: sample.Integers(x.Who), Days: x.Days, Minor: x.Minor})
	benchRFM(b, "string", kpi.Columns[string]{Customers: sample.Texts(x.Who), Days: x.Days, Minor: x.Minor})
	benchRFM(b, "long", kpi.Columns[string]{Customers: sample.LongTexts(x.Who), Days: x.Days, Minor: x.Minor})
}

func benchFused[K kpi.Key](b *testing.B, name string, c kpi.Columns[K]) {
	b.Helper()
	var e kpi.Engine
	q := kpi.Query{AsOf: sample.End, Detail: kpi.WithTotals, Grain: kpi.Monthly}
	fused := func() error {
		summary, err := kpi.Summarise(b.Context(), &e, c, q)
		if err != nil {
			return err
		}
		_, err = rfm.ScoreSummary(summary, nTiles)
		return err
	}
	measure(b, name+"/columns", c.Len(), fused)
	q.CustomersOnly = true
	measure(b, name+"/customers", c.Len(), fused)
	measure(b, name+"/naive", c.Len(), func() error {
		naiveRFM(c)
		naiveMonths(c)
		return nil
	})
}

// BenchmarkFused scores customers and makes the grid that cohorts and actives are
// read from, in one pass, with orders and with customers only, beside a naive twin that does one after the other.
func BenchmarkFused(b *testing.B) {
	x := sample.Events(benchRows(b))
	benchFused(b, "dense", kpi.Columns[uint32]{Customers: x.Who, Days: x.Days, Minor: x.Minor})
	benchFused(b, "int64", kpi.Columns[int64]{Customers: sample.Integers(x.Who), Days: x.Days, Minor: x.Minor})
	benchFused(b, "string", kpi.Columns[string]{Customers: sample.Texts(x.Who), Days: x.Days, Minor: x.Minor})
}

// naiveRFM is the naive twin: a map of structs, and three sorts of the customers for
// n-tiles.
func naiveRFM[K kpi.Key](c kpi.Columns[K]) map[K]rfm.Cell {
	type sums struct {
		last      calendar.Date
		n, money  int64
		r, f, m   uint8
		customers K
	}
	all := map[K]sums{}
	for i, w := range c.Customers {
		x := all[w]
		x.last, x.n, x.money = max(x.last, c.Days[i]), x.n+1, x.money+c.Minor[i]
		all[w] = x
	}
	list := make([]sums, 0, len(all))
	for w, x := range all {
		x.customers = w
		list = append(list, x)
	}
	deal := func(value func(sums) int64, score func(*sums) *uint8) {
		slices.SortFunc(list, func(a, b sums) int {
			return cmp.Or(cmp.Compare(value(a), value(b)), cmp.Compare(a.customers, b.customers))
		})
		n := len(list)
		for i := range list {
			tile := i / max(1, n/5)
			if large := n % 5 * (n/5 + 1); i < large {
				tile = i / (n/5 + 1)
			} else if n >= 5 {
				tile = n%5 + (i-large)/(n/5)
			}
			*score(&list[i]) = uint8(tile + 1)
		}
	}
	deal(func(x sums) int64 { return int64(x.last) }, func(x *sums) *uint8 { return &x.r })
	deal(func(x sums) int64 { return x.n }, func(x *sums) *uint8 { return &x.f })
	deal(func(x sums) int64 { return x.money }, func(x *sums) *uint8 { return &x.m })
	cells := make(map[K]rfm.Cell, len(list))
	for _, x := range list {
		cells[x.customers] = rfm.Cell{R: x.r, F: x.f, M: x.m}
	}
	return cells
}

// naiveMonths is the naive twin of a grid: a set of months for each customer, a map
// of cells, and a set of customers for each month.
func naiveMonths[K kpi.Key](c kpi.Columns[K]) (cells map[[2]calendar.Month]int, retained map[calendar.Month]int) {
	months, active := map[K]map[calendar.Month]bool{}, map[calendar.Month]map[K]bool{}
	for i, w := range c.Customers {
		month := c.Days[i].MonthOf()
		if months[w] == nil {
			months[w] = map[calendar.Month]bool{}
		}
		if active[month] == nil {
			active[month] = map[K]bool{}
		}
		months[w][month], active[month][w] = true, true
	}
	cells, retained = map[[2]calendar.Month]int{}, map[calendar.Month]int{}
	for _, own := range months {
		first := calendar.MaxMonth
		for month := range own {
			first = min(first, month)
		}
		for month := range own {
			cells[[2]calendar.Month{first, month}]++
		}
	}
	for month, customers := range active {
		for w := range customers {
			if active[month-1][w] {
				retained[month]++
			}
		}
	}
	return cells, retained
}

// The naive twin does the same work.
func TestNaiveTwinAgrees(t *testing.T) {
	x := sample.Events(20_000)
	c := kpi.Columns[string]{Customers: sample.Texts(x.Who), Days: x.Days, Minor: x.Minor}
	got, err := rfm.ScoreColumns(t.Context(), nil, c, sample.End, nTiles)
	require.NoError(t, err)
	want := naiveRFM(c)
	require.Equal(t, len(want), got.Len())
	for row := range got.All() {
		require.Equal(t, want[row.Customer], row.Cell, row.Customer)
	}
}
