package bulk

import (
	"math/bits"
	"sync/atomic"
)

// blocks are rows by part. Every worker puts those of a part into a block of his own,
// and takes another one when it is full, so that nobody need know beforehand how many
// there will be. In which order rows come out depends on who did what.
type blocks[R any] struct {
	rows  []R
	bits  uint     // of the places in a block
	links []uint32 // by block: the one filled before it, counted from 1; 0 for none
	hands []hand   // of the workers
	taken atomic.Uint32
}

// A hand says, by part, where the next row of a worker goes: behind the last one. It is
// 0 before the first.
type hand []int

// Sizes of blocks: the larger they are the less there is to follow, and the more stays
// empty.
const (
	blockBits  = 9 // at most 2⁹ rows,
	fillings   = 3 // of which each list fills some 2³,
	fewestBits = 3 // but no fewer than 2³
)

// ready makes room for so many rows.
func (b *blocks[R]) ready(rows, parts, workers int) {
	lists := parts * workers
	b.bits = uint(min(blockBits, max(fewestBits, bits.Len(uint(rows/lists))-fillings)))
	most := rows>>b.bits + lists
	b.rows, b.links = grown(b.rows, most<<b.bits), grown(b.links, most)
	b.hands = append(b.hands[:cap(b.hands)], make([]hand, max(0, workers-cap(b.hands)))...)[:workers]
	for i := range b.hands {
		b.hands[i] = grown(b.hands[i], parts)
		clear(b.hands[i])
	}
	b.taken.Store(0)
}

// full is the mask of places that is 0 where a block is full, or there is none.
func (b *blocks[R]) full() int { return 1<<(b.bits&63) - 1 }

// take returns the first place of another block, given the end of the one before.
func (b *blocks[R]) take(end int) int {
	n := b.taken.Add(1) - 1
	b.links[n] = uint32(end >> b.bits)
	return int(n) << b.bits
}

// of returns the rows of a part, in the memory of the list given.
func (b *blocks[R]) of(part int, list [][]R) [][]R {
	list = list[:0]
	for _, h := range b.hands {
		for end := h[part]; end > 0; {
			block := (end - 1) >> b.bits
			list = append(list, b.rows[block<<b.bits:end])
			end = int(b.links[block]) << b.bits
		}
	}
	return list
}

// rowsIn returns how many rows there are in a list.
func rowsIn[R any](list [][]R) int {
	n := 0
	for _, rows := range list {
		n += len(rows)
	}
	return n
}
