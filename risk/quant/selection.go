package quant

import (
	"math"
	"math/bits"
	"slices"
)

// A selection finds order statistics without sorting: values are counted into
// buckets by the leading digits of their binary form, and only the buckets that hold
// a wanted rank are looked into.
type selection struct{ keys []uint64 }

func newSelection(sample []float64) selection {
	s := selection{make([]uint64, len(sample))}
	for i, x := range sample {
		s.keys[i] = orderedBits(x)
	}
	return s
}

// orderedBits maps numbers to integers in the same order, the two zeros to one.
func orderedBits(x float64) uint64 {
	b := math.Float64bits(x + 0)
	if b>>63 == 1 {
		return ^b
	}
	return b | 1<<63
}

func valueOfBits(b uint64) float64 {
	if b>>63 == 1 {
		return math.Float64frombits(b &^ (1 << 63))
	}
	return math.Float64frombits(^b)
}

// at returns the values at the given ranks, counted from 1, in their order.
func (s selection) at(ranks []int64) []float64 {
	sorted := slices.Clone(ranks)
	slices.Sort(sorted)
	sorted = slices.Compact(sorted)
	found := make([]uint64, len(sorted))
	pick(s.keys, sorted, 0, found)
	out := make([]float64, len(ranks))
	for i, r := range ranks {
		k, _ := slices.BinarySearch(sorted, r)
		out[i] = valueOfBits(found[k])
	}
	return out
}

const (
	bucketBits = 12
	fewKeys    = 1 << 10 // are sorted
)

// pick writes the keys at ascending ranks to found; before is the number of keys
// that are less than all of keys.
func pick(keys []uint64, ranks []int64, before int64, found []uint64) {
	if len(keys) <= fewKeys {
		sorted := slices.Clone(keys)
		slices.Sort(sorted)
		for i, r := range ranks {
			found[i] = sorted[r-before-1]
		}
		return
	}
	lo, hi := slices.Min(keys), slices.Max(keys)
	if lo == hi {
		for i := range ranks {
			found[i] = lo
		}
		return
	}
	shift := max(0, bits.Len64(hi-lo)-bucketBits)
	var count [1 << bucketBits]int64
	for _, k := range keys {
		count[(k-lo)>>shift]++
	}
	wanted := bucketsOf(ranks, before, &count)
	for _, k := range keys {
		if b := wanted[(k-lo)>>shift]; b != nil {
			b.keys = append(b.keys, k)
		}
	}
	for _, b := range wanted {
		if b != nil {
			pick(b.keys, ranks[b.from:b.to], b.before, found[b.from:b.to])
		}
	}
}

// A bucket holds the keys of one bucket and the places in the list of ranks of those
// that lie in it.
type bucket struct {
	keys     []uint64
	before   int64
	from, to int
}

// bucketsOf returns the buckets that hold a wanted rank.
func bucketsOf(ranks []int64, before int64, count *[1 << bucketBits]int64) *[1 << bucketBits]*bucket {
	wanted := new([1 << bucketBits]*bucket)
	from := 0
	for b, n := range count {
		to := from
		for to < len(ranks) && ranks[to] <= before+n {
			to++
		}
		if to > from {
			wanted[b] = &bucket{make([]uint64, 0, n), before, from, to}
		}
		before += n
		from = to
	}
	return wanted
}
