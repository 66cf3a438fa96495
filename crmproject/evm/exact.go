package evm

import (
	"cmp"
	"fmt"
	"math/big"

	"github.com/crmrollout/crm/crmproject/money"
	"github.com/crmrollout/crm/crmproject/ratio"
)

// An Exact is a rational number of any size, or undefined with a reason. An
// estimate at completion multiplies up to four amounts, so that with a budget of
// a few million it leaves the 64 bits of a [ratio.Ratio], and an estimate that is
// undefined for being large would be of no use.
//
// The text form, which is also the JSON form, is that of [ratio.Ratio]: "3/4",
// "-2", "undefined: no actual cost: not started". The zero Exact is "not given".
// Exacts are comparable with ==: two defined ones are equal exactly if they are
// the same number.
type Exact struct {
	small ratio.Ratio
	wide  string // "num" or "num/den" in lowest terms if it does not fit small, which then is zero
}

// ExactOf returns r, its reason included if it is undefined.
func ExactOf(r ratio.Ratio) Exact { return Exact{small: r} }

// ExactRat returns the value of x, which is not kept. A nil x gives the zero
// Exact.
func ExactRat(x *big.Rat) Exact {
	switch {
	case x == nil:
		return Exact{}
	case x.Num().IsInt64() && x.Denom().IsInt64():
		return ExactOf(ratio.New(x.Num().Int64(), x.Denom().Int64()))
	default:
		return Exact{wide: x.RatString()}
	}
}

func undefined(reason string) Exact { return ExactOf(ratio.Undefined(reason)) }

// whole returns the number of minor units of a.
func whole(a money.Amount) Exact { return ExactOf(ratio.Int(a.Minor())) }

// Defined reports whether e has a value.
func (e Exact) Defined() bool { return e.wide != "" || e.small.Defined() }

// IsZero reports whether e is the zero Exact, which is not given. It is what the
// JSON option omitzero asks. For the number zero see [Exact.Sign].
func (e Exact) IsZero() bool { return e == Exact{} }

// Reason says why e is undefined; it is empty if e is defined or was not given.
func (e Exact) Reason() string { return e.small.Reason() }

// Ratio returns e as a ratio, undefined with the reason [ratio.Overflow] if it
// does not fit one.
func (e Exact) Ratio() ratio.Ratio {
	if e.wide != "" {
		return ratio.Undefined(ratio.Overflow)
	}
	return e.small
}

// Rat returns e as a new big.Rat, and false if it is undefined.
func (e Exact) Rat() (*big.Rat, bool) {
	if e.wide != "" {
		return new(big.Rat).SetString(e.wide)
	}
	if !e.small.Defined() {
		return nil, false
	}
	return big.NewRat(e.small.Num(), e.small.Den()), true
}

// Sign returns -1, 0 or +1; 0 also if e is undefined.
func (e Exact) Sign() int {
	switch {
	case e.wide == "":
		return e.small.Sign()
	case e.wide[0] == '-':
		return -1
	default:
		return +1
	}
}

// Cmp returns -1, 0 or +1 as e is less than, equal to or greater than f. It
// orders every pair as [ratio.Ratio.Cmp] does: an undefined one comes before
// every number.
func (e Exact) Cmp(f Exact) int {
	if e.wide == "" && f.wide == "" {
		return e.small.Cmp(f.small)
	}
	x, okX := e.Rat()
	y, okY := f.Rat()
	if !okX || !okY {
		return cmp.Compare(definedness(okX), definedness(okY))
	}
	return x.Cmp(y)
}

func definedness(ok bool) int {
	if ok {
		return 1
	}
	return 0
}

// Less reports whether both are defined and e < f.
func (e Exact) Less(f Exact) bool { return e.Defined() && f.Defined() && e.Cmp(f) < 0 }

// Equal reports whether e == f. It is there for packages that compare values
// through a method, such as go-cmp.
func (e Exact) Equal(f Exact) bool { return e == f }

func (e Exact) add(f Exact) Exact { return e.combine(f, ratio.Ratio.Add, (*big.Rat).Add) }

func (e Exact) sub(f Exact) Exact { return e.combine(f, ratio.Ratio.Sub, (*big.Rat).Sub) }

func (e Exact) mul(f Exact) Exact { return e.combine(f, ratio.Ratio.Mul, (*big.Rat).Mul) }

// quo returns e ÷ f, undefined for the given reason if f is 0.
func (e Exact) quo(f Exact, reason string) Exact {
	if e.Defined() && f.Defined() && f.Sign() == 0 {
		return undefined(reason)
	}
	return e.combine(f, ratio.Ratio.Quo, (*big.Rat).Quo)
}

// combine computes in 64 bits where operands and result fit, which is nearly
// always and allocates nothing, and without limit where they do not.
func (e Exact) combine(f Exact, small func(r, s ratio.Ratio) ratio.Ratio, large func(z, x, y *big.Rat) *big.Rat) Exact {
	switch {
	case !e.Defined():
		return e
	case !f.Defined():
		return f
	case e.wide == "" && f.wide == "":
		if r := small(e.small, f.small); r.Defined() {
			return ExactOf(r)
		}
	}
	x, _ := e.Rat()
	y, _ := f.Rat()
	return ExactRat(large(x, x, y))
}

// Amount rounds e, a number of minor units of c, to a whole one. The error wraps
// [ratio.ErrUndefined] if e is undefined, [money.ErrOverflow] if the result does
// not fit an int64, and [money.ErrInvalid] if c or r is not valid.
func (e Exact) Amount(c money.Currency, r money.Rounding) (money.Amount, error) {
	switch {
	case !e.Defined():
		return money.Amount{}, fmt.Errorf("evm: amount: %w", e.small.Err())
	case !c.IsValid():
		return money.Amount{}, fmt.Errorf("evm: amount: %v: %w", c, money.ErrInvalid)
	case e.wide == "":
		return money.FromMinor(1, c).MulDiv(e.small.Num(), e.small.Den(), r)
	}
	x, _ := e.Rat()
	minor, err := roundBig(x, r)
	if err != nil {
		return money.Amount{}, fmt.Errorf("evm: amount: %w", err)
	}
	return money.FromMinor(minor, c), nil
}

// roundBig rounds x to an integer. How a number rounds depends on its sign, on
// whether its integer part is odd, and on where the rest lies between 0, a half
// and 1; so a small number alike in all three is rounded by package money, and x
// moves as that one does.
func roundBig(x *big.Rat, r money.Rounding) (int64, error) {
	q, rest := new(big.Int).QuoRem(x.Num(), x.Denom(), new(big.Int))
	alike := int64(q.Bit(0)) * 4
	if rest.Sign() != 0 {
		half := rest.Lsh(new(big.Int).Abs(rest), 1).Cmp(x.Denom())
		alike += int64(half + 2) // 1, 2 or 3 quarters
	}
	odd := int64(q.Bit(0))
	if x.Sign() < 0 {
		alike, odd = -alike, -odd
	}
	rounded, err := money.FromMinor(1, money.EUR).MulDiv(alike, 4, r)
	if err != nil {
		return 0, err
	}
	q.Add(q, big.NewInt(rounded.Minor()-odd))
	if !q.IsInt64() {
		return 0, fmt.Errorf("a number of %d digits: %w", len(q.String()), money.ErrOverflow)
	}
	return q.Int64(), nil
}
