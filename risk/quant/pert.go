package quant

import (
	"fmt"
	"math"
)

// A PERT is the beta distribution of three points: the least, the most likely and
// the greatest value, with α = 1 + λ(m−a)/(b−a) and β = 1 + λ(b−m)/(b−a). The
// weight λ says how sharply it peaks at the most likely value: 4 is the classical
// choice, 0 is uniform (D. Vose, Risk Analysis, 3rd ed., 2008). The zero PERT is
// the point 0.
//
// The variance is that of this beta distribution, not ((b − a)/6)², the rule of
// thumb of 1959, from which it differs whenever the mode is not in the middle.
type PERT struct {
	min, mode, max, lambda float64
	law                    betaLaw
}

// NewPERT returns the distribution with λ = 4. The mode may be one of the ends,
// and lo = hi is a point. The error wraps [ErrRange] if the three do not ascend
// or one is no number.
func NewPERT(lo, mode, hi float64) (PERT, error) { return NewPERTWeight(lo, mode, hi, 4) }

// NewPERTWeight returns the distribution with the given λ from 0 to 10,000. The
// error wraps [ErrRange] as for [NewPERT].
func NewPERTWeight(lo, mode, hi, lambda float64) (PERT, error) {
	const sharpest = 1e4
	var f faults
	f.ascending([]string{"min", "mode", "max"}, lo, mode, hi)
	if !(lambda >= 0 && lambda <= sharpest) {
		f.addf("lambda", "%w: %v, want 0 to 10000", ErrRange, lambda)
	}
	if err := f.of("PERT"); err != nil {
		return PERT{}, err
	}
	p := PERT{min: lo, mode: mode, max: hi, lambda: lambda}
	if lo < hi {
		w := hi - lo
		p.law = newBetaLaw(1+lambda*((mode-lo)/w), 1+lambda*((hi-mode)/w))
	}
	return p, nil
}

// CDF returns the regularised incomplete beta function, to a relative error of
// about 1e-14 in the nearer tail.
func (p PERT) CDF(x float64) float64 {
	if p.min == p.max {
		return step(p.min, x)
	}
	w := p.max - p.min
	lower, _ := p.law.tails((x-p.min)/w, (p.max-x)/w)
	return lower
}

// Quantile inverts the CDF to full precision, in some microseconds.
func (p PERT) Quantile(prob float64) float64 {
	prob = clamp(prob)
	if p.min == p.max {
		return p.min
	}
	t, s := p.law.quantile(prob, 1-prob)
	return between(p.min, p.max, t, s)
}

// Mean returns (a + λm + b)/(λ + 2).
func (p PERT) Mean() float64 { return p.min + p.overMin() }

// overMin and underMax return the distances of the mean from the ends.
func (p PERT) overMin() float64 {
	return (p.lambda*(p.mode-p.min) + (p.max - p.min)) / (p.lambda + 2)
}

func (p PERT) underMax() float64 {
	return (p.lambda*(p.max-p.mode) + (p.max - p.min)) / (p.lambda + 2)
}

// Var returns (μ − a)(b − μ)/(λ + 3).
func (p PERT) Var() float64 { return p.overMin() * p.underMax() / (p.lambda + 3) }

// String returns "PERT(10, 15, 30)", with λ as a fourth number unless it is 4.
func (p PERT) String() string {
	if p.lambda == 4 || p.min == p.max {
		return fmt.Sprintf("PERT(%v, %v, %v)", p.min, p.mode, p.max)
	}
	return fmt.Sprintf("PERT(%v, %v, %v, %v)", p.min, p.mode, p.max, p.lambda)
}

func (p PERT) atoms() (x, prob []float64) { return pointAtom(p.min, p.max) }

func (p PERT) slopes(x float64) (density, derivative float64) {
	w := p.max - p.min
	t := (x - p.min) / w
	f := p.law.density(t)
	return f / w, f * ((p.law.a-1)/t - (p.law.b-1)/(1-t)) / (w * w)
}

func (p PERT) nearWith(side int, w, guess float64) float64 {
	width := p.max - p.min
	law, t := p.law, (guess-p.min)/width
	if side == 1 {
		law, t = betaLaw{law.b, law.a, law.logBeta}, (p.max-guess)/width
	}
	t, s := law.climb(w, math.Min(math.Max(t, 1e-9), 1-1e-9))
	if side == 1 {
		t, s = s, t
	}
	return between(p.min, p.max, t, s)
}
