package network

import "math"

// A product is a number fraction·2^exponent. It does not underflow where the
// product of a thousand small chances would.
type product struct {
	fraction float64
	exponent int
}

func (p *product) times(x float64) { p.timesProduct(product{x, 0}) }

func (p *product) timesProduct(q product) {
	fraction, exponent := math.Frexp(p.fraction * q.fraction)
	p.fraction, p.exponent = fraction, exponent+p.exponent+q.exponent
}

// value returns the number; one too small for a float64 is the least of them,
// since what can happen must not look impossible.
func (p *product) value() float64 {
	v := math.Ldexp(p.fraction, p.exponent)
	if v == 0 && p.fraction > 0 {
		return math.SmallestNonzeroFloat64
	}
	return v
}
