package calendar_test

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/calendar"
)

func readJSON(t *testing.T, file string, v any) {
	t.Helper()
	data, err := os.ReadFile("testdata/" + file)
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(data, v))
}

// days makes holidays or extra days of text.
func days(list ...string) (all []Date) {
	for _, s := range list {
		all = append(all, date(s))
	}
	return all
}

func singles(list []Date) (all []calendar.Holiday) {
	for _, d := range list {
		all = append(all, calendar.Holiday{Date: d})
	}
	return all
}

// mask reads numpy's form of a week, such as 1111100.
func mask(s string) (w calendar.Weekdays) {
	for i, c := range s {
		if c == '1' {
			w |= 1 << i
		}
	}
	return w
}

func TestWorkingAgainstNumpy(t *testing.T) {
	var rows []struct {
		Mask     string `json:"weekmask_mon_first"`
		Holidays []Date
		Date     Date
		Forward  Date `json:"roll_forward"`
		Back     Date `json:"roll_back"`
		N        int
		Offset   Date `json:"offset_from_roll_forward"`
		To       Date
		Count    int `json:"count_half_open"`
	}
	readJSON(t, "workdays_numpy.json", &rows)
	require.Len(t, rows, 200)
	for i, row := range rows {
		w := calendar.Pattern{Week: mask(row.Mask), Holidays: singles(row.Holidays)}.MustCompile()
		require.Equal(t, row.Forward, w.Next(row.Date), "row %d", i)
		require.Equal(t, row.Back, w.Previous(row.Date), "row %d", i)
		require.Equal(t, row.Offset, w.Add(row.Date, row.N), "row %d", i)
		n, ok := w.Count(row.Date, row.To)
		require.True(t, ok)
		require.Equal(t, row.Count, n, "row %d", i)
		n, _ = w.Count(row.To, row.Date)
		require.Equal(t, -row.Count, n, "row %d", i)
	}
}

// CP-16: the finish of an activity is its start plus its length in working
// days, in each of several calendars of one plan.
func TestWorkingAgainstTaskJuggler(t *testing.T) {
	type activities []struct {
		ID            string
		Days          int `json:"working_days"`
		Start, Finish Date
	}
	var plans struct {
		Single struct {
			Calendar   struct{ Holidays []Date }
			Activities activities
		} `json:"single_calendar"`
		Multi struct {
			Holidays   []Date
			Calendars  map[string]string
			Activities activities
		} `json:"multi_calendar"`
	}
	readJSON(t, "calendar_tj3.json", &plans)
	check := func(w *calendar.Working, a activities, only string) {
		for _, act := range a {
			if only != "" && act.ID != only {
				continue
			}
			require.Equal(t, act.Finish, w.Add(act.Start, act.Days-1), act.ID)
			n, ok := w.CountIn(calendar.Interval{From: act.Start, Until: act.Finish})
			require.True(t, ok)
			require.Equal(t, act.Days, n, act.ID)
		}
	}
	single := calendar.Pattern{Week: calendar.MondayToFriday, Holidays: singles(plans.Single.Calendar.Holidays)}
	check(single.MustCompile(), plans.Single.Activities, "")

	leave := calendar.Holiday{Date: date("2026-04-13"), Until: date("2026-04-17")}
	weeks := map[string]calendar.Pattern{
		"Mon-Fri":                {Week: calendar.MondayToFriday},
		"Mon-Thu":                {Week: calendar.MondayToFriday &^ calendar.Friday},
		"Sun-Thu":                {Week: calendar.MondayToFriday&^calendar.Friday | calendar.Sunday},
		"Mon-Fri less 13-17 Apr": {Week: calendar.MondayToFriday, Holidays: []calendar.Holiday{leave}},
	}
	for id, name := range plans.Multi.Calendars {
		p, ok := weeks[name]
		require.True(t, ok, name)
		p.Holidays = append(slices.Clip(p.Holidays), singles(plans.Multi.Holidays)...)
		check(p.MustCompile(), plans.Multi.Activities, id)
	}
}

// randomPattern returns a pattern with exceptions within 1 to 200 days of at.
func randomPattern(r *rand.Rand, at Date) calendar.Pattern {
	p := calendar.Pattern{Week: calendar.Weekdays(r.IntN(128))}
	for range r.IntN(12) {
		h := calendar.Holiday{Date: at + Date(r.IntN(200))}
		if r.IntN(2) == 0 {
			h.Until = h.Date + Date(r.IntN(12))
		}
		p.Holidays = append(p.Holidays, h)
	}
	for range r.IntN(12) {
		p.Extra = append(p.Extra, at+Date(r.IntN(200)))
	}
	return p
}

func TestWorkingAgainstSlowTwin(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	compiled := 0
	for range 150 {
		at := date("2027-01-01") + Date(r.IntN(7))
		p := randomPattern(r, at)
		w, err := p.Compile()
		if err != nil {
			require.ErrorIs(t, err, calendar.ErrNeverWorks)
			continue
		}
		compiled++
		s := slow{pattern: p, first: at - 400, last: at + 600}
		if p.Week == 0 { // the result may lie anywhere, but there are few
			s.first, s.last = at-20, at+220
		}
		for d := at - 5; d <= at+210; d++ {
			if w.IsWorking(d) != s.works(d) || w.Next(d) != s.next(d) || w.Previous(d) != s.previous(d) {
				t.Fatalf("%v: %v, next %v, previous %v, of %+v", d, w.IsWorking(d), w.Next(d), w.Previous(d), p)
			}
		}
		for range 30 {
			d, e, n := at+Date(r.IntN(210)), at+Date(r.IntN(210)), r.IntN(61)-30
			require.Equal(t, s.add(d, n), w.Add(d, n), "%v %d %+v", d, n, p)
			got, ok := w.Count(d, e)
			require.True(t, ok)
			require.Equal(t, s.count(d, e), got, "%v %v %+v", d, e, p)
		}
		requireWorkingInvariants(t, w, at+Date(r.IntN(210)), r.IntN(61)-30)
	}
	require.Greater(t, compiled, 125)
}

// requireWorkingInvariants checks what holds for any calendar, date and n.
func requireWorkingInvariants(t *testing.T, w *calendar.Working, d Date, n int) {
	t.Helper()
	if to := w.Add(d, n); to != 0 {
		require.True(t, w.IsWorking(to))
		got, ok := w.Count(d, to)
		require.True(t, ok)
		require.Equal(t, n, got)
		require.Equal(t, w.Next(d), w.Add(to, -n))
	}
	next, previous := w.Next(d), w.Previous(d)
	require.Equal(t, w.IsWorking(d), next == d && d.IsValid())
	require.Equal(t, w.IsWorking(d), previous == d && d.IsValid())
	if rank, ok := w.Rank(d); ok {
		require.Equal(t, next, w.Nth(rank))
		whole, ok := w.CountIn(calendar.Interval{From: calendar.MinDate, Until: d})
		require.True(t, ok)
		require.Equal(t, previous, w.Nth(whole-1))
		if w.IsWorking(d) {
			require.Equal(t, rank+1, whole)
		}
	}
}

func TestWorkingEndsOfRange(t *testing.T) {
	w := calendar.Pattern{Week: calendar.MondayToFriday}.MustCompile()
	require.Equal(t, calendar.MinDate, w.Next(calendar.MinDate))
	require.Equal(t, calendar.MaxDate, w.Previous(calendar.MaxDate))
	require.Equal(t, calendar.MaxDate, w.Next(calendar.MaxDate))
	require.Zero(t, w.Add(calendar.MinDate, -1))
	require.Zero(t, w.Add(calendar.MaxDate, 1))
	total, ok := w.CountIn(calendar.Interval{From: calendar.MinDate, Until: calendar.MaxDate})
	require.True(t, ok)
	require.Equal(t, 521722*5+5, total, "whole weeks, and Monday to Friday of the last")
	require.Equal(t, calendar.MaxDate, w.Nth(total-1))
	require.Zero(t, w.Nth(total))
	require.Zero(t, w.Nth(-1))
	require.Equal(t, calendar.MaxDate, w.Add(calendar.MinDate, total-1))
	require.Equal(t, calendar.MinDate, w.Add(calendar.MaxDate, 1-total))

	weekend := calendar.Pattern{Week: calendar.Saturday | calendar.Sunday}.MustCompile()
	require.Zero(t, weekend.Next(calendar.MaxDate), "the last day is a Friday")
	require.Zero(t, weekend.Previous(calendar.MinDate), "the first day is a Monday")
	require.Zero(t, weekend.Previous(calendar.MinDate+4))
	require.Equal(t, calendar.MinDate+5, weekend.Previous(calendar.MinDate+5))
}

func TestWorkingNoDate(t *testing.T) {
	w := calendar.Pattern{Week: calendar.EveryDay}.MustCompile()
	for _, d := range []Date{0, -1, calendar.MaxDate + 1, math.MaxInt32, math.MinInt32} {
		require.False(t, w.IsWorking(d))
		require.Zero(t, w.Next(d))
		require.Zero(t, w.Previous(d))
		require.Zero(t, w.Add(d, 1))
		require.Empty(t, slices.Collect(w.Days(d, 5)))
		require.Empty(t, slices.Collect(w.Days(5, d)))
		for _, ends := range [][2]Date{{d, 5}, {5, d}, {d, d}} {
			n, ok := w.Count(ends[0], ends[1])
			require.False(t, ok)
			require.Zero(t, n)
		}
		_, ok := w.Rank(d)
		require.False(t, ok)
		_, ok = w.CountIn(calendar.Interval{From: d, Until: 5})
		require.False(t, ok)
		_, ok = w.CountIn(calendar.Interval{From: 5, Until: d})
		require.False(t, ok)
	}
	_, ok := w.CountIn(calendar.Interval{From: 5, Until: 4})
	require.False(t, ok)
	for _, n := range []int{math.MaxInt, math.MinInt, int(calendar.MaxDate), -int(calendar.MaxDate)} {
		require.Zero(t, w.Add(5, n))
	}
	require.Zero(t, w.Nth(math.MaxInt))
	require.Zero(t, w.Nth(math.MinInt))

	var zero calendar.Working
	require.False(t, zero.IsWorking(5))
	require.Zero(t, zero.Next(5))
	require.Zero(t, zero.Previous(5))
	require.Zero(t, zero.Add(5, 1))
	n, ok := zero.Count(5, 9)
	require.True(t, ok)
	require.Zero(t, n)
	require.Empty(t, slices.Collect(zero.Days(1, 9)))
}

// A plan asks one calendar from many goroutines; run with -race.
func TestWorkingIsShared(t *testing.T) {
	w := big(1000).MustCompile()
	want := w.Add(date("2027-01-01"), 250)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for i := range 500 {
				d := w.Add(date("2027-01-01"), 250+i)
				if n, _ := w.Count(want, d); n != i {
					t.Errorf("%d working days, want %d", n, i)
				}
				w.Pattern()
			}
		})
	}
	wg.Wait()
}

func TestWorkingAllocations(t *testing.T) {
	w := big(1000).MustCompile()
	d, e := date("2027-06-05"), date("2090-01-01")
	for name, f := range map[string]func(){
		"IsWorking": func() { w.IsWorking(d) },
		"Next":      func() { w.Next(d) },
		"Previous":  func() { w.Previous(d) },
		"Add":       func() { w.Add(d, 12345) },
		"Count":     func() { w.Count(d, e) },
		"CountIn":   func() { w.CountIn(calendar.Interval{From: d, Until: e}) },
		"Rank":      func() { w.Rank(d) },
		"Nth":       func() { w.Nth(500_000) },
		"Days": func() {
			for range w.Days(d, d+30) {
			}
		},
	} {
		require.Zero(t, testing.AllocsPerRun(100, f), name)
	}
}

// FuzzWorking compares random calendars with the slow twin.
func FuzzWorking(f *testing.F) {
	f.Add(uint64(1), int16(0), int8(5))
	f.Add(uint64(2), int16(100), int8(-5))
	f.Fuzz(func(t *testing.T, seed uint64, offset int16, n int8) {
		at := date("2027-01-01")
		p := randomPattern(rand.New(rand.NewPCG(seed, 0)), at)
		w, err := p.Compile()
		if err != nil {
			return
		}
		d, n8 := at+Date(offset%250), int(n%40)
		s := slow{pattern: p, first: d - 700, last: d + 700}
		require.Equal(t, s.next(d), w.Next(d))
		require.Equal(t, s.previous(d), w.Previous(d))
		require.Equal(t, s.add(d, n8), w.Add(d, n8))
		requireWorkingInvariants(t, w, d, n8)
	})
}
