package ratio_test

import (
	"encoding/json"
	"math"
	"math/big"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/ratio"
)

func TestLowestTerms(t *testing.T) {
	for _, c := range []struct {
		num, den         int64
		wantNum, wantDen int64
	}{
		{6, 8, 3, 4},
		{-6, 8, -3, 4},
		{6, -8, -3, 4},
		{-6, -8, 3, 4},
		{0, 5, 0, 1},
		{0, -5, 0, 1},
		{math.MaxInt64, math.MaxInt64, 1, 1},
		{math.MinInt64, math.MinInt64, 1, 1},
		{math.MinInt64, 1, math.MinInt64, 1},
		{math.MinInt64, 2, math.MinInt64 / 2, 1},
		{2, math.MinInt64, -1, 1 << 62},
		{math.MinInt64, math.MaxInt64, math.MinInt64, math.MaxInt64},
	} {
		r := ratio.New(c.num, c.den)
		require.True(t, r.Defined(), "%d/%d", c.num, c.den)
		require.Equal(t, c.wantNum, r.Num(), "%d/%d", c.num, c.den)
		require.Equal(t, c.wantDen, r.Den(), "%d/%d", c.num, c.den)
	}
	require.Equal(t, ratio.New(1, 3), ratio.New(2, 6), "equal numbers are equal values")
	require.True(t, ratio.New(1, 3).Equal(ratio.New(2, 6)))
	require.False(t, ratio.Undefined("a").Equal(ratio.Undefined("b")))
	require.Empty(t, cmp.Diff(ratio.New(1, 3), ratio.New(2, 6)))
}

func TestDoesNotFit(t *testing.T) {
	huge := ratio.Int(math.MaxInt64)
	for name, r := range map[string]ratio.Ratio{
		"1/MinInt64":        ratio.New(1, math.MinInt64),
		"MinInt64/-1":       ratio.New(math.MinInt64, -1),
		"max+1":             huge.Add(ratio.Int(1)),
		"max×2":             huge.Mul(ratio.Int(2)),
		"(1/max)×(1/2)":     huge.Inv().Mul(ratio.New(1, 2)),
		"min negated":       ratio.Int(math.MinInt64).Neg(),
		"|min|":             ratio.Int(math.MinInt64).Abs(),
		"1/max - 1/(max-1)": huge.Inv().Sub(ratio.New(1, math.MaxInt64-1)),
	} {
		require.Equal(t, ratio.Undefined(ratio.Overflow), r, name)
	}
	// Intermediate products may be huge as long as the result fits.
	require.Equal(t, ratio.Int(1), huge.Mul(huge.Inv()))
	require.Equal(t, ratio.Int(1), huge.Quo(huge))
	require.Equal(t, ratio.Int(0), huge.Inv().Sub(huge.Inv()))
	require.Equal(t, ratio.Int(math.MinInt64), ratio.Int(-math.MaxInt64).Sub(ratio.Int(1)))
}

func TestUndefinedCarriesItsReason(t *testing.T) {
	noCost := ratio.Of(5, 0, "AC is 0")
	require.False(t, noCost.Defined())
	require.Equal(t, "AC is 0", noCost.Reason())
	require.Equal(t, noCost, ratio.Int(3).Add(noCost).Mul(ratio.Int(2)).Inv().Neg().Abs())
	require.Equal(t, noCost, noCost.Quo(ratio.Undefined("later")))
	require.Equal(t, ratio.DivisionByZero, ratio.Int(1).Quo(ratio.Int(0)).Reason())
	require.Equal(t, ratio.DivisionByZero, ratio.Int(0).Inv().Reason())
	require.ErrorIs(t, noCost.Err(), ratio.ErrUndefined)
	require.ErrorContains(t, noCost.Err(), "AC is 0")
	require.EqualError(t, ratio.Ratio{}.Err(), "ratio: undefined")
	require.NoError(t, ratio.Int(0).Err())
	_, ok := noCost.Float64()
	require.False(t, ok)
	_, ok = noCost.Floor()
	require.False(t, ok)
	require.Zero(t, noCost.Sign())
	require.True(t, ratio.Ratio{}.IsZero())
	require.False(t, ratio.Int(0).IsZero())
	require.False(t, noCost.IsZero())
}

func TestCmpOrdersEverything(t *testing.T) {
	ordered := []ratio.Ratio{
		{}, ratio.Undefined("a"), ratio.Undefined("b"),
		ratio.Int(math.MinInt64), ratio.New(math.MinInt64, 3), ratio.Int(-1), ratio.New(-1, 2),
		ratio.New(-1, math.MaxInt64), ratio.Int(0), ratio.New(1, math.MaxInt64),
		ratio.New(math.MaxInt64-1, math.MaxInt64), ratio.Int(1), ratio.Int(math.MaxInt64),
	}
	for i, a := range ordered {
		for j, b := range ordered {
			want := 0
			if i < j {
				want = -1
			} else if i > j {
				want = +1
			}
			require.Equal(t, want, a.Cmp(b), "%q ? %q", a, b)
			both := a.Defined() && b.Defined()
			require.Equal(t, both && want < 0, a.Less(b))
			require.Equal(t, both && want >= 0, a.AtLeast(b))
		}
	}
}

// TestAgainstBig holds every operation against math/big over operands that
// crowd the edges of int64.
func TestAgainstBig(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 20_000 {
		a, b := randomRatio(rng), randomRatio(rng)
		x, y := bigOf(a), bigOf(b)
		check(t, a, "+", b, a.Add(b), new(big.Rat).Add(x, y))
		check(t, a, "-", b, a.Sub(b), new(big.Rat).Sub(x, y))
		check(t, a, "*", b, a.Mul(b), new(big.Rat).Mul(x, y))
		if y.Sign() != 0 {
			check(t, a, "/", b, a.Quo(b), new(big.Rat).Quo(x, y))
		}
		if a.Cmp(b) != x.Cmp(y) {
			t.Fatalf("%v cmp %v = %d, want %d", a, b, a.Cmp(b), x.Cmp(y))
		}
		floor, _ := a.Floor()
		if want := new(big.Int).Div(x.Num(), x.Denom()); want.Cmp(big.NewInt(floor)) != 0 {
			t.Fatalf("floor %v = %d, want %v", a, floor, want)
		}
	}
}

func check(t *testing.T, a ratio.Ratio, op string, b, got ratio.Ratio, want *big.Rat) {
	t.Helper()
	if !want.Num().IsInt64() || !want.Denom().IsInt64() {
		if got.Reason() != ratio.Overflow {
			t.Fatalf("%v %s %v = %v, want overflow", a, op, b, got)
		}
		return
	}
	if want.Num().Int64() != got.Num() || want.Denom().Int64() != got.Den() {
		t.Fatalf("%v %s %v = %v, want %v", a, op, b, got, want)
	}
}

func bigOf(r ratio.Ratio) *big.Rat { return big.NewRat(r.Num(), r.Den()) }

func randomRatio(rng *rand.Rand) ratio.Ratio {
	for {
		if r := ratio.New(edgy(rng), edgy(rng)); r.Defined() {
			return r
		}
	}
}

// edgy returns a number that is often small, often near a limit of int64.
func edgy(rng *rand.Rand) int64 {
	n := int64(rng.Uint64() >> rng.UintN(64))
	switch rng.UintN(8) {
	case 0:
		return math.MaxInt64 - n&7
	case 1:
		return math.MinInt64 + n&7
	case 2, 3:
		return -n
	default:
		return n
	}
}

func TestText(t *testing.T) {
	for text, want := range map[string]ratio.Ratio{
		"":                      {},
		"3/4":                   ratio.New(3, 4),
		"-2":                    ratio.Int(-2),
		"undefined":             ratio.Undefined("undefined"),
		"undefined: AC is 0":    ratio.Undefined("AC is 0"),
		"-9223372036854775808":  ratio.Int(math.MinInt64),
		"1/9223372036854775807": ratio.New(1, math.MaxInt64),
	} {
		got, err := ratio.Parse(text)
		require.NoError(t, err, text)
		require.Equal(t, want, got, text)
		require.Equal(t, text, got.String())
	}
}

func TestParseWhatPeopleWrite(t *testing.T) {
	for text, want := range map[string]ratio.Ratio{
		"6/8":                 ratio.New(3, 4),
		"0.75":                ratio.New(3, 4),
		"75%":                 ratio.New(3, 4),
		"12.5 %":              ratio.New(1, 8),
		"+0.1":                ratio.New(1, 10),
		"007":                 ratio.Int(7),
		"1e3":                 ratio.Int(1000),
		"2.50E-1":             ratio.New(1, 4),
		"1.5/2.5":             ratio.New(3, 5),
		"-0":                  ratio.Int(0),
		"0.0000":              ratio.Int(0),
		"0e999999":            ratio.Int(0),
		"9223372036854775807": ratio.Int(math.MaxInt64),
		"1" + strings.Repeat("0", 30) + "/1" + strings.Repeat("0", 30) + "0": {}, // neither side fits
	} {
		got, err := ratio.Parse(text)
		if want.IsZero() {
			require.Error(t, err, text)
			continue
		}
		require.NoError(t, err, text)
		require.Equal(t, want, got, text)
	}
	for _, bad := range []string{
		" 1", "1 ", "1/", "/1", "1//2", "--1", "1.", ".5", "1e", "1e+-1", "e1", "%", "5 % ", "1/0",
		"0x10", "NaN", "Inf", "1e1234567", "1,5", "9223372036854775808", "1e19", "1e-19x", "1e999999", "1e-999999",
		"undefined:", "١",
	} {
		_, err := ratio.Parse(bad)
		require.Error(t, err, bad)
	}
	_, err := ratio.Parse(strings.Repeat("x", 1000))
	require.ErrorIs(t, err, ratio.ErrSyntax)
	require.Less(t, len(err.Error()), 100)
	require.Panics(t, func() { ratio.MustParse("x") })
	require.Equal(t, ratio.New(1, 2), ratio.MustParse("50%"))
}

func TestJSON(t *testing.T) {
	type doc struct {
		Share ratio.Ratio `json:"share,omitzero"`
	}
	for in, out := range map[string]string{
		`{"share":"3/4"}`:                `{"share":"3/4"}`,
		`{"share":0.1}`:                  `{"share":"1/10"}`,
		`{"share":-25e-1}`:               `{"share":"-5/2"}`,
		`{"share":null}`:                 `{}`,
		`{}`:                             `{}`,
		`{"share":"undefined: AC is 0"}`: `{"share":"undefined: AC is 0"}`,
		`{"share":"\u0033"}`:             `{"share":"3"}`,
	} {
		var d doc
		require.NoError(t, json.Unmarshal([]byte(in), &d), in)
		b, err := json.Marshal(d)
		require.NoError(t, err)
		require.Equal(t, out, string(b))
	}
	d := doc{ratio.Int(7)}
	for _, bad := range []string{`{"share":true}`, `{"share":{}}`, `{"share":"x"}`, `{"share":1e99}`} {
		require.Error(t, json.Unmarshal([]byte(bad), &d), bad)
		require.Equal(t, doc{ratio.Int(7)}, d, "a failed decode changes nothing")
	}
	var r ratio.Ratio
	require.ErrorIs(t, r.UnmarshalJSON([]byte(`"\x"`)), ratio.ErrSyntax)
}

func TestForPeople(t *testing.T) {
	for _, c := range []struct {
		r        ratio.Ratio
		decimals int
		decimal  string
		percent  string
	}{
		{ratio.New(5, 8), 1, "0.6", "62.5 %"},
		{ratio.New(5, 8), 0, "1", "62 %"}, // 62.5 is a tie: to even
		{ratio.New(7, 8), 0, "1", "88 %"}, // 87.5 is a tie: to even
		{ratio.New(-1, 3), 2, "-0.33", "-33.33 %"},
		{ratio.New(-1, 3000), 0, "0", "0 %"}, // no negative zero
		{ratio.New(1, 1000), 6, "0.001000", "0.100000 %"},
		{ratio.New(1, 1000), 99, "0.001000", "0.100000 %"},
		{ratio.New(1, 2), -3, "0", "50 %"},
		{ratio.Int(0), 1, "0.0", "0.0 %"},
		{ratio.Int(math.MinInt64), 6, "-9223372036854775808.000000", "-922337203685477580800.000000 %"},
		{ratio.Undefined("AC is 0"), 1, "n/a", "n/a"},
		{ratio.Ratio{}, 1, "n/a", "n/a"},
	} {
		require.Equal(t, c.decimal, c.r.Decimal(c.decimals), "%v", c.r)
		require.Equal(t, c.percent, c.r.Percent(c.decimals), "%v", c.r)
	}
}

func TestSum(t *testing.T) {
	require.Equal(t, ratio.Int(0), ratio.Sum())
	tenths := make([]ratio.Ratio, 10)
	for i := range tenths {
		tenths[i] = ratio.New(1, 10)
	}
	require.Equal(t, ratio.Int(1), ratio.Sum(tenths...), "ten tenths are one, not 0.9999999999999999")
}

func TestNoAllocations(t *testing.T) {
	a, b := ratio.New(math.MaxInt64-24, 1_000_003), ratio.New(7919, math.MaxInt64)
	require.Zero(t, testing.AllocsPerRun(100, func() {
		_ = a.Add(b)
		_ = a.Mul(b)
		_ = a.Quo(b)
		_ = a.Cmp(b)
	}))
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"", "3/4", "0.75", "12.5 %", "1e-3", "undefined: x", "-9223372036854775808/9223372036854775807"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		r, err := ratio.Parse(s)
		if err != nil {
			require.True(t, r.IsZero())
			return
		}
		again, err := ratio.Parse(r.String())
		require.NoError(t, err)
		require.Equal(t, r, again)
		// In a fraction math/big reads 010 as octal.
		if want, ok := new(big.Rat).SetString(s); ok && !strings.ContainsAny(s, "_xXoObBpP/") && len(s) < 40 {
			require.Zero(t, want.Cmp(bigOf(r)), "%q", s)
		}
	})
}

func FuzzUnmarshalJSON(f *testing.F) {
	for _, s := range []string{`"3/4"`, `0.1`, `null`, `"undefined: no customers"`, `-1e2`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var r ratio.Ratio
		if json.Unmarshal(data, &r) != nil {
			require.True(t, r.IsZero())
			return
		}
		b, err := json.Marshal(r)
		require.NoError(t, err)
		var again ratio.Ratio
		require.NoError(t, json.Unmarshal(b, &again))
		require.Equal(t, r.Num(), again.Num())
		require.Equal(t, r.Den(), again.Den())
	})
}

func BenchmarkAdd(b *testing.B) {
	x, y := ratio.New(355, 113), ratio.New(22, 7)
	b.Run("ratio", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			_ = x.Add(y)
		}
	})
	b.Run("naive-big", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			_ = new(big.Rat).Add(bigOf(x), bigOf(y))
		}
	})
}
