package quant

import (
	"fmt"
	"math"
)

// A Contingency is what is set aside over a base so that base and contingency
// together suffice with a certain probability.
type Contingency struct {
	Base float64  `json:"base"`
	Mean Estimate `json:"mean"` // expected total − base
	P50  Estimate `json:"p50"`  // percentile of the total − base; negative where the base has room
	P80  Estimate `json:"p80"`
	P90  Estimate `json:"p90"`
	// Reserve is the management reserve. It stands for what the model does not hold,
	// so no percentile of the model tells it, and none contains it: it comes on top.
	Reserve float64 `json:"reserve"`
}

// Contingency returns the contingency over a base, such as the budget without risks,
// and a management reserve of the given share of the base, a matter of policy. The
// total is that of the result, with the base of the model if it has one: the base
// given here is then usually the same.
//
// The error wraps [ErrRange] if base or share is negative or no number, and
// [ErrMissing] if P50, P80 and P90 are not among the percentiles of the result.
func (r *Result) Contingency(base, reserveShare float64) (Contingency, error) {
	var f faults
	f.notNegative("base", base)
	f.notNegative("reserveShare", reserveShare)
	c := Contingency{Base: base, Mean: r.Cost.Mean.plus(-base), Reserve: base * reserveShare}
	for _, q := range []struct {
		p  float64
		to *Estimate
	}{{0.5, &c.P50}, {0.8, &c.P80}, {0.9, &c.P90}} {
		e, ok := r.Cost.Percentile(q.p)
		if !ok {
			f.addf(fmt.Sprintf("cost.quantiles[P%.0f]", 100*q.p), "%w", ErrMissing)
		}
		*q.to = e.plus(-base)
	}
	if !(math.Abs(c.Reserve) <= largest) {
		f.addf("reserveShare", "%w: a reserve of %v", ErrRange, c.Reserve)
	}
	if err := f.err(); err != nil {
		return Contingency{}, err
	}
	return c, nil
}
