package money_test

import (
	"math"
	"math/big"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/crmrollout/crm/crmproject/money"
	"github.com/stretchr/testify/require"
)

// The slow twins: every fast path of the package once more, over math/big and straight from the definitions (signed
// floors and fractions; the package works on magnitudes). They know nothing of each other's code.

// slowMulDiv returns x × num ÷ den rounded by r.
func slowMulDiv(x, num, den int64, r money.Rounding) *big.Int {
	return slowRound(new(big.Rat).SetFrac(product(x, num), big.NewInt(den)), r)
}

// slowRound picks between the floor of v and the integer above it.
func slowRound(v *big.Rat, r money.Rounding) *big.Int {
	floor := new(big.Int).Div(v.Num(), v.Denom()) // Euclidean, and the denominator is positive
	if v.IsInt() {
		return floor
	}
	ceiling := new(big.Int).Add(floor, big.NewInt(1))
	toward, away := floor, ceiling
	if v.Sign() < 0 {
		toward, away = ceiling, floor
	}
	part := new(big.Rat).Sub(v, new(big.Rat).SetInt(floor))
	half := part.Cmp(big.NewRat(1, 2))
	switch r {
	case money.Up:
		return away
	case money.Down:
		return toward
	case money.Floor:
		return floor
	case money.Ceiling:
		return ceiling
	}
	switch {
	case half < 0:
		return floor
	case half > 0:
		return ceiling
	case r == money.HalfUp:
		return away
	case r == money.HalfDown:
		return toward
	case floor.Bit(0) == 0:
		return floor
	}
	return ceiling
}

// slowAllocate hands the missing units out one at a time, each to the part that is furthest below its exact share.
func slowAllocate(total int64, weights []int64) []int64 {
	sum := bigSum(weights)
	floors := make([]*big.Int, len(weights))
	short := make([]*big.Rat, len(weights))
	missing := big.NewInt(total)
	for i, w := range weights {
		exact := new(big.Rat).SetFrac(product(total, w), sum)
		floors[i] = slowRound(exact, money.Floor)
		short[i] = exact.Sub(exact, new(big.Rat).SetInt(floors[i]))
		missing.Sub(missing, floors[i])
	}
	for range missing.Int64() {
		best := 0
		for i := range short {
			if short[i].Cmp(short[best]) > 0 {
				best = i
			}
		}
		floors[best].Add(floors[best], big.NewInt(1))
		short[best].SetInt64(-1)
	}
	return int64s(floors)
}

// slowPhase rounds every running total on its own.
func slowPhase(total int64, weights []int64) []int64 {
	sum := bigSum(weights)
	parts := make([]*big.Int, len(weights))
	for k := range weights {
		parts[k] = slowPrefix(total, weights[:k+1], sum)
		parts[k].Sub(parts[k], slowPrefix(total, weights[:k], sum))
	}
	return int64s(parts)
}

func slowPrefix(total int64, weights []int64, sum *big.Int) *big.Int {
	num := new(big.Int).Mul(big.NewInt(total), bigSum(weights))
	return slowRound(new(big.Rat).SetFrac(num, sum), money.HalfEven)
}

var amountText = regexp.MustCompile(`^(-?)([0-9]+)(?:\.([0-9]+))? ([A-Z]{3})(?:/(0|[1-9][0-9]?))?$`)

// slowParse reads an amount by a regular expression and big decimals.
func slowParse(text string, exponents map[string]int) (minor int64, code string, exponent int, ok bool) {
	m := amountText.FindStringSubmatch(text)
	if m == nil {
		return 0, "", 0, false
	}
	sign, whole, decimals, code, own := m[1], m[2], m[3], m[4], m[5]
	exponent, ok = exponents[code]
	if own != "" {
		n, _ := new(big.Int).SetString(own, 10)
		exponent, ok = int(n.Int64()), n.Int64() <= money.MaxExponent
	}
	if !ok || len(decimals) > exponent {
		return 0, "", 0, false
	}
	n, _ := new(big.Int).SetString(sign+whole+decimals+strings.Repeat("0", exponent-len(decimals)), 10)
	return n.Int64(), code, exponent, n.IsInt64()
}

func product(x, y int64) *big.Int { return new(big.Int).Mul(big.NewInt(x), big.NewInt(y)) }

func bigSum(xs []int64) *big.Int {
	sum := new(big.Int)
	for _, x := range xs {
		sum.Add(sum, big.NewInt(x))
	}
	return sum
}

func int64s(xs []*big.Int) []int64 {
	out := make([]int64, len(xs))
	for i, x := range xs {
		if !x.IsInt64() {
			panic("slow twin: part outside int64")
		}
		out[i] = x.Int64()
	}
	return out
}

// corners are where 64-bit arithmetic goes wrong.
var corners = []int64{
	0, 1, -1, 2, -2, 3, -3, 10, -10, 1 << 31, -1 << 31, 1 << 32, 1<<32 + 1, -(1<<32 + 1), 3037000499, 3037000500,
	1 << 62, -1 << 62, 1<<62 + 1, math.MaxInt64 - 1, math.MaxInt64, math.MinInt64 + 1, math.MinInt64,
}

// extreme draws a corner, a neighbour of a power of two, a small number or any number, of either sign.
func extreme(rng *rand.Rand) int64 {
	switch rng.IntN(4) {
	case 0:
		return corners[rng.IntN(len(corners))]
	case 1:
		return int64(uint64(1)<<rng.IntN(64)) + rng.Int64N(3) - 1
	case 2:
		return rng.Int64N(2001) - 1000
	}
	return int64(rng.Uint64() >> rng.IntN(64))
}

// extremeWeights draws usable weights: 1 to 12 of them, whose sum fits, at least one of them positive.
func extremeWeights(rng *rand.Rand) []int64 {
	weights := make([]int64, 1+rng.IntN(12))
	room := int64(math.MaxInt64)
	for i := range weights {
		w := extreme(rng)
		w = min(w&math.MaxInt64, room)
		if rng.IntN(5) == 0 {
			w = 0
		}
		weights[i] = w
		room -= w
	}
	if !slices.ContainsFunc(weights, func(w int64) bool { return w > 0 }) {
		weights[rng.IntN(len(weights))] = 1
	}
	return weights
}

func minors(parts []money.Amount) []int64 {
	out := make([]int64, len(parts))
	for i, p := range parts {
		out[i] = p.Minor()
	}
	return out
}

func eur(minor int64) money.Amount { return money.FromMinor(minor, money.EUR) }

// The twins are code too: they must agree with values worked out by hand.
func TestSlowTwins(t *testing.T) {
	require.Equal(t, int64(-2), slowMulDiv(-5, 1, 2, money.HalfEven).Int64())
	require.Equal(t, int64(-3), slowMulDiv(-5, 1, 2, money.HalfUp).Int64())
	require.Equal(t, int64(-3), slowMulDiv(5, 1, -2, money.Floor).Int64())
	require.Equal(t, int64(-2), slowMulDiv(5, 1, -2, money.HalfDown).Int64())
	require.Equal(t, []int64{-33, -33, -34}, slowAllocate(-100, []int64{1, 1, 1}))
	require.Equal(t, []int64{33, 34, 33}, slowPhase(100, []int64{1, 1, 1}))
	minor, code, exponent, ok := slowParse("-1.5 ABC/3", nil)
	require.True(t, ok)
	require.Equal(t, []any{int64(-1500), "ABC", 3}, []any{minor, code, exponent})
}
