package quant_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/risk/quant"
)

// Every word reads back to its value, and nothing else does.
func TestEnumerations(t *testing.T) {
	t.Parallel()
	testEnum(t, quant.ParseRole, []quant.Role{quant.Occurrence, quant.Severity}, "occurrence", "severity")
	testEnum(t, quant.ParseMethod, []quant.Method{quant.Auto, quant.Exact, quant.Simulation}, "auto", "exact", "simulation")
	testEnum(t, quant.ParseAggregation, []quant.Aggregation{quant.Additive, quant.Longest}, "additive", "longest")
	testEnum(t, quant.ParseBound, []quant.Bound{quant.Rounding, quant.Refinement, quant.Sampling}, "rounding", "refinement", "sampling")
	testEnum(t, quant.ParseQuantileType, []quant.QuantileType{quant.InverseCDF, quant.Linear}, "inverse_cdf", "linear")
	require.False(t, quant.Role(0).IsValid())
	require.Empty(t, quant.Bound(0).String())
	text, err := quant.Role(0).MarshalText()
	require.NoError(t, err)
	require.Empty(t, text, "not given")
}

type enum interface {
	~uint8
	String() string
	IsValid() bool
	AppendText(b []byte) ([]byte, error)
	MarshalText() ([]byte, error)
}

func testEnum[T enum](t *testing.T, parse func(string) (T, error), values []T, texts ...string) {
	t.Helper()
	for i, v := range values {
		require.True(t, v.IsValid())
		require.Equal(t, texts[i], v.String())
		got, err := parse(texts[i])
		require.NoError(t, err)
		require.Equal(t, v, got)
		data, err := json.Marshal(v)
		require.NoError(t, err)
		require.Equal(t, `"`+texts[i]+`"`, string(data))
		var back T
		require.NoError(t, json.Unmarshal(data, &back))
		require.Equal(t, v, back)
	}
	last := values[len(values)-1]
	require.NoError(t, json.Unmarshal([]byte(`""`), &last))
	require.Zero(t, last, "no text is the zero value")
	require.False(t, T(200).IsValid())
	require.Contains(t, T(200).String(), "(200)")
	_, err := T(200).AppendText(nil)
	require.ErrorIs(t, err, quant.ErrUnknown)
	for _, bad := range []string{"", "Exact", strings.Repeat("é", 100)} {
		_, err := parse(bad)
		require.ErrorIs(t, err, quant.ErrUnknown)
		require.ErrorContains(t, err, texts[0])
		require.Less(t, len(err.Error()), 220)
	}
	v := values[0]
	require.Error(t, json.Unmarshal([]byte(`"no such word"`), &v))
	require.Equal(t, values[0], v, "unchanged")
}

func FuzzWords(f *testing.F) {
	for _, s := range []string{"", "exact", "severity", "linear", "longest", "sampling", "no such word"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		var (
			role        quant.Role
			method      quant.Method
			aggregation quant.Aggregation
			bound       quant.Bound
			kind        quant.QuantileType
		)
		for _, v := range []interface {
			UnmarshalText(text []byte) error
			MarshalText() ([]byte, error)
		}{&role, &method, &aggregation, &bound, &kind} {
			if v.UnmarshalText([]byte(s)) == nil && s != "" {
				text, err := v.MarshalText()
				require.NoError(t, err)
				require.Equal(t, s, string(text))
			}
		}
	})
}
