package calendar

import (
	"fmt"
	"strconv"
	"time"
)

// Parse reads a day in the ISO 8601 extended form "2027-02-28" (RFC 3339
// full-date). The empty string is no date, as [Date.String] writes it. A time
// of day, the basic form "20270228", signs and spaces are refused: the error
// wraps [ErrSyntax], or [ErrRange] for a day that does not exist.
func Parse(s string) (Date, error) {
	if s == "" {
		return 0, nil
	}
	y, ok1 := digits(s, 0, 4)
	m, ok2 := digits(s, 5, 7)
	d, ok3 := digits(s, 8, 10)
	if len(s) != len("2006-01-02") || !ok1 || !ok2 || !ok3 || s[4] != '-' || s[7] != '-' {
		return 0, fmt.Errorf("calendar: date %s: %w, want YYYY-MM-DD", quote(s), ErrSyntax)
	}
	date, err := New(y, time.Month(m), d)
	if err != nil {
		return 0, fmt.Errorf("calendar: date %s: no such day: %w", quote(s), ErrRange)
	}
	return date, nil
}

// MustParse is Parse for literals: it panics where Parse returns an error.
func MustParse(s string) Date { return must(Parse(s)) }

// String returns d as "2027-02-28", or the empty string for no date.
func (d Date) String() string {
	b, _ := d.AppendText(make([]byte, 0, len("2006-01-02")))
	return string(b)
}

// AppendText appends the text form of d to b. The error is always nil.
func (d Date) AppendText(b []byte) ([]byte, error) {
	if !d.IsValid() {
		return b, nil
	}
	y, m, day := d.Civil()
	b = append(appendYear(b, y), '-', byte('0'+m/10), byte('0'+m%10))
	return append(b, '-', byte('0'+day/10), byte('0'+day%10)), nil
}

// MarshalText is the text form of d; the zero Date marshals to the empty
// string. Give JSON fields the option omitzero to leave it out instead.
func (d Date) MarshalText() ([]byte, error) { return d.AppendText(nil) }

// UnmarshalText reads what MarshalText wrote; d is unchanged on error.
func (d *Date) UnmarshalText(text []byte) error { return unmarshal(d, text, Parse) }

// must returns v, or panics with err: the body of every Must function.
func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// unmarshal is the body of every UnmarshalText: *dst stays as it was on error.
func unmarshal[T any](dst *T, text []byte, parse func(string) (T, error)) error {
	v, err := parse(string(text))
	if err != nil {
		return err
	}
	*dst = v
	return nil
}

// appendYear appends the four digits of a year from 1 to 9999.
func appendYear(b []byte, y int) []byte {
	return append(b, byte('0'+y/1000), byte('0'+y/100%10), byte('0'+y/10%10), byte('0'+y%10))
}

// digits reads the decimal digits s[from:to].
func digits(s string, from, to int) (int, bool) {
	if len(s) < to {
		return 0, false
	}
	n := 0
	for _, c := range []byte(s[from:to]) {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = 10*n + int(c-'0')
	}
	return n, true
}

// quote quotes s for an error message, capped in length.
func quote(s string) string {
	const most = 40
	if len(s) > most {
		s = s[:most] + "…"
	}
	return strconv.Quote(s)
}
