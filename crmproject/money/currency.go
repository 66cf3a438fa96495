package money

import (
	"fmt"
	"iter"
	"slices"
)

// Currency is a three-letter code together with its exponent: the number of decimals amounts are kept in, which is 2
// for EUR (cents), 0 for JPY and 3 for KWD. Both live in the value itself, four bytes, so currencies compare with ==
// and need no registry: one made by [NewCurrency] is as good as the constants of this package.
//
// From the most significant byte: the three letters in ASCII, then the exponent. Therefore the order of the integers is
// the alphabetical order of the codes, then of the exponents. The same code with another exponent is another currency,
// and adding the two is an error; [Amount.Rescale] goes from one to the other.
//
// The zero Currency means no currency. It is the currency of the zero [Amount] only.
type Currency uint32

// MaxExponent is the largest exponent of a [Currency]: the largest power of ten in an int64 is 10^18.
const MaxExponent = 18

// NewCurrency returns the currency of the given code, three letters A to Z, whose amounts have the given number of
// decimals, 0 to [MaxExponent]. It serves internal units (points, person-day credits), precious metals, and finer steps
// of an official currency, such as unit prices in EUR with four decimals. If code and exponent are those of the built-in
// table, the result is the built-in currency.
//
// The error wraps [ErrInvalid].
func NewCurrency(code string, exponent int) (Currency, error) {
	c, ok := packCode(code)
	if !ok {
		return 0, fmt.Errorf("money: currency code %s: not three letters A to Z: %w", quote(code), ErrInvalid)
	}
	if exponent < 0 || exponent > MaxExponent {
		return 0, fmt.Errorf("money: currency %s: exponent %d not in 0..%d: %w", code, exponent, MaxExponent, ErrInvalid)
	}
	return c | Currency(exponent), nil
}

// Currencies returns the currencies of the built-in table, in alphabetical order of their codes.
func Currencies() iter.Seq[Currency] { return slices.Values(iso4217[:]) }

// Code returns the three letters, or "" if c is not valid.
func (c Currency) Code() string {
	if !c.IsValid() {
		return ""
	}
	return string(c.appendCode(nil))
}

// Exponent returns the number of decimals of an amount in c, 0 to [MaxExponent]; it is 0 if c is not valid.
func (c Currency) Exponent() int {
	if !c.IsValid() {
		return 0
	}
	return c.exponent()
}

// IsValid reports whether c has a code of three letters and an exponent in range. The zero Currency is not valid.
func (c Currency) IsValid() bool {
	return isLetter(byte(c>>24)) && isLetter(byte(c>>16)) && isLetter(byte(c>>8)) && c.exponent() <= MaxExponent
}

// IsISO reports whether c is in the built-in table with just this exponent: whether its text is the bare code.
func (c Currency) IsISO() bool {
	_, found := slices.BinarySearch(iso4217[:], c)
	return found
}

const exponentMask = 0xff

func (c Currency) exponent() int { return int(c & exponentMask) }

func (c Currency) appendCode(b []byte) []byte {
	return append(b, byte(c>>24), byte(c>>16), byte(c>>8))
}

// packCode returns the currency of the code with exponent 0.
func packCode(code string) (c Currency, ok bool) {
	if len(code) != 3 || !isLetter(code[0]) || !isLetter(code[1]) || !isLetter(code[2]) {
		return 0, false
	}
	return Currency(code[0])<<24 | Currency(code[1])<<16 | Currency(code[2])<<8, true
}

// official finds the built-in currency with the code of c, whatever the exponent of c.
func official(c Currency) (Currency, bool) {
	code := c &^ exponentMask
	i, _ := slices.BinarySearch(iso4217[:], code)
	if i == len(iso4217) || iso4217[i]&^exponentMask != code {
		return 0, false
	}
	return iso4217[i], true
}

func isLetter(b byte) bool { return 'A' <= b && b <= 'Z' }
