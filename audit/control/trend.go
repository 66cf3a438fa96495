package control

import "github.com/crmrollout/crm/crmproject/verdict"

// A Trend says whether a deviation grows. The zero Trend is "cannot be told".
type Trend uint8

// The trends.
const (
	Shrinking Trend = iota + 1
	Steady
	Growing
)

var trendWords = verdict.NewWords[Trend]("deviation trend", "shrinking", "steady", "growing")

// ParseTrend returns the deviation trend of a word such as "shrinking".
func ParseTrend(word string) (Trend, error) { return trendWords.Parse(word) }

// IsValid reports whether t is one of the constants.
func (t Trend) IsValid() bool { return trendWords.IsValid(t) }

// String returns the word of t, empty for the zero value.
func (t Trend) String() string { return trendWords.String(t) }

// AppendText appends the word of t to b.
func (t Trend) AppendText(b []byte) ([]byte, error) { return trendWords.AppendText(b, t) }

// MarshalText returns the word of t.
func (t Trend) MarshalText() ([]byte, error) { return t.AppendText(nil) }

// UnmarshalText reads a word; t is unchanged on error.
func (t *Trend) UnmarshalText(text []byte) error { return trendWords.UnmarshalText(text, t) }
