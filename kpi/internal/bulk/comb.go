package bulk

import "math/bits"

// A comb counts how often each of 64 bits is set, in many words at a time: plane k
// holds, of each count, the digit of 2ᵏ. So a word is added in a few steps without a
// branch, however many bits it has; the counts themselves are taken out every 255 words.
type comb struct {
	planes [8]uint64
	words  int
}

const combWords = 1<<8 - 1

// add adds a word to fewer than combWords others.
func (c *comb) add(m uint64) {
	p := &c.planes
	p[0], m = p[0]^m, p[0]&m
	p[1], m = p[1]^m, p[1]&m
	p[2], m = p[2]^m, p[2]&m
	p[3], m = p[3]^m, p[3]&m
	p[4], m = p[4]^m, p[4]&m
	p[5], m = p[5]^m, p[5]&m
	p[6], m = p[6]^m, p[6]&m
	p[7] ^= m
	c.words++
}

// take adds the counts to n, which has an element for each bit that may be set,
// from bit 1 on, and leaves the comb empty.
func (c *comb) take(n []int64) {
	for k, plane := range c.planes {
		for ; plane != 0; plane &= plane - 1 {
			n[bits.TrailingZeros64(plane)-1] += 1 << k
		}
	}
	*c = comb{}
}

// combs count the customers of a grid of up to 63 periods by period of the first
// order: those active in a period, and those active in the one before as well.
type combs [64]struct{ active, kept comb }

// enter takes down customers, whose sets of periods are given as bits counted from
// 1; bit 0 says nothing. It notes where in the grid the line of each begins, less one
// place, since periods are counted from 1.
func (c *combs) enter(g *Grid, masks []uint64, lines []uint32) {
	lines = lines[:len(masks)]
	for who, m := range masks {
		m &^= 1
		if m == 0 {
			continue
		}
		first, last := bits.TrailingZeros64(m), 63-bits.LeadingZeros64(m)
		line := (first-1)*g.Periods - 1
		lines[who] = uint32(line)
		g.Last[line+last]++
		x := &c[first&63]
		x.active.add(m)
		x.kept.add(m & (m << 1))
		if x.active.words == combWords {
			c.take(g, first)
		}
	}
}

// take moves what is counted of customers with the given first period to the grid.
func (c *combs) take(g *Grid, first int) {
	c[first].active.take(g.Active[(first-1)*g.Periods : first*g.Periods])
	c[first].kept.take(g.Retained)
}

// takeAll moves all that is counted to the grid.
func (c *combs) takeAll(g *Grid) {
	for first := range c {
		if c[first].active.words > 0 {
			c.take(g, first)
		}
	}
}
