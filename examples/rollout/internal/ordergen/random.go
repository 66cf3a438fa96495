package main

import (
	"math"
	"math/bits"
	"math/rand/v2"
)

// random draws from distributions, the same on every machine.
type random struct {
	bits *rand.PCG
}

func newRandom(seed uint64) *random { return &random{rand.NewPCG(seed, 0)} }

// uniform draws from the open interval from 0 to 1.
func (r *random) uniform() float64 { return (float64(r.bits.Uint64()>>12) + 0.5) / (1 << 52) }

// below draws one of 0 to n-1.
func (r *random) below(n int64) int64 {
	high, _ := bits.Mul64(r.bits.Uint64(), uint64(n))
	return int64(high)
}

// oneIn is true once in n draws, on average.
func (r *random) oneIn(n int64) bool { return r.below(n) == 0 }

// exponential draws with mean 1.
func (r *random) exponential() float64 { return -ln(r.uniform()) }

// normal draws with mean 0 and variance 1, by the polar method of Marsaglia and
// Bray (SIAM Review 6(3), 1964).
func (r *random) normal() float64 {
	for {
		x, y := float64(2*r.uniform())-1, float64(2*r.uniform())-1
		s := float64(x*x) + float64(y*y)
		if s > 0 && s < 1 {
			return x * math.Sqrt(-2*ln(s)/s)
		}
	}
}

// gamma draws with the given shape, at least 0.1, and rate 1, by the method of
// Marsaglia and Tsang (ACM Transactions on Mathematical Software 26(3), 2000). Of
// a shape below 1 it takes that above, times U^(1/shape).
func (r *random) gamma(shape float64) float64 {
	if shape < 1 {
		return r.gamma(shape+1) * exp(ln(r.uniform())/shape)
	}
	d := shape - 1.0/3
	c := 1 / math.Sqrt(9*d)
	for {
		x := r.normal()
		v := 1 + float64(c*x)
		if v <= 0 {
			continue
		}
		v = v * v * v
		if ln(r.uniform()) < float64(x*x/2)+d-float64(d*v)+float64(d*ln(v)) {
			return d * v
		}
	}
}
