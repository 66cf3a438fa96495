package evm

import (
	"fmt"
	"math/big"
	"strings"

	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// maxExactText bounds what [ParseExact] reads. A formula of this package makes no
// more than some 160 digits of four amounts; a sum over many packages may make
// more.
const maxExactText = 1 << 16

// ParseExact reads whatever [ratio.Parse] reads, and integers and fractions of
// integers of up to 65536 characters. The error wraps [ratio.ErrSyntax].
func ParseExact(s string) (Exact, error) {
	r, err := ratio.Parse(s)
	if err == nil {
		return ExactOf(r), nil
	}
	num, den, fraction := strings.Cut(s, "/")
	if !fraction {
		den = "1"
	}
	n, okN := parseInteger(num)
	d, okD := parseInteger(den)
	if len(s) > maxExactText || !okN || !okD || d.Sign() == 0 {
		return Exact{}, fmt.Errorf("evm: number %s: %w", verdict.Quote(s), ratio.ErrSyntax)
	}
	return ExactRat(new(big.Rat).SetFrac(n, d)), nil
}

// parseInteger reads an optional minus and digits.
func parseInteger(s string) (*big.Int, bool) {
	digits := strings.TrimPrefix(s, "-")
	if digits == "" || len(s) > maxExactText || strings.Trim(digits, "0123456789") != "" {
		return nil, false
	}
	return new(big.Int).SetString(s, 10)
}

// String returns the text form.
func (e Exact) String() string {
	if e.wide != "" {
		return e.wide
	}
	return e.small.String()
}

// AppendText appends the text form to b. The error is always nil.
func (e Exact) AppendText(b []byte) ([]byte, error) { return append(b, e.String()...), nil }

// MarshalText is the text form of e.
func (e Exact) MarshalText() ([]byte, error) { return e.AppendText(nil) }

// UnmarshalText reads any form that [ParseExact] reads; e is unchanged on error.
func (e *Exact) UnmarshalText(text []byte) error {
	v, err := ParseExact(string(text))
	if err != nil {
		return err
	}
	*e = v
	return nil
}

// Decimal returns e in decimal notation for people, rounded half to even to the
// given number of decimals, 0 to 6. An undefined number gives "n/a".
func (e Exact) Decimal(decimals int) string {
	if e.wide == "" {
		return e.small.Decimal(decimals)
	}
	decimals = max(0, min(decimals, 6))
	x, _ := e.Rat()
	scale := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(decimals)), nil)
	n := halfEven(x.Mul(x, new(big.Rat).SetInt(scale)))
	sign := ""
	if n.Sign() < 0 {
		sign = "-"
	}
	digits := n.Abs(n).String()
	if missing := decimals + 1 - len(digits); missing > 0 {
		digits = strings.Repeat("0", missing) + digits
	}
	if decimals == 0 {
		return sign + digits
	}
	return sign + digits[:len(digits)-decimals] + "." + digits[len(digits)-decimals:]
}

// halfEven rounds x to the nearest integer, ties to the even one: it takes the
// floor of x + ½, and one less if that is odd and x was a tie.
func halfEven(x *big.Rat) *big.Int {
	x = new(big.Rat).Add(x, big.NewRat(1, 2))
	floor := new(big.Int).Div(x.Num(), x.Denom()) // Euclidean: the floor, as the denominator is positive
	if x.IsInt() && floor.Bit(0) == 1 {
		floor.Sub(floor, big.NewInt(1))
	}
	return floor
}
