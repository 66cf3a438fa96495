package ratio

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"math/bits"
)

// A Ratio is an exact fraction, or undefined with a reason. The zero Ratio is
// undefined without a reason. Ratios are comparable with ==: two defined ratios
// are equal exactly if they are the same number.
type Ratio struct {
	num    int64
	den    int64 // > 0 and coprime to num; 0 if undefined
	reason string
}

// Reasons that this package itself gives.
const (
	DivisionByZero = "division by zero"
	Overflow       = "overflow"
)

// ErrUndefined is wrapped by the error of [Ratio.Err].
var ErrUndefined = errors.New("undefined")

// New returns num/den in lowest terms. A zero den gives a Ratio that is
// undefined with the reason [DivisionByZero]; see [Of] to name another.
func New(num, den int64) Ratio { return Of(num, den, DivisionByZero) }

// Of returns num/den in lowest terms, undefined with the given reason if den
// is zero:
//
//	ratio.Of(lost, start, "no customers at the start")
func Of(num, den int64, reason string) Ratio {
	if den == 0 {
		return Undefined(reason)
	}
	neg := (num < 0) != (den < 0)
	return make128(neg, u128{lo: magnitude(num)}, u128{lo: magnitude(den)})
}

// Int returns n/1.
func Int(n int64) Ratio { return Ratio{num: n, den: 1} }

// Undefined returns a Ratio without a value, for the given reason.
func Undefined(reason string) Ratio { return Ratio{reason: reason} }

// Defined reports whether r has a value.
func (r Ratio) Defined() bool { return r.den != 0 }

// IsZero reports whether r is the zero Ratio: undefined, no reason. It is what
// the JSON option omitzero asks. For the number zero see [Ratio.Sign].
func (r Ratio) IsZero() bool { return r == Ratio{} }

// Num returns the numerator in lowest terms, 0 if r is undefined. It carries
// the sign.
func (r Ratio) Num() int64 { return r.num }

// Den returns the denominator in lowest terms, 0 if r is undefined.
func (r Ratio) Den() int64 { return r.den }

// Reason says why r is undefined; it is empty if r is defined or was not given.
func (r Ratio) Reason() string { return r.reason }

// Err returns nil if r is defined, otherwise an error with the reason that
// wraps [ErrUndefined].
func (r Ratio) Err() error {
	switch {
	case r.Defined():
		return nil
	case r.reason == "":
		return fmt.Errorf("ratio: %w", ErrUndefined)
	default:
		return fmt.Errorf("ratio: %w: %s", ErrUndefined, r.reason)
	}
}

// Sign returns -1, 0 or +1; 0 also if r is undefined.
func (r Ratio) Sign() int {
	switch {
	case r.num < 0:
		return -1
	case r.num > 0:
		return +1
	default:
		return 0
	}
}

// Float64 returns the float64 nearest to r within one unit in the last place,
// and false if r is undefined.
func (r Ratio) Float64() (float64, bool) {
	if !r.Defined() {
		return 0, false
	}
	return float64(r.num) / float64(r.den), true
}

// Floor returns the largest integer that is not above r, and false if r is
// undefined.
func (r Ratio) Floor() (int64, bool) {
	if !r.Defined() {
		return 0, false
	}
	q := r.num / r.den
	if r.num%r.den < 0 {
		q--
	}
	return q, true
}

// Neg returns -r.
func (r Ratio) Neg() Ratio {
	if r.num == math.MinInt64 {
		return Undefined(Overflow)
	}
	r.num = -r.num
	return r
}

// Abs returns the absolute value of r.
func (r Ratio) Abs() Ratio {
	if r.num < 0 {
		return r.Neg()
	}
	return r
}

// Inv returns 1/r.
func (r Ratio) Inv() Ratio {
	if !r.Defined() {
		return r
	}
	return New(r.den, r.num)
}

// Add returns r + s.
func (r Ratio) Add(s Ratio) Ratio { return r.sum(s, false) }

// Sub returns r − s.
func (r Ratio) Sub(s Ratio) Ratio { return r.sum(s, true) }

// sum adds over the product of the denominators: a/b ± c/d = (ad ± cb)/bd.
func (r Ratio) sum(s Ratio, minus bool) Ratio {
	if bad, ok := firstUndefined(r, s); ok {
		return bad
	}
	ad, cb := mul64(magnitude(r.num), uint64(s.den)), mul64(magnitude(s.num), uint64(r.den))
	bd := mul64(uint64(r.den), uint64(s.den))
	rneg, sneg := r.num < 0, (s.num < 0) != minus
	if rneg == sneg {
		return make128(rneg, ad.add(cb), bd) // each is below 2¹²⁶, so the sum fits
	}
	if ad.cmp(cb) >= 0 {
		return make128(rneg, ad.sub(cb), bd)
	}
	return make128(sneg, cb.sub(ad), bd)
}

// Mul returns r × s.
func (r Ratio) Mul(s Ratio) Ratio {
	if bad, ok := firstUndefined(r, s); ok {
		return bad
	}
	return make128((r.num < 0) != (s.num < 0),
		mul64(magnitude(r.num), magnitude(s.num)), mul64(uint64(r.den), uint64(s.den)))
}

// Quo returns r ÷ s, undefined with the reason [DivisionByZero] if s is 0.
func (r Ratio) Quo(s Ratio) Ratio {
	if bad, ok := firstUndefined(r, s); ok {
		return bad
	}
	if s.num == 0 {
		return Undefined(DivisionByZero)
	}
	return make128((r.num < 0) != (s.num < 0),
		mul64(magnitude(r.num), uint64(s.den)), mul64(uint64(r.den), magnitude(s.num)))
}

// Sum returns the sum of rs, 0 for none.
func Sum(rs ...Ratio) Ratio {
	total := Int(0)
	for _, r := range rs {
		total = total.Add(r)
	}
	return total
}

// Cmp returns -1, 0 or +1 as r is less than, equal to or greater than s. It
// orders every pair: an undefined ratio comes before every number, and two
// undefined ones are ordered by reason.
func (r Ratio) Cmp(s Ratio) int {
	switch {
	case !r.Defined() && !s.Defined():
		return cmp.Compare(r.reason, s.reason)
	case !r.Defined():
		return -1
	case !s.Defined():
		return +1
	case r.Sign() != s.Sign():
		return cmp.Compare(r.Sign(), s.Sign())
	}
	c := mul64(magnitude(r.num), uint64(s.den)).cmp(mul64(magnitude(s.num), uint64(r.den)))
	if r.num < 0 {
		return -c
	}
	return c
}

// Equal reports whether r == s: the same number, or undefined for the same
// reason. It is there for packages that compare values through a method, such as
// go-cmp.
func (r Ratio) Equal(s Ratio) bool { return r == s }

// Less reports whether both are defined and r < s.
func (r Ratio) Less(s Ratio) bool { return r.Defined() && s.Defined() && r.Cmp(s) < 0 }

// AtLeast reports whether both are defined and r ≥ s. It is how a score is held
// against a threshold: equality passes, undefined does not.
func (r Ratio) AtLeast(s Ratio) bool { return r.Defined() && s.Defined() && r.Cmp(s) >= 0 }

func firstUndefined(r, s Ratio) (Ratio, bool) {
	if !r.Defined() {
		return r, true
	}
	return s, !s.Defined()
}

// make128 reduces ±n/d and checks that the result fits; d is not zero.
func make128(neg bool, n, d u128) Ratio {
	if g := gcd(n, d); g.hi != 0 || g.lo > 1 {
		n, d = n.div(g), d.div(g)
	}
	if n.hi != 0 || d.hi != 0 || d.lo > math.MaxInt64 {
		return Undefined(Overflow)
	}
	switch {
	case n.lo <= math.MaxInt64 && neg:
		return Ratio{num: -int64(n.lo), den: int64(d.lo)}
	case n.lo <= math.MaxInt64:
		return Ratio{num: int64(n.lo), den: int64(d.lo)}
	case neg && n.lo == 1<<63:
		return Ratio{num: math.MinInt64, den: int64(d.lo)}
	default:
		return Undefined(Overflow)
	}
}

// magnitude returns |n|, which for the smallest int64 needs the unsigned type.
func magnitude(n int64) uint64 {
	if n < 0 {
		return -uint64(n)
	}
	return uint64(n)
}

func mul64(a, b uint64) u128 {
	hi, lo := bits.Mul64(a, b)
	return u128{hi, lo}
}
