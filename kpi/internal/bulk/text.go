package bulk

import (
	"math/bits"
	"slices"
	"sync/atomic"
)

// A coding writes texts as numbers below 2⁶³, so that texts compare as their numbers
// do, and no two texts share one. It takes advantage of what identifiers have in
// common: at most places few different characters occur. Each place is a digit with a
// base of its own, one for each character that occurs there and one, the lowest, for
// the end if some text ends before. So the prefix that all have takes nothing, 18
// decimal digits fit, 15 hexadecimal ones, or 12 letters and digits; and customers
// that are counted on, from "C0000001", have numbers next to each other.
type coding struct {
	prefix   string
	shortest int           // bytes after the prefix that every text has
	add      [][256]uint64 // by place after the prefix: what a character adds to the number
	chars    [][]byte      // by place: the characters in ascending order
	weight   []uint64      // by place
}

// never is added for a character that does not occur.
const never = 1 << 63

// A survey says what characters occur at which places of texts.
type survey struct {
	used     [][4]uint64 // by place: bits
	shortest int
	texts    int
}

// longText is from what length on texts are not looked at.
const longText = 256

// see looks at texts, and returns false if one is too long.
func (v *survey) see(texts []string) bool {
	for _, s := range texts {
		if len(s) >= longText {
			return false
		}
		if v.texts == 0 || len(s) < v.shortest {
			v.shortest = len(s)
		}
		v.texts++
		for len(v.used) < len(s) {
			v.used = append(v.used, [4]uint64{})
		}
		used := v.used[:len(s)]
		for i := range used {
			used[i][s[i]>>6] |= 1 << (s[i] & 63)
		}
	}
	return true
}

// join takes in what another survey has seen.
func (v *survey) join(other survey) {
	if other.texts == 0 {
		return
	}
	if v.texts == 0 || other.shortest < v.shortest {
		v.shortest = other.shortest
	}
	v.texts += other.texts
	for len(v.used) < len(other.used) {
		v.used = append(v.used, [4]uint64{})
	}
	for i, used := range other.used {
		for k := range used {
			v.used[i][k] |= used[k]
		}
	}
}

// chars returns the characters that occur at a place. Where there are only digits,
// all of them are taken to occur, or a sample would miss some.
func (v *survey) chars(place int) []byte {
	var all []byte
	for k, used := range v.used[place] {
		for ; used != 0; used &= used - 1 {
			all = append(all, byte(k<<6+bits.TrailingZeros64(used)))
		}
	}
	if len(all) > 1 && all[0] >= '0' && all[len(all)-1] <= '9' {
		return []byte("0123456789")
	}
	return all
}

// coding returns a coding for texts such as those seen, at least one, and false if
// there is none.
func (v *survey) coding() (*coding, bool) {
	c, prefix := &coding{}, []byte(nil)
	for i := range v.used {
		chars := v.chars(i)
		if len(c.chars) == 0 && len(chars) == 1 && i < v.shortest {
			prefix = append(prefix, chars[0])
			continue
		}
		c.chars = append(c.chars, chars)
	}
	c.prefix, c.shortest = string(prefix), v.shortest-len(prefix)
	c.weight, c.add = make([]uint64, len(c.chars)), make([][256]uint64, len(c.chars))
	weight := uint64(1)
	for i := len(c.chars) - 1; i >= 0; i-- {
		c.weight[i] = weight
		c.fill(i)
		above, next := bits.Mul64(weight, uint64(len(c.chars[i]))+c.end(i))
		if above > 0 || next > never {
			return nil, false
		}
		weight = next
	}
	return c, true
}

// end returns 1 if texts may end before a place, and the lowest digit says so.
func (c *coding) end(place int) uint64 {
	if place < c.shortest {
		return 0
	}
	return 1
}

// fill sets what the characters of a place add.
func (c *coding) fill(place int) {
	add := &c.add[place]
	for b := range add {
		add[b] = never
	}
	for digit, b := range c.chars[place] {
		add[b] = (uint64(digit) + c.end(place)) * c.weight[place]
	}
}

// encode writes texts to codes, and returns false if one does not fit.
//
// The bytes of texts are anywhere in memory, so most of the time goes by waiting for
// them. They are asked for some texts ahead, in a loop so short that the processor has
// many requests under way at a time.
func (c *coding) encode(texts []string, codes []uint64) bool {
	const ahead = 64
	var last [ahead]byte
	bad := uint64(0)
	for len(texts) > 0 {
		n := min(ahead, len(texts))
		for i, s := range texts[:n] {
			if len(s) > 0 {
				last[i] = s[len(s)-1]
			}
		}
		for i, s := range texts[:n] {
			codes[i] = c.code(s, last[i])
			bad |= codes[i]
		}
		texts, codes = texts[n:], codes[n:]
	}
	return bad < never
}

// code returns the code of a text with the given last character, never or more if it
// has none.
func (c *coding) code(s string, last byte) uint64 {
	n := len(s) - len(c.prefix)
	if n < c.shortest || n > len(c.add) || s[:len(c.prefix)] != c.prefix {
		return never
	}
	if n == 0 {
		return 0
	}
	add, tail := c.add[:n], s[len(c.prefix):]
	code := add[n-1][last]
	bad := code
	for i := range n - 1 {
		x := add[i][tail[i]]
		code += x
		bad |= x
	}
	return code | bad&never
}

// append appends the text of a code.
func (c *coding) append(b []byte, code uint64) []byte {
	b = append(b, c.prefix...)
	for i, weight := range c.weight {
		digit := code / weight
		code -= digit * weight
		if i < c.shortest {
			digit++
		}
		if digit == 0 {
			break
		}
		b = append(b, c.chars[i][digit-1])
	}
	return b
}

// decode returns the texts of codes. They share one piece of memory.
func (c *coding) decode(codes []uint64, texts []string) {
	all, end := make([]byte, 0, len(codes)*(len(c.prefix)+len(c.chars))), make([]uint32, len(codes))
	for i, code := range codes {
		all = c.append(all, code)
		end[i] = uint32(len(all))
	}
	whole, from := string(all), uint32(0)
	for i, to := range end {
		texts[i] = whole[from:to]
		from = to
	}
}

// coded finds a coding for the texts and returns their codes, or false if there is
// none: by a sample, and if that turns out to have missed something, by all of them.
func (e *Engine) coded(t *team, texts []string) (*coding, []uint64, bool) {
	const most = 4096
	var seen survey
	for i := 0; i < len(texts); i += len(texts)/most + 1 {
		if !seen.see(texts[i : i+1]) {
			return nil, nil, false
		}
	}
	e.codes = grown(e.codes, len(texts))
	c, ok := seen.coding()
	if !ok || e.encode(t, c, texts) {
		return c, e.codes, ok
	}
	if seen, ok = surveyed(t, texts); !ok {
		return nil, nil, false
	}
	if c, ok = seen.coding(); !ok {
		return nil, nil, false
	}
	return c, e.codes, e.encode(t, c, texts)
}

// encode writes the codes of all texts, and returns false if one has none, or the
// context is done.
func (e *Engine) encode(t *team, c *coding, texts []string) bool {
	var odd atomic.Bool
	err := t.chunks(len(texts), func(_, _, from, to int) {
		if !odd.Load() && !c.encode(texts[from:to], e.codes[from:to]) {
			odd.Store(true)
		}
	})
	return err == nil && !odd.Load()
}

// surveyed looks at all texts.
func surveyed(t *team, texts []string) (survey, bool) {
	parts, ok := make([]survey, chunksOf(len(texts))), make([]bool, chunksOf(len(texts)))
	err := t.chunks(len(texts), func(_, chunk, from, to int) {
		ok[chunk] = parts[chunk].see(texts[from:to])
	})
	var all survey
	for _, part := range parts {
		all.join(part)
	}
	return all, err == nil && !slices.Contains(ok, false)
}
