package bulk

import (
	"hash/maphash"
	"math/bits"
)

// A route says which part a customer goes to.
type route struct {
	base  uint64 // the lowest customer
	span  uint64 // the highest less the lowest
	dense bool
	shift uint // dense: customers of a part, as a power of two; else 64 − log₂ parts
	parts int
	salt  uint64 // of the hash
}

// Sizes of parts, by trial: the totals of a customer take 32 bytes, rows of a hashed part
// 16, and some of either must fit a second-level cache of 1 MiB. Fewer parts than some
// dozens leave workers idle; more than some hundreds make dealing miss the address cache.
const (
	denseBits    = 12 // a dense part has up to 2¹² customers,
	mostBits     = 14 // or 2¹⁴ where there would be
	mostParts    = 10 // more than 2¹⁰ parts,
	fewestDense  = 5  // and fewer where there would be less than 2⁵
	hashedRows   = 13 // a hashed part has some 2¹⁵ rows
	fewestHashed = 4  // and there are 2⁴ to 2¹⁰
	mostHashed   = 10
)

// newRoute decides between direct arrays, for customers that lie close together and
// whose number within a part may take so many bits, and a hash.
func newRoute(low, high uint64, rows int, room uint) route {
	r := route{base: low, span: high - low}
	of := bits.Len64(r.span)
	r.shift = uint(max(1, min(denseBits, of-fewestDense), min(mostBits, of-mostParts)))
	if r.span < 2*uint64(rows)+1024 && r.shift <= room {
		r.dense = true
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

// grown returns a slice of n elements, s itself if it has room. What is in it is
// whatever was there before.
func grown[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n)
	}
	return s[:n]
}
