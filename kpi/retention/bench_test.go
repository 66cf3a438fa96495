package retention_test

import (
	"math/rand/v2"
	"testing"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/kpi/retention"
)

// BenchmarkMillionEvents follows 110,000 customers by month, beside a naive twin
// with a set of months for each customer and a map of cells.
func BenchmarkMillionEvents(b *testing.B) {
	const events, customers, today = 1_000_000, 110_000, calendar.Date(738_000)
	rng := rand.New(rand.NewPCG(1, 2))
	who, day := make([]int64, events), make([]calendar.Date, events)
	var h retention.History[int64]
	for i := range who {
		who[i], day[i] = rng.Int64N(customers)<<20, today-calendar.Date(rng.IntN(1000))
		if err := h.Add(who[i], day[i], 1); err != nil {
			b.Fatal(err)
		}
	}
	b.Run("calendar", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := retention.Calendar(&h, today, retention.Month, retention.Options[int64]{}); err != nil {
				b.Fatal(err)
			}
		}
	})
	h.Compact()
	b.Run("calendar, compact", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := retention.Calendar(&h, today, retention.Month, retention.Options[int64]{}); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("naive", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			naiveCohorts(who, day)
		}
	})
}

func naiveCohorts(who []int64, day []calendar.Date) map[[2]calendar.Month]int {
	months := map[int64]map[calendar.Month]bool{}
	first := map[int64]calendar.Month{}
	for i, w := range who {
		month := day[i].MonthOf()
		if months[w] == nil {
			months[w], first[w] = map[calendar.Month]bool{}, month
		}
		months[w][month] = true
		first[w] = min(first[w], month)
	}
	cells := map[[2]calendar.Month]int{}
	for w, active := range months {
		for month := range active {
			cells[[2]calendar.Month{first[w], month - first[w]}]++
		}
	}
	return cells
}
