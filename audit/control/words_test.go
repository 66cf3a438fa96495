package control_test

import (
	"encoding"
	"errors"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/audit/control"
	"github.com/crmrollout/crm/crmproject"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// A word is what every enumeration of this package offers.
type word interface {
	~uint8
	fmt.Stringer
	encoding.TextMarshaler
	encoding.TextAppender
	IsValid() bool
}

// testWords checks the methods of an enumeration with the given words.
func testWords[E word, P interface {
	*E
	encoding.TextUnmarshaler
}](t *testing.T, parse func(string) (E, error), words ...string) {
	t.Helper()
	for i, text := range words {
		v := E(i + 1)
		require.True(t, v.IsValid())
		require.Equal(t, text, v.String())
		got, err := parse(text)
		require.NoError(t, err)
		require.Equal(t, v, got)
		marshalled, err := v.MarshalText()
		require.NoError(t, err)
		appended, err := v.AppendText([]byte(">"))
		require.NoError(t, err)
		require.Equal(t, ">"+string(marshalled), string(appended))
		var back E
		require.NoError(t, P(&back).UnmarshalText(marshalled))
		require.Equal(t, v, back)
	}
	beyond := E(len(words) + 1)
	require.False(t, beyond.IsValid())
	require.False(t, E(0).IsValid())
	require.Empty(t, E(0).String())
	_, err := beyond.MarshalText()
	require.ErrorIs(t, err, verdict.ErrUnknown)
	keep := E(1)
	require.ErrorIs(t, P(&keep).UnmarshalText([]byte("no such word")), verdict.ErrUnknown)
	require.Equal(t, E(1), keep)
}

func TestWords(t *testing.T) {
	t.Parallel()
	testWords(t, control.ParseKind, "time", "cost", "indicator")
	testWords(t, control.ParseMeasure, "finish", "milestone", "missed", "spi_t", "spi", "cpi", "eac", "line", "unexpected", "attainment", "signal")
	testWords(t, control.ParseLevel, "note", "warn", "act")
	testWords(t, control.ParseNature, "signal", "noise", "untested")
	testWords(t, control.ParseTrend, "shrinking", "steady", "growing")
	testWords(t, control.ParseCover, "short", "thin", "sufficient", "ample")
	testWords(t, control.ParseEffectKind, "relax", "relink", "crash", "trim", "drop", "insert")
	testWords(t, control.ParseFunding, "budget", "contingency")
	testWords(t, control.ParseCriterion, "finish", "p50", "p80", "cost", "on_time", "agreed", "scope")
	testWords(t, control.ParseTopic, "deviation", "action", "change")
}

func TestMeasureKind(t *testing.T) {
	t.Parallel()
	var kinds []control.Kind
	for m := range control.Measure(13) {
		kinds = append(kinds, m.Kind())
	}
	time, cost, indicator := control.OfTime, control.OfCost, control.OfIndicator
	require.Equal(t, []control.Kind{0, time, time, time, time, time, cost, cost, cost, cost, indicator, indicator, 0}, kinds)
}

// CP-35: each kind of effect belongs to one of the three adjustments.
func TestEffectKindAdjustment(t *testing.T) {
	t.Parallel()
	var all []crmproject.Adjustment
	for k := range control.EffectKind(8) {
		all = append(all, k.Adjustment())
	}
	timeline, people, scope := crmproject.ChangeTimeline, crmproject.AddResources, crmproject.ChangeScope
	require.Equal(t, []crmproject.Adjustment{0, timeline, timeline, people, scope, scope, scope, 0}, all)
}

func FuzzParseWords(f *testing.F) {
	for _, s := range []string{"", "act", "Warn", "spi-t", "signal", "drop", "on time", "\xff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		fuzzWord(t, control.ParseKind, s)
		fuzzWord(t, control.ParseMeasure, s)
		fuzzWord(t, control.ParseLevel, s)
		fuzzWord(t, control.ParseNature, s)
		fuzzWord(t, control.ParseTrend, s)
		fuzzWord(t, control.ParseCover, s)
		fuzzWord(t, control.ParseEffectKind, s)
		fuzzWord(t, control.ParseFunding, s)
		fuzzWord(t, control.ParseCriterion, s)
		fuzzWord(t, control.ParseTopic, s)
	})
}

// fuzzWord checks that what is read is valid and reads the same again.
func fuzzWord[E word](t *testing.T, parse func(string) (E, error), s string) {
	t.Helper()
	v, err := parse(s)
	if err != nil {
		require.True(t, errors.Is(err, verdict.ErrUnknown) || errors.Is(err, verdict.ErrMissing), err)
		return
	}
	require.True(t, v.IsValid())
	again, err := parse(v.String())
	require.NoError(t, err)
	require.Equal(t, v, again)
}
