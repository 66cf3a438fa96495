package money_test

import (
	"iter"
	"math"
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/crmrollout/crm/crmproject/money"
	"github.com/stretchr/testify/require"
)

// requireBig checks a checked result against the exact one: equal if that fits, ErrOverflow if it does not.
func requireBig(t *testing.T, want *big.Int, got money.Amount, err error, msg string, args ...any) {
	t.Helper()
	if !want.IsInt64() {
		require.ErrorIs(t, err, money.ErrOverflow, append([]any{msg}, args...)...)
		require.Zero(t, got)
		return
	}
	require.NoError(t, err, append([]any{msg}, args...)...)
	require.Equal(t, eur(want.Int64()), got, append([]any{msg}, args...)...)
}

func checkUnary(t *testing.T, x int64) {
	t.Helper()
	bx := big.NewInt(x)
	got, err := eur(x).Neg()
	requireBig(t, new(big.Int).Neg(bx), got, err, "-(%d)", x)
	got, err = eur(x).Abs()
	requireBig(t, new(big.Int).Abs(bx), got, err, "|%d|", x)
}

func checkBinary(t *testing.T, x, y int64) {
	t.Helper()
	bx, by := big.NewInt(x), big.NewInt(y)
	got, err := eur(x).Add(eur(y))
	requireBig(t, new(big.Int).Add(bx, by), got, err, "%d + %d", x, y)
	got, err = eur(x).Sub(eur(y))
	requireBig(t, new(big.Int).Sub(bx, by), got, err, "%d - %d", x, y)
	got, err = eur(x).Mul(y)
	requireBig(t, product(x, y), got, err, "%d × %d", x, y)

	order, err := eur(x).Cmp(eur(y))
	require.NoError(t, err)
	require.Equal(t, bx.Cmp(by), order)
	less, err := eur(x).Less(eur(y))
	require.NoError(t, err)
	require.Equal(t, x < y, less)
}

func checkMulDiv(t *testing.T, x, num, den int64) {
	t.Helper()
	for _, r := range allRoundings {
		got, err := eur(x).MulDiv(num, den, r)
		if den == 0 {
			require.ErrorIs(t, err, money.ErrDivision)
			continue
		}
		requireBig(t, slowMulDiv(x, num, den, r), got, err, "%d × %d ÷ %d %v", x, num, den, r)
	}
}

func TestArithmeticCorners(t *testing.T) {
	for _, x := range corners {
		checkUnary(t, x)
		for _, y := range corners {
			checkBinary(t, x, y)
		}
	}
}

func TestMulDivCorners(t *testing.T) {
	few := []int64{0, 1, -1, 2, -3, 1<<32 + 1, math.MaxInt64 - 1, math.MaxInt64, math.MinInt64 + 1, math.MinInt64}
	for _, x := range few {
		for _, num := range few {
			for _, den := range few {
				checkMulDiv(t, x, num, den)
			}
		}
	}
}

func TestArithmeticRandomExtremes(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 8_000 {
		x, y, z := extreme(rng), extreme(rng), extreme(rng)
		checkUnary(t, x)
		checkBinary(t, x, y)
		checkMulDiv(t, x, y, z)
	}
}

// Rounding must not leave the range by one: quotients whose last half unit decides.
func TestMulDivAtTheEdge(t *testing.T) {
	table := []struct {
		x, num, den int64
		r           money.Rounding
		want        int64
		err         error
	}{
		{math.MaxInt64, math.MaxInt64, math.MaxInt64, money.Up, math.MaxInt64, nil},
		{math.MinInt64, math.MinInt64, math.MinInt64, money.Up, math.MinInt64, nil},
		{math.MinInt64, 1, -1, money.Down, 0, money.ErrOverflow},
		{math.MinInt64, math.MinInt64, 1, money.Down, 0, money.ErrOverflow},
		// (2^63-1)(2^62+1) ÷ 2^62 = 2^63 + 1 - 2^-62: above the range in every rounding
		{math.MaxInt64, 1<<62 + 1, 1 << 62, money.Floor, 0, money.ErrOverflow},
		// -2^63 × (2^62+1) ÷ 2^62 = -2^63 - 2
		{math.MinInt64, 1<<62 + 1, 1 << 62, money.Ceiling, 0, money.ErrOverflow},
		// 3074457345618258603 × 6 ÷ 2 = 2^63 + 1
		{3074457345618258603, 6, 2, money.Down, 0, money.ErrOverflow},
		// 6148914691236517205 × 3 ÷ 2 = (2^64 - 1) ÷ 2 = 2^63 - 1/2
		{6148914691236517205, 3, 2, money.Floor, math.MaxInt64, nil},
		{6148914691236517205, 3, 2, money.HalfDown, math.MaxInt64, nil},
		{6148914691236517205, 3, 2, money.HalfEven, 0, money.ErrOverflow},
		{6148914691236517205, 3, 2, money.Ceiling, 0, money.ErrOverflow},
		{-6148914691236517205, 3, 2, money.HalfEven, math.MinInt64, nil},
		{-6148914691236517205, 3, 2, money.Floor, math.MinInt64, nil},
		{-6148914691236517205, 3, 2, money.HalfDown, -math.MaxInt64, nil},
		// 1190112520884487201 × 31 ÷ 2 = 2^64 - 1/2: rounding up must not wrap the magnitude around to 0
		{1190112520884487201, 31, 2, money.HalfUp, 0, money.ErrOverflow},
		{1190112520884487201, -31, 2, money.Floor, 0, money.ErrOverflow},
		{1, 1, math.MinInt64, money.Up, -1, nil},
		{1, 1, math.MinInt64, money.HalfUp, 0, nil},
		{1 << 62, 1, math.MinInt64, money.HalfUp, -1, nil}, // a tie at the largest divisor
		{1 << 62, 1, math.MinInt64, money.HalfEven, 0, nil},
	}
	for _, row := range table {
		got, err := eur(row.x).MulDiv(row.num, row.den, row.r)
		require.ErrorIs(t, err, row.err, "%+v", row)
		require.Equal(t, row.want, got.Minor(), "%+v", row)
	}
}

func TestMulDivFaults(t *testing.T) {
	_, err := eur(1).MulDiv(2, 0, money.Up)
	require.EqualError(t, err, "money: 0.01 EUR × 2 ÷ 0: division by zero")
	_, err = eur(1).MulDiv(2, 3, money.Rounding(9))
	require.EqualError(t, err, "money: 0.01 EUR × 2 ÷ 3: Rounding(9): invalid value")
	_, err = eur(math.MaxInt64).MulDiv(2, 1, money.Up)
	require.EqualError(t, err, "money: 92233720368547758.07 EUR × 2 ÷ 1: outside the int64 range")
	_, err = eur(math.MaxInt64).Mul(2)
	require.EqualError(t, err, "money: multiply 92233720368547758.07 EUR by 2: outside the int64 range")
	_, err = eur(math.MaxInt64).Add(eur(1))
	require.EqualError(t, err, "money: add 92233720368547758.07 EUR, 0.01 EUR: outside the int64 range")
}

func TestMixedCurrencies(t *testing.T) {
	yen, fine := money.FromMinor(0, money.JPY), money.MustParse("1.0000 EUR/4")
	for _, other := range []money.Amount{yen, fine} {
		want := money.CurrencyError{X: money.EUR, Y: other.Currency()}
		_, err := eur(1).Add(other)
		want.Op = "add"
		require.Equal(t, &want, err)
		_, err = eur(1).Sub(other)
		want.Op = "subtract"
		require.Equal(t, &want, err)
		_, err = eur(1).Cmp(other)
		want.Op = "compare"
		require.Equal(t, &want, err)
		require.ErrorIs(t, err, money.ErrCurrency)
		less, err := eur(1).Less(other)
		require.Equal(t, &want, err)
		require.False(t, less)
	}
}

func TestRescale(t *testing.T) {
	table := []struct {
		in, to, want string
		r            money.Rounding
	}{
		{"12.3456 EUR/4", "EUR", "12.35 EUR", money.HalfEven},
		{"12.3450 EUR/4", "EUR", "12.34 EUR", money.HalfEven},
		{"-12.3450 EUR/4", "EUR", "-12.35 EUR", money.HalfUp},
		{"12.34 EUR", "EUR/4", "12.3400 EUR/4", money.HalfEven},
		{"12.34 EUR", "EUR", "12.34 EUR", money.HalfEven},
		{"-9.223372036854775808 ETH/18", "ETH/0", "-9 ETH/0", money.Down},
		{"9 ETH/0", "ETH/18", "9.000000000000000000 ETH/18", money.HalfEven},
		{"92233720368547758.07 EUR", "EUR/1", "92233720368547758.1 EUR/1", money.HalfEven},
	}
	for _, row := range table {
		got, err := money.MustParse(row.in).Rescale(money.MustParseCurrency(row.to), row.r)
		require.NoError(t, err)
		require.Equal(t, row.want, got.String())
	}

	_, err := eur(1).Rescale(money.USD, money.HalfEven)
	require.Equal(t, &money.CurrencyError{Op: "rescale", X: money.EUR, Y: money.USD}, err)
	_, err = eur(math.MaxInt64).Rescale(money.MustParseCurrency("EUR/3"), money.HalfEven)
	require.ErrorIs(t, err, money.ErrOverflow)
	_, err = eur(1).Rescale(42, money.HalfEven)
	require.ErrorIs(t, err, money.ErrInvalid)
	_, err = eur(1).Rescale(money.EUR, money.Rounding(7))
	require.ErrorIs(t, err, money.ErrInvalid)
}

// The sum of budget lines is that of exact integers, in any order (CP-17).
func TestSumMatchesBig(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	for range 3000 {
		xs := make([]int64, rng.IntN(12))
		for i := range xs {
			xs[i] = extreme(rng)
		}
		got, err := money.Sum(eurs(xs))
		if len(xs) == 0 {
			require.NoError(t, err)
			require.Equal(t, money.Amount{}, got)
			continue
		}
		requireBig(t, bigSum(xs), got, err, "%v", xs)

		rng.Shuffle(len(xs), func(i, j int) { xs[i], xs[j] = xs[j], xs[i] })
		shuffled, shuffledErr := money.Sum(eurs(xs))
		require.Equal(t, got, shuffled)
		require.Equal(t, err, shuffledErr)
	}
}

func eurs(xs []int64) iter.Seq[money.Amount] {
	return func(yield func(money.Amount) bool) {
		for _, x := range xs {
			if !yield(eur(x)) {
				return
			}
		}
	}
}

func TestSum(t *testing.T) {
	sum := func(xs ...money.Amount) (money.Amount, error) { return money.Sum(slices.Values(xs)) }

	got, err := sum(eur(math.MaxInt64), eur(1), eur(-1))
	require.NoError(t, err, "only the total counts")
	require.Equal(t, eur(math.MaxInt64), got)

	got, err = sum(money.Amount{}, money.FromMinor(5, money.JPY), money.Amount{})
	require.NoError(t, err)
	require.Equal(t, money.FromMinor(5, money.JPY), got)

	_, err = sum(eur(math.MinInt64), eur(-1))
	require.EqualError(t, err, "money: sum of 2 amounts of EUR: outside the int64 range")

	_, err = sum(eur(1), eur(2), money.FromMinor(5, money.JPY), money.FromMinor(5, money.USD))
	require.EqualError(t, err, "money: sum: amounts[2]: EUR and JPY: currencies differ")
	require.ErrorIs(t, err, money.ErrCurrency)

	_, err = sum(money.FromMinor(5, 0), eur(1))
	require.ErrorIs(t, err, money.ErrInvalid)
}

func FuzzMulDiv(f *testing.F) {
	f.Add(int64(math.MinInt64), int64(math.MaxInt64), int64(-3), uint8(0))
	f.Add(int64(6148914691236517205), int64(3), int64(2), uint8(1))
	f.Add(int64(-5), int64(1), int64(2), uint8(5))
	f.Fuzz(func(t *testing.T, x, num, den int64, mode uint8) {
		r := money.Rounding(mode % 7)
		got, err := eur(x).MulDiv(num, den, r)
		if den == 0 {
			require.ErrorIs(t, err, money.ErrDivision)
			return
		}
		requireBig(t, slowMulDiv(x, num, den, r), got, err, "%d × %d ÷ %d %v", x, num, den, r)
	})
}
