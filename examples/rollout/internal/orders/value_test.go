package orders_test

import (
	"fmt"
	"math"
	"math/big"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/examples/rollout/internal/orders"
)

// readDay and readAmount read one value by way of a file.
func readDay(text string) (calendar.Date, error) {
	got, err := read("customer,date,amount\nC," + quoted(text) + ",1\n")
	if err != nil {
		return 0, err
	}
	return got[0].Day, nil
}

func readAmount(text string, sep byte) (int64, error) {
	got, err := read(strings.ReplaceAll("customer,date,amount\nC,2026-10-31,", ",", string(sep)) + quoted(text) + "\n")
	if err != nil {
		return 0, err
	}
	return got[0].Minor, nil
}

func quoted(s string) string { return `"` + strings.ReplaceAll(s, `"`, `""`) + `"` }

func TestDays(t *testing.T) {
	want := calendar.MustParse("2026-10-31")
	for _, text := range []string{
		"2026-10-31", "2026/10/31", "20261031", " 2026-10-31\t",
		"2026-10-31T18:04", "2026-10-31t18:04", "2026-10-31 18:04", "2026/10/31 18:04", "20261031T1804", "20261031 180459",
		"2026-10-31T00:00:00", "2026-10-31T23:59:60", "2026-10-31T18:04:05.123456789", "2026-10-31 18:04:05,5", "20261031T180405.5Z",
		"2026-10-31T18:04Z", "2026-10-31T18:04:05z", "2026-10-31 18:04:05 UTC", "2026-10-31 18:04:05GMT", "2026-10-31 18:04 +0200",
		"2026-10-31T18:04:05+02:00", "2026-10-31T18:04:05.5-0930", "2026-10-31 18:04:05+00", "20261031T1804-05",
		"2026-10-31T23:59:59-12:00", // the day that is written
	} {
		got, err := readDay(text)
		require.NoError(t, err, text)
		require.Equal(t, want, got, text)
	}
}

func TestDayFaults(t *testing.T) {
	tests := []struct {
		want  error
		texts []string
	}{
		{orders.ErrMissing, []string{"", " ", "\t"}},
		{orders.ErrDay, []string{
			"2026-13-01", "2026-02-29", "2026-00-01", "2026-01-00", "0000-01-01", "2026/04/31", "20260431", "03042026", "31122026", "2026-02-30T10:00",
		}},
		{orders.ErrDayMonth, []string{
			"03/04/2026", "3/4/2026", "31.12.2026", "3.4.26", "03-04-2026", "26-10-31", "31/12/2026 18:04", "31.12.2026T18:04", "12/31/26",
		}},
		{orders.ErrDate, []string{
			"x", "2026", "2026-10", "2026-1-2", "2026-10/31", "2026.10.31", "2026-10-3x", "2o26-10-31", "２０２６-10-31", "+2026-10-31", "-2026-10-31",
			"202610311", "20261031x", "2026103x", "2026-10-311", "2026-W05-1", "2026-304", "45962", "31 Oct 2026", "Oct 31, 2026",
			"2026-10-31T", "2026-10-31 x", "2026-10-31T1", "2026-10-31T18", "2026-10-31T18:", "2026-10-31T18:4", "2026-10-31T24:00", "2026-10-31T18:60",
			"2026-10-31T18:04:61", "2026-10-31T18:04:", "2026-10-31T18:0405", "2026-10-31T1804:05", "2026-10-31T18:04:05.", "2026-10-31T18:04:05.x",
			"2026-10-31T18:04x", "2026-10-31T18:04+", "2026-10-31T18:04+2", "2026-10-31T18:04+02:", "2026-10-31T18:04+02:60", "2026-10-31T18:04+24",
			"2026-10-31T18:04+02:00:00", "2026-10-31T18:04 PM", "2026-10-31  18:04", "2026-10-31-18:04", "2026-10-31T18:04 CET",
		}},
	}
	for _, tt := range tests {
		for _, text := range tt.texts {
			_, err := readDay(text)
			require.ErrorIs(t, err, tt.want, text)
		}
	}
}

func TestAmounts(t *testing.T) {
	tests := []struct {
		text string
		want int64
	}{
		{"0", 0},
		{"-0", 0},
		{"-0.00", 0},
		{"12", 1200},
		{"12.5", 1250},
		{"12.50", 1250},
		{" 12.50 ", 1250},
		{"+12.50", 1250},
		{"-12.50", -1250},
		{"12.5000000000000000000000000000000000000000", 1250},
		{"00000000000000000000000000000000000012.50", 1250},
		{"12.", 1200},
		{".5", 50},
		{"-.05", -5},
		{"0.29", 29},  // 0.29*100 is less than 29 in floating point
		{"1.15", 115}, // and so is 1.15*100
		{"9007199254740993.01", 900719925474099301}, // no float64
		{"92233720368547758.07", math.MaxInt64},
		{"-92233720368547758.08", math.MinInt64},
		{"-92233720368547758.0800", math.MinInt64},
	}
	for _, tt := range tests {
		for _, sep := range []byte(",;\t") {
			got, err := readAmount(tt.text, sep)
			require.NoError(t, err, tt.text)
			require.Equal(t, tt.want, got, tt.text)
		}
		got, err := readAmount(strings.Replace(tt.text, ".", ",", 1), ';')
		require.NoError(t, err, tt.text)
		require.Equal(t, tt.want, got, tt.text)
	}
}

func TestAmountFaults(t *testing.T) {
	tests := []struct {
		want  error
		texts []string
	}{
		{orders.ErrMissing, []string{"", " "}},
		{orders.ErrDecimals, []string{"12.505", "0.001", "-0.0000001", "1.2300000000000000000000000000000000001"}},
		{orders.ErrRange, []string{
			"92233720368547758.08", "-92233720368547758.09", "100000000000000000", "-100000000000000000.00", "184467440737095516.16",
			"1844674407370955161.6", strings.Repeat("9", 400),
		}},
		{orders.ErrAmount, []string{
			"x", ".", "-", "+", "-.", "--1", "1-", "(12.50)", "12 50", "1 234.50", "1_000", "1'000.00", "1,234.50", "1.234,50", "1..5", "1.5.", "€12", "12 EUR",
			"1e3", "0x10", "NaN", "Inf", "１２", "−12", "12.5O", strings.Repeat("9", 400) + "x", "1.999x",
		}},
	}
	for _, tt := range tests {
		for _, text := range tt.texts {
			for _, sep := range []byte(",;\t") {
				_, err := readAmount(text, sep)
				require.ErrorIs(t, err, tt.want, text)
				require.Less(t, len(err.Error()), 200)
			}
		}
	}
	for _, sep := range []byte(",\t") {
		_, err := readAmount("12,50", sep)
		require.ErrorIs(t, err, orders.ErrComma)
	}
}

// A file that has both marks has a thousands separator, or two authors.
func TestOneMark(t *testing.T) {
	_, err := read("customer;date;amount\nA;2026-10-31;999\nA;2026-10-31;12,50\nA;2026-10-31;1.000\nA;2026-10-31;12,00\n")
	require.EqualError(t, err, `orders: line 4: amount: "1.000": another decimal mark than before: line 3 has ','`)
	require.ErrorIs(t, err, orders.ErrMark)
}

// Any decimal number is read as package big reads it.
func TestAmountsExactly(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 3000 {
		whole, frac := r.Uint64()>>r.IntN(64), r.IntN(1000)
		checkAmount(t, fmt.Sprintf("%s%d.%0*d", [...]string{"", "-", "+"}[r.IntN(3)], whole, 1+r.IntN(4), frac))
	}
}

var decimal = regexp.MustCompile(`^[+-]?(\d+\.?\d*|\.\d+)$`)

func checkAmount(t *testing.T, text string) {
	t.Helper()
	got, err := readAmount(text, ',')
	text = strings.Trim(text, " \t")
	if !decimal.MatchString(text) {
		require.Error(t, err)
		return
	}
	want, ok := new(big.Rat).SetString(text)
	require.True(t, ok)
	switch minor := want.Mul(want, big.NewRat(100, 1)); {
	case !minor.IsInt():
		require.ErrorIs(t, err, orders.ErrDecimals)
	case !minor.Num().IsInt64():
		require.ErrorIs(t, err, orders.ErrRange)
	default:
		require.NoError(t, err)
		require.Equal(t, minor.Num().Int64(), got)
	}
}

// Whatever is read as a day begins with that day, and package time agrees.
func checkDay(t *testing.T, text string) {
	t.Helper()
	got, err := readDay(text)
	text = strings.Trim(text, " \t")
	var want time.Time
	var no error
	for _, layout := range []string{"2006-01-02", "2006/01/02", "20060102"} {
		if want, no = time.Parse(layout, text[:min(len(text), len(layout))]); no == nil {
			break
		}
	}
	if err == nil {
		require.NoError(t, no, text)
		require.Equal(t, civil(t, want), got, text)
		return
	}
	_, no = time.Parse(time.RFC3339, text)
	if leaps := strings.Contains(text, ":60"); !leaps && want.Year() > 0 {
		require.Error(t, no, "%q is a timestamp, but %v", text, err)
	}
}

func FuzzDay(f *testing.F) {
	for _, s := range []string{"2026-10-31", "2026/10/31", "20261031T180405.5Z", "2026-10-31 18:04:05 +02:00", "03/04/2026", "0000-01-01", "2026-02-29"} {
		f.Add(s)
	}
	f.Fuzz(checkDay)
}

func FuzzAmount(f *testing.F) {
	for _, s := range []string{"12.50", "-92233720368547758.08", ".5", "12.", "1,5", "0.001", "1.2000", "--1"} {
		f.Add(s)
	}
	f.Fuzz(checkAmount)
}
