package calendar

import (
	"fmt"
	"iter"
)

// A Quarter is a quarter of a calendar year, counted in quarters: 0001-Q1 is
// 1, 9999-Q4 is [MaxQuarter]. Quarters compare with ==, < and >, and one more
// is the next quarter. A financial year that does not begin in January is not
// modelled: shift the dates by [Date.AddMonths] first.
//
// The zero Quarter means "no quarter". It prints as the empty string, sorts
// before every quarter, and what is asked of it is zero again.
type Quarter int32

const (
	quartersPerYear  = 4
	monthsPerQuarter = 3
)

// The first and the last quarter.
const (
	MinQuarter Quarter = 1                         // 0001-Q1
	MaxQuarter Quarter = maxYear * quartersPerYear // 9999-Q4
)

// NewQuarter returns the n-th quarter of a year. An n outside 1 to 4, or a
// year outside 1 to 9999, is an error that wraps [ErrRange].
func NewQuarter(year, n int) (Quarter, error) {
	if year < 1 || year > maxYear || n < 1 || n > quartersPerYear {
		return 0, fmt.Errorf("calendar: quarter %d of %d: %w", n, year, ErrRange)
	}
	return Quarter((year-1)*quartersPerYear + n), nil
}

// QuarterOf returns the quarter that d lies in, none for no date.
func (d Date) QuarterOf() Quarter { return d.MonthOf().QuarterOf() }

// IsValid reports whether q is a quarter: not zero, and not after [MaxQuarter].
func (q Quarter) IsValid() bool { return q >= MinQuarter && q <= MaxQuarter }

// Civil returns the year and the number of the quarter in it, 1 to 4, or zeros
// for no quarter.
func (q Quarter) Civil() (year, number int) {
	if !q.IsValid() {
		return 0, 0
	}
	return int(q-1)/quartersPerYear + 1, int(q-1)%quartersPerYear + 1
}

// Year returns the year of q, 0 for no quarter.
func (q Quarter) Year() int { y, _ := q.Civil(); return y }

// Number returns the number of q in its year, 1 to 4, or 0 for no quarter.
func (q Quarter) Number() int { _, n := q.Civil(); return n }

// Month returns the n-th month of q, counted from 1 to 3. For any other n, or
// no quarter, it is none.
func (q Quarter) Month(n int) Month {
	if !q.IsValid() || n < 1 || n > monthsPerQuarter {
		return 0
	}
	return Month(int(q-1)*monthsPerQuarter + n)
}

// First returns the first day of q.
func (q Quarter) First() Date { return q.Month(1).First() }

// Last returns the last day of q.
func (q Quarter) Last() Date { return q.Month(monthsPerQuarter).Last() }

// Len returns the number of days of q, 90 to 92, or 0 for no quarter.
func (q Quarter) Len() int { n, _ := q.Interval().Len(); return n }

// Interval returns the days of q, first to last.
// For no quarter it is not valid and contains no day.
func (q Quarter) Interval() Interval { return whole(q.First(), q.Last()) }

// Days yields the days of q in ascending order.
func (q Quarter) Days() iter.Seq[Date] { return Days(q.First(), q.Last()) }

// Contains reports whether d lies in q.
func (q Quarter) Contains(d Date) bool { return q.IsValid() && d.QuarterOf() == q }

// Add returns the quarter n quarters after q, or before it if n is negative.
// Outside the years 1 to 9999 it is none.
func (q Quarter) Add(n int) Quarter { return step(q, n, MaxQuarter) }

// Since returns the number of quarters from e to q, negative if q comes first.
// With no quarter on either side it returns 0 and false.
func (q Quarter) Since(e Quarter) (quarters int, ok bool) { return since(q, e, MaxQuarter) }

// ParseQuarter reads a quarter in the form "2027-Q1". (ISO 8601 has no
// quarters; this is how its weeks would look.) The empty string is no quarter.
// The error wraps [ErrSyntax], or [ErrRange] for a quarter that does not exist.
func ParseQuarter(s string) (Quarter, error) {
	if s == "" {
		return 0, nil
	}
	y, ok1 := digits(s, 0, 4)
	n, ok2 := digits(s, 6, 7)
	if len(s) != len("2006-Q1") || !ok1 || !ok2 || s[4:6] != "-Q" {
		return 0, fmt.Errorf("calendar: quarter %s: %w, want YYYY-Qn", quote(s), ErrSyntax)
	}
	q, err := NewQuarter(y, n)
	if err != nil {
		return 0, fmt.Errorf("calendar: quarter %s: no such quarter: %w", quote(s), ErrRange)
	}
	return q, nil
}

// MustParseQuarter is ParseQuarter for literals: it panics on error.
func MustParseQuarter(s string) Quarter { return must(ParseQuarter(s)) }

// String returns q as "2027-Q1", or the empty string for no quarter.
func (q Quarter) String() string {
	b, _ := q.AppendText(make([]byte, 0, len("2006-Q1")))
	return string(b)
}

// AppendText appends the text form of q to b. The error is always nil.
func (q Quarter) AppendText(b []byte) ([]byte, error) {
	if !q.IsValid() {
		return b, nil
	}
	y, n := q.Civil()
	return append(appendYear(b, y), '-', 'Q', byte('0'+n)), nil
}

// MarshalText is the text form of q, empty for no quarter.
func (q Quarter) MarshalText() ([]byte, error) { return q.AppendText(nil) }

// UnmarshalText reads what MarshalText wrote; q is unchanged on error.
func (q *Quarter) UnmarshalText(text []byte) error { return unmarshal(q, text, ParseQuarter) }
