package crmproject

import "github.com/crmrollout/crm/crmproject/verdict"

// A NeedKind sorts what a needs analysis finds (CP-07). The zero NeedKind is
// invalid.
type NeedKind uint8

// The need kinds.
const (
	Challenge   NeedKind = iota + 1 // something that hurts today
	Opportunity                     // something to be won
)

var needKindWords = verdict.NewWords[NeedKind]("need kind", "challenge", "opportunity")

// ParseNeedKind returns the need kind of a word such as "challenge".
func ParseNeedKind(word string) (NeedKind, error) { return needKindWords.Parse(word) }

// IsValid reports whether n is one of the need kinds.
func (n NeedKind) IsValid() bool { return needKindWords.IsValid(n) }

// String returns the word of n, empty for the zero value.
func (n NeedKind) String() string { return needKindWords.String(n) }

// AppendText appends the word of n to b.
func (n NeedKind) AppendText(b []byte) ([]byte, error) { return needKindWords.AppendText(b, n) }

// MarshalText returns the word of n.
func (n NeedKind) MarshalText() ([]byte, error) { return n.AppendText(nil) }

// UnmarshalText reads a word; n is unchanged on error.
func (n *NeedKind) UnmarshalText(text []byte) error { return needKindWords.UnmarshalText(text, n) }
