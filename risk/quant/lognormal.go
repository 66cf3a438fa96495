package quant

import (
	"fmt"
	"math"
)

// A Lognormal is the distribution of e^(μ + σZ) with Z standard normal: positive,
// skewed, without an upper end. It suits losses that multiply up; where there is a
// hard limit it is the wrong one, and a large σ gives means that no sample shows.
// The zero Lognormal is the point 1.
type Lognormal struct{ mu, sigma float64 }

// A Percentile is a value together with the probability of not exceeding it:
// {0.9, 250000} is a P90 of 250,000.
type Percentile struct {
	P     float64 `json:"p"`
	Value float64 `json:"value"`
}

// NewLognormal returns the distribution with the given mean and standard
// deviation: σ² = ln(1 + (sd/mean)²), μ = ln(mean) − σ²/2. The error wraps
// [ErrRange] unless mean > 0 and sd ≥ 0; sd = 0 is the point mean.
func NewLognormal(mean, sd float64) (Lognormal, error) {
	var f faults
	f.positive("mean", mean)
	f.notNegative("sd", sd)
	if err := f.of("lognormal"); err != nil {
		return Lognormal{}, err
	}
	s2 := math.Log1p(sd / mean * (sd / mean))
	return newLognormal(math.Log(mean)-s2/2, math.Sqrt(s2))
}

// LognormalFrom returns the distribution with the two given percentiles; which
// they are must be said, since 10 % to 90 % and 5 % to 95 % of the same amounts
// differ by a fifth in σ. The error wraps [ErrRange] unless 0 < lo.P < hi.P < 1
// and 0 < lo.Value ≤ hi.Value, and if the mean or variance would pass 1e100 or
// 1e200.
func LognormalFrom(lo, hi Percentile) (Lognormal, error) {
	var f faults
	if !(lo.P > 0 && lo.P < hi.P && hi.P < 1) {
		f.addf("p", "%w: %v and %v, want 0 < lo < hi < 1", ErrRange, lo.P, hi.P)
	}
	f.positive("lo", lo.Value)
	f.ascending([]string{"lo", "hi"}, math.Min(lo.Value, largest), hi.Value)
	if err := f.of("lognormal"); err != nil {
		return Lognormal{}, err
	}
	zlo, zhi := normQuantile(lo.P), normQuantile(hi.P)
	sigma := math.Log(hi.Value/lo.Value) / (zhi - zlo)
	return newLognormal(math.Log(lo.Value)-sigma*zlo, sigma)
}

func newLognormal(mu, sigma float64) (Lognormal, error) {
	l := Lognormal{mu, sigma}
	if mu+sigma*sigma > math.Log(largest) || math.IsInf(mu, 0) || math.IsInf(sigma, 0) {
		return Lognormal{}, fmt.Errorf("quant: lognormal: %w: σ = %.3g makes the variance too large", ErrRange, sigma)
	}
	return l, nil
}

// CDF returns Φ((ln x − μ)/σ), 0 for x ≤ 0.
func (l Lognormal) CDF(x float64) float64 {
	switch {
	case !(x > 0):
		return 0
	case l.sigma == 0:
		return step(math.Exp(l.mu), x)
	default:
		return normCDF((math.Log(x) - l.mu) / l.sigma)
	}
}

// Quantile returns exp(μ + σΦ⁻¹(p)); 37.5 σ are the farthest, and the end at p = 0
// is 0.
func (l Lognormal) Quantile(p float64) float64 {
	if !(p > 0) && l.sigma > 0 {
		return 0
	}
	return math.Exp(l.mu + l.sigma*normQuantile(p))
}

// Mean returns exp(μ + σ²/2).
func (l Lognormal) Mean() float64 { return math.Exp(l.mu + l.sigma*l.sigma/2) }

// Var returns (exp(σ²) − 1) exp(2μ + σ²).
func (l Lognormal) Var() float64 {
	m := l.Mean()
	return math.Expm1(l.sigma*l.sigma) * m * m
}

// String returns "lognormal(μ=11.2, σ=0.985)".
func (l Lognormal) String() string { return fmt.Sprintf("lognormal(μ=%.6g, σ=%.6g)", l.mu, l.sigma) }

func (l Lognormal) atoms() (x, p []float64) {
	if l.sigma == 0 {
		return pointAtom(math.Exp(l.mu), math.Exp(l.mu))
	}
	return nil, nil
}

func (l Lognormal) latent(x float64) float64 { return (math.Log(x) - l.mu) / l.sigma }
