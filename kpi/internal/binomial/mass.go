package binomial

import "math"

// logMass returns ln P(X = k) among n = k + rest trials, for k, rest ≥ 1 and
// 0 < p = 1 − q < 1, in Loader's form: the deviance of the observed from the
// expected counts, and what Stirling's formula lacks for the three factorials. It
// takes rest, which n − k would lose where n has more digits than a float64.
func logMass(k, rest, p, q float64) float64 {
	n := k + rest
	correction := stirling(n) - stirling(k) - stirling(rest)
	return correction - deviance(k, n*p) - deviance(rest, n*q) - 0.5*math.Log(2*math.Pi*k*(rest/n))
}

// deviance returns x·ln(x/m) + m − x for x, m > 0, without cancellation where x
// is near m: there it is summed as x·2v³/3 + …, v = (x−m)/(x+m).
func deviance(x, m float64) float64 {
	d := x - m
	if math.Abs(d) >= 0.1*(x+m) {
		return float64(x*math.Log(x/m)) - d
	}
	v := d / (x + m)
	sum, term := float64(d*v), 2*x*v
	for j := 3.0; ; j += 2 {
		term *= v * v
		next := sum + term/j
		if next == sum {
			return sum
		}
		sum = next
	}
}

// factorialExcess[n] is ln n! − ((n+½)ln n − n + ½ln 2π), from arithmetic with
// 60 digits.
var factorialExcess = [...]float64{
	0, // not used: 0 < k < n
	0.0810614667953272582197,
	0.0413406959554092940938,
	0.0276779256849983391488,
	0.0207906721037650931115,
	0.0166446911898211921632,
	0.0138761288230707479987,
	0.0118967099458917700951,
	0.0104112652619720964975,
	0.0092554621827127329177,
	0.0083305634333628712565,
	0.0075736754879518407950,
	0.0069428401072095298657,
	0.0064089941880042070684,
	0.0059513701127588477356,
	0.0055547335519628013710,
}

// stirling returns what Stirling's formula lacks of ln n!, for integer n ≥ 1:
// by the table, then by the series 1/12n − 1/360n³ + 1/1260n⁵ − ….
func stirling(n float64) float64 {
	if n < float64(len(factorialExcess)) {
		return factorialExcess[int(n)]
	}
	i := 1 / (n * n)
	return (1.0/12 - i*(1.0/360-i*(1.0/1260-i*(1.0/1680-i*(1.0/1188))))) / n
}
