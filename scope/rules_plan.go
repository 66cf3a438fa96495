package scope

import (
	"fmt"

	"github.com/crmrollout/crm/crmproject/verdict"
)

func planRules() []verdict.Rule[Facts] {
	return []verdict.Rule[Facts]{
		{
			Code: "SCOPE-070", Severity: verdict.Minor,
			Title: "It is judged how the CRM fits into the current infrastructure",
			Why:   "A description of what is there helps only if somebody asks whether the CRM goes with it.",
			Check: checkFit,
		},
		{
			Code: "SCOPE-071", Severity: verdict.Minor,
			Title: "The technical requirements cover other software",
			Why:   "Browsers, mail programs and operating systems that are too old stop users, not projects.",
			Check: checkSoftware,
		},
		integrationRule("SCOPE-072", verdict.Major, "Every integration requirement names its integration",
			"A requirement that belongs to no declared integration was never counted in.",
			func(r Requirement) bool { return r.Exchange.Integration == "" },
			"names no declared integration", "Name the integration, or declare it first."),
		integrationRule("SCOPE-073", verdict.Minor, "Every integration requirement names the data exchanged",
			"Two systems agree only on data that somebody listed.",
			func(r Requirement) bool { return len(r.Exchange.Data) == 0 },
			"does not name the data that are exchanged", "List the records and who owns them."),
		{
			Code: "SCOPE-075", Severity: verdict.Major,
			Title: "Every milestone is dated inside the timeline",
			Why:   "A milestone without a day, or beyond the end, cannot warn anybody.",
			Check: checkMilestones,
		},
	}
}

func checkFit(f Facts, r *verdict.Reporter) {
	infrastructure := f.Statement.Scope.Infrastructure
	if blank(infrastructure.Current) {
		r.Unassessed("The current infrastructure is not described.")
		return
	}
	if blank(infrastructure.Fit) {
		r.Find("scope.infrastructure.fit", "The current infrastructure is described, but not whether the CRM fits into it.",
			"Have IT say what fits, what has to change and what it costs.")
	}
}

func checkSoftware(f Facts, r *verdict.Reporter) {
	if len(f.Statement.promised(ComponentTechnical)) == 0 {
		r.NotApplicable("There are no technical requirements in scope.")
		return
	}
	covers(AreaSoftware)(&f.Statement, into(r))
}

// integrationRule asks something of every integration requirement in scope.
func integrationRule(code verdict.Code, severity verdict.Severity, title, why string,
	wrong func(Requirement) bool, fault, remedy string,
) verdict.Rule[Facts] {
	return verdict.Rule[Facts]{
		Code: code, Severity: severity, Title: title, Why: why,
		Check: func(f Facts, r *verdict.Reporter) {
			promised := f.Statement.promised(ComponentIntegration)
			if len(promised) == 0 {
				r.NotApplicable("There are no integration requirements in scope.")
			}
			for _, q := range promised {
				if wrong(q) {
					r.Find(verdict.Key("requirements", q.ID)+".exchange",
						fmt.Sprintf("Integration requirement %s %s.", verdict.Quote(q.Text), fault), remedy)
				}
			}
		},
	}
}

func checkMilestones(f Facts, r *verdict.Reporter) {
	t := f.Statement.Timeline
	if len(t.Milestones) == 0 {
		r.NotApplicable("There are no milestones.")
		return
	}
	for _, m := range t.Milestones {
		at := verdict.Key("timeline.milestones", m.ID) + ".on"
		switch {
		case !m.On.IsValid():
			r.Find(at, fmt.Sprintf("Milestone %s has no date.", verdict.Quote(m.Name)), "Set the day on which it is to be reached.")
		case t.ordered() && !t.inside(m.On):
			r.Find(at, fmt.Sprintf("Milestone %s is on %s, outside the timeline of %s to %s.", verdict.Quote(m.Name), m.On, t.Start, t.End),
				"Correct the date, or the timeline.")
		}
	}
	if !t.ordered() {
		r.Unassessed("The timeline has no start and end that the milestones could be held against.")
	}
}

func migrationRules() []verdict.Rule[Facts] {
	return []verdict.Rule[Facts]{
		entityRule("SCOPE-090", verdict.Minor, "Every migrated entity names the system it comes from",
			"Data without a source system have no owner who could cleanse them.",
			func(e Entity) bool { return blank(e.Source) }, "names no source system", "Name the system, and who owns the data in it."),
		entityRule("SCOPE-091", verdict.Info, "The volume of every migrated entity is known",
			"Ten thousand records move in a minute, ten million in a night.",
			func(e Entity) bool { return e.Records == 0 }, "has no number of records", "Count the records in the source system."),
		{
			Code: "SCOPE-100", Severity: verdict.Major,
			Title: "The scope is clear",
			Why:   "An unclear scope is among the most common mistakes of a rollout; everybody fills it in differently.",
			Check: checkClarity,
		},
	}
}

// entityRule asks something of every migrated entity.
func entityRule(code verdict.Code, severity verdict.Severity, title, why string,
	wrong func(Entity) bool, fault, remedy string,
) verdict.Rule[Facts] {
	return verdict.Rule[Facts]{
		Code: code, Severity: severity, Title: title, Why: why,
		Check: func(f Facts, r *verdict.Reporter) {
			if len(f.Statement.Migration.Entities) == 0 {
				r.NotApplicable("No data are migrated.")
			}
			for _, e := range f.Statement.Migration.Entities {
				if wrong(e) {
					r.Find(verdict.Key("migration.entities", e.ID), fmt.Sprintf("Entity %s %s.", verdict.Quote(e.Name), fault), remedy)
				}
			}
		},
	}
}

func checkClarity(f Facts, r *verdict.Reporter) {
	most := f.Policy.resolved().UnclearSignals
	if signs := f.Statement.Unclear(f.Policy); len(signs) >= most {
		r.Find("", fmt.Sprintf("The scope looks unclear in %s; %d are enough to doubt it.", count(len(signs), "respect"), most),
			"Clear them up with the stakeholders before the next estimate.", signs...)
	}
}
