package money

import (
	"math"
	"math/bits"
)

// pow10 holds the powers of ten that an int64 holds: the size of a unit by exponent.
var pow10 = [MaxExponent + 1]int64{
	1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18,
}

// mulDiv returns x × num ÷ den rounded by r, and whether it fits. den is not zero and r is valid.
func mulDiv(x, num, den int64, r Rounding) (int64, bool) {
	hi, lo := bits.Mul64(magnitude(x), magnitude(num))
	d := magnitude(den)
	if hi >= d {
		return 0, false // the quotient is 2^64 or more
	}
	q, rem := bits.Div64(hi, lo, d)
	if q > 1<<63 {
		return 0, false // also keeps the step below from wrapping around
	}
	negative := ((x < 0) != (num < 0)) != (den < 0)
	if rem != 0 && r.away(negative, q, rem, d) {
		q++
	}
	return signed(negative, q)
}

// floorDiv returns the floor of x × w ÷ sum and the remainder, 0 ≤ rem < sum, where 0 ≤ w ≤ sum and 0 < sum: the floor
// then lies between 0 and x, so it fits.
func floorDiv(x, w, sum int64) (floor int64, rem uint64) {
	d := uint64(sum)
	hi, lo := bits.Mul64(magnitude(x), uint64(w))
	q, rem := bits.Div64(hi, lo, d)
	if x < 0 && rem != 0 {
		q, rem = q+1, d-rem
	}
	floor, _ = signed(x < 0, q)
	return floor, rem
}

// magnitude returns |x|, which is 2^63 for math.MinInt64.
func magnitude(x int64) uint64 {
	if x < 0 {
		return -uint64(x)
	}
	return uint64(x)
}

// signed returns m or -m, and whether it fits.
func signed(negative bool, m uint64) (int64, bool) {
	if negative {
		return int64(-m), m <= 1<<63
	}
	return int64(m), m <= math.MaxInt64
}

// int128 is a two's complement accumulator; 2^64 additions cannot overflow it.
type int128 struct {
	hi int64
	lo uint64
}

func (t *int128) add(x int64) {
	var carry uint64
	t.lo, carry = bits.Add64(t.lo, uint64(x), 0)
	t.hi += x>>63 + int64(carry)
}

// int64 returns the value and whether it fits: whether hi merely repeats the sign of lo.
func (t *int128) int64() (int64, bool) {
	v := int64(t.lo)
	return v, t.hi == v>>63
}
