package quant

import (
	"fmt"
	"math"
)

// A Bernoulli is what a risk costs that happens once or not at all: 0 with
// probability 1 − p, otherwise the severity. The zero Bernoulli is invalid.
type Bernoulli struct {
	p        float64
	severity Dist
}

// NewBernoulli returns the compound of a chance p and a severity. The error wraps
// [ErrRange] if p is not from 0 to 1, [ErrMissing] if there is no severity, and
// [ErrNotFinite] if its mean or variance is no number.
func NewBernoulli(p float64, severity Dist) (Bernoulli, error) {
	var f faults
	f.probability("p", p)
	f.severity("severity", severity)
	if err := f.of("Bernoulli"); err != nil {
		return Bernoulli{}, err
	}
	return Bernoulli{p, severity}, nil
}

// CDF returns (1 − p)·1{x ≥ 0} + p·F(x).
func (b Bernoulli) CDF(x float64) float64 {
	return (1-b.p)*step(0, x) + b.p*b.severity.CDF(x)
}

// Quantile returns, for a severity that is never negative, 0 where P ≤ 1 − p, and
// F⁻¹((P − 1 + p)/p) above. For one that can be negative the atom at 0 lies where
// it belongs in between.
func (b Bernoulli) Quantile(prob float64) float64 {
	prob = clamp(prob)
	if b.p == 0 {
		return 0
	}
	if x := b.severity.Quantile(prob / b.p); x < 0 && prob <= b.p {
		return x
	}
	if x := b.severity.Quantile((prob - (1 - b.p)) / b.p); x > 0 && prob > 1-b.p {
		return x
	}
	return 0
}

// Mean returns p·E[X].
func (b Bernoulli) Mean() float64 { return b.p * b.severity.Mean() }

// Var returns p·V + p(1 − p)·E².
func (b Bernoulli) Var() float64 {
	e := b.severity.Mean()
	return b.p*b.severity.Var() + b.p*(1-b.p)*e*e
}

// String returns "0.3 × PERT(10, 15, 30)".
func (b Bernoulli) String() string { return fmt.Sprintf("%v × %v", b.p, b.severity) }

// severity records a distribution that is missing or not finite.
func (f *faults) severity(name string, d Dist) {
	if d == nil {
		f.addf(name, "%w", ErrMissing)
		return
	}
	mean, v := d.Mean(), d.Var()
	if !(math.Abs(mean) <= largest && v >= 0 && v <= largest*largest) {
		f.addf(name, "%w: mean %v, variance %v", ErrNotFinite, mean, v)
	}
}
