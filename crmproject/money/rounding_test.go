package money_test

import (
	"encoding/json"
	"testing"

	"github.com/crmrollout/crm/crmproject/money"
	"github.com/stretchr/testify/require"
)

var allRoundings = []money.Rounding{
	money.HalfEven, money.HalfUp, money.HalfDown, money.Up, money.Down, money.Floor, money.Ceiling,
}

// Tenths rounded to whole minor units, one column for each rounding in the order of the constants.
func TestRoundingTable(t *testing.T) {
	table := []struct {
		tenths int64
		want   [7]int64
	}{
		{0, [7]int64{0, 0, 0, 0, 0, 0, 0}},
		{1, [7]int64{0, 0, 0, 1, 0, 0, 1}},
		{5, [7]int64{0, 1, 0, 1, 0, 0, 1}},
		{9, [7]int64{1, 1, 1, 1, 0, 0, 1}},
		{10, [7]int64{1, 1, 1, 1, 1, 1, 1}},
		{14, [7]int64{1, 1, 1, 2, 1, 1, 2}},
		{15, [7]int64{2, 2, 1, 2, 1, 1, 2}},
		{16, [7]int64{2, 2, 2, 2, 1, 1, 2}},
		{25, [7]int64{2, 3, 2, 3, 2, 2, 3}},
		{35, [7]int64{4, 4, 3, 4, 3, 3, 4}},
		{-1, [7]int64{0, 0, 0, -1, 0, -1, 0}},
		{-5, [7]int64{0, -1, 0, -1, 0, -1, 0}},
		{-9, [7]int64{-1, -1, -1, -1, 0, -1, 0}},
		{-10, [7]int64{-1, -1, -1, -1, -1, -1, -1}},
		{-15, [7]int64{-2, -2, -1, -2, -1, -2, -1}},
		{-16, [7]int64{-2, -2, -2, -2, -1, -2, -1}},
		{-25, [7]int64{-2, -3, -2, -3, -2, -3, -2}},
		{-35, [7]int64{-4, -4, -3, -4, -3, -4, -3}},
	}
	for _, row := range table {
		for i, r := range allRoundings {
			got, err := eur(row.tenths).MulDiv(1, 10, r)
			require.NoError(t, err)
			require.Equal(t, eur(row.want[i]), got, "%d/10 %v", row.tenths, r)

			mirrored, err := eur(row.tenths).MulDiv(-1, -10, r)
			require.NoError(t, err)
			require.Equal(t, got, mirrored, "signs of num and den cancel")
		}
	}
}

func TestRoundingText(t *testing.T) {
	words := []string{"half_even", "half_up", "half_down", "up", "down", "floor", "ceiling"}
	for i, r := range allRoundings {
		require.Equal(t, words[i], r.String())
		require.True(t, r.IsValid())
		parsed, err := money.ParseRounding(words[i])
		require.NoError(t, err)
		require.Equal(t, r, parsed)

		text, err := json.Marshal(map[string]money.Rounding{"r": r})
		require.NoError(t, err)
		require.JSONEq(t, `{"r":"`+words[i]+`"}`, string(text))
		var back map[string]money.Rounding
		require.NoError(t, json.Unmarshal(text, &back))
		require.Equal(t, r, back["r"])
	}
	require.Equal(t, money.HalfEven, money.Rounding(0), "the default")
}

func TestRoundingInvalid(t *testing.T) {
	bad := money.Rounding(7)
	require.False(t, bad.IsValid())
	require.Equal(t, "Rounding(7)", bad.String())
	b, err := bad.AppendText([]byte("x"))
	require.ErrorIs(t, err, money.ErrInvalid)
	require.Equal(t, "x", string(b))

	for _, text := range []string{"", "HalfEven", "half_even ", "HALF_UP", "nearest"} {
		_, err := money.ParseRounding(text)
		require.ErrorIs(t, err, money.ErrUnknown, text)
	}
	kept := money.Ceiling
	require.EqualError(t, kept.UnmarshalText([]byte("sideways")), `money: rounding "sideways": unknown`)
	require.Equal(t, money.Ceiling, kept)
}

func FuzzParseRounding(f *testing.F) {
	for _, r := range allRoundings {
		f.Add(r.String())
	}
	f.Add("")
	f.Fuzz(func(t *testing.T, text string) {
		r, err := money.ParseRounding(text)
		if err != nil {
			require.ErrorIs(t, err, money.ErrUnknown)
			return
		}
		require.Equal(t, text, r.String())
	})
}
