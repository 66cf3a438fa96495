package finance

import (
	"math/big"
	"math/bits"
	"slices"
)

// A poly is a sum Σ c·x^d with exact coefficients, none of them 0, and ascending
// exponents: of few terms, whatever the exponents.
type poly struct {
	c []*big.Int
	d []int64

	rounded map[uint][]*big.Float // c by precision
	approx  *approx
}

// newPoly returns Σ c·x^d without the terms that are 0. Exponents must ascend.
func newPoly(c []*big.Int, d []int64) *poly {
	p := &poly{}
	for i := range c {
		if c[i].Sign() != 0 {
			p.c, p.d = append(p.c, c[i]), append(p.d, d[i])
		}
	}
	return p
}

// changes returns the number of sign changes: by Descartes' rule, the number of
// positive roots, counted with multiplicity, or an even number more.
func (p *poly) changes() int {
	n := 0
	for i := 1; i < len(p.c); i++ {
		if p.c[i].Sign() != p.c[i-1].Sign() {
			n++
		}
	}
	return n
}

// turn returns D with (x^−a·p)′ = x^(−a−1)·D, a being the exponent at the first sign
// change: Σ c(d−a)·x^d. All terms below a change sign, so D has one change less
// than p. Between neighbouring roots of D, x^−a·p is monotone.
func (p *poly) turn() *poly {
	j := 0
	for p.c[j+1].Sign() == p.c[j].Sign() {
		j++
	}
	c := make([]*big.Int, len(p.c))
	for i := range c {
		c[i] = new(big.Int).Mul(p.c[i], big.NewInt(p.d[i]-p.d[j]))
	}
	return newPoly(c, p.d)
}

func (p *poly) low() int { return p.c[0].Sign() }

func (p *poly) high() int { return p.c[len(p.c)-1].Sign() }

// at returns the coefficients rounded to a precision.
func (p *poly) at(prec uint) []*big.Float {
	if c, ok := p.rounded[prec]; ok {
		return c
	}
	c := make([]*big.Float, len(p.c))
	for i := range c {
		c[i] = newFloat(prec).SetInt(p.c[i])
	}
	if p.rounded == nil {
		p.rounded = map[uint][]*big.Float{}
	}
	p.rounded[prec] = c
	return c
}

// parts returns the sums of the positive and of the negative terms at x > 0, both
// without sign and divided by x^d for the lowest d.
func (p *poly) parts(x *big.Float, prec uint) (plus, minus *big.Float) {
	plus, minus = newFloat(prec), newFloat(prec)
	c := p.at(prec)
	power, gap := newFloat(prec), int64(-1)
	for i, v := range slices.Backward(c) {
		if v.Sign() > 0 {
			accumulate(plus, v)
		} else {
			accumulate(minus, newFloat(prec).Neg(v))
		}
		if i == 0 {
			return plus, minus
		}
		if g := p.d[i] - p.d[i-1]; g != gap {
			power, gap = raise(x, g, prec), g
		}
		plus.Mul(plus, power)
		minus.Mul(minus, power)
	}
	return plus, minus
}

// sign returns the sign of p on all of [lo, hi], 0 < lo ≤ hi, or 0 if that is not
// certain at the given precision. Both parts grow with x, so p lies between
// plus(lo) − minus(hi) and plus(hi) − minus(lo), but for a factor x^d.
func (p *poly) sign(lo, hi *big.Float, prec uint) int {
	plusLo, minusLo := p.parts(lo, prec)
	plusHi, minusHi := plusLo, minusLo
	if lo != hi {
		plusHi, minusHi = p.parts(hi, prec)
	}
	slack := p.slack(prec)
	switch {
	case above(plusLo, minusHi, slack):
		return 1
	case above(minusLo, plusHi, slack):
		return -1
	default:
		return 0
	}
}

// slack returns a number n such that the relative error of a part is below 2^−n: it
// grows by one rounding for each unit of the degree and a few for each term.
func (p *poly) slack(prec uint) int {
	steps := 2*uint64(p.d[len(p.d)-1]-p.d[0]) + 4*uint64(len(p.d)) + 8
	return int(prec) - bits.Len64(steps) - 2
}

// above reports whether a > b in spite of relative errors of 2^−slack of both.
func above(a, b *big.Float, slack int) bool {
	switch {
	case slack < 8 || a.Sign() == 0:
		return false
	case b.Sign() == 0:
		return true
	}
	if gap := a.MantExp(nil) - b.MantExp(nil); gap < 0 || gap > 1 { // a < b, or a > 2b
		return gap > 1
	}
	difference := newFloat(a.Prec()).Sub(a, b)
	margin := newFloat(a.Prec()).SetMantExp(a, 2-slack)
	return difference.Cmp(margin) > 0
}

// accumulate adds v to sum. A summand below the last bit of the other is dropped,
// since big.Float would spread both over all the bits between them.
func accumulate(sum, v *big.Float) {
	switch gap := sum.MantExp(nil) - v.MantExp(nil); {
	case v.Sign() == 0:
	case sum.Sign() == 0 || gap < -int(sum.Prec())-2:
		sum.Set(v)
	case gap <= int(sum.Prec())+2:
		sum.Add(sum, v)
	}
}

// newton returns x − p(x)/p′(x), nil if that is not a positive number.
func (p *poly) newton(x *big.Float, prec uint) *big.Float {
	value, slope := newFloat(prec), newFloat(prec)
	term, d := newFloat(prec), newFloat(prec)
	power, gap := newFloat(prec), int64(-1)
	c := p.at(prec)
	for i, v := range slices.Backward(c) {
		accumulate(value, v)
		accumulate(slope, term.Mul(v, d.SetInt64(p.d[i]-p.d[0])))
		if i > 0 {
			if g := p.d[i] - p.d[i-1]; g != gap {
				power, gap = raise(x, g, prec), g
			}
			value.Mul(value, power)
			slope.Mul(slope, power)
		}
	}
	if slope.Sign() == 0 { // of x·(p/x^d)′
		return nil
	}
	step := newFloat(prec).Quo(value, slope)
	next := newFloat(prec).Sub(x, step.Mul(step, x))
	if next.Sign() <= 0 {
		return nil
	}
	return next
}

// raise returns x^n for n ≥ 0 by squaring.
func raise(x *big.Float, n int64, prec uint) *big.Float {
	if n == 1 {
		return x
	}
	result := newFloat(prec).SetInt64(1)
	square := newFloat(prec).Set(x)
	for ; n > 0; n >>= 1 {
		if n&1 == 1 {
			result.Mul(result, square)
		}
		if n > 1 {
			square.Mul(square, square)
		}
	}
	return result
}

func newFloat(prec uint) *big.Float { return new(big.Float).SetPrec(prec) }
