package evm_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/evm"
	"github.com/crmrollout/crm/crmproject/money"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// floats is how a spreadsheet does it: with rounding errors, and with NaN and Inf.
func floats(pv, ev, ac, bac float64) (all [14]float64) {
	spi, cpi := ev/pv, ev/ac
	left := bac - ev
	return [14]float64{
		ev - pv, ev - ac, spi, cpi, spi * cpi, ev / bac, ac / bac, left / (bac - ac),
		ac + left, ac + left/cpi, ac + left/(cpi*spi), ac + left/spi, bac - (ac + left/cpi), left / (left / cpi),
	}
}

func BenchmarkPerformance(b *testing.B) {
	run := func(name string, scale int64) {
		m := evm.Measures{PV: eur(333333 * scale), EV: eur(250000 * scale), AC: eur(299999 * scale), BAC: eur(1000001 * scale)}
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := m.Performance(money.HalfEven); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	run("exact", 1)
	run("exact, beyond 64 bits", 1_000_003)
	b.Run("naive floats", func(b *testing.B) {
		b.ReportAllocs()
		var all [14]float64
		for b.Loop() {
			all = floats(333333, 250000, 299999, 1000001)
		}
		_ = all
	})
}

// plan is a curve of n periods.
func plan(n int) (exact evm.Curve, naive []float64) {
	for t := range n {
		exact = append(exact, eur(int64(t+1)*1000))
		naive = append(naive, float64(t+1)*1000)
	}
	return exact, naive
}

func BenchmarkEarnedSchedule(b *testing.B) {
	exact, naive := plan(120)
	b.Run("exact", func(b *testing.B) {
		b.ReportAllocs()
		ev := eur(70_123)
		for b.Loop() {
			_ = exact.ES(ev)
		}
	})
	b.Run("naive floats", func(b *testing.B) {
		b.ReportAllocs()
		var es float64
		for b.Loop() {
			const ev = 70_123.0
			c := 0
			for c < len(naive) && naive[c] <= ev {
				c++
			}
			es = float64(c) + (ev-naive[c-1])/(naive[c]-naive[c-1])
		}
		_ = es
	})
}

// programme returns a ledger of n packages over two years, with a report and a cost
// a month for each.
func programme(n int) evm.Ledger {
	var l evm.Ledger
	start := day("2027-01-04")
	for i := range n {
		id := fmt.Sprint("WP-", i)
		l.Baseline.Packages = append(l.Baseline.Packages, evm.WorkPackage{
			ID: id, Account: fmt.Sprint("CA-", i%10), Budget: eur(int64(i+1) * 12_345), Method: evm.PercentComplete,
			Start: start.AddDays(i % 365), Finish: start.AddDays(i%365 + 364),
		})
		for month := range 12 {
			on := start.AddDays(i % 365).AddMonths(month).EndOfMonth()
			l.Progress = append(l.Progress, evm.Progress{Package: id, On: on, Percent: ratio.New(int64(month+1), 13)})
			l.Costs = append(l.Costs, evm.Cost{Package: id, On: on, Amount: eur(int64(i+1) * 1000)})
		}
	}
	return l
}

// naiveSeries is the S-curve alone, in floats, asking every package for every month
// and every entry.
func naiveSeries(l evm.Ledger, months int) (pv, ev, ac []float64) {
	start := day("2027-01-04")
	for m := range months {
		until := start.AddMonths(m).EndOfMonth()
		var p, e, a float64
		share := map[string]float64{}
		for _, s := range l.Progress {
			if s.On <= until {
				share[s.Package], _ = s.Percent.Float64()
			}
		}
		for _, c := range l.Costs {
			if c.On <= until {
				a += float64(c.Amount.Minor()) / 100
			}
		}
		for _, w := range l.Baseline.Packages {
			budget := float64(w.Budget.Minor()) / 100
			p += budget * max(0, min(1, float64(until-w.Start+1)/float64(w.Finish-w.Start+1)))
			e += budget * share[w.ID]
		}
		pv, ev, ac = append(pv, p), append(ev, e), append(ac, a)
	}
	return pv, ev, ac
}

func BenchmarkReport(b *testing.B) {
	l := programme(300)
	asOf := day("2028-03-31")
	require.NoError(b, l.Validate())
	b.Run("everything", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := l.Report(asOf); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("naive floats, S-curve only", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			naiveSeries(l, 15)
		}
	})
}

func BenchmarkRules(b *testing.B) {
	facts := evm.Facts{Ledger: programme(300), AsOf: day("2028-03-31")}
	b.ReportAllocs()
	for b.Loop() {
		verdict.Run(facts, evm.Rules()...)
	}
}

// Within 64 bits the formulas allocate their list of estimates, and what ratios
// and amounts are made of does not allocate.
func TestAllocations(t *testing.T) {
	most := 3.0
	if testing.CoverMode() != "" {
		most = 8 // counting statements keeps functions from being inlined, and values on the stack
	}
	m := evm.Measures{PV: eur(50000), EV: eur(40000), AC: eur(45000), BAC: eur(100000)}
	require.LessOrEqual(t, testing.AllocsPerRun(100, func() { _, _ = m.Performance(money.HalfEven) }), most)
	curve, _ := plan(120)
	require.Zero(t, testing.AllocsPerRun(100, func() { curve.ES(eur(70_123)) }))
}
