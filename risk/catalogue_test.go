package risk_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/risk"
)

// RI-09, RI-10.
func TestCatalogue(t *testing.T) {
	seen := map[string]bool{}
	for _, entry := range risk.Catalogue() {
		require.False(t, seen[entry.ID], entry.ID)
		seen[entry.ID] = true
		require.True(t, entry.Kind.IsValid())
		for _, text := range []string{entry.Category, entry.Title, entry.Cause, entry.Event, entry.Effect} {
			require.NotEmpty(t, text, entry.ID)
		}
		require.NotEmpty(t, entry.Suggestions)
		for _, s := range entry.Suggestions {
			require.True(t, s.Strategy.Fits(entry.Kind), "%s: %v", entry.ID, s.Strategy)
			require.NotEmpty(t, s.Action)
		}
		got, ok := risk.TemplateOf(entry.ID)
		require.True(t, ok)
		require.Equal(t, entry, got)
		require.Contains(t, risk.Categories(), entry.Category)
	}
	for _, id := range []string{
		"unexpected_costs", "implementation_downtime", "adoption_difficulty",
		"delay", "cost_overrun", "off_track", "complexity", "many_stakeholders", "data_quality", "integration_failure",
	} {
		require.True(t, seen[id], id)
	}
	_, ok := risk.TemplateOf("meteorite")
	require.False(t, ok)

	risk.Catalogue()[0].Suggestions[0].Action = "changed"
	require.NotEqual(t, "changed", risk.Catalogue()[0].Suggestions[0].Action)
}

func TestTemplateRisk(t *testing.T) {
	entry, _ := risk.TemplateOf("implementation_downtime")
	r := entry.Risk("R-07", today)
	r.Responses = entry.Respond()
	require.Equal(t, "implementation_downtime", r.Origin)
	require.Len(t, r.Triggers, 1)
	require.Equal(t, "A3", r.Responses[2].ID)
	require.Equal(t, risk.Transfer, r.Responses[2].Strategy)
	require.NoError(t, risk.Register{Matrix: risk.Classic5x5(), Risks: []risk.Risk{r}}.Validate())
}

// RI-02.
func TestCandidates(t *testing.T) {
	register := risk.Register{
		Plan: risk.Plan{SetAside: []risk.SetAside{{Entry: "delay", Reason: "no fixed date"}}},
		Risks: []risk.Risk{
			{ID: "1", Origin: "complexity", Raised: day("2027-01-01")},
			{ID: "2", Title: "the team LACKS skills!", Raised: day("2027-01-01")},
			{ID: "3", Origin: "off_track", Raised: day("2027-12-01")},
		},
	}
	left := map[string]bool{}
	for _, c := range register.Candidates(today, risk.Catalogue()) {
		left[c.ID] = true
	}
	require.Len(t, left, len(risk.Catalogue())-3)
	require.False(t, left["delay"] || left["complexity"] || left["skills_gap"])
	require.True(t, left["off_track"], "not raised yet")
}

// RI-02.
func TestGather(t *testing.T) {
	register := risk.Register{Risks: []risk.Risk{{ID: "R-01", Kind: risk.Threat, Title: "Vendor goes bankrupt"}}}
	topics := register.Gather(
		risk.Idea{By: "Ana", Text: "Nobody will use it"},
		risk.Idea{By: "Ben", Text: "The vendor goes bankrupt?"},
		risk.Idea{By: "Cleo", Text: "vendor goes bankrupt!", Category: "supplier"},
		risk.Idea{By: "Dora", Text: "Vendor  goes bankrupt."},
		risk.Idea{By: "Dora", Text: "VENDOR GOES BANKRUPT"},
		risk.Idea{By: "Ana", Text: "…"},
		risk.Idea{Text: "Nobody will use it", Kind: risk.Opportunity},
	)
	require.Equal(t, []risk.Topic{
		{Text: "vendor goes bankrupt!", Kind: risk.Threat, Category: "supplier", By: []string{"Cleo", "Dora"}, Known: []string{"R-01"}},
		{Text: "Nobody will use it", Kind: risk.Threat, By: []string{"Ana"}},
		{Text: "The vendor goes bankrupt?", Kind: risk.Threat, By: []string{"Ben"}},
		{Text: "Nobody will use it", Kind: risk.Opportunity},
	}, topics)
	r := topics[0].Risk("R-02", today)
	require.Equal(t, "vendor goes bankrupt!", r.Event)
	require.NoError(t, risk.Register{Matrix: risk.Classic5x5(), Risks: []risk.Risk{r}}.Validate())
}

// RI-11.
func TestRaiseFrom(t *testing.T) {
	r, err := risk.RaiseFrom(risk.Deviation{
		Area: risk.InAdoption, Subject: "adoption_rate", Measure: "weekly active users",
		Planned: share("60%"), Actual: share("0.48"), Unit: "%", On: today,
	}, "R-09")
	require.NoError(t, err)
	require.Equal(t, "adoption_rate, weekly active users: 48.0 %, planned 60.0 %", r.Cause)
	require.Equal(t, "adoption_difficulty", r.Origin)
	require.Equal(t, "Off plan: adoption_rate, weekly active users", r.Title)
	require.Equal(t, today, r.Raised)
	require.Equal(t, today, r.Triggers[0].Seen)
	register := risk.Register{Matrix: risk.Classic5x5(), Risks: []risk.Risk{r}}
	require.NoError(t, register.Validate())
	report := verdict.Run(risk.Facts{Register: register, AsOf: today}, risk.Rules()...)
	outcome, _ := report.Outcome("RISK-061") // the sign was seen and nobody has assessed it
	require.Equal(t, verdict.NotMet, outcome.Status)

	r, err = risk.RaiseFrom(risk.Deviation{
		Area: risk.InCost, Subject: "licences", Measure: "forecast", Planned: share("1000"), Actual: share("2701/3"),
		Unit: "EUR", On: today, Kind: risk.Opportunity,
	}, "O-01")
	require.NoError(t, err)
	require.Equal(t, risk.Opportunity, r.Kind)
	require.Equal(t, "licences, forecast: 900.33 EUR, planned 1000 EUR", r.Cause)

	for area := risk.InSchedule; area <= risk.InStakeholder; area++ {
		r, err = risk.RaiseFrom(risk.Deviation{
			Area: area, Subject: "s", Measure: "m", Planned: ratio.Int(1), Actual: ratio.Int(2), On: today,
		}, "R")
		require.NoError(t, err)
		_, ok := risk.TemplateOf(r.Origin)
		require.True(t, ok, "%v", area)
		require.Equal(t, "s, m: 2, planned 1", r.Cause)
	}
}

func TestRaiseFromFaults(t *testing.T) {
	_, err := risk.RaiseFrom(risk.Deviation{Actual: ratio.Undefined("no data"), Kind: 7}, "")
	require.Equal(t, []string{"id", "area", "subject", "measure", "planned", "actual", "on", "kind"}, faultPaths(unwrap(err)))
	_, err = risk.RaiseFrom(risk.Deviation{
		Area: risk.InCost, Subject: "s", Measure: "m", Planned: share("1/2"), Actual: share("50%"), On: today,
	}, "R")
	require.ErrorContains(t, err, "risk: deviation: actual: 1/2 is as planned")
}

// unwrap takes the prefix off an error that wraps one other.
func unwrap(err error) error {
	if inner, ok := err.(interface{ Unwrap() error }); ok {
		return inner.Unwrap()
	}
	return err
}
