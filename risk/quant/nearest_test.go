package quant_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/risk/quant"
)

func TestNearestCorrelation(t *testing.T) {
	t.Parallel()
	var cases []struct {
		Name           string
		Input, Nearest [][]float64
		Least          float64 `json:"min_eig"`
		Frobenius      float64
		Largest        float64 `json:"max_abs_change"`
	}
	load(t, "nearest_correlation.json", &cases)
	require.NotEmpty(t, cases)
	for _, c := range cases {
		r, err := quant.NearestCorrelation(c.Input)
		require.NoError(t, err)
		for i := range c.Nearest {
			require.InDeltaSlice(t, c.Nearest[i], r.Matrix[i], 1e-13, c.Name)
		}
		require.InDelta(t, c.Frobenius, r.Frobenius, 1e-13, c.Name)
		require.InDelta(t, c.Largest, r.Largest, 1e-13, c.Name)
		require.InDelta(t, c.Least, r.Least, 1e-13, c.Name)
		require.Equal(t, c.Least < 0, r.Iterations > 0, c.Name)
		require.Equal(t, c.Input, r.Given)
	}
	for _, bad := range [][][]float64{
		nil, {{1, 0}}, {{2}}, {{1, 0.5}, {0.4, 1}}, {{1, 1.5}, {1.5, 1}}, {{1, math.NaN()}, {math.NaN(), 1}},
	} {
		_, err := quant.NearestCorrelation(bad)
		require.Error(t, err, "%v", bad)
		require.ErrorContains(t, err, "quant: matrix")
	}
}

// The result is a correlation matrix, and no other one tried is nearer.
func TestNearestIsNearest(t *testing.T) {
	t.Parallel()
	numbers(t)
	r := rand.New(rand.NewPCG(1, 2))
	for _, n := range []int{2, 3, 5, 12} {
		given := make([][]float64, n)
		for i := range given {
			given[i] = make([]float64, n)
			given[i][i] = 1
			for k := range i {
				given[i][k] = 2*r.Float64() - 1
				given[k][i] = given[i][k]
			}
		}
		repair, err := quant.NearestCorrelation(given)
		require.NoError(t, err)
		values, _ := quant.Eigen(repair.Matrix)
		for _, v := range values {
			require.Greater(t, v, -1e-12)
		}
		for range 200 {
			other := randomCorrelation(r, n)
			// A step from the result towards any correlation matrix leads away.
			d := 0.0
			for i := range n {
				require.Equal(t, 1.0, repair.Matrix[i][i])
				for k := range n {
					x := 0.99*repair.Matrix[i][k] + 0.01*other[i][k] - given[i][k]
					d += x * x
				}
			}
			require.Greater(t, math.Sqrt(d), repair.Frobenius-1e-9)
		}
	}
}

// randomCorrelation is the correlation matrix of some random vectors.
func randomCorrelation(r *rand.Rand, n int) [][]float64 {
	v := make([][]float64, n)
	for i := range v {
		v[i] = make([]float64, n)
		sum := 0.0
		for k := range v[i] {
			v[i][k] = r.NormFloat64()
			sum += v[i][k] * v[i][k]
		}
		for k := range v[i] {
			v[i][k] /= math.Sqrt(sum)
		}
	}
	m := make([][]float64, n)
	for i := range m {
		m[i] = make([]float64, n)
		for k := range m[i] {
			for j := range v[i] {
				m[i][k] += v[i][j] * v[k][j]
			}
		}
	}
	return m
}

// A model of pairs that contradict each other is repaired, drawn with what came out,
// and says so.
func TestRepairIsReported(t *testing.T) {
	t.Parallel()
	m := &quant.Model{
		Risks: []quant.Risk{{ID: "a", P: 1, Severity: normal(0, 1)}, {ID: "b", P: 1, Severity: normal(0, 1)}, {ID: "c", P: 1, Severity: normal(0, 1)}},
		Pairs: []quant.Pair{{A: "a", B: "b", Severity: 0.9}, {A: "b", B: "c", Severity: 0.9}, {A: "a", B: "c", Severity: -0.9}},
	}
	r := analyze(t, m, quant.Options{Iterations: 1000})
	require.Len(t, r.Repairs, 1)
	repair := r.Repairs[0]
	require.Equal(t, quant.Severity, repair.Role)
	require.Equal(t, []string{"a", "b", "c"}, repair.IDs)
	require.InDelta(t, quant.Latent(-0.9), repair.Given[0][2], 1e-15)
	require.Positive(t, repair.Largest)
	sum := 0.0
	for _, row := range repair.Matrix {
		for _, v := range row {
			sum += v
		}
	}
	require.InDelta(t, math.Sqrt(sum), r.Cost.SD.Value, 1e-6)
	numbers(t)
	costs, _, err := m.Draw(t.Context(), quant.Options{Iterations: 100_000})
	require.NoError(t, err)
	_, sd := momentsOf(costs)
	require.InEpsilon(t, r.Cost.SD.Value, sd, 0.01)
}

func TestSpearman(t *testing.T) {
	t.Parallel()
	for rho := -1.0; rho <= 1; rho += 0.125 {
		require.InDelta(t, rho, quant.Spearman(quant.Latent(rho)), 1e-15)
	}
	require.Equal(t, []float64{1, -1, 0}, []float64{math.Round(quant.Latent(7)), math.Round(quant.Latent(-7)), quant.Latent(math.NaN())})
	require.InDelta(t, 1, quant.Spearman(1.5), 1e-15)
}
