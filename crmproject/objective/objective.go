package objective

import (
	"errors"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// An Objective is a sentence that says what is to change, and what was
// understood of it. It takes one of two forms: quantified, a metric moves by an
// amount; or a milestone, something is delivered by a date.
type Objective struct {
	ID          string        `json:"id"`
	Text        string        `json:"text"` // the sentence as it was written
	Direction   Direction     `json:"direction,omitzero"`
	Metric      string        `json:"metric,omitempty"` // what is measured; a code of the metric catalogue, or a name
	Amount      Amount        `json:"amount,omitzero"`
	Baseline    ratio.Ratio   `json:"baseline,omitzero"` // in the unit of the metric
	Target      ratio.Ratio   `json:"target,omitzero"`   // if it is stated; otherwise it follows from the amount
	Deliverable string        `json:"deliverable,omitempty"`
	From        calendar.Date `json:"from,omitzero"` // date of the baseline
	Deadline    calendar.Date `json:"deadline,omitzero"`
	Owner       string        `json:"owner,omitempty"`
	Goal        string        `json:"goal,omitempty"` // the business goal that it serves
	Plan        []Step        `json:"plan,omitempty"`
}

// IsMilestone reports whether the objective is of the milestone form.
func (o Objective) IsMilestone() bool { return o.Deliverable != "" && o.Metric == "" }

// TargetOf returns the target that the objective sets for its metric: the
// stated one, or the one that follows from baseline, direction and amount. Its
// Value is undefined, with the reason, if that cannot be said.
func (o Objective) TargetOf() Target {
	value := o.Target
	if !value.Defined() {
		value = o.Amount.target(o.Direction, o.Baseline)
	}
	return Target{
		Metric: o.Metric, Direction: o.Direction, Baseline: o.Baseline,
		Value: value, From: o.From, By: o.Deadline, Plan: o.Plan,
	}
}

// Validate reports every fault of the objective as input. That it is vague is
// not a fault but a judgement, see [Objective.Missing].
func (o Objective) Validate() error {
	var faults verdict.Faults
	if o.ID == "" {
		faults.Missing("id")
	}
	if o.Text == "" {
		faults.Missing("text")
	}
	if o.Amount.Kind.IsValid() && !o.Amount.Value.Defined() {
		faults.Add("amount.value", orMissing(o.Amount.Value))
	}
	if o.Amount.High.Defined() && o.Amount.High.Less(o.Amount.Value) {
		faults.Addf("amount.high", "%w: %s is below %s", verdict.ErrRange, o.Amount.High, o.Amount.Value)
	}
	if target := o.TargetOf(); target.Value.Defined() {
		for _, fault := range verdict.FaultsOf(target.Validate()) {
			if errors.Is(fault, verdict.ErrMissing) {
				continue // a vague objective is judged, not refused
			}
			faults.Add(o.place(fault.Path), fault.Err)
		}
	}
	return faults.Err()
}

// place names the field of the objective that a field of its target came from.
func (o Objective) place(path string) string {
	switch path {
	case "value":
		if o.Target.Defined() {
			return "target"
		}
		return "amount"
	case "by":
		return "deadline"
	default:
		return path
	}
}
