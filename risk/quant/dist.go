package quant

import (
	"errors"
	"fmt"
	"math"
)

// A Dist is a distribution of one number: the cost of a risk if it happens, its
// delay in days, the amount of an uncertain estimate. The constructors of this
// package return finite values for every argument; a Dist of a caller's own must
// do so too, must have a continuous CDF and a finite mean and variance, and must
// be safe for use by several goroutines at once. What it returns is checked.
//
// The distributions of this package are values that compare with ==, but for
// [Discrete] and [Empirical], which hold slices.
type Dist interface {
	// CDF returns P(X ≤ x), 0 for NaN.
	CDF(x float64) float64
	// Quantile returns the least x with CDF(x) ≥ p. A p below 0, or NaN, counts
	// as 0, one above 1 as 1. Where the distribution has no least or greatest
	// value, 0 and 1 give a number far in its tail.
	Quantile(p float64) float64
	// Mean returns the expected value.
	Mean() float64
	// Var returns the variance.
	Var() float64
}

// An atomized distribution is discrete: points of positive probability, ascending.
type atomized interface {
	atoms() (x, p []float64)
}

// A smooth distribution tells its density f and the derivative of f, which an
// inverse table is made of.
type smooth interface {
	slopes(x float64) (density, derivative float64)
}

// A kinked distribution is not smooth at some points within its support.
type kinked interface {
	kinks() []float64
}

// largest bounds every parameter, so that neither squares nor sums overflow.
const largest = 1e100

// clamp returns p moved into [0, 1]; NaN gives 0.
func clamp(p float64) float64 {
	if !(p > 0) {
		return 0
	}
	return math.Min(p, 1)
}

// number records a parameter that is NaN, infinite or beyond largest.
func (f *faults) number(name string, v float64) bool {
	if math.Abs(v) <= largest {
		return true
	}
	f.addf(name, "%w: %v, want a number up to 1e100", ErrRange, v)
	return false
}

// ascending records parameters that are no numbers or not in ascending order;
// equal ones are.
func (f *faults) ascending(names []string, values ...float64) {
	before := math.Inf(-1)
	for i, v := range values {
		if f.number(names[i], v) && v < before {
			f.addf(names[i], "%w: %v is below %s %v", ErrRange, v, names[max(0, i-1)], before)
		}
		before = v
	}
}

// positive records a parameter that is not above 0.
func (f *faults) positive(name string, v float64) {
	if f.number(name, v) && v <= 0 {
		f.addf(name, "%w: %v, want more than 0", ErrRange, v)
	}
}

// notNegative records a parameter that is below 0.
func (f *faults) notNegative(name string, v float64) {
	if f.number(name, v) && v < 0 {
		f.addf(name, "%w: %v, want 0 or more", ErrRange, v)
	}
}

// probability records a value that is not from 0 to 1.
func (f *faults) probability(name string, v float64) {
	if !(v >= 0 && v <= 1) { // negated so that NaN fails
		f.addf(name, "%w: %v, want 0 to 1", ErrRange, v)
	}
}

// of puts the name of a distribution before its faults.
func (f *faults) of(dist string) error {
	if len(*f) == 0 {
		return nil
	}
	return fmt.Errorf("quant: %s: %w", dist, errors.Join(*f...))
}

// step is the CDF of a point.
func step(at, x float64) float64 {
	if x >= at {
		return 1
	}
	return 0
}
