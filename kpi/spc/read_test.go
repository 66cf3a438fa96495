package spc_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/objective"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/kpi"
	"github.com/crmrollout/crm/kpi/spc"
)

// KP-07: what the verdict depends on.
func TestVerdicts(t *testing.T) {
	base := []float64{10, 12, 11, 9, 10, 11, 12, 10}
	for _, c := range []struct {
		after    []float64
		polarity kpi.Polarity
		want     spc.Verdict
		way      spc.Direction
	}{
		{[]float64{11, 10, 12}, kpi.HigherIsBetter, spc.Noise, 0},
		{[]float64{11, 30}, kpi.HigherIsBetter, spc.Improved, spc.Up},
		{[]float64{11, 30}, kpi.LowerIsBetter, spc.Worsened, spc.Up},
		{[]float64{1}, kpi.LowerIsBetter, spc.Improved, spc.Down},
		{[]float64{1}, kpi.HigherIsBetter, spc.Worsened, spc.Down},
		{[]float64{1}, 0, spc.Changed, spc.Down},
		{[]float64{1, 10, 10, 30}, kpi.HigherIsBetter, spc.Changed, 0},
	} {
		points := spc.Daily(start, append(slices.Clone(base), c.after...)...)
		r, err := spc.Read(points, spc.Options{Baseline: until(7), Polarity: c.polarity})
		require.NoError(t, err)
		require.Equal(t, c.want, r.Verdict, "%v", c.after)
		require.Equal(t, c.way, r.Direction)
		require.Equal(t, c.want != spc.Noise, r.IsReal())
		require.Equal(t, len(c.after), r.Points)
		require.InDelta(t, r.Mean-10.625, r.Shift, 1e-12)
		if last, ok := r.Latest(); ok {
			got := spc.Point{On: last.On, Value: last.Value}
			require.Equal(t, points[last.Index], got)
		}
		// The same with limits that were kept.
		kept, err := r.Limits.Read(points, spc.Options{Polarity: c.polarity})
		require.NoError(t, err)
		require.Empty(t, cmp.Diff(r, kept))
		roundTrip(t, r)
	}
}

// A run that is half in the baseline shows nothing yet.
func TestPatternsBeginAfterTheBaseline(t *testing.T) {
	xs := []float64{8, 12, 8, 12, 8, 12, 8, 12, 8, 12, 11, 11, 11, 11, 11, 11, 11, 11}
	r, err := spc.Read(spc.Daily(start, xs[:17]...), spc.Options{Baseline: until(9)})
	require.NoError(t, err)
	require.Equal(t, spc.Noise, r.Verdict)
	r, err = spc.Read(spc.Daily(start, xs...), spc.Options{Baseline: until(9)})
	require.NoError(t, err)
	first, _ := r.First()
	require.Equal(t, 17, first.Index)
	require.Equal(t, spc.Western4, first.Rule)
	require.Equal(t, 10, first.First())
}

func TestReadMeasure(t *testing.T) {
	m := kpi.Measure{ID: "K", Metric: "smiles", Target: objective.Target{Metric: "smiles", Direction: objective.Decrease}}
	for i, v := range []int64{10, 12, 11, 9, 10, 11, 12, 10, 2} {
		m.History = append(m.History, kpi.Measurement{On: start.AddDays(i), Value: ratio.Int(v)})
	}
	m.History[3].Value = ratio.Undefined("no answers")
	r, err := spc.ReadMeasure(m, spc.Options{Baseline: until(7)})
	require.NoError(t, err)
	require.Equal(t, spc.Improved, r.Verdict)
	require.Equal(t, []calendar.Date{start + 3}, r.Undefined)
	require.Equal(t, 7, r.Limits.Points)
	roundTrip(t, r)
	kept, err := r.Limits.ReadMeasure(m, spc.Options{})
	require.NoError(t, err)
	require.Empty(t, cmp.Diff(r, kept))

	m.Target.Direction = objective.Increase
	r, err = spc.ReadMeasure(m, spc.Options{Baseline: until(7)})
	require.NoError(t, err)
	require.Equal(t, spc.Worsened, r.Verdict)
	m.Target = objective.Target{}
	r, err = spc.ReadMeasure(m, spc.Options{Baseline: until(7)})
	require.NoError(t, err)
	require.Equal(t, spc.Changed, r.Verdict)
	_, err = spc.ReadMeasure(m, spc.Options{})
	require.ErrorIs(t, err, verdict.ErrMissing)
}
