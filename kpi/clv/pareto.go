package clv

import (
	"math"

	"github.com/crmrollout/crm/kpi/internal/special"
)

// ParetoNBD is the Pareto/negative-binomial model: a customer buys at random with
// a rate of his own, and leaves for good after a time that is exponential with
// another rate of his own. The rates of buying have a gamma distribution with shape
// R and rate Alpha, those of leaving one with S and Beta; Alpha and Beta are in the
// unit of time (Schmittlein, Morrison and Colombo, "Counting Your Customers",
// Management Science 33 (1987), 1-24; Fader and Hardie, "A Note on Deriving the
// Pareto/NBD Model" (2005)).
//
// The zero ParetoNBD is invalid.
type ParetoNBD struct {
	R     float64 `json:"r"`
	Alpha float64 `json:"alpha"`
	S     float64 `json:"s"`
	Beta  float64 `json:"beta"`
}

// Validate reports every parameter that is not positive and finite.
func (m ParetoNBD) Validate() error {
	return checkParameters("Pareto/NBD", []string{"r", "alpha", "s", "beta"}, m.R, m.Alpha, m.S, m.Beta)
}

func (m ParetoNBD) usable(o Observation) bool {
	return positive(m.R, m.Alpha, m.S, m.Beta) && o.usable()
}

// LogLikelihood returns the logarithm of
//
//	L = Γ(r+x)αʳβˢ/Γ(r) · (A + I),  A = (α+T)^−(r+x)·(β+T)^−s
//	I = s·∫_{t_x}^T (α+y)^−(r+x)·(β+y)^−(s+1) dy
//
// I is integrated, never taken as the difference of two hypergeometric functions,
// which leaves no digits for x in the hundreds. Errors are some 1e-15 of the
// largest term, x·ln((r+x)/(α+T)).
func (m ParetoNBD) LogLikelihood(o Observation) (float64, bool) {
	if !m.usable(o) {
		return 0, false
	}
	x := float64(o.X)
	l := -m.R*math.Log1p(o.T/m.Alpha) - m.S*math.Log1p(o.T/m.Beta)
	if o.X > 0 {
		l += special.LogRising(m.R, x) - x*math.Log(m.Alpha+o.T)
	}
	return defined(l + logOnePlusExp(m.logLeft(o)))
}

// Alive returns P(alive) = A/(A+I); see [ParetoNBD.LogLikelihood].
func (m ParetoNBD) Alive(o Observation) (float64, bool) {
	if !m.usable(o) {
		return 0, false
	}
	return defined(m.alive(o))
}

func (m ParetoNBD) alive(o Observation) float64 { return chance(m.logLeft(o)) }

// logLeft returns ln(I/A), the odds that the customer has left.
func (m ParetoNBD) logLeft(o Observation) float64 {
	if o.T == o.Tx {
		return math.Inf(-1)
	}
	return m.death(float64(o.X), o.Tx, o.T).logOdds
}

// Expected returns the expected purchases in the time t after the end of the
// observation,
//
//	E[X(t)] = P(alive) · (r+x)(β+T)/(α+T) · (1−u^(s−1))/(s−1),  u = (β+T)/(β+T+t)
//
// where the last factor is −ln u for s = 1, and is computed without cancellation
// around it.
func (m ParetoNBD) Expected(o Observation, t float64) (float64, bool) {
	if !m.usable(o) || !validTime(t) {
		return 0, false
	}
	rate := (m.R + float64(o.X)) * ((m.Beta + o.T) / (m.Alpha + o.T))
	log := math.Log1p(t / (m.Beta + o.T)) // −ln u
	return defined(m.alive(o) * rate * log * decay((m.S-1)*log))
}

// decay returns (1−e^−v)/v, which is 1 at 0.
func decay(v float64) float64 {
	if v == 0 {
		return 1
	}
	return -math.Expm1(-v) / v
}

// ExpectedNew returns the expected repeat purchases of a new customer in the time t.
func (m ParetoNBD) ExpectedNew(t float64) (float64, bool) { return m.Expected(Observation{}, t) }

// DERT returns the discounted expected residual transactions: the expected
// purchases in all the time after the end of the observation, those at time t
// counting e^(−δt),
//
//	DERT = P(alive) · (r+x)/(α+T) · D·e^(δD)·E_s(δD),  D = β+T
//
// with the generalised exponential integral E_s (Fader, Hardie and Lee, "RFM and
// CLV", Journal of Marketing Research 42 (2005), 415-430, in another notation). For
// a yearly discount rate d and n units of time in a year, δ = ln(1+d)/n. For δ = 0
// it is defined if s > 1; otherwise the expected purchases are without limit.
func (m ParetoNBD) DERT(o Observation, delta float64) (float64, bool) {
	if !m.usable(o) || !validTime(delta) {
		return 0, false
	}
	d := m.Beta + o.T
	rate := (m.R + float64(o.X)) * (d / (m.Alpha + o.T))
	switch z := delta * d; {
	case z > 0:
		return defined(m.alive(o) * rate * special.ScaledExpInt(m.S, z))
	case delta == 0 && m.S > 1:
		return defined(m.alive(o) * rate / (m.S - 1))
	default:
		return 0, false
	}
}
