package funnel

import "slices"

// A walker goes through buckets: it brings the words of each customer together, puts
// them into order and counts how far he came.
type walker struct {
	*packing

	starts []int // by customer of the bucket
	sorted []uint64
	merged []uint64
	marks  []mark
	began  [MaxSteps + 1]int64
	tally  tally
}

// bucket counts the customers of one bucket.
func (k *walker) bucket(words []uint64) {
	if len(words) == 0 {
		return
	}
	k.group(words)
	plain := k.plain()
	from := 0
	for _, to := range k.starts[:len(k.starts)-1] {
		if to == from {
			continue
		}
		mine := k.sorted[from:to]
		from = to
		k.order(mine)
		j := k.journey(mine, plain)
		if j.came > 0 {
			k.tally.enter(j, k.window, k.asOf)
		}
	}
}

func (k *walker) journey(words []uint64, plain bool) journey {
	if plain {
		return k.ride(words)
	}
	return k.machine.journey(k.unpack(words))
}

// group sorts words by customer, keeping their order otherwise: a counting sort.
// After it, starts says where the words of each customer end.
func (k *walker) group(words []uint64) {
	starts, shift := k.starts, k.shift
	clear(starts)
	for _, w := range words {
		starts[w>>(shift&63)+1]++
	}
	for i := 1; i < len(starts); i++ {
		starts[i] += starts[i-1]
	}
	k.sorted = slices.Grow(k.sorted[:0], len(words))[:len(words)]
	for _, w := range words {
		who := w >> (shift & 63)
		k.sorted[starts[who]] = w
		starts[who]++
	}
}

// order sorts the words of one customer by time. Ties keep their order, or go by
// step if they are to be simultaneous: a word is behind another if it is greater
// than that with all bits of ties set.
func (k *walker) order(words []uint64) {
	ties := k.tieBits()
	if len(words) <= few {
		k.orderFew(words, ties)
		return
	}
	for from := 0; from < len(words); from += few {
		k.orderFew(words[from:min(from+few, len(words))], ties)
	}
	for size := few; size < len(words); size *= 2 {
		for from := 0; from+size < len(words); from += 2 * size {
			k.merge(words[from:min(from+2*size, len(words))], size, ties)
		}
	}
}

// tieBits returns the bits of a word that do not matter to its order.
func (k *walker) tieBits() uint64 {
	if k.ties == Simultaneous {
		return 0
	}
	return 1<<kindBits - 1
}

const few = 16 // words that are ordered by counting

// orderFew sorts at most few words. Unless they are in order already, as in a log of
// a CRM they are, it counts for each how many come before it. Comparisons are
// subtractions, whose results no branch has to foresee: words of one customer differ
// in less than 63 bits.
func (k *walker) orderFew(words []uint64, ties uint64) {
	if inOrder(words, ties) {
		return
	}
	var ranked [few]uint64
	for i, w := range words {
		rank := uint64(0)
		for _, before := range words[:i] {
			rank += 1 - (w|ties-before)>>63
		}
		for _, after := range words[i+1:] {
			rank += (after | ties - w) >> 63
		}
		ranked[rank%few] = w
	}
	copy(words, ranked[:])
}

func inOrder(words []uint64, ties uint64) bool {
	for i := 1; i < len(words); i++ {
		if words[i-1] > words[i]|ties {
			return false
		}
	}
	return true
}

// merge joins two sorted pieces, the first one of the given length.
func (k *walker) merge(words []uint64, middle int, ties uint64) {
	if words[middle-1] <= words[middle]|ties {
		return
	}
	k.merged = append(k.merged[:0], words[:middle]...)
	left := k.merged
	right := words[middle:]
	for i := range words {
		if len(left) == 0 {
			return
		}
		if len(right) > 0 && left[0] > right[0]|ties {
			words[i], right = right[0], right[1:]
		} else {
			words[i], left = left[0], left[1:]
		}
	}
}

// plain reports whether ride will do.
func (k *walker) plain() bool {
	for _, within := range k.within[:k.steps] {
		if within != orForever(0) {
			return false
		}
	}
	return k.mode == Ordered
}

// ride is machine.ordered where no step has a window of its own, no event is of two
// steps, and words are read as they are: of a chain, only where it began matters. The
// chain of no steps begins with the event itself.
func (k *walker) ride(words []uint64) journey {
	const never = -1 << 62
	began := &k.began
	for s := range k.steps + 1 {
		began[s] = never
	}
	came := 0
	window, mask := min(k.window, 1<<60), uint64(1)<<(k.shift-kindBits)-1
	for _, w := range words {
		at, step := int64(w>>kindBits&mask), int(w%MaxSteps)
		began[0] = at
		if first := began[step]; at-first <= window {
			began[step+1], came = first, max(came, step+1)
		}
	}
	return journey{came, began[1] + k.base}
}

// unpack returns words as marks.
func (k *walker) unpack(words []uint64) []mark {
	mask := uint64(1)<<(k.shift-kindBits) - 1
	k.marks = k.marks[:0]
	for _, w := range words {
		k.marks = append(k.marks, mark{int64(w>>kindBits&mask) + k.base, uint8(w % (1 << kindBits))})
	}
	return k.marks
}
