package schedule

import (
	"hash/maphash"
	"math/bits"
	"sync/atomic"
)

// A table finds the index of an id. It is an open-addressing hash table with
// one word per slot, half of the id's hash beside one more than its index, so
// that a search mostly touches two places of memory. The seed of the hash is
// random, against ids made to collide; nothing that is reported depends on it.
type table struct {
	seed    maphash.Seed
	ids     []string // by index
	slots   []uint64
	mask    uint64
	touched atomic.Uint64 // keeps the looks ahead from being optimised away
}

const (
	indexBits = 1<<32 - 1
	tagBits   = ^uint64(indexBits)
)

// newTable returns the table of ids, see newDirectory.
func newTable(ids []string, duplicate func(i int)) *table {
	size := uint64(1) << bits.Len(uint(2*len(ids)+1))
	t := &table{seed: maphash.MakeSeed(), ids: ids, slots: make([]uint64, size), mask: size - 1}
	hashes := make([]uint64, len(ids))
	parallel(len(ids), func(lo, hi int) {
		for i := lo; i < hi; i++ {
			hashes[i] = t.hash(ids[i])
		}
	})
	t.add(hashes, duplicate)
	return t
}

// hash returns the hash of an id.
func (t *table) hash(id string) uint64 { return maphash.String(t.seed, id) }

// find returns the index of id.
func (t *table) find(id string) (int, bool) {
	i := t.search(id, t.hash(id))
	return i, i >= 0
}

// search returns the index of the id with hash h, or the complement of the slot
// where it would go.
func (t *table) search(id string, h uint64) int {
	for at := h & t.mask; ; at = (at + 1) & t.mask {
		slot := t.slots[at]
		if slot == 0 {
			return ^int(at)
		}
		if (slot^h)&tagBits == 0 {
			if i := int(slot&indexBits) - 1; t.ids[i] == id {
				return i
			}
		}
	}
}

// add gives each id of t.ids, with its hash, its index, unless an earlier one
// has that id already: then it calls duplicate with the index of the later one.
// It looks at a batch of slots ahead.
func (t *table) add(hashes []uint64, duplicate func(i int)) {
	var touched uint64
	for lo := 0; lo < len(hashes); lo += batch {
		hi := min(lo+batch, len(hashes))
		for _, h := range hashes[lo:hi] {
			touched |= t.slots[h&t.mask]
		}
		for i := lo; i < hi; i++ {
			at := t.search(t.ids[i], hashes[i])
			if at >= 0 {
				duplicate(i)
				continue
			}
			t.slots[^at] = hashes[i]&tagBits | uint64(i+1)
		}
	}
	t.touched.Or(touched)
}

// resolve finds the ends of links.
func (t *table) resolve(links []Link, arcs []arc) {
	var touched uint64
	for lo := 0; lo < len(links); lo += batch {
		hi := min(lo+batch, len(links))
		touched |= t.ends(links[lo:hi], arcs[lo:hi])
	}
	t.touched.Or(touched)
}

// ends finds the ends of up to batch links: all their hashes, and with each a
// look at its first slot, come before all their searches.
func (t *table) ends(links []Link, arcs []arc) (touched uint64) {
	var from, to [batch]uint64
	for i := range links {
		from[i] = t.hash(links[i].From)
		to[i] = t.hash(links[i].To)
		touched |= t.slots[from[i]&t.mask] | t.slots[to[i]&t.mask]
	}
	for i := range links {
		l := &links[i]
		arcs[i] = arc{t.end(l.From, from[i]), t.end(l.To, to[i]), int32(l.Relation.Lag.Amount), packed(l.Relation)}
	}
	return touched
}

// end returns the index of an id with hash h, −1 if it is not known. The empty
// id is nobody's.
func (t *table) end(id string, h uint64) int32 {
	if id == "" {
		return -1
	}
	return int32(max(t.search(id, h), -1))
}
