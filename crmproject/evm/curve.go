package evm

import (
	"cmp"
	"slices"

	"github.com/crmrollout/crm/crmproject/money"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// A Curve is planned value over time: element t-1 is the cumulative planned value
// at the end of period t, and before period 1 it is 0. The last element is the
// budget at completion, and the length of the curve the planned duration.
// Between the ends of two periods it is a straight line.
type Curve []money.Amount

// Validate reports every fault: an empty curve, a point of another currency than
// the points before it, a negative one, and one below the point before it. Paths
// are "[2]" for the third period.
func (c Curve) Validate() error {
	var faults verdict.Faults
	if len(c) == 0 {
		faults.Missing("")
	}
	currency := c.currency()
	var before int64
	for t, pv := range c {
		switch {
		case !pv.IsValid():
			faults.Addf(verdict.At("", t), "%w amount", money.ErrInvalid)
		case pv.Currency() != 0 && pv.Currency() != currency:
			faults.Addf(verdict.At("", t), "%w: %s among amounts of %s", money.ErrCurrency, pv, currency)
		case pv.Minor() < before:
			faults.Addf(verdict.At("", t), "%w: planned value falls to %s", verdict.ErrRange, pv)
		}
		before = max(before, pv.Minor())
	}
	return faults.Err()
}

// currency returns the first currency of the curve, none if all points are the
// zero Amount.
func (c Curve) currency() money.Currency {
	for _, pv := range c {
		if pv.Currency() != 0 {
			return pv.Currency()
		}
	}
	return 0
}

// planned returns PV_t in minor units, 0 for t = 0.
func (c Curve) planned(t int) int64 {
	if t == 0 {
		return 0
	}
	return c[t-1].Minor()
}

// At returns the planned value at time t, counted in periods, in minor units: 0
// before the first period, the budget at completion after the last. It is
// undefined if t is, or if the curve is empty.
func (c Curve) At(t ratio.Ratio) ratio.Ratio {
	whole, ok := t.Floor()
	switch {
	case !ok:
		return t
	case len(c) == 0:
		return ratio.Undefined(NoPlan)
	case whole < 0:
		return ratio.Int(0)
	case whole >= int64(len(c)):
		return ratio.Int(c.planned(len(c)))
	}
	from, to := ratio.Int(c.planned(int(whole))), ratio.Int(c.planned(int(whole)+1))
	return from.Add(to.Sub(from).Mul(t.Sub(ratio.Int(whole))))
}

// ES returns the earned schedule of ev: the time at which the plan would have
// earned as much, in periods. With C the largest t for which PV_t ≤ EV,
//
//	ES = C + (EV − PV_C)/(PV_{C+1} − PV_C)
//
// and with EV ≥ BAC the first t at which PV reaches BAC. The curve must be valid
// (see [Curve.Validate]); of an empty one, or one of another currency than ev, it
// is undefined. It takes O(log n) time.
//
// Where a plan begins with periods in which nothing is planned, those count as
// earned before anything is done: PV is 0, EV is 0, and ES is the length of that
// plateau. The project is then neither ahead nor late.
func (c Curve) ES(ev money.Amount) ratio.Ratio {
	switch currency := c.currency(); {
	case len(c) == 0:
		return ratio.Undefined(NoPlan)
	case currency != 0 && ev.Currency() != 0 && ev.Currency() != currency:
		return ratio.Undefined(money.ErrCurrency.Error())
	}
	earned, bac := max(0, ev.Minor()), c.planned(len(c))
	switch {
	case bac == 0:
		return ratio.Int(0) // PV₀ already is the budget
	case earned >= bac:
		return ratio.Int(int64(c.below(bac)) + 1)
	}
	t := c.below(earned + 1) // C: the period after it is the first to exceed EV
	from, to := c.planned(t), c.planned(t+1)
	return ratio.Int(int64(t)).Add(ratio.New(earned-from, to-from))
}

// below returns the number of periods at whose end the planned value is below pv.
func (c Curve) below(pv int64) int {
	i, _ := slices.BinarySearchFunc(c, pv, func(a money.Amount, pv int64) int { return cmp.Compare(a.Minor(), pv) })
	return i
}
