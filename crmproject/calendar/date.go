package calendar

import (
	"errors"
	"fmt"
	"time"
)

// A Date is a civil day of the proleptic Gregorian calendar, counted in days:
// 0001-01-01 is 1, 9999-12-31 is [MaxDate]. It has no hour and no time zone, so
// no daylight-saving change can move it.
//
// The zero Date means "no date". It is not a day: it prints as the empty
// string, sorts before every day, and arithmetic on it gives the zero Date
// again. Arithmetic that would leave the years 1 to 9999 gives the zero Date
// too; it never wraps.
//
// Dates compare with ==, < and >, can be map keys, and are their own sort key.
type Date int32

// The first and the last day that a Date can hold.
const (
	MinDate Date = 1       // 0001-01-01
	MaxDate Date = 3652059 // 9999-12-31
)

// Errors that parsing, construction and validation wrap.
var (
	ErrSyntax = errors.New("bad syntax")   // the text is not of the form that is asked for
	ErrRange  = errors.New("out of range") // well formed, but there is no such day, month, length, …
)

const (
	daysPer400Years = 146097
	daysPer4Years   = 1461
	daysPer5Months  = 153 // March to July, and again August to December
	daysPerWeek     = 7
	monthsPerYear   = 12
	maxYear         = 9999
)

// New returns the given day. Unlike time.Date it does not normalise: a month
// outside January to December, a day that the month does not have, or a year
// outside 1 to 9999 is an error that wraps [ErrRange].
func New(year int, month time.Month, day int) (Date, error) {
	if year < 1 || year > maxYear || month < time.January || month > time.December ||
		day < 1 || day > daysIn(year, month) {
		return 0, fmt.Errorf("calendar: %d-%d-%d: %w", year, int(month), day, ErrRange)
	}
	return fromCivil(year, month, day), nil
}

// MustNew is New for literals: it panics where New returns an error.
func MustNew(year int, month time.Month, day int) Date { return must(New(year, month, day)) }

// IsValid reports whether d is a day: not the zero Date, and within
// [MinDate] and [MaxDate].
func (d Date) IsValid() bool { return d >= MinDate && d <= MaxDate }

// Civil returns the year, month and day of d, or zeros for no date.
//
// It shifts the year to begin on 1 March, so that the leap day comes last, and
// divides by the 400-year, 4-year and 5-month cycles of the calendar
// (Richards 2013, "Calendars", Explanatory Supplement to the Astronomical
// Almanac, ch. 15).
func (d Date) Civil() (year int, month time.Month, day int) {
	if !d.IsValid() {
		return 0, 0, 0
	}
	n := 4*(int(d)+305) + 3 // quarter days since 0000-03-01
	century, n := n/daysPer400Years, n%daysPer400Years
	n = n/4*4 + 3
	y, n := n/daysPer4Years, n%daysPer4Years/4
	m := (5*n + 2) / daysPer5Months
	day = n - (daysPer5Months*m+2)/5 + 1
	year = 100*century + y
	if m >= 10 {
		return year + 1, time.Month(m - 9), day
	}
	return year, time.Month(m + 3), day
}

// fromCivil is the inverse of Civil; its arguments are in range.
func fromCivil(year int, month time.Month, day int) Date {
	m := int(month) - 3
	if m < 0 {
		m += monthsPerYear
		year--
	}
	leaps := year/4 - year/100 + year/400
	return Date(365*year + leaps + (daysPer5Months*m+2)/5 + day - 306)
}

// Year returns the year of d, 0 for no date.
func (d Date) Year() int { y, _, _ := d.Civil(); return y }

// Month returns the month of d within its year, 0 for no date. See
// [Date.MonthOf] for the month as a value on the time line.
func (d Date) Month() time.Month { _, m, _ := d.Civil(); return m }

// Day returns the day of the month of d, 0 for no date.
func (d Date) Day() int { _, _, day := d.Civil(); return day }

// YearDay returns the day of the year of d, 1 to 366, or 0 for no date.
func (d Date) YearDay() int {
	if !d.IsValid() {
		return 0
	}
	return int(d-fromCivil(d.Year(), time.January, 1)) + 1
}

// Weekday returns the day of the week of d. For no date it returns Sunday;
// ask [Date.IsValid] first where that matters.
func (d Date) Weekday() time.Weekday {
	if !d.IsValid() {
		return time.Sunday
	}
	return time.Weekday(d % daysPerWeek) // 0001-01-01, day 1, was a Monday
}

// AddDays returns the day n days after d, or before it if n is negative.
func (d Date) AddDays(n int) Date { return step(d, n, MaxDate) }

// AddWeeks returns the day n weeks after d.
func (d Date) AddWeeks(n int) Date {
	if n > int(MaxDate) || n < -int(MaxDate) {
		return 0
	}
	return d.AddDays(daysPerWeek * n)
}

// AddMonths returns the same day of the month n months after d, clamped to the
// last day of that month: 2027-01-31 plus one month is 2027-02-28. Clamping
// forgets the day, so adding one month twice can differ from adding two months
// once; count from the first date where that matters.
func (d Date) AddMonths(n int) Date {
	if !d.IsValid() || n > int(MaxDate) || n < -int(MaxDate) {
		return 0
	}
	y, m, day := d.Civil()
	months := y*monthsPerYear + int(m) - 1 + n
	y, m = months/monthsPerYear, time.Month(months%monthsPerYear)+1
	if months < monthsPerYear || y > maxYear {
		return 0
	}
	return fromCivil(y, m, min(day, daysIn(y, m)))
}

// AddYears returns d moved by n years; 29 February clamps to 28 February.
func (d Date) AddYears(n int) Date {
	if n > maxYear || n < -9999 {
		return 0
	}
	return d.AddMonths(monthsPerYear * n)
}

// DaysSince returns the number of days from e to d, negative if d comes first.
// With no date on either side there is no such number: it returns 0 and false.
func (d Date) DaysSince(e Date) (days int, ok bool) { return since(d, e, MaxDate) }

// EndOfMonth returns the last day of d's month.
func (d Date) EndOfMonth() Date { return d.MonthOf().Last() }

// EndOfQuarter returns the last day of d's quarter.
func (d Date) EndOfQuarter() Date { return d.QuarterOf().Last() }

// EndOfWeek returns the Sunday of d's ISO 8601 week, cut at [MaxDate].
func (d Date) EndOfWeek() Date { return d.WeekOf().Last() }

// daysIn returns the number of days of a month.
func daysIn(year int, month time.Month) int {
	switch month {
	case time.February:
		if isLeap(year) {
			return 29
		}
		return 28
	case time.April, time.June, time.September, time.November:
		return 30
	default:
		return 31
	}
}

func isLeap(year int) bool { return year%4 == 0 && (year%100 != 0 || year%400 == 0) }
