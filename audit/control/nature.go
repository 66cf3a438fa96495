package control

import "github.com/crmrollout/crm/crmproject/verdict"

// A Nature says what is behind a difference from the plan. The zero Nature is
// invalid.
type Nature uint8

// The natures.
const (
	Signal   Nature = iota + 1 // neither slack nor chance explains it
	Noise                      // float, buffer or sampling error explains it
	Untested                   // there is nothing to tell by
)

var natureWords = verdict.NewWords[Nature]("nature", "signal", "noise", "untested")

// ParseNature returns the nature of a word such as "signal".
func ParseNature(word string) (Nature, error) { return natureWords.Parse(word) }

// IsValid reports whether n is one of the constants.
func (n Nature) IsValid() bool { return natureWords.IsValid(n) }

// String returns the word of n, empty for the zero value.
func (n Nature) String() string { return natureWords.String(n) }

// AppendText appends the word of n to b.
func (n Nature) AppendText(b []byte) ([]byte, error) { return natureWords.AppendText(b, n) }

// MarshalText returns the word of n.
func (n Nature) MarshalText() ([]byte, error) { return n.AppendText(nil) }

// UnmarshalText reads a word; n is unchanged on error.
func (n *Nature) UnmarshalText(text []byte) error { return natureWords.UnmarshalText(text, n) }
