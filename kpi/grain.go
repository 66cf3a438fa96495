package kpi

import (
	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// A Grain is the length of the periods of a [Grid]. The zero Grain is "none".
type Grain uint8

// The grains, from short to long.
const (
	Weekly    Grain = iota + 1 // ISO 8601 weeks, Monday to Sunday
	Monthly                    // calendar months
	Quarterly                  // quarters of the calendar year
)

var grainWords = verdict.NewWords[Grain]("grain", "weekly", "monthly", "quarterly")

// ParseGrain returns the grain of a word such as "monthly".
func ParseGrain(word string) (Grain, error) { return grainWords.Parse(word) }

// IsValid reports whether g is one of the grains.
func (g Grain) IsValid() bool { return grainWords.IsValid(g) }

// String returns the word of g, empty for the zero value.
func (g Grain) String() string { return grainWords.String(g) }

// AppendText appends the word of g to b.
func (g Grain) AppendText(b []byte) ([]byte, error) { return grainWords.AppendText(b, g) }

// MarshalText returns the word of g.
func (g Grain) MarshalText() ([]byte, error) { return g.AppendText(nil) }

// UnmarshalText reads a word; g is unchanged on error.
func (g *Grain) UnmarshalText(text []byte) error { return grainWords.UnmarshalText(text, g) }

// Period returns the number of the period that a day lies in: that of
// [calendar.Week], [calendar.Month] or [calendar.Quarter]. Periods that follow each
// other have numbers that do.
func (g Grain) Period(d calendar.Date) int {
	switch g {
	case Weekly:
		return int(d.WeekOf())
	case Quarterly:
		return int(d.QuarterOf())
	default:
		return int(d.MonthOf())
	}
}

// First returns the first day of a period of a number.
func (g Grain) First(period int) calendar.Date {
	switch g {
	case Weekly:
		return calendar.Week(period).First()
	case Quarterly:
		return calendar.Quarter(period).First()
	default:
		return calendar.Month(period).First()
	}
}

// Last returns the last day of a period of a number.
func (g Grain) Last(period int) calendar.Date {
	switch g {
	case Weekly:
		return calendar.Week(period).Last()
	case Quarterly:
		return calendar.Quarter(period).Last()
	default:
		return calendar.Month(period).Last()
	}
}

// Label returns the text of a period of a number: 2027-W05, 2027-02, 2027-Q1.
func (g Grain) Label(period int) string {
	switch g {
	case Weekly:
		return calendar.Week(period).String()
	case Quarterly:
		return calendar.Quarter(period).String()
	default:
		return calendar.Month(period).String()
	}
}
