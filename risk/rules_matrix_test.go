package risk_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/risk"
)

func codes(findings []verdict.Finding) []string {
	var all []string
	for _, f := range findings {
		all = append(all, string(f.Code))
	}
	slices.Sort(all)
	return all
}

func TestMatrixRules(t *testing.T) {
	for name, c := range map[string]struct {
		matrix risk.Matrix
		want   []string
	}{
		"consistent":     {risk.Cox3x3(), nil},
		"falls":          {gridMatrix([][]int{{0, 1, 0}, {0, 1, 1}, {0, 1, 2}}, 3), []string{"RISK-101", "RISK-104", "RISK-107", "RISK-108"}},
		"top too low":    {gridMatrix([][]int{{0, 0, 1}, {0, 1, 1}, {0, 2, 2}}, 3), []string{"RISK-102", "RISK-103", "RISK-104", "RISK-105", "RISK-106", "RISK-108"}},
		"upside down":    {gridMatrix([][]int{{2, 1}, {1, 0}}, 3), []string{"RISK-101", "RISK-102", "RISK-104", "RISK-106", "RISK-108"}},
		"cancellation":   {gridMatrix([][]int{{0, 1, 1}, {0, 1, 3}, {2, 2, 3}}, 4), []string{"RISK-104", "RISK-105", "RISK-107", "RISK-108"}},
		"one band":       {gridMatrix([][]int{{0, 0}}, 1), []string{"RISK-109"}},
		"an unused band": {gridMatrix([][]int{{0, 0, 1}, {0, 1, 1}, {1, 1, 3}}, 4), []string{"RISK-104", "RISK-105", "RISK-108", "RISK-109"}},
	} {
		t.Run(name, func(t *testing.T) {
			report := verdict.Run(c.matrix, risk.MatrixRules()...)
			for _, f := range report.Findings {
				require.NotContains(t, f.Message, "%!")
				require.NotEmpty(t, f.Remedy)
			}
			require.Equal(t, c.want, codes(report.Findings))
		})
	}
}

// Only Cox's matrix is known to be consistent; the presets with an ordinal
// scale leave it open, and say what the grid allows.
func TestMatrixRulesOfPresets(t *testing.T) {
	want := map[string][]string{"simple_3x3": {"RISK-103"}, "pmbok_5x5": {"RISK-103"}}
	for _, m := range risk.Presets() {
		report := verdict.Run(m, risk.MatrixRules()...)
		require.Equal(t, want[m.ID], codes(report.Findings), m.ID)
		outcome, _ := report.Outcome("RISK-102")
		if m.ID == "cox_3x3" {
			require.Equal(t, verdict.Met, outcome.Status)
			continue
		}
		require.Equal(t, verdict.Unassessed, outcome.Status)
		require.Contains(t, outcome.Reason, "scale has no edges; there are edges with which it holds")
	}
}

func TestMatrixRulesOutcomes(t *testing.T) {
	report := verdict.Run(risk.Matrix{}, risk.MatrixRules()...)
	for _, outcome := range report.Outcomes {
		require.Equal(t, verdict.Unassessed, outcome.Status)
		require.Equal(t, "the matrix is not valid", outcome.Reason)
	}
	ordinal := func(grid [][]int) risk.Matrix {
		m := gridMatrix(grid, 3)
		m.Likelihood = m.Likelihood.WithEdges()
		return m
	}
	report = verdict.Run(ordinal([][]int{{0, 1, 2}, {0, 1, 2}}), risk.MatrixRules()...)
	outcome, _ := report.Outcome("RISK-102")
	require.Equal(t, "the likelihood scale has no edges; there are edges with which it holds, but none that begin at 0", outcome.Reason)
	report = verdict.Run(ordinal([][]int{{2, 1}, {1, 0}}), risk.MatrixRules()...)
	outcome, _ = report.Outcome("RISK-102")
	require.Equal(t, "the likelihood scale has no edges; there are no edges with which it holds", outcome.Reason)
	f := report.Below("cells").Findings
	require.NotEmpty(t, f)
	i := slices.IndexFunc(f, func(f verdict.Finding) bool { return f.Code == "RISK-106" })
	require.Equal(t, []string{"level 1 × level 1 is band 0; level 0 × level 0 is band 2 (weight 1)"}, f[i].Evidence)
}

// The rules of the register have those of its matrix below "matrix".
func TestMatrixRulesLifted(t *testing.T) {
	register := sound()
	register.Matrix.Cells[1][1] = "extreme"
	report := verdict.Run(risk.Facts{Register: register, AsOf: today}, risk.Rules()...)
	require.Contains(t, codes(report.Below("matrix.cells").Findings), "RISK-101")
}

// A register may well have edges in which no product fits into 64 bits; the
// audit compares them all the same.
func TestAuditOfFineEdges(t *testing.T) {
	tiny := ratio.New(1, 1<<62)
	m := gridMatrix([][]int{{0, 0}, {0, 1}}, 2)
	m.Likelihood = m.Likelihood.WithEdges(ratio.Int(0), tiny, ratio.Int(1))
	m.Impact = m.Impact.WithEdges(ratio.Int(0), tiny, ratio.Int(1))
	a := m.Audit()
	require.Equal(t, verdict.NotMet, a.Weak.Status)
	require.Equal(t, ratio.Overflow, a.Ranges[1].Low.Reason())
	require.Equal(t, "hardly any two risks are in different bands", a.Reversal.Reason)
}

// A large matrix is audited within a fraction of a second, and its answers
// hold.
func TestLargeMatrix(t *testing.T) {
	t.Parallel()
	const n = 16
	grid := make([][]int, n)
	for i := range grid {
		for j := range n {
			grid[i] = append(grid[i], min(2, (i+j+1)/n+(i+j)/n))
		}
	}
	m := gridMatrix(grid, 3)
	requireProofs(t, m, m.Audit())
}
