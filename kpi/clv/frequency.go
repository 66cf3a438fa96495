package clv

import "math"

// Frequencies returns the probabilities of 0, 1, … n−1 repeat purchases of a new
// customer within t, and that of n or more.
//
//	P(X(t)=x) = P(N=x)·B(a,b+x)/B(a,b) + P(N≥x)·B(a+1,b+x−1)/B(a,b)   (x > 0)
//
// where N is the number of purchases without leaving, which is negative binomial
// (Fader, Hardie and Lee 2005, equation 8).
func (m BGNBD) Frequencies(t float64, n int) ([]float64, bool) {
	if m.Validate() != nil || !validTime(t) || n < 1 || n > MaxFrequency {
		return nil, false
	}
	logMass, z := -m.R*math.Log1p(t/m.Alpha), t/(m.Alpha+t)
	ps := make([]float64, n+1)
	below, stay := 0.0, 1.0 // P(N<x), (b)_x/(a+b)_x
	for x := range ps[:n] {
		k, mass := float64(x), math.Exp(logMass)
		ps[x] = mass * stay
		if x > 0 { // he left after purchase x: stayed x−1 times, then left
			ps[x] = mass*stay + max(0, 1-below)*before(stay, m, k)
		}
		below += mass
		logMass += math.Log((m.R + k) / (k + 1) * z)
		stay *= (m.B + k) / (m.A + m.B + k)
	}
	return withRest(ps)
}

// before returns B(a+1,b+x−1)/B(a,b) from (b)_x/(a+b)_x: the chance to have stayed
// x−1 times and left then.
func before(stay float64, m BGNBD, x float64) float64 { return stay * m.A / (m.B + (x - 1)) }

// Frequencies returns the probabilities of 0, 1, … n−1 repeat purchases of a new
// customer within t, and that of n or more:
//
//	P(X(t)=x) = P(N(t)=x)·(β/(β+t))^s + ∫₀^t P(N(y)=x)·s·βˢ(β+y)^−(s+1) dy
//
// where N is the number of purchases without leaving, which is negative binomial.
func (m ParetoNBD) Frequencies(t float64, n int) ([]float64, bool) {
	if m.Validate() != nil || !validTime(t) || n < 1 || n > MaxFrequency {
		return nil, false
	}
	ps := make([]float64, n+1)
	m.addMasses(ps[:n], t, math.Exp(-m.S*math.Log1p(t/m.Beta)))
	p := m.path(0, 0)
	width := math.Log1p(t / p.start)
	panels := 0
	for v := 0.0; v < width; panels++ {
		if panels == maxPanels {
			return nil, false
		}
		h := min(p.panel(v, width), m.massPanel(p, v, t, float64(n)))
		for _, node := range panel {
			u := v + h*node.At
			y := p.start * math.Expm1(u)
			density := m.S / (m.Beta + y) * math.Exp(u-m.S*math.Log1p(y/m.Beta)) * p.start
			m.addMasses(ps[:n], y, h*node.Weight*density)
		}
		v += h
	}
	return withRest(ps)
}

// maxPanels bounds the work of Frequencies, for parameters beyond reason.
const maxPanels = 1_000_000

// massPanel returns the width of a panel over which the mass of n purchases, with
// (y/(α+y))ⁿ, changes by a factor of about e⁸. Far below t and below the scale of the
// panels it may change more: that mass does not count.
func (m ParetoNBD) massPanel(p path, v, t, n float64) float64 {
	y := p.start * math.Expm1(v)
	return 8 * (m.Alpha + y) * max(y, min(t, p.start)) / (n * m.Alpha * (p.start + y))
}

// addMasses adds weight times the negative binomial masses at time y.
func (m ParetoNBD) addMasses(ps []float64, y, weight float64) {
	mass := math.Exp(-m.R * math.Log1p(y/m.Alpha))
	z := y / (m.Alpha + y)
	if mass == 0 {
		m.addFarMasses(ps, y, weight)
		return
	}
	mass *= weight
	for x := range ps {
		ps[x] += mass
		k := float64(x)
		mass *= (m.R + k) / (k + 1) * z
	}
}

// addFarMasses is addMasses in logarithms, where the first masses underflow.
func (m ParetoNBD) addFarMasses(ps []float64, y, weight float64) {
	log := math.Log(weight) - m.R*math.Log1p(y/m.Alpha)
	z := y / (m.Alpha + y)
	for x := range ps {
		ps[x] += math.Exp(log)
		k := float64(x)
		log += math.Log((m.R + k) / (k + 1) * z)
	}
}

// withRest fills in the last probability, and refuses what is no number.
func withRest(ps []float64) ([]float64, bool) {
	last, sum := len(ps)-1, 0.0
	for _, p := range ps[:last] {
		if !(p >= 0 && p <= 1+1e-9) {
			return nil, false
		}
		sum += p
	}
	ps[last] = max(0, 1-sum)
	return ps, true
}
