package quant

import (
	"context"
	"fmt"
	"math"
)

// poissonCDF returns P(N ≤ n) for n = 0, 1, … until all but 1e-16 is reached; the
// last value is 1. Terms grow from the mode, where none underflows.
func poissonCDF(rate float64) []float64 {
	mode := int(rate)
	lg, _ := math.Lgamma(float64(mode) + 1)
	top := math.Exp(float64(mode)*math.Log(rate) - rate - lg)
	last := mode
	for p := top; p > 1e-18; last++ {
		p *= rate / float64(last+1)
	}
	pmf := make([]float64, last+1)
	pmf[mode] = top
	for n := mode + 1; n <= last; n++ {
		pmf[n] = pmf[n-1] * rate / float64(n)
	}
	for n := mode; n > 0; n-- {
		pmf[n-1] = pmf[n] * float64(n) / rate
	}
	sum := 0.0
	for n, p := range pmf {
		sum += p
		pmf[n] = math.Min(1, sum)
	}
	pmf[last] = 1
	return pmf
}

// A Poisson is what a risk costs that can happen again: the sum of N severities, N
// being Poisson distributed. Its distribution is computed once, by [NewPoisson]. The
// zero Poisson is invalid.
type Poisson struct {
	rate     float64
	severity Dist
	law      *totalLaw
	lo, hi   float64 // what the law covers
}

// NewPoisson returns the compound of a rate, 0 to [MaxRate], and a severity. The
// error wraps [ErrRange], [ErrMissing] or [ErrNotFinite] as for [NewBernoulli]. It
// takes some milliseconds: the law is found by characteristic functions, its CDF to
// about 1e-7 where the severity is smooth.
func NewPoisson(rate float64, severity Dist) (Poisson, error) {
	var f faults
	if !(rate >= 0 && rate <= MaxRate) {
		f.addf("rate", "%w: %v, want 0 to %d", ErrRange, rate, MaxRate)
	}
	f.severity("severity", severity)
	if err := f.of("Poisson"); err != nil {
		return Poisson{}, err
	}
	p := Poisson{rate: rate, severity: severity, law: &totalLaw{atoms: []atom{{0, 1}}, cum: []float64{1}}}
	if rate == 0 {
		return p, nil
	}
	m := Model{Risks: []Risk{{ID: "N", Rate: rate, Severity: severity}}}
	c, o, err := m.prepare(Options{Percentiles: []float64{1e-5, 0.01, 0.5, 0.99, 1 - 1e-5}, Workers: 1})
	if err != nil {
		return Poisson{}, err
	}
	a := &analysis{c: c, o: &o, cost: c.moments(cost)}
	ctx := context.Background()
	pilot, err := a.pilot(ctx)
	if err != nil {
		return Poisson{}, err
	}
	e, err := a.exactCost(ctx, pilot)
	if err != nil {
		return Poisson{}, err
	}
	p.law, p.lo, p.hi = e.best, e.best.quantile(1e-6), e.best.quantile(1-1e-6)
	return p, nil
}

// CDF returns P(X ≤ x); at 0 that is at least exp(−rate), the chance that nothing
// happens.
func (p Poisson) CDF(x float64) float64 {
	if math.IsNaN(x) {
		return 0
	}
	return p.law.cdf(x)
}

// Quantile inverts the CDF; beyond 1e-6 from either end it stays where it is there.
func (p Poisson) Quantile(prob float64) float64 {
	prob = clamp(prob)
	switch {
	case p.rate == 0:
		return 0
	case prob < 1e-6:
		return p.lo
	case prob > 1-1e-6:
		return p.hi
	default:
		return p.law.quantile(prob)
	}
}

// Mean returns rate·E[X].
func (p Poisson) Mean() float64 { return p.rate * p.severity.Mean() }

// Var returns rate·(V + E²).
func (p Poisson) Var() float64 {
	e := p.severity.Mean()
	return p.rate * (p.severity.Var() + e*e)
}

// String returns "Poisson(0.7) × triangular(10, 15, 30)".
func (p Poisson) String() string { return fmt.Sprintf("Poisson(%v) × %v", p.rate, p.severity) }
