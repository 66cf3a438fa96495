package retention_test

import (
	"encoding/json"
	"errors"
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/kpi"
	"github.com/crmrollout/crm/kpi/retention"
)

type options = retention.Options[string]

func day(s string) calendar.Date { return calendar.MustParse(s) }

var stop = day("2027-04-15")

// small is the history of testdata/orders.csv.
func small(t testing.TB) *retention.History[string] {
	t.Helper()
	var h retention.History[string]
	for _, row := range table(t, "testdata/orders.csv") {
		require.NoError(t, h.Add(row["customer"], day(row["day"]), integer(t, row["cents"])))
	}
	return &h
}

var smallCounts = retention.Counts{Events: 12, Orders: 9, Refunds: 1, Unplaced: 1, Later: 1}

// KP-02.
func TestCalendarByHand(t *testing.T) {
	got, err := retention.Calendar(small(t), stop, retention.Month, options{})
	require.NoError(t, err)
	require.Equal(t, smallCounts, got.Counts)
	want := map[string][]retention.Cell{}
	for _, row := range table(t, "testdata/cohorts.csv") {
		k := int(integer(t, row["k"]))
		want[row["cohort"]] = append(want[row["cohort"]], retention.Cell{
			From: k, To: k,
			Eligible: integer(t, row["eligible"]), Active: integer(t, row["active"]), Since: integer(t, row["since"]),
			Orders: integer(t, row["orders"]), Revenue: integer(t, row["revenue"]),
			Pending: retention.Pending{
				Customers: integer(t, row["p_customers"]), Active: integer(t, row["p_active"]),
				Orders: integer(t, row["p_orders"]), Revenue: integer(t, row["p_revenue"]),
			},
		})
	}
	require.Len(t, got.Cohorts, 3)
	for _, c := range got.Cohorts {
		require.Empty(t, cmp.Diff(want[c.Label], c.Cells), c.Label)
		require.Equal(t, day(c.Label+"-01"), c.Start)
	}
	require.Empty(t, cmp.Diff(want["pooled"], got.Pooled))
	require.Equal(t, []int64{2, 1, 1}, []int64{got.Cohorts[0].Size, got.Cohorts[1].Size, got.Cohorts[2].Size})
}

// A cell whose window is not over has no rate: 0 % would be a lie.
func TestIncompleteCellsHaveNoRate(t *testing.T) {
	got, err := retention.Calendar(small(t), stop, retention.Month, options{})
	require.NoError(t, err)
	march, ok := got.Cohorts[2].Cell(1, 1)
	require.True(t, ok)
	require.False(t, march.IsComplete())
	require.Equal(t, retention.Incomplete, march.Retention().Reason())
	require.Equal(t, retention.Incomplete, march.Unbounded().Reason())
	interval, err := march.Interval(0.95)
	require.NoError(t, err)
	require.False(t, interval.Defined())
	interval, err = march.UnboundedInterval(0.95)
	require.NoError(t, err)
	require.False(t, interval.Defined())
	_, ok = got.Cohorts[2].Cell(2, 2)
	require.False(t, ok)

	over, err := retention.Calendar(small(t), day("2027-04-30"), retention.Month, options{})
	require.NoError(t, err)
	march, _ = over.Cohorts[2].Cell(1, 1)
	require.True(t, march.IsComplete())
	require.Equal(t, ratio.Int(1), march.Retention())
	require.Equal(t, ratio.New(1, 4), ratio.Of(over.Pooled[1].Active-1, over.Pooled[1].Eligible, ""))
	interval, err = over.Pooled[1].Interval(0.95)
	require.NoError(t, err)
	want, _ := kpi.Wilson(2, 4, 0.95)
	require.Equal(t, want, interval)
	_, err = over.Pooled[1].Interval(2)
	require.ErrorIs(t, err, verdict.ErrRange)
}

func TestCalendarUnits(t *testing.T) {
	got, err := retention.Calendar(small(t), stop, retention.Quarter, options{})
	require.NoError(t, err)
	require.Len(t, got.Cohorts, 1)
	require.Equal(t, "2027-Q1", got.Cohorts[0].Label)
	require.Equal(t, retention.Cell{Eligible: 4, Active: 4, Since: 4, Orders: 7, Revenue: 5100}, got.Cohorts[0].Cells[0])
	require.Equal(t, retention.Pending{Customers: 4, Active: 2, Orders: 2, Revenue: 900}, got.Cohorts[0].Cells[1].Pending)

	weeks, err := retention.Calendar(small(t), stop, retention.Week, options{})
	require.NoError(t, err)
	require.Equal(t, "2027-W01", weeks.Cohorts[0].Label)
	require.Equal(t, day("2027-01-04"), weeks.Cohorts[0].Start)
	ann, _ := weeks.Cohorts[0].Cell(5, 5)
	require.Equal(t, ratio.Int(1), ann.Retention(), "10 February is in the fifth week after")
	require.EqualValues(t, 1, weeks.Cohorts[0].Cells[14].Pending.Customers, "the week of 15 April ends on the 18th")
}

func TestElapsedByHand(t *testing.T) {
	got, err := retention.Elapsed(small(t), stop, retention.Windows(30, 4), options{})
	require.NoError(t, err)
	require.Equal(t, smallCounts, got.Counts)
	require.Equal(t, "all", got.Cohorts[0].Label)
	require.Equal(t, got.Pooled, got.Cohorts[0].Cells)
	require.Empty(t, cmp.Diff([]retention.Cell{
		{From: 0, To: 29, Eligible: 4, Active: 4, Since: 4, Orders: 6, Revenue: 4400},
		{From: 30, To: 59, Eligible: 3, Active: 1, Since: 1, Orders: 1, Revenue: 700, Pending: retention.Pending{1, 1, 1, 600}},
		{From: 60, To: 89, Eligible: 1, Active: 1, Since: 1, Orders: 1, Revenue: 300, Pending: retention.Pending{3, 0, 0, 0}},
		{From: 90, To: 119, Pending: retention.Pending{4, 0, 0, 0}},
	}, got.Pooled))
}

func TestElapsedCohortsAndLabels(t *testing.T) {
	windows := []retention.Window{retention.Day(0), {From: 29, To: 36}, {From: 1, To: 200}}
	got, err := retention.Elapsed(small(t), stop, windows, options{Cohorts: retention.Month})
	require.NoError(t, err)
	require.Len(t, got.Cohorts, 3)
	require.Equal(t, retention.Cell{From: 29, To: 36, Eligible: 2, Active: 2, Since: 2, Orders: 2, Revenue: 1600}, got.Cohorts[0].Cells[1])
	require.EqualValues(t, 4, got.Pooled[2].Pending.Customers)

	region := func(customer string) string {
		if customer < "c" {
			return "north"
		}
		return "east"
	}
	labelled, err := retention.Elapsed(small(t), stop, windows, options{Label: region})
	require.NoError(t, err)
	require.Equal(t, []string{"east", "north"}, []string{labelled.Cohorts[0].Label, labelled.Cohorts[1].Label})
	require.Equal(t, got.Pooled, labelled.Pooled)
	require.Zero(t, labelled.Cohorts[0].Start)

	byMonth, err := retention.Calendar(small(t), stop, retention.Month, options{Label: region})
	require.NoError(t, err)
	east := byMonth.Cohorts[0]
	require.EqualValues(t, 2, east.Size)
	require.Equal(t, retention.Cell{From: 1, To: 1, Eligible: 1, Pending: retention.Pending{1, 1, 1, 600}}, east.Cells[1], "cat's March is over, dee's April is not")
	require.False(t, east.Cells[1].IsComplete())
	require.Equal(t, ratio.Int(0), east.Cells[1].Retention())
}

func TestPoliciesOnAmounts(t *testing.T) {
	every, err := retention.Elapsed(small(t), stop, retention.Windows(30, 1), options{Amounts: kpi.EveryEvent})
	require.NoError(t, err)
	require.Equal(t, retention.Counts{Events: 12, Orders: 11, Later: 1}, every.Counts)
	require.EqualValues(t, 5, every.Pooled[0].Eligible, "eva's refund counts as an order")
	only, err := retention.Elapsed(small(t), stop, retention.Windows(30, 1), options{Amounts: kpi.PurchasesOnly})
	require.NoError(t, err)
	require.Equal(t, retention.Counts{Events: 12, Orders: 8, Ignored: 3, Later: 1}, only.Counts)
	require.EqualValues(t, 4800, only.Pooled[0].Revenue)

	var h retention.History[int] // a refund on the day of the first order belongs to it
	require.NoError(t, h.Add(1, 10, -3))
	require.NoError(t, h.Add(1, 10, 5))
	require.NoError(t, h.Add(1, 9, -1))
	got, err := retention.Elapsed(&h, 10, []retention.Window{retention.Day(0)}, retention.Options[int]{})
	require.NoError(t, err)
	require.EqualValues(t, 2, got.Pooled[0].Revenue)
	require.Equal(t, retention.Counts{Events: 3, Orders: 1, Refunds: 1, Unplaced: 1}, got.Counts)
}

func TestRepeatByHand(t *testing.T) {
	got, err := retention.RepeatPurchase(small(t), stop, options{}, 30, 60, 0, 5000)
	require.NoError(t, err)
	want := retention.Repeat{
		End: stop, Counts: smallCounts, Customers: 4, Repeated: 3, Orders: 9, Revenue: 6000,
		Gaps: retention.Gaps{Count: 5, Zero: 1, Mean: ratio.New(154, 5), Median: ratio.Int(36)},
		Horizons: []retention.Horizon{
			{Days: 30, Eligible: 4, Repeated: 2}, {Days: 60, Eligible: 3, Repeated: 2}, {Days: 0, Eligible: 4, Repeated: 1}, {Days: 5000},
		},
	}
	require.Empty(t, cmp.Diff(want, got))
	require.Equal(t, ratio.New(3, 4), got.Rate())
	require.Equal(t, ratio.New(5, 9), got.OrderShare())
	require.Equal(t, ratio.New(9, 4), got.OrdersPerCustomer())
	require.Equal(t, ratio.New(6000, 9), got.AverageOrderValue())
	require.Equal(t, ratio.New(2, 3), got.Horizons[1].Rate())
	require.Equal(t, retention.Incomplete, got.Horizons[3].Rate().Reason())
	a, err := got.Interval(0.9)
	require.NoError(t, err)
	b, _ := kpi.Wilson(3, 4, 0.9)
	require.Equal(t, b, a)
	a, err = got.Horizons[0].Interval(0.9)
	require.NoError(t, err)
	b, _ = kpi.Wilson(2, 4, 0.9)
	require.Equal(t, b, a)

	none, err := retention.RepeatPurchase(new(retention.History[string]), stop, options{})
	require.NoError(t, err)
	for _, r := range []ratio.Ratio{none.Rate(), none.OrderShare(), none.OrdersPerCustomer(), none.AverageOrderValue(), none.Gaps.Mean, none.Gaps.Median} {
		require.False(t, r.Defined())
	}
}

func TestGapMedianOfAnEvenNumber(t *testing.T) {
	var h retention.History[int]
	for _, d := range []calendar.Date{1, 2, 5, 10, 30} { // gaps 1, 3, 5, 20
		require.NoError(t, h.Add(7, d, 1))
	}
	got, err := retention.RepeatPurchase(&h, 30, retention.Options[int]{})
	require.NoError(t, err)
	require.Equal(t, ratio.Int(4), got.Gaps.Median)
	require.Zero(t, got.Gaps.Zero)
}

// KP-06.
func TestChurnByHand(t *testing.T) {
	got, err := retention.Inactivity(small(t), day("2027-02-15"), stop, 30, options{})
	require.NoError(t, err)
	require.Equal(t, retention.Churn{Start: 3, Lost: 2, Gained: 1, Counts: smallCounts}, got)
	require.EqualValues(t, 2, got.End())
	require.Equal(t, ratio.New(2, 3), got.Rate())
	require.Equal(t, ratio.New(1, 3), got.Retained())
	a, err := got.Interval(0.95)
	require.NoError(t, err)
	b, _ := kpi.Wilson(2, 3, 0.95)
	require.Equal(t, b, a)

	// The rule's last day counts, the day before it does not.
	for days, start := range map[int]int64{5: 1, 6: 2, 15: 2, 16: 3} {
		c, err := retention.Inactivity(small(t), day("2027-02-15"), stop, days, options{})
		require.NoError(t, err)
		require.Equal(t, start, c.Start, "%d days: cat on the 14th, ann on the 10th, bea on 31 January", days)
	}
}

func TestCompare(t *testing.T) {
	c := retention.Compare(slices.Values([]int{1, 2, 3, 3, 4}), slices.Values([]int{3, 4, 4, 5, 5, 6}))
	require.Equal(t, retention.Churn{Start: 4, Lost: 2, Gained: 2}, c)
	require.EqualValues(t, 4, c.End())
	require.False(t, retention.Compare(slices.Values([]int(nil)), slices.Values([]int{1})).Rate().Defined())
}

func TestChurnOver(t *testing.T) {
	year, ok := retention.Churn{Start: 100, Lost: 2}.Over(12)
	require.True(t, ok)
	require.InEpsilon(t, 1-math.Pow(0.98, 12), year, 1e-14)
	tiny, ok := retention.Churn{Start: math.MaxInt64, Lost: 1}.Over(12)
	require.True(t, ok)
	require.InEpsilon(t, 12/float64(math.MaxInt64), tiny, 1e-14, "no cancellation")
	all, ok := retention.Churn{Start: 5, Lost: 5}.Over(3)
	require.True(t, ok)
	require.Equal(t, 1.0, all)
	none, ok := retention.Churn{Start: 5}.Over(3)
	require.True(t, ok)
	require.Zero(t, none)
	_, ok = retention.Churn{}.Over(12)
	require.False(t, ok)
	_, ok = retention.Churn{Start: 1}.Over(0)
	require.False(t, ok)
}

func TestLifecycleByHand(t *testing.T) {
	got, err := retention.Stages(small(t), stop, retention.Month, options{})
	require.NoError(t, err)
	require.Empty(t, cmp.Diff(retention.Lifecycle{
		End: stop, Unit: retention.Month, Counts: smallCounts,
		Stages: []retention.Stage{
			{Period: "2027-01", Start: day("2027-01-01"), Complete: true, Active: 2, New: 2},
			{Period: "2027-02", Start: day("2027-02-01"), Complete: true, Active: 2, New: 1, Retained: 1, Dormant: 1},
			{Period: "2027-03", Start: day("2027-03-01"), Complete: true, Active: 2, New: 1, Resurrected: 1, Dormant: 2},
			{Period: "2027-04", Start: day("2027-04-01"), Active: 2, Retained: 1, Resurrected: 1, Dormant: 1},
		},
	}, got))
	require.Equal(t, ratio.Int(1), got.Stages[2].QuickRatio())
	require.False(t, got.Stages[0].QuickRatio().Defined())
	require.Equal(t, retention.Incomplete, got.Stages[3].QuickRatio().Reason())
	none, err := retention.Stages(new(retention.History[string]), stop, retention.Week, options{})
	require.NoError(t, err)
	require.Empty(t, none.Stages)
}

func TestHugeRevenue(t *testing.T) {
	var h retention.History[int]
	for who := range 2 {
		require.NoError(t, h.Add(who, 1, math.MaxInt64))
	}
	_, err := retention.Calendar(&h, 400, retention.Month, retention.Options[int]{})
	require.ErrorIs(t, err, verdict.ErrRange)
	_, err = retention.Elapsed(&h, 400, retention.Windows(30, 1), retention.Options[int]{Label: func(k int) string { return string(rune('a' + k)) }})
	require.ErrorIs(t, err, verdict.ErrRange, "each cohort fits, the pool does not")
	_, err = retention.RepeatPurchase(&h, 400, retention.Options[int]{})
	require.ErrorIs(t, err, verdict.ErrRange)
	require.NoError(t, h.Add(0, 1, math.MinInt64), "a refund brings it back into range")
	got, err := retention.Calendar(&h, 400, retention.Month, retention.Options[int]{})
	require.NoError(t, err)
	require.EqualValues(t, math.MaxInt64-1, got.Pooled[0].Revenue)
}

func TestBadArguments(t *testing.T) {
	h := small(t)
	bad := options{Amounts: 9, Cohorts: 9, Starts: 9}
	_, err := retention.Calendar(h, 0, 0, bad)
	requireFaults(t, err, "end", "options.amounts", "options.cohorts", "options.starts", "unit")
	_, err = retention.Elapsed(h, stop, retention.Windows(1, 1), options{Starts: retention.Recurring})
	requireFaults(t, err, "options.starts")
	_, err = retention.Elapsed(h, calendar.MaxDate+1, nil, options{})
	requireFaults(t, err, "end", "windows")
	_, err = retention.Elapsed(h, stop, []retention.Window{{-1, 2}, {3, 2}, {0, math.MaxInt}, {0, 0}}, options{})
	requireFaults(t, err, "windows[0]", "windows[1]", "windows[2]")
	_, err = retention.RepeatPurchase(h, 0, options{}, -1, 5, math.MaxInt)
	requireFaults(t, err, "end", "horizons[0]", "horizons[2]")
	_, err = retention.Inactivity(h, stop, stop, 0, options{})
	requireFaults(t, err, "end", "days")
	_, err = retention.Inactivity(h, 0, 0, 1, options{})
	requireFaults(t, err, "end", "start")
	_, err = retention.Stages(h, 0, 0, options{})
	requireFaults(t, err, "end", "unit")
}

func requireFaults(t *testing.T, err error, paths ...string) {
	t.Helper()
	require.ErrorContains(t, err, "retention: ")
	var got []string
	for _, fault := range verdict.FaultsOf(errors.Unwrap(err)) {
		got = append(got, fault.Path)
	}
	require.Equal(t, paths, got, "%v", err)
}

func TestWindows(t *testing.T) {
	require.Equal(t, []retention.Window{{0, 6}, {7, 13}}, retention.Windows(7, 2))
	require.Empty(t, retention.Windows(0, 2))
	require.Empty(t, retention.Windows(7, -1))
	require.Equal(t, "day 7", retention.Day(7).String())
	require.Equal(t, "days 7-13", retention.Window{7, 13}.String())
}

func TestJSON(t *testing.T) {
	want, err := retention.Calendar(small(t), stop, retention.Month, options{})
	require.NoError(t, err)
	data, err := json.Marshal(want)
	require.NoError(t, err)
	var got retention.Table
	require.NoError(t, json.Unmarshal(data, &got))
	require.Empty(t, cmp.Diff(want, got))
}

// Recurring: who was active in a month is followed from there, new or not.
func TestRecurring(t *testing.T) {
	got, err := retention.Calendar(small(t), stop, retention.Month, options{Starts: retention.Recurring})
	require.NoError(t, err)
	var sizes []int64
	for _, c := range got.Cohorts {
		sizes = append(sizes, c.Size)
	}
	require.Equal(t, []int64{2, 2, 2, 2}, sizes, "ann and bea; ann and cat; bea and dee; ann and dee")
	require.Equal(t, smallCounts, got.Counts)
	require.Equal(t, retention.Cell{From: 0, To: 0, Eligible: 2, Active: 2, Since: 2, Orders: 2, Revenue: 700}, got.Cohorts[1].Cells[0])
	require.Equal(t, retention.Cell{From: 1, To: 1, Eligible: 2, Since: 1}, got.Cohorts[1].Cells[1], "neither in March, ann in April")
	require.Equal(t, retention.Pending{Customers: 2, Active: 1, Orders: 1, Revenue: 600}, got.Cohorts[2].Cells[1].Pending)
	first, err := retention.Calendar(small(t), stop, retention.Month, options{Starts: retention.FirstTime})
	require.NoError(t, err)
	require.Equal(t, got.Cohorts[0], first.Cohorts[0], "everybody is new in the first month")
}

func TestUnitWords(t *testing.T) {
	for i, word := range []string{"first_time", "recurring"} {
		s, err := retention.ParseStarts(word)
		require.NoError(t, err)
		require.True(t, s.IsValid())
		require.Equal(t, retention.Starts(i+1), s)
		text, err := s.MarshalText()
		require.NoError(t, err)
		var back retention.Starts
		require.NoError(t, back.UnmarshalText(text))
		require.Equal(t, word, back.String())
	}
	for i, word := range []string{"week", "month", "quarter"} {
		u, err := retention.ParseUnit(word)
		require.NoError(t, err)
		require.Equal(t, retention.Unit(i+1), u)
		require.Equal(t, word, u.String())
		text, err := u.MarshalText()
		require.NoError(t, err)
		var back retention.Unit
		require.NoError(t, back.UnmarshalText(text))
		require.Equal(t, u, back)
	}
	require.False(t, retention.Unit(4).IsValid())
	_, err := retention.ParseUnit("year")
	require.ErrorIs(t, err, verdict.ErrUnknown)
}

func FuzzParseWords(f *testing.F) {
	f.Add("month")
	f.Add("Quarter ")
	f.Fuzz(func(t *testing.T, s string) {
		if u, err := retention.ParseUnit(s); (err == nil) != u.IsValid() {
			t.Fatal(s, u, err)
		}
		if u, err := retention.ParseStarts(s); (err == nil) != u.IsValid() {
			t.Fatal(s, u, err)
		}
	})
}
