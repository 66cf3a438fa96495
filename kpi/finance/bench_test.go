package finance_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/kpi/finance"
)

// monthly is five years of a CRM by months, with an upgrade in every second year, so
// that the flows change sign several times.
func monthly() []float64 {
	flows := make([]float64, 61)
	for i := range flows {
		flows[i] = 1250.5 + float64(37*i)
		if i%24 == 0 {
			flows[i] = -40_000.25
		}
	}
	return flows
}

// alternating are the most sign changes that flows can have.
func alternating() []float64 {
	flows := make([]float64, 240)
	for i := range flows {
		flows[i] = float64(100 + i*i%89)
		if i%2 == 0 {
			flows[i] = -flows[i]
		}
	}
	return flows
}

// BenchmarkIRR finds all rates with proof, beside a naive twin that bisects on a grid
// of 2,000 rates and misses what lies off it.
func BenchmarkIRR(b *testing.B) {
	for _, flows := range [][]float64{{-70000, 12000, 15000, 18000, 21000, 26000}, {-1600, 10000, -10000}, monthly(), alternating()} {
		b.Run(fmt.Sprintf("%d flows", len(flows)), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := finance.IRR(flows); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run(fmt.Sprintf("%d flows, naive", len(flows)), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				naiveRates(flows)
			}
		})
	}
}

func TestNaiveTwinAgrees(t *testing.T) {
	r := irr(t, monthly()...)
	naive := naiveRates(monthly())
	require.Equal(t, 5, r.SignChanges)
	require.Len(t, r.Rates, len(naive))
	for i, v := range naive {
		require.InDelta(t, v, r.Rates[i].Value, 1e-9)
	}
}

// BenchmarkXIRR is the same by days, a month apart, beside a naive twin that sums up
// powers on a grid of rates.
func BenchmarkXIRR(b *testing.B) {
	for _, values := range [][]float64{{-70000, 12000, 15000, 18000, 21000, 26000}, monthly(), alternating()} {
		flows := make([]finance.Dated, len(values))
		for i, v := range values {
			flows[i] = finance.Dated{Day: calendar.MustParse("2027-01-31").AddMonths(i), Flow: v}
		}
		b.Run(fmt.Sprintf("%d flows", len(flows)), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := finance.XIRR(flows); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run(fmt.Sprintf("%d flows, naive", len(flows)), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				naiveDatedRates(flows)
			}
		})
	}
}

// naiveDatedRates is naiveRates for dated flows, without refinement.
func naiveDatedRates(flows []finance.Dated) []float64 {
	var found []float64
	const steps = 2000
	var before float64
	for k := range steps + 1 {
		rate := math.Exp(-4+8*float64(k)/steps) - 1
		sum := 0.0
		for _, f := range flows {
			sum += f.Flow * math.Pow(1+rate, -float64(f.Day-flows[0].Day)/365)
		}
		if k > 0 && sum*before < 0 {
			found = append(found, rate)
		}
		before = sum
	}
	return found
}
