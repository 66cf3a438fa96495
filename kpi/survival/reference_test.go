package survival_test

import (
	"encoding/csv"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/kpi/survival"
)

const tolerance = 1e-12 // relative

// A rowR is a row of R's survfit.
type rowR struct {
	time, atRisk, events, censored            int64
	survival, se, lower, upper, hazard, seHaz float64
}

// curvesR returns the curves of R by data set, group and limits.
func curvesR(tb testing.TB) map[[3]string][]rowR {
	tb.Helper()
	f, err := os.Open(filepath.Join("testdata", "surv_km_R.csv"))
	require.NoError(tb, err)
	defer func() { require.NoError(tb, f.Close()) }()
	records, err := csv.NewReader(f).ReadAll()
	require.NoError(tb, err)
	curves := map[[3]string][]rowR{}
	for _, r := range records[1:] {
		var v [10]float64
		for i := range v {
			v[i], err = strconv.ParseFloat(r[3+i], 64)
			require.NoError(tb, err)
		}
		key := [3]string{r[0], r[1], r[2]}
		curves[key] = append(curves[key], rowR{int64(v[0]), int64(v[1]), int64(v[2]), int64(v[3]), v[4], v[5], v[6], v[7], v[8], v[9]})
	}
	return curves
}

func sampleOf(tb testing.TB, rows []rowR) *survival.Sample {
	tb.Helper()
	var s survival.Sample
	for _, r := range rows {
		require.NoError(tb, s.AddGroup(survival.Group{Time: r.time, Events: r.events, Censored: r.censored}))
	}
	return &s
}

func near(t *testing.T, want, got float64, worst *float64, msg ...any) {
	t.Helper()
	off := math.Abs(got - want)
	if want != 0 {
		off /= math.Abs(want)
	}
	*worst = max(*worst, off)
	require.LessOrEqual(t, off, tolerance, msg...)
}

// KP-06: every estimate and every limit, against R.
func TestCurveAgainstR(t *testing.T) {
	worst := 0.0
	for key, rows := range curvesR(t) {
		limits, err := survival.ParseLimits(key[2])
		require.NoError(t, err)
		c, err := sampleOf(t, rows).Curve(survival.Options{Limits: limits})
		require.NoError(t, err)
		require.Len(t, c.Points, len(rows))
		for i, r := range rows {
			p := c.Points[i]
			require.Equal(t, [4]int64{r.time, r.atRisk, r.events, r.censored}, [4]int64{p.Time, p.AtRisk, p.Events, p.Censored})
			near(t, r.survival, p.Survival, &worst, key, r)
			near(t, r.se, p.StdErr.Value, &worst, key, r)
			near(t, r.lower, p.Interval.Lo, &worst, key, r)
			near(t, r.upper, p.Interval.Hi, &worst, key, r)
			near(t, r.hazard, p.Hazard, &worst, key, r)
			near(t, r.seHaz, p.HazardStdErr, &worst, key, r)
		}
	}
	t.Logf("largest relative difference %.2g", worst)
}

func TestSummaryAgainstR(t *testing.T) {
	data, err := os.ReadFile(filepath.Join("testdata", "surv_summary_R.json"))
	require.NoError(t, err)
	var want struct {
		Quantiles []struct {
			Conf      string
			Q, Lo, Hi []float64
		} `json:"lung_quantiles"`
		LogRank struct {
			ChiSq, P float64
			Obs      []int64
			Exp      []float64
		}
		RMST struct {
			Mean   float64 `json:"rmean"`
			SE     float64 `json:"se(rmean)"`
			Median float64
			Lo     float64 `json:"0.95LCL"`
			Hi     float64 `json:"0.95UCL"`
		} `json:"rmst365"`
	}
	require.NoError(t, json.Unmarshal(data, &want))
	curves, worst := curvesR(t), 0.0

	lung := sampleOf(t, curves[[3]string{"lung", "all", "log"}])
	for _, w := range want.Quantiles {
		limits, err := survival.ParseLimits(w.Conf)
		require.NoError(t, err)
		c, err := lung.Curve(survival.Options{Limits: limits})
		require.NoError(t, err)
		for i, p := range []float64{0.25, 0.5, 0.75} {
			q, err := c.Quantile(p)
			require.NoError(t, err)
			require.Equal(t, []float64{w.Q[i], w.Lo[i], w.Hi[i]}, []float64{q.Time.Value, q.Lo.Value, q.Hi.Value})
		}
	}

	c, err := lung.Curve(survival.Options{})
	require.NoError(t, err)
	r, err := c.Restricted(365)
	require.NoError(t, err)
	near(t, want.RMST.Mean, r.Mean.Value, &worst)
	near(t, want.RMST.SE, r.StdErr.Value, &worst)
	m := c.Median()
	require.Equal(t, []float64{want.RMST.Median, want.RMST.Lo, want.RMST.Hi}, []float64{m.Time.Value, m.Lo.Value, m.Hi.Value})

	test, err := survival.LogRank(sampleOf(t, curves[[3]string{"lung", "sex1", "log"}]), sampleOf(t, curves[[3]string{"lung", "sex2", "log"}]))
	require.NoError(t, err)
	require.Equal(t, 1, test.Freedom)
	near(t, want.LogRank.ChiSq, test.ChiSquare.Value, &worst)
	near(t, want.LogRank.P, test.P.Value, &worst)
	for i, g := range test.Groups {
		require.Equal(t, want.LogRank.Obs[i], g.Observed)
		near(t, want.LogRank.Exp[i], g.Expected, &worst)
	}
	t.Logf("largest relative difference %.2g", worst)
}
