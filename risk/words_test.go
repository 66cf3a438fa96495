package risk_test

import (
	"encoding"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/risk"
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
	_, err = parse("no such word")
	require.ErrorIs(t, err, verdict.ErrUnknown)
	keep := E(1)
	require.Error(t, P(&keep).UnmarshalText([]byte("no such word")))
	require.Equal(t, E(1), keep)
}

func TestWords(t *testing.T) {
	testWords(t, risk.ParseKind, "threat", "opportunity")
	testWords(t, risk.ParseStrategy, "avoid", "transfer", "mitigate", "accept", "escalate", "exploit", "share", "enhance")
	testWords(t, risk.ParseBasis, "inherent", "residual")
	testWords(t, risk.ParseSide, "chance", "impact")
	testWords(t, risk.ParseControlState, "planned", "operating", "failing", "retired")
	testWords(t, risk.ParseResponseStatus, "planned", "in_progress", "done", "dropped")
	testWords(t, risk.ParseShape, "triangular", "pert", "uniform")
	testWords(t, risk.ParseState, "unraised", "live", "occurred", "closed")
	testWords(t, risk.ParseProximity, "any_time", "now", "within_month", "within_quarter", "later", "past")
	testWords(t, risk.ParseTrend, "falling", "steady", "rising")
	testWords(t, risk.ParseColouringRule, "not_top", "not_bottom", "must_be_bottom", "must_be_top", "not_intermediate")
	testWords(t, risk.ParseFirstEdge, "above_zero", "at_zero")
	testWords(t, risk.ParseArea,
		"schedule", "cost", "scope", "data", "technology", "adoption", "benefit", "stakeholder")
}

// parsers of all enumerations, by name.
var parsers = []func(string) (fmt.Stringer, error){
	func(s string) (fmt.Stringer, error) { return risk.ParseKind(s) },
	func(s string) (fmt.Stringer, error) { return risk.ParseStrategy(s) },
	func(s string) (fmt.Stringer, error) { return risk.ParseBasis(s) },
	func(s string) (fmt.Stringer, error) { return risk.ParseSide(s) },
	func(s string) (fmt.Stringer, error) { return risk.ParseControlState(s) },
	func(s string) (fmt.Stringer, error) { return risk.ParseResponseStatus(s) },
	func(s string) (fmt.Stringer, error) { return risk.ParseShape(s) },
	func(s string) (fmt.Stringer, error) { return risk.ParseState(s) },
	func(s string) (fmt.Stringer, error) { return risk.ParseProximity(s) },
	func(s string) (fmt.Stringer, error) { return risk.ParseTrend(s) },
	func(s string) (fmt.Stringer, error) { return risk.ParseArea(s) },
	func(s string) (fmt.Stringer, error) { return risk.ParseColouringRule(s) },
	func(s string) (fmt.Stringer, error) { return risk.ParseFirstEdge(s) },
}

func FuzzParseWords(f *testing.F) {
	for _, text := range []string{"threat", "In Progress", "any-time", "", "x\x00", " accept "} {
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

func TestStrategyFits(t *testing.T) {
	for s, want := range map[risk.Strategy][2]bool{
		risk.Avoid: {true, false}, risk.Transfer: {true, false}, risk.Mitigate: {true, false},
		risk.Accept: {true, true}, risk.Escalate: {true, true},
		risk.Exploit: {false, true}, risk.Share: {false, true}, risk.Enhance: {false, true},
		0: {false, false}, 99: {false, false},
	} {
		require.Equal(t, want, [2]bool{s.Fits(risk.Threat), s.Fits(risk.Opportunity)}, s.String())
		require.False(t, s.Fits(0))
	}
}
