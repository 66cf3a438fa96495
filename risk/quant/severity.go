package quant

import (
	"math"
	"slices"
)

// A window is where totals are looked for, and the grid laid over it: n steps of
// h from origin on. What reaches the end comes in again at the origin, so the window
// is more than twice as wide as what is trusted.
type window struct {
	origin, h float64
	n         int
	lo, hi    float64 // values outside are dropped: they cannot be part of a total that is trusted
}

// width returns the period of the window.
func (w *window) width() float64 { return w.h * float64(w.n) }

// A sampled is the CDF of a value at quadrature points of the cells of a grid. The
// value is then spread over the grid so that the mean is kept: cell averages of the
// CDF are its cumulated weights.
type sampled struct {
	first int       // cell of the first point
	cells int       // number of cells
	cell  []int32   // cell of each point, from the first
	w     []float64 // share of the cell that the point stands for
	f     []float64 // CDF there, without what is dropped below
	z     []float64 // its normal quantile, for values that follow a factor
	least float64   // CDF where values are dropped below
	most  float64   // and above
	zEnds [2]float64
}

// newSampled lays the grid of w over a continuous value less a shift: two points a
// cell, and eight on each part of a cell that holds an end or a kink.
func newSampled(d Dist, shift float64, w *window, latent bool) *sampled {
	from, to := d.Quantile(0)-shift, d.Quantile(1)-shift
	s := &sampled{least: 0, most: 1}
	if from < w.lo {
		from, s.least = w.lo, d.CDF(w.lo+shift)
	}
	if to > w.hi {
		to, s.most = w.hi, d.CDF(w.hi+shift)
	}
	breaks := []float64{from, to}
	if k, ok := d.(kinked); ok {
		for _, x := range k.kinks() {
			breaks = append(breaks, x-shift)
		}
		slices.Sort(breaks)
	}
	s.first = int(math.Floor(from / w.h))
	s.cells = int(math.Floor(to/w.h)) - s.first + 1
	var xs []float64
	for i := range s.cells {
		xs = s.cover(i, w.h, breaks, xs)
	}
	for i, x := range xs {
		s.f = append(s.f, s.most)
		if x < to {
			s.f[i] = d.CDF(x + shift)
		}
	}
	if latent {
		s.addLatent(d, shift, xs)
	}
	return s
}

// cover adds the points of one cell, and returns xs with them.
func (s *sampled) cover(i int, h float64, breaks, xs []float64) []float64 {
	left := float64(s.first+i) * h
	cuts := []float64{left}
	for _, b := range breaks {
		if b > left && b < left+h {
			cuts = append(cuts, b)
		}
	}
	cuts = append(cuts, left+h)
	rule := gauss2
	if len(cuts) > 2 {
		rule = gauss8
	}
	for k := 1; k < len(cuts); k++ {
		width := cuts[k] - cuts[k-1]
		if cuts[k] <= breaks[0] {
			continue // the CDF is 0 there
		}
		for q, t := range rule.x {
			xs = append(xs, cuts[k-1]+width*t)
			s.cell = append(s.cell, int32(i))
			s.w = append(s.w, rule.w[q]*width/h)
		}
	}
	return xs
}

// A latentDist tells the normal quantile of its CDF in closed form.
type latentDist interface {
	latent(x float64) float64
}

// addLatent adds the normal quantiles, from the table where there is no closed form:
// it is wrong by some 1e-9, as is then the CDF of the value given its factor.
func (s *sampled) addLatent(d Dist, shift float64, xs []float64) {
	s.zEnds = [2]float64{normQuantile(s.least), normQuantile(s.most)}
	s.z = make([]float64, len(s.f))
	if l, ok := d.(latentDist); ok {
		for i, x := range xs {
			s.z[i] = s.zEnds[1]
			if s.f[i] < s.most {
				s.z[i] = l.latent(x + shift)
			}
		}
		return
	}
	standardNormal().quantiles(s.z, s.f)
}

// weights adds up the cell averages of the CDF and turns them into weights of the
// grid points first, first+1, …, first+cells.
func (s *sampled) weights(dst []float64) []float64 {
	dst = append(dst[:0], make([]float64, s.cells+1)...)
	for i, f := range s.f {
		dst[s.cell[i]] += s.w[i] * (f - s.least)
	}
	return s.differences(dst, s.most-s.least)
}

// weightsGiven is weights if the factor of the value is v:
// P(X ≤ x | v) = Φ((Φ⁻¹(F(x)) − λv)/√(1−λ²)).
func (s *sampled) weightsGiven(dst []float64, load, v float64, table *phiTable) []float64 {
	dst = append(dst[:0], make([]float64, s.cells+1)...)
	inv := 1 / math.Sqrt((1-load)*(1+load))
	shift := load * v
	least := conditional(s.least, s.zEnds[0], shift, inv)
	most := conditional(s.most, s.zEnds[1], shift, inv)
	for i, z := range s.z {
		dst[s.cell[i]] += s.w[i] * (table.at((z-shift)*inv) - least)
	}
	return s.differences(dst, most-least)
}

// weightsBetween is weightsGiven for a loading of ±1, where the value is a function
// of the factor: it is taken over a step of the factor, in which all values of its
// order are as likely.
func (s *sampled) weightsBetween(dst []float64, at, width float64) []float64 {
	dst = append(dst[:0], make([]float64, s.cells+1)...)
	ramp := func(z float64) float64 { return clamp((z-at)/width + 0.5) }
	least, most := ramp(s.zEnds[0]), ramp(s.zEnds[1])
	for i, z := range s.z {
		dst[s.cell[i]] += s.w[i] * (ramp(z) - least)
	}
	return s.differences(dst, most-least)
}

func conditional(f, z, shift, inv float64) float64 {
	if f <= 0 || f >= 1 {
		return f
	}
	return normCDF((z - shift) * inv)
}

// differences turns cumulated weights into weights, with the given sum.
func (s *sampled) differences(c []float64, sum float64) []float64 {
	c[s.cells] = sum
	for i := s.cells; i > 0; i-- {
		c[i] -= c[i-1]
	}
	return c
}
