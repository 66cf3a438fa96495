package quant_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/risk/quant"
)

// The register's shares and rank correlations, against four million iterations.
func TestSensitivities(t *testing.T) {
	t.Parallel()
	numbers(t)
	reg := loadRegister(t)
	m := reg.correlated()
	rows, err := m.Sensitivities(t.Context(), 0.8, quant.Options{Iterations: 1 << 14, Seed: 4})
	require.NoError(t, err)
	require.Len(t, rows, 30)
	exact := analyze(t, m, quant.Options{Percentiles: []float64{0.8}}).Cost.Quantiles[0].Value
	index := make(map[string]int)
	for i, k := range m.Risks {
		index[k.ID] = i
	}
	for i, s := range rows {
		k := index[s.ID]
		share, ok := s.Share()
		require.True(t, ok)
		require.InDelta(t, reg.Share[k], share, 4.5*reg.ShareSE[k], s.ID)
		require.True(t, s.Ranked)
		want := reg.Spearman[k]
		require.InDelta(t, want, s.Spearman, 4.5/math.Sqrt(1<<14)+4.5*reg.SpearmanSE[k], s.ID)
		if i > 0 {
			require.LessOrEqual(t, s.Swing(), rows[i-1].Swing(), "a tornado")
		}
		if m.Risks[k].Severity.Mean() > 0 {
			require.LessOrEqual(t, s.Without, exact+6000, s.ID)
			require.GreaterOrEqual(t, s.Certain, s.Without, s.ID)
		} else {
			require.Less(t, s.Certain, s.Without, "an opportunity")
		}
	}
}

func TestSensitivityCorners(t *testing.T) {
	t.Parallel()
	m := &quant.Model{
		Risks:    []quant.Risk{{ID: "sure", P: 1, Severity: sure(10)}, {ID: "days", P: 0.5, Delay: sure(3)}, {ID: "never", Severity: sure(5)}, {ID: "vary", P: 1, Severity: uniform(0, 1)}},
		Base:     100,
		Systemic: uniform(1, 2),
	}
	rows, err := m.Sensitivities(t.Context(), 0.5, quant.Options{Iterations: 5000})
	require.NoError(t, err)
	byID := make(map[string]quant.Sensitivity)
	for _, r := range rows {
		byID[r.ID] = r
	}
	require.False(t, byID["sure"].Ranked)
	require.False(t, byID["days"].Ranked)
	require.True(t, byID["vary"].Ranked)
	require.Zero(t, byID["sure"].Swing())
	require.InDelta(t, 1.5*15, (byID["sure"].Certain-byID["sure"].Without)*1.5, 1.5)
	require.InDelta(t, 7.5, byID["never"].Certain-byID["never"].Without, 0.3, "as if it could happen")
	require.Equal(t, "vary", rows[0].ID)
	_, err = m.Sensitivities(t.Context(), 0, quant.Options{})
	require.ErrorIs(t, err, quant.ErrRange)
}
