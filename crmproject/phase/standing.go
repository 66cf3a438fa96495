package phase

import "github.com/crmrollout/crm/crmproject/verdict"

// A Standing is what a passed gate is worth at a date. The zero Standing is a
// gate that was not passed.
type Standing uint8

// The standings ascend from good to bad. The last two block the gates that
// follow until the gate is confirmed again.
const (
	// Passed: on its criteria, or every condition since fulfilled.
	Passed Standing = iota + 1
	// Conditional: passed on waivers or conditions that still run.
	Conditional
	// Lapsed: a waiver that it rests on has ended, or a condition is overdue.
	Lapsed
	// Stale: the work before the gate was opened again after it was passed.
	Stale
)

var standingWords = verdict.NewWords[Standing]("standing", "passed", "conditional", "lapsed", "stale")

// ParseStanding returns the standing of a word: passed, conditional, lapsed,
// stale.
func ParseStanding(word string) (Standing, error) { return standingWords.Parse(word) }

// IsValid reports whether s is one of the four standings.
func (s Standing) IsValid() bool { return standingWords.IsValid(s) }

// Good reports whether a gate of this standing lets the project go on.
func (s Standing) Good() bool { return s == Passed || s == Conditional }

// String returns the word of s, empty for the zero Standing.
func (s Standing) String() string { return standingWords.String(s) }

// AppendText appends the word of s to b.
func (s Standing) AppendText(b []byte) ([]byte, error) { return standingWords.AppendText(b, s) }

// MarshalText returns the word of s.
func (s Standing) MarshalText() ([]byte, error) { return s.AppendText(nil) }

// UnmarshalText reads a word; s is unchanged on error.
func (s *Standing) UnmarshalText(text []byte) error { return standingWords.UnmarshalText(text, s) }
