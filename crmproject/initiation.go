package crmproject

import (
	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/money"
)

// A Need is one finding of the preliminary needs analysis (CP-07).
type Need struct {
	ID       string   `json:"id"`
	Kind     NeedKind `json:"kind"`
	Text     string   `json:"text"`
	From     string   `json:"from,omitempty"`     // the department that has it
	Priority int      `json:"priority,omitempty"` // 1 is first; 0 is not ranked
}

// A Situation is the initial analysis of where the organisation stands (CP-08).
type Situation struct {
	Current    string   `json:"current,omitempty"` // how customers are served today
	Strengths  []string `json:"strengths,omitempty"`
	Weaknesses []string `json:"weaknesses,omitempty"`
	Paramount  []string `json:"paramount,omitempty"`  // ids of the needs that matter most
	Importance string   `json:"importance,omitempty"` // what a CRM means to the organisation
	Why        string   `json:"why,omitempty"`        // why now
}

// A Strategy is how the vision is to be reached (CP-10). Each component serves
// objectives and is tracked somehow.
type Strategy struct {
	Statement    string      `json:"statement,omitempty"`
	CompanyGoals []string    `json:"companyGoals,omitempty"` // ids of the business goals it is consistent with
	Components   []Component `json:"components,omitempty"`
}

// A Component is one part of a strategy.
type Component struct {
	ID         string   `json:"id"`
	Title      string   `json:"title"`
	Objectives []string `json:"objectives,omitempty"` // ids of the objectives it serves
	Tracking   string   `json:"tracking,omitempty"`   // how progress is followed
}

// A Benefit says what employees, customers or the company gain (CP-46).
type Benefit struct {
	For  string `json:"for"` // "employees", "customers", "company"
	Text string `json:"text"`
}

// A Charter authorises the project: scope, budget, timeline, purpose (CP-13).
// The objectives are named by id; their text stands in the scope statement.
type Charter struct {
	Purpose    string             `json:"purpose,omitempty"`
	Scope      string             `json:"scope,omitempty"`
	Objectives []string           `json:"objectives,omitempty"`
	Criteria   []SuccessCriterion `json:"criteria,omitempty"`
	Budget     money.Amount       `json:"budget,omitzero"`
	Start      calendar.Date      `json:"start,omitzero"`
	End        calendar.Date      `json:"end,omitzero"`
	ApprovedBy string             `json:"approvedBy,omitempty"`
	ApprovedOn calendar.Date      `json:"approvedOn,omitzero"`

	Authority   string   `json:"authority,omitempty"`   // what the project manager may decide alone
	Assumptions []string `json:"assumptions,omitempty"` // taken for true without proof
	Constraints []string `json:"constraints,omitempty"` // what cannot be moved
	Exclusions  []string `json:"exclusions,omitempty"`  // what is not to be done
}

// Approved reports whether the charter was approved by asOf.
func (c Charter) Approved(asOf calendar.Date) bool {
	return c.ApprovedBy != "" && c.ApprovedOn.IsValid() && c.ApprovedOn <= asOf
}

// A SuccessCriterion says how success will be recognised (CP-11).
type SuccessCriterion struct {
	ID        string `json:"id"`
	Text      string `json:"text"`
	Objective string `json:"objective,omitempty"` // id of the objective it belongs to
}
