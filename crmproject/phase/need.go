package phase

import "github.com/crmrollout/crm/crmproject/verdict"

// A Need says how a gate depends on a criterion. The zero Need is invalid.
type Need uint8

// The two needs. A must stands in the way on its own until it is met or does not
// apply; a should counts with its weight towards the gate's threshold.
const (
	Must Need = iota + 1
	Should
)

var needWords = verdict.NewWords[Need]("need", "must", "should")

// ParseNeed returns the need of a word: must, should.
func ParseNeed(word string) (Need, error) { return needWords.Parse(word) }

// IsValid reports whether n is Must or Should.
func (n Need) IsValid() bool { return needWords.IsValid(n) }

// String returns the word of n, empty for the zero Need.
func (n Need) String() string { return needWords.String(n) }

// AppendText appends the word of n to b.
func (n Need) AppendText(b []byte) ([]byte, error) { return needWords.AppendText(b, n) }

// MarshalText returns the word of n.
func (n Need) MarshalText() ([]byte, error) { return n.AppendText(nil) }

// UnmarshalText reads a word; n is unchanged on error.
func (n *Need) UnmarshalText(text []byte) error { return needWords.UnmarshalText(text, n) }
