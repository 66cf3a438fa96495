package finance

import (
	"math"
	"math/big"
	"slices"

	"github.com/crmrollout/crm/crmproject/verdict"
)

// bitsOfSums is the precision of present values before they are rounded once: enough
// for the smallest float64 beside the largest.
const bitsOfSums = 2304

// NPV returns the net present value of the flows of equal periods at a rate per
// period, the first flow being now:
//
//	Σ flow_i/(1+rate)^i, i = 0, 1, …
//
// The flows and the rate are taken at their shortest decimal text, and the sum is
// rounded once. It is undefined for no flows, and if it does not fit a float64.
//
// Faults are located and wrap [verdict.ErrRange]: flows that are not finite, a rate
// that is not above −1.
func NPV(rate float64, flows []float64) (Number, error) {
	return presentValue(rate, flows, 0)
}

// SpreadsheetNPV returns the number that the function NPV of spreadsheets gives: the
// first flow comes at the end of the first period and is discounted too,
// NPV/(1+rate). Undefined values and errors are those of [NPV].
func SpreadsheetNPV(rate float64, flows []float64) (Number, error) {
	return presentValue(rate, flows, 1)
}

// presentValue returns Σ flow_i/(1+rate)^(i+first).
func presentValue(rate float64, flows []float64, first int64) (Number, error) {
	var faults verdict.Faults
	checkRate(&faults, "rate", rate)
	checkFlows(&faults, flows)
	if err := wrap(&faults); err != nil {
		return Number{}, err
	}
	if len(flows) == 0 {
		return undefined(NoFlows), nil
	}
	v := discount(rate)
	sum := newFloat(bitsOfSums)
	c, scale := integers(flows)
	for _, f := range slices.Backward(c) {
		sum.Mul(sum, v)
		accumulate(sum, newFloat(bitsOfSums).SetInt(f))
	}
	return rounded(sum.Mul(sum, raise(v, first, bitsOfSums)), scale), nil
}

// XNPV returns the net present value of dated flows at a rate per year of 365 days,
//
//	Σ flow/(1+rate)^(days/365),
//
// the days counted from the earliest flow. Flows may come in any order, several of one
// day too. Undefined values and errors are those of [NPV], and days that are none are
// located errors.
func XNPV(rate float64, flows []Dated) (Number, error) {
	var faults verdict.Faults
	checkRate(&faults, "rate", rate)
	checkDated(&faults, flows)
	if err := wrap(&faults); err != nil {
		return Number{}, err
	}
	if len(flows) == 0 {
		return undefined(NoFlows), nil
	}
	sorted := slices.SortedStableFunc(slices.Values(flows), func(a, b Dated) int { return int(b.Day - a.Day) })
	values := make([]float64, len(sorted))
	for i, f := range sorted {
		values[i] = f.Flow
	}
	daily := nthRoot(discount(rate), daysPerYear)
	sum := newFloat(bitsOfSums)
	c, scale := integers(values)
	for i, f := range c { // from the last day to the first
		if i > 0 {
			sum.Mul(sum, raise(daily, int64(sorted[i-1].Day-sorted[i].Day), bitsOfSums))
		}
		accumulate(sum, newFloat(bitsOfSums).SetInt(f))
	}
	return rounded(sum, scale), nil
}

// MIRR returns the modified internal rate of return per period: outlays are financed
// at one rate, returns reinvested at another until the last period n,
//
//	(Σ returns_i·(1+reinvest)^(n−i) / −Σ outlays_i/(1+finance)^i)^(1/n) − 1
//
// There is always one, and only one, if there are an outlay and a return; otherwise it
// is undefined. Errors are those of [NPV].
func MIRR(flows []float64, finance, reinvest float64) (Number, error) {
	var faults verdict.Faults
	checkRate(&faults, "finance", finance)
	checkRate(&faults, "reinvest", reinvest)
	checkFlows(&faults, flows)
	if err := wrap(&faults); err != nil {
		return Number{}, err
	}
	c, _ := integers(flows)
	spent, earned := newFloat(bitsOfSums), newFloat(bitsOfSums)
	down := discount(finance)
	up := newFloat(bitsOfSums).Quo(newFloat(bitsOfSums).SetInt64(1), discount(reinvest))
	for i := range c {
		earned.Mul(earned, up)
		spent.Mul(spent, down)
		if c[i].Sign() > 0 {
			accumulate(earned, newFloat(bitsOfSums).SetInt(c[i]))
		}
		if last := c[len(c)-1-i]; last.Sign() < 0 {
			accumulate(spent, newFloat(bitsOfSums).SetInt(new(big.Int).Neg(last)))
		}
	}
	switch {
	case spent.Sign() == 0:
		return undefined(NoOutlay), nil
	case earned.Sign() == 0:
		return undefined(NoReturn), nil
	}
	growth := nthRoot(earned.Quo(earned, spent), int64(len(flows)-1))
	return rounded(growth.Sub(growth, newFloat(bitsOfSums).SetInt64(1)), 0), nil
}

// discount returns 1/(1+rate) for the decimal that the rate reads as.
func discount(rate float64) *big.Float {
	num, den := growth(rate)
	return newFloat(bitsOfSums).Quo(newFloat(bitsOfSums).SetInt(den), newFloat(bitsOfSums).SetInt(num))
}

// growth returns 1+rate as a fraction of positive integers, exactly, for a rate above
// −1. The shortest text of such a rate is above −1 as well.
func growth(rate float64) (num, den *big.Int) {
	d := decimalOf(rate)
	if d.scale >= 0 {
		num = new(big.Int).Mul(d.digits, power10(d.scale))
		return num.Add(num, big.NewInt(1)), big.NewInt(1)
	}
	den = power10(-d.scale)
	return new(big.Int).Add(d.digits, den), den
}

// nthRoot returns a^(1/n) for a > 0, n ≥ 1, by Newton's method from the float64 root.
func nthRoot(a *big.Float, n int64) *big.Float {
	const prec uint = bitsOfSums
	mantissa := new(big.Float)
	exponent := a.MantExp(mantissa)
	m, _ := mantissa.Float64()
	log := (math.Log2(m) + float64(exponent)) / float64(n)
	whole := math.Floor(log)
	x := newFloat(prec).SetMantExp(newFloat(prec).SetFloat64(math.Exp2(log-whole)), int(whole))
	one, count := newFloat(prec).SetInt64(1), newFloat(prec).SetInt64(n)
	for accurate := uint(30); accurate < prec; accurate *= 2 { // x += x·(a/xⁿ − 1)/n
		step := newFloat(prec).Quo(a, raise(x, n, prec))
		step.Sub(step, one)
		step.Quo(step, count)
		x.Add(x, step.Mul(step, x))
	}
	return x
}

// rounded returns v·10^−scale as a Number.
func rounded(v *big.Float, scale int) Number {
	f, _ := new(big.Float).SetPrec(v.Prec()).Quo(v, newFloat(v.Prec()).SetInt(power10(scale))).Float64()
	return number(f)
}
