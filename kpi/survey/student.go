package survey

import "math"

// student returns the quantile t of Student's distribution with df degrees of freedom,
// 1 or more, for which P(|T| ≤ t) is the level, between 0 and 1: 2.776 for 95 % and 4.
// The relative error is about 1e-13 for levels in use.
func student(level float64, df int64) float64 {
	const series = 1000
	if df > series {
		return studentExpansion(quantile(level), float64(df))
	}
	lo, hi := 0.0, math.Pi/2
	for range 64 { // the angle of t, halved until it does not change
		mid := (lo + hi) / 2
		if studentWithin(mid, int(df)) < level {
			lo = mid
		} else {
			hi = mid
		}
	}
	return math.Sqrt(float64(df)) * math.Tan((lo+hi)/2)
}

// studentWithin returns P(|T| ≤ t) for t = √df·tan θ by the finite series of Abramowitz
// and Stegun 26.7.3 and 26.7.4. All terms are positive.
func studentWithin(theta float64, df int) float64 {
	sin, cos := math.Sincos(theta)
	if df%2 == 0 {
		term, sum := 1.0, 1.0
		for k := 2; k < df; k += 2 {
			term *= float64(k-1) / float64(k) * (cos * cos)
			sum += term
		}
		return sin * sum
	}
	if df == 1 {
		return theta * 2 / math.Pi
	}
	term, sum := cos, cos
	for k := 3; k < df; k += 2 {
		term *= float64(k-1) / float64(k) * (cos * cos)
		sum += term
	}
	return (theta + float64(sin*sum)) * 2 / math.Pi
}

// studentExpansion returns the quantile from that of the normal distribution, z, by
// Abramowitz and Stegun 26.7.5; the first term left out is below 1e-14 for df above
// 1000 and z below 3.
func studentExpansion(z, df float64) float64 {
	z2 := z * z
	g := [...]float64{
		(z2 + 1) / 4,
		((5*z2+16)*z2 + 3) / 96,
		(((3*z2+19)*z2+17)*z2 - 15) / 384,
		((((79*z2+776)*z2+1482)*z2-1920)*z2 - 945) / 92160,
	}
	t := 1.0
	power := 1.0
	for _, c := range g {
		power /= df
		t += float64(c * power)
	}
	return z * t
}
