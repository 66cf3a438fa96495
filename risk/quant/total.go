package quant

import (
	"context"
	"math"
	"slices"
	"sort"
)

// A totalLaw is the law of a total: some atoms, and a density over a window; or, of
// a single risk, its own distribution.
type totalLaw struct {
	alone Dist   // if not nil, the rest is empty
	atoms []atom // ascending
	cum   []float64
	w     window
	step  float64   // of the two arrays below, from the origin of the window
	f     []float64 // CDF without the atoms, never falling
	d     []float64 // its slope
	below float64   // probability dropped below the window

	least, great float64 // possible values; both 0 if not known
}

// cdf returns P(X ≤ x).
func (t *totalLaw) cdf(x float64) float64 {
	if t.alone != nil {
		return t.alone.CDF(x)
	}
	return math.Min(1, t.below+t.atomCDF(x)+t.smooth(x))
}

// atomCDF returns the probability of the atoms up to x.
func (t *totalLaw) atomCDF(x float64) float64 {
	i := sort.Search(len(t.atoms), func(i int) bool { return t.atoms[i].x > x })
	if i == 0 {
		return 0
	}
	return t.cum[i-1]
}

// smooth returns the CDF without the atoms, by cubic interpolation.
func (t *totalLaw) smooth(x float64) float64 {
	switch {
	case t.alone != nil:
		return t.alone.CDF(x) - t.atomCDF(x)
	case t.f == nil, x <= t.least && t.least < t.great:
		return 0
	}
	at := (x - t.w.origin) / t.step
	switch {
	case !(at > 0):
		return 0
	case at >= float64(len(t.f)-1):
		return t.f[len(t.f)-1]
	}
	i := int(at)
	a, b := t.f[i], t.f[i+1]
	s := at - float64(i)
	da, db := t.step*t.d[i], t.step*t.d[i+1]
	y := a + s*(da+s*(3*(b-a)-2*da-db+s*(da+db-2*(b-a))))
	return math.Min(math.Max(y, a), b)
}

// quantile returns the least x with cdf(x) ≥ p, by bisection between the atoms.
func (t *totalLaw) quantile(p float64) float64 {
	if t.alone != nil {
		return t.alone.Quantile(p)
	}
	p *= 1 - 8*epsilon
	k := sort.Search(len(t.atoms), func(i int) bool { return t.cdf(t.atoms[i].x) >= p })
	lo, hi := t.w.origin, t.w.origin+t.w.width()
	if k > 0 {
		lo = t.atoms[k-1].x
	}
	if k < len(t.atoms) {
		hi = t.atoms[k].x
	}
	if t.f == nil || lo >= hi {
		return hi
	}
	if k < len(t.atoms) && t.cdf(math.Nextafter(hi, lo)) < p {
		return hi // the jump of the atom passes p
	}
	for range 200 {
		mid := lo + (hi-lo)/2
		if mid <= lo || mid >= hi {
			break
		}
		if t.cdf(mid) >= p {
			hi = mid
		} else {
			lo = mid
		}
	}
	return hi
}

// A frame is what one pass over a grid gives: the law, and that of half the nodes.
type frame struct{ fine, coarse *totalLaw }

// pass computes the law of the sum of components over one grid.
func pass(ctx context.Context, components []component, w window, apart *atomPart, o *Options) (frame, error) {
	t := newTransformer(&w)
	n := w.n / 2
	all, rough, atoms := ones(n), ones(n), ones(n)
	factors := false
	progress := stage{o: o, total: int64(len(components))}
	for i := range components {
		if err := ctx.Err(); err != nil {
			return frame{}, err
		}
		s := components[i].spectrum(ctx, t)
		factors = factors || &s.fine[0] != &s.coarse[0]
		multiply(all, s.fine)
		multiply(rough, s.coarse)
		if apart.list != nil {
			a := make(spectrum, n)
			for _, at := range apart.of[i] {
				w.rotate(a, at)
			}
			multiply(atoms, a)
		}
		progress.step()
	}
	if err := ctx.Err(); err != nil {
		return frame{}, err
	}
	if apart.list != nil {
		for k := range all {
			all[k] -= atoms[k]
			rough[k] -= atoms[k]
		}
	}
	fine := invert(all, w, apart)
	if !factors {
		return frame{fine, fine}, nil
	}
	return frame{fine, invert(rough, w, apart)}, nil
}

func ones(n int) spectrum {
	s := make(spectrum, n)
	for k := range s {
		s[k] = 1
	}
	return s
}

func multiply(dst, s spectrum) {
	for k, z := range s {
		dst[k] *= z
	}
}

// noise is the size of a spectrum that cannot be told from rounding.
const noise = 1e-12

// invert turns the spectrum of what has a density into its CDF: the Fourier series
// of the density and its integral, on a grid four times as fine. A spectrum that has
// not died away at its end is damped like that of a normal variable added, of some
// steps of the grid: without it the series would swing about jumps of the density.
func invert(s spectrum, w window, apart *atomPart) *totalLaw {
	law := &totalLaw{atoms: apart.list, cum: apart.cum, w: w}
	m := 4 * w.n
	if w.n > 1<<14 {
		m = 2 * w.n
	}
	law.step = w.width() / float64(m)
	damp(s)
	series := newFourier(m)
	density, integral := make([]complex128, len(s)), make([]complex128, len(s))
	for k := range s {
		omega := 2 * math.Pi * float64(k) / w.width()
		sin, cos := math.Sincos(omega * w.origin)
		density[k] = s[k] * complex(cos, sin)
		if k > 0 {
			integral[k] = density[k] * complex(0, -1/omega)
		}
	}
	law.d, law.f = make([]float64, m), make([]float64, m+1)
	series.series(law.d, density)
	series.series(law.f[:m], integral)
	law.f[m] = law.f[0]
	base, mass := law.f[0], real(s[0])
	high := 0.0
	for j := range law.f {
		high = math.Max(high, (law.f[j]-base)/w.width()+mass*float64(j)/float64(m))
		law.f[j] = high
	}
	for j, d := range law.d {
		law.d[j] = math.Max(0, d/w.width())
	}
	law.d = append(law.d, law.d[0])
	return law
}

// damp multiplies a spectrum that has not died away by a window that ends in noise.
// For one that nearly has, the window is flat where the spectrum matters. For one far
// from it, it is that of a normal variable added, which leaves a CDF a CDF: the other
// would swing beside a jump.
func damp(s spectrum) {
	end := 0.0
	for _, z := range s[len(s)-len(s)/16:] {
		end = math.Max(end, math.Hypot(real(z), imag(z)))
	}
	if end <= noise {
		return
	}
	const far, enough = 1e-5, 14
	for k := range s {
		x := float64(k) / float64(len(s))
		exponent := enough * x * x
		if end < far {
			exponent = math.Log(end/noise) * math.Pow(x, 8)
		}
		g := math.Exp(-exponent)
		s[k] = complex(g*real(s[k]), g*imag(s[k]))
	}
}

// An atomPart is the atoms of a total and of each of its components.
type atomPart struct {
	list  []atom
	cum   []float64
	of    [][]atom
	whole bool // nothing else is there
}

// newAtomPart convolves the atoms of the components; if there are too many, none is
// set apart.
func newAtomPart(components []component) *atomPart {
	a := &atomPart{list: []atom{{0, 1}}, whole: true}
	for i := range components {
		list, whole := components[i].atoms()
		a.of = append(a.of, list)
		a.whole = a.whole && whole
		if len(a.list)*len(list) > mostAtoms {
			return &atomPart{}
		}
		a.list = convolve(a.list, list)
	}
	sum := 0.0
	for _, at := range a.list {
		sum += at.p
		a.cum = append(a.cum, sum)
	}
	a.list = slices.Clip(a.list)
	return a
}
