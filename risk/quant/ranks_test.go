package quant_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/risk/quant"
)

// The ranks of reference, and their coverage.
func TestPercentileRanks(t *testing.T) {
	t.Parallel()
	var cases []struct {
		N        int64
		P        float64
		Lower    int64 `json:"lower_rank_1based"`
		Upper    int64 `json:"upper_rank_1based"`
		Coverage float64
	}
	load(t, "percentile_ci_ranks.json", &cases)
	require.NotEmpty(t, cases)
	for _, c := range cases {
		lo, hi, coverage, err := quant.PercentileRanks(c.N, c.P, 0.95)
		require.NoError(t, err)
		require.Equal(t, [2]int64{c.Lower, c.Upper}, [2]int64{lo, hi}, "%+v", c)
		require.InDelta(t, c.Coverage, coverage, 1e-10, "%+v", c)
	}
	for _, bad := range []struct {
		n        int64
		p, level float64
		want     error
	}{
		{0, 0.5, 0.95, quant.ErrRange},
		{10, 1, 0.95, quant.ErrRange},
		{10, math.NaN(), 0.95, quant.ErrRange},
		{10, 0.5, 1, quant.ErrRange},
		{10, 0.99, 0.95, quant.ErrTooFew},
		{10, 0.01, 0.95, quant.ErrTooFew},
		{1, 0.5, 0.95, quant.ErrTooFew},
	} {
		_, _, _, err := quant.PercentileRanks(bad.n, bad.p, bad.level)
		require.ErrorIs(t, err, bad.want, "%+v", bad)
	}
}

func TestQuantileTypes(t *testing.T) {
	t.Parallel()
	var c struct {
		Data    []float64
		Inverse quantiles `json:"inverted_cdf"`
		Linear  quantiles
	}
	load(t, "quantile_types.json", &c)
	rand.New(rand.NewPCG(1, 2)).Shuffle(len(c.Data), func(i, k int) { c.Data[i], c.Data[k] = c.Data[k], c.Data[i] })
	for kind, want := range map[quant.QuantileType]quantiles{quant.InverseCDF: c.Inverse, quant.Linear: c.Linear} {
		want.all(t, func(p, v float64) {
			got, ok := kind.Of(c.Data, p)
			require.True(t, ok)
			require.InDelta(t, v, got, 1e-13, "%v at %v", kind, p)
		})
		lo, _ := kind.Of(c.Data, 0)
		hi, _ := kind.Of(c.Data, 1)
		require.Equal(t, []float64{1, 37}, []float64{lo, hi})
	}
	for _, bad := range [][]float64{nil, {1, math.NaN()}, {math.Inf(1)}} {
		_, ok := quant.InverseCDF.Of(bad, 0.5)
		require.False(t, ok)
	}
	_, ok := quant.QuantileType(9).Of([]float64{1}, 0.5)
	require.False(t, ok)
	_, ok = quant.Linear.Of([]float64{1}, math.NaN())
	require.False(t, ok)
}
