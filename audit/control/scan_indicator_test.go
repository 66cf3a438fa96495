package control_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/audit/control"
	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/objective"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/kpi"
	"github.com/crmrollout/crm/kpi/spc"
	"github.com/crmrollout/crm/risk"
)

// adoption is measured monthly; its target is 70 % from 30 % by the end of 2027.
func adoption(values ...kpi.Measurement) kpi.Measure {
	return kpi.Measure{ID: "adoption", Metric: "weekly users", History: values, Target: objective.Target{
		Metric: "weekly users", Direction: objective.Increase, Baseline: ratio.Int(30), Value: ratio.Int(70),
		From: day("2027-01-01"), By: day("2027-12-31"),
	}}
}

func TestScanAttainment(t *testing.T) {
	t.Parallel()
	on := day("2027-07-02") // half the way: 50 % are wanted
	tests := []struct {
		name   string
		value  kpi.Measurement
		level  control.Level
		nature control.Nature
	}{
		{"ahead", kpi.Measurement{On: on, Value: ratio.Int(55)}, 0, 0},
		{"amber, nothing to tell by", kpi.Measurement{On: on, Value: ratio.Int(47)}, control.Warn, control.Untested},
		{"red, nothing to tell by", kpi.Measurement{On: on, Value: ratio.Int(40)}, control.Act, control.Untested},
		{"red, by more than chance", kpi.Share(on, 400, 1000), control.Act, control.Signal},
		{"red, few asked: no more than chance", kpi.Share(on, 8, 20), control.Warn, control.Noise},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			c := control.Course{Scorecard: kpi.Scorecard{Measures: []kpi.Measure{adoption(tt.value)}}}
			d, ok := scan(t, c, on, control.Thresholds{}).Deviation("attainment[adoption]")
			require.Equal(t, tt.level != 0, ok)
			if ok {
				require.Equal(t, tt.level, d.Level, d)
				require.Equal(t, tt.nature, d.Nature)
				require.Positive(t, d.Size.Sign())
			}
		})
	}
}

// Lower is better; and a limit to keep has no way from a baseline.
func TestScanAttainmentDirections(t *testing.T) {
	t.Parallel()
	on := day("2027-07-02")
	less := kpi.Measure{ID: "hours", Metric: "response time", History: []kpi.Measurement{{On: on.AddDays(-30), Value: ratio.Int(30)}, {On: on, Value: ratio.Int(38)}},
		Target: objective.Target{
			Metric: "response time", Direction: objective.Decrease, Baseline: ratio.Int(40), Value: ratio.Int(20), From: day("2027-01-01"), By: day("2027-12-31"),
		}}
	keep := kpi.Measure{ID: "uptime", Metric: "uptime", History: []kpi.Measurement{{On: on, Value: ratio.Int(97)}},
		Target: objective.Target{Metric: "uptime", Direction: objective.MaintainAtLeast, Value: ratio.Int(99)}}
	r := scan(t, control.Course{Scorecard: kpi.Scorecard{Measures: []kpi.Measure{less, keep}}}, on, control.Thresholds{})
	hours := found(t, r, "attainment[hours]")
	require.Equal(t, control.Act, hours.Level)
	require.Equal(t, control.Growing, hours.Trend)
	require.Positive(t, hours.Size.Sign())
	uptime := found(t, r, "attainment[uptime]")
	require.Equal(t, ratio.Int(2), uptime.Size)
	require.Equal(t, risk.InBenefit, uptime.Risk().Area)
}

// series has a baseline of twelve quiet months and then the given values.
func series(after ...int64) kpi.Measure {
	m := kpi.Measure{ID: "calls", Metric: "calls", Target: objective.Target{
		Metric: "calls", Direction: objective.Decrease, Baseline: ratio.Int(100), Value: ratio.Int(80),
	}}
	first := day("2026-01-31")
	for i, v := range append([]int64{100, 102, 98, 101, 99, 100, 103, 97, 100, 101, 99, 100}, after...) {
		m.History = append(m.History, kpi.Measurement{On: first.AddMonths(i), Value: ratio.Int(v)})
	}
	return m
}

// KP-07, KP-08: with a frozen baseline, what stays within the limits is noise, and
// what leaves them is a signal, known from the day of the first rule.
func TestScanSignal(t *testing.T) {
	t.Parallel()
	base := spc.Options{Baseline: calendar.Interval{From: day("2026-01-01"), Until: day("2026-12-31")}}
	tests := []struct {
		name    string
		after   []int64
		level   control.Level
		welcome bool
	}{
		{"noise", []int64{101, 98, 102, 99}, 0, false},
		{"much worse", []int64{101, 115, 116}, control.Act, false},
		{"a little worse for long", []int64{102, 102, 101, 102, 101, 102, 101, 102, 102}, control.Warn, false},
		{"better", []int64{90, 88}, control.Note, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			m := series(tt.after...)
			c := control.Course{Scorecard: kpi.Scorecard{Measures: []kpi.Measure{m}}, Charts: []control.Chart{{Measure: "calls", Options: base}}}
			on := m.History[len(m.History)-1].On
			d, ok := scan(t, c, on, control.Thresholds{}).Deviation("signal[calls]")
			require.Equal(t, tt.level != 0, ok)
			if !ok {
				return
			}
			require.Equal(t, tt.level, d.Level, d)
			require.Equal(t, tt.welcome, d.Welcome)
			require.Equal(t, ratio.Int(100), d.Planned)
			require.NotEmpty(t, d.Evidence)
			require.NotEmpty(t, d.String())
			require.Greater(t, d.Since, day("2026-12-31"))

			limits, err := spc.ReadMeasure(m, base)
			require.NoError(t, err)
			c.Charts[0] = control.Chart{Measure: "calls", Limits: limits.Limits}
			kept := found(t, scan(t, c, on, control.Thresholds{}), "signal[calls]")
			require.Empty(t, cmp.Diff(d, kept), "limits that were kept say the same")
			c.Scorecard.Measures[0].Target = objective.Target{}
			c.Scorecard.Measures[0].Metric = "churn_rate"
			require.Equal(t, d.Level, found(t, scan(t, c, on, control.Thresholds{}), "signal[calls]").Level, "lower churn is better")
		})
	}
}

// A baseline that never varied has no sigma to measure the change by.
func TestScanSignalConstant(t *testing.T) {
	t.Parallel()
	m := series(101)
	for i := range 12 {
		m.History[i].Value = ratio.Int(100)
	}
	c := control.Course{Scorecard: kpi.Scorecard{Measures: []kpi.Measure{m}}, Charts: []control.Chart{{
		Measure: "calls", Options: spc.Options{Baseline: calendar.Interval{From: day("2026-01-01"), Until: day("2026-12-31")}},
	}}}
	d := found(t, scan(t, c, day("2027-02-28"), control.Thresholds{}), "signal[calls]")
	require.False(t, d.Size.Defined())
	require.Equal(t, control.Warn, d.Level)
}
