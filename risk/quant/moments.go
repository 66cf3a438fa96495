package quant

import (
	"math"
	"slices"
)

// Mean, variance and covariances of totals have closed forms for every dependence a
// model can have, simulated or not: only two risks at a time matter.

// hermites is the number of terms of the expansion of a severity.
const hermites = 80

// An expansion is a severity as a series of Hermite polynomials of its latent
// normal variable: X = μ + Σ a[n] Heₙ(Z)/√n!. Under a Gaussian copula with latent
// correlation r two severities have the covariance Σ rⁿ a[n] b[n] (Mehler's formula).
type expansion struct {
	a    [hermites]float64 // a[n−1] belongs to n
	rest float64           // variance that the terms leave out
}

func newExpansion(d Dist, s sampler) *expansion {
	e := new(expansion)
	switch {
	case e.lognormal(d, 1):
	case e.steps(d):
	default:
		e.integrate(d, s)
	}
	e.rest = d.Var()
	for _, a := range e.a {
		e.rest -= a * a
	}
	e.rest = math.Max(0, e.rest)
	return e
}

// lognormal is the closed form mean·σⁿ/√n!, alternating for −X.
func (e *expansion) lognormal(d Dist, sign float64) bool {
	if n, ok := d.(Negative); ok && n.of != nil {
		return sign > 0 && e.lognormal(n.of, -1)
	}
	l, ok := d.(Lognormal)
	if !ok {
		return false
	}
	term := sign * l.Mean()
	for n := range e.a {
		term *= sign * l.sigma / math.Sqrt(float64(n+1))
		e.a[n] = term
	}
	return true
}

// steps is the closed form for a discrete value, which jumps at the quantiles z of
// its cumulated probabilities: Σ Δx Heₙ₋₁(z)φ(z)/√n!.
func (e *expansion) steps(d Dist) bool {
	a, ok := d.(atomized)
	if !ok {
		return false
	}
	x, p := a.atoms()
	cum := 0.0
	for i := 1; i < len(x); i++ {
		cum += p[i-1]
		z := normQuantile(cum)
		e.add(z, (x[i]-x[i-1])*phi(z), 1)
	}
	return len(x) > 0
}

// add adds weight·heₙ₋ₛ(z)·c to a[n], where heₖ = Heₖ/√k! and c is 1/√n for a shift s
// of 1, otherwise 1.
func (e *expansion) add(z, weight float64, shift int) {
	before, he := 0.0, 1.0
	for k := range hermites + 1 {
		if n := k + shift; n >= 1 && n <= hermites {
			c := 1.0
			if shift == 1 {
				c = 1 / math.Sqrt(float64(n))
			}
			e.a[n-1] += weight * he * c
		}
		next := (z*he - math.Sqrt(float64(k))*before) / math.Sqrt(float64(k+1))
		before, he = he, next
	}
}

// integrate finds the coefficients by quadrature, over panels that end where the
// severity is not smooth.
func (e *expansion) integrate(d Dist, s sampler) {
	const reach = 7
	var ends []float64
	for z := -reach; z <= reach; z++ {
		ends = append(ends, float64(z))
	}
	if k, ok := d.(kinked); ok {
		for _, x := range k.kinks() {
			ends = append(ends, max(-reach, min(reach, normQuantile(d.CDF(x)))))
		}
		slices.Sort(ends)
	}
	mean := d.Mean()
	u, x := make([]float64, len(gauss16.x)), make([]float64, len(gauss16.x))
	for i := 1; i < len(ends); i++ {
		from, width := ends[i-1], ends[i]-ends[i-1]
		for k, t := range gauss16.x {
			u[k] = insideUnit(normCDF(from + width*t))
		}
		s.quantiles(x, u)
		for k, t := range gauss16.x {
			z := from + width*t
			e.add(z, (x[k]-mean)*phi(z)*gauss16.w[k]*width, 0)
		}
	}
}

// covariance returns the covariance of two severities, and a bound of its error.
func (e *expansion) covariance(o *expansion, r float64) (cov, slack float64) {
	power := 1.0
	for n := range e.a {
		power *= r
		cov += power * e.a[n] * o.a[n]
	}
	return cov, math.Abs(power*r) * math.Sqrt(e.rest*o.rest)
}

// moments are those of a dimension.
type moments struct {
	mean, variance float64
	slack          float64   // bound of the error of the variance
	of             []float64 // mean of each risk
	own            []float64 // variance of each risk
	with           []float64 // covariance of each risk and the sum
}

// moments returns the moments of the sum of a dimension.
func (c *compiled) moments(d dimension) moments {
	n := len(c.units)
	m := moments{of: make([]float64, n), own: make([]float64, n), with: make([]float64, n)}
	for i := range c.units {
		p, ok := c.part(i, d)
		if !ok {
			continue
		}
		times, spread := p.p, p.p*(1-p.p)
		if p.counts != nil {
			times, spread = c.units[i].rate, c.units[i].rate
		}
		mu := p.value.Mean()
		m.of[i] = times * mu
		m.own[i] = times*p.value.Var() + spread*mu*mu
		m.with[i] = m.own[i]
	}
	pairs := c.linked(d)
	for _, l := range pairs {
		cov, slack := c.pairCovariance(l, d)
		m.with[l.i] += cov
		m.with[l.k] += cov
		m.slack += 2 * slack
	}
	for i := range n {
		m.mean += m.of[i]
		m.variance += m.with[i]
	}
	m.variance = math.Max(0, m.variance)
	return m
}

// A link is two risks that depend on each other.
type link struct{ i, k int }

// linked returns the pairs of risks of a dimension with a group in common, each once.
func (c *compiled) linked(d dimension) []link {
	var out []link
	seen := make(map[link]bool)
	for _, g := range c.groups {
		if d == delay && g.role == Severity {
			continue
		}
		for a, i := range g.members {
			for _, k := range g.members[:a] {
				l := link{min(i, k), max(i, k)}
				_, here := c.part(l.i, d)
				_, there := c.part(l.k, d)
				if here && there && !seen[l] {
					seen[l] = true
					out = append(out, l)
				}
			}
		}
	}
	return out
}

// pairCovariance returns Cov(N, M)·μν + P(N, M ≥ 1)·Cov(X, Y) for two risks that
// happen N and M times with first severities X and Y.
func (c *compiled) pairCovariance(l link, d dimension) (cov, slack float64) {
	p, _ := c.part(l.i, d)
	q, _ := c.part(l.k, d)
	both, counts := p.p*q.p, 0.0
	if g := p.occ.group; g != nil && g == q.occ.group {
		both, counts = jointly(&p, &q)
	}
	cov = counts * p.value.Mean() * q.value.Mean()
	g := c.units[l.i].sev
	if d == delay || g.group == nil || g.group != c.units[l.k].sev.group {
		return cov, 0
	}
	values, off := c.units[l.i].expansion.covariance(c.units[l.k].expansion, g.group.latent(g.at, c.units[l.k].sev.at))
	return cov + both*values, both * off
}

// jointly returns the probability that two parts of a group of occurrences both
// happen, and the covariance of how often.
func jointly(p, q *part) (both, counts float64) {
	g := p.occ.group
	if g.both != nil {
		both = g.both[p.occ.at][q.occ.at]
		return both, both - p.p*q.p
	}
	if g.joint != nil {
		for s, prob := range g.joint {
			if (s>>p.occ.at)&(s>>q.occ.at)&1 == 1 {
				both += prob
			}
		}
		return both, both - p.p*q.p
	}
	r := g.latent(p.occ.at, q.occ.at)
	for i, s := range p.exceeds() {
		for k, t := range q.exceeds() {
			joint := BothHappen(s, t, r)
			if i == 0 && k == 0 {
				both = joint
			}
			counts += joint - s*t
		}
	}
	return both, counts
}

// exceeds returns the probabilities of happening at least once, at least twice, ….
func (p *part) exceeds() []float64 {
	if p.counts == nil {
		return []float64{p.p}
	}
	var out []float64
	for _, cum := range p.counts[:len(p.counts)-1] {
		if cum < 1-1e-13 {
			out = append(out, 1-cum)
		}
	}
	return out
}
