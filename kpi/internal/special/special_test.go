package special_test

import (
	"encoding/csv"
	"math"
	"math/rand/v2"
	"os"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/kpi/internal/special"
)

func TestAgainstHighPrecision(t *testing.T) {
	f, err := os.Open("testdata/special.csv")
	require.NoError(t, err)
	defer func() { require.NoError(t, f.Close()) }()
	rows, err := csv.NewReader(f).ReadAll()
	require.NoError(t, err)
	worst := map[string]float64{}
	for _, row := range rows[1:] {
		a, b, want := number(t, row[1]), number(t, row[2]), number(t, row[3])
		var got float64
		bound, scale := 4e-14, math.Abs(want)
		switch row[0] {
		case "log_rising":
			got = special.LogRising(a, b)
			scale = max(scale, 1) // near Γ(a+n) = Γ(a) the logarithm has a root
		case "digamma_rising":
			got = special.DigammaRising(a, b)
		case "digamma":
			got = special.Digamma(a)
			scale = max(scale, 1)
		case "log_beta":
			got = special.LogBeta(a, b)
			scale = max(scale, 1)
		case "scaled_exp_int":
			got, bound = special.ScaledExpInt(a, b), 2e-13
		}
		if b != math.Trunc(b) && row[0] == "digamma_rising" {
			scale = max(scale, 1/a)
		}
		if want == 0 {
			require.Zero(t, got, row)
			continue
		}
		off := math.Abs(got-want) / scale
		worst[row[0]] = max(worst[row[0]], off)
		require.LessOrEqual(t, off, bound, "%v: got %v", row, got)
	}
	t.Log("largest relative errors:", worst)
}

func number(t *testing.T, s string) float64 {
	t.Helper()
	v, err := strconv.ParseFloat(s, 64)
	require.NoError(t, err)
	return v
}

// Γ(a+n+1)/Γ(a) = (a+n)·Γ(a+n)/Γ(a), on both sides of every switch of method.
func TestRecurrences(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 4000 {
		a, n := math.Exp(20*rng.Float64()-8), math.Floor(math.Exp(8*rng.Float64()))
		up := special.LogRising(a, n+1)
		require.InDelta(t, up, special.LogRising(a, n)+math.Log(a+n), 2e-14*(1+math.Abs(up)), "a=%v n=%v", a, n)
		down := special.DigammaRising(a, n+1)
		require.InEpsilon(t, down, special.DigammaRising(a, n)+1/(a+n), 1e-13, "a=%v n=%v", a, n)
		z, s := math.Exp(12*rng.Float64()-8), 5*rng.Float64()
		// s·E₍s+1₎(z) = e^(−z) − z·E_s(z), DLMF 8.19.12
		require.InDelta(t, 1, s*special.ScaledExpInt(s+1, z)+z*special.ScaledExpInt(s, z), 1e-12, "s=%v z=%v", s, z)
	}
}

func TestPanelIsExactForPolynomials(t *testing.T) {
	panel := special.Panel()
	for degree := range 40 {
		sum := 0.0
		for _, n := range panel {
			sum += n.Weight * math.Pow(n.At, float64(degree))
		}
		require.InEpsilon(t, 1/float64(degree+1), sum, 1e-14, degree)
	}
}

func TestHugeArguments(t *testing.T) {
	require.InEpsilon(t, 1e-15, special.ScaledExpInt(0, 1e15), 1e-15)
	require.InEpsilon(t, 30*math.Log(1e150), special.LogRising(1e150, 30), 1e-14)
	require.InEpsilon(t, math.Log(1e-150), special.LogRising(1e-150, 1), 1e-14)
}
