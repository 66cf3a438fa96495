package audit_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/audit"
	"github.com/crmrollout/crm/crmproject"
	"github.com/crmrollout/crm/crmproject/phase"
	"github.com/crmrollout/crm/crmproject/projecttest"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// TestExplain: what is missing on the way to closure, gate by gate.
func TestExplain(t *testing.T) {
	d, _ := at("planning")
	d.Project.Selection.Chosen, d.Project.Waves[1].Live, d.Project.Issues[0].Resolved = "", 0, 0
	d.Project.Waves[0].Exit[0].Done = 0
	x, err := d.Explain("closure", day(closureDay))
	require.NoError(t, err)
	require.Equal(t, phase.Forward, x.Way)
	require.False(t, x.Ready())
	var gates []string
	for _, line := range x.Remaining() {
		words := strings.Fields(line)
		gates = append(gates, strings.Join(words[:3], " "))
	}
	require.Equal(t, []string{
		"Plan gate: GATE-104", "Launch gate: GATE-201", "Launch gate: GATE-205", "Completion gate: GATE-301", "Completion gate: GATE-304",
	}, slices.Compact(gates))

	d, on := at("planning")
	x, err = d.Explain("execution", on)
	require.NoError(t, err)
	require.True(t, x.Ready(), "%v", x.Remaining())
	x, err = d.Explain("nowhere", on)
	require.NoError(t, err)
	require.Equal(t, phase.NoWay, x.Way)
}

// TestDecideRefuses: a decision that cannot be made names everything against it,
// and changes nothing.
func TestDecideRefuses(t *testing.T) {
	d, on := at("planning")
	d.Project.Selection.Chosen, d.Project.Resources[0].Assigned = "", 0
	before := encoded(t, d)
	next, err := d.Decide(phase.Decision{Action: phase.Go, To: "execution", On: on, By: "CEO"})
	require.Nil(t, next)
	var refused *phase.RefusedError
	require.ErrorAs(t, err, &refused)
	require.ErrorIs(t, err, phase.ErrRefused)
	require.Equal(t, []verdict.Code{"GATE-104", "GATE-108"}, refused.Evaluation.Blocking)
	_, err = d.Decide(phase.Decision{Action: phase.Go, To: "closure", On: on, By: "CEO"})
	require.ErrorIs(t, err, phase.ErrUndeclared)
	_, err = d.Decide(phase.Decision{Action: phase.Go, To: "execution"})
	require.Equal(t, []string{"decision.on: missing", "decision.by: missing"}, lines(err))
	require.Equal(t, string(before), string(encoded(t, d)))

	passed, err := d.Decide(phase.Decision{
		Action: phase.ConditionalGo, To: "execution", On: on, By: "CEO",
		Waivers: []verdict.Waiver{
			{Code: "GATE-104", By: "CEO", Reason: "the contract is being signed", From: on, Until: on + 14},
			{Code: "GATE-108", By: "CEO", Reason: "people come back from leave", From: on, Until: on + 14},
		},
		Conditions: []phase.Condition{{ID: "C-1", Text: "sign the contract", Owner: "S-2", Due: on + 14}},
	})
	require.NoError(t, err)
	require.EqualValues(t, "execution", passed.Project.State.Phase)
	require.Len(t, passed.Project.Decisions, len(d.Project.Decisions)+1)
	require.Equal(t, string(before), string(encoded(t, d)), "d is as it was")
	require.NoError(t, passed.Validate())
}

func lines(err error) []string {
	var all []string
	for _, f := range verdict.FaultsOf(err) {
		all = append(all, f.Error())
	}
	return all
}

// TestDecisionsDoNotShare: two decisions from one dossier do not see each other.
func TestDecisionsDoNotShare(t *testing.T) {
	d, on := at("planning")
	a, err := d.Decide(phase.Decision{Action: phase.Hold, On: on, By: "CEO", Review: on + 30, Reason: "money"})
	require.NoError(t, err)
	b, err := d.Decide(phase.Decision{Action: phase.Go, To: "execution", On: on, By: "CEO"})
	require.NoError(t, err)
	last := len(d.Project.Decisions)
	require.Equal(t, phase.Hold, a.Project.Decisions[last].Decision.Action)
	require.Equal(t, phase.Go, b.Project.Decisions[last].Decision.Action)
}

// TestReplay: the records of the project give its state back (CP-04).
func TestReplay(t *testing.T) {
	d := after(len(history()))
	machine, err := d.Machine()
	require.NoError(t, err)
	state, err := machine.Replay(slices.Values(d.Project.Decisions))
	require.NoError(t, err)
	require.Equal(t, d.Project.State, state)
	require.NoError(t, machine.Check(state))
	require.Equal(t, 2, state.Visited("execution"))
	visit, _ := state.LastVisit("execution")
	require.Equal(t, phase.NewFeature, visit.Cause)
	require.Equal(t, phase.Completed, state.Status)
}

func TestNoGate(t *testing.T) {
	d := sample()
	gates, err := d.Gates(today)
	require.NoError(t, err)
	require.Empty(t, gates)
	_, err = d.Gate(today)
	require.ErrorIs(t, err, audit.ErrNoGate)
	require.EqualError(t, err, `audit: phase "": no gate leads out of the current phase`)
}

// TestTemplates: every built-in life cycle gets gates that ask, on its way, for
// everything the five stages ask for, once and in order (CP-05).
func TestTemplates(t *testing.T) {
	var all []verdict.Code
	for _, rule := range audit.GateRules() {
		all = append(all, rule.Code)
	}
	for _, cycle := range crmproject.Templates() {
		t.Run(cycle.Outline.Name, func(t *testing.T) {
			gated := audit.WithGates(cycle)
			require.NoError(t, gated.Validate())
			var asked []verdict.Code
			for i, edge := range gated.Outline.Transitions {
				from, _ := cycle.Stage(edge.From)
				to, _ := cycle.Stage(edge.To)
				require.Equal(t, from == to, len(edge.Criteria) == 0)
				require.Equal(t, len(edge.Criteria) > 0, edge.Name != "" && edge.Threshold == ratio.New(3, 5))
				require.Empty(t, cycle.Outline.Transitions[i].Criteria, "the template itself is not changed")
				for _, term := range edge.Criteria {
					asked = append(asked, term.Code)
				}
			}
			require.Equal(t, all, asked)
			require.Equal(t, gated, audit.WithGates(gated), "gates that are there stay")

			d := finished()
			d.Project.Lifecycle = cycle
			definition, err := audit.Bind(d.Cycle())
			require.NoError(t, err)
			machine, err := phase.Compile(definition)
			require.NoError(t, err)
			require.Equal(t, gated.Outline, machine.Outline())
		})
	}
}

// walkThrough takes a sound project through a life cycle, each gate on the last
// day, and returns the phases.
func walkThrough(t *testing.T, d *audit.Dossier, extra ...verdict.Rule[audit.Facts]) []phase.ID {
	t.Helper()
	d, err := d.Decide(phase.Decision{Action: phase.Start, On: day(endDay), By: "CEO"}, extra...)
	require.NoError(t, err)
	var visited []phase.ID
	for d.Project.State.Status == phase.Active {
		visited = append(visited, d.Project.State.Phase)
		g, err := d.Gate(day(endDay), extra...)
		require.NoError(t, err)
		require.NoError(t, g.Err())
		d, err = d.Decide(phase.Decision{Action: phase.Go, To: g.To, On: day(endDay), By: "CEO"}, extra...)
		require.NoError(t, err)
	}
	return visited
}

// TestTemplatesRun: a sound project passes the gates of every template, also of one
// that lacks a stage.
func TestTemplatesRun(t *testing.T) {
	short, ok := crmproject.FivePhases().Without("control")
	require.True(t, ok)
	short.Outline.Name = "short"
	for _, cycle := range append(crmproject.Templates(), short) {
		d := sample()
		d.Project.Lifecycle = cycle
		for _, p := range cycle.Outline.Phases {
			d.Project.Milestones = append(d.Project.Milestones, crmproject.Milestone{ID: "M-" + string(p.ID), Phase: string(p.ID), Due: day(endDay)})
		}
		visited := walkThrough(t, d)
		require.Len(t, visited, len(cycle.Outline.Phases), cycle.Outline.Name)
	}
}

// TestStageThatIsNotThere: a life cycle without planning is asked as if it had it,
// and not for the phases of another.
func TestStageThatIsNotThere(t *testing.T) {
	cycle := crmproject.FivePhases()
	for _, id := range []phase.ID{"planning", "execution"} {
		cycle, _ = cycle.Without(id)
	}
	cycle.Outline.Name = "upgrade"
	d := finished()
	d.Project.Lifecycle = cycle
	d.Project.Milestones = d.Project.Milestones[3:]
	outcome, findings := ruleOf(t, "GATE-105").Run(d.Facts(today))
	require.Equal(t, verdict.Met, outcome.Status, "%v", findings)
	d.Project.Charter.ApprovedOn = 0
	outcome, _ = ruleOf(t, "GATE-001").Run(d.Facts(today))
	require.Equal(t, verdict.NotMet, outcome.Status)
}

// TestTwoWaysOut: two ways out of a phase get gates that can be told apart; the
// one that skips stages asks for all that lies between.
func TestTwoWaysOut(t *testing.T) {
	cycle := crmproject.FivePhases()
	cycle.Outline.Transitions = append(cycle.Outline.Transitions, phase.Edge{From: "execution", To: "closure"}, phase.Edge{From: "control", To: "execution"})
	d, on := at("execution")
	d.Project.Lifecycle = cycle
	gates, err := d.Gates(on)
	require.NoError(t, err)
	require.Len(t, gates, 2)
	require.Equal(t, "Launch gate", gates[0].Label())
	require.Equal(t, "execution → closure", gates[1].Label())
	require.Len(t, gates[1].Criteria, 13)
	back := audit.WithGates(cycle).Outline.Transitions[6]
	require.Empty(t, back.Criteria, "no gate on the way back")
}

// own is a rule of the user's: it asks for the works council.
func own(code verdict.Code) verdict.Rule[audit.Facts] {
	return verdict.Rule[audit.Facts]{
		Code: code, Title: "The works council has agreed", Why: "It can stop the launch.", Severity: verdict.Major,
		Check: func(f audit.Facts, r *verdict.Reporter) {
			for _, s := range f.Dossier.Project.Acceptance {
				if s.Deliverable == "works agreement" && s.Signed(f.AsOf) {
					return
				}
			}
			r.Find("project.acceptance", "The works council has not agreed.", "Ask it.")
		},
	}
}

// CP-44: a project adds a criterion with a rule of its own.
func TestOwnCriterion(t *testing.T) {
	d, on := at("planning")
	cycle, ok := d.Cycle().Require("planning", "execution", phase.Term{Code: "OWN-001", Need: phase.Must})
	require.True(t, ok)
	d.Project.Lifecycle = cycle
	require.NoError(t, d.Validate())
	rule := own("OWN-001")

	for _, ask := range []func(extra ...verdict.Rule[audit.Facts]) error{
		func(extra ...verdict.Rule[audit.Facts]) error { _, err := d.Machine(extra...); return err },
		func(extra ...verdict.Rule[audit.Facts]) error { _, err := d.Gates(on, extra...); return err },
		func(extra ...verdict.Rule[audit.Facts]) error { _, err := d.Gate(on, extra...); return err },
		func(extra ...verdict.Rule[audit.Facts]) error {
			_, err := d.Explain("closure", on, extra...)
			return err
		},
		func(extra ...verdict.Rule[audit.Facts]) error { _, err := d.Status(on, extra...); return err },
		func(extra ...verdict.Rule[audit.Facts]) error {
			_, err := d.Decide(phase.Decision{Action: phase.Note, On: on, By: "CEO", Exemptions: []phase.Exemption{{Code: "OWN-001", By: "CEO", Reason: "no works council"}}}, extra...)
			return err
		},
	} {
		require.NoError(t, ask(rule))
		err := ask() // nobody has told what OWN-001 is
		require.ErrorIs(t, err, verdict.ErrUnknown)
		require.Equal(t, "project.lifecycle.outline.transitions[1].criteria[11].code", verdict.FaultsOf(err)[0].Path)
	}

	g, err := d.Gate(on, rule)
	require.NoError(t, err)
	require.Equal(t, []verdict.Code{"OWN-001"}, g.Blocking)
	status, err := d.Status(on, rule)
	require.NoError(t, err)
	require.Equal(t, "Ask it.", status.Next[0].What)

	d.Project.Acceptance = append(d.Project.Acceptance, crmproject.SignOff{ID: "AC-2", Deliverable: "works agreement", By: "S-3", On: on})
	next, err := d.Decide(phase.Decision{Action: phase.Go, To: "execution", On: on, By: "CEO"}, rule)
	require.NoError(t, err)
	require.EqualValues(t, "execution", next.Project.State.Phase)
}

// TestOwnRuleOutranks: a rule of the user's takes the place of the built-in one of
// its code; a criterion may name any built-in rule.
func TestOwnRuleOutranks(t *testing.T) {
	d, on := at("planning")
	g, err := d.Gate(on, own("GATE-108"))
	require.NoError(t, err)
	require.Equal(t, []verdict.Code{"GATE-108"}, g.Blocking)
	a, _ := g.Assessment("GATE-108")
	require.Equal(t, "The works council has agreed", a.Title)

	cycle, _ := d.Cycle().Require("planning", "execution", phase.Term{Code: "RISK-002", Need: phase.Should, Weight: 95})
	d.Project.Lifecycle, d.Risks.Plan.Manager = cycle, ""
	g, err = d.Gate(on)
	require.NoError(t, err)
	require.True(t, g.Below)
	_, err = audit.Bind(cycle, own("OWN-001"), own("OWN-001"))
	require.ErrorIs(t, err, verdict.ErrDuplicate)
}

func TestLifecycleFaultsAreLocated(t *testing.T) {
	d := finished()
	d.Project.Lifecycle = crmproject.FivePhases()
	d.Project.Lifecycle.Outline.Transitions[2].To = "control"
	d.Project.Lifecycle.Outline.Transitions[3].Criteria = []phase.Term{{Code: "GATE-999", Need: phase.Must}}
	_, err := d.Machine()
	require.Equal(t, "project.lifecycle.outline.transitions[3].criteria[0].code", verdict.FaultsOf(err)[0].Path)
	d.Project.Lifecycle.Outline.Transitions[3].Criteria = nil
	d.Project.Lifecycle.Outline.Transitions[3].Threshold = ratio.Int(2)
	d.Project.Lifecycle.Outline.Transitions[3].Criteria = []phase.Term{{Code: "GATE-301", Need: phase.Must}}
	_, err = d.Machine()
	require.ErrorIs(t, err, phase.ErrShut)
}

// TestLifecycleKit takes projects through the bound life cycle, every way that
// there is.
func TestLifecycleKit(t *testing.T) {
	t.Parallel()
	facts := make([]audit.Facts, 0, 3)
	for _, d := range []*audit.Dossier{finished(), bare(""), ruined()} {
		d.Project.Decisions = nil
		facts = append(facts, d.Facts(day(endDay)))
	}
	for _, cycle := range []crmproject.Lifecycle{crmproject.FivePhases(), crmproject.IdeaToControl()} {
		definition, err := audit.Bind(audit.WithGates(cycle))
		require.NoError(t, err)
		require.NoError(t, projecttest.TestLifecycle(definition, facts...), cycle.Outline.Name)
	}
}

// TestStateAgainstDecisions: the decisions on file must lead to the state on
// file.
func TestStateAgainstDecisions(t *testing.T) {
	d := finished()
	require.NoError(t, d.Validate())
	d.Project.State.Visits[0].Reason = "rewritten"
	require.ErrorIs(t, d.Validate(), verdict.ErrInvalid)
	require.ErrorContains(t, d.Validate(), "project.state: invalid: the decisions lead to another state")
	d = finished()
	d.Project.Decisions = append(d.Project.Decisions[:2:2], d.Project.Decisions[3:]...)
	require.ErrorContains(t, d.Validate(), "project.decisions: ")
	d = finished()
	d.Project.Decisions, d.Project.State.Visits = nil, nil
	require.ErrorContains(t, d.Validate(), "project.state.")

	// A state that only names the phase is taken as it is; rules of the caller's own
	// are taken on trust.
	byHand := bare("planning")
	require.NoError(t, byHand.Validate())
	own := finished()
	own.Project.Lifecycle = own.Cycle()
	own.Project.Lifecycle, _ = own.Project.Lifecycle.Require("initiation", "planning", phase.Term{Code: "OWN-001", Need: phase.Must})
	own.Project.Decisions = nil
	require.NoError(t, own.Validate())
}
