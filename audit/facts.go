package audit

import (
	"github.com/crmrollout/crm/crmproject"
	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/phase"
	"github.com/crmrollout/crm/kpi"
	"github.com/crmrollout/crm/risk"
	"github.com/crmrollout/crm/scope"
	"github.com/crmrollout/crm/stakeholder"
	"github.com/crmrollout/crm/stakeholder/raci"
)

// Facts is what the rules of the whole judge: a dossier at a date.
type Facts struct {
	Dossier *Dossier
	AsOf    calendar.Date
}

// Facts returns the dossier at a date.
func (d *Dossier) Facts(asOf calendar.Date) Facts { return Facts{d, asOf} }

// The facts of a part are what the dossier knows about it. What a wing asks
// about the rest of the project is answered here, so that nothing is stored
// twice.

func (f Facts) project() crmproject.Facts {
	return crmproject.Facts{Project: &f.Dossier.Project, AsOf: f.AsOf}
}

func (f Facts) scope() scope.Facts { return f.Dossier.scopeFacts(f.AsOf) }

func (f Facts) risks() risk.Facts {
	return risk.Facts{Register: f.Dossier.Risks, AsOf: f.AsOf}
}

func (f Facts) raci() raci.Facts { return f.Dossier.raciFacts() }

func (d *Dossier) raciFacts() raci.Facts {
	return raci.Facts{Matrix: d.Stakeholders.RACI, Config: d.Stakeholders.RACIConfig}
}

// scopeFacts gives the scope the phases of the project's own life cycle, unless
// it names others, and the metrics that the library knows.
func (d *Dossier) scopeFacts(asOf calendar.Date) scope.Facts {
	statement := d.Scope.Statement
	if len(statement.Timeline.Phases) == 0 {
		phases := d.Project.Cycle().Outline.Phases
		statement.Timeline.Phases = make([]string, len(phases)) // not in the dossier's own memory
		for i, p := range phases {
			statement.Timeline.Phases[i] = string(p.ID)
		}
	}
	return scope.Facts{
		Statement: statement, AsOf: asOf, Scheme: d.Scope.Scheme, Baseline: d.Scope.Baseline,
		Changes: d.Scope.Changes, Metrics: metricCodes(), Policy: d.Scope.Policy,
	}
}

func metricCodes() []string {
	metrics := kpi.Catalogue()
	codes := make([]string, len(metrics))
	for i, m := range metrics {
		codes[i] = m.Code
	}
	return codes
}

func (f Facts) stakeholders() stakeholder.Facts {
	d := f.Dossier
	facts := stakeholder.Facts{
		Register: d.Stakeholders.Register, AsOf: f.AsOf, Config: d.Stakeholders.Config,
		PlanningStart: d.PlanningStart(), Departments: d.Project.Team.Departments, Events: d.Events(f.AsOf),
	}
	for _, m := range d.Project.Team.Members {
		seat := stakeholder.Seat{Department: m.Department}
		if _, ok := facts.Register.Stakeholder(m.ID); ok {
			seat.Stakeholder = m.ID
		}
		facts.Team = append(facts.Team, seat)
	}
	for _, s := range d.Project.Acceptance {
		if s.By != "" && s.On.IsValid() {
			facts.SignOffs = append(facts.SignOffs, signOff(s))
		}
	}
	return facts
}

func signOff(s crmproject.SignOff) stakeholder.SignOff {
	out := stakeholder.SignOff{Deliverable: s.Deliverable, By: s.By, On: s.On, Answer: stakeholder.Accepted}
	for _, c := range s.Conditions {
		out.Answer = stakeholder.AcceptedWithConditions
		out.Conditions = append(out.Conditions, stakeholder.Condition{What: c.Title, Owner: c.By, Met: c.Done})
	}
	return out
}

// PlanningStart returns the day on which planning began: the first visit of a
// phase of that stage, or the first planned activity in one; no date if neither
// is known.
func (d *Dossier) PlanningStart() calendar.Date {
	cycle := d.Project.Cycle()
	inPlanning := func(id phase.ID) bool {
		stage, ok := cycle.Stage(id)
		return ok && stage == crmproject.Planning
	}
	for _, v := range d.Project.State.Visits {
		if inPlanning(v.Phase) {
			return v.Entered
		}
	}
	var first calendar.Date
	for _, a := range d.Project.Activities {
		start := a.Start
		if a.ActualStart.IsValid() {
			start = a.ActualStart
		}
		if inPlanning(phase.ID(a.Phase)) && start.IsValid() && (first == 0 || start < first) {
			first = start
		}
	}
	return first
}

// indicators tells the scorecard which objectives were kept and since when users
// work with the CRM.
func (f Facts) indicators() kpi.Facts {
	d := f.Dossier
	facts := kpi.Facts{Scorecard: d.Indicators, AsOf: f.AsOf, Kept: []string{}, Live: d.live()}
	for _, o := range d.Scope.Statement.Goals.Objectives {
		if !o.IsMilestone() {
			facts.Kept = append(facts.Kept, o.ID)
		}
	}
	return facts
}

// live returns the first day on which users worked with the CRM, no date if none
// do.
func (d *Dossier) live() calendar.Date {
	var first calendar.Date
	for _, w := range d.Project.Waves {
		if w.Live.IsValid() && (first == 0 || w.Live < first) {
			first = w.Live
		}
	}
	return first
}
