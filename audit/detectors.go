package audit

import (
	"fmt"

	"github.com/crmrollout/crm/crmproject"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// The detectors of the three common mistakes (CP-39) look for several signs,
// none of which proves anything by itself. They report with the signs as
// evidence once there are enough of them. That of an unclear scope is a rule of
// package scope, SCOPE-100.

// complexSigns is how many signs of underestimated complexity make a finding.
const complexSigns = 3

// checkComplexity looks for signs that the project is larger than its plan.
func checkComplexity(f Facts, r *verdict.Reporter) {
	d := f.Dossier
	if len(d.Project.Activities) == 0 {
		r.Unassessed("there is no plan yet")
		return
	}
	var signs []string
	sign := func(seen bool, format string, args ...any) {
		if seen {
			signs = append(signs, fmt.Sprintf(format, args...))
		}
	}
	over, finished := d.overruns(f)
	sign(finished >= 4 && 2*over >= finished, "%d of %d finished activities took longer than planned", over, finished)
	late := d.Project.Progress("", f.AsOf).Late
	sign(10*late >= len(d.Project.Activities), "%d of %d activities are overdue", late, len(d.Project.Activities))
	integrations := len(d.Scope.Statement.Scope.Integrations)
	sign(d.Project.Size == crmproject.SmallMedium && integrations >= 4, "%d integrations in a project that is called small", integrations)
	sign(len(d.Project.Team.Departments) > 2 && len(d.Project.Waves) == 1, "%d departments go live in a single wave", len(d.Project.Team.Departments))
	b := d.Project.Budget
	share := ratio.Of(b.Contingency.Minor(), b.Total.Minor(), "no budget")
	sign(share.Less(ratio.New(1, 20)), "a contingency of %s of the budget", share.Percent(1))
	short := 0
	for _, res := range d.Project.Resources {
		if res.Used > res.Needed {
			short++
		}
	}
	sign(short > 0, "%d kinds of people have worked more days than were planned in all", short)
	grown := 0
	for _, c := range d.Project.Changes {
		if c.Approved(f.AsOf) && (c.Impact.Days > 0 || c.Impact.Amount.Sign() > 0) {
			grown++
		}
	}
	sign(grown >= 3, "%d approved changes made the project longer or dearer", grown)
	if len(signs) >= complexSigns {
		r.Find("project", fmt.Sprintf("The project looks more complex than its plan: %d signs.", len(signs)),
			"Plan the remaining work again from what the finished work has taken, and take the result to the sponsor.", signs...)
	}
}

// overruns counts the finished activities, and those that took more days than
// planned.
func (d *Dossier) overruns(f Facts) (over, finished int) {
	for _, a := range d.Project.Activities {
		if !a.Done(f.AsOf) || !a.ActualStart.IsValid() || !a.Start.IsValid() || !a.Finish.IsValid() {
			continue
		}
		finished++
		if a.ActualFinish-a.ActualStart > a.Finish-a.Start {
			over++
		}
	}
	return over, finished
}

// checkInvolvedLate looks for stakeholders who were won only after planning had
// begun, or not yet. More than a third of them make a finding.
func checkInvolvedLate(f Facts, r *verdict.Reporter) {
	d := f.Dossier
	planning := d.PlanningStart()
	register := d.Stakeholders.Register
	if !planning.IsValid() || planning > f.AsOf {
		r.NotApplicable("planning has not begun")
		return
	}
	if len(register.Stakeholders) == 0 {
		r.Find("stakeholders.register",
			fmt.Sprintf("Planning began on %s, and nobody is in the stakeholder register.", planning), "Identify the stakeholders now.")
		return
	}
	late := register.Late(planning, f.AsOf)
	if 3*len(late) <= len(register.Stakeholders) {
		return
	}
	signs := make([]string, len(late))
	for i, id := range late {
		s, _ := register.Stakeholder(id)
		signs[i] = s.Name + " has not bought in"
		if s.BuyIn.IsValid() && s.BuyIn <= f.AsOf {
			signs[i] = s.Name + " bought in on " + s.BuyIn.String()
		}
	}
	r.Find("stakeholders.register",
		fmt.Sprintf("%d of %d stakeholders had not bought in when planning began on %s.", len(late), len(register.Stakeholders), planning),
		"Go through scope and plan with each of them now, before they do it with the result.", signs...)
}
