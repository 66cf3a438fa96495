package phase_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/phase"
	"github.com/crmrollout/crm/crmproject/verdict"
)

func TestExplainForward(t *testing.T) {
	j := started(t)
	facts := board{"GATE-102": verdict.NotMet, "GATE-201": verdict.Unassessed, "GATE-303": verdict.NotMet}
	x := j.m.Explain(j.s, "control", facts, day2)
	require.Equal(t, phase.Forward, x.Way)
	require.Len(t, x.Steps, 3)
	require.False(t, x.Ready())
	require.Equal(t, []string{
		"Gate 1: GATE-102 Title of GATE-102: not met: thing: it is missing",
		"Gate 2: GATE-201 Title of GATE-201: unassessed: nobody looked",
	}, x.Remaining())
	require.True(t, j.m.Explain(j.s, "closure", allMet, day2).Ready())
	require.Empty(t, j.m.Explain(j.s, phase.End, allMet, day2).Remaining())
	equal(t, x, throughJSON(t, x))
}

// What closes the first gate besides its criteria is told; the gates after it
// are looked at as if it had been passed.
func TestExplainShowsObstacles(t *testing.T) {
	j := started(t).do(conditional("planning", day2, "C-1"), allMet)
	x := j.m.Explain(j.s, "control", allMet, day3)
	require.Equal(t, []string{
		`Gate 2: the gate from initiation to planning is lapsed: condition "C-1" of "PM" was due on 2027-03-02 and is not fulfilled: bring the paper`,
	}, x.Remaining())
	require.Empty(t, x.Steps[1].Obstacles)
}

func TestExplainOtherWays(t *testing.T) {
	j := started(t)
	ask := func(id phase.ID) phase.Explanation { return j.m.Explain(j.s, id, allMet, day4) }
	require.Equal(t, phase.Arrived, ask("initiation").Way)
	require.Empty(t, ask("initiation").Remaining())
	require.Equal(t, []string{`the life cycle has no phase "nowhere"`}, ask("nowhere").Remaining())
	require.Equal(t, phase.NoWay, j.m.Explain(phase.State{}, "planning", allMet, day1).Way)
	j.to(day2, "planning", "execution")
	require.Equal(t, phase.Return, ask("planning").Way)
	require.False(t, ask("planning").Ready())
	j.do(kill(day3), allMet)
	require.Equal(t, phase.Forward, ask(phase.End).Way, "a killed project is still brought to its end")
	require.Equal(t, phase.NoWay, ask("control").Way)
	require.Equal(t, []string{"the project was killed: reopen a phase to take it up again"}, ask("control").Remaining())
	require.Equal(t, phase.Return, ask("execution").Way)
	j.to(day3, phase.End)
	require.Equal(t, phase.NoWay, ask(phase.End).Way)
}

// A target that the transitions do not lead to is said to be out of reach.
func TestExplainUnreachable(t *testing.T) {
	d := fivePhases()
	d.Phases[3].Role = phase.Final
	d.Transitions = append(d.Transitions[:3:3], phase.Transition[board]{From: "initiation", To: "closure"})
	j := started(t)
	j.m = phase.MustCompile(d)
	j.to(day2, "planning")
	x := j.m.Explain(j.s, "closure", allMet, day2)
	require.Equal(t, phase.NoWay, x.Way)
	require.Equal(t, []string{`no transitions lead from "planning" to "closure"`}, x.Remaining())
}

// Of several ways it takes a shortest, and of those the one declared first.
func TestExplainShortest(t *testing.T) {
	d := fivePhases()
	d.Transitions = append(d.Transitions,
		phase.Transition[board]{From: "initiation", To: "execution", Name: "Fast track"},
		phase.Transition[board]{From: "planning", To: "control", Name: "No execution"},
		phase.Transition[board]{From: "control", To: "initiation", Name: "Start over"},
	)
	j := started(t)
	j.m = phase.MustCompile(d)
	labels := func(to phase.ID) (out []string) {
		for _, e := range j.m.Explain(j.s, to, allMet, day2).Steps {
			out = append(out, e.Label())
		}
		return out
	}
	require.Equal(t, []string{"Fast track"}, labels("execution"))
	require.Equal(t, []string{"Gate 1", "No execution"}, labels("control"), "declared before the fast track")
}

func TestTargets(t *testing.T) {
	m := phase.MustCompile(fivePhases())
	var zero phase.State
	require.Equal(t, []phase.ID{"initiation"}, m.Targets(zero, phase.Start))
	for _, a := range []phase.Action{phase.Go, phase.Recycle, phase.Kill, phase.Reopen, phase.Hold} {
		require.Empty(t, m.Targets(zero, a))
	}
	j := started(t).to(day2, "planning", "execution")
	require.Equal(t, []phase.ID{"control"}, m.Targets(j.s, phase.Go))
	require.Equal(t, []phase.ID{"control"}, m.Targets(j.s, phase.ConditionalGo))
	require.Equal(t, []phase.ID{"initiation", "planning", "execution"}, m.Targets(j.s, phase.Recycle))
	require.Equal(t, []phase.ID{"initiation", "planning"}, m.Targets(j.s, phase.Reopen))
	require.Equal(t, []phase.ID{"closure"}, m.Targets(j.s, phase.Kill))
	require.Empty(t, m.Targets(j.s, phase.Note))
	require.Empty(t, m.Targets(j.s, phase.Start))
	j.to(day2, "control", "closure")
	require.Equal(t, []phase.ID{phase.End}, m.Targets(j.s, phase.Go))
	j.to(day2, phase.End)
	require.Empty(t, m.Targets(j.s, phase.Go))
	require.Len(t, m.Targets(j.s, phase.Reopen), 5)
}

// Monitoring and control runs in any open phase and stays in its place.
func TestContinuousPhase(t *testing.T) {
	j := started(t)
	require.Empty(t, j.m.Running(phase.State{}))
	require.Equal(t, []phase.ID{"initiation", "control"}, j.m.Running(j.s))
	require.Equal(t, phase.Pending, j.m.Progress(j.s, "control"), "running along is not being there")
	require.False(t, j.m.Allows(j.s, "execution"))
	require.False(t, j.m.Allows(j.s, "nowhere"))
	j.do(hold(day2), allMet)
	require.Equal(t, []phase.ID{"control"}, j.m.Running(j.s))
	j.to(day2, "planning", "execution", "control")
	require.Equal(t, []phase.ID{"control"}, j.m.Running(j.s))
	j.to(day2, "closure")
	require.Equal(t, []phase.ID{"control", "closure"}, j.m.Running(j.s))
	j.to(day2, phase.End)
	require.Empty(t, j.m.Running(j.s))
}

// Permitted lists the closed gates with their reasons beside the open ones.
func TestPermitted(t *testing.T) {
	d := fivePhases()
	d.Transitions = append(d.Transitions, phase.Transition[board]{
		From: "initiation", To: "execution", Criteria: []phase.Criterion[board]{criterion("FAST-001", phase.Must, 0)}})
	j := started(t)
	j.m = phase.MustCompile(d)
	edges := j.m.Permitted(j.s, board{"FAST-001": verdict.NotMet}, day2)
	require.Len(t, edges, 2)
	require.Equal(t, "Gate 1", edges[0].Label())
	require.Equal(t, phase.Open, edges[0].Outcome)
	require.Empty(t, edges[0].Reasons())
	require.Equal(t, "initiation → execution", edges[1].Label())
	require.Equal(t, []string{"FAST-001 Title of FAST-001: not met: thing: it is missing"}, edges[1].Reasons())
	require.Empty(t, j.m.Permitted(phase.State{}, allMet, day2))
	require.Equal(t, []string{"the life cycle has not started"},
		j.m.Evaluate(phase.State{}, "initiation", "planning", allMet, day2).Reasons())
	_, ok := j.m.Gate("closure", "initiation")
	require.False(t, ok)
	require.Equal(t, "initiation → execution", j.m.Outline().Transitions[5].Label())
}
