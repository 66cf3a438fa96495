package scope

import (
	"slices"
	"strings"

	"github.com/crmrollout/crm/crmproject/objective"
)

// An Appraisal says what became of one objective, and which parts of a SMART
// objective its statement has.
type Appraisal struct {
	ID        string           `json:"id"`
	Text      string           `json:"text"`
	Kept      bool             `json:"kept"`
	Reason    string           `json:"reason,omitempty"` // why it was set aside
	Specific  bool             `json:"specific"`
	SMART     bool             `json:"smart"`
	Present   []objective.Part `json:"present,omitempty"`
	Missing   []objective.Part `json:"missing,omitempty"`
	Goal      string           `json:"goal,omitempty"`      // id of the business goal it serves
	Indicator string           `json:"indicator,omitempty"` // code of the metric that follows it
}

// Objectives appraises every objective of the statement: those kept, then those
// set aside, each in their order.
func (s Statement) Objectives() []Appraisal {
	list := make([]Appraisal, 0, len(s.Goals.Objectives)+len(s.Goals.SetAside))
	for _, o := range s.Goals.Objectives {
		a := s.Goals.appraise(o)
		a.Kept = true
		list = append(list, a)
	}
	for _, x := range s.Goals.SetAside {
		a := s.Goals.appraise(x.Objective)
		a.Reason = x.Reason
		list = append(list, a)
	}
	return list
}

func (g Goals) appraise(o objective.Objective) Appraisal {
	missing := o.Missing()
	return Appraisal{
		ID: o.ID, Text: o.Text, Specific: o.Specific(), SMART: len(missing) == 0,
		Present: present(o, missing), Missing: missing,
		Goal: o.Goal, Indicator: g.Indicator(o.ID),
	}
}

// milestoneParts are the parts asked of a milestone: its deliverable stands for
// direction, metric, amount and baseline.
var milestoneParts = []objective.Part{objective.PartDeadline, objective.PartOwner, objective.PartGoal}

// quantifiedParts are the parts asked of a quantified objective.
var quantifiedParts = []objective.Part{
	objective.PartDirection, objective.PartMetric, objective.PartAmount, objective.PartDeadline,
	objective.PartBaseline, objective.PartOwner, objective.PartGoal,
}

// present returns the parts asked of o that are not missing.
func present(o objective.Objective, missing []objective.Part) []objective.Part {
	asked := quantifiedParts
	if o.IsMilestone() {
		asked = milestoneParts
	}
	return pick(asked, func(p objective.Part) bool { return !slices.Contains(missing, p) })
}

// vagueness says which of the parts that make an objective specific it lacks.
func vagueness(o objective.Objective) string {
	var lacks []string
	for _, p := range o.Missing() {
		// Direction, metric and amount come before the deadline.
		if p < objective.PartDeadline || p == objective.PartDeadline && o.IsMilestone() {
			lacks = append(lacks, p.String())
		}
	}
	return "not specific: no " + strings.Join(lacks, ", no ")
}
