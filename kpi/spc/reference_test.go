package spc_test

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/kpi/spc"
)

const start = calendar.Date(700_000)

func table(t testing.TB, path string) []map[string]string {
	t.Helper()
	f, err := os.Open(path)
	require.NoError(t, err)
	defer func() { require.NoError(t, f.Close()) }()
	rows, err := csv.NewReader(f).ReadAll()
	require.NoError(t, err)
	var result []map[string]string
	for _, row := range rows[1:] {
		m := map[string]string{}
		for i, name := range rows[0] {
			m[name] = row[i]
		}
		result = append(result, m)
	}
	return result
}

func float(t testing.TB, s string) float64 {
	t.Helper()
	v, err := strconv.ParseFloat(s, 64)
	require.NoError(t, err)
	return v
}

type reference struct {
	N        int     `json:"n"`
	Center   float64 `json:"center"`
	Mean     float64 `json:"mr_bar"`
	Median   float64 `json:"mr_median"`
	Sigma    float64 `json:"sigma_mr"`
	Upper    float64 `json:"ucl"`
	Lower    float64 `json:"lcl"`
	MostMR   float64 `json:"mr_ucl"`
	PerRule  [8]int  `json:"flags_per_rule"`
	values   []float64
	expected []spc.Rules
}

func references(t testing.TB) map[string]*reference {
	t.Helper()
	data, err := os.ReadFile("testdata/spc_imr_summary.json")
	require.NoError(t, err)
	var all map[string]*reference
	require.NoError(t, json.Unmarshal(data, &all))
	for _, row := range table(t, "testdata/spc_imr_nelson.csv") {
		r := all[row["series"]]
		r.values = append(r.values, float(t, row["x"]))
		var flags spc.Rules
		for k := range 8 {
			if row[fmt.Sprintf("nelson%d", k+1)] == "1" {
				flags = flags.With(spc.RuleSet(spc.Nelson1 + spc.Rule(k)))
			}
		}
		r.expected = append(r.expected, flags)
	}
	return all
}

// KP-08: limits and every flag of every rule on three series.
func TestIndividualsAgainstReference(t *testing.T) {
	for name, want := range references(t) {
		points := spc.Daily(start, want.values...)
		chart, err := spc.Individuals(points, spc.Options{Rules: spc.Nelson})
		require.NoError(t, err)
		require.Len(t, chart.Points, want.N)
		require.Equal(t, want.expected, chart.Flags(), name)
		for k, n := range want.PerRule {
			require.Equal(t, n, chart.Count(spc.Nelson1+spc.Rule(k)))
		}
		l := chart.Limits
		lower, upper, ok := l.Bounds()
		require.True(t, ok)
		sigma, _ := l.Sigma()
		_, most, _ := l.SpreadBounds()
		// The reference prints 15 digits, of constants with 12.
		got := []float64{l.Center, l.Width, sigma, lower, upper, most}
		for i, x := range []float64{want.Center, want.Mean, want.Sigma, want.Lower, want.Upper, want.MostMR} {
			require.InEpsilon(t, x, got[i], 1e-11, "%s %d", name, i)
		}
		median, err := spc.Estimate(points, spc.Options{Spread: spc.MedianRange})
		require.NoError(t, err)
		require.InEpsilon(t, want.Median, median.Width, 1e-13)
	}
}

func TestConstantsAgainstReference(t *testing.T) {
	rows := table(t, "testdata/spc_constants.csv")
	require.Len(t, rows, spc.MaxSize-1)
	for i, row := range rows {
		c, ok := spc.ConstantsOf(i + 2)
		require.True(t, ok)
		require.Equal(t, row["n"], strconv.Itoa(c.N))
		for name, got := range map[string]float64{
			"d2": c.D2, "d3": c.D3, "A2": c.MeanRange, "D3": c.RangeLower, "D4": c.RangeUpper, "E2": c.Individual,
		} {
			require.InDelta(t, float(t, row[name]), got, 2e-7, "%s of %d", name, c.N)
		}
		for name, got := range map[string]float64{"c4": c.C4, "A3": c.MeanDev, "B3": c.DevLower, "B4": c.DevUpper} {
			require.InDelta(t, float(t, row[name]), got, 1e-11, "%s of %d", name, c.N)
		}
	}
	two, _ := spc.ConstantsOf(2) // in closed form
	require.InEpsilon(t, 2/math.Sqrt(math.Pi), two.D2, 1e-15)
	require.InEpsilon(t, math.Sqrt(2-4/math.Pi), two.D3, 1e-15)
	for _, n := range []int{-1, 0, 1, 26, math.MaxInt} {
		_, ok := spc.ConstantsOf(n)
		require.False(t, ok)
	}
}

// TestConstantsByIntegration integrates d2 and the second moment of the range anew.
func TestConstantsByIntegration(t *testing.T) {
	const h, edge, step = 1.0 / 16, 9.0, 1.0 / 256
	var at, density []float64
	for x := -edge; x <= edge; x += h {
		at = append(at, x)
		density = append(density, math.Exp(-x*x/2)/math.Sqrt(2*math.Pi))
	}
	phi := func(x float64) float64 { return math.Erfc(-x/math.Sqrt2) / 2 }
	var d2, second [spc.MaxSize + 1]float64
	for _, x := range at {
		for n := 2; n <= spc.MaxSize; n++ {
			d2[n] += h * (1 - math.Pow(phi(x), float64(n)) - math.Pow(phi(-x), float64(n)))
		}
	}
	for r := step; r < 2*edge; r += step {
		for i, x := range at {
			apart := phi(x+r) - phi(x)
			f := r * r * density[i] * math.Exp(-(x+r)*(x+r)/2) / math.Sqrt(2*math.Pi) * h * step
			for n := 2; n <= spc.MaxSize; n++ {
				second[n] += float64(n*(n-1)) * f
				f *= apart
			}
		}
	}
	for n := 2; n <= spc.MaxSize; n++ {
		c, _ := spc.ConstantsOf(n)
		require.InEpsilon(t, d2[n], c.D2, 1e-13, "d2 of %d", n)
		require.InEpsilon(t, math.Sqrt(second[n]-d2[n]*d2[n]), c.D3, 1e-8, "d3 of %d", n)
	}
}
