package quant

import (
	"context"
	"slices"
)

// The spectrum of a component: given the factors, its parts are independent, and
// their spectra multiply. What remains is to average over the factors.

// A componentSpectrum is the spectrum of a component, and what it would be with half
// the nodes of its factors.
type componentSpectrum struct{ fine, coarse spectrum }

// mostStates is the size of the largest law that is written out.
const mostStates = 1 << 14

// tabulated reports whether the law of a component is written out: the alternative
// is to integrate over the factor of its occurrences, which must then have one, and
// costs less for many parts.
func (k *component) tabulated() bool {
	size := lawSize(k.parts)
	if size > mostStates {
		return false
	}
	g := k.occurrence()
	if g == nil || g.load == nil {
		return true
	}
	tableCost, integralCost := k.costs()
	return tableCost <= integralCost
}

// costs returns the number of multiplications for each frequency by either way.
func (k *component) costs() (table, integral float64) {
	u, v := 1.0, 1.0
	if k.severity != nil && k.severity.load != nil && !k.comonotone() {
		v = float64(len(trapezoid(k.severity.load)))
	}
	if g := k.occurrence(); g != nil && g.load != nil {
		u = float64(len(trapezoid(g.load)))
	}
	loaded := 1.0
	for i := range k.parts {
		if k.parts[i].load != 0 {
			loaded *= 2
		}
	}
	return lawSize(k.parts) + v*loaded, u * v * float64(len(k.parts))
}

// occurrence returns the only group of occurrences of a component, nil if there is
// none or more than one.
func (k *component) occurrence() *group {
	var found *group
	for i := range k.parts {
		switch g := k.parts[i].occ.group; {
		case g == nil || g == found:
		case found == nil:
			found = g
		default:
			return nil
		}
	}
	return found
}

// spectrum returns the spectrum of a component; it is not complete if the context ends.
func (k *component) spectrum(ctx context.Context, t *transformer) componentSpectrum {
	if len(k.parts) == 1 {
		one := k.parts[0].single(t)
		return componentSpectrum{one, one}
	}
	if !k.tabulated() {
		return newFolder(k, t).integral(ctx)
	}
	if k.comonotone() {
		return newFolder(k, t).comonotone(ctx, newLaw(k.parts))
	}
	return newFolder(k, t).table(ctx, newLaw(k.parts))
}

// single returns the spectrum of an independent part.
func (p *part) single(t *transformer) spectrum {
	s := t.value(p)
	if p.counts != nil {
		return powers(s, p.alone())
	}
	for k, z := range s {
		s[k] = complex(1-p.p, 0) + complex(p.p*real(z), p.p*imag(z))
	}
	return s
}

// powers returns Σ p[n] z^n for each z.
func powers(s spectrum, p []float64) spectrum {
	for k, z := range s {
		sum := complex(p[len(p)-1], 0)
		for n := len(p) - 2; n >= 0; n-- {
			sum = sum*z + complex(p[n], 0)
		}
		s[k] = sum
	}
	return s
}

// A folder multiplies the spectra of the parts of a component.
type folder struct {
	k     *component
	t     *transformer
	v     []node       // of the factor of severities; one if there is none
	plain []spectrum   // of each part's value
	given [][]spectrum // of each part's value at each node of v; nil for parts without loading
}

func newFolder(k *component, t *transformer) *folder {
	f := &folder{k: k, t: t, v: []node{{0, 1}}, plain: make([]spectrum, len(k.parts)), given: make([][]spectrum, len(k.parts))}
	together := k.tabulated() && k.comonotone()
	if k.severity != nil && !together {
		f.v = trapezoid(k.severity.load)
	}
	for i := range k.parts {
		p := &k.parts[i]
		if p.load == 0 || p.counts != nil {
			f.plain[i] = t.value(p)
		}
		if p.load != 0 && !together {
			f.given[i] = t.given(p, f.v)
		}
	}
	return f
}

// table averages over the law of how often the parts happen.
func (f *folder) table(ctx context.Context, l law) componentSpectrum {
	n := f.t.w.n / 2
	out := componentSpectrum{make(spectrum, n), make(spectrum, n)}
	loaded := f.k.loaded()
	start := make([]complex128, len(l.p))
	work := make([]complex128, len(l.p))
	tail := make([]complex128, 1<<loaded)
	for k := range n {
		if ctx.Err() != nil {
			break
		}
		for s, p := range l.p {
			start[s] = complex(p, 0)
		}
		rest := f.contract(start, work, l, loaded, k)
		for v := range f.v {
			z := f.fold(tail, rest, l.order[:loaded], v, k)
			w, c := f.v[v].w, half(f.v, v)
			out.fine[k] += complex(w*real(z), w*imag(z))
			out.coarse[k] += complex(c*real(z), c*imag(z))
		}
	}
	if len(f.v) == 1 {
		out.coarse = out.fine
	}
	return out
}

// contract sums over the axes that do not depend on the factor of severities, from
// the last: over the states of a part without loading, and over the further times of
// one with loading, which leaves its axis at length 2.
func (f *folder) contract(a, b []complex128, l law, loaded, k int) []complex128 {
	inner := 1
	for axis, dim := range slices.Backward(l.dims) {
		i := l.order[axis]
		if axis < loaded && dim == 2 {
			inner *= 2
			continue
		}
		z := f.plain[i][k]
		outer := len(a) / (dim * inner)
		if axis >= loaded {
			for o := range outer {
				horner(b[o*inner:(o+1)*inner], a[o*dim*inner:(o+1)*dim*inner], z)
			}
			a, b = b[:outer*inner], a[:cap(a)]
			continue
		}
		for o := range outer {
			from, to := a[o*dim*inner:(o+1)*dim*inner], b[o*2*inner:(o+1)*2*inner]
			copy(to[:inner], from[:inner])
			horner(to[inner:], from[inner:], z)
		}
		a, b = b[:outer*2*inner], a[:cap(a)]
		inner *= 2
	}
	return a
}

// horner writes Σ_n z^n·from[n·len(to) + i] to to[i].
func horner(to, from []complex128, z complex128) {
	step := len(to)
	for i := range to {
		sum := from[len(from)-step+i]
		for at := len(from) - 2*step + i; at >= 0; at -= step {
			sum = sum*z + from[at]
		}
		to[i] = sum
	}
}

// fold sums over the states of the parts with loading, at node v of their factor.
func (f *folder) fold(work, rest []complex128, order []int, v, k int) complex128 {
	size := len(rest)
	from := rest
	for _, i := range slices.Backward(order) {
		z := f.given[i][v][k]
		size /= 2
		for s := range size {
			work[s] = from[2*s] + z*from[2*s+1]
		}
		from = work
	}
	return from[0]
}

// integral averages over the factor of occurrences and that of severities: given
// both, all parts are independent.
func (f *folder) integral(ctx context.Context) componentSpectrum {
	n := f.t.w.n / 2
	out := componentSpectrum{make(spectrum, n), make(spectrum, n)}
	u := []node{{0, 1}}
	if g := f.k.occurrence(); g != nil {
		u = trapezoid(g.load)
	}
	states := make([][][]float64, len(u)) // of each part at each node
	for i := range u {
		states[i] = f.k.statesAt(u[i].x)
	}
	again := make([]complex128, len(f.k.parts))
	for k := range n {
		if ctx.Err() != nil {
			break
		}
		for i := range u {
			f.further(again, states[i], k)
			for v := range f.v {
				z := f.product(states[i], again, v, k)
				w, c := u[i].w*f.v[v].w, half(u, i)*half(f.v, v)
				out.fine[k] += complex(w*real(z), w*imag(z))
				out.coarse[k] += complex(c*real(z), c*imag(z))
			}
		}
	}
	return out
}

// half returns the weight of node i in the coarser rule; a single node is its own.
func half(nodes []node, i int) float64 {
	if len(nodes) == 1 {
		return nodes[0].w
	}
	return coarse(nodes, i)
}

// statesAt returns the probabilities of the states of each part if the factor of
// occurrences is u.
func (k *component) statesAt(u float64) [][]float64 {
	out := make([][]float64, len(k.parts))
	for i := range k.parts {
		p := &k.parts[i]
		if p.occ.group == nil {
			out[i] = p.alone()
			continue
		}
		s := p.latent()
		out[i] = s.given(u)
	}
	return out
}

// further writes, for each part, what its happening n ≥ 1 times adds beyond its first
// value: Σ p[n] z^(n−1).
func (f *folder) further(dst []complex128, states [][]float64, k int) {
	for i, p := range states {
		dst[i] = complex(p[len(p)-1], 0)
		for n := len(p) - 2; n > 0; n-- {
			dst[i] = dst[i]*f.plain[i][k] + complex(p[n], 0)
		}
	}
}

// product multiplies over the parts, at node v of the factor of severities.
func (f *folder) product(states [][]float64, again []complex128, v, k int) complex128 {
	z := complex(1, 0)
	for i, p := range states {
		first := f.plain[i]
		if f.given[i] != nil {
			first = f.given[i][v]
		}
		z *= complex(p[0], 0) + again[i]*first[k]
	}
	return z
}
