package quant

import "math"

// A spectrum is the Fourier transform E e^(−2πikX/width) of a value over a window,
// for k = 0, 1, … up to half the number of grid points.
type spectrum []complex128

// A transformer makes spectra over one window.
type transformer struct {
	w        *window
	fft      *fourier
	unspread []float64 // what undoes the attenuation of spreading over the grid
	scratch  []float64
	grid     []float64
	phi      *phiTable
}

func newTransformer(w *window) *transformer {
	t := &transformer{w: w, fft: newFourier(w.n), grid: make([]float64, w.n), phi: tableOfPhi()}
	t.unspread = make([]float64, w.n/2)
	t.unspread[0] = 1
	for k := 1; k < len(t.unspread); k++ {
		x := math.Pi * float64(k) / float64(w.n)
		s := math.Sin(x) / x
		t.unspread[k] = 1 / (s * s)
	}
	return t
}

// mostRotations is the number of points that are transformed one by one; more are
// spread over the grid.
const mostRotations = 64

// value returns the spectrum of a part's value.
func (t *transformer) value(p *part) spectrum {
	if list := p.values(); list != nil {
		return t.points(list)
	}
	s := newSampled(p.value, p.shift, t.w, false)
	t.scratch = s.weights(t.scratch)
	return t.spread(make(spectrum, t.w.n/2), s.first, t.scratch)
}

// points returns the spectrum of points, without those that the window drops.
func (t *transformer) points(list []atom) spectrum {
	out := make(spectrum, t.w.n/2)
	if len(list) <= mostRotations {
		for _, a := range list {
			t.w.rotate(out, a)
		}
		return out
	}
	clear(t.grid)
	for _, a := range list {
		t.put(a)
	}
	return t.attenuated(out)
}

// put spreads a point over the two grid points beside it, so that its mean is kept.
func (t *transformer) put(a atom) {
	if t.w.holds(a.x) {
		at := a.x / t.w.h
		left := math.Floor(at)
		t.grid[t.w.wrap(int(left))] += a.p * (1 - (at - left))
		t.grid[t.w.wrap(int(left)+1)] += a.p * (at - left)
	}
}

// holds reports whether a value is not dropped.
func (w *window) holds(x float64) bool { return x >= w.lo && x <= w.hi }

// rotate adds p·e^(−2πik·x/width) to out[k] for a point that the window holds.
func (w *window) rotate(out spectrum, a atom) {
	x, p := a.x, a.p
	if !w.holds(x) {
		return
	}
	if x == 0 {
		for k := range out {
			out[k] += complex(p, 0)
		}
		return
	}
	turn := -2 * math.Pi * (x / w.width())
	sin, cos := math.Sincos(turn)
	step := complex(cos, sin)
	var z complex128
	for k := range out {
		if k%64 == 0 { // start afresh before rounding adds up
			sin, cos = math.Sincos(turn * float64(k))
			z = complex(p*cos, p*sin)
		}
		out[k] += z
		z *= step
	}
}

// wrap returns the grid point of a cell, counted modulo the grid.
func (w *window) wrap(i int) int { return i & (w.n - 1) }

// spread returns the spectrum of weights at the grid points first, first+1, ….
func (t *transformer) spread(out spectrum, first int, weights []float64) spectrum {
	clear(t.grid)
	for i, x := range weights {
		t.grid[t.w.wrap(first+i)] += x
	}
	return t.attenuated(out)
}

func (t *transformer) attenuated(out spectrum) spectrum {
	t.fft.forward(out, t.grid)
	for k, u := range t.unspread {
		out[k] = complex(real(out[k])*u, imag(out[k])*u)
	}
	return out
}

// given returns the spectra of a value for each node of the factor it follows.
func (t *transformer) given(p *part, nodes []node) []spectrum {
	out := make([]spectrum, len(nodes))
	s := newSampled(p.value, p.shift, t.w, true)
	all := make(spectrum, len(nodes)*t.w.n/2)
	for i, n := range nodes {
		if math.Abs(p.load) == 1 {
			t.scratch = s.weightsBetween(t.scratch, p.load*n.x, nodes[1].x-nodes[0].x)
		} else {
			t.scratch = s.weightsGiven(t.scratch, p.load, n.x, t.phi)
		}
		out[i] = t.spread(all[i*t.w.n/2:(i+1)*t.w.n/2], s.first, t.scratch)
	}
	return out
}

// trapezoid returns an odd number of equally spaced nodes over a standard normal
// factor, the middle one at 0: the rule that converges faster than any power of the
// step for a smooth integrand. The step follows the largest loading, the middle of the
// transition of a part given the factor being √(1−λ²)/λ wide. Every other node is a
// rule of twice the step, which tells the error.
func trapezoid(loads []float64) []node {
	const (
		reach             = 6.6 // beyond lies 4e-11
		shortest, longest = 1.0 / 128, 0.41
	)
	most := 0.0
	for _, l := range loads {
		most = math.Max(most, math.Abs(l))
	}
	step := math.Min(longest, math.Max(shortest, 0.4*math.Sqrt((1-most)*(1+most))/most))
	half := 2 * int(math.Ceil(reach/step/2))
	nodes := make([]node, 2*half+1)
	sum := 0.0
	for i := range nodes {
		x := float64(i-half) * step
		nodes[i] = node{x, phi(x)}
		sum += nodes[i].w
	}
	for i := range nodes {
		nodes[i].w /= sum
	}
	return nodes
}

// coarse returns the weight of node i in the rule of twice the step.
func coarse(nodes []node, i int) float64 {
	if i%2 == 1 {
		return 0
	}
	return 2 * nodes[i].w
}
