package quant_test

import (
	"math"
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/risk/quant"
)

// For whole a and b the incomplete beta function is a binomial sum.
func TestIncompleteBeta(t *testing.T) {
	t.Parallel()
	numbers(t)
	for _, n := range []int64{1, 2, 5, 40, 300} {
		for _, x := range []float64{1e-9, 0.01, 0.3, 0.5, 0.77, 0.999} {
			for a := int64(1); a <= n; a += 1 + n/7 {
				lower, upper := quant.BetaTails(float64(a), float64(n-a+1), x)
				want := binomialTail(n, a, x)
				if want < 1e-290 {
					continue
				}
				require.InEpsilon(t, want, lower, 2e-13, "a=%d n=%d x=%v", a, n, x)
				require.InDelta(t, 1-want, upper, 2e-13)
			}
		}
	}
}

// binomialTail returns P(B ≥ a) in 200 binary digits.
func binomialTail(n, a int64, x float64) float64 {
	p := new(big.Float).SetPrec(200).SetFloat64(x)
	q := new(big.Float).SetPrec(200).Sub(big.NewFloat(1).SetPrec(200), p)
	sum := new(big.Float).SetPrec(200)
	for k := a; k <= n; k++ {
		term := new(big.Float).SetPrec(200).SetInt(new(big.Int).Binomial(n, k))
		for range k {
			term.Mul(term, p)
		}
		for range n - k {
			term.Mul(term, q)
		}
		sum.Add(sum, term)
	}
	f, _ := sum.Float64()
	return f
}

func TestBetaQuantile(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(3, 4))
	for range 3000 {
		a, b := 1+math.Exp(6*r.Float64()), 1+math.Exp(6*r.Float64())
		p := math.Exp(-40 * r.Float64())
		if r.IntN(2) == 0 {
			p = r.Float64()
		}
		x := quant.BetaQuantile(a, b, p)
		lower, _ := quant.BetaTails(a, b, x)
		require.InEpsilon(t, p, lower, 1e-12*(1+a+b), "a=%v b=%v p=%v x=%v", a, b, p, x)
	}
	require.Zero(t, quant.BetaQuantile(2, 3, 0))
	require.Equal(t, 1.0, quant.BetaQuantile(2, 3, 1))
}

func TestStudentAndPoisson(t *testing.T) {
	t.Parallel()
	require.InDelta(t, 2.0395134, quant.StudentT(0.975, 31), 1e-7) // printed tables
	require.InDelta(t, 12.7062047, quant.StudentT(0.975, 1), 1e-6)
	for _, rate := range []float64{1e-9, 0.1, 1.12, 37, 1000} {
		cum := quant.PoissonCDF(rate)
		require.InEpsilon(t, 1+math.Exp(-rate), 1+cum[0], 1e-12)
		require.Equal(t, 1.0, cum[len(cum)-1])
		require.True(t, slices.IsSorted(cum))
		mean := 0.0
		for _, c := range cum {
			mean += 1 - c
		}
		require.InEpsilon(t, rate, mean, 1e-6)
	}
}
