package audit

import (
	"fmt"
	"strings"

	"github.com/crmrollout/crm/crmproject"
	"github.com/crmrollout/crm/crmproject/objective"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/scope"
	"github.com/crmrollout/crm/stakeholder"
	"github.com/crmrollout/crm/stakeholder/raci"
)

// checkSpecific holds the objectives of the scope to what tells an objective
// from a wish (SC-08, SC-09).
func checkSpecific(f Facts, r *verdict.Reporter) {
	kept := 0
	for _, a := range f.Dossier.Scope.Statement.Objectives() {
		if !a.Kept {
			continue
		}
		kept++
		if !a.Specific {
			missing := make([]string, len(a.Missing))
			for i, part := range a.Missing {
				missing[i] = part.String()
			}
			r.Find(verdict.Key("scope.statement.goals.objectives", a.ID),
				fmt.Sprintf("The objective %s is not specific: it lacks %s.", verdict.Quote(a.Text), strings.Join(missing, ", ")),
				"Make it precise, or set it aside with the reason.")
		}
	}
	if kept == 0 {
		r.Find("scope.statement.goals.objectives", "The project has no objectives.", "Agree on at least one that can be missed.")
	}
}

func checkScopeReady(f Facts, r *verdict.Reporter) {
	facts := f.scope()
	c, err := facts.Statement.Completeness(facts.Scheme)
	if err != nil {
		r.Fail(err)
		return
	}
	reasons := map[scope.ItemRef]string{}
	for _, gap := range c.Gaps { // every failed gate is among them
		reasons[gap.Item] = gap.Reason
	}
	for _, item := range c.FailedGates {
		r.Find(componentPath(item.Component), reasons[item], "Complete the scope statement.", "gate of the scope: "+item.String())
	}
	for _, x := range c.Illegal {
		r.Find(scopePath(verdict.Key("notApplicable", x.Component.String())), x.Reason, "Complete the component.")
	}
	if !c.Score.AtLeast(c.Threshold) {
		r.Find("scope.statement", fmt.Sprintf("The scope is %s complete; %s is needed.", c.Score.Percent(0), c.Threshold.Percent(0)),
			"Complete the scope statement.")
	}
}

func checkRACI(f Facts, r *verdict.Reporter) {
	report := verdict.Run(f, moved(raci.Rules(), Facts.raci, fixed(raciPath))...)
	for _, finding := range report.AtLeast(verdict.Major).Findings {
		r.Find(finding.Subject, finding.Message, finding.Remedy, finding.Evidence...)
	}
}

func checkCoverage(f Facts, r *verdict.Reporter) {
	team := f.Dossier.Project.Team
	departments := make([]string, len(team.Members))
	for i, m := range team.Members {
		departments[i] = m.Department
	}
	cover := stakeholder.Coverage(team.Departments, departments)
	if !cover.Defined() {
		r.Unassessed("nobody has said which departments are involved")
	}
	for _, missing := range cover.Missing {
		r.Find("project.team", fmt.Sprintf("Nobody in the team is from %s, which is involved.", missing), "Ask the department for a member.")
	}
}

func checkBuyIn(f Facts, r *verdict.Reporter) {
	register := f.Dossier.Stakeholders.Register
	powerful := 0
	for _, s := range register.Stakeholders {
		if !register.Powerful(s) {
			continue
		}
		powerful++
		if !s.BuyIn.IsValid() || s.BuyIn > f.AsOf {
			r.Find(verdict.Key("stakeholders.register.stakeholders", s.ID)+".buyIn", s.Name+" has power and has not bought in.",
				"Win the stakeholder's support before work begins.")
		}
	}
	if powerful == 0 {
		r.Unassessed("no stakeholder is known to have power")
	}
}

func checkAllLive(f Facts, r *verdict.Reporter) {
	waves := f.Dossier.Project.Waves
	if len(waves) == 0 {
		r.Find("project.waves", "Nobody has planned how the CRM goes live.", "Plan a pilot or waves.")
	}
	for _, w := range waves {
		at := verdict.Key("project.waves", w.ID)
		if !w.IsLive(f.AsOf) {
			r.Find(at, fmt.Sprintf("%s is not live; it is planned for %s.", w.Title, w.Planned),
				"Bring it live, or take it out of the project by an approved change.")
		}
		for i, c := range w.Entry {
			if !c.Ticked(f.AsOf) {
				r.Find(verdict.At(at+".entry", i), fmt.Sprintf("An entry criterion of %s is open: %s.", w.Title, c.Title), "See to it, and have it ticked off.")
			}
		}
	}
}

func checkAllMigrated(f Facts, r *verdict.Reporter) {
	p := &f.Dossier.Project
	planned := map[string]bool{}
	for _, m := range p.Migrations {
		planned[m.Entity] = true
		if !m.Accepted(f.AsOf) {
			r.Find(verdict.Key("project.migrations", m.ID), fmt.Sprintf("The data of %s are not accepted.", f.Dossier.entity(m.Entity)),
				"Load the data, and reconcile source and target.",
				"completeness "+m.Completeness.Percent(2), "accuracy "+m.Accuracy.Percent(2), "threshold "+m.Threshold.Percent(2))
		}
	}
	for _, e := range f.Dossier.Scope.Statement.Migration.Entities {
		if !planned[e.ID] {
			r.Find("project.migrations", fmt.Sprintf("The scope names %s for migration, and nobody has planned it.", e.Name),
				"Plan it, or take it out of the scope by an approved change.")
		}
	}
	if len(p.Migrations)+len(f.Dossier.Scope.Statement.Migration.Entities) == 0 {
		r.NotApplicable("no data are migrated")
	}
}

func checkAllBuilt(f Facts, r *verdict.Reporter) {
	if len(f.Dossier.Project.Build) == 0 {
		r.Unassessed("nothing is set down to be built")
	}
	for _, b := range f.Dossier.Project.Build {
		if !b.Built.IsValid() || b.Built > f.AsOf || !b.Tested.IsValid() || b.Tested > f.AsOf {
			r.Find(verdict.Key("project.build", b.ID), b.Title+" is not built and tested.",
				"Finish it, or move it out of the project by an approved change.")
		}
	}
}

func checkAllTrained(f Facts, r *verdict.Reporter) {
	share := f.Dossier.Project.TrainedShare()
	switch {
	case !share.Defined():
		r.Unassessed(share.Reason())
	case share.Less(ratio.Int(1)):
		r.Find("project.waves", share.Percent(0)+" of the users are trained.", "Train the others.")
	}
}

func checkExits(f Facts, r *verdict.Reporter) {
	for _, w := range f.Dossier.Project.Waves {
		for i, c := range w.Exit {
			if !c.Ticked(f.AsOf) {
				r.Find(verdict.At(verdict.Key("project.waves", w.ID)+".exit", i), fmt.Sprintf("An exit criterion of %s is open: %s.", w.Title, c.Title),
					"Meet it, or agree with its users on another.")
			}
		}
	}
	if len(f.Dossier.Project.Waves) == 0 {
		r.Unassessed("no waves are planned")
	}
}

func checkNoMajorIssue(f Facts, r *verdict.Reporter) {
	for _, i := range f.Dossier.Project.Issues {
		if i.Open(f.AsOf) && i.Severity >= verdict.Major {
			r.Find(verdict.Key("project.issues", i.ID), fmt.Sprintf("The %s issue %s is open.", i.Severity, i.Title), "Resolve it.")
		}
	}
}

func checkChangesDone(f Facts, r *verdict.Reporter) {
	for _, c := range f.Dossier.Project.Changes {
		at := verdict.Key("project.changes", c.ID)
		switch {
		case c.Undecided(f.AsOf):
			r.Find(at, fmt.Sprintf("The change %s is not decided.", c.Title), "Decide it.")
		case c.State == crmproject.ChangeApproved:
			r.Find(at, fmt.Sprintf("The change %s is approved and not done.", c.Title), "Do it, or withdraw it.")
		}
	}
}

func checkRisksClosed(f Facts, r *verdict.Reporter) {
	for _, x := range f.Dossier.Risks.Active(f.AsOf) {
		if x.Owner == "" {
			r.Find(verdict.Key("risks.risks", x.ID), fmt.Sprintf("The risk %s lives on without an owner.", x.Title), "Close it, or hand it over.")
		}
	}
}

// checkIndicators asks that each kept objective can be followed from here on
// (KP-12).
func checkIndicators(f Facts, r *verdict.Reporter) {
	facts := f.indicators()
	for _, id := range facts.Kept {
		m, ok := facts.Scorecard.Measure(id)
		switch {
		case !ok:
			r.Find("indicators.measures", fmt.Sprintf("The objective %s has no indicator.", id), "Agree on a metric and a target.")
		case m.HasTarget() && !m.Target.Direction.Maintains() && !m.Target.Baseline.Defined():
			r.Find(verdict.Key("indicators.measures", m.ID)+".target.baseline",
				fmt.Sprintf("The indicator of objective %s has no baseline.", id), "Measure it now.")
		}
	}
}

func checkMeasured(f Facts, r *verdict.Reporter) {
	live := f.Dossier.live()
	if !live.IsValid() || live > f.AsOf {
		r.Unassessed("no users are live yet")
		return
	}
	for _, m := range f.Dossier.Indicators.Measures {
		if last, ok := m.At(f.AsOf); m.HasTarget() && (!ok || last.On < live) {
			r.Find(verdict.Key("indicators.measures", m.ID),
				fmt.Sprintf("The indicator %s has not been measured since users went live.", m.Metric), "Measure it.")
		}
	}
}

func checkTargets(f Facts, r *verdict.Reporter) {
	rated := 0
	for _, line := range f.Dossier.Indicators.At(f.AsOf) {
		if !line.Attainment.Rating.IsValid() {
			continue
		}
		rated++
		switch line.Attainment.Rating {
		case objective.Green:
		case objective.Unrated:
			r.Unassessed(fmt.Sprintf("%s: %s", line.Name, line.Attainment.Reason))
		default:
			r.Find(verdict.Key("indicators.measures", line.ID), fmt.Sprintf("%s is %s: %s.", line.Name, line.Attainment.Rating, line.Attainment.Reason),
				"Decide on a corrective action, or accept the result with the sponsor.")
		}
	}
	if rated == 0 {
		r.Unassessed("no indicator has a target")
	}
}
