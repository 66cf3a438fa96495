package stakeholder

import (
	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// A Signature is one that a stakeholder has to give: for which deliverable and
// by when. What came of it is a [SignOff].
type Signature struct {
	Deliverable string        `json:"deliverable"`
	Due         calendar.Date `json:"due,omitzero"`
}

// A SignOff is what a stakeholder said to a deliverable put before him. Sign-offs
// are records of the project and are handed to the functions that judge them;
// the register holds only who has to sign what. A later one replaces an earlier
// one of the same stakeholder for the same deliverable.
type SignOff struct {
	Deliverable string        `json:"deliverable"`
	By          string        `json:"by"` // id of the stakeholder
	On          calendar.Date `json:"on"`
	Answer      Answer        `json:"answer"`
	Conditions  []Condition   `json:"conditions,omitempty"`
	Reason      string        `json:"reason,omitempty"` // of a refusal
}

// A Condition is what must still be done for a sign-off to hold.
type Condition struct {
	What  string        `json:"what"`
	Owner string        `json:"owner,omitempty"`
	Due   calendar.Date `json:"due,omitzero"`
	Met   calendar.Date `json:"met,omitzero"`
}

// Open reports whether the condition is not met at asOf.
func (c Condition) Open(asOf calendar.Date) bool { return c.Met == 0 || c.Met > asOf }

// An Answer is that of a [SignOff]. The zero Answer is invalid.
type Answer uint8

// The answers.
const (
	Accepted Answer = iota + 1
	AcceptedWithConditions
	Rejected
)

var answerWords = verdict.NewWords[Answer]("stakeholder: answer", "accepted", "accepted_with_conditions", "rejected")

// ParseAnswer returns the answer of a word: "accepted",
// "accepted_with_conditions" or "rejected". The error wraps
// [verdict.ErrUnknown].
func ParseAnswer(word string) (Answer, error) { return answerWords.Parse(word) }

// IsValid reports whether a is a answer; the zero Answer is not.
func (a Answer) IsValid() bool { return answerWords.IsValid(a) }

// String returns the word of a, empty for the zero Answer.
func (a Answer) String() string { return answerWords.String(a) }

// AppendText appends the word of a to b.
func (a Answer) AppendText(b []byte) ([]byte, error) { return answerWords.AppendText(b, a) }

// MarshalText returns the word of a.
func (a Answer) MarshalText() ([]byte, error) { return a.AppendText(nil) }

// UnmarshalText reads a word; a is unchanged on error.
func (a *Answer) UnmarshalText(text []byte) error { return answerWords.UnmarshalText(text, a) }

// Holds reports whether the deliverable is accepted by it at asOf: the answer
// was given by then, and is acceptance, or acceptance with stated conditions
// that are all met.
func (s SignOff) Holds(asOf calendar.Date) bool {
	if s.On == 0 || s.On > asOf {
		return false
	}
	for _, c := range s.Conditions {
		if c.Open(asOf) {
			return false
		}
	}
	return s.Answer == Accepted || s.Answer == AcceptedWithConditions && len(s.Conditions) > 0
}

// An Outstanding is a signature that a stakeholder still has to give.
type Outstanding struct {
	Stakeholder string        `json:"stakeholder"` // id
	Deliverable string        `json:"deliverable"`
	Due         calendar.Date `json:"due,omitzero"`
	Answer      Answer        `json:"answer,omitzero"` // the latest one so far, 0 if there is none
}

// Outstanding returns the signatures required by the register for which no
// sign-off holds at asOf, in the order of the register. Deliverables are the
// same if they differ only in case and spaces.
func (r Register) Outstanding(signOffs []SignOff, asOf calendar.Date) []Outstanding {
	latest := latestSignOffs(signOffs, asOf)
	var open []Outstanding
	for _, s := range r.Stakeholders {
		for _, want := range s.Signs {
			var got SignOff
			if at, ok := latest[signature{s.ID, fold(want.Deliverable)}]; ok {
				got = signOffs[at]
			}
			if !got.Holds(asOf) {
				open = append(open, Outstanding{s.ID, want.Deliverable, want.Due, got.Answer})
			}
		}
	}
	return open
}

// A signature is whose it is and for which folded deliverable.
type signature struct{ by, deliverable string }

// latestSignOffs returns the position of the sign-off in force for each
// signature; of several on one day it is the last one given.
func latestSignOffs(signOffs []SignOff, asOf calendar.Date) map[signature]int {
	latest := make(map[signature]int, len(signOffs))
	for i, s := range signOffs {
		key := signature{s.By, fold(s.Deliverable)}
		at, again := latest[key]
		if s.On != 0 && s.On <= asOf && (!again || s.On >= signOffs[at].On) {
			latest[key] = i
		}
	}
	return latest
}
