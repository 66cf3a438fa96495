package funnel_test

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/kpi/funnel"
)

// A shape is what columns can be like.
type shape struct {
	customers, rows int
	seconds         int64 // the span of times
	from            int64
	heavy           int // of so many rows, one is of customer 0
	sorted          bool
}

func (s shape) columns(rng *rand.Rand, steps int) funnel.Columns {
	c := funnel.Columns{Customers: s.customers}
	for i := range s.rows {
		who := rng.IntN(s.customers)
		if s.heavy > 0 && i%s.heavy == 0 {
			who = 0
		}
		c.Customer = append(c.Customer, uint32(who))
		c.Time = append(c.Time, s.from+rng.Int64N(s.seconds))
		c.Step = append(c.Step, uint8(rng.IntN(steps+1)))
	}
	if s.sorted {
		slices.Sort(c.Time)
	}
	return c
}

// fromLog returns what the log makes of columns, without times.
func fromLog(t *testing.T, c funnel.Columns, f funnel.Funnel, asOf int64) funnel.Result {
	t.Helper()
	var l funnel.Log[uint32]
	for i, who := range c.Customer {
		name := "other"
		if step := c.Step[i]; step > 0 {
			name = f.Steps[step-1].Name
		}
		require.NoError(t, l.Add(funnel.Event[uint32]{Customer: who, Time: c.Time[i], Order: int64(i), Name: name}))
	}
	want, err := funnel.Analyze(&l, f, asOf, funnel.Options[uint32]{})
	require.NoError(t, err)
	return withoutTimes(want)
}

func withoutTimes(r funnel.Result) funnel.Result {
	for k := range r.Steps {
		r.Steps[k].Since, r.Steps[k].Duration = funnel.Times{}, funnel.Times{}
	}
	return r
}

// KP-05. Whatever the columns are like, the counts are those of the log, to the byte
// for any number of workers, and with memory of a job of another shape.
func TestColumnsOfAllShapes(t *testing.T) {
	rng := rand.New(rand.NewPCG(11, 12))
	var scratch funnel.Scratch
	for _, s := range []shape{
		{customers: 1, rows: 1, seconds: 1},
		{customers: 1, rows: 700, seconds: 500},                      // one part, no slots
		{customers: 2, rows: 40, seconds: 30},                        // slots that do not do
		{customers: 16, rows: 100, seconds: 20},                      // ties
		{customers: 100, rows: 1200, seconds: 10, sorted: true},      // in order, with ties
		{customers: 100, rows: 1200, seconds: 1 << 40, sorted: true}, // in order, without
		{customers: 300, rows: 2500, seconds: 100},                   // of 8 and 9 events
		{customers: 90, rows: 3000, seconds: 2000},                   // merged
		{customers: 400, rows: 3000, seconds: 600, heavy: 2},         // one has half of them
		{customers: 400, rows: 3000, seconds: 600, heavy: 2, sorted: true},
		{customers: 70_000, rows: 3000, seconds: 50},                     // sparse
		{customers: 1 << 25, rows: 300, seconds: 50, heavy: 3},           // two slots each
		{customers: 1 << 28, rows: 20, seconds: 50, heavy: 2},            // no room for slots
		{customers: 1 << 32, rows: 3, seconds: 1 << 34},                  //
		{customers: 30, rows: 300, seconds: 90, from: 1<<61 - 89},        // times at the end of their range
		{customers: 30, rows: 300, seconds: 90, from: -1 << 61},          // and at its beginning
		{customers: 30, rows: 300, seconds: 1<<52 - 1, from: -(1 << 51)}, // and as far apart as they may be
	} {
		for i, mode := range modes {
			f := funnel.Of([]int64{0, 1, 7, s.seconds / 5, math.MaxInt64}[rng.IntN(5)], "a", "b", "c", "d")
			f.Mode, f.Ties = mode, funnel.Ties(rng.IntN(3))
			if mode == funnel.Ordered && rng.IntN(2) == 0 {
				f.Steps[1].Within = 1 + s.seconds/7
			}
			c := s.columns(rng, len(f.Steps))
			asOf := min(s.from+s.seconds*int64(i+1)/3, 1<<61)
			want := fromLog(t, c, f, asOf)
			for _, workers := range []int{1, 2, 7} {
				got, err := c.Count(t.Context(), f, asOf, funnel.Run{Workers: workers, Scratch: &scratch})
				require.NoError(t, err)
				require.Empty(t, cmp.Diff(want, withoutTimes(got)), "%+v %+v %d workers", s, f, workers)
			}
		}
	}
}

// The events of a customer who has 0 to 70 of them, in any order, with any ties.
func TestColumnsOfAllLengths(t *testing.T) {
	rng := rand.New(rand.NewPCG(13, 14))
	var scratch funnel.Scratch
	for n := range 70 {
		for seconds := int64(1); seconds < 200; seconds *= 3 {
			c := shape{customers: 1, rows: n, seconds: seconds}.columns(rng, 3)
			c.Customers = 1 + n%3*50 // with slots or without
			f := funnel.Of(rng.Int64N(9), "a", "b", "c")
			f.Ties = funnel.Ties(rng.IntN(3))
			got, err := c.Count(t.Context(), f, 200, funnel.Run{Scratch: &scratch})
			require.NoError(t, err)
			require.Empty(t, cmp.Diff(fromLog(t, c, f, 200), withoutTimes(got)), "%+v %+v", c, f)
		}
	}
}

// Rows that do not matter may be anywhere in time, and columns of nothing else count
// nobody.
func TestColumnsOfNothing(t *testing.T) {
	f := funnel.Of(5, "a", "b")
	c := funnel.Columns{
		Customers: 3, Customer: []uint32{0, 1, 2, 0, 1, 2},
		Time: []int64{1 << 61, -1 << 61, 1 << 60, 7, 9, 1 << 61}, Step: []uint8{1, 0, 2, 1, 2, 0},
	}
	got, err := c.Count(t.Context(), f, 10, funnel.Run{Workers: 2})
	require.NoError(t, err)
	require.Equal(t, funnel.Counts{Events: 6, Steps: 2, Others: 1, Later: 3}, got.Counts)
	require.EqualValues(t, 1, got.Steps[0].All.Reached)
	for _, asOf := range []int64{-1 << 61, 6} {
		c.Time[1], c.Step[1] = asOf, 0
		got, err = c.Count(t.Context(), f, asOf, funnel.Run{})
		require.NoError(t, err)
		require.Equal(t, funnel.Counts{Events: 6, Others: 1, Later: 5}, got.Counts)
		require.Zero(t, got.Steps[0].All.Reached)
	}
}

// Which times are too far apart does not depend on the order of rows.
func TestColumnsSpan(t *testing.T) {
	f := funnel.Of(0, "a", "b")
	run := funnel.Run{Workers: 2, Scratch: &funnel.Scratch{}}
	for customers, limit := range map[int]int64{1: 1 << 52, 1 << 23: 1 << 44, 1 << 32: 1 << 35} {
		for _, begin := range []int64{0, -limit / 2, 1<<61 - limit - 1, -1 << 61} {
			times := []int64{begin, begin + limit/2, begin + limit - 1, begin + limit}
			for first := range 4 {
				c := funnel.Columns{Customers: customers, Customer: make([]uint32, 4), Time: slices.Concat(times[first:], times[:first]), Step: []uint8{1, 2, 1, 2}}
				_, err := c.Count(t.Context(), f, times[2], run)
				require.NoError(t, err, "the last is too late to matter")
				_, err = c.Count(t.Context(), f, times[3], run)
				require.EqualError(t, err, fmt.Sprintf("funnel: columns.time: out of range: %d seconds from the first to the last", limit))
				require.ErrorIs(t, err, verdict.ErrRange)
			}
		}
	}
}

// Of many bad rows, the first is named, whoever meets one first.
func TestColumnsFirstFault(t *testing.T) {
	rng := rand.New(rand.NewPCG(15, 16))
	f := funnel.Of(0, "a", "b")
	for _, from := range []int64{0, -1 << 61, 1<<61 - 99} {
		for range 60 {
			c := shape{customers: 50, rows: 3000, seconds: 99, from: from}.columns(rng, 2)
			first := len(c.Step)
			for range 1 + rng.IntN(3) {
				row := rng.IntN(len(c.Step))
				switch rng.IntN(4) {
				case 0:
					c.Step[row] = 3 + uint8(rng.IntN(253))
				case 1:
					c.Customer[row] = 50 + uint32(rng.IntN(1<<31))
				case 2:
					c.Time[row] = 1<<61 + 1 + rng.Int64N(1<<62)
				default:
					c.Time[row] = math.MinInt64 + rng.Int64N(1<<62)
				}
				first = min(first, row)
			}
			for _, workers := range []int{1, 2, 7} {
				_, err := c.Count(t.Context(), f, from+50, funnel.Run{Workers: workers})
				require.ErrorIs(t, err, verdict.ErrRange)
				require.ErrorContains(t, err, fmt.Sprintf("funnel: rows[%d].", first))
			}
		}
	}
}

// A fuse is a context that is done once it has been asked so many times.
type fuse struct {
	context.Context //nolint:containedctx // a context is what it is
	left            atomic.Int64
}

func (f *fuse) Err() error {
	if f.left.Add(-1) < 0 {
		return context.Canceled
	}
	return nil
}

// Wherever the work is stopped, the error says so, and the memory is good for the
// next call.
func TestColumnsStopAnywhere(t *testing.T) {
	c := shape{customers: 30, rows: 300_000, seconds: 1 << 30}.columns(rand.New(rand.NewPCG(17, 18)), 2)
	f := funnel.Of(0, "a", "b")
	var scratch funnel.Scratch
	want, err := c.Count(t.Context(), f, 1<<30, funnel.Run{})
	require.NoError(t, err)
	for asked := int64(0); ; asked++ {
		ctx := &fuse{Context: t.Context()}
		ctx.left.Store(asked)
		done := int64(0)
		progress := func(now, total int64) {
			if now <= done || now > total {
				panic("backwards, or too far")
			}
			done = now
		}
		got, err := c.Count(ctx, f, 1<<30, funnel.Run{Workers: 1 + int(asked)%2, Scratch: &scratch, Progress: progress})
		if err == nil {
			require.Empty(t, cmp.Diff(want, got))
			require.Greater(t, asked, int64(10))
			return
		}
		require.ErrorIs(t, err, context.Canceled)
		require.Less(t, asked, int64(100))
	}
}

// Progress rises and is complete at the end, with rows that do not matter and without.
func TestColumnsProgress(t *testing.T) {
	rng := rand.New(rand.NewPCG(19, 20))
	f := funnel.Of(0, "a", "b", "c")
	for _, asOf := range []int64{-1, 300, 1000} {
		for _, workers := range []int{1, 2, 7} {
			c := shape{customers: 5000, rows: 200_000, seconds: 1000}.columns(rng, 3)
			done, calls := int64(0), 0
			progress := func(now, total int64) {
				if now <= done || total != 400_000 {
					panic("backwards, or of something else")
				}
				done = now
				calls++
			}
			_, err := c.Count(t.Context(), f, asOf, funnel.Run{Workers: workers, Progress: progress})
			require.NoError(t, err)
			require.EqualValues(t, 400_000, done)
			require.GreaterOrEqual(t, calls, 2)
		}
	}
}

// The memory of a call is at most 16 bytes a row, unless a few customers have all of them.
func TestColumnsMemory(t *testing.T) {
	if testing.CoverMode() != "" {
		t.Skip("counting statements allocates")
	}
	const rows = 400_000
	for _, customers := range []int{100, 4000, 40_000, 400_000} {
		c := shape{customers: customers, rows: rows, seconds: 1 << 30}.columns(rand.New(rand.NewPCG(21, 22)), 4)
		for _, workers := range []int{1, 2} {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			_, err := c.Count(t.Context(), funnel.Of(funnel.Day, "a", "b", "c", "d"), 1<<40, funnel.Run{Workers: workers})
			require.NoError(t, err)
			runtime.ReadMemStats(&after)
			require.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(16*rows), "%d customers, %d workers", customers, workers)
		}
	}
}

// FuzzColumns holds the counts of columns against those of the log.
func FuzzColumns(f *testing.F) {
	f.Add([]byte{1, 2, 3, 2, 1, 3, 0, 0, 1, 5, 5, 2}, uint8(0), uint8(0), int64(3), uint16(9), int64(0))
	f.Add([]byte("some events of some customers in no order at all, and one more of them again and again"), uint8(3), uint8(2), int64(0), uint16(1), int64(-1<<61))
	f.Fuzz(func(t *testing.T, data []byte, mode, ties uint8, window int64, customers uint16, from int64) {
		way := funnel.Of(max(window, 0), "a", "b", "c")
		way.Mode, way.Ties = modes[int(mode)%len(modes)], funnel.Ties(ties%3)
		from = min(max(from, -1<<61), 1<<61-255)
		c := funnel.Columns{Customers: 1 + int(customers)}
		for ; len(data) >= 3; data = data[3:] {
			c.Customer = append(c.Customer, uint32(int(data[0])%c.Customers))
			c.Time = append(c.Time, from+int64(data[1]))
			c.Step = append(c.Step, data[2]%4)
		}
		got, err := c.Count(t.Context(), way, from+200, funnel.Run{Workers: 2})
		require.NoError(t, err)
		require.Empty(t, cmp.Diff(fromLog(t, c, way, from+200), withoutTimes(got)))
	})
}
