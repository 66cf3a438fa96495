package crmproject

import (
	"fmt"

	"github.com/crmrollout/crm/crmproject/verdict"
)

func planRules() []verdict.Rule[Facts] {
	return []verdict.Rule[Facts]{
		{
			Code: "PROJECT-020", Severity: verdict.Major,
			Title: "The CRM solution is chosen on weighted criteria that come from requirements",
			Why:   "A solution chosen by its demonstration is regretted at its first integration.",
			Check: from(Execution, checkSelection),
		}, {
			Code: "PROJECT-021", Severity: verdict.Minor,
			Title: "The chosen solution ranks first, or the reason for taking another is written down",
			Why:   "A choice against the own criteria needs a reason that stands up later.",
			Check: checkChoice,
		}, {
			Code: "PROJECT-022", Severity: verdict.Minor,
			Title: "Each activity has an owner and planned dates",
			Why:   "What has neither owner nor date is a wish.",
			Check: from(Planning, checkActivityData),
		}, {
			Code: "PROJECT-023", Severity: verdict.Major,
			Title: "No activity is overdue",
			Why:   "A delay seen early can be corrected; one that is seen late can only be explained.",
			Check: checkOverdue,
		}, {
			Code: "PROJECT-024", Severity: verdict.Major,
			Title: "No milestone is missed",
			Why:   "Milestones are the promises that stakeholders remember.",
			Check: checkMilestones,
		}, {
			Code: "PROJECT-025", Severity: verdict.Minor,
			Title: "Activities and milestones lie within the project's time",
			Why:   "A plan that runs past the end of the project is a delay nobody has announced.",
			Check: checkInside,
		}, {
			Code: "PROJECT-026", Severity: verdict.Major,
			Title: "No activity is planned to begin before those it waits for are finished",
			Why:   "Such a plan cannot be carried out as it is written.",
			Check: checkOrder,
		}, {
			Code: "PROJECT-027", Severity: verdict.Minor,
			Title: "Each key activity up to the current phase is in the plan",
			Why:   "The key activities are what projects like this one forget and then miss.",
			Check: checkKeyActivities,
		}, {
			Code: "PROJECT-028", Severity: verdict.Minor,
			Title: "Each phase from planning on has a milestone",
			Why:   "A phase without a milestone is under control only when it is over.",
			Check: from(Planning, checkPhaseMilestones),
		},
	}
}

func checkSelection(f Facts, r *verdict.Reporter) {
	s := f.Project.Selection
	if s.Chosen == "" {
		r.Find("selection.chosen", "No CRM solution is chosen.", "Score the candidates and decide.")
	}
	if len(s.Candidates) < 2 && s.Chosen != "" {
		r.Find("selection.candidates", "Only one solution was looked at.", "Compare at least two.")
	}
	for _, c := range s.Criteria {
		if len(c.Requirements) == 0 {
			r.Find(verdict.Key("selection.criteria", c.ID), fmt.Sprintf("The criterion %s comes from no requirement.", named(c.ID, c.Title)),
				"Tie it to requirements or drop it.")
		}
	}
}

func checkChoice(f Facts, r *verdict.Reporter) {
	s := f.Project.Selection
	if s.Chosen == "" {
		r.NotApplicable("no solution is chosen yet")
		return
	}
	for place, standing := range s.Rank() {
		if standing.Candidate != s.Chosen {
			continue
		}
		if standing.Out() {
			r.Find("selection.chosen", fmt.Sprintf("The chosen solution %s fails the knock-out criterion %s.", s.Chosen, standing.KnockedBy[0]),
				"Choose another, or drop the criterion knowingly.")
		}
		if place > 0 && s.Reason == "" {
			r.Find("selection.reason",
				fmt.Sprintf("The chosen solution %s ranks %d by the project's own criteria, and no reason is given.", s.Chosen, place+1),
				"Write down why.")
		}
	}
}

func checkActivityData(f Facts, r *verdict.Reporter) {
	if len(f.Project.Activities) == 0 {
		r.Find("activities", "The plan has no activities.", "Break the work down and plan it.")
	}
	for _, a := range f.Project.Activities {
		at := verdict.Key("activities", a.ID)
		empty(r, named(a.ID, a.Title), "Agree it with whoever is to do it.",
			part{at + ".owner", "an owner", a.Owner != ""},
			part{at + ".start", "a planned start", a.Start.IsValid()},
			part{at + ".finish", "a planned finish", a.Finish.IsValid()})
	}
}

func checkOverdue(f Facts, r *verdict.Reporter) {
	for _, a := range f.Project.Activities {
		if late := a.DaysLate(f.AsOf); late > 0 && !a.Done(f.AsOf) {
			r.Find(verdict.Key("activities", a.ID),
				fmt.Sprintf("%s is %s overdue; it was planned to finish on %s.", named(a.ID, a.Title), days(late), a.Finish),
				"Find out what it waits for and replan it.", progressOf(a, f)...)
		}
	}
}

func progressOf(a Activity, f Facts) []string {
	switch {
	case a.Progress.Defined():
		return []string{"progress " + a.Progress.Percent(0)}
	case a.Started(f.AsOf):
		return []string{"started, progress not reported"}
	default:
		return []string{"not started"}
	}
}

func checkMilestones(f Facts, r *verdict.Reporter) {
	for _, m := range f.Project.Milestones {
		achieved := m.Achieved.IsValid() && m.Achieved <= f.AsOf
		if late := m.DaysLate(f.AsOf); late > 0 && !achieved {
			r.Find(verdict.Key("milestones", m.ID), fmt.Sprintf("The milestone %s was due on %s and is %s late.", named(m.ID, m.Title), m.Due, days(late)),
				"Tell the stakeholders, and decide on a corrective action.")
		}
	}
}

func checkInside(f Facts, r *verdict.Reporter) {
	p := f.Project
	if !p.Start.IsValid() || !p.End.IsValid() {
		r.Unassessed("the project has no start or no end")
		return
	}
	const remedy = "Bring it inside, or move the end of the project by an approved change."
	for _, a := range p.Activities {
		if a.Finish > p.End || (a.Start.IsValid() && a.Start < p.Start) {
			r.Find(verdict.Key("activities", a.ID),
				fmt.Sprintf("%s is planned from %s to %s, outside the project's %s to %s.", named(a.ID, a.Title), a.Start, a.Finish, p.Start, p.End),
				remedy)
		}
	}
	for _, m := range p.Milestones {
		if m.Due > p.End || (m.Due.IsValid() && m.Due < p.Start) {
			r.Find(verdict.Key("milestones", m.ID),
				fmt.Sprintf("The milestone %s is due on %s, outside the project's %s to %s.", named(m.ID, m.Title), m.Due, p.Start, p.End), remedy)
		}
	}
}

func checkOrder(f Facts, r *verdict.Reporter) {
	byID := map[string]Activity{}
	for _, a := range f.Project.Activities {
		byID[a.ID] = a
	}
	for _, a := range f.Project.Activities {
		for _, id := range a.After {
			if before := byID[id]; a.Start.IsValid() && before.Finish.IsValid() && a.Start <= before.Finish {
				r.Find(verdict.Key("activities", a.ID),
					fmt.Sprintf("%s is planned to begin on %s, but waits for %s, which is planned to finish on %s.",
						named(a.ID, a.Title), a.Start, named(before.ID, before.Title), before.Finish),
					"Replan the one or the other, or drop the dependency.")
			}
		}
	}
}

func checkKeyActivities(f Facts, r *verdict.Reporter) {
	cycle, now := f.Project.Cycle(), f.Project.StageAt(f.AsOf)
	planned := idSet(f.Project.Activities, func(a Activity) string { return a.Key })
	for _, k := range cycle.Activities {
		if stage, _ := cycle.Stage(k.Phase); stage <= now && !planned[k.Code] {
			r.Find(verdict.Key("lifecycle.activities", k.Code), fmt.Sprintf("The key activity %s, %s, is in no plan.", k.Code, k.Title),
				"Plan it, or drop it from the life cycle if it does not concern this project.")
		}
	}
}

func checkPhaseMilestones(f Facts, r *verdict.Reporter) {
	cycle := f.Project.Cycle()
	have := idSet(f.Project.Milestones, func(m Milestone) string { return m.Phase })
	for _, ph := range cycle.Outline.Phases {
		if stage, _ := cycle.Stage(ph.ID); stage >= Planning && !have[string(ph.ID)] {
			r.Find("milestones", fmt.Sprintf("The phase %s has no milestone.", named(string(ph.ID), ph.Title)), "Set one that stakeholders can recognise.")
		}
	}
}
