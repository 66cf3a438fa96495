package quant_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/risk/quant"
)

// Selection agrees with sorting, whatever the values.
func TestOrderStatistics(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2))
	kinds := []func() float64{
		r.NormFloat64,
		func() float64 { return math.Max(0, r.NormFloat64()) * 1e9 },
		func() float64 { return math.Exp(100*r.NormFloat64()) - 1 },
		func() float64 { return float64(r.IntN(3)) - 1 },
		func() float64 { return math.Copysign(0, r.NormFloat64()) },
	}
	for _, n := range []int{1, 2, 10, 1024, 5000, 60_000} {
		for _, draw := range kinds {
			x := make([]float64, n)
			for i := range x {
				x[i] = draw()
			}
			sorted := slices.Sorted(slices.Values(x))
			var ranks []int64
			for range 50 {
				ranks = append(ranks, 1+r.Int64N(int64(n)))
			}
			for i, got := range quant.OrderStatistics(x, ranks...) {
				require.Equal(t, sorted[ranks[i]-1]+0, got+0)
			}
		}
	}
}

func FuzzOrderStatistics(f *testing.F) {
	f.Add([]byte{1, 2, 3, 250, 0, 0, 7}, uint16(3))
	f.Fuzz(func(t *testing.T, data []byte, rank uint16) {
		var x []float64
		for i, b := range data {
			x = append(x, math.Ldexp(float64(int8(b)), int(b)%7*40-100)*float64(1+i%2))
		}
		if len(x) == 0 {
			return
		}
		for len(x) < 3000 {
			x = append(x, x...)
		}
		k := 1 + int64(rank)%int64(len(x))
		sorted := slices.Sorted(slices.Values(x))
		require.Equal(t, sorted[k-1]+0, quant.OrderStatistics(x, k)[0]+0)
	})
}
