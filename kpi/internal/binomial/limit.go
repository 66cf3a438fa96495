package binomial

import "math"

// LowerLimit returns the p for which P(X ≥ k) = tail among n trials: the
// quantile of the beta distribution with parameters k and n−k+1. It takes
// 0 ≤ k ≤ n, n ≥ 1 and 0 < tail ≤ ½; for k = 0 there is no such p and it returns 0.
func LowerLimit(k, n int64, tail float64) float64 {
	if k <= n/2 {
		return lower(k, n, tail)
	}
	// Near 1 it is the distance from 1 that has to be accurate.
	if q := upper(n-k, n, tail); q < 0.5 {
		return 1 - q
	}
	return lower(k, n, tail)
}

// UpperLimit returns the p for which P(X ≤ k) = tail among n trials: the
// quantile of the beta distribution with parameters k+1 and n−k for the upper
// tail. It takes what [LowerLimit] takes; for k = n it returns 1.
func UpperLimit(k, n int64, tail float64) float64 {
	if k <= n/2 {
		return upper(k, n, tail)
	}
	return 1 - lower(n-k, n, tail) // at least k/n, so nothing cancels
}

func lower(k, n int64, tail float64) float64 {
	switch {
	case k <= 0:
		return 0
	case k >= n:
		return math.Exp(math.Log(tail) / float64(n))
	}
	x, rest, want := float64(k), float64(n-k), math.Log(tail)
	start := x / float64(n)
	return solve(start, 0, start, func(p float64) float64 {
		log, s := logAtLeast(x, rest, p, 1-p)
		return (want - log) * s / x // d ln P / d ln p = k/S
	})
}

func upper(k, n int64, tail float64) float64 {
	if k <= 0 {
		return -math.Expm1(math.Log(tail) / float64(n))
	}
	x, rest, want := float64(k), float64(n-k), math.Log(tail)
	start := x / float64(n)
	return solve(start, start, 1, func(p float64) float64 {
		q := 1 - p
		log, s := logAtLeast(rest, x, q, p)      // successes and failures change places
		return (log - want) * s * q / (rest * p) // d ln P / d ln p = −(n−k)p/(qS)
	})
}

// solve finds the root in [lo, hi] from the start p, given the step of Newton's
// method in ln p. The step has the sign of the way to the root, so it also
// tightens the bracket, and a step that leaves the bracket is replaced by a
// bisection. It ends when the steps are down to rounding.
func solve(p, lo, hi float64, step func(p float64) float64) float64 {
	const most, rounding, longest = 100, 4e-16, 50 // a longer step from far away could underflow
	last := math.Inf(1)
	for range most {
		s := max(-longest, min(step(p), longest))
		if s > 0 {
			lo = p
		} else {
			hi = p
		}
		next := p * math.Exp(s)
		if !(next >= lo && next <= hi) {
			next = lo + (hi-lo)/2
		}
		moved := math.Abs(next - p)
		if moved <= rounding*p || next >= 1 || (moved <= 1e4*rounding*p && moved >= last/2) {
			return next
		}
		p, last = next, moved
	}
	return p
}
