package main

import "math"

// The functions here use only operations that IEEE 754 rounds correctly, and
// write float64(x*y) where a compiler could otherwise fuse a product with the sum
// that it is a term of. So every processor gives the same bits. They need not be
// right to the last of them.

// ln is the natural logarithm of a positive number:
//
//	x = f·2^e, √½ ≤ f < √2,  s = (f−1)/(f+1),  ln x = e·ln 2 + 2·(s + s³/3 + s⁵/5 + …)
//
// With |s| ≤ 0.172 the terms after s²³ are below 1e-19.
func ln(x float64) float64 {
	f, e := math.Frexp(x)
	if f < math.Sqrt2/2 {
		f *= 2
		e--
	}
	s := (f - 1) / (f + 1)
	square := s * s
	sum := 0.0
	for k := 23; k > 0; k -= 2 {
		sum = float64(sum*square) + 1/float64(k)
	}
	return float64(float64(e)*math.Ln2) + float64(2*s*sum)
}

// exp is the exponential of a number between -700 and 700:
//
//	x = k·ln 2 + r, |r| ≤ ½·ln 2,  exp x = 2^k·(1 + r + r²/2! + …)
//
// The terms after r¹⁵ are below 1e-20.
func exp(x float64) float64 {
	k := math.Floor(x/math.Ln2 + 0.5)
	r := x - float64(k*math.Ln2)
	sum := 1.0
	for n := 15; n > 0; n-- {
		sum = 1 + float64(sum*r)/float64(n)
	}
	return math.Ldexp(sum, int(k))
}
