package schedule

import "math"

// A Spread is how a duration is distributed, as a simulation needs it: Quantile
// returns the value that is not exceeded with probability p, 0 < p < 1. It must
// ascend with p, be finite and not negative, and give the same value for the
// same p whenever and from whichever goroutine it is called.
//
// [Triangular] and [BetaPERT] are spreads, and so is any distribution of another
// package with such a method. One that can be negative has to be cut at 0.
type Spread interface {
	Quantile(p float64) float64
}

// A Triangular is the triangular distribution over a valid estimate. Its mean
// is (o + m + p)/3: it gives more weight to the ends than [BetaPERT].
type Triangular ThreePoint

// Quantile returns the value that is not exceeded with probability p, the ends
// for p ≤ 0 and p ≥ 1:
//
//	o + √(p(h − o)(m − o))           up to p = (m − o)/(h − o)
//	h − √((1 − p)(h − o)(h − m))     from there on, h being the pessimistic value
//
// It returns NaN if p is.
func (t Triangular) Quantile(p float64) float64 {
	a, m, b := t.Optimistic, t.MostLikely, t.Pessimistic
	switch {
	case p <= 0 || a == b:
		return a
	case p >= 1:
		return b
	case float64(p*(b-a)) < m-a:
		return a + math.Sqrt(p*(b-a)*(m-a))
	default:
		return b - math.Sqrt((1-p)*(b-a)*(b-m))
	}
}

// Mean returns (o + m + p)/3.
func (t Triangular) Mean() float64 { return (t.Optimistic + t.MostLikely + t.Pessimistic) / 3 }

// Variance returns (o² + m² + p² − om − op − mp)/18, written as a sum of
// squares so that nothing cancels.
func (t Triangular) Variance() float64 {
	left, right := t.MostLikely-t.Optimistic, t.Pessimistic-t.MostLikely
	return (float64(left*left) + float64(right*right) + float64(left*right)) / 18
}

// A BetaPERT is the beta-PERT distribution over a valid estimate: a beta
// distribution between the optimistic and the pessimistic value, with
//
//	α = 1 + 4(m − o)/(p − o)     β = 6 − α
//
// so that its mean is (o + 4m + p)/6 and its mode m (D. Vose, "Risk Analysis",
// 3rd ed., 2008, with λ = 4).
type BetaPERT ThreePoint

// Mean returns (o + 4m + p)/6.
func (t BetaPERT) Mean() float64 { return ThreePoint(t).Mean() }

// Variance returns (μ − o)(p − μ)/7 with μ the mean.
func (t BetaPERT) Variance() float64 { return ThreePoint(t).Variance(BetaVariance) }

// Quantile returns the value that is not exceeded with probability p, the ends
// for p ≤ 0 and p ≥ 1. It is found by Halley's method on the regularised
// incomplete beta function, kept within a bracket; the relative error of its
// distance from the nearer end is about 1e-12. It returns NaN if p is.
func (t BetaPERT) Quantile(p float64) float64 {
	a, b := t.Optimistic, t.Pessimistic
	switch {
	case math.IsNaN(p):
		return p
	case p <= 0 || a == b:
		return a
	case p >= 1:
		return b
	}
	x, upper := newBeta(1 + 4*(t.MostLikely-a)/(b-a)).quantile(p)
	if upper {
		return b - float64((b-a)*x)
	}
	return a + float64((b-a)*x)
}

// A beta is the beta distribution on [0, 1] with α + β = 6.
type beta struct {
	alpha, beta float64
	logScale    float64 // ln B(α, β)
}

func newBeta(alpha float64) beta {
	// B(α, β) = Γ(α) Γ(β) / Γ(6), and Γ(6) = 120.
	return beta{alpha, 6 - alpha, math.Log(math.Gamma(alpha) * math.Gamma(6-alpha) / 120)}
}

// quantile returns the quantile for 0 < p < 1 as a distance from an end of
// [0, 1]; upper says that this is 1. The distance is at most 1/2, so that it is
// exact to the last digits near either end.
func (d beta) quantile(p float64) (distance float64, upper bool) {
	half, _ := d.share(0.5)
	if p > half {
		return beta{d.beta, d.alpha, d.logScale}.solve(1 - p), true
	}
	return d.solve(p), false
}

// solve finds x up to 1/2 with I(x; α, β) = p.
func (d beta) solve(p float64) float64 {
	lo, hi := 0.0, 0.5
	// Near 0, I(x; α, β) is about x^α / (α B(α, β)).
	x := min(math.Exp((math.Log(p*d.alpha)+d.logScale)/d.alpha), 0.5)
	const most = 100
	for range most {
		share, slope := d.share(x)
		if share > p {
			hi = x
		} else {
			lo = x
		}
		step := (share - p) / slope
		bend := (d.alpha-1)/x - (d.beta-1)/(1-x) // second derivative over the first
		next := x - step/max(1-float64(step*bend)/2, 0.5)
		if !(next > lo && next < hi) {
			next = (lo + hi) / 2
		}
		if math.Abs(next-x) <= 1e-14*x {
			return next
		}
		x = next
	}
	return x
}

// share returns the regularised incomplete beta function I(x; α, β) for x up to
// 1/2, and its derivative. It is the series
//
//	x^α (1−x)^β / (α B(α, β)) · Σ (α+β)…(α+β+n−1) / ((α+1)…(α+n)) xⁿ
//
// whose terms are all positive (NIST Digital Library of Mathematical Functions,
// 8.17.8).
func (d beta) share(x float64) (share, slope float64) {
	term, sum := 1.0, 1.0
	for n := 0.0; term > 1e-17*sum; n++ {
		term *= (6 + n) / (d.alpha + 1 + n) * x
		sum += term
	}
	power := math.Exp(float64(d.alpha*math.Log(x)) + float64(d.beta*math.Log1p(-x)) - d.logScale)
	return power * sum / d.alpha, power / (x * (1 - x))
}
