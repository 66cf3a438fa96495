package risk

import (
	"math/big"

	"github.com/crmrollout/crm/crmproject/verdict"
)

// ConsistentForTest reports of each grid of bands whether it meets A1, A2 and
// A3 with the edges of m and has a top and a bottom cell. It is for tests that
// look at many thousand grids.
func ConsistentForTest(m Matrix, grids [][][]int) []bool {
	a, _ := newAuditor(m)
	all := make([]bool, len(grids))
	for i, grid := range grids {
		a.band, a.cells, a.bottoms, a.tops = grid, nil, nil, nil
		for l := range grid {
			for j := range grid[l] {
				a.add(Cell{l, j})
			}
		}
		all[i] = a.between().Status == verdict.Met && a.weak().Status == verdict.Met && a.colouring().Status == verdict.Met
	}
	return all
}

// SolveForTest decides a system of inequalities and returns either a solution
// or multipliers.
func SolveForTest(coeff [][]int64, bound []int64, n int) (solution, multipliers []*big.Rat) {
	rows := make([]row, len(coeff))
	for i := range rows {
		rows[i] = row{coeff[i], bound[i]}
	}
	return solve(rows, n)
}

// ReversalForTest is the reversal rate alone.
func ReversalForTest(m Matrix) Reversal {
	a, _ := newAuditor(m)
	return a.reversal()
}
