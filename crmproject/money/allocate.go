package money

import (
	"cmp"
	"math"
	"slices"
)

// Allocate shares a out in proportion to the weights, by largest remainder (Hamilton's method). With W the sum of the
// weights, part i is first ⌊a × weights[i] ÷ W⌋, the floor toward negative infinity; the minor units still missing, fewer
// than there are parts, go one each to the largest remainders, equal remainders to the lower index.
//
// The parts add up to a exactly, each is the floor or the ceiling of its exact share, and a weight of zero gets zero.
// Since floors and not truncations are taken, negative amounts come out by the same rule rather than mirrored: 1.00 over
// 1, 1, 1 gives 0.34, 0.33, 0.33 and -1.00 gives -0.33, -0.33, -0.34.
//
// Products are held in 128 bits: there is no overflow for any amount. The error is a [*WeightsError]: no weights, a
// negative one, none positive, or a sum above math.MaxInt64.
func (a Amount) Allocate(weights []int64) ([]Amount, error) {
	sum, err := weightSum(weights)
	if err != nil {
		return nil, err
	}
	parts := make([]Amount, len(weights))
	shares := make([]share, len(weights))
	rest := a.minor
	for i, w := range weights {
		floor, rem := floorDiv(a.minor, w, sum)
		parts[i] = Amount{floor, a.currency}
		shares[i] = share{i, rem}
		// Passing through a value out of range is harmless: the last rest is small, and wrapping arithmetic is exact
		// modulo 2^64.
		rest -= floor
	}
	slices.SortFunc(shares, byRemainder)
	for _, s := range shares[:rest] {
		parts[s.index].minor++
	}
	return parts, nil
}

// share is one part of an allocation, waiting for its turn.
type share struct {
	index int
	rem   uint64
}

// byRemainder puts larger remainders first, equal ones by index.
func byRemainder(x, y share) int {
	return cmp.Or(cmp.Compare(y.rem, x.rem), cmp.Compare(x.index, y.index))
}

// Phase spreads a over consecutive periods in proportion to the weights, which are usually the working days of each
// period, by cumulative rounding: the total up to and including period k is
//
//	a × (weights[0] + … + weights[k]) ÷ W
//
// rounded half-even to a minor unit, where W is the sum of the weights, and a period gets the difference of two such
// totals. So the plan to date is never off by more than half a minor unit, which is what a cash-flow or planned-value
// curve needs; [Amount.Allocate] is fairer to the single part instead. The parts add up to a exactly, none has the
// opposite sign of a, a weight of zero gets zero, and negative amounts mirror positive ones.
//
// Errors and limits are those of [Amount.Allocate].
func (a Amount) Phase(weights []int64) ([]Amount, error) {
	sum, err := weightSum(weights)
	if err != nil {
		return nil, err
	}
	parts := make([]Amount, len(weights))
	var before, weight int64
	for i, w := range weights {
		weight += w
		upTo, _ := mulDiv(a.minor, weight, sum, HalfEven) // fits: weight ≤ sum
		parts[i] = Amount{upTo - before, a.currency}
		before = upTo
	}
	return parts, nil
}

// weightSum returns the sum of usable weights, 1 to math.MaxInt64.
func weightSum(weights []int64) (int64, error) {
	var sum int64
	for _, w := range weights {
		if w < 0 || w > math.MaxInt64-sum {
			return 0, weightFaults(weights)
		}
		sum += w
	}
	if sum == 0 {
		return 0, weightFaults(weights)
	}
	return sum, nil
}

// weightFaults collects what is wrong with unusable weights.
func weightFaults(weights []int64) *WeightsError {
	var sum int64
	e := &WeightsError{Count: len(weights)}
	for i, w := range weights {
		switch {
		case w < 0:
			e.Negative = append(e.Negative, i)
		case w > math.MaxInt64-sum:
			e.TooLarge = true
		default:
			sum += w
		}
	}
	return e
}
