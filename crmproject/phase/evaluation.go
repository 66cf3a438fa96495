package phase

import (
	"slices"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// An Assessment is one criterion as a gate found it.
type Assessment struct {
	verdict.Outcome                   // the rule, its status, and why it is unassessed, not applicable or failed
	Need            Need              `json:"need"`
	Weight          int64             `json:"weight,omitempty"`
	Waivable        bool              `json:"waivable,omitempty"`
	Effect          Effect            `json:"effect"`
	By              string            `json:"by,omitempty"`      // the approver, if the criterion does not apply
	Waivers         []verdict.Waiver  `json:"waivers,omitempty"` // those in force that excuse it
	Findings        []verdict.Finding `json:"findings,omitempty"`
}

// An Obstacle is what closes a gate besides its criteria: an earlier gate that
// lapsed or went stale, or the life cycle itself being elsewhere or over.
type Obstacle struct {
	From     ID       `json:"from,omitempty"` // the earlier gate, if it is one
	To       ID       `json:"to,omitempty"`
	Standing Standing `json:"standing,omitzero"`
	Reasons  []string `json:"reasons"`
}

// An Evaluation is what a gate makes of the facts at a date: a plain value with
// a JSON form, complete enough to be judged again without the facts. It is a
// pure function of the life cycle, the state, the facts and the date.
type Evaluation struct {
	From      ID             `json:"from"`
	To        ID             `json:"to"`
	Name      string         `json:"name,omitempty"`
	AsOf      calendar.Date  `json:"asOf,omitzero"`
	Outcome   Outcome        `json:"outcome"`             // of asking to go
	Permitted []Action       `json:"permitted,omitempty"` // what can be decided at this gate, in ascending order
	Criteria  []Assessment   `json:"criteria,omitempty"`  // in declared order
	Blocking  []verdict.Code `json:"blocking,omitempty"`  // musts that are neither satisfied nor waived
	Waived    []verdict.Code `json:"waived,omitempty"`    // musts that an effective waiver excuses
	Score     ratio.Ratio    `json:"score,omitzero"`      // of the shoulds, 0 to 1; 1 if none applies
	Threshold ratio.Ratio    `json:"threshold,omitzero"`  // as declared, zero if none is
	Below     bool           `json:"belowThreshold,omitempty"`
	Obstacles []Obstacle     `json:"obstacles,omitempty"`
}

// Label returns the name of the gate for people.
func (e Evaluation) Label() string { return edgeLabel(e.Name, e.From, e.To) }

// Permits reports whether the action can be decided at this gate.
func (e Evaluation) Permits(a Action) bool { return slices.Contains(e.Permitted, a) }

// Answer returns the outcome of asking for an action at this gate. Hold, recycle
// and kill are refused only where the gate is not that of the current phase.
// Actions that are not for a gate to permit are refused.
func (e Evaluation) Answer(a Action) Outcome {
	switch {
	case e.Outcome == Undeclared:
		return Undeclared
	case e.Permits(a):
		return Open
	case a == Go:
		return e.Outcome
	case a == ConditionalGo && e.hangsOnChecks():
		return CheckFailed
	default:
		return Refused
	}
}

// hangsOnChecks reports whether nothing but failed checks blocks the gate.
func (e Evaluation) hangsOnChecks() bool {
	return len(e.Obstacles) == 0 && !slices.ContainsFunc(e.Criteria, func(a Assessment) bool {
		return a.Effect == Blocking && a.Status != verdict.Failed
	})
}

// Err returns nil if the gate is open for a go, otherwise a [*RefusedError] with
// the evaluation.
func (e Evaluation) Err() error {
	if e.Outcome == Open {
		return nil
	}
	return &RefusedError{Action: Go, Outcome: e.Outcome, Evaluation: e}
}

// Assessment returns the assessment of one criterion.
func (e Evaluation) Assessment(code verdict.Code) (Assessment, bool) {
	for _, a := range e.Criteria {
		if a.Code == code {
			return a, true
		}
	}
	return Assessment{}, false
}

// Report returns the findings and outcomes of the criteria as a report, for the
// filters and renderings of package verdict.
func (e Evaluation) Report() verdict.Report {
	reports := make([]verdict.Report, 0, len(e.Criteria))
	for _, a := range e.Criteria {
		reports = append(reports, verdict.Report{Outcomes: []verdict.Outcome{a.Outcome}, Findings: a.Findings})
	}
	return verdict.Merge(reports...)
}
