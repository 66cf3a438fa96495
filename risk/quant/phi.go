package quant

import "math"

// The standard normal distribution. Everything that needs a tail works in the
// nearer one: a probability close to 1 has lost the digits that its complement
// still has.

// phi returns the density at z.
func phi(z float64) float64 {
	const invSqrt2Pi = 0.398942280401432677939946059934
	return invSqrt2Pi * math.Exp(-0.5*z*z)
}

// normCDF returns P(Z ≤ z), to a relative error of about 1e-15 (1 + z²).
func normCDF(z float64) float64 { return 0.5 * math.Erfc(-z/math.Sqrt2) }

// normSF returns P(Z > z).
func normSF(z float64) float64 { return 0.5 * math.Erfc(z/math.Sqrt2) }

// lowestNormal is about the quantile of the smallest normal number, and the end
// of what normQuantile returns.
const lowestNormal = -37.5

// normQuantile returns z with P(Z ≤ z) = p, to full double precision. A p of 0
// or less gives lowestNormal, of 1 or more its negative.
func normQuantile(p float64) float64 {
	switch {
	case !(p > 0):
		return lowestNormal
	case p >= 1:
		return -lowestNormal
	case p > 0.9:
		return -lowerQuantile(1 - p) // 1 - p is exact here
	case p >= 0.1:
		return math.Sqrt2 * math.Erfinv(2*(p-0.5))
	default:
		return lowerQuantile(p)
	}
}

// lowerQuantile is the quantile for 0 < p ≤ 0.1. It starts from the expansion
// z² ≈ t − ln t with t = −2 ln(p√(2π)), and takes Halley steps on ln Φ(z) = ln p,
// which is nearly quadratic in z, so that they converge from afar.
func lowerQuantile(p float64) float64 {
	t := -2 * (math.Log(p) + 0.918938533204672741780329736406) // ½ ln 2π
	z := -math.Sqrt(math.Max(t-math.Log(math.Max(t, 1.2)), 1))
	for range 12 {
		c := normCDF(z)
		if c == 0 {
			return lowestNormal
		}
		g := math.Log1p((c - p) / p) // ln Φ(z) − ln p
		r := phi(z) / c              // its slope; the second derivative is −r (z + r)
		step := g / r
		step /= 1 + 0.5*step*(z+r)
		z -= step
		if math.Abs(step) <= 1e-16*math.Abs(z) {
			break
		}
	}
	return math.Max(z, lowestNormal)
}
