package survey_test

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/kpi/survey"
)

func value(t *testing.T, r ratio.Ratio) float64 {
	t.Helper()
	v, ok := r.Float64()
	require.True(t, ok, r.String())
	return v
}

func roundTrip[T any](t *testing.T, v T) {
	t.Helper()
	data, err := json.Marshal(v)
	require.NoError(t, err)
	var back T
	require.NoError(t, json.Unmarshal(data, &back))
	require.Empty(t, cmp.Diff(v, back))
}

type entry struct {
	label   string
	answer  int // -1 blank, -2 invitation
	answers int64
}

func (e entry) enter(t testing.TB, s *survey.Survey) {
	t.Helper()
	switch e.answer {
	case -1:
		require.NoError(t, s.Blank(e.label, e.answers))
	case -2:
		require.NoError(t, s.Invite(e.label, e.answers))
	default:
		require.NoError(t, s.AddN(e.label, e.answer, e.answers))
	}
}

func bytesOf(t testing.TB, s *survey.Survey) []byte {
	t.Helper()
	data, err := s.MarshalBinary()
	require.NoError(t, err)
	return data
}

func TestMerge(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 8))
	for range 200 {
		entries := make([]entry, rng.IntN(60))
		for i := range entries {
			entries[i] = entry{strconv.Itoa(rng.IntN(5)), rng.IntN(13) - 2, rng.Int64N(300)}
		}
		var whole survey.Survey
		for _, e := range entries {
			e.enter(t, &whole)
		}
		parts := make([]survey.Survey, 1+rng.IntN(4))
		for _, i := range rng.Perm(len(entries)) {
			entries[i].enter(t, &parts[rng.IntN(len(parts))])
		}
		order := rng.Perm(len(parts))
		for n := len(order) - 1; n > 0; n-- { // join two by two, in any grouping
			require.NoError(t, parts[order[rng.IntN(n)]].Merge(&parts[order[n]]))
		}
		require.Equal(t, bytesOf(t, &whole), bytesOf(t, &parts[order[0]]))

		var back survey.Survey
		require.NoError(t, back.UnmarshalBinary(bytesOf(t, &whole)))
		require.Equal(t, bytesOf(t, &whole), bytesOf(t, &back))
		// The labels add up to the whole.
		sum := survey.Counts{Scale: back.Scale(), Answers: make([]int64, 11)}
		last := ""
		for label, c := range back.All() {
			require.NoError(t, c.Validate())
			require.Empty(t, cmp.Diff(c, whole.Counts(label)))
			require.GreaterOrEqual(t, label, last)
			last = label
			for i, n := range c.Answers {
				sum.Answers[i] += n
			}
			sum.Blank += c.Blank
			sum.Invited += c.Invited
		}
		require.Empty(t, cmp.Diff(sum, whole.Total()))
	}
}

func TestSurveyRefusals(t *testing.T) {
	var s survey.Survey
	require.Equal(t, survey.Scale{Lowest: 0, Highest: 10}, s.Scale())
	require.NoError(t, s.AddN("a", 3, 0)) // nothing
	require.NoError(t, s.Invite("a", 0))
	for range s.All() {
		require.Fail(t, "no label yet")
	}
	empty := bytesOf(t, &s)
	require.ErrorIs(t, s.Add("a", 11), verdict.ErrRange)
	require.ErrorIs(t, s.Add("a", -1), verdict.ErrRange)
	require.ErrorIs(t, s.AddN("a", 1, -1), verdict.ErrRange)
	require.ErrorIs(t, s.Blank("a", -1), verdict.ErrRange)
	require.ErrorIs(t, s.Invite("a", -1), verdict.ErrRange)
	require.Equal(t, empty, bytesOf(t, &s))

	require.NoError(t, s.AddN("a", 3, math.MaxInt64))
	require.NoError(t, s.Invite("a", math.MaxInt64))
	require.NoError(t, s.Blank("a", 1))
	full := bytesOf(t, &s)
	require.ErrorContains(t, s.Add("b", 3), `survey: label "b"`)
	require.ErrorIs(t, s.Invite("b", 1), verdict.ErrRange)
	var more survey.Survey
	require.NoError(t, more.Add("b", 3))
	require.ErrorIs(t, s.Merge(&more), verdict.ErrRange)
	require.ErrorIs(t, s.Merge(&s), verdict.ErrRange)
	require.Equal(t, full, bytesOf(t, &s))

	five, err := survey.New(survey.OneTo(5))
	require.NoError(t, err)
	require.NoError(t, five.Merge(&survey.Survey{}), "an empty survey has nothing of another scale")
	require.ErrorIs(t, five.Merge(&s), verdict.ErrInvalid)
	require.NoError(t, five.Add("x", 5))
	require.NoError(t, five.Merge(five))
	require.EqualValues(t, 2, five.Total().Of(5))
	c := five.Counts("x")
	c.Answers[0] = 99
	require.Zero(t, five.Counts("x").Of(1), "a copy")
	require.Empty(t, cmp.Diff(survey.Counts{Scale: survey.OneTo(5), Answers: make([]int64, 5)}, five.Counts("y")))
	for range five.All() {
		break
	}
}

func TestCorruptBinary(t *testing.T) {
	five, err := survey.New(survey.OneTo(5))
	require.NoError(t, err)
	require.NoError(t, five.AddN("a", 5, 300))
	require.NoError(t, five.AddN("b", 4, 1))
	good := bytesOf(t, five)
	kept := bytesOf(t, five)
	for i := range good {
		require.ErrorIs(t, five.UnmarshalBinary(good[:i]), survey.ErrFormat)
	}
	head := good[:7]
	for name, bad := range map[string][]byte{
		"magic":         append([]byte("crm/sux"), good[7:]...),
		"version":       append(slices.Clone(head), append([]byte{2}, good[8:]...)...),
		"scale":         append(slices.Clone(head), 1, 0, 0, 0),
		"scale 5-1":     append(slices.Clone(head), 1, 5, 1, 0),
		"too long":      append(slices.Clone(good), 0),
		"long number":   append(slices.Clone(head), 1, 1, 2, 0x80, 0),
		"huge number":   append(slices.Clone(head), 1, 1, 2, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1),
		"empty label":   append(slices.Clone(head), 1, 1, 2, 1, 1, 'a', 0, 0, 0, 0),
		"out of order":  append(slices.Clone(head), 1, 1, 2, 2, 1, 'b', 0, 0, 1, 0, 1, 'a', 0, 0, 1, 0),
		"twice":         append(slices.Clone(head), 1, 1, 2, 2, 1, 'b', 0, 0, 1, 0, 1, 'b', 0, 0, 1, 0),
		"beyond int64":  append(slices.Clone(head), 1, 1, 2, 1, 1, 'b', 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1, 0, 0, 0),
		"sum too large": append(slices.Clone(head), 1, 1, 2, 1, 1, 'b', 0, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f, 1),
	} {
		require.ErrorIs(t, five.UnmarshalBinary(bad), survey.ErrFormat, name)
	}
	require.Equal(t, kept, bytesOf(t, five))
}

func FuzzSurveyUnmarshal(f *testing.F) {
	var s survey.Survey
	f.Add(bytesOf(f, &s))
	entry{"region", 9, 300}.enter(f, &s)
	entry{"", -1, 2}.enter(f, &s)
	f.Add(bytesOf(f, &s))
	f.Fuzz(func(t *testing.T, data []byte) {
		var s survey.Survey
		if err := s.UnmarshalBinary(data); err != nil {
			require.ErrorIs(t, err, survey.ErrFormat)
			return
		}
		require.Equal(t, data, bytesOf(t, &s), "only the bytes that MarshalBinary writes are taken")
		require.NoError(t, s.Total().Validate())
		for _, c := range s.All() {
			require.NoError(t, c.Validate())
		}
	})
}
