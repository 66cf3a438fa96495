package audit_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/audit"
	"github.com/crmrollout/crm/crmproject"
	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/money"
	"github.com/crmrollout/crm/crmproject/objective"
	"github.com/crmrollout/crm/crmproject/phase"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/risk"
	"github.com/crmrollout/crm/scope"
	"github.com/crmrollout/crm/stakeholder"
)

// brokenGates breaks each criterion of each gate alone, and says where it is then
// found.
var brokenGates = []struct {
	code    verdict.Code
	subject string
	breakIt func(*audit.Dossier)
}{
	{"GATE-001", "project.charter.scope", func(d *audit.Dossier) { d.Project.Charter.Scope = "" }},
	{"GATE-001", "project.charter.approvedOn", func(d *audit.Dossier) { d.Project.Charter.ApprovedOn = day(charterDay) + 1 }},
	{"GATE-002", "scope.statement.goals.objectives[O-1]", func(d *audit.Dossier) {
		d.Scope.Statement.Goals.Objectives[0] = objective.Objective{ID: "O-1", Text: "improve relations with customers"}
	}},
	{"GATE-002", "scope.statement.goals.objectives", func(d *audit.Dossier) { d.Scope.Statement.Goals.Objectives = nil }},
	{"GATE-003", "project.needs", func(d *audit.Dossier) { d.Project.Needs = d.Project.Needs[:1] }},
	{"GATE-003", "project.situation.why", func(d *audit.Dossier) { d.Project.Situation.Why = "" }},
	{"GATE-004", "project.team.sponsor", func(d *audit.Dossier) { d.Project.Team.Sponsor = "" }},
	{"GATE-005", "project.feasibility.decision", func(d *audit.Dossier) { d.Project.Feasible.Decision = crmproject.NoGo }},
	{"GATE-006", "stakeholders.register.stakeholders", func(d *audit.Dossier) {
		d.Stakeholders.Register.Stakeholders = d.Stakeholders.Register.Stakeholders[:5]
	}},
	{"GATE-007", "project.vision", func(d *audit.Dossier) { d.Project.Vision = "" }},
	{"GATE-008", "risks.risks[K-1].owner", func(d *audit.Dossier) { d.Risks.Risks[0].Owner = "" }},

	{"GATE-101", "scope.statement.scope", func(d *audit.Dossier) { d.Scope.Statement.Scope.Features = nil }},
	{"GATE-101", "scope.statement.goals", func(d *audit.Dossier) { d.Scope.Statement.Goals.Business = nil }},
	{"GATE-101", "scope.statement.timeline", func(d *audit.Dossier) { d.Scope.Statement.Timeline.Milestones = nil }},
	{"GATE-101", "scope.statement.users", func(d *audit.Dossier) { d.Scope.Statement.Users.Roles = nil }},
	{"GATE-101", "scope.statement.migration", func(d *audit.Dossier) { d.Scope.Statement.Migration = scope.Migration{} }},
	{"GATE-101", "scope.statement.notApplicable[timeline]", func(d *audit.Dossier) {
		d.Scope.Statement.NotApplicable = []scope.Exemption{{Component: scope.ComponentTimeline, Rationale: "we are fast"}}
	}},
	{"GATE-101", "scope.statement", func(d *audit.Dossier) {
		d.Scope.Scheme = scope.DefaultScheme()
		d.Scope.Scheme.Threshold = ratio.Int(1)
		d.Scope.Statement.Scope.Exclusions = nil
	}},
	{"GATE-102", "risks.risks[K-1].responses", func(d *audit.Dossier) {
		d.Risks.Risks[0].Responses, d.Risks.Risks[0].Assessments[1].Likelihood, d.Risks.Risks[0].Assessments[1].Impact = nil, "high", "high"
	}},
	{"GATE-103", "stakeholders.raci.activities[Charter]", func(d *audit.Dossier) { d.Stakeholders.RACI.Activities[0].Cells["Manager"] = "A/R" }},
	{"GATE-104", "project.selection.chosen", func(d *audit.Dossier) { d.Project.Selection.Chosen = "" }},
	{"GATE-104", "project.selection.reason", func(d *audit.Dossier) { d.Project.Selection.Chosen = "borealis" }},
	{"GATE-105", "project.activities[A-EX-2].owner", func(d *audit.Dossier) { d.Project.Activities[11].Owner = "" }},
	{"GATE-105", "project.milestones", func(d *audit.Dossier) { d.Project.Milestones = d.Project.Milestones[:4] }},
	{"GATE-106", "project.budget.total", func(d *audit.Dossier) { d.Project.Budget.Contingency = eur("15000.01") }},
	{"GATE-107", "stakeholders.register.plan[COM-3].owner", func(d *audit.Dossier) { d.Stakeholders.Register.Plan[2].Owner = "" }},
	{"GATE-108", "project.resources[PD-1]", func(d *audit.Dossier) { d.Project.Resources[0].Assigned = 119 }},
	{"GATE-109", "indicators.measures", func(d *audit.Dossier) { d.Indicators.Measures = d.Indicators.Measures[:1] }},
	{"GATE-109", "indicators.measures[K-O-1].target.baseline", func(d *audit.Dossier) { d.Indicators.Measures[0].Target.Baseline = ratio.Ratio{} }},
	{"GATE-110", "project.team", func(d *audit.Dossier) { d.Project.Team.Departments = append(d.Project.Team.Departments, "finance") }},
	{"GATE-111", "stakeholders.register.stakeholders[S-1].buyIn", func(d *audit.Dossier) { d.Stakeholders.Register.Stakeholders[0].BuyIn = 0 }},

	{"GATE-201", "project.waves[W-2]", func(d *audit.Dossier) { d.Project.Waves[1].Live = 0 }},
	{"GATE-201", "project.waves[W-2].entry[0]", func(d *audit.Dossier) { d.Project.Waves[1].Entry[0].Done = 0 }},
	{"GATE-202", "project.migrations[MI-2]", func(d *audit.Dossier) { d.Project.Migrations[1].Accuracy = ratio.New(97, 100) }},
	{"GATE-202", "project.migrations", func(d *audit.Dossier) { d.Project.Migrations = d.Project.Migrations[:1] }},
	{"GATE-203", "project.build[B-3]", func(d *audit.Dossier) { d.Project.Build[2].Tested = 0 }},
	{"GATE-204", "project.waves", func(d *audit.Dossier) { d.Project.Waves[0].Groups[0].Trained-- }},
	{"GATE-205", "project.issues[I-1]", func(d *audit.Dossier) { d.Project.Issues[0].Resolved = 0 }},
	{"GATE-206", "project.routines", func(d *audit.Dossier) { d.Project.Routines = d.Project.Routines[:5] }},
	{"GATE-207", "stakeholders.register.plan[COM-3]", func(d *audit.Dossier) {
		d.Stakeholders.Register.Contacts = slices.DeleteFunc(d.Stakeholders.Register.Contacts, func(c stakeholder.Contact) bool { return c.Communication == "COM-3" })
	}},

	{"GATE-301", "project.waves[W-1].exit[0]", func(d *audit.Dossier) { d.Project.Waves[0].Exit[0].Done = 0 }},
	{"GATE-302", "indicators.measures[K-O-2]", func(d *audit.Dossier) { d.Indicators.Measures[1].History = d.Indicators.Measures[1].History[:3] }},
	{"GATE-303", "project.routines[RO-training]", func(d *audit.Dossier) { d.Project.Routines[4].Runs = nil }},
	{"GATE-304", "project.issues[I-1]", func(d *audit.Dossier) { d.Project.Issues[0].Resolved, d.Project.Issues[0].Severity = 0, verdict.Major }},
	{"GATE-305", "indicators.measures[K-O-1]", func(d *audit.Dossier) { d.Indicators.Measures[0].History[4].Value = ratio.Int(16) }},
	{"GATE-306", "project.changes[CH-1]", func(d *audit.Dossier) { d.Project.Changes[0].State = crmproject.ChangeSubmitted }},
	{"GATE-306", "project.changes[CH-1]", func(d *audit.Dossier) { d.Project.Changes[0].State = crmproject.ChangeApproved }},

	{"GATE-401", "project.acceptance[AC-1]", func(d *audit.Dossier) { d.Project.Acceptance[0].Conditions[0].Done = 0 }},
	{"GATE-402", "project.review", func(d *audit.Dossier) { d.Project.Review.On = 0 }},
	{"GATE-403", "project.lessons", func(d *audit.Dossier) { d.Project.Lessons = nil }},
	{"GATE-404", "project.finalReport", func(d *audit.Dossier) { d.Project.FinalReport.Delivered = day(endDay) + 1 }},
	{"GATE-405", "project.transition[H-1].done", func(d *audit.Dossier) { d.Project.Transition[0].Done = 0 }},
	{"GATE-406", "project.achievements", func(d *audit.Dossier) { d.Project.Achievements = nil }},
	{"GATE-407", "risks.risks[K-1]", func(d *audit.Dossier) { d.Risks.Risks[0].Owner = "" }},
}

// gatePhase is the phase that a criterion of the standard life cycle guards.
func gatePhase(code verdict.Code) phase.ID {
	return crmproject.FivePhases().Outline.Phases[code[len("GATE-")]-'0'].ID
}

func gateOf(t *testing.T, d *audit.Dossier, on calendar.Date) phase.Evaluation {
	t.Helper()
	g, err := d.Gate(on)
	require.NoError(t, err)
	return g
}

// TestGatesOpen: every gate of the sample is open on the day it was passed, with
// every criterion met or without a subject.
func TestGatesOpen(t *testing.T) {
	asked := 0
	for _, p := range crmproject.FivePhases().Outline.Phases {
		d, on := at(p.ID)
		g := gateOf(t, d, on)
		require.NoError(t, g.Err())
		require.Equal(t, phase.Open, g.Outcome)
		require.Equal(t, ratio.Int(1), g.Score)
		require.Equal(t, ratio.New(3, 5), g.Threshold)
		for _, c := range g.Criteria {
			require.Equal(t, verdict.Met, c.Status, c.String())
			require.Equal(t, p.ID, gatePhase(c.Code))
		}
		asked += len(g.Criteria)
	}
	require.Equal(t, len(audit.GateRules()), asked, "every criterion guards a gate")
}

// TestGateCriteria breaks each criterion alone: musts shut the gate, shoulds cost
// their weight, and a waiver helps where the gate allows one.
func TestGateCriteria(t *testing.T) {
	broken := map[verdict.Code]bool{}
	for i, c := range brokenGates {
		broken[c.code] = true
		t.Run(fmt.Sprintf("%s-%d", c.code, i), func(t *testing.T) {
			d, on := at(gatePhase(c.code))
			c.breakIt(d)
			g := gateOf(t, d, on)
			a, ok := g.Assessment(c.code)
			require.True(t, ok)
			require.Equal(t, verdict.NotMet, a.Status, a.String())
			var subjects []string
			for _, f := range a.Findings {
				subjects = append(subjects, f.Subject)
				require.Equal(t, c.code, f.Code)
			}
			require.Contains(t, subjects, c.subject)
			requirePaths(t, d, a.Findings)
			if a.Need == phase.Should {
				requireLacking(t, g, a)
			} else {
				requireBlocking(t, d, g, a)
			}
		})
	}
	for _, rule := range audit.GateRules() {
		require.True(t, broken[rule.Code], "%s has no case", rule.Code)
	}
}

// requireLacking: a should that is not met costs its weight.
func requireLacking(t *testing.T, g phase.Evaluation, a phase.Assessment) {
	t.Helper()
	require.Equal(t, phase.Lacking, a.Effect)
	have, all := int64(0), int64(0)
	for _, c := range g.Criteria {
		if c.Need == phase.Should {
			all += c.Weight
			if c.Status.Satisfied() {
				have += c.Weight
			}
		}
	}
	require.Less(t, have, all)
	require.Equal(t, ratio.New(have, all), g.Score)
	require.Equal(t, !g.Score.AtLeast(g.Threshold), g.Below)
	require.Equal(t, !g.Below && len(g.Blocking) == 0, g.Permits(phase.Go))
}

// requireBlocking: a must that is not met shuts the gate, unless it can be and is
// waived; then it passes under conditions.
func requireBlocking(t *testing.T, d *audit.Dossier, g phase.Evaluation, a phase.Assessment) {
	t.Helper()
	require.Equal(t, phase.Blocking, a.Effect)
	require.Contains(t, g.Blocking, a.Code)
	require.Equal(t, phase.Refused, g.Outcome)
	require.False(t, g.Permits(phase.Go) || g.Permits(phase.ConditionalGo))
	require.True(t, g.Permits(phase.Hold) && g.Permits(phase.Kill))
	var refused *phase.RefusedError
	require.ErrorAs(t, g.Err(), &refused)
	require.Contains(t, fmt.Sprint(g.Reasons()), string(a.Code))

	for _, code := range g.Blocking {
		d.Project.State.Waivers = append(d.Project.State.Waivers,
			verdict.Waiver{Code: code, By: "CEO", Reason: "known and accepted", From: g.AsOf, Until: g.AsOf})
	}
	waived := gateOf(t, d, g.AsOf)
	again, _ := waived.Assessment(a.Code)
	require.False(t, waived.Permits(phase.Go), "a waiver is no go")
	if a.Waivable {
		require.Equal(t, phase.Waived, again.Effect)
	} else {
		require.Equal(t, phase.Blocking, again.Effect)
		require.False(t, waived.Permits(phase.ConditionalGo))
	}
	over := gateOf(t, d, g.AsOf+1)
	later, _ := over.Assessment(a.Code)
	require.NotEqual(t, phase.Waived, later.Effect, "the waiver has ended")
}

// TestWaivableMusts: what can be waived is what the gate says can be, and what
// nobody can waive is the thing itself.
func TestWaivableMusts(t *testing.T) {
	var never []verdict.Code
	for _, edge := range finished().Cycle().Outline.Transitions {
		for _, term := range edge.Criteria {
			if term.Need == phase.Must && !term.Waivable {
				never = append(never, term.Code)
			}
		}
	}
	require.Equal(t, []verdict.Code{
		"GATE-001", "GATE-002", "GATE-004", "GATE-101", "GATE-102", "GATE-106", "GATE-202", "GATE-205", "GATE-304", "GATE-401", "GATE-404", "GATE-405",
	}, never)
}

// TestGatesAreNotTakenForMet: where there is nothing to judge by, a criterion is
// unassessed or does not apply; it is never met.
func TestGatesAreNotTakenForMet(t *testing.T) {
	for _, c := range []struct {
		code    verdict.Code
		status  verdict.Status
		without func(*audit.Dossier)
	}{
		{"GATE-110", verdict.Unassessed, func(d *audit.Dossier) { d.Project.Team.Departments = nil }},
		{"GATE-111", verdict.Unassessed, func(d *audit.Dossier) { d.Stakeholders.Register.Stakeholders[0].Position.Power = 1 }},
		{"GATE-102", verdict.Unassessed, func(d *audit.Dossier) { d.Risks.Plan.Appetites = nil }},
		{"GATE-108", verdict.Unassessed, func(d *audit.Dossier) { d.Project.Resources = nil }},
		{"GATE-106", verdict.Failed, func(d *audit.Dossier) { d.Project.Budget.Contingency = money.MustParse("5 JPY") }},
		{"GATE-101", verdict.Failed, func(d *audit.Dossier) { d.Scope.Scheme.Threshold = ratio.Int(-1) }},
		{"GATE-201", verdict.NotMet, func(d *audit.Dossier) { d.Project.Waves = nil }},
		{"GATE-202", verdict.NotApplicable, func(d *audit.Dossier) { d.Project.Migrations, d.Scope.Statement.Migration = nil, scope.Migration{} }},
		{"GATE-203", verdict.Unassessed, func(d *audit.Dossier) { d.Project.Build = nil }},
		{"GATE-204", verdict.Unassessed, func(d *audit.Dossier) { d.Project.Waves = nil }},
		{"GATE-206", verdict.Met, func(d *audit.Dossier) { d.Project.Waves = nil }},
		{"GATE-301", verdict.Unassessed, func(d *audit.Dossier) { d.Project.Waves = nil }},
		{"GATE-302", verdict.Unassessed, func(d *audit.Dossier) { d.Project.Waves = nil }},
		{"GATE-305", verdict.Unassessed, func(d *audit.Dossier) { d.Indicators.Measures = nil }},
		{"GATE-305", verdict.Unassessed, func(d *audit.Dossier) { d.Indicators.Measures[0].History = nil }},
		{"GATE-305", verdict.Met, func(d *audit.Dossier) { d.Indicators.Measures[0].Target = objective.Target{} }},
		{"GATE-407", verdict.Met, func(d *audit.Dossier) { d.Risks = risk.Register{} }},
	} {
		d := finished()
		c.without(d)
		outcome, findings := ruleOf(t, c.code).Run(d.Facts(today))
		require.Equal(t, c.status, outcome.Status, "%s %v", c.code, findings)
	}
}

// TestCriteriaLookAhead: a criterion judges the facts as they are, whatever phase
// the project is in.
func TestCriteriaLookAhead(t *testing.T) {
	d, _ := at("initiation")
	d.Project.Acceptance, d.Project.Selection.Chosen = nil, ""
	outcome, findings := ruleOf(t, "GATE-401").Run(d.Facts(day(charterDay)))
	require.Equal(t, verdict.NotMet, outcome.Status)
	require.Equal(t, "project.acceptance", findings[0].Subject)
	require.Equal(t, verdict.NotApplicable, outcomeOf(t, d.Audit(day(charterDay)), "PROJECT-060").Status, "the audit does not ask yet")
	outcome, _ = ruleOf(t, "GATE-104").Run(d.Facts(day(charterDay)))
	require.Equal(t, verdict.NotMet, outcome.Status)
	require.EqualValues(t, "initiation", d.Project.State.Phase)
}
