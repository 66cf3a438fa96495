package main

import (
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

// drawn checks the mean and the variance of draws, and that all are above a limit.
func drawn(t *testing.T, mean, variance, above float64, draw func() float64) {
	t.Helper()
	const n = 50_000
	sum, squares, least := 0.0, 0.0, math.Inf(1)
	for range n {
		x := draw()
		least = min(least, x)
		sum += x
		squares += (x - mean) * (x - mean)
	}
	require.Greater(t, least, above)
	require.InDelta(t, mean, sum/n, 5*math.Sqrt(variance/n))
	require.InEpsilon(t, variance, squares/n, 0.1)
}

func TestDistributions(t *testing.T) {
	r := newRandom(7)
	below := math.Inf(-1)
	drawn(t, 0.5, 1.0/12, 0, r.uniform)
	drawn(t, -0.5, 1.0/12, -1, func() float64 { return -r.uniform() })
	drawn(t, 1, 1, 0, r.exponential)
	drawn(t, 0, 1, below, r.normal)
	for _, shape := range []float64{0.2, 0.3, 0.95, 1, 2.5, 6, 100} {
		drawn(t, shape, shape, -1e-300, func() float64 { return r.gamma(shape) })
	}
	drawn(t, 3, 1.5, 0, func() float64 { return gamma{shape: 6, rate: 2}.draw(r) })
	drawn(t, 4.5, 99.0/12, -1, func() float64 { return float64(r.below(10)) })
}

// The draws are distributed as they should be, by the test of Kolmogorov and
// Smirnov; where the gamma distribution function is an elementary one.
func TestShapes(t *testing.T) {
	const n = 20_000
	most := 1.95 / math.Sqrt(n) // exceeded once in a thousand seeds
	r := newRandom(11)
	check := func(draw func() float64, cdf func(float64) float64) {
		t.Helper()
		xs := make([]float64, n)
		for i := range xs {
			xs[i] = draw()
		}
		slices.Sort(xs)
		farthest := 0.0
		for i, x := range xs {
			farthest = max(farthest, math.Abs(cdf(x)-(float64(i)+0.5)/n))
		}
		require.Less(t, farthest, most)
	}
	exponential := func(x float64) float64 { return -math.Expm1(-x) }
	check(r.exponential, exponential)
	check(func() float64 { return r.gamma(1) }, exponential)
	check(func() float64 { return r.gamma(0.5) }, func(x float64) float64 { return math.Erf(math.Sqrt(x)) })
	check(func() float64 { return r.gamma(2) }, func(x float64) float64 { return 1 - (1+x)*math.Exp(-x) })
	check(r.normal, func(x float64) float64 { return math.Erfc(-x/math.Sqrt2) / 2 })
}

func TestBelow(t *testing.T) {
	r := newRandom(3)
	seen := map[int64]int{}
	for range 6000 {
		seen[r.below(6)]++
	}
	require.Len(t, seen, 6)
	for x, n := range seen {
		require.True(t, x >= 0 && x < 6)
		require.InDelta(t, 1000, n, 150)
	}
	require.Zero(t, r.below(1))
	require.True(t, r.oneIn(1))
}
