package ledger_test

import (
	"bytes"
	"cmp"
	"fmt"
	"maps"
	"math"
	"math/big"
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/kpi/internal/ledger"
)

// slow is the readable twin: a map with exact sums.
type slow[K ledger.Key] map[spot[K]]*total

type spot[K ledger.Key] struct {
	key  K
	day  calendar.Date
	sign int
}

type total struct {
	n   int64
	sum *big.Int
}

func (s slow[K]) add(key K, day calendar.Date, minor int64, n int64) {
	at := spot[K]{key, day, cmp.Compare(minor, 0)}
	if s[at] == nil {
		s[at] = &total{sum: new(big.Int)}
	}
	s[at].n += n
	s[at].sum.Add(s[at].sum, big.NewInt(minor))
}

func (s slow[K]) String() string {
	spots := slices.SortedFunc(maps.Keys(s), func(a, b spot[K]) int {
		return cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(a.day, b.day), cmp.Compare(a.sign, b.sign))
	})
	var b bytes.Buffer
	for _, at := range spots {
		fmt.Fprintln(&b, at.key, at.day, at.sign, s[at].n, s[at].sum)
	}
	return b.String()
}

// contents reads a log row by row into the twin.
func contents[K ledger.Key](l *ledger.Log[K]) slow[K] {
	s := slow[K]{}
	c := l.Columns()
	for i, who := range c.Who {
		s.add(l.Keys()[who], c.Day[i], c.Sum[i], int64(c.N[i]))
	}
	return s
}

func encode[K ledger.Key](t *testing.T, l *ledger.Log[K]) []byte {
	t.Helper()
	b, err := l.AppendBinary(nil)
	require.NoError(t, err)
	return b
}

func amount(rng *rand.Rand) int64 {
	switch rng.IntN(12) {
	case 0:
		return 0
	case 1:
		return -int64(rng.IntN(1000))
	case 2:
		return math.MaxInt64 - int64(rng.IntN(3))
	case 3:
		return math.MinInt64 + int64(rng.IntN(3))
	default:
		return int64(rng.IntN(10_000))
	}
}

func testAgainstTwin[K ledger.Key](t *testing.T, key func(*rand.Rand) K) {
	t.Helper()
	rng := rand.New(rand.NewPCG(1, 2))
	for range 15 {
		want := slow[K]{}
		var whole ledger.Log[K]
		var parts [3]ledger.Log[K]
		for range rng.IntN(300) {
			k, day, minor := key(rng), calendar.MinDate+calendar.Date(rng.IntN(20)), amount(rng)
			want.add(k, day, minor, 1)
			require.NoError(t, whole.Add(k, day, minor))
			require.NoError(t, parts[rng.IntN(3)].Add(k, day, minor))
		}
		parts[rng.IntN(3)].Compact()
		merged := &ledger.Log[K]{}
		for _, i := range rng.Perm(3) {
			require.NoError(t, merged.Merge(&parts[i]))
		}
		require.Equal(t, want.String(), contents(&whole).String())
		require.Equal(t, want.String(), contents(whole.Canonical()).String())
		bytes := encode(t, &whole)
		require.Equal(t, bytes, encode(t, merged), "the same events, the same bytes")
		var back ledger.Log[K]
		require.NoError(t, back.UnmarshalBinary(bytes))
		require.True(t, back.IsCanonical())
		require.Equal(t, bytes, encode(t, &back))
		require.Equal(t, want.String(), contents(&back).String())
		require.Equal(t, whole.Events(), back.Events())
		require.NoError(t, back.Add(key(rng), calendar.MinDate, 1), "a log that was read takes more")
		require.False(t, back.IsCanonical())
	}
}

type name string
type number int16

func TestAgainstTwin(t *testing.T) {
	t.Run("string", func(t *testing.T) {
		testAgainstTwin(t, func(r *rand.Rand) string { return fmt.Sprint("c", r.IntN(40)) })
	})
	t.Run("named string", func(t *testing.T) {
		testAgainstTwin(t, func(r *rand.Rand) name { return name(fmt.Sprint(r.IntN(40), "\xff")) })
	})
	t.Run("int", func(t *testing.T) { testAgainstTwin(t, func(r *rand.Rand) int { return r.IntN(9) - 4 }) })
	t.Run("int64", func(t *testing.T) {
		testAgainstTwin(t, func(r *rand.Rand) int64 { return []int64{math.MinInt64, -1, 0, math.MaxInt64}[r.IntN(4)] })
	})
	t.Run("int32", func(t *testing.T) { testAgainstTwin(t, func(r *rand.Rand) int32 { return int32(r.IntN(50)) - 25 }) })
	t.Run("uint32", func(t *testing.T) {
		testAgainstTwin(t, func(r *rand.Rand) uint32 { return math.MaxUint32 - r.Uint32N(30) })
	})
	t.Run("uint64", func(t *testing.T) {
		testAgainstTwin(t, func(r *rand.Rand) uint64 { return math.MaxUint64 - r.Uint64N(30) })
	})
	t.Run("named int", func(t *testing.T) {
		testAgainstTwin(t, func(r *rand.Rand) number { return number(r.IntN(65536) - 32768) })
	})
}

func TestCanonicalOrder(t *testing.T) {
	var l ledger.Log[string]
	for _, key := range []string{"m", "a", "z", "m", "a"} {
		require.NoError(t, l.Add(key, 7, 5))
		require.NoError(t, l.Add(key, 3, -5))
		require.NoError(t, l.Add(key, 3, 5))
		require.NoError(t, l.Add(key, 3, 0))
	}
	require.Equal(t, []uint32{1, 0, 2}, l.Order())
	require.Equal(t, 3, l.Customers())
	require.EqualValues(t, 20, l.Events())
	l.Compact()
	require.Equal(t, []string{"a", "m", "z"}, l.Keys())
	require.Equal(t, []int{0, 4, 8, 12}, l.Starts())
	c := l.Columns()
	require.Equal(t, []calendar.Date{3, 3, 3, 7}, c.Day[:4])
	require.Equal(t, []int64{-10, 0, 10, 10}, c.Sum[:4])
	require.Equal(t, []uint32{2, 2, 2, 2}, c.N[:4])
	require.Same(t, &l, l.Canonical())
	l.Compact()
	require.NoError(t, l.Add("b", 1, 1))
	require.Equal(t, []uint32{0, 3, 1, 2}, l.Order())
}

func TestMergeWithItself(t *testing.T) {
	var l ledger.Log[int]
	require.NoError(t, l.Add(1, 1, 3))
	require.NoError(t, l.Add(2, 2, -3))
	for range 41 { // counts of 2⁴⁰, beyond one row and then beyond the binary form
		back := encode(t, &l)
		var read ledger.Log[int]
		require.NoError(t, read.UnmarshalBinary(back))
		require.Equal(t, l.Events(), read.Events())
		require.NoError(t, l.Merge(&l))
		l.Compact()
	}
	require.EqualValues(t, 2<<41, l.Events())
	_, err := l.AppendBinary(nil)
	require.ErrorIs(t, err, ledger.ErrTooLarge)
}

func TestSumsBeyondInt64(t *testing.T) {
	var l ledger.Log[int]
	for range 5 {
		require.NoError(t, l.Add(1, 1, math.MaxInt64))
		require.NoError(t, l.Add(1, 1, 1))
		require.NoError(t, l.Add(1, 1, math.MinInt64))
	}
	want := contents(&l).String()
	l.Compact()
	require.Equal(t, want, contents(&l).String())
	require.LessOrEqual(t, len(l.Columns().Who), 11)
	var total ledger.Sum
	for _, v := range l.Columns().Sum {
		total.Add(v)
	}
	got, ok := total.Int64()
	require.True(t, ok)
	require.Zero(t, got)
}

func TestSum(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	for range 200 {
		var s ledger.Sum
		want := new(big.Int)
		for range rng.IntN(50) {
			v := amount(rng)
			s.Add(v)
			want.Add(want, big.NewInt(v))
		}
		got := new(big.Int).Lsh(big.NewInt(s.High), 64)
		require.Equal(t, want.String(), got.Add(got, big.NewInt(s.Low)).String())
		v, ok := s.Int64()
		require.Equal(t, want.IsInt64(), ok)
		if ok {
			require.Equal(t, want.Int64(), v)
		}
	}
}

func TestRoom(t *testing.T) {
	var l, m ledger.Log[string]
	l.SetRoom(3)
	for range 3 {
		require.NoError(t, l.Add("a", 1, 1))
	}
	require.ErrorIs(t, l.Add("a", 1, 1), ledger.ErrFull)
	require.ErrorIs(t, l.Merge(&l), ledger.ErrFull)
	require.EqualValues(t, 3, l.Events())
	require.NoError(t, l.Merge(&m))
	require.NoError(t, m.Merge(&m))
}

func TestManyKeysAndGrowth(t *testing.T) {
	var l ledger.Log[int]
	const n = 20_000
	for i := range n {
		require.NoError(t, l.Add((i*7919)%n, 1, int64(i)))
		require.NoError(t, l.Add((i*7919)%n, 1, int64(i)))
	}
	require.Equal(t, n, l.Customers())
	l.Compact()
	require.True(t, slices.IsSorted(l.Keys()))
	require.Len(t, l.Columns().Who, n)
}

func TestDecodeRefuses(t *testing.T) {
	var l ledger.Log[int]
	require.NoError(t, l.Add(5, 10, 100))
	good := encode(t, &l)
	for i := range good {
		var back ledger.Log[int]
		require.ErrorIs(t, back.UnmarshalBinary(good[:i]), ledger.ErrFormat, "cut at %d", i)
		require.Zero(t, back.Customers())
	}
	head := "CRMH\x01"
	for name, text := range map[string]string{
		"magic":              "CRMX\x01i\x00",
		"version":            "CRMH\x02i\x00",
		"class":              head + "s\x00",
		"trailing":           head + "i\x00\x00",
		"long number":        head + "i\x80\x00",
		"count":              head + "i\xff\xff\x03",
		"no records":         head + "i\x01\x10\x00\x00\x00\x00",
		"day 0":              head + "i\x01\x10\x01\x00\x02\x01\x01",
		"day too late":       head + "i\x01\x10\x01" + "\xff\xff\xff\xff\x0f\x02\x01\x01",
		"kind 3":             head + "i\x01\x10\x01\x01\x03\x01\x01",
		"kind 9":             head + "i\x01\x10\x01\x01\x09\x01\x01",
		"same kind twice":    head + "i\x01\x10\x02\x01\x02\x01\x01\x00\x02\x01\x01",
		"kinds out of order": head + "i\x01\x10\x02\x01\x02\x01\x01\x00\x01\x01",
		"no events":          head + "i\x01\x10\x01\x01\x02\x00\x01",
		"sum below count":    head + "i\x01\x10\x01\x01\x02\x03\x02",
		"sum above count":    head + "i\x01\x10\x01\x01\x02\x01\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01",
		"wide without need":  head + "i\x01\x10\x01\x01\x06\x05\x05\x00",
		"wide nothing":       head + "i\x01\x10\x01\x01\x05\x05\x01",
		"too many events":    head + "i\x01\x10\x01\x01\x01\xff\xff\xff\xff\xff\xff\xff\x0f",
		"same key":           head + "i\x02\x10\x00\x01\x01\x01\x01\x01\x01\x01\x01",
		"key wraps":          head + "i\x02\x10\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01\x01\x01\x01\x01\x01\x01\x01\x01",
	} {
		var back ledger.Log[int]
		require.ErrorIs(t, back.UnmarshalBinary([]byte(text)), ledger.ErrFormat, name)
	}
	var tiny ledger.Log[int8]
	require.ErrorIs(t, tiny.UnmarshalBinary([]byte(head+"i\x01\x80\x04\x01\x01\x01\x01")), ledger.ErrFormat)
	var small ledger.Log[uint8]
	require.ErrorIs(t, small.UnmarshalBinary([]byte(head+"u\x01\x80\x04\x01\x01\x01\x01")), ledger.ErrFormat)
	var text ledger.Log[string]
	require.ErrorIs(t, text.UnmarshalBinary([]byte(head+"s\x02\x01b\x01a\x01\x01\x01\x01\x01\x01\x01\x01")), ledger.ErrFormat)
}

func FuzzUnmarshalBinary(f *testing.F) {
	for _, n := range []int{0, 1, 5} {
		var s ledger.Log[string]
		var i ledger.Log[int64]
		for k := range n {
			for _, err := range []error{s.Add(strconv.Itoa(k), calendar.Date(k+1), int64(k-2)), i.Add(int64(k-2), 5, math.MinInt64)} {
				require.NoError(f, err)
			}
		}
		for _, add := range []func([]byte) ([]byte, error){s.AppendBinary, i.AppendBinary} {
			b, err := add(nil)
			require.NoError(f, err)
			f.Add(b)
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		roundTrip(t, data, new(ledger.Log[string]))
		roundTrip(t, data, new(ledger.Log[int64]))
		roundTrip(t, data, new(ledger.Log[uint16]))
	})
}

// What is accepted is written back byte for byte.
func roundTrip[K ledger.Key](t *testing.T, data []byte, l *ledger.Log[K]) {
	t.Helper()
	if l.UnmarshalBinary(data) != nil {
		return
	}
	back, err := l.AppendBinary(nil)
	if err != nil || !bytes.Equal(data, back) {
		t.Fatalf("%q\n%q %v", data, back, err)
	}
	var again ledger.Log[K]
	if err := again.Merge(l); err != nil {
		t.Fatal(err)
	}
	if back, err = again.AppendBinary(nil); err != nil || !bytes.Equal(data, back) {
		t.Fatalf("merged: %q\n%q %v", data, back, err)
	}
}

func TestCompactsByItself(t *testing.T) {
	var l ledger.Log[int]
	l.SetDue(1000)
	for i := range 999 {
		require.NoError(t, l.Add(i&31, calendar.Date(1+i&7), 1))
	}
	require.Len(t, l.Columns().Who, 999)
	require.NoError(t, l.Add(0, 1, 1))
	require.Len(t, l.Columns().Who, 32)
	require.EqualValues(t, 1000, l.Events())
	require.NoError(t, l.Add(0, 1, 1), "and goes on after it")
	require.Len(t, l.Columns().Who, 33)
}
