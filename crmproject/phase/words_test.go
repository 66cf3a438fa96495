package phase_test

import (
	"encoding"
	"encoding/json"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/phase"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// word is what every enumeration of the package offers.
type word interface {
	~uint8
	fmt.Stringer
	encoding.TextMarshaler
	encoding.TextAppender
	IsValid() bool
}

// testWords checks one enumeration: the words, both ways, in order from 1.
func testWords[T word, P interface {
	*T
	encoding.TextUnmarshaler
}](t *testing.T, parse func(string) (T, error), words ...string) {
	t.Helper()
	for i, w := range words {
		v := T(i + 1)
		require.True(t, v.IsValid(), w)
		require.Equal(t, w, v.String())
		parsed, err := parse(w)
		require.NoError(t, err)
		require.Equal(t, v, parsed)
		data, err := json.Marshal(v)
		require.NoError(t, err)
		require.Equal(t, `"`+w+`"`, string(data))
		var back T
		require.NoError(t, P(&back).UnmarshalText([]byte(w)))
		require.Equal(t, v, back)
		require.ErrorIs(t, P(&back).UnmarshalText([]byte("gibberish")), verdict.ErrUnknown)
		require.Equal(t, v, back, "unchanged on error")
	}
	zero, beyond := T(0), T(len(words)+1)
	require.False(t, zero.IsValid())
	require.Empty(t, zero.String())
	require.False(t, beyond.IsValid())
	_, err := beyond.MarshalText()
	require.ErrorIs(t, err, verdict.ErrUnknown)
	_, err = parse("")
	require.ErrorIs(t, err, verdict.ErrMissing)
}

func TestWords(t *testing.T) {
	testWords(t, phase.ParseAction, "start", "go", "conditional_go", "hold", "recycle", "kill", "resume", "reopen", "note")
	testWords(t, phase.ParseOutcome, "open", "refused", "undeclared", "check_failed")
	testWords(t, phase.ParseCause, "new_feature", "changed_business_need", "scaling", "other")
	testWords(t, phase.ParseStatus, "active", "on_hold", "completed", "killed")
	testWords(t, phase.ParseStanding, "passed", "conditional", "lapsed", "stale")
	testWords(t, phase.ParseEffect, "satisfied", "waived", "lacking", "blocking")
	testWords(t, phase.ParseProgress, "pending", "current", "done", "undone", "broken_off")
	testWords(t, phase.ParseNeed, "must", "should")
	testWords(t, phase.ParseRole, "continuous", "final", "closure")
	testWords(t, phase.ParseWay, "arrived", "forward", "return", "no_way")
}

// Whatever text an enumeration takes, it gives a valid value, and its word reads
// back to it.
func FuzzWords(f *testing.F) {
	for _, w := range []string{"", "go", "Conditional Go", "check-failed", "other", "on_hold", "\x00", "closure"} {
		f.Add(w)
	}
	f.Fuzz(func(t *testing.T, text string) {
		fuzzWord(t, text, phase.ParseAction)
		fuzzWord(t, text, phase.ParseOutcome)
		fuzzWord(t, text, phase.ParseCause)
		fuzzWord(t, text, phase.ParseStatus)
		fuzzWord(t, text, phase.ParseStanding)
		fuzzWord(t, text, phase.ParseEffect)
		fuzzWord(t, text, phase.ParseProgress)
		fuzzWord(t, text, phase.ParseNeed)
		fuzzWord(t, text, phase.ParseRole)
		fuzzWord(t, text, phase.ParseWay)
	})
}

func fuzzWord[T word](t *testing.T, text string, parse func(string) (T, error)) {
	t.Helper()
	v, err := parse(text)
	if err != nil {
		require.Zero(t, v)
		return
	}
	require.True(t, v.IsValid())
	again, err := parse(v.String())
	require.NoError(t, err)
	require.Equal(t, v, again)
}
