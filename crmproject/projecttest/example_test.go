package projecttest_test

import (
	"fmt"

	"github.com/crmrollout/crm/crmproject/phase"
	"github.com/crmrollout/crm/crmproject/projecttest"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// pilot is what the life cycle of the example looks at.
type pilot struct{ Signed, Trained bool }

func rule(code verdict.Code, title string, ok func(pilot) bool) verdict.Rule[pilot] {
	return verdict.Rule[pilot]{
		Code: code, Title: title, Why: "without it the pilot fails", Severity: verdict.Major,
		Check: func(p pilot, r *verdict.Reporter) {
			if !ok(p) {
				r.Find("pilot", "it is not so", "see to it")
			}
		},
	}
}

// ourCycle is a life cycle that somebody wrote for his own company.
func ourCycle() phase.Definition[pilot] {
	signed := rule("PILOT-001", "The charter is signed", func(p pilot) bool { return p.Signed })
	trained := rule("PILOT-002", "The users are trained", func(p pilot) bool { return p.Trained })
	return phase.Definition[pilot]{
		Name:   "pilot",
		Phases: []phase.Phase{{ID: "plan"}, {ID: "pilot"}, {ID: "close", Role: phase.Closure}},
		Transitions: []phase.Transition[pilot]{
			{From: "plan", To: "pilot", Criteria: []phase.Criterion[pilot]{{Rule: signed, Need: phase.Must}}},
			{From: "pilot", To: "close", Criteria: []phase.Criterion[pilot]{{Rule: trained, Need: phase.Must}}},
			{From: "close", To: phase.End},
		},
	}
}

// A life cycle of one's own is tested in one call. CP-05, CP-44.
func ExampleTestLifecycle() {
	bad, good := pilot{}, pilot{Signed: true, Trained: true}
	fmt.Println(projecttest.TestLifecycle(ourCycle(), bad, good))
	fmt.Println(projecttest.TestLifecycle(ourCycle(), bad))
	// Output:
	// <nil>
	// transitions[0]: missing: no sample opens the gate "plan → pilot"; nearest: PILOT-001 The charter is signed: not met: pilot: it is not so
	// transitions[1]: missing: no sample opens the gate "pilot → close"; nearest: PILOT-002 The users are trained: not met: pilot: it is not so
}

// Rules are tested without a life cycle too.
func ExampleTestRules() {
	ours := []verdict.Rule[pilot]{
		rule("PILOT-001", "The charter is signed", func(p pilot) bool { return p.Signed }),
		rule("PILOT-001", "", func(p pilot) bool { return p.Trained }),
	}
	fmt.Println(projecttest.TestRules(ours, pilot{Signed: true}))
	// Output:
	// rules[1].code: duplicate "PILOT-001"
	// rules[1].title: missing
}

// A rule that no sample breaks is not tested.
func ExampleTestSamples() {
	ours := []verdict.Rule[pilot]{rule("PILOT-001", "The charter is signed", func(p pilot) bool { return p.Signed })}
	fmt.Println(projecttest.TestSamples(ours, pilot{Signed: true}))
	// Output:
	// rules[0]: missing: no sample breaks PILOT-001 "The charter is signed"
}
