package survival_test

import (
	"encoding/csv"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/kpi"
	"github.com/crmrollout/crm/kpi/survival"
)

// freshRows returns the numbers of a file of random samples by sample and column, with
// NaN for what R left undefined and for words.
func freshRows(t *testing.T, name string) (rows [][]float64, words [][]string) {
	t.Helper()
	f, err := os.Open(filepath.Join("testdata", "fresh_"+name+".csv"))
	require.NoError(t, err)
	defer func() { require.NoError(t, f.Close()) }()
	words, err = csv.NewReader(f).ReadAll()
	require.NoError(t, err)
	words = words[1:]
	for _, r := range words {
		row := make([]float64, len(r))
		for i, word := range r {
			if row[i], err = strconv.ParseFloat(word, 64); err != nil {
				row[i] = math.NaN()
			}
		}
		rows = append(rows, row)
	}
	return rows, words
}

// A fresh is one of the random samples, all subjects and by group within strata.
type fresh struct {
	level  float64
	all    survival.Sample
	groups [2]survival.Sample
	strata [2][2]survival.Sample // [stratum][group]
}

// freshSamples returns the samples, counted from 1.
func freshSamples(t *testing.T) []*fresh {
	t.Helper()
	rows, _ := freshRows(t, "subjects")
	samples := []*fresh{nil}
	for _, r := range rows {
		if int(r[0]) == len(samples) {
			samples = append(samples, &fresh{level: r[1]})
		}
		x := samples[int(r[0])]
		outcome := survival.Censored
		if r[4] == 1 {
			outcome = survival.Event
		}
		group, stratum := int(r[5])-1, int(r[6])-1
		for _, s := range []*survival.Sample{&x.all, &x.groups[group], &x.strata[stratum][group]} {
			require.NoError(t, s.AddLate(int64(r[2]), int64(r[3]), outcome))
		}
	}
	require.Len(t, samples, 41)
	return samples
}

func (x *fresh) curves(t *testing.T) (curves [3]survival.Curve) {
	t.Helper()
	for i, limits := range []survival.Limits{survival.Plain, survival.Log, survival.LogLog} {
		curves[i] = curve(t, &x.all, survival.Options{Limits: limits, Level: x.level})
	}
	return curves
}

// same requires a value to be that of R, or to be undefined where R has none. Plain limits
// are a difference that cancels, so there are 1e-15 beside the 1e-12 of the value.
func same(t *testing.T, want, got float64, defined bool, msg ...any) {
	t.Helper()
	require.Equal(t, !math.IsNaN(want), defined, msg...)
	if defined {
		require.InDelta(t, want, got, tolerance*math.Abs(want)+1e-15, msg...)
	}
}

func sameLimits(t *testing.T, lo, hi float64, got kpi.Interval, msg ...any) {
	t.Helper()
	same(t, lo, got.Lo, got.Defined(), msg...)
	same(t, hi, got.Hi, got.Defined(), msg...)
}

// KP-06: curves of samples with ties, late entries, a single subject, events only and none,
// with all three limits at four levels.
func TestFreshCurvesAgainstR(t *testing.T) {
	samples := freshSamples(t)
	seen := make([]int, len(samples))
	rows, _ := freshRows(t, "points")
	for _, r := range rows {
		i := int(r[0])
		curves := samples[i].curves(t)
		p := curves[0].Points[seen[i]]
		require.Equal(t, []float64{r[1], r[2], r[3], r[4]}, []float64{float64(p.Time), float64(p.AtRisk), float64(p.Events), float64(p.Censored)})
		same(t, r[5], p.Survival, true, r)
		same(t, r[6], p.StdErr.Value, p.StdErr.Defined(), r)
		for j, c := range curves {
			sameLimits(t, r[7+2*j], r[8+2*j], c.Points[seen[i]].Interval, r, j)
		}
		same(t, r[13], p.Hazard, true, r)
		same(t, r[14], p.HazardStdErr, true, r)
		seen[i]++
	}
	for i, x := range samples[1:] {
		require.Len(t, x.curves(t)[0].Points, seen[i+1])
	}
}

// Quantiles on flat parts, at the end of the curve, and where a limit turns back.
func TestFreshQuantilesAgainstR(t *testing.T) {
	samples := freshSamples(t)
	rows, _ := freshRows(t, "quantiles")
	for _, r := range rows {
		for j, c := range samples[int(r[0])].curves(t) {
			q, err := c.Quantile(r[1])
			require.NoError(t, err)
			same(t, r[2], q.Time.Value, q.Time.Defined(), r, j)
			same(t, r[3+2*j], q.Lo.Value, q.Lo.Defined(), r, j)
			same(t, r[4+2*j], q.Hi.Value, q.Hi.Defined(), r, j)
		}
	}
}

// Restricted means, and the log-rank test: plain, stratified, and with late entries.
func TestFreshTestsAgainstR(t *testing.T) {
	samples := freshSamples(t)
	rows, words := freshRows(t, "numbers")
	for i, r := range rows {
		x := samples[int(r[0])]
		plain, err := survival.LogRank(&x.groups[0], &x.groups[1])
		require.NoError(t, err)
		stratified, err := survival.StratifiedLogRank(
			[]*survival.Sample{&x.strata[0][0], &x.strata[0][1]},
			[]*survival.Sample{&x.strata[1][0], &x.strata[1][1]})
		require.NoError(t, err)
		switch words[i][1] {
		case "mean":
			m, err := x.curves(t)[0].Restricted(int64(r[2]))
			require.NoError(t, err)
			same(t, r[3], m.Mean.Value, m.Mean.Defined(), r)
			same(t, r[4], m.StdErr.Value, m.StdErr.Defined(), r)
		case "expected":
			same(t, r[3], plain.Groups[int(r[2])-1].Expected, true, r)
		case "test":
			same(t, r[3], plain.ChiSquare.Value, plain.ChiSquare.Defined(), r)
			same(t, r[4], plain.LogP.Value, plain.LogP.Defined(), r)
		case "strata":
			same(t, r[3], stratified.ChiSquare.Value, stratified.ChiSquare.Defined(), r)
			same(t, r[4], stratified.LogP.Value, stratified.LogP.Defined(), r)
		default:
			t.Fatalf("row %v", words[i])
		}
	}
}
