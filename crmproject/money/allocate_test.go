package money_test

import (
	"encoding/json"
	"errors"
	"math"
	"math/big"
	"math/rand/v2"
	"os"
	"slices"
	"testing"

	"github.com/crmrollout/crm/crmproject/money"
	"github.com/stretchr/testify/require"
)

func TestSharingReferenceData(t *testing.T) {
	data, err := os.ReadFile("testdata/time_phasing.json")
	require.NoError(t, err)
	var reference struct {
		Cases []struct {
			Total      int64   `json:"total"`
			Weights    []int64 `json:"weights"`
			Cumulative []int64 `json:"cumulative_half_even"`
			Largest    []int64 `json:"largest_remainder"`
		} `json:"cases"`
	}
	require.NoError(t, json.Unmarshal(data, &reference))
	require.Len(t, reference.Cases, 8)
	for _, c := range reference.Cases {
		require.Equal(t, c.Total, bigSum(c.Cumulative).Int64(), "the file itself")
		require.Equal(t, c.Total, bigSum(c.Largest).Int64(), "the file itself")

		phased, err := eur(c.Total).Phase(c.Weights)
		require.NoError(t, err)
		require.Equal(t, c.Cumulative, minors(phased), "phase %d over %v", c.Total, c.Weights)
		allocated, err := eur(c.Total).Allocate(c.Weights)
		require.NoError(t, err)
		require.Equal(t, c.Largest, minors(allocated), "allocate %d over %v", c.Total, c.Weights)
	}
}

func TestSharingCorners(t *testing.T) {
	const most = math.MaxInt64
	table := []struct {
		total            int64
		weights          []int64
		allocate, phased []int64
	}{
		{7, []int64{3}, []int64{7}, []int64{7}},
		{math.MinInt64, []int64{most}, []int64{math.MinInt64}, []int64{math.MinInt64}},
		{most, []int64{most - 1, 1}, []int64{most - 1, 1}, []int64{most - 1, 1}},
		{math.MinInt64, []int64{1, 1}, []int64{-1 << 62, -1 << 62}, []int64{-1 << 62, -1 << 62}},
		{math.MinInt64, []int64{0, most, 0}, []int64{0, math.MinInt64, 0}, []int64{0, math.MinInt64, 0}},
		{1, []int64{0, 1, 0, 1}, []int64{0, 1, 0, 0}, []int64{0, 0, 0, 1}},    // 0.5: ties to index, to even
		{-1, []int64{0, 1, 0, 1}, []int64{0, 0, 0, -1}, []int64{0, 0, 0, -1}}, // floors -1, -1; one comes back
		{3, []int64{1, 1}, []int64{2, 1}, []int64{2, 1}},                      // 1.5 → 2
		{-5, []int64{1, 1}, []int64{-2, -3}, []int64{-2, -3}},                 // -2.5 → -2
		{10, []int64{6, 6, 2}, []int64{4, 4, 2}, []int64{4, 5, 1}},            // shares 4.29, 4.29, 1.43
		{2, []int64{1, 2, 1}, []int64{1, 1, 0}, []int64{0, 2, 0}},             // shares 0.5, 1, 0.5
		{0, []int64{0, 5}, []int64{0, 0}, []int64{0, 0}},
		{1, []int64{most / 2, most/2 + 1}, []int64{0, 1}, []int64{0, 1}}, // remainders a hair apart
	}
	for _, row := range table {
		allocated, err := eur(row.total).Allocate(row.weights)
		require.NoError(t, err)
		require.Equal(t, row.allocate, minors(allocated), "allocate %d over %v", row.total, row.weights)
		phased, err := eur(row.total).Phase(row.weights)
		require.NoError(t, err)
		require.Equal(t, row.phased, minors(phased), "phase %d over %v", row.total, row.weights)
	}
}

func TestSharingRandomExtremes(t *testing.T) {
	rng := rand.New(rand.NewPCG(9, 10))
	for range 2000 {
		checkSharing(t, extreme(rng), extremeWeights(rng))
	}
}

// Many equal weights: the units left over go to the front.
func TestAllocateManyTies(t *testing.T) {
	weights := slices.Repeat([]int64{3}, 1000)
	parts, err := eur(2500).Allocate(weights)
	require.NoError(t, err)
	want := append(slices.Repeat([]int64{3}, 500), slices.Repeat([]int64{2}, 500)...)
	require.Equal(t, want, minors(parts))
}

func checkSharing(t *testing.T, total int64, weights []int64) {
	t.Helper()
	before := slices.Clone(weights)
	allocated, err := eur(total).Allocate(weights)
	require.NoError(t, err)
	phased, err := eur(total).Phase(weights)
	require.NoError(t, err)

	require.Equal(t, before, weights, "arguments are not mutated")
	require.Equal(t, slowAllocate(total, weights), minors(allocated), "allocate %d over %v", total, weights)
	require.Equal(t, slowPhase(total, weights), minors(phased), "phase %d over %v", total, weights)
	for _, parts := range [][]money.Amount{allocated, phased} {
		sum, err := money.Sum(slices.Values(parts))
		require.NoError(t, err)
		require.Equal(t, eur(total), sum, "nothing lost")
		requireFairSigns(t, eur(total), parts, weights)
	}
	requireQuota(t, total, weights, minors(allocated))
	requirePrefixes(t, total, weights, minors(phased))
}

func requireFairSigns(t *testing.T, total money.Amount, parts []money.Amount, weights []int64) {
	t.Helper()
	for i, p := range parts {
		require.Equal(t, total.Currency(), p.Currency())
		require.GreaterOrEqual(t, p.Sign()*total.Sign(), 0, "no part against the total")
		if weights[i] == 0 {
			require.Zero(t, p.Sign(), "no weight, no part")
		}
	}
}

// requireQuota checks that |part × W - total × weight| < W: each part is the floor or the ceiling of its share.
func requireQuota(t *testing.T, total int64, weights, parts []int64) {
	t.Helper()
	sum := bigSum(weights)
	for i, w := range weights {
		off := new(big.Int).Mul(big.NewInt(parts[i]), sum)
		off.Sub(off, product(total, w))
		require.Negative(t, off.CmpAbs(sum))
	}
}

// requirePrefixes checks that 2 |prefix × W - total × prefix weight| ≤ W: never off by more than half a minor unit.
func requirePrefixes(t *testing.T, total int64, weights, parts []int64) {
	t.Helper()
	sum := bigSum(weights)
	for k := range weights {
		off := new(big.Int).Mul(bigSum(parts[:k+1]), sum)
		off.Sub(off, new(big.Int).Mul(big.NewInt(total), bigSum(weights[:k+1])))
		require.LessOrEqual(t, off.Lsh(off, 1).CmpAbs(sum), 0)
	}
}

func TestWeightFaults(t *testing.T) {
	const most = math.MaxInt64
	table := []struct {
		weights []int64
		want    money.WeightsError
		text    string
	}{
		{nil, money.WeightsError{}, "none given"},
		{[]int64{}, money.WeightsError{}, "none given"},
		{[]int64{0, 0}, money.WeightsError{Count: 2}, "all 2 are zero"},
		{[]int64{-1}, money.WeightsError{Count: 1, Negative: []int{0}}, "weights[0]: negative"},
		{[]int64{5, -1, 0, -2}, money.WeightsError{Count: 4, Negative: []int{1, 3}}, "weights[1], weights[3]: negative"},
		{[]int64{most, 1}, money.WeightsError{Count: 2, TooLarge: true}, "sum above 9223372036854775807"},
		{
			[]int64{most, most, math.MinInt64},
			money.WeightsError{Count: 3, Negative: []int{2}, TooLarge: true},
			"weights[2]: negative; sum above 9223372036854775807",
		},
		{
			slices.Repeat([]int64{-1}, 10),
			money.WeightsError{Count: 10, Negative: []int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}},
			"weights[0], weights[1], weights[2], weights[3], weights[4], weights[5], weights[6], weights[7] and 2 more: negative",
		},
	}
	for _, row := range table {
		for _, share := range []func(money.Amount, []int64) ([]money.Amount, error){money.Amount.Allocate, money.Amount.Phase} {
			parts, err := share(eur(100), row.weights)
			require.Nil(t, parts)
			require.EqualError(t, err, "money: unusable weights: "+row.text)
			fault, ok := errors.AsType[*money.WeightsError](err)
			require.True(t, ok)
			require.Equal(t, row.want, *fault)
			require.ErrorIs(t, err, money.ErrWeights)
			require.Equal(t, row.want.TooLarge, errors.Is(err, money.ErrOverflow))
		}
	}
}

func FuzzSharing(f *testing.F) {
	f.Add(int64(-100), int64(1), int64(1), int64(1), int64(0))
	f.Add(int64(math.MinInt64), int64(math.MaxInt64-2), int64(1), int64(1), int64(0))
	f.Add(int64(10), int64(0), int64(0), int64(0), int64(0))
	f.Fuzz(func(t *testing.T, total, a, b, c, d int64) {
		weights := []int64{a, b, c, d}
		sum := bigSum(weights)
		if min(a, b, c, d) >= 0 && sum.Sign() > 0 && sum.IsInt64() {
			checkSharing(t, total, weights)
			return
		}
		_, err := eur(total).Allocate(weights)
		require.ErrorIs(t, err, money.ErrWeights)
		_, err = eur(total).Phase(weights)
		require.ErrorIs(t, err, money.ErrWeights)
	})
}
