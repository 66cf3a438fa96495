package retention

import (
	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/kpi"
)

// A Unit is the calendar period that customers are followed by. The zero Unit is
// "none".
type Unit uint8

// The units, from short to long.
const (
	Week    Unit = iota + 1 // ISO 8601 weeks, Monday to Sunday
	Month                   // calendar months
	Quarter                 // quarters of the calendar year
)

var unitWords = verdict.NewWords[Unit]("cohort unit", "week", "month", "quarter")

// ParseUnit returns the unit of a word such as "month".
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

// grain returns the grain of a grid for the unit, and unitOf the reverse: their
// numbers are the same.
func (u Unit) grain() kpi.Grain { return kpi.Grain(u) }
func unitOf(g kpi.Grain) Unit   { return Unit(g) }

// of returns the number of the period that a day lies in. Periods that follow each
// other have numbers that do.
func (u Unit) of(d calendar.Date) int {
	switch u {
	case Week:
		return int(d.WeekOf())
	case Quarter:
		return int(d.QuarterOf())
	default:
		return int(d.MonthOf())
	}
}

// lastComplete returns the number of the last period that is over by the end.
func (u Unit) lastComplete(end calendar.Date) int {
	p := u.of(end)
	if u.last(p) > end {
		p--
	}
	return p
}

func (u Unit) first(period int) calendar.Date {
	switch u {
	case Week:
		return calendar.Week(period).First()
	case Quarter:
		return calendar.Quarter(period).First()
	default:
		return calendar.Month(period).First()
	}
}

func (u Unit) last(period int) calendar.Date {
	switch u {
	case Week:
		return calendar.Week(period).Last()
	case Quarter:
		return calendar.Quarter(period).Last()
	default:
		return calendar.Month(period).Last()
	}
}

// label returns the text of a period: 2027-W05, 2027-02, 2027-Q1.
func (u Unit) label(period int) string {
	switch u {
	case Week:
		return calendar.Week(period).String()
	case Quarter:
		return calendar.Quarter(period).String()
	default:
		return calendar.Month(period).String()
	}
}
