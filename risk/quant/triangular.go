package quant

import (
	"fmt"
	"math"
)

// A Triangular has a density that rises in a straight line from the least value
// to the most likely, and falls so to the greatest. It gives the far values more
// weight than a [PERT] of the same points. The zero Triangular is the point 0.
type Triangular struct{ min, mode, max float64 }

// NewTriangular returns the triangular distribution. The mode may be one of the
// ends, and lo = hi is a point. The error wraps [ErrRange] if the three do not
// ascend or one is no number.
func NewTriangular(lo, mode, hi float64) (Triangular, error) {
	var f faults
	f.ascending([]string{"min", "mode", "max"}, lo, mode, hi)
	return Triangular{lo, mode, hi}, f.of("triangular")
}

// CDF returns the area to the left of x.
func (t Triangular) CDF(x float64) float64 {
	switch {
	case t.min == t.max:
		return step(t.min, x)
	case !(x > t.min):
		return 0
	case x >= t.max:
		return 1
	case x < t.mode:
		return (x - t.min) / (t.max - t.min) * ((x - t.min) / (t.mode - t.min))
	}
	width, right, above := t.max-t.min, t.max-t.mode, x-t.mode
	if above < right/2 { // or what is small would be lost beside 1
		return ((t.mode - t.min) + above*(1+(t.max-x)/right)) / width
	}
	return 1 - (t.max-x)/width*((t.max-x)/right)
}

// Quantile inverts the CDF in closed form, which is taken from the mode or from the far
// end, whichever is nearer in probability: a small distance from either is kept.
func (t Triangular) Quantile(p float64) float64 {
	p = clamp(p)
	width, left := t.max-t.min, t.mode-t.min
	if p*width <= left {
		return math.Min(t.min+math.Sqrt(p*width*left), t.mode)
	}
	right, beyond := t.max-t.mode, p*width-left
	if beyond < right/2 {
		return t.mode - right*math.Expm1(math.Log1p(-beyond/right)/2)
	}
	return math.Max(t.max-math.Sqrt((1-p)*width*right), t.mode)
}

// Mean returns (min + mode + max)/3.
func (t Triangular) Mean() float64 { return t.min + ((t.mode-t.min)+(t.max-t.min))/3 }

// Var returns (w² − l(w − l))/18 with w = max − min, l = mode − min.
func (t Triangular) Var() float64 {
	w, l := t.max-t.min, t.mode-t.min
	return (w*w - l*(w-l)) / 18
}

// String returns "triangular(10, 15, 30)".
func (t Triangular) String() string {
	return fmt.Sprintf("triangular(%v, %v, %v)", t.min, t.mode, t.max)
}

func (t Triangular) atoms() (x, p []float64) { return pointAtom(t.min, t.max) }

func (t Triangular) kinks() []float64 { return []float64{t.mode} }
