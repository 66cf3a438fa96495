package quant

import (
	"fmt"
	"math"
)

// A Normal is the Gaussian distribution. As a cost it has the fault of negative
// values; see [TruncatedNormal] and [Lognormal]. The zero Normal is the point 0.
type Normal struct{ mean, sd float64 }

// NewNormal returns the normal distribution; sd = 0 is the point mean. The error
// wraps [ErrRange] if sd is below 0 or a parameter is no number.
func NewNormal(mean, sd float64) (Normal, error) {
	var f faults
	f.number("mean", mean)
	f.notNegative("sd", sd)
	return Normal{mean, sd}, f.of("normal")
}

// CDF returns Φ((x − mean)/sd).
func (n Normal) CDF(x float64) float64 {
	if n.sd == 0 || math.IsNaN(x) {
		return step(n.mean, x)
	}
	return normCDF((x - n.mean) / n.sd)
}

// Quantile returns mean + sd·Φ⁻¹(p), to full precision; 37.5 standard deviations
// are the farthest.
func (n Normal) Quantile(p float64) float64 { return n.mean + n.sd*normQuantile(p) }

// Mean returns the mean.
func (n Normal) Mean() float64 { return n.mean }

// Var returns the square of the standard deviation.
func (n Normal) Var() float64 { return n.sd * n.sd }

// String returns "normal(100, 15)".
func (n Normal) String() string { return fmt.Sprintf("normal(%v, %v)", n.mean, n.sd) }

func (n Normal) atoms() (x, p []float64) { return pointAtom(n.mean, n.mean+n.sd) }

func (n Normal) slopes(x float64) (density, derivative float64) {
	z := (x - n.mean) / n.sd
	f := phi(z) / n.sd
	return f, -f * z / n.sd
}

func (n Normal) latent(x float64) float64 { return (x - n.mean) / n.sd }
