package money

import "fmt"

// Amount is a sum of money: a whole number of minor units (cents, pence, fils) of one [Currency]. It takes 16 bytes,
// compares with ==, and serves as a map key.
//
// The zero Amount is zero of no currency. It is the neutral element: it adds to, and compares with, an amount of any
// currency, since nothing is nothing everywhere. So a total may start as a plain variable, and the sum of no budget
// lines is a valid amount. Its text is "0". It is not == to [FromMinor](0, EUR), which knows its currency.
type Amount struct {
	minor    int64
	currency Currency
}

// FromMinor returns the given number of minor units of c: FromMinor(1234, EUR) is 12.34 EUR, FromMinor(1234, JPY) is
// 1234 JPY. There is deliberately no constructor named New, which would leave the reader to guess the unit.
// If c is not valid and the result is not the zero Amount, the result is not valid either (see [Amount.IsValid]).
func FromMinor(minor int64, c Currency) Amount { return Amount{minor, c} }

// FromUnits returns the given number of whole units of c: FromUnits(1234, EUR) is 1234.00 EUR.
// The error wraps [ErrInvalid] if c is not valid, [ErrOverflow] if the amount is too large.
func FromUnits(units int64, c Currency) (Amount, error) {
	if !c.IsValid() {
		return Amount{}, fmt.Errorf("money: %d units of %v: %w", units, c, ErrInvalid)
	}
	minor, ok := mulDiv(units, pow10[c.exponent()], 1, HalfEven)
	if !ok {
		return Amount{}, fmt.Errorf("money: %d units of %v: %w", units, c, ErrOverflow)
	}
	return Amount{minor, c}, nil
}

// Minor returns the number of minor units.
func (a Amount) Minor() int64 { return a.minor }

// Currency returns the currency, which is zero for the zero Amount.
func (a Amount) Currency() Currency { return a.currency }

// Sign returns -1, 0 or +1 as a is negative, zero or positive.
//
// There is no method IsZero: encoding/json would take it for the meaning of omitzero and drop "0.00 EUR" with its
// currency. As it is, omitzero drops the zero Amount alone.
func (a Amount) Sign() int {
	switch {
	case a.minor < 0:
		return -1
	case a.minor > 0:
		return 1
	}
	return 0
}

// IsValid reports whether a has a valid currency or is the zero Amount. Every amount this package returns from valid
// ones is valid; only [FromMinor] with an invalid currency makes one that is not, and that has no text form.
func (a Amount) IsValid() bool { return a.currency.IsValid() || a == Amount{} }

// Equal reports whether a == b: the same number of the same currency. It is there for packages that compare values
// through a method, such as go-cmp. [Amount.Cmp] finds the zero Amount equal to zero of any currency; Equal does not.
func (a Amount) Equal(b Amount) bool { return a == b }
