package control

import "math"

// student95 returns the two-sided quantile of 95 % of Student's t-distribution with ν
// degrees of freedom, 12.7 for one and 1.96 for many; the relative error is below
// 10⁻⁹ (M. Abramowitz and I. Stegun, "Handbook of Mathematical Functions", 1964,
// 26.7.3 to 26.7.5).
func student95(nu int) float64 {
	const many = 200
	if nu > many {
		return cornishFisher(float64(nu))
	}
	low, high := 0.0, math.Pi/2 // of the angle θ with tan θ = t/√ν
	for range 60 {
		if mid := (low + high) / 2; studentWithin(mid, nu) < 1-2*tail {
			low = mid
		} else {
			high = mid
		}
	}
	return math.Sqrt(float64(nu)) * math.Tan(low)
}

// studentWithin returns P(|T| ≤ √ν·tan θ), a finite sum:
//
//	sin θ·(1 + ½·cos²θ + ½·¾·cos⁴θ + …)                  ν even, to cosᵛ⁻²θ
//	2/π·(θ + sin θ·(cos θ + ⅔·cos³θ + ⅔·⅘·cos⁵θ + …))    ν odd, to cosᵛ⁻²θ
func studentWithin(theta float64, nu int) float64 {
	sin, cos := math.Sincos(theta)
	term, first := 1.0, 0 // exponent of the first term
	if nu%2 == 1 {
		term, first = cos, 1
	}
	sum := 0.0
	for k := first; k <= nu-2; k += 2 {
		sum += term
		term *= float64(k+1) / float64(k+2) * cos * cos
	}
	if nu%2 == 1 {
		return 2 / math.Pi * (theta + float64(sin*sum))
	}
	return sin * sum
}

// cornishFisher expands the quantile about the normal one z in powers of 1/ν.
func cornishFisher(nu float64) float64 {
	const z = normal95
	const z2 = z * z
	g1 := z * (z2 + 1) / 4
	g2 := z * ((5*z2+16)*z2 + 3) / 96
	g3 := z * (((3*z2+19)*z2+17)*z2 - 15) / 384
	g4 := z * ((((79*z2+776)*z2+1482)*z2-1920)*z2 - 945) / 92160
	return z + (g1+(g2+(g3+g4/nu)/nu)/nu)/nu
}
