package quant_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/risk/quant"
)

// The normal quantile inverts the CDF to some units in the last place.
func TestNormalQuantile(t *testing.T) {
	t.Parallel()
	for e := 0.1; e < 300; e *= 1.13 {
		p := math.Pow(10, -e)
		z := quant.NormQuantile(p)
		require.InEpsilon(t, p, quant.NormCDF(z), 3e-16*(2+z*z), "p = %v", p)
		if p > 1e-15 {
			require.InEpsilon(t, 1-p, quant.NormCDF(quant.NormQuantile(1-p)), 1e-15)
		}
	}
	require.InEpsilon(t, 1.9599639845400542, quant.NormQuantile(0.975), 2e-16)
	require.InEpsilon(t, -3.090232306167813, quant.NormQuantile(0.001), 3e-16)
	require.Zero(t, quant.NormQuantile(0.5))
	require.Equal(t, -37.5, quant.NormQuantile(0))
	require.Equal(t, 37.5, quant.NormQuantile(1))
	require.Equal(t, -37.5, quant.NormQuantile(math.NaN()))
	require.GreaterOrEqual(t, quant.NormQuantile(math.SmallestNonzeroFloat64), -37.5)
}
