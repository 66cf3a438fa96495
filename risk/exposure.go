package risk

import (
	"github.com/crmrollout/crm/crmproject/money"
	"github.com/crmrollout/crm/crmproject/ratio"
)

// Reasons why an exposure or a leverage is undefined.
const (
	Free             = "free: the response costs nothing" // a leverage at no cost: better than any number
	NoProbability    = "no probability or rate is given"
	NoImpact         = "no impact in money is given"
	NoDelay          = "no delay is given"
	NoCost           = "no cost is given"
	CurrenciesDiffer = "currencies differ"
)

// An Exposure is an expected amount of money. It is exact, so often a fraction
// of a minor unit, or undefined with a reason. Exposures are comparable with ==.
type Exposure struct {
	Minor    ratio.Ratio    `json:"minor"` // minor units of the currency: cents, pence
	Currency money.Currency `json:"currency,omitzero"`
}

// ExposureOf returns the exposure of a certain amount.
func ExposureOf(a money.Amount) Exposure {
	return Exposure{ratio.Int(a.Minor()), a.Currency()}
}

// Defined reports whether e has a value.
func (e Exposure) Defined() bool { return e.Minor.Defined() }

// Amount rounds e to a whole minor unit. The error wraps [ratio.ErrUndefined]
// if e is undefined, and [money.ErrInvalid] if e is not zero and has no
// currency.
func (e Exposure) Amount(r money.Rounding) (money.Amount, error) {
	if err := e.Minor.Err(); err != nil {
		return money.Amount{}, err
	}
	return money.FromMinor(1, e.Currency).MulDiv(e.Minor.Num(), e.Minor.Den(), r)
}

// Add returns e + f. Of two currencies it is undefined; an exposure of no
// currency, as the zero amount has, adds to any.
func (e Exposure) Add(f Exposure) Exposure { return e.combine(f, ratio.Ratio.Add) }

// Sub returns e − f, by the rules of [Exposure.Add].
func (e Exposure) Sub(f Exposure) Exposure { return e.combine(f, ratio.Ratio.Sub) }

func (e Exposure) combine(f Exposure, op func(x, y ratio.Ratio) ratio.Ratio) Exposure {
	c, ok := common(e.Currency, f.Currency)
	if !ok && e.Defined() && f.Defined() {
		return Exposure{Minor: ratio.Undefined(CurrenciesDiffer)}
	}
	return Exposure{op(e.Minor, f.Minor), c}
}

// times returns e multiplied by r.
func (e Exposure) times(r ratio.Ratio) Exposure { return Exposure{e.Minor.Mul(r), e.Currency} }

// String returns e rounded half to even to a minor unit, "1234.50 EUR", or
// "undefined: " and the reason.
func (e Exposure) String() string {
	a, err := e.Amount(money.HalfEven)
	if err != nil {
		return e.Minor.String()
	}
	return a.String()
}

// common returns the one currency of several, not counting those that are none.
func common(cs ...money.Currency) (money.Currency, bool) {
	var one money.Currency
	for _, c := range cs {
		if one != 0 && c != 0 && one != c {
			return 0, false
		}
		if one == 0 {
			one = c
		}
	}
	return one, true
}
