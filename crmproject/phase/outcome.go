package phase

import "github.com/crmrollout/crm/crmproject/verdict"

// An Outcome is the answer to a request to pass a gate. The zero Outcome is
// invalid.
type Outcome uint8

// The four outcomes. They call for four different things: go ahead; mend the
// project; mend the request; mend the check.
const (
	// Open: the request is granted.
	Open Outcome = iota + 1
	// Refused: criteria or the state of the project stand in the way.
	Refused
	// Undeclared: the life cycle has no such transition.
	Undeclared
	// CheckFailed: a check that could not run stands in the way, so the answer is
	// not known.
	CheckFailed
)

var outcomeWords = verdict.NewWords[Outcome]("outcome", "open", "refused", "undeclared", "check_failed")

// ParseOutcome returns the outcome of a word such as "check_failed".
func ParseOutcome(word string) (Outcome, error) { return outcomeWords.Parse(word) }

// IsValid reports whether o is one of the four outcomes.
func (o Outcome) IsValid() bool { return outcomeWords.IsValid(o) }

// String returns the word of o, empty for the zero Outcome.
func (o Outcome) String() string { return outcomeWords.String(o) }

// AppendText appends the word of o to b.
func (o Outcome) AppendText(b []byte) ([]byte, error) { return outcomeWords.AppendText(b, o) }

// MarshalText returns the word of o.
func (o Outcome) MarshalText() ([]byte, error) { return o.AppendText(nil) }

// UnmarshalText reads a word; o is unchanged on error.
func (o *Outcome) UnmarshalText(text []byte) error { return outcomeWords.UnmarshalText(text, o) }
