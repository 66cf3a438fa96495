package control_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/audit/control"
	"github.com/crmrollout/crm/crmproject/schedule"
	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/kpi"
	"github.com/crmrollout/crm/risk"
	"github.com/crmrollout/crm/risk/quant"
)

func reliefs(tb testing.TB, c control.Course, a control.Action, o control.CompareOptions) control.Reliefs {
	tb.Helper()
	all, err := c.Reliefs(tb.Context(), asOf, a, o)
	require.NoError(tb, err)
	return all
}

// linked are the delays of the rollout, two of which happen together.
func linked(tb testing.TB) control.CompareOptions {
	tb.Helper()
	o := delayed(risks(tb)...)
	o.Iterations = 300
	o.Together = []control.Together{{Delays: []string{"R-4", "R-1"}, P: []float64{0.5, 0.1, 0.1, 0.3}}}
	return o
}

// CP-32, RI-04: a relief is the difference of the trials with all delays and of those
// with all but one, which keep their draws: those that hang together too.
func TestReliefsAsTwin(t *testing.T) {
	t.Parallel()
	for _, action := range append(actions(), control.Action{}) {
		o := linked(t)
		got := reliefs(t, course(), action, o)
		require.Len(t, got, map[string]int{"people": 4, "reports": 4, "later": 4, "": 4}[action.ID])
		for _, r := range got {
			without := linked(t)
			for i := range without.Delays {
				if without.Delays[i].ID == r.Delay {
					without.Delays[i].Days = exactly(0)
				}
			}
			require.Empty(t, cmp.Diff(twin(t, action, o, without, r.Delay), r), action.ID)
		}
	}
}

// twin holds two trials of an option against each other by hand.
func twin(tb testing.TB, a control.Action, o, without control.CompareOptions, id string) control.Relief {
	tb.Helper()
	var all []control.Action
	option := control.DoNothing
	if a.ID != "" {
		all, option = append(all, a), a.ID
	}
	with, rid := try(tb, course(), all, o), try(tb, course(), all, without)
	x, ok := with.Comparison.Option(option)
	require.True(tb, ok)
	one, two := finishes(tb, rid, option), finishes(tb, with, option)
	count := func(within float64) control.Odds {
		var p control.Pairs
		for i := range one {
			switch {
			case one[i] <= within && two[i] <= within:
				p.Both++
			case one[i] <= within:
				p.Only++
			case two[i] <= within:
				p.Other++
			default:
				p.Neither++
			}
		}
		gain, _ := p.Gain()
		test, _ := p.McNemar()
		return control.Odds{Pairs: p, Gain: gain, McNemar: test}
	}
	start := course().Start
	return control.Relief{
		Delay: id, OnTime: count(float64(x.Due - start + 1)), Agreed: count(float64(with.Comparison.Due - start + 1)),
		Mean: control.MeanShift(one, two),
	}
}

// Without its only delay an option is what it is without delays.
func TestReliefOfTheOnlyDelay(t *testing.T) {
	t.Parallel()
	for _, d := range risks(t) {
		o := delayed(d)
		got := reliefs(t, course(), actions()[0], o)
		require.Len(t, got, 1)
		with, alone := try(t, course(), actions(), o), try(t, course(), actions(), options())
		was, now := option(t, with.Comparison, "people"), option(t, alone.Comparison, "people")
		require.InDelta(t, now.Agreed.Value-was.Agreed.Value, got[0].Agreed.Gain.Value, 1e-12)
		require.InDelta(t, now.OnTime.Value-was.OnTime.Value, got[0].OnTime.Gain.Value, 1e-12)
		require.Equal(t, control.MeanShift(finishes(t, alone, "people"), finishes(t, with, "people")), got[0].Mean)
	}
	require.Empty(t, reliefs(t, course(), control.Action{}, options()))
	over := delayed(control.Delay{ID: "R", Activities: []string{"design"}, P: 1, Days: exactly(9)})
	require.Empty(t, reliefs(t, course(), control.Action{}, over), "what holds up nothing relieves nothing")
}

// To be rid of what takes time never costs any: in no iteration, whatever else happens.
func TestReliefsAreNoLosses(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(41, 42))
	activities := []string{"build", "migrate", "reports", "train"}
	for range 12 {
		o := options()
		o.Iterations = 200
		for i := range 1 + rng.IntN(6) {
			d := control.Delay{ID: strconv.Itoa(i), P: rng.Float64(), Days: pert(t, 0, 10*rng.Float64(), 10+10*rng.Float64())}
			for _, id := range activities {
				if rng.IntN(3) == 0 {
					d.Activities = append(d.Activities, id)
				}
			}
			o.Delays = append(o.Delays, d)
		}
		got := reliefs(t, course(), actions()[0], o)
		require.Len(t, got, len(o.Delays))
		for i, r := range got {
			require.Zero(t, r.Agreed.Pairs.Other)
			require.Zero(t, r.OnTime.Pairs.Other)
			require.GreaterOrEqual(t, r.Agreed.Gain.Value, 0.0)
			require.LessOrEqual(t, r.Mean.Days, 0.0)
			require.Equal(t, 200, r.Agreed.Pairs.Len())
			if i > 0 {
				before := got[i-1]
				require.GreaterOrEqual(t, before.Agreed.Gain.Value, r.Agreed.Gain.Value)
				if before.Agreed.Gain.Value == r.Agreed.Gain.Value {
					require.LessOrEqual(t, before.Mean.Days, r.Mean.Days)
				}
			}
		}
	}
}

// Reliefs need not add up: side by side, each of two delays alone brings nothing; one
// after the other, each alone brings all.
func TestReliefsNeedNotAddUp(t *testing.T) {
	t.Parallel()
	c := control.Course{Start: day("2027-03-01"), Baseline: schedule.Definition{
		Deadline:   schedule.On(day("2027-03-12")),
		Activities: []schedule.Activity{{ID: "a", Duration: 4}, {ID: "b", Duration: 4}, {ID: "end", Duration: 5}},
		Links:      []schedule.Link{{From: "a", To: "end"}, {From: "b", To: "end"}},
	}}
	find := func(ds ...control.Delay) control.Reliefs {
		all, err := c.Reliefs(t.Context(), c.Start, control.Action{}, control.CompareOptions{Iterations: 10, Delays: ds})
		require.NoError(t, err)
		return all
	}
	sure := func(id string, days float64, activities ...string) control.Delay {
		return control.Delay{ID: id, Activities: activities, P: 1, Days: exactly(days)}
	}
	for _, r := range find(sure("A", 3, "a"), sure("B", 3, "b")) {
		require.Zero(t, r.Agreed.Gain.Value)
		require.Zero(t, r.Mean.Days)
		require.False(t, r.Agreed.Told())
		require.False(t, r.Mean.Told())
	}
	for _, r := range find(sure("A", 3, "a", "b"))[:1] {
		require.InDelta(t, 1, r.Agreed.Gain.Value, 0)
		require.InDelta(t, -5, r.Mean.Days, 0, "over a weekend")
		require.True(t, r.Agreed.Told())
		require.True(t, r.Mean.Told())
	}
	chain := find(sure("B", 1, "end"), sure("A", 1))
	require.Equal(t, []string{"A", "B"}, []string{chain[0].Delay, chain[1].Delay}, "of equal ones by id")
	for _, r := range chain {
		require.InDelta(t, 1, r.Agreed.Gain.Value, 0, "one day more is in the plan, two are not")
	}
}

// The reliefs are the same for any number of workers, and come back from JSON.
func TestReliefsWorkers(t *testing.T) {
	t.Parallel()
	want := reliefs(t, course(), control.Action{}, linked(t))
	for _, workers := range []int{1, 2, 7} {
		o := linked(t)
		o.Workers = workers
		var last, end int64
		o.Progress = func(done, total int64) { last, end = done, total }
		require.Empty(t, cmp.Diff(want, reliefs(t, course(), control.Action{}, o)))
		require.Equal(t, []int64{300, 300}, []int64{last, end})
	}
	roundTrip(t, want)
	require.Contains(t, want.Markdown(), "| R-")
	require.Contains(t, want[0].String(), "without "+want[0].Delay)
}

func TestReliefsErrors(t *testing.T) {
	t.Parallel()
	find := func(ctx context.Context, a control.Action, o control.CompareOptions) error {
		_, err := course().Reliefs(ctx, asOf, a, o)
		return err
	}
	require.ErrorIs(t, find(t.Context(), control.Action{Title: "no id"}, linked(t)), verdict.ErrMissing)
	require.ErrorIs(t, find(t.Context(), control.Action{ID: control.DoNothing}, linked(t)), verdict.ErrInvalid)
	bad := linked(t)
	bad.Iterations = -1
	require.ErrorIs(t, find(t.Context(), control.Action{}, bad), verdict.ErrRange)
	require.ErrorContains(t, find(t.Context(), control.Action{}, delayed(control.Delay{ID: "A", P: 1, Days: late{}})), "delays[0].days")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	require.ErrorIs(t, find(ctx, control.Action{}, linked(t)), context.Canceled)
	// An opportunity that alone keeps the finish within the calendar is missed.
	o := control.CompareOptions{Iterations: 1, Delays: []control.Delay{{ID: "A", P: 1, Days: exactly(2.1e6)}, {ID: "B", P: 1, Days: exactly(-1e5)}}}
	_, err := network("").Reliefs(t.Context(), day("2027-03-01"), control.Action{}, o)
	require.ErrorIs(t, err, verdict.ErrRange)
}

// CP-32, CP-35: what is told apart: by the exact test, at 5 %.
func TestTold(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		p    control.Pairs
		want bool
	}{
		{control.Pairs{}, false},
		{control.Pairs{Both: 9, Only: -1}, false},
		{control.Pairs{Both: 5, Neither: 5}, false},
		{control.Pairs{Both: 1000, Only: 5}, false}, // p = 1/16
		{control.Pairs{Both: 1000, Only: 6}, true},  // p = 1/32
		{control.Pairs{Both: 1000, Other: 6}, true},
		{control.Pairs{Both: 14, Only: 5, Neither: 22}, false}, // the interval of the gain misses 0
		{control.Pairs{Only: 40, Other: 22}, true},             // p = 0.0301
		{control.Pairs{Only: 40, Other: 25}, false},            // p = 0.0824
	} {
		require.Equal(t, tt.want, control.Odds{Pairs: tt.p}.Told(), "%+v", tt.p)
	}
	for _, tt := range []struct {
		s    control.Shift
		want bool
	}{
		{control.Shift{}, false}, {control.Shift{Days: 1, Low: 0, High: 2}, false}, {control.Shift{Days: 1, Low: 0.1, High: 2}, true},
		{control.Shift{Days: -1, Low: -2, High: -0.1}, true}, {control.Shift{Days: 3, Low: 3, High: 3}, true},
		{control.Shift{Days: 3, Low: 3, High: 3, Unbounded: "too few"}, false},
	} {
		require.Equal(t, tt.want, tt.s.Told(), "%+v", tt.s)
	}
}

// Where there is nothing to tell, something is told at most once in twenty times. The
// standard error of 2,000 samples is 0.5 %: a rate of 6.5 % would fail with 98 %.
func TestToldByLuck(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(43, 44))
	for _, n := range []int{10, 100, 1000} {
		for _, apart := range []float64{0.01, 0.3} {
			told := 0
			for range 2000 {
				p := control.Pairs{}
				for range n {
					switch u := rng.Float64(); {
					case u < apart/2:
						p.Only++
					case u < apart:
						p.Other++
					default:
						p.Both++
					}
				}
				if (control.Odds{Pairs: p}).Told() {
					told++
				}
			}
			require.LessOrEqual(t, float64(told)/2000, 0.055, "%d %v", n, apart)
		}
	}
}

// Trials that come from JSON have the comparison, and nothing more to tell.
func TestTrialsJSON(t *testing.T) {
	t.Parallel()
	r := try(t, course(), actions(), options())
	roundTrip(t, r.Comparison)
	var back control.Trials
	recode(t, r, &back)
	require.Empty(t, cmp.Diff(r.Comparison, back.Comparison))
	for _, none := range []*control.Trials{&back, {}} {
		_, err := none.Difference("people", control.DoNothing)
		require.ErrorIs(t, err, verdict.ErrMissing)
		_, ok := none.Finishes("people")
		require.False(t, ok)
		_, ok = none.Percentile("people", 0.5)
		require.False(t, ok)
	}
	_, err := back.Against(control.DoNothing)
	require.ErrorIs(t, err, verdict.ErrMissing)
	_, err = back.Ranked(control.LeastCost)
	require.ErrorIs(t, err, verdict.ErrMissing)
}

// CP-32, RI-04: which risk costs how much of the chance to be on time.
func ExampleCourse_Reliefs() {
	project := rollout()
	c := control.CourseOf(project, kpi.Scorecard{}, risk.Register{}, asOf)
	weeks, _ := quant.NewPERT(3, 5, 15)
	days, _ := quant.NewPERT(0, 1, 4)
	all, err := c.Reliefs(context.Background(), asOf, actions()[0], control.CompareOptions{
		Spreads: project.Spreads(asOf), Iterations: 2000, Seed: 1,
		Delays: []control.Delay{
			{ID: "trainer ill", Activities: []string{"train"}, P: 0.3, Days: days},
			{ID: "old data", Activities: []string{"migrate"}, P: 0.5, Days: weeks},
			{ID: "supplier late", Activities: []string{"reports"}, P: 0.4, Days: weeks},
		},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, r := range all {
		fmt.Printf("without %s: %s, told apart: %t\n", r.Delay, r.Agreed, r.Agreed.Told())
	}
	// Output:
	// without supplier late: +15.7 points (+14.1 to +17.3), told apart: true
	// without trainer ill: +2.9 points (+2.2 to +3.7), told apart: true
	// without old data: +0.0 points (-0.1 to +0.1), told apart: false
}

func BenchmarkReliefs(b *testing.B) {
	o := linked(b)
	o.Iterations = 1000
	b.ReportAllocs()
	for b.Loop() {
		reliefs(b, course(), control.Action{}, o)
	}
}

// The twin tries anew without each delay.
func BenchmarkNaiveReliefs(b *testing.B) {
	o := linked(b)
	o.Iterations = 1000
	b.ReportAllocs()
	for b.Loop() {
		try(b, course(), nil, o)
		for i := range o.Delays {
			without := linked(b)
			without.Iterations, without.Delays[i].Days = 1000, exactly(0)
			try(b, course(), nil, without)
		}
	}
}
