package quant

import (
	"math"
	"sync"
)

// A sampler turns probabilities into values, many at a time. Each u lies strictly
// between 0 and 1; dst and u are different slices of the same length.
type sampler interface {
	quantiles(dst, u []float64)
}

// newSampler returns the fastest sampler of a distribution: its closed form, or a
// table that holds to 1e-8 of the range.
func newSampler(d Dist) sampler {
	if a, ok := d.(atomized); ok {
		if x, _ := a.atoms(); len(x) == 1 {
			return constant(x[0])
		}
	}
	switch d := d.(type) {
	case Uniform:
		return uniformSampler(d)
	case Triangular:
		return triangularSampler(d)
	case Lognormal:
		return lognormalSampler(d)
	case Discrete:
		return discreteSampler{d}
	case Negative:
		if l, ok := d.of.(Lognormal); ok {
			return negativeSampler{lognormalSampler(l)}
		}
	}
	return newInverse(d)
}

// standardNormal is the table of the standard normal quantile.
var standardNormal = sync.OnceValue(func() *inverse { return newInverse(Normal{0, 1}) })

type constant float64

func (c constant) quantiles(dst, u []float64) {
	for i := range u {
		dst[i] = float64(c)
	}
}

type uniformSampler Uniform

func (s uniformSampler) quantiles(dst, u []float64) {
	for i, p := range u {
		dst[i] = s.min + p*(s.max-s.min)
	}
}

type triangularSampler Triangular

func (s triangularSampler) quantiles(dst, u []float64) {
	width, left := s.max-s.min, s.mode-s.min
	right := s.max - s.mode
	turn := left / width
	for i, p := range u {
		low, high := math.Sqrt(p*width*left), math.Sqrt((1-p)*width*right)
		x := s.max - high
		if p <= turn {
			x = s.min + low
		}
		dst[i] = x
	}
}

type lognormalSampler Lognormal

func (s lognormalSampler) quantiles(dst, u []float64) {
	standardNormal().quantiles(dst, u)
	for i, z := range dst[:len(u)] {
		dst[i] = math.Exp(s.mu + s.sigma*z)
	}
}

type discreteSampler struct{ Discrete }

func (s discreteSampler) quantiles(dst, u []float64) {
	for i, p := range u {
		dst[i] = s.x[s.index(p)]
	}
}

type negativeSampler struct{ of lognormalSampler }

func (s negativeSampler) quantiles(dst, u []float64) {
	for i, p := range u {
		dst[i] = 1 - p
	}
	s.of.quantiles(dst, dst[:len(u)])
	for i := range u {
		dst[i] = -dst[i]
	}
}

// A phiTable interpolates Φ by cubics over steps of 1/128, to about 5e-12.
type phiTable struct {
	piece [2*phiReach*phiSteps + 1][4]float64
}

const (
	phiSteps = 128
	phiReach = 8 // beyond ±8 it is taken for 0 or 1
)

var tableOfPhi = sync.OnceValue(func() *phiTable {
	t := new(phiTable)
	const h = 1.0 / phiSteps
	for i := range t.piece {
		z := float64(i)*h - phiReach
		p0, p1 := normCDF(z), normCDF(z+h)
		s0, s1 := h*phi(z), h*phi(z+h)
		t.piece[i] = [4]float64{p0, s0, 3*(p1-p0) - 2*s0 - s1, s0 + s1 - 2*(p1-p0)}
	}
	return t
})

func (t *phiTable) at(z float64) float64 {
	at := (z + phiReach) * phiSteps
	i := int(at)
	if uint(i) >= uint(len(t.piece)-1) || at < 0 {
		return step(0, z)
	}
	p, f := &t.piece[i], at-float64(i)
	return p[0] + f*(p[1]+f*(p[2]+f*p[3]))
}

// A limitTable holds lower limits of 2³²·Φ over steps of 1/16.
type limitTable [2*phiReach*limitSteps + 1]uint32

const limitSteps = 16

var lowerLimits = sync.OnceValue(func() *limitTable {
	t := new(limitTable)
	for i := range t {
		t[i] = uint32(normCDF(float64(i)/limitSteps-phiReach) * (0x1p32 - 1))
	}
	t[0] = 0
	return t
})

// below returns a number that is at most 2³²·Φ(z), for |z| below 1e17.
func (t *limitTable) below(z float64) uint32 {
	return t[min(max(int(z*limitSteps+phiReach*limitSteps), 0), len(t)-1)]
}
