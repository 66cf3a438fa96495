package quantile_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/exp/stats"

	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/kpi/internal/quantile"
)

// TestSecondOpinion holds type 7 against golang.org/x/exp/stats, which
// interpolates in floating point: they agree to its rounding.
func TestSecondOpinion(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 7))
	for range 500 {
		values := make([]float64, 1+rng.IntN(50))
		for i := range values {
			values[i] = float64(rng.IntN(40)) / 4
		}
		slices.Sort(values)
		k, n := rng.Int64N(21), int64(20)
		got, ok := quantile.Floats(values, ratio.New(k, n), quantile.Type7)
		require.True(t, ok)
		want := stats.Quantiles(values, float64(k)/float64(n))[0]
		require.InDelta(t, want, got, 1e-12, "%v at %d/%d", values, k, n)
	}
}
