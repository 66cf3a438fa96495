package main

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/calendar"
)

// small is the shop with fewer customers and another seed.
func small(seed uint64, customers int) *model {
	m := shop
	m.seed, m.customers = seed, customers
	return &m
}

func TestRepeatable(t *testing.T) {
	first := small(5, 50).history()
	require.Equal(t, first, small(5, 50).history())
	require.NotEqual(t, first, small(6, 50).history())
	require.Empty(t, small(5, 0).history())
}

func checkHistory(t *testing.T, m *model) {
	t.Helper()
	last := calendar.Date(0)
	seen := map[int]bool{}
	for _, o := range m.history() {
		require.True(t, m.days.Contains(o.day), "%v", o)
		require.GreaterOrEqual(t, o.day, last)
		last = o.day
		require.Positive(t, o.customer)
		require.LessOrEqual(t, o.customer, m.customers)
		require.Zero(t, o.cents%5)
		require.NotZero(t, o.cents)
		require.Contains(t, []string{"web", "app", "store"}, o.channel)
		if !seen[o.customer] {
			require.Positive(t, o.cents, "the first row of a customer is an order")
		}
		seen[o.customer] = true
	}
	require.Len(t, seen, m.customers)
}

// The model holds for other seeds than the one of the file.
func TestHistories(t *testing.T) {
	for seed := range uint64(50) {
		checkHistory(t, small(seed, int(seed)))
	}
}

func FuzzHistory(f *testing.F) {
	f.Add(uint64(1), uint8(10))
	f.Fuzz(func(t *testing.T, seed uint64, customers uint8) { checkHistory(t, small(seed, int(customers%40))) })
}

func TestCoarse(t *testing.T) {
	for cents, want := range map[int64]int64{0: 100, 99: 100, 102: 100, 103: 105, 107: 105, 108: 110, 12344: 12345, 12348: 12350} {
		require.Equal(t, want, coarse(cents), cents)
	}
}

func TestDemand(t *testing.T) {
	day := calendar.MustParse
	require.Equal(t, int64(115*103), demand(day("2026-10-30")), "a Friday in October")
	require.Equal(t, int64(123*142), demand(day("2026-12-19")), "the Saturday before Christmas")
	require.Equal(t, int64(115*142*35/100), demand(day("2026-12-25")), "a Friday, and Christmas")
	total, week := int64(0), int64(0)
	for _, p := range monthPercent {
		total += p
	}
	for _, p := range weekdayPercent {
		week += p
	}
	require.Equal(t, int64(1200), total, "the mean month is usual")
	require.Equal(t, int64(700), week, "and so is the mean day")
}

// A time is on the day whose end it has not reached.
func TestClock(t *testing.T) {
	days := calendar.Interval{From: calendar.MustParse("2026-02-26"), Until: calendar.MustParse("2026-03-02")}
	c := newClock(days, func(d calendar.Date) int64 { return int64(d.Weekday()) }) // Thursday 4, 5, 6, Sunday 0, Monday 1
	require.Equal(t, int64(16), c.total())
	require.Equal(t, int64(9), c.end(days.From+1))
	want := map[calendar.Date]int{days.From: 4, days.From + 1: 5, days.From + 2: 6, days.Until: 1, days.Until + 1: 2}
	got := map[calendar.Date]int{}
	for now := range c.total() + 2 {
		got[c.day(now)]++
	}
	require.Equal(t, want, got)
	require.Equal(t, time.Sunday, (days.Until - 1).Weekday(), "no time is on a day without weight")
}
