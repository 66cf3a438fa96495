package selection

import "slices"

// At returns the values that would stand at the given ranks, counted from 0, if
// the values were sorted. Ranks are ascending and below the number of values, which
// are not changed. It takes O(n) time for any values: a histogram over their range
// tells which slice of it holds a rank, and that slice is looked at again alone.
func At(values []int64, ranks []int) []int64 {
	found := make([]int64, len(ranks))
	at(values, 0, ranks, found)
	return found
}

// Sizes: a histogram that fits the second-level cache, and values too few for one.
const (
	sliceBits = 14
	few       = 512
)

// at is At for values of which so many are known to be below.
func at(values []int64, below int, ranks []int, found []int64) {
	if len(ranks) == 0 {
		return
	}
	low, high := values[0], values[0]
	for _, v := range values {
		low, high = min(low, v), max(high, v)
	}
	if low == high || len(values) <= few {
		sorted := values
		if low < high {
			sorted = slices.Sorted(slices.Values(values))
		}
		for i, rank := range ranks {
			found[i] = sorted[rank-below]
		}
		return
	}
	shift := uint(0)
	for uint64(high-low)>>shift >= 1<<sliceBits {
		shift++
	}
	count := make([]uint32, uint64(high-low)>>shift+1)
	for _, v := range values {
		count[uint64(v-low)>>shift]++
	}
	slicewise(values, low, shift, count, below, ranks, found)
}

// slicewise goes through the slices that hold a rank.
func slicewise(values []int64, low int64, shift uint, count []uint32, below int, ranks []int, found []int64) {
	for s, n := range count {
		held := 0
		for held < len(ranks) && ranks[held] < below+int(n) {
			held++
		}
		switch {
		case held == 0:
		case shift == 0:
			for i := range held {
				found[i] = low + int64(s)
			}
		default:
			at(slice(values, low, shift, uint64(s), n), below, ranks[:held], found[:held])
		}
		ranks, found = ranks[held:], found[held:]
		below += int(n)
	}
}

// slice collects the n values of a slice.
func slice(values []int64, low int64, shift uint, s uint64, n uint32) []int64 {
	part := make([]int64, 0, n)
	for _, v := range values {
		if uint64(v-low)>>shift == s {
			part = append(part, v)
		}
	}
	return part
}
