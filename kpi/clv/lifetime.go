package clv

import (
	"fmt"
	"math"

	"github.com/crmrollout/crm/crmproject/verdict"
)

// A Horizon says how far ahead lifetime value looks, in which steps, and what later
// money is worth today. Nothing of it has a default: a "month" of 30 days, 4 weeks
// or a twelfth of a year makes different values.
type Horizon struct {
	Periods int     `json:"periods"` // at least 1
	Length  float64 `json:"length"`  // of a period, in the unit of time of the model
	Rate    float64 `json:"rate"`    // discount rate for each period: 0.01 is 1 %
}

const maxPeriods = 100_000

// Validate reports every fault of the horizon: no periods or more than 100,000, a
// length that is not positive, a rate of −1 or below.
func (h Horizon) Validate() error {
	var faults verdict.Faults
	if h.Periods < 1 || h.Periods > maxPeriods {
		faults.Addf("periods", "%w: %d", verdict.ErrRange, h.Periods)
	}
	if !(h.Length > 0 && h.Length <= maxTime) {
		faults.Addf("length", "%w: %v", verdict.ErrRange, h.Length)
	}
	if !(h.Rate > -1 && h.Rate <= maxTime) {
		faults.Addf("rate", "%w: %v", verdict.ErrRange, h.Rate)
	}
	if err := faults.Err(); err != nil {
		return fmt.Errorf("clv: horizon: %w", err)
	}
	return nil
}

// Discounted returns the discounted expected purchases of a customer,
//
//	Σ_{i=1..n} (E[X(iL)] − E[X((i−1)L)]) / (1+d)^i
//
// for n periods of length L and the rate d: purchases count as made at the end of
// their period. It is undefined where [Model].Expected is, and for a horizon that
// [Horizon.Validate] refuses. For a new customer pass the zero Observation.
func Discounted(m Model, o Observation, h Horizon) (float64, bool) {
	if h.Validate() != nil {
		return 0, false
	}
	var sum, before float64
	for i := 1; i <= h.Periods; i++ {
		expected, ok := m.Expected(o, float64(i)*h.Length)
		if !ok {
			return 0, false
		}
		sum += (expected - before) * math.Exp(-float64(i)*math.Log1p(h.Rate))
		before = expected
	}
	return defined(sum)
}

// Value returns the lifetime value of a customer over a horizon, in the unit of
// money of the spend model: E[M] times [Discounted]. It is undefined where either
// is.
func Value(m Model, g GammaGamma, o Observation, h Horizon) (float64, bool) {
	spend, ok := g.Spend(o)
	if !ok {
		return 0, false
	}
	purchases, ok := Discounted(m, o, h)
	if !ok {
		return 0, false
	}
	return defined(spend * purchases)
}
