package clv_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/kpi/clv"
)

func TestWords(t *testing.T) {
	for word, u := range map[string]clv.Unit{"day": clv.Day, "week": clv.Week, "month": clv.Month} {
		got, err := clv.ParseUnit(word)
		require.NoError(t, err)
		require.Equal(t, u, got)
		require.Equal(t, word, got.String())
		data, err := json.Marshal(got)
		require.NoError(t, err)
		var read clv.Unit
		require.NoError(t, json.Unmarshal(data, &read))
		require.Equal(t, u, read)
	}
	for word, s := range map[string]clv.Status{
		"converged": clv.Converged, "boundary": clv.Boundary, "iteration_limit": clv.IterationLimit, "stalled": clv.Stalled,
	} {
		got, err := clv.ParseStatus(word)
		require.NoError(t, err)
		require.Equal(t, s, got)
		require.True(t, got.IsValid())
		require.Equal(t, word, got.String())
		data, err := json.Marshal(got)
		require.NoError(t, err)
		var read clv.Status
		require.NoError(t, json.Unmarshal(data, &read))
		require.Equal(t, s, read)
	}
	require.False(t, clv.Status(0).IsValid())
	require.Empty(t, clv.Status(0).String())
}

func FuzzUnit(f *testing.F) {
	f.Add("week")
	f.Add("Week")
	f.Fuzz(func(t *testing.T, word string) {
		u, err := clv.ParseUnit(word)
		require.Equal(t, err == nil, u.IsValid())
		if err == nil {
			again, err := clv.ParseUnit(u.String())
			require.NoError(t, err)
			require.Equal(t, u, again)
		}
	})
}

func FuzzStatus(f *testing.F) {
	f.Add("stalled")
	f.Add("")
	f.Fuzz(func(t *testing.T, word string) {
		s, err := clv.ParseStatus(word)
		require.Equal(t, err == nil, s.IsValid())
		if err == nil {
			again, err := clv.ParseStatus(s.String())
			require.NoError(t, err)
			require.Equal(t, s, again)
		}
	})
}
