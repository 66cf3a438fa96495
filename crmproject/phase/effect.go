package phase

import "github.com/crmrollout/crm/crmproject/verdict"

// An Effect is what a criterion does to its gate. The zero Effect is invalid.
type Effect uint8

// The effects.
const (
	// Satisfied: met, or does not apply.
	Satisfied Effect = iota + 1
	// Waived: a must that is not met, excused by an effective waiver. It lets a
	// conditional go pass, but not a go.
	Waived
	// Lacking: a should that is not met; its weight is missing from the score.
	Lacking
	// Blocking: a must that is neither satisfied nor waived.
	Blocking
)

var effectWords = verdict.NewWords[Effect]("effect", "satisfied", "waived", "lacking", "blocking")

// ParseEffect returns the effect of a word: satisfied, waived, lacking,
// blocking.
func ParseEffect(word string) (Effect, error) { return effectWords.Parse(word) }

// IsValid reports whether e is one of the four effects.
func (e Effect) IsValid() bool { return effectWords.IsValid(e) }

// String returns the word of e, empty for the zero Effect.
func (e Effect) String() string { return effectWords.String(e) }

// AppendText appends the word of e to b.
func (e Effect) AppendText(b []byte) ([]byte, error) { return effectWords.AppendText(b, e) }

// MarshalText returns the word of e.
func (e Effect) MarshalText() ([]byte, error) { return e.AppendText(nil) }

// UnmarshalText reads a word; e is unchanged on error.
func (e *Effect) UnmarshalText(text []byte) error { return effectWords.UnmarshalText(text, e) }
