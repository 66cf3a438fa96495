package finance_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/kpi/finance"
)

// Bisection and the proof of Descartes' rule find the same roots, simple, multiple and
// close together, of dense polynomials and of those by days.
func TestBothWaysAgree(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	done := 0
	for range 40 {
		product := []int64{1}
		for range 1 + rng.IntN(4) {
			a, b := 1+rng.Int64N(40), 1+rng.Int64N(40)
			factor := []int64{a, -b}
			switch rng.IntN(4) {
			case 0: // two roots close together, or none
				factor = []int64{a * a, -2 * a * b, b*b + rng.Int64N(3) - 1}
			case 1: // no positive root
				factor = []int64{a, b - 20, 400}
			}
			product = times(product, factor)
			if rng.IntN(4) == 0 {
				product = times(product, factor)
			}
		}
		d := make([]int64, len(product))
		for i := range d {
			d[i] = int64(i)
		}
		if rng.IntN(2) == 0 { // any exponents, so no longer these roots
			for i := 1; i < len(d); i++ {
				d[i] = d[i-1] + 1 + rng.Int64N(60)
			}
		}
		bisected, turned, ok := finance.BothWays(product, d)
		if ok {
			done++
			require.Equal(t, turned, bisected, "%v %v", product, d)
		}
	}
	require.Greater(t, done, 25, "bisection gives up too often")
}

func times(p, q []int64) []int64 {
	product := make([]int64, len(p)+len(q)-1)
	for i, a := range p {
		for j, b := range q {
			product[i+j] += a * b
		}
	}
	return product
}

// The most sign changes that flows can have: every time. All rates are found in a
// fraction of a second; following Descartes' rule through all changes took many.
func TestRatesOfAlternatingFlows(t *testing.T) {
	flows := make([]float64, 241)
	for i := range flows {
		flows[i] = float64(100 + i%7)
		if i%2 == 1 {
			flows[i] = -flows[i] - 0.01
		}
	}
	r, err := finance.IRR(flows)
	require.NoError(t, err)
	require.Equal(t, 240, r.SignChanges)
	require.Zero(t, len(r.Rates)%2)
	for _, s := range naiveRates(flows) {
		require.InDelta(t, s, r.Nearest(s).Value, 1e-6*(1+s))
	}
}

// More sign changes than can be followed, and rates far beyond float64, are refused and
// not worked on for hours.
func TestTooManySignChanges(t *testing.T) {
	flows := make([]float64, 300)
	for i := range flows {
		flows[i] = float64(i%2*2-1) * math.MaxFloat64
	}
	flows[0] = -math.SmallestNonzeroFloat64
	_, err := finance.IRR(flows)
	require.ErrorIs(t, err, verdict.ErrRange)
	require.ErrorContains(t, err, "299 sign changes")
	r := irr(t, flows[:20]...) // few are followed
	require.Equal(t, 19, r.SignChanges)
	require.NotZero(t, len(r.Rates)+r.Beyond)
}
