package kpi_test

import (
	"context"
	"encoding/json"
	"math"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/kpi"
)

func TestSummariseErrors(t *testing.T) {
	sound := kpi.Columns[string]{Customers: []string{"a", "b"}, Days: []calendar.Date{lastDay, lastDay - 1}, Minor: []int64{1, 2}}
	q := kpi.Query{AsOf: lastDay, Detail: kpi.WithTotals, Grain: kpi.Monthly}
	summarise := func(e *kpi.Engine, c kpi.Columns[string], q kpi.Query) error {
		_, err := kpi.Summarise(t.Context(), e, c, q)
		return err
	}
	require.NoError(t, summarise(nil, sound, q))
	require.ErrorIs(t, summarise(nil, sound, kpi.Query{}), verdict.ErrMissing)
	require.ErrorIs(t, summarise(nil, sound, kpi.Query{AsOf: -1}), verdict.ErrRange)
	require.ErrorContains(t, summarise(nil, sound, kpi.Query{AsOf: 9, From: 10, Grain: 9, Detail: 7, Amounts: 8}), "from")
	require.ErrorIs(t, summarise(&kpi.Engine{Workers: -1}, sound, q), verdict.ErrRange)
	stopped, stop := context.WithCancel(t.Context())
	stop()
	_, err := kpi.Summarise(stopped, nil, sound, q)
	require.ErrorIs(t, err, context.Canceled)

	short := sound
	short.Days, short.Minor = short.Days[1:], []int64{}
	require.ErrorContains(t, summarise(nil, short, q), "minor: invalid: 0 values for 2 customers")
	_, err = short.History()
	require.ErrorContains(t, err, "days: invalid: 1 values for 2 customers")

	bad := sound
	bad.Days = []calendar.Date{lastDay, 0}
	require.EqualError(t, summarise(nil, bad, q), `kpi: event of customer "b": day missing (event 1)`)
	bad.Days = []calendar.Date{-4, 0}
	require.ErrorContains(t, summarise(nil, bad, q), "(event 0, and 1 more like it)")
	_, err = bad.History()
	require.ErrorIs(t, err, verdict.ErrRange)
}

// What does not fit 64 bits is an error, however far it went on the way.
func TestSummariseOverflow(t *testing.T) {
	c := kpi.Columns[int]{Customers: []int{1, 1, 1}, Days: []calendar.Date{lastDay, lastDay, lastDay}, Minor: []int64{math.MaxInt64, 1, -1}}
	q := kpi.Query{AsOf: lastDay, Detail: kpi.WithTotals, Grain: kpi.Monthly}
	s, err := kpi.Summarise(t.Context(), nil, c, q)
	require.NoError(t, err)
	require.Equal(t, []int64{math.MaxInt64}, s.Totals.Sum)
	c.Minor[2] = 1
	_, err = kpi.Summarise(t.Context(), nil, c, q)
	require.ErrorIs(t, err, verdict.ErrRange)
	require.ErrorContains(t, err, "total of customer")
	q.Detail = 0
	_, err = kpi.Summarise(t.Context(), nil, c, q)
	require.ErrorContains(t, err, "revenue of a cohort")
	c.Days[0] = calendar.MinDate
	_, err = kpi.Summarise(t.Context(), nil, c, q)
	require.ErrorIs(t, err, kpi.ErrPeriods)
}

func TestSummariseNothing(t *testing.T) {
	q := kpi.Query{AsOf: lastDay, Detail: kpi.WithDays, Grain: kpi.Monthly}
	s, err := kpi.Summarise(t.Context(), nil, kpi.Columns[string]{}, q)
	require.NoError(t, err)
	want, err := new(kpi.History[string]).Summary(q)
	require.NoError(t, err)
	require.Equal(t, want, s)
	_, err = new(kpi.History[string]).Summary(kpi.Query{})
	require.Error(t, err)
}

func TestSummaryJSON(t *testing.T) {
	c := columns(shapes[8], 3, strconv.Itoa)
	want, err := kpi.Summarise(t.Context(), nil, c, kpi.Query{AsOf: lastDay, Detail: kpi.WithDays, Grain: kpi.Quarterly})
	require.NoError(t, err)
	text, err := json.Marshal(want)
	require.NoError(t, err)
	var got kpi.Summary[string]
	require.NoError(t, json.Unmarshal(text, &got))
	require.Equal(t, want, got)
	require.NoError(t, got.Totals.Validate())
	require.NoError(t, got.Grid.Validate())
}

func TestTotalsValidate(t *testing.T) {
	for message, spoil := range map[string]func(*kpi.Totals[int]){
		"last":         func(x *kpi.Totals[int]) { x.Last = nil },
		"first":        func(x *kpi.Totals[int]) { x.First = x.First[1:] },
		"days":         func(x *kpi.Totals[int]) { x.Days = x.Days[1:] },
		"customers[1]": func(x *kpi.Totals[int]) { x.Customers[1] = 1 },
		"orders[0]":    func(x *kpi.Totals[int]) { x.Orders[0] = -1 },
		"last[1]":      func(x *kpi.Totals[int]) { x.Last[1] = 0 },
		"last[2]":      func(x *kpi.Totals[int]) { x.Last[2] = 5 },
		"first[0]":     func(x *kpi.Totals[int]) { x.First[0] = lastDay + 1 },
		"days[1]":      func(x *kpi.Totals[int]) { x.Days[1] = 4 },
	} {
		x := kpi.Totals[int]{
			Customers: []int{1, 2, 3}, First: []calendar.Date{lastDay, lastDay - 3, 0}, Last: []calendar.Date{lastDay, lastDay, 0},
			Orders: []int64{1, 3, 0}, Days: []int64{1, 2, 0}, Sum: []int64{5, -6, -7},
		}
		require.NoError(t, x.Validate())
		require.Equal(t, 3, x.Len())
		spoil(&x)
		require.ErrorContains(t, x.Validate(), message)
	}
}

func TestGridValidate(t *testing.T) {
	require.NoError(t, kpi.Grid{}.Validate())
	require.ErrorIs(t, kpi.Grid{Periods: kpi.MaxPeriods + 1}.Validate(), verdict.ErrRange)
	require.ErrorContains(t, kpi.Grid{Periods: 2}.Validate(), "retained")
}

func TestInterner(t *testing.T) {
	var n kpi.Interner[string]
	_, ok := n.Find("x")
	require.False(t, ok)
	numbers, err := n.Numbers(t.Context(), []string{"x", "y", "x", "z"}, []uint32{9})
	require.NoError(t, err)
	require.Equal(t, []uint32{9, 0, 1, 0, 2}, numbers)
	require.EqualValues(t, 1, n.Number("y"))
	require.EqualValues(t, 3, n.Number("new"))
	at, ok := n.Find("z")
	require.True(t, ok)
	require.Equal(t, "z", n.Customer(at))
	require.Equal(t, 4, n.Len())
	stopped, stop := context.WithCancel(t.Context())
	stop()
	numbers, err = n.Numbers(stopped, []string{"a"}, numbers)
	require.ErrorIs(t, err, context.Canceled)
	require.Len(t, numbers, 5)
}

func TestQueryWords(t *testing.T) {
	for _, g := range []kpi.Grain{kpi.Weekly, kpi.Monthly, kpi.Quarterly} {
		back, err := kpi.ParseGrain(g.String())
		require.NoError(t, err)
		require.Equal(t, g, back)
		require.True(t, g.IsValid())
	}
	for _, d := range []kpi.Detail{kpi.WithTotals, kpi.WithDays} {
		back, err := kpi.ParseDetail(d.String())
		require.NoError(t, err)
		require.Equal(t, d, back)
		require.True(t, d.IsValid())
	}
	_, err := kpi.ParseGrain("hourly")
	require.ErrorIs(t, err, verdict.ErrUnknown)
}

// Words survive their text form, and nothing else is taken for one.
func FuzzQueryWords(f *testing.F) {
	f.Add("weekly")
	f.Add("days")
	f.Fuzz(func(t *testing.T, text string) {
		var g kpi.Grain
		if g.UnmarshalText([]byte(text)) == nil {
			back, err := g.MarshalText()
			require.NoError(t, err)
			require.Equal(t, text, string(back))
		}
		var d kpi.Detail
		if d.UnmarshalText([]byte(text)) == nil {
			back, err := d.MarshalText()
			require.NoError(t, err)
			require.Equal(t, text, string(back))
		}
	})
}

// A second summary needs no more memory than its result.
func TestEngineKeepsMemory(t *testing.T) {
	if testing.CoverMode() != "" {
		t.Skip("coverage counting allocates")
	}
	c := columns(shapes[12], 1, func(i int) uint32 { return uint32(i) })
	e := kpi.Engine{Workers: 1}
	allocs := testing.AllocsPerRun(3, func() {
		_, err := kpi.Summarise(t.Context(), &e, c, kpi.Query{AsOf: lastDay, Detail: kpi.WithTotals, Grain: kpi.Monthly})
		require.NoError(t, err)
	})
	require.Less(t, allocs, 50.0)
}

// The days of a period lie in it, and those beside them do not; its text is that of
// the calendar.
func TestGrainPeriods(t *testing.T) {
	t.Parallel()
	day := calendar.MustParse("2027-02-03")
	for g, want := range map[kpi.Grain][3]string{
		kpi.Weekly: {"2027-02-01", "2027-02-07", "2027-W05"}, kpi.Monthly: {"2027-02-01", "2027-02-28", "2027-02"},
		kpi.Quarterly: {"2027-01-01", "2027-03-31", "2027-Q1"},
	} {
		p := g.Period(day)
		require.Equal(t, want, [3]string{g.First(p).String(), g.Last(p).String(), g.Label(p)})
		require.Equal(t, p-1, g.Period(g.First(p).AddDays(-1)))
		require.Equal(t, p+1, g.Period(g.Last(p).AddDays(1)))
	}
}
