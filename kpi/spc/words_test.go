package spc_test

import (
	"encoding"
	"encoding/json"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/kpi/spc"
)

func TestWords(t *testing.T) {
	words(t, spc.ParseSpread, spc.MeanRange, spc.MedianRange, spc.StandardDeviation)
	words(t, spc.ParseMiddle, spc.Mean, spc.Median)
	words(t, spc.ParseDirection, spc.Up, spc.Down)
	words(t, spc.ParseVerdict, spc.Noise, spc.Improved, spc.Worsened, spc.Changed)
	words(t, spc.ParseRule, slices.Collect(spc.Nelson.With(spc.WesternElectric).With(spc.RuleSet(spc.RangeBeyond)).All())...)
	require.Zero(t, spc.Rule(99).Span())
	require.Empty(t, spc.Rule(99).Describe())
}

// words checks the texts of an enumeration with the given values.
func words[E interface {
	~uint8
	String() string
	IsValid() bool
	encoding.TextMarshaler
}](t *testing.T, parse func(string) (E, error), all ...E) {
	t.Helper()
	for i, v := range all {
		require.EqualValues(t, i+1, v)
		require.True(t, v.IsValid())
		back, err := parse(v.String())
		require.NoError(t, err)
		require.Equal(t, v, back)
		roundTrip(t, v)
	}
	roundTrip(t, E(0))
	beyond := E(len(all) + 1)
	require.False(t, beyond.IsValid())
	_, err := beyond.MarshalText()
	require.ErrorIs(t, err, verdict.ErrUnknown)
	_, err = parse("nonsense")
	require.ErrorIs(t, err, verdict.ErrUnknown)
}

func TestRules(t *testing.T) {
	require.Equal(t, 8, spc.Nelson.Len())
	require.Equal(t, 4, spc.WesternElectric.Len())
	four := spc.RuleSet(spc.Western1, spc.Western2, spc.Western3, spc.Western4, 0, 99)
	require.Equal(t, spc.WesternElectric, four)
	require.False(t, spc.Nelson.Has(spc.Western1))
	require.False(t, spc.Nelson.Has(0))
	require.Equal(t, "nelson_1,nelson_8", spc.RuleSet(spc.Nelson8, spc.Nelson1).String())
	require.Empty(t, spc.Rules(0).String())
	require.Equal(t, "rules(0x8000)", spc.Rules(0x8000).String())
	got, err := spc.ParseRules(" Nelson,western-1, Western Electric")
	require.NoError(t, err)
	require.Equal(t, spc.Nelson.With(spc.WesternElectric), got)
	require.Equal(t, spc.WesternElectric, got.Without(spc.Nelson))
	for _, text := range []string{",", "nelson,", "nelson_9", "nelson_1;nelson_2"} {
		_, err := spc.ParseRules(text)
		require.ErrorContains(t, err, "spc: rules:", text)
	}
	for range spc.Nelson.All() {
		break
	}
	_, err = json.Marshal(spc.Rules(1 << 14))
	require.ErrorIs(t, err, verdict.ErrUnknown)
	kept := spc.Nelson
	require.Error(t, kept.UnmarshalText([]byte("nope")))
	require.Equal(t, spc.Nelson, kept)
}

func FuzzParseRules(f *testing.F) {
	f.Add("nelson_1,nelson_2")
	f.Add("western_electric, range-beyond")
	f.Fuzz(func(t *testing.T, text string) {
		set, err := spc.ParseRules(text)
		if err != nil {
			require.Zero(t, set)
			return
		}
		require.True(t, set.IsValid())
		again, err := spc.ParseRules(set.String())
		require.NoError(t, err)
		require.Equal(t, set, again)
	})
}

func FuzzSPCWords(f *testing.F) {
	f.Add("mean_range")
	f.Add("improved")
	f.Fuzz(func(t *testing.T, s string) {
		fuzzWord[spc.Spread](t, s)
		fuzzWord[spc.Middle](t, s)
		fuzzWord[spc.Direction](t, s)
		fuzzWord[spc.Verdict](t, s)
		fuzzWord[spc.Rule](t, s)
	})
}

// fuzzWord checks that a text which is taken is written as what was taken.
func fuzzWord[E interface {
	~uint8
	String() string
}, P interface {
	*E
	encoding.TextUnmarshaler
}](t *testing.T, s string) {
	t.Helper()
	var v, again E
	if P(&v).UnmarshalText([]byte(s)) != nil {
		require.Zero(t, v)
		return
	}
	require.NoError(t, P(&again).UnmarshalText([]byte(v.String())))
	require.Equal(t, v, again)
}
