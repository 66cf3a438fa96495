package funnel_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"testing"

	"github.com/crmrollout/crm/kpi/funnel"
)

// BenchmarkOrdered counts an ordered funnel of four steps within 30 days, beside a
// naive twin with a map of customers and a try of every anchor. CRM_BENCH_ROWS sets
// the number of events, 1,000,000 by default; 9 events a customer.
func BenchmarkOrdered(b *testing.B) {
	rows := 1_000_000
	if s := os.Getenv("CRM_BENCH_ROWS"); s != "" {
		n, err := strconv.Atoi(s)
		if err != nil {
			b.Fatal(err)
		}
		rows = n
	}
	c := benchColumns(rows)
	f := funnel.Of(30*funnel.Day, "lead", "qualified", "proposal", "won")
	var want int64
	b.Run("naive", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			want = naive(c, 30*funnel.Day)
		}
	})
	for _, workers := range []int{1, 2} {
		var scratch funnel.Scratch
		b.Run(fmt.Sprintf("columns/workers=%d", workers), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				r, err := c.Count(b.Context(), f, 1<<40, funnel.Run{Workers: workers, Scratch: &scratch})
				if err != nil || want > 0 && r.Conversion().Reached != want {
					b.Fatal(err, r.Conversion(), want)
				}
			}
			b.ReportMetric(float64(rows)*float64(b.N)/b.Elapsed().Seconds()/1e6, "Mrows/s")
		})
	}
	if rows > 1_000_000 {
		return
	}
	var l funnel.Log[uint32]
	for i, who := range c.Customer {
		if err := l.Add(funnel.Event[uint32]{Customer: who, Time: c.Time[i], Order: int64(i), Name: strconv.Itoa(int(c.Step[i]))}); err != nil {
			b.Fatal(err)
		}
	}
	l.Compact()
	b.Run("log, compact", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			r, err := funnel.Analyze(&l, funnel.Of(30*funnel.Day, "1", "2", "3", "4"), 1<<40, funnel.Options[uint32]{})
			if err != nil || want > 0 && r.Conversion().Reached != want {
				b.Fatal(err, r.Conversion(), want)
			}
		}
	})
}

func benchColumns(rows int) funnel.Columns {
	rng := rand.New(rand.NewPCG(1, 2))
	c := funnel.Columns{
		Customers: max(1, rows*108/1000),
		Customer:  make([]uint32, rows), Time: make([]int64, rows), Step: make([]uint8, rows),
	}
	for i := range rows {
		c.Customer[i] = uint32(rng.IntN(c.Customers))
		c.Time[i] = 1_700_000_000 + rng.Int64N(1000*funnel.Day)
		c.Step[i] = uint8([10]int{1, 1, 1, 1, 2, 2, 2, 3, 3, 4}[rng.IntN(10)])
	}
	return c
}

type naiveEvent struct {
	at   int64
	step uint8
}

// naive returns the customers who reach the fourth step.
func naive(c funnel.Columns, window int64) int64 {
	events := map[uint32][]naiveEvent{}
	for i, who := range c.Customer {
		events[who] = append(events[who], naiveEvent{c.Time[i], c.Step[i]})
	}
	won := int64(0)
	for _, mine := range events {
		slices.SortStableFunc(mine, func(a, b naiveEvent) int { return int(min(max(a.at-b.at, -1), 1)) })
		best := 0
		for i, anchor := range mine {
			if anchor.step != 1 {
				continue
			}
			depth := 1
			for _, e := range mine[i+1:] {
				if e.at-anchor.at <= window && int(e.step) == depth+1 {
					depth++
				}
			}
			best = max(best, depth)
		}
		if best == 4 {
			won++
		}
	}
	return won
}
