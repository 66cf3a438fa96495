package quant_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/risk/quant"
)

func TestPhilox(t *testing.T) {
	t.Parallel()
	var cases []struct {
		Ctr, Key []string
		Out      string
	}
	load(t, "philox4x32_10_kat.json", &cases)
	require.Len(t, cases, 3)
	for _, c := range cases {
		var counter [4]uint32
		var key [2]uint32
		for i, s := range c.Ctr {
			counter[i] = hex(t, s)
		}
		for i, s := range c.Key {
			key[i] = hex(t, s)
		}
		out := quant.Philox(counter, key)
		require.Equal(t, c.Out, words(out[:]))
	}
	for _, first := range []int64{0, 4, 1 << 20, 1<<31 - 64, 1<<34 - 64, 1 << 34, 1<<50 + 64} {
		single, filled := quant.Stream(99, "R-7", first, 64)
		require.Equal(t, single, filled, "the rounds taken out of the loop agree with all ten")
	}
	a, _ := quant.Stream(1, "a", 0, 8)
	b, _ := quant.Stream(2, "a", 0, 8)
	c, _ := quant.Stream(1, "b", 0, 8)
	require.NotEqual(t, a, b)
	require.NotEqual(t, a, c)
}

// Numbers made of random bits stay strictly between 0 and 1 and keep the digits of
// both ends.
func TestUnitNumbers(t *testing.T) {
	t.Parallel()
	require.Greater(t, quant.UnitOf(0), 0.0)
	require.Less(t, quant.UnitOf(0), 1e-19)
	require.Less(t, quant.UnitOf(math.MaxUint64), 1.0)
	require.Equal(t, 0.5, quant.UnitOf(1<<63))
	for _, p := range []float64{1e-12, 1e-3, 0.3, 1 - 1e-12, 1} {
		limit := quant.Share(1 - p)
		require.InEpsilon(t, 1-p+1, float64(limit)*0x1p-64+1, 1e-15)
		require.Greater(t, quant.RestOf(limit, limit), 0.0)
		require.Less(t, quant.RestOf(math.MaxUint64, limit), 1.0)
		require.InDelta(t, 0.5, quant.RestOf(limit+(math.MaxUint64-limit)/2, limit), 1e-6)
	}
	require.Equal(t, uint64(math.MaxUint64), quant.Share(1))
}
