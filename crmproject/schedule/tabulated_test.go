package schedule_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/schedule"
)

// The table is within 10⁻⁸ of the range of the exact quantile, ascends, and agrees
// with it at the ends; a point is a point.
func TestTabulated(t *testing.T) {
	for _, estimate := range []schedule.BetaPERT{
		{Optimistic: 8, MostLikely: 10, Pessimistic: 15}, {Optimistic: 0, MostLikely: 0, Pessimistic: 1},
		{Optimistic: 0, MostLikely: 1, Pessimistic: 1}, {Optimistic: 1, MostLikely: 2, Pessimistic: 3},
		{Optimistic: 5, MostLikely: 5.001, Pessimistic: 105}, {Optimistic: 1e6, MostLikely: 1.9e6, Pessimistic: 2e6},
	} {
		table, span, before := estimate.Tabulate(), estimate.Pessimistic-estimate.Optimistic, math.Inf(-1)
		for _, p := range probabilities() {
			got := table.Quantile(p)
			require.InDelta(t, estimate.Quantile(p), got, 1e-8*span, "%v at %v", estimate, p)
			require.GreaterOrEqual(t, got, before-1e-12*span)
			before = got
		}
		require.InDelta(t, estimate.Mean(), table.Mean(), 0)
		require.InDelta(t, estimate.Variance(), table.Variance(), 0)
	}
	point := schedule.BetaPERT{Optimistic: 3, MostLikely: 3, Pessimistic: 3}.Tabulate()
	require.InDelta(t, 3, point.Quantile(0.4), 0)
	require.True(t, math.IsNaN(point.Quantile(math.NaN())))
}

// probabilities are dense in the middle and reach far into both tails.
func probabilities() []float64 {
	all := []float64{0, 5e-324, 1e-300, 1e-16, 1e-10}
	for e := -9.0; e < -2; e += 0.05 {
		all = append(all, math.Pow(10, e))
	}
	for k := 100; k <= 9900; k++ {
		all = append(all, float64(k)/10_000)
	}
	for e := -2.05; e > -9; e -= 0.05 {
		all = append(all, 1-math.Pow(10, e))
	}
	return append(all, 1-1e-10, 1-1.0/(1<<53), 1)
}

// A simulation with tables is one with the exact quantiles, to the eye.
func TestTabulatedSimulation(t *testing.T) {
	d := generator{N: 60, Seed: 3, Window: 8}.definition()
	exact, tables := map[string]schedule.Spread{}, map[string]schedule.Spread{}
	for _, a := range d.Activities {
		if n := float64(a.Duration); n > 0 {
			e := schedule.BetaPERT{Optimistic: 0.8 * n, MostLikely: n, Pessimistic: 2 * n}
			exact[a.ID], tables[a.ID] = e, e.Tabulate()
		}
	}
	p, err := schedule.MustCompile(d).Offsets()
	require.NoError(t, err)
	a, err := p.Simulate(t.Context(), schedule.SimOptions{Spreads: exact, Iterations: 500})
	require.NoError(t, err)
	b, err := p.Simulate(t.Context(), schedule.SimOptions{Spreads: tables, Iterations: 500})
	require.NoError(t, err)
	require.InEpsilon(t, a.Mean.Value, b.Mean.Value, 1e-8)
	for _, q := range []float64{0.1, 0.5, 0.8, 0.95} {
		x, _ := a.Percentile(q)
		y, _ := b.Percentile(q)
		require.InEpsilon(t, x.Value, y.Value, 1e-7)
	}
}

func BenchmarkTabulatedQuantile(b *testing.B) {
	d := schedule.BetaPERT{Optimistic: 8, MostLikely: 10, Pessimistic: 15}.Tabulate()
	random := splitmix(1)
	b.ReportAllocs()
	for b.Loop() {
		d.Quantile((float64(random.next()>>12) + 0.5) / (1 << 52))
	}
}
