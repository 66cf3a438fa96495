package binomial

import "math"

// summed is the count up to which a tail is summed term by term. Beyond it the
// integral is cheaper and as good.
const summed = 100_000

// logAtLeast returns ln P(X ≥ k) and S = P(X ≥ k)/P(X = k) among k + rest
// trials, for k, rest ≥ 1 and k not below the mean by more than rounding.
func logAtLeast(k, rest, p, q float64) (log, s float64) {
	if min(k, rest) <= summed {
		s = series(k, rest, p/q)
	} else {
		s = integral(k, rest, p/q)
	}
	return logMass(k, rest, p, q) + math.Log(s), s
}

// series returns S, summed upwards from k with the given odds p/q.
func series(k, rest, odds float64) float64 {
	sum, term := 1.0, 1.0
	for j := 0.0; j < rest; j++ {
		term *= (rest - j) / (k + 1 + j) * odds
		next := sum + term
		if next == sum {
			break
		}
		sum = next
	}
	return sum
}

// integral returns S by Gauss-Legendre quadrature in panels over the range in
// which the integrand is above e^−45 of its largest value.
func integral(k, rest, odds float64) float64 {
	log := func(v float64) float64 {
		return (k-1)*math.Log1p(-v) + rest*math.Log1p(v*odds)
	}
	const panels = 24
	width := reach(log, k, rest, odds) / panels
	sum := 0.0
	for panel := range panels {
		sum += legendre(func(v float64) float64 { return math.Exp(log(v)) }, float64(panel)*width, width)
	}
	return k * sum
}

// reach returns where the integrand is down to e^−45 or less. The quadratic of
// its logarithm at 0 gives a first guess, which the cubic term can only move
// by little, k being large.
func reach(log func(float64) float64, k, rest, odds float64) float64 {
	const depth = 45
	slope := max(0, (k-1)-rest*odds)
	curve := (k - 1) + rest*odds*odds
	v := 2 * depth / (slope + math.Sqrt(float64(slope*slope)+2*depth*curve))
	for v < 1 && log(v) > -depth {
		v *= 1.125
	}
	return min(v, 1)
}

// gauss16 holds the positive nodes and the weights of Gauss-Legendre quadrature
// with 16 points on [−1, 1] (Abramowitz and Stegun, table 25.4).
var gauss16 = [8][2]float64{
	{0.989400934991649932596, 0.0271524594117540948517},
	{0.944575023073232576077, 0.0622535239386478928628},
	{0.865631202387831743880, 0.0951585116824927848099},
	{0.755404408355003033895, 0.1246289712555338720524},
	{0.617876244402643748446, 0.1495959888165767320815},
	{0.458016777657227386342, 0.1691565193950025381893},
	{0.281603550779258913230, 0.1826034150449235888667},
	{0.095012509837637440185, 0.1894506104550684962853},
}

// legendre integrates f from a to a+width.
func legendre(f func(float64) float64, a, width float64) float64 {
	half := width / 2
	mid, sum := a+half, 0.0
	for _, node := range gauss16 {
		step := half * node[0]
		sum += node[1] * (f(mid-step) + f(mid+step))
	}
	return half * sum
}
