package quant_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/risk/quant"
)

// The inverse tables hold to 1e-8 of the range, for every kind of distribution and
// for those of a caller's own.
func TestInverseTables(t *testing.T) {
	t.Parallel()
	numbers(t)
	for _, d := range everyKind() {
		var u []float64
		for i := 1; i < 1500; i++ {
			tail := math.Exp2(-float64(i) / 75)
			u = append(u, float64(i)/1500, tail, 1-tail)
		}
		width := d.Quantile(1-0x1p-17) - d.Quantile(0x1p-17)
		if _, compound := d.(quant.Poisson); compound {
			continue // never a severity
		}
		if _, compound := d.(quant.Bernoulli); compound {
			continue
		}
		for _, s := range []quant.Dist{d, own{d}} {
			for i, x := range quant.Sampled(s, u...) {
				require.InDelta(t, d.Quantile(u[i]), x, 1e-8*width+1e-300, "%v at %v", d, u[i])
			}
		}
	}
}

// own hides of which kind a distribution is.
type own struct{ quant.Dist }

func TestPhiTables(t *testing.T) {
	t.Parallel()
	numbers(t)
	for z := -12.0; z < 12; z += 0.00137 {
		want := quant.NormCDF(z)
		require.InDelta(t, want, quant.PhiTable(z), 1e-11, z)
		require.LessOrEqual(t, float64(quant.PhiLimit(z)), want*0x1p32, z)
		require.GreaterOrEqual(t, float64(quant.PhiLimit(z+1.0/16)), want*(0x1p32-1)-2, z)
	}
}
