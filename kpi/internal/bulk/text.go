package bulk

import (
	"encoding/binary"
	"math/bits"
)

// A coding writes short texts as numbers, so that texts compare as their numbers
// do and two texts never share one. It takes advantage of what identifiers have in
// common: a prefix, which is left out, and few different characters. With base b
// for b − 1 characters, and 0 for the end, w of them fit if b^w ≤ 2⁶⁴: 19 decimal
// digits, 15 hexadecimal ones, 10 letters and digits.
//
// Texts of up to 7 bytes after the prefix are simply taken as they are, with the
// length in the last byte.
type coding struct {
	prefix string
	plain  bool // bytes and length
	digit  [256]uint8
	char   [257]byte
	base   uint64
	width  int
	power  [65]uint64 // of the base
}

const plainBytes = 7

// learn makes a coding for texts like these, at least one, and returns false if
// there is none.
func learn(texts []string) (*coding, bool) {
	c := &coding{prefix: texts[0]}
	for _, s := range texts {
		c.prefix = common(c.prefix, s)
	}
	longest := 0
	var used [256]bool
	for _, s := range texts {
		tail := s[len(c.prefix):]
		longest = max(longest, len(tail))
		for i := range len(tail) {
			used[tail[i]] = true
		}
	}
	if longest <= plainBytes {
		c.plain = true
		return c, true
	}
	c.base = 1
	for b := range used {
		if used[b] {
			c.digit[b], c.char[c.base] = uint8(c.base), byte(b)
			c.base++
		}
	}
	c.powers()
	return c, longest <= c.width && c.base <= 256
}

// powers sets the width and the powers of the base.
func (c *coding) powers() {
	c.power[0], c.width = 1, 0
	for c.width < 63 {
		hi, lo := bits.Mul64(c.power[c.width], c.base)
		if hi > 0 {
			return // b^w may be 2⁶⁴ itself, which is not worth the trouble
		}
		c.width++
		c.power[c.width] = lo
	}
}

// common returns the beginning that two texts have in common.
func common(a, b string) string {
	n := min(len(a), len(b))
	for i := range n {
		if a[i] != b[i] {
			return a[:i]
		}
	}
	return a[:n]
}

// encode writes texts to codes, and returns the first that does not fit, or −1.
//
// The bytes of texts are anywhere in memory, so most of the time goes by waiting for
// them. The last ones are asked for some texts ahead, in a loop so short that the
// processor has many requests under way at a time.
func (c *coding) encode(texts []string, codes []uint64) int {
	const ahead = 64
	var last [ahead]uint64
	for from := 0; from < len(texts); from += ahead {
		block := texts[from:min(from+ahead, len(texts))]
		for i, s := range block {
			last[i] = lastBytes(s)
		}
		for i, s := range block {
			code, ok := c.code(s, last[i])
			if !ok {
				return from + i
			}
			codes[from+i] = code
		}
	}
	return -1
}

// lastBytes returns the last 8 bytes of a text, the very last one lowest.
func lastBytes(s string) uint64 {
	if len(s) < 8 {
		var b [8]byte
		copy(b[8-len(s):], s)
		return binary.BigEndian.Uint64(b[:])
	}
	t := s[len(s)-8:]
	return uint64(t[7]) | uint64(t[6])<<8 | uint64(t[5])<<16 | uint64(t[4])<<24 |
		uint64(t[3])<<32 | uint64(t[2])<<40 | uint64(t[1])<<48 | uint64(t[0])<<56
}

// code returns the code of a text with the given last bytes, and false if it has
// none.
func (c *coding) code(s string, last uint64) (uint64, bool) {
	n := len(s) - len(c.prefix)
	switch {
	case !begins(s, c.prefix):
		return 0, false
	case !c.plain:
		return c.digits(s[len(c.prefix):])
	default:
		return last<<(8*uint(8-n)) | uint64(n), n <= plainBytes // what is shifted out is of the prefix
	}
}

// begins is strings.HasPrefix for short prefixes. Being inlined, it lets the
// processor go on to the next texts while it waits for this one to be loaded.
func begins(s, prefix string) bool {
	if len(s) < len(prefix) {
		return false
	}
	for i := range len(prefix) {
		if s[i] != prefix[i] {
			return false
		}
	}
	return true
}

// digits returns the code of what follows the prefix.
func (c *coding) digits(tail string) (uint64, bool) {
	if len(tail) > c.width {
		return 0, false
	}
	code := uint64(0)
	for i := range len(tail) {
		digit := c.digit[tail[i]]
		if digit == 0 {
			return 0, false
		}
		code = code*c.base + uint64(digit)
	}
	return code * c.power[c.width-len(tail)], true
}

// append appends the text of a code.
func (c *coding) append(b []byte, code uint64) []byte {
	b = append(b, c.prefix...)
	if c.plain {
		var tail [8]byte
		binary.BigEndian.PutUint64(tail[:], code)
		return append(b, tail[:code&0xff]...)
	}
	for at := c.width - 1; code > 0; at-- {
		b = append(b, c.char[code/c.power[at]])
		code %= c.power[at]
	}
	return b
}

// decode returns the texts of codes. They share one piece of memory.
func (c *coding) decode(codes []uint64, texts []string) {
	all, end := make([]byte, 0, len(codes)*(len(c.prefix)+plainBytes)), make([]int, len(codes))
	for i, code := range codes {
		all = c.append(all, code)
		end[i] = len(all)
	}
	whole, from := string(all), 0
	for i, to := range end {
		texts[i] = whole[from:to]
		from = to
	}
}

// coded finds a coding for the texts and returns their codes, or false if there is
// none: from a sample, to which texts that turn out not to fit are added a few
// times.
func (e *Engine) coded(t *team, texts []string) (*coding, []uint64, bool) {
	const most, rounds = 4096, 4
	sample := make([]string, 0, most+2)
	for i := 0; i < len(texts); i += len(texts)/most + 1 {
		sample = append(sample, texts[i])
	}
	e.codes = grown(e.codes, len(texts))
	for range rounds {
		c, ok := learn(sample)
		if !ok {
			return nil, nil, false
		}
		odd := make([]int, chunksOf(len(texts)))
		err := t.chunks(len(texts), func(_, chunk, from, to int) {
			odd[chunk] = c.encode(texts[from:to], e.codes[from:to])
		})
		if err != nil {
			return nil, nil, false
		}
		before := len(sample)
		for chunk, i := range odd {
			if i >= 0 {
				sample = append(sample, texts[chunk*chunkRows+i])
			}
		}
		if len(sample) == before {
			return c, e.codes, true
		}
	}
	return nil, nil, false
}
