package finance

import (
	"math/big"
	"slices"
)

// Precisions in bits: of roots when they are returned, and that up to which a root of
// even multiplicity is told from two roots close together, or none.
const (
	finalBits = 128
	mostBits  = 2048
)

// A root is a positive root of a poly: the only one in an interval. Its field of is
// the poly of which it is a simple root, with signs that certainly differ at the two
// ends: after as many turns as the multiplicity says, less one, a multiple root has
// become simple.
type root struct {
	lo, hi       *big.Float
	of           *poly
	left         int // sign of that poly at lo
	multiplicity int
	unproven     bool // that it is a multiple root, and not something else that looks so to mostBits
}

// turned returns the positive roots of p as the proof of Descartes' rule finds them:
// the roots of p.turn() part the axis into intervals on which x^−a·p is monotone, so
// the signs there tell where the roots of p are.
func turned(p *poly) []*root {
	switch p.changes() {
	case 0:
		return nil
	case 1:
		return []*root{only(p)}
	}
	turnings := turned(p.turn())
	if len(turnings) == 0 { // monotone on the whole axis
		if p.low() == p.high() {
			return nil
		}
		return []*root{only(p)}
	}
	return parted(p, turnings, nil, nil, p.low(), p.high())
}

// parted returns the roots of p between lo and hi, where it has the given signs, from
// the roots of its turn there. No lo means 0, and no hi infinity; without both, there
// is a turning.
func parted(p *poly, turnings []*root, lo, hi *big.Float, low, high int) []*root {
	var roots []*root
	sign, from := low, lo
	for _, turning := range turnings {
		s := turning.signOf(p)
		switch s {
		case 0:
			touching := *turning
			touching.multiplicity++
			touching.unproven = turning.unproven || !turning.provenRootOf(p)
			roots = append(roots, &touching)
		case -sign:
			roots = append(roots, between(p, from, turning.lo))
		}
		sign, from = s, turning.hi
	}
	if high == -sign {
		roots = append(roots, between(p, from, hi))
	}
	return roots
}

// only returns the root of a poly that has exactly one, at which it changes sign.
func only(p *poly) *root {
	for i := int64(8); ; i++ { // where the sign at 1 is not clear, that at 9/8 is, or that at 10/8
		x := newFloat(finalBits).Quo(newFloat(finalBits).SetInt64(i), newFloat(finalBits).SetInt64(8))
		switch p.sign(x, x, 4*finalBits) {
		case p.low():
			return between(p, x, nil)
		case p.high():
			return between(p, nil, x)
		}
	}
}

// between returns the root of p in (from, to), where its signs differ. No from means
// 0, and no to infinity; one of them is given.
func between(p *poly, from, to *big.Float) *root {
	r := &root{lo: from, hi: to, of: p, multiplicity: 1}
	if from == nil {
		r.lo = outward(p, to, p.low(), -1)
	}
	if to == nil {
		r.hi = outward(p, from, p.high(), 1)
	}
	r.left = -p.high()
	if to != nil {
		r.left = -certain(p, to)
	}
	return r
}

// outward returns a point beyond x, up or down, at which p has the sign that it has
// at that end of the axis.
func outward(p *poly, x *big.Float, sign, direction int) *big.Float {
	for step := 1; ; step *= 2 {
		y := newFloat(x.Prec()).SetMantExp(x, direction*step)
		if p.sign(y, y, 2*finalBits) == sign {
			return y
		}
	}
}

// certain returns the sign of p at x, which is not 0 there, at whatever precision it
// takes.
func certain(p *poly, x *big.Float) int {
	for prec := uint(finalBits); ; prec *= 2 {
		if s := p.sign(x, x, prec); s != 0 {
			return s
		}
	}
}

// signOf returns the sign of p at the root, 0 if p is 0 there as well, as far as can
// be told to mostBits.
func (r *root) signOf(p *poly) int {
	for n := 32; n <= mostBits; n *= 2 {
		r.narrow(n)
		if s := p.sign(r.lo, r.hi, uint(2*n+64)); s != 0 {
			return s
		}
	}
	return 0
}

// narrow makes the interval smaller than 2^−n of its place, by Newton's method, whose
// result counts only if the signs on both sides of it prove it, and by bisection.
func (r *root) narrow(n int) {
	for prec := uint(n + 64); !r.within(n); {
		if r.near() && r.jump(n, prec) {
			return
		}
		if prec += 64; !r.split(prec) {
			prec *= 2
		}
	}
}

// within reports whether hi − lo < lo·2^−n.
func (r *root) within(n int) bool {
	width := newFloat(r.hi.Prec()+r.lo.Prec()).Sub(r.hi, r.lo)
	return width.Cmp(newFloat(r.lo.Prec()).SetMantExp(r.lo, -n)) < 0
}

// near reports whether the ends are within a factor of about 2.
func (r *root) near() bool { return r.hi.MantExp(nil)-r.lo.MantExp(nil) <= 1 }

// jump tries Newton's method from the middle.
func (r *root) jump(n int, prec uint) bool {
	const most = 20
	x := r.inner(4, prec)
	for range most {
		y := r.of.newton(x, prec)
		if y == nil || y.Cmp(r.lo) <= 0 || y.Cmp(r.hi) >= 0 {
			return false
		}
		step := newFloat(prec).Sub(y, x)
		x = y
		if step.Sign() == 0 || step.MantExp(nil) < x.MantExp(nil)-n-8 {
			break
		}
	}
	margin := newFloat(prec).SetMantExp(x, -n-2)
	lo, hi := newFloat(prec).Sub(x, margin), newFloat(prec).Add(x, margin)
	if lo.Cmp(r.lo) < 0 || hi.Cmp(r.hi) > 0 || r.of.sign(lo, lo, prec+32) != r.left || r.of.sign(hi, hi, prec+32) != -r.left {
		return false
	}
	r.lo, r.hi = lo, hi
	return true
}

// split halves the interval, in the exponent as long as it is wide. It reports false
// if the sign was clear at no point tried, of which one at most is the root itself.
func (r *root) split(prec uint) bool {
	for _, eighths := range [...]int64{4, 5} {
		x := r.inner(eighths, prec)
		s := r.of.sign(x, x, prec)
		if s == r.left {
			r.lo = x
		} else if s != 0 {
			r.hi = x
		}
		if s != 0 {
			return true
		}
	}
	return false
}

// inner returns a point between the ends: where they are far apart, one in the
// middle by exponent.
func (r *root) inner(eighths int64, prec uint) *big.Float {
	if lo, hi := r.lo.MantExp(nil), r.hi.MantExp(nil); hi-lo > 2 {
		return newFloat(prec).SetMantExp(newFloat(prec).SetInt64(eighths), (lo+hi)/2-3)
	}
	width := newFloat(prec).Sub(r.hi, r.lo)
	width.Mul(width, newFloat(prec).SetInt64(eighths))
	return width.Add(r.lo, width.SetMantExp(width, -3))
}

// middle returns the place of the root to n bits.
func (r *root) middle(n int) *big.Float {
	r.narrow(n)
	return r.inner(4, uint(n+64))
}

// provenRootOf reports whether the root is a fraction of small numbers at which p is
// 0, and of too: then it is a common root without doubt.
func (r *root) provenRootOf(p *poly) bool {
	const small = 1 << 20 // bits of the powers that come up
	q := simplest(rational(r.lo), rational(r.hi))
	degree := p.d[len(p.d)-1] - p.d[0]
	size := int64(max(q.Num().BitLen(), q.Denom().BitLen()))
	return size <= mostBits/4 && size*degree <= small && p.zeroAt(q) && r.of.zeroAt(q)
}

func rational(x *big.Float) *big.Rat {
	q, _ := x.Rat(nil)
	return q
}

// simplest returns the fraction in [lo, hi], both positive, with the smallest
// denominator, by continued fractions.
func simplest(lo, hi *big.Rat) *big.Rat {
	var whole []*big.Int
	for {
		n := new(big.Int).Quo(lo.Num(), lo.Denom())
		below := new(big.Rat).SetInt(n)
		above := new(big.Rat).Add(below, big.NewRat(1, 1))
		if below.Cmp(lo) == 0 || above.Cmp(hi) <= 0 {
			if below.Cmp(lo) != 0 {
				n = above.Num()
			}
			whole = append(whole, n)
			break
		}
		whole = append(whole, n)
		lo, hi = new(big.Rat).Inv(below.Sub(hi, below)), new(big.Rat).Inv(new(big.Rat).Sub(lo, new(big.Rat).SetInt(n)))
	}
	q := new(big.Rat)
	for i, n := range slices.Backward(whole) {
		if i < len(whole)-1 {
			q.Inv(q)
		}
		q.Add(q, new(big.Rat).SetInt(n))
	}
	return q
}

// zeroAt reports whether p is exactly 0 at q.
func (p *poly) zeroAt(q *big.Rat) bool {
	sum, power := new(big.Int), big.NewInt(1) // of terms times the denominator's power so far
	last := len(p.c) - 1
	for i, c := range slices.Backward(p.c) {
		if i < last {
			gap := big.NewInt(p.d[i+1] - p.d[i])
			sum.Mul(sum, new(big.Int).Exp(q.Num(), gap, nil))
			power.Mul(power, new(big.Int).Exp(q.Denom(), gap, nil))
		}
		sum.Add(sum, new(big.Int).Mul(c, power))
	}
	return sum.Sign() == 0
}
