package quant

import "math"

// An inverse is a table of a quantile function Q. Probabilities are told by their
// distance w from the nearer end, on either side in octaves from ½ down to 2⁻¹⁷ of 8
// pieces each, and Q is a polynomial of degree 5 on each piece. In octaves, because
// Q goes like a power of w or of its logarithm there, which looks the same on each
// of them; further out Q itself is asked. Against Q it errs by less than 1e-8 of the
// range, which is tested for every kind of distribution.
type inverse struct {
	dist  Dist
	piece []piece // lower side from ½ outwards, then the upper side
	holes bool
}

// A piece is the coefficients over t from 0 to 1; NaN where a polynomial does not do.
type piece [6]float64

const (
	octaves       = 16
	perOctave     = 8
	sidePieces    = octaves * perOctave
	outermost     = 0x1p-17
	topPiece      = 1021*perOctave + perOctave - 1 // biased exponent of ¼ and the highest eighth
	mantissaShift = 52 - 3
)

// newInverse tabulates d. A smooth one is asked for Q and its slopes at the joints
// of the pieces, others for Q at six points within each.
func newInverse(d Dist) *inverse {
	v := &inverse{dist: d, piece: make([]piece, 2*sidePieces)}
	s, ok := d.(smooth)
	for side := range 2 {
		if ok {
			v.hermite(s, side)
		} else {
			v.interpolate(side)
		}
	}
	return v
}

// joint returns the distance w at which piece k of a side ends that is nearer to the
// middle. Piece k runs from joint(k+1) to joint(k).
func joint(k int) float64 {
	octave, part := k/perOctave, k%perOctave
	return math.Ldexp(1-float64(part)/(2*perOctave), -1-octave)
}

// near returns Q at the distance w from the lower or upper end.
func near(d Dist, side int, w float64) float64 {
	if side == 0 {
		return d.Quantile(w)
	}
	return d.Quantile(1 - w)
}

// hermite makes each piece agree with Q, Q′ and Q″ at both ends:
// Q′ = 1/f and Q″ = −f′/f³.
func (v *inverse) hermite(s smooth, side int) {
	x := near(v.dist, side, joint(0))
	d1, d2 := slopesAt(s, side, x)
	for k := range sidePieces {
		h := joint(k) - joint(k+1)
		y := guided(v.dist, side, joint(k+1), x-h*(d1-h*d2/2))
		e1, e2 := slopesAt(s, side, y)
		v.piece[side*sidePieces+k] = quintic([3]float64{y, h * e1, h * h * e2}, [3]float64{x, h * d1, h * h * d2})
		x, d1, d2 = y, e1, e2
	}
}

// A guidable distribution finds a quantile faster from a guess. The distance w is
// that from the lower (side 0) or upper (side 1) end.
type guidable interface {
	nearWith(side int, w, guess float64) float64
}

func guided(d Dist, side int, w, guess float64) float64 {
	if g, ok := d.(guidable); ok {
		return g.nearWith(side, w, guess)
	}
	return near(d, side, w)
}

// slopesAt returns the first two derivatives by w of Q, where Q = x.
func slopesAt(s smooth, side int, x float64) (d1, d2 float64) {
	f, df := s.slopes(x)
	d1, d2 = 1/f, -df/(f*f*f)
	if side == 1 {
		d1 = -d1
	}
	return d1, d2
}

// quintic returns the polynomial with value and two derivatives a at 0 and b at 1.
func quintic(a, b [3]float64) piece {
	d0 := b[0] - a[0] - a[1] - a[2]/2
	d1 := b[1] - a[1] - a[2]
	d2 := b[2] - a[2]
	return piece{a[0], a[1], a[2] / 2, 10*d0 - 4*d1 + d2/2, -15*d0 + 7*d1 - d2, 6*d0 - 3*d1 + d2/2}
}

// interpolate passes each piece through six points and checks it between two of
// them; where it does not hold, Q itself is asked later.
func (v *inverse) interpolate(side int) {
	scale := math.Abs(v.dist.Quantile(1-outermost) - v.dist.Quantile(outermost))
	for k := range sidePieces {
		inner, outer := joint(k), joint(k+1)
		at := func(t float64) float64 { return near(v.dist, side, outer+(inner-outer)*t) }
		var values [6]float64
		for i := range values {
			values[i] = at(chebyshev(i))
		}
		p := through(values)
		if off := math.Abs(p.at(0.07)-at(0.07)) + math.Abs(p.at(0.53)-at(0.53)); !(off <= 5e-9*scale) {
			p[0], v.holes = math.NaN(), true
		}
		v.piece[side*sidePieces+k] = p
	}
}

// chebyshev returns the i-th of six points from 0 to 1, denser at the ends.
func chebyshev(i int) float64 { return (1 - math.Cos(math.Pi*float64(i)/5)) / 2 }

// through returns the polynomial through the values at the six points, by Newton's
// divided differences expanded into powers.
func through(y [6]float64) piece {
	for level := 1; level < 6; level++ {
		for i := 5; i >= level; i-- {
			y[i] = (y[i] - y[i-1]) / (chebyshev(i) - chebyshev(i-level))
		}
	}
	p := piece{y[5]}
	for i := 4; i >= 0; i-- {
		for k := 5; k > 0; k-- {
			p[k] = p[k-1] - chebyshev(i)*p[k]
		}
		p[0] = y[i] - chebyshev(i)*p[0]
	}
	return p
}

func (p *piece) at(t float64) float64 {
	t2 := t * t
	return (p[0] + t*p[1]) + t2*((p[2]+t*p[3])+t2*(p[4]+t*p[5]))
}

// quantiles writes Q(u[i]) to dst[i]. Each u lies strictly between 0 and 1. Only
// where the table has holes must dst and u differ.
func (v *inverse) quantiles(dst, u []float64) {
	dst = dst[:len(u)]
	piece := v.piece[:2*sidePieces]
	for i, p := range u {
		d := p - 0.5
		w := 0.5 - math.Abs(d)
		bits := math.Float64bits(w)
		// The exponent and the first three digits of w tell the piece, the rest t.
		k := topPiece - int(bits>>mantissaShift)
		if uint(k) >= sidePieces {
			dst[i] = v.dist.Quantile(p)
			continue
		}
		t := math.Float64frombits(bits<<3&(1<<52-1)|0x3ff<<52) - 1
		dst[i] = piece[k+sidePieces*int(1-math.Float64bits(d)>>63)].at(t)
	}
	if v.holes {
		v.fillHoles(dst, u)
	}
}

// fillHoles asks Q where no polynomial does.
func (v *inverse) fillHoles(dst, u []float64) {
	for i, x := range dst {
		if math.IsNaN(x) {
			dst[i] = v.dist.Quantile(u[i])
		}
	}
}
