package quant_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/risk/quant"
)

func TestOptions(t *testing.T) {
	t.Parallel()
	nan := math.NaN()
	m := &quant.Model{Risks: []quant.Risk{{ID: "a", P: 0.5, Severity: sure(1)}}}
	_, err := m.Analyze(t.Context(), quant.Options{
		Method: 9, Percentiles: []float64{0, nan}, CostAbove: []float64{nan}, DelayAbove: []float64{math.Inf(1)}, Level: 1, StopAt: 2,
		HalfWidth: -1, Iterations: -1, MaxIterations: 1 << 40, CurvePoints: -5, Workers: -1,
	})
	for _, want := range []string{
		"options: unknown: method(9), additive, inverse_cdf", "options.percentiles[0]: out of range: 0, want more than 0 and less than 1",
		"options.percentiles[1]: out of range: NaN", "options.costAbove[0]: out of range: NaN", "options.delayAbove[0]: out of range: +Inf",
		"options.level: out of range: 1", "options.stopAt: out of range: 2", "options.halfWidth: out of range: -1",
		"options.iterations: out of range: -1, want 1 to 2147483648", "options.maxIterations", "options.curvePoints: out of range: -5, want 1 to 10000",
		"options.workers: out of range: -1",
	} {
		require.ErrorContains(t, err, want)
	}
	_, err = m.Analyze(t.Context(), quant.Options{Method: quant.Simulation, Iterations: 100})
	require.ErrorIs(t, err, quant.ErrTooFew, "P99 from 100 draws")
	_, err = m.Analyze(t.Context(), quant.Options{Method: quant.Simulation, Iterations: 100, HalfWidth: 1, StopAt: 0.999})
	require.ErrorIs(t, err, quant.ErrTooFew)
	days := &quant.Model{Risks: []quant.Risk{{ID: "a", P: 0.5, Delay: sure(1)}}}
	_, err = days.Analyze(t.Context(), quant.Options{Method: quant.Simulation, Iterations: 1, Percentiles: []float64{0.5}, Delays: quant.Longest})
	require.ErrorIs(t, err, quant.ErrTooFew)
}

// An empty model costs its base, for certain.
func TestEmptyModels(t *testing.T) {
	t.Parallel()
	for _, m := range []*quant.Model{{}, {Base: 7}, {Base: 7, Risks: []quant.Risk{{ID: "a", P: 0.5}, {ID: "b", Severity: sure(3)}}}, {Base: 7, Systemic: sure(2)}} {
		for _, method := range []quant.Method{quant.Exact, quant.Simulation} {
			r := analyze(t, m, quant.Options{Method: method})
			want := m.Base
			if m.Systemic != nil {
				want *= 2
			}
			require.Equal(t, want, r.Cost.Mean.Value)
			for _, q := range r.Cost.Quantiles {
				require.Equal(t, want, q.Value)
			}
			require.Equal(t, []quant.Point{{Value: want, P: 0}}, r.Cost.Curve)
			require.Nil(t, r.Delay)
			for _, c := range r.Contributions {
				_, ok := c.Share()
				require.False(t, ok, "the total does not vary")
			}
		}
	}
	_, ok := (&quant.Total{}).Percentile(0.5)
	require.False(t, ok)
}
