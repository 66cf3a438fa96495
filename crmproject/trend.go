package crmproject

import "github.com/crmrollout/crm/crmproject/verdict"

// A Trend says where the number of open issues goes. The zero Trend is "not
// known".
type Trend uint8

// The trends.
const (
	Falling Trend = iota + 1 // more are resolved than opened
	Level                    // as many are resolved as opened
	Rising                   // more are opened than resolved
)

var trendWords = verdict.NewWords[Trend]("trend",
	"falling", "level", "rising")

// ParseTrend returns the trend of a word such as "falling".
func ParseTrend(word string) (Trend, error) { return trendWords.Parse(word) }

// IsValid reports whether t is one of the trends.
func (t Trend) IsValid() bool { return trendWords.IsValid(t) }

// String returns the word of t, empty for the zero value.
func (t Trend) String() string { return trendWords.String(t) }

// AppendText appends the word of t to b.
func (t Trend) AppendText(b []byte) ([]byte, error) { return trendWords.AppendText(b, t) }

// MarshalText returns the word of t.
func (t Trend) MarshalText() ([]byte, error) { return t.AppendText(nil) }

// UnmarshalText reads a word; t is unchanged on error.
func (t *Trend) UnmarshalText(text []byte) error { return trendWords.UnmarshalText(text, t) }
