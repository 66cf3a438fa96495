package audit_test

import (
	"github.com/crmrollout/crm/crmproject"
	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// sampleProject is the project of the sample: CRM for Harbour Lane Trading.
func sampleProject() crmproject.Project {
	p := crmproject.Project{
		ID: "P-1", Name: "CRM for Harbour Lane Trading", Kind: crmproject.NewCRM, Size: crmproject.SmallMedium,
		Delivery: crmproject.Internal, Start: day("2027-01-11"), End: day(endDay),
		Idea: "One record for every customer.", Vision: "Whoever talks to a customer knows the customer.",
		Strategy: crmproject.Strategy{
			Statement: "Keep customers first, then serve them faster.", CompanyGoals: []string{"G-1", "G-2"},
			Components: []crmproject.Component{
				{ID: "C-1", Title: "Retention", Objectives: []string{"O-1"}, Tracking: "churn, monthly"},
				{ID: "C-2", Title: "Service", Objectives: []string{"O-2"}, Tracking: "resolution time, monthly"},
			},
		},
		Needs: []crmproject.Need{
			{ID: "N-1", Kind: crmproject.Challenge, Text: "Complaints get lost between mailboxes.", From: "customer service", Priority: 1},
			{ID: "N-2", Kind: crmproject.Opportunity, Text: "Customers could be called before their contract ends.", From: "sales"},
		},
		Situation: crmproject.Situation{
			Current: "mailboxes and spreadsheets", Strengths: []string{"loyal customers"}, Weaknesses: []string{"no common history"},
			Paramount: []string{"N-1"}, Importance: "the second largest project of the year", Why: "two branches opened",
		},
		Feasible: crmproject.Feasibility{
			Checks:   []crmproject.FeasibilityCheck{{Title: "Are the people there?", Answer: crmproject.Go}},
			Decision: crmproject.Go, By: "Board", On: day("2027-01-22"),
		},
		Charter: crmproject.Charter{
			Purpose: "Keep the customers we have.", Scope: "Sales, marketing and customer service.", Objectives: []string{"O-1", "O-2"},
			Criteria: []crmproject.SuccessCriterion{
				{ID: "SC-1", Text: "churn down by a quarter", Objective: "O-1"}, {ID: "SC-2", Text: "cases resolved in 24 hours", Objective: "O-2"},
			},
			Budget: eur("250000.00"), Start: day("2027-01-11"), End: day(endDay), ApprovedBy: "S-1", ApprovedOn: day("2027-02-04"),
		},
		Team: sampleTeam(),
	}
	samplePlan(&p)
	sampleMoney(&p)
	sampleRollout(&p)
	sampleOperation(&p)
	sampleClosure(&p)
	return p
}

func sampleTeam() crmproject.Team {
	member := func(id, name, role, department string) crmproject.Member {
		return crmproject.Member{
			ID: id, Name: name, Role: role, Department: department, Duties: []string{role}, Skills: []string{"the trade"},
			Commitment: crmproject.HighCommitment, Briefed: day("2027-02-05"),
		}
	}
	return crmproject.Team{
		Manager: "S-2", Sponsor: "Anna Berg", Departments: []string{"sales", "marketing", "customer service", "IT"},
		Members: []crmproject.Member{
			member("S-2", "Rita Okafor", "project manager", "IT"), member("S-3", "Ben Kaya", "key user", "sales"),
			member("S-4", "Cleo Ionescu", "key user", "marketing"), member("S-5", "Dana Fox", "key user", "customer service"),
		},
	}
}

// stretch is when the activities of a phase are done: the first begins on the
// day, each takes so many days, and the next follows on the day after.
var stretch = map[string]struct {
	from calendar.Date
	days int
}{
	"initiation": {day("2027-01-11"), 6}, "planning": {day("2027-02-06"), 8}, "execution": {day("2027-04-01"), 35},
	"control": {day("2027-10-30"), 5}, "closure": {day("2027-12-04"), 1},
}

func samplePlan(p *crmproject.Project) {
	begin := map[string]calendar.Date{}
	for i, k := range crmproject.FivePhases().Activities {
		ph := string(k.Phase)
		start := max(begin[ph], stretch[ph].from)
		finish := start.AddDays(stretch[ph].days - 1)
		begin[ph] = finish + 1
		a := crmproject.Activity{
			ID: "A-" + k.Code, Title: k.Title, Phase: ph, Key: k.Code, Owner: "S-2",
			Start: start, Finish: finish, ActualStart: start, ActualFinish: finish,
		}
		if i > 0 {
			a.After = []string{p.Activities[i-1].ID}
		}
		p.Activities = append(p.Activities, a)
	}
	for _, m := range []struct{ id, title, phase, due string }{
		{"M-1", "Charter signed", "initiation", charterDay}, {"M-2", "Plan approved", "planning", planDay},
		{"M-3", "Pilot live in two branches", "execution", "2027-08-02"}, {"M-4", "All branches live", "control", launchDay},
		{"M-5", "Final report delivered", "closure", endDay},
	} {
		p.Milestones = append(p.Milestones, crmproject.Milestone{
			ID: m.id, Title: m.title, Phase: m.phase, Owner: "S-2", Due: day(m.due), Achieved: day(m.due),
		})
	}
	p.Selection = crmproject.Selection{
		Criteria: []crmproject.SelectionCriterion{
			{ID: "fit", Title: "Fit", Weight: 2, Requirements: []string{"R-1", "R-3"}},
			{ID: "speed", Title: "Speed", Weight: 1, KnockOut: true, Requirements: []string{"R-5"}},
		},
		Candidates: []crmproject.Candidate{
			{ID: "aquila", Name: "Aquila", Scores: []crmproject.Score{{Criterion: "fit", Points: 8}, {Criterion: "speed", Points: 5}}},
			{ID: "borealis", Name: "Borealis", Scores: []crmproject.Score{{Criterion: "fit", Points: 5}, {Criterion: "speed", Points: 5}}},
		},
		Chosen: "aquila", By: "S-1", On: day("2027-03-01"),
	}
}

func sampleMoney(p *crmproject.Project) {
	line := func(id, title string, c crmproject.Category, r crmproject.Recurrence, planned string) crmproject.BudgetLine {
		return crmproject.BudgetLine{ID: id, Title: title, Category: c, Recurrence: r, Planned: eur(planned)}
	}
	p.Resources = []crmproject.Resource{{ID: "PD-1", Role: "key user", Needed: 120, Assigned: 120, Used: 110}}
	p.Budget = crmproject.Budget{
		Total: eur("250000.00"), Contingency: eur("15000.00"),
		Lines: []crmproject.BudgetLine{
			line("L-1", "Subscriptions", crmproject.SoftwareCost, crmproject.Recurring, "62000.00"),
			line("L-2", "Setup", crmproject.ImplementationCost, crmproject.OneOff, "118000.00"),
			line("L-3", "Training", crmproject.TrainingCost, crmproject.OneOff, "27000.00"),
			line("L-4", "Support", crmproject.SupportCost, crmproject.Recurring, "28000.00"),
		},
		Costs: []crmproject.Cost{
			{ID: "E-1", Line: "L-1", On: day("2027-04-15"), Amount: eur("62000.00")},
			{ID: "E-2", Line: "L-2", On: day("2027-09-30"), Amount: eur("116500.00")},
			{ID: "E-3", Line: "L-3", On: day("2027-10-15"), Amount: eur("25000.00")},
		},
	}
}

func sampleRollout(p *crmproject.Project) {
	item := func(id, title string, kind crmproject.BuildKind, process, system, wave, on string, requirements ...string) crmproject.BuildItem {
		return crmproject.BuildItem{
			ID: id, Title: title, Kind: kind, Process: process, System: system, Requirements: requirements,
			Wave: wave, Owner: "S-2", Due: day(on), Built: day(on), Tested: day(on),
		}
	}
	p.Build = []crmproject.BuildItem{
		item("B-1", "Customer record and pipeline", crmproject.Configuration, "sales", "", "W-1", "2027-06-15", "R-1", "R-2"),
		item("B-2", "Case queue", crmproject.Customisation, "service", "", "W-1", "2027-06-30", "R-3", "R-10"),
		item("B-3", "Open invoices", crmproject.IntegrationWork, "", "Accounting", "W-1", "2027-07-15", "R-8"),
		item("B-4", "Joiners and leavers", crmproject.IntegrationWork, "", "Human  Resources", "W-2", "2027-09-30", "R-9"),
	}
	moved := func(id, entity, wave, on string, accuracy ratio.Ratio) crmproject.Migration {
		return crmproject.Migration{
			ID: id, Entity: entity, Wave: wave, Owner: "S-2", Due: day(on), Loaded: day(on), Reconciled: day(on),
			Completeness: ratio.Int(1), Accuracy: accuracy, Threshold: ratio.New(49, 50),
		}
	}
	p.Migrations = []crmproject.Migration{
		moved("MI-1", "D-1", "W-1", "2027-07-25", ratio.New(999, 1000)), moved("MI-2", "D-2", "W-2", "2027-10-20", ratio.New(99, 100)),
	}
	p.Trainings = []crmproject.Training{
		{ID: "T-1", Title: "The CRM", Subject: crmproject.OnSystem, Format: "workshop", Wave: "W-1", Planned: day("2027-07-26"), Held: day("2027-07-26"), Invited: 20, Attended: 20},
		{ID: "T-2", Title: "One queue for all channels", Subject: crmproject.OnProcess, Format: "e-learning", Planned: day("2027-07-27"), Held: day("2027-07-28")},
	}
	wave := func(id, title string, kind crmproject.WaveKind, live string, users int64) crmproject.Wave {
		return crmproject.Wave{
			ID: id, Title: title, Kind: kind, Planned: day(live), Live: day(live),
			Groups:   []crmproject.UserGroup{{Role: "sales", Department: "sales", Users: users, Trained: users}},
			Entry:    []crmproject.Check{{Title: "data reconciled", Done: day(live) - 1}},
			Exit:     []crmproject.Check{{Title: "a month without a critical issue", Done: day("2027-11-30")}},
			Rollback: "mailboxes stay for a month", Support: "key users",
		}
	}
	p.Waves = []crmproject.Wave{
		wave("W-1", "Pilot in two branches", crmproject.Pilot, "2027-08-02", 20), wave("W-2", "All branches", crmproject.Phased, "2027-10-25", 34),
	}
}

func sampleOperation(p *crmproject.Project) {
	for _, kind := range []crmproject.RoutineKind{
		crmproject.PerformanceReview, crmproject.FeedbackReview, crmproject.DataIntegrity,
		crmproject.DataSecurity, crmproject.OngoingTraining, crmproject.OngoingSupportWork,
	} {
		r := crmproject.Routine{
			ID: "RO-" + kind.String(), Kind: kind, Title: kind.String(), Owner: "S-2",
			Every: calendar.MustParsePeriod("P1M"), Start: day("2027-08-10"),
		}
		for on := r.Start; on <= today; on = r.Every.After(on) {
			r.Runs = append(r.Runs, crmproject.RoutineRun{On: on})
		}
		p.Routines = append(p.Routines, r)
	}
	p.Issues = []crmproject.Issue{{
		ID: "I-1", Title: "Search is slow", Kind: crmproject.RiskIssue, Severity: verdict.Critical, Impact: "sales waits", Owner: "S-2", Wave: "W-1",
		Risk: "K-2", Opened: day("2027-08-10"), Due: day("2027-08-24"), Resolved: day("2027-08-20"), Resolution: "an index",
	}}
	p.Changes = []crmproject.Change{{
		ID: "CH-1", Title: "Forecast", Adjustments: []crmproject.Adjustment{crmproject.ChangeScope}, Source: crmproject.FromFeedback,
		State: crmproject.ChangeClosed, RequestedBy: "S-3", RequestedOn: day("2027-11-02"), DecidedBy: "S-1", DecidedOn: day("2027-11-05"),
		Communicated: day("2027-11-08"),
		Impact:       crmproject.Impact{Scope: "one feature", Schedule: "none", Cost: "from the contingency", Quality: "none", Risk: "none", Amount: eur("4000.00")},
	}}
}

func sampleClosure(p *crmproject.Project) {
	p.Acceptance = []crmproject.SignOff{{
		ID: "AC-1", Deliverable: "CRM in production", By: "S-1", Due: day("2027-12-10"), On: day("2027-12-08"),
		Conditions: []crmproject.Check{{Title: "handbook", Done: day("2027-12-09"), By: "S-2"}},
	}}
	p.Review = crmproject.Review{On: day("2027-12-10"), By: "S-1", Criteria: []crmproject.ReviewCriterion{
		{Criterion: "SC-1", Met: ratio.New(3, 4)}, {Criterion: "SC-2", Met: ratio.Int(1)},
	}}
	p.Lessons = []crmproject.Lesson{{ID: "LL-1", Phase: "planning", What: "Cleaning took twice as long.", Recommendation: "Profile the data first."}}
	p.FinalReport = crmproject.FinalReport{By: "S-2", Delivered: day("2027-12-14"), To: []string{"S-1"}}
	p.Transition = []crmproject.Handover{{ID: "H-1", What: "user support", From: "project", To: "service desk", Due: day("2027-12-13"), Done: day("2027-12-13")}}
	p.Achievements = []crmproject.Achievement{{Title: "No day of downtime", On: day("2027-12-13"), By: []string{"Rita Okafor"}}}
}
