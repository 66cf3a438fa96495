package calendar

import (
	"fmt"
	"iter"
	"strconv"
	"strings"
)

// A Period is a length of civil time such as two weeks or six months: how
// often something falls due, or how long it stays good. Its text and JSON form
// is that of an ISO 8601 duration with one component: "P14D", "P2W", "P6M",
// "P1Y".
//
// The zero Period means "none": it prints as the empty string, and nothing
// comes after it. Periods compare with ==, which asks whether they are written
// alike: P2W and P14D reach the same dates and are not equal, and no order is
// defined, because P1M is longer than P30D in some months only.
type Period struct {
	Count int  // 1 to MaxCount
	Unit  Unit // UnitDay to UnitYear
}

// MaxCount is the largest Count of a Period: the number of days between
// [MinDate] and [MaxDate], both included.
const MaxCount = int(MaxDate)

// NewPeriod returns the period of count units. A count outside 1 to
// [MaxCount], or an invalid unit, is an error that wraps [ErrRange].
func NewPeriod(count int, unit Unit) (Period, error) {
	p := Period{count, unit}
	if !p.IsValid() {
		return Period{}, p.fault()
	}
	return p, nil
}

func (p Period) fault() error {
	return fmt.Errorf("calendar: period of %d %v: %w", p.Count, p.Unit, ErrRange)
}

// IsValid reports whether p is a period: not the zero Period, its Count within
// 1 and [MaxCount], its Unit valid.
func (p Period) IsValid() bool {
	return p.Count >= 1 && p.Count <= MaxCount && p.Unit.IsValid()
}

// After returns the date one period after d. Months and years keep the day of
// the month, clamped to the last one ([Date.AddMonths]): P6M after 2027-08-31
// is 2028-02-29. It is no date if d or p is none, or past [MaxDate].
//
// Clamping forgets the day, so a series is better counted from its first date:
// see [Period.Nth] and [Period.Dates].
func (p Period) After(d Date) Date { return p.Nth(d, 1) }

// Before returns the date one period before d, by the rules of After.
func (p Period) Before(d Date) Date { return p.Nth(d, -1) }

// Nth returns the date n periods after start, or before it if n is negative,
// in one step: every P1M from 2027-01-31 is 02-28 for n = 1 and again 03-31
// for n = 2. It is no date if start or p is none, or out of range.
func (p Period) Nth(start Date, n int) Date {
	if !p.IsValid() || n > MaxCount || n < -MaxCount {
		return 0
	}
	total := int64(p.Count) * int64(n) // below 2⁴⁴
	if total > int64(MaxCount) || total < -int64(MaxCount) {
		return 0
	}
	switch p.Unit {
	case UnitWeek:
		return start.AddWeeks(int(total))
	case UnitMonth:
		return start.AddMonths(int(total))
	case UnitYear:
		return start.AddYears(int(total))
	default:
		return start.AddDays(int(total))
	}
}

// Dates yields start and every p after it, in ascending order up to [MaxDate]:
// the dates Nth(start, 0), Nth(start, 1), and so on. It yields nothing if
// start or p is none.
func (p Period) Dates(start Date) iter.Seq[Date] {
	return func(yield func(Date) bool) {
		for n := 0; ; n++ {
			d := p.Nth(start, n)
			if d == 0 || !yield(d) {
				return
			}
		}
	}
}

// ParsePeriod reads an ISO 8601 duration with one component, an integer from 1
// to [MaxCount] without leading zeros and one of the letters D, W, M, Y: "P6M".
// The empty string is no period. Fractions, signs, times of day ("PT12H") and
// several components ("P1Y6M") are refused: the error wraps [ErrSyntax], or
// [ErrRange] for a count outside the bounds.
func ParsePeriod(s string) (Period, error) {
	if s == "" {
		return Period{}, nil
	}
	p, ok := scanPeriod(s)
	if !ok {
		return Period{}, fmt.Errorf("calendar: period %s: %w, want P, a number, and D, W, M or Y", quote(s), ErrSyntax)
	}
	if !p.IsValid() {
		return Period{}, fmt.Errorf("calendar: period %s: %w, want 1 to %d", quote(s), ErrRange, MaxCount)
	}
	return p, nil
}

// scanPeriod reads the shape of a period and leaves the range of its count to
// the caller; a count that is too long to read comes out as 0.
func scanPeriod(s string) (p Period, ok bool) {
	last := len(s) - 1
	if last < 2 || s[0] != 'P' || s[1] == '0' && last > 2 {
		return Period{}, false
	}
	for u := UnitDay; u <= UnitYear; u++ {
		if s[last] == unitLetters[u] {
			p.Unit = u
		}
	}
	if strings.Trim(s[1:last], "0123456789") != "" {
		return Period{}, false
	}
	if last <= len("P3652059") {
		p.Count, _ = digits(s, 1, last)
	}
	return p, p.Unit.IsValid()
}

// MustParsePeriod is ParsePeriod for literals: it panics on error.
func MustParsePeriod(s string) Period { return must(ParsePeriod(s)) }

// String returns p as "P6M", the empty string for the zero Period, and a
// description in words for any other that is not valid.
func (p Period) String() string {
	b, err := p.AppendText(nil)
	if err != nil {
		return fmt.Sprintf("invalid period (%d %v)", p.Count, p.Unit)
	}
	return string(b)
}

// AppendText appends the text form of p to b. A Period that is neither zero
// nor valid is an error that wraps [ErrRange].
func (p Period) AppendText(b []byte) ([]byte, error) {
	if p == (Period{}) {
		return b, nil
	}
	if !p.IsValid() {
		return b, p.fault()
	}
	b = strconv.AppendInt(append(b, 'P'), int64(p.Count), 10)
	return append(b, unitLetters[p.Unit]), nil
}

// MarshalText is the text form of p; see [Period.AppendText] for the error.
// Give JSON fields the option omitzero to leave the zero Period out.
func (p Period) MarshalText() ([]byte, error) { return p.AppendText(nil) }

// UnmarshalText reads what MarshalText wrote; p is unchanged on error.
func (p *Period) UnmarshalText(text []byte) error { return unmarshal(p, text, ParsePeriod) }
