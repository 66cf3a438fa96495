package control

import "github.com/crmrollout/crm/crmproject/verdict"

// A Kind says of what there is a deviation. The zero Kind is invalid.
type Kind uint8

// The kinds.
const (
	OfTime      Kind = iota + 1 // the schedule
	OfCost                      // the budget
	OfIndicator                 // what the project is for
)

var kindWords = verdict.NewWords[Kind]("deviation kind", "time", "cost", "indicator")

// ParseKind returns the deviation kind of a word such as "time".
func ParseKind(word string) (Kind, error) { return kindWords.Parse(word) }

// IsValid reports whether k is one of the constants.
func (k Kind) IsValid() bool { return kindWords.IsValid(k) }

// String returns the word of k, empty for the zero value.
func (k Kind) String() string { return kindWords.String(k) }

// AppendText appends the word of k to b.
func (k Kind) AppendText(b []byte) ([]byte, error) { return kindWords.AppendText(b, k) }

// MarshalText returns the word of k.
func (k Kind) MarshalText() ([]byte, error) { return k.AppendText(nil) }

// UnmarshalText reads a word; k is unchanged on error.
func (k *Kind) UnmarshalText(text []byte) error { return kindWords.UnmarshalText(text, k) }
