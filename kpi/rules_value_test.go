package kpi_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/objective"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/kpi"
)

// KP-07: what is wrong with the numbers themselves, in the words of the report.
func TestRulesOnValues(t *testing.T) {
	for _, c := range []struct {
		code    verdict.Code
		breakIt func(*kpi.Measure)
		subject string
		message string
	}{
		{
			"KPI-010", func(m *kpi.Measure) { m.History = append(m.History, kpi.Share(day("2027-07-01"), 0, 0)) },
			"measures[K-1].history", "Churn rate (K-1) was measured on 2027-07-01 and has no value: no trials.",
		},
		{
			"KPI-010", func(m *kpi.Measure) { m.History = []kpi.Measurement{{On: day("2027-07-01")}} },
			"measures[K-1].history", "Churn rate (K-1) was measured on 2027-07-01 and has no value.",
		},
		{
			"KPI-011", func(m *kpi.Measure) {
				m.Target.Direction, m.Target.Value = objective.Increase, ratio.Int(20)
			},
			"measures[K-1].target.direction", "The target of Churn rate (K-1) wants it to rise, but lower is better.",
		},
		{
			"KPI-011", func(m *kpi.Measure) { m.Metric = "adoption_rate" },
			"measures[K-1].target.direction", "The target of Adoption rate (K-1) wants it to fall, but higher is better.",
		},
		{
			"KPI-012", func(m *kpi.Measure) { m.History = []kpi.Measurement{kpi.Share(day("2027-06-30"), 14, 100)} },
			"measures[K-1].history",
			"Churn rate (K-1) is 14.0 % of 100 cases, which may be anything from 8.526 to 22.14 (95 %): the baseline of 16.0 and the target of 12.0 as well.",
		},
	} {
		f := kpi.Facts{Scorecard: card(), AsOf: day("2027-07-01")}
		c.breakIt(&f.Scorecard.Measures[0])
		var found []verdict.Finding
		for _, finding := range verdict.Run(f, kpi.Rules()...).Findings {
			if finding.Code == c.code {
				found = append(found, finding)
			}
		}
		require.Len(t, found, 1, c.code)
		require.Equal(t, c.subject, found[0].Subject)
		require.Equal(t, c.message, found[0].Message)
		require.NotEmpty(t, found[0].Remedy)
	}
}

// A project's own metric has no polarity, and a measure without a target no wrong way.
func TestRulesOnValuesKeepQuiet(t *testing.T) {
	f := kpi.Facts{AsOf: day("2027-07-01"), Scorecard: kpi.Scorecard{Measures: []kpi.Measure{
		{ID: "K-1", Metric: "smiles", Target: objective.Target{Direction: objective.Decrease}},
		{ID: "K-2", Metric: "churn_rate", History: []kpi.Measurement{kpi.Share(day("2027-06-30"), 1, 10)}},
	}}}
	for _, finding := range verdict.Run(f, kpi.Rules()...).Findings {
		require.Less(t, finding.Code, verdict.Code("KPI-010"), finding.Message)
	}
}
