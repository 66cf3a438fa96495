package phase_test

import (
	"encoding/json"
	"fmt"
	"slices"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/phase"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// rollout is what the rules of the examples look at.
type rollout struct {
	Charter  string
	Trained  int
	Pilot    string
	Accepted string
}

var charterRule = verdict.Rule[rollout]{
	Code: "CHARTER-001", Title: "The charter is signed", Severity: verdict.Critical,
	Why: "Work without a mandate is stopped by the first who was not asked.",
	Check: func(f rollout, r *verdict.Reporter) {
		if f.Charter == "" {
			r.Find("charter", "nobody signed the charter", "have the sponsor sign it")
		}
	},
}

var trainingRule = verdict.Rule[rollout]{
	Code: "TRAINING-001", Title: "At least 20 users are trained", Severity: verdict.Major,
	Why: "Users who were not trained go back to their spreadsheets.",
	Check: func(f rollout, r *verdict.Reporter) {
		if f.Trained < 20 {
			r.Find("training", fmt.Sprintf("%d of 20 users are trained", f.Trained), "hold the second course")
		}
	},
}

func must(rule verdict.Rule[rollout]) phase.Criterion[rollout] {
	return phase.Criterion[rollout]{Rule: rule, Need: phase.Must, Waivable: true}
}

func rolloutCycle() phase.Definition[rollout] {
	return phase.Definition[rollout]{
		Name: "small rollout",
		Phases: []phase.Phase{
			{ID: "plan", Title: "Plan"},
			{ID: "build", Title: "Build"},
			{ID: "close", Title: "Closure", Role: phase.Closure},
		},
		Transitions: []phase.Transition[rollout]{
			{From: "plan", To: "build", Name: "Charter gate", Criteria: []phase.Criterion[rollout]{must(charterRule)}},
			{From: "build", To: "close", Name: "Handover gate", Criteria: []phase.Criterion[rollout]{must(trainingRule)}},
		},
	}
}

// A life cycle is phases, transitions and the rules at their gates. The machine
// says what is permitted and why not, and turns a decision into a new state and
// a record; the records give the state back. CP-03, CP-41.
func Example() {
	signed := verdict.Rule[bool]{Code: "CHARTER-001", Title: "The charter is signed", Severity: verdict.Critical,
		Check: func(signed bool, r *verdict.Reporter) {
			if !signed {
				r.Find("charter", "nobody signed it", "have the sponsor sign it")
			}
		}}
	m := phase.MustCompile(phase.Definition[bool]{
		Name:   "two steps",
		Phases: []phase.Phase{{ID: "plan"}, {ID: "close", Role: phase.Closure}},
		Transitions: []phase.Transition[bool]{{From: "plan", To: "close", Name: "Charter gate",
			Criteria: []phase.Criterion[bool]{{Rule: signed, Need: phase.Must}}}},
	})
	day := calendar.MustParse("2027-03-01")
	s, first, _ := m.Start(day, "A. Sponsor")
	for _, gate := range m.Permitted(s, false, day) {
		fmt.Println(gate.Label(), gate.Outcome, gate.Reasons())
	}
	s, second, err := m.Decide(s, phase.Decision{Action: phase.Go, To: "close", On: day, By: "A. Sponsor"}, true)
	fmt.Println(s.Phase, s.Status, err)
	again, err := m.Replay(slices.Values([]phase.Record{first, second}))
	fmt.Println(again.Phase, again.Status, err)
	// Output:
	// Charter gate refused [CHARTER-001 The charter is signed: not met: charter: nobody signed it]
	// close completed <nil>
	// close completed <nil>
}

// A waiver lets a conditional go pass. When the waiver ends, nothing is changed
// anywhere: the standing of the gate is computed from the dates, and it blocks
// the next gate.
func ExampleMachine_Decide_waiver() {
	m := phase.MustCompile(rolloutCycle())
	march := calendar.MustParse("2027-03-01")
	s, _, _ := m.Start(march, "A. Sponsor")
	s, _, err := m.Decide(s, phase.Decision{
		Action: phase.ConditionalGo, To: "build", On: march, By: "Steering committee",
		Waivers: []verdict.Waiver{{
			Code: "CHARTER-001", By: "CFO", Reason: "the sponsor is on leave",
			From: march, Until: calendar.MustParse("2027-03-31"),
		}},
		Conditions: []phase.Condition{{ID: "C-1", Text: "sign the charter", Owner: "A. Sponsor", Due: march.AddMonths(2)}},
	}, rollout{})
	fmt.Println(s.Phase, err)

	for _, text := range []string{"2027-03-31", "2027-04-01"} {
		standing, why := s.Standing("plan", "build", calendar.MustParse(text))
		fmt.Println(text, standing, why)
	}
	_, _, err = m.Decide(s, phase.Decision{
		Action: phase.Go, To: "close", On: calendar.MustParse("2027-04-01"), By: "Steering committee",
	}, rollout{Trained: 20})
	fmt.Println(err)
	// Output:
	// build <nil>
	// 2027-03-31 conditional []
	// 2027-04-01 lapsed [no waiver of CHARTER-001 on charter is in force on 2027-04-01; the one by CFO is for 2027-03-01 to 2027-03-31]
	// phase: go from build to close refused: the gate from plan to build is lapsed: no waiver of CHARTER-001 on charter is in force on 2027-04-01; the one by CFO is for 2027-03-01 to 2027-03-31
}

// Explain looks through the gates in between.
func ExampleMachine_Explain() {
	m := phase.MustCompile(rolloutCycle())
	day := calendar.MustParse("2027-03-01")
	s, _, _ := m.Start(day, "A. Sponsor")

	for _, line := range m.Explain(s, "close", rollout{Trained: 12}, day).Remaining() {
		fmt.Println(line)
	}
	// Output:
	// Charter gate: CHARTER-001 The charter is signed: not met: charter: nobody signed the charter
	// Handover gate: TRAINING-001 At least 20 users are trained: not met: training: 12 of 20 users are trained
}

// Compile reports everything that is wrong, not the first thing.
func ExampleCompile() {
	d := rolloutCycle()
	d.Phases = append(d.Phases, phase.Phase{ID: "pilot"})
	d.Transitions[1].From = "biuld"
	d.Transitions[0].Threshold = ratio.New(3, 2)
	_, err := phase.Compile(d)
	fmt.Println(err)
	// Output:
	// transitions[0].threshold: no facts can open: threshold 3/2 is above 1
	// transitions[1].from: unknown "biuld"
	// phases[0]: "plan" is a dead end: no way leads from it to an end
	// phases[1]: "build" is a dead end: no way leads from it to an end
	// phases[3]: "pilot" is unreachable: no transition leads to it from "plan"
	// phases[3]: "pilot" is a dead end: no way leads from it to an end
}

// A life cycle can be stored as data; only the checks are code. CP-05, CP-44.
func ExampleBind() {
	const stored = `{
	  "name": "small rollout",
	  "phases": [{"id": "plan"}, {"id": "close", "role": "closure"}],
	  "transitions": [{"from": "plan", "to": "close", "threshold": "60%", "criteria": [
	    {"code": "CHARTER-001", "need": "must"},
	    {"code": "TRAINING-001", "need": "should", "weight": 3}]}]
	}`
	var outline phase.Outline
	if err := json.Unmarshal([]byte(stored), &outline); err != nil {
		fmt.Println(err)
		return
	}
	d, err := phase.Bind(outline, []verdict.Rule[rollout]{charterRule, trainingRule})
	if err != nil {
		fmt.Println(err)
		return
	}
	m := phase.MustCompile(d)
	day := calendar.MustParse("2027-03-01")
	s, _, _ := m.Start(day, "A. Sponsor")
	e := m.Evaluate(s, "plan", "close", rollout{Charter: "A. Sponsor"}, day)
	fmt.Println(e.Outcome, e.Score, e.Permitted)
	// Output:
	// refused 0 [conditional_go hold recycle kill]
}

// Where the statuses are known already, the gate decides alone: no allocation, a
// few nanoseconds.
func ExampleGate_Judge() {
	m := phase.MustCompile(rolloutCycle())
	gate, _ := m.Gate("plan", "build")
	j := gate.Judge([]phase.Mark{{Status: verdict.NotMet, Waived: true}})
	fmt.Println(j.Go, j.ConditionalGo)
	// Output:
	// refused open
}

// Iteration: a finished phase is opened again for a reason, and what followed it
// must be confirmed anew. CP-04.
func ExampleMachine_Decide_reopen() {
	m := phase.MustCompile(rolloutCycle())
	day := calendar.MustParse("2027-03-01")
	facts := rollout{Charter: "A. Sponsor", Trained: 25}
	s, _, _ := m.Start(day, "A. Sponsor")
	for _, to := range []phase.ID{"build", "close"} {
		s, _, _ = m.Decide(s, phase.Decision{Action: phase.Go, To: to, On: day, By: "A. Sponsor"}, facts)
	}
	fmt.Println(s.Status)

	s, _, err := m.Decide(s, phase.Decision{
		Action: phase.Reopen, To: "build", On: day.AddMonths(6), By: "A. Sponsor",
		Cause: phase.NewFeature, Reason: "field sales wants the mobile client",
	}, facts)
	visit, _ := s.LastVisit("build")
	fmt.Println(s.Status, s.Phase, visit.Number, visit.Cause, err)
	standing, _ := s.Standing("build", "close", s.On)
	fmt.Println(standing, s.Endings[0].SupersededBy)
	// Output:
	// completed
	// active build 2 new_feature <nil>
	// stale 4
}
