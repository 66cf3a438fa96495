package funnel

import (
	"math/bits"

	"github.com/crmrollout/crm/crmproject/verdict"
)

// batchRows is how many rows are dealt at a time, by one short loop after the other.
// What a loop needs then stays in registers, and what it leaves for the next one in
// the first cache.
const batchRows = 512

// A dealer packs the rows of one worker and deals them to the parts. The words of a
// part are in blocks, taken as they are needed: so nobody has to count beforehand.
type dealer struct {
	words  []uint64
	used   int     // words in blocks that are taken
	block  int     // words of a block, a power of two
	blocks [][]int // by part: where its blocks begin among the words
	next   []int   // by part: where the next word goes; on the border of a block if it needs a new one
	later  int64   // rows after the end
	others int64   // rows of no step that were dealt
	wide   bool    // times may span too much
	before uint64  // time of the row before, as it is packed
	mixed  uint64  // the upper bit is set if rows are not in the order of time
	err    error   // of the first bad row
}

// ready lays out the memory for so many rows. Blocks are long, for reading them, but
// not so long that those which are not full take more than a fourth of it.
func (d *dealer) ready(rows, parts int) {
	block := 1 << max(4, min(11, bits.Len(uint(rows/parts))-3))
	d.words = grown(d.words, rows+min(rows, parts)*block)
	d.blocks = append(d.blocks, make([][]int, max(0, parts-len(d.blocks)))...) // keeping what they have
	d.next = grown(d.next, parts)
	for i := range d.blocks {
		d.blocks[i] = d.blocks[i][:0]
	}
	clear(d.next)
	*d = dealer{words: d.words, block: block, blocks: d.blocks, next: d.next}
}

// grown returns a slice of n elements, s itself if it has room. What is in it is
// whatever was there before.
func grown[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n)
	}
	return s[:n]
}

// deal deals rows, up to the first batch with a bad one.
func (d *dealer) deal(j *job, s span) {
	var batch [batchRows]uint64
	for from := s.from; from < s.to && d.err == nil; from += batchRows {
		to := min(from+batchRows, s.to)
		words := batch[:to-from]
		if !d.pack(j, from, words) {
			d.err = d.inspect(j, from, words)
		}
		if d.err == nil {
			d.put(j.Customer[from:to], words, j.low)
		}
		if j.mode == Adjacent {
			d.countOthers(words)
		}
	}
}

// pack packs the rows from a given one on; those that do not matter get no bit of
// kept. It reports false if some may be bad, or too far from others: it has no branch
// to tell which. Two times that are both within half the limit of the first one are
// not too far from each other.
func (d *dealer) pack(j *job, from int, words []uint64) bool {
	to := from + len(words)
	customers, times, steps := j.Customer[from:to], j.Time[from:to], j.Step[from:to]
	kinds, shift, base, asOf, half := &j.kinds, j.shift&63, j.base, j.asOf, uint64(j.limit()/2-1)
	mask, most := uint32(1)<<j.low-1, uint32(0)
	later, far, bad, mixed := uint64(0), uint64(0), uint64(0), uint64(0)
	before, apart := d.before, j.apart
	for i := range words {
		who, at, kind := customers[i], times[i], kinds[steps[i]]
		most = max(most, who)
		bad |= kind
		since := uint64(at - base)
		far |= since - half
		mixed |= since - before - apart
		before = since
		late := uint64(asOf-at) >> 63
		later += late
		words[i] = kind&^(late<<63) | since<<shift | uint64(who&mask)<<kindBits
	}
	d.later += int64(later)
	d.before = before
	d.mixed |= mixed
	return j.near && bad&notKind == 0 && int(most) < j.Customers && far>>(62-shift) == 0
}

// inspect looks at the rows of a batch one by one. It returns what is wrong with the
// first bad one, or sees to it that the words of late rows are not kept.
func (d *dealer) inspect(j *job, from int, words []uint64) error {
	d.wide = true
	for i := range words {
		if err := j.rowError(from+i, j.steps); err != nil {
			return err
		}
		if j.Time[from+i] > j.asOf {
			words[i] = 0
		}
	}
	return nil
}

// rowError returns what is wrong with a row, if anything is.
func (c Columns) rowError(i, steps int) error {
	var faults verdict.Faults
	path := verdict.At("rows", i)
	if int(c.Customer[i]) >= c.Customers {
		faults.Addf(verdict.Join(path, "customer"), "%w: %d of %d", verdict.ErrRange, c.Customer[i], c.Customers)
	}
	if int(c.Step[i]) > steps {
		faults.Addf(verdict.Join(path, "step"), "%w: %d of %d", verdict.ErrRange, c.Step[i], steps)
	}
	checkTime(&faults, verdict.Join(path, "time"), c.Time[i])
	return faults.Err()
}

func (d *dealer) countOthers(words []uint64) {
	for _, w := range words {
		if w&(kept|other) == kept|other {
			d.others++
		}
	}
}

// put deals words to the parts of their customers. A word that does not matter is
// written too, but the next one of the part takes its place.
func (d *dealer) put(customers []uint32, batch []uint64, low uint) {
	batch = batch[:len(customers)]
	words, next, border := d.words, d.next, d.block-1
	for i, who := range customers {
		w, part := batch[i], who>>(low&31)
		at := next[part]
		if at&border == 0 {
			if w&kept == 0 {
				continue
			}
			at = d.open(part)
		}
		words[at] = w
		next[part] = at + int(w>>63)
	}
}

// open takes a new block for a part and returns where it begins.
func (d *dealer) open(part uint32) int {
	at := d.used
	d.used += d.block
	d.blocks[part] = append(d.blocks[part], at)
	return at
}

// pieces appends the words of a part, in the order of rows.
func (d *dealer) pieces(dst [][]uint64, part int) [][]uint64 {
	for i, from := range d.blocks[part] {
		to := from + d.block
		if i == len(d.blocks[part])-1 {
			to = d.next[part]
		}
		dst = append(dst, d.words[from:to])
	}
	return dst
}

// dealt returns the number of words of all parts.
func (d *dealer) dealt() int64 {
	n := d.used
	for _, at := range d.next {
		n -= -at & (d.block - 1) // free at the end of the last block
	}
	return int64(n)
}
