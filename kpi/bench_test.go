package kpi_test

import (
	"cmp"
	"os"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/kpi"
	"github.com/crmrollout/crm/kpi/internal/sample"
)

// BenchmarkSummarise makes totals of customers, of as many events as CRM_BENCH_ROWS
// says, beside a history and a naive twin. The measures that are read from a summary
// are in BenchmarkRFM, BenchmarkFused (kpi/rfm), BenchmarkCohorts and
// BenchmarkActives (kpi/retention).
func BenchmarkSummarise(b *testing.B) {
	rows, err := strconv.Atoi(cmp.Or(os.Getenv("CRM_BENCH_ROWS"), strconv.Itoa(sample.DefaultRows)))
	require.NoError(b, err)
	x := sample.Events(rows)
	c := kpi.Columns[int64]{Customers: sample.Integers(x.Who), Days: x.Days, Minor: x.Minor}
	q := kpi.Query{AsOf: sample.End, Detail: kpi.WithTotals}
	var e kpi.Engine
	for _, way := range []struct {
		name string
		take func() error
	}{
		{"columns", func() error { _, err := kpi.Summarise(b.Context(), &e, c, q); return err }},
		{"history", func() error { _, err := c.History(); return err }},
		{"interner", func() error { _, err := new(kpi.Interner[int64]).Numbers(b.Context(), c.Customers, nil); return err }},
		{"naive", func() error { naiveTotals(c); return nil }},
	} {
		b.Run(way.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				require.NoError(b, way.take())
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(rows), "ns/row")
		})
	}
}

func naiveTotals(c kpi.Columns[int64]) int {
	type total struct {
		last        calendar.Date
		orders, sum int64
	}
	all := map[int64]total{}
	for i, w := range c.Customers {
		x := all[w]
		x.last, x.orders, x.sum = max(x.last, c.Days[i]), x.orders+1, x.sum+c.Minor[i]
		all[w] = x
	}
	return len(all)
}
