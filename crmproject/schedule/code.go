package schedule

import (
	"math"
	"sync"
)

// A code numbers ids that are made after a pattern, such as A0001 to A9999: no
// two alike, and with few numbers between them that are no id's. A plain list by
// code finds then what a hash table would, but needs no hash, compares no ids,
// and takes a fraction of the time.
//
// Ids of one length have a range of codes of their own. In it, each place of an
// id is the digit of a number, and the values of the digit are the bytes that
// occur there in some id: ten of them for decimals, one in what all ids begin
// with. An id with a byte that occurs in no other at its place has no code.
type code struct {
	lengths [maxCoded + 1]digits // by length of the id
	size    uint64               // all codes are below
	touched byte                 // keeps the looks ahead from being optimised away
}

// digits are the codes of ids of one length.
type digits struct {
	low    uint64        // the first of them
	weight [][256]uint64 // by place and byte: what it adds to the code
}

const (
	maxCoded = 32      // bytes of an id at most
	noCode   = 1 << 48 // is above all codes, and so is the sum of any up to maxCoded + 1 weights with it
)

// of returns the code of an id, and a number that is not below c.size if it has
// none, as the empty id always.
func (c *code) of(id string) uint64 {
	if len(id) > maxCoded {
		return noCode
	}
	d := &c.lengths[len(id)]
	weight, sum := d.weight, d.low
	id = id[:len(weight)]
	for i := range weight {
		sum += weight[i][id[i]]
	}
	return sum
}

// codes finds the codes of both ends of links: first of one, then of the other,
// which leaves more of the processor's registers to each loop.
func (c *code) codes(links []Link, from, to *[batch]uint64) {
	for i := range links {
		from[i%batch] = c.of(links[i].From)
	}
	for i := range links {
		to[i%batch] = c.of(links[i].To)
	}
}

// coded returns a code of ids, and the code of each; nil if there is none with few
// enough numbers and weights, four for each id. It learns from some of the ids and, if
// others have bytes that those have not, from these too.
func coded(ids []string) (*code, []uint32) {
	limit := uint64(min(4*len(ids), math.MaxInt32))
	if limit < 256 {
		return nil, nil // not even the weights of one place
	}
	known := new(alphabet)
	for i := 0; i < len(ids); i += 1 + len(ids)/256 {
		known.add(ids[i])
	}
	c := known.code(limit)
	if c == nil {
		return nil, nil
	}
	codes := make([]uint32, len(ids))
	if known.join(c.all(ids, codes)) {
		if c = known.code(limit); c != nil {
			c.all(ids, codes)
		}
	}
	return c, codes
}

// all sets the code of each id. It returns the bytes of those that have none.
func (c *code) all(ids []string, codes []uint32) *alphabet {
	var lock sync.Mutex
	more, touched := new(alphabet), byte(0)
	parallel(len(ids), func(lo, hi int) {
		odd, seen := new(alphabet), byte(0)
		for ; lo < hi; lo += batch {
			end := min(lo+batch, hi)
			seen |= c.some(ids[lo:end], codes[lo:end], odd)
		}
		lock.Lock()
		defer lock.Unlock()
		more.join(odd)
		touched |= seen
	})
	c.touched = touched
	return more
}

// some sets the codes of up to batch ids, after a look at all of them, see
// batch. It adds those without one to odd.
func (c *code) some(ids []string, codes []uint32, odd *alphabet) (touched byte) {
	for _, id := range ids {
		if id != "" {
			touched |= id[0]
		}
	}
	for i, id := range ids {
		code := c.of(id)
		codes[i] = uint32(min(code, math.MaxUint32))
		if code >= c.size {
			odd.add(id)
		}
	}
	return touched
}
