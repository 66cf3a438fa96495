package crmproject

import (
	"fmt"

	"github.com/crmrollout/crm/crmproject/verdict"
)

func closureRules() []verdict.Rule[Facts] {
	return []verdict.Rule[Facts]{
		{
			Code: "PROJECT-060", Severity: verdict.Critical,
			Title: "Every deliverable is formally accepted before the project ends",
			Why:   "What was not signed off is delivered again, at the project's cost.",
			Check: from(Closure, checkAcceptance),
		}, {
			Code: "PROJECT-061", Severity: verdict.Minor,
			Title: "No sign-off is overdue",
			Why:   "Acceptance that is put off is often acceptance that is refused.",
			Check: checkSignOffDates,
		}, {
			Code: "PROJECT-062", Severity: verdict.Major,
			Title: "The project is reviewed against each success criterion of its charter",
			Why:   "Only the review tells whether the money was well spent.",
			Check: from(Closure, checkReview),
		}, {
			Code: "PROJECT-063", Severity: verdict.Major,
			Title: "Lessons learned are recorded, with recommendations",
			Why:   "A lesson that is not written down is paid for twice.",
			Check: from(Closure, checkLessons),
		}, {
			Code: "PROJECT-064", Severity: verdict.Major,
			Title: "The final report is delivered",
			Why:   "The organisation that paid has a right to the result in writing.",
			Check: from(Closure, checkReport),
		}, {
			Code: "PROJECT-065", Severity: verdict.Major,
			Title: "Support and maintenance are handed over",
			Why:   "A system that belongs to nobody after the project decays at once.",
			Check: from(Closure, checkTransition),
		}, {
			Code: "PROJECT-066", Severity: verdict.Info,
			Title: "Achievements are recorded and celebrated",
			Why:   "People whose work was seen come back for the next project.",
			Check: from(Closure, func(f Facts, r *verdict.Reporter) {
				empty(r, "The project", "Say thank you, by name.", part{"achievements", "recorded achievements", len(f.Project.Achievements) > 0})
			}),
		}, {
			Code: "PROJECT-067", Severity: verdict.Major,
			Title: "No issue is left open at the end",
			Why:   "An open issue at the end is handed to people who were not there when it came up.",
			Check: from(Closure, checkLeftIssues),
		},
	}
}

func checkAcceptance(f Facts, r *verdict.Reporter) {
	if len(f.Project.Acceptance) == 0 {
		r.Find("acceptance", "No deliverable is set down for acceptance.", "List the deliverables and who signs them off.")
	}
	for _, s := range f.Project.Acceptance {
		if !s.Signed(f.AsOf) {
			r.Find(verdict.Key("acceptance", s.ID),
				s.Deliverable+" is not accepted.", "Have it signed off, or settle what is missing.", openConditions(s, f)...)
		}
	}
}

func openConditions(s SignOff, f Facts) []string {
	var open []string
	for _, c := range s.Conditions {
		if !c.Ticked(f.AsOf) {
			open = append(open, "condition open: "+c.Title)
		}
	}
	return open
}

func checkSignOffDates(f Facts, r *verdict.Reporter) {
	for _, s := range f.Project.Acceptance {
		if late := daysLate(s.Due, 0, f.AsOf); late > 0 && !s.Signed(f.AsOf) {
			r.Find(verdict.Key("acceptance", s.ID),
				fmt.Sprintf("The sign-off of %s was due on %s and is %s overdue.", s.Deliverable, s.Due, days(late)),
				"Ask the signatory what is missing.")
		}
	}
}

func checkReview(f Facts, r *verdict.Reporter) {
	review := f.Project.Review
	if !review.On.IsValid() || review.On > f.AsOf {
		r.Find("review", "The project has not been reviewed.", "Hold it against its objectives and success criteria.")
		return
	}
	judged := idSet(review.Criteria, func(c ReviewCriterion) string { return c.Criterion })
	for _, c := range f.Project.Charter.Criteria {
		if !judged[c.ID] {
			r.Find("review.criteria", fmt.Sprintf("The review says nothing on the success criterion %s: %s", c.ID, c.Text), "Judge it.")
		}
	}
}

func checkLessons(f Facts, r *verdict.Reporter) {
	if len(f.Project.Lessons) == 0 {
		r.Find("lessons", "No lessons learned are recorded.", "Ask the team what they would do again and what not.")
	}
	for _, l := range f.Project.Lessons {
		at := verdict.Key("lessons", l.ID)
		empty(r, "The lesson "+l.ID, "Complete it, so that the next project can use it.",
			part{at + ".what", "what happened", l.What != ""},
			part{at + ".recommendation", "a recommendation", l.Recommendation != ""})
	}
}

func checkReport(f Facts, r *verdict.Reporter) {
	report := f.Project.FinalReport
	if !report.Delivered.IsValid() || report.Delivered > f.AsOf {
		r.Find("finalReport", "The final report has not been delivered.", "Write it and hand it to the sponsor.")
	}
}

func checkTransition(f Facts, r *verdict.Reporter) {
	if len(f.Project.Transition) == 0 {
		r.Find("transition", "Nothing is set down for handing over.", "List what passes on: support, maintenance, administration, data.")
	}
	for _, h := range f.Project.Transition {
		switch at := verdict.Key("transition", h.ID); {
		case h.To == "":
			r.Find(at+".to", fmt.Sprintf("Nobody takes over %s.", h.What), "Agree on who does.")
		case !h.Done.IsValid() || h.Done > f.AsOf:
			r.Find(at+".done", fmt.Sprintf("%s has not been handed over to %s.", h.What, h.To), "Hand it over, with documents and access.")
		}
	}
}

func checkLeftIssues(f Facts, r *verdict.Reporter) {
	for _, i := range f.Project.Issues {
		if i.Open(f.AsOf) {
			r.Find(verdict.Key("issues", i.ID), fmt.Sprintf("The issue %s is still open.", named(i.ID, i.Title)), "Resolve it, or hand it over knowingly.")
		}
	}
}

func stateRules() []verdict.Rule[Facts] {
	return []verdict.Rule[Facts]{
		{
			Code: "PROJECT-070", Severity: verdict.Major,
			Title: "A project on hold is reviewed when it was agreed",
			Why:   "A hold without a review is an end that nobody has decided.",
			Check: func(f Facts, r *verdict.Reporter) {
				if s := f.Project.State; s.ReviewOverdue(f.AsOf) {
					r.Find("state.review", fmt.Sprintf("The project is on hold, and its review was due on %s.", s.Review), "Decide whether it goes on.")
				}
			},
		}, {
			Code: "PROJECT-071", Severity: verdict.Major,
			Title: "The project ends when it was planned to",
			Why:   "A project that runs on keeps its people from the next one.",
			Check: func(f Facts, r *verdict.Reporter) {
				_, ended := f.Project.State.Ending()
				if late := daysLate(f.Project.End, 0, f.AsOf); late > 0 && !ended {
					r.Find("end",
						fmt.Sprintf("The project was to end on %s and is %s late.", f.Project.End, days(late)),
						"Agree on a new end by an approved change.")
				}
			},
		},
	}
}
