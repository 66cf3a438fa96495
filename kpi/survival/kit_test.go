package survival_test

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/kpi/survival"
)

// subjects is a sample of events at whole times, and of subjects censored at the
// times with a half: 5 is an event at 5, 5.5 is what R prints as 5+.
func subjects(tb testing.TB, times ...float64) *survival.Sample {
	tb.Helper()
	var s survival.Sample
	for _, v := range times {
		outcome := survival.Event
		if v != float64(int64(v)) {
			outcome = survival.Censored
		}
		require.NoError(tb, s.Add(int64(v), outcome))
	}
	return &s
}

func curve(tb testing.TB, s *survival.Sample, o survival.Options) survival.Curve {
	tb.Helper()
	c, err := s.Curve(o)
	require.NoError(tb, err)
	return c
}

// A subject is one row of a slow twin.
type subject struct {
	entry, time int64
	event       bool
}

func random(rng *rand.Rand, n, span int) []subject {
	all := make([]subject, n)
	for i := range all {
		x := subject{time: rng.Int64N(int64(span)), event: rng.IntN(3) > 0}
		if x.time > 1 && rng.IntN(4) == 0 {
			x.entry = rng.Int64N(x.time)
		}
		if rng.IntN(50) == 0 {
			x.time += 1 << 20 // beyond the times kept in a slice
		}
		all[i] = x
	}
	return all
}

func collect(tb testing.TB, all []subject) *survival.Sample {
	tb.Helper()
	var s survival.Sample
	for _, x := range all {
		outcome := survival.Censored
		if x.event {
			outcome = survival.Event
		}
		require.NoError(tb, s.AddLate(x.entry, x.time, outcome))
	}
	return &s
}

func bytesOf(tb testing.TB, s *survival.Sample) []byte {
	tb.Helper()
	data, err := s.MarshalBinary()
	require.NoError(tb, err)
	return data
}
