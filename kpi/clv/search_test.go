package clv_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/kpi/clv"
)

// rosenbrock has a curved valley with its minimum at (1, 1).
func rosenbrock(at, gradient []float64) float64 {
	x, y := at[0], at[1]
	gradient[0], gradient[1] = -400*x*(y-x*x)-2*(1-x), 200*(y-x*x)
	return 100*(y-x*x)*(y-x*x) + (1-x)*(1-x)
}

func TestSearchFollowsAValley(t *testing.T) {
	for _, start := range [][]float64{{-1.2, 1}, {0, 0}, {5, -5}, {-10, 10}} {
		at, status := clv.Minimize(rosenbrock, start)
		require.Equal(t, clv.Converged, status)
		require.InDelta(t, 1, at[0], 1e-9)
		require.InDelta(t, 1, at[1], 1e-9)
	}
}

// Where the gradient is wrong, the simplex goes on.
func TestSearchSurvivesABadGradient(t *testing.T) {
	broken := 0
	at, _ := clv.Minimize(func(at, gradient []float64) float64 {
		v := rosenbrock(at, gradient)
		if v > 0.5 { // far away it points uphill
			broken++
			gradient[0], gradient[1] = -gradient[0], -gradient[1]
		}
		return v
	}, []float64{-1.2, 1})
	require.Positive(t, broken)
	require.InDelta(t, 1, at[0], 1e-3)

	noise := rand.New(rand.NewPCG(1, 2)) // and where it is noise
	at, status := clv.Minimize(func(at, gradient []float64) float64 {
		gradient[0], gradient[1] = noise.NormFloat64(), noise.NormFloat64()
		return (at[0]-2)*(at[0]-2) + (at[1]+1)*(at[1]+1)
	}, []float64{0, 0})
	require.NotEqual(t, clv.Converged, status)
	require.InDelta(t, 2, at[0], 0.5)
	require.InDelta(t, -1, at[1], 0.5)
}

func TestSearchEndsAtWalls(t *testing.T) {
	_, status := clv.Minimize(func(at, gradient []float64) float64 { // falls for ever
		gradient[0], gradient[1] = 1, 2*at[1]
		return at[0] + at[1]*at[1]
	}, []float64{0, 1})
	require.Equal(t, clv.Boundary, status)
	_, status = clv.Minimize(func(_, gradient []float64) float64 { // flat
		gradient[0] = 0
		return 3
	}, []float64{0})
	require.Equal(t, clv.Boundary, status)
	_, status = clv.Minimize(func(_, gradient []float64) float64 { // no number at all
		gradient[0] = math.NaN()
		return math.NaN()
	}, []float64{0})
	require.NotEqual(t, clv.Converged, status)
}

// Both ways to expected purchases give the same where both work.
func TestPurchasesTwins(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	for range 600 {
		r, tau := math.Exp(7*rng.Float64()-4), math.Exp(5*rng.Float64()-4)
		a, b := math.Exp(14*rng.Float64()-7), math.Exp(14*rng.Float64()-7)
		if r*tau > 200 {
			continue
		}
		require.InEpsilon(t, clv.PurchasesSeries(r, tau, a, b), clv.PurchasesIntegral(r, tau, a, b), 1e-12, "%v %v %v %v", r, tau, a, b)
	}
}
