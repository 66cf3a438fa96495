package rfm_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/kpi/rfm"
)

const (
	benchEvents    = 1_000_000
	benchCustomers = 110_000
	benchDay       = calendar.Date(738_000)
)

// benchData are a million events in no order. Customers are sparse ids, so nothing
// can be had for nothing.
func benchData() (who []int64, day []calendar.Date, minor []int64) {
	rng := rand.New(rand.NewPCG(1, 2))
	ids := make([]int64, benchCustomers)
	for i := range ids {
		ids[i] = int64(rng.Uint64() >> 8)
	}
	who, day, minor = make([]int64, benchEvents), make([]calendar.Date, benchEvents), make([]int64, benchEvents)
	for i := range who {
		who[i] = ids[rng.IntN(rng.IntN(benchCustomers)+1)]
		day[i] = benchDay - calendar.Date(rng.IntN(1000))
		minor[i] = rng.Int64N(50_000)
	}
	return who, day, minor
}

// The naive twin: a map of structs, sorted columns and binary search for cuts.
func naiveScores(who []int64, day []calendar.Date, minor []int64) map[int64]rfm.Cell {
	type sums struct {
		last     calendar.Date
		n, money int64
	}
	all := map[int64]sums{}
	for i, w := range who {
		x := all[w]
		x.last, x.n, x.money = max(x.last, day[i]), x.n+1, x.money+minor[i]
		all[w] = x
	}
	var columns [3][]int64
	for _, x := range all {
		columns[0] = append(columns[0], int64(benchDay-x.last))
		columns[1] = append(columns[1], x.n)
		columns[2] = append(columns[2], x.money)
	}
	var cuts [3][4]int64
	for d := range columns {
		slices.Sort(columns[d])
		for i := range cuts[d] {
			cuts[d][i] = columns[d][(len(all)-1)*(i+1)/5]
		}
	}
	score := func(d int, v int64) uint8 {
		at, _ := slices.BinarySearch(cuts[d][:], v)
		return uint8(at + 1)
	}
	scores := make(map[int64]rfm.Cell, len(all))
	for w, x := range all {
		scores[w] = rfm.Cell{R: 6 - score(0, int64(benchDay-x.last)), F: score(1, x.n), M: score(2, x.money)}
	}
	return scores
}

func BenchmarkMillionEvents(b *testing.B) {
	who, day, minor := benchData()
	fill := func(h *rfm.History[int64]) {
		for i := range who {
			if err := h.Add(who[i], day[i], minor[i]); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.Run("add", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			fill(new(rfm.History[int64]))
		}
	})
	var h rfm.History[int64]
	fill(&h)
	b.Run("score", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := rfm.Score(&h, benchDay, rfm.Scheme{}); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("score by n-tiles", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := rfm.Score(&h, benchDay, rfm.Uniform(rfm.Axis{Method: rfm.NTile})); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("score distinct days", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := rfm.Score(&h, benchDay, rfm.Scheme{Count: rfm.DistinctDays}); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("naive", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			naiveScores(who, day, minor)
		}
	})
}

func TestBenchTwinAgrees(t *testing.T) {
	who, day, minor := benchData()
	who, day, minor = who[:20_000], day[:20_000], minor[:20_000]
	var h rfm.History[int64]
	for i := range who {
		if err := h.Add(who[i], day[i], minor[i]); err != nil {
			t.Fatal(err)
		}
	}
	got, err := rfm.Score(&h, benchDay, rfm.Scheme{})
	if err != nil {
		t.Fatal(err)
	}
	want := naiveScores(who, day, minor)
	for row := range got.All() {
		if want[row.Customer] != row.Cell {
			t.Fatal(row, want[row.Customer])
		}
	}
	if len(want) != got.Len() {
		t.Fatal(len(want), got.Len())
	}
}
