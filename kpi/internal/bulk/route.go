package bulk

import (
	"hash/maphash"
	"math/bits"
)

// A row is a dealt event.
type row struct {
	code uint64 // the customer, counted from the lowest; if dense, from the first of the part
	what uint64 // packed day and amount
}

// A route says which part a customer goes to.
type route struct {
	base  uint64 // the lowest customer
	span  uint64 // the highest less the lowest
	dense bool
	shift uint // dense: customers of a part, as a power of two; else 64 − log₂ parts
	parts int
	salt  uint64 // of the hash
}

// Sizes of parts, by trial: customers of a dense part take 24 bytes each, rows of a
// hashed one 16, and some of either must fit a second-level cache of 1 MiB. Fewer
// parts than some dozens leave workers idle; more than some hundreds make dealing
// miss the address cache.
const (
	denseBits    = 14 // a dense part has at most 2¹⁴ customers
	denseParts   = 7  // and there are some 2⁷, as long as there are customers
	hashedRows   = 13 // a hashed part has some 2¹⁵ rows
	fewestHashed = 4  // and there are 2⁴ to 2¹⁰
	mostHashed   = 10
)

// newRoute decides between direct arrays, for customers that lie close together,
// and a hash.
func newRoute(low, high uint64, rows int) route {
	r := route{base: low, span: high - low}
	if r.span < 2*uint64(rows)+1024 {
		r.dense = true
		r.shift = uint(min(denseBits, max(0, bits.Len64(r.span)-denseParts)))
		r.parts = int(r.span>>r.shift) + 1
		return r
	}
	parts := min(mostHashed, max(fewestHashed, bits.Len(uint(rows))-hashedRows))
	r.shift, r.parts = uint(64-parts), 1<<parts
	r.salt = maphash.String(maphash.MakeSeed(), "salt")
	return r
}

// hash spreads a customer over 64 bits by one wide multiplication, folded: its upper
// bits are good in the lower half of the product, its lower bits in the upper half.
// The upper bits of the hash choose the part, the lower ones the place in its table.
func hash(code, salt uint64) uint64 {
	hi, lo := bits.Mul64(code^salt, 0x9e3779b97f4a7c15)
	return hi ^ lo
}

// places are where the rows of each chunk go: places[chunk·parts+part], and the
// end of the last part.
type places struct {
	next  []uint32
	start []uint32 // of each part, one more for the end
}

// lay turns the counts into places: part after part, in each the chunks in order.
func (p *places) lay(chunks, parts int) {
	p.start = grown(p.start, parts+1)
	at := uint32(0)
	for part := range parts {
		p.start[part] = at
		for chunk := range chunks {
			n := &p.next[chunk*parts+part]
			at, *n = at+*n, at
		}
	}
	p.start[parts] = at
}

// grown returns a slice of n elements, s itself if it has room. What is in it is
// whatever was there before.
func grown[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n)
	}
	return s[:n]
}
