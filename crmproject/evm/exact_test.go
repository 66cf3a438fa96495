package evm_test

import (
	"encoding/json"
	"math"
	"math/big"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/evm"
	"github.com/crmrollout/crm/crmproject/money"
	"github.com/crmrollout/crm/crmproject/ratio"
)

const wide = "93749712499816667000000000000001/62500000000"

func exact(text string) evm.Exact {
	e, err := evm.ParseExact(text)
	if err != nil {
		panic(err)
	}
	return e
}

func TestExactText(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"3/4": "3/4", "75%": "3/4", "-0.5": "-1/2", "": "", "undefined: why": "undefined: why",
		"9223372036854775808":        "9223372036854775808",
		"9223372036854775807":        "9223372036854775807",
		"-9223372036854775808":       "-9223372036854775808",
		"18446744073709551616/2":     "9223372036854775808",
		"18446744073709551616/4":     "4611686018427387904",
		"1/-18446744073709551616":    "-1/18446744073709551616",
		"00000000000000000000000010": "10",
		wide:                         wide,
		"-" + wide:                   "-" + wide,
	} {
		e, err := evm.ParseExact(text)
		require.NoError(t, err, text)
		require.Equal(t, want, e.String())
		back, err := evm.ParseExact(want)
		require.NoError(t, err)
		same := e == back
		require.True(t, same, "one number has one form: %s", text)
		require.Empty(t, cmp.Diff(e, back))
		data, err := json.Marshal(e)
		require.NoError(t, err)
		var again evm.Exact
		require.NoError(t, json.Unmarshal(data, &again))
		require.Equal(t, e, again)
	}
	nines := strings.Repeat("9", 30)
	for _, text := range []string{"x", "1/0", nines + "/0", nines + ".5", "0x1" + nines, nines + "/", "/" + nines, "1e400000", "--" + nines, strings.Repeat("1", 1<<17)} {
		keep := exact("1/2")
		err := keep.UnmarshalText([]byte(text))
		require.ErrorIs(t, err, ratio.ErrSyntax)
		require.Less(t, len(err.Error()), 200)
		require.Equal(t, exact("1/2"), keep)
	}
}

func TestExactValue(t *testing.T) {
	t.Parallel()
	undefined := evm.ExactOf(ratio.Undefined("why"))
	require.True(t, evm.Exact{}.IsZero())
	require.Equal(t, evm.Exact{}, evm.ExactRat(nil))
	require.False(t, undefined.IsZero())
	require.False(t, undefined.Defined())
	require.Equal(t, "why", undefined.Reason())
	require.Empty(t, exact(wide).Reason())
	require.Equal(t, ratio.Undefined(ratio.Overflow), exact(wide).Ratio())
	require.Equal(t, ratio.New(3, 4), exact("3/4").Ratio())
	_, ok := undefined.Rat()
	require.False(t, ok)
	for text, sign := range map[string]int{"0": 0, "-1/2": -1, "5": 1, wide: 1, "-" + wide: -1, "undefined": 0} {
		require.Equal(t, sign, exact(text).Sign(), text)
	}
	ascending := []evm.Exact{undefined, exact("-" + wide), exact("-1"), exact("0"), exact("1/3"), exact(wide), exact(wide + "0")}
	ascending[6] = exact(strings.Replace(wide, "/", "0/", 1))
	for i, x := range ascending {
		for j, y := range ascending {
			require.Equal(t, compare(i, j), x.Cmp(y), "%s and %s", x, y)
			require.Equal(t, i < j && i > 0, x.Less(y))
			require.Equal(t, i == j, x.Equal(y))
		}
	}
}

func compare(i, j int) int {
	switch {
	case i < j:
		return -1
	case i > j:
		return 1
	default:
		return 0
	}
}

func TestExactDecimal(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text     string
		decimals int
		want     string
	}{
		{"1/3", 2, "0.33"},
		{"undefined", 2, "n/a"},
		{"18446744073709551617/2", 0, "9223372036854775808"},
		{"18446744073709551619/2", 0, "9223372036854775810"},
		{"-18446744073709551617/2", 0, "-9223372036854775808"},
		{"-18446744073709551617/2", 1, "-9223372036854775808.5"},
		{"-18446744073709551617/2", -3, "-9223372036854775808"},
		{"1/18446744073709551616", 3, "0.000"},
		{"-1/18446744073709551616", 3, "0.000"},
		{"18446744073709551615/36893488147419103232", 9, "0.500000"},
		{"-18446744073709551615/184467440737095516150001", 6, "-0.000100"},
	} {
		require.Equal(t, c.want, exact(c.text).Decimal(c.decimals), c.text)
	}
}

var roundings = []money.Rounding{money.HalfEven, money.HalfUp, money.HalfDown, money.Up, money.Down, money.Floor, money.Ceiling}

// A wide number rounds as package money rounds: it is compared with a small number
// whose quotient is the same.
func TestExactAmount(t *testing.T) {
	t.Parallel()
	factor, _ := new(big.Int).SetString("36893488147419103231", 10) // odd and wide: it makes a fraction wide without changing it
	random := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		num, den := random.Int64N(4000)-2000, random.Int64N(16)+1
		small := big.NewRat(num, den)
		nudge := big.NewRat(random.Int64N(3)-1, 1)
		nudge.Quo(nudge, new(big.Rat).SetInt(factor))
		x := new(big.Rat).Add(small, nudge)
		for _, r := range roundings {
			got, err := evm.ExactRat(x).Amount(money.EUR, r)
			require.NoError(t, err)
			require.Equal(t, slowRound(x, r).Int64(), got.Minor(), "%s %v", x, r)
		}
	}
	for text, minor := range map[string]int64{
		"18446744073709551613/2":  math.MaxInt64 - 1,
		"-18446744073709551615/2": math.MinInt64,
	} {
		a, err := exact(text).Amount(money.JPY, money.HalfEven)
		require.NoError(t, err)
		require.Equal(t, money.FromMinor(minor, money.JPY), a)
	}
	_, err := exact("18446744073709551615/2").Amount(money.JPY, money.HalfEven)
	require.ErrorIs(t, err, money.ErrOverflow)
	_, err = exact(wide).Amount(money.EUR, 99)
	require.ErrorIs(t, err, money.ErrInvalid)
	_, err = exact("1").Amount(money.EUR, 99)
	require.ErrorIs(t, err, money.ErrInvalid)
	_, err = exact("1").Amount(0, money.HalfEven)
	require.ErrorIs(t, err, money.ErrInvalid)
	_, err = exact("undefined: why").Amount(money.EUR, money.HalfEven)
	require.ErrorIs(t, err, ratio.ErrUndefined)
}

// slowRound rounds by the meaning of each word.
func slowRound(x *big.Rat, r money.Rounding) *big.Int {
	floor := new(big.Int).Div(x.Num(), x.Denom())
	above := new(big.Int).Add(floor, big.NewInt(1))
	rest := new(big.Rat).Sub(x, new(big.Rat).SetInt(floor))
	if rest.Sign() == 0 {
		return floor
	}
	toZero, fromZero := floor, above
	if x.Sign() < 0 {
		toZero, fromZero = above, floor
	}
	half := rest.Cmp(big.NewRat(1, 2))
	even := floor
	if floor.Bit(0) == 1 {
		even = above
	}
	tie := map[money.Rounding]*big.Int{money.HalfEven: even, money.HalfUp: fromZero, money.HalfDown: toZero}
	switch {
	case r == money.Up:
		return fromZero
	case r == money.Down:
		return toZero
	case r == money.Floor:
		return floor
	case r == money.Ceiling:
		return above
	case half < 0:
		return floor
	case half > 0:
		return above
	default:
		return tie[r]
	}
}

func FuzzParseExact(f *testing.F) {
	for _, text := range []string{"3/4", wide, "-" + wide, "undefined: x", "", "1/0", "010/08", strings.Repeat("9", 40)} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		e, err := evm.ParseExact(text)
		if err != nil {
			require.ErrorIs(t, err, ratio.ErrSyntax)
			return
		}
		back, err := evm.ParseExact(e.String())
		require.NoError(t, err)
		same := e == back
		require.True(t, same)
		x, ok := e.Rat()
		require.Equal(t, e.Defined(), ok)
		if ok {
			require.Equal(t, e, evm.ExactRat(x))
			require.Equal(t, x.Sign(), e.Sign())
			_ = e.Decimal(6)
		}
	})
}
