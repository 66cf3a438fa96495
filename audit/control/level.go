package control

import "github.com/crmrollout/crm/crmproject/verdict"

// A Level says what a deviation asks for. The values ascend, so that levels
// compare with <; the zero Level is invalid.
type Level uint8

// The levels.
const (
	Note Level = iota + 1 // nothing: within limits, absorbed, no more than chance, or welcome
	Warn                  // to be watched, and kept as a risk
	Act                   // a corrective action
)

var levelWords = verdict.NewWords[Level]("level", "note", "warn", "act")

// ParseLevel returns the level of a word such as "note".
func ParseLevel(word string) (Level, error) { return levelWords.Parse(word) }

// IsValid reports whether l is one of the constants.
func (l Level) IsValid() bool { return levelWords.IsValid(l) }

// String returns the word of l, empty for the zero value.
func (l Level) String() string { return levelWords.String(l) }

// AppendText appends the word of l to b.
func (l Level) AppendText(b []byte) ([]byte, error) { return levelWords.AppendText(b, l) }

// MarshalText returns the word of l.
func (l Level) MarshalText() ([]byte, error) { return l.AppendText(nil) }

// UnmarshalText reads a word; l is unchanged on error.
func (l *Level) UnmarshalText(text []byte) error { return levelWords.UnmarshalText(text, l) }
