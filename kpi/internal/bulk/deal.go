package bulk

import (
	"hash/maphash"
	"math/bits"

	"github.com/crmrollout/crm/crmproject/calendar"
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
	hashedRows   = 15 // a hashed part has some 2¹⁵ rows
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

// hash spreads a customer over 64 bits by one wide multiplication, folded. The
// upper bits choose the part, the lower ones the place in its table.
func (r *route) hash(code uint64) uint64 {
	hi, lo := bits.Mul64(code^r.salt, 0x9e3779b97f4a7c15)
	return (hi ^ lo) * 0xd6e8feb86659fd93
}

func (r *route) part(code uint64) uint64 {
	if r.dense {
		return code >> r.shift
	}
	return r.hash(code) >> r.shift
}

// local returns the bits of a code that a dealt row keeps.
func (r *route) local() uint64 {
	if r.dense {
		return 1<<r.shift - 1
	}
	return ^uint64(0)
}

// places are where the rows of each chunk go: places[chunk·parts+part], and the
// end of the last part.
type places struct {
	next  []uint32
	start []uint32 // of each part, one more for the end
}

// count counts the rows of a chunk by part.
func countParts[I Integer](r *route, who []I, n []uint32) {
	clear(n)
	if r.dense {
		for _, w := range who {
			n[(uint64(w)-r.base)>>r.shift]++
		}
		return
	}
	for _, w := range who {
		n[r.hash(uint64(w)-r.base)>>r.shift]++
	}
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

// dealRows writes the rows of a chunk to their places.
func dealRows[I Integer](r *route, p *packing, who []I, days []calendar.Date, minor []int64, next []uint32, rows []row) {
	local, v := r.local(), int64(0)
	days = days[:len(who)]
	for i, w := range who {
		if minor != nil {
			v = minor[i]
		}
		code := uint64(w) - r.base
		at := &next[r.part(code)]
		rows[*at] = row{code & local, p.pack(days[i], v)}
		*at++
	}
}

// dealShort writes rows of 4 bytes: the customer above, the period below, counted
// from 1, with 0 for an event that does not count.
func dealShort[I Integer](r *route, p *packing, period *periods, who []I, days []calendar.Date, next, rows []uint32) {
	local, shift := r.local(), period.bits
	days = days[:len(who)]
	for i, w := range who {
		code := uint64(w) - r.base
		at := &next[code>>r.shift]
		rows[*at] = uint32(code&local)<<shift | uint32(period.of[p.pack(days[i], 0)])
		*at++
	}
}

// grown returns a slice of n elements, s itself if it has room. What is in it is
// whatever was there before.
func grown[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n)
	}
	return s[:n]
}
