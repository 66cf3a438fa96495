package crmproject_test

import (
	"fmt"

	"github.com/crmrollout/crm/crmproject"
	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/money"
	"github.com/crmrollout/crm/crmproject/phase"
	"github.com/crmrollout/crm/crmproject/verdict"
)

func day(s string) calendar.Date { return calendar.MustParse(s) }

// A project is a value; its rules judge it at a date.
func Example() {
	project := crmproject.Project{
		ID: "P-1", Name: "CRM for Northwind", Kind: crmproject.NewCRM,
		Start: day("2027-01-04"), End: day("2027-12-17"),
		Activities: []crmproject.Activity{{
			ID: "A-1", Title: "Needs analysis", Phase: "initiation", Key: "IN-1",
			Start: day("2027-01-04"), Finish: day("2027-01-15"),
		}},
	}
	if err := project.Validate(); err != nil {
		fmt.Println(err)
		return
	}
	facts := crmproject.Facts{Project: &project, AsOf: day("2027-01-20")}
	report := verdict.Run(facts, crmproject.Rules()...)
	for _, f := range report.Below("activities").Findings {
		fmt.Println(f.Code, f.Message, f.Remedy)
	}
	// Output: PROJECT-023 Needs analysis (A-1) is 5 days overdue; it was planned to finish on 2027-01-15. Find out what it waits for and replan it.
}

// CP-03: five phases with 28 key activities.
func ExampleFivePhases() {
	cycle := crmproject.FivePhases()
	for _, p := range cycle.Outline.Phases {
		fmt.Printf("%s: %s (%d key activities)\n", p.Title, p.Objective, len(cycle.KeyActivities(p.ID)))
	}
	// Output:
	// Initiation: settle purpose, scope and objectives (4 key activities)
	// Planning: a detailed plan to execute (6 key activities)
	// Execution: implement to the plan (6 key activities)
	// Monitoring & Control: track, assess, correct (6 key activities)
	// Closure: complete, evaluate, hand over (6 key activities)
}

// CP-06, CP-44: a template is edited, not obeyed.
func ExampleLifecycle_InsertAfter() {
	cycle, _ := crmproject.FivePhases().InsertAfter("execution", phase.Phase{ID: "pilot", Title: "Pilot"}, crmproject.Execution)
	cycle, _ = cycle.Without("control")
	for _, e := range cycle.Outline.Transitions {
		fmt.Println(e.Label())
	}
	fmt.Println(cycle.Validate())
	// Output:
	// initiation → planning
	// planning → execution
	// execution → pilot
	// pilot → closure
	// closure → end
	// <nil>
}

// CP-17: what was planned, what was spent, and what nobody had foreseen.
func ExampleBudget() {
	eur := money.MustParse
	budget := crmproject.Budget{
		Total: eur("50000.00 EUR"), Contingency: eur("5000.00 EUR"),
		Lines: []crmproject.BudgetLine{
			{ID: "L-1", Title: "Licences", Category: crmproject.SoftwareCost, Planned: eur("30000.00 EUR")},
			{ID: "L-2", Title: "Training", Category: crmproject.TrainingCost, Planned: eur("12000.00 EUR")},
		},
		Costs: []crmproject.Cost{
			{ID: "C-1", Line: "L-1", On: day("2027-02-01"), Amount: eur("15000.00 EUR")},
			{ID: "C-2", On: day("2027-02-10"), Amount: eur("800.00 EUR"), Note: "network cabling"},
		},
	}
	asOf := day("2027-02-28")
	licences, _ := budget.Line("L-1", asOf)
	_, unexpected, _ := budget.Unexpected(asOf)
	gap, _ := budget.Gap()
	fmt.Println("licences:", licences.Spent, "of", licences.Planned, "=", licences.Share.Percent(0))
	fmt.Println("unexpected:", unexpected)
	fmt.Println("not planned yet:", gap)
	// Output:
	// licences: 15000.00 EUR of 30000.00 EUR = 50 %
	// unexpected: 800.00 EUR
	// not planned yet: 3000.00 EUR
}

// CP-15: a solution is chosen on weighted criteria; a knock-out is a knock-out.
func ExampleSelection_Rank() {
	selection := crmproject.Selection{
		Criteria: []crmproject.SelectionCriterion{
			{ID: "fit", Title: "fits the processes", Weight: 3},
			{ID: "api", Title: "open interface", Weight: 1, KnockOut: true},
		},
		Candidates: []crmproject.Candidate{
			{ID: "Aquila", Scores: []crmproject.Score{{"fit", 10}, {"api", 0}}},
			{ID: "Borealis", Scores: []crmproject.Score{{"fit", 7}, {"api", 5}}},
		},
	}
	for _, s := range selection.Rank() {
		fmt.Println(s.Candidate, s.Share.Percent(0), s.KnockedBy)
	}
	// Output:
	// Borealis 65 % []
	// Aquila 75 % [api]
}

// What a project is, before it is planned: kind (CP-01), size (CP-02), the idea in
// detail with the people it needs (CP-42), who delivers it (CP-43), what it brings
// to employees, customers and the company (CP-46). Requirements (CP-14),
// communication (CP-18) and risks (CP-19) have packages of their own; the project
// names them by id.
func ExampleProject() {
	p := crmproject.Project{
		ID: "P-1", Name: "CRM for Northwind", Kind: crmproject.NewCRM, Size: crmproject.SmallMedium,
		Delivery: crmproject.Agency, Agency: "Rollout & Co",
		Idea: "One place in which everybody who talks to a customer sees the same.", Culture: "Customers first.",
		Resources: []crmproject.Resource{{ID: "RS-1", Role: "developer", Needed: 40, Assigned: 30}},
		Benefits: []crmproject.Benefit{
			{For: "employees", Text: "no more searching"}, {For: "customers", Text: "one answer"}, {For: "company", Text: "less churn"},
		},
		Build: []crmproject.BuildItem{{ID: "B-1", Title: "Quotes", Kind: crmproject.Configuration, Requirements: []string{"R-7"}}},
	}
	fmt.Println(p.Kind, p.Size, p.Delivery, p.Agency)
	fmt.Println(p.Resources[0].Assigned, "of", p.Resources[0].Needed, "days of a", p.Resources[0].Role)
	for _, b := range p.Benefits {
		fmt.Println(b.For+":", b.Text)
	}
	// Output:
	// new_crm small_medium agency Rollout & Co
	// 30 of 40 days of a developer
	// employees: no more searching
	// customers: one answer
	// company: less churn
}
