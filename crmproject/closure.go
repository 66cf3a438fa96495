package crmproject

import (
	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/ratio"
)

// A SignOff is the formal acceptance of a deliverable by somebody named (AU-15,
// ST-27).
type SignOff struct {
	ID          string        `json:"id"`
	Deliverable string        `json:"deliverable"`
	By          string        `json:"by,omitempty"` // id of a stakeholder
	Due         calendar.Date `json:"due,omitzero"`
	On          calendar.Date `json:"on,omitzero"`
	Conditions  []Check       `json:"conditions,omitempty"`
}

// Signed reports whether the deliverable was accepted by asOf and no condition
// is left.
func (s SignOff) Signed(asOf calendar.Date) bool {
	if s.By == "" || !s.On.IsValid() || s.On > asOf {
		return false
	}
	for _, c := range s.Conditions {
		if !c.Ticked(asOf) {
			return false
		}
	}
	return true
}

// A Review holds the finished project against its initial objectives and success
// criteria (AU-13).
type Review struct {
	On       calendar.Date     `json:"on,omitzero"`
	By       string            `json:"by,omitempty"`
	Criteria []ReviewCriterion `json:"criteria,omitempty"`
	Summary  string            `json:"summary,omitempty"`
}

// A ReviewCriterion is the judgement on one success criterion of the charter.
type ReviewCriterion struct {
	Criterion string      `json:"criterion"` // id of the success criterion
	Met       ratio.Ratio `json:"met"`       // 1 is met in full
	Note      string      `json:"note,omitempty"`
}

// A Lesson is what the next project should know (AU-14).
type Lesson struct {
	ID             string `json:"id"`
	Phase          string `json:"phase,omitempty"`
	Theme          string `json:"theme,omitempty"`
	What           string `json:"what"`
	Why            string `json:"why,omitempty"`
	Recommendation string `json:"recommendation,omitempty"`
	AppliesTo      string `json:"appliesTo,omitempty"`
}

// A FinalReport is the record that the project was reported on (AU-16).
type FinalReport struct {
	By        string        `json:"by,omitempty"`
	Delivered calendar.Date `json:"delivered,omitzero"`
	To        []string      `json:"to,omitempty"` // ids of stakeholders
	Summary   string        `json:"summary,omitempty"`
}

// A Handover is one thing whose support and maintenance passes on (CP-29).
type Handover struct {
	ID    string        `json:"id"`
	What  string        `json:"what"`
	From  string        `json:"from,omitempty"`
	To    string        `json:"to,omitempty"` // the department or team that takes it
	Due   calendar.Date `json:"due,omitzero"`
	Done  calendar.Date `json:"done,omitzero"`
	Notes string        `json:"notes,omitempty"`
}

// An Achievement is something to celebrate (CP-30).
type Achievement struct {
	Title string        `json:"title"`
	On    calendar.Date `json:"on,omitzero"`
	By    []string      `json:"by,omitempty"` // whom to thank
}
