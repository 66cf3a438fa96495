package control_test

import (
	"context"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/audit/control"
	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/schedule"
	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/risk/quant"
)

// exactly is the law of a sure number of days.
type exactly float64

func (d exactly) Quantile(float64) float64 { return float64(d) }

// pert returns a distribution of risk/quant, which is a law as it is.
func pert(tb testing.TB, low, mode, high float64) control.Law {
	tb.Helper()
	d, err := quant.NewPERT(low, mode, high)
	require.NoError(tb, err)
	return d
}

func delayed(ds ...control.Delay) control.CompareOptions {
	o := options()
	o.Delays = ds
	return o
}

func finishes(tb testing.TB, r *control.Trials, id string) []float64 {
	tb.Helper()
	all, ok := r.Finishes(id)
	require.True(tb, ok)
	return all
}

// risks are some delays of the rollout.
func risks(tb testing.TB) []control.Delay {
	tb.Helper()
	return []control.Delay{
		{ID: "R-1", Activities: []string{"build"}, P: 0.4, Days: pert(tb, 2, 5, 12)},
		{ID: "R-2", Activities: []string{"migrate", "reports"}, P: 0.25, Days: pert(tb, 5, 10, 30)},
		{ID: "R-3", P: 0.1, Days: pert(tb, 1, 5, 10)},
		{ID: "R-4", Activities: []string{"train"}, P: 0.3, Days: exactly(3)},
	}
}

// CP-32, RI-04: without delays, or with such as do not happen, the figures are those
// without; and the result says which were drawn.
func TestNoDelays(t *testing.T) {
	t.Parallel()
	want := compare(t, course(), actions(), options())
	require.Empty(t, want.Delays)
	never := risks(t)
	for i := range never {
		never[i].P = 0
	}
	got := compare(t, course(), actions(), delayed(never...))
	require.Equal(t, []string{"R-1", "R-2", "R-3", "R-4"}, got.Delays)
	got.Delays = nil
	require.Empty(t, cmp.Diff(want, got))
	over := compare(t, course(), actions(), delayed(control.Delay{ID: "R", Activities: []string{"design"}, P: 1, Days: exactly(9)}))
	require.Empty(t, cmp.Diff(want, over), "what is finished is not held up")
}

// A certain delay of d working days on the last activity moves every iteration, and
// so every percentile, by exactly d working days; and so does one of the finish.
func TestCertainDelay(t *testing.T) {
	t.Parallel()
	days, err := calendar.Pattern{Week: calendar.MondayToFriday}.Compile()
	require.NoError(t, err)
	before := try(t, course(), actions(), options())
	for _, d := range []int{1, 4, 5, 23} {
		last := try(t, course(), actions(), delayed(control.Delay{ID: "R", Activities: []string{"train"}, P: 1, Days: exactly(d)}))
		end := try(t, course(), actions(), delayed(control.Delay{ID: "R", P: 1, Days: exactly(d)}))
		for _, o := range before.Comparison.Options {
			require.Equal(t, finishes(t, last, o.ID), finishes(t, end, o.ID), "nothing comes after the last activity but the finish")
			for k := 1; k < 100; k++ {
				q := float64(k) / 100
				was, _ := before.Percentile(o.ID, q)
				now, ok := last.Percentile(o.ID, q)
				require.True(t, ok)
				require.Equal(t, []calendar.Date{days.Add(was.Value, d), days.Add(was.Low, d), days.Add(was.High, d)}, []calendar.Date{now.Value, now.Low, now.High})
			}
		}
	}
}

// Delays that are fractions of days, or chancy, are the same at the end as on the last
// activity: the calendar of the closing is that of the network.
func TestClosing(t *testing.T) {
	t.Parallel()
	c := course()
	c.Baseline.Calendars[0].Pattern.Holidays = []calendar.Holiday{{Date: day("2027-07-12")}, {Date: day("2027-07-13")}, {Date: day("2027-07-21")}}
	for _, law := range []control.Law{exactly(0.25), exactly(2.5), pert(t, 0, 1, 60), exactly(-3), exactly(-2.125)} {
		for _, p := range []float64{0.5, 1} {
			last := try(t, c, nil, delayed(control.Delay{ID: "R", Activities: []string{"train"}, P: p, Days: law}))
			end := try(t, c, nil, delayed(control.Delay{ID: "R", P: p, Days: law}))
			require.Equal(t, finishes(t, last, control.DoNothing), finishes(t, end, control.DoNothing))
		}
	}
	free := network("")
	free.Start = day("2027-02-27")
	for _, days := range []float64{0.5, 1, 5, 6.75} {
		o := control.CompareOptions{Iterations: 5, Delays: []control.Delay{{ID: "R", P: 1, Days: exactly(days)}}}
		end, err := free.Try(t.Context(), free.Start, nil, o)
		require.NoError(t, err)
		o.Delays[0].Activities = []string{"live"}
		last, err := free.Try(t.Context(), free.Start, nil, o)
		require.NoError(t, err)
		require.Equal(t, finishes(t, last, control.DoNothing), finishes(t, end, control.DoNothing), "a start on a Saturday")
	}
}

// More risk never raises the chance to be on time: with common random numbers every
// iteration ends as late or later, if a delay comes on top, gets likelier or longer.
func TestMoreRisk(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(21, 22))
	later := func(less, more *control.Trials) {
		for i, o := range less.Comparison.Options {
			a, b := finishes(t, less, o.ID), finishes(t, more, o.ID)
			for k := range a {
				require.GreaterOrEqual(t, b[k], a[k])
			}
			require.LessOrEqual(t, more.Comparison.Options[i].Agreed.Value, o.Agreed.Value)
			require.LessOrEqual(t, more.Comparison.Options[i].OnTime.Value, o.OnTime.Value)
			require.GreaterOrEqual(t, more.Comparison.Options[i].P80.Value, o.P80.Value)
		}
	}
	small := func(ds []control.Delay) *control.Trials {
		o := delayed(ds...)
		o.Iterations = 200
		return try(t, course(), actions(), o)
	}
	less := small(nil)
	for i := range risks(t) {
		more := small(risks(t)[:i+1])
		later(less, more)
		less = more
	}
	for range 10 {
		ds := risks(t)
		i := rng.IntN(len(ds))
		if rng.IntN(2) == 0 {
			ds[i].P += (1 - ds[i].P) * rng.Float64()
		} else {
			ds[i].Days = pert(t, 12, 20, 30+30*rng.Float64())
		}
		later(less, small(ds))
	}
}

// A delay happens as often as it should, and takes as long.
func TestDelayLaw(t *testing.T) {
	t.Parallel()
	o := control.CompareOptions{Iterations: 4000, Delays: []control.Delay{{ID: "R", P: 0.3, Days: schedule.Triangular{Optimistic: 1, MostLikely: 2, Pessimistic: 9}}}}
	r, err := network("").Try(t.Context(), day("2027-03-01"), nil, o)
	require.NoError(t, err)
	hits, late := 0, 0
	for _, x := range finishes(t, r, control.DoNothing) {
		if x > 12 {
			hits++
		}
		if x > 12+2+5 { // more than five working days, over one weekend: a share of 16/56
			late++
		}
	}
	require.InDelta(t, 0.3*4000, hits, 4*math.Sqrt(4000*0.3*0.7))
	share := 0.3 * 16 / 56
	require.InDelta(t, share*4000, late, 4*math.Sqrt(4000*share*(1-share)))
	p99, _ := r.Percentile(control.DoNothing, 0.5)
	require.Equal(t, day("2027-03-12"), p99.Value)
}

// Draws belong to ids: another delay, another action or another order changes none,
// and neither do workers.
func TestDelayDraws(t *testing.T) {
	t.Parallel()
	ds := risks(t)
	want := finishes(t, try(t, course(), nil, delayed(ds[0], ds[3])), control.DoNothing)
	never := ds[1]
	never.P = 0
	got := try(t, course(), actions(), delayed(ds[3], never, ds[0]))
	require.Equal(t, want, finishes(t, got, control.DoNothing))
	all := try(t, course(), actions(), delayed(ds...))
	for _, workers := range []int{1, 2, 7} {
		o := delayed(ds...)
		o.Workers = workers
		var last, end int64
		o.Progress = func(done, total int64) { last, end = done, total }
		r := try(t, course(), actions(), o)
		require.Empty(t, cmp.Diff(all.Comparison, r.Comparison))
		for _, x := range r.Comparison.Options {
			require.Equal(t, finishes(t, all, x.ID), finishes(t, r, x.ID))
		}
		require.Equal(t, []int64{4000, 4000}, []int64{last, end})
		require.Empty(t, cmp.Diff(all.Comparison, compare(t, course(), actions(), o)))
	}
	roundTrip(t, all.Comparison)
}

// Actions that take away, add or put elsewhere what is around an activity leave its
// draws alone.
func TestDrawsOfChangedNetworks(t *testing.T) {
	t.Parallel()
	o := options()
	o.Spreads = map[string]schedule.Spread{"train": o.Spreads["train"]}
	o.Delays = []control.Delay{{ID: "R", Activities: []string{"train", "audit"}, P: 0.5, Days: exactly(2)}}
	c := course()
	slices.Reverse(c.Baseline.Activities)
	other := []control.Action{
		{ID: "drop", Effects: []control.Effect{control.Drop("reports")}},
		{ID: "insert", Effects: []control.Effect{control.Insert(schedule.Activity{ID: "audit", Duration: 5},
			schedule.Link{From: "reports", To: "audit"}, schedule.Link{From: "audit", To: "train"})}},
		{ID: "relink", Effects: []control.Effect{control.Relink(schedule.Link{From: "reports", To: "train", Relation: schedule.MustParseRelation("FS+5")})}},
	}
	r := try(t, c, other, o)
	require.Equal(t, finishes(t, try(t, course(), nil, o2(o)), control.DoNothing), finishes(t, r, control.DoNothing), "the order of activities changes nothing")
	base, insert, relink := finishes(t, r, control.DoNothing), finishes(t, r, "insert"), finishes(t, r, "relink")
	drop := finishes(t, r, "drop")
	for i := range base {
		require.InDelta(t, 14, base[i]-drop[i], 0, "two weeks of reports, whatever is drawn")
		require.InDelta(t, 7, relink[i]-base[i], 0)
		require.Contains(t, []float64{7, 9, 11}, insert[i]-base[i], "a week more, and two working days more if the risk happens")
	}
}

// o2 leaves out of the options what only an action inserts.
func o2(o control.CompareOptions) control.CompareOptions {
	o.Delays = []control.Delay{{ID: "R", Activities: []string{"train"}, P: 0.5, Days: exactly(2)}}
	return o
}

// A delay of what an action drops is gone with it; a milestone can be held up; time
// that is won is not more than the work takes; what is over stays as it is.
func TestDelayCorners(t *testing.T) {
	t.Parallel()
	sure := func(days float64, ids ...string) control.CompareOptions {
		return control.CompareOptions{Iterations: 3, Delays: []control.Delay{{ID: "R", Activities: ids, P: 1, Days: exactly(days)}}}
	}
	first := day("2027-03-01")
	p50 := func(c control.Course, asOf calendar.Date, o control.CompareOptions, actions ...control.Action) []string {
		r, err := c.Try(t.Context(), asOf, actions, o)
		require.NoError(t, err)
		var all []string
		for _, x := range r.Comparison.Options {
			all = append(all, x.P50.Value.String())
		}
		return all
	}
	drop := control.Action{ID: "drop", Effects: []control.Effect{control.Drop("build")}}
	require.Equal(t, []string{"2027-03-16", "2027-03-05"}, p50(network(""), first, sure(2, "build"), drop))
	require.Equal(t, []string{"2027-03-16"}, p50(network(""), first, sure(2, "live")))
	require.Equal(t, []string{"2027-03-05"}, p50(network(""), first, sure(-100, "build")))
	require.Equal(t, []string{"2027-03-10"}, p50(network(""), first, sure(-2)))

	c := network("")
	c.Status = schedule.Status{AsOf: day("2027-03-09"), Actuals: []schedule.Actual{
		{ID: "design", Start: first, Finish: day("2027-03-05")}, {ID: "build", Start: day("2027-03-08"), Remaining: 4},
	}}
	require.Equal(t, []string{"2027-03-17"}, p50(c, day("2027-03-09"), sure(2, "build", "design")), "2027-03-15 without")
	require.Equal(t, []string{"2027-03-09"}, p50(c, day("2027-03-09"), sure(-50)), "not before what has passed")
	c.Status.Actuals[1].Finish, c.Status.Actuals[1].Remaining = day("2027-03-09"), 0
	c.Status.Actuals = append(c.Status.Actuals, schedule.Actual{ID: "live", Finish: day("2027-03-09")},
		schedule.Actual{ID: "train", Start: first, Finish: first})
	r, err := c.Try(t.Context(), day("2027-03-09"), nil, sure(5))
	require.NoError(t, err)
	require.Equal(t, day("2027-03-09"), r.Comparison.Options[0].P80.Value, "all is over")
	require.Empty(t, r.Comparison.Delays)

	_, err = network("").Try(t.Context(), first, nil, sure(3e6))
	require.ErrorIs(t, err, verdict.ErrRange)
	_, err = network("").Try(t.Context(), first, nil, sure(3e6, "build"))
	require.ErrorIs(t, err, verdict.ErrRange)
}

// coin draws that two delays happen both or not at all.
type coin struct{}

func (coin) Draw(i uint64, on []bool) []bool {
	rng := rand.New(rand.NewPCG(i, 1))
	heads := rng.IntN(2) == 0
	return append(on, heads, heads)
}

// RI-04: delays that hang together happen together, listed or drawn.
func TestTogether(t *testing.T) {
	t.Parallel()
	ds := []control.Delay{{ID: "A", P: 0.5, Days: exactly(1)}, {ID: "B", P: 0.5, Days: exactly(2)}}
	count := func(laws ...control.Together) map[float64]int {
		o := control.CompareOptions{Iterations: 2000, Seed: 3, Delays: ds, Together: laws}
		r, err := network("").Try(t.Context(), day("2027-03-01"), nil, o)
		require.NoError(t, err)
		seen := map[float64]int{}
		for _, x := range finishes(t, r, control.DoNothing) {
			seen[x]++
		}
		return seen
	}
	const slack = 4 * 20 // four standard errors of a share of a quarter
	for _, x := range []float64{12, 15, 16, 17} {
		require.InDelta(t, 500, count()[x], slack, "independent, over a weekend")
	}
	for _, law := range []control.Together{{Delays: []string{"A", "B"}, P: []float64{0.5, 0, 0, 0.5}}, {Delays: []string{"A", "B"}, From: coin{}}} {
		seen := count(law)
		require.Len(t, seen, 2)
		require.InDelta(t, 1000, seen[12], 90)
		require.InDelta(t, 1000, seen[17], 90)
	}
	seen := count(control.Together{Delays: []string{"B", "A"}, P: []float64{0, 0.75, 0.25, 0}})
	require.Len(t, seen, 2, "one of them always: B with three quarters")
	require.InDelta(t, 1500, seen[16], slack)
}

// late breaks its promise in the middle.
type late struct{}

func (late) Quantile(p float64) float64 {
	if p > 0.4 && p < 0.6 {
		return math.NaN()
	}
	return p
}

type bomb struct{}

func (bomb) Quantile(p float64) float64 {
	if p > 0.4 && p < 0.6 {
		panic("bomb")
	}
	return 1
}

func TestDelayFaults(t *testing.T) {
	t.Parallel()
	o := delayed(
		control.Delay{}, control.Delay{ID: "A", P: 1.5, Days: exactly(1), Activities: []string{"nobody", "build", "build"}},
		control.Delay{ID: "A", P: math.NaN(), Days: exactly(math.Inf(1))},
		control.Delay{ID: "B", Days: exactly(1)}, control.Delay{ID: "C", Days: exactly(1)},
	)
	o.Together = []control.Together{
		{}, {Delays: []string{"B", "X"}, P: []float64{1}}, {Delays: []string{"B"}, P: []float64{0.5, 0.6}},
		{Delays: []string{"C"}, From: coin{}}, {Delays: []string{"C"}, From: coin{}, P: []float64{1, 0}},
		{Delays: []string{"C"}, P: []float64{-1, 2}},
	}
	_, err := course().Try(t.Context(), asOf, actions(), o)
	for _, text := range []string{
		"delays[0].id", "delays[0].days", "delays[1].p", `delays[1].activities[0]: unknown "nobody"`, `delays[1].activities[2]: duplicate "build"`,
		`delays[2].id: duplicate "A"`, "delays[2].p", "delays[2].days", "together[0].delays", `together[1].delays[1]: unknown "X"`, "together[1].p",
		`together[2].delays[0]: duplicate "B"`, "together[2].p", "together[3].from", "together[4].p", "together[5].p[0]",
	} {
		require.ErrorContains(t, err, text)
	}
	for _, x := range []control.CompareOptions{{Iterations: -1}, {Workers: -1}, {Iterations: 1 << 31}} {
		_, err := course().Try(t.Context(), asOf, nil, x)
		require.ErrorIs(t, err, verdict.ErrRange)
	}
	_, err = course().Try(t.Context(), 0, nil, options())
	require.ErrorContains(t, err, "asOf")
	_, err = course().Compare(t.Context(), asOf, nil, delayed(control.Delay{ID: "A", P: 1, Days: late{}}))
	require.ErrorIs(t, err, verdict.ErrInvalid)
	require.ErrorContains(t, err, "delays[0].days")
	for _, workers := range []int{1, 2, 7} { // of several failures always the same
		o := delayed(control.Delay{ID: "A", P: 1, Days: late{}}, control.Delay{ID: "B", P: 1, Days: late{}})
		o.Workers = workers
		_, again := course().Try(t.Context(), asOf, nil, o)
		o.Workers = 1
		_, err := course().Try(t.Context(), asOf, nil, o)
		require.EqualError(t, again, err.Error())
	}
	bad := options()
	bad.Spreads = map[string]schedule.Spread{"build": late{}}
	_, err = course().Try(t.Context(), asOf, nil, bad)
	require.ErrorContains(t, err, "spread of")
	bad.Spreads = map[string]schedule.Spread{"nobody": late{}}
	_, err = course().Try(t.Context(), asOf, nil, bad)
	require.ErrorIs(t, err, verdict.ErrUnknown)
	require.PanicsWithValue(t, "bomb", func() {
		_, _ = course().Try(t.Context(), asOf, nil, delayed(control.Delay{ID: "A", P: 1, Days: bomb{}}))
	})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err = course().Try(ctx, asOf, nil, options())
	require.ErrorIs(t, err, context.Canceled)
	ctx, cancel = context.WithCancel(t.Context())
	stop := delayed(risks(t)...)
	stop.Progress = func(int64, int64) { cancel() }
	_, err = course().Try(ctx, asOf, nil, stop)
	require.ErrorIs(t, err, context.Canceled)
	foreign := actions()[:1]
	foreign[0].Costs = []control.Price{{Line: "IMP", Amount: usd("1")}}
	_, err = course().Try(t.Context(), asOf, foreign, options())
	require.Error(t, err)
}

// Whatever probabilities and days there are, the figures are numbers, and a delay more
// is no gain.
func FuzzDelay(f *testing.F) {
	f.Add(0.3, 2.0, 9.5, uint64(1))
	f.Add(1.0, -4.0, 0.0, uint64(2))
	f.Fuzz(func(t *testing.T, p, low, wide float64, seed uint64) {
		law := schedule.Triangular{Optimistic: low, MostLikely: low, Pessimistic: low + math.Abs(wide)}
		c, first := network(""), day("2027-03-01")
		o := control.CompareOptions{Iterations: 4, Seed: seed, Delays: []control.Delay{{ID: "A", P: p, Days: law}, {ID: "B", P: p, Days: law, Activities: []string{"design"}}}}
		r, err := c.Try(t.Context(), first, nil, o)
		if err != nil {
			return
		}
		for _, x := range finishes(t, r, control.DoNothing) {
			require.True(t, x >= 0 && x < 3e6, strconv.FormatFloat(x, 'g', -1, 64))
			if low >= 0 {
				require.GreaterOrEqual(t, x, 12.0)
			}
		}
	})
}
