package calendar

import (
	"fmt"
	"strconv"
)

// A Unit is what a [Period] counts. The zero Unit is invalid. The order is
// from short to long; a quarter is three months.
type Unit uint8

// The units of a Period.
const (
	UnitDay Unit = iota + 1
	UnitWeek
	UnitMonth
	UnitYear
)

var unitNames = [...]string{UnitDay: "day", UnitWeek: "week", UnitMonth: "month", UnitYear: "year"}

// unitLetters are the designators of ISO 8601 durations.
var unitLetters = [...]byte{UnitDay: 'D', UnitWeek: 'W', UnitMonth: 'M', UnitYear: 'Y'}

// IsValid reports whether u is one of the four units.
func (u Unit) IsValid() bool { return u >= UnitDay && u <= UnitYear }

// String returns "day", "week", "month" or "year", or "Unit(n)" for an invalid
// Unit.
func (u Unit) String() string {
	if !u.IsValid() {
		return "Unit(" + strconv.Itoa(int(u)) + ")"
	}
	return unitNames[u]
}

// ParseUnit reads "day", "week", "month" or "year". The error wraps
// [ErrSyntax].
func ParseUnit(s string) (Unit, error) {
	for u := UnitDay; u <= UnitYear; u++ {
		if s == unitNames[u] {
			return u, nil
		}
	}
	return 0, fmt.Errorf("calendar: unit %s: %w, want day, week, month or year", quote(s), ErrSyntax)
}

// AppendText appends the text form of u to b. An invalid Unit is an error that
// wraps [ErrRange].
func (u Unit) AppendText(b []byte) ([]byte, error) {
	if !u.IsValid() {
		return b, fmt.Errorf("calendar: %v: %w", u, ErrRange)
	}
	return append(b, unitNames[u]...), nil
}

// MarshalText is the text form of u; see [Unit.AppendText] for the error.
func (u Unit) MarshalText() ([]byte, error) { return u.AppendText(nil) }

// UnmarshalText reads what MarshalText wrote; u is unchanged on error.
func (u *Unit) UnmarshalText(text []byte) error { return unmarshal(u, text, ParseUnit) }
