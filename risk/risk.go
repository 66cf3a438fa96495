package risk

import (
	"slices"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/money"
	"github.com/crmrollout/crm/crmproject/ratio"
)

// A Risk is an uncertain event that would harm or help the project if it
// happened. What it is on a date is asked of the [Register] that holds it.
//
// It is described in three parts, "because of Cause, Event may happen, which
// would lead to Effect": a cause is a fact today, the event is uncertain, the
// effect is on an objective. (D. Hillson, Effective Opportunity Management for
// Projects, 2004, on the risk metalanguage.)
type Risk struct {
	ID       string        `json:"id"`
	Title    string        `json:"title"`
	Kind     Kind          `json:"kind"`
	Category string        `json:"category,omitempty"` // free; see Categories for the words of the catalogue
	Cause    string        `json:"cause,omitempty"`
	Event    string        `json:"event,omitempty"`
	Effect   string        `json:"effect,omitempty"`
	Owner    string        `json:"owner,omitempty"`
	Raised   calendar.Date `json:"raised"`
	Closed   calendar.Date `json:"closed,omitzero"`  // from this day on it is no risk any more
	Origin   string        `json:"origin,omitempty"` // id of the catalogue entry that it was made from

	Causes       []Link       `json:"causes,omitempty"`       // risks that make this one more likely (RI-04)
	Expectations []string     `json:"expectations,omitempty"` // ids of stakeholders' expectations that it endangers (RI-13)
	Assessments  []Assessment `json:"assessments,omitempty"`
	Target       Target       `json:"target,omitzero"`
	Estimate     Estimate     `json:"estimate,omitzero"`
	Controls     []Control    `json:"controls,omitempty"`
	Responses    []Response   `json:"responses,omitempty"`
	Triggers     []Trigger    `json:"triggers,omitempty"`
	Occurrences  []Occurrence `json:"occurrences,omitempty"`

	Window calendar.Interval `json:"window,omitzero"` // when it can happen
	Review Review            `json:"review,omitzero"`
}

// A Link says that another risk, if it happens, makes this one happen with the
// chance Weight. Weight may be left out; a calculation then asks for it.
type Link struct {
	Risk   string      `json:"risk"` // id of the risk that is the cause
	Weight ratio.Ratio `json:"weight,omitzero"`
}

// A Trigger is an early sign that a risk is about to happen.
type Trigger struct {
	Sign      string        `json:"sign"`
	Indicator string        `json:"indicator,omitempty"` // id of the indicator that shows it
	Seen      calendar.Date `json:"seen,omitzero"`       // when it was seen, zero if not
}

// An Occurrence is a time when the risk happened. From then on there is an
// issue, which is tracked elsewhere by its id until it is resolved (RI-08).
type Occurrence struct {
	On       calendar.Date `json:"on"`
	Issue    string        `json:"issue,omitempty"`
	Loss     money.Amount  `json:"loss,omitzero"` // the actual loss, or gain of an opportunity
	Note     string        `json:"note,omitempty"`
	Resolved calendar.Date `json:"resolved,omitzero"`
}

// open reports whether o has happened by asOf and is not resolved.
func (o Occurrence) open(asOf calendar.Date) bool {
	return o.On <= asOf && (o.Resolved == 0 || asOf < o.Resolved)
}

func (r Risk) clone() Risk {
	r.Causes = slices.Clone(r.Causes)
	r.Expectations = slices.Clone(r.Expectations)
	r.Assessments = slices.Clone(r.Assessments)
	for i := range r.Assessments {
		r.Assessments[i].Relies = slices.Clone(r.Assessments[i].Relies)
	}
	r.Controls = slices.Clone(r.Controls)
	r.Responses = slices.Clone(r.Responses)
	for i := range r.Responses {
		r.Responses[i] = r.Responses[i].clone()
	}
	r.Triggers = slices.Clone(r.Triggers)
	r.Occurrences = slices.Clone(r.Occurrences)
	return r
}
