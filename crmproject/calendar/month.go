package calendar

import (
	"fmt"
	"iter"
	"time"
)

// A Month is a month of a certain year, counted in months: 0001-01 is 1,
// 9999-12 is [MaxMonth]. Months compare with ==, < and >, and one more is the
// next month.
//
// The zero Month means "no month". It prints as the empty string, sorts before
// every month, and what is asked of it is zero again.
type Month int32

// The first and the last month.
const (
	MinMonth Month = 1                       // 0001-01
	MaxMonth Month = maxYear * monthsPerYear // 9999-12
)

// NewMonth returns the given month. A month outside January to December, or a
// year outside 1 to 9999, is an error that wraps [ErrRange].
func NewMonth(year int, month time.Month) (Month, error) {
	if year < 1 || year > maxYear || month < time.January || month > time.December {
		return 0, fmt.Errorf("calendar: month %d of %d: %w", int(month), year, ErrRange)
	}
	return monthAt(year, month), nil
}

// monthAt is NewMonth for arguments in range.
func monthAt(year int, month time.Month) Month {
	return Month((year-1)*monthsPerYear + int(month))
}

// MonthOf returns the month that d lies in, none for no date.
func (d Date) MonthOf() Month {
	if !d.IsValid() {
		return 0
	}
	y, m, _ := d.Civil()
	return monthAt(y, m)
}

// IsValid reports whether m is a month: not zero, and not after [MaxMonth].
func (m Month) IsValid() bool { return m >= MinMonth && m <= MaxMonth }

// Civil returns the year and the month within it, zeros for no month.
func (m Month) Civil() (year int, month time.Month) {
	if !m.IsValid() {
		return 0, 0
	}
	return int(m-1)/monthsPerYear + 1, time.Month((m-1)%monthsPerYear + 1)
}

// Year returns the year of m, 0 for no month.
func (m Month) Year() int { y, _ := m.Civil(); return y }

// Month returns the month within its year, 0 for no month.
func (m Month) Month() time.Month { _, month := m.Civil(); return month }

// QuarterOf returns the quarter that m lies in.
func (m Month) QuarterOf() Quarter {
	if !m.IsValid() {
		return 0
	}
	return Quarter((m-1)/monthsPerQuarter + 1)
}

// First returns the first day of m.
func (m Month) First() Date {
	if !m.IsValid() {
		return 0
	}
	y, month := m.Civil()
	return fromCivil(y, month, 1)
}

// Last returns the last day of m.
func (m Month) Last() Date {
	if !m.IsValid() {
		return 0
	}
	y, month := m.Civil()
	return fromCivil(y, month, daysIn(y, month))
}

// Len returns the number of days of m, 28 to 31, or 0 for no month.
func (m Month) Len() int { n, _ := m.Interval().Len(); return n }

// Interval returns the days of m, first to last.
// For no month it is not valid and contains no day.
func (m Month) Interval() Interval { return whole(m.First(), m.Last()) }

// Days yields the days of m in ascending order.
func (m Month) Days() iter.Seq[Date] { return Days(m.First(), m.Last()) }

// Contains reports whether d lies in m.
func (m Month) Contains(d Date) bool { return m.IsValid() && d.MonthOf() == m }

// Add returns the month n months after m, or before it if n is negative.
// Outside the years 1 to 9999 it is none.
func (m Month) Add(n int) Month { return step(m, n, MaxMonth) }

// Since returns the number of months from e to m, negative if m comes first.
// With no month on either side it returns 0 and false.
func (m Month) Since(e Month) (months int, ok bool) { return since(m, e, MaxMonth) }

// ParseMonth reads a month in the ISO 8601 form "2027-03". The empty string is
// no month. The error wraps [ErrSyntax], or [ErrRange] for a month that does
// not exist.
func ParseMonth(s string) (Month, error) {
	if s == "" {
		return 0, nil
	}
	y, ok1 := digits(s, 0, 4)
	n, ok2 := digits(s, 5, 7)
	if len(s) != len("2006-01") || !ok1 || !ok2 || s[4] != '-' {
		return 0, fmt.Errorf("calendar: month %s: %w, want YYYY-MM", quote(s), ErrSyntax)
	}
	m, err := NewMonth(y, time.Month(n))
	if err != nil {
		return 0, fmt.Errorf("calendar: month %s: no such month: %w", quote(s), ErrRange)
	}
	return m, nil
}

// MustParseMonth is ParseMonth for literals: it panics on error.
func MustParseMonth(s string) Month { return must(ParseMonth(s)) }

// String returns m as "2027-03", or the empty string for no month.
func (m Month) String() string {
	b, _ := m.AppendText(make([]byte, 0, len("2006-01")))
	return string(b)
}

// AppendText appends the text form of m to b. The error is always nil.
func (m Month) AppendText(b []byte) ([]byte, error) {
	if !m.IsValid() {
		return b, nil
	}
	y, month := m.Civil()
	return append(appendYear(b, y), '-', byte('0'+month/10), byte('0'+month%10)), nil
}

// MarshalText is the text form of m, empty for no month.
func (m Month) MarshalText() ([]byte, error) { return m.AppendText(nil) }

// UnmarshalText reads what MarshalText wrote; m is unchanged on error.
func (m *Month) UnmarshalText(text []byte) error { return unmarshal(m, text, ParseMonth) }
