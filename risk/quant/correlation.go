package quant

import "math"

// Latent returns the correlation of the two normal variables of a Gaussian copula
// whose Spearman rank correlation is rho: 2 sin(πρ/6). An argument beyond ±1, or
// NaN, is moved to the nearest of -1, 0 and 1 that makes sense: NaN to 0.
func Latent(rho float64) float64 { return 2 * math.Sin(math.Pi/6*within(rho)) }

// Spearman is the inverse of [Latent]: (6/π) asin(r/2).
func Spearman(latent float64) float64 { return 6 / math.Pi * math.Asin(within(latent)/2) }

// within returns r moved into [-1, 1], NaN to 0.
func within(r float64) float64 {
	if math.IsNaN(r) {
		return 0
	}
	return math.Max(-1, math.Min(1, r))
}

// BothHappen returns the probability that two risks both happen, of
// probabilities p and q, under a Gaussian copula with the given latent correlation.
// At ±1 it reaches the Fréchet bounds min(p, q) and max(0, p + q − 1). Arguments
// out of range are moved to their nearest bound. The error is about 1e-15.
func BothHappen(p, q, latent float64) float64 {
	p, q = clamp(p), clamp(q)
	switch {
	case p == 0 || q == 0:
		return 0
	case p == 1 || q == 1:
		return math.Min(p, q)
	}
	return clamp(normCDF2(normQuantile(p), normQuantile(q), within(latent)))
}

// normCDF2 returns P(X ≤ h, Y ≤ k) for standard normals with correlation r,
//
//	Φ(h)Φ(k) + ∫ exp(−(h² + k² − 2hk sin θ)/(2cos² θ)) dθ / 2π, 0 ≤ θ ≤ asin r
//
// (R. L. Plackett, Biometrika 41 (1954), 351-360). Panels shrink towards ±π/2,
// where the integrand can fall within a small distance.
func normCDF2(h, k, r float64) float64 {
	switch {
	case r >= 1:
		return normCDF(math.Min(h, k))
	case r <= -1:
		return math.Max(0, normCDF(h)-normSF(k))
	}
	sign := math.Copysign(1, r)
	sum, from := 0.0, math.Pi/2 // distance of θ from the end, π/2 in absolute value
	for to := math.Acos(math.Abs(r)); from > to; {
		next := math.Max(to, from/2)
		for i, x := range gauss16.x {
			c := next + (from-next)*x
			sin, cos := math.Sincos(c) // of the distance: cos θ and |sin θ|
			sum += (from - next) * gauss16.w[i] * math.Exp(-plackett(h, sign*k, sin, cos))
		}
		from = next
	}
	return normCDF(h)*normCDF(k) + sign*sum/(2*math.Pi)
}

// plackett returns (h² + k² − 2hk s)/(2c²) for s = √(1−c²), without cancellation
// where s is close to 1.
func plackett(h, k, c, s float64) float64 {
	d := (h - k) / c
	return 0.5*d*d + h*k/(1+s)
}
