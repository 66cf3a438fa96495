package crmproject_test

import (
	"errors"
	"fmt"

	"github.com/crmrollout/crm/crmproject"
	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// CP-17: the budget by month. A quarter of licences does not divide by three; the
// running total never drifts, and no cent is lost.
func ExampleBudget_CashFlow() {
	budget := crmproject.Budget{
		Total: eur("2000.00"),
		Lines: []crmproject.BudgetLine{
			{
				ID: "L-1", Title: "Licences", Category: crmproject.SoftwareCost, Recurrence: crmproject.Recurring, Every: calendar.MustParsePeriod("P1M"),
				Planned: eur("100.00"), From: day("2027-01-31"), Until: day("2027-03-31"),
			},
			{ID: "L-2", Title: "Workshop", Category: crmproject.TrainingCost, Recurrence: crmproject.OneOff, Planned: eur("900.00"), Until: day("2027-02-10")},
			{ID: "L-3", Title: "Support", Category: crmproject.SupportCost, Recurrence: crmproject.Recurring, Planned: eur("500.00")},
		},
		Costs: []crmproject.Cost{
			{ID: "C-1", Line: "L-2", On: day("2027-02-10"), Amount: eur("950.00")},
			{ID: "C-2", On: day("2027-02-12"), Amount: eur("40.00"), Note: "courier"},
		},
	}
	flow, err := budget.CashFlow(day("2027-02-28"))
	if err != nil {
		fmt.Println(err)
	}
	for _, m := range flow.Months {
		fmt.Println(m.Month, "plan", m.Planned, "actual", m.Actual, "unexpected", m.Unexpected, "| plan to date", m.ToDate.Planned)
	}
	fmt.Println("undated", flow.Undated.Planned, "of", flow.Total.Planned)
	// Output:
	// 2027-01 plan 33.33 EUR actual 0.00 EUR unexpected 0.00 EUR | plan to date 33.33 EUR
	// 2027-02 plan 933.34 EUR actual 990.00 EUR unexpected 40.00 EUR | plan to date 966.67 EUR
	// 2027-03 plan 33.33 EUR actual 0.00 EUR unexpected 0.00 EUR | plan to date 1000.00 EUR
	// undated 500.00 EUR of 1500.00 EUR
}

// CP-17, CP-37: where will the money end, and what became of the contingency?
func ExampleBudget_Outlook() {
	outlook, err := sample().Budget.Outlook(day("2027-06-30"))
	if err != nil {
		fmt.Println(err)
	}
	fmt.Println("forecast", outlook.Forecast, "of", outlook.Approved, "headroom", outlook.Headroom)
	fmt.Println("pace", outlook.Pace.Percent(0), "of what was due")
	fmt.Println("contingency", outlook.Contingency.Drawn, "drawn,", outlook.Contingency.Remaining, "left")
	// Output:
	// forecast 90000.00 EUR of 100000.00 EUR headroom 10000.00 EUR
	// pace 144 % of what was due
	// contingency 500.00 EUR drawn, 9500.00 EUR left
}

// CP-17: the budget by category.
func ExampleBudget_Table() {
	table, err := sample().Budget.Table(day("2027-06-30"))
	if err != nil {
		fmt.Println(err)
	}
	for _, row := range table.Rows {
		fmt.Println(row.Category, row.Planned, row.Actual, row.Variance.Percent(0))
	}
	// Output:
	// software 40000.00 EUR 40000.00 EUR 123 %
	// implementation 30000.00 EUR 29000.00 EUR -3 %
	// training 10000.00 EUR 0.00 EUR n/a
	// ongoing_support 10000.00 EUR 0.00 EUR n/a
}

// CP-24: may the pilot go live? What nobody has assessed is not ready.
func ExampleProject_Readiness() {
	p := sample()
	p.Waves[0].Groups[0].Trained, p.Waves[0].SupportReady = 10, 0
	readiness, _ := p.Readiness("W-1", day("2027-05-10"))
	fmt.Println("ready:", readiness.Ready())
	for _, item := range readiness.Open() {
		fmt.Println(item.Aspect, item.Status, "-", item.Reason)
	}
	// Output:
	// ready: false
	// training not_met - 10 of 12 users are trained
	// support unassessed - not confirmed to be in place: key users
}

// CP-35: an approved change is the next baseline, with its delta in schedule and
// cost; a change that was assessed badly is refused as a whole.
func ExampleProject_Approve() {
	p := requested() // baseline 2 is in force, CH-2 is assessed
	next, err := p.Approve(crmproject.Approval{Change: "CH-2", By: "Sponsor", On: day("2027-07-10")})
	if err != nil {
		fmt.Println(err)
		return
	}
	diff, _ := next.BaselineDiff(2, 3)
	fmt.Println("end", diff.End.Days, "days later, total", diff.Total.By, "more, in scope", diff.ScopeAdded, "and no more", diff.ScopeDropped)

	p.Changes[1].Impact.Days = 0
	_, err = p.Approve(crmproject.Approval{Change: "CH-2", By: "field", On: day("2027-07-10")})
	fmt.Println(errors.Is(err, crmproject.ErrOwn), errors.Is(err, crmproject.ErrImpact), len(p.Baselines))
	// Output:
	// end 14 days later, total 5000.00 EUR more, in scope [REQ-7] and no more [REQ-1]
	// true true 2
}

// CP-15: how much hangs on the weights? Another winner, if one of them moves.
func ExampleSelection_Ranking() {
	ranking := crmproject.Selection{
		Criteria: []crmproject.SelectionCriterion{{ID: "fit", Weight: 3}, {ID: "price", Weight: 2}},
		Candidates: []crmproject.Candidate{
			{ID: "Aquila", Scores: []crmproject.Score{{Criterion: "fit", Points: 8}, {Criterion: "price", Points: 5}}},
			{ID: "Borealis", Scores: []crmproject.Score{{Criterion: "fit", Points: 6}, {Criterion: "price", Points: 6}}},
			{ID: "Corvus", Scores: []crmproject.Score{{Criterion: "fit", Points: 9}}},
		},
	}.Ranking()
	for _, p := range ranking.Places {
		fmt.Println(p.Place, p.Candidate, p.Share)
	}
	flip, _ := ranking.Fragile()
	fmt.Println(flip.Rival, "is level if", flip.Criterion, "weighs", flip.After, "and not", flip.Before)
	// Output:
	// 1 Aquila 17/25
	// 2 Borealis 3/5
	// 0 Corvus undefined: not every criterion has a score
	// Borealis is level if fit weighs 1/3 and not 3/5
}

// CP-41: one no is a no; what nobody asked leaves it open.
func ExampleFeasibility_Result() {
	study := crmproject.Feasibility{Checks: []crmproject.FeasibilityCheck{
		{Title: "Are the people there?", Dimension: crmproject.PeopleDimension, Answer: crmproject.Go},
		{Title: "May the data be used?", Dimension: crmproject.LegalDimension},
	}}
	result := study.Result()
	fmt.Printf("%q, missing %v\n", result.Decision, result.Missing)
	study.Checks[1].Answer = crmproject.NoGo
	fmt.Println(study.Result().Decision)
	// Output:
	// "", missing [money time technology launch]
	// no_go
}

// CP-25: the issues of the first deployment, to resolution.
func ExampleProject_IssueLog() {
	p := crmproject.Project{Issues: []crmproject.Issue{
		{ID: "I-1", Kind: crmproject.DeploymentIssue, Severity: verdict.Major, Opened: day("2027-05-10"), Resolved: day("2027-05-13")},
		{ID: "I-2", Kind: crmproject.DeploymentIssue, Severity: verdict.Minor, Opened: day("2027-05-11"), Due: day("2027-05-20")},
	}}
	log := p.IssueLog(day("2027-05-31"), crmproject.DeploymentIssue)
	fmt.Println(log.Total(), "open,", log.Overdue, "overdue, oldest", log.Oldest, log.OldestDays, "days; resolved in", log.MedianDays, "days;", log.Trend)
	// Output:
	// 1 open, 1 overdue, oldest I-2 20 days; resolved in 3 days; rising
}

// CP-24: users live, wave by wave.
func ExampleProject_RolloutCurve() {
	users := func(n int64) []crmproject.UserGroup { return []crmproject.UserGroup{{Role: "sales", Users: n}} }
	p := crmproject.Project{Waves: []crmproject.Wave{
		{ID: "pilot", Planned: day("2027-05-10"), Live: day("2027-05-12"), Groups: users(12)},
		{ID: "all", Planned: day("2027-08-02"), Groups: users(108)},
	}}
	curve, _ := p.RolloutCurve(day("2027-06-30"))
	for _, c := range curve {
		fmt.Println(c.On, c.Waves, "planned", c.Planned, "live", c.Live, c.Share.Percent(0))
	}
	// Output:
	// 2027-05-10 [pilot] planned 12 live 0 0 %
	// 2027-05-12 [pilot] planned 12 live 12 10 %
	// 2027-08-02 [all] planned 120 live 12 10 %
}
