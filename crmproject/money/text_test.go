package money_test

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/crmrollout/crm/crmproject/money"
	"github.com/stretchr/testify/require"
)

func TestAmountText(t *testing.T) {
	table := []struct {
		text, canonical string
		minor           int64
		currency        string
	}{
		{"1234.50 EUR", "1234.50 EUR", 123450, "EUR"},
		{"-1234.50 EUR", "-1234.50 EUR", -123450, "EUR"},
		{"1234.5 EUR", "1234.50 EUR", 123450, "EUR"},
		{"1234 EUR", "1234.00 EUR", 123400, "EUR"},
		{"1234 JPY", "1234 JPY", 1234, "JPY"},
		{"0 JPY", "0 JPY", 0, "JPY"},
		{"-0 JPY", "0 JPY", 0, "JPY"},
		{"-0.00 EUR", "0.00 EUR", 0, "EUR"},
		{"0.01 EUR", "0.01 EUR", 1, "EUR"},
		{"-0.05 EUR", "-0.05 EUR", -5, "EUR"},
		{"000123.45 EUR", "123.45 EUR", 12345, "EUR"},
		{strings.Repeat("0", 40) + "1 EUR", "1.00 EUR", 100, "EUR"},
		{"1.5 EUR/2", "1.50 EUR", 150, "EUR"},
		{"0.001 KWD", "0.001 KWD", 1, "KWD"},
		{"0.0001 CLF", "0.0001 CLF", 1, "CLF"},
		{"1.2345 EUR/4", "1.2345 EUR/4", 12345, "EUR/4"},
		{"1500 PTS/0", "1500 PTS/0", 1500, "PTS/0"},
		{"92233720368547758.07 EUR", "92233720368547758.07 EUR", math.MaxInt64, "EUR"},
		{"-92233720368547758.08 EUR", "-92233720368547758.08 EUR", math.MinInt64, "EUR"},
		{"9223372036854775807 JPY", "9223372036854775807 JPY", math.MaxInt64, "JPY"},
		{"-9223372036854775808 JPY", "-9223372036854775808 JPY", math.MinInt64, "JPY"},
		{"-9.223372036854775808 ETH/18", "-9.223372036854775808 ETH/18", math.MinInt64, "ETH/18"},
		{"0.000000000000000001 ETH/18", "0.000000000000000001 ETH/18", 1, "ETH/18"},
	}
	for _, row := range table {
		a, err := money.Parse(row.text)
		require.NoError(t, err, row.text)
		require.Equal(t, money.FromMinor(row.minor, money.MustParseCurrency(row.currency)), a, row.text)
		require.Equal(t, row.canonical, a.String())
		text, err := a.MarshalText()
		require.NoError(t, err)
		require.Equal(t, row.canonical, string(text))
		again, err := a.AppendText([]byte("was: "))
		require.NoError(t, err)
		require.Equal(t, "was: "+row.canonical, string(again))
		var back money.Amount
		require.NoError(t, back.UnmarshalText(text))
		require.Equal(t, a, back)
	}
	zero, err := money.Parse("0")
	require.NoError(t, err)
	require.Equal(t, money.Amount{}, zero)
}

func TestAmountTextFaults(t *testing.T) {
	table := []struct {
		text string
		want error
	}{
		{"", money.ErrSyntax},
		{" ", money.ErrSyntax},
		{"00", money.ErrSyntax},
		{"-0", money.ErrSyntax},
		{"0.00", money.ErrSyntax},
		{"12.50", money.ErrSyntax},
		{"EUR", money.ErrSyntax},
		{"EUR 12.50", money.ErrSyntax},
		{"12.50EUR", money.ErrSyntax},
		{"12.50  EUR", money.ErrSyntax},
		{" 12.50 EUR", money.ErrSyntax},
		{"12.50 EUR ", money.ErrSyntax},
		{"12.50\tEUR", money.ErrSyntax},
		{"12.50\u00a0EUR", money.ErrSyntax},
		{"12.50 eur", money.ErrSyntax},
		{"12,50 EUR", money.ErrSyntax},
		{"1,234.50 EUR", money.ErrSyntax},
		{"1_000 EUR", money.ErrSyntax},
		{".50 EUR", money.ErrSyntax},
		{"12. EUR", money.ErrSyntax},
		{"-.5 EUR", money.ErrSyntax},
		{"- EUR", money.ErrSyntax},
		{"--1 EUR", money.ErrSyntax},
		{"+1 EUR", money.ErrSyntax},
		{"1.-5 EUR", money.ErrSyntax},
		{"1.2.3 EUR", money.ErrSyntax},
		{"1e3 EUR", money.ErrSyntax},
		{"0x10 EUR", money.ErrSyntax},
		{"NaN EUR", money.ErrSyntax},
		{"Inf EUR", money.ErrSyntax},
		{"١٢ EUR", money.ErrSyntax}, // digits, but not ASCII
		{"−5 EUR", money.ErrSyntax}, // U+2212, not a hyphen
		{"1 EUR/19", money.ErrSyntax},
		{"12.50 EUX", money.ErrUnknown},
		{"1 XXX", money.ErrUnknown},
		{"1234. JPY", money.ErrSyntax},
		{"1234.0 JPY", money.ErrDecimals},
		{"1.500 EUR", money.ErrDecimals},
		{"1.005 EUR", money.ErrDecimals},
		{"1.2345 KWD", money.ErrDecimals},
		{"92233720368547758.08 EUR", money.ErrOverflow},
		{"-92233720368547758.09 EUR", money.ErrOverflow},
		{"92233720368547759 EUR", money.ErrOverflow},
		{"1152921504606846976 EUR", money.ErrOverflow}, // 2^60: overflows while decimals are filled in
		{"9223372036854775808 JPY", money.ErrOverflow},
		{"18446744073709551616 JPY", money.ErrOverflow}, // 2^64 would wrap to 0
		{"18446744073709551617 JPY", money.ErrOverflow}, // and this to 1
		{"10 ETH/18", money.ErrOverflow},
		{strings.Repeat("9", 1000) + " EUR", money.ErrOverflow},
		{strings.Repeat("9", 1000) + ".5 EUR", money.ErrOverflow},
	}
	for _, row := range table {
		a, err := money.Parse(row.text)
		require.ErrorIs(t, err, row.want, "%q", row.text)
		require.Zero(t, a)
		require.ErrorContains(t, err, "money: amount ")
		require.Less(t, len(err.Error()), 250)

		kept := eur(9)
		require.EqualError(t, kept.UnmarshalText([]byte(row.text)), err.Error())
		require.Equal(t, eur(9), kept)
	}
	require.Panics(t, func() { money.MustParse("12.50") })
}

// Every exponent and the whole int64 range survive the text form.
func TestAmountTextRoundTrip(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	for exponent := range money.MaxExponent + 1 {
		c, err := money.NewCurrency("QQQ", exponent)
		require.NoError(t, err)
		for _, minor := range corners {
			requireRoundTrip(t, money.FromMinor(minor, c))
		}
		for range 300 {
			requireRoundTrip(t, money.FromMinor(extreme(rng), c))
		}
	}
	for c := range money.Currencies() {
		requireRoundTrip(t, money.FromMinor(extreme(rng), c))
	}
}

func requireRoundTrip(t *testing.T, a money.Amount) {
	t.Helper()
	text := a.String()
	back, err := money.Parse(text)
	require.NoError(t, err, text)
	require.Equal(t, a, back, text)

	minor, code, exponent, ok := slowParse(text, listed)
	require.True(t, ok, text)
	require.Equal(t, a.Minor(), minor)
	require.Equal(t, a.Currency().Code(), code)
	require.Equal(t, a.Currency().Exponent(), exponent)
}

// listed are the exponents of the built-in currencies, for the slow parser.
var listed = func() map[string]int {
	m := map[string]int{}
	for c := range money.Currencies() {
		m[c.Code()] = c.Exponent()
	}
	return m
}()

func TestFormat(t *testing.T) {
	continental := money.Style{Group: ".", Decimal: ","}
	table := []struct {
		text  string
		style money.Style
		want  string
	}{
		{"1234567.50 EUR", money.Style{}, "1,234,567.50 EUR"},
		{"0", money.Style{}, "0"},
		{"0.00 EUR", money.Style{}, "0.00 EUR"},
		{"-0.05 EUR", money.Style{}, "-0.05 EUR"},
		{"999.99 EUR", money.Style{}, "999.99 EUR"},
		{"-999.99 EUR", money.Style{}, "-999.99 EUR"},
		{"1000 JPY", money.Style{}, "1,000 JPY"},
		{"-100000 JPY", money.Style{}, "-100,000 JPY"},
		{"1.2345 EUR/4", money.Style{}, "1.2345 EUR/4"},
		{"-1234567.50 EUR", continental, "-1.234.567,50 EUR"},
		{"1234567.500 KWD", money.Style{Group: "\u202f"}, "1\u202f234\u202f567.500 KWD"},
		{"1234.50 CHF", money.Style{Group: "’"}, "1’234.50 CHF"},
		{"-9223372036854775808 JPY", money.Style{}, "-9,223,372,036,854,775,808 JPY"},
		{"92233720368547758.07 EUR", money.Style{}, "92,233,720,368,547,758.07 EUR"},
	}
	for _, row := range table {
		require.Equal(t, row.want, money.MustParse(row.text).Format(row.style))
	}
}

// Taking the marks out again gives the text form.
func TestFormatIsTextWithMarks(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 8))
	for range 2000 {
		a := eur(extreme(rng))
		require.Equal(t, a.String(), strings.ReplaceAll(a.Format(money.Style{}), ",", ""))
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{
		"0", "1234.50 EUR", "-0.05 EUR", "1234 JPY", "1.2345 EUR/4", "1 PTS/0", "-92233720368547758.08 EUR", "1.005 EUR",
		"1e3 EUR", "12,50 EUR", "18446744073709551617 JPY", "-9.223372036854775808 ETH/18", "",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		a, err := money.Parse(text)
		var u money.Amount
		require.Equal(t, err == nil, u.UnmarshalText([]byte(text)) == nil)
		require.Equal(t, a, u)
		if text == "0" {
			require.Equal(t, money.Amount{}, a)
			return
		}
		minor, code, exponent, ok := slowParse(text, listed)
		require.Equal(t, ok, err == nil, "%q: %v", text, err)
		if err != nil {
			require.Less(t, len(err.Error()), 1000)
			return
		}
		require.Equal(t, minor, a.Minor())
		require.Equal(t, code, a.Currency().Code())
		require.Equal(t, exponent, a.Currency().Exponent())
		requireRoundTrip(t, a)
	})
}

func FuzzAmountRoundTrip(f *testing.F) {
	f.Add(int64(math.MinInt64), "EUR", 2)
	f.Add(int64(math.MaxInt64), "ETH", 18)
	f.Add(int64(0), "JPY", 0)
	f.Fuzz(func(t *testing.T, minor int64, code string, exponent int) {
		c, err := money.NewCurrency(code, exponent)
		if err != nil {
			require.ErrorIs(t, err, money.ErrInvalid)
			return
		}
		requireRoundTrip(t, money.FromMinor(minor, c))
	})
}
