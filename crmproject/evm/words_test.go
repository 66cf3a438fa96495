package evm_test

import (
	"encoding"
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/evm"
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
	testWords(t, evm.ParseMethod, "0/100", "50/50", "20/80", "weighted_milestones", "units", "percent_complete", "level_of_effort", "apportioned")
	testWords(t, evm.ParsePhasing, "even", "as_earned")
	testWords(t, evm.ParseRhythm, "weekly", "monthly", "status_dates")
	testWords(t, evm.ParseVariant, "at_budget", "at_cpi", "at_cpi_spi", "at_spi", "bottom_up")
	testWords(t, evm.ParseOutlook, "open", "complete", "unachievable", "unknown")
	testWords(t, evm.ParsePace, "as_planned", "at_spi_t", "at_spi")
	require.Equal(t, []evm.Variant{evm.AtBudget, evm.AtCPI, evm.AtCPISPI, evm.AtSPI, evm.BottomUp}, slices.Collect(evm.Variants()))
	require.Equal(t, []evm.Pace{evm.AsPlanned, evm.AtTimeIndex, evm.AtWorkIndex}, slices.Collect(evm.Paces()))
}

func TestMethodDiscrete(t *testing.T) {
	t.Parallel()
	var discrete []evm.Method
	for m := range evm.Method(12) {
		if m.Discrete() {
			discrete = append(discrete, m)
		}
	}
	require.Equal(t, []evm.Method{
		evm.ZeroHundred, evm.FiftyFifty, evm.TwentyEighty, evm.WeightedMilestones, evm.Units, evm.PercentComplete,
	}, discrete)
}

// parsers of all enumerations.
var parsers = []func(string) (fmt.Stringer, error){
	func(s string) (fmt.Stringer, error) { return evm.ParseMethod(s) },
	func(s string) (fmt.Stringer, error) { return evm.ParsePhasing(s) },
	func(s string) (fmt.Stringer, error) { return evm.ParseRhythm(s) },
	func(s string) (fmt.Stringer, error) { return evm.ParseVariant(s) },
	func(s string) (fmt.Stringer, error) { return evm.ParseOutlook(s) },
	func(s string) (fmt.Stringer, error) { return evm.ParsePace(s) },
}

func FuzzParseWords(f *testing.F) {
	for _, text := range []string{"50/50", "Level of Effort", "at-cpi", "", "x\x00", " monthly "} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, parse := range parsers {
			v, err := parse(text)
			if err != nil {
				continue
			}
			again, err := parse(v.String())
			require.NoError(t, err)
			require.Equal(t, v, again)
		}
	})
}
