package quant

import (
	"fmt"
	"math"
)

// Negate returns the distribution of −X: a gain where X is a loss. What is
// correlated with −X as it stands in a model is the negative of what would be
// correlated with X. A nil d gives nil.
func Negate(d Dist) Dist {
	switch d := d.(type) {
	case nil:
		return nil
	case Uniform:
		return Uniform{0 - d.max, 0 - d.min}
	case Triangular:
		return Triangular{0 - d.max, 0 - d.mode, 0 - d.min}
	case PERT:
		return PERT{0 - d.max, 0 - d.mode, 0 - d.min, d.lambda, betaLaw{d.law.b, d.law.a, d.law.logBeta}}
	case Normal:
		return Normal{0 - d.mean, d.sd}
	case TruncatedNormal:
		return TruncatedNormal{0 - d.mean, d.sd, 0 - d.max, 0 - d.min, 0 - d.hi, 0 - d.lo, d.mass, 0 - d.cutMean, d.cutVar}
	case Discrete:
		return d.negated()
	case Bernoulli:
		return Bernoulli{d.p, Negate(d.severity)}
	case Poisson:
		if p, err := NewPoisson(d.rate, Negate(d.severity)); err == nil {
			return p
		}
	case Negative:
		if d.of != nil {
			return d.of
		}
	}
	return Negative{d}
}

// A Negative is what [Negate] makes of a distribution that has no mirror image of
// its own kind, such as a [Lognormal]. The zero Negative is the point 0.
type Negative struct{ of Dist }

// CDF returns P(X ≥ −x).
func (n Negative) CDF(x float64) float64 {
	if n.of == nil || math.IsNaN(x) {
		return step(0, x)
	}
	return clamp(1 - n.of.CDF(-x))
}

// Quantile returns minus the quantile of X at 1 − p.
func (n Negative) Quantile(p float64) float64 {
	if n.of == nil {
		return 0
	}
	return -n.of.Quantile(1 - clamp(p))
}

// Mean returns −E[X].
func (n Negative) Mean() float64 {
	if n.of == nil {
		return 0
	}
	return -n.of.Mean()
}

// Var returns the variance of X.
func (n Negative) Var() float64 {
	if n.of == nil {
		return 0
	}
	return n.of.Var()
}

// String returns "−lognormal(…)".
func (n Negative) String() string { return fmt.Sprintf("−%v", n.of) }

func (n Negative) atoms() (x, p []float64) {
	if n.of == nil {
		return []float64{0}, []float64{1}
	}
	return nil, nil
}

func (d Discrete) negated() Discrete {
	outcomes := make([]Outcome, len(d.x))
	for i, x := range d.x {
		outcomes[i] = Outcome{0 - x, d.p[i]}
	}
	n := merged(outcomes, 1)
	n.empirical = d.empirical
	return n
}
