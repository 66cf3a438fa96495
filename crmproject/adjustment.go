package crmproject

import "github.com/crmrollout/crm/crmproject/verdict"

// An Adjustment is a way to correct a project's course (CP-35). The zero
// Adjustment is invalid.
type Adjustment uint8

// The adjustments.
const (
	ChangeTimeline Adjustment = iota + 1 // change the timeline
	AddResources                         // add resources
	ChangeScope                          // change the scope
)

var adjustmentWords = verdict.NewWords[Adjustment]("adjustment", "timeline", "resources", "scope")

// ParseAdjustment returns the adjustment of a word such as "timeline".
func ParseAdjustment(word string) (Adjustment, error) { return adjustmentWords.Parse(word) }

// IsValid reports whether a is one of the adjustments.
func (a Adjustment) IsValid() bool { return adjustmentWords.IsValid(a) }

// String returns the word of a, empty for the zero value.
func (a Adjustment) String() string { return adjustmentWords.String(a) }

// AppendText appends the word of a to b.
func (a Adjustment) AppendText(b []byte) ([]byte, error) { return adjustmentWords.AppendText(b, a) }

// MarshalText returns the word of a.
func (a Adjustment) MarshalText() ([]byte, error) { return a.AppendText(nil) }

// UnmarshalText reads a word; a is unchanged on error.
func (a *Adjustment) UnmarshalText(text []byte) error { return adjustmentWords.UnmarshalText(text, a) }

// A ChangeSource says what brought a change about (CP-27). The zero value is
// invalid.
type ChangeSource uint8

// The change sources.
const (
	FromFeedback    ChangeSource = iota + 1 // users or customers
	FromRequirement                         // a requirement that has evolved
	FromDeviation                           // a deviation from the plan
	FromRisk                                // a risk or an issue
)

var changeSourceWords = verdict.NewWords[ChangeSource]("change source", "feedback", "requirement", "deviation", "risk")

// ParseChangeSource returns the change source of a word such as "feedback".
func ParseChangeSource(word string) (ChangeSource, error) { return changeSourceWords.Parse(word) }

// IsValid reports whether c is one of the change sources.
func (c ChangeSource) IsValid() bool { return changeSourceWords.IsValid(c) }

// String returns the word of c, empty for the zero value.
func (c ChangeSource) String() string { return changeSourceWords.String(c) }

// AppendText appends the word of c to b.
func (c ChangeSource) AppendText(b []byte) ([]byte, error) { return changeSourceWords.AppendText(b, c) }

// MarshalText returns the word of c.
func (c ChangeSource) MarshalText() ([]byte, error) { return c.AppendText(nil) }

// UnmarshalText reads a word; c is unchanged on error.
func (c *ChangeSource) UnmarshalText(text []byte) error {
	return changeSourceWords.UnmarshalText(text, c)
}

// A ChangeState is where a change stands. The zero ChangeState is invalid.
type ChangeState uint8

// The change states.
const (
	ChangeDraft       ChangeState = iota + 1 // being written
	ChangeSubmitted                          // waiting to be assessed
	ChangeAssessed                           // its impacts are known
	ChangeApproved                           // to be done
	ChangeRejected                           // not to be done
	ChangeDeferred                           // to be assessed again later
	ChangeImplemented                        // done
	ChangeVerified                           // done and checked
	ChangeClosed                             // nothing left to do
	ChangeWithdrawn                          // taken back
)

var changeStateWords = verdict.NewWords[ChangeState]("change state",
	"draft", "submitted", "assessed", "approved", "rejected", "deferred", "implemented", "verified", "closed", "withdrawn")

// ParseChangeState returns the change state of a word such as "draft".
func ParseChangeState(word string) (ChangeState, error) { return changeStateWords.Parse(word) }

// IsValid reports whether c is one of the change states.
func (c ChangeState) IsValid() bool { return changeStateWords.IsValid(c) }

// String returns the word of c, empty for the zero value.
func (c ChangeState) String() string { return changeStateWords.String(c) }

// AppendText appends the word of c to b.
func (c ChangeState) AppendText(b []byte) ([]byte, error) { return changeStateWords.AppendText(b, c) }

// MarshalText returns the word of c.
func (c ChangeState) MarshalText() ([]byte, error) { return c.AppendText(nil) }

// UnmarshalText reads a word; c is unchanged on error.
func (c *ChangeState) UnmarshalText(text []byte) error {
	return changeStateWords.UnmarshalText(text, c)
}
