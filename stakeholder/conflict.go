package stakeholder

import (
	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// A Conflict is one between stakeholders, foreseen or under way. Its resolution
// is communicated by a [Contact] that names its id and reaches every party.
type Conflict struct {
	ID         string        `json:"id"`      // unique among the expectations and conflicts of the register
	Parties    []string      `json:"parties"` // ids of two or more stakeholders
	Subject    string        `json:"subject"`
	State      ConflictState `json:"state"`
	Raised     calendar.Date `json:"raised"`
	Owner      string        `json:"owner,omitempty"`
	Mode       Mode          `json:"mode,omitzero"`
	Strategy   string        `json:"strategy,omitempty"` // how it is to be prevented or settled
	Resolved   calendar.Date `json:"resolved,omitzero"`
	Resolution string        `json:"resolution,omitempty"`
}

// A ConflictState says whether a conflict has broken out. The zero
// ConflictState is invalid.
type ConflictState uint8

// The states.
const (
	Potential ConflictState = iota + 1
	Actual
)

var conflictStateWords = verdict.NewWords[ConflictState]("stakeholder: conflict state", "potential", "actual")

// ParseConflictState returns the conflict state of a word: "potential" or
// "actual". The error wraps [verdict.ErrUnknown].
func ParseConflictState(word string) (ConflictState, error) { return conflictStateWords.Parse(word) }

// IsValid reports whether s is a conflict state; the zero ConflictState is not.
func (s ConflictState) IsValid() bool { return conflictStateWords.IsValid(s) }

// String returns the word of s, empty for the zero ConflictState.
func (s ConflictState) String() string { return conflictStateWords.String(s) }

// AppendText appends the word of s to b.
func (s ConflictState) AppendText(b []byte) ([]byte, error) {
	return conflictStateWords.AppendText(b, s)
}

// MarshalText returns the word of s.
func (s ConflictState) MarshalText() ([]byte, error) { return s.AppendText(nil) }

// UnmarshalText reads a word; s is unchanged on error.
func (s *ConflictState) UnmarshalText(text []byte) error {
	return conflictStateWords.UnmarshalText(text, s)
}

// Open reports whether the conflict is known and not resolved at asOf.
func (c Conflict) Open(asOf calendar.Date) bool {
	return c.Raised <= asOf && (c.Resolved == 0 || c.Resolved > asOf)
}

// DaysOpen returns the number of days that the conflict was open up to asOf,
// and false if it was not yet raised or has no date.
func (c Conflict) DaysOpen(asOf calendar.Date) (days int, ok bool) {
	end := asOf
	if c.Resolved != 0 && c.Resolved < asOf {
		end = c.Resolved
	}
	days, ok = end.DaysSince(c.Raised)
	if days < 0 {
		return 0, false
	}
	return days, ok
}
