package calendar

import (
	"fmt"
	"iter"
	"time"
)

// A Week is a week of ISO 8601, Monday to Sunday, counted in weeks: 0001-W01
// is 1, 9999-W52 is [MaxWeek]. It belongs to the year of its Thursday, so the
// days around New Year can lie in a week of the year before or after: 2027-01-01
// is in 2026-W53. Weeks compare with ==, < and >, and one more is the next week.
//
// The zero Week means "no week". It prints as the empty string, sorts before
// every week, and what is asked of it is zero again.
type Week int32

// The first and the last week. MaxWeek is cut short: [MaxDate] is its Friday.
const (
	MinWeek Week = 1      // 0001-W01, whose Monday is MinDate
	MaxWeek Week = 521723 // 9999-W52
)

// NewWeek returns the n-th ISO 8601 week of a year. An n outside 1 to 52 (53 in
// the long years), or a year outside 1 to 9999, is an error that wraps
// [ErrRange].
func NewWeek(year, n int) (Week, error) {
	if year >= 1 && year <= maxYear && n >= 1 && n <= 53 {
		// Week 1 is the one with the first Thursday: the one with 4 January.
		w := fromCivil(year, time.January, 4).WeekOf().Add(n - 1)
		if w.Year() == year {
			return w, nil
		}
	}
	return 0, fmt.Errorf("calendar: week %d of %d: %w", n, year, ErrRange)
}

// WeekOf returns the ISO 8601 week that d lies in, none for no date.
func (d Date) WeekOf() Week {
	if !d.IsValid() {
		return 0
	}
	return Week((d-1)/daysPerWeek + 1)
}

// IsValid reports whether w is a week: not zero, and not after [MaxWeek].
func (w Week) IsValid() bool { return w >= MinWeek && w <= MaxWeek }

// ISO returns the year that w belongs to and its number in that year, 1 to 53,
// or zeros for no week. The year is that of the Thursday of w.
func (w Week) ISO() (year, number int) {
	thursday := w.First().AddDays(3)
	if !thursday.IsValid() {
		return 0, 0
	}
	return thursday.Year(), (thursday.YearDay()-1)/daysPerWeek + 1
}

// Year returns the year that w belongs to by ISO 8601, 0 for no week.
func (w Week) Year() int { y, _ := w.ISO(); return y }

// Number returns the number of w in its year, 1 to 53, or 0 for no week.
func (w Week) Number() int { _, n := w.ISO(); return n }

// First returns the Monday of w.
func (w Week) First() Date {
	if !w.IsValid() {
		return 0
	}
	return Date(w-1)*daysPerWeek + 1
}

// Last returns the Sunday of w; for [MaxWeek] it is [MaxDate], a Friday.
func (w Week) Last() Date {
	if !w.IsValid() {
		return 0
	}
	return min(Date(w)*daysPerWeek, MaxDate)
}

// Len returns the number of days of w: 7, or 5 for [MaxWeek], or 0 for no week.
func (w Week) Len() int { n, _ := w.Interval().Len(); return n }

// Interval returns the days of w, first to last.
// For no week it is not valid and contains no day.
func (w Week) Interval() Interval { return whole(w.First(), w.Last()) }

// Days yields the days of w in ascending order, Monday first.
func (w Week) Days() iter.Seq[Date] { return Days(w.First(), w.Last()) }

// Contains reports whether d lies in w.
func (w Week) Contains(d Date) bool { return w.IsValid() && d.WeekOf() == w }

// Add returns the week n weeks after w, or before it if n is negative.
// Outside the years 1 to 9999 it is none.
func (w Week) Add(n int) Week { return step(w, n, MaxWeek) }

// Since returns the number of weeks from e to w, negative if w comes first.
// With no week on either side it returns 0 and false.
func (w Week) Since(e Week) (weeks int, ok bool) { return since(w, e, MaxWeek) }

// ParseWeek reads a week in the ISO 8601 extended form "2027-W05". The empty
// string is no week. The error wraps [ErrSyntax], or [ErrRange] for a week that
// does not exist, such as week 53 of a year with 52.
func ParseWeek(s string) (Week, error) {
	if s == "" {
		return 0, nil
	}
	y, ok1 := digits(s, 0, 4)
	n, ok2 := digits(s, 6, 8)
	if len(s) != len("2006-W01") || !ok1 || !ok2 || s[4:6] != "-W" {
		return 0, fmt.Errorf("calendar: week %s: %w, want YYYY-Wnn", quote(s), ErrSyntax)
	}
	w, err := NewWeek(y, n)
	if err != nil {
		return 0, fmt.Errorf("calendar: week %s: no such week: %w", quote(s), ErrRange)
	}
	return w, nil
}

// MustParseWeek is ParseWeek for literals: it panics on error.
func MustParseWeek(s string) Week { return must(ParseWeek(s)) }

// String returns w as "2027-W05", or the empty string for no week.
func (w Week) String() string {
	b, _ := w.AppendText(make([]byte, 0, len("2006-W01")))
	return string(b)
}

// AppendText appends the text form of w to b. The error is always nil.
func (w Week) AppendText(b []byte) ([]byte, error) {
	if !w.IsValid() {
		return b, nil
	}
	y, n := w.ISO()
	return append(appendYear(b, y), '-', 'W', byte('0'+n/10), byte('0'+n%10)), nil
}

// MarshalText is the text form of w, empty for no week.
func (w Week) MarshalText() ([]byte, error) { return w.AppendText(nil) }

// UnmarshalText reads what MarshalText wrote; w is unchanged on error.
func (w *Week) UnmarshalText(text []byte) error { return unmarshal(w, text, ParseWeek) }
