package audit

import (
	"fmt"
	"strings"

	"github.com/crmrollout/crm/crmproject"
	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/scope"
)

// dossierRules judge what joins the parts, and detect the mistakes that only
// the whole shows.
func dossierRules() []verdict.Rule[Facts] {
	return []verdict.Rule[Facts]{
		{
			Code: "DOSSIER-001", Severity: verdict.Minor, Check: checkDates,
			Title: "Project, charter and scope agree on start and end",
			Why:   "Three papers with three end dates mean that everybody works to the one he likes.",
		}, {
			Code: "DOSSIER-002", Severity: verdict.Minor, Check: checkBudgets,
			Title: "Project and scope agree on the budget",
			Why:   "What is promised in the scope is paid from the budget.",
		}, {
			Code: "DOSSIER-003", Severity: verdict.Minor, Check: checkUserCounts,
			Title: "The waves bring all the users live that the scope names",
			Why:   "Users whom no wave reaches are users without a CRM.",
		}, {
			Code: "DOSSIER-005", Severity: verdict.Major, Check: checkIntegrationsBuilt,
			Title: "Every integration of the scope is in the plan to be built",
			Why:   "An integration that is promised and not planned is found missing at launch.",
		}, {
			Code: "DOSSIER-006", Severity: verdict.Major, Check: checkMigrationsPlanned,
			Title: "Every entity of the scope has a migration",
			Why:   "Data that nobody migrates stay in the old system, and so do their users.",
		}, {
			Code: "DOSSIER-007", Severity: verdict.Minor, Check: checkMustsBuilt,
			Title: "Every must-have requirement is in the work to be built",
			Why:   "A must that nobody builds is not delivered.",
		}, {
			Code: "DOSSIER-008", Severity: verdict.Minor, Check: checkScopeChanges,
			Title: "Every approved change of the scope has its request in the scope's change control",
			Why:   "Otherwise the baseline moves and nobody can tell why.",
		}, {
			Code: "DOSSIER-009", Severity: verdict.Minor, Check: checkIssueRisks,
			Title: "An issue that was a risk is recorded with the risk, and the other way round",
			Why:   "The register learns from what happens only if it is told.",
		}, {
			Code: "DOSSIER-010", Severity: verdict.Minor, Check: checkMilestonesAgree,
			Title: "The milestones that scope and plan share have the same date",
			Why:   "Stakeholders read the scope, the team reads the plan.",
		}, {
			Code: "DOSSIER-020", Severity: verdict.Major, Check: checkComplexity,
			Title: "The complexity is not underestimated",
			Why:   "Underestimated complexity is the first of the common mistakes: everything after it is late.",
		}, {
			Code: "DOSSIER-021", Severity: verdict.Major, Check: checkInvolvedLate,
			Title: "Stakeholders are involved from the beginning",
			Why:   "Involving stakeholders late is the second of the common mistakes: what they then say is a change.",
		},
	}
}

func checkDates(f Facts, r *verdict.Reporter) {
	p, t := &f.Dossier.Project, f.Dossier.Scope.Statement.Timeline
	differ := func(path, what string, is, project calendar.Date) {
		if is.IsValid() && project.IsValid() && is != project {
			r.Find(path, fmt.Sprintf("%s is %s, and the project's is %s.", what, is, project), "Agree on one date by an approved change.")
		}
	}
	differ("project.charter.start", "The start in the charter", p.Charter.Start, p.Start)
	differ("project.charter.end", "The end in the charter", p.Charter.End, p.End)
	differ("scope.statement.timeline.start", "The start in the scope", t.Start, p.Start)
	differ("scope.statement.timeline.end", "The end in the scope", t.End, p.End)
}

func checkBudgets(f Facts, r *verdict.Reporter) {
	project, stated := f.Dossier.Project.Budget.Total, f.Dossier.Scope.Statement.Budget.Total
	if project.Sign() != 0 && stated.Sign() != 0 && project != stated {
		r.Find("scope.statement.budget.total", fmt.Sprintf("The scope says %s, the project's budget is %s.", stated, project),
			"Agree on one amount by an approved change.")
	}
}

func checkUserCounts(f Facts, r *verdict.Reporter) {
	waves := f.Dossier.Project.Waves
	if len(waves) == 0 {
		r.NotApplicable("no waves are planned yet")
		return
	}
	var reached int64
	for _, w := range waves {
		users, _, ok := w.Users()
		if !ok || reached+users < reached {
			r.Unassessed("the users of the waves cannot be added up")
			return
		}
		reached += users
	}
	if stated := int64(f.Dossier.Scope.Statement.Scope.Users); stated > 0 && reached != stated {
		r.Find("project.waves", fmt.Sprintf("The scope names %d users; the waves bring %d live.", stated, reached), "Correct the one or the other.")
	}
}

func checkIntegrationsBuilt(f Facts, r *verdict.Reporter) {
	if f.Dossier.Project.StageAt(f.AsOf) < crmproject.Execution {
		r.NotApplicable("due from the stage execution on")
		return
	}
	planned := map[string]bool{}
	for _, b := range f.Dossier.Project.Build {
		if b.Kind == crmproject.IntegrationWork {
			planned[fold(b.System)] = true
		}
	}
	for _, x := range f.Dossier.Scope.Statement.Scope.Integrations {
		if !planned[fold(x.System)] {
			r.Find("project.build", fmt.Sprintf("The scope promises an integration with %s, and nobody builds it.", x.System),
				"Plan it, or take it out of the scope by an approved change.")
		}
	}
}

// fold makes names comparable that differ in case and spaces.
func fold(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), " ")) }

func checkMigrationsPlanned(f Facts, r *verdict.Reporter) {
	if f.Dossier.Project.StageAt(f.AsOf) < crmproject.Execution {
		r.NotApplicable("due from the stage execution on")
		return
	}
	planned := map[string]bool{}
	for _, m := range f.Dossier.Project.Migrations {
		planned[m.Entity] = true
	}
	for _, e := range f.Dossier.Scope.Statement.Migration.Entities {
		if !planned[e.ID] {
			r.Find("project.migrations", fmt.Sprintf("The scope names %s for migration, and nobody has planned it.", e.Name),
				"Plan it, or take it out of the scope by an approved change.")
		}
	}
}

func checkMustsBuilt(f Facts, r *verdict.Reporter) {
	if f.Dossier.Project.StageAt(f.AsOf) < crmproject.Execution {
		r.NotApplicable("due from the stage execution on")
		return
	}
	built := map[string]bool{}
	for _, b := range f.Dossier.Project.Build {
		for _, id := range b.Requirements {
			built[id] = true
		}
	}
	for _, q := range f.Dossier.Scope.Statement.Requirements {
		if q.InScope() && q.Priority == scope.Must && q.Component == scope.ComponentBusiness && !built[q.ID] {
			r.Find(verdict.Key("scope.statement.requirements", q.ID), fmt.Sprintf("Nobody builds the must-have requirement %s.", q.ID),
				"Give it to a piece of work, or lower its priority.", q.Text)
		}
	}
}

func checkScopeChanges(f Facts, r *verdict.Reporter) {
	known := map[string]bool{}
	for _, c := range f.Dossier.Scope.Changes {
		known[c.ID] = true
	}
	for _, c := range f.Dossier.Project.Changes {
		for _, a := range c.Adjustments {
			if a == crmproject.ChangeScope && c.Approved(f.AsOf) && !known[c.ID] {
				r.Find(verdict.Key("project.changes", c.ID), fmt.Sprintf("The change %s changes the scope, and the scope has no request for it.", c.Title),
					"File the request with what it adds, deletes and modifies.")
			}
		}
	}
}

func checkIssueRisks(f Facts, r *verdict.Reporter) {
	type pair struct{ risk, issue string }
	issued, occurred := map[pair]bool{}, map[pair]bool{}
	for _, i := range f.Dossier.Project.Issues {
		issued[pair{i.Risk, i.ID}] = true
	}
	for _, x := range f.Dossier.Risks.Risks {
		for n, o := range x.Occurrences {
			occurred[pair{x.ID, o.Issue}] = occurred[pair{x.ID, o.Issue}] || o.On <= f.AsOf
			if o.Issue != "" && o.On <= f.AsOf && !issued[pair{x.ID, o.Issue}] {
				r.Find(verdict.At(riskPath(verdict.Key("risks", x.ID))+".occurrences", n)+".issue",
					fmt.Sprintf("The risk %s has happened as the issue %s, and the issue does not say so.", x.Title, o.Issue), "Name the risk in the issue.")
			}
		}
	}
	for _, i := range f.Dossier.Project.Issues {
		if i.Risk != "" && i.Opened <= f.AsOf && !occurred[pair{i.Risk, i.ID}] {
			r.Find(verdict.Key("project.issues", i.ID)+".risk",
				fmt.Sprintf("The issue %s comes from the risk %s, and the register does not know that it has happened.", i.Title, i.Risk),
				"Record the occurrence with the risk.")
		}
	}
}

func checkMilestonesAgree(f Facts, r *verdict.Reporter) {
	due := map[string]calendar.Date{}
	for _, m := range f.Dossier.Project.Milestones {
		due[m.ID] = m.Due
	}
	for _, m := range f.Dossier.Scope.Statement.Timeline.Milestones {
		if on, ok := due[m.ID]; ok && m.On.IsValid() && on != m.On {
			r.Find(verdict.Key("scope.statement.timeline.milestones", m.ID),
				fmt.Sprintf("The milestone %s is on %s in the scope and on %s in the plan.", m.Name, m.On, on),
				"Agree on one date by an approved change.")
		}
	}
}
