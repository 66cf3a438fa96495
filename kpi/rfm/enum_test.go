package rfm_test

import (
	"encoding"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/kpi/rfm"
)

type enum interface {
	~uint8
	fmt.Stringer
	encoding.TextMarshaler
	encoding.TextAppender
	IsValid() bool
}

type pointer[E any] interface {
	*E
	encoding.TextUnmarshaler
}

// checkEnum holds an enumeration to its words.
func checkEnum[E enum, P pointer[E]](t *testing.T, parse func(string) (E, error), words ...string) {
	t.Helper()
	for i, word := range words {
		e, err := parse(word)
		require.NoError(t, err)
		require.Equal(t, E(i+1), e)
		require.True(t, e.IsValid())
		require.Equal(t, word, e.String())
		text, err := e.MarshalText()
		require.NoError(t, err)
		require.Equal(t, word, string(text))
		var back E
		require.NoError(t, P(&back).UnmarshalText(text))
		require.Equal(t, e, back)
		require.Error(t, P(&back).UnmarshalText([]byte("no such word")))
		require.Equal(t, e, back)
	}
	beyond := E(len(words) + 1)
	require.False(t, beyond.IsValid())
	require.False(t, E(0).IsValid())
	_, err := beyond.AppendText(nil)
	require.ErrorIs(t, err, verdict.ErrUnknown)
}

func TestEnums(t *testing.T) {
	checkEnum(t, rfm.ParseDimension, "recency", "frequency", "monetary")
	checkEnum(t, rfm.ParseCount, "orders", "distinct_days")
	checkEnum(t, rfm.ParseValue, "total", "mean_per_order", "mean_per_day")
	checkEnum(t, rfm.ParseMethod, "quantile", "n_tile", "fixed", "r_compatible")
	checkEnum(t, rfm.ParseTies, "together", "merged", "in_order")
	checkEnum(t, rfm.ParseBreak, "customer", "customer_descending", "recency", "frequency", "monetary")
	checkEnum(t, rfm.ParseSide, "right", "left")
	checkEnum(t, rfm.ParseNesting, "independent", "nested")
}

func FuzzParseEnums(f *testing.F) {
	for _, s := range []string{"recency", "DISTINCT DAYS", "n-tile", ""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		fuzzEnum(t, s, rfm.ParseDimension)
		fuzzEnum(t, s, rfm.ParseCount)
		fuzzEnum(t, s, rfm.ParseValue)
		fuzzEnum(t, s, rfm.ParseMethod)
		fuzzEnum(t, s, rfm.ParseTies)
		fuzzEnum(t, s, rfm.ParseBreak)
		fuzzEnum(t, s, rfm.ParseSide)
		fuzzEnum(t, s, rfm.ParseNesting)
	})
}

func fuzzEnum[E enum](t *testing.T, s string, parse func(string) (E, error)) {
	t.Helper()
	e, err := parse(s)
	if (err == nil) != e.IsValid() {
		t.Fatal(s, e, err)
	}
	if err == nil {
		if back, err := parse(e.String()); err != nil || back != e {
			t.Fatal(s, e, back, err)
		}
	}
}
