package phase_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/phase"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// A waiver works from its first to its last day; afterwards the gate it carried
// has lapsed and closes the next, until the waiver is renewed.
func TestWaiverExpires(t *testing.T) {
	facts := board{"GATE-101": verdict.NotMet}
	j := started(t)
	d := conditional("planning", day2, "C-1")
	d.Waivers = []verdict.Waiver{waiver("GATE-101", day2.AddDays(1), day3)}
	require.ErrorIs(t, j.refused(d, facts), phase.ErrRefused, "not yet in force")
	d.Waivers[0].From = day2
	j.do(d, facts)
	e := j.records[1].Snapshot[0]
	require.Equal(t, []phase.Action{phase.ConditionalGo, phase.Hold, phase.Recycle, phase.Kill}, e.Permitted)
	require.Equal(t, []verdict.Code{"GATE-101"}, e.Waived)
	equal(t, d.Waivers, e.Criteria[0].Waivers)
	require.Equal(t, []string{
		"GATE-101 Title of GATE-101: not met: thing: it is missing (waived until 2027-03-10; only a conditional go can pass)",
	}, e.Reasons())

	j.do(phase.Decision{Action: phase.Note, On: day2, By: "PM", Fulfilled: []phase.Fulfilment{{ID: "C-1", Evidence: "minutes 12"}}}, allMet)
	standing, _ := j.s.Standing("initiation", "planning", day3)
	require.Equal(t, phase.Conditional, standing)
	standing, why := j.s.Standing("initiation", "planning", day3.AddDays(1))
	require.Equal(t, phase.Lapsed, standing)
	require.Equal(t, []string{"no waiver of GATE-101 on thing is in force on 2027-03-11; the one by CFO is for 2027-02-10 to 2027-03-10"}, why)

	before := j.s
	refusal := j.refused(goTo("execution", day4), allMet)
	equal(t, []phase.Obstacle{{From: "initiation", To: "planning", Standing: phase.Lapsed, Reasons: []string{
		"no waiver of GATE-101 on thing is in force on 2027-04-10; the one by CFO is for 2027-02-10 to 2027-03-10"}}},
		refusal.Evaluation.Obstacles)
	equal(t, before, j.s)
	require.Equal(t, phase.Refused, j.m.Evaluate(j.s, "planning", "execution", allMet, day4).Answer(phase.ConditionalGo))

	renewed := goTo("execution", day4)
	renewed.Waivers = []verdict.Waiver{waiver("GATE-101", day4, day5)}
	j.do(renewed, allMet)
	j.replays()
}

// A lapsed gate is also put right by confirming it.
func TestConfirmALapsedGate(t *testing.T) {
	j := started(t)
	d := conditional("planning", day2, "C-1")
	j.do(d, board{"GATE-103": verdict.NotMet, "GATE-104": verdict.NotMet})
	j.to(day2, "execution")
	standing, why := j.s.Standing("initiation", "planning", day3)
	require.Equal(t, phase.Lapsed, standing)
	require.Equal(t, []string{`condition "C-1" of "PM" was due on 2027-03-02 and is not fulfilled: bring the paper`}, why)
	require.ErrorIs(t, j.refused(goTo("control", day3), allMet), phase.ErrRefused)

	again := conditional("planning", day3, "C-1") // the id is free again with the gate it belonged to
	again.From = "initiation"
	j.do(again, allMet)
	require.Equal(t, phase.ID("execution"), j.s.Phase)
	standing, _ = j.s.Standing("initiation", "planning", day3)
	require.Equal(t, phase.Conditional, standing)
	confirm := goTo("planning", day4)
	confirm.From = "initiation"
	j.do(confirm, allMet).to(day4, "control")
	standing, _ = j.s.Standing("initiation", "planning", day5)
	require.Equal(t, phase.Passed, standing)
	j.replays()
}

// Gates ahead cannot be confirmed, and gates behind offer nothing but that.
func TestEvaluateElsewhere(t *testing.T) {
	j := started(t).to(day2, "planning", "execution")
	ahead := j.m.Evaluate(j.s, "control", "closure", allMet, day2)
	require.Equal(t, []string{`the life cycle is in "execution"; this gate leads out of "control"`}, ahead.Reasons())
	require.Empty(t, ahead.Permitted)
	require.Equal(t, phase.Refused, ahead.Answer(phase.Kill))
	behind := j.m.Evaluate(j.s, "initiation", "planning", allMet, day2)
	require.Equal(t, []phase.Action{phase.Go, phase.ConditionalGo}, behind.Permitted)
	d := goTo("closure", day2)
	d.From = "control"
	require.ErrorIs(t, j.refused(d, allMet), phase.ErrRefused)
	require.Equal(t, phase.Undeclared, j.m.Evaluate(j.s, "closure", "initiation", allMet, day2).Answer(phase.Kill))
}

func TestConditionFulfilledLate(t *testing.T) {
	j := started(t).do(conditional("planning", day2, "C-1"), allMet)
	at := func(on calendar.Date) phase.Standing {
		s, _ := j.s.Standing("initiation", "planning", on)
		return s
	}
	due := day2.AddDays(20)
	require.Equal(t, phase.Conditional, at(due))
	require.Equal(t, phase.Lapsed, at(due.AddDays(1)))
	j.do(phase.Decision{Action: phase.Note, On: day4, By: "PM", Fulfilled: []phase.Fulfilment{{ID: "C-1"}}}, allMet)
	require.Equal(t, phase.Lapsed, at(day4-1))
	require.Equal(t, phase.Passed, at(day4))
	standing, why := j.s.Standing("planning", "execution", day4)
	require.Zero(t, standing)
	require.Empty(t, why)
}

// A waiver for a subject excuses the findings about it and nothing more.
func TestWaiverForSubjects(t *testing.T) {
	rule := verdict.Rule[[]string]{Code: "RISK-001", Title: "Each risk has an owner", Severity: verdict.Major,
		Check: func(risks []string, r *verdict.Reporter) {
			for _, id := range risks {
				if id == "?" {
					r.Unassessed("a page is missing")
					continue
				}
				r.Find(verdict.Key("risks", id), "no owner", "name one")
			}
		}}
	m := phase.MustCompile(phase.Definition[[]string]{
		Name: "c", Phases: []phase.Phase{{ID: "a"}, {ID: "b", Role: phase.Closure}},
		Transitions: []phase.Transition[[]string]{{From: "a", To: "b", Criteria: []phase.Criterion[[]string]{
			{Rule: rule, Need: phase.Must, Waivable: true}}}},
	})
	s, _, err := m.Start(day1, "x")
	require.NoError(t, err)
	one, two, all := waiver("RISK-001", day1, day3), waiver("RISK-001", day1, day2), waiver("RISK-001", day1, day3)
	one.Subject, two.Subject = "risks[R-1]", "risks[R-2]"
	cases := []struct {
		name    string
		facts   []string
		waivers []verdict.Waiver
		on      calendar.Date
		want    phase.Effect
		used    int
	}{
		{"one of two", []string{"R-1", "R-2"}, []verdict.Waiver{one}, day1, phase.Blocking, 0},
		{"both", []string{"R-1", "R-2", "R-1"}, []verdict.Waiver{one, two}, day2, phase.Waived, 2},
		{"one has ended", []string{"R-1", "R-2"}, []verdict.Waiver{one, two}, day3, phase.Blocking, 0},
		{"only what is found", []string{"R-1"}, []verdict.Waiver{one, two}, day3, phase.Waived, 1},
		{"the whole", []string{"R-1", "R-2"}, []verdict.Waiver{all}, day3, phase.Waived, 1},
		{"found and unassessed", []string{"R-1", "?"}, []verdict.Waiver{one}, day1, phase.Blocking, 0},
		{"found and unassessed, the whole", []string{"R-1", "?"}, []verdict.Waiver{one, all}, day1, phase.Waived, 1},
		{"unassessed", []string{"?"}, []verdict.Waiver{one}, day1, phase.Blocking, 0},
		{"unassessed, the whole", []string{"?"}, []verdict.Waiver{all}, day1, phase.Waived, 1},
		{"met", nil, []verdict.Waiver{all}, day1, phase.Satisfied, 0},
	}
	for _, c := range cases {
		s.Waivers = c.waivers
		e := m.Evaluate(s, "a", "b", c.facts, c.on)
		require.Equal(t, c.want, e.Criteria[0].Effect, c.name)
		require.Len(t, e.Criteria[0].Waivers, c.used, c.name)
	}
	s.Waivers = nil
	require.Contains(t, m.Evaluate(s, "a", "b", []string{"R-1", "R-2", "R-3"}, day1).Reasons()[0], "(and 2 more)")
}

// Some criteria cannot be waived, and no check that failed can.
func TestWhatCannotBeWaived(t *testing.T) {
	j := started(t)
	d := conditional("planning", day2, "C-1")
	d.Waivers = []verdict.Waiver{waiver("GATE-102", day1, day5), waiver("GATE-103", day1, day5), waiver("GATE-777", day1, day5)}
	_, _, err := j.m.Decide(j.s, d, allMet)
	require.EqualError(t, err, `decision.waivers[0].code: invalid: GATE-102 cannot be waived
decision.waivers[1].code: invalid: GATE-103 cannot be waived
decision.waivers[2].code: unknown "GATE-777"`)
	s := j.s
	s.Waivers = d.Waivers
	e := j.m.Evaluate(s, "initiation", "planning", board{"GATE-102": verdict.NotMet}, day2)
	require.Equal(t, []verdict.Code{"GATE-102"}, e.Blocking, "not by writing it into the state either")
	d.Waivers = []verdict.Waiver{waiver("GATE-101", day1, day5)}
	require.ErrorIs(t, j.refused(d, board{"GATE-101": verdict.Failed}), phase.ErrCheckFailed)
	require.ErrorIs(t, j.refused(d, board{"GATE-101": verdict.Failed, "GATE-102": verdict.NotMet}), phase.ErrRefused)
}

// An exempted criterion does not apply, for a reason and with an approver, and
// its check is not run.
func TestExemption(t *testing.T) {
	d := goTo("planning", day2)
	d.Exemptions = []phase.Exemption{
		{Code: "GATE-102", By: "CIO", Reason: "nothing to migrate"},
		{Code: "GATE-104", By: "CIO", Reason: "no second site"},
	}
	j := started(t).do(d, board{"GATE-102": verdict.Failed, "GATE-104": verdict.NotMet})
	a := j.records[1].Snapshot[0].Criteria[1]
	require.Equal(t, verdict.NotApplicable, a.Status)
	require.Equal(t, "nothing to migrate", a.Reason)
	require.Equal(t, "CIO", a.By)
	require.Equal(t, "Title of GATE-102", a.Title)
	require.Empty(t, a.Findings)
	d.On, d.To = day3, "execution"
	d.Exemptions = append(d.Exemptions, phase.Exemption{Code: "GATE-999", By: "x", Reason: "y"})
	_, _, err := j.m.Decide(j.s, d, allMet)
	require.EqualError(t, err, `decision.exemptions[0].code: duplicate "GATE-102"
decision.exemptions[1].code: duplicate "GATE-104"
decision.exemptions[2].code: unknown "GATE-999"`)
	j.replays()
}

// A rule need not say why it does not apply; the snapshot says something anyway.
func TestNotApplicableWithoutReason(t *testing.T) {
	d := fivePhases()
	d.Transitions[0].Criteria[0].Rule.Check = func(_ board, r *verdict.Reporter) { r.NotApplicable("") }
	j := started(t)
	j.m = phase.MustCompile(d)
	j.to(day2, "planning")
	require.Equal(t, "the rule says that it does not apply", j.records[1].Snapshot[0].Criteria[0].Reason)
	j.replays()
}

func TestScoreBelowThresholdNeedsARationale(t *testing.T) {
	j := started(t)
	d := conditional("planning", day2, "C-1")
	d.Reason = ""
	low := board{"GATE-103": verdict.NotMet, "GATE-104": verdict.NotMet}
	_, _, err := j.m.Decide(j.s, d, low)
	require.EqualError(t, err, "decision.reason: missing: a should score of 0, below the threshold 1/4, needs a rationale")
	j.do(d, board{"GATE-104": verdict.NotMet}) // 1/4 is enough
}

func TestConditionsAndFulfilments(t *testing.T) {
	j := started(t).do(conditional("planning", day2, "C-1"), allMet)
	d := conditional("execution", day2, "C-1")
	d.Fulfilled = []phase.Fulfilment{{ID: "C-7"}}
	_, _, err := j.m.Decide(j.s, d, allMet)
	require.EqualError(t, err, `decision.fulfilled[0].id: unknown "C-7"
decision.conditions[0].id: duplicate "C-1"`)
	done := phase.Decision{Action: phase.Note, On: day2, By: "PM", Fulfilled: []phase.Fulfilment{{ID: "C-1", Evidence: "mail"}}}
	j.do(done, allMet)
	equal(t, phase.Obligation{Condition: phase.Condition{ID: "C-1", Text: "bring the paper", Owner: "PM", Due: day2.AddDays(20)},
		Fulfilled: day2, Evidence: "mail"}, j.s.Passes[0].Conditions[0])
	_, _, err = j.m.Decide(j.s, done, allMet)
	require.EqualError(t, err, `decision.fulfilled[0].id: invalid: "C-1" is fulfilled already`)
}

func TestDecisionFaults(t *testing.T) {
	cases := []struct {
		name string
		d    phase.Decision
		want string
	}{
		{"nothing", phase.Decision{}, "action: missing\non: missing\nby: missing"},
		{"unknown action", phase.Decision{Action: 99, On: day1, By: "x"}, "action: unknown action 99"},
		{"start with a target", phase.Decision{Action: phase.Start, To: "x", On: day1, By: "x"}, "to: invalid: has no meaning for start"},
		{"go without a target", phase.Decision{Action: phase.Go, On: day1, By: "x"}, "to: missing"},
		{"go with all else", phase.Decision{Action: phase.Go, To: "a", On: day1, By: "x", Cause: phase.Scaling, Review: day2,
			Conditions: []phase.Condition{{ID: "c", Text: "t", Owner: "o", Due: day2}}},
			"cause: invalid: has no meaning for go\nreview: invalid: has no meaning for go\nconditions: invalid: has no meaning for go"},
		{"conditional without conditions", phase.Decision{Action: phase.ConditionalGo, To: "a", On: day1, By: "x"}, "conditions: missing"},
		{"empty and overdue conditions", phase.Decision{Action: phase.ConditionalGo, To: "a", On: day2, By: "x",
			Conditions: []phase.Condition{{}, {ID: "c", Text: "t", Owner: "o", Due: day1}, {ID: "c", Text: "t", Owner: "o", Due: day2}}},
			"conditions[0].id: missing\nconditions[2].id: duplicate \"c\"\nconditions[0].text: missing\nconditions[0].owner: missing\n" +
				"conditions[0].due: missing\nconditions[1].due: out of range: 2027-01-10 is before 2027-02-10"},
		{"hold without review", phase.Decision{Action: phase.Hold, On: day1, By: "x"}, "reason: missing\nreview: missing"},
		{"review on the day", phase.Decision{Action: phase.Hold, On: day1, By: "x", Reason: "r", Review: day1},
			"review: out of range: 2027-01-10 is not after 2027-01-10"},
		{"review is no date", phase.Decision{Action: phase.Hold, On: day1, By: "x", Reason: "r", Review: -5}, "review: invalid date -5"},
		{"on is no date", phase.Decision{Action: phase.Resume, On: calendar.MaxDate + 1, By: "x"}, "on: invalid date 3652060"},
		{"recycle", phase.Decision{Action: phase.Recycle, On: day1, By: "x"}, "to: missing\nreason: missing"},
		{"kill", phase.Decision{Action: phase.Kill, From: "a", To: "b", On: day1, By: "x"},
			"from: invalid: has no meaning for kill\nto: invalid: has no meaning for kill\nreason: missing"},
		{"reopen", phase.Decision{Action: phase.Reopen, On: day1, By: "x"}, "to: missing\nreason: missing\ncause: missing"},
		{"reopen for no known cause", phase.Decision{Action: phase.Reopen, To: "a", Reason: "r", Cause: 44, On: day1, By: "x"}, "cause: unknown cause 44"},
		{"empty note", phase.Decision{Action: phase.Note, On: day1, By: "x"}, "action: missing: a note with no waiver, exemption or fulfilment"},
		{"bad papers", phase.Decision{Action: phase.Note, On: day3, By: "x",
			Waivers:    []verdict.Waiver{waiver("GATE-101", day1, day2), {Code: "GATE-101"}},
			Exemptions: []phase.Exemption{{}}, Fulfilled: []phase.Fulfilment{{}, {ID: "a"}, {ID: "a"}}},
			"waivers[0].until: out of range: 2027-02-10 is over on 2027-03-10\n" +
				"waivers[1].by: missing\nwaivers[1].reason: missing\nwaivers[1].from: missing\nwaivers[1].until: missing\n" +
				"exemptions[0].code: missing\nexemptions[0].by: missing\nexemptions[0].reason: missing\n" +
				"fulfilled[0].id: missing\nfulfilled[2].id: duplicate \"a\""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) { require.EqualError(t, c.d.Validate(), c.want) })
	}
	j := started(t)
	_, _, err := j.m.Decide(j.s, goTo("planning", day1-1), allMet)
	require.EqualError(t, err, "decision.on: out of range: 2027-01-09 is before the last record of 2027-01-10")
}
