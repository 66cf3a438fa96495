package control_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/audit/control"
	"github.com/crmrollout/crm/crmproject"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/risk"
)

// sure is a risk that costs an amount with a chance.
func sure(id, chance, amount string) risk.Risk {
	a := eur(amount)
	return risk.Risk{
		ID: id, Title: id, Kind: risk.Threat, Raised: day("2027-01-01"),
		Estimate: risk.Estimate{Probability: ratio.MustParse(chance), Impact: risk.MoneyRange{Min: a, Mode: a, Max: a}},
	}
}

func reserve(contingency string, risks ...risk.Risk) control.Course {
	return control.Course{
		Budget:   crmproject.Budget{Total: eur("100000"), Contingency: eur(contingency)},
		Register: risk.Register{Matrix: risk.Classic5x5(), Risks: risks},
	}
}

// CP-17, CP-37: one risk of 10,000 with a chance of 3/10 has P50 0 and P80 10,000;
// two of them have P90 20,000 if both happen in one case of eleven.
func TestCover(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name        string
		contingency string
		risks       []risk.Risk
		cover       control.Cover
		short       string
	}{
		{"no risks", "0", nil, control.Ample, "0"},
		{"P80 not reached", "9999.99", []risk.Risk{sure("R-1", "3/10", "10000")}, control.Thin, "0.01"},
		{"equality suffices", "10000", []risk.Risk{sure("R-1", "3/10", "10000")}, control.Ample, "0"},
		{"P90 not reached", "10000", []risk.Risk{sure("R-1", "1/3", "10000"), sure("R-2", "1/3", "10000")}, control.Sufficient, "0"},
		{"not even P50", "9999", []risk.Risk{sure("R-1", "3/5", "10000")}, control.Short, "1"},
		{"nothing left", "0", []risk.Risk{sure("R-1", "1/20", "10000")}, control.Ample, "0"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			c, err := reserve(tt.contingency, tt.risks...).Cover(t.Context(), asOf, quantOptions)
			require.NoError(t, err)
			require.Equal(t, tt.cover, c.Cover, c)
			order, err := c.Short.Cmp(eur(tt.short))
			require.NoError(t, err)
			require.Zero(t, order, c)
			require.GreaterOrEqual(t, c.Chance.Value, c.Chance.Lo)
			require.Contains(t, c.String(), c.Cover.String())
		})
	}
}

// What was drawn, and what was overspent without a draw, is not left.
func TestCoverRemaining(t *testing.T) {
	t.Parallel()
	c := reserve("5000", sure("R-1", "1/2", "100"), risk.Risk{ID: "R-2", Title: "unknown", Kind: risk.Threat, Raised: day("2027-01-01")})
	c.Budget.Costs = []crmproject.Cost{{ID: "C", On: asOf, Amount: eur("700")}, {ID: "D", On: asOf.AddDays(1), Amount: eur("9000")}}
	c.Budget.Draws = []crmproject.Draw{{ID: "D-1", On: asOf, Amount: eur("500"), For: "C"}}
	got, err := c.Cover(t.Context(), asOf, quantOptions)
	require.NoError(t, err)
	require.Equal(t, eur("4300"), got.Remaining)
	require.NotEmpty(t, got.Gaps)
	c.Budget.Draws = nil
	c.Budget.Costs[0].Amount = eur("6000")
	c.Register = risk.Register{}
	got, err = c.Cover(t.Context(), asOf, quantOptions)
	require.NoError(t, err)
	require.Equal(t, control.Short, got.Cover, "overdrawn")
	require.Zero(t, got.Chance.Value)
}

func TestCoverFaults(t *testing.T) {
	t.Parallel()
	foreign := reserve("10", sure("R-1", "1/2", "100"))
	foreign.Budget = crmproject.Budget{Total: usd("100"), Contingency: usd("10")}
	_, err := foreign.Cover(t.Context(), asOf, quantOptions)
	require.ErrorContains(t, err, "currencies differ")
	_, err = control.Course{Budget: crmproject.Budget{Lines: []crmproject.BudgetLine{{}}}, Register: risk.Register{Risks: []risk.Risk{{}}}}.Cover(t.Context(), asOf, quantOptions)
	require.ErrorContains(t, err, "budget.lines[0]")
	require.ErrorContains(t, err, "risks[0]")
	broken := quantOptions
	broken.CurvePoints = -1
	_, err = reserve("10", sure("R-1", "1/2", "100")).Cover(t.Context(), asOf, broken)
	require.Error(t, err)
}
