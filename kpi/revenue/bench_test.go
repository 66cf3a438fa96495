package revenue_test

import (
	"math/rand/v2"
	"testing"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/kpi/revenue"
)

// BenchmarkMonthly makes the movements of two years from a million snapshots, beside a
// naive twin with a map of months for each customer.
func BenchmarkMonthly(b *testing.B) {
	const rows, customers, months = 1_000_000, 60_000, 24
	rng := rand.New(rand.NewPCG(1, 2))
	var s revenue.Snapshots[int64]
	who, when, paid := make([]int64, rows), make([]calendar.Month, rows), make([]int64, rows)
	for i := range rows {
		who[i], when[i], paid[i] = rng.Int64N(customers), epoch+calendar.Month(rng.IntN(months)), rng.Int64N(10_000)
		if err := s.Add(who[i], when[i], euro(paid[i])); err != nil {
			b.Fatal(err)
		}
	}
	monthly := func(b *testing.B) {
		b.Helper()
		b.ReportAllocs()
		for b.Loop() {
			if _, err := revenue.Monthly(&s, epoch, epoch+months-1, revenue.Options[int64]{}); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.Run("sorting", monthly)
	s.Compact()
	b.Run("compact", monthly)
	b.Run("naive", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			naive(who, when, paid, months)
		}
	})
}

func naive(who []int64, when []calendar.Month, paid []int64, months int) [][6]int64 {
	book := map[int64]map[calendar.Month]int64{}
	for i, w := range who {
		if book[w] == nil {
			book[w] = map[calendar.Month]int64{}
		}
		book[w][when[i]] += paid[i]
	}
	table := make([][6]int64, months-1)
	for _, one := range book {
		ever := false
		for k := range months - 1 {
			before, after := one[epoch+calendar.Month(k)], one[epoch+calendar.Month(k+1)]
			switch {
			case before == 0 && after > 0 && ever:
				table[k][1] += after
			case before == 0:
				table[k][0] += after
			case after == 0:
				table[k][4] += before
			case after > before:
				table[k][2] += after - before
			default:
				table[k][3] += before - after
			}
			ever = ever || before > 0
		}
	}
	return table
}
