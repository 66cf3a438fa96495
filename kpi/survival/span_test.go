package survival_test

import (
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/kpi"
	"github.com/crmrollout/crm/kpi/survival"
)

var day = calendar.MustParse

func TestFromSpans(t *testing.T) {
	spans := []survival.Span{
		{Start: day("2027-01-01"), End: day("2027-01-01")}, // 0 days
		{Start: day("2027-01-01"), End: day("2027-03-31")}, // on the last day: an event
		{Start: day("2027-01-01"), End: day("2027-04-01")}, // after it: censored
		{Start: day("2027-03-01")},
		{Start: day("2027-04-01")}, // not begun
	}
	s, taken, err := survival.FromSpans(slices.Values(spans), survival.Window{AsOf: day("2027-03-31")})
	require.NoError(t, err)
	require.Equal(t, survival.Taken{Events: 2, Censored: 2, NotBegun: 1}, taken)
	require.Equal(t, []survival.Count{{0, 4, 1, 0, 0}, {30, 3, 0, 1, 0}, {89, 2, 1, 1, 0}}, slices.Collect(s.Counts()))

	// Records begin on 1 March.
	s, taken, err = survival.FromSpans(slices.Values(spans), survival.Window{From: day("2027-03-01"), AsOf: day("2027-03-31")})
	require.NoError(t, err)
	require.Equal(t, survival.Taken{Events: 1, Censored: 2, Unseen: 1, NotBegun: 1}, taken)
	require.Equal(t, []survival.Count{{30, 1, 0, 1, 0}, {59, 0, 0, 0, 2}, {89, 2, 1, 1, 0}}, slices.Collect(s.Counts()))
}

func TestFromSpansRefuses(t *testing.T) {
	spans := []survival.Span{{}, {Start: day("2027-02-01"), End: day("2027-01-01")}, {Start: -3}}
	_, _, err := survival.FromSpans(slices.Values(spans), survival.Window{From: day("2027-05-01"), AsOf: day("2027-03-31")})
	for _, path := range []string{"from: ", "spans[0].start: ", "spans[1].end: ", "spans[2].start: "} {
		require.ErrorContains(t, err, path)
	}
	_, _, err = survival.FromSpans(slices.Values(spans[:0]), survival.Window{})
	require.ErrorIs(t, err, verdict.ErrMissing)
	require.ErrorContains(t, err, "survival: asOf")
}

func TestFromHistory(t *testing.T) {
	var h kpi.History[string]
	for _, o := range []struct {
		who, on string
		minor   int64
	}{
		{"ann", "2027-01-01", 5}, {"ann", "2027-01-31", 5}, {"ann", "2027-03-02", 5}, // gaps of 30 days: active throughout
		{"bea", "2027-01-01", 5}, {"bea", "2027-02-01", 5}, {"bea", "2027-03-01", 5}, // a gap of 31: gone on 31 January
		{"cat", "2027-02-20", 0},                            // active without money
		{"dee", "2027-02-01", 5}, {"dee", "2027-02-10", -5}, // a refund is no order
		{"eva", "2027-02-02", -5}, // nor a customer
		{"fin", "2027-05-01", 5},  // after the day asked for
	} {
		require.NoError(t, h.Add(o.who, day(o.on), o.minor))
	}
	rule := survival.Rule{Inactive: 30}
	spans := maps.Collect(survival.Spans(&h, day("2027-03-03"), rule))
	require.Equal(t, map[string]survival.Span{
		"ann": {Start: day("2027-01-01")},
		"bea": {Start: day("2027-01-01"), End: day("2027-01-31")},
		"cat": {Start: day("2027-02-20")},
		"dee": {Start: day("2027-02-01"), End: day("2027-03-03")},
	}, spans)

	s, taken, err := survival.FromHistory(&h, day("2027-03-03"), rule)
	require.NoError(t, err)
	require.Equal(t, survival.Taken{Events: 2, Censored: 2}, taken)
	require.Equal(t, int64(4), s.Subjects())

	for range survival.Spans(&h, day("2027-03-03"), rule) {
		break // the iterator may be left early
	}
	_, _, err = survival.FromHistory(&h, 0, survival.Rule{Amounts: 9})
	for _, path := range []string{"asOf: ", "rule.inactive: ", "rule.amounts: "} {
		require.ErrorContains(t, err, path)
	}
}

// The slow twin asks on every day whether there was an order within the days before.
func TestSpansAgainstSlowTwin(t *testing.T) {
	rng := rand.New(rand.NewPCG(9, 10))
	first := day("2027-01-01")
	for range 30 {
		var h kpi.History[int]
		orders := map[int]map[calendar.Date]bool{}
		for who := range 20 {
			orders[who] = map[calendar.Date]bool{}
			for range 1 + rng.IntN(12) {
				d := first.AddDays(rng.IntN(200))
				orders[who][d] = true
				require.NoError(t, h.Add(who, d, 1))
			}
		}
		asOf, rule := first.AddDays(rng.IntN(220)), survival.Rule{Inactive: 1 + rng.IntN(60)}
		want := map[int]survival.Span{}
		for who, days := range orders {
			var span survival.Span
			for d := first; d <= asOf && span.End == 0; d++ {
				if days[d] && span.Start == 0 {
					span.Start = d
				}
				active := false
				for back := range rule.Inactive {
					active = active || days[d.AddDays(-back)]
				}
				if span.Start != 0 && !active {
					span.End = d
				}
			}
			if span.Start != 0 {
				want[who] = span
			}
		}
		require.Equal(t, want, maps.Collect(survival.Spans(&h, asOf, rule)))
	}
}
