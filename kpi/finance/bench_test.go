package finance_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

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

// BenchmarkIRR finds all rates with proof, beside a naive twin that bisects on a grid
// of 2,000 rates and misses what lies off it.
func BenchmarkIRR(b *testing.B) {
	for _, flows := range [][]float64{{-70000, 12000, 15000, 18000, 21000, 26000}, {-1600, 10000, -10000}, monthly()} {
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
