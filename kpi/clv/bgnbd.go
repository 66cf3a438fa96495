package clv

import (
	"math"

	"github.com/crmrollout/crm/kpi/internal/special"
)

// BGNBD is the beta-geometric/negative-binomial model: a customer buys at random
// with a rate of his own, and after each purchase leaves for good with a
// probability of his own. Rates have a gamma distribution with shape R and rate
// Alpha, which is in the unit of time; the probabilities have a beta distribution
// with A and B (Fader, Hardie and Lee, "Counting Your Customers" the Easy Way,
// Marketing Science 24 (2005), 275-284).
//
// A customer without a repeat purchase is alive with certainty in this model. The
// zero BGNBD is invalid.
type BGNBD struct {
	R     float64 `json:"r"`
	Alpha float64 `json:"alpha"`
	A     float64 `json:"a"`
	B     float64 `json:"b"`
}

// Validate reports every parameter that is not positive and finite.
func (m BGNBD) Validate() error {
	return checkParameters("BG/NBD", []string{"r", "alpha", "a", "b"}, m.R, m.Alpha, m.A, m.B)
}

func (m BGNBD) usable(o Observation) bool {
	return positive(m.R, m.Alpha, m.A, m.B) && o.usable()
}

// logLeft returns ln k, the odds that a customer with x > 0 has left:
//
//	k = a/(b+x−1) · ((α+T)/(α+t_x))^(r+x)
func (m BGNBD) logLeft(o Observation) float64 {
	x := float64(o.X)
	return math.Log(m.A) - math.Log(m.B+(x-1)) + (m.R+x)*math.Log1p((o.T-o.Tx)/(m.Alpha+o.Tx))
}

// LogLikelihood returns the logarithm of
//
//	L = Γ(r+x)αʳ/Γ(r) · B(a,b+x)/B(a,b) · (α+T)^−(r+x) · (1+k)
//
// with k as in [BGNBD.Alive] and 0 for x = 0. Errors are some 1e-15 of its largest
// term, x·ln((r+x)/(α+T)).
func (m BGNBD) LogLikelihood(o Observation) (float64, bool) {
	if !m.usable(o) {
		return 0, false
	}
	x := float64(o.X)
	l := -m.R * math.Log1p(o.T/m.Alpha)
	if o.X > 0 {
		l += special.LogRising(m.R, x) - x*math.Log(m.Alpha+o.T)
		l += special.LogRising(m.B, x) - special.LogRising(m.A+m.B, x)
		l += logOnePlusExp(m.logLeft(o))
	}
	return defined(l)
}

// Alive returns P(alive) = 1/(1+k), k = a/(b+x−1)·((α+T)/(α+t_x))^(r+x); 1 for
// x = 0.
func (m BGNBD) Alive(o Observation) (float64, bool) {
	if !m.usable(o) {
		return 0, false
	}
	return defined(m.alive(o))
}

func (m BGNBD) alive(o Observation) float64 {
	if o.X == 0 {
		return 1
	}
	return chance(m.logLeft(o))
}

// Expected returns the expected purchases in the time t after the end of the
// observation,
//
//	E[X(t)] = (a+b+x−1)/(a−1) · [1 − (1−z)^(a−1)·₂F₁(a−1, a+b−1−r; a+b+x−1; z)] / (1+k)
//
// with z = t/(α+T+t), but not by this formula, which is 0/0 at a = 1 and cancels
// around: see the package documentation. The relative error is below 1e-12, also
// for thousands of purchases and for t much longer than T.
func (m BGNBD) Expected(o Observation, t float64) (float64, bool) {
	if !m.usable(o) || !validTime(t) {
		return 0, false
	}
	x := float64(o.X)
	return defined(m.alive(o) * purchasesAlive(m.R+x, t/(m.Alpha+o.T), m.A, m.B+x))
}

// ExpectedNew returns the expected repeat purchases of a new customer in the time t.
func (m BGNBD) ExpectedNew(t float64) (float64, bool) { return m.Expected(Observation{}, t) }
