package phase

import "github.com/crmrollout/crm/crmproject/verdict"

// A Status is where a life cycle as a whole is. The zero Status is "not
// started".
type Status uint8

// The statuses of a life cycle that has started.
const (
	Active    Status = iota + 1
	OnHold           // suspended until a review; see [State.Review]
	Completed        // ended in the regular way
	Killed           // given up: in the closure phase, or through it
)

var statusWords = verdict.NewWords[Status]("status", "active", "on_hold", "completed", "killed")

// ParseStatus returns the status of a word such as "on_hold".
func ParseStatus(word string) (Status, error) { return statusWords.Parse(word) }

// IsValid reports whether s is one of the four statuses.
func (s Status) IsValid() bool { return statusWords.IsValid(s) }

// running reports whether gates can be decided and work goes on or waits.
func (s Status) running() bool { return s == Active || s == OnHold }

// String returns the word of s, empty for the zero Status.
func (s Status) String() string { return statusWords.String(s) }

// AppendText appends the word of s to b.
func (s Status) AppendText(b []byte) ([]byte, error) { return statusWords.AppendText(b, s) }

// MarshalText returns the word of s.
func (s Status) MarshalText() ([]byte, error) { return s.AppendText(nil) }

// UnmarshalText reads a word; s is unchanged on error.
func (s *Status) UnmarshalText(text []byte) error { return statusWords.UnmarshalText(text, s) }
