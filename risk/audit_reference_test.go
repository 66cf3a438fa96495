package risk_test

import (
	"encoding/json"
	"fmt"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/risk"
)

// A reference is one matrix of testdata/matrices.json with its verdict.
type reference struct {
	ID         string   `json:"id"`
	Bands      []string `json:"bands"`
	Grid       [][]int  `json:"grid"`
	Likelihood []string `json:"likelihood"`
	Impact     []string `json:"impact"`
	Edges      struct {
		Likelihood []json.Number `json:"likelihood"`
		Impact     []json.Number `json:"impact"`
	} `json:"edges_used"`
	Verdict struct {
		Monotone         bool        `json:"monotone"`
		MonotoneWitness  [][2][2]int `json:"monotone_witness"`
		Weak             bool        `json:"weak_consistency"`
		WeakWitness      [][2][2]int `json:"weak_witness"`
		WeakViolations   int         `json:"weak_violations"`
		Between          bool        `json:"betweenness"`
		BetweenWitness   [][2][2]int `json:"betweenness_witness"`
		Colouring        bool        `json:"consistent_colouring"`
		ColouringWitness []struct {
			Cell [2]int `json:"cell"`
			Rule string `json:"rule"`
		} `json:"colouring_witness"`
		ColouringViolations int          `json:"colouring_violations"`
		Skips               [][2][2]int  `json:"band_skips"`
		Ranges              [][2]float64 `json:"band_risk_ranges"`
		Edges               struct {
			Zero     bool `json:"first_edge_zero"`
			Positive bool `json:"first_edge_positive"`
		} `json:"some_edges_give_weak_consistency"`
		Additive bool    `json:"additively_representable"`
		Reversal float64 `json:"reversal_rate_among_cross_band_pairs"`
	} `json:"verdict"`
}

// matrix returns the reference as a matrix with its edges.
func (r reference) matrix(t *testing.T) risk.Matrix {
	t.Helper()
	m := risk.Matrix{
		ID: r.ID, Version: 1,
		Likelihood: risk.Names(r.Likelihood...).WithEdges(exact(t, r.Edges.Likelihood)...),
		Impact:     risk.Names(r.Impact...).WithEdges(exact(t, r.Edges.Impact)...),
	}
	for _, b := range r.Bands {
		m.Bands = append(m.Bands, risk.Band{Name: b})
	}
	for i, row := range r.Grid {
		m.Cells = append(m.Cells, nil)
		for _, b := range row {
			m.Cells[i] = append(m.Cells[i], r.Bands[b])
		}
	}
	require.NoError(t, m.Validate(), r.ID)
	return m
}

// exact reads edges by their digits, but for thirds and the like, which the
// file can only round: edges that are all within 1e-12 of k/n are k/n.
func exact(t *testing.T, numbers []json.Number) []ratio.Ratio {
	t.Helper()
	n := int64(len(numbers) - 1)
	edges, equal := make([]ratio.Ratio, n+1), make([]ratio.Ratio, n+1)
	isEqual := true
	for i, x := range numbers {
		f, err := x.Float64()
		require.NoError(t, err)
		edges[i], err = ratio.Parse(x.String())
		require.NoError(t, err)
		equal[i] = ratio.New(int64(i), n)
		isEqual = isEqual && f-float64(i)/float64(n) < 1e-12 && float64(i)/float64(n)-f < 1e-12
	}
	if isEqual {
		return equal
	}
	return edges
}

func references(t *testing.T) []reference {
	t.Helper()
	text, err := os.ReadFile("testdata/matrices.json")
	require.NoError(t, err)
	var all []reference
	require.NoError(t, json.Unmarshal(text, &all))
	require.NotEmpty(t, all)
	return all
}

func pairsOf(ps []risk.CellPair) [][2][2]int {
	all := [][2][2]int{}
	for _, p := range ps {
		all = append(all, [2][2]int{{p.Low.Likelihood, p.Low.Impact}, {p.High.Likelihood, p.High.Impact}})
	}
	return all
}

// The reference lists at most some witnesses of each kind, the first ones.
func requirePrefix(t *testing.T, want, got [][2][2]int) {
	t.Helper()
	require.GreaterOrEqual(t, len(got), len(want))
	require.Equal(t, len(want) == 0, len(got) == 0)
	require.Empty(t, cmp.Diff(want, got[:len(want)]))
}

var clauses = map[string]risk.ColouringRule{"must be bottom band": risk.MustBeBottom, "must be top band": risk.MustBeTop}

func TestAuditReference(t *testing.T) {
	for _, ref := range references(t) {
		t.Run(ref.ID, func(t *testing.T) {
			m, want := ref.matrix(t), ref.Verdict
			audit := m.Audit()
			require.Equal(t, want.Monotone, audit.Monotone.Status == verdict.Met)
			requirePrefix(t, want.MonotoneWitness, pairsOf(audit.Monotone.Witnesses))
			require.Equal(t, want.Weak, audit.Weak.Status == verdict.Met)
			require.Len(t, audit.Weak.Witnesses, want.WeakViolations)
			requirePrefix(t, want.WeakWitness, pairsOf(audit.Weak.Witnesses))
			require.Equal(t, want.Between, audit.Between.Status == verdict.Met)
			requirePrefix(t, want.BetweenWitness, pairsOf(audit.Between.Witnesses))
			requirePrefix(t, want.Skips, pairsOf(audit.Skips))

			require.Equal(t, want.Colouring, audit.Colouring.Status == verdict.Met)
			require.Len(t, audit.Colouring.Witnesses, want.ColouringViolations)
			for i, w := range want.ColouringWitness {
				cell := risk.Cell{Likelihood: w.Cell[0], Impact: w.Cell[1]}
				require.Equal(t, risk.ColouringWitness{Cell: cell, Rule: clauses[w.Rule]}, audit.Colouring.Witnesses[i])
			}
			require.Len(t, audit.Ranges, len(want.Ranges))
			for i, w := range want.Ranges {
				low, _ := audit.Ranges[i].Low.Float64()
				high, _ := audit.Ranges[i].High.Float64()
				require.InDelta(t, w[0], low, 1e-15)
				require.InDelta(t, w[1], high, 1e-15)
			}
			require.Equal(t, want.Edges.Zero, audit.EdgesFromZero.Status == verdict.Met)
			require.Equal(t, want.Edges.Positive, audit.EdgesPositive.Status == verdict.Met)
			require.Equal(t, want.Additive, audit.Additive.Status == verdict.Met)
			require.True(t, audit.Reversal.Defined)
			require.InDelta(t, want.Reversal, audit.Reversal.Rate, 0.0006) // the reference is simulated
			requireProofs(t, m, audit)
		})
	}
}

// requireProofs holds every answer of a program against the matrix, without the
// program.
func requireProofs(t *testing.T, m risk.Matrix, audit risk.MatrixAudit) {
	t.Helper()
	for first, edges := range map[risk.FirstEdge]risk.Edges{
		risk.AboveZero: audit.EdgesPositive, risk.AtZero: audit.EdgesFromZero,
	} {
		switch edges.Status {
		case verdict.Met:
			require.Equal(t, first == risk.AtZero, edges.Likelihood[0].Sign() == 0)
			again := m
			again.Likelihood, again.Impact = m.Likelihood.WithEdges(edges.Likelihood...), m.Impact.WithEdges(edges.Impact...)
			require.NoError(t, again.Validate())
			require.Equal(t, verdict.Met, again.Audit().Weak.Status)
		case verdict.NotMet:
			require.NoError(t, m.CheckNoEdges(*edges.Certificate, first))
		default:
			require.Equal(t, verdict.NotApplicable, edges.Status)
		}
	}
	if audit.Additive.Status == verdict.NotMet {
		require.NoError(t, m.CheckNotAdditive(*audit.Additive.Certificate))
		return
	}
	require.Equal(t, verdict.Met, audit.Additive.Status)
	for i := range m.Cells {
		for j := range m.Cells[i] {
			r, _ := m.At(risk.Cell{Likelihood: i, Impact: j})
			sum, band := audit.Additive.Likelihood[i]+audit.Additive.Impact[j], 0
			for _, cut := range audit.Additive.Cuts {
				if sum >= cut {
					band++
				}
			}
			require.Equal(t, r.Band, band)
		}
	}
}

// Of all monotone colourings of an n×n matrix in three bands with levels of
// equal width, as many meet A1, A2 and A3 as the reference counts.
func TestColouringsReference(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("testdata/cox_colourings.json")
	require.NoError(t, err)
	var want map[string]struct {
		Count     int       `json:"count"`
		Solutions [][][]int `json:"solutions"`
	}
	require.NoError(t, json.Unmarshal(text, &want))
	require.NotEmpty(t, want)
	for size, reference := range want {
		var n int
		_, err := fmt.Sscan(size, &n)
		require.NoError(t, err)
		grids, found := colourings(n), map[string]bool{}
		for i, ok := range risk.ConsistentForTest(gridMatrix(grids[0], 3), grids) {
			if ok {
				found[fmt.Sprint(grids[i])] = true
			}
		}
		require.Len(t, found, reference.Count, "n = %d", n)
		for _, s := range reference.Solutions {
			require.True(t, found[fmt.Sprint(s)], "%v", s)
		}
	}
}

// colourings returns the n×n grids of 0, 1 and 2 that never fall along a row or
// column.
func colourings(n int) [][][]int {
	var all [][][]int
	grid := make([][]int, n)
	for i := range grid {
		grid[i] = make([]int, n)
	}
	var fill func(k int)
	fill = func(k int) {
		if k == n*n {
			row := make([][]int, n)
			for i := range row {
				row[i] = append([]int(nil), grid[i]...)
			}
			all = append(all, row)
			return
		}
		i, j, least := k/n, k%n, 0
		if i > 0 {
			least = max(least, grid[i-1][j])
		}
		if j > 0 {
			least = max(least, grid[i][j-1])
		}
		for b := least; b <= 2; b++ {
			grid[i][j] = b
			fill(k + 1)
		}
	}
	fill(0)
	return all
}

// gridMatrix returns a matrix with the given bands and levels of equal width.
func gridMatrix(grid [][]int, bands int) risk.Matrix {
	m := risk.Matrix{
		ID: "grid", Version: 1,
		Likelihood: numbered(len(grid)).WithEqualEdges(), Impact: numbered(len(grid[0])).WithEqualEdges(),
	}
	for b := range bands {
		m.Bands = append(m.Bands, risk.Band{Name: fmt.Sprint("band ", b)})
	}
	for i, row := range grid {
		m.Cells = append(m.Cells, nil)
		for _, b := range row {
			m.Cells[i] = append(m.Cells[i], m.Bands[b].Name)
		}
	}
	return m
}

func numbered(n int) risk.Scale {
	names := make([]string, n)
	for i := range names {
		names[i] = fmt.Sprint("level ", i)
	}
	return risk.Names(names...)
}
