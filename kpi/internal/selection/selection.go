package selection

import "slices"

// An Integer is what values are.
type Integer interface{ ~int32 | ~int64 }

// At returns the values that would stand at the given ranks, counted from 0, if
// the values were sorted. Ranks are ascending and below the number of values, which
// are not changed. It takes O(n) time for any values: a histogram over their range
// tells which slices of it hold a rank, and these are looked at again alone.
func At[T Integer](values []T, ranks []int) []T {
	found := make([]T, len(ranks))
	at(values, 0, ranks, found)
	return found
}

// Sizes: a histogram that fits the second-level cache, and values too few for one.
const (
	sliceBits = 14
	few       = 512
)

// at is At for values of which so many are known to be below.
func at[T Integer](values []T, below int, ranks []int, found []T) {
	if len(ranks) == 0 {
		return
	}
	low, high := slices.Min(values), slices.Max(values)
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
	h := newHistogram(values, low, high)
	if h.shift == 0 { // a slice is one value
		for _, s := range h.holding(below, ranks) {
			for i := s.first; i < s.end; i++ {
				found[i] = low + T(s.slice)
			}
		}
		return
	}
	held := h.holding(below, ranks)
	for i, part := range collect(h, values, held) {
		s := held[i]
		at(part, s.below, ranks[s.first:s.end], found[s.first:s.end])
	}
}

// A histogram counts values by slice of their range.
type histogram struct {
	low   uint64
	shift uint
	count []uint32
}

func newHistogram[T Integer](values []T, low, high T) *histogram {
	h := &histogram{low: uint64(low)}
	span := uint64(high) - h.low
	for span>>h.shift >= 1<<sliceBits {
		h.shift++
	}
	h.count = make([]uint32, span>>h.shift+1)
	least, shift, count := h.low, h.shift&63, h.count
	for _, v := range values {
		count[(uint64(v)-least)>>shift]++
	}
	return h
}

// A holding is a slice that holds ranks, from first up to end.
type holding struct {
	slice, below int
	first, end   int
}

// holding returns the slices that hold a rank, in ascending order.
func (h *histogram) holding(below int, ranks []int) []holding {
	var all []holding
	next := 0
	for slice, n := range h.count {
		first := next
		for next < len(ranks) && ranks[next] < below+int(n) {
			next++
		}
		if next > first {
			all = append(all, holding{slice, below, first, next})
		}
		below += int(n)
	}
	return all
}

// collect returns the values in each of the given slices, from one pass over all.
func collect[T Integer](h *histogram, values []T, held []holding) [][]T {
	parts := make([][]T, len(held))
	place := make([]uint32, len(h.count)) // of a slice in parts, counted from 1
	for i, s := range held {
		parts[i] = make([]T, 0, h.count[s.slice])
		place[s.slice] = uint32(i + 1)
	}
	low, shift := h.low, h.shift&63
	for _, v := range values {
		if i := place[(uint64(v)-low)>>shift]; i > 0 {
			parts[i-1] = append(parts[i-1], v)
		}
	}
	return parts
}
