package control

import "github.com/crmrollout/crm/crmproject/verdict"

// A Funding says where the money of an action comes from. The zero Funding stands
// for FromBudget.
type Funding uint8

// The fundings.
const (
	FromBudget      Funding = iota + 1 // the approved total changes by the cost
	FromContingency                    // the approved total stays, the contingency pays
)

var fundingWords = verdict.NewWords[Funding]("funding", "budget", "contingency")

// ParseFunding returns the funding of a word such as "budget".
func ParseFunding(word string) (Funding, error) { return fundingWords.Parse(word) }

// IsValid reports whether f is one of the constants.
func (f Funding) IsValid() bool { return fundingWords.IsValid(f) }

// String returns the word of f, empty for the zero value.
func (f Funding) String() string { return fundingWords.String(f) }

// AppendText appends the word of f to b.
func (f Funding) AppendText(b []byte) ([]byte, error) { return fundingWords.AppendText(b, f) }

// MarshalText returns the word of f.
func (f Funding) MarshalText() ([]byte, error) { return f.AppendText(nil) }

// UnmarshalText reads a word; f is unchanged on error.
func (f *Funding) UnmarshalText(text []byte) error { return fundingWords.UnmarshalText(text, f) }
