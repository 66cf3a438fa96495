package money_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/crmrollout/crm/crmproject/money"
	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
)

func TestCurrencyText(t *testing.T) {
	table := []struct {
		text, canonical, code string
		exponent              int
		iso                   bool
	}{
		{"EUR", "EUR", "EUR", 2, true},
		{"EUR/2", "EUR", "EUR", 2, true},
		{"EUR/4", "EUR/4", "EUR", 4, false},
		{"JPY", "JPY", "JPY", 0, true},
		{"KWD", "KWD", "KWD", 3, true},
		{"CLF", "CLF", "CLF", 4, true},
		{"PTS/0", "PTS/0", "PTS", 0, false},
		{"ETH/18", "ETH/18", "ETH", 18, false},
		{"AAA/2", "AAA/2", "AAA", 2, false},
		{"ZZZ/2", "ZZZ/2", "ZZZ", 2, false},
		{"AED", "AED", "AED", 2, true}, // first of the table
		{"ZWL", "ZWL", "ZWL", 2, true}, // last of the table
	}
	for _, row := range table {
		c, err := money.ParseCurrency(row.text)
		require.NoError(t, err, row.text)
		require.Equal(t, row.canonical, c.String())
		require.Equal(t, row.code, c.Code())
		require.Equal(t, row.exponent, c.Exponent())
		require.Equal(t, row.iso, c.IsISO())
		require.True(t, c.IsValid())

		made, err := money.NewCurrency(row.code, row.exponent)
		require.NoError(t, err)
		require.Equal(t, c, made, "a definition is its value: %v %v", made, c)

		text, err := c.MarshalText()
		require.NoError(t, err)
		var back money.Currency
		require.NoError(t, back.UnmarshalText(text))
		require.Equal(t, c, back)
	}
	require.Equal(t, money.KWD, money.MustParseCurrency("KWD"))
}

func TestCurrencyTextFaults(t *testing.T) {
	table := []struct {
		text string
		want error
	}{
		{"", money.ErrSyntax},
		{"EU", money.ErrSyntax},
		{"EURO", money.ErrSyntax},
		{"eur", money.ErrSyntax},
		{"E1R", money.ErrSyntax},
		{"€", money.ErrSyntax}, // three bytes
		{" EUR", money.ErrSyntax},
		{"EUR ", money.ErrSyntax},
		{"EUR/", money.ErrSyntax},
		{"EUR/+2", money.ErrSyntax},
		{"EUR/-1", money.ErrSyntax},
		{"EUR/02", money.ErrSyntax},
		{"EUR/19", money.ErrSyntax},
		{"EUR/300", money.ErrSyntax},
		{"EUR/2/2", money.ErrSyntax},
		{"/2", money.ErrSyntax},
		{"EUX", money.ErrUnknown},
		{"AAA", money.ErrUnknown},
		{"ZZZ", money.ErrUnknown},
		{"XAU", money.ErrUnknown}, // gold has no minor unit
	}
	for _, row := range table {
		c, err := money.ParseCurrency(row.text)
		require.ErrorIs(t, err, row.want, row.text)
		require.Zero(t, c)
		require.ErrorContains(t, err, "money: currency ")
	}
	require.Panics(t, func() { money.MustParseCurrency("EUX") })

	kept := money.CHF
	require.Error(t, kept.UnmarshalText([]byte("??")))
	require.Equal(t, money.CHF, kept)
}

func TestNewCurrencyFaults(t *testing.T) {
	for _, code := range []string{"", "EU", "EURO", "eur", "ÄBC", "A C"} {
		_, err := money.NewCurrency(code, 2)
		require.ErrorIs(t, err, money.ErrInvalid, code)
	}
	for _, exponent := range []int{-1, 19, 256, 258, -256} {
		_, err := money.NewCurrency("PTS", exponent)
		require.ErrorIs(t, err, money.ErrInvalid)
	}
}

func TestCurrencyZeroAndInvalid(t *testing.T) {
	var none money.Currency
	require.False(t, none.IsValid())
	require.Equal(t, "Currency(0x0)", none.String())
	text, err := none.MarshalText()
	require.NoError(t, err)
	require.Empty(t, text)
	back := money.EUR
	require.NoError(t, back.UnmarshalText(nil))
	require.Zero(t, back)

	for _, bad := range []money.Currency{42, money.EUR | 19, money.EUR &^ (0xff << 24), 1<<32 - 1} {
		require.False(t, bad.IsValid())
		require.False(t, bad.IsISO())
		require.Empty(t, bad.Code())
		require.Zero(t, bad.Exponent())
		require.Contains(t, bad.String(), "Currency(0x")
		b, err := bad.AppendText([]byte("x"))
		require.ErrorIs(t, err, money.ErrInvalid)
		require.Equal(t, "x", string(b))
	}
}

func TestCurrencyOrder(t *testing.T) {
	texts := []string{"USD", "EUR/4", "AAA/3", "EUR", "ZZZ/0", "EUR/0"}
	var cs []money.Currency
	for _, s := range texts {
		cs = append(cs, money.MustParseCurrency(s))
	}
	slices.Sort(cs)
	var got []string
	for _, c := range cs {
		got = append(got, c.String())
	}
	require.Equal(t, []string{"AAA/3", "EUR/0", "EUR", "EUR/4", "USD", "ZZZ/0"}, got)
}

func TestCurrencyJSON(t *testing.T) {
	type doc struct {
		Base  money.Currency            `json:"base,omitzero"`
		Rates map[money.Currency]string `json:"rates,omitempty"`
	}
	in := doc{money.PLN, map[money.Currency]string{money.EUR: "4.25", money.MustParseCurrency("PTS/0"): "1"}}
	text, err := json.Marshal(in)
	require.NoError(t, err)
	require.JSONEq(t, `{"base":"PLN","rates":{"EUR":"4.25","PTS/0":"1"}}`, string(text))
	var out doc
	require.NoError(t, json.Unmarshal(text, &out))
	require.Empty(t, cmp.Diff(in, out))
	require.Error(t, json.Unmarshal([]byte(`{"base":"pln"}`), &out))
}

func FuzzParseCurrency(f *testing.F) {
	for _, s := range []string{"EUR", "EUR/2", "EUR/4", "PTS/0", "ETH/18", "EUR/19", "XAU", "", "eur", "EUR/"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var u money.Currency
		unmarshalErr := u.UnmarshalText([]byte(text))
		c, err := money.ParseCurrency(text)
		require.Equal(t, err == nil || text == "", unmarshalErr == nil)
		if err != nil {
			require.Zero(t, c)
			require.Less(t, len(err.Error()), 500)
			return
		}
		require.Equal(t, c, u)
		require.True(t, c.IsValid())
		again, err := money.ParseCurrency(c.String())
		require.NoError(t, err)
		require.Equal(t, c, again)
		if text != c.String() { // the one other spelling: an exponent that the table states too
			require.Equal(t, text[:3], c.String())
			require.True(t, strings.HasPrefix(text[3:], "/"))
		}
	})
}
