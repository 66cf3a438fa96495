package audit_test

import (
	"encoding/json"
	"os"
	"slices"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/audit"
	"github.com/crmrollout/crm/crmproject"
	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/money"
	"github.com/crmrollout/crm/crmproject/phase"
	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/scope"
)

func day(s string) calendar.Date { return calendar.MustParse(s) }

func eur(s string) money.Amount { return money.MustParse(s + " EUR") }

// today is the day on which the sample project is judged: in its closure, two
// days before its end.
var today = day("2027-12-15")

// The days on which the sample project passed its gates, the reopening of its
// execution and the second pass included.
const (
	charterDay  = "2027-02-05"
	planDay     = "2027-03-31"
	launchDay   = "2027-10-29"
	reopenDay   = "2027-11-08"
	relaunchDay = "2027-11-26"
	closureDay  = "2027-12-03"
	endDay      = "2027-12-17"
)

// history is what was decided on the sample project: all five phases, with a
// revisit for a new feature.
func history() []phase.Decision {
	return []phase.Decision{
		{Action: phase.Start, On: day("2027-01-11"), By: "CEO"},
		{Action: phase.Go, To: "planning", On: day(charterDay), By: "CEO"},
		{Action: phase.Go, To: "execution", On: day(planDay), By: "CEO"},
		{Action: phase.Go, To: "control", On: day(launchDay), By: "CEO"},
		{Action: phase.Reopen, To: "execution", On: day(reopenDay), By: "CEO", Cause: phase.NewFeature, Reason: "sales wants a forecast"},
		{Action: phase.Go, To: "control", On: day(relaunchDay), By: "CEO"},
		{Action: phase.Go, To: "closure", On: day(closureDay), By: "CEO"},
		{Action: phase.Go, To: phase.End, On: day(endDay), By: "CEO"},
	}
}

// sample returns a small project with everything that it will ever have, before
// its life cycle starts. Each call makes a new one.
func sample() *audit.Dossier {
	d := audit.New()
	d.Project = sampleProject()
	d.Scope = sampleScope()
	d.Risks = sampleRisks()
	d.Stakeholders = sampleStakeholders()
	d.Indicators = sampleIndicators(d.Scope.Statement)
	return d
}

// decided has the sample after each number of decisions of its history.
var decided = sync.OnceValue(func() []*audit.Dossier {
	all := []*audit.Dossier{sample()}
	for n, decision := range history() {
		next, err := all[n].Decide(decision)
		if err != nil {
			panic(err)
		}
		all = append(all, next)
	}
	return all
})

// after returns the sample after the first n decisions of its history, each of
// them really decided. Each call makes a new one.
func after(n int) *audit.Dossier {
	d, was := sample(), decided()[n].Project
	d.Project.State, d.Project.Decisions = was.State, slices.Clone(was.Decisions)
	d.Project.State.Visits, d.Project.State.Passes = slices.Clone(was.State.Visits), slices.Clone(was.State.Passes)
	return d
}

// finished returns the sample in its closure phase, all but ended: a project
// about which there is nothing to say at [today].
func finished() *audit.Dossier { return after(len(history()) - 1) }

// at returns the sample when it was last in a phase, and the day on which it
// left it.
func at(id phase.ID) (*audit.Dossier, calendar.Date) {
	decisions := history()
	last := len(decisions) - 1
	for i := range slices.Backward(decisions[:last+1]) {
		if i < last && decisions[i].To == id {
			return after(i + 1), decisions[i+1].On
		}
	}
	return after(1), decisions[1].On
}

// sampleScope is a frozen scope with one change, which brought the feature F-4.
func sampleScope() audit.Scope {
	data, err := os.ReadFile("testdata/statement.json")
	if err != nil {
		panic(err)
	}
	var s audit.Scope
	if err := json.Unmarshal(data, &s.Statement); err != nil {
		panic(err)
	}
	if s.Baseline, err = s.Statement.Freeze(2, "CEO", day("2027-11-10")); err != nil {
		panic(err)
	}
	s.Changes = []scope.Change{sampleChange()}
	return s
}

func sampleChange() scope.Change {
	none := scope.Impact{Level: scope.NoImpact}
	assessment := scope.Assessment{
		Baseline: 1, Scope: scope.Impact{Level: scope.LowImpact}, Schedule: none,
		Cost: scope.Impact{Level: scope.LowImpact}, Quality: none, Risk: none, Amount: eur("4000.00"),
	}
	return scope.Change{
		ID: "CH-1", Title: "Forecast", Requester: "S-3", State: scope.Closed, Assessment: assessment,
		Delta: []scope.Touch{{Operation: scope.Added, Kind: scope.ElementFeature, ID: "F-4"}},
		History: []scope.Step{
			{From: scope.Draft, To: scope.Submitted, By: "S-3", On: day("2027-11-02"), Baseline: 1},
			{From: scope.Submitted, To: scope.Assessed, By: "S-2", On: day("2027-11-04"), Baseline: 1, Assessment: assessment},
			{From: scope.Assessed, To: scope.Approved, By: "S-1", On: day("2027-11-05"), Baseline: 1},
			{From: scope.Approved, To: scope.Implemented, By: "S-2", On: day("2027-11-24"), Baseline: 2},
			{From: scope.Implemented, To: scope.Verified, By: "S-3", On: day("2027-11-25"), Baseline: 2},
			{From: scope.Verified, To: scope.Closed, By: "S-2", On: day("2027-11-26"), Baseline: 2},
		},
		Notices: []scope.Notice{{On: day("2027-11-08"), To: "sales, marketing, customer service, IT", By: "S-2"}},
	}
}

// outcomeOf returns what came of a rule.
func outcomeOf(t *testing.T, r verdict.Report, code verdict.Code) verdict.Outcome {
	t.Helper()
	o, ok := r.Outcome(code)
	require.True(t, ok, "no rule %s", code)
	return o
}

// found returns the subjects of the findings of a rule.
func found(r verdict.Report, code verdict.Code) []string {
	var subjects []string
	for _, f := range r.Findings {
		if f.Code == code {
			subjects = append(subjects, f.Subject)
		}
	}
	return subjects
}

// TestSample: the sample is sound, in every phase and on every day of its
// history, and at its end there is nothing to say about it (CP-03, CP-31).
func TestSample(t *testing.T) {
	d := finished()
	require.NoError(t, d.Validate())
	report := d.Audit(today)
	require.Empty(t, report.Findings, "%s", report.Markdown())
	for _, o := range report.Outcomes {
		require.True(t, o.Status.Satisfied(), "%s %s: %s", o.Code, o.Status, o.Reason)
	}
	require.Equal(t, crmproject.Closure, d.Project.Stage())
	for n, next := range history() {
		d := after(n)
		require.NoError(t, d.Validate())
		if report := d.Audit(next.On); n > 0 { // nobody has met anybody before the start
			require.Empty(t, report.Findings, "on %s: %s", next.On, report.Markdown())
		}
	}
	for _, p := range d.Project.Cycle().Outline.Phases {
		d, _ := at(p.ID)
		require.Equal(t, p.ID, d.Project.State.Phase)
	}
}
