package selection_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/kpi/internal/selection"
)

func TestAtEqualsSorted(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	draws := map[string]func() int64{
		"small range": func() int64 { return rng.Int64N(40) - 20 },
		"large range": func() int64 { return int64(rng.Uint64()) },
		"exponential": func() int64 { return int64(1) << rng.IntN(62) },
		"all equal":   func() int64 { return math.MinInt64 },
		"outliers":    func() int64 { return []int64{math.MinInt64, math.MaxInt64, rng.Int64N(9)}[min(2, rng.IntN(500))] },
		"crowded":     func() int64 { return rng.Int64N(1<<20) << (rng.IntN(3) * 20) },
	}
	for name, draw := range draws {
		for _, n := range []int{1, 2, 511, 513, 5000, 40_000} {
			values := make([]int64, n)
			for i := range values {
				values[i] = draw()
			}
			before := slices.Clone(values)
			ranks := []int{0, n - 1}
			for range 9 {
				ranks = append(ranks, rng.IntN(n))
			}
			slices.Sort(ranks)
			got := selection.At(values, ranks)
			require.Equal(t, before, values, "not changed")
			short := make([]int32, n)
			for i, v := range values {
				short[i] = int32(v)
			}
			gotShort := selection.At(short, ranks)
			slices.Sort(short)
			slices.Sort(before)
			for i, rank := range ranks {
				require.Equal(t, before[rank], got[i], "%s: rank %d of %d", name, rank, n)
				require.Equal(t, short[rank], gotShort[i], "%s: rank %d of %d of 32 bits", name, rank, n)
			}
		}
	}
	require.Empty(t, selection.At[int64](nil, nil))
}
