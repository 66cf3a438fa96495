package quant

import "fmt"

// A Uniform spreads evenly between two ends. The zero Uniform is the point 0.
type Uniform struct{ min, max float64 }

// NewUniform returns the uniform distribution on [lo, hi]; with lo = hi it is that
// point. The error wraps [ErrRange] if lo > hi or one of them is no number.
func NewUniform(lo, hi float64) (Uniform, error) {
	var f faults
	f.ascending([]string{"min", "max"}, lo, hi)
	return Uniform{lo, hi}, f.of("uniform")
}

// Sure returns the distribution of a sure amount. The error wraps [ErrRange] if x
// is no number.
func Sure(x float64) (Uniform, error) { return NewUniform(x, x) }

// CDF returns (x − min)/(max − min) within the ends.
func (u Uniform) CDF(x float64) float64 {
	if u.min == u.max {
		return step(u.min, x)
	}
	return clamp((x - u.min) / (u.max - u.min))
}

// Quantile returns min + p (max − min).
func (u Uniform) Quantile(p float64) float64 { return between(u.min, u.max, clamp(p), 1-clamp(p)) }

// between returns lo + (hi − lo)·t for t + s = 1, exact at both ends.
func between(lo, hi, t, s float64) float64 {
	if t <= 0.5 {
		return lo + (hi-lo)*t
	}
	return hi - (hi-lo)*s
}

// Mean returns (min + max)/2.
func (u Uniform) Mean() float64 { return u.min + (u.max-u.min)/2 }

// Var returns (max − min)²/12.
func (u Uniform) Var() float64 { return (u.max - u.min) * (u.max - u.min) / 12 }

// String returns "uniform(10, 30)".
func (u Uniform) String() string { return fmt.Sprintf("uniform(%v, %v)", u.min, u.max) }

func (u Uniform) atoms() (x, p []float64) { return pointAtom(u.min, u.max) }

// pointAtom returns the atom of a distribution with equal ends, otherwise none.
func pointAtom(lo, hi float64) (x, p []float64) {
	if lo == hi {
		return []float64{lo}, []float64{1}
	}
	return nil, nil
}
