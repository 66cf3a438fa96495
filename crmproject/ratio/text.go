package ratio

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
)

// ErrSyntax is wrapped by the errors of [Parse].
var ErrSyntax = errors.New("bad syntax")

const undefinedPrefix = "undefined"

// Parse reads a ratio: "3/4", "-2", a decimal "0.75", a percentage "75%" or
// "12.5 %", "undefined", "undefined: reason", or the empty string for the zero
// Ratio. The number is taken exactly, by its digits. One that does not fit is an
// error, as is a zero denominator.
func Parse(s string) (Ratio, error) {
	switch {
	case s == "":
		return Ratio{}, nil
	case s == undefinedPrefix:
		return Undefined(undefinedPrefix), nil
	case strings.HasPrefix(s, undefinedPrefix+": "):
		return Undefined(s[len(undefinedPrefix)+2:]), nil
	}
	r, ok := parseNumber(s)
	if !ok {
		return Ratio{}, fmt.Errorf("ratio: %s: %w", quote(s), ErrSyntax)
	}
	if !r.Defined() {
		return Ratio{}, fmt.Errorf("ratio: %s: %s", quote(s), r.Reason())
	}
	return r, nil
}

// MustParse is Parse for literals: it panics where Parse returns an error.
func MustParse(s string) Ratio {
	r, err := Parse(s)
	if err != nil {
		panic(err)
	}
	return r
}

func parseNumber(s string) (Ratio, bool) {
	if num, den, ok := strings.Cut(s, "/"); ok {
		n, okN := parseDecimal(num)
		d, okD := parseDecimal(den)
		return n.Quo(d), okN && okD
	}
	if body, ok := strings.CutSuffix(s, "%"); ok {
		r, ok := parseDecimal(strings.TrimSuffix(body, " "))
		return r.Quo(Int(100)), ok
	}
	return parseDecimal(s)
}

// parseDecimal reads a number in the grammar of JSON, a leading zero or plus
// sign allowed. A well-formed number that does not fit is undefined.
func parseDecimal(s string) (Ratio, bool) {
	digits, exp, ok := cutExponent(s)
	if !ok {
		return Ratio{}, false
	}
	neg := strings.HasPrefix(digits, "-")
	if neg || strings.HasPrefix(digits, "+") {
		digits = digits[1:]
	}
	whole, frac, point := strings.Cut(digits, ".")
	if whole == "" || (point && frac == "") || !allDigits(whole) || !allDigits(frac) {
		return Ratio{}, false
	}
	all := strings.TrimLeft(whole+frac, "0")
	significant := strings.TrimRight(all, "0")
	exp += len(all) - len(significant) - len(frac)
	return decimal(neg, significant, exp), true
}

// cutExponent splits "1.5e-3" into "1.5" and -3. Exponents of more than six
// digits are refused: no int64 ratio needs them.
func cutExponent(s string) (digits string, exp int, ok bool) {
	i := strings.IndexAny(s, "eE")
	if i < 0 {
		return s, 0, true
	}
	body := strings.TrimLeft(s[i+1:], "+-")
	if body == "" || len(body) > 6 || !allDigits(body) || len(s)-i-1-len(body) > 1 {
		return "", 0, false
	}
	exp, err := strconv.Atoi(s[i+1:])
	return s[:i], exp, err == nil
}

// decimal returns ±digits × 10^exp, digits without leading and trailing zeros.
func decimal(neg bool, digits string, exp int) Ratio {
	if digits == "" {
		return Int(0)
	}
	const most = 2 * 19 // more digits or a larger scale cannot reduce to an int64
	if len(digits) > most || exp > most || exp < -most {
		return Undefined(Overflow)
	}
	n := u128{}
	for _, c := range []byte(digits) {
		n = n.times(10).add(u128{lo: uint64(c - '0')})
	}
	d := u128{lo: 1}
	for ; exp < 0; exp++ {
		d = d.times(10)
	}
	for ; exp > 0; exp-- {
		if n.hi > math.MaxUint64/10-1 {
			return Undefined(Overflow)
		}
		n = n.times(10)
	}
	return make128(neg, n, d)
}

func allDigits(s string) bool {
	for _, c := range []byte(s) {
		if c < '0' || c > '9' {
			return false
		}
	}
	return true
}

// String returns the text form: "3/4", "-2", "undefined: AC is 0", or the empty
// string for the zero Ratio.
func (r Ratio) String() string {
	b, _ := r.AppendText(nil)
	return string(b)
}

// AppendText appends the text form to b. The error is always nil.
func (r Ratio) AppendText(b []byte) ([]byte, error) {
	switch {
	case r.IsZero():
		return b, nil
	case !r.Defined() && r.reason == undefinedPrefix:
		return append(b, undefinedPrefix...), nil
	case !r.Defined():
		return append(append(b, undefinedPrefix+": "...), r.reason...), nil
	}
	b = strconv.AppendInt(b, r.num, 10)
	if r.den == 1 {
		return b, nil
	}
	return strconv.AppendInt(append(b, '/'), r.den, 10), nil
}

// MarshalText is the text form of r.
func (r Ratio) MarshalText() ([]byte, error) { return r.AppendText(nil) }

// UnmarshalText reads any form that [Parse] reads; r is unchanged on error.
func (r *Ratio) UnmarshalText(text []byte) error {
	v, err := Parse(string(text))
	if err != nil {
		return err
	}
	*r = v
	return nil
}

// UnmarshalJSON reads a JSON string in any form that [Parse] reads, or a JSON
// number by its digits. null leaves r unchanged.
func (r *Ratio) UnmarshalJSON(data []byte) error {
	s := string(data)
	switch {
	case s == "null":
		return nil
	case strings.HasPrefix(s, `"`):
		text, err := unquoteJSON(data)
		if err != nil {
			return fmt.Errorf("ratio: %s: %w", quote(s), ErrSyntax)
		}
		return r.UnmarshalText([]byte(text))
	default:
		return r.UnmarshalText(data)
	}
}

func unquoteJSON(data []byte) (s string, err error) {
	err = json.Unmarshal(data, &s)
	return s, err
}

// notAvailable is what people read for an undefined ratio.
const notAvailable = "n/a"

// Percent returns r as a percentage for people, rounded half to even to the
// given number of decimals, 0 to 6: "62.5 %". An undefined ratio gives "n/a".
func (r Ratio) Percent(decimals int) string {
	if !r.Defined() {
		return notAvailable
	}
	return r.scaled(100, decimals) + " %"
}

// Decimal returns r in decimal notation for people, rounded half to even to the
// given number of decimals, 0 to 6. An undefined ratio gives "n/a".
func (r Ratio) Decimal(decimals int) string {
	if !r.Defined() {
		return notAvailable
	}
	return r.scaled(1, decimals)
}

// scaled writes r × factor. The product stays below 2⁶³ × 10⁸, well inside 128
// bits.
func (r Ratio) scaled(factor uint64, decimals int) string {
	decimals = max(0, min(decimals, 6))
	for range decimals {
		factor *= 10
	}
	n, den := mul64(magnitude(r.num), factor), u128{lo: uint64(r.den)}
	q := n.div(den)
	rest := n.sub(q.times(den.lo)).lo
	if above := den.lo - rest; rest > above || (rest == above && q.lo&1 == 1) {
		q = q.add(u128{lo: 1})
	}
	return q.decimal(r.num < 0, decimals)
}

// decimal writes a, which is below 10³⁸, with a point before the last decimals.
func (a u128) decimal(neg bool, decimals int) string {
	const chunk, width = 1e19, 19
	high := a.div(u128{lo: chunk}).lo
	s := strconv.FormatUint(a.sub(mul64(high, chunk)).lo, 10)
	if high != 0 {
		s = strconv.FormatUint(high, 10) + padZero(s, width)
	}
	s = padZero(s, decimals+1)
	if neg && strings.ContainsAny(s, "123456789") {
		s = "-" + s
	}
	if decimals == 0 {
		return s
	}
	return s[:len(s)-decimals] + "." + s[len(s)-decimals:]
}

func padZero(s string, width int) string {
	return strings.Repeat("0", max(0, width-len(s))) + s
}

// quote quotes s for an error message, capped in length.
func quote(s string) string {
	const most = 40
	if len(s) > most {
		s = s[:most] + "…"
	}
	return strconv.Quote(s)
}
