package stakeholder

import (
	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// An Event is something that happened in the project and owes its stakeholders
// a message. Events are facts of the project and are handed to the functions
// that judge them. A [Contact] that names the id delivers the message.
type Event struct {
	ID       string        `json:"id"`
	Kind     EventKind     `json:"kind"`
	On       calendar.Date `json:"on"`
	Subject  string        `json:"subject"`
	Audience Audience      `json:"audience,omitzero"` // empty: see [Register.Owed]
}

// An EventKind is a kind of [Event]. The zero EventKind is invalid.
type EventKind uint8

// The kinds of events that owe a message.
const (
	PhaseDecision EventKind = iota + 1
	ApprovedChange
	NewHighRisk
	NewHighIssue
	ResolvedConflict
)

var eventKindWords = verdict.NewWords[EventKind]("stakeholder: event kind",
	"phase_decision", "approved_change",
	"new_high_risk", "new_high_issue", "resolved_conflict")

// ParseEventKind returns the event kind of a word: "phase_decision",
// "approved_change", "new_high_risk", "new_high_issue" or "resolved_conflict".
// The error wraps [verdict.ErrUnknown].
func ParseEventKind(word string) (EventKind, error) { return eventKindWords.Parse(word) }

// IsValid reports whether k is a event kind; the zero EventKind is not.
func (k EventKind) IsValid() bool { return eventKindWords.IsValid(k) }

// String returns the word of k, empty for the zero EventKind.
func (k EventKind) String() string { return eventKindWords.String(k) }

// AppendText appends the word of k to b.
func (k EventKind) AppendText(b []byte) ([]byte, error) { return eventKindWords.AppendText(b, k) }

// MarshalText returns the word of k.
func (k EventKind) MarshalText() ([]byte, error) { return k.AppendText(nil) }

// UnmarshalText reads a word; k is unchanged on error.
func (k *EventKind) UnmarshalText(text []byte) error { return eventKindWords.UnmarshalText(text, k) }

// carriers returns the kinds of content under which news of the event travels.
func (k EventKind) carriers() []Content {
	switch k {
	case PhaseDecision:
		return []Content{Decisions, Progress}
	case ApprovedChange:
		return []Content{Changes}
	case NewHighRisk:
		return []Content{Risks}
	case NewHighIssue:
		return []Content{Issues}
	case ResolvedConflict:
		return []Content{Conflicts}
	default:
		return nil
	}
}
