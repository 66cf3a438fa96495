package phase_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/phase"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// The whole life cycle in order. CP-03.
func TestGoToTheEnd(t *testing.T) {
	j := started(t).to(day2, "planning", "execution").to(day3, "control", "closure")
	require.Equal(t, phase.Active, j.s.Status, "closure has work of its own before its gate to the end")
	j.to(day4, phase.End)
	require.Equal(t, phase.Completed, j.s.Status)
	require.Equal(t, phase.ID("closure"), j.s.Phase)
	equal(t, []phase.Ending{{Number: 1, Seq: 6, On: day4, Phase: "closure"}}, j.s.Endings)
	require.Len(t, j.s.Visits, 5)
	equal(t, phase.Visit{
		Phase: "planning", Number: 1, Entered: day2, Left: day2,
		Action: phase.Go, Exit: phase.Go, Seq: 2, By: "board",
	}, j.s.Visits[1])
	require.Equal(t, day4, j.s.Visits[4].Left)
	for _, id := range []phase.ID{"initiation", "closure"} {
		require.Equal(t, phase.Done, j.m.Progress(j.s, id))
	}
}

// A phase is split into smaller ones, each with a gate of its own. CP-06.
func TestSplitPhase(t *testing.T) {
	d := fivePhases()
	d.Phases = slices.Insert(d.Phases, 3, phase.Phase{ID: "pilot"}, phase.Phase{ID: "second-site"})
	d.Transitions[2].To = "pilot"
	d.Transitions = append(d.Transitions,
		phase.Transition[board]{From: "pilot", To: "second-site", Criteria: []phase.Criterion[board]{criterion("PILOT-001", phase.Must, 0)}},
		phase.Transition[board]{From: "second-site", To: "control"},
	)
	j := started(t)
	j.m = phase.MustCompile(d)
	j.to(day2, "planning", "execution", "pilot")
	require.Equal(t, []verdict.Code{"PILOT-001"}, j.refused(goTo("second-site", day3), board{"PILOT-001": verdict.NotMet}).Evaluation.Blocking)
	j.to(day3, "second-site", "control", "closure", phase.End)
	require.Equal(t, phase.Completed, j.s.Status)
}

// The four outcomes of asking stay four.
func TestFourOutcomes(t *testing.T) {
	j := started(t)
	cases := []struct {
		name  string
		to    phase.ID
		facts board
		want  phase.Outcome
		is    error
	}{
		{"open", "planning", allMet, phase.Open, nil},
		{"refused", "planning", board{"GATE-101": verdict.NotMet}, phase.Refused, phase.ErrRefused},
		{"unassessed is refused", "planning", board{"GATE-101": verdict.Unassessed}, phase.Refused, phase.ErrRefused},
		{"score too low", "planning", board{"GATE-103": verdict.NotMet, "GATE-104": verdict.NotMet}, phase.Refused, phase.ErrRefused},
		{"undeclared", "execution", allMet, phase.Undeclared, phase.ErrUndeclared},
		{"no such phase", "nowhere", allMet, phase.Undeclared, phase.ErrUndeclared},
		{"check failed", "planning", board{"GATE-101": verdict.Failed}, phase.CheckFailed, phase.ErrCheckFailed},
		{"the score hangs on a failed check", "planning", board{"GATE-103": verdict.NotMet, "GATE-104": verdict.Failed}, phase.CheckFailed, phase.ErrCheckFailed},
		{"a failed should that is not needed", "planning", board{"GATE-103": verdict.Failed}, phase.Open, nil},
		{"refused whatever the failed check says", "planning", board{"GATE-101": verdict.Failed, "GATE-102": verdict.NotMet}, phase.Refused, phase.ErrRefused},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			e := j.m.Evaluate(j.s, "initiation", c.to, c.facts, day2)
			require.Equal(t, c.want, e.Outcome)
			require.Equal(t, c.want, e.Answer(phase.Go))
			require.Equal(t, c.want == phase.Open, len(e.Reasons()) == 0)
			_, _, err := j.m.Decide(j.s, goTo(c.to, day2), c.facts)
			if c.is == nil {
				require.NoError(t, err)
				require.NoError(t, e.Err())
				return
			}
			require.ErrorIs(t, err, c.is)
			require.ErrorIs(t, e.Err(), c.is)
			for _, other := range []error{phase.ErrRefused, phase.ErrUndeclared, phase.ErrCheckFailed} {
				require.Equal(t, errors.Is(c.is, other), errors.Is(err, other))
			}
			var refusal *phase.RefusedError
			require.ErrorAs(t, err, &refusal)
			equal(t, e, refusal.Evaluation)
			require.True(t, strings.HasPrefix(err.Error(), "phase: go from initiation to "+string(c.to)+" "), err)
		})
	}
}

func TestRefusalSaysWhy(t *testing.T) {
	j := started(t)
	refusal := j.refused(goTo("planning", day2), board{
		"GATE-101": verdict.NotMet, "GATE-102": verdict.Unassessed, "GATE-103": verdict.NotMet, "GATE-104": verdict.Failed,
	})
	require.Equal(t, []string{
		"GATE-101 Title of GATE-101: not met: thing: it is missing",
		"GATE-102 Title of GATE-102: unassessed: nobody looked",
		"the should score 0 is below the threshold 1/4",
		"GATE-103 Title of GATE-103: not met: thing: it is missing",
		"GATE-104 Title of GATE-104: check failed: the file is broken",
	}, refusal.Reasons())
	require.EqualError(t, refusal, "phase: go from initiation to planning refused: "+
		"GATE-101 Title of GATE-101: not met: thing: it is missing; GATE-102 Title of GATE-102: unassessed: nobody looked; "+
		"the should score 0 is below the threshold 1/4; and 2 more")
	report := refusal.Evaluation.Report()
	require.Len(t, report.Findings, 2)
	require.Len(t, report.Outcomes, 4)
	a, ok := refusal.Evaluation.Assessment("GATE-102")
	require.True(t, ok)
	require.Equal(t, phase.Blocking, a.Effect)
	_, ok = refusal.Evaluation.Assessment("GATE-999")
	require.False(t, ok)
}

// What the state does not allow is refused before any gate is asked.
func TestUnfit(t *testing.T) {
	zero := &journey{t: t, m: phase.MustCompile(fivePhases())}
	for _, d := range []phase.Decision{goTo("planning", day1), kill(day1), resume(day1)} {
		require.Equal(t, []string{"the life cycle has not started"}, zero.refused(d, allMet).Reasons())
	}
	j := started(t)
	require.Equal(t, []string{"the life cycle has started already"},
		j.refused(phase.Decision{Action: phase.Start, On: day1, By: "x"}, allMet).Reasons())
	require.Equal(t, []string{"the life cycle is not on hold"}, j.refused(resume(day1), allMet).Reasons())
	require.EqualError(t, j.refused(recycle("planning", day1), allMet),
		`phase: recycle from initiation to planning refused: phase "planning" was not visited yet`)
	require.ErrorIs(t, j.refused(recycle("nowhere", day1), allMet), phase.ErrUndeclared)
	require.ErrorIs(t, j.refused(reopen("end", day1), allMet), phase.ErrUndeclared)
	require.ErrorIs(t, j.refused(reopen("initiation", day1), allMet), phase.ErrRefused)
	j.to(day2, "planning", "execution", "control", "closure", phase.End)
	for _, d := range []phase.Decision{kill(day3), hold(day3), recycle("planning", day3), goTo(phase.End, day3)} {
		require.Equal(t, []string{"the life cycle is completed: reopen a phase to take it up again"}, j.refused(d, allMet).Reasons())
	}
	require.EqualError(t, j.refused(kill(day3), allMet),
		"phase: kill in closure refused: the life cycle is completed: reopen a phase to take it up again")
}

func kill(on calendar.Date) phase.Decision {
	return phase.Decision{Action: phase.Kill, On: on, By: "board", Reason: "the market is gone"}
}

func resume(on calendar.Date) phase.Decision {
	return phase.Decision{Action: phase.Resume, On: on, By: "board"}
}

func hold(on calendar.Date) phase.Decision {
	return phase.Decision{Action: phase.Hold, On: on, By: "board", Reason: "no people", Review: on.AddDays(30)}
}

func recycle(to phase.ID, on calendar.Date) phase.Decision {
	return phase.Decision{Action: phase.Recycle, To: to, On: on, By: "board", Reason: "do it over"}
}

func reopen(to phase.ID, on calendar.Date) phase.Decision {
	return phase.Decision{Action: phase.Reopen, To: to, On: on, By: "board", Cause: phase.Scaling, Reason: "twice the users"}
}

func note(on calendar.Date) phase.Decision {
	return phase.Decision{Action: phase.Note, On: on, By: "board"}
}

func TestHoldAndResume(t *testing.T) {
	j := started(t).do(hold(day2), board{"GATE-102": verdict.Failed})
	require.Equal(t, phase.OnHold, j.s.Status)
	require.False(t, j.s.ReviewOverdue(day2.AddDays(30)))
	require.True(t, j.s.ReviewOverdue(day2.AddDays(31)))
	require.Len(t, j.records[1].Snapshot, 1)
	require.Equal(t, phase.CheckFailed, j.records[1].Snapshot[0].Outcome, "what was known when it was put on hold")
	require.False(t, j.m.Allows(j.s, "initiation"))
	j.do(hold(day3), allMet).do(resume(day4), allMet)
	require.Equal(t, phase.Active, j.s.Status)
	require.Zero(t, j.s.Review)
	require.False(t, j.s.ReviewOverdue(day5))
	j.do(hold(day4), allMet).to(day5, "planning")
	require.Equal(t, phase.Active, j.s.Status, "passing the gate ends the hold")
	require.Zero(t, j.s.Review)
}

func TestRecycle(t *testing.T) {
	j := started(t).to(day2, "planning", "execution").do(recycle("planning", day3), board{"GATE-301": verdict.NotMet})
	require.Equal(t, phase.ID("planning"), j.s.Phase)
	require.Equal(t, 2, j.s.Visited("planning"))
	require.Equal(t, phase.Broken, j.m.Progress(j.s, "execution"))
	require.Equal(t, phase.Current, j.m.Progress(j.s, "planning"))
	require.Equal(t, phase.Pending, j.m.Progress(j.s, "closure"))
	require.Zero(t, j.m.Progress(j.s, "nowhere"))
	standing, _ := j.s.Standing("planning", "execution", day3)
	require.Equal(t, phase.Stale, standing)
	standing, _ = j.s.Standing("initiation", "planning", day3)
	require.Equal(t, phase.Passed, standing)
	j.do(recycle("planning", day3), allMet)
	require.Equal(t, 3, j.s.Visited("planning"), "the current phase can be done over")
	j.to(day4, "execution")
	standing, _ = j.s.Standing("planning", "execution", day4)
	require.Equal(t, phase.Passed, standing, "passing it again confirms it")
}

// A kill leads to the closure phase and is reported as premature; what is left
// to do is to close.
func TestKill(t *testing.T) {
	j := started(t).to(day2, "planning").do(hold(day2), allMet).do(kill(day3), board{"GATE-201": verdict.NotMet})
	require.Equal(t, phase.Killed, j.s.Status)
	require.Equal(t, phase.ID("closure"), j.s.Phase)
	ending, ok := j.s.Ending()
	require.True(t, ok)
	equal(t, phase.Ending{Number: 1, Seq: 4, On: day3, Phase: "planning", Premature: true}, ending)
	require.Equal(t, phase.Broken, j.m.Progress(j.s, "planning"))
	require.Equal(t, []phase.ID{"closure"}, j.m.Running(j.s))
	require.Contains(t, j.refused(hold(day3), allMet).Why, "killed")
	e := j.m.Permitted(j.s, allMet, day3)
	require.Equal(t, []phase.Action{phase.Go, phase.ConditionalGo}, e[0].Permitted)
	require.Equal(t, []phase.ID{phase.End}, j.m.Targets(j.s, phase.Go))

	j.to(day4, phase.End)
	require.Equal(t, phase.Killed, j.s.Status, "closing it properly does not undo the kill")
	require.Len(t, j.s.Endings, 1)
	require.Empty(t, j.m.Running(j.s))
	require.Equal(t, phase.Done, j.m.Progress(j.s, "closure"))
	require.ErrorIs(t, j.refused(goTo(phase.End, day4), allMet), phase.ErrRefused)
	require.Empty(t, j.m.Targets(j.s, phase.Go))
}

// A kill in the closure phase itself ends it where it is.
func TestKillInClosure(t *testing.T) {
	j := started(t).to(day2, "planning", "execution", "control", "closure").do(kill(day3), allMet)
	require.Equal(t, phase.Killed, j.s.Status)
	require.Equal(t, 1, j.s.Visited("closure"))
	require.Zero(t, j.records[len(j.records)-1].Visit)
}

// Without a gate to the end, entering an end is the end.
func TestEndsWithoutGate(t *testing.T) {
	d := fivePhases()
	d.Phases[3] = phase.Phase{ID: "launched", Role: phase.Final}
	d.Phases[4].ID = "abandoned"
	d.Transitions = d.Transitions[:3]
	d.Transitions[2].To = "launched"
	j := started(t)
	j.m = phase.MustCompile(d)
	j.to(day2, "planning", "execution")
	killed := journey{t, j.m, j.s, slices.Clone(j.records)}
	j.to(day3, "launched")
	require.Equal(t, phase.Completed, j.s.Status)
	require.Equal(t, day3, j.s.Visits[3].Left)
	require.Empty(t, j.m.Running(j.s))
	require.Contains(t, j.refused(reopen("launched", day4), allMet).Why, "no gate out")
	j.do(reopen("execution", day4), allMet).to(day5, "launched")
	require.Len(t, j.s.Endings, 2)
	require.Equal(t, int64(5), j.s.Endings[0].SupersededBy)

	killed.do(kill(day3), allMet)
	require.Equal(t, phase.Killed, killed.s.Status)
	require.Equal(t, day3, killed.s.Visits[3].Left)
	require.Empty(t, killed.m.Running(killed.s))
	killed.do(reopen("execution", day4), allMet)
	require.Equal(t, phase.Active, killed.s.Status)
	j.replays()
	killed.replays()
}

// A closure that comes early in the order does not keep later phases from being
// reopened after a kill.
func TestReopenBehindAnEarlyClosure(t *testing.T) {
	d := fivePhases()
	d.Phases = append([]phase.Phase{d.Phases[0], d.Phases[4]}, d.Phases[1:4]...)
	j := started(t)
	j.m = phase.MustCompile(d)
	j.to(day2, "planning", "execution").do(kill(day3), allMet)
	require.Equal(t, []phase.ID{"initiation", "closure", "planning", "execution"}, j.m.Targets(j.s, phase.Reopen))
	j.do(reopen("execution", day4), allMet)
	require.Equal(t, 2, j.s.Visited("execution"))
}

// Reopening opens visit n+1 with reason and approver, makes the later gates
// stale, ends exemptions and supersedes the closure report. CP-04.
func TestReopen(t *testing.T) {
	j := started(t).to(day2, "planning")
	j.do(phase.Decision{Action: phase.Note, On: day2, By: "PMO", Exemptions: []phase.Exemption{
		{Code: "GATE-302", By: "CIO", Reason: "no other systems to integrate"}}}, allMet)
	j.to(day2, "execution", "control", "closure", phase.End)
	j.do(reopen("execution", day4), allMet)
	equal(t, []phase.Ending{{Number: 1, Seq: 7, On: day2, Phase: "closure", SupersededBy: 8, SupersededOn: day4}}, j.s.Endings)
	require.Equal(t, phase.Active, j.s.Status)
	require.Empty(t, j.s.Exemptions)
	equal(t, phase.Visit{
		Phase: "execution", Number: 2, Entered: day4, Action: phase.Reopen, Seq: 8,
		Cause: phase.Scaling, Reason: "twice the users", By: "board",
	}, j.s.Visits[5])
	for _, way := range [][2]phase.ID{{"execution", "control"}, {"control", "closure"}, {"closure", phase.End}} {
		before, _ := j.s.Standing(way[0], way[1], day3)
		require.Equal(t, phase.Passed, before, "it was good until then")
		standing, why := j.s.Standing(way[0], way[1], day4)
		require.Equal(t, phase.Stale, standing)
		require.Equal(t, []string{"work before it was opened again on 2027-04-10 (record 8)"}, why)
	}
	require.Equal(t, phase.Done, j.m.Progress(j.s, "planning"))
	require.Equal(t, phase.Undone, j.m.Progress(j.s, "control"))
	e := j.m.Permitted(j.s, board{"GATE-302": verdict.NotMet}, day4)[0]
	require.Equal(t, []verdict.Code{"GATE-302"}, e.Blocking, "the exemption is over")
	j.to(day5, "control", "closure", phase.End)
	require.Equal(t, phase.Completed, j.s.Status)
	require.Equal(t, 2, j.s.Visited("closure"))
	j.do(reopen("closure", day5), allMet)
	require.Equal(t, 3, j.s.Visited("closure"), "the report is written again")
	j.replays()
}

// A running project reopens an earlier phase too.
func TestReopenWhileRunning(t *testing.T) {
	j := started(t).to(day2, "planning", "execution").do(reopen("planning", day3), allMet)
	require.Equal(t, phase.ID("planning"), j.s.Phase)
	require.Equal(t, phase.Reopen, j.s.Visits[2].Exit)
	require.Contains(t, j.refused(reopen("planning", day3), allMet).Why, "recycle does it over")
	require.Contains(t, j.refused(reopen("execution", day3), allMet).Why, "lies ahead")
}

// A phase that was left over a stale gate cannot be slipped back into: the gate
// that led there must be confirmed first.
func TestNoWayAroundAStaleGate(t *testing.T) {
	d := fivePhases()
	d.Transitions = append(d.Transitions, phase.Transition[board]{From: "initiation", To: "execution", Name: "Fast track"})
	j := started(t)
	j.m = phase.MustCompile(d)
	j.to(day2, "planning").do(recycle("initiation", day2), allMet).to(day2, "execution").do(recycle("planning", day3), allMet)
	e := j.m.Permitted(j.s, allMet, day3)[0]
	require.Equal(t, phase.Refused, e.Outcome)
	require.Equal(t, []phase.Action{phase.Hold, phase.Recycle, phase.Kill}, e.Permitted)
	require.Equal(t, phase.Stale, e.Obstacles[0].Standing)
	require.ErrorIs(t, j.refused(goTo("execution", day3), allMet), phase.ErrRefused)

	confirm := goTo("planning", day3)
	confirm.From = "initiation"
	require.ErrorIs(t, j.refused(confirm, board{"GATE-101": verdict.NotMet}), phase.ErrRefused)
	j.do(confirm, allMet)
	require.Equal(t, phase.ID("planning"), j.s.Phase, "nothing moved")
	require.Equal(t, 2, j.s.Visited("planning"))
	j.to(day3, "execution")
	j.replays()
}

// A declared way back is a gate like any other, and opens the phase again.
func TestDeclaredWayBack(t *testing.T) {
	d := fivePhases()
	d.Transitions = append(d.Transitions, phase.Transition[board]{From: "control", To: "execution", Name: "Next wave"})
	j := started(t)
	j.m = phase.MustCompile(d)
	for range 3 {
		j.to(day2, planTo(j.s)...)
		j.to(day2, "execution")
	}
	require.Equal(t, 4, j.s.Visited("execution"))
	standing, _ := j.s.Standing("execution", "control", day2)
	require.Equal(t, phase.Stale, standing)
	standing, _ = j.s.Standing("control", "execution", day2)
	require.Equal(t, phase.Passed, standing)
	j.to(day3, "control", "closure", phase.End)
	j.replays()
}

func planTo(s phase.State) []phase.ID {
	if s.Visited("execution") == 0 {
		return []phase.ID{"planning", "execution", "control"}
	}
	return []phase.ID{"control"}
}

// Nothing that is passed in is changed, and nothing that comes out is shared.
func TestDecideSharesNothing(t *testing.T) {
	d := conditional("planning", day2, "C-1")
	d.Waivers = []verdict.Waiver{waiver("GATE-101", day1, day3)}
	d.Exemptions = []phase.Exemption{{Code: "GATE-102", By: "CIO", Reason: "none"}}
	facts := board{"GATE-101": verdict.NotMet, "GATE-102": verdict.NotMet}
	j := started(t)
	s0 := j.s
	j.do(d, facts)
	want, wantRec := j.s, j.records[1]
	again := started(t).do(d, facts)
	d.Conditions[0].Text, d.Waivers[0].By, d.Exemptions[0].By = "x", "x", "x"
	equal(t, again.s, want)
	equal(t, again.records[1], wantRec)

	next := *j
	next.records = slices.Clone(j.records)
	next.do(phase.Decision{Action: phase.Note, On: day2, By: "PM", Fulfilled: []phase.Fulfilment{{ID: "C-1"}}}, allMet)
	next.do(recycle("planning", day2), allMet)
	next.s.Visits[0].Reason, next.s.Waivers[0].By, next.s.Passes[0].Waived[0].Subjects[0] = "x", "x", "x"
	next.s.Passes[0].Conditions[0].Owner = "x"
	equal(t, again.s, j.s)
	equal(t, again.records[1], j.records[1])
	equal(t, started(t).s, s0)
	j.records[1].Decision.Waivers[0].By = "y"
	equal(t, again.s, j.s)
}

func TestReportsKeepTheFindings(t *testing.T) {
	j := started(t)
	e := j.m.Evaluate(j.s, "initiation", "planning", board{"GATE-103": verdict.NotMet, "GATE-104": verdict.NotApplicable}, day1)
	a, _ := e.Assessment("GATE-103")
	require.Equal(t, phase.Lacking, a.Effect)
	require.Len(t, a.Findings, 1)
	require.Equal(t, "make it", a.Findings[0].Remedy)
	b, _ := e.Assessment("GATE-104")
	require.Equal(t, "five phases", b.By, "the life cycle approves what its own rules say")
	require.Equal(t, "no such thing here", b.Reason)
	require.Empty(t, cmp.Diff(ratio.Int(0), e.Score, cmpopts.EquateComparable(ratio.Ratio{})))
}
