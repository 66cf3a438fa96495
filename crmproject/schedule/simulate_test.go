package schedule_test

import (
	"context"
	"math"
	"math/rand/v2"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/schedule"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// fixed is a spread of one value.
type fixed float64

func (f fixed) Quantile(float64) float64 { return float64(f) }

// around spreads the durations of a plan from 3/4 to twice their value.
func around(d schedule.Definition) map[string]schedule.Spread {
	spreads := map[string]schedule.Spread{}
	for _, a := range d.Activities {
		if units := float64(a.Duration); units > 0 {
			spreads[a.ID] = schedule.Triangular{Optimistic: 0.75 * units, MostLikely: units, Pessimistic: 2 * units}
		}
	}
	return spreads
}

func simulate(t *testing.T, p *schedule.Plan, o schedule.SimOptions) *schedule.Simulation {
	t.Helper()
	s, err := p.Simulate(t.Context(), o)
	require.NoError(t, err)
	return s
}

// A simulation of fixed durations is the plan itself, on one calendar, on four,
// without any, and with progress; and every driving path is critical in it.
func TestSimulationOfFixedDurationsIsThePlan(t *testing.T) {
	r := rand.New(rand.NewPCG(15, 16))
	for i := range 200 {
		x := everything
		x.calendars, x.constraints, x.offsets = 1+i%4, i%3 > 0, i%5 == 0
		if i%2 == 0 {
			x.milestones, x.elapsed = false, false
		}
		d := x.definition(r, 12)
		n := schedule.MustCompile(d)
		plans := []*schedule.Plan{plan(t, d)}
		if p, err := n.Offsets(); err == nil {
			plans = append(plans, p)
		}
		if p, err := n.Reschedule(day0, halfDone(plans[0])); err == nil {
			plans = append(plans, p)
		}
		for _, p := range plans {
			all := map[string]schedule.Spread{}
			for _, a := range d.Activities {
				if at, _ := p.Timing(a.ID); at.State == schedule.NotStarted && a.Duration > 0 && i%4 > 0 {
					all[a.ID] = fixed(a.Duration)
				}
			}
			s := simulate(t, p, schedule.SimOptions{Spreads: all, Iterations: 9})
			if p.Start() != 0 {
				got, ok := s.PercentileDate(0.5)
				require.True(t, ok)
				require.Equal(t, p.Finish(), got.Value, i)
				require.Equal(t, float64(p.Finish()-p.Start()+1), s.Planned)
			}
			require.Equal(t, s.Planned, s.Min, i)
			require.Equal(t, s.Planned, s.Max, i)
			require.Zero(t, s.MergeBias)
		}
	}
}

// halfDone reports everything up to the middle of a plan as it was planned.
func halfDone(p *schedule.Plan) schedule.Status {
	s := schedule.Status{AsOf: p.Start() + (p.Finish()-p.Start())/2}
	for at := range p.All() {
		switch {
		case at.Start > s.AsOf:
		case at.Kind != schedule.Work:
			s.Actuals = append(s.Actuals, schedule.Actual{ID: at.ID, Finish: at.Finish})
		case at.Finish > s.AsOf:
			s.Actuals = append(s.Actuals, schedule.Actual{ID: at.ID, Start: at.Start})
		default:
			s.Actuals = append(s.Actuals, schedule.Actual{ID: at.ID, Start: at.Start, Finish: at.Finish})
		}
	}
	return s
}

// Results are the same for any number of workers, bit by bit, and differ by seed.
func TestSimulationWorkers(t *testing.T) {
	r := rand.New(rand.NewPCG(17, 18))
	for _, calendars := range []int{1, 4} {
		x := mixture{calendars: calendars}
		d := x.definition(r, 40)
		p := plan(t, d)
		o := schedule.SimOptions{Spreads: around(d), Iterations: 2001, Seed: 3, Workers: 1}
		one := simulate(t, p, o)
		for _, workers := range []int{0, 2, 3, 7} {
			o.Workers = workers
			require.Empty(t, cmp.Diff(one, simulate(t, p, o)))
		}
		o.Seed = 4
		require.False(t, one.Equal(simulate(t, p, o)))
		require.False(t, one.Equal(nil))
	}
}

// Iterations side by side give what iterations one after the other give: a start
// milestone that nothing ties to the rest sends the same network the slow way.
func TestLanesBySingle(t *testing.T) {
	r := rand.New(rand.NewPCG(19, 20))
	for i := range 40 {
		x := mixture{calendars: 1, milestones: i%2 == 0, constraints: i%3 == 0, percent: true}
		d := x.definition(r, 15)
		for k := range d.Activities {
			if d.Activities[k].Duration == 0 {
				d.Activities[k].Kind, d.Activities[k].Constraints = schedule.Milestone, nil
			}
		}
		slow := d
		slow.Activities = append(slow.Activities[:len(d.Activities):len(d.Activities)], schedule.Activity{ID: "slow", Kind: schedule.StartMilestone})
		o := schedule.SimOptions{Spreads: around(d), Iterations: 203, Seed: uint64(i)}
		got, want := simulate(t, plan(t, d), o), simulate(t, plan(t, slow), o)
		require.Equal(t, want.Mean, got.Mean, i)
		require.Equal(t, [2]float64{want.Min, want.Max}, [2]float64{got.Min, got.Max})
		require.Equal(t, want.Straight, got.Straight)
		for _, a := range got.Activities {
			b, ok := want.Activity(a.ID)
			require.True(t, ok)
			require.Equal(t, b, a)
		}
		// The same with what has been done.
		s := halfDone(plan(t, d))
		fast, err := schedule.MustCompile(d).Reschedule(day0, s)
		require.NoError(t, err)
		long, err := schedule.MustCompile(slow).Reschedule(day0, s)
		require.NoError(t, err)
		got, want = simulate(t, fast, o), simulate(t, long, o)
		require.Equal(t, want.Mean, got.Mean, i)
		for _, a := range got.Activities {
			b, _ := want.Activity(a.ID)
			require.Equal(t, b, a)
		}
	}
}

// A draw depends on seed, activity and iteration alone: an activity more changes
// no other draw.
func TestDrawsAreAddressed(t *testing.T) {
	d := rollout()
	o := schedule.SimOptions{Spreads: around(d), Iterations: 500, Seed: 1}
	before := simulate(t, plan(t, d), o)
	d.Activities = append([]schedule.Activity{{ID: "aside", Duration: 1}}, d.Activities...)
	o.Spreads["aside"] = schedule.Triangular{Optimistic: 0, MostLikely: 1, Pessimistic: 2}
	after := simulate(t, plan(t, d), o)
	require.Len(t, after.Activities, 6)
	for _, a := range before.Activities {
		b, ok := after.Activity(a.ID)
		require.True(t, ok)
		require.Equal(t, a, b)
	}
	require.Equal(t, before.Mean, after.Mean)
	// More iterations go on where fewer end.
	o.Iterations = 1
	first := simulate(t, plan(t, d), o)
	require.GreaterOrEqual(t, first.Mean.Value, after.Min)
	require.LessOrEqual(t, first.Mean.Value, after.Max)
	require.Zero(t, first.SD)
}

// The mean of one triangular(8, 10, 15) is 11.0, that of the latest of ten 13.4.
func TestMergeBias(t *testing.T) {
	d := schedule.Definition{Activities: []schedule.Activity{{ID: "end"}}}
	spreads := map[string]schedule.Spread{}
	for i := range 10 {
		id := string(rune('a' + i))
		d.Activities = append(d.Activities, schedule.Activity{ID: id, Duration: 10})
		d.Links = append(d.Links, schedule.Link{From: id, To: "end"})
		spreads[id] = schedule.Triangular{Optimistic: 8, MostLikely: 10, Pessimistic: 15}
	}
	p, err := schedule.MustCompile(d).Offsets()
	require.NoError(t, err)
	s := simulate(t, p, schedule.SimOptions{Spreads: spreads, Iterations: effort(100_000)})
	require.InDelta(t, 13.4, s.Mean.Value, 0.06)
	require.InDelta(t, 11.0, s.Straight, 0.05)
	require.InDelta(t, 2.4, s.MergeBias, 0.05)
	require.Equal(t, 10.0, s.Planned)
	end, _ := s.Activity("end")
	require.Equal(t, schedule.Estimate{Value: 1, Low: end.Criticality.Low, High: 1}, end.Criticality)
	require.Greater(t, end.Criticality.Low, 0.99)
	require.Equal(t, ratio.Int(1), end.Share)
	sum := 0.0
	for _, a := range s.Activities {
		if a.ID != "end" {
			require.InDelta(t, 0.1, a.Criticality.Value, 0.03)
			sum += a.Criticality.Value
		}
	}
	require.InDelta(t, 1, sum, 1e-3, "ties are rare")
}

// The distribution of the latest of k uniform durations is known: u^k.
func TestClosedForms(t *testing.T) {
	var forms struct {
		Max []struct {
			K                        int
			Mean, Var, P50, P80, P90 float64
		} `json:"max_of_k_uniform01"`
		Triangular []struct{ A, M, B, Mean, Var float64 }
		BetaPERT   []struct {
			A, M, B, Mean float64
			Exact         float64 `json:"var_exact"`
			Classic       float64 `json:"var_classic"`
		} `json:"beta_pert"`
	}
	read(t, "closed_forms.json", &forms)
	require.Len(t, forms.Max, 5)
	runs := effort(200_000)
	size := float64(runs)
	for _, f := range forms.Max {
		var d schedule.Definition
		spreads := map[string]schedule.Spread{}
		for i := range f.K {
			id := string(rune('a' + i))
			d.Activities = append(d.Activities, schedule.Activity{ID: id})
			spreads[id] = uniform01{}
		}
		p, err := schedule.MustCompile(d).Offsets()
		require.NoError(t, err)
		s := simulate(t, p, schedule.SimOptions{Spreads: spreads, Iterations: runs, Seed: 5})
		require.InDelta(t, f.Mean, s.Mean.Value, 5*math.Sqrt(f.Var/size))
		require.InEpsilon(t, f.Var, s.SD*s.SD, 8/math.Sqrt(size))
		for q, want := range map[float64]float64{0.5: f.P50, 0.8: f.P80, 0.9: f.P90} {
			density := float64(f.K) * math.Pow(want, float64(f.K-1))
			got, _ := s.Percentile(q)
			require.InDelta(t, want, got.Value, 5*math.Sqrt(q*(1-q)/size)/density)
			require.Less(t, got.Low, got.Value)
			require.Greater(t, got.High, got.Value)
		}
	}
	for _, f := range forms.Triangular {
		d := schedule.Triangular{Optimistic: f.A, MostLikely: f.M, Pessimistic: f.B}
		require.InDelta(t, f.Mean, d.Mean(), 1e-14)
		require.InDelta(t, f.Var, d.Variance(), 1e-14)
	}
	for _, f := range forms.BetaPERT {
		e := schedule.ThreePoint{Optimistic: f.A, MostLikely: f.M, Pessimistic: f.B}
		require.InDelta(t, f.Mean, e.Mean(), 1e-14)
		require.InDelta(t, f.Mean, schedule.BetaPERT(e).Mean(), 1e-14)
		require.InDelta(t, f.Exact, e.Variance(schedule.BetaVariance), 1e-14)
		require.InDelta(t, f.Exact, schedule.BetaPERT(e).Variance(), 1e-14)
		require.InDelta(t, f.Classic, e.Variance(schedule.ClassicVariance), 1e-14)
		require.InDelta(t, f.Classic, e.Variance(0), 1e-14)
		require.Zero(t, e.Variance(9))
	}
}

type uniform01 struct{}

func (uniform01) Quantile(p float64) float64 { return p }

// The interval of a percentile covers the true one as often as it says.
func TestPercentileCoverage(t *testing.T) {
	p, err := schedule.MustCompile(schedule.Definition{Activities: []schedule.Activity{{ID: "a"}}}).Offsets()
	require.NoError(t, err)
	trials := effort(600)
	for _, q := range []float64{0.1, 0.5, 0.95} {
		covered := 0
		for seed := range trials {
			s := simulate(t, p, schedule.SimOptions{Spreads: map[string]schedule.Spread{"a": uniform01{}}, Iterations: 200, Seed: uint64(seed), Workers: 1})
			e, ok := s.Percentile(q)
			require.True(t, ok)
			if e.Low <= q && q <= e.High {
				covered++
			}
		}
		require.GreaterOrEqual(t, covered, trials*9/10, q)
	}
}

// Dates of a simulation are those by whose evening the share of iterations is
// over.
func TestSimulationDates(t *testing.T) {
	p := plan(t, rollout()) // day0 is a Saturday
	s := simulate(t, p, schedule.SimOptions{Iterations: 10})
	got, ok := s.PercentileDate(0.8)
	require.True(t, ok)
	require.Equal(t, schedule.DateEstimate{Value: p.Finish(), Low: p.Finish(), High: p.Finish()}, got)
	share, ok := s.OnTimeBy(p.Finish())
	require.True(t, ok)
	require.Equal(t, 1.0, share.Value)
	share, ok = s.OnTimeBy(p.Finish() - 1)
	require.True(t, ok)
	require.Equal(t, 0.0, share.Value)
	require.Zero(t, share.Low)
	_, ok = s.OnTimeBy(0)
	require.False(t, ok)
	require.Equal(t, "10 iterations: mean 28, P50 2027-04-02, P80 2027-04-02, P95 2027-04-02", s.String())
	for _, q := range []float64{0, 1, -1, 2, math.NaN()} {
		_, ok = s.Percentile(q)
		require.False(t, ok)
		_, ok = s.PercentileDate(q)
		require.False(t, ok)
	}
	offsets, err := p.Network().Offsets()
	require.NoError(t, err)
	s = simulate(t, offsets, schedule.SimOptions{})
	require.Equal(t, 10_000, s.Iterations)
	_, ok = s.PercentileDate(0.5)
	require.False(t, ok)
	_, ok = s.OnTimeBy(day0)
	require.False(t, ok)
	require.Equal(t, "10000 iterations: mean 20, P50 20, P80 20, P95 20", s.String())
	_, ok = s.Activity("nobody")
	require.False(t, ok)
}

// Half a day is half a day: work that spills over is finished on the next day.
func TestFractionsOfDays(t *testing.T) {
	d := schedule.Definition{
		Calendars: patterns()[:2],
		Activities: []schedule.Activity{
			{ID: "a", Duration: 1},
			{ID: "b", Duration: 1, Calendar: "every"},
			{ID: "c", Duration: 1},
		},
		Links: []schedule.Link{{From: "a", To: "b"}, {From: "b", To: "c"}},
	}
	n := schedule.MustCompile(d)
	p, err := n.Plan(date("2027-03-04")) // a Thursday
	require.NoError(t, err)
	for _, c := range []struct {
		a, b, c float64
		want    string
	}{
		{1, 1, 1, "2027-03-08"},         // Thursday, Friday, Monday
		{0.5, 0.5, 1, "2027-03-05"},     // Thursday twice, Friday
		{1.5, 1, 0.5, "2027-03-08"},     // until Friday noon, until Saturday noon, Monday
		{1.5, 0.25, 0.25, "2027-03-05"}, // all on Friday
		{1.5, 0.25, 0.5, "2027-03-08"},  // a quarter is left for Monday
	} {
		s := simulate(t, p, schedule.SimOptions{Iterations: 1, Spreads: map[string]schedule.Spread{"a": fixed(c.a), "b": fixed(c.b), "c": fixed(c.c)}})
		got, _ := s.PercentileDate(0.5)
		require.Equal(t, c.want, got.Value.String(), "%v", c)
	}
}

// What has been finished is not drawn, and of what is in progress the rest is.
func TestSimulationOfTheRest(t *testing.T) {
	n := schedule.MustCompile(rollout())
	p, err := n.Reschedule(date("2027-03-01"), schedule.Status{AsOf: date("2027-03-12"), Actuals: []schedule.Actual{
		{ID: "design", Start: date("2027-03-01"), Finish: date("2027-03-05")},
		{ID: "build", Start: date("2027-03-08"), Remaining: 5},
	}})
	require.NoError(t, err)
	s := simulate(t, p, schedule.SimOptions{Iterations: 100, Spreads: map[string]schedule.Spread{"design": fixed(100), "build": fixed(7)}})
	got, _ := s.PercentileDate(0.5)
	require.Equal(t, p.Finish()+4, got.Value, "two working days more, and a weekend between")
	require.Len(t, s.Activities, 4)
	// When everything is finished, so is the project.
	status := schedule.Status{AsOf: date("2027-04-09")}
	for at := range p.All() {
		status.Actuals = append(status.Actuals, schedule.Actual{ID: at.ID, Start: at.Start, Finish: at.Finish})
	}
	p, err = n.Reschedule(date("2027-03-01"), status)
	require.NoError(t, err)
	require.Empty(t, p.Critical())
	s = simulate(t, p, schedule.SimOptions{Iterations: 10, Spreads: around(rollout())})
	require.Equal(t, s.Min, s.Max)
	got, _ = s.PercentileDate(0.5)
	require.Equal(t, p.Finish(), got.Value)
	require.Empty(t, s.Activities)
}

// A simulation tells how far it is, in order and to the end.
func TestSimulationProgress(t *testing.T) {
	p := plan(t, rollout())
	var last int64
	_, err := p.Simulate(t.Context(), schedule.SimOptions{Iterations: 5000, Progress: func(done, total int64) {
		require.Greater(t, done, last)
		require.Equal(t, int64(5000), total)
		last = done
	}})
	require.NoError(t, err)
	require.Equal(t, int64(5000), last)
}

// It stops when it is told to.
func TestSimulationCancelled(t *testing.T) {
	for _, calendars := range []int{1, 4} {
		d := mixture{calendars: calendars}.definition(rand.New(rand.NewPCG(21, 22)), 30)
		ctx, cancel := context.WithCancel(t.Context())
		var once sync.Once
		_, err := plan(t, d).Simulate(ctx, schedule.SimOptions{Iterations: 1 << 24, Progress: func(int64, int64) { once.Do(cancel) }})
		require.ErrorIs(t, err, context.Canceled)
	}
}

// bad is a spread that breaks its promise below a probability.
type bad struct {
	below float64
	value float64
}

func (b bad) Quantile(p float64) float64 {
	if p < b.below {
		return b.value
	}
	return 1
}

// Spreads that break their promise are named, whichever worker meets them.
func TestBrokenSpreads(t *testing.T) {
	for _, calendars := range []int{1, 4} {
		d := mixture{calendars: calendars}.definition(rand.New(rand.NewPCG(23, 24)), 10)
		p := plan(t, d)
		for _, value := range []float64{-1, 2, math.NaN(), math.Inf(1)} {
			spreads := map[string]schedule.Spread{}
			for _, a := range d.Activities {
				spreads[a.ID] = bad{0.0005, value}
			}
			want := ""
			for _, workers := range []int{1, 2, 5} {
				_, err := p.Simulate(t.Context(), schedule.SimOptions{Spreads: spreads, Iterations: 20_000, Workers: workers})
				require.ErrorIs(t, err, verdict.ErrInvalid)
				if want == "" {
					want = err.Error()
				}
				require.Equal(t, want, err.Error())
			}
		}
	}
}

// What a spread panics with reaches the caller.
func TestPanickingSpread(t *testing.T) {
	p := plan(t, rollout())
	calls := 0
	var lock sync.Mutex
	require.PanicsWithValue(t, "no", func() {
		_, _ = p.Simulate(t.Context(), schedule.SimOptions{Spreads: map[string]schedule.Spread{"build": spreadFunc(func(float64) float64 {
			lock.Lock()
			defer lock.Unlock()
			if calls++; calls > 100 {
				panic("no")
			}
			return 1
		})}})
	})
}

type spreadFunc func(float64) float64

func (f spreadFunc) Quantile(p float64) float64 { return f(p) }

func TestSimulationFaults(t *testing.T) {
	p := plan(t, rollout())
	_, err := p.Simulate(t.Context(), schedule.SimOptions{Spreads: map[string]schedule.Spread{
		"z": fixed(1), "nobody": fixed(1), "build": nil, "test": fixed(math.NaN()), "design": fixed(-1),
	}})
	require.EqualError(t, err, `spreads[build]: missing
spreads[design]: invalid: quantile -1 at the largest draw, want 0 to 2⁵²
spreads: unknown "nobody"
spreads[test]: invalid: quantile NaN at the largest draw, want 0 to 2⁵²
spreads: unknown "z"`)
	for _, o := range []schedule.SimOptions{{Iterations: -1}, {Iterations: 1 << 31}, {Workers: -1}} {
		_, err = p.Simulate(t.Context(), o)
		require.ErrorIs(t, err, verdict.ErrRange)
	}
	_, err = p.Simulate(t.Context(), schedule.SimOptions{Spreads: map[string]schedule.Spread{"build": fixed(1 << 51)}})
	require.ErrorIs(t, err, verdict.ErrRange)
	d := rollout()
	d.Calendars = append(d.Calendars, patterns()[1])
	d.Activities[1].Calendar = "every"
	_, err = plan(t, d).Simulate(t.Context(), schedule.SimOptions{Spreads: map[string]schedule.Spread{"build": fixed(1 << 30)}})
	require.ErrorIs(t, err, verdict.ErrRange, "beyond the year 9999: %v", err)
	require.NotErrorIs(t, err, verdict.ErrInvalid)
}
