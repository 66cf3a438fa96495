package audit_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/audit"
	"github.com/crmrollout/crm/crmproject"
	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/scope"
)

// complexity is each sign of underestimated complexity with the evidence for it.
var complexity = []struct {
	evidence string
	add      func(*audit.Dossier)
}{
	{"14 of 25 finished activities took longer than planned", func(d *audit.Dossier) {
		for i := range 14 {
			d.Project.Activities[i].ActualFinish++
		}
	}},
	{"3 of 28 activities are overdue", func(d *audit.Dossier) {
		for i := range 3 {
			d.Project.Activities[25+i].ActualFinish = 0
		}
	}},
	{"4 integrations in a project that is called small", func(d *audit.Dossier) {
		d.Scope.Statement.Scope.Integrations = append(d.Scope.Statement.Scope.Integrations, scope.Integration{ID: "I-3", System: "mail"}, scope.Integration{ID: "I-4", System: "shop"})
	}},
	{"4 departments go live in a single wave", func(d *audit.Dossier) { d.Project.Waves = d.Project.Waves[:1] }},
	{"a contingency of 4.0 % of the budget", func(d *audit.Dossier) { d.Project.Budget.Contingency = eur("10000.00") }},
	{"1 kinds of people have worked more days than were planned in all", func(d *audit.Dossier) { d.Project.Resources[0].Used = 121 }},
	{"3 approved changes made the project longer or dearer", func(d *audit.Dossier) {
		longer := d.Project.Changes[0]
		longer.Impact.Days, longer.Impact.Amount = 10, eur("0.00")
		d.Project.Changes = append(d.Project.Changes, longer, longer)
	}},
}

// CP-39: one sign or two of underestimated complexity prove nothing, any three
// are a finding, with the signs as evidence.
func TestUnderestimatedComplexity(t *testing.T) {
	for set := range 1 << len(complexity) {
		d := finished()
		var want []string
		for i, sign := range complexity {
			if set&(1<<i) != 0 {
				sign.add(d)
				want = append(want, sign.evidence)
			}
		}
		if set&3 == 1 { // without the three overdue ones all are finished
			want[0] = "14 of 28 finished activities took longer than planned"
		}
		_, findings := ruleOf(t, "DOSSIER-020").Run(d.Facts(today))
		if len(want) < 3 {
			require.Empty(t, findings, "%v", want)
			continue
		}
		require.Len(t, findings, 1)
		require.Equal(t, "project", findings[0].Subject)
		require.Equal(t, want, findings[0].Evidence)
		require.Equal(t, verdict.Major, findings[0].Severity)
	}
}

func ruleOf(t *testing.T, code verdict.Code) verdict.Rule[audit.Facts] {
	t.Helper()
	for _, rule := range append(audit.Rules(), audit.GateRules()...) {
		if rule.Code == code {
			return rule
		}
	}
	require.Fail(t, "no rule "+string(code))
	return verdict.Rule[audit.Facts]{}
}

func TestComplexityNeedsAPlan(t *testing.T) {
	d := finished()
	for _, sign := range complexity {
		sign.add(d)
	}
	d.Project.Activities = nil
	require.Equal(t, verdict.Unassessed, outcomeOf(t, d.Audit(today), "DOSSIER-020").Status)
	d = finished()
	d.Project.Size = crmproject.Large
	complexity[2].add(d)
	complexity[3].add(d)
	complexity[4].add(d)
	require.Empty(t, found(d.Audit(today), "DOSSIER-020"), "a large project may well have four integrations")
	few := finished() // three activities are too few to tell
	few.Project.Activities = few.Project.Activities[:3]
	complexity[3].add(few)
	complexity[4].add(few)
	for i := range few.Project.Activities {
		few.Project.Activities[i].ActualFinish += 9
	}
	require.Empty(t, found(few.Audit(today), "DOSSIER-020"))
}

// CP-39, ST-06: stakeholders who were won late, once they are more than a third.
func TestInvolvedLate(t *testing.T) {
	d := finished()
	people := d.Stakeholders.Register.Stakeholders
	people[0].BuyIn, people[1].BuyIn = day("2027-02-06"), 0
	require.Empty(t, found(d.Audit(today), "DOSSIER-021"), "two of six are a third")
	people[2].BuyIn = today + 1
	_, findings := ruleOf(t, "DOSSIER-021").Run(d.Facts(today))
	require.Len(t, findings, 1)
	require.Equal(t, "3 of 6 stakeholders had not bought in when planning began on 2027-02-05.", findings[0].Message)
	require.Equal(t, []string{"Anna Berg bought in on 2027-02-06", "Rita Okafor has not bought in", "Ben Kaya has not bought in"}, findings[0].Evidence)
	require.Equal(t, "stakeholders.register", findings[0].Subject)

	d.Stakeholders.Register.Stakeholders = nil
	_, findings = ruleOf(t, "DOSSIER-021").Run(d.Facts(today))
	require.Equal(t, "Planning began on 2027-02-05, and nobody is in the stakeholder register.", findings[0].Message)
	outcome, _ := ruleOf(t, "DOSSIER-021").Run(d.Facts(day("2027-02-04")))
	require.Equal(t, verdict.NotApplicable, outcome.Status)
	require.Equal(t, verdict.NotApplicable, outcomeOf(t, bare("").Audit(today), "DOSSIER-021").Status)
}

func TestPlanningStart(t *testing.T) {
	require.Equal(t, day(charterDay), finished().PlanningStart())
	d := sample()
	require.Equal(t, day("2027-02-06"), d.PlanningStart(), "the first planned activity, before there are visits")
	d.Project.Activities[4].ActualStart = day("2027-02-09")
	require.Equal(t, day("2027-02-09"), d.PlanningStart(), "what was done counts, not what was planned")
	d.Project.Activities = d.Project.Activities[:4]
	require.Zero(t, d.PlanningStart())
}

// CP-39: an unclear scope is found, with what makes it unclear, by the rule of the
// scope itself.
func TestUnclearScope(t *testing.T) {
	d := finished()
	s := &d.Scope.Statement.Scope
	s.Exclusions, s.Users = nil, 0
	require.Empty(t, found(d.Audit(today), "SCOPE-100"))
	s.Integrations = nil
	_, findings := ruleOf(t, "SCOPE-100").Run(d.Facts(today))
	require.Len(t, findings, 1)
	require.Equal(t, "scope.statement", findings[0].Subject)
	require.Equal(t, []string{"Nothing is excluded.", "The number of users is not stated.", "Integrations are neither listed nor ruled out."}, findings[0].Evidence)
	d.Scope.Policy.UnclearSignals = 4
	require.Empty(t, found(d.Audit(today), "SCOPE-100"), "the organisation's own bound")
}

// TestNoMatrixYet: a project that has not planned yet is not blamed for having
// no responsibility matrix; from planning on it is.
func TestNoMatrixYet(t *testing.T) {
	d := bare("initiation")
	outcome := outcomeOf(t, d.Audit(today), "RACI-001")
	require.Equal(t, verdict.NotApplicable, outcome.Status, outcome.Reason)
	require.Equal(t, verdict.NotMet, outcomeOf(t, bare("planning").Audit(today), "RACI-001").Status)
	_, findings := gateRuleOf(t, "GATE-103").Run(d.Facts(today))
	require.NotEmpty(t, findings, "the gate out of planning asks for it at any time")
}

func gateRuleOf(t *testing.T, code verdict.Code) verdict.Rule[audit.Facts] {
	t.Helper()
	for _, rule := range audit.GateRules() {
		if rule.Code == code {
			return rule
		}
	}
	require.FailNow(t, string(code))
	return verdict.Rule[audit.Facts]{}
}
