package scope

import (
	"fmt"
	"slices"

	"github.com/crmrollout/crm/crmproject/objective"
	"github.com/crmrollout/crm/crmproject/verdict"
)

func objectiveRules() []verdict.Rule[Facts] {
	return []verdict.Rule[Facts]{
		partRule("SCOPE-050", verdict.Major, objective.PartOwner, "an owner",
			"An objective that nobody answers for is nobody's.",
			"Name the person who answers for it."),
		partRule("SCOPE-051", verdict.Major, objective.PartDeadline, "a deadline",
			"Without a deadline an objective is never missed.",
			"Say by when it is to be reached."),
		partRule("SCOPE-052", verdict.Minor, objective.PartBaseline, "a baseline, or is itself the value to reach",
			"From an unknown start nobody can tell how far the way is, or whether any of it was covered.",
			"Measure where the metric stands today."),
		{
			Code: "SCOPE-053", Severity: verdict.Minor,
			Title: "No objective falls due before the project begins",
			Why:   "An objective that is due before the start cannot be the project's.",
			Check: checkDeadlines,
		},
		{
			Code: "SCOPE-054", Severity: verdict.Minor,
			Title: "Every business goal has an objective that serves it",
			Why:   "A goal that no objective makes precise stays a wish.",
			Check: checkGoals,
		},
		{
			Code: "SCOPE-055", Severity: verdict.Major,
			Title: "Every indicator is a metric of the catalogue",
			Why:   "An indicator that nobody computes shows nothing.",
			Check: checkIndicators,
		},
		{
			Code: "SCOPE-056", Severity: verdict.Major,
			Title: "Every kept objective has a requirement that serves it",
			Why:   "An objective for which nothing is built will not be reached by the project.",
			Check: checkServed,
		},
		{
			Code: "SCOPE-057", Severity: verdict.Info,
			Title: "No objective is set aside",
			Why:   "An objective that was set aside is still what somebody hopes for; restated, it could count.",
			Check: checkSetAside,
		},
		{
			Code: "SCOPE-058", Severity: verdict.Info,
			Title: "Every business goal has a strategy",
			Why:   "Objectives say how far, strategies say how; without them work begins in every direction.",
			Check: checkStrategies,
		},
	}
}

// partRule asks that no kept objective lacks a part.
func partRule(code verdict.Code, severity verdict.Severity, part objective.Part, what, why, remedy string) verdict.Rule[Facts] {
	return verdict.Rule[Facts]{
		Code: code, Severity: severity, Title: "Every kept objective has " + what, Why: why,
		Check: func(f Facts, r *verdict.Reporter) {
			if len(f.Statement.Goals.Objectives) == 0 {
				r.NotApplicable("No objective is kept.")
			}
			for _, o := range f.Statement.Goals.Objectives {
				if slices.Contains(o.Missing(), part) {
					r.Find(verdict.Key("goals.objectives", o.ID)+"."+part.String(),
						fmt.Sprintf("Objective %s has no %s.", verdict.Quote(o.Text), part), remedy)
				}
			}
		},
	}
}

func checkDeadlines(f Facts, r *verdict.Reporter) {
	start := f.Statement.Timeline.Start
	if !start.IsValid() {
		r.Unassessed("The timeline has no start.")
		return
	}
	for _, o := range f.Statement.Goals.Objectives {
		if o.Deadline.IsValid() && o.Deadline < start {
			r.Find(verdict.Key("goals.objectives", o.ID)+".deadline",
				fmt.Sprintf("Objective %s falls due on %s, before the project begins on %s.", verdict.Quote(o.Text), o.Deadline, start),
				"Correct the deadline, or drop the objective.")
		}
	}
}

func checkGoals(f Facts, r *verdict.Reporter) {
	served := idsOf(f.Statement.Goals.Objectives, func(o objective.Objective) string { return o.Goal })
	for _, g := range f.Statement.Goals.Business {
		if !served[g.ID] {
			r.Find(verdict.Key("goals.business", g.ID),
				fmt.Sprintf("No kept objective serves the business goal %s.", verdict.Quote(g.Text)),
				"State an objective that makes it precise: which metric, by how much, by when.")
		}
	}
}

func checkIndicators(f Facts, r *verdict.Reporter) {
	indicators := f.Statement.Goals.Indicators
	switch {
	case len(indicators) == 0:
		r.NotApplicable("No indicator is named.")
		return
	case len(f.Metrics) == 0:
		r.Unassessed("The metric catalogue is not given.")
		return
	}
	for _, x := range indicators {
		if !slices.Contains(f.Metrics, x.Metric) {
			r.Find(verdict.Key("goals.indicators", x.Objective),
				fmt.Sprintf("Objective %s is to be followed by the metric %s, which is not in the catalogue.", x.Objective, verdict.Quote(x.Metric)),
				"Name a metric of the catalogue, or add this one.")
		}
	}
}

func checkServed(f Facts, r *verdict.Reporter) {
	promised := pick(f.Statement.Requirements, Requirement.InScope)
	if len(promised) == 0 {
		r.NotApplicable("There are no requirements in scope.")
		return
	}
	for _, o := range f.Statement.Goals.Objectives {
		serves := func(q Requirement) bool { return slices.Contains(q.Objectives, o.ID) }
		if !slices.ContainsFunc(promised, serves) {
			r.Find(verdict.Key("goals.objectives", o.ID),
				fmt.Sprintf("No requirement in scope serves the objective %s.", verdict.Quote(o.Text)),
				"Trace the requirements that serve it, or ask what it would take.")
		}
	}
}

func checkSetAside(f Facts, r *verdict.Reporter) {
	for _, x := range f.Statement.Goals.SetAside {
		r.Find(verdict.Key("goals.setAside", x.Objective.ID),
			fmt.Sprintf("Objective %s is set aside: %s.", verdict.Quote(x.Objective.Text), x.Reason),
			"Restate it so that it can be missed, or agree with whoever holds it that it is dropped.")
	}
}

func checkStrategies(f Facts, r *verdict.Reporter) {
	for _, g := range f.Statement.Goals.Business {
		if len(g.Strategies) == 0 {
			r.Find(verdict.Key("goals.business", g.ID),
				fmt.Sprintf("The business goal %s has no strategy.", verdict.Quote(g.Text)),
				"Say in a sentence or two how it is pursued.")
		}
	}
}
