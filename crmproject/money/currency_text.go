package money

import (
	"fmt"
	"strconv"
	"strings"
)

// ParseCurrency reads the text form of a currency: the bare code for one of the built-in table ("EUR"), or the code and
// the exponent ("PTS/0", "EUR/4") for any. "EUR/2" states what the table says and gives EUR itself.
//
// A bare code that is not in the table is an error rather than a guess, so that a slip of the pen does not create a
// currency. Letters must be upper case, the exponent has no leading zero. Errors wrap [ErrSyntax] or [ErrUnknown].
func ParseCurrency(text string) (Currency, error) {
	c, fault := parseCurrency(text)
	if fault != nil {
		return 0, fmt.Errorf("money: currency %s: %w", quote(text), fault)
	}
	return c, nil
}

// MustParseCurrency is [ParseCurrency] for literals: it panics where that returns an error.
func MustParseCurrency(text string) Currency {
	c, err := ParseCurrency(text)
	if err != nil {
		panic(err)
	}
	return c
}

// parseCurrency returns a fault without prefix and input, for its callers to add.
func parseCurrency(text string) (Currency, error) {
	code, exponent, own := strings.Cut(text, "/")
	c, ok := packCode(code)
	if !ok {
		return 0, fmt.Errorf("code not three letters A to Z: %w", ErrSyntax)
	}
	if own {
		return parseExponent(c, exponent)
	}
	if c, ok = official(c); !ok {
		return 0, fmt.Errorf("no ISO 4217 currency (define it as %s/2 if it has 2 decimals): %w", strings.Clone(code), ErrUnknown)
	}
	return c, nil
}

func parseExponent(c Currency, digits string) (Currency, error) {
	n, err := strconv.ParseUint(digits, 10, 8)
	if err != nil || n > MaxExponent || (digits[0] == '0' && len(digits) > 1) {
		return 0, fmt.Errorf("exponent not in 0..%d: %w", MaxExponent, ErrSyntax)
	}
	return c | Currency(n), nil
}

// String returns the text form of c (see [ParseCurrency]), or one such as "Currency(0x2a)" if c is not valid.
func (c Currency) String() string {
	if !c.IsValid() {
		return "Currency(0x" + strconv.FormatUint(uint64(c), 16) + ")"
	}
	return string(c.appendTo(make([]byte, 0, 6)))
}

// appendTo appends the text of a valid c.
func (c Currency) appendTo(b []byte) []byte {
	b = c.appendCode(b)
	if c.IsISO() {
		return b
	}
	return strconv.AppendUint(append(b, '/'), uint64(c.exponent()), 10)
}

// AppendText appends the text form of c to b (see [ParseCurrency]), nothing for the zero Currency. For any other value
// that is not valid it returns b and an error wrapping [ErrInvalid].
func (c Currency) AppendText(b []byte) ([]byte, error) {
	switch {
	case c == 0:
		return b, nil
	case !c.IsValid():
		return b, fmt.Errorf("money: %v: %w", c, ErrInvalid)
	}
	return c.appendTo(b), nil
}

// MarshalText returns the text form of c; see [Currency.AppendText].
func (c Currency) MarshalText() ([]byte, error) { return c.AppendText(nil) }

// UnmarshalText sets c from its text form; the empty text gives the zero Currency. On error c is left as it was. Errors
// are those of [ParseCurrency].
func (c *Currency) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*c = 0
		return nil
	}
	parsed, err := ParseCurrency(string(text))
	if err != nil {
		return err
	}
	*c = parsed
	return nil
}
