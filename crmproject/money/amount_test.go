package money_test

import (
	"encoding/json"
	"math"
	"reflect"
	"testing"

	"github.com/crmrollout/crm/crmproject/money"
	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
)

func TestAmountIsSmall(t *testing.T) {
	require.LessOrEqual(t, reflect.TypeFor[money.Amount]().Size(), uintptr(16))
	require.EqualValues(t, 4, reflect.TypeFor[money.Currency]().Size())
}

func TestAmountAccessors(t *testing.T) {
	a := money.FromMinor(-1234, money.KWD)
	require.Equal(t, int64(-1234), a.Minor())
	require.Equal(t, money.KWD, a.Currency())
	require.True(t, a.IsValid())
	require.Equal(t, []int{-1, 0, 1}, []int{a.Sign(), eur(0).Sign(), eur(math.MaxInt64).Sign()})
	require.True(t, a.Equal(money.MustParse("-1.234 KWD")))
	require.False(t, a.Equal(eur(-1234)))
}

func TestFromUnits(t *testing.T) {
	table := []struct {
		units int64
		in    string
		want  string
	}{
		{1234, "EUR", "1234.00 EUR"},
		{-1234, "JPY", "-1234 JPY"},
		{5, "KWD", "5.000 KWD"},
		{0, "EUR", "0.00 EUR"},
		{-9, "ETH/18", "-9.000000000000000000 ETH/18"},
		{math.MinInt64, "JPY", "-9223372036854775808 JPY"},
		{92233720368547758, "EUR", "92233720368547758.00 EUR"},
	}
	for _, row := range table {
		a, err := money.FromUnits(row.units, money.MustParseCurrency(row.in))
		require.NoError(t, err)
		require.Equal(t, row.want, a.String())
	}
	_, err := money.FromUnits(92233720368547759, money.EUR)
	require.ErrorIs(t, err, money.ErrOverflow)
	require.EqualError(t, err, "money: 92233720368547759 units of EUR: outside the int64 range")
	_, err = money.FromUnits(10, money.MustParseCurrency("ETH/18"))
	require.ErrorIs(t, err, money.ErrOverflow)
	_, err = money.FromUnits(1, 0)
	require.ErrorIs(t, err, money.ErrInvalid)
}

// The zero Amount is neutral everywhere, stays what it is, and is not the zero of a currency.
func TestZeroAmount(t *testing.T) {
	var none money.Amount
	require.True(t, none.IsValid())
	require.Equal(t, "0", none.String())
	require.Equal(t, "0", none.Format(money.Style{}))
	require.False(t, none.Equal(eur(0)))

	for _, x := range []money.Amount{none, eur(0), eur(-7), money.FromMinor(5, money.JPY)} {
		for _, pair := range [][2]money.Amount{{none, x}, {x, none}} {
			sum, err := pair[0].Add(pair[1])
			require.NoError(t, err)
			require.Equal(t, x, sum)
		}
		diff, err := x.Sub(none)
		require.NoError(t, err)
		require.Equal(t, x, diff)
		diff, err = none.Sub(x)
		require.NoError(t, err)
		neg, err := x.Neg()
		require.NoError(t, err)
		require.Equal(t, neg, diff)
		order, err := none.Cmp(x)
		require.NoError(t, err)
		require.Equal(t, -x.Sign(), order)
	}

	parts, err := none.Allocate([]int64{1, 2})
	require.NoError(t, err)
	require.Equal(t, []money.Amount{{}, {}}, parts)
	scaled, err := none.MulDiv(7, 3, money.Up)
	require.NoError(t, err)
	require.Equal(t, none, scaled)
	rescaled, err := none.Rescale(money.EUR, money.HalfEven)
	require.NoError(t, err)
	require.Equal(t, eur(0), rescaled)
}

func TestInvalidAmount(t *testing.T) {
	for _, bad := range []money.Amount{money.FromMinor(5, 0), money.FromMinor(0, 42)} {
		require.False(t, bad.IsValid())
		require.Contains(t, bad.String(), "invalid amount: ")
		require.Equal(t, bad.String(), bad.Format(money.Style{}))
		b, err := bad.AppendText([]byte("x"))
		require.ErrorIs(t, err, money.ErrInvalid)
		require.Equal(t, "x", string(b))
		_, err = json.Marshal(bad)
		require.ErrorIs(t, err, money.ErrInvalid)
		_, err = bad.Rescale(money.EUR, money.HalfEven)
		require.ErrorIs(t, err, money.ErrInvalid)
		_, err = bad.Add(eur(1))
		require.ErrorIs(t, err, money.ErrCurrency)
	}
}

// An amount goes through JSON and go-cmp as a plain value (SC-12: the budget of a scope).
func TestAmountJSON(t *testing.T) {
	type line struct {
		Name    string                  `json:"name"`
		Planned money.Amount            `json:"planned"`
		Actual  money.Amount            `json:"actual,omitzero"`
		ByMonth map[string]money.Amount `json:"byMonth,omitempty"`
		Prices  map[money.Amount]int    `json:"prices,omitempty"`
	}
	in := []line{
		{"licences", eur(1234567), eur(0), map[string]money.Amount{"2026-01": eur(-5)}, map[money.Amount]int{eur(3): 1}},
		{"training", money.Amount{}, money.Amount{}, nil, nil},
	}
	text, err := json.Marshal(in)
	require.NoError(t, err)
	require.JSONEq(t, `[
		{"name":"licences","planned":"12345.67 EUR","actual":"0.00 EUR","byMonth":{"2026-01":"-0.05 EUR"},"prices":{"0.03 EUR":1}},
		{"name":"training","planned":"0"}
	]`, string(text))

	var out []line
	require.NoError(t, json.Unmarshal(text, &out))
	require.Empty(t, cmp.Diff(in, out))
	require.NotEmpty(t, cmp.Diff(eur(0), money.Amount{}))

	for _, bad := range []string{`12.5`, `"12.5"`, `""`, `{"minor":1}`, `"1.005 EUR"`} {
		kept := eur(7)
		require.Error(t, json.Unmarshal([]byte(bad), &kept), bad)
		require.Equal(t, eur(7), kept)
	}
}
