package quant_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/risk/quant"
)

// Contingency is measured against a base, the reserve stands beside it (CP-17).
func TestContingency(t *testing.T) {
	t.Parallel()
	m := &quant.Model{Risks: []quant.Risk{{ID: "a", P: 1, Severity: normal(100, 10)}}}
	r := analyze(t, m, quant.Options{})
	c, err := r.Contingency(95, 0.1)
	require.NoError(t, err)
	require.InDelta(t, 5, c.P50.Value, 1e-9)
	require.InDelta(t, 5+10*quant.NormQuantile(0.8), c.P80.Value, 1e-9)
	require.InDelta(t, 5+10*quant.NormQuantile(0.9), c.P90.Value, 1e-9)
	require.InDelta(t, 5, c.Mean.Value, 1e-12)
	require.InDelta(t, 9.5, c.Reserve, 1e-12)
	requireSane(t, c.P80)
	_, err = r.Contingency(-1, math.NaN())
	require.ErrorContains(t, err, "base: out of range: -1")
	require.ErrorContains(t, err, "reserveShare: out of range: NaN")
	_, err = r.Contingency(1e99, 1e50)
	require.ErrorIs(t, err, quant.ErrRange)
	_, err = analyze(t, m, quant.Options{Percentiles: []float64{0.5}}).Contingency(0, 0)
	require.ErrorIs(t, err, quant.ErrMissing)
	require.ErrorContains(t, err, "cost.quantiles[P80]: missing")
}
