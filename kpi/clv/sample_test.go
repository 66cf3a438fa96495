package clv_test

import (
	"bytes"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/kpi/clv"
)

func TestSampleMergesInAnyOrder(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	obs := customers(300)
	whole, err := clv.NewSample(obs...)
	require.NoError(t, err)
	want, err := whole.MarshalBinary()
	require.NoError(t, err)
	var spends clv.Spends
	for _, o := range obs {
		require.NoError(t, spends.Add(o))
	}
	wantSpends, err := spends.MarshalBinary()
	require.NoError(t, err)
	for range 50 {
		parts := make([]clv.Sample, 1+rng.IntN(6))
		money := make([]clv.Spends, len(parts))
		for _, i := range rng.Perm(len(obs)) {
			k := rng.IntN(len(parts))
			require.NoError(t, parts[k].Add(obs[i]))
			require.NoError(t, money[k].Add(obs[i]))
		}
		for n := len(parts); n > 1; n-- { // join two at random until one is left
			i := rng.IntN(n - 1)
			require.NoError(t, parts[i].Merge(&parts[n-1]))
			require.NoError(t, money[i].Merge(&money[n-1]))
		}
		got, err := parts[0].MarshalBinary()
		require.NoError(t, err)
		require.True(t, bytes.Equal(want, got))
		got, err = money[0].MarshalBinary()
		require.NoError(t, err)
		require.True(t, bytes.Equal(wantSpends, got))
	}
	var read clv.Sample
	require.NoError(t, read.UnmarshalBinary(want))
	require.Equal(t, int64(300), read.Customers())
	require.Equal(t, whole.Distinct(), read.Distinct())
	var readSpends clv.Spends
	require.NoError(t, readSpends.UnmarshalBinary(wantSpends))
	require.Equal(t, spends.Customers(), readSpends.Customers())
	n := int64(0)
	for o, customers := range readSpends.All() {
		require.Positive(t, o.Mean)
		n += customers
	}
	require.Equal(t, spends.Customers(), n)
	for range readSpends.All() {
		break
	}
	for range read.All() {
		break
	}
}

func TestSampleMergesWithItself(t *testing.T) {
	s, err := clv.NewSample(customers(10)...)
	require.NoError(t, err)
	require.NoError(t, s.Merge(s))
	require.Equal(t, int64(20), s.Customers())
}

func TestSampleRefuses(t *testing.T) {
	_, err := clv.NewSample(clv.Observation{T: 3}, clv.Observation{X: -1, T: math.NaN()}, clv.Observation{X: 1, Tx: 5, T: 4}, clv.Observation{Tx: 1, T: 4})
	require.ErrorIs(t, err, verdict.ErrRange)
	require.ErrorIs(t, err, verdict.ErrInvalid)
	require.ErrorContains(t, err, "observations[1].x: ")
	require.ErrorContains(t, err, "observations[1].t: ")
	require.ErrorContains(t, err, "observations[2].tx: ")
	require.ErrorContains(t, err, "observations[3].tx: ")

	var s clv.Sample
	require.ErrorIs(t, s.AddN(clv.Observation{T: 3}, 0), verdict.ErrRange)
	require.NoError(t, s.AddN(clv.Observation{T: 3}, math.MaxInt64))
	require.ErrorIs(t, s.Add(clv.Observation{T: 3}), verdict.ErrRange)
	require.ErrorIs(t, s.Merge(&s), verdict.ErrRange)
	require.Equal(t, int64(math.MaxInt64), s.Customers())

	var m clv.Spends
	require.NoError(t, m.Add(clv.Observation{T: 3, Mean: -1})) // not looked at for x = 0
	require.Zero(t, m.Customers())
	for _, mean := range []float64{0, -3, math.NaN(), math.Inf(1)} {
		err := m.Add(clv.Observation{X: 2, Tx: 1, T: 3, Mean: mean})
		require.ErrorIs(t, err, verdict.ErrRange)
		require.ErrorContains(t, err, "mean: ")
	}
	_, ok := m.Correlation()
	require.False(t, ok)
}

func TestCorrelation(t *testing.T) {
	var m clv.Spends
	for i := range int64(5) {
		require.NoError(t, m.AddN(clv.Observation{X: i + 1, Tx: 1, T: 9, Mean: 100 - 7*float64(i)}, i+1))
	}
	r, ok := m.Correlation()
	require.True(t, ok)
	require.InDelta(t, -1, r, 1e-14)
}

// FuzzSampleBinary: what is read is written again byte for byte; the rest is refused
// with ErrFormat and changes nothing.
func FuzzSampleBinary(f *testing.F) {
	s, err := clv.NewSample(customers(20)...)
	require.NoError(f, err)
	data, err := s.MarshalBinary()
	require.NoError(f, err)
	f.Add(data)
	f.Add(data[:len(data)-1])
	f.Add(append(bytes.Clone(data), 0))
	f.Add([]byte("crmclv\x01s\x00"))
	f.Add([]byte("crmclv\x01s\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"))
	f.Add([]byte("crmclv\x02s\x00"))
	f.Fuzz(func(t *testing.T, data []byte) {
		var got clv.Sample
		require.NoError(t, got.AddN(clv.Observation{T: 1}, 3))
		if err := got.UnmarshalBinary(data); err != nil {
			require.ErrorIs(t, err, clv.ErrFormat)
			require.Equal(t, int64(3), got.Customers())
			return
		}
		again, err := got.MarshalBinary()
		require.NoError(t, err)
		require.True(t, bytes.Equal(data, again))
	})
}

func FuzzSpendsBinary(f *testing.F) {
	var s clv.Spends
	for _, o := range customers(20) {
		require.NoError(f, s.Add(o))
	}
	data, err := s.MarshalBinary()
	require.NoError(f, err)
	f.Add(data)
	for i := 0; i < len(data); i += 7 {
		broken := bytes.Clone(data)
		broken[i] ^= 0x81
		f.Add(broken)
	}
	f.Add([]byte("crmclv\x01s\x00"))
	f.Fuzz(func(t *testing.T, data []byte) {
		var got clv.Spends
		if err := got.UnmarshalBinary(data); err != nil {
			require.ErrorIs(t, err, clv.ErrFormat)
			require.Zero(t, got.Customers())
			return
		}
		again, err := got.MarshalBinary()
		require.NoError(t, err)
		require.True(t, bytes.Equal(data, again))
	})
}

func TestBinaryRefusesWhatNoneCanBe(t *testing.T) {
	head := "crmclv\x01s"
	zero := "\x00\x00\x00\x00\x00\x00\x00\x00"
	one := "\x00\x00\x00\x00\x00\x00\xf0\x3f"
	good := head + "\x01\x00" + zero + one + "\x05"
	var s clv.Sample
	require.NoError(t, s.UnmarshalBinary([]byte(good)))
	for name, data := range map[string]string{
		"empty":              "",
		"kind":               "crmclv\x01x\x00",
		"short head":         "crmclv",
		"cut":                good[:len(good)-1],
		"long":               good + "\x00",
		"nobody":             head + "\x01\x00" + zero + one + "\x00",
		"t_x after T":        head + "\x01\x01" + one + zero + "\x05",
		"minus nought":       head + "\x01\x00\x00\x00\x00\x00\x00\x00\x00\x80" + one + "\x05",
		"out of order":       head + "\x02\x00" + zero + one + "\x05\x00" + zero + zero + "\x05",
		"twice":              head + "\x02\x00" + zero + one + "\x05\x00" + zero + one + "\x05",
		"long number":        head + "\x01\x00" + zero + one + "\x85\x00",
		"too many":           head + "\x02\x00" + zero + one + "\xff\xff\xff\xff\xff\xff\xff\xff\x7f\x01" + one + one + "\x05",
		"huge number":        head + "\x01\x00" + zero + one + "\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01",
		"more than there is": head + "\x09\x00" + zero + one + "\x05",
	} {
		require.ErrorIs(t, s.UnmarshalBinary([]byte(data)), clv.ErrFormat, name)
		require.Equal(t, int64(5), s.Customers(), name)
	}
}
