package verdict_test

import (
	"fmt"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/verdict"
)

type team struct {
	Leader  string
	Members []member
}

type member struct{ Name, Role string }

// A rule is a value: code, title, reason, severity, and a pure check.
var everyoneHasARole = verdict.Rule[team]{
	Code:     "TEAM-001",
	Title:    "Every member of the team has a role",
	Why:      "Work without a name on it is not done.",
	Severity: verdict.Major,
	Check: func(t team, r *verdict.Reporter) {
		if len(t.Members) == 0 {
			r.Unassessed("the team has no members yet")
		}
		for _, m := range t.Members {
			if m.Role == "" {
				r.Find(verdict.Key("members", m.Name)+".role", m.Name+" has no role.", "Agree a role.")
			}
		}
	},
}

// Rules run over facts and give a report.
func Example() {
	facts := team{Leader: "Ada", Members: []member{{"Ada", "project manager"}, {"Grace", ""}}}
	report := verdict.Run(facts, everyoneHasARole)
	for _, f := range report.Findings {
		fmt.Println(f.Code, f.Severity, f.Subject, f.Message, f.Remedy)
	}
	fmt.Println("score", report.Score(verdict.Weights{}))
	// Output:
	// TEAM-001 major members[Grace].role Grace has no role. Agree a role.
	// score 0
}

// One rule alone, as in a unit test.
func ExampleRule_Run() {
	outcome, findings := everyoneHasARole.Run(team{})
	fmt.Println(outcome.Status, outcome.Reason, len(findings))
	// Output: unassessed the team has no members yet 0
}

// Rules over a part become rules over the whole.
func ExampleLift() {
	type project struct{ Team team }
	rules := verdict.Lift([]verdict.Rule[team]{everyoneHasARole}, "project.team", func(p project) team { return p.Team })
	report := verdict.Run(project{team{Members: []member{{Name: "Grace"}}}}, rules...)
	fmt.Println(report.Findings[0].Subject)
	// Output: project.team.members[Grace].role
}

// A waiver excuses a finding until a date and no longer.
func ExampleReport_Waive() {
	report := verdict.Run(team{Members: []member{{Name: "Grace"}}}, everyoneHasARole)
	waiver := verdict.Waiver{
		Code: "TEAM-001", By: "Sponsor", Reason: "She joins in May",
		From: calendar.MustParse("2027-04-01"), Until: calendar.MustParse("2027-04-30"),
	}
	for _, day := range []string{"2027-04-30", "2027-05-01"} {
		waived := report.Waive(calendar.MustParse(day), waiver)
		fmt.Println(day, "open:", len(waived.Open().Findings), "waiver:", waived.Waivers[0].State)
	}
	// Output:
	// 2027-04-30 open: 0 waiver: effective
	// 2027-05-01 open: 1 waiver: expired
}

// What changed since the last report.
func ExampleCompare() {
	before := verdict.Run(team{Members: []member{{Name: "Grace"}, {Name: "Alan"}}}, everyoneHasARole)
	now := verdict.Run(team{Members: []member{{Name: "Grace"}, {"Alan", "tester"}, {Name: "Edsger"}}}, everyoneHasARole)
	diff := verdict.Compare(before, now)
	fmt.Println("new:", diff.New[0].Subject)
	fmt.Println("fixed:", diff.Fixed[0].Subject)
	fmt.Println("persisting:", diff.Persisting[0].Subject)
	// Output:
	// new: members[Edsger].role
	// fixed: members[Alan].role
	// persisting: members[Grace].role
}

// All that is wrong with input is reported at once, each fault with its place.
func ExampleFaults() {
	ids := []string{"R-1", "", "R-1"}
	var faults verdict.Faults
	faults.IDs("requirements", len(ids), func(i int) string { return ids[i] })
	var whole verdict.Faults
	whole.Add("scope", faults.Err())
	fmt.Println(whole.Err())
	// Output:
	// scope.requirements[1].id: missing
	// scope.requirements[2].id: duplicate "R-1"
}
