package schedule

import "github.com/crmrollout/crm/crmproject/verdict"

// A Kind says what an activity is. The zero Kind is not given: the activity is
// work if it has a duration, and otherwise a milestone.
type Kind uint8

// The kinds of activities.
const (
	Work           Kind = iota + 1 // takes the working units of its duration
	Milestone                      // takes no time, and stands at the end of its day
	StartMilestone                 // takes no time, and stands at the start of its day
)

var kindWords = verdict.NewWords[Kind]("schedule: kind", "work", "milestone", "start_milestone")

// ParseKind returns the kind of a word: work, milestone, start_milestone.
func ParseKind(word string) (Kind, error) { return kindWords.Parse(word) }

// IsValid reports whether k is one of the three kinds.
func (k Kind) IsValid() bool { return kindWords.IsValid(k) }

// String returns the word of k, empty for the zero Kind.
func (k Kind) String() string { return kindWords.String(k) }

// AppendText appends the word of k to b.
func (k Kind) AppendText(b []byte) ([]byte, error) { return kindWords.AppendText(b, k) }

// MarshalText returns the word of k.
func (k Kind) MarshalText() ([]byte, error) { return k.AppendText(nil) }

// UnmarshalText reads a word; k is unchanged on error.
func (k *Kind) UnmarshalText(text []byte) error { return kindWords.UnmarshalText(text, k) }
