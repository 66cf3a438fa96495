package risk_test

import (
	"encoding/json"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/risk"
)

// randomGrid returns a grid of up to 5×5 cells and 4 bands; each second one
// never falls along a row or column.
func randomGrid(r *rand.Rand) (grid [][]int, bands int) {
	rows, columns := 1+r.IntN(5), 1+r.IntN(5)
	bands = 1 + r.IntN(4)
	rising := r.IntN(2) == 0
	grid = make([][]int, rows)
	for i := range grid {
		grid[i] = make([]int, columns)
		for j := range grid[i] {
			least := 0
			if rising && i > 0 {
				least = grid[i-1][j]
			}
			if rising && j > 0 {
				least = max(least, grid[i][j-1])
			}
			grid[i][j] = min(bands-1, least+max(0, r.IntN(5)-2))
		}
	}
	return grid, bands
}

func randomEdges(r *rand.Rand, n int) []ratio.Ratio {
	edges := make([]ratio.Ratio, n+1)
	at := r.Int64N(2)
	for k := range edges {
		edges[k] = ratio.New(at, 100)
		at += 1 + r.Int64N(15)
	}
	return edges
}

// What an audit says of a matrix it says of its transpose, with likelihood and
// impact exchanged.
func TestAuditTranspose(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2))
	flip := func(c risk.Cell) risk.Cell { return risk.Cell{Likelihood: c.Impact, Impact: c.Likelihood} }
	flipped := func(ps []risk.CellPair) map[risk.CellPair]bool {
		all := map[risk.CellPair]bool{}
		for _, p := range ps {
			all[risk.CellPair{Low: flip(p.Low), High: flip(p.High)}] = true
		}
		return all
	}
	straight := func(ps []risk.CellPair) map[risk.CellPair]bool {
		all := map[risk.CellPair]bool{}
		for _, p := range ps {
			all[p] = true
		}
		return all
	}
	for range 300 {
		grid, bands := randomGrid(r)
		m := gridMatrix(grid, bands)
		m.Likelihood = m.Likelihood.WithEdges(randomEdges(r, len(grid))...)
		m.Impact = m.Impact.WithEdges(randomEdges(r, len(grid[0]))...)
		a, b := m.Audit(), m.Transpose().Audit()
		for _, pair := range [][2]risk.Axiom{{a.Monotone, b.Monotone}, {a.Weak, b.Weak}, {a.Between, b.Between}} {
			require.Equal(t, pair[0].Status, pair[1].Status)
			require.Equal(t, flipped(pair[0].Witnesses), straight(pair[1].Witnesses))
		}
		require.Equal(t, flipped(a.Skips), straight(b.Skips))
		require.Equal(t, a.Ranges, b.Ranges)
		require.Equal(t, a.Colouring.Status, b.Colouring.Status)
		rules := map[risk.ColouringWitness]bool{}
		for _, w := range a.Colouring.Witnesses {
			rules[risk.ColouringWitness{Cell: flip(w.Cell), Rule: w.Rule}] = true
		}
		for _, w := range b.Colouring.Witnesses {
			require.True(t, rules[w])
		}
		require.Len(t, b.Colouring.Witnesses, len(rules))
		require.Equal(t, a.EdgesPositive.Status, b.EdgesPositive.Status)
		require.Equal(t, a.EdgesFromZero.Status, b.EdgesFromZero.Status)
		require.Equal(t, a.Additive.Status, b.Additive.Status)
		require.InDelta(t, a.Reversal.Rate, b.Reversal.Rate, 1e-9)
		requireProofs(t, m, a)
	}
}

// Whatever edges there are, a matrix that meets A1 with some meets it with
// those found; and one that meets A1 with its own cannot be refuted.
func TestEdgesAgreeWithWeak(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(3, 4))
	seen := map[verdict.Status]int{}
	for range 900 {
		grid, bands := randomGrid(r)
		m := gridMatrix(grid, bands)
		m.Likelihood = m.Likelihood.WithEdges(randomEdges(r, len(grid))...)
		m.Impact = m.Impact.WithEdges(randomEdges(r, len(grid[0]))...)
		a := m.Audit()
		seen[a.EdgesPositive.Status]++
		if a.Weak.Status != verdict.Met {
			continue
		}
		zeroL, zeroI := m.Likelihood.Edges[0].Sign() == 0, m.Impact.Edges[0].Sign() == 0
		if zeroL && zeroI {
			require.Equal(t, verdict.Met, a.EdgesFromZero.Status)
		}
		if !zeroL && !zeroI {
			require.Equal(t, verdict.Met, a.EdgesPositive.Status)
		}
	}
	require.Greater(t, seen[verdict.Met], 20)
	require.Greater(t, seen[verdict.NotMet], 20)
}

// A grid that is a cut of a sum of scores is found to be one.
func TestAdditiveBySum(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(5, 6))
	for range 200 {
		likelihood, impact := make([]int, 1+r.IntN(5)), make([]int, 1+r.IntN(5))
		for i := range likelihood {
			likelihood[i] = r.IntN(20)
		}
		for j := range impact {
			impact[j] = r.IntN(20)
		}
		grid := make([][]int, len(likelihood))
		for i := range grid {
			for j := range impact {
				grid[i] = append(grid[i], (likelihood[i]+impact[j])/10)
			}
		}
		m := gridMatrix(grid, 4)
		a := m.Audit()
		require.Equal(t, verdict.Met, a.Additive.Status)
		requireProofs(t, m, a)
	}
}

func TestAuditOneBand(t *testing.T) {
	m := gridMatrix([][]int{{0, 0}, {0, 0}}, 1)
	a := m.Audit()
	require.Equal(t, verdict.Met, a.Monotone.Status)
	for _, axiom := range []risk.Axiom{a.Weak, a.Between} {
		require.Equal(t, verdict.NotApplicable, axiom.Status)
		require.Equal(t, "there is only one band", axiom.Reason)
	}
	require.Equal(t, verdict.NotApplicable, a.Colouring.Status)
	require.Equal(t, verdict.NotApplicable, a.EdgesPositive.Status)
	require.Equal(t, verdict.Met, a.Additive.Status)
	require.Empty(t, a.Additive.Cuts)
	require.False(t, a.Reversal.Defined)
	require.Equal(t, "hardly any two risks are in different bands", a.Reversal.Reason)
	require.Equal(t, []risk.BandRange{{Band: "band 0", Low: ratio.Int(0), High: ratio.Int(1)}}, a.Ranges)
}

func TestAuditUnusedBands(t *testing.T) {
	m := gridMatrix([][]int{{1, 1}, {1, 3}}, 5)
	a := m.Audit()
	require.Equal(t, verdict.NotApplicable, a.Weak.Status)
	require.Equal(t, "no cell is in the bottom band, or none in the top band", a.Weak.Reason)
	require.False(t, a.Ranges[0].Low.Defined())
	require.Equal(t, share("1/4"), a.Ranges[3].Low)
	require.True(t, a.Reversal.Defined)
	require.Len(t, a.Additive.Cuts, 4)
	require.Len(t, a.Skips, 2)
	requireProofs(t, m, a)
}

func TestAuditOneCell(t *testing.T) {
	a := gridMatrix([][]int{{0}}, 2).Audit()
	require.Equal(t, verdict.Met, a.Monotone.Status)
	require.Equal(t, verdict.NotApplicable, a.Weak.Status)
	require.Equal(t, []int64{1}, a.Additive.Cuts) // beyond the only sum, 0
}

func TestAuditOrdinal(t *testing.T) {
	for _, c := range []struct {
		m      risk.Matrix
		reason string
	}{
		{risk.Classic5x5(), "the likelihood scale has no edges"},
		{func() risk.Matrix { m, _ := risk.Preset("dod_5x5"); return m }(), "the impact scale has no edges"},
	} {
		a := c.m.Audit()
		require.Equal(t, verdict.Met, a.Monotone.Status)
		require.Equal(t, verdict.Met, a.Between.Status)
		require.Equal(t, risk.Axiom{Status: verdict.Unassessed, Reason: c.reason}, a.Weak)
		require.Equal(t, risk.Colouring{Status: verdict.Unassessed, Reason: c.reason}, a.Colouring)
		require.Equal(t, risk.Reversal{Reason: c.reason}, a.Reversal)
		require.Empty(t, a.Ranges)
		requireProofs(t, c.m, a)
	}
}

func TestAuditInvalid(t *testing.T) {
	a := risk.Matrix{}.Audit()
	require.Equal(t, verdict.Unassessed, a.Monotone.Status)
	require.Equal(t, "the matrix is not valid", a.Additive.Reason)
}

// Both clauses for the top band, and the one for bands between, need a matrix
// that fails elsewhere too.
func TestColouringClauses(t *testing.T) {
	type w = risk.ColouringWitness
	for name, c := range map[string]struct {
		grid [][]int
		want []w
	}{
		"top too low, bottom too high": {
			[][]int{{0, 2}, {0, 0}},
			[]w{{Cell: risk.Cell{Impact: 1}, Rule: risk.NotTop}, {Cell: risk.Cell{Likelihood: 1}, Rule: risk.NotBottom}, {Cell: risk.Cell{Likelihood: 1, Impact: 1}, Rule: risk.NotBottom}},
		},
		"must be top": {
			[][]int{{0, 0, 0}, {0, 0, 2}, {0, 2, 1}},
			[]w{
				{Cell: risk.Cell{Likelihood: 1, Impact: 1}, Rule: risk.NotBottom},
				{Cell: risk.Cell{Likelihood: 1, Impact: 2}, Rule: risk.NotTop},
				{Cell: risk.Cell{Likelihood: 2, Impact: 1}, Rule: risk.NotTop},
				{Cell: risk.Cell{Likelihood: 2, Impact: 2}, Rule: risk.MustBeTop},
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			got := gridMatrix(c.grid, 3).Audit().Colouring.Witnesses
			for _, want := range c.want {
				require.Contains(t, got, want)
			}
		})
	}
	// A band between without a top cell that is at least as likely and grave.
	got := gridMatrix([][]int{{0, 0, 0, 2}, {0, 0, 1, 0}, {0, 0, 0, 0}}, 3).Audit().Colouring
	require.Contains(t, got.Witnesses, w{Cell: risk.Cell{Impact: 3}, Rule: risk.NotTop})
}

func TestAuditJSON(t *testing.T) {
	for _, m := range append(risk.Presets(), gridMatrix([][]int{{0, 2, 0}, {2, 0, 2}}, 3)) {
		a := m.Audit()
		text, err := json.Marshal(a)
		require.NoError(t, err)
		var back risk.MatrixAudit
		require.NoError(t, json.Unmarshal(text, &back))
		again, err := json.Marshal(back)
		require.NoError(t, err)
		require.Empty(t, cmp.Diff(string(text), string(again)))
	}
}
