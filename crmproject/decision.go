package crmproject

import "github.com/crmrollout/crm/crmproject/verdict"

// A Decision is the answer to a yes-or-no question of the project. The zero
// Decision is "not decided".
type Decision uint8

// The decisions.
const (
	Go   Decision = iota + 1 // yes
	NoGo                     // no
)

var decisionWords = verdict.NewWords[Decision]("decision", "go", "no_go")

// ParseDecision returns the decision of a word such as "go".
func ParseDecision(word string) (Decision, error) { return decisionWords.Parse(word) }

// IsValid reports whether d is one of the decisions.
func (d Decision) IsValid() bool { return decisionWords.IsValid(d) }

// String returns the word of d, empty for the zero value.
func (d Decision) String() string { return decisionWords.String(d) }

// AppendText appends the word of d to b.
func (d Decision) AppendText(b []byte) ([]byte, error) { return decisionWords.AppendText(b, d) }

// MarshalText returns the word of d.
func (d Decision) MarshalText() ([]byte, error) { return d.AppendText(nil) }

// UnmarshalText reads a word; d is unchanged on error.
func (d *Decision) UnmarshalText(text []byte) error { return decisionWords.UnmarshalText(text, d) }
