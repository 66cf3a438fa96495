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

// of returns the number of the period that a day lies in; see [kpi.Grain.Period].
func (u Unit) of(d calendar.Date) int { return u.grain().Period(d) }

// lastComplete returns the number of the last period that is over by the end.
func (u Unit) lastComplete(end calendar.Date) int {
	p := u.of(end)
	if u.last(p) > end {
		p--
	}
	return p
}

func (u Unit) first(period int) calendar.Date { return u.grain().First(period) }
func (u Unit) last(period int) calendar.Date  { return u.grain().Last(period) }
func (u Unit) label(period int) string        { return u.grain().Label(period) }
