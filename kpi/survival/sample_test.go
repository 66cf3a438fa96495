package survival_test

import (
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/kpi/survival"
)

func TestSampleRefuses(t *testing.T) {
	var s survival.Sample
	for _, c := range []struct {
		group survival.Group
		paths []string
	}{
		{survival.Group{Time: -1, Events: 1}, []string{"time"}},
		{survival.Group{Time: survival.MaxTime + 1, Events: 1}, []string{"time"}},
		{survival.Group{Entry: -1, Time: 1, Events: 1}, []string{"entry"}},
		{survival.Group{Entry: 5, Time: 5, Events: 1}, []string{"entry"}},
		{survival.Group{Time: -1, Events: -1, Censored: -1}, []string{"time", "events", "censored"}},
		{survival.Group{Time: 1, Events: math.MaxInt64, Censored: 1}, []string{"censored"}},
	} {
		err := s.AddGroup(c.group)
		require.ErrorIs(t, err, verdict.ErrRange)
		require.ErrorContains(t, err, "survival: ")
		var paths []string
		for _, f := range verdict.FaultsOf(errors.Unwrap(err)) {
			paths = append(paths, f.Path)
		}
		require.Equal(t, c.paths, paths)
	}
	require.ErrorIs(t, s.Add(1, 0), verdict.ErrInvalid)
	require.Zero(t, s.Subjects())
	require.Empty(t, slices.Collect(s.Counts()))
}

func TestSampleHoldsEverySubjectThereCanBe(t *testing.T) {
	var s survival.Sample
	require.NoError(t, s.AddGroup(survival.Group{Time: 7, Events: math.MaxInt64 - 5, Censored: 3}))
	require.ErrorIs(t, s.AddGroup(survival.Group{Time: 8, Events: 2, Censored: 1}), verdict.ErrRange)
	require.ErrorIs(t, s.AddGroup(survival.Group{Time: 8, Events: 3}), verdict.ErrRange)
	require.NoError(t, s.AddGroup(survival.Group{Time: 8, Events: 1, Censored: 1}))
	require.ErrorIs(t, s.Merge(subjects(t, 1)), verdict.ErrRange)
	require.Equal(t, int64(math.MaxInt64), s.Subjects())
	require.Equal(t, []survival.Count{{7, math.MaxInt64, math.MaxInt64 - 5, 3, 0}, {8, 2, 1, 1, 0}}, slices.Collect(s.Counts()))

	var back survival.Sample
	require.NoError(t, back.UnmarshalBinary(bytesOf(t, &s)))
	require.Equal(t, bytesOf(t, &s), bytesOf(t, &back))

	c := curve(t, &s, survival.Options{})
	require.InDelta(t, 5.0/math.MaxInt64, c.Points[0].Survival, 1e-30)
	require.InEpsilon(t, 2.5/math.MaxInt64, c.Points[1].Survival, 1e-12)
	for _, p := range c.Points {
		require.False(t, math.IsInf(p.Interval.Hi, 0) || math.IsNaN(p.Interval.Lo))
	}
}

// Counts are the same however the subjects are split, ordered and grouped.
func TestMergeIsExact(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 50 {
		all := random(rng, 1+rng.IntN(200), 1+rng.IntN(60))
		whole := collect(t, all)
		parts := make([][]subject, 1+rng.IntN(5))
		for _, i := range rng.Perm(len(all)) {
			k := rng.IntN(len(parts))
			parts[k] = append(parts[k], all[i])
		}
		var merged survival.Sample
		for _, i := range rng.Perm(len(parts)) {
			require.NoError(t, merged.Merge(collect(t, parts[i])))
		}
		require.Equal(t, bytesOf(t, whole), bytesOf(t, &merged))
		require.Equal(t, whole.Subjects(), merged.Subjects())

		samples := make([]*survival.Sample, len(parts)) // and joined two by two, in any grouping
		for i, part := range parts {
			samples[i] = collect(t, part)
		}
		for len(samples) > 1 {
			i, j := rng.IntN(len(samples)-1), len(samples)-1
			require.NoError(t, samples[i].Merge(samples[j]))
			samples = samples[:j]
			rng.Shuffle(j, func(a, b int) { samples[a], samples[b] = samples[b], samples[a] })
		}
		require.Equal(t, bytesOf(t, whole), bytesOf(t, samples[0]))

		var back survival.Sample
		require.NoError(t, back.UnmarshalBinary(bytesOf(t, whole)))
		require.Equal(t, slices.Collect(whole.Counts()), slices.Collect(back.Counts()))
		require.NoError(t, back.Merge(&back))
		require.Equal(t, 2*whole.Subjects(), back.Subjects())
	}
}

func TestUnmarshalBinaryRefuses(t *testing.T) {
	good := bytesOf(t, subjects(t, 3, 5, 5.5))
	head := "crmS\x01"
	max63 := "\xff\xff\xff\xff\xff\xff\xff\xff\x7f"
	for name, data := range map[string]string{
		"empty":              "",
		"other magic":        "crmX\x01\x00",
		"other version":      "crmS\x02\x00",
		"cut":                string(good[:len(good)-1]),
		"more":               string(good) + "\x00",
		"no count":           head,
		"long number":        head + "\x80\x00",
		"number too large":   head + "\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01",
		"empty row":          head + "\x01\x03\x00\x00\x00",
		"time twice":         head + "\x02\x03\x01\x00\x00\x00\x01\x00\x00",
		"time too large":     head + "\x01" + max63 + "\x01\x00\x00",
		"late entry at 0":    head + "\x02\x00\x00\x00\x01\x01\x01\x00\x00",
		"entry without end":  head + "\x01\x03\x01\x00\x01",
		"entries overflow":   head + "\x03\x01\x00\x00" + max63 + "\x01\x00\x00" + max63 + "\x01" + max63 + "\x00\x00",
		"too many events":    head + "\x02\x01" + max63 + "\x00\x00\x01\x01\x00\x00",
		"too many censored":  head + "\x02\x01" + max63 + "\x00\x00\x01\x00\x01\x00",
		"ends before number": head + "\x01\x03\x80",
	} {
		s := subjects(t, 9)
		require.ErrorIs(t, s.UnmarshalBinary([]byte(data)), survival.ErrFormat, name)
		require.Equal(t, int64(1), s.Subjects(), name)
	}
}

func FuzzSampleBinary(f *testing.F) {
	f.Add([]byte("crmS\x01\x00"))
	f.Add(bytesOf(f, subjects(f, 3, 5, 5.5, 70000)))
	var late survival.Sample
	require.NoError(f, late.AddLate(3, 9, survival.Event))
	f.Add(bytesOf(f, &late))
	f.Fuzz(func(t *testing.T, data []byte) {
		var s survival.Sample
		if s.UnmarshalBinary(data) != nil {
			return
		}
		require.Equal(t, data, bytesOf(t, &s))
		c := curve(t, &s, survival.Options{Limits: survival.LogLog})
		require.Equal(t, s.Subjects(), c.Events+c.Censored)
		last := 1.0
		for _, p := range c.Points {
			require.True(t, p.Survival >= 0 && p.Survival <= last && p.AtRisk >= p.Events+p.Censored)
			require.NoError(t, p.Interval.Validate())
			last = p.Survival
		}
	})
}

func TestAtRisk(t *testing.T) {
	s := subjects(t, 1, 3, 3.5, 5, 8.5, 8)
	require.NoError(t, s.AddLate(4, 9, survival.Event))
	got, err := s.AtRisk(0, 3, 4, 5, 8, 20)
	require.NoError(t, err)
	require.Equal(t, []survival.Risk{{0, 6, 0, 0}, {3, 5, 2, 1}, {4, 3, 0, 0}, {5, 4, 1, 0}, {8, 3, 1, 1}, {20, 0, 1, 0}}, got)

	_, err = s.AtRisk(-1, 3, 3)
	require.ErrorContains(t, err, "times[0]")
	require.ErrorContains(t, err, "times[2]")
	got, err = s.AtRisk()
	require.NoError(t, err)
	require.Empty(t, got)
}
