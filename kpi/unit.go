package kpi

import "github.com/crmrollout/crm/crmproject/verdict"

// A Unit is what the values of a metric are measured in. Values in percent are
// percentages: 12.5 stands for 12.5 %. The zero Unit is invalid.
type Unit uint8

// The units.
const (
	Percent  Unit = iota + 1 // a share, times 100
	Count                    // a number of things
	Days                     // a time in days
	Hours                    // a time in hours
	Money                    // an amount in the unit of its currency
	Points                   // a score on a scale of its own, such as -100 to 100
	Multiple                 // a ratio of two like numbers
)

var unitWords = verdict.NewWords[Unit]("unit", "percent", "count", "days", "hours", "money", "points", "multiple")

// ParseUnit returns the unit of a word such as "percent".
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

// A Polarity says which values of a metric are good. The zero Polarity is
// "neither".
type Polarity uint8

// The polarities.
const (
	HigherIsBetter Polarity = iota + 1 // as of retention
	LowerIsBetter                      // as of churn
)

var polarityWords = verdict.NewWords[Polarity]("polarity", "higher_is_better", "lower_is_better")

// ParsePolarity returns the polarity of a word such as "higher_is_better".
func ParsePolarity(word string) (Polarity, error) { return polarityWords.Parse(word) }

// IsValid reports whether p is one of the polarities.
func (p Polarity) IsValid() bool { return polarityWords.IsValid(p) }

// String returns the word of p, empty for the zero value.
func (p Polarity) String() string { return polarityWords.String(p) }

// AppendText appends the word of p to b.
func (p Polarity) AppendText(b []byte) ([]byte, error) { return polarityWords.AppendText(b, p) }

// MarshalText returns the word of p.
func (p Polarity) MarshalText() ([]byte, error) { return p.AppendText(nil) }

// UnmarshalText reads a word; p is unchanged on error.
func (p *Polarity) UnmarshalText(text []byte) error { return polarityWords.UnmarshalText(text, p) }
