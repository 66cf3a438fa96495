package finance

import (
	"math/big"

	"github.com/crmrollout/crm/crmproject/verdict"
)

// A Payback says when money spent has come back. Times are in periods from now.
type Payback struct {
	Time    Number `json:"time"`    // when the cumulative flow first reaches 0, the flow of a period coming in evenly over it
	Whole   Number `json:"whole"`   // the end of that period
	Lasting Number `json:"lasting"` // when it reaches 0 for good: after the last period that ends below 0
}

// PaybackTime returns the simple payback: that of the flows as they are. The flow at
// time 0 is the first; if it is not negative, payback is immediate, at 0. It is
// undefined, with the reason [Never], if the cumulative flow stays below 0.
//
// It is computed exactly from the shortest decimal texts of the flows, so a payback at
// the end of a period is found there and not one later. Flows that are not finite are
// located errors that wrap [verdict.ErrRange].
func PaybackTime(flows []float64) (Payback, error) { return DiscountedPayback(0, flows) }

// DiscountedPayback returns the payback of the flows discounted at a rate per period.
// A rate that is not above −1 is an error; the rest is as of [PaybackTime].
func DiscountedPayback(rate float64, flows []float64) (Payback, error) {
	var faults verdict.Faults
	checkRate(&faults, "rate", rate)
	checkFlows(&faults, flows)
	if err := wrap(&faults); err != nil {
		return Payback{}, err
	}
	if len(flows) == 0 {
		none := undefined(NoFlows)
		return Payback{none, none, none}, nil
	}
	never := undefined(Never)
	p := Payback{never, never, never}
	num, den := growth(rate)
	c, _ := integers(flows)
	balance, scale := new(big.Int), big.NewInt(1) // compounded to the period, times den^period
	for i, f := range c {
		before := new(big.Int).Mul(balance, num)
		if i > 0 {
			scale.Mul(scale, den)
		}
		flow := new(big.Int).Mul(f, scale)
		balance = new(big.Int).Add(before, flow)
		if balance.Sign() < 0 {
			p.Lasting = never
			continue
		}
		if p.Lasting.Defined() {
			continue
		}
		p.Lasting = crossing(i, before, flow)
		if !p.Time.Defined() {
			p.Time, p.Whole = p.Lasting, Number{Value: float64(i)}
		}
	}
	return p, nil
}

// crossing returns when, in the course of period i, a balance below 0 reaches 0.
func crossing(i int, before, flow *big.Int) Number {
	if i == 0 {
		return Number{}
	}
	part := new(big.Rat).SetFrac(new(big.Int).Neg(before), flow)
	at, _ := part.Add(part, new(big.Rat).SetInt64(int64(i-1))).Float64()
	return Number{Value: at}
}
