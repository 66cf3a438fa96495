package quantile

import (
	"cmp"
	"slices"
)

// Order returns the indices of the values in ascending order of value; equal
// values keep the order of their indices. It is a radix sort, byte by byte from
// the lowest, that leaves out bytes in which all values agree: recencies and
// order counts take one or two passes. It takes at most 2³² values.
func Order[T ~int32 | ~int64](values []T) []uint32 {
	order := make([]uint32, len(values))
	for i := range order {
		order[i] = uint32(i)
	}
	const few = 128
	if len(values) < few {
		slices.SortStableFunc(order, func(a, b uint32) int { return cmp.Compare(values[a], values[b]) })
		return order
	}
	return radix(values, order)
}

// radix sorts indices by value. Flipping the sign bit makes unsigned order that of
// signed numbers.
func radix[T ~int32 | ~int64](values []T, order []uint32) []uint32 {
	const sign, digits = 1 << 63, 8
	var count [digits][256]uint32
	for _, v := range values {
		u := uint64(int64(v)) ^ sign
		for d := range digits {
			count[d][byte(u>>(8*d))]++
		}
	}
	other := make([]uint32, len(order))
	for d := range digits {
		if first := byte((uint64(int64(values[0])) ^ sign) >> (8 * d)); int(count[d][first]) == len(values) {
			continue
		}
		at := starts(&count[d])
		for _, i := range order {
			digit := byte((uint64(int64(values[i])) ^ sign) >> (8 * d))
			other[at[digit]] = i
			at[digit]++
		}
		order, other = other, order
	}
	return order
}

// starts returns where each digit begins, from how often it occurs.
func starts(count *[256]uint32) (at [256]uint32) {
	total := uint32(0)
	for digit, n := range count {
		at[digit] = total
		total += n
	}
	return at
}
