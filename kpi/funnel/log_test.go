package funnel_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/kpi/funnel"
)

func randomEvent(rng *rand.Rand) funnel.Event[int] {
	return funnel.Event[int]{
		Customer: rng.IntN(9) - 4, Time: rng.Int64N(20) - 10, Order: rng.Int64N(3) - 1,
		Name: string(names[rng.IntN(4)]), Attribute: []string{"", "web", "fair"}[rng.IntN(3)],
	}
}

// Merging is associative and commutative to the last byte, and so are the results.
func TestMerge(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	f := funnel.Of(6, "a", "b", "c")
	for range 60 {
		var parts [3]funnel.Log[int]
		for range rng.IntN(150) {
			require.NoError(t, parts[rng.IntN(3)].Add(randomEvent(rng)))
		}
		join := func(order ...int) *funnel.Log[int] {
			var all funnel.Log[int]
			for _, i := range order {
				require.NoError(t, all.Merge(&parts[i]))
			}
			return &all
		}
		one := join(0, 1, 2)
		want, err := one.MarshalBinary()
		require.NoError(t, err)
		got, err := join(2, 0, 1).AppendBinary([]byte("head"))
		require.NoError(t, err)
		require.Equal(t, "head"+string(want), string(got))
		left := join(0)
		require.NoError(t, left.Merge(join(1, 2)))
		left.Compact()
		got, err = left.MarshalBinary()
		require.NoError(t, err)
		require.Equal(t, want, got)

		var back funnel.Log[int]
		require.NoError(t, back.UnmarshalBinary(want))
		require.Equal(t, slices.Collect(one.All()), slices.Collect(back.All()))
		require.Equal(t, one.Customers(), back.Customers())
		require.Equal(t, one.Names(), back.Names())
		o := funnel.Options[int]{By: funnel.ByAnchor}
		fromOne, err := funnel.Analyze(one, f, 5, o)
		require.NoError(t, err)
		fromBack, err := funnel.Analyze(&back, f, 5, o)
		require.NoError(t, err)
		require.Equal(t, fromOne, fromBack)
		require.NoError(t, back.Merge(&back))
		require.Equal(t, 2*one.Events(), back.Events())
		require.NoError(t, back.AddAll(one.All()))
		require.Equal(t, 3*one.Events(), back.Events())
		for range back.All() {
			break // may be left early
		}
	}
}

func roundTrip[K interface{ string | int8 | uint16 }](t *testing.T, customers ...K) []byte {
	t.Helper()
	var l, back funnel.Log[K]
	for i, c := range customers {
		require.NoError(t, l.Add(funnel.Event[K]{Customer: c, Time: int64(i), Name: "a"}))
	}
	data, err := l.MarshalBinary()
	require.NoError(t, err)
	require.NoError(t, back.UnmarshalBinary(data))
	require.Equal(t, slices.Collect(l.All()), slices.Collect(back.All()))
	return data
}

func TestKeys(t *testing.T) {
	roundTrip(t, "", "b", "a")
	signed := roundTrip[int8](t, -128, 127, 0)
	unsigned := roundTrip[uint16](t, 65535, 0)
	require.ErrorIs(t, new(funnel.Log[int8]).UnmarshalBinary(unsigned), funnel.ErrFormat)
	require.ErrorIs(t, new(funnel.Log[uint8]).UnmarshalBinary(unsigned), funnel.ErrFormat, "does not fit")
	require.ErrorIs(t, new(funnel.Log[string]).UnmarshalBinary(signed), funnel.ErrFormat)
}

func TestLogRefuses(t *testing.T) {
	var l funnel.Log[string]
	err := l.Add(funnel.Event[string]{Customer: "a\n", Time: -1 << 62})
	require.EqualError(t, err, "funnel: event of customer \"a\\n\": name: missing\ntime: out of range: -4611686018427387904 seconds")
	require.ErrorIs(t, err, verdict.ErrMissing)
	err = l.AddAll(slices.Values([]funnel.Event[string]{{Name: "x"}, {}}))
	require.ErrorContains(t, err, "(event 1)")
	require.EqualValues(t, 1, l.Events())
}

func TestUnmarshalRefuses(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	var l funnel.Log[int]
	for range 12 {
		require.NoError(t, l.Add(randomEvent(rng)))
	}
	good, err := l.MarshalBinary()
	require.NoError(t, err)
	for i := range good {
		requireCanonical(t, good[:i])
		for bit := range 8 {
			data := slices.Clone(good)
			data[i] ^= 1 << bit
			requireCanonical(t, data)
		}
	}
	require.ErrorIs(t, l.UnmarshalBinary(append(good, 0)), funnel.ErrFormat)
	require.EqualValues(t, 12, l.Events(), "unchanged")
}

// requireCanonical checks that data are refused, or given back as they are.
func requireCanonical(t *testing.T, data []byte) {
	t.Helper()
	var l funnel.Log[int]
	if err := l.UnmarshalBinary(data); err != nil {
		require.ErrorIs(t, err, funnel.ErrFormat)
		return
	}
	again, err := l.MarshalBinary()
	require.NoError(t, err)
	require.Equal(t, data, again)
}

func FuzzFunnelLogUnmarshalBinary(f *testing.F) {
	rng := rand.New(rand.NewPCG(5, 6))
	for range 3 {
		var l funnel.Log[int]
		for range rng.IntN(9) {
			require.NoError(f, l.Add(randomEvent(rng)))
		}
		data, err := l.MarshalBinary()
		require.NoError(f, err)
		f.Add(data)
	}
	f.Add([]byte("CRMF\x01i\x01\x01a\x01\x00\xff\xff\xff\x0f"))
	f.Fuzz(requireCanonical)
}

// FuzzFunnelDepth holds the one pass against all anchors for events of any shape.
func FuzzFunnelDepth(f *testing.F) {
	f.Add([]byte{0, 0x10, 0x21, 0x32}, uint8(1), uint8(0), uint8(9))
	f.Add([]byte{0x10, 0x10, 0x10, 0x11, 0x12}, uint8(3), uint8(2), uint8(0))
	f.Fuzz(func(t *testing.T, data []byte, mode, ties, window uint8) {
		fun := funnel.Of(int64(window%32), "a", "b", "c")
		fun.Mode, fun.Ties = funnel.Mode(mode%6), funnel.Ties(ties%3)
		var l funnel.Log[int]
		var events []slowEvent
		for i, b := range data[:min(len(data), 12)] {
			e := slowEvent{at: int64(b >> 4), order: int64(i)}
			if b&15 < 12 {
				e.steps = []int{int(b & 15 % 3)}
			}
			name := []string{"a", "b", "c", "x"}[len(e.steps)*int(b&15%3)+3*(1-len(e.steps))]
			events = append(events, e)
			if err := l.Add(funnel.Event[int]{Time: e.at, Order: e.order, Name: name}); err != nil {
				t.Fatal(err)
			}
		}
		got, err := funnel.Analyze(&l, fun, 100, funnel.Options[int]{})
		require.NoError(t, err)
		require.Equal(t, slowDepth(fun, events), depth(got.Steps))
	})
}

// A word is an enumeration value.
type word interface {
	comparable
	String() string
	IsValid() bool
	MarshalText() ([]byte, error)
}

func requireWord[W word](t *testing.T, text string, parse func(string) (W, error), unmarshal func([]byte) (W, error)) {
	t.Helper()
	var zero W
	w, err := parse(text)
	v, errText := unmarshal([]byte(text))
	require.Equal(t, err == nil || text == "", errText == nil, "the empty text is the zero value")
	require.Equal(t, w, v)
	require.Equal(t, err == nil, w.IsValid())
	if err != nil {
		require.Equal(t, zero, w)
		return
	}
	b, err := w.MarshalText()
	require.NoError(t, err)
	require.Equal(t, w.String(), string(b))
	again, err := parse(w.String()) // in any case, with spaces or hyphens, but written in one way
	require.NoError(t, err)
	require.Equal(t, w, again)
}

func FuzzFunnelWords(f *testing.F) {
	for _, s := range []string{"ordered", "strict_time", "adjacent", "any_order", "first_touch", "in_order", "simultaneous", "by_anchor", "by_customer", "", "no"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		requireWord(t, text, funnel.ParseMode, func(b []byte) (m funnel.Mode, err error) { err = m.UnmarshalText(b); return m, err })
		requireWord(t, text, funnel.ParseTies, func(b []byte) (m funnel.Ties, err error) { err = m.UnmarshalText(b); return m, err })
		requireWord(t, text, funnel.ParseGrouping, func(b []byte) (m funnel.Grouping, err error) { err = m.UnmarshalText(b); return m, err })
	})
}
