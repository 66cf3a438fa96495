package special

import "math"

// asymptotic is where the Stirling series is used: with eight terms its error there
// is below 1e-17.
const asymptotic = 12

// stirling returns ln Γ(a) − [(a−½) ln a − a + ½ ln 2π] for a ≥ asymptotic: the sum
// of B₂ₖ/(2k(2k−1)a^(2k−1)), DLMF 5.11.1.
func stirling(a float64) float64 {
	u := 1 / (a * a)
	return (1./12 - u*(1./360-u*(1./1260-u*(1./1680-u*(1./1188-u*(691./360360-u*(1./156-u*3617./122400))))))) / a
}

// LogRising returns ln Γ(a+n) − ln Γ(a), the logarithm of the rising factorial
// a(a+1)…(a+n−1) for whole n, for a > 0 and n ≥ 0.
func LogRising(a, n float64) float64 {
	switch {
	case n == 0:
		return 0
	case n <= 32 && n == math.Trunc(n):
		return logProduct(a, int(n))
	case a >= asymptotic:
		return logRisingStirling(a, n)
	}
	// Γ(a+n)/Γ(a) = a(a+1)…(a+k−1) · Γ(a+k+n)/Γ(a+k) / ((a+n)…(a+n+k−1))
	k := int(math.Ceil(asymptotic - a))
	return logProduct(a, k) - logProduct(a+n, k) + logRisingStirling(a+float64(k), n)
}

// logRisingStirling is LogRising for a ≥ asymptotic. The terms are those of the
// Stirling formula for a+n less those for a, put together:
//
//	(a−½)·ln(1+n/a) + n(ln(a+n) − 1) + σ(a+n) − σ(a)
func logRisingStirling(a, n float64) float64 {
	return (a-0.5)*math.Log1p(n/a) - n + n*math.Log(a+n) + (stirling(a+n) - stirling(a))
}

// logProduct returns ln a + ln(a+1) + … of n terms. The product is kept apart from
// its exponent, so that one logarithm does.
func logProduct(a float64, n int) float64 {
	product, exponent := 1.0, 0
	for i := range n {
		product *= a + float64(i)
		if product > 1e100 || product < 1e-100 {
			f, e := math.Frexp(product)
			product, exponent = f, exponent+e
		}
	}
	return math.Log(product) + float64(exponent)*math.Ln2
}

// LogBeta returns ln B(a, b) = ln Γ(a) + ln Γ(b) − ln Γ(a+b), for a, b > 0.
func LogBeta(a, b float64) float64 {
	a, b = min(a, b), max(a, b)
	if a < asymptotic {
		lgamma, _ := math.Lgamma(a)
		return lgamma - LogRising(b, a)
	}
	h := a / b
	const halfLog2Pi = 0.91893853320467274178
	correction := stirling(a) + (stirling(b) - stirling(a+b))
	return halfLog2Pi - 0.5*math.Log(b) + (a-0.5)*math.Log(h/(1+h)) - b*math.Log1p(h) + correction
}

// Digamma returns ψ(a), the derivative of ln Γ(a), for a > 0.
func Digamma(a float64) float64 {
	shift := 0.0
	for ; a < asymptotic; a++ {
		shift -= 1 / a
	}
	return shift + (math.Log(a) - digammaTail(a))
}

// digammaTail returns ln a − ψ(a) for a ≥ asymptotic: DLMF 5.11.2.
func digammaTail(a float64) float64 {
	u := 1 / (a * a)
	return 0.5/a + u*(1./12-u*(1./120-u*(1./252-u*(1./240-u*(1./132-u*(691./32760-u*(1./12-u*3617./8160)))))))
}

// DigammaRising returns ψ(a+n) − ψ(a), for a > 0 and n ≥ 0: the derivative of
// [LogRising] by a.
func DigammaRising(a, n float64) float64 {
	switch {
	case n == 0:
		return 0
	case n <= 16 && n == math.Trunc(n):
		return harmonic(a, int(n))
	case a >= asymptotic:
		return math.Log1p(n/a) + (digammaTail(a) - digammaTail(a+n))
	}
	k := int(math.Ceil(asymptotic - a))
	b := a + float64(k)
	return harmonic(a, k) - harmonic(a+n, k) + (math.Log1p(n/b) + (digammaTail(b) - digammaTail(b+n)))
}

// harmonic returns 1/a + 1/(a+1) + … of n terms.
func harmonic(a float64, n int) float64 {
	sum := 0.0
	for i := range n {
		sum += 1 / (a + float64(i))
	}
	return sum
}
