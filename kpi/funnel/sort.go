package funnel

import (
	"math/bits"
	"slices"
)

// A sorter sorts the words of one customer by time. Ties keep their order, or go by
// step if they are to be simultaneous: the layout says so.
type sorter struct {
	*layout

	sorted  bool // all rows are in order already, as in a log of a CRM
	ordered [few]uint64
	words   []uint64
	merged  []uint64
}

// sort returns the first n words of a slot in order, until it is called again.
func (s *sorter) sort(slot *[few]uint64, n int) []uint64 {
	if n == 1 || s.sorted {
		return slot[:n]
	}
	s.sortFew(slot, n)
	return s.ordered[:n]
}

// sortMany returns words in order, which come in two pieces, until it is called again.
// There must be room for few more behind the second one.
func (s *sorter) sortMany(head, words []uint64) []uint64 {
	if len(head) > 0 {
		s.words = slices.Grow(append(append(s.words[:0], head...), words...), few)
		words = s.words
	}
	if s.sorted || s.inOrder(words) {
		return words
	}
	n := len(words)
	for from := 0; from < n; from += few {
		s.sortFew((*[few]uint64)(words[from:from+few:from+few]), min(few, n-from))
		copy(words[from:], s.ordered[:])
	}
	for size := few; size < n; size *= 2 {
		for from := 0; from+size < n; from += 2 * size {
			s.merge(words[from:min(from+2*size, n)], size)
		}
	}
	return words
}

// inOrder reports whether there is nothing to sort.
func (s *sorter) inOrder(words []uint64) bool {
	for i := 1; i < len(words); i++ {
		if words[i-1] > words[i]|s.ties {
			return false
		}
	}
	return true
}

// merge joins two sorted pieces, the first one of the given length. Which of two words
// comes first is the borrow of a difference, so that no branch has to foresee it.
func (s *sorter) merge(words []uint64, middle int) {
	s.merged = append(s.merged[:0], words[:middle]...)
	left, right, ties := s.merged, words[middle:], s.ties
	l, r := 0, 0
	for l < len(left) && r < len(right) {
		x, y := left[l], right[r]
		_, after := bits.Sub64(y|ties, x, 0)
		words[l+r] = x ^ (x^y)&-after
		l += 1 - int(after)
		r += int(after)
	}
	copy(words[l+r:], left[l:])
}

// sortFew puts the first n words of a slot into order, by networks of comparators: the
// smaller of two and the larger, without a branch. Words of one time differ in their
// places, if ties go by them, and what is behind the last word sorts behind it.
func (s *sorter) sortFew(slot *[few]uint64, n int) {
	pad, to := &s.pads[n], &s.ordered
	const half = few / 2
	sort8((*[half]uint64)(slot[:]), (*[half]uint64)(pad[:]), (*[half]uint64)(to[:]))
	if n > half {
		sort8((*[half]uint64)(slot[half:]), (*[half]uint64)(pad[half:]), (*[half]uint64)(to[half:]))
		merge8(to)
	}
}

// sort8 sorts eight words, joined with their pads, by the network of 19 comparators
// of Floyd: Knuth, The Art of Computer Programming 3, 5.3.4.
func sort8(from, pad, to *[8]uint64) {
	a, b, c, d := from[0]|pad[0], from[1]|pad[1], from[2]|pad[2], from[3]|pad[3]
	e, f, g, h := from[4]|pad[4], from[5]|pad[5], from[6]|pad[6], from[7]|pad[7]
	a, c = min(a, c), max(a, c)
	b, d = min(b, d), max(b, d)
	e, g = min(e, g), max(e, g)
	f, h = min(f, h), max(f, h)
	a, e = min(a, e), max(a, e)
	b, f = min(b, f), max(b, f)
	c, g = min(c, g), max(c, g)
	d, h = min(d, h), max(d, h)
	a, b = min(a, b), max(a, b)
	c, d = min(c, d), max(c, d)
	e, f = min(e, f), max(e, f)
	g, h = min(g, h), max(g, h)
	c, e = min(c, e), max(c, e)
	d, f = min(d, f), max(d, f)
	b, e = min(b, e), max(b, e)
	d, g = min(d, g), max(d, g)
	b, c = min(b, c), max(b, c)
	d, e = min(d, e), max(d, e)
	f, g = min(f, g), max(f, g)
	to[0], to[1], to[2], to[3] = a, b, c, d
	to[4], to[5], to[6], to[7] = e, f, g, h
}

// merge8 merges two sorted halves: against the other in reverse, the smaller words are
// those of the lower half, and both halves are bitonic.
func merge8(x *[16]uint64) {
	a, b, c, d, e, f, g, h := x[0], x[1], x[2], x[3], x[4], x[5], x[6], x[7]
	i, j, k, l, m, n, o, p := x[15], x[14], x[13], x[12], x[11], x[10], x[9], x[8]
	bitonic8((*[8]uint64)(x[:8]), min(a, i), min(b, j), min(c, k), min(d, l), min(e, m), min(f, n), min(g, o), min(h, p))
	bitonic8((*[8]uint64)(x[8:]), max(a, i), max(b, j), max(c, k), max(d, l), max(e, m), max(f, n), max(g, o), max(h, p))
}

// bitonic8 sorts words that rise and then fall, or the other way round: Batcher, ibid.
func bitonic8(to *[8]uint64, a, b, c, d, e, f, g, h uint64) {
	a, e = min(a, e), max(a, e)
	b, f = min(b, f), max(b, f)
	c, g = min(c, g), max(c, g)
	d, h = min(d, h), max(d, h)
	a, c = min(a, c), max(a, c)
	b, d = min(b, d), max(b, d)
	e, g = min(e, g), max(e, g)
	f, h = min(f, h), max(f, h)
	a, b = min(a, b), max(a, b)
	c, d = min(c, d), max(c, d)
	e, f = min(e, f), max(e, f)
	g, h = min(g, h), max(g, h)
	to[0], to[1], to[2], to[3] = a, b, c, d
	to[4], to[5], to[6], to[7] = e, f, g, h
}
