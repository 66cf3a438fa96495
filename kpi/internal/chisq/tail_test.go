package chisq_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/kpi/internal/chisq"
)

// Closed forms, and values of published tables to the digits they have.
func TestTail(t *testing.T) {
	require.Equal(t, 1.0, chisq.Tail(0, 3))
	require.Equal(t, 0.0, chisq.LogTail(0, 3))
	for _, c := range []struct {
		x    float64
		df   int
		want float64
		tol  float64
	}{
		{3.841458820694124, 1, 0.05, 1e-14},
		{5.991464547107979, 2, 0.05, 1e-14},
		{7.814727903251179, 3, 0.05, 1e-14},
		{18.307038053275146, 10, 0.05, 1e-14},
		{124.34211340400407, 100, 0.05, 1e-13},
		{10.3267419548856, 1, 0.00131116452035551, 1e-13},
		{1e-9, 2, 1 - 5e-10, 1e-15},
		{2, 4, 2 * math.Exp(-1), 1e-15},
	} {
		require.InEpsilon(t, c.want, chisq.Tail(c.x, c.df), c.tol, "x=%v df=%d", c.x, c.df)
	}
}

func TestLogTailFarOut(t *testing.T) {
	require.InEpsilon(t, -5e5, chisq.LogTail(1e6, 2), 1e-15)
	require.InEpsilon(t, -5e5+math.Log1p(5e5), chisq.LogTail(1e6, 4), 1e-15)
	require.Equal(t, 0.0, chisq.Tail(1e6, 2))
	require.Equal(t, 0.0, chisq.Tail(1e300, 7))
	require.False(t, math.IsInf(chisq.LogTail(1e300, 7), 0))
	// Both ways of computing erfc meet.
	at := 2 * 20.0 * 20.0
	require.InEpsilon(t, chisq.LogTail(math.Nextafter(at, 0), 1), chisq.LogTail(at, 1), 1e-14)
}

// The tail is the integral of the density, checked by Simpson's rule, whose own error is near 1e-9 here.
func TestTailAgainstDensity(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 60 {
		df := 1 + rng.IntN(60)
		a := (0.2 + 2*rng.Float64()) * float64(df)
		b := a + rng.Float64()*10
		got := chisq.Tail(a, df) - chisq.Tail(b, df)
		require.InDelta(t, simpson(a, b, df), got, 1e-8, "df=%d from %v to %v", df, a, b)
	}
}

func simpson(a, b float64, df int) float64 {
	k := float64(df) / 2
	gamma, _ := math.Lgamma(k)
	density := func(x float64) float64 {
		return math.Exp((k-1)*math.Log(x) - x/2 - k*math.Ln2 - gamma)
	}
	const n = 2000
	h := (b - a) / n
	sum := density(a) + density(b)
	for i := 1; i < n; i++ {
		sum += density(a+float64(i)*h) * float64(2+2*(i%2))
	}
	return sum * h / 3
}

// More degrees of freedom, more tail; larger x, less.
func TestTailIsMonotone(t *testing.T) {
	for df := 1; df < 200; df++ {
		for _, x := range []float64{1e-3, 0.5, 3, 50, 300, 2000} {
			require.LessOrEqual(t, chisq.LogTail(x, df), chisq.LogTail(x, df+1)+1e-12)
			require.LessOrEqual(t, chisq.LogTail(x*1.1, df), chisq.LogTail(x, df)+1e-12)
		}
	}
}
