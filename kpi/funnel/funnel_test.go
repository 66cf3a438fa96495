package funnel_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/kpi/funnel"
)

var modes = []funnel.Mode{funnel.Ordered, funnel.StrictTime, funnel.Adjacent, funnel.AnyOrder, funnel.FirstTouch}

const names = "abcdexy" // of events; x and y are mostly of no step

// randomFunnel returns a funnel of one to five steps, in which steps may share events
// and have windows of their own, where the mode lets them.
func randomFunnel(rng *rand.Rand) funnel.Funnel {
	f := funnel.Funnel{Mode: modes[rng.IntN(len(modes))], Window: rng.Int64N(3) * rng.Int64N(8), Ties: funnel.Ties(rng.IntN(3))}
	for k := range 1 + rng.IntN(5) {
		s := funnel.Step{Name: names[k : k+1]}
		if f.Mode != funnel.AnyOrder && rng.IntN(4) == 0 {
			s.Events = []string{s.Name, string(names[(k+1+rng.IntN(6))%7])}
		}
		if f.Mode != funnel.AnyOrder && k > 0 && rng.IntN(4) == 0 {
			s.Within = 1 + rng.Int64N(5)
		}
		f.Steps = append(f.Steps, s)
	}
	return f
}

func stepsOf(f funnel.Funnel, name string) (steps []int) {
	for k, s := range f.Steps {
		if s.Name == name && s.Events == nil || slices.Contains(s.Events, name) {
			steps = append(steps, k)
		}
	}
	return steps
}

func hasStepWindows(f funnel.Funnel) bool {
	return slices.ContainsFunc(f.Steps, func(s funnel.Step) bool { return s.Within > 0 })
}

// The one pass over the events gives what trying all anchors and all ways gives, in
// each mode, and so does the definition by greedy matches.
func TestAgainstAllAnchors(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	seen, far := map[funnel.Mode]int{}, map[funnel.Mode]int{}
	for range 8000 {
		f := randomFunnel(rng)
		var events []slowEvent
		var l funnel.Log[int]
		for range rng.IntN(14) {
			name := string(names[rng.IntN(7)])
			e := slowEvent{at: rng.Int64N(14), order: rng.Int64N(3), steps: stepsOf(f, name)}
			events = append(events, e)
			require.NoError(t, l.Add(funnel.Event[int]{Time: e.at, Order: e.order, Name: name}))
		}
		want := slowDepth(f, events)
		if !hasStepWindows(f) && (f.Mode == funnel.Ordered || f.Mode == funnel.StrictTime || f.Mode == funnel.FirstTouch) {
			require.Equal(t, want, greedy(f, events))
		}
		asOf := 13 + rng.Int64N(8) // after all events
		got, err := funnel.Analyze(&l, f, asOf, funnel.Options[int]{})
		require.NoError(t, err)
		require.Equal(t, want, depth(got.Steps), "%+v\n%+v", f, events)
		settled := want > 0 && f.Window > 0 && asOf-slowLastAnchor(f, events) >= f.Window
		require.Equal(t, settled, got.Steps[0].Settled.Reached == 1)
		require.Equal(t, settled, want > 0 && got.Steps[max(want, 1)-1].Settled.Reached == 1)
		requireTimes(t, f, events, got)
		seen[f.Mode]++
		if want > 2 {
			far[f.Mode]++
		}
	}
	for _, m := range modes {
		require.Greater(t, seen[m], 1400)
		require.Greater(t, far[m], 20, m)
	}
}

// depth returns how far the only customer came.
func depth(steps []funnel.StepCount) int {
	n := 0
	for _, s := range steps {
		n += int(s.All.Reached)
	}
	return n
}

// requireTimes holds the times of the only customer against what they may be: of
// the first anchor that leads as far, within the windows.
func requireTimes(t *testing.T, f funnel.Funnel, events []slowEvent, got funnel.Result) {
	t.Helper()
	total := ratio.Int(0)
	for k, s := range got.Steps {
		if s.All.Reached == 0 {
			require.False(t, s.Since.Median.Defined())
			require.Zero(t, s.Duration.Customers)
			continue
		}
		total = total.Add(s.Since.Median)
		require.Equal(t, total, s.Duration.Max)
		require.EqualValues(t, 1, s.Since.Customers)
		if f.Window > 0 {
			require.True(t, ratio.Int(f.Window).AtLeast(s.Duration.Mean))
		}
		if f.Steps[k].Within > 0 {
			require.True(t, ratio.Int(f.Steps[k].Within).AtLeast(s.Since.Mean))
		}
		if k > 0 && f.Mode == funnel.StrictTime {
			require.Positive(t, s.Since.Min.Sign())
		}
	}
	if want, ok := greedyTime(f, events, depth(got.Steps)); ok {
		require.Equal(t, ratio.Int(want), total)
	}
}

// greedyTime returns how long the way from the first anchor takes that leads so far,
// by earliest matches.
func greedyTime(f funnel.Funnel, events []slowEvent, came int) (int64, bool) {
	if came == 0 || hasStepWindows(f) || f.Mode == funnel.Adjacent || f.Mode == funnel.AnyOrder {
		return 0, false
	}
	events = slowOrder(events, f.Ties)
	for anchor, e := range events {
		if !slices.Contains(e.steps, 0) {
			continue
		}
		last, n := anchor, 1
		for i := anchor + 1; i < len(events) && n < came; i++ {
			x := events[i]
			if slices.Contains(x.steps, n) && within(x.at-e.at, f.Window) && (f.Mode != funnel.StrictTime || x.at > events[last].at) {
				last, n = i, n+1
			}
		}
		if n == came {
			return events[last].at - e.at, true
		}
	}
	return 0, false
}

// Columns give the same counts as the log, for any number of workers, with memory
// that is used again, in every mode.
func TestColumnsAgainstLog(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	var scratch funnel.Scratch
	for i := range 240 {
		f := randomFunnel(rng)
		for k := range f.Steps {
			f.Steps[k].Events = nil
		}
		c := funnel.Columns{Customers: 1 + rng.IntN([]int{3, 300, 20_000}[i%3])}
		var l funnel.Log[uint32]
		begin := rng.Int64N(1000) - 500
		for row := range rng.IntN([]int{300, 2000, 3000}[i%3]) {
			step := rng.IntN(len(f.Steps) + 1)
			who, at := uint32(rng.IntN(c.Customers)), begin+rng.Int64N(60)
			c.Customer, c.Time, c.Step = append(c.Customer, who), append(c.Time, at), append(c.Step, uint8(step))
			name := "other"
			if step > 0 {
				name = f.Steps[step-1].Name
			}
			require.NoError(t, l.Add(funnel.Event[uint32]{Customer: who, Time: at, Order: int64(row), Name: name}))
		}
		want, err := funnel.Analyze(&l, f, begin+50, funnel.Options[uint32]{})
		require.NoError(t, err)
		for k := range want.Steps {
			want.Steps[k].Since, want.Steps[k].Duration = funnel.Times{}, funnel.Times{}
		}
		for _, workers := range []int{0, 1, 2, 7} {
			got, err := c.Count(t.Context(), f, begin+50, funnel.Run{Workers: workers, Scratch: &scratch})
			require.NoError(t, err)
			for k := range got.Steps {
				require.Zero(t, got.Steps[k].Since.Customers)
				got.Steps[k].Since, got.Steps[k].Duration = funnel.Times{}, funnel.Times{}
			}
			require.Empty(t, cmp.Diff(want, got), "%d workers %+v", workers, f)
		}
	}
}

func TestColumnsFaults(t *testing.T) {
	c := funnel.Columns{Customers: 2, Customer: []uint32{0, 2, 1}, Time: []int64{1, math.MaxInt64, 3}, Step: []uint8{1, 3, 2}}
	f := funnel.Of(0, "a", "b")
	_, err := c.Count(t.Context(), f, 9, funnel.Run{Workers: 2})
	require.EqualError(t, err, "funnel: rows[1].customer: out of range: 2 of 2\nrows[1].step: out of range: 3 of 2\nrows[1].time: out of range: 9223372036854775807 seconds")
	c = funnel.Columns{Customers: -1, Customer: []uint32{0}}
	_, err = c.Count(t.Context(), funnel.Funnel{}, math.MinInt64, funnel.Run{Workers: -1})
	require.Len(t, verdict.FaultsOf(errors.Unwrap(err)), 5)
	c = funnel.Columns{Customers: 1, Customer: []uint32{0, 0}, Time: []int64{-1 << 60, 1 << 60}, Step: []uint8{1, 2}}
	_, err = c.Count(t.Context(), f, 1<<60, funnel.Run{})
	require.ErrorIs(t, err, verdict.ErrRange)
	_, err = c.Count(t.Context(), f, 0, funnel.Run{})
	require.NoError(t, err, "the second is too late to matter")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err = c.Count(ctx, f, 0, funnel.Run{})
	require.ErrorIs(t, err, context.Canceled)
	got, err := funnel.Columns{}.Count(t.Context(), f, 0, funnel.Run{})
	require.NoError(t, err)
	require.Equal(t, funnel.NobodyBegan, got.Conversion().Rate().Reason())
}

// A customer with very many events, in no order, is sorted by merging.
func TestColumnsOfOneCustomer(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	c := funnel.Columns{Customers: 1}
	var l funnel.Log[int]
	for i := range 5000 {
		at, step := rng.Int64N(4000), 1+rng.IntN(3)
		c.Customer, c.Time, c.Step = append(c.Customer, 0), append(c.Time, at), append(c.Step, uint8(step))
		require.NoError(t, l.Add(funnel.Event[int]{Time: at, Order: int64(i), Name: names[step-1 : step]}))
	}
	for _, mode := range modes {
		f := funnel.Of(2, "a", "b", "c")
		f.Mode = mode
		want, err := funnel.Analyze(&l, f, 5000, funnel.Options[int]{})
		require.NoError(t, err)
		got, err := c.Count(t.Context(), f, 5000, funnel.Run{})
		require.NoError(t, err)
		require.Equal(t, want.Conversion(), got.Conversion())
	}
}

// With a scratch to use again, memory does not grow with the rows.
func TestColumnsAllocations(t *testing.T) {
	if testing.CoverMode() != "" {
		t.Skip("counting statements allocates")
	}
	c := benchColumns(20_000)
	var scratch funnel.Scratch
	f := funnel.Of(funnel.Day, "a", "b", "c", "d")
	allocs := testing.AllocsPerRun(5, func() {
		_, err := c.Count(t.Context(), f, 1<<40, funnel.Run{Workers: 1, Scratch: &scratch})
		require.NoError(t, err)
	})
	require.Less(t, allocs, 100.0)
}

func TestFunnelFaults(t *testing.T) {
	f := funnel.Funnel{Window: -1, Mode: 9, Ties: 9, Steps: []funnel.Step{
		{Name: "a", Within: 5}, {Name: "", Within: -5, Events: []string{"", "x", "x"}}, {Name: "a"},
	}}
	_, err := funnel.Analyze(&funnel.Log[int]{}, f, math.MaxInt64, funnel.Options[int]{By: 9, Label: func(int) string { return "" }})
	var paths []string
	for _, fault := range verdict.FaultsOf(errors.Unwrap(err)) {
		paths = append(paths, fault.Path)
	}
	require.Equal(t, []string{
		"funnel.mode", "funnel.ties", "funnel.window", "funnel.steps[1].id", "funnel.steps[2].id", "funnel.steps[0].within",
		"funnel.steps[1].within", "funnel.steps[1].events[0]", "funnel.steps[1].events[2]", "asOf", "options.by", "options.label",
	}, paths)
	require.ErrorIs(t, funnel.Funnel{}.Validate(), verdict.ErrMissing)
	require.ErrorIs(t, funnel.Of(0, strings.Split(strings.Repeat("x", 40), "")...).Validate(), verdict.ErrRange)
	shared := funnel.Of(0, "a", "b")
	shared.Steps[1].Events = []string{"b", "a"}
	require.NoError(t, shared.Validate())
	shared.Mode = funnel.AnyOrder
	require.ErrorIs(t, shared.Validate(), verdict.ErrDuplicate)
	_, err = funnel.Pipeline(&funnel.Log[int]{}, -1, 0, funnel.Options[int]{})
	require.ErrorIs(t, err, verdict.ErrRange)
}

// More ways to belong to steps than there are kinds of events.
func TestTooManyKinds(t *testing.T) {
	f := funnel.Of(0, "0", "1", "2", "3", "4", "5", "6", "7", "8")
	for i := range 1 << 9 {
		for k := range 9 {
			if i&(1<<k) != 0 {
				f.Steps[k].Events = append(f.Steps[k].Events, fmt.Sprint("event ", i))
			}
		}
	}
	_, err := funnel.Analyze(&funnel.Log[int]{}, f, 0, funnel.Options[int]{})
	require.ErrorIs(t, err, verdict.ErrRange)
}

// What the end of the observation does: later events are dropped and counted, and
// customers whose window is not over are not settled.
func TestObservationEnd(t *testing.T) {
	var l funnel.Log[string]
	for _, e := range []funnel.Event[string]{
		{Customer: "a", Time: 0, Name: "lead"}, {Customer: "a", Time: 10, Name: "won"},
		{Customer: "b", Time: 5, Name: "lead"}, {Customer: "b", Time: 16, Name: "won"}, // too late by one
		{Customer: "c", Time: 6, Name: "lead"}, {Customer: "c", Time: 7, Name: "call"},
	} {
		require.NoError(t, l.Add(e))
	}
	got, err := funnel.Analyze(&l, funnel.Of(10, "lead", "won"), 15, funnel.Options[string]{})
	require.NoError(t, err)
	require.Equal(t, funnel.Counts{Events: 6, Steps: 4, Others: 1, Later: 1}, got.Counts)
	require.Equal(t, funnel.Passage{Reached: 1, Previous: 3, First: 3}, got.Conversion())
	require.Equal(t, funnel.Passage{Reached: 1, Previous: 2, First: 2}, got.Steps[1].Settled, "c may win until 16")
	require.EqualValues(t, 2, got.Conversion().Lost())
	forever, err := funnel.Analyze(&l, funnel.Of(0, "lead", "won"), 16, funnel.Options[string]{})
	require.NoError(t, err)
	require.Equal(t, funnel.Passage{Reached: 2, Previous: 3, First: 3}, forever.Conversion())
	require.Zero(t, forever.Steps[0].Settled.Reached, "without a window, nobody's time is ever over")
	data, err := json.Marshal(got)
	require.NoError(t, err)
	var back funnel.Result
	require.NoError(t, json.Unmarshal(data, &back))
	require.Empty(t, cmp.Diff(got, back))
}

func TestGroups(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 8))
	var l funnel.Log[int]
	for range 2000 {
		require.NoError(t, l.Add(funnel.Event[int]{Customer: rng.IntN(300), Time: rng.Int64N(50), Name: "a", Attribute: string(names[rng.IntN(4)])}))
		require.NoError(t, l.Add(funnel.Event[int]{Customer: rng.IntN(300), Time: rng.Int64N(50), Name: string(names[rng.IntN(4)]), Attribute: string(names[rng.IntN(4)])}))
	}
	for _, o := range []funnel.Options[int]{{By: funnel.ByAnchor}, {By: funnel.ByCustomer, Label: func(c int) string { return strconv.Itoa(c % 7) }}} {
		for _, mode := range modes {
			f := funnel.Of(9, "a", "b", "c")
			f.Mode = mode
			got, err := funnel.Analyze(&l, f, 100, o)
			require.NoError(t, err)
			require.True(t, slices.IsSortedFunc(got.Groups, func(a, b funnel.Group) int { return strings.Compare(a.Value, b.Value) }))
			var all funnel.Passage
			for _, g := range got.Groups {
				p := g.Steps[2].All
				all = funnel.Passage{Reached: all.Reached + p.Reached, Previous: all.Previous + p.Previous, First: all.First + p.First}
			}
			require.Equal(t, got.Conversion(), all)
		}
	}
}

func TestEmptyResult(t *testing.T) {
	require.Zero(t, funnel.Result{}.Conversion())
	require.Zero(t, funnel.Sales{}.Cycle())
	require.Equal(t, funnel.NoneClosed, funnel.Sales{}.WinRate().Reason())
	m := funnel.Sales{}.Measurements(7)
	require.False(t, m["conversion_rate"].Value.Defined())
	p := funnel.Passage{Reached: 1, Previous: 2, First: 4}
	require.Equal(t, ratio.New(1, 2), p.StepRate())
	i, err := p.StepInterval(0.95)
	require.NoError(t, err)
	require.True(t, i.Contains(ratio.New(1, 2)))
}

// Sums of times that do not fit are undefined, not wrong.
func TestHugeTimes(t *testing.T) {
	var l funnel.Log[int]
	for who := range 5 {
		require.NoError(t, l.Add(funnel.Event[int]{Customer: who, Time: -1 << 61, Name: "a"}))
		require.NoError(t, l.Add(funnel.Event[int]{Customer: who, Time: 1 << 61, Name: "b"}))
	}
	got, err := funnel.Analyze(&l, funnel.Of(0, "a", "b"), 1<<61, funnel.Options[int]{})
	require.NoError(t, err)
	require.Equal(t, ratio.Int(1<<62), got.Steps[1].Since.Median)
	require.Equal(t, ratio.Overflow, got.Steps[1].Since.Mean.Reason())
	data, err := l.MarshalBinary()
	require.NoError(t, err)
	var back funnel.Log[int]
	require.NoError(t, back.UnmarshalBinary(data))
	require.Error(t, l.Add(funnel.Event[int]{Time: 1<<61 + 1, Name: "a"}))
}

func TestAt(t *testing.T) {
	day := calendar.MustParse("2027-03-02")
	require.Equal(t, day.Time(time.UTC).Unix(), funnel.At(day))
	require.Zero(t, funnel.At(calendar.MustParse("1970-01-01")))
}
