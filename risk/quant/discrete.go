package quant

import (
	"fmt"
	"math"
	"slices"
)

// A Discrete takes finitely many values. The zero Discrete is invalid.
type Discrete struct {
	x, p      []float64 // ascending values, and their probabilities
	cum       []float64 // P(X ≤ x[i]); the last is 1
	mean, vr  float64
	empirical bool
}

// An Outcome is a value together with its probability.
type Outcome struct {
	Value float64 `json:"value"`
	P     float64 `json:"p"`
}

// NewDiscrete returns the distribution that takes each value with its
// probability. Values may come in any order and more than once. The error wraps
// [ErrRange] if a probability is negative, a value is no number, or the
// probabilities differ from 1 in sum by more than 1e-9 (what is left of the
// difference is spread in proportion); it wraps [ErrMissing] if there is no value.
func NewDiscrete(outcomes ...Outcome) (Discrete, error) {
	var f faults
	sum := 0.0
	for i, o := range outcomes {
		f.number(at("outcomes", i)+".value", o.Value)
		f.probability(at("outcomes", i)+".p", o.P)
		sum += o.P
	}
	switch {
	case len(outcomes) == 0:
		f.addf("outcomes", "%w", ErrMissing)
	case len(f) == 0 && math.Abs(sum-1) > 1e-9:
		f.addf("outcomes", "%w: the probabilities are %v in sum, want 1", ErrRange, sum)
	}
	if err := f.of("discrete"); err != nil {
		return Discrete{}, err
	}
	return merged(outcomes, sum), nil
}

// NewEmpirical returns the distribution of a sample: each observation has the
// same probability. Quantiles are those of type 1, the variance is that of the
// sample itself (divided by n, not by n−1). The error wraps [ErrMissing] if the
// sample is empty, [ErrRange] if an observation is no number.
//
// It says nothing about losses greater than the greatest observed, and is the
// wrong choice for a short sample.
func NewEmpirical(sample ...float64) (Discrete, error) {
	var f faults
	for i, x := range sample {
		f.number(at("sample", i), x)
	}
	if len(sample) == 0 {
		f.addf("sample", "%w", ErrMissing)
	}
	if err := f.of("empirical"); err != nil {
		return Discrete{}, err
	}
	outcomes := make([]Outcome, len(sample))
	for i, x := range sample {
		outcomes[i] = Outcome{x, 1}
	}
	d := merged(outcomes, float64(len(sample)))
	d.empirical = true
	return d, nil
}

// merged sorts outcomes, joins equal ones and divides by the sum of the weights.
func merged(outcomes []Outcome, sum float64) Discrete {
	sorted := slices.Clone(outcomes)
	slices.SortFunc(sorted, func(a, b Outcome) int {
		if a.Value < b.Value {
			return -1
		}
		if a.Value > b.Value {
			return 1
		}
		return 0
	})
	var d Discrete
	weight := 0.0
	for _, o := range sorted {
		if o.P == 0 {
			continue
		}
		weight += o.P
		if n := len(d.x); n > 0 && d.x[n-1] == o.Value {
			d.p[n-1] += o.P / sum
			d.cum[n-1] = weight / sum
			continue
		}
		d.x, d.p, d.cum = append(d.x, o.Value), append(d.p, o.P/sum), append(d.cum, weight/sum)
	}
	d.cum[len(d.cum)-1] = 1
	d.mean, d.vr = d.moments()
	return d
}

func (d Discrete) moments() (mean, variance float64) {
	base := d.x[0]
	for i, x := range d.x {
		mean += d.p[i] * (x - base)
	}
	for i, x := range d.x {
		e := x - base - mean
		variance += d.p[i] * e * e
	}
	return base + mean, variance
}

// CDF returns the sum of the probabilities of the values up to x.
func (d Discrete) CDF(x float64) float64 {
	i, found := slices.BinarySearch(d.x, x)
	switch {
	case math.IsNaN(x) || (i == 0 && !found):
		return 0
	case found:
		return d.cum[i]
	default:
		return d.cum[i-1]
	}
}

// Quantile returns the least value whose CDF reaches p. Where p is a sum of the
// probabilities, rounding of that sum by some units in the last place does not
// matter.
func (d Discrete) Quantile(p float64) float64 { return d.x[d.index(clamp(p))] }

func (d Discrete) index(p float64) int {
	i, _ := slices.BinarySearch(d.cum, p*(1-8*epsilon))
	return min(i, len(d.x)-1)
}

// epsilon is the distance from 1 to the next number.
const epsilon = 0x1p-52

// Mean returns Σ p x.
func (d Discrete) Mean() float64 { return d.mean }

// Var returns Σ p (x − mean)².
func (d Discrete) Var() float64 { return d.vr }

// String returns "discrete of 3 values from 10 to 30", or "empirical of …".
func (d Discrete) String() string {
	kind := "discrete"
	if d.empirical {
		kind = "empirical"
	}
	if len(d.x) == 0 {
		return kind
	}
	return fmt.Sprintf("%s of %d values from %v to %v", kind, len(d.x), d.x[0], d.x[len(d.x)-1])
}

func (d Discrete) atoms() (x, p []float64) { return d.x, d.p }
