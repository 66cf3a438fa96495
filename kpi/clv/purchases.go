package clv

import "math"

// purchasesAlive returns the expected purchases of a BG/NBD customer who is alive,
// where his purchases without leaving would be negative binomial with shape r and
// mean r·tau, and his chance to leave is beta distributed with a and b.
//
// If N is the number without leaving, the j-th purchase takes place if N ≥ j and he
// did not leave after the j−1 before it:
//
//	E = Σ_n P(N=n)·W_n,  W_n = Σ_{j<n} (b)_j/(a+b)_j
//
// No term is negative, so nothing cancels, at a = 1 as little as elsewhere.
func purchasesAlive(r, tau, a, b float64) float64 {
	mean := r * tau
	terms := mean + 8*math.Sqrt(mean*(1+tau)) + 40*(1+tau)
	if terms <= 2000 && r*math.Log1p(tau) < 700 { // beyond, P(N=0) underflows
		return purchasesSeries(r, tau, a, b)
	}
	return purchasesIntegral(r, tau, a, b)
}

func purchasesSeries(r, tau, a, b float64) float64 {
	z := tau / (1 + tau)
	mass := math.Exp(-r * math.Log1p(tau)) // P(N=n)
	stay, made, sum := 1.0, 0.0, 0.0       // (b)_n/(a+b)_n, W_n
	for n := 0.0; n < 10_000; n++ {
		mass *= (r + n) / (n + 1) * z
		made += stay
		stay *= (b + n) / (a + b + n)
		term := mass * made
		sum += term
		// The ratio of terms tends to z, from above or below.
		if ratio := max(z, (r+n+1)/(n+2)*z*(n+2)/(n+1)); ratio < 1 && term < 1e-17*sum*(1-ratio) {
			break
		}
	}
	return sum
}

// purchasesIntegral is the same as a mean over the chance p to leave,
//
//	E = ∫ Beta(p; a, b)·g(p) dp,  g(p) = (1 − (1+p·tau)^−r)/p
//
// by the trapezoidal rule in w = ln(p/(1−p)), as the ratio of the sums with and
// without g, so that the beta function is not needed. Singularities lie at
// Im w = ±π whatever the parameters. Where p is small, the density is like that of the
// logarithm of a gamma variable with shape a, and the error like |Γ(a+2πi/h)|/Γ(a) for
// a step h, as where p is large with b. With h at most 0.16, and half a standard
// deviation of w, that is below 1e-17 for all a and b. Once p or 1−p is negligible, the rest
// of either sum is a geometric series, so a and b may be tiny.
func purchasesIntegral(r, tau, a, b float64) float64 {
	q := betaMean{r: r, tau: tau, a: a, b: b, p0: a / (a + b), q0: b / (a + b)}
	q.step = min(0.16, 0.5*math.Sqrt(1/a+1/b))
	q.add(0)
	q.left()
	q.right()
	return q.num / q.den
}

// A betaMean is the trapezoidal sum of purchasesIntegral. Its variable is u = w − w₀,
// where w₀ is that of the mean chance p₀ = a/(a+b).
type betaMean struct {
	r, tau, a, b, p0, q0, step float64
	num, den                   float64
}

// at returns p and the integrands with and without g at u, relative to the density at
// u = 0, whose logarithm is a·u − (a+b)·ln(1 + p₀(e^u−1)).
func (q *betaMean) at(u float64) (p, with, without float64) {
	var log float64
	if rise := q.p0 * math.Expm1(u); rise > -0.5 {
		log = math.Log1p(rise)
	} else {
		log = math.Log(q.q0 + q.p0*math.Exp(u))
	}
	p = math.Exp(u-log) * q.p0
	without = math.Exp(q.a*u - (q.a+q.b)*log)
	return p, without * -math.Expm1(-q.r*math.Log1p(p*q.tau)) / p, without
}

func (q *betaMean) add(u float64) (p, with, without float64) {
	p, with, without = q.at(u)
	q.num += with
	q.den += without
	return p, with, without
}

// negligible is the part of a sum that is left out.
const negligible = 1e-18

// left adds the points below u = 0, where the density falls by e^(−a·step) from point
// to point once p is small, and g(p) rises to r·tau.
func (q *betaMean) left() {
	fall := math.Expm1(q.a * q.step)
	for j := 1.0; j < 1e6; j++ {
		p, with, without := q.add(-j * q.step)
		if p*(q.b+(q.r+1)*q.tau) < 10*negligible {
			q.num += with / fall
			q.den += without / fall
			return
		}
		rest := without / fall
		if p < q.p0/2 && rest < negligible*q.den && rest*q.r*q.tau < negligible*q.num {
			return
		}
	}
}

// right adds the points above u = 0, where the density falls by e^(−b·step) once 1−p
// is small, and g(p) falls.
func (q *betaMean) right() {
	fall := math.Expm1(q.b * q.step)
	for j := 1.0; j < 1e6; j++ {
		u := j * q.step
		_, with, without := q.add(u)
		stay := q.q0 / (q.q0 + q.p0*math.Exp(u))
		if stay*(q.a+q.b+q.r+1) < 10*negligible {
			q.num += with / fall
			q.den += without / fall
			return
		}
		if stay < q.q0/2 && without/fall < negligible*q.den && with/fall < negligible*q.num {
			return
		}
	}
}
