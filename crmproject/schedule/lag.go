package schedule

import (
	"errors"
	"fmt"
	"math"
	"math/bits"
	"strconv"

	"github.com/crmrollout/crm/crmproject/verdict"
)

// A Unit says what a [Lag] is counted in. The zero Unit is Working.
type Unit uint8

// The units of lags.
const (
	Working Unit = iota // working units of the successor's calendar
	Elapsed             // civil days, worked or not; in a plan without calendars the same as Working
	Percent             // hundredths of the predecessor's planned duration, turned into Working once
)

var unitWords = [...]string{"working", "elapsed", "percent"}

// unitMarks follow the amount in the text form of a lag.
var unitMarks = [...]string{"", "e", "%"}

// ParseUnit returns the unit of a word: working, elapsed or percent.
func ParseUnit(word string) (Unit, error) {
	for i, w := range unitWords {
		if w == word {
			return Unit(i), nil
		}
	}
	return 0, fmt.Errorf("schedule: lag unit: %w %s, want one of working, elapsed, percent", verdict.ErrUnknown, verdict.Quote(word))
}

// IsValid reports whether u is one of the three units.
func (u Unit) IsValid() bool { return int(u) < len(unitWords) }

// String returns the word of u, "unit(9)" for a Unit that is none.
func (u Unit) String() string {
	if !u.IsValid() {
		return fmt.Sprintf("unit(%d)", uint8(u))
	}
	return unitWords[u]
}

// AppendText appends the word of u to b.
func (u Unit) AppendText(b []byte) ([]byte, error) {
	if !u.IsValid() {
		return b, fmt.Errorf("schedule: lag unit %d: %w", uint8(u), verdict.ErrUnknown)
	}
	return append(b, unitWords[u]...), nil
}

// MarshalText returns the word of u.
func (u Unit) MarshalText() ([]byte, error) { return u.AppendText(nil) }

// UnmarshalText reads a word; u is unchanged on error.
func (u *Unit) UnmarshalText(text []byte) error {
	parsed, err := ParseUnit(string(text))
	if err != nil {
		return err
	}
	*u = parsed
	return nil
}

// MaxLag is the largest amount of a [Lag] in either direction.
const MaxLag = math.MaxInt32

// A Lag is the time that must pass between the two ends of a link. A negative
// lag is a lead: it lets them overlap. The zero Lag is none.
type Lag struct {
	Amount int // −MaxLag to MaxLag
	Unit   Unit
}

// String returns the lag as it stands in the text of a [Relation]: "+2" working
// days, "-1e" elapsed days, "+50%". The zero Lag gives the empty string.
func (l Lag) String() string {
	if l == (Lag{}) {
		return ""
	}
	mark := "?"
	if l.Unit.IsValid() {
		mark = unitMarks[l.Unit]
	}
	return fmt.Sprintf("%+d%s", l.Amount, mark)
}

// IsValid reports whether the unit is one and the amount within bounds.
func (l Lag) IsValid() bool {
	return l.Unit.IsValid() && l.Amount >= -MaxLag && l.Amount <= MaxLag
}

// units returns the lag in working or elapsed units after a predecessor of the
// given duration. A percentage is rounded half to even. It saturates far beyond
// what a network may span.
func (l Lag) units(duration int) int {
	if l.Unit == Percent {
		return l.percent(duration)
	}
	return l.Amount
}

func (l Lag) percent(duration int) int {
	amount := uint64(max(l.Amount, -l.Amount))
	hi, lo := bits.Mul64(amount, uint64(duration))
	if hi >= 100 {
		return math.MaxInt
	}
	q, r := bits.Div64(hi, lo, 100)
	if r > 50 || r == 50 && q%2 == 1 {
		q++
	}
	n := int(min(q, math.MaxInt))
	if l.Amount < 0 {
		return -n
	}
	return n
}

// parseLag reads what follows the type in the text of a relation.
func parseLag(s string) (Lag, error) {
	if s == "" {
		return Lag{}, nil
	}
	if s[0] != '+' && s[0] != '-' {
		return Lag{}, fmt.Errorf("%w: no sign before the lag", verdict.ErrInvalid)
	}
	digits, unit := 1, Working
	for digits < len(s) && s[digits] >= '0' && s[digits] <= '9' {
		digits++
	}
	switch s[digits:] {
	case "", "d":
	case "e", "ed":
		unit = Elapsed
	case "%":
		unit = Percent
	default:
		return Lag{}, fmt.Errorf("lag: %w unit %s", verdict.ErrUnknown, verdict.Quote(s[digits:]))
	}
	amount, err := strconv.ParseInt(s[:digits], 10, 32)
	switch {
	case errors.Is(err, strconv.ErrRange) || amount < -MaxLag:
		return Lag{}, fmt.Errorf("lag %w", verdict.ErrRange)
	case err != nil:
		return Lag{}, fmt.Errorf("%w: the lag has no digits", verdict.ErrInvalid)
	}
	return Lag{int(amount), unit}, nil
}
