package clv

import (
	"math"

	"github.com/crmrollout/crm/kpi/internal/special"
)

// A death is what the integral I of the Pareto/NBD likelihood gives: the odds that
// the customer has left, and, for the gradient, means under its integrand.
type death struct {
	logOdds      float64 // ln(I/A)
	logA, logB   float64 // means of ln((α+y)/(α+t_x)) and ln((β+y)/(β+t_x))
	overA, overB float64 // means of 1/(α+y) and 1/(β+y)
}

var panel = special.Panel()

// death integrates over the time y of leaving, from t_x to T, for t_x < T. In
// v = ln((m+y)/(m+t_x)) with m = min(α,β), and relative to its value at t_x, the
// integrand is
//
//	ln f = v − (r+x)·ln((α+y)/(α+t_x)) − (s+1)·ln((β+y)/(β+t_x))
//
// which is concave. It is integrated by panels of 20 points over which ln f changes
// by at most some 8, and which are at most 4 wide, for the singularity that the
// larger of α and β puts at a distance of π. It ends where f has fallen to e^−45 of
// its largest value.
func (m ParetoNBD) death(x, tx, end float64) death {
	p := m.path(x, tx)
	width := math.Log1p((end - tx) / p.start)
	if width == 0 { // t_x and T differ by less than rounding
		return death{logOdds: math.Inf(-1)}
	}
	sums, largest := sums{}, 0.0
	for v := 0.0; v < width; {
		h := p.panel(v, width)
		for i := range panel {
			largest = max(largest, sums.add(p, v+h*panel[i].At, h*panel[i].Weight))
		}
		v += h
		if p.log(v) < largest-45 {
			break
		}
	}
	d := death{
		logA: sums.logA / sums.f, logB: sums.logB / sums.f,
		overA: sums.overA / sums.f, overB: sums.overB / sums.f,
	}
	d.logOdds = p.r*math.Log1p((end-tx)/p.a) + m.S*math.Log1p((end-tx)/p.b) + math.Log(m.S*(p.start/p.b)) + math.Log(sums.f)
	return d
}

// A path is the integrand of a death.
type path struct {
	r, s1       float64 // r+x and s+1
	a, b, start float64 // α+t_x, β+t_x and the lesser of both
}

func (m ParetoNBD) path(x, tx float64) path {
	a, b := m.Alpha+tx, m.Beta+tx
	return path{r: m.R + x, s1: m.S + 1, a: a, b: b, start: min(a, b)}
}

// logs returns y − t_x and the two logarithms at v, one of which is v itself.
func (p path) logs(v float64) (dy, logA, logB float64) {
	dy = p.start * math.Expm1(v)
	logA, logB = v, v
	if p.a > p.start {
		logA = math.Log1p(dy / p.a)
	}
	if p.b > p.start {
		logB = math.Log1p(dy / p.b)
	}
	return dy, logA, logB
}

func (p path) log(v float64) float64 {
	_, logA, logB := p.logs(v)
	return v - p.r*logA - p.s1*logB
}

// slope returns a bound of |d ln f/dv| that rises with v.
func (p path) slope(v float64) float64 {
	e := math.Exp(v)
	dy := p.start * (e - 1)
	return p.start*e*(p.r/(p.a+dy)+p.s1/(p.b+dy)) + 1
}

// panel returns the width of the panel that begins at v.
func (p path) panel(v, end float64) float64 {
	const change, widest = 8, 4
	h := min(end-v, widest, change/p.slope(v))
	for h*p.slope(v+h) > 1.5*change {
		h *= 0.7
	}
	if h < 1e-14*end || v+h == v { // no parameters within reason lead here
		return end - v
	}
	return h
}

// sums are weighted sums over the points of the panels.
type sums struct{ f, logA, logB, overA, overB float64 }

func (s *sums) add(p path, v, weight float64) (log float64) {
	dy, logA, logB := p.logs(v)
	log = v - p.r*logA - p.s1*logB
	f := weight * math.Exp(log)
	s.f += f
	s.logA += f * logA
	s.logB += f * logB
	s.overA += f / (p.a + dy)
	s.overB += f / (p.b + dy)
	return log
}
