package quant

import (
	"context"
	"math"
	"slices"
)

// longest computes the distribution of the greatest delay, at least 0: all parts of
// a component stay below x with a probability that is an average, over the law of
// which of them happen, of products of their CDFs.
func longest(ctx context.Context, components []component, o *Options) (Total, error) {
	l := newLongest(components)
	t := Total{}
	t.Mean, t.SD = l.moments()
	for _, p := range o.Percentiles {
		if err := ctx.Err(); err != nil {
			return Total{}, err
		}
		t.Quantiles = append(t.Quantiles, Quantile{p, certain(l.quantile(p))})
	}
	for _, x := range o.DelayAbove {
		t.Exceedances = append(t.Exceedances, Exceedance{x, certain(clamp(1 - l.cdf(x)))})
	}
	for c := range o.CurvePoints {
		x := l.quantile(curveLevel(c, o.CurvePoints))
		if n := len(t.Curve); n == 0 || x > t.Curve[n-1].Value {
			t.Curve = append(t.Curve, Point{x, clamp(1 - l.cdf(x))})
		}
	}
	return t, ctx.Err()
}

// A longestLaw is the law of the greatest delay.
type longestLaw struct {
	components []component
	laws       []law         // of components whose law is written out
	nodes      [][]node      // of the factor of the others
	states     [][][]float64 // probability of not happening, by node and part
	great      float64
	jumps      []float64
}

func newLongest(components []component) *longestLaw {
	n := len(components)
	l := &longestLaw{components: components, laws: make([]law, n), nodes: make([][]node, n), states: make([][][]float64, n), jumps: []float64{0}}
	for i := range components {
		k := &components[i]
		for _, p := range k.parts {
			l.great = math.Max(l.great, p.value.Quantile(1))
			for _, a := range discreteAtoms(p.value) {
				l.jumps = append(l.jumps, a.x)
			}
		}
		if k.tabulated() {
			l.laws[i] = newLaw(k.parts)
			continue
		}
		l.nodes[i], l.states[i] = k.unhappened()
	}
	slices.Sort(l.jumps)
	l.jumps = slices.Compact(l.jumps)
	return l
}

// unhappened returns the nodes of the factor of a component and, at each, the
// probability that a part does not happen.
func (k *component) unhappened() ([]node, [][]float64) {
	var states []latentState
	for i := range k.parts {
		if k.parts[i].occ.group != nil {
			states = append(states, k.parts[i].latent())
		}
	}
	nodes := factorNodes(states)
	out := make([][]float64, len(nodes))
	for n := range nodes {
		s := 0
		for i := range k.parts {
			if k.parts[i].occ.group == nil {
				out[n] = append(out[n], 1-k.parts[i].p)
				continue
			}
			out[n] = append(out[n], states[s].given(nodes[n].x)[0])
			s++
		}
	}
	return nodes, out
}

// cdf returns P(greatest ≤ x).
func (l *longestLaw) cdf(x float64) float64 {
	if x < 0 {
		return 0
	}
	p := 1.0
	for i := range l.components {
		if l.nodes[i] != nil {
			p *= l.average(i, x)
		} else {
			p *= l.fold(i, x)
		}
	}
	return math.Min(p, 1)
}

func (l *longestLaw) average(i int, x float64) float64 {
	parts := l.components[i].parts
	f := make([]float64, len(parts))
	for k := range parts {
		f[k] = parts[k].value.CDF(x)
	}
	sum := 0.0
	for n, not := range l.states[i] {
		w := l.nodes[i][n].w
		for k, q := range not {
			w *= q + (1-q)*f[k]
		}
		sum += w
	}
	return sum
}

// fold sums over the axes of a law from the last.
func (l *longestLaw) fold(i int, x float64) float64 {
	from := slices.Clone(l.laws[i].p)
	for _, k := range slices.Backward(l.laws[i].order) {
		f := l.components[i].parts[k].value.CDF(x)
		half := len(from) / 2
		for s := range half {
			from[s] = from[2*s] + f*from[2*s+1]
		}
		from = from[:half]
	}
	return from[0]
}

// quantile returns the least x with cdf(x) ≥ p, by bisection.
func (l *longestLaw) quantile(p float64) float64 {
	p *= 1 - 8*epsilon
	lo, hi := -1.0, l.great
	for _, x := range l.jumps {
		if x >= 0 && l.cdf(x) >= p {
			hi = x
			break
		}
		lo = x
	}
	if hi <= 0 || (slices.Contains(l.jumps, hi) && l.cdf(math.Nextafter(hi, -1)) < p) {
		return math.Max(hi, 0)
	}
	for lo = math.Max(lo, 0); ; {
		mid := lo + (hi-lo)/2
		if mid <= lo || mid >= hi {
			return hi
		}
		if l.cdf(mid) >= p {
			hi = mid
		} else {
			lo = mid
		}
	}
}

// moments integrates 1 − F and 2x(1 − F) over panels between quantiles. The limits
// are those of half the panels.
func (l *longestLaw) moments() (mean, sd Estimate) {
	m1, s1 := l.integrate(64)
	m2, s2 := l.integrate(32)
	off, wide := 2*math.Abs(m1-m2), 2*math.Abs(s1-s2)
	return Estimate{m1, math.Max(0, m1-off), m1 + off, true, Refinement}, Estimate{s1, math.Max(0, s1-wide), s1 + wide, true, Refinement}
}

func (l *longestLaw) integrate(panels int) (mean, sd float64) {
	ends := slices.Clone(l.jumps)
	for i := range panels {
		tail := math.Exp2(-float64(i) * 48 / float64(panels))
		ends = append(ends, l.quantile(1-tail), l.quantile(float64(i)/float64(panels)))
	}
	ends = append(ends, l.great)
	slices.Sort(ends)
	var first, second float64
	for i := 1; i < len(ends); i++ {
		from, width := math.Max(ends[i-1], 0), ends[i]-math.Max(ends[i-1], 0)
		if width <= 0 {
			continue
		}
		for k, t := range gauss8.x {
			x := from + width*t
			over := gauss8.w[k] * width * (1 - l.cdf(x))
			first += over
			second += 2 * x * over
		}
	}
	return first, math.Sqrt(math.Max(0, second-first*first))
}
