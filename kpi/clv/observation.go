package clv

import (
	"fmt"
	"math"

	"github.com/crmrollout/crm/crmproject/verdict"
)

// An Observation is what a repeat-buying model needs to know of a customer: how
// often he came back, when he did so last, and how long he has been watched, both
// since his first purchase. Times are in the unit of the model that it is given
// to, such as weeks; see [Options] for how it is made from events.
type Observation struct {
	X  int64   `json:"x"`  // repeat purchases: distinct periods with one, less the first
	Tx float64 `json:"tx"` // from the first to the last purchase; 0 if X is 0
	T  float64 `json:"t"`  // from the first purchase to the end of the observation

	// Mean is the mean spend of a repeat period, in the unit of money of the
	// [GammaGamma] model. It is undefined if X is 0, and then not looked at.
	Mean float64 `json:"mean,omitzero"`
}

// maxCount bounds X, and maxTime the times: counts stay exact in a float64, and
// sums and squares of times finite.
const (
	maxCount = 1 << 50
	maxTime  = 1e100
)

// Validate reports every fault of x, t_x and T: negative or not finite numbers, a
// last purchase after the end, and one without repeat purchases. It does not judge
// Mean, which only [GammaGamma] needs; see [Observation.ValidateMean].
func (o Observation) Validate() error {
	var faults verdict.Faults
	if o.X < 0 || o.X > maxCount {
		faults.Addf("x", "%w: %d", verdict.ErrRange, o.X)
	}
	checkTime(&faults, "t", o.T)
	if checkTime(&faults, "tx", o.Tx) && o.Tx > o.T {
		faults.Addf("tx", "%w: %v is after the end of the observation, %v", verdict.ErrInvalid, o.Tx, o.T)
	}
	if o.X == 0 && o.Tx > 0 {
		faults.Addf("tx", "%w: %v without a repeat purchase", verdict.ErrInvalid, o.Tx)
	}
	return faults.Err()
}

// ValidateMean reports a mean spend that [GammaGamma] cannot take: one that is not
// positive, as refunds make it, of a customer with repeat purchases.
func (o Observation) ValidateMean() error {
	var faults verdict.Faults
	if o.X > 0 && !(o.Mean > 0 && o.Mean <= maxTime) {
		faults.Addf("mean", "%w: a mean spend of %v is not positive", verdict.ErrRange, o.Mean)
	}
	return faults.Err()
}

func checkTime(faults *verdict.Faults, path string, t float64) bool {
	if !(t >= 0 && t <= maxTime) {
		faults.Addf(path, "%w: %v", verdict.ErrRange, t)
		return false
	}
	return true
}

// usable is Validate without the report.
func (o Observation) usable() bool {
	return o.X >= 0 && o.X <= maxCount && o.Tx >= 0 && o.Tx <= o.T && o.T <= maxTime && (o.X > 0 || o.Tx == 0)
}

func validTime(t float64) bool { return t >= 0 && t <= maxTime }

// positive reports whether all parameters are positive and finite.
func positive(parameters ...float64) bool {
	for _, p := range parameters {
		if !(p > 0 && p <= math.MaxFloat64) {
			return false
		}
	}
	return true
}

// checkParameters reports every parameter that is not positive and finite.
func checkParameters(model string, names []string, values ...float64) error {
	var faults verdict.Faults
	for i, v := range values {
		if !positive(v) {
			faults.Addf(names[i], "%w: %v is not positive and finite", verdict.ErrRange, v)
		}
	}
	if err := faults.Err(); err != nil {
		return fmt.Errorf("clv: %s: %w", model, err)
	}
	return nil
}

// defined returns v, or 0 and false for what is no number.
func defined(v float64) (float64, bool) {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return 0, false
	}
	return v, true
}

// chance returns 1/(1 + e^v), also where e^v is beyond float64.
func chance(v float64) float64 {
	if v > 0 {
		e := math.Exp(-v)
		return e / (1 + e)
	}
	return 1 / (1 + math.Exp(v))
}

// logOnePlusExp returns ln(1 + e^v).
func logOnePlusExp(v float64) float64 {
	if v > 0 {
		return v + math.Log1p(math.Exp(-v))
	}
	return math.Log1p(math.Exp(v))
}
