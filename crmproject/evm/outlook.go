package evm

import "github.com/crmrollout/crm/crmproject/verdict"

// An Outlook says what a to-complete index means. The zero Outlook is invalid.
type Outlook uint8

// The outlooks.
const (
	Open         Outlook = iota + 1 // work and money are left: the index is what the rest has to achieve
	Complete                        // no work is left
	Unachievable                    // work is left and no money
	Unknown                         // the target is undefined, for a reason that the index carries
)

var outlookWords = verdict.NewWords[Outlook]("outlook", "open", "complete", "unachievable", "unknown")

// ParseOutlook returns the outlook of a word such as "complete".
func ParseOutlook(word string) (Outlook, error) { return outlookWords.Parse(word) }

// IsValid reports whether o is one of the outlooks.
func (o Outlook) IsValid() bool { return outlookWords.IsValid(o) }

// String returns the word of o, empty for the zero value.
func (o Outlook) String() string { return outlookWords.String(o) }

// AppendText appends the word of o to b.
func (o Outlook) AppendText(b []byte) ([]byte, error) { return outlookWords.AppendText(b, o) }

// MarshalText returns the word of o.
func (o Outlook) MarshalText() ([]byte, error) { return o.AppendText(nil) }

// UnmarshalText reads a word; o is unchanged on error.
func (o *Outlook) UnmarshalText(text []byte) error { return outlookWords.UnmarshalText(text, o) }
