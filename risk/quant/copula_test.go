package quant_test

import (
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/risk/quant"
)

// Draws of a Gaussian copula have the rank correlations that were asked for.
func TestDrawnRankCorrelations(t *testing.T) {
	t.Parallel()
	numbers(t)
	for _, rho := range []float64{-0.8, 0.3, 0.95, 1} {
		m := &quant.Model{
			Risks: []quant.Risk{{ID: "a", P: 1, Severity: lognormalP10P90(1, 9)}, {ID: "b", P: 1, Delay: nil, Severity: uniform(0, 1)}},
			Pairs: []quant.Pair{{A: "a", B: "b", Severity: rho}},
		}
		both, _, err := m.Draw(t.Context(), quant.Options{Iterations: 20_000})
		require.NoError(t, err)
		m.Risks[1].Severity = sure(0)
		first, _, err := m.Draw(t.Context(), quant.Options{Iterations: 20_000})
		require.NoError(t, err)
		second := make([]float64, len(both))
		for i := range both {
			second[i] = both[i] - first[i]
		}
		require.InDelta(t, rho, spearmanOf(first, second), 0.02, "%v", rho)
	}
}

func spearmanOf(a, b []float64) float64 {
	rank := func(x []float64) []float64 {
		order := make([]int, len(x))
		for i := range order {
			order[i] = i
		}
		slices.SortFunc(order, func(i, k int) int {
			if x[i] < x[k] {
				return -1
			}
			return 1
		})
		out := make([]float64, len(x))
		for r, i := range order {
			out[i] = float64(r)
		}
		return out
	}
	p, q := rank(a), rank(b)
	n := float64(len(a))
	sum := 0.0
	for i := range p {
		sum += (p[i] - q[i]) * (p[i] - q[i])
	}
	return 1 - 6*sum/(n*(n*n-1))
}

// Pairs that no single factor explains are drawn, and the result says why; a joint of
// a caller's that does not fit the exact method too.
func TestGeneralCorrelation(t *testing.T) {
	t.Parallel()
	m := &quant.Model{
		Risks: []quant.Risk{{ID: "a", P: 1, Severity: normal(0, 1)}, {ID: "b", P: 1, Severity: normal(0, 1)}, {ID: "c", P: 1, Severity: normal(0, 1)}, {ID: "d", P: 1, Severity: normal(0, 1)}},
		Pairs: []quant.Pair{{A: "a", B: "b", Severity: 0.5}, {A: "b", B: "c", Severity: 0.5}, {A: "c", B: "d", Severity: 0.5}},
	}
	_, err := m.Analyze(t.Context(), quant.Options{Method: quant.Exact})
	require.ErrorIs(t, err, quant.ErrNotExact)
	require.ErrorContains(t, err, `the pairs of "a" follow no common factor`)
	numbers(t)
	r := analyze(t, m, quant.Options{Iterations: 1 << 17})
	require.Equal(t, quant.Simulation, r.Method)
	require.Equal(t, `the pairs of "a" follow no common factor`, r.Why)
	// A sum of normals is normal: its percentiles are known.
	sd := math.Sqrt(4 + 6*quant.Latent(0.5))
	require.InDelta(t, sd, r.Cost.SD.Value, 1e-9)
	for _, q := range r.Cost.Quantiles {
		require.InDelta(t, sd*quant.NormQuantile(q.P), q.Value, 0.05, "P%v", q.P)
	}
}
