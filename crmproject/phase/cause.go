package phase

import "github.com/crmrollout/crm/crmproject/verdict"

// A Cause is the kind of reason for which a finished phase is opened again. The
// zero Cause is "not given".
type Cause uint8

// The causes: the three for which iteration is normal, and any other, which the
// reason in words must then carry alone.
const (
	NewFeature Cause = iota + 1
	ChangedNeed
	Scaling
	OtherCause
)

var causeWords = verdict.NewWords[Cause]("cause", "new_feature", "changed_business_need", "scaling", "other")

// ParseCause returns the cause of a word: new_feature, changed_business_need,
// scaling, other.
func ParseCause(word string) (Cause, error) { return causeWords.Parse(word) }

// IsValid reports whether c is one of the causes.
func (c Cause) IsValid() bool { return causeWords.IsValid(c) }

// String returns the word of c, empty for the zero Cause.
func (c Cause) String() string { return causeWords.String(c) }

// AppendText appends the word of c to b.
func (c Cause) AppendText(b []byte) ([]byte, error) { return causeWords.AppendText(b, c) }

// MarshalText returns the word of c.
func (c Cause) MarshalText() ([]byte, error) { return c.AppendText(nil) }

// UnmarshalText reads a word; c is unchanged on error.
func (c *Cause) UnmarshalText(text []byte) error { return causeWords.UnmarshalText(text, c) }
