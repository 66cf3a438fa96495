package audit_test

import (
	"fmt"

	"github.com/crmrollout/crm/audit"
	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/phase"
	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/scope"
)

// A project file is read and judged; its next gate says what it waits for.
func Example() {
	d, err := audit.Decode([]byte(`{
		"schema": "crm-dossier/1",
		"project": {
			"id": "P-1", "name": "CRM for Harbour Lane", "kind": "new_crm", "start": "2027-01-11", "end": "2027-12-17",
			"team": {"manager": "S-2", "members": [{"id": "S-2", "name": "Rita Okafor", "role": "project manager"}]},
			"state": {"cycle": "five-phases", "status": "active", "phase": "initiation"}
		}
	}`))
	if err != nil {
		fmt.Println(err)
		return
	}
	asOf := calendar.MustParse("2027-02-01")
	report := d.Audit(asOf)
	fmt.Println(report.Count(verdict.Critical), "critical and", report.Count(verdict.Major), "major findings, such as")
	for _, f := range report.Below("project.team").Findings {
		fmt.Println(f.Code, f.Severity, f.Subject+":", f.Message)
	}
	gate, _ := d.Gate(asOf)
	fmt.Println(gate.Label(), "is", gate.Outcome, "for", gate.Blocking)
	// Output:
	// 14 critical and 25 major findings, such as
	// PROJECT-001 major project.team.sponsor: The project lacks an executive sponsor.
	// PROJECT-010 minor project.team.members[S-2].duties: Rita Okafor lacks duties.
	// PROJECT-010 minor project.team.members[S-2].skills: Rita Okafor lacks recorded skills.
	// Charter gate is refused for [GATE-001 GATE-002 GATE-003 GATE-004 GATE-005]
}

// Everything that is wrong with a document is reported at once, with its place.
func ExampleDecode() {
	_, err := audit.Decode([]byte(`{
		"schema": "crm-dossier/1",
		"project": {
			"id": "P-1", "nmae": "CRM for Harbour Lane", "kind": "new_crm",
			"charter": {"objectives": ["O-1"]}
		}
	}`))
	for _, fault := range verdict.FaultsOf(err) {
		fmt.Println(fault)
	}
	// Output:
	// project: unknown field "nmae" (did you mean "name"?) (line 4, column 17)
	// project.name: missing
	// project.charter.objectives[0]: unknown "O-1"
}

// EX-01, CP-03, CP-04: one project through all five phases, with a revisit for a
// new feature. Each decision is made on the facts of its day.
func ExampleDossier_Decide() {
	d := sample()
	for _, decision := range history() {
		next, err := d.Decide(decision)
		if err != nil {
			fmt.Println(err)
			return
		}
		d = next
	}
	for _, v := range d.Project.State.Visits {
		fmt.Println(v.Entered, v.Action, v.Phase, v.Number)
		if v.Cause.IsValid() {
			fmt.Printf("  %s: %s\n", v.Cause, v.Reason)
		}
	}
	ending, _ := d.Project.State.Ending()
	fmt.Println(ending.On, d.Project.State.Status, "after", len(d.Project.Decisions), "decisions")
	// Output:
	// 2027-01-11 start initiation 1
	// 2027-02-05 go planning 1
	// 2027-03-31 go execution 1
	// 2027-10-29 go control 1
	// 2027-11-08 reopen execution 2
	//   new_feature: sales wants a forecast
	// 2027-11-26 go control 2
	// 2027-12-03 go closure 1
	// 2027-12-17 completed after 8 decisions
}

// The gate out of planning, on the day on which the selection is still open.
func ExampleDossier_Gate() {
	d, asOf := at("planning")
	d.Project.Selection.Chosen = ""
	gate, err := d.Gate(asOf)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(gate.Label(), gate.Outcome, "- score", gate.Score, "of at least", gate.Threshold)
	for _, reason := range gate.Reasons() {
		fmt.Println(reason)
	}
	fmt.Println("permitted:", gate.Permitted)
	// Output:
	// Plan gate refused - score 1 of at least 3/5
	// GATE-104 A CRM solution is selected on the requirements: not met: project.selection.chosen: No CRM solution is chosen.
	// permitted: [hold recycle kill]
}

// EX-03: a scope of nine components. The plan gate fails as long as two of them
// have holes, and passes once they are filled.
func ExampleDossier_Gate_scope() {
	d, asOf := at("planning")
	complete := d.Scope.Statement
	d.Scope.Statement.Timeline.Milestones, d.Scope.Statement.Migration = nil, scope.Migration{}
	for range 2 {
		gate, _ := d.Gate(asOf)
		criterion, _ := gate.Assessment("GATE-101")
		fmt.Println(gate.Label(), gate.Outcome)
		for _, f := range criterion.Findings {
			fmt.Println(f.Subject+":", f.Message)
		}
		d.Scope.Statement = complete
	}
	// Output:
	// Plan gate refused
	// scope.statement.migration: No data to migrate are listed, and migration is not declared not applicable.
	// scope.statement.timeline: There is no milestone.
	// Plan gate open
}

// CP-32: on time, within the budget, to the need; and what to do next.
func ExampleDossier_Status() {
	d := finished()
	d.Project.Acceptance[0].Conditions[0].Done = 0
	d.Project.Budget.Costs[2].Amount = eur("28000.00")
	s, err := d.Status(today)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, j := range []audit.Judgement{s.OnTime, s.InBudget, s.ToNeed} {
		fmt.Println(j.Name+":", j.Rating, "-", j.Reason)
	}
	for _, action := range s.Next {
		fmt.Println(action.Code, action.What, "Blocks the gate:", action.Gate)
	}
	// Output:
	// on time: green - 28 of 28 activities done, 0 late
	// in budget: amber - 206,500.00 EUR of 235,000.00 EUR planned is spent (88 %); overspent lines: 1
	// to need: green - targets: 2 green, 0 amber, 0 red, 0 not rated; open issues: 0 critical, 0 major
	// GATE-401 Have it signed off, or settle what is missing. Blocks the gate: true
	// PROJECT-032 Find out why, and decide where the money comes from. Blocks the gate: false
	// STAKE-504 Go through what is missing with the stakeholder, and settle it. Blocks the gate: false
	// PROJECT-061 Ask the signatory what is missing. Blocks the gate: false
}

// What a week holds, and whether it is overdue.
func ExampleDossier_Agenda() {
	d, _ := at("execution")
	d.Project.Activities[20].ActualFinish = 0
	monday := day("2027-11-29")
	for _, task := range d.Agenda(monday, monday.AddDays(6)) {
		fmt.Println(task.Due, task.Overdue, task.Kind+":", task.What, "-", task.Who)
	}
	// Output:
	// 2027-11-23 true activity: finish: adjust the CRM to feedback and changing needs - Rita Okafor
	// 2027-12-01 false message: hear customers - Dana Fox
	// 2027-12-04 false activity: finish: project review against objectives and criteria - Rita Okafor
	// 2027-12-05 false activity: finish: lessons learned and best practices - Rita Okafor
}

// What is still to be satisfied on the way from planning to control.
func ExampleDossier_Explain() {
	d, asOf := at("planning")
	x, err := d.Explain("control", asOf)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, line := range x.Remaining()[:3] {
		fmt.Println(line)
	}
	// Output:
	// Launch gate: GATE-201 Every wave is live, with its entry criteria met: not met: project.waves[W-1]: Pilot in two branches is not live; it is planned for 2027-08-02. (and 3 more)
	// Launch gate: GATE-202 The data are migrated and reconciled: not met: project.migrations[MI-1]: The data of Customers are not accepted. (and 1 more)
	// Launch gate: GATE-203 What was to be built is built and tested: not met: project.build[B-1]: Customer record and pipeline is not built and tested. (and 3 more)
}

func ExampleCatalogue() {
	for _, entry := range audit.Catalogue() {
		if entry.Code.Family() == "DOSSIER" && entry.Severity == verdict.Major {
			fmt.Println(entry.Code, entry.Title)
		}
	}
	// Output:
	// DOSSIER-005 Every integration of the scope is in the plan to be built
	// DOSSIER-006 Every entity of the scope has a migration
	// DOSSIER-020 The complexity is not underestimated
	// DOSSIER-021 Stakeholders are involved from the beginning
}

// CP-44: a criterion of the project's own at a gate, with the rule for it.
func ExampleBind() {
	works := verdict.Rule[audit.Facts]{
		Code: "OWN-001", Severity: verdict.Major,
		Title: "The works council has agreed", Why: "It can stop the launch.",
		Check: func(f audit.Facts, r *verdict.Reporter) {
			if _, ok := f.Dossier.Stakeholders.Register.Stakeholder("works council"); !ok {
				r.Find("stakeholders.register.stakeholders", "Nobody has asked the works council.", "Ask it.")
			}
		},
	}
	d, asOf := at("planning")
	d.Project.Lifecycle, _ = d.Cycle().Require("planning", "execution", phase.Term{Code: "OWN-001", Need: phase.Must})
	_, err := audit.Bind(d.Cycle())
	fmt.Println("without the rule:", err)
	gate, _ := d.Gate(asOf, works)
	fmt.Println("with it:", gate.Reasons())
	// Output:
	// without the rule: transitions[1].criteria[11].code: unknown "OWN-001": no such rule
	// with it: [OWN-001 The works council has agreed: not met: stakeholders.register.stakeholders: Nobody has asked the works council.]
}
