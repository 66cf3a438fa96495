package control_test

import (
	"encoding/json"
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/audit/control"
	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/kpi/spc"
)

// roundTrip checks that a value survives JSON unchanged.
func roundTrip[T any](tb testing.TB, v T) {
	tb.Helper()
	data, err := json.Marshal(v)
	require.NoError(tb, err)
	var back T
	require.NoError(tb, json.Unmarshal(data, &back), string(data))
	require.Empty(tb, cmp.Diff(v, back), "%s", data)
}

// recode writes a value as JSON and reads it again.
func recode(tb testing.TB, v, back any) {
	tb.Helper()
	data, err := json.Marshal(v)
	require.NoError(tb, err)
	require.NoError(tb, json.Unmarshal(data, back))
}

func TestJSON(t *testing.T) {
	t.Parallel()
	c := course()
	c.Scorecard.Measures = append(c.Scorecard.Measures, series(101))
	c.Charts = []control.Chart{{Measure: "calls", Options: spc.Options{Baseline: calendar.Interval{From: day("2026-01-01"), Until: day("2026-12-31")}}}}
	roundTrip(t, c)
	roundTrip(t, control.Course{})
	roundTrip(t, scan(t, c, asOf, control.Thresholds{}))
	roundTrip(t, controlled())
	roundTrip(t, control.Facts{})
	roundTrip(t, compare(t, course(), actions(), options()))
	roundTrip(t, control.Thresholds{Cost: control.Limit{Act: ratio.New(1, 3)}})
	roundTrip(t, control.Curve{Activity: "a", Points: []control.CurvePoint{{Duration: 1, Cost: eur("1")}}})
	cover, err := reserve("1", sure("R-1", "1/2", "3")).Cover(t.Context(), asOf, quantOptions)
	require.NoError(t, err)
	roundTrip(t, cover)
	for _, a := range actions() {
		roundTrip(t, a)
	}
}

// fuzzJSON checks that whatever is read can be judged, and is read again unchanged.
func fuzzJSON[T any](t *testing.T, data []byte, judge func(T)) {
	t.Helper()
	var v T
	if json.Unmarshal(data, &v) != nil {
		return
	}
	judge(v)
	text, err := json.Marshal(v)
	if err != nil {
		return // words out of range
	}
	var back T
	require.NoError(t, json.Unmarshal(text, &back))
	again, err := json.Marshal(back)
	require.NoError(t, err)
	require.Equal(t, string(text), string(again))
}

func FuzzCourseJSON(f *testing.F) {
	for _, c := range []control.Course{{}, course(), network("+12"), budget(line("L", "1"))} {
		data, err := json.Marshal(c)
		require.NoError(f, err)
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		fuzzJSON(t, data, func(c control.Course) {
			report, err := c.Scan(asOf, control.Thresholds{})
			if err != nil {
				return
			}
			require.NoError(t, report.Validate())
			again, err := c.Scan(asOf, control.Thresholds{})
			require.NoError(t, err)
			require.True(t, reflect.DeepEqual(report, again))
		})
	})
}

func FuzzFactsJSON(f *testing.F) {
	for _, c := range []control.Facts{{}, controlled()} {
		data, err := json.Marshal(c)
		require.NoError(f, err)
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		fuzzJSON(t, data, func(facts control.Facts) {
			_ = facts.Validate()
			for _, x := range verdict.Run(facts, control.Rules()...).Findings {
				require.NotEmpty(t, x.Message)
			}
			_, _, _ = control.Raise(facts.Register, facts.Report)
		})
	})
}

func FuzzActionJSON(f *testing.F) {
	for _, a := range actions() {
		data, err := json.Marshal(a)
		require.NoError(f, err)
		f.Add(data)
	}
	c := network("")
	f.Fuzz(func(t *testing.T, data []byte) {
		fuzzJSON(t, data, func(a control.Action) {
			_, err := c.Compare(t.Context(), day("2027-03-01"), []control.Action{a}, control.CompareOptions{Iterations: 2, Workers: 1})
			if a.Validate() != nil {
				require.Error(t, err)
			}
		})
	})
}
