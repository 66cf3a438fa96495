package quant_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/risk/quant"
)

// The interval of a percentile holds the exact value in 95 of 100 simulations.
func TestIntervalsCover(t *testing.T) {
	t.Parallel()
	numbers(t)
	m := &quant.Model{Risks: []quant.Risk{{ID: "a", P: 0.9, Severity: uniform(0, 1)}, {ID: "b", P: 1, Severity: triangular(0, 1, 2)}}}
	percentiles := []float64{0.5, 0.8, 0.9}
	exact := analyze(t, m, quant.Options{Percentiles: percentiles})
	const seeds = 2000
	held := make([]int, len(percentiles))
	for seed := range uint64(seeds) {
		r := analyze(t, m, quant.Options{Method: quant.Simulation, Percentiles: percentiles, Iterations: 1000, CurvePoints: 1, Seed: seed, Workers: 1})
		for i, q := range r.Cost.Quantiles {
			if q.Lo <= exact.Cost.Quantiles[i].Value && exact.Cost.Quantiles[i].Value <= q.Hi {
				held[i]++
			}
		}
	}
	for i, n := range held {
		require.InDelta(t, 0.95, float64(n)/seeds, 0.01, "P%v", percentiles[i])
	}
}

// A simulation stops by the width of an interval, on a doubling schedule.
func TestStopping(t *testing.T) {
	t.Parallel()
	numbers(t)
	m := hundred(false)
	o := quant.Options{Method: quant.Simulation, Iterations: 1000, HalfWidth: 15, MaxIterations: 1 << 20, Percentiles: []float64{0.5, 0.8}}
	r := analyze(t, m, o)
	require.True(t, r.Precise)
	require.Equal(t, int64(0), r.Iterations%1000)
	require.Greater(t, r.Iterations, int64(1000))
	p80, _ := r.Cost.Percentile(0.8)
	require.LessOrEqual(t, p80.HalfWidth(), 15.0)
	fixed := quant.Options{Method: quant.Simulation, Iterations: r.Iterations, Percentiles: o.Percentiles}
	require.Empty(t, cmp.Diff(r.Cost, analyze(t, m, fixed).Cost), "as if that many had been asked for")
	half := fixed
	half.Iterations /= 2
	p80, _ = analyze(t, m, half).Cost.Percentile(0.8)
	require.Greater(t, p80.HalfWidth(), 15.0, "and not one doubling earlier")
	o.HalfWidth, o.MaxIterations = 1e-9, 5000
	r = analyze(t, m, o)
	require.False(t, r.Precise)
	require.Equal(t, int64(5000), r.Iterations)
}
