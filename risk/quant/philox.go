package quant

// philox4x32 is the counter-based generator Philox4x32-10: ten rounds that turn a
// counter into 128 random bits, under a key (J. K. Salmon, M. A. Moraes, R. O. Dror,
// D. E. Shaw, Parallel random numbers: as easy as 1, 2, 3, SC'11). It has no state,
// so draw number i costs the same for every i, in any order, on any worker.
func philox4x32(c [4]uint32, k *roundKeys) [4]uint32 {
	c0, c1, c2, c3 := c[0], c[1], c[2], c[3]
	for i := range 10 {
		c0, c1, c2, c3 = philoxRound(c0, c1, c2, c3, k[2*i], k[2*i+1])
	}
	return [4]uint32{c0, c1, c2, c3}
}

// roundKeys is the key of each of the ten rounds.
type roundKeys [20]uint32

func newRoundKeys(key [2]uint32) *roundKeys {
	const w0, w1 = 0x9E3779B9, 0xBB67AE85 // golden ratio and √3 − 1, the fractions
	k := new(roundKeys)
	for i := range 10 {
		k[2*i], k[2*i+1] = key[0], key[1]
		key[0] += w0
		key[1] += w1
	}
	return k
}

// The multipliers of a round.
const philoxM0, philoxM1 = 0xD2511F53, 0xCD9E8D57

func philoxRound(c0, c1, c2, c3, k0, k1 uint32) (r0, r1, r2, r3 uint32) {
	p0, p1 := uint64(c0)*philoxM0, uint64(c2)*philoxM1
	return uint32(p1>>32) ^ c1 ^ k0, uint32(p1), uint32(p0>>32) ^ c3 ^ k1, uint32(p0)
}

// A role is what a draw is for. Draws of different roles are independent.
type role uint8

const (
	roleOccurrence role = iota + 1 // whether, or how many times, a risk happens
	roleSeverity                   // how much it costs; further times of a Poisson risk have their own number
	roleDelay                      // how long it holds up
	roleFactorOccurrence
	roleFactorSeverity
	roleJoint
	roleSystemic
	roleCertain        // severity as if the risk had happened
	roleTail    = 0x80 // added: the lower half of a draw that falls into a tail
)

// A stream is the sequence of draws of one id in one role: draw i is a function of
// the seed, the id, the role and i, and of nothing else.
type stream struct {
	keys *roundKeys // the seed
	high [2]uint32  // upper half of the counter: the address
}

// newStream returns the stream of an id in a role; n numbers several of them. The
// address is a 64-bit hash (FNV-1a, then mixed): that any two of a million streams
// share theirs has a probability of about 3e-8.
func newStream(k *roundKeys, id string, r role, n int) stream {
	h := uint64(0xcbf29ce484222325)
	for i := range len(id) {
		h = (h ^ uint64(id[i])) * 0x100000001b3
	}
	h = mix(mix(h+uint64(r)*0x9e3779b97f4a7c15) + uint64(n))
	return stream{k, [2]uint32{uint32(h), uint32(h >> 32)}}
}

// mix is the finalizer of splitmix64, a bijection.
func mix(x uint64) uint64 {
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// fill writes the draws first, first+1, … of 32 bits each to dst. Both first and the
// length are multiples of 4, and the draws do not cross a multiple of 2³⁴, as those of no
// batch do. So only the lowest word of the counter changes: its product grows by the
// same amount from block to block, and what the first two rounds make of the other
// words is found once. The rounds are written out: so the processor works at several
// counters at once.
func (s stream) fill(dst []uint32, first int64) {
	k, n := s.keys, uint64(first)/4
	p := uint64(uint32(n)) * philoxM0
	b0, b1, _, _ := philoxRound(0, uint32(n>>32), s.high[0], 0, k[0], 0)
	_, _, b2, b3 := philoxRound(b0, 0, 0, 0, 0, k[3])
	first1, second0 := s.high[1]^k[1], b1^k[2]
	for len(dst) >= 4 {
		q := uint64(uint32(p>>32)^first1) * philoxM1
		c0, c1, c2, c3 := uint32(q>>32)^second0, uint32(q), b2^uint32(p), b3
		c0, c1, c2, c3 = philoxRound(c0, c1, c2, c3, k[4], k[5])
		c0, c1, c2, c3 = philoxRound(c0, c1, c2, c3, k[6], k[7])
		c0, c1, c2, c3 = philoxRound(c0, c1, c2, c3, k[8], k[9])
		c0, c1, c2, c3 = philoxRound(c0, c1, c2, c3, k[10], k[11])
		c0, c1, c2, c3 = philoxRound(c0, c1, c2, c3, k[12], k[13])
		c0, c1, c2, c3 = philoxRound(c0, c1, c2, c3, k[14], k[15])
		c0, c1, c2, c3 = philoxRound(c0, c1, c2, c3, k[16], k[17])
		dst[0], dst[1], dst[2], dst[3] = philoxRound(c0, c1, c2, c3, k[18], k[19])
		dst = dst[4:]
		p += philoxM0
	}
}

// draw returns draw i.
func (s stream) draw(i int64) uint32 {
	n := uint64(i) / 4
	return philox4x32([4]uint32{uint32(n), uint32(n >> 32), s.high[0], s.high[1]}, s.keys)[i&3]
}

// A source is a stream together with the one that refines its tails.
type source struct{ main, tail stream }

func newSource(k *roundKeys, id string, r role, n int) source {
	return source{newStream(k, id, r, n), newStream(k, id, r|roleTail, n)}
}

// tailDraws is the number of draws at either end that are refined: a draw r below it
// has too few digits to tell where in the tail it is.
const tailDraws = 1 << 16

// long returns draw i with 64 bits, of which r are the upper half.
func (s source) long(r uint32, i int64) uint64 {
	return uint64(r)<<32 | uint64(s.tail.draw(i))
}

// uniform returns draw i, of which r are the upper 32 bits, as a number strictly
// between 0 and 1: to 32 bits in the middle, to 64 in the tails.
func (s source) uniform(r uint32, i int64) float64 {
	if r-tailDraws < 1<<32-2*tailDraws { // in the middle; wraps below tailDraws
		return (float64(r) + 0.5) * 0x1p-32
	}
	return unitOf(s.long(r, i))
}

// unitOf returns (x + ½)/2⁶⁴, at most the greatest number below 1.
func unitOf(x uint64) float64 {
	if x >= 1<<63 { // the distance from 1 has the digits
		return 1 - max(float64(^x)+0.5, 0x1p11)*0x1p-64
	}
	return (float64(x) + 0.5) * 0x1p-64
}

// share returns ⌊p·2⁶⁴⌋ for 0 ≤ p ≤ 1, the greatest number for p = 1.
func share(p float64) uint64 {
	if p >= 1 {
		return 1<<64 - 1
	}
	return uint64(p * 0x1p64)
}
