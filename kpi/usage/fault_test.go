package usage_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/kpi"
	"github.com/crmrollout/crm/kpi/usage"
)

func paths(err error) (all []string) {
	for _, f := range verdict.FaultsOf(errors.Unwrap(err)) {
		all = append(all, f.Path)
	}
	return all
}

// Every fault of the arguments is reported, with its path.
func TestFaults(t *testing.T) {
	l := events{{1, 100, "login"}}.log()
	bad := options{Actions: []string{"a", "", "a"}, Except: []string{""}, Observed: calendar.Interval{From: 5, Until: 4}}
	backwards := calendar.Interval{From: 100, Until: 99}
	ofOptions := []string{"options.actions[1]", "options.actions[2]", "options.except[0]", "options.observed.until"}
	_, err := usage.Rolling(l, backwards, bad, 0, 5, 5)
	require.Equal(t, append(slices.Clone(ofOptions), "observation.until", "windows[0]", "windows[2]"), paths(err))
	_, err = usage.Rolling(l, calendar.Interval{}, options{})
	require.Equal(t, []string{"observation.until"}, paths(err))
	_, err = usage.Calendar(l, backwards, 9, bad)
	require.Equal(t, append(slices.Clone(ofOptions), "observation.until", "unit"), paths(err))
	_, err = usage.Adoption(l, calendar.Interval{From: -1}, bad)
	require.Equal(t, append(slices.Clone(ofOptions), "days.from", "days.until"), paths(err))
	_, err = usage.Work(l, backwards, nil, bad)
	require.Equal(t, append(slices.Clone(ofOptions), "days.until", "valued"), paths(err))
	_, err = usage.PowerCurve(l, backwards, 0, bad)
	require.Equal(t, append(slices.Clone(ofOptions), "observation.until", "days"), paths(err))
	_, err = usage.ByGroup(l, backwards, []usage.Seats{{"a", -1}, {"", 1<<63 - 1}, {"", 1}}, nil, bad)
	require.Equal(t, append(slices.Clone(ofOptions), "days.until", "seats[0].users", "seats[2].group", "seats[2].users", "groupOf"), paths(err))
	twice := func(yield func(int, calendar.Date) bool) { _ = yield(1, 0) && yield(2, 5) && yield(2, 6) }
	_, err = usage.FirstValue(l, twice, 0, bad)
	require.Equal(t, append(slices.Clone(ofOptions), "end", "starts[1]", "starts[2]"), paths(err))
}

func TestLogRefuses(t *testing.T) {
	var l usage.Log[string]
	err := l.Add(usage.Event[string]{User: "a\n"})
	require.ErrorIs(t, err, verdict.ErrMissing)
	require.EqualError(t, err, "usage: event of user \"a\\n\": action: missing\nday: missing")
	require.ErrorIs(t, l.Add(usage.Event[string]{Action: "x", Day: -1}), verdict.ErrRange)
	err = l.AddAll(slices.Values([]usage.Event[string]{{"a", 7, "x"}, {"a", 7, ""}}))
	require.ErrorContains(t, err, "(event 1)")
	require.EqualValues(t, 1, l.Events())
}

func TestUnmarshalRefuses(t *testing.T) {
	good, err := events{{1, 100, "login"}, {1, 101, "note"}}.log().MarshalBinary()
	require.NoError(t, err)
	empty, err := new(kpi.History[int]).MarshalBinary()
	require.NoError(t, err)
	var paid kpi.History[int]
	require.NoError(t, paid.Add(1, 100, 5))
	amounts, err := paid.MarshalBinary()
	require.NoError(t, err)
	one := func(action string, history []byte) string {
		return "CRMU\x01\x01" + string(rune(len(action))) + action + string(rune(len(history))) + string(history)
	}
	for _, data := range []string{
		"", "CRMU", "CRMU\x02\x00", "CRMU\x01", "CRMU\x01\x80\x00", "CRMU\x01\x05", string(good) + "x", string(good[:len(good)-1]),
		one("login", empty), one("login", amounts), one("", amounts), one("login", nil),
	} {
		l := *events{{5, 5, "x"}}.log()
		require.ErrorIs(t, l.UnmarshalBinary([]byte(data)), usage.ErrFormat, "%q", data)
		require.EqualValues(t, 1, l.Events(), "unchanged")
	}
	for i := range good {
		for _, flip := range []byte{1, 0x80} {
			data := slices.Clone(good)
			data[i] ^= flip
			requireCanonical(t, data)
		}
	}
}

// requireCanonical checks that data are refused, or given back as they are.
func requireCanonical(t *testing.T, data []byte) {
	t.Helper()
	var l usage.Log[int]
	if err := l.UnmarshalBinary(data); err != nil {
		require.ErrorIs(t, err, usage.ErrFormat)
		return
	}
	again, err := l.MarshalBinary()
	require.NoError(t, err)
	require.Equal(t, data, again)
}

func FuzzUsageLogUnmarshalBinary(f *testing.F) {
	for _, es := range []events{nil, {{1, 100, "login"}, {-1, 101, "note"}, {1, 100, "login"}}} {
		data, err := es.log().MarshalBinary()
		require.NoError(f, err)
		f.Add(data)
	}
	f.Add([]byte("CRMU\x01\x7f\x01a\x05CRMH\x01"))
	f.Fuzz(requireCanonical)
}

func FuzzUsageUnit(f *testing.F) {
	for _, word := range []string{"week", "month", "quarter", "", "none"} {
		f.Add(word)
	}
	f.Fuzz(func(t *testing.T, word string) {
		u, err := usage.ParseUnit(word)
		require.Equal(t, err == nil, u.IsValid())
		v := usage.Week
		errText := v.UnmarshalText([]byte(word))
		require.Equal(t, err == nil || word == "", errText == nil, "the empty text is the zero value")
		if err == nil {
			require.Equal(t, u, v)
			text, err := u.MarshalText()
			require.NoError(t, err)
			require.Equal(t, u.String(), string(text))
			again, err := usage.ParseUnit(u.String()) // in any case, but written in one way
			require.NoError(t, err)
			require.Equal(t, u, again)
		}
		if errText != nil {
			require.Equal(t, usage.Week, v, "unchanged")
		}
	})
}
