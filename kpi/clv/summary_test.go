package clv_test

import (
	"encoding/json"
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/kpi"
	"github.com/crmrollout/crm/kpi/clv"
)

var day = calendar.MustParse

// orders are: ada with two orders of a day, a refund and an order after the end; bob
// once; cyd with a refund before the first order; dan after the end; eve without an
// order; fin in the holdout alone.
func orders(tb testing.TB) *kpi.History[string] {
	tb.Helper()
	var h kpi.History[string]
	for _, e := range []struct {
		who, on string
		minor   int64
	}{
		{"ada", "2027-01-04", 1000}, {"ada", "2027-01-18", 500}, {"ada", "2027-01-18", 700}, {"ada", "2027-02-01", 900},
		{"ada", "2027-02-03", -300}, {"ada", "2027-03-02", 5000}, {"bob", "2027-02-10", 100}, {"cyd", "2027-01-01", -50},
		{"cyd", "2027-01-20", 400}, {"cyd", "2027-01-21", 0}, {"dan", "2027-06-01", 900}, {"eve", "2027-01-10", -20}, {"fin", "2027-03-05", 10},
	} {
		require.NoError(tb, h.Add(e.who, day(e.on), e.minor))
	}
	return &h
}

func TestSummarize(t *testing.T) {
	got, err := clv.Summarize(orders(t), day("2027-02-28"), clv.Options{Unit: clv.Week, Holdout: day("2027-03-28")})
	require.NoError(t, err)
	want := clv.Summary[string]{
		End: day("2027-02-28"), Options: clv.Options{Unit: clv.Week, Holdout: day("2027-03-28")}, HoldoutTime: 4,
		Rows: []clv.Row[string]{
			{"ada", clv.Statistics{day("2027-01-04"), day("2027-02-01"), 3, 2800, 1000}, clv.Observation{2, 4, 55. / 7, 900}, clv.Holdout{1, 5000}},
			{"bob", clv.Statistics{day("2027-02-10"), day("2027-02-10"), 1, 100, 100}, clv.Observation{0, 0, 18. / 7, 0}, clv.Holdout{}},
			{"cyd", clv.Statistics{day("2027-01-20"), day("2027-01-21"), 2, 400, 400}, clv.Observation{1, 1. / 7, 39. / 7, 0}, clv.Holdout{}},
		},
		Later: 2, NoOrder: 1, Unplaced: 2, LaterEvents: 1,
	}
	require.Empty(t, cmp.Diff(want, got))
	data, err := json.Marshal(got)
	require.NoError(t, err)
	var read clv.Summary[string]
	require.NoError(t, json.Unmarshal(data, &read))
	require.Empty(t, cmp.Diff(got, read))

	for _, r := range got.Rows {
		o, err := r.Observe(got.End, got.Options)
		require.NoError(t, err)
		require.Equal(t, r.Observation, o)
	}
	sample, err := got.Sample()
	require.NoError(t, err)
	require.Equal(t, int64(3), sample.Customers())
	_, err = got.Spends() // cyd came back for nothing
	require.ErrorIs(t, err, verdict.ErrRange)
	require.ErrorContains(t, err, "rows[2].mean: ")
	got.Rows = got.Rows[:2]
	spends, err := got.Spends()
	require.NoError(t, err)
	require.Equal(t, int64(1), spends.Customers())
	got.Rows[0].Tx = -1
	_, err = got.Sample()
	require.ErrorContains(t, err, "rows[0]: ")
	_, err = got.Spends()
	require.Error(t, err)
}

func TestPeriods(t *testing.T) {
	month, err := clv.Summarize(orders(t), day("2027-02-28"), clv.Options{Period: clv.Month, Holdout: day("2027-03-31")})
	require.NoError(t, err)
	require.Equal(t, clv.Observation{X: 1, Tx: 1, T: 1, Mean: 600}, month.Rows[0].Observation)
	require.Equal(t, clv.Observation{T: 1}, month.Rows[2].Observation)
	require.Equal(t, 1.0, month.HoldoutTime)

	week, err := clv.Summarize(orders(t), day("2027-02-28"), clv.Options{Period: clv.Week})
	require.NoError(t, err)
	require.Equal(t, clv.Observation{X: 2, Tx: 4, T: 7, Mean: 900}, week.Rows[0].Observation)
	require.Equal(t, int64(3), week.LaterEvents)

	mean, err := clv.Summarize(orders(t), day("2027-02-28"), clv.Options{Unit: clv.Month})
	require.NoError(t, err)
	require.InDelta(t, 28/30.436875, mean.Rows[0].Tx, 1e-15)
	thirty, err := clv.Summarize(orders(t), day("2027-02-28"), clv.Options{Unit: clv.Month, MonthDays: 30})
	require.NoError(t, err)
	require.InDelta(t, 28./30, thirty.Rows[0].Tx, 1e-15)
}

func TestAmountsPolicies(t *testing.T) {
	every, err := clv.Summarize(orders(t), day("2027-02-28"), clv.Options{Amounts: kpi.EveryEvent})
	require.NoError(t, err)
	require.Len(t, every.Rows, 4) // eve's refund counts as an order
	require.Equal(t, int64(3), every.Rows[0].X)
	only, err := clv.Summarize(orders(t), day("2027-02-28"), clv.Options{Amounts: kpi.PurchasesOnly})
	require.NoError(t, err)
	require.Zero(t, only.Rows[2].X)
	require.Equal(t, int64(3100), only.Rows[0].Revenue)
}

func TestSummarizeRefuses(t *testing.T) {
	h := orders(t)
	for _, c := range []struct {
		end     calendar.Date
		options clv.Options
		want    []string
	}{
		{0, clv.Options{}, []string{"end: missing"}},
		{-5, clv.Options{}, []string{"end: out of range"}},
		{day("2027-02-27"), clv.Options{Period: clv.Month}, []string{"end: invalid: 2027-02-27 is not the last day of its month"}},
		{day("2027-02-28"), clv.Options{Period: clv.Week, Unit: clv.Day}, []string{"options.unit: "}},
		{day("2027-02-28"), clv.Options{Period: 9, Unit: 9, Amounts: 9, MonthDays: 5000, MinorPerUnit: -1}, []string{"options.amounts", "options.period", "options.unit", "options.monthDays", "options.minorPerUnit"}},
		{day("2027-02-28"), clv.Options{Holdout: day("2027-02-28")}, []string{"options.holdout: "}},
		{day("2027-02-28"), clv.Options{Holdout: -1}, []string{"options.holdout: "}},
		{day("2027-02-28"), clv.Options{MonthDays: math.NaN()}, []string{"options.monthDays: "}},
	} {
		_, err := clv.Summarize(h, c.end, c.options)
		require.Error(t, err)
		for _, w := range c.want {
			require.ErrorContains(t, err, w)
		}
		require.ErrorContains(t, err, "clv: ")
	}
	var huge kpi.History[int]
	require.NoError(t, huge.Add(7, day("2027-01-01"), math.MaxInt64))
	require.NoError(t, huge.Add(7, day("2027-01-02"), math.MaxInt64))
	_, err := clv.Summarize(&huge, day("2027-01-31"), clv.Options{})
	require.ErrorIs(t, err, verdict.ErrRange)
	require.NoError(t, huge.Add(7, day("2027-01-03"), -math.MaxInt64))
	s, err := clv.Summarize(&huge, day("2027-01-31"), clv.Options{})
	require.NoError(t, err)
	require.Zero(t, s.Rows[0].Mean)
}

func TestStatisticsRefuse(t *testing.T) {
	end := day("2027-03-31")
	good := clv.Statistics{First: day("2027-01-01"), Last: day("2027-01-05"), Periods: 5, Revenue: math.MinInt64, FirstRevenue: math.MaxInt64}
	o, err := good.Observe(end, clv.Options{})
	require.NoError(t, err)
	require.InEpsilon(t, -math.Ldexp(1, 62), o.Mean, 1e-15)
	for path, spoil := range map[string]func(s *clv.Statistics){
		"first":   func(s *clv.Statistics) { s.First = 0 },
		"last":    func(s *clv.Statistics) { s.Last = s.First - 1 },
		"periods": func(s *clv.Statistics) { s.Periods = 6 },
	} {
		s := good
		spoil(&s)
		_, err := s.Observe(end, clv.Options{})
		require.ErrorContains(t, err, path+": ")
	}
	late := good
	late.Last = end + 1
	_, err = late.Observe(end, clv.Options{})
	require.ErrorContains(t, err, "after the end")
	_, err = good.Observe(0, clv.Options{})
	require.ErrorIs(t, err, verdict.ErrMissing)
	one := clv.Statistics{First: day("2027-01-01"), Last: day("2027-01-05"), Periods: 1}
	_, err = one.Observe(end, clv.Options{})
	require.ErrorContains(t, err, "periods: ")
	_, err = one.Observe(end, clv.Options{Period: clv.Month})
	require.NoError(t, err)
}

func TestEmptyHistory(t *testing.T) {
	var h kpi.History[string]
	s, err := clv.Summarize(&h, day("2027-03-31"), clv.Options{})
	require.NoError(t, err)
	require.Empty(t, s.Rows)
	points, err := clv.Track(publishedBG, &h, day("2027-03-31"), clv.Options{}, 7)
	require.NoError(t, err)
	require.Empty(t, points)
}
