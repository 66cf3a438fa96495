package calendar_test

import (
	"encoding/json"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/calendar"
)

// requireJSON checks that v and its JSON form are made into each other.
func requireJSON[T any](t *testing.T, want string, v T) {
	t.Helper()
	data, err := json.Marshal(v)
	require.NoError(t, err)
	require.JSONEq(t, want, string(data))
	var back T
	require.NoError(t, json.Unmarshal(data, &back))
	require.Empty(t, cmp.Diff(v, back))
}

func TestInterval(t *testing.T) {
	march := calendar.MustParseMonth("2027-03").Interval()
	require.True(t, march.IsValid())
	require.True(t, march.Contains(date("2027-03-01")))
	require.True(t, march.Contains(date("2027-03-31")))
	require.False(t, march.Contains(date("2027-02-28")))
	require.False(t, march.Contains(date("2027-04-01")))
	require.False(t, march.Contains(0))
	n, ok := march.Len()
	require.True(t, ok)
	require.Equal(t, 31, n)
	require.Len(t, slices.Collect(march.Days()), 31)

	always := calendar.Interval{}
	require.True(t, always.IsValid())
	require.True(t, always.Contains(calendar.MinDate))
	require.True(t, always.Contains(calendar.MaxDate))
	require.False(t, always.Contains(0))
	require.Equal(t, "../..", always.String())
	for _, i := range []calendar.Interval{always, {From: march.From}, {Until: march.From}} {
		_, ok = i.Len()
		require.False(t, ok, "%v", i)
	}
	for d := range always.Days() {
		require.Equal(t, calendar.MinDate, d)
		break
	}
	for _, bad := range []calendar.Interval{{From: 5, Until: 4}, {From: -1}, {Until: -1}, {From: calendar.MaxDate + 1}, {From: 5, Until: calendar.MaxDate + 1}} {
		require.False(t, bad.IsValid())
		require.False(t, bad.Contains(4))
		require.False(t, bad.Contains(5))
		require.False(t, bad.Overlaps(always))
		require.False(t, always.Overlaps(bad))
		require.Empty(t, slices.Collect(bad.Days()))
		_, ok = bad.Len()
		require.False(t, ok)
	}
}

func TestIntervalIntersect(t *testing.T) {
	for _, c := range [][3]string{
		{"2027-01-01/2027-03-31", "2027-03-01/2027-05-31", "2027-03-01/2027-03-31"},
		{"2027-01-01/2027-03-31", "2027-03-31/2027-05-31", "2027-03-31/2027-03-31"},
		{"2027-01-01/2027-03-31", "2027-04-01/2027-05-31", ""},
		{"2027-01-01/..", "../2027-02-01", "2027-01-01/2027-02-01"},
		{"2027-03-01/..", "../2027-02-01", ""},
		{"2027-01-01/..", "2027-02-01/..", "2027-02-01/.."},
		{"../2027-01-01", "../2027-02-01", "../2027-01-01"},
		{"../..", "../..", "../.."},
		{"../..", "2027-01-01/2027-01-01", "2027-01-01/2027-01-01"},
	} {
		a, b := interval(c[0]), interval(c[1])
		for range 2 {
			both, ok := a.Intersect(b)
			require.Equal(t, c[2] != "", ok, "%v", c)
			require.Equal(t, ok, a.Overlaps(b))
			if ok {
				require.Equal(t, c[2], both.String())
			}
			a, b = b, a
		}
	}
}

// interval reads what Interval.String writes.
func interval(s string) calendar.Interval {
	from, until, _ := strings.Cut(s, "/")
	return calendar.Interval{From: date(strings.Trim(from, ".")), Until: date(strings.Trim(until, "."))}
}

func TestIntervalJSON(t *testing.T) {
	for want, i := range map[string]calendar.Interval{
		`{}`:                     {},
		`{"from":"2027-01-01"}`:  interval("2027-01-01/.."),
		`{"until":"2027-01-01"}`: interval("../2027-01-01"),
		`{"from":"2027-01-01","until":"2027-01-02"}`: interval("2027-01-01/2027-01-02"),
	} {
		requireJSON(t, want, i)
	}
}

// An Interval is a set of days: its methods agree with sets of small dates.
func FuzzInterval(f *testing.F) {
	f.Add(int32(0), int32(0), int32(3), int32(9))
	f.Add(int32(5), int32(4), int32(0), int32(9))
	f.Add(int32(1), int32(3652059), int32(3652060), int32(-1))
	f.Fuzz(func(t *testing.T, a, b, c, d int32) {
		i := calendar.Interval{From: Date(a), Until: Date(b)}
		j := calendar.Interval{From: Date(c), Until: Date(d)}
		both, ok := i.Intersect(j)
		for _, at := range []Date{i.From, i.Until, j.From, j.Until, calendar.MinDate, calendar.MaxDate} {
			for _, day := range []Date{at - 1, at, at + 1} {
				in := i.Contains(day) && j.Contains(day)
				require.Equal(t, in, ok && both.Contains(day), "%v in %v and %v", day, i, j)
			}
		}
		require.Equal(t, ok, j.Overlaps(i))
		if n, ok := i.Len(); ok {
			require.True(t, i.IsValid())
			require.True(t, i.Contains(i.From+Date(n)-1))
			require.False(t, i.Contains(i.From+Date(n)))
		}
	})
}

func TestIntervalAgainstSets(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	small := func() calendar.Interval {
		return calendar.Interval{From: Date(r.IntN(12)), Until: Date(r.IntN(12))}
	}
	for range 20_000 {
		i, j := small(), small()
		both, ok := i.Intersect(j)
		common := 0
		for d := Date(1); d <= 12; d++ { // 12 stands for all days after 11
			in := i.Contains(d) && j.Contains(d)
			require.Equal(t, in, ok && both.Contains(d), "%v in %v and %v", d, i, j)
			if in {
				common++
			}
		}
		require.Equal(t, common > 0, ok, "%v and %v", i, j)
		require.Equal(t, ok, i.Overlaps(j))
		if n, closed := both.Len(); ok && closed {
			require.Equal(t, common, n)
		}
	}
}
