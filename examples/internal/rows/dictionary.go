package rows

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"hash/maphash"
	"slices"
	"strings"
)

// A Dictionary numbers texts by their first appearance: 0, 1, 2 and so on. It keeps
// each text once, all of them in one piece of memory, and allocates nothing for a
// text that it knows. The zero Dictionary is empty and ready.
//
// Among many texts, looking one up costs what waiting for memory does. So the first
// bytes of a text stand in its slot, and a short one is found at the first look.
type Dictionary struct {
	seed  maphash.Seed
	slots []slot // open addressing, a power of two of them
	text  []byte // all texts, one after the other
	ends  []int  // where text i ends
}

// slot is a text: its first bytes, its length and its number. The zero slot is free.
type slot struct {
	head   [headSize / 8]uint64
	size   uint32
	number uint32 // plus one
}

// headSize is how many bytes of a text stand in its slot.
const headSize = 16

// newSlot returns the slot of a text without its number.
func newSlot(text []byte) slot {
	var head [headSize]byte
	copy(head[:], text)
	return slot{
		head: [...]uint64{binary.LittleEndian.Uint64(head[:8]), binary.LittleEndian.Uint64(head[8:])},
		size: uint32(len(text)),
	}
}

// Len returns how many texts have a number.
func (d *Dictionary) Len() int { return len(d.ends) }

// Text returns the text of a number. It must not be changed.
func (d *Dictionary) Text(number uint32) []byte {
	from := 0
	if number > 0 {
		from = d.ends[number-1]
	}
	return d.text[from:d.ends[number]]
}

// Number returns the number of a text, a new one if need be. Texts are of less
// than 4 GiB.
func (d *Dictionary) Number(text []byte) uint32 {
	if 4*len(d.ends) >= 3*len(d.slots) {
		d.grow()
	}
	want := newSlot(text)
	s := d.find(&want, text)
	if s.number == 0 {
		d.text = append(d.text, text...)
		d.ends = append(d.ends, len(d.text))
		want.number = uint32(len(d.ends))
		*s = want
	}
	return s.number - 1
}

// find returns the slot of a text, or the free one where it belongs.
func (d *Dictionary) find(want *slot, text []byte) *slot {
	mask := uint64(len(d.slots) - 1)
	for i := maphash.Bytes(d.seed, text) & mask; ; i = (i + 1) & mask {
		s := &d.slots[i]
		switch {
		case s.number == 0:
			return s
		case s.head != want.head || s.size != want.size:
		case s.size <= headSize || bytes.Equal(d.Text(s.number-1), text):
			return s
		}
	}
}

// grow doubles the slots and puts every text into its new one.
func (d *Dictionary) grow() {
	if d.slots == nil {
		d.seed = maphash.MakeSeed()
	}
	d.slots = make([]slot, max(64, 2*len(d.slots)))
	mask := uint64(len(d.slots) - 1)
	for n := range uint32(len(d.ends)) {
		text := d.Text(n)
		i := maphash.Bytes(d.seed, text) & mask
		for d.slots[i].number != 0 {
			i = (i + 1) & mask
		}
		d.slots[i] = newSlot(text)
		d.slots[i].number = n + 1
	}
}

// Ranks returns the texts in ascending order, and for each number the place of its
// text there. If all are whole numbers they are in the order of numbers, otherwise
// in that of their bytes.
func (d *Dictionary) Ranks() (sorted []string, rank []uint32) {
	keys := make([]key, d.Len())
	all, from, numbers := string(d.text), 0, true
	for i, end := range d.ends {
		keys[i] = newKey(all[from:end], uint32(i))
		numbers = numbers && keys[i].isNumber
		from = end
	}
	if numbers {
		slices.SortFunc(keys, func(a, b key) int { return cmp.Or(cmp.Compare(a.value, b.value), cmp.Compare(a.text, b.text)) })
	} else {
		slices.SortFunc(keys, func(a, b key) int { return cmp.Or(cmp.Compare(a.prefix, b.prefix), cmp.Compare(a.text, b.text)) })
	}
	sorted, rank = make([]string, len(keys)), make([]uint32, len(keys))
	for i, k := range keys {
		sorted[i], rank[k.number] = k.text, uint32(i)
	}
	return sorted, rank
}

// key is a text with what it is sorted by.
type key struct {
	text     string
	prefix   uint64 // its first eight bytes
	value    int64  // as a number
	number   uint32
	isNumber bool
}

func newKey(text string, number uint32) key {
	k := key{text: text, number: number}
	var first [8]byte
	copy(first[:], text)
	for _, c := range first {
		k.prefix = k.prefix<<8 | uint64(c)
	}
	k.value, k.isNumber = whole(text)
	return k
}

// whole reads a whole number of up to 18 digits, with a minus or without.
func whole(text string) (n int64, ok bool) {
	digits := strings.TrimPrefix(text, "-")
	if len(digits) == 0 || len(digits) > 18 {
		return 0, false
	}
	for _, c := range []byte(digits) {
		if !isDigit(c) {
			return 0, false
		}
		n = 10*n + int64(c-'0')
	}
	if len(digits) < len(text) {
		n = -n
	}
	return n, true
}
