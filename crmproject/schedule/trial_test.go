package schedule_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/schedule"
	"github.com/crmrollout/crm/crmproject/verdict"
)

func trial(tb testing.TB, p *schedule.Plan, spreads map[string]schedule.Spread, seed uint64) *schedule.Trial {
	tb.Helper()
	t, err := p.Trial(spreads, seed)
	require.NoError(tb, err)
	return t
}

func finish(tb testing.TB, t *schedule.Trial) float64 {
	tb.Helper()
	f, err := t.Finish()
	require.NoError(tb, err)
	return f
}

// plansOf returns the plans that a random definition can have.
func plansOf(t *testing.T, d schedule.Definition) []*schedule.Plan {
	t.Helper()
	n := schedule.MustCompile(d)
	all := []*schedule.Plan{plan(t, d)}
	if p, err := n.Offsets(); err == nil {
		all = append(all, p)
	}
	if p, err := n.Reschedule(day0, halfDone(all[0])); err == nil {
		all = append(all, p)
	}
	return all
}

// mixed returns a random definition of whatever there is.
func mixed(r *rand.Rand, i int) schedule.Definition {
	x := everything
	x.calendars, x.constraints, x.offsets = 1+i%4, i%3 > 0, i%5 == 0
	if i%2 == 0 {
		x.milestones, x.elapsed = false, false
	}
	return x.definition(r, 12)
}

// CP-32: a trial finishes in each iteration as the simulation does.
func TestTrialIsSimulation(t *testing.T) {
	r := rand.New(rand.NewPCG(31, 32))
	const n = 23
	for i := range 120 {
		d := mixed(r, i)
		for _, p := range plansOf(t, d) {
			spreads, seed := around(d), uint64(i)
			spreads[d.Activities[i%12].ID] = schedule.Triangular{MostLikely: 1, Pessimistic: 3} // be it a milestone
			try, all := trial(t, p, spreads, seed), []float64{}
			for k := range n {
				require.NoError(t, try.Draw(k))
				all = append(all, finish(t, try))
			}
			slices.Sort(all)
			s := simulate(t, p, schedule.SimOptions{Spreads: spreads, Iterations: n, Seed: seed})
			for k, x := range all {
				want, _ := s.Percentile((float64(k) + 0.5) / n)
				require.Equal(t, want.Value, x, "%d of %d", k, i)
			}
		}
	}
}

// What is added is as if the duration were that: the twin simulates one iteration of
// fixed durations, milestones included.
func TestTrialAddAsTwin(t *testing.T) {
	r := rand.New(rand.NewPCG(33, 34))
	for i := range 120 {
		d := mixed(r, i)
		for _, p := range plansOf(t, d) {
			try := trial(t, p, nil, 0)
			for k := range 6 {
				require.NoError(t, try.Draw(k))
				spreads := map[string]schedule.Spread{}
				for range r.IntN(5) {
					at := r.IntN(len(d.Activities))
					a := d.Activities[at]
					was, _ := p.Timing(a.ID)
					if spreads[a.ID] != nil || was.State != schedule.NotStarted {
						continue
					}
					by := float64(r.IntN(80)-15) / 8
					if by == 0 {
						continue
					}
					try.Add(at, by-2)
					try.Add(at, 2)
					spreads[a.ID] = fixed(max(float64(a.Duration)+by, 0))
				}
				s := simulate(t, p, schedule.SimOptions{Spreads: spreads, Iterations: 1})
				require.Equal(t, s.Min, finish(t, try), "%d %v", i, spreads)
			}
		}
	}
}

// Taking back what was added, one by one or by the next draw, leaves nothing behind.
func TestTrialTakesBack(t *testing.T) {
	r := rand.New(rand.NewPCG(35, 36))
	for i := range 60 {
		d := mixed(r, i)
		if i%5 == 0 { // few bits of fraction
			d.Activities = append(d.Activities, schedule.Activity{ID: "long", Duration: 1 << 29})
			d.Calendars, d.Calendar = nil, ""
			for k := range d.Activities {
				d.Activities[k].Calendar, d.Activities[k].Constraints, d.Activities[k].Deadline = "", nil, schedule.Point{}
			}
			p, err := schedule.MustCompile(d).Offsets()
			require.NoError(t, err)
			try := trial(t, p, nil, 0)
			for _, by := range []float64{0.5 / (1 << 26), 1.5 / (1 << 26), 0.7, 1.0 / 3} {
				try.Add(len(d.Activities)-1, by)
				try.Add(len(d.Activities)-1, -by)
				require.Equal(t, float64(1<<29), finish(t, try))
			}
			continue
		}
		for _, p := range plansOf(t, d) {
			try, fresh := trial(t, p, around(d), 7), trial(t, p, around(d), 7)
			for k := range 5 {
				require.NoError(t, try.Draw(k))
				require.NoError(t, fresh.Draw(k))
				require.Equal(t, finish(t, fresh), finish(t, try))
				adds := map[int]float64{}
				for range 4 {
					adds[r.IntN(len(d.Activities))] = 40*r.Float64() - 10
				}
				for at, by := range adds {
					try.Add(at, by)
				}
				require.GreaterOrEqual(t, finish(t, try), 0.0)
				for at, by := range adds {
					try.Add(at, -by)
				}
				require.Equal(t, finish(t, fresh), finish(t, try))
				try.Add(0, 3)
			}
		}
	}
}

// What is finished is not held up, and nothing takes less than no time.
func TestTrialCorners(t *testing.T) {
	d := schedule.Definition{
		Activities: []schedule.Activity{{ID: "a", Duration: 4}, {ID: "b", Duration: 3}, {ID: "live", Kind: schedule.Milestone}},
		Links:      []schedule.Link{{From: "a", To: "b"}, {From: "b", To: "live"}},
	}
	n := schedule.MustCompile(d)
	p, err := n.Offsets()
	require.NoError(t, err)
	try := trial(t, p, map[string]schedule.Spread{"a": fixed(9)}, 0)
	require.Equal(t, 12.0, finish(t, try), "iteration 0 is drawn")
	for _, x := range []struct {
		at   int
		by   float64
		want float64
	}{{0, 1.5, 13.5}, {0, -100, 3}, {1, 2, 5}, {2, 0.25, 5.25}, {2, -5, 5}, {2, 4.75, 5}} {
		try.Add(x.at, x.by)
		require.Equal(t, x.want, finish(t, try))
	}

	begun, err := n.Reschedule(day0, schedule.Status{AsOf: day0.AddDays(6), Actuals: []schedule.Actual{
		{ID: "a", Start: day0.AddDays(2), Finish: day0.AddDays(5)}, {ID: "b", Start: day0.AddDays(6), Remaining: 2},
	}})
	require.NoError(t, err)
	try = trial(t, begun, nil, 0)
	was := finish(t, try)
	try.Add(0, 50)
	require.Equal(t, was, finish(t, try))
	try.Add(1, 5)
	require.Equal(t, was+7, finish(t, try), "a week")

	empty, err := schedule.MustCompile(schedule.Definition{}).Plan(day0)
	require.NoError(t, err)
	require.Zero(t, finish(t, trial(t, empty, nil, 0)))
	require.Zero(t, simulate(t, empty, schedule.SimOptions{Iterations: 2}).Max)
}

func TestTrialErrors(t *testing.T) {
	d := schedule.Definition{Activities: []schedule.Activity{{ID: "a", Duration: 4}, {ID: "live", Kind: schedule.Milestone}}}
	p := plan(t, d)
	_, err := p.Trial(map[string]schedule.Spread{"x": fixed(1)}, 0)
	require.ErrorIs(t, err, verdict.ErrUnknown)
	_, err = p.Trial(map[string]schedule.Spread{"a": fixed(-1)}, 0)
	require.ErrorIs(t, err, verdict.ErrInvalid)
	half := map[string]schedule.Spread{"a": spreadFunc(func(p float64) float64 {
		if p < 0.5 {
			return math.NaN()
		}
		return 1
	})}
	for seed := range uint64(10) {
		try, err := p.Trial(half, seed)
		if schedule.Draw(seed, "a", 0) < 0.5 {
			require.ErrorIs(t, err, verdict.ErrInvalid)
			continue
		}
		require.NoError(t, err)
		for k := range 10 {
			if err := try.Draw(k); schedule.Draw(seed, "a", k) < 0.5 {
				require.ErrorIs(t, err, verdict.ErrInvalid)
			} else {
				require.NoError(t, err)
			}
		}
	}
	try := trial(t, p, nil, 0)
	for _, k := range []int{-1, 1<<30 + 1} {
		require.ErrorIs(t, try.Draw(k), verdict.ErrRange)
	}
	want := finish(t, try)
	for _, by := range []float64{math.NaN(), math.Inf(1), math.Inf(-1), 1e300, 5e6, math.MaxFloat64} {
		for at := range d.Activities {
			require.NoError(t, try.Draw(0))
			try.Add(at, by)
			_, err := try.Finish()
			require.ErrorIs(t, err, verdict.ErrRange, "%v", by)
		}
	}
	require.NoError(t, try.Draw(0))
	require.Equal(t, want, finish(t, try), "an error leaves nothing behind")
	require.Panics(t, func() { try.Add(2, 1) })

	late := schedule.Definition{Activities: []schedule.Activity{{ID: "live", Kind: schedule.Milestone, Deadline: schedule.MustParsePoint("9999-12-31")}}}
	try = trial(t, plan(t, late), nil, 0)
	want = finish(t, try)
	try.Add(0, 1)
	_, err = try.Finish()
	require.ErrorIs(t, err, verdict.ErrRange, "as work it has a bound outside the calendar")
	require.NoError(t, try.Draw(0))
	require.Equal(t, want, finish(t, try))
}

// An iteration that runs out of the calendar is an error, not a finish: of a trial, and
// of a simulation, on one calendar and on two.
func TestBeyondTheCalendar(t *testing.T) {
	for _, calendars := range []int{1, 2} {
		d := schedule.Definition{Calendars: patterns()[:calendars], Activities: []schedule.Activity{
			{ID: "a", Duration: 5}, {ID: "b", Duration: 1, Calendar: patterns()[calendars-1].ID},
		}}
		p, err := schedule.MustCompile(d).Plan(date("9999-11-01"))
		require.NoError(t, err)
		o := schedule.SimOptions{Iterations: 1000, Spreads: map[string]schedule.Spread{"a": schedule.Triangular{Optimistic: 1, MostLikely: 2, Pessimistic: 90}}}
		_, err = p.Simulate(t.Context(), o)
		require.ErrorIs(t, err, verdict.ErrRange)
		try, failed := trial(t, p, o.Spreads, 0), 0
		for k := range o.Iterations {
			require.NoError(t, try.Draw(k))
			if f, err := try.Finish(); err != nil {
				require.ErrorIs(t, err, verdict.ErrRange)
				failed++
			} else {
				require.True(t, f > 0 && f <= 61)
			}
		}
		require.True(t, 200 < failed && failed < 320, failed)
		o.Spreads["a"] = schedule.Triangular{Optimistic: 1, MostLikely: 2, Pessimistic: 40}
		require.Less(t, simulate(t, p, o).Max, 61.0)
	}
}

// Clones draw alike, beside each other.
func TestTrialClone(t *testing.T) {
	d := mixed(rand.New(rand.NewPCG(37, 38)), 3)
	first := trial(t, plan(t, d), around(d), 5)
	var want [50]float64
	for k := range want {
		require.NoError(t, first.Draw(k))
		want[k] = finish(t, first)
	}
	var group sync.WaitGroup
	for range 3 {
		group.Go(func() {
			c := first.Clone()
			for k := range want {
				if err := c.Draw(k); err != nil {
					t.Error(err)
				}
				if got, err := c.Finish(); err != nil || got != want[k] {
					t.Errorf("%d: %v %v", k, got, err)
				}
				c.Add(k%len(d.Activities), 1)
			}
		})
	}
	group.Wait()
}

// The draw of an id is that of the activity.
func TestDraw(t *testing.T) {
	d := schedule.Definition{Activities: []schedule.Activity{{ID: "a", Duration: 1}}}
	p, err := schedule.MustCompile(d).Offsets()
	require.NoError(t, err)
	try := trial(t, p, map[string]schedule.Spread{"a": uniform01{}}, 9)
	for k := range 200 {
		require.NoError(t, try.Draw(k))
		u := schedule.Draw(9, "a", k)
		require.True(t, u > 0 && u < 1)
		require.InDelta(t, u, finish(t, try), 1.0/(1<<32))
	}
}

func TestTrialAllocates(t *testing.T) {
	if testing.CoverMode() != "" {
		t.Skip("coverage counts allocations of its own")
	}
	d := mixed(rand.New(rand.NewPCG(39, 40)), 3)
	try, k := trial(t, plan(t, d), around(d), 5), 0
	once := func() {
		_ = try.Draw(k)
		for at := range d.Activities {
			try.Add(at, 1)
		}
		_, _ = try.Finish()
		k++
	}
	once()
	require.Zero(t, testing.AllocsPerRun(100, once))
}

// FuzzTrial adds anything to anything: a finish is a number, or there is an error, and
// the next draw is as if nothing had been.
func FuzzTrial(f *testing.F) {
	f.Add(uint64(1), 0, 2.5, 3, -1.0)
	f.Add(uint64(9), 11, 1e9, 0, math.Inf(1))
	f.Fuzz(func(t *testing.T, seed uint64, i int, x float64, k int, y float64) {
		d := mixed(rand.New(rand.NewPCG(seed, 1)), int(seed%16))
		p, err := schedule.MustCompile(d).Plan(day0)
		if err != nil {
			return
		}
		try := trial(t, p, around(d), seed)
		require.NoError(t, try.Draw(1))
		want := finish(t, try)
		n := len(d.Activities)
		try.Add((i%n+n)%n, x)
		try.Add((k%n+n)%n, y)
		if got, err := try.Finish(); err == nil {
			require.True(t, got >= 0 && got < 4e6, "%v", got)
		}
		require.NoError(t, try.Draw(1))
		require.Equal(t, want, finish(t, try))
	})
}

// sixty is a project of sixty activities with dates, one of which is held up now and
// then.
func sixty(b *testing.B) (*schedule.Plan, map[string]schedule.Spread) {
	b.Helper()
	d := generator{N: 60, Seed: 42, Mixed: true, Window: 20}.definition()
	p, err := schedule.MustCompile(d).Plan(day0)
	require.NoError(b, err)
	return p, around(d)
}

// What an iteration costs that is planned beside others, with nothing added.
func BenchmarkTrialAsSimulate(b *testing.B) {
	p, spreads := sixty(b)
	const n = 1000
	for b.Loop() {
		_, _ = p.Simulate(b.Context(), schedule.SimOptions{Spreads: spreads, Iterations: n, Workers: 1})
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/n, "ns/iteration")
}

func BenchmarkTrial(b *testing.B) {
	p, spreads := sixty(b)
	try, k := trial(b, p, spreads, 1), 0
	b.ReportAllocs()
	for b.Loop() {
		_ = try.Draw(k)
		try.Add(k%60, 2)
		_, _ = try.Finish()
		k++
	}
}

// The twin simulates one iteration after the other, with what was drawn as fixed
// durations.
func BenchmarkNaiveTrial(b *testing.B) {
	p, spreads := sixty(b)
	activities, k := p.Network().Definition().Activities, 0
	b.ReportAllocs()
	for b.Loop() {
		held := make(map[string]schedule.Spread, len(spreads))
		for id, s := range spreads {
			held[id] = fixed(s.Quantile(schedule.Draw(1, id, k)))
		}
		id := activities[k%60].ID
		if units, ok := held[id].(fixed); ok {
			held[id] = units + 2
		}
		_, _ = p.Simulate(b.Context(), schedule.SimOptions{Spreads: held, Iterations: 1, Workers: 1})
		k++
	}
}

// CP-32: what it does to the finish that a supplier is late by a week in one of four
// iterations.
func ExamplePlan_Trial() {
	network := schedule.MustCompile(schedule.Definition{
		Activities: []schedule.Activity{{ID: "build", Duration: 20}, {ID: "deliver", Duration: 15}, {ID: "train", Duration: 5}},
		Links:      []schedule.Link{{From: "build", To: "train"}, {From: "deliver", To: "train"}},
	})
	plan, _ := network.Plan(day0)
	trial, err := plan.Trial(map[string]schedule.Spread{
		"build": schedule.Triangular{Optimistic: 18, MostLikely: 20, Pessimistic: 28},
	}, 1)
	if err != nil {
		fmt.Println(err)
		return
	}
	deliver, _ := network.Index("deliver")
	const n = 4000
	late, days := 0, 0.0
	for i := range n {
		_ = trial.Draw(i)
		before, _ := trial.Finish()
		if schedule.Draw(1, "supplier", i) < 0.25 {
			trial.Add(deliver, 10)
		}
		after, _ := trial.Finish()
		if days += after - before; after > before {
			late++
		}
	}
	fmt.Printf("later in %.0f %% of the iterations, by %.1f days on average\n", 100*float64(late)/n, days/n)
	// Output: later in 22 % of the iterations, by 0.9 days on average
}
