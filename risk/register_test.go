package risk_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/money"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/risk"
)

// exactly compares values of this package bit by bit.
var exactly = cmpopts.EquateComparable(ratio.Ratio{}, money.Amount{})

func TestSoundRegister(t *testing.T) {
	register := sound()
	require.NoError(t, register.Validate())
	report := verdict.Run(risk.Facts{Register: register, AsOf: today}, risk.Rules()...)
	for _, f := range report.Findings {
		require.GreaterOrEqual(t, string(f.Code), "RISK-100", "%s %s", f.Subject, f.Message)
	}
}

func TestRegisterJSON(t *testing.T) {
	register := sound()
	text, err := json.Marshal(register)
	require.NoError(t, err)
	var back risk.Register
	require.NoError(t, json.Unmarshal(text, &back))
	require.Empty(t, cmp.Diff(register, back, exactly))
	again, err := json.Marshal(back)
	require.NoError(t, err)
	require.JSONEq(t, string(text), string(again))
}

func TestRegisterLookups(t *testing.T) {
	register := sound()
	r, ok := register.Risk("R-02")
	require.True(t, ok)
	require.Equal(t, "Cleo", r.Owner)
	_, ok = register.Risk("R-99")
	require.False(t, ok)

	require.Len(t, register.Active(today), 4)
	require.Len(t, register.Active(day("2027-01-15")), 3) // R-04 was still live
	require.Len(t, register.Live(day("2027-02-15")), 3)   // R-03 had happened

	_, ok = register.MatrixOf("classic_5x5@2")
	require.False(t, ok)
	old := risk.Simple3x3()
	register.Earlier = []risk.Matrix{old}
	m, ok := register.MatrixOf("simple_3x3@1")
	require.True(t, ok)
	require.Equal(t, old, m)
}

func TestStanding(t *testing.T) {
	register := sound()
	data, _ := register.Risk("R-01")
	s, ok := register.Standing(data, today)
	require.True(t, ok)
	require.Equal(t, risk.Residual, s.Basis)
	require.Equal(t, "medium", s.Rating.Name)

	s, ok = register.Standing(data, day("2027-02-01")) // before the residual assessment
	require.True(t, ok)
	require.Equal(t, risk.Inherent, s.Basis)
	require.Equal(t, "high", s.Rating.Name)

	_, ok = register.Standing(data, day("2027-01-11"))
	require.False(t, ok)

	data.Assessments[0].Matrix = "lost@1"
	_, ok = register.Standing(data, day("2027-02-01"))
	require.False(t, ok)
}

// Of two assessments on one day the later in the list counts; the order of the
// list does not matter otherwise.
func TestLatestAssessment(t *testing.T) {
	register := sound()
	r := risk.Risk{ID: "R", Kind: risk.Threat, Assessments: []risk.Assessment{
		assessed("2027-03-03", risk.Inherent, "rare", "minor"),
		assessed("2027-03-03", risk.Inherent, "likely", "severe"),
		assessed("2027-01-01", risk.Inherent, "possible", "minor"),
	}}
	s, ok := register.Standing(r, today)
	require.True(t, ok)
	require.Equal(t, "likely", s.Likelihood)
	history := register.History(r, risk.Inherent, today)
	require.Len(t, history, 3)
	require.Equal(t, day("2027-01-01"), history[0].Date)
	require.Equal(t, "likely", history[2].Likelihood)
}

// RI-04.
func TestConsequences(t *testing.T) {
	link := func(ids ...string) []risk.Link {
		var links []risk.Link
		for _, id := range ids {
			links = append(links, risk.Link{Risk: id})
		}
		return links
	}
	register := risk.Register{Risks: []risk.Risk{
		{ID: "A"}, {ID: "B", Causes: link("A")}, {ID: "C", Causes: link("B", "D")}, {ID: "D", Causes: link("C")}, {ID: "E"},
	}}
	require.Equal(t, []string{"B", "C", "D"}, register.Consequences("A"))
	require.Equal(t, []string{"C", "D"}, register.Consequences("C")) // a circle
	require.Empty(t, register.Consequences("E"))
	require.Empty(t, register.Consequences("nobody"))
}

func TestRegisterResidual(t *testing.T) {
	threats, chances := sound().Residual(today)
	// 0.6 × (1 − 1/3) × 50000; R-02: 0.7 × 50000; R-03: 1.5 × 2000
	require.Equal(t, "58000.00 EUR", threats.String())
	require.Equal(t, "2000.00 EUR", chances.String())

	none, _ := risk.Register{}.Residual(today)
	require.Equal(t, "0", none.String())

	unknown, _ := edit("R-02", func(r *risk.Risk) { r.Estimate = risk.Estimate{} }).Residual(today)
	require.False(t, unknown.Defined())
	require.Equal(t, risk.NoImpact, unknown.Minor.Reason())
}

func TestMethodsDoNotAlias(t *testing.T) {
	register, before := sound(), sound()
	h := register.HeatMap(today, 0)
	h.Matrix.Cells[0][0], h.Matrix.Bands[0].Name, h.Matrix.Impact.Levels[0].Name = "x", "x", "x"
	next, _, err := register.Remap(risk.Change{To: recoloured(), On: today, By: "Ana"})
	require.NoError(t, err)
	next.Risks[0].Assessments[0].Likelihood = "x"
	next.Risks[0].Responses[0].ID = "x"
	next.Risks[0].Controls[0].ID = "x"
	next.Earlier[0].Cells[0][0] = "x"
	next.Plan.Appetites[0].Appetite = "x"
	for _, m := range register.Messages(today) {
		for i := range m.Expectations {
			m.Expectations[i] = "x"
		}
	}
	require.Empty(t, cmp.Diff(before, register, exactly))
}

// RI-08.
func TestStateAt(t *testing.T) {
	r := risk.Risk{
		Raised: day("2027-01-10"), Closed: day("2027-05-01"),
		Occurrences: []risk.Occurrence{{On: day("2027-02-01"), Resolved: day("2027-02-10")}, {On: day("2027-04-01")}},
	}
	for date, want := range map[string]risk.State{
		"2027-01-09": risk.Unraised, "2027-01-10": risk.Live, "2027-01-31": risk.Live,
		"2027-02-01": risk.Occurred, "2027-02-09": risk.Occurred, "2027-02-10": risk.Live,
		"2027-04-01": risk.Occurred, "2027-04-30": risk.Occurred, "2027-05-01": risk.Closed,
	} {
		require.Equal(t, want, r.StateAt(day(date)), date)
	}
}

func TestProximityAt(t *testing.T) {
	window := func(from, until string) risk.Risk {
		d := func(s string) calendar.Date {
			if s == "" {
				return 0
			}
			return day(s)
		}
		return risk.Risk{Window: calendar.Interval{From: d(from), Until: d(until)}}
	}
	for _, c := range []struct {
		from, until string
		want        risk.Proximity
	}{
		{"", "", risk.AnyTime},
		{"2027-03-15", "2027-03-15", risk.Now},
		{"", "2027-03-15", risk.Now},
		{"2027-03-01", "", risk.Now},
		{"2027-03-01", "2027-03-14", risk.Past},
		{"2027-03-16", "", risk.WithinMonth},
		{"2027-04-15", "", risk.WithinMonth},
		{"2027-04-16", "", risk.WithinQuarter},
		{"2027-06-15", "", risk.WithinQuarter},
		{"2027-06-16", "2027-07-01", risk.Later},
	} {
		require.Equal(t, c.want, window(c.from, c.until).ProximityAt(today), "%v", c)
	}
}
