package spc_test

import (
	"encoding/json"
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/kpi/spc"
)

// unit are limits with sigma 1 around 0.
func unit() spc.Limits {
	c, _ := spc.ConstantsOf(2)
	return spc.Limits{Spread: spc.MeanRange, Width: c.D2}
}

// Each pattern at its shortest, one short of it, and broken by a tie.
func TestRulesByHand(t *testing.T) {
	for _, c := range []struct {
		rule spc.Rule
		xs   []float64
		at   []int
		way  spc.Direction
	}{
		{spc.Nelson1, []float64{0, 3, -3, 3.01}, []int{3}, spc.Up},
		{spc.Western1, []float64{-3.01, 0}, []int{0}, spc.Down},
		{spc.Nelson2, []float64{1, 1, 1, 1, 1, 1, 1, 1, 1, 1}, []int{8, 9}, spc.Up},
		{spc.Nelson2, []float64{1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1, 1, 1}, nil, 0},
		{spc.Western4, []float64{-1, -1, -1, -1, -1, -1, -1, -1}, []int{7}, spc.Down},
		{spc.Nelson3, []float64{0, 1, 2, 3, 4, 5}, []int{5}, spc.Up},
		{spc.Nelson3, []float64{0, 1, 2, 3, 3, 4, 5, 6, 7}, nil, 0},
		{spc.Nelson3, []float64{0, 2, 1, 0, -1, -2, -3, -2}, []int{6}, spc.Down},
		{spc.Nelson4, []float64{0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1}, []int{13}, 0},
		{spc.Nelson4, []float64{0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 0, 1}, nil, 0},
		{spc.Nelson5, []float64{2.1, 2.1, 0, 0}, []int{2}, spc.Up},
		{spc.Nelson5, []float64{2.1, -2.1, 2, -2.1}, []int{3}, spc.Down},
		{spc.Western2, []float64{0, 2, 2.1, 2.1}, []int{3}, spc.Up},
		{spc.Nelson6, []float64{1.1, 1.1, 1.1, 1.1, 0}, []int{4}, spc.Up},
		{spc.Western3, []float64{-2, -2, 1, -2, -2}, []int{4}, spc.Down},
		{spc.Nelson7, slices.Repeat([]float64{0.9, -0.9, 0}, 5), []int{14}, 0},
		{spc.Nelson7, append(slices.Repeat([]float64{0.9}, 14), 1), nil, 0},
		{spc.Nelson8, slices.Repeat([]float64{1.1, -1.1}, 4), []int{7}, 0},
		{spc.Nelson8, []float64{2, 2, 2, 1, 2, 2, 2, 2, 2}, nil, 0},
	} {
		chart, err := unit().Chart(spc.Daily(start, c.xs...), spc.RuleSet(c.rule))
		require.NoError(t, err)
		var at []int
		for _, s := range chart.Signals {
			at = append(at, s.Index)
			require.Equal(t, c.way, s.Direction)
			require.Equal(t, chart.Points[s.Index].On, s.On)
			require.GreaterOrEqual(t, s.First(), 0)
		}
		require.Equal(t, c.at, at, "%v of %v", c.rule, c.xs)
	}
}

func TestEqualValues(t *testing.T) {
	for _, x := range []float64{0, 0.1, -7.3, 1e-320, spc.MaxValue, -spc.MaxValue, 1e9 + 0.1} {
		for n := 2; n < 60; n++ {
			points := spc.Daily(start, slices.Repeat([]float64{x}, n)...)
			chart, err := spc.Individuals(points, spc.Options{Rules: spc.Nelson.With(spc.WesternElectric), MinPoints: 2})
			require.NoError(t, err)
			require.Equal(t, x, chart.Limits.Center)
			require.True(t, chart.Limits.IsConstant())
			require.True(t, chart.InControl())
		}
	}
	// Any other value is a signal then, and its size in sigmas is undefined.
	r, err := spc.Read(spc.Daily(start, 5, 5, 5, 5, 5, 5, 5, 5.5), spc.Options{Baseline: until(6)})
	require.NoError(t, err)
	require.Equal(t, spc.Changed, r.Verdict)
	require.Equal(t, 0.5, r.Shift)
	_, ok := r.Sigmas()
	require.False(t, ok)
	relative, ok := r.Relative()
	require.True(t, ok)
	require.InDelta(t, 0.1, relative, 1e-15)
}

// until is the interval up to the n-th day of a series, from 0.
func until(n int) calendar.Interval { return calendar.Interval{Until: start.AddDays(n)} }

func TestMedianResistsAnOutlier(t *testing.T) {
	xs := []float64{10, 12, 11, 13, 10, 90, 12, 11, 10, 12}
	o := spc.Options{Spread: spc.MedianRange, Middle: spc.Median}
	chart, err := spc.Individuals(spc.Daily(start, xs...), o)
	require.NoError(t, err)
	require.Equal(t, 11.5, chart.Limits.Center)
	require.Equal(t, 2.0, chart.Limits.Width)
	lower, upper, _ := chart.Limits.Bounds()
	require.InDelta(t, 11.5-3.145*2, lower, 1e-3)
	require.InDelta(t, 11.5+3.145*2, upper, 1e-3)
	_, most, _ := chart.Limits.SpreadBounds()
	require.InDelta(t, 3.864*2, most, 1e-3)
	require.Equal(t, []float64{2, 1, 2, 3, 80, 78, 1, 1, 2}, chart.Ranges)
	first := chart.Signals[0]
	require.Equal(t, spc.Signal{Index: 5, On: start + 5, Value: 90, Rule: spc.Western1, Direction: spc.Up}, first)
}

func TestSubgroupsByHand(t *testing.T) {
	groups := make([]spc.Subgroup, 6)
	for i := range groups {
		groups[i] = spc.Subgroup{On: start.AddDays(i), Values: []float64{float64(i), float64(i) + 1, float64(i) + 5}}
	}
	chart, err := spc.Subgroups(groups, spc.Options{})
	require.NoError(t, err)
	require.Equal(t, 4.5, chart.Limits.Center) // means 2 to 7
	require.Equal(t, 5.0, chart.Limits.Width)
	c, _ := spc.ConstantsOf(3)
	lower, upper, _ := chart.Limits.Bounds()
	require.InDelta(t, 4.5-c.MeanRange*5, lower, 1e-14)
	require.InDelta(t, 4.5+c.MeanRange*5, upper, 1e-14)
	least, most, _ := chart.Limits.SpreadBounds()
	require.Zero(t, least)
	require.InDelta(t, c.RangeUpper*5, most, 1e-14)

	chart, err = spc.Subgroups(groups, spc.Options{Spread: spc.StandardDeviation, Rules: spc.Nelson.With(spc.RuleSet(spc.RangeBeyond))})
	require.NoError(t, err)
	require.InDelta(t, math.Sqrt(7), chart.Limits.Width, 1e-15) // (4 + 1 + 9)/2
	lower, _, _ = chart.Limits.Bounds()
	require.InDelta(t, 4.5-c.MeanDev*math.Sqrt(7), lower, 1e-14)
	require.Equal(t, 1, chart.Count(spc.Nelson3))
	require.Zero(t, chart.Count(spc.RangeBeyond))

	later := []spc.Subgroup{{On: start + 9, Values: []float64{1, 2, 40}}}
	held, err := chart.Limits.ChartSubgroups(later, spc.RuleSet(spc.RangeBeyond))
	require.NoError(t, err)
	require.Equal(t, 1, held.Count(spc.RangeBeyond))

	few, err := spc.Subgroups(groups[:2], spc.Options{})
	require.NoError(t, err)
	require.Equal(t, "n/a: 2 subgroups in the baseline, want 6", few.Limits.String())
	require.Empty(t, few.Signals)
	none, err := spc.Subgroups(nil, spc.Options{})
	require.NoError(t, err)
	require.False(t, none.Limits.Defined())
}

func TestUndefined(t *testing.T) {
	chart, err := spc.Individuals(nil, spc.Options{})
	require.NoError(t, err)
	require.False(t, chart.InControl())
	require.Equal(t, "0 points in the baseline, want 6", chart.Limits.Reason)
	require.Empty(t, chart.Flags())
	for _, l := range []spc.Limits{{}, chart.Limits} {
		_, _, ok := l.Bounds()
		require.False(t, ok)
		_, _, ok = l.SpreadBounds()
		require.False(t, ok)
		_, ok = l.Sigma()
		require.False(t, ok)
		require.NoError(t, l.Validate())
		require.False(t, l.IsConstant())
	}
	require.Equal(t, "n/a", spc.Limits{}.String())
	for _, k := range []float64{-1, math.NaN(), math.Inf(1), 1001} {
		_, _, ok := unit().Zone(k)
		require.False(t, ok)
	}

	r, err := spc.Read(spc.Daily(start, 1, 2, 3, 2, 1, 2), spc.Options{Baseline: until(5)})
	require.NoError(t, err)
	require.Equal(t, "no points after the baseline", r.Reason)
	r, err = spc.Limits{}.Read(spc.Daily(start, 1), spc.Options{})
	require.NoError(t, err)
	require.Equal(t, "cannot be told: no limits", r.String())
	require.False(t, r.IsReal())
	_, ok := r.Sigmas()
	require.False(t, ok)
	_, ok = r.First()
	require.False(t, ok)
	_, ok = r.Latest()
	require.False(t, ok)
	tiny := spc.Limits{Spread: spc.MeanRange, Center: -5e-324}
	r, err = tiny.Read(spc.Daily(start, spc.MaxValue), spc.Options{})
	require.NoError(t, err)
	_, ok = r.Relative()
	require.False(t, ok, "the quotient is not finite")
	tiny.Center = -2
	r, err = tiny.Read(spc.Daily(start, -1), spc.Options{})
	require.NoError(t, err)
	half, ok := r.Relative()
	require.True(t, ok)
	require.Equal(t, 0.5, half)
}

func TestErrors(t *testing.T) {
	bad := []spc.Point{{start, 1}, {0, 2}, {start, math.NaN()}, {start - 1, math.Inf(-1)}, {calendar.MaxDate + 1, 2e150}}
	odd := spc.Options{
		Baseline: calendar.Interval{From: 9, Until: 8}, Spread: 9, Middle: 9, Rules: 1 << 15, MinPoints: 1, Polarity: 9,
	}
	var pathsOf = func(err error) []string {
		require.ErrorContains(t, err, "spc: ")
		var paths []string
		for _, f := range verdict.FaultsOf(errors.Unwrap(err)) {
			paths = append(paths, f.Path)
		}
		return paths
	}
	points := []string{"points[1].on", "points[2].on", "points[2].value", "points[3].on", "points[3].value", "points[4].on", "points[4].value"}
	options := []string{"options.baseline", "options.spread", "options.middle", "options.rules", "options.minPoints", "options.polarity"}
	_, err := spc.Individuals(bad, odd)
	require.Equal(t, append(options, points...), pathsOf(err))
	_, err = spc.Read(bad, spc.Options{Spread: spc.StandardDeviation})
	require.Equal(t, append([]string{"options.baseline.until", "options.spread"}, points...), pathsOf(err))
	for _, sentinel := range []error{verdict.ErrMissing, verdict.ErrDuplicate, verdict.ErrInvalid, verdict.ErrRange} {
		require.ErrorIs(t, err, sentinel)
	}

	limits := spc.Limits{
		Baseline: calendar.Interval{From: 9, Until: 8}, Points: -1, Size: 26, Spread: spc.MedianRange, Center: math.NaN(), Width: -1,
	}
	faulty := []string{"limits.baseline", "limits.points", "limits.size", "limits.spread", "limits.center", "limits.width", "limits.size"}
	_, err = limits.Chart(bad[:1], 1<<15)
	require.Equal(t, append(faulty, "rules"), pathsOf(err))
	_, err = limits.Read(nil, odd)
	require.Equal(t, append(faulty, options...), pathsOf(err))

	groups := []spc.Subgroup{
		{start, []float64{1, 2}}, {start, []float64{1, 2, 3}}, {start + 1, []float64{1}}, {0, []float64{1, math.NaN()}},
	}
	inGroups := []string{"subgroups[1].on", "subgroups[1].values", "subgroups[2].values", "subgroups[3].on", "subgroups[3].values[1]"}
	_, err = spc.Subgroups(groups, spc.Options{Spread: spc.MedianRange, Middle: spc.Median})
	require.Equal(t, append([]string{"options.spread", "options.middle"}, inGroups...), pathsOf(err))
	_, err = unit().ChartSubgroups(groups, 0)
	require.Equal(t, append([]string{"limits.size"}, inGroups...), pathsOf(err))
	_, err = spc.Limits{Size: 3, Spread: spc.MeanRange}.ChartSubgroups(groups[:1], 1<<15)
	require.Equal(t, []string{"subgroups[0].values", "rules"}, pathsOf(err))
}

func roundTrip[T any](t *testing.T, v T) {
	t.Helper()
	data, err := json.Marshal(v)
	require.NoError(t, err)
	var back T
	require.NoError(t, json.Unmarshal(data, &back))
	require.Empty(t, cmp.Diff(v, back))
}

func TestJSON(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	for n := range 40 {
		xs := make([]float64, n)
		for i := range xs {
			xs[i] = rng.NormFloat64() * math.Exp(rng.NormFloat64()*9)
		}
		o := spc.Options{Rules: spc.Rules(rng.IntN(1 << 13)), Spread: spc.MedianRange, Baseline: until(n / 2)}
		roundTrip(t, o)
		chart, err := spc.Individuals(spc.Daily(start, xs...), o)
		require.NoError(t, err)
		roundTrip(t, chart)
		// Held limits give the same chart.
		held, err := chart.Limits.Chart(chart.Points, chart.Rules)
		require.NoError(t, err)
		require.Empty(t, cmp.Diff(chart, held))
	}
	c, _ := spc.ConstantsOf(7)
	roundTrip(t, c)
}

// A chart neither depends on the unit nor on what is added: scaling by a power of two
// is exact.
func TestScale(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 8))
	for range 100 {
		xs, twice := make([]float64, 40), make([]float64, 40)
		for i := range xs {
			xs[i] = rng.NormFloat64()
			twice[i] = xs[i] * 1024
		}
		a, err := spc.Individuals(spc.Daily(start, xs...), spc.Options{Rules: spc.Nelson})
		require.NoError(t, err)
		b, err := spc.Individuals(spc.Daily(start, twice...), spc.Options{Rules: spc.Nelson})
		require.NoError(t, err)
		require.Equal(t, a.Flags(), b.Flags())
		require.Equal(t, a.Limits.Center*1024, b.Limits.Center)
	}
}

func TestArgumentsStay(t *testing.T) {
	points := spc.Daily(start, 3, 1, 2, 5, 4, 6, 7, 1)
	before := slices.Clone(points)
	chart, err := spc.Individuals(points, spc.Options{Baseline: until(6), Spread: spc.MedianRange})
	require.NoError(t, err)
	chart.Points[0].Value = 99
	require.Equal(t, before, points)
	chart.Signals = append(chart.Signals, spc.Signal{Index: 99, Rule: spc.Nelson1})
	require.NotPanics(t, func() { chart.Flags() })
}

// FuzzLimitsJSON: limits that are read are refused or of use: nothing that is not
// finite comes of them.
func FuzzLimitsJSON(f *testing.F) {
	f.Add([]byte(`{"points":8,"spread":"median_range","center":30.5,"width":3}`), 1.5)
	f.Add([]byte(`{"size":25,"spread":"standard_deviation","center":-1e150,"width":2e150}`), -1e150)
	f.Fuzz(func(t *testing.T, data []byte, x float64) {
		var l spc.Limits
		if json.Unmarshal(data, &l) != nil {
			return
		}
		r, err := l.Read(spc.Daily(start, x, -x, x), spc.Options{Rules: spc.Nelson})
		if err != nil {
			require.ErrorContains(t, err, "spc: ")
			return
		}
		require.NoError(t, l.Validate())
		roundTrip(t, r)
		lower, upper, _ := l.Bounds()
		require.LessOrEqual(t, lower, upper)
		for _, v := range []float64{lower, upper, r.Mean, r.Shift} {
			require.False(t, math.IsInf(v, 0) || math.IsNaN(v))
		}
	})
}
