package finance

import (
	"math"
	"math/big"
	"slices"
)

// positiveRoots returns the positive roots of p in ascending order, in intervals that
// have no root of p at an end and no inner point in common. Most polynomials are done
// by bisection, which takes time for the roots that there are; those that it gives
// up, as for numbers beyond float64, by [turned], which takes time for all the sign
// changes that there are. It reports false where that would be too long.
func positiveRoots(p *poly) ([]*root, bool) {
	const few, most = 2, 250
	changes := p.changes()
	if changes <= few {
		return turned(p), true
	}
	if roots, ok := isolate(p); ok {
		return roots, true
	}
	if changes > most {
		return nil, false
	}
	return turned(p), true
}

// An isolation bisects until, in each interval, p certainly has no root or is
// certainly monotone. Points are float64, and signs are computed in float64 with
// error bounds as long as that decides them.
type isolation struct {
	left  int // intervals that may still be looked at
	turns map[*poly]*poly
}

// intervals returns the bound of an isolation, so that giving up takes no longer than
// what is done then, with changes of sign squared, and not more than some ten
// seconds; the flows of a project take some hundreds.
func (p *poly) intervals() int {
	changes := p.changes()
	return min(300+50*changes*changes, 1_000_000, 1_000_000_000/len(p.c))
}

// isolate returns the positive roots of p, and false if it gives up.
func isolate(p *poly) ([]*root, bool) {
	lo, okLo := p.floor()
	hi, okHi := p.reversed().floor()
	if !okLo || !okHi {
		return nil, false
	}
	hi = 2 / hi // so that rounding leaves it above the roots
	if !(lo < hi && hi < 1e300) {
		return nil, false
	}
	s := isolation{left: p.intervals(), turns: map[*poly]*poly{}}
	return s.find(p, stretch{lo, hi, p.low(), p.high()})
}

// A stretch is an interval with the signs of a poly at its ends, neither of them 0.
type stretch struct {
	lo, hi        float64
	atLow, atHigh int
}

// find returns the roots within a stretch, in ascending order.
func (s *isolation) find(p *poly, at stretch) ([]*root, bool) {
	if s.left--; s.left < 0 {
		return nil, false
	}
	if p.signWithin(at.lo, at.hi) != 0 {
		return nil, true
	}
	if s.turn(p).signWithin(at.lo, at.hi) != 0 { // x^−a·p is monotone
		if at.atLow == at.atHigh {
			return nil, true
		}
		return []*root{{lo: bigFloat(at.lo), hi: bigFloat(at.hi), of: p, left: at.atLow, multiplicity: 1}}, true
	}
	const narrow = 1. / (1 << 16) // in units over which the highest power grows e-fold
	if (at.hi/at.lo-1)*float64(p.degree()) < narrow {
		return s.cluster(p, at)
	}
	mid, sign := p.middle(at.lo, at.hi)
	if sign == 0 {
		return s.cluster(p, at)
	}
	below, ok := s.find(p, stretch{at.lo, mid, at.atLow, sign})
	if !ok {
		return nil, false
	}
	above, ok := s.find(p, stretch{mid, at.hi, sign, at.atHigh})
	return append(below, above...), ok
}

// cluster returns the roots within a stretch where they are close together, or one
// is multiple, from those of the turn.
func (s *isolation) cluster(p *poly, at stretch) ([]*root, bool) {
	turn := s.turn(p)
	low, high := turn.signAt(at.lo), turn.signAt(at.hi)
	if low == 0 || high == 0 {
		return nil, false
	}
	turnings, ok := s.find(turn, stretch{at.lo, at.hi, low, high})
	if !ok {
		return nil, false
	}
	return parted(p, turnings, bigFloat(at.lo), bigFloat(at.hi), at.atLow, at.atHigh), true
}

func (s *isolation) turn(p *poly) *poly {
	t := s.turns[p]
	if t == nil {
		t = p.turn()
		s.turns[p] = t
	}
	return t
}

// floor returns a number below which p has no positive root: where the lowest term
// is larger than all those of the other sign together, which grow with x.
func (p *poly) floor() (float64, bool) {
	const start = 0.6875381 // no fraction that the roots of a project are likely to be
	lowest := newFloat(finalBits).SetInt(p.c[0])
	lowest.Abs(lowest)
	for step := 0; step < 1000; step = 2*step + 1 {
		x := math.Ldexp(start, -step)
		plus, minus := p.parts(bigFloat(x), finalBits)
		if p.c[0].Sign() > 0 {
			plus = minus
		}
		if above(lowest, plus, p.slack(finalBits)) {
			return x, true
		}
	}
	return 0, false
}

// reversed returns x^n·p(1/x).
func (p *poly) reversed() *poly {
	q := &poly{c: slices.Clone(p.c), d: make([]int64, len(p.d))}
	slices.Reverse(q.c)
	top := p.d[len(p.d)-1]
	for i, d := range p.d {
		q.d[len(q.d)-1-i] = top - d
	}
	return q
}

func (p *poly) degree() int64 { return p.d[len(p.d)-1] - p.d[0] }

// middle returns a point of about the geometric mean of lo and hi with the sign of p
// at it, or a sign of 0 if that is clear at none of those tried.
func (p *poly) middle(lo, hi float64) (mid float64, sign int) {
	ratio := math.Sqrt(hi / lo)
	for _, at := range [...]float64{1, 0.75, 1.25} {
		mid = lo * (1 + (ratio-1)*at)
		if mid <= lo || mid >= hi {
			continue
		}
		if sign = p.signAt(mid); sign != 0 {
			return mid, sign
		}
	}
	return 0, 0
}

// signAt returns the sign of p at x, or 0 if 512 bits do not tell it.
func (p *poly) signAt(x float64) int {
	s, _ := p.float().sign(x, x)
	at := bigFloat(x)
	for prec := uint(finalBits); s == 0 && prec <= 512; prec *= 2 {
		s = p.sign(at, at, prec)
	}
	return s
}

// signWithin returns the sign of p on all of [lo, hi], or 0 if that is not certain.
func (p *poly) signWithin(lo, hi float64) int {
	s, vague := p.float().sign(lo, hi)
	if vague {
		return p.sign(bigFloat(lo), bigFloat(hi), 2*finalBits)
	}
	return s
}

func bigFloat(x float64) *big.Float { return newFloat(53).SetFloat64(x) }
