package risk_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/risk"
)

// RI-07.
func TestNextReview(t *testing.T) {
	plain := risk.Risk{ID: "R", Kind: risk.Threat, Raised: day("2027-01-31")}
	rated := plain
	rated.Assessments = []risk.Assessment{assessed("2027-02-10", risk.Inherent, "rare", "minor")} // low: every 3 months
	for name, c := range map[string]struct {
		register risk.Register
		risk     risk.Risk
		review   risk.Review
		want     string
	}{
		"default from the day it was raised": {risk.Register{}, plain, risk.Review{}, "2027-02-28"},
		"the plan's cycle":                   {risk.Register{Plan: risk.Plan{Review: cycle("P2W")}}, plain, risk.Review{}, "2027-02-14"},
		"the band's cycle":                   {sound(), rated, risk.Review{}, "2027-05-10"},
		"the risk's own cycle":               {sound(), rated, risk.Review{Every: cycle("P1D")}, "2027-02-11"},
		"from the last review":               {sound(), plain, risk.Review{Last: day("2027-03-01")}, "2027-04-01"},
		"a later review is not known yet":    {sound(), plain, risk.Review{Last: day("2027-04-01")}, "2027-02-28"},
		"fixed by hand":                      {sound(), rated, risk.Review{Next: day("2027-03-20")}, "2027-03-20"},
		"fixed and then done":                {sound(), rated, risk.Review{Next: day("2027-02-10")}, "2027-05-10"},
	} {
		t.Run(name, func(t *testing.T) {
			r := c.risk
			r.Review = c.review
			due, ok := c.register.NextReview(r, today)
			require.True(t, ok)
			require.Equal(t, c.want, due.String())
		})
	}
	_, ok := risk.Register{}.NextReview(risk.Risk{Raised: calendar.MaxDate}, calendar.MaxDate)
	require.False(t, ok)
}

func TestReviewsDue(t *testing.T) {
	register := sound()
	require.Empty(t, register.ReviewsDue(today, today))
	require.Equal(t, []risk.ReviewDue{
		{Risk: "R-01", Owner: "Ben", Due: day("2027-04-01"), Overdue: 0},
		{Risk: "R-02", Owner: "Cleo", Due: day("2027-04-02"), Overdue: 0},
		{Risk: "R-03", Owner: "Dora", Due: day("2027-04-20"), Overdue: 0},
	}, register.ReviewsDue(today, day("2027-04-20")))

	later := day("2027-04-02")
	require.Equal(t, []risk.ReviewDue{
		{Risk: "R-01", Owner: "Ben", Due: day("2027-04-01"), Overdue: 1},
		{Risk: "R-02", Owner: "Cleo", Due: day("2027-04-02"), Overdue: 0},
	}, register.ReviewsDue(later, later))
}

// RI-12, RI-13.
func TestMessages(t *testing.T) {
	register := sound()
	require.Equal(t, []risk.Message{{
		Event: "risk_high:R-02:2027-01-12", Subject: "risks[R-02]", Risk: "R-02", Since: day("2027-01-12"),
		Text: `Since 2027-01-12, threat R-02 "Sales stays with spreadsheets" is rated high: likelihood likely, impact major.`,
	}}, register.Messages(today))

	// R-01 was high until its residual assessment of 1 March.
	then := register.Messages(day("2027-02-15"))
	require.Len(t, then, 3)
	require.Equal(t, []string{"risk_high:R-01:2027-01-12", "risk_high:R-02:2027-01-12", "risk_occurred:R-03:2027-02-10"},
		[]string{then[0].Event, then[1].Event, then[2].Event})
	require.Equal(t, []string{"E-1"}, then[0].Expectations)
	require.Contains(t, then[2].Text, "has happened and is tracked as issue I-1.")
	require.Empty(t, register.Messages(day("2027-01-01")))
}

// A risk that became high, fell and became high again is news twice.
func TestHighTwice(t *testing.T) {
	register := edit("R-01", func(r *risk.Risk) {
		r.Assessments = append(r.Assessments,
			assessed("2027-03-05", risk.Residual, "likely", "major"),
			assessed("2027-03-08", risk.Residual, "almost_certain", "major"))
		r.Occurrences = []risk.Occurrence{{On: day("2027-03-20")}}
	})
	all := register.Messages(today)
	require.Equal(t, "risk_high:R-01:2027-03-05", all[1].Event)
	all = register.Messages(day("2027-03-20"))
	require.Equal(t, "risk_occurred:R-01:2027-03-20", all[1].Event)
	require.Contains(t, all[1].Text, "has happened.")
}
