package risk_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/risk"
)

func TestHeatMap(t *testing.T) {
	register := sound()
	require.Equal(t, ""+
		"               | negligible | minor    | moderate         | major     | severe\n"+
		"---------------+------------+----------+------------------+-----------+--------\n"+
		"almost_certain | medium     | high     | high             | extreme   | extreme\n"+
		"likely         | low        | medium   | high             | high R-02 | extreme\n"+
		"possible       | low        | medium   | medium R-01 R-03 | high      | high\n"+
		"unlikely       | low        | low O-01 | medium           | medium    | high\n"+
		"rare           | low        | low      | low              | low       | medium\n",
		register.HeatMap(today, 0).String())

	inherent := register.HeatMap(today, risk.Inherent)
	require.Equal(t, []string{"R-01", "R-02"}, inherent.Cells[3][3])
	residual := register.HeatMap(today, risk.Residual)
	require.Equal(t, []string{"R-01"}, residual.Cells[2][2])
	require.Equal(t, []string{"O-01", "R-02", "R-03"}, residual.Outside)
	require.Contains(t, residual.String(), "not in the matrix: O-01 R-02 R-03\n")
}

func TestHeatMapCrowded(t *testing.T) {
	register := risk.Register{Matrix: risk.Simple3x3()}
	for _, id := range []string{"E", "D", "C", "B", "A"} {
		register.Risks = append(register.Risks, risk.Risk{ID: id, Assessments: []risk.Assessment{{
			Basis: risk.Inherent, Likelihood: "high", Impact: "high", Matrix: "simple_3x3@1",
		}}})
	}
	require.Equal(t, ""+
		"       | low    | medium | high\n"+
		"-------+--------+--------+--------------\n"+
		"high   | medium | high   | high A B C +2\n"+
		"medium | low    | medium | high\n"+
		"low    | low    | low    | medium\n",
		register.HeatMap(today, 0).String())
}
