package kpi_test

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/objective"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/kpi"
)

func day(s string) calendar.Date { return calendar.MustParse(s) }

// KP-01, KP-07, KP-08, KP-12: an objective becomes a target, and its measurements
// say how it stands.
func ExampleScorecard() {
	churn := objective.Objective{
		ID: "O-1", Text: "reduce customer churn rate by 25%", Metric: "customer churn rate", Direction: objective.Decrease,
		Amount:   objective.Amount{Kind: objective.Relative, Value: ratio.Int(25), Unit: "percent"},
		Baseline: ratio.Int(16), From: day("2027-01-01"), Deadline: day("2027-12-31"), Owner: "head of sales",
	}
	measure := kpi.FromObjective("K-1", churn)
	measure.History = []kpi.Measurement{
		kpi.Share(day("2027-03-31"), 155, 1000),
		kpi.Share(day("2027-06-30"), 138, 1000),
	}
	card := kpi.Scorecard{Measures: []kpi.Measure{measure}}
	for _, line := range card.At(day("2027-07-01")) {
		fmt.Println(line.Name, line.Value.Decimal(1), "target", line.Target, line.Attainment.Rating, line.Trend)
		fmt.Println(line.Attainment.Reason)
		fmt.Println("interval", line.Interval, "- clear change:", line.Clear)
	}
	// Output:
	// Churn rate 13.8 target 12 green better
	// 55 % of the way is covered, 50 % was planned by now
	// interval 11.8 to 16.08 (95 %) - clear change: false
}

func card() kpi.Scorecard {
	return kpi.Scorecard{Measures: []kpi.Measure{
		{
			ID: "K-1", Metric: "churn_rate", Objective: "O-1", Owner: "sales",
			Target: objective.Target{
				Metric: "churn_rate", Direction: objective.Decrease, Baseline: ratio.Int(16), Value: ratio.Int(12),
				From: day("2027-01-01"), By: day("2027-12-31"),
			},
			History: []kpi.Measurement{kpi.Share(day("2027-05-31"), 15, 100), kpi.Share(day("2027-06-30"), 1380, 10000)},
		},
		{ID: "K-2", Metric: "adoption_rate", Owner: "IT", History: []kpi.Measurement{{On: day("2027-06-30"), Value: ratio.Int(60)}}},
	}}
}

func TestScorecardLines(t *testing.T) {
	lines := card().At(day("2027-07-01"))
	require.Equal(t, objective.Green, lines[0].Attainment.Rating)
	require.Equal(t, kpi.Better, lines[0].Trend)
	require.False(t, lines[0].Clear)
	require.Equal(t, kpi.Percent, lines[0].Unit)
	require.Equal(t, objective.Attainment{}, lines[1].Attainment, "no target, no rating")
	require.Zero(t, lines[1].Trend, "one measurement is no trend")
	require.False(t, lines[1].Interval.Defined())

	before := card().At(day("2027-05-30"))
	require.Equal(t, objective.Unrated, before[0].Attainment.Rating)
	require.Zero(t, before[0].Measured)
	old := card().At(day("2027-10-01"))
	require.True(t, old[0].Stale)
	require.False(t, card().At(day("2027-09-30"))[0].Stale)
}

func TestTrend(t *testing.T) {
	for _, c := range []struct {
		metric        string
		before, after kpi.Measurement
		trend         kpi.Trend
		clear         bool
	}{
		{"churn_rate", kpi.Share(day("2027-01-31"), 160, 1000), kpi.Share(day("2027-02-28"), 100, 1000), kpi.Better, true},
		{"churn_rate", kpi.Share(day("2027-01-31"), 100, 1000), kpi.Share(day("2027-02-28"), 160, 1000), kpi.Worse, true},
		{"adoption_rate", kpi.Share(day("2027-01-31"), 10, 100), kpi.Share(day("2027-02-28"), 12, 100), kpi.Better, false},
		{"adoption_rate", kpi.Share(day("2027-01-31"), 10, 100), kpi.Share(day("2027-02-28"), 100, 1000), kpi.Steady, false},
		{"adoption_rate", kpi.Share(day("2027-01-31"), 0, 0), kpi.Share(day("2027-02-28"), 1, 10), 0, false},
		{"own metric", kpi.Share(day("2027-01-31"), 1, 100), kpi.Share(day("2027-02-28"), 90, 100), 0, true},
	} {
		s := kpi.Scorecard{Measures: []kpi.Measure{{ID: "K", Metric: c.metric, History: []kpi.Measurement{c.before, c.after}}}}
		line := s.At(day("2027-03-01"))[0]
		require.Equal(t, c.trend, line.Trend, "%+v", c)
		require.Equal(t, c.clear, line.Clear, "%+v", c)
	}
}

func TestScorecardValidate(t *testing.T) {
	require.NoError(t, card().Validate())
	s := kpi.Scorecard{
		Tolerance: objective.Tolerance{Amber: ratio.Int(2)},
		Measures: []kpi.Measure{
			{ID: "K-1"},
			{ID: "K-1", Metric: "churn_rate", Target: objective.Target{Metric: "adoption_rate", Direction: objective.Increase, Value: ratio.Int(3), Baseline: ratio.Int(3)}},
			{ID: "K-3", Metric: "churn_rate", History: []kpi.Measurement{
				{},
				{On: day("2027-01-31"), Value: ratio.Int(3), Successes: 5, Trials: 3},
				{On: day("2027-01-31"), Value: ratio.Int(3), Successes: 1, Trials: 3},
			}},
		},
	}
	var paths []string
	for _, f := range verdict.FaultsOf(s.Validate()) {
		paths = append(paths, f.Path)
	}
	require.Equal(t, []string{
		"measures[1].id", "measures[0].metric", "measures[1].target.value", "measures[1].target.metric",
		"measures[2].history[0].on", "measures[2].history[0].value", "measures[2].history[1].successes",
		"measures[2].history[2].value", "measures[2].history[2].on", "tolerance.amber",
	}, paths)
}

// TestRules breaks a sound scorecard in one place for each rule.
func TestRules(t *testing.T) {
	require.NoError(t, verdict.CatalogueOf(kpi.Rules()...).Validate())
	sound := func() kpi.Facts {
		return kpi.Facts{Scorecard: card(), AsOf: day("2027-07-01"), Kept: []string{"O-1"}, Live: day("2027-06-01")}
	}
	report := verdict.Run(sound(), kpi.Rules()...)
	require.Empty(t, report.Findings)
	for code, breakIt := range map[verdict.Code]func(*kpi.Facts){
		"KPI-001": func(f *kpi.Facts) { f.Kept = append(f.Kept, "O-2") },
		"KPI-002": func(f *kpi.Facts) { f.Scorecard.Measures[1].Metric = "smiles" },
		"KPI-003": func(f *kpi.Facts) { f.Scorecard.Measures[0].Target.Baseline = ratio.Ratio{} },
		"KPI-004": func(f *kpi.Facts) { f.Live = f.AsOf },
		"KPI-005": func(f *kpi.Facts) { f.Scorecard.MaxAge = calendar.MustParsePeriod("P1D"); f.AsOf = day("2027-07-02") },
		"KPI-006": func(f *kpi.Facts) { f.Scorecard.Measures[0].History[1] = kpi.Share(day("2027-06-30"), 17, 100) },
		"KPI-007": func(f *kpi.Facts) { f.Scorecard.Measures[0].History[1] = kpi.Share(day("2027-06-30"), 142, 1000) },
		"KPI-008": func(f *kpi.Facts) { f.Scorecard.Measures[1].Owner = "" },
		"KPI-009": func(f *kpi.Facts) { f.Scorecard.Measures[0].Target.From = 0 },
	} {
		f := sound()
		breakIt(&f)
		codes := map[verdict.Code]bool{}
		for _, finding := range verdict.Run(f, kpi.Rules()...).Findings {
			codes[finding.Code] = true
			require.NotEmpty(t, finding.Remedy)
		}
		require.True(t, codes[code], code)
	}
	f := sound()
	f.Kept, f.Live = nil, 0
	report = verdict.Run(f, kpi.Rules()...)
	for code, want := range map[verdict.Code]verdict.Status{"KPI-001": verdict.Unassessed, "KPI-004": verdict.NotApplicable} {
		o, _ := report.Outcome(code)
		require.Equal(t, want, o.Status)
	}
}

// TestMetrics holds the catalogue to its own promises.
func TestMetrics(t *testing.T) {
	all := kpi.Catalogue()
	seen := map[string]bool{}
	items := map[string]bool{}
	for i, m := range all {
		require.False(t, seen[m.Code], m.Code)
		seen[m.Code] = true
		require.Regexp(t, `^[a-z][a-z0-9_]+$`, m.Code)
		require.NotEmpty(t, m.Name)
		require.NotEmpty(t, m.Formula)
		require.NotEmpty(t, m.Needs)
		require.True(t, m.Unit.IsValid())
		require.True(t, m.Polarity.IsValid())
		if i > 0 {
			require.Less(t, all[i-1].Code, m.Code)
		}
		for _, item := range m.Items {
			items[item] = true
		}
		found, ok := kpi.Find(m.Code)
		require.True(t, ok)
		require.Empty(t, cmp.Diff(m, found))
	}
	for _, item := range []string{"KP-02", "KP-03", "KP-04", "KP-05", "KP-06", "KP-09", "KP-10", "KP-11", "KP-13"} {
		require.True(t, items[item], "%s has no metric", item)
	}
	for name, code := range map[string]string{
		"customer churn rate": "churn_rate", "Churn-Rate": "churn_rate", "CHURN_RATE": "churn_rate", "first contact resolution": "first_contact_resolution",
		"Customer satisfaction": "customer_satisfaction",
	} {
		m, ok := kpi.FindByName(name)
		require.True(t, ok, name)
		require.Equal(t, code, m.Code)
	}
	_, ok := kpi.FindByName("smiles")
	require.False(t, ok)
	_, ok = kpi.Find("smiles")
	require.False(t, ok)
}

func TestScorecardJSON(t *testing.T) {
	want := card()
	want.MaxAge = calendar.MustParsePeriod("P1M")
	b, err := json.Marshal(want)
	require.NoError(t, err)
	var got kpi.Scorecard
	require.NoError(t, json.Unmarshal(b, &got))
	require.Empty(t, cmp.Diff(want, got))
	m, ok := want.Measure("O-1")
	require.True(t, ok)
	require.Equal(t, "K-1", m.ID)
	_, ok = want.Measure("O-2")
	require.False(t, ok)
}

func TestScorecardWords(t *testing.T) {
	for u := kpi.Percent; u <= kpi.Multiple; u++ {
		back, err := kpi.ParseUnit(u.String())
		require.NoError(t, err)
		require.Equal(t, u, back)
		text, err := u.MarshalText()
		require.NoError(t, err)
		var again kpi.Unit
		require.NoError(t, again.UnmarshalText(text))
		require.Equal(t, u, again)
	}
	for tr := kpi.Better; tr <= kpi.Steady; tr++ {
		back, err := kpi.ParseTrend(tr.String())
		require.NoError(t, err)
		require.Equal(t, tr, back)
		text, err := tr.MarshalText()
		require.NoError(t, err)
		var again kpi.Trend
		require.NoError(t, again.UnmarshalText(text))
	}
	for p := kpi.HigherIsBetter; p <= kpi.LowerIsBetter; p++ {
		back, err := kpi.ParsePolarity(p.String())
		require.NoError(t, err)
		require.Equal(t, p, back)
		text, err := p.MarshalText()
		require.NoError(t, err)
		var again kpi.Polarity
		require.NoError(t, again.UnmarshalText(text))
	}
	require.False(t, (kpi.Multiple + 1).IsValid())
}

func FuzzScorecardJSON(f *testing.F) {
	b, err := json.Marshal(card())
	require.NoError(f, err)
	f.Add(b)
	f.Fuzz(func(t *testing.T, data []byte) {
		var s kpi.Scorecard
		if json.Unmarshal(data, &s) != nil {
			return
		}
		_ = s.Validate()
		for _, line := range s.At(day("2027-07-01")) {
			if line.Interval.Defined() {
				require.LessOrEqual(t, line.Interval.Lo, line.Interval.Hi)
			}
		}
		_ = verdict.Run(kpi.Facts{Scorecard: s, AsOf: day("2027-07-01"), Live: 1}, kpi.Rules()...)
	})
}
