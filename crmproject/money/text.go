package money

import (
	"fmt"
	"strconv"
	"strings"
)

// Parse reads the text form of an amount: an optional minus sign, digits, a point and decimals, one space, and the text
// of the currency (see [ParseCurrency]): "1234.50 EUR", "-0.05 EUR", "1234 JPY", "0.0001 EUR/4". The text "0" is the zero
// Amount.
//
// The canonical text written by [Amount.String] has as many decimals as the currency and no needless zero in front.
// Parse also takes fewer decimals ("1234.5 EUR", "1234 EUR"), leading zeros, and a minus before zero. It takes no more
// decimals than the currency has, not even zeros, no plus sign, no exponent, and no grouping: a comma means thousands to
// one reader and decimals to the next.
//
// Errors wrap [ErrSyntax], [ErrUnknown] (currency), [ErrDecimals] or [ErrOverflow].
func Parse(text string) (Amount, error) {
	a, fault := parse(text)
	if fault != nil {
		return Amount{}, fmt.Errorf("money: amount %s: %w", quote(text), fault)
	}
	return a, nil
}

// MustParse is [Parse] for literals: it panics where that returns an error.
func MustParse(text string) Amount {
	a, err := Parse(text)
	if err != nil {
		panic(err)
	}
	return a
}

// parse returns a fault without prefix and input, for Parse to add.
func parse(text string) (Amount, error) {
	if text == "0" {
		return Amount{}, nil
	}
	number, currency, ok := strings.Cut(text, " ")
	if !ok {
		return Amount{}, fmt.Errorf("no currency: %w", ErrSyntax)
	}
	c, err := parseCurrency(currency)
	if err != nil {
		return Amount{}, err
	}
	minor, err := parseMinor(number, c.exponent())
	if err != nil {
		return Amount{}, err
	}
	return Amount{minor, c}, nil
}

func parseMinor(number string, exponent int) (int64, error) {
	digits, negative := strings.CutPrefix(number, "-")
	whole, decimals, point := strings.Cut(digits, ".")
	switch {
	case !allDigits(whole) || point && !allDigits(decimals):
		return 0, fmt.Errorf("number: %w", ErrSyntax)
	case len(decimals) > exponent:
		return 0, fmt.Errorf("%w (at most %d)", ErrDecimals, exponent)
	}
	m, ok := accumulate(0, whole)
	if ok {
		m, ok = accumulate(m, decimals)
	}
	for range exponent - len(decimals) {
		m, ok = appendDigit(m, ok, 0)
	}
	minor, fits := signed(negative, m)
	if !ok || !fits {
		return 0, ErrOverflow
	}
	return minor, nil
}

// allDigits reports whether s has at least one digit and nothing else.
func allDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

func accumulate(m uint64, digits string) (uint64, bool) {
	ok := true
	for i := range len(digits) {
		m, ok = appendDigit(m, ok, uint64(digits[i]-'0'))
	}
	return m, ok
}

// appendDigit returns 10 × m + d and whether ok still holds. One more digit on a number below 2^60 cannot wrap around;
// nor can it be needed on a larger one, as 10 × 2^60 is beyond 2^63.
func appendDigit(m uint64, ok bool, d uint64) (uint64, bool) {
	return m*10 + d, ok && m < 1<<60
}

// String returns the text form of a (see [Parse]), or one that starts with "invalid amount" if a is not valid.
func (a Amount) String() string {
	if !a.IsValid() {
		return fmt.Sprintf("invalid amount: %d of %v", a.minor, a.currency)
	}
	return string(a.appendTo(make([]byte, 0, 32), "", "."))
}

// AppendText appends the text form of a to b (see [Parse]). If a is not valid it returns b and an error wrapping
// [ErrInvalid].
func (a Amount) AppendText(b []byte) ([]byte, error) {
	if !a.IsValid() {
		return b, fmt.Errorf("money: %d of %v: %w", a.minor, a.currency, ErrInvalid)
	}
	return a.appendTo(b, "", "."), nil
}

// MarshalText returns the text form of a, which is also its form in JSON, as a string; see [Amount.AppendText].
func (a Amount) MarshalText() ([]byte, error) { return a.AppendText(nil) }

// UnmarshalText sets a from its text form; see [Parse]. On error a is left as it was.
func (a *Amount) UnmarshalText(text []byte) error {
	parsed, err := Parse(string(text))
	if err != nil {
		return err
	}
	*a = parsed
	return nil
}

// appendTo appends the text of a valid a, its thousands parted by group and its decimals by point.
func (a Amount) appendTo(b []byte, group, point string) []byte {
	if a == (Amount{}) {
		return append(b, '0')
	}
	if a.minor < 0 {
		b = append(b, '-')
	}
	exponent := a.currency.exponent()
	unit := uint64(pow10[exponent])
	m := magnitude(a.minor)
	b = appendGrouped(b, m/unit, group)
	if exponent > 0 {
		b = append(b, point...)
		b = appendPadded(b, m%unit, exponent)
	}
	return a.currency.appendTo(append(b, ' '))
}

// appendPadded appends n with leading zeros to the given width, which is at most MaxExponent.
func appendPadded(b []byte, n uint64, width int) []byte {
	const zeros = "000000000000000000" // MaxExponent of them
	start := len(b)
	b = append(b, zeros[:width]...)
	for i := len(b) - 1; i >= start; i-- {
		b[i] = byte('0' + n%10)
		n /= 10
	}
	return b
}

// appendGrouped appends n with its thousands parted by group.
func appendGrouped(b []byte, n uint64, group string) []byte {
	if group == "" {
		return strconv.AppendUint(b, n, 10)
	}
	var buf [20]byte // math.MaxUint64 has 20 digits
	digits := strconv.AppendUint(buf[:0], n, 10)
	for i, d := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b = append(b, group...)
		}
		b = append(b, d)
	}
	return b
}
