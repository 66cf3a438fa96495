package schedule

import (
	"errors"
	"fmt"
	"math"
	"strconv"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// A Point is a place on the time line of a plan, as constraints and deadlines
// name it: a civil day, or an offset of working units from the start of the
// project, counted on the calendar of whatever it is said of. Its text and JSON
// form is "2027-03-01" or "+8". The zero Point is none.
//
// A start at offset 8 has eight units before it; a finish at offset 8 is the
// end of the eighth unit. A start on a day is its morning, a finish its
// evening.
type Point struct {
	kind   pointKind
	offset int // units, or the day number of a date
}

type pointKind uint8

const (
	noPoint pointKind = iota
	dated
	relative
)

// maxOffset bounds offsets, durations and all that they add up to, so that no
// sum of a compiled network overflows.
const maxOffset = math.MaxInt / 8

// On returns the point on a day; no date gives the zero Point.
func On(d calendar.Date) Point {
	if !d.IsValid() {
		return Point{}
	}
	return Point{dated, int(d)}
}

// After returns the point the given number of working units after the start of
// the project. Compile refuses one beyond math.MaxInt/8 in either direction.
func After(units int) Point { return Point{relative, units} }

// ParsePoint reads a day such as "2027-03-01", an offset such as "+8" or "-3",
// or the empty string for none. The error wraps [verdict.ErrRange] for an
// offset too large and that of [calendar.Parse] for a bad day.
func ParsePoint(s string) (Point, error) {
	if s == "" || s[0] != '+' && s[0] != '-' {
		d, err := calendar.Parse(s)
		if err != nil {
			return Point{}, fmt.Errorf("schedule: point %s: %w", verdict.Quote(s), err)
		}
		return On(d), nil
	}
	n, err := strconv.Atoi(s)
	switch {
	case errors.Is(err, strconv.ErrRange) || n > maxOffset || n < -maxOffset:
		return Point{}, fmt.Errorf("schedule: point %s: %w", verdict.Quote(s), verdict.ErrRange)
	case err != nil:
		return Point{}, fmt.Errorf("schedule: point %s: %w", verdict.Quote(s), verdict.ErrInvalid)
	}
	return After(n), nil
}

// MustParsePoint is ParsePoint for literals: it panics where ParsePoint returns
// an error.
func MustParsePoint(s string) Point {
	p, err := ParsePoint(s)
	if err != nil {
		panic(err)
	}
	return p
}

// IsZero reports whether p is none.
func (p Point) IsZero() bool { return p == Point{} }

// Date returns the day of p, none if p is an offset or none.
func (p Point) Date() calendar.Date {
	if p.kind != dated {
		return 0
	}
	return calendar.Date(p.offset)
}

// Offset returns the working units from the start of the project to p, and
// false if p is a day or none.
func (p Point) Offset() (units int, ok bool) {
	if p.kind != relative {
		return 0, false
	}
	return p.offset, true
}

// Equal reports whether p == q. It is there for packages that compare values
// through a method, such as go-cmp.
func (p Point) Equal(q Point) bool { return p == q }

// String returns the text form.
func (p Point) String() string {
	if p.kind == relative {
		return fmt.Sprintf("%+d", p.offset)
	}
	return p.Date().String()
}

// AppendText appends the text form to b. The error is always nil.
func (p Point) AppendText(b []byte) ([]byte, error) { return append(b, p.String()...), nil }

// MarshalText returns the text form.
func (p Point) MarshalText() ([]byte, error) { return p.AppendText(nil) }

// UnmarshalText reads the text form; p is unchanged on error.
func (p *Point) UnmarshalText(text []byte) error {
	parsed, err := ParsePoint(string(text))
	if err != nil {
		return err
	}
	*p = parsed
	return nil
}
