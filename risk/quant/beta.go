package quant

import "math"

// A betaLaw is the beta distribution on [0, 1] with density
// x^(a−1) (1−x)^(b−1) / B(a, b), for a, b > 0.
type betaLaw struct {
	a, b    float64
	logBeta float64 // ln B(a, b), for small a and b
}

func newBetaLaw(a, b float64) betaLaw { return betaLaw{a, b, logBeta(a, b)} }

// bothBig is the value of a and b above which Stirling's series is used.
const bothBig = 10

func logBeta(a, b float64) float64 {
	la, _ := math.Lgamma(a)
	lb, _ := math.Lgamma(b)
	lab, _ := math.Lgamma(a + b)
	return la + lb - lab
}

// power returns x^a y^b / B(a, b) for y = 1−x. For large a and b the terms of the
// logarithm would cancel; there it is the saddle point form
//
//	√(ab/2πn) · exp(δ(n) − δ(a) − δ(b) − n·KL),  n = a+b
//
// with δ the remainder of Stirling's series (C. Loader, Fast and accurate
// computation of binomial probabilities, 2000).
func (l betaLaw) power(x, y float64) float64 {
	if x <= 0 || y <= 0 {
		return 0
	}
	a, b := l.a, l.b
	if math.Min(a, b) < bothBig {
		return math.Exp(a*math.Log(x) + b*logOf(y, x) - l.logBeta)
	}
	n := a + b
	e := stirling(n) - stirling(a) - stirling(b) - deviance(a, n*x) - deviance(b, n*y)
	return math.Sqrt(a/(2*math.Pi)*(b/n)) * math.Exp(e)
}

// logOf returns ln y where y = 1−x.
func logOf(y, x float64) float64 {
	if x < 0.5 {
		return math.Log1p(-x)
	}
	return math.Log(y)
}

// stirling returns ln Γ(x) − (x−½) ln x + x − ½ ln 2π for x ≥ 10.
func stirling(x float64) float64 {
	r := 1 / (x * x)
	return (1.0/12 - r*(1.0/360-r*(1.0/1260-r*(1.0/1680-r*(1.0/1188-r*691.0/360360))))) / x
}

// deviance returns a ln(a/m) + m − a, without cancellation where m is close to a.
func deviance(a, m float64) float64 {
	d := a - m
	if math.Abs(d) > 0.1*(a+m) {
		return a*math.Log(a/m) + m - a
	}
	v := d / (a + m)
	sum, term := d*v, 2*a*v
	for j := 3.0; ; j += 2 {
		term *= v * v
		next := sum + term/j
		if next == sum {
			return sum
		}
		sum = next
	}
}

// density returns the density at x.
func (l betaLaw) density(x float64) float64 {
	if x < 0 || x > 1 {
		return 0
	}
	if (x == 0 && l.a == 1) || (x == 1 && l.b == 1) {
		return l.a * l.b // the other exponent is its value, this one 1
	}
	if x == 0 || x == 1 {
		return 0
	}
	return l.power(x, 1-x) / x / (1 - x)
}

// tails returns I_x(a, b) and its complement for y = 1−x, the smaller of the two
// to full relative precision: by the continued fraction (DLMF 8.17.22) on that
// side of the mean where it converges fast.
func (l betaLaw) tails(x, y float64) (lower, upper float64) {
	switch {
	case !(x > 0):
		return 0, 1
	case !(y > 0):
		return 1, 0
	}
	front := l.power(x, y)
	if x*(l.a+l.b+2) <= l.a+1 {
		lower = math.Min(1, front*betaFraction(l.a, l.b, x)/l.a)
		return lower, 1 - lower
	}
	upper = math.Min(1, front*betaFraction(l.b, l.a, y)/l.b)
	return 1 - upper, upper
}

// betaFraction evaluates the continued fraction of I_x(a, b) by the modified
// Lentz algorithm. The number of steps grows like the root of max(a, b).
func betaFraction(a, b, x float64) float64 {
	const tiny = 1e-300
	c, d := 1.0, 1-(a+b)*x/(a+1)
	if math.Abs(d) < tiny {
		d = tiny
	}
	d = 1 / d
	h := d
	steps := 200 + 20*math.Sqrt(math.Max(a, b))
	for m := 1.0; m <= steps; m++ {
		even := m * (b - m) * x / ((a + 2*m - 1) * (a + 2*m))
		odd := -(a + m) * (a + b + m) * x / ((a + 2*m) * (a + 2*m + 1))
		for _, e := range [2]float64{even, odd} {
			if d = 1 + e*d; math.Abs(d) < tiny {
				d = tiny
			}
			if c = 1 + e/c; math.Abs(c) < tiny {
				c = tiny
			}
			d = 1 / d
			h *= d * c
		}
		if math.Abs(d*c-1) < 2e-16 {
			break
		}
	}
	return h
}

// quantile returns x and y = 1−x with I_x(a, b) = p, where q = 1−p. It works in
// the tail that is smaller.
func (l betaLaw) quantile(p, q float64) (x, y float64) {
	switch {
	case !(p > 0):
		return 0, 1
	case !(q > 0):
		return 1, 0
	case p <= q:
		return l.lowerQuantile(p)
	default:
		y, x = betaLaw{l.b, l.a, l.logBeta}.lowerQuantile(q)
		return x, y
	}
}

// lowerQuantile solves I_x(a, b) = p for 0 < p ≤ ½ by Newton's method on ln I
// over ln x, a concave increasing function: left of the root it climbs and never
// passes it. The start is the power law of the tail, which lies left for b ≥ 1.
func (l betaLaw) lowerQuantile(p float64) (x, y float64) {
	start := (math.Log(p) + math.Log(l.a) + l.logBeta) / l.a
	return l.climb(p, math.Min(math.Exp(start), l.a/(l.a+l.b)))
}

// climb is lowerQuantile from a start in (0, 1). Steps that leave the bracket found
// so far are replaced by its middle.
func (l betaLaw) climb(p, x float64) (_, y float64) {
	x = math.Max(x, math.SmallestNonzeroFloat64)
	lo, hi := 0.0, 1.0
	for range 200 {
		y = 1 - x
		low, _ := l.tails(x, y)
		if low < p {
			lo = x
		} else {
			hi = x
		}
		step := logRatio(low, p) / (l.power(x, y) / y / low) // the slope is d ln I / d ln x
		next := x * math.Exp(-step)
		if !(next > lo && next < hi) && low != p {
			next = lo + (hi-lo)/2
		}
		done := math.Abs(next-x) <= 1e-15*x || next == lo || next == hi
		x = next
		if done {
			break
		}
	}
	return x, 1 - x
}

// logRatio returns ln(a/p), exactly where they are close.
func logRatio(a, p float64) float64 {
	if a > 0.5*p {
		return math.Log1p((a - p) / p)
	}
	return math.Log(a / p)
}
