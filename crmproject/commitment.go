package crmproject

import "github.com/crmrollout/crm/crmproject/verdict"

// A Commitment is how far a team member stands behind the project (ST-23,
// CP-12). The values ascend. The zero Commitment is "not known".
type Commitment uint8

// The commitments.
const (
	LowCommitment    Commitment = iota + 1 // has to be won
	MediumCommitment                       // does what is asked
	HighCommitment                         // drives the project
)

var commitmentWords = verdict.NewWords[Commitment]("commitment", "low", "medium", "high")

// ParseCommitment returns the commitment of a word such as "low".
func ParseCommitment(word string) (Commitment, error) { return commitmentWords.Parse(word) }

// IsValid reports whether c is one of the commitments.
func (c Commitment) IsValid() bool { return commitmentWords.IsValid(c) }

// String returns the word of c, empty for the zero value.
func (c Commitment) String() string { return commitmentWords.String(c) }

// AppendText appends the word of c to b.
func (c Commitment) AppendText(b []byte) ([]byte, error) { return commitmentWords.AppendText(b, c) }

// MarshalText returns the word of c.
func (c Commitment) MarshalText() ([]byte, error) { return c.AppendText(nil) }

// UnmarshalText reads a word; c is unchanged on error.
func (c *Commitment) UnmarshalText(text []byte) error { return commitmentWords.UnmarshalText(text, c) }
