package quant

import "math"

// A gaussRule is a Gauss-Legendre rule on [0, 1].
type gaussRule struct{ x, w []float64 }

var (
	gauss2  = newGaussRule(2)
	gauss8  = newGaussRule(8)
	gauss16 = newGaussRule(16)
)

// newGaussRule finds the nodes as roots of the Legendre polynomial by Newton's
// method from Tricomi's approximation.
func newGaussRule(n int) gaussRule {
	r := gaussRule{make([]float64, n), make([]float64, n)}
	for i := range n {
		t := math.Cos(math.Pi * (float64(i) + 0.75) / (float64(n) + 0.5))
		var slope float64
		for range 8 {
			p, before := 1.0, 0.0
			for k := 1.0; k <= float64(n); k++ {
				p, before = ((2*k-1)*t*p-(k-1)*before)/k, p
			}
			slope = float64(n) * (t*p - before) / (t*t - 1)
			t -= p / slope
		}
		r.x[n-1-i] = (1 + t) / 2
		r.w[n-1-i] = 1 / ((1 - t*t) * slope * slope)
	}
	return r
}
