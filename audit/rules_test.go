package audit_test

import (
	"bytes"
	"flag"
	"math"
	"os"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/audit"
	"github.com/crmrollout/crm/crmproject"
	"github.com/crmrollout/crm/crmproject/phase"
	"github.com/crmrollout/crm/crmproject/projecttest"
	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/scope"
)

var update = flag.Bool("update", false, "write the golden files")

// TestDossierRules breaks what joins the parts in one place, and looks for the
// finding there and for no other of its family.
func TestDossierRules(t *testing.T) {
	type dossier = audit.Dossier
	for _, c := range []struct {
		code    verdict.Code
		subject string
		breakIt func(*dossier)
	}{
		{"DOSSIER-001", "project.charter.start", func(d *dossier) { d.Project.Charter.Start++ }},
		{"DOSSIER-001", "project.charter.end", func(d *dossier) { d.Project.Charter.End-- }},
		{"DOSSIER-001", "scope.statement.timeline.start", func(d *dossier) { d.Scope.Statement.Timeline.Start-- }},
		{"DOSSIER-001", "scope.statement.timeline.end", func(d *dossier) { d.Scope.Statement.Timeline.End++ }},
		{"DOSSIER-002", "scope.statement.budget.total", func(d *dossier) { d.Scope.Statement.Budget.Total = eur("249999.99") }},
		{"DOSSIER-003", "project.waves", func(d *dossier) { d.Project.Waves[1].Groups[0].Users-- }},
		{"DOSSIER-005", "project.build", func(d *dossier) { d.Project.Build[3].System = "payroll" }},
		{"DOSSIER-005", "project.build", func(d *dossier) { d.Project.Build[2].Kind = crmproject.Customisation }},
		{"DOSSIER-006", "project.migrations", func(d *dossier) { d.Project.Migrations = d.Project.Migrations[:1] }},
		{"DOSSIER-007", "scope.statement.requirements[R-3]", func(d *dossier) { d.Project.Build[1].Requirements = []string{"R-10"} }},
		{"DOSSIER-008", "project.changes[CH-1]", func(d *dossier) { d.Scope.Changes = nil }},
		{"DOSSIER-009", "project.issues[I-1].risk", func(d *dossier) { d.Risks.Risks[1].Occurrences = nil }},
		{"DOSSIER-009", "project.issues[I-1].risk", func(d *dossier) { d.Risks.Risks[1].Occurrences[0].Issue = "" }},
		{"DOSSIER-009", "risks.risks[K-2].occurrences[0].issue", func(d *dossier) { d.Project.Issues[0].Risk = "" }},
		{"DOSSIER-010", "scope.statement.timeline.milestones[M-3]", func(d *dossier) { d.Scope.Statement.Timeline.Milestones[2].On++ }},
	} {
		t.Run(string(c.code)+" "+c.subject, func(t *testing.T) {
			d := finished()
			c.breakIt(d)
			report := d.Audit(today)
			require.Equal(t, []string{c.subject}, found(report, c.code))
			requirePaths(t, d, report.Findings)
			for _, f := range report.Findings {
				require.False(t, f.Code.Family() == "DOSSIER" && f.Code != c.code, "%s %s", f.Code, f.Message)
			}
		})
	}
}

// TestDossierRulesAreQuiet: what is not due yet, or cannot be told, is no finding.
func TestDossierRulesAreQuiet(t *testing.T) {
	planned, _ := at("planning")
	for code, status := range map[verdict.Code]verdict.Status{
		"DOSSIER-005": verdict.NotApplicable, "DOSSIER-006": verdict.NotApplicable, "DOSSIER-007": verdict.NotApplicable,
	} {
		d := *planned
		d.Project.Build, d.Project.Migrations = nil, nil
		require.Equal(t, status, outcomeOf(t, d.Audit(day(planDay)), code).Status, code)
	}
	for _, c := range []struct {
		code    verdict.Code
		status  verdict.Status
		without func(*audit.Dossier)
	}{
		{"DOSSIER-001", verdict.Met, func(d *audit.Dossier) { d.Project.Charter.End, d.Scope.Statement.Timeline.Start = 0, 0 }},
		{"DOSSIER-002", verdict.Met, func(d *audit.Dossier) { d.Scope.Statement.Budget = scope.Budget{} }},
		{"DOSSIER-003", verdict.NotApplicable, func(d *audit.Dossier) { d.Project.Waves = nil }},
		{"DOSSIER-003", verdict.Unassessed, func(d *audit.Dossier) { d.Project.Waves[0].Groups[0].Users = -1 }},
		{"DOSSIER-003", verdict.Unassessed, func(d *audit.Dossier) { d.Project.Waves[0].Groups[0].Users = math.MaxInt64 }},
		{"DOSSIER-003", verdict.Met, func(d *audit.Dossier) { d.Scope.Statement.Scope.Users = 0 }},
		{"DOSSIER-007", verdict.Met, func(d *audit.Dossier) {
			d.Scope.Statement.Requirements[0].Status = scope.RequirementRejected
			d.Project.Build[0].Requirements = nil
		}},
		{"DOSSIER-008", verdict.Met, func(d *audit.Dossier) { d.Scope.Changes = nil; d.Project.Changes[0].State = crmproject.ChangeRejected }},
		{"DOSSIER-008", verdict.Met, func(d *audit.Dossier) {
			d.Scope.Changes, d.Project.Changes[0].Adjustments = nil, []crmproject.Adjustment{crmproject.AddResources}
		}},
		{"DOSSIER-009", verdict.Met, func(d *audit.Dossier) {
			d.Project.Issues[0].Opened, d.Risks.Risks[1].Occurrences[0].On = today+1, today+1
		}},
		{"DOSSIER-010", verdict.Met, func(d *audit.Dossier) { d.Scope.Statement.Timeline.Milestones[2].ID = "M-33" }},
	} {
		d := finished()
		c.without(d)
		require.Equal(t, c.status, outcomeOf(t, d.Audit(today), c.code).Status, c.code)
	}
}

// TestCatalogue: every rule and gate criterion is documented once, by code. The
// golden file keeps codes from changing their meaning unnoticed.
func TestCatalogue(t *testing.T) {
	catalogue := audit.Catalogue()
	require.NoError(t, catalogue.Validate())
	require.Len(t, catalogue, len(audit.Rules())+len(audit.GateRules()))
	require.True(t, slices.IsSortedFunc(audit.Rules(), func(a, b verdict.Rule[audit.Facts]) int { return bytes.Compare([]byte(a.Code), []byte(b.Code)) }))
	for _, rule := range slices.Concat(audit.Rules(), audit.GateRules()) {
		entry, ok := catalogue.Lookup(rule.Code)
		require.True(t, ok)
		require.Equal(t, rule.Entry(), entry)
		require.NotNil(t, rule.Check)
	}
	for _, family := range []string{"DOSSIER", "GATE", "KPI", "PROJECT", "RACI", "RISK", "SCOPE", "STAKE"} {
		require.True(t, slices.ContainsFunc(catalogue, func(e verdict.Entry) bool { return e.Code.Family() == family }), family)
	}
	golden := "# Rules\n\n" + catalogue.Markdown()
	if *update {
		require.NoError(t, os.WriteFile("testdata/catalogue.md", []byte(golden), 0o600))
	}
	want, err := os.ReadFile("testdata/catalogue.md")
	require.NoError(t, err)
	require.Equal(t, string(want), golden, "run with -update if a rule was added")
}

// bare is a project of which only the name is known, in a phase.
func bare(id phase.ID) *audit.Dossier {
	d := audit.New()
	d.Project.ID, d.Project.Name, d.Project.Kind = "P-1", "New", crmproject.NewCRM
	if id != "" {
		d.Project.State.Phase, d.Project.State.Cycle = id, "five-phases"
	}
	return d
}

// samples are dossiers as projects have them, good and bad.
func samples() []audit.Facts {
	return []audit.Facts{
		finished().Facts(today), after(3).Facts(today), sample().Facts(day("2027-01-11")), ruined().Facts(today),
		bare("").Facts(today), bare("closure").Facts(today), bare("closure").Facts(0),
	}
}

// ruined is the finished sample with everything dangling.
func ruined() *audit.Dossier {
	d := finished()
	for _, breakIt := range dangling {
		breakIt(d)
	}
	d.Stakeholders.Register.Contacts, d.Project.Waves[0].Entry[0].Done = nil, 0
	return d
}

// TestRulesKit holds every rule and every gate criterion against what the library
// promises of rules: pure, documented, every finding located and with a remedy.
func TestRulesKit(t *testing.T) {
	t.Parallel()
	var few []audit.Facts
	for _, d := range []*audit.Dossier{finished(), ruined(), bare("closure")} {
		d.Project.Decisions = nil // the kit looks through the facts before and after every rule
		few = append(few, d.Facts(today))
	}
	require.NoError(t, projecttest.TestRules(audit.Rules(), few...))
	require.NoError(t, projecttest.TestRules(audit.GateRules(), few...))
}

// TestRulesArePure: judging twice gives the same, and leaves the dossier alone.
func TestRulesArePure(t *testing.T) {
	for i, facts := range samples() {
		d := facts.Dossier
		before, err := d.Encode()
		require.NoError(t, err)
		first := d.Audit(facts.AsOf)
		require.Equal(t, first, d.Audit(facts.AsOf))
		require.Equal(t, verdict.Run(facts, audit.Rules()...).Outcomes, first.Outcomes)
		gates := verdict.Run(facts, audit.GateRules()...)
		require.Equal(t, gates, verdict.Run(facts, audit.GateRules()...))
		require.Equal(t, string(before), string(encoded(t, d)), "sample %d", i)
		requirePaths(t, d, first.Findings)
		requirePaths(t, d, gates.Findings)
	}
}

// TestRulesAreFresh: a caller may change what Rules returns.
func TestRulesAreFresh(t *testing.T) {
	rules := audit.Rules()
	rules[0] = verdict.Rule[audit.Facts]{}
	require.NotZero(t, audit.Rules()[0].Code)
}

// TestWaivers: a waiver in the project file excuses a finding until its last day,
// and the report says what became of it.
func TestWaivers(t *testing.T) {
	d := finished()
	d.Project.Vision = ""
	d.Project.Waivers = []verdict.Waiver{
		{Code: "PROJECT-002", By: "Anna Berg", Reason: "the owner is writing it", From: today - 5, Until: today},
		{Code: "PROJECT-001", By: "Anna Berg", Reason: "no need", From: today - 5, Until: today + 5},
	}
	require.NoError(t, d.Validate())
	report := d.Audit(today)
	require.Len(t, report.Findings, 1)
	require.Equal(t, "Anna Berg", report.Findings[0].Waiver.By)
	require.Empty(t, report.Open().Findings)
	require.Equal(t, verdict.Effective, report.Waivers[0].State)
	require.Equal(t, verdict.Idle, report.Waivers[1].State)

	expired := d.Audit(today + 1)
	require.Equal(t, []string{"project.vision"}, found(expired.Open(), "PROJECT-002"))
	require.Equal(t, verdict.Expired, expired.Waivers[0].State)
}
