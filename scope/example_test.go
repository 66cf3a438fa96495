package scope_test

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/money"
	"github.com/crmrollout/crm/crmproject/objective"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/scope"
)

// A scope of nine components whose gates fail, and then pass: 90.7 % is far above
// the threshold, and not enough as long as one objective is a wish and one
// integration is nobody's work (EX-03).
func Example() {
	var s scope.Statement
	if err := json.Unmarshal(statementJSON, &s); err != nil {
		panic(err)
	}
	wish := objective.Objective{ID: "O-3", Text: "Improve relations with customers", Goal: "G-1"}
	s.Goals.Objectives = append(s.Goals.Objectives, wish)
	s.Scope.Integrations = append(s.Scope.Integrations, scope.Integration{ID: "I-3", System: "telephony"})

	before, _ := s.Completeness(scope.Scheme{})
	fmt.Println(before.Score.Percent(1), "ready:", before.Ready)
	for _, gap := range before.Gaps {
		fmt.Println("-", gap.Reason)
	}

	s.Goals = s.Goals.Sift(calendar.MustParse("2027-01-12"))
	s.Scope.Integrations = s.Scope.Integrations[:2]
	after, _ := s.Completeness(scope.Scheme{})
	fmt.Println(after.Score.Percent(1), "ready:", after.Ready)
	// Output:
	// 90.7 % ready: false
	// - Objective "Improve relations with customers" is kept although it is not specific: no direction, no metric, no amount.
	// - Objective "Improve relations with customers" has no indicator.
	// - The integration with "telephony" is declared, but no requirement says what it does.
	// 100.0 % ready: true
}

// The objective that can be missed is kept; the vague one is set aside with the
// reason, and stays on record (EX-02, SC-08, SC-09).
func ExampleGoals_Sift() {
	goals := scope.Goals{
		Business: []scope.Goal{{ID: "G-1", Text: "Keep more customers"}},
		Objectives: []objective.Objective{
			{
				ID: "O-1", Text: "Reduce customer churn rate by 25%", Direction: objective.Decrease, Metric: "customer churn rate",
				Amount: objective.Amount{Kind: objective.Relative, Value: ratio.Int(25), Unit: "percent"}, Goal: "G-1",
			},
			{ID: "O-2", Text: "To improve relations with customers", Direction: objective.Increase},
		},
	}
	s := scope.Statement{Goals: goals.Sift(calendar.MustParse("2027-01-12"))}
	for _, a := range s.Objectives() {
		fmt.Printf("%s: kept %t, %s\n  has %v, lacks %v\n", a.Text, a.Kept, cmp.Or(a.Reason, "specific"), a.Present, a.Missing)
	}
	// Output:
	// Reduce customer churn rate by 25%: kept true, specific
	//   has [direction metric amount goal], lacks [deadline baseline owner]
	// To improve relations with customers: kept false, not specific: no metric, no amount
	//   has [direction], lacks [metric amount deadline baseline owner goal]
}

// Every rule, or one alone.
func ExampleRules() {
	s := scope.Statement{Budget: scope.Budget{
		Total: money.MustParse("100000.00 EUR"),
		Lines: []scope.Line{{ID: "B-1", Category: scope.CostSoftware, Amount: money.MustParse("97500.00 EUR")}},
	}}
	report := verdict.Run(scope.Facts{Statement: s}, scope.Rules()...)
	for _, f := range report.AtLeast(verdict.Critical).Below("budget").Findings {
		fmt.Println(f.Code, f.Subject)
		fmt.Println(f.Message)
		fmt.Println(f.Remedy)
	}
	// Output:
	// SCOPE-018 budget.total
	// The budget lines sum to 97,500.00 EUR, the total is 100,000.00 EUR.
	// Correct the lines or the total, so that both say the same.
}

// A score without a statement, from a list of what is missing (SC-29): the
// weights are the organisation's.
func ExampleScheme_Score() {
	scheme := scope.DefaultScheme()
	for i := range scheme.Components {
		if scheme.Components[i].Component == scope.ComponentMigration {
			scheme.Components[i].Weight = 2
		}
	}
	missing, _ := scope.ParseItemRef("data_migration_requirements.process_defined")
	c, err := scheme.Score(scope.Checklist{Missing: []scope.Gap{{Item: missing}}})
	fmt.Println(c.Score, c.Ready, err)
	// Output:
	// 24/25 true <nil>
}

// What was added past change control, although the sum hides it (SC-25).
func ExampleCreep() {
	var agreed scope.Statement
	for i := range 10 {
		agreed.Scope.Features = append(agreed.Scope.Features, scope.Feature{ID: fmt.Sprintf("F-%02d", i), Name: "Feature"})
	}
	base, _ := agreed.Freeze(1, "sponsor", calendar.MustParse("2027-02-05"))

	now := agreed
	now.Scope.Features = append(now.Scope.Features[1:], scope.Feature{ID: "F-10", Name: "Chat"}) // one out, one in
	out := scope.Touch{Operation: scope.Deleted, Kind: scope.ElementFeature, ID: "F-00"}
	change := scope.Change{ID: "CR-1", State: scope.Approved, Delta: []scope.Touch{out}, Assessment: scope.Assessment{Baseline: 1}}

	report := scope.Creep(base, now, []scope.Change{change})
	fmt.Println("growth", report.Growth, "creep", report.Creep, "volatility", report.Volatility)
	for _, t := range report.Touches {
		fmt.Printf("%s, approved by %q\n", t.Touch, t.Change)
	}
	// Output:
	// growth 0 creep 1/10 volatility 1/5
	// feature F-00 deleted, approved by "CR-1"
	// feature F-10 added, approved by ""
}

// A request is refused with every reason at once (SC-25).
func ExampleChange_Advance() {
	low := scope.Impact{Level: scope.LowImpact}
	change := scope.Change{ID: "CR-2", Title: "Chat", Requester: "head of sales", State: scope.Assessed, Assessment: scope.Assessment{
		Baseline: 1, Scope: low, Schedule: low, Cost: low, Quality: low, Risk: low, Amount: money.MustParse("50000 EUR"),
	}}
	_, err := change.Advance(
		scope.Move{To: scope.Approved, By: "Head of Sales", On: calendar.MustParse("2027-03-01")},
		scope.Ground{Baseline: 2, Authority: scope.Authority{Amount: money.MustParse("20000 EUR")}},
	)
	if refusal, ok := errors.AsType[*scope.Refusal](err); ok {
		for _, reason := range refusal.Reasons {
			fmt.Println(reason)
		}
	}
	// Output:
	// assessed against another baseline than the one in force: version 1, in force is 2
	// requester and decider are the same: "Head of Sales"
	// beyond the authority of the decider: it costs 50,000.00 EUR, the limit is 20,000.00 EUR
}

// Needed and granted actions, role by role (SC-19).
func ExampleUsers_Access() {
	users := scope.Users{Roles: []scope.Role{
		{ID: "sales", Count: 40, Access: []scope.Access{{Entity: "invoice", Need: []string{"read"}}}},
		{ID: "marketing", Count: 12, Access: []scope.Access{{Entity: "account", Need: []string{"read"}, Grant: []string{"read", "delete"}}}},
		{ID: "auditor"},
	}}
	for _, f := range users.Access() {
		fmt.Println(f.Role, f.Fault, f.Entity, f.Actions)
	}
	// Output:
	// sales missing_access invoice [read]
	// marketing excess_access account [delete]
	// auditor role_without_users  []
	// auditor role_without_access  []
}

// One document for everybody (SC-24); what is not stated is said to be so.
func ExampleStatement_Markdown() {
	s := scope.Statement{Title: "CRM for Harbour Lane", Scope: scope.Extent{Users: 54, Exclusions: []string{"Web shop"}}}
	text, _, _ := strings.Cut(s.Markdown(), "## 2.")
	fmt.Print(text)
	// Output:
	// # CRM for Harbour Lane
	//
	// ## 1. Scope
	//
	// **Features:** *Not stated.*
	//
	// **Users:** 54
	//
	// **Integrations:** *Not stated.*
	//
	// **Infrastructure today:** *Not stated.*
	//
	// **How the CRM fits in:** *Not stated.*
	//
	// **Not part of the project:**
	//
	// - Web shop
}
