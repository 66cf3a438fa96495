package clv

import (
	"math"

	"github.com/crmrollout/crm/kpi/internal/special"
)

// GammaGamma is the model of spend: each purchase of a customer has a gamma
// distributed value with shape P and a rate of his own, and the rates have a gamma
// distribution with shape Q and rate Gamma, which is in the unit of money (Fader
// and Hardie, "The Gamma-Gamma Model of Monetary Value" (2013)). It takes for
// granted that spend and frequency have nothing to do with each other; see
// [Spends.Correlation] and Fit.Correlation.
//
// The zero GammaGamma is invalid.
type GammaGamma struct {
	P     float64 `json:"p"`
	Q     float64 `json:"q"`
	Gamma float64 `json:"gamma"`
}

// Validate reports every parameter that is not positive and finite.
func (g GammaGamma) Validate() error {
	return checkParameters("Gamma-Gamma", []string{"p", "q", "gamma"}, g.P, g.Q, g.Gamma)
}

// LogLikelihood returns the log-likelihood of a customer's mean spend m over x > 0
// repeat periods,
//
//	lnΓ(px+q) − lnΓ(px) − lnΓ(q) + q ln γ + (px−1) ln m + px ln x − (px+q) ln(γ+xm)
//
// It is undefined for x = 0 and for m ≤ 0.
func (g GammaGamma) LogLikelihood(o Observation) (float64, bool) {
	if !positive(g.P, g.Q, g.Gamma) || !o.usable() || o.X == 0 || o.ValidateMean() != nil {
		return 0, false
	}
	x := float64(o.X)
	sum := x * o.Mean
	l := -special.LogBeta(g.P*x, g.Q) - math.Log(o.Mean)
	l -= g.P*x*math.Log1p(g.Gamma/sum) + g.Q*math.Log1p(sum/g.Gamma)
	return defined(l)
}

// Spend returns E[M], the expected spend of a purchase, given the mean spend m of the
// x repeat periods so far:
//
//	E[M] = p(γ+xm)/(px+q−1)
//
// which is that of a new customer, pγ/(q−1), for x = 0. It is undefined for q ≤ 1,
// where spend has no finite mean over the customers (see [GammaGamma.HasMean]), and
// for m ≤ 0 with x > 0.
func (g GammaGamma) Spend(o Observation) (float64, bool) {
	if !g.HasMean() || !o.usable() || o.ValidateMean() != nil {
		return 0, false
	}
	if o.X == 0 {
		return defined(g.P * (g.Gamma / (g.Q - 1)))
	}
	x := float64(o.X)
	return defined(g.P * ((g.Gamma + x*o.Mean) / (g.P*x + (g.Q - 1))))
}

// SpendNew returns the expected spend of a purchase of a new customer, pγ/(q−1).
func (g GammaGamma) SpendNew() (float64, bool) { return g.Spend(Observation{}) }

// HasMean reports whether the model is valid and spend has a finite mean over the
// customers: q > 1.
func (g GammaGamma) HasMean() bool { return positive(g.P, g.Q, g.Gamma) && g.Q > 1 }
