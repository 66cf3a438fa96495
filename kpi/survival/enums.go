package survival

import "github.com/crmrollout/crm/crmproject/verdict"

// An Outcome is how the observation of a subject ended. The zero Outcome is
// invalid.
type Outcome uint8

// The outcomes.
const (
	Event    Outcome = iota + 1 // with the event: churned, resolved, first value reached
	Censored                    // without: the subject was not followed any longer
)

var outcomeWords = verdict.NewWords[Outcome]("outcome", "event", "censored")

// ParseOutcome returns the outcome of a word such as "event".
func ParseOutcome(word string) (Outcome, error) { return outcomeWords.Parse(word) }

// IsValid reports whether o is one of the outcomes.
func (o Outcome) IsValid() bool { return outcomeWords.IsValid(o) }

// String returns the word of o, empty for the zero value.
func (o Outcome) String() string { return outcomeWords.String(o) }

// AppendText appends the word of o to b.
func (o Outcome) AppendText(b []byte) ([]byte, error) { return outcomeWords.AppendText(b, o) }

// MarshalText returns the word of o.
func (o Outcome) MarshalText() ([]byte, error) { return o.AppendText(nil) }

// UnmarshalText reads a word; o is unchanged on error.
func (o *Outcome) UnmarshalText(text []byte) error { return outcomeWords.UnmarshalText(text, o) }

// Limits names the way in which the confidence limits of a curve are made. The zero
// Limits means [Log], the default of R.
type Limits uint8

// The limits; their formulas are in the package documentation. Log is the one for
// reports. LogLog covers best where few are at risk. Plain is symmetric.
const (
	Plain Limits = iota + 1
	Log
	LogLog
)

var limitsWords = verdict.NewWords[Limits]("confidence limits", "plain", "log", "log_log")

// ParseLimits returns the limits of a word such as "log_log"; "log-log", as R
// writes it, is taken too.
func ParseLimits(word string) (Limits, error) { return limitsWords.Parse(word) }

// IsValid reports whether l is one of the limits.
func (l Limits) IsValid() bool { return limitsWords.IsValid(l) }

// String returns the word of l, empty for the zero value.
func (l Limits) String() string { return limitsWords.String(l) }

// AppendText appends the word of l to b.
func (l Limits) AppendText(b []byte) ([]byte, error) { return limitsWords.AppendText(b, l) }

// MarshalText returns the word of l.
func (l Limits) MarshalText() ([]byte, error) { return l.AppendText(nil) }

// UnmarshalText reads a word; l is unchanged on error.
func (l *Limits) UnmarshalText(text []byte) error { return limitsWords.UnmarshalText(text, l) }
