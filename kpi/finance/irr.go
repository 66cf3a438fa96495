package finance

import (
	"fmt"
	"math"
	"math/big"
	"slices"
	"strconv"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/verdict"
)

const daysPerYear = 365

// maxDegree bounds the exponents of time, so that powers of any rate stay within the
// exponents of big.Float: a thousand years of days.
const maxDegree = 365_250

// Rates are all internal rates of return of some flows: the rates above −1 at which
// their net present value is 0.
type Rates struct {
	SignChanges int    `json:"signChanges"`        // of the flows in order of time; by Descartes' rule, at most so many rates
	Rates       []Rate `json:"rates"`              // ascending
	Beyond      int    `json:"beyond,omitempty"`   // further rates, whose growth is 0 or infinite as a float64
	Unproven    int    `json:"unproven,omitempty"` // of the rates, those taken for multiple by 600 digits and no proof
	Reason      string `json:"reason,omitempty"`   // why there is no rate
}

// A Rate is an internal rate of return, per period or per year.
type Rate struct {
	Value        float64 `json:"value"`        // at least −1; −1 only where the Growth is too small to be told from 0 in it
	Growth       float64 `json:"growth"`       // 1 + rate, above 0
	Multiplicity int     `json:"multiplicity"` // of the zero: 1, or more where the net present value touches 0
}

// Only returns the rate if there is exactly one. It is undefined if there is none,
// and if there are several: then none of them is "the" return, and [NPV] or [MIRR]
// should decide.
func (r Rates) Only() Number {
	switch n := len(r.Rates) + r.Beyond; {
	case n == 0:
		return undefined(r.Reason)
	case n > 1:
		return undefined(strconv.Itoa(n) + " rates of return")
	case r.Beyond == 1:
		return undefined(TooLarge)
	default:
		return Number{Value: r.Rates[0].Value}
	}
}

// Nearest returns the rate nearest to a guess, which a spreadsheet tends to find from
// there; its guess is 0.1 unless told otherwise. Of two as near, it is the smaller.
func (r Rates) Nearest(guess float64) Number {
	if len(r.Rates) == 0 {
		return undefined(r.reason())
	}
	best := r.Rates[0].Value
	for _, rate := range r.Rates[1:] {
		if math.Abs(rate.Value-guess) < math.Abs(best-guess) {
			best = rate.Value
		}
	}
	return Number{Value: best}
}

func (r Rates) reason() string {
	if r.Beyond > 0 {
		return TooLarge
	}
	return r.Reason
}

// IRR returns every internal rate of return of the flows of equal periods, the first
// now: every r > −1 with Σ flow_i/(1+r)^i = 0.
//
// The count is certain, not a matter of a starting guess. In x = 1/(1+r) the sum is a
// polynomial with the flows as coefficients, taken exactly at their shortest decimal
// text. Its positive roots are separated by bisection, until in each interval a bound
// of the polynomial, or of its slope, shows that there is no root or one. Where roots
// are close or multiple that is helped by the proof of Descartes' rule of signs:
// between the roots of a polynomial with one sign change less it is monotone. All
// signs are computed with error bounds, in as many bits as it takes. Each rate is
// then correct to the last place or nearly so. A multiple root is proven
// where it is a fraction; otherwise it is taken for one if 2,048 bits do not tell it
// from one, and counted in Unproven.
//
// Flows that are not finite, and more than 365,251 of them, are located errors that
// wrap [verdict.ErrRange]. So are flows with more than 250 sign changes if bisection
// gives them up, as it does with rates beyond float64; random flows by the thousand it
// does not. For n flows with V sign changes it refines O(V²) roots at
// the very most, which takes O(n) each.
func IRR(flows []float64) (Rates, error) {
	var faults verdict.Faults
	checkFlows(&faults, flows)
	if len(flows) > maxDegree+1 {
		faults.Addf("flows", "%w: %d", verdict.ErrRange, len(flows))
	}
	if err := wrap(&faults); err != nil {
		return Rates{}, err
	}
	times := make([]int64, len(flows))
	for i := range times {
		times[i] = int64(i)
	}
	c, _ := integers(flows)
	return rates(newPoly(c, times), len(flows), 1)
}

// XIRR returns every internal rate of return per year of 365 days of dated flows:
// every r > −1 with Σ flow/(1+r)^(days/365) = 0, the days counted from any day, which
// does not matter. Flows may come in any order; those of one day are added exactly.
// See [IRR] for how it is done and [Rates.Nearest] for what a spreadsheet shows.
//
// Days that are none, or a thousand years after the first, and flows that are not
// finite, or are too many as of [IRR], are located errors.
func XIRR(flows []Dated) (Rates, error) {
	var faults verdict.Faults
	checkDated(&faults, flows)
	if faults.Len() == 0 {
		checkSpan(&faults, flows)
	}
	if err := wrap(&faults); err != nil {
		return Rates{}, err
	}
	if len(flows) == 0 {
		return Rates{Rates: []Rate{}, Reason: NoFlows}, nil
	}
	sorted := slices.SortedStableFunc(slices.Values(flows), func(a, b Dated) int { return int(a.Day - b.Day) })
	values := make([]float64, len(sorted))
	for i, f := range sorted {
		values[i] = f.Flow
	}
	whole, _ := integers(values)
	var c []*big.Int
	var d []int64
	for i, f := range sorted {
		days := int64(f.Day - sorted[0].Day)
		if last := len(d) - 1; last >= 0 && d[last] == days {
			c[last] = new(big.Int).Add(c[last], whole[i])
			continue
		}
		c, d = append(c, whole[i]), append(d, days)
	}
	return rates(newPoly(c, d), len(flows), daysPerYear)
}

// checkSpan records flows too long after the earliest.
func checkSpan(faults *verdict.Faults, flows []Dated) {
	first := calendar.MaxDate
	for _, f := range flows {
		first = min(first, f.Day)
	}
	for i, f := range flows {
		if f.Day-first > maxDegree {
			faults.Addf(verdict.At("flows", i)+".day", "%w: %v is more than a thousand years after %v", verdict.ErrRange, f.Day, first)
		}
	}
}

// rates returns the rates of p, a polynomial in (1+r)^(−1/perYear).
func rates(p *poly, flows int, perYear int64) (Rates, error) {
	r := Rates{Rates: []Rate{}}
	switch {
	case flows == 0:
		r.Reason = NoFlows
		return r, nil
	case len(p.c) == 0:
		r.Reason = AnyRate
		return r, nil
	case len(p.c) == 1:
		r.Reason = OneDate
		return r, nil
	}
	r.SignChanges = p.changes()
	roots, ok := positiveRoots(p)
	if !ok {
		return Rates{}, fmt.Errorf("finance: flows: %w: %d sign changes, and rates that are not told apart by bisection", verdict.ErrRange, r.SignChanges)
	}
	for _, root := range slices.Backward(roots) {
		rate, ok := rateOf(root, perYear)
		if !ok {
			r.Beyond++
			continue
		}
		r.Rates = append(r.Rates, rate)
		if root.unproven {
			r.Unproven++
		}
	}
	switch {
	case r.SignChanges == 0:
		r.Reason = NoSignChange
	case len(r.Rates) == 0 && r.Beyond == 0:
		r.Reason = NoRate
	}
	return r, nil
}

// rateOf returns the rate of a root, and false if its growth does not fit a float64.
func rateOf(root *root, perYear int64) (Rate, bool) {
	const prec = finalBits + 64
	x := root.middle(finalBits)
	one := newFloat(prec).SetInt64(1)
	if root.lo.Cmp(one) <= 0 && one.Cmp(root.hi) <= 0 {
		x = one // a rate of 0, to 128 bits
	}
	g := newFloat(prec).Quo(one, raise(x, perYear, prec))
	growth, _ := g.Float64()
	value, _ := g.Sub(g, one).Float64()
	return Rate{Value: value, Growth: growth, Multiplicity: root.multiplicity}, growth > 0 && !math.IsInf(growth, 0)
}
