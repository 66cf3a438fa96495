package stakeholder

import (
	"cmp"
	"slices"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// An Expectation is something a stakeholder expects of the project, with its
// history. Its steps are its record in the expectation log
// ([Register.ExpectationLog]).
type Expectation struct {
	ID      string  `json:"id"` // unique among the expectations and conflicts of the register
	Realism Realism `json:"realism,omitzero"`
	Steps   []Step  `json:"steps"`          // by date, ascending; the first is a set
	Risk    string  `json:"risk,omitempty"` // id of the risk raised because of it
}

// A Step is one event in the history of an expectation.
type Step struct {
	On   calendar.Date `json:"on"`
	Turn Turn          `json:"turn"`
	Text string        `json:"text,omitempty"` // the wording; required where it is set or changed
	By   string        `json:"by,omitempty"`
}

// A Turn is what happened to an expectation. The zero Turn is invalid.
type Turn uint8

// The turns.
const (
	ExpectationSet       Turn = iota + 1 // first put into words
	ExpectationAgreed                    // both sides hold to the wording
	ExpectationChanged                   // put into other words, to be agreed anew
	ExpectationMet                       // fulfilled
	ExpectationWithdrawn                 // no longer held
)

var turnWords = verdict.NewWords[Turn]("stakeholder: turn", "set", "agreed", "changed", "met", "withdrawn")

// ParseTurn returns the turn of a word: "set", "agreed", "changed", "met" or
// "withdrawn". The error wraps [verdict.ErrUnknown].
func ParseTurn(word string) (Turn, error) { return turnWords.Parse(word) }

// IsValid reports whether t is a turn; the zero Turn is not.
func (t Turn) IsValid() bool { return turnWords.IsValid(t) }

// String returns the word of t, empty for the zero Turn.
func (t Turn) String() string { return turnWords.String(t) }

// AppendText appends the word of t to b.
func (t Turn) AppendText(b []byte) ([]byte, error) { return turnWords.AppendText(b, t) }

// MarshalText returns the word of t.
func (t Turn) MarshalText() ([]byte, error) { return t.AppendText(nil) }

// UnmarshalText reads a word; t is unchanged on error.
func (t *Turn) UnmarshalText(text []byte) error { return turnWords.UnmarshalText(text, t) }

// A Realism says whether the project can fulfil an expectation. The zero
// Realism means "not judged" and is invalid.
type Realism uint8

// The judgements.
const (
	Realistic Realism = iota + 1
	Unrealistic
)

var realismWords = verdict.NewWords[Realism]("stakeholder: realism", "realistic", "unrealistic")

// ParseRealism returns the realism of a word: "realistic" or "unrealistic".
// The error wraps [verdict.ErrUnknown].
func ParseRealism(word string) (Realism, error) { return realismWords.Parse(word) }

// IsValid reports whether r is a realism; the zero Realism is not.
func (r Realism) IsValid() bool { return realismWords.IsValid(r) }

// String returns the word of r, empty for the zero Realism.
func (r Realism) String() string { return realismWords.String(r) }

// AppendText appends the word of r to b.
func (r Realism) AppendText(b []byte) ([]byte, error) { return realismWords.AppendText(b, r) }

// MarshalText returns the word of r.
func (r Realism) MarshalText() ([]byte, error) { return r.AppendText(nil) }

// UnmarshalText reads a word; r is unchanged on error.
func (r *Realism) UnmarshalText(text []byte) error { return realismWords.UnmarshalText(text, r) }

// A State is where an expectation stands at a date.
type State struct {
	Text    string        // the wording in force
	Worded  calendar.Date // when it was set or last changed
	Changed bool          // the wording is not the first one
	Agreed  bool          // to the wording in force
	Live    bool          // neither met nor withdrawn
	Turn    Turn          // the latest one
	On      calendar.Date // of the latest turn
}

// At returns where e stands at asOf, and false if it has not been set by then.
func (e Expectation) At(asOf calendar.Date) (State, bool) {
	var s State
	for _, step := range e.Steps {
		if step.On <= asOf {
			s.take(step)
		}
	}
	return s, s.Turn != 0
}

func (s *State) take(step Step) {
	s.Turn, s.On = step.Turn, step.On
	switch step.Turn {
	case ExpectationSet, ExpectationChanged:
		s.Text, s.Worded, s.Agreed, s.Live = step.Text, step.On, false, true
		s.Changed = step.Turn == ExpectationChanged
	case ExpectationAgreed:
		s.Agreed = true
	default:
		s.Live = false
	}
}

// A LogEntry is a step of an expectation and whose it is.
type LogEntry struct {
	Stakeholder string `json:"stakeholder"` // id
	Expectation string `json:"expectation"` // id
	Step        Step   `json:"step"`
}

// ExpectationLog returns the steps of all expectations up to asOf by date,
// those of one day in the order of the register.
func (r Register) ExpectationLog(asOf calendar.Date) []LogEntry {
	var log []LogEntry
	for _, s := range r.Stakeholders {
		for _, e := range s.Expectations {
			for _, step := range e.Steps {
				if step.On <= asOf {
					log = append(log, LogEntry{s.ID, e.ID, step})
				}
			}
		}
	}
	slices.SortStableFunc(log, func(a, b LogEntry) int { return cmp.Compare(a.Step.On, b.Step.On) })
	return log
}
