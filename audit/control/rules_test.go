package control_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/audit/control"
	"github.com/crmrollout/crm/crmproject"
	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/kpi/spc"
	"github.com/crmrollout/crm/risk"
)

// controlled is a project with two deviations, both under control. Each test below
// breaks it in one place.
func controlled() control.Facts {
	late := control.Deviation{
		ID: "finish", Measure: control.Finish, Subject: "plan", Level: control.Act, Nature: control.Signal, Unit: "days",
		Planned: ratio.Int(116), Actual: ratio.Int(134), Size: ratio.Int(18), Limit: ratio.Int(10),
		PlannedOn: day("2027-06-25"), ActualOn: day("2027-07-13"), On: asOf, Since: asOf.AddDays(-7),
	}
	calls := control.Deviation{
		ID: "signal[calls]", Measure: control.ProcessSignal, Subject: "indicators[calls]", Title: "calls", Level: control.Warn, Nature: control.Signal,
		Planned: ratio.Int(100), Actual: ratio.Int(115), Size: ratio.Int(3), On: asOf, Since: asOf.AddDays(-7),
		Evidence: []string{spc.Western1.Describe()},
	}
	f := control.Facts{
		AsOf: asOf,
		Report: control.Report{
			AsOf: asOf, Reported: asOf, Due: day("2027-06-30"), Planned: day("2027-06-25"), Forecast: day("2027-07-13"),
			Deviations: []control.Deviation{late, calls},
		},
		Coverage:   control.Coverage{AsOf: asOf, Remaining: eur("5000"), P50: eur("1000"), P80: eur("4000"), P90: eur("6000"), Cover: control.Sufficient},
		Addressees: []control.Addressee{{ID: "sponsor"}},
		Log: control.Log{
			Explanations: []control.Explanation{{Deviation: "signal[calls]", Cause: "the new form", On: asOf.AddDays(-1)}},
			Corrections: []control.Correction{{
				ID: "K-1", Deviations: []string{"finish"}, Action: actions()[0], Compared: control.Comparison{Options: []control.Option{{ID: control.DoNothing}, {ID: "people"}}},
				Owner: "M-1", Opened: asOf.AddDays(-6), Chosen: asOf.AddDays(-5), Due: asOf.AddDays(10), Change: "CH-1",
			}},
		},
		Changes: []crmproject.Change{{
			ID: "CH-1", Title: "Two more developers", State: crmproject.ChangeApproved, Source: crmproject.FromDeviation,
			RequestedOn: asOf.AddDays(-5), DecidedBy: "board", DecidedOn: asOf.AddDays(-4), Baseline: 2,
		}},
	}
	f.Register, _, _ = control.Raise(risk.Register{Matrix: risk.Classic5x5()}, f.Report)
	return f
}

func TestRulesMet(t *testing.T) {
	t.Parallel()
	f := controlled()
	require.NoError(t, f.Validate())
	report := verdict.Run(f, control.Rules()...)
	require.Empty(t, report.Findings)
	for _, o := range report.Outcomes {
		require.Equal(t, verdict.Met, o.Status, o.Code)
	}
}

func TestRulesCatalogue(t *testing.T) {
	t.Parallel()
	rules := control.Rules()
	require.NoError(t, verdict.CatalogueOf(rules...).Validate())
	require.True(t, slices.IsSortedFunc(rules, func(a, b verdict.Rule[control.Facts]) int {
		if a.Code < b.Code {
			return -1
		}
		return 1
	}))
	for _, r := range rules {
		require.Equal(t, "CONTROL", r.Code.Family())
	}
}

// Each rule is broken in one place, and none other with it.
func TestRulesBroken(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, code, subject string
		spoil               func(f *control.Facts)
	}{
		{"never reported", "CONTROL-001", "status", func(f *control.Facts) { f.Report.Reported = 0 }},
		{"reported long ago", "CONTROL-001", "status", func(f *control.Facts) { f.Report.Reported = day("2027-03-15") }},
		{"reported a week ago, and that is long", "CONTROL-001", "status", func(f *control.Facts) {
			f.Report.Reported, f.Stale = asOf.AddDays(-7), calendar.Period{Count: 6, Unit: calendar.UnitDay}
		}},
		{"nothing is done", "CONTROL-010", "deviations[cpi]", func(f *control.Facts) {
			cost := f.Report.Deviations[0]
			cost.ID, cost.Measure, cost.Subject, cost.Evidence = "cpi", control.CostIndex, "ledger", []string{"70% of the work is done"}
			f.Report.Deviations = append(f.Report.Deviations, cost)
			f.Register, _, _ = control.Raise(f.Register, f.Report)
		}},
		{"a late forecast, and nothing decided", "CONTROL-011", "deviations[finish]", func(f *control.Facts) { f.Log.Corrections[0].Chosen = 0 }},
		{"no risk", "CONTROL-012", "deviations[finish]", func(f *control.Facts) { f.Register.Risks = f.Register.Risks[1:] }},
		{"no cause", "CONTROL-013", "deviations[signal[calls]]", func(f *control.Facts) { f.Log.Explanations = nil }},
		{"an old cause", "CONTROL-013", "deviations[signal[calls]]", func(f *control.Facts) { f.Log.Explanations[0].On = asOf.AddDays(-8) }},
		{"no effect", "CONTROL-014", "deviations[finish]", func(f *control.Facts) {
			f.Log.Corrections[0].Done, f.Report.Deviations[0].Trend = asOf.AddDays(-3), control.Growing
		}},
		{"no owner", "CONTROL-020", "corrections[K-1]", func(f *control.Facts) { f.Log.Corrections[0].Owner = "" }},
		{"no due date", "CONTROL-020", "corrections[K-1]", func(f *control.Facts) { f.Log.Corrections[0].Due = 0 }},
		{"overdue", "CONTROL-021", "corrections[K-1]", func(f *control.Facts) { f.Log.Corrections[0].Due = asOf.AddDays(-1) }},
		{"no change", "CONTROL-022", "corrections[K-1]", func(f *control.Facts) { f.Log.Corrections[0].Change = "" }},
		{"change not approved", "CONTROL-022", "corrections[K-1]", func(f *control.Facts) { f.Changes[0].State = crmproject.ChangeAssessed }},
		{"not compared", "CONTROL-023", "corrections[K-1]", func(f *control.Facts) { f.Log.Corrections[0].Compared = control.Comparison{} }},
		{"compared with nothing", "CONTROL-023", "corrections[K-1]", func(f *control.Facts) {
			f.Log.Corrections[0].Compared.Options = f.Log.Corrections[0].Compared.Options[1:]
		}},
		{"another is better", "CONTROL-024", "corrections[K-1]", func(f *control.Facts) {
			f.Log.Corrections[0].Compared.Options[1].DominatedBy = []string{"overtime"}
		}},
		{"short", "CONTROL-030", "contingency", func(f *control.Facts) { f.Coverage.Cover, f.Coverage.Short = control.Thin, eur("1") }},
		{"gap", "CONTROL-031", "risks[R-1].estimate", func(f *control.Facts) {
			f.Coverage.Gaps = []risk.Gap{{Path: "risks[R-1].estimate", Why: "no probability"}}
		}},
		{"not told", "CONTROL-040", "messages[deviation_to_act:finish:2027-04-09 to sponsor]", func(f *control.Facts) {
			f.Addressees[0].Lead = calendar.Period{Count: 6, Unit: calendar.UnitDay}
			f.Log.Sent = []control.Sent{{Event: "deviation:signal[calls]:2027-04-09", To: "sponsor", On: asOf}}
		}},
		{"told to nobody", "CONTROL-041", "messages[deviation:signal[calls]:2027-04-09]", func(f *control.Facts) {
			f.Addressees[0].Kinds = []control.Kind{control.OfTime}
		}},
	}
	broken := map[verdict.Code]bool{}
	for _, tt := range tests {
		f := controlled()
		tt.spoil(&f)
		report := verdict.Run(f, control.Rules()...)
		require.Len(t, report.Findings, 1, "%s: %v", tt.name, report.Findings)
		got := report.Findings[0]
		require.Equal(t, tt.code, string(got.Code), tt.name)
		require.Equal(t, tt.subject, got.Subject, tt.name)
		require.NotEmpty(t, got.Message)
		require.NotEmpty(t, got.Remedy)
		broken[got.Code] = true
	}
	for _, r := range control.Rules() {
		require.True(t, broken[r.Code], "%s is broken in no test", r.Code)
	}
}

// What there is no ground to judge is not taken for met.
func TestRulesWithoutGround(t *testing.T) {
	t.Parallel()
	report := verdict.Run(control.Facts{AsOf: asOf}, control.Rules()...)
	require.Empty(t, report.Findings)
	for code, want := range map[verdict.Code]verdict.Status{
		"CONTROL-001": verdict.Unassessed, "CONTROL-020": verdict.NotApplicable, "CONTROL-030": verdict.Unassessed,
		"CONTROL-031": verdict.Unassessed, "CONTROL-040": verdict.Unassessed, "CONTROL-010": verdict.Met,
	} {
		o, ok := report.Outcome(code)
		require.True(t, ok)
		require.Equal(t, want, o.Status, code)
	}
}

// To do nothing can be decided, with an owner and until a day; it needs no change.
func TestDoNothing(t *testing.T) {
	t.Parallel()
	f := controlled()
	c := &f.Log.Corrections[0]
	c.Action, c.Change = control.Action{ID: control.DoNothing}, ""
	require.NoError(t, f.Validate())
	codes := func() (all []string) {
		for _, x := range verdict.Run(f, control.Rules()...).Findings {
			all = append(all, string(x.Code))
		}
		return all
	}
	require.Equal(t, []string{"CONTROL-011"}, codes(), "a late forecast needs a plan all the same")
	c.Due = asOf.AddDays(-1)
	require.Equal(t, []string{"CONTROL-010", "CONTROL-011", "CONTROL-021"}, codes(), "it stands no longer than agreed")
	c.Action.Costs = []control.Price{{Line: "L", Amount: eur("1")}}
	require.ErrorContains(t, f.Validate(), "log.corrections[0].action")
}

func TestFactsFaults(t *testing.T) {
	t.Parallel()
	f := control.Facts{
		Stale:      calendar.Period{Count: -1, Unit: calendar.UnitDay},
		Addressees: []control.Addressee{{Topics: []control.Topic{9}, Kinds: []control.Kind{9}, From: 9, Lead: calendar.Period{Count: -1, Unit: calendar.UnitDay}}},
		Register:   risk.Register{Risks: []risk.Risk{{}}},
		Log: control.Log{
			Explanations: []control.Explanation{{}}, Sent: []control.Sent{{}},
			Corrections: []control.Correction{
				{Chosen: asOf, Change: "no"},
				{ID: "b", Deviations: []string{"x", "x"}, Opened: asOf, Chosen: asOf.AddDays(-1), Done: asOf.AddDays(-1), Action: control.Action{ID: "a", Funding: 9}},
			},
		},
	}
	err := f.Validate()
	for _, path := range []string{
		"asOf: missing", "report.asOf", "stale", "addressees[0].id", "addressees[0].topics[0]", "addressees[0].kinds[0]", "addressees[0].from", "addressees[0].lead",
		"register", "log.explanations[0].deviation", "log.explanations[0].cause", "log.explanations[0].on", "log.sent[0].event", "log.sent[0].to", "log.sent[0].on",
		"log.corrections[0].id", "log.corrections[0].deviations", "log.corrections[0].opened", "log.corrections[0].action.id", "log.corrections[0].change",
		"log.corrections[1].deviations", "log.corrections[1].chosen", "log.corrections[1].done", "log.corrections[1].action.funding",
	} {
		require.ErrorContains(t, err, path)
	}
}
