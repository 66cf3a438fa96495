package clv

import (
	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// A Unit is a unit of time of the models, and a period in which several orders
// count once. The zero Unit means [Day].
type Unit uint8

// The units, from short to long. As a period, a week is an ISO 8601 week and a
// month one of the calendar.
const (
	Day Unit = iota + 1
	Week
	Month
)

var unitWords = verdict.NewWords[Unit]("unit of time", "day", "week", "month")

// MeanMonth is the mean length of a month of the Gregorian calendar in days,
// 146097/4800.
const MeanMonth = 30.436875

// ParseUnit returns the unit of a word such as "week".
func ParseUnit(word string) (Unit, error) { return unitWords.Parse(word) }

// IsValid reports whether u is one of the units.
func (u Unit) IsValid() bool { return unitWords.IsValid(u) }

// String returns the word of u, empty for the zero value.
func (u Unit) String() string { return unitWords.String(u) }

// AppendText appends the word of u to b.
func (u Unit) AppendText(b []byte) ([]byte, error) { return unitWords.AppendText(b, u) }

// MarshalText returns the word of u.
func (u Unit) MarshalText() ([]byte, error) { return u.AppendText(nil) }

// UnmarshalText reads a word; u is unchanged on error.
func (u *Unit) UnmarshalText(text []byte) error { return unitWords.UnmarshalText(text, u) }

// of returns the number of the period that a day lies in. Periods that follow each
// other have numbers that do.
func (u Unit) of(d calendar.Date) int64 {
	switch u {
	case Week:
		return int64(d.WeekOf())
	case Month:
		return int64(d.MonthOf())
	default:
		return int64(d)
	}
}

// isLast reports whether d is the last day of its period.
func (u Unit) isLast(d calendar.Date) bool { return u.of(d+1) > u.of(d) }

// lastDay returns the last day of a period.
func (u Unit) lastDay(period int64) calendar.Date {
	switch u {
	case Week:
		return calendar.Week(period).Last()
	case Month:
		return calendar.Month(period).Last()
	default:
		return calendar.Date(period)
	}
}
