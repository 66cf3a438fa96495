package money

import (
	"cmp"
	"fmt"
	"iter"
	"math"
)

// Add returns a + b. The zero Amount is neutral. The error is a [*CurrencyError] or wraps [ErrOverflow].
func (a Amount) Add(b Amount) (Amount, error) {
	c, ok := common(a, b)
	if !ok {
		return Amount{}, &CurrencyError{"add", a.currency, b.currency}
	}
	sum := a.minor + b.minor
	// The sum has left the range if and only if its sign differs from the sign of both operands.
	if (a.minor^sum)&(b.minor^sum) < 0 {
		return Amount{}, overflow("add", a, b)
	}
	return Amount{sum, c}, nil
}

// Sub returns a - b. The zero Amount is neutral. The error is a [*CurrencyError] or wraps [ErrOverflow].
func (a Amount) Sub(b Amount) (Amount, error) {
	c, ok := common(a, b)
	if !ok {
		return Amount{}, &CurrencyError{"subtract", a.currency, b.currency}
	}
	diff := a.minor - b.minor
	if (a.minor^b.minor)&(a.minor^diff) < 0 {
		return Amount{}, overflow("subtract", a, b)
	}
	return Amount{diff, c}, nil
}

// Neg returns -a. The error wraps [ErrOverflow]; only an amount of math.MinInt64 minor units gives it.
func (a Amount) Neg() (Amount, error) {
	if a.minor == math.MinInt64 {
		return Amount{}, overflow("negate", a)
	}
	return Amount{-a.minor, a.currency}, nil
}

// Abs returns a without its sign. The error wraps [ErrOverflow]; only an amount of math.MinInt64 minor units gives it.
func (a Amount) Abs() (Amount, error) {
	if a.minor >= 0 {
		return a, nil
	}
	if a.minor == math.MinInt64 {
		return Amount{}, overflow("absolute value of", a)
	}
	return Amount{-a.minor, a.currency}, nil
}

// Mul returns n times a, exactly. The error wraps [ErrOverflow].
func (a Amount) Mul(n int64) (Amount, error) {
	product, ok := mulDiv(a.minor, n, 1, HalfEven)
	if !ok {
		return Amount{}, fmt.Errorf("money: multiply %v by %d: %w", a, n, ErrOverflow)
	}
	return Amount{product, a.currency}, nil
}

// MulDiv returns a × num ÷ den rounded to a minor unit by r: MulDiv(15, 100, HalfEven) is 15 %. The product is held in
// 128 bits and rounded once, so the result is the exact quotient rounded, for all signs and all values. Any of the three
// numbers may be negative.
//
// The error wraps [ErrDivision] if den is zero, [ErrOverflow] if the rounded result is out of range, [ErrInvalid] if r is.
func (a Amount) MulDiv(num, den int64, r Rounding) (Amount, error) {
	if den == 0 || !r.IsValid() {
		return Amount{}, mulDivFault(a, num, den, r)
	}
	minor, ok := mulDiv(a.minor, num, den, r)
	if !ok {
		return Amount{}, fmt.Errorf("money: %v × %d ÷ %d: %w", a, num, den, ErrOverflow)
	}
	return Amount{minor, a.currency}, nil
}

func mulDivFault(a Amount, num, den int64, r Rounding) error {
	if !r.IsValid() {
		return fmt.Errorf("money: %v × %d ÷ %d: %v: %w", a, num, den, r, ErrInvalid)
	}
	return fmt.Errorf("money: %v × %d ÷ 0: %w", a, num, ErrDivision)
}

// Rescale returns a in c, a currency of the same code with another exponent, rounded by r where decimals are lost: from
// 12.3456 EUR/4 to 12.35 EUR. The zero Amount becomes zero of c.
//
// The error is a [*CurrencyError] if the codes differ, or wraps [ErrInvalid] or [ErrOverflow].
func (a Amount) Rescale(c Currency, r Rounding) (Amount, error) {
	switch {
	case !c.IsValid() || !a.IsValid() || !r.IsValid():
		return Amount{}, fmt.Errorf("money: rescale %v to %v, %v: %w", a, c, r, ErrInvalid)
	case a == Amount{}:
		return Amount{0, c}, nil
	case (a.currency^c)&^exponentMask != 0:
		return Amount{}, &CurrencyError{"rescale", a.currency, c}
	}
	minor, ok := mulDiv(a.minor, pow10[c.exponent()], pow10[a.currency.exponent()], r)
	if !ok {
		return Amount{}, overflow("rescale", a, c)
	}
	return Amount{minor, c}, nil
}

// Cmp returns -1, 0 or +1 as a is less than, equal to or greater than b. The zero Amount compares as zero of the other's
// currency. The error is a [*CurrencyError].
func (a Amount) Cmp(b Amount) (int, error) {
	if _, ok := common(a, b); !ok {
		return 0, &CurrencyError{"compare", a.currency, b.currency}
	}
	return cmp.Compare(a.minor, b.minor), nil
}

// Less reports whether a < b, under the rules of [Amount.Cmp].
func (a Amount) Less(b Amount) (bool, error) {
	order, err := a.Cmp(b)
	return order < 0, err
}

// Sum returns the total of the amounts, the zero Amount if there are none. It is kept in 128 bits, so neither the result
// nor the error depends on the order: only a total out of range overflows, never a sum on the way. Reading stops at the
// first amount of another currency than the ones before.
//
// The error is a [*CurrencyError] whose Op names the index of that amount, or wraps [ErrInvalid] or [ErrOverflow].
func Sum(amounts iter.Seq[Amount]) (Amount, error) {
	var (
		total    int128
		currency Currency
		i        int
	)
	for a := range amounts {
		if !a.IsValid() { // without a currency it would pass for the neutral start
			return Amount{}, fmt.Errorf("money: sum: amounts[%d]: %v: %w", i, a, ErrInvalid)
		}
		c, ok := common(Amount{currency: currency}, a)
		if !ok {
			return Amount{}, &CurrencyError{fmt.Sprintf("sum: amounts[%d]", i), currency, a.currency}
		}
		total.add(a.minor)
		currency = c
		i++
	}
	minor, ok := total.int64()
	if !ok {
		return Amount{}, fmt.Errorf("money: sum of %d amounts of %v: %w", i, currency, ErrOverflow)
	}
	return Amount{minor, currency}, nil
}

// common returns the currency of a result of a and b, and whether they may meet.
func common(a, b Amount) (Currency, bool) {
	switch {
	case a.currency == b.currency || b == Amount{}:
		return a.currency, true
	case a == Amount{}:
		return b.currency, true
	}
	return 0, false
}
