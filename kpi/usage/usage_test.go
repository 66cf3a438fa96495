package usage_test

import (
	"encoding/json"
	"maps"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/kpi"
	"github.com/crmrollout/crm/kpi/usage"
)

type options = usage.Options[int]

// randomOptions returns options and what they say of an event.
func randomOptions(rng *rand.Rand) (options, func(usage.Event[int]) bool) {
	var o options
	counts := everything
	switch rng.IntN(4) {
	case 0:
		o.Actions = []string{"note", "report", "never"}
		counts = func(e usage.Event[int]) bool { return e.Action != "login" }
	case 1:
		o.Except = []string{"note"}
		o.Users = func(user int) bool { return user%2 == 0 }
		counts = func(e usage.Event[int]) bool { return e.Action != "note" && e.User%2 == 0 }
	}
	return o, counts
}

func TestRollingAgainstSets(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 400 {
		es := randomEvents(rng)
		o, counts := randomOptions(rng)
		span := calendar.Interval{Until: 95 + calendar.Date(rng.IntN(60))}
		if rng.IntN(2) == 0 {
			span.From = 90 + calendar.Date(rng.IntN(6))
		}
		windows := [][]int{nil, {1, 5, 30}, {3}}[rng.IntN(3)]
		got, err := usage.Rolling(es.log(), span, o, windows...)
		require.NoError(t, err)
		begin := span.From
		if begin == 0 {
			if begin = es.first(); begin == 0 || begin > span.Until {
				begin = span.Until
			}
		}
		require.Equal(t, calendar.Interval{From: begin, Until: span.Until}, got.Observed)
		require.Len(t, got.Days, int(span.Until-begin)+1)
		for i, day := range got.Days {
			require.Equal(t, begin+calendar.Date(i), day.Day)
			for j, w := range got.Windows {
				from := max(begin, day.Day-calendar.Date(w)+1)
				want := usage.Active{Window: w, Users: int64(len(es.active(from, day.Day, counts))), Complete: day.Day-begin+1 >= calendar.Date(w)}
				require.Equal(t, want, day.Active[j])
				require.Equal(t, want.Complete, day.Active[j].Value().Defined())
			}
		}
		requireCounts(t, got.Counts, len(es))
	}
}

func requireCounts(t *testing.T, c usage.Counts, events int) {
	t.Helper()
	require.EqualValues(t, events, c.Events)
	require.Equal(t, c.Events, c.Used+c.Ignored+c.Earlier+c.Later)
}

// Windows that were not observed as a whole are undefined at either end, and so is
// what is made of them.
func TestIncompleteWindows(t *testing.T) {
	es := events{{1, 100, "login"}, {2, 100, "login"}, {1, 101, "note"}, {3, 103, "login"}}
	a, err := usage.Rolling(es.log(), calendar.Interval{Until: 104}, options{}, 1, 3)
	require.NoError(t, err)
	require.Equal(t, usage.Incomplete, a.Ratio(101, 1, 3).Reason())
	require.Equal(t, ratio.New(0, 1), a.Ratio(102, 1, 3))
	require.Equal(t, ratio.New(1, 2), a.Ratio(103, 1, 3))
	require.Equal(t, ratio.New(2, 6), a.Stickiness(103, 3), "(1 + 0 + 1) / 3 over 2 users")
	require.Equal(t, usage.Incomplete, a.Stickiness(101, 3).Reason())
	require.Equal(t, usage.Incomplete, a.Stickiness(103, 2).Reason(), "not asked for")
	require.Equal(t, ratio.New(4, 5), a.Mean(a.Observed, 1))
	for _, span := range []calendar.Interval{{From: 99, Until: 103}, {From: 103, Until: 105}, {From: 101, Until: 103}, {From: 104, Until: 103}, {}} {
		require.Equal(t, usage.Incomplete, a.Mean(span, 3).Reason())
	}
	_, ok := a.On(105, 1)
	require.False(t, ok)
	_, ok = usage.Actives{Observed: a.Observed}.On(102, 1)
	require.False(t, ok)

	quiet, err := usage.Rolling(es.log(), calendar.Interval{From: 100, Until: 110}, options{Actions: []string{"never"}}, 1, 3)
	require.NoError(t, err)
	require.Equal(t, usage.NobodyHere, quiet.Stickiness(110, 3).Reason())
	require.Equal(t, ratio.Int(0), quiet.Mean(calendar.Interval{From: 105, Until: 110}, 3))

	months, err := usage.Calendar(es.log(), calendar.Interval{Until: calendar.MustParse("0001-05-31")}, usage.Month, options{})
	require.NoError(t, err)
	require.Equal(t, []bool{false, true}, []bool{months.Periods[0].Complete, months.Periods[1].Complete})
	for _, r := range []ratio.Ratio{months.Periods[0].Users(), months.Periods[0].MeanDaily(), months.Periods[0].Stickiness()} {
		require.Equal(t, usage.Incomplete, r.Reason())
	}
	require.Equal(t, ratio.Int(0), months.Periods[1].Users())
	require.Equal(t, usage.NobodyHere, months.Periods[1].Stickiness().Reason())
}

func TestCalendarAgainstSets(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	for i := range 300 {
		es := randomEvents(rng)
		o, counts := randomOptions(rng)
		span := calendar.Interval{From: 110 + calendar.Date(rng.IntN(20)), Until: 140 + calendar.Date(rng.IntN(120))}
		got, err := usage.Calendar(es.log(), span, usage.Unit(1+i%3), o)
		require.NoError(t, err)
		ever, before := map[int]bool{}, map[int]bool{}
		total := int64(0)
		for j, p := range got.Periods {
			now := es.active(max(p.Start, span.From), min(p.End, span.Until), counts)
			want := usage.Period{Label: p.Label, Start: p.Start, End: p.End, Complete: span.From <= p.Start && p.End <= span.Until, Active: int64(len(now))}
			for user := range now {
				switch {
				case !ever[user]:
					want.New++
				case before[user]:
					want.Retained++
				default:
					want.Resurrected++
				}
			}
			for user := range before {
				if !now[user] {
					want.Dormant++
				}
			}
			for day := max(p.Start, span.From); day <= min(p.End, span.Until); day++ {
				want.UserDays += int64(len(es.active(day, day, counts)))
			}
			require.Equal(t, want, p)
			if j > 0 {
				require.Equal(t, p.Active, got.Periods[j-1].Active+p.New+p.Resurrected-p.Dormant)
				require.Equal(t, got.Periods[j-1].End+1, p.Start)
			}
			on, ok := got.On(p.End)
			require.True(t, ok)
			require.Equal(t, p, on)
			maps.Copy(ever, now)
			before, total = now, total+want.UserDays
		}
		_, ok := got.On(span.From - 100)
		require.False(t, ok)
		requireCounts(t, got.Counts, len(es))
	}
}

func TestAdoptionAgainstSets(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	for range 300 {
		es := randomEvents(rng)
		o, counts := randomOptions(rng)
		span := calendar.Interval{From: 95 + calendar.Date(rng.IntN(20)), Until: 115 + calendar.Date(rng.IntN(40))}
		got, err := usage.Adoption(es.log(), span, o)
		require.NoError(t, err)
		all := es.active(span.From, span.Until, counts)
		require.EqualValues(t, len(all), got.Active)
		requireCounts(t, got.Counts, len(es))
		breadth := map[int]int{}
		share, sum := ratio.Int(0), int64(0)
		for _, f := range got.Features {
			users := es.active(span.From, span.Until, func(e usage.Event[int]) bool { return counts(e) && e.Action == f.Action })
			require.Equal(t, usage.Share{Users: int64(len(users)), Of: got.Active}, f.Users)
			for user := range users {
				breadth[user]++
			}
			share = share.Add(f.EventShare())
			sum += f.Events
		}
		require.Equal(t, got.Counts.Used, sum)
		if got.Active > 0 {
			require.Equal(t, ratio.Int(1), share)
			n := 0
			for _, k := range breadth {
				n += k
			}
			require.Equal(t, ratio.New(int64(n), got.Active), got.MeanBreadth())
		} else {
			require.Equal(t, usage.NobodyHere, got.MeanBreadth().Reason())
		}
		if len(o.Actions) > 0 {
			never, ok := got.Feature("never")
			require.True(t, ok)
			require.Zero(t, never.Users.Users)
		}
		_, ok := got.Feature("what")
		require.False(t, ok)

		mix, err := usage.Work(es.log(), span, []string{"note"}, o)
		require.NoError(t, err)
		valued := es.active(span.From, span.Until, func(e usage.Event[int]) bool { return counts(e) && e.Action == "note" })
		require.Equal(t, usage.Share{Users: int64(len(valued)), Of: got.Active}, mix.Valued)
		require.Equal(t, got.Active, mix.Valued.Users+mix.Idle.Users)
	}
}

func TestPowerAgainstSets(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 8))
	for range 300 {
		es := randomEvents(rng)
		o, counts := randomOptions(rng)
		days, until := 1+rng.IntN(40), 100+calendar.Date(rng.IntN(60))
		got, err := usage.PowerCurve(es.log(), calendar.Interval{From: 99, Until: until}, days, o)
		require.NoError(t, err)
		n := map[int]int{}
		for day := max(99, until-calendar.Date(days)+1); day <= until; day++ {
			for user := range es.active(day, day, counts) {
				n[user]++
			}
		}
		require.EqualValues(t, len(n), got.Active)
		require.Equal(t, int(until-99)+1 >= days, got.Complete)
		require.Equal(t, got.Complete, got.AtLeast(1).Rate().Defined() || got.Active == 0 && got.AtLeast(1).Missing == "")
		power, sum := int64(0), int64(0)
		for _, d := range n {
			sum += int64(d)
			if d >= 3 {
				power++
			}
		}
		require.Equal(t, power, got.AtLeast(3).Users)
		if got.Complete && got.Active > 0 {
			require.Equal(t, ratio.New(sum, got.Active), got.MeanDays())
			require.Equal(t, ratio.Int(1), got.AtLeast(-5).Rate())
		} else {
			require.False(t, got.MeanDays().Defined())
		}
		requireCounts(t, got.Counts, len(es))
	}
}

// ST-26. Who should be active is said by the seats, not by the log.
func TestByGroup(t *testing.T) {
	es := events{{1, 100, "login"}, {2, 101, "login"}, {3, 100, "login"}, {12, 103, "login"}, {13, 90, "login"}, {25, 100, "login"}}
	groupOf := func(user int) string { return []string{"sales", "service", "board"}[user/10] }
	got, err := usage.ByGroup(es.log(), calendar.Interval{From: 100, Until: 110}, []usage.Seats{{"service", 8}, {"sales", 2}, {"field", 5}}, groupOf, options{})
	require.NoError(t, err)
	want := usage.Headcount{
		Days: calendar.Interval{From: 100, Until: 110}, Counts: usage.Counts{Events: 6, Used: 5, Earlier: 1},
		Groups: []usage.Group{
			{"service", usage.Share{Users: 1, Of: 8}}, {"sales", usage.Share{Users: 3, Of: 2}}, {"field", usage.Share{Of: 5}},
			{"board", usage.Share{Users: 1, Missing: usage.NoSeats}},
		},
		All: usage.Share{Users: 4, Of: 15}, Unseated: 1,
	}
	require.Empty(t, cmp.Diff(want, got))
	sales, ok := got.Group("sales")
	require.True(t, ok)
	require.Equal(t, usage.Excess, sales.Active.Rate().Reason())
	require.Equal(t, usage.Excess, sales.Active.Measurement(110).Value.Reason())
	require.Zero(t, sales.Active.Measurement(110).Trials)
	field, _ := got.Group("field")
	require.Equal(t, kpi.Share(110, 0, 5), field.Active.Measurement(110), "nobody of five is 0 %, and known")
	_, ok = got.Group("none")
	require.False(t, ok)
	data, err := json.Marshal(got)
	require.NoError(t, err)
	var back usage.Headcount
	require.NoError(t, json.Unmarshal(data, &back))
	require.Empty(t, cmp.Diff(got, back))
}

// Days that were not observed are not days on which nobody came.
func TestUnobservedDays(t *testing.T) {
	l := events{{1, 100, "login"}, {1, 101, "note"}}.log()
	o := options{Observed: calendar.Interval{From: 100, Until: 105}}
	for _, c := range []struct {
		days calendar.Interval
		want string
	}{
		{calendar.Interval{From: 100, Until: 105}, ""}, {calendar.Interval{From: 99, Until: 105}, usage.Incomplete}, {calendar.Interval{From: 100, Until: 106}, usage.Incomplete},
	} {
		features, err := usage.Adoption(l, c.days, o)
		require.NoError(t, err)
		require.Equal(t, c.want, features.MeanBreadth().Reason())
		require.Equal(t, c.want, features.Features[0].EventShare().Reason())
		require.Equal(t, c.want, features.Features[0].Users.Rate().Reason())
		mix, err := usage.Work(l, c.days, []string{"note"}, o)
		require.NoError(t, err)
		require.Equal(t, c.want, mix.Valued.Rate().Reason())
		require.Equal(t, c.want, mix.Idle.Rate().Reason())
		count, err := usage.ByGroup(l, c.days, []usage.Seats{{"all", 2}}, func(int) string { return "all" }, o)
		require.NoError(t, err)
		require.Equal(t, c.want, count.All.Rate().Reason())
		require.Equal(t, c.want, count.Groups[0].Active.Measurement(7).Value.Reason())
	}
}

func TestChange(t *testing.T) {
	few, many, none := usage.Share{Users: 20, Of: 100}, usage.Share{Users: 60, Of: 100}, usage.Share{}
	for _, c := range []struct {
		change usage.Change
		want   kpi.Trend
	}{
		{usage.Change{Before: few, After: many}, kpi.Better},
		{usage.Change{Before: many, After: few}, kpi.Worse},
		{usage.Change{Before: few, After: usage.Share{Users: 22, Of: 100}}, kpi.Steady},
		{usage.Change{Before: none, After: few}, 0},
		{usage.Change{Before: few, After: usage.Share{Users: 20, Of: 100, Missing: usage.Incomplete}}, 0},
	} {
		got, err := c.change.Trend(0.95)
		require.NoError(t, err)
		require.Equal(t, c.want, got)
	}
	require.Equal(t, ratio.New(2, 5), usage.Change{Before: few, After: many}.Points())
	require.Equal(t, usage.NobodyHere, usage.Change{Before: none, After: many}.Points().Reason())
	_, err := usage.Change{Before: few, After: few}.Trend(1)
	require.Error(t, err)
}
