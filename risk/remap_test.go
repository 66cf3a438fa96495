package risk_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/risk"
)

// recoloured returns the classic matrix with a stricter colouring.
func recoloured() risk.Matrix {
	m := risk.Classic5x5()
	m.Version = 2
	m.Cells[2][2] = "high"
	m.Cells[3][3] = "extreme"
	return m
}

func TestRemapColouring(t *testing.T) {
	register := sound()
	next, moves, err := register.Remap(risk.Change{To: recoloured(), On: today, By: "Ana"})
	require.NoError(t, err)
	require.NoError(t, next.Validate())
	require.Equal(t, "classic_5x5@2", next.Matrix.Ref())
	require.Equal(t, classic, next.Earlier[0].Ref())

	type move struct {
		id, from, to string
		trend        risk.Trend
		moved        bool
	}
	var got []move
	for _, m := range moves {
		got = append(got, move{m.Risk + " " + m.Basis.String(), m.From.Name, m.To.Name, m.Trend, m.Moved()})
	}
	require.Equal(t, []move{
		{"R-01 inherent", "high", "extreme", risk.Rising, true},
		{"R-01 residual", "medium", "high", risk.Rising, true},
		{"R-02 inherent", "high", "extreme", risk.Rising, true},
		{"R-03 inherent", "medium", "high", risk.Rising, true},
		{"O-01 inherent", "low", "low", risk.Steady, false},
	}, got)

	r, _ := next.Risk("R-01")
	require.Len(t, r.Assessments, 4)
	last := r.Assessments[3]
	require.Equal(t, today, last.Date)
	require.Equal(t, "classic_5x5@2", last.Matrix)
	require.Equal(t, []string{"C1"}, last.Relies)
	require.Equal(t, "restated from classic_5x5@1, possible × moderate", last.Note)
	require.Equal(t, "classic_5x5@2", r.Target.Matrix)

	report := verdict.Run(risk.Facts{Register: next, AsOf: today}, risk.Rules()...)
	for _, f := range report.Findings {
		require.NotEqual(t, verdict.Code("RISK-022"), f.Code)
	}
}

func TestRemapToOtherLevels(t *testing.T) {
	register := sound()
	register.Plan.Appetites = nil
	change := risk.Change{
		To: risk.Simple3x3(), On: today, By: "Ana",
		Mapping: risk.Mapping{
			Likelihood: map[string]string{"rare": "low", "unlikely": "low", "possible": "medium", "likely": "high", "almost_certain": "high"},
			Impact:     map[string]string{"negligible": "low", "minor": "low", "moderate": "medium", "major": "high", "severe": "high"},
		},
	}
	next, moves, err := register.Remap(change)
	require.NoError(t, err)
	require.Len(t, moves, 5)
	r, _ := next.Risk("R-02")
	require.Equal(t, "high", r.Assessments[2].Likelihood)

	delete(change.Mapping.Likelihood, "likely")
	change.Mapping.Impact["moderate"] = "nowhere"
	change.By = ""
	_, _, err = register.Remap(change)
	require.ErrorContains(t, err, `risk: remap to "simple_3x3@1"`)
	require.ErrorContains(t, err, `risks[0].likelihood: level "likely" has no counterpart "likely": unknown`)
	require.ErrorContains(t, err, `risks[0].target.impact: level "moderate" has no counterpart "nowhere": unknown`)
	require.ErrorContains(t, err, "by: missing")
	require.ErrorIs(t, err, verdict.ErrUnknown)
}

// Where both scales have edges, a level goes to where its middle lies.
func TestRemapByEdges(t *testing.T) {
	from, to := risk.Cox3x3(), risk.Cox3x3()
	to.ID = "finer"
	to.Likelihood = risk.Names("1", "2", "3", "4", "5").WithEqualEdges()
	to.Cells = append(to.Cells, to.Cells[2], to.Cells[2])
	register := risk.Register{Matrix: from, Risks: []risk.Risk{{
		ID: "R", Title: "t", Kind: risk.Threat, Raised: day("2027-01-01"),
		Assessments: []risk.Assessment{{Date: day("2027-01-01"), Basis: risk.Inherent, Likelihood: "high", Impact: "high", Matrix: from.Ref()}},
	}}}
	next, _, err := register.Remap(risk.Change{To: to, On: today, By: "Ana"})
	require.NoError(t, err)
	require.Equal(t, "5", next.Risks[0].Assessments[1].Likelihood) // 5/6 lies from 4/5 to 1
	require.Equal(t, "high", next.Risks[0].Assessments[1].Impact)  // by name
}

func TestRemapRefusals(t *testing.T) {
	register := sound()
	_, _, err := register.Remap(risk.Change{To: risk.Classic5x5(), On: today, By: "Ana"})
	require.ErrorIs(t, err, verdict.ErrDuplicate, "the same version")

	_, _, err = register.Remap(risk.Change{To: recoloured(), On: day("2027-03-01"), By: "Ana"})
	require.ErrorContains(t, err, "risks[1].assessments[1].date: 2027-03-02 is after the change")

	_, _, err = register.Remap(risk.Change{To: recoloured(), By: "Ana"})
	require.ErrorContains(t, err, "on: missing")

	bad := recoloured()
	bad.Bands[1].Name = "moderate"
	_, _, err = register.Remap(risk.Change{To: bad, On: today, By: "Ana"})
	require.ErrorContains(t, err, `plan.appetites[0].appetite: unknown "medium"`)
}
