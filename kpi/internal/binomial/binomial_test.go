package binomial_test

import (
	"encoding/csv"
	"math"
	"math/rand/v2"
	"os"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/kpi/internal/binomial"
)

func relative(got, want float64) float64 {
	if got == want {
		return 0
	}
	return math.Abs(got-want) / math.Abs(want)
}

func TestLimitsAgainstReference(t *testing.T) {
	f, err := os.Open("testdata/clopper_pearson.csv")
	require.NoError(t, err)
	defer func() { require.NoError(t, f.Close()) }()
	rows, err := csv.NewReader(f).ReadAll()
	require.NoError(t, err)
	require.Greater(t, len(rows), 150)
	for _, row := range rows[1:] {
		level, k, n := number(t, row[0]), integer(t, row[1]), integer(t, row[2])
		tail := (1 - level) / 2
		lo, hi := binomial.LowerLimit(k, n, tail), binomial.UpperLimit(k, n, tail)
		require.LessOrEqual(t, relative(lo, number(t, row[3])), 5e-14, "lower %v: %v", row, lo)
		require.LessOrEqual(t, relative(hi, number(t, row[4])), 5e-14, "upper %v: %v", row, hi)
	}
}

// The sum and the integral must meet where one takes over from the other.
func TestSumMeetsIntegral(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 60 {
		k := 100_000 + float64(rng.IntN(900_000))
		n := 2*k + float64(rng.IntN(1_000_000_000))
		p := k / n * (1 - 4*rng.Float64()/math.Sqrt(k))
		a, b := binomial.Series(k, n-k, p/(1-p)), binomial.Integral(k, n-k, p/(1-p))
		require.LessOrEqual(t, relative(a, b), 2e-12, "k=%v n=%v p=%v", k, n, p)
	}
}

func TestDevianceMatchesItsDefinition(t *testing.T) {
	for _, x := range []float64{1, 3, 17.5, 1e6} {
		for _, r := range []float64{0.01, 0.5, 0.95, 1.05, 2, 50} {
			m := x * r
			require.InEpsilon(t, x*math.Log(x/m)+m-x, binomial.Deviance(x, m), 1e-11)
		}
		require.Zero(t, binomial.Deviance(x, x))
	}
}

func TestMassSumsToOne(t *testing.T) {
	for _, n := range []int{2, 5, 16, 17, 40} {
		for _, p := range []float64{0.001, 0.3, 0.5, 0.9} {
			sum := math.Pow(1-p, float64(n)) + math.Pow(p, float64(n))
			for k := 1; k < n; k++ {
				sum += math.Exp(binomial.LogMass(float64(k), float64(n-k), p, 1-p))
			}
			require.InDelta(t, 1, sum, 2e-15*float64(n))
		}
	}
}

func TestHugeCountsStayCheapAndOrdered(t *testing.T) {
	const n = math.MaxInt64
	for _, k := range []int64{1, 1000, 1 << 40, n / 3, n / 2, n - (1 << 40), n - 1000, n - 1} {
		lo, hi := binomial.LowerLimit(k, n, 0.025), binomial.UpperLimit(k, n, 0.025)
		p := float64(k) / n
		require.True(t, lo > 0 && lo <= p && p <= hi && hi <= 1, "%v: %v %v %v", k, lo, p, hi)
		if k >= 1<<40 && k <= n-(1<<40) {
			half := 1.959963984540054 * math.Sqrt(p*(1-p)/n)
			require.InEpsilon(t, half, p-lo, 0.01)
			require.InEpsilon(t, half, hi-p, 0.01)
		}
	}
}

func TestExtremeTails(t *testing.T) {
	for _, tail := range []float64{0.5, 0.1, 1e-10, 1e-100, 1e-300} {
		for _, c := range [][2]int64{{1, 2}, {1, 1000}, {500, 1000}, {999, 1000}, {1_000_000, 3_000_000}} {
			k, n := c[0], c[1]
			lo, hi := binomial.LowerLimit(k, n, tail), binomial.UpperLimit(k, n, tail)
			p := float64(k) / float64(n)
			require.True(t, 0 < lo && lo <= p && p <= hi && hi <= 1, "%v %v: %v %v", c, tail, lo, hi)
		}
	}
	require.InEpsilon(t, 1e-150, binomial.LowerLimit(2, 3, 3e-300), 1e-12) // P(X ≥ 2 | 3) ≈ 3p²
}

func FuzzLimits(f *testing.F) {
	f.Add(int64(3), int64(10), 0.025)
	f.Add(int64(0), int64(1), 0.5)
	f.Add(int64(200_000), int64(1<<62), 1e-9)
	f.Fuzz(func(t *testing.T, k, n int64, tail float64) {
		if n < 1 || k < 0 || k > n || !(tail > 1e-300 && tail <= 0.5) {
			t.Skip()
		}
		lo, hi := binomial.LowerLimit(k, n, tail), binomial.UpperLimit(k, n, tail)
		p := float64(k) / float64(n)
		if !(0 <= lo && lo <= p && p <= hi && hi <= 1) {
			t.Fatalf("%d of %d at %v: %v to %v", k, n, tail, lo, hi)
		}
	})
}

func BenchmarkLimits(b *testing.B) {
	for _, c := range []struct {
		name string
		k, n int64
	}{{"small", 33, 120}, {"large", 40_000, 100_000}, {"huge", 1 << 50, 1 << 60}} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				binomial.LowerLimit(c.k, c.n, 0.025)
				binomial.UpperLimit(c.k, c.n, 0.025)
			}
		})
	}
}

func number(t *testing.T, s string) float64 {
	t.Helper()
	v, err := strconv.ParseFloat(s, 64)
	require.NoError(t, err)
	return v
}

func integer(t *testing.T, s string) int64 {
	t.Helper()
	v, err := strconv.ParseInt(s, 10, 64)
	require.NoError(t, err)
	return v
}
