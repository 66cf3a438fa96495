package finance

import (
	"math"
)

// An approx is a poly in float64, all coefficients divided by the same power of two.
// Its parts are computed with a bounded relative error.
type approx struct {
	c         []float64
	d         []int64
	up, down  bool // whether the parts are good for x below 1, and above
	tolerance float64
}

// float returns p in float64.
func (p *poly) float() *approx {
	if p.approx == nil {
		p.approx = newApprox(p)
	}
	return p.approx
}

func newApprox(p *poly) *approx {
	a := &approx{c: make([]float64, len(p.c)), d: p.d}
	largest := 0
	for _, c := range p.c {
		largest = max(largest, c.BitLen())
	}
	for i, c := range p.c {
		f := newFloat(53).SetInt(c)
		a.c[i], _ = f.SetMantExp(f, -largest).Float64()
	}
	// What underflows on the way is below 2^−1000 of the last term, and so within the
	// tolerance.
	const smallest = 0x1p-80
	a.up = math.Abs(a.c[0]) >= smallest
	a.down = math.Abs(a.c[len(a.c)-1]) >= smallest
	// Twice the roundings of a part: see [poly.slack]; those of 1/x count for each unit
	// of the degree.
	steps := 6*float64(p.degree()) + 8*float64(len(p.d)) + 16
	a.tolerance = steps * 0x1p-52
	return a
}

// parts returns the sums of the positive and of the negative terms at x > 0, both
// without sign, divided by x^d for the lowest d if x ≤ 1 and for the highest d
// otherwise.
func (a *approx) parts(x float64, turned bool) (plus, minus float64) {
	power, gap := 1.0, int64(0)
	n := len(a.c)
	for k := range n {
		i, before := n-1-k, n-k
		if turned {
			i, before = k, k-1
		}
		if k > 0 {
			g := a.d[max(i, before)] - a.d[min(i, before)]
			if g != gap {
				power, gap = powerOf(x, g), g
			}
			plus *= power
			minus *= power
		}
		if c := a.c[i]; c > 0 {
			plus += c
		} else {
			minus -= c
		}
	}
	return plus, minus
}

// powerOf returns x^n for n ≥ 0 with at most n roundings.
func powerOf(x float64, n int64) float64 {
	result := 1.0
	for ; n > 0; n >>= 1 {
		if n&1 == 1 {
			result *= x
		}
		x *= x
	}
	return result
}

// bounds returns the parts at lo and hi so that the poly lies between
// plusLo − minusHi and plusHi − minusLo, but for a positive factor.
func (a *approx) bounds(lo, hi float64) (plusLo, minusLo, plusHi, minusHi float64, ok bool) {
	turned := lo > 1
	if turned { // in 1/x the parts fall
		lo, hi = 1/hi, 1/lo
	}
	if hi > 1 || a.tolerance > 1e-3 || (turned && !a.down) || (!turned && !a.up) {
		return 0, 0, 0, 0, false
	}
	plusLo, minusLo = a.parts(lo, turned)
	plusHi, minusHi = plusLo, minusLo
	if lo != hi {
		plusHi, minusHi = a.parts(hi, turned)
	}
	return plusLo, minusLo, plusHi, minusHi, true
}

// sign returns the sign on all of [lo, hi], or 0 if that is not certain, and then
// whether more digits could make it so.
func (a *approx) sign(lo, hi float64) (sign int, vague bool) {
	plusLo, minusLo, plusHi, minusHi, ok := a.bounds(lo, hi)
	if !ok {
		return 0, true
	}
	up, down := plusLo-minusHi, minusLo-plusHi
	margin := a.tolerance * max(plusHi, minusHi)
	switch {
	case up > margin:
		return 1, false
	case down > margin:
		return -1, false
	default:
		return 0, max(up, down) > -margin
	}
}
