package scope

import (
	"slices"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/objective"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// Goals are the second component. A goal ("streamline customer service") says
// where to go; an objective says how far, and by when, so that it can be
// missed. An objective that is too vague for that is set aside, with the reason.
type Goals struct {
	Business   []Goal                `json:"business,omitempty"`
	Objectives []objective.Objective `json:"objectives,omitempty"` // kept
	SetAside   []SetAside            `json:"setAside,omitempty"`
	Indicators []Indicator           `json:"indicators,omitempty"`
}

// A Goal is a goal of the business, with the strategies that pursue it.
type Goal struct {
	ID         string   `json:"id"`
	Text       string   `json:"text"`
	Strategies []string `json:"strategies,omitempty"`
}

// A SetAside is an objective that does not count, and why. It stays on record,
// so that it can be restated.
type SetAside struct {
	Objective objective.Objective `json:"objective"`
	Reason    string              `json:"reason"`
	By        string              `json:"by,omitempty"`
	On        calendar.Date       `json:"on,omitzero"`
}

// An Indicator says by which metric an objective is followed.
type Indicator struct {
	Objective string `json:"objective"` // id
	Metric    string `json:"metric"`    // code of the metric catalogue
}

// Indicator returns the metric by which the objective with the given id is
// followed, empty if none is named.
func (g Goals) Indicator(objectiveID string) string {
	for _, x := range g.Indicators {
		if x.Objective == objectiveID {
			return x.Metric
		}
	}
	return ""
}

// Sift returns the goals with every kept objective that is not specific set
// aside, with the parts it lacks as the reason and the given date. Those set
// aside before come first. The receiver is not changed.
func (g Goals) Sift(on calendar.Date) Goals {
	kept := make([]objective.Objective, 0, len(g.Objectives))
	g.SetAside = slices.Clone(g.SetAside)
	for _, o := range g.Objectives {
		if o.Specific() {
			kept = append(kept, o)
			continue
		}
		g.SetAside = append(g.SetAside, SetAside{Objective: o, Reason: vagueness(o), On: on})
	}
	g.Objectives = slices.Clip(kept)
	if len(kept) == 0 {
		g.Objectives = nil
	}
	return g
}

// kept returns the ids of the objectives that count.
func (g Goals) kept() map[string]bool {
	return idsOf(g.Objectives, func(o objective.Objective) string { return o.ID })
}

// objectiveIDs returns the ids of all objectives, also of those set aside.
func (g Goals) objectiveIDs() map[string]bool {
	all := g.kept()
	for _, x := range g.SetAside {
		all[x.Objective.ID] = true
	}
	return all
}

func (g Goals) validate(f *verdict.Faults) {
	f.IDs("goals.business", len(g.Business), func(i int) string { return g.Business[i].ID })
	for i, x := range g.Business {
		wantText(f, verdict.At("goals.business", i)+".text", x.Text)
	}
	goals := idsOf(g.Business, func(x Goal) string { return x.ID })
	seen := map[string]bool{}
	for i, o := range g.Objectives {
		validateObjective(f, verdict.At("goals.objectives", i), o, goals, seen)
	}
	for i, x := range g.SetAside {
		at := verdict.At("goals.setAside", i)
		validateObjective(f, at+".objective", x.Objective, goals, seen)
		wantText(f, at+".reason", x.Reason)
		mayDate(f, at+".on", x.On)
	}
	g.validateIndicators(f)
}

func validateObjective(f *verdict.Faults, at string, o objective.Objective, goals, seen map[string]bool) {
	f.Add(at, o.Validate())
	if seen[o.ID] && o.ID != "" {
		f.Duplicate(at+".id", o.ID)
	}
	seen[o.ID] = true
	if o.Goal != "" && !goals[o.Goal] {
		f.Unknown(at+".goal", o.Goal)
	}
}

func (g Goals) validateIndicators(f *verdict.Faults) {
	known, seen := g.objectiveIDs(), map[string]bool{}
	for i, x := range g.Indicators {
		at := verdict.At("goals.indicators", i)
		switch {
		case x.Objective == "":
			f.Missing(at + ".objective")
		case !known[x.Objective]:
			f.Unknown(at+".objective", x.Objective)
		case seen[x.Objective]:
			f.Duplicate(at+".objective", x.Objective)
		}
		seen[x.Objective] = true
		wantText(f, at+".metric", x.Metric)
	}
}
