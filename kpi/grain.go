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
