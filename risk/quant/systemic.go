package quant

import (
	"math"
	"slices"
)

// scaled returns the law of factor·(base + S) for the law of S and an independent
// positive factor. The atoms of S are mixed over the distribution of the factor in
// closed form; its density by the trapezoidal rule over the factor's latent normal
// variable, with the given step.
func (t *totalLaw) scaled(factor Dist, base, step float64) *totalLaw {
	nodes := factorValues(factor, step)
	lo, hi := t.reach()
	out := &totalLaw{below: t.below}
	ends := []float64{nodes[0].x * (base + lo), nodes[len(nodes)-1].x * (base + lo), nodes[0].x * (base + hi), nodes[len(nodes)-1].x * (base + hi)}
	from, to := slices.Min(ends), slices.Max(ends)
	if _, discrete := discreteFactor(factor); discrete {
		out.multiplyAtoms(t.atoms, nodes, base)
		if t.f != nil || t.alone != nil {
			out.tabulate(from, to, func(x float64) float64 { return over(nodes, base, x, t.smooth) })
		}
		return out
	}
	large, small := t.splitAtoms()
	for _, a := range large {
		if base+a.x == 0 {
			out.atoms, out.cum = []atom{{0, a.p}}, []float64{a.p}
		}
	}
	rest := func(x float64) float64 { return t.smooth(x) + small.atomCDF(x) }
	out.tabulate(from, to, func(x float64) float64 {
		return over(nodes, base, x, rest) + atomsOver(large, factor, base, x)
	})
	return out
}

// splitAtoms returns the atoms that are mixed in closed form, and the law of those so
// small that they are as good as a density.
func (t *totalLaw) splitAtoms() (large []atom, small *totalLaw) {
	const smallest = 1e-3
	small = new(totalLaw)
	sum := 0.0
	for _, a := range t.atoms {
		if a.p >= smallest {
			large = append(large, a)
			continue
		}
		sum += a.p
		small.atoms, small.cum = append(small.atoms, a), append(small.cum, sum)
	}
	return large, small
}

// discreteFactor returns the values of a factor that has some, as nodes.
func discreteFactor(d Dist) ([]node, bool) {
	var out []node
	for _, a := range discreteAtoms(d) {
		out = append(out, node{a.x, a.p})
	}
	return out, out != nil
}

// factorValues returns values of a factor with weights.
func factorValues(d Dist, step float64) []node {
	if nodes, ok := discreteFactor(d); ok {
		return nodes
	}
	const reach = 6.6
	half := int(math.Ceil(reach / step))
	nodes := make([]node, 2*half+1)
	sum := 0.0
	for i := range nodes {
		z := float64(i-half) * step
		nodes[i] = node{d.Quantile(normCDF(z)), phi(z)}
		sum += nodes[i].w
	}
	for i := range nodes {
		nodes[i].w /= sum
	}
	return nodes
}

// reach returns the ends of what a law covers.
func (t *totalLaw) reach() (lo, hi float64) {
	lo, hi = t.w.origin, t.w.origin+t.w.width()
	if t.alone != nil {
		return t.alone.Quantile(1e-9), t.alone.Quantile(1 - 1e-9)
	}
	if t.f == nil {
		lo, hi = t.atoms[0].x, t.atoms[len(t.atoms)-1].x
	}
	return lo, hi
}

// over returns Σ w·cdf(x/f − base), over the values f of a factor.
func over(nodes []node, base, x float64, cdf func(float64) float64) float64 {
	p := 0.0
	for _, n := range nodes {
		p += n.w * cdf(x/n.x-base)
	}
	return p
}

// atomsOver returns P(factor·(base + S) ≤ x, S an atom), without what is an atom
// again.
func atomsOver(atoms []atom, factor Dist, base, x float64) float64 {
	p := 0.0
	for _, a := range atoms {
		switch b := base + a.x; {
		case b > 0:
			p += a.p * factor.CDF(x/b)
		case b < 0:
			p += a.p * (1 - factor.CDF(x/b))
		}
	}
	return p
}

func (t *totalLaw) multiplyAtoms(atoms []atom, nodes []node, base float64) {
	for _, a := range atoms {
		for _, n := range nodes {
			t.atoms = append(t.atoms, atom{n.x * (base + a.x), n.w * a.p})
		}
	}
	t.atoms = mergeAtoms(t.atoms)
	sum := 0.0
	for _, a := range t.atoms {
		sum += a.p
		t.cum = append(t.cum, sum)
	}
}

// tabulate fills the smooth part from a CDF.
func (t *totalLaw) tabulate(from, to float64, cdf func(float64) float64) {
	const points = 4096
	pad := 1e-9 * (to - from)
	t.w = window{origin: from - pad, n: points, h: (to - from + 2*pad) / points}
	t.step = t.w.h
	t.f, t.d = make([]float64, points+1), make([]float64, points+1)
	for j := range t.f {
		t.f[j] = cdf(t.w.origin + float64(j)*t.step)
		if j > 0 {
			t.f[j] = math.Max(t.f[j], t.f[j-1])
		}
	}
	for j := range t.d {
		left, right := max(0, j-1), min(points, j+1)
		t.d[j] = (t.f[right] - t.f[left]) / (float64(right-left) * t.step)
	}
}
