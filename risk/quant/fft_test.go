package quant_test

import (
	"math"
	"math/cmplx"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/risk/quant"
)

// The fast transforms agree with the sums that define them.
func TestFourier(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(5, 6))
	for n := 4; n <= 1024; n *= 2 {
		root := func(k int) complex128 {
			k &= n - 1 // the angle stays small, and exact
			return cmplx.Exp(complex(0, -2*math.Pi*float64(k)/float64(n)))
		}
		for _, length := range []int{n, n - 1, n/2 + 1, 1} {
			x := make([]float64, length)
			for i := range x {
				x[i] = r.NormFloat64()
			}
			for k, got := range quant.Forward(x, n) {
				var want complex128
				for j, v := range x {
					want += complex(v, 0) * root(j*k)
				}
				require.Less(t, cmplx.Abs(want-got), 1e-12*float64(n), "n=%d k=%d", n, k)
			}
		}
		c := make([]complex128, n/2-n/4)
		for i := range c {
			c[i] = complex(r.NormFloat64(), r.NormFloat64())
		}
		for j, got := range quant.Series(c, n) {
			want := real(c[0])
			for k := 1; k < len(c); k++ {
				want += 2 * real(c[k]*cmplx.Conj(root(j*k)))
			}
			require.InDelta(t, want, got, 1e-12*float64(n), "n=%d j=%d", n, j)
		}
	}
}
