package ratio

import (
	"cmp"
	"math/bits"
)

// u128 is an unsigned 128-bit integer, wide enough for the product of any two
// magnitudes and for the sum of two such products.
type u128 struct{ hi, lo uint64 }

func (a u128) isZero() bool { return a.hi|a.lo == 0 }

func (a u128) cmp(b u128) int {
	if a.hi != b.hi {
		return cmp.Compare(a.hi, b.hi)
	}
	return cmp.Compare(a.lo, b.lo)
}

func (a u128) add(b u128) u128 {
	lo, carry := bits.Add64(a.lo, b.lo, 0)
	hi, _ := bits.Add64(a.hi, b.hi, carry)
	return u128{hi, lo}
}

// sub returns a − b for a ≥ b.
func (a u128) sub(b u128) u128 {
	lo, borrow := bits.Sub64(a.lo, b.lo, 0)
	hi, _ := bits.Sub64(a.hi, b.hi, borrow)
	return u128{hi, lo}
}

// times returns a × b for a product below 2¹²⁸.
func (a u128) times(b uint64) u128 {
	p := mul64(a.lo, b)
	p.hi += a.hi * b
	return p
}

func (a u128) trailingZeros() int {
	if a.lo == 0 {
		return 64 + bits.TrailingZeros64(a.hi)
	}
	return bits.TrailingZeros64(a.lo)
}

func (a u128) bitLen() int {
	if a.hi != 0 {
		return 64 + bits.Len64(a.hi)
	}
	return bits.Len64(a.lo)
}

func (a u128) shl(n int) u128 {
	if n >= 64 {
		return u128{hi: a.lo << (n - 64)}
	}
	return u128{hi: a.hi<<n | a.lo>>(64-n), lo: a.lo << n}
}

func (a u128) shr(n int) u128 {
	if n >= 64 {
		return u128{lo: a.hi >> (n - 64)}
	}
	return u128{hi: a.hi >> n, lo: a.lo>>n | a.hi<<(64-n)}
}

// div returns the whole quotient a ÷ b, b not zero. The divisors of this
// package are mostly one word; a wider one is divided bit by bit.
func (a u128) div(b u128) u128 {
	if b.hi == 0 {
		hi, rest := a.hi/b.lo, a.hi%b.lo
		lo, _ := bits.Div64(rest, a.lo, b.lo)
		return u128{hi, lo}
	}
	var q u128
	for n := a.bitLen() - b.bitLen(); n >= 0; n-- {
		if d := b.shl(n); a.cmp(d) >= 0 {
			a, q = a.sub(d), q.add(u128{lo: 1}.shl(n))
		}
	}
	return q
}

// gcd returns the greatest common divisor, by Stein's binary algorithm; the gcd
// with 0 is the other number.
func gcd(a, b u128) u128 {
	if a.isZero() {
		return b
	}
	if b.isZero() {
		return a
	}
	za, zb := a.trailingZeros(), b.trailingZeros()
	a, b = a.shr(za), b.shr(zb)
	for a.hi|b.hi != 0 {
		switch a.cmp(b) {
		case 0:
			return a.shl(min(za, zb))
		case -1:
			a, b = b, a
		}
		a = a.sub(b)
		a = a.shr(a.trailingZeros())
	}
	return u128{lo: gcdOdd(a.lo, b.lo)}.shl(min(za, zb))
}

// gcdOdd is gcd for odd one-word numbers.
func gcdOdd(a, b uint64) uint64 {
	for a != b {
		if a < b {
			a, b = b, a
		}
		a -= b
		a >>= bits.TrailingZeros64(a)
	}
	return a
}
