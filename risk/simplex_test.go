package risk_test

import (
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/risk"
)

// decide solves a system and checks the answer by itself: a solution meets each
// inequality, multipliers add the inequalities up to 0 ≥ something positive. It
// returns whether there is a solution.
func decide(t *testing.T, coeff [][]int64, bound []int64, n int) bool {
	t.Helper()
	solution, multipliers := risk.SolveForTest(coeff, bound, n)
	if solution != nil {
		require.Len(t, solution, n)
		for i, row := range coeff {
			require.GreaterOrEqual(t, combine(row, solution).Cmp(big.NewRat(bound[i], 1)), 0, "row %d", i)
		}
		return true
	}
	require.Len(t, multipliers, len(coeff))
	for j := range n {
		column := make([]int64, len(coeff))
		for i := range coeff {
			column[i] = coeff[i][j]
		}
		require.Zero(t, combine(column, multipliers).Sign())
	}
	for _, y := range multipliers {
		require.GreaterOrEqual(t, y.Sign(), 0)
	}
	require.Positive(t, combine(bound, multipliers).Sign())
	return false
}

func combine(ns []int64, xs []*big.Rat) *big.Rat {
	sum := new(big.Rat)
	for i, n := range ns {
		sum.Add(sum, new(big.Rat).Mul(big.NewRat(n, 1), xs[i]))
	}
	return sum
}

func TestSolve(t *testing.T) {
	for name, c := range map[string]struct {
		coeff [][]int64
		bound []int64
		want  bool
	}{
		"no rows":       {nil, nil, true},
		"nothing asked": {[][]int64{{0, 0}}, []int64{0}, true},
		"0 ≥ 1":         {[][]int64{{0, 0}}, []int64{1}, false},
		"x ≥ 5, y ≤ 3":  {[][]int64{{1, 0}, {0, -1}}, []int64{5, -3}, true},
		"x ≥ 5, x ≤ 3":  {[][]int64{{1, 0}, {-1, 0}}, []int64{5, -3}, false},
		"x ≥ 5, x ≤ 5":  {[][]int64{{1, 0}, {-1, 0}}, []int64{5, -5}, true},
		"x > y > x":     {[][]int64{{1, -1}, {-1, 1}}, []int64{1, 1}, false},
		"same row twice": {
			[][]int64{{1, 1}, {1, 1}, {2, 2}, {-1, -1}}, []int64{1, 1, 2, -1}, true,
		},
		"third of a unit": {[][]int64{{3, 0}, {-3, 0}, {0, 1}}, []int64{1, -1, 0}, true},
	} {
		t.Run(name, func(t *testing.T) { require.Equal(t, c.want, decide(t, c.coeff, c.bound, 2)) })
	}
}

// Every answer proves itself, and both kinds of answer occur.
func TestSolveRandom(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	answers := map[bool]int{}
	for range 1500 {
		n, rows := 1+r.IntN(5), r.IntN(10)
		coeff, bound := make([][]int64, rows), make([]int64, rows)
		for i := range coeff {
			coeff[i] = make([]int64, n)
			for j := range coeff[i] {
				coeff[i][j] = r.Int64N(5) - 2
			}
			bound[i] = r.Int64N(5) - 2
		}
		answers[decide(t, coeff, bound, n)]++
	}
	require.Greater(t, answers[true], 100)
	require.Greater(t, answers[false], 100)
}

func FuzzSolve(f *testing.F) {
	f.Add([]byte{1, 0, 5, 255, 0, 253}, uint8(2))
	f.Add([]byte{1, 255, 1, 255, 1, 1, 3, 3, 0}, uint8(2))
	f.Fuzz(func(t *testing.T, bytes []byte, variables uint8) {
		n := 1 + int(variables%4)
		var coeff [][]int64
		var bound []int64
		for len(bytes) > n && len(bound) < 12 {
			row := make([]int64, n)
			for j := range row {
				row[j] = int64(int8(bytes[j]))
			}
			coeff, bound, bytes = append(coeff, row), append(bound, int64(int8(bytes[n]))), bytes[n+1:]
		}
		decide(t, coeff, bound, n)
	})
}
