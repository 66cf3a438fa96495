package quant

import (
	"context"
	"math"
)

// Severities with loadings of ±1 are functions of one factor. What each set of them
// costs together is then a function of it too, whose law is found directly: no other
// method would resolve it, since given the factor nothing varies.

// mostTogether is the largest number of such severities whose sets are gone through.
const mostTogether = 8

// comonotone reports whether all severities of a component that follow a factor do so
// entirely.
func (k *component) comonotone() bool {
	for i := range k.parts {
		if l := math.Abs(k.parts[i].load); l != 0 && l != 1 {
			return false
		}
	}
	n := k.loaded()
	return n > 0 && n <= mostTogether
}

// loaded returns the number of parts that follow the factor of severities.
func (k *component) loaded() int {
	n := 0
	for i := range k.parts {
		if k.parts[i].load != 0 {
			n++
		}
	}
	return n
}

// comonotone averages over the law of how often the parts happen.
func (f *folder) comonotone(ctx context.Context, l law) componentSpectrum {
	loaded := f.k.loaded()
	var order []*part // the first axis is the highest bit
	for _, i := range l.order[:loaded] {
		order = append(order, &f.k.parts[i])
	}
	const nodes = 1 << 17
	fine, rough := f.t.together(order, nodes), f.t.together(order, nodes/2)
	n := f.t.w.n / 2
	out := componentSpectrum{make(spectrum, n), make(spectrum, n)}
	start, work := make([]complex128, len(l.p)), make([]complex128, len(l.p))
	for k := range n {
		if ctx.Err() != nil {
			break
		}
		for s, p := range l.p {
			start[s] = complex(p, 0)
		}
		for s, z := range f.contract(start, work, l, loaded, k) {
			out.fine[k] += z * fine[s][k]
			out.coarse[k] += z * rough[s][k]
		}
	}
	return out
}

// together returns the spectrum of the sum of each set of values that follow one
// factor, by the trapezoidal rule over the factor.
func (t *transformer) together(parts []*part, nodes int) []spectrum {
	u, weights, sum := make([]float64, nodes+1), make([]float64, nodes+1), 0.0
	values := make([][]float64, len(parts))
	for i := range values {
		values[i] = make([]float64, nodes+1)
		for n := range u {
			u[n] = insideUnit(t.phi.at(parts[i].load * factorReach * (2*float64(n)/float64(nodes) - 1)))
		}
		newSampler(parts[i].value).quantiles(values[i], u)
	}
	for n := range weights {
		weights[n] = phi(factorReach * (2*float64(n)/float64(nodes) - 1))
		sum += weights[n]
	}
	out := make([]spectrum, 1<<len(parts))
	for s := range out {
		clear(t.grid)
		for n, w := range weights {
			x := 0.0
			for i := range parts {
				if s>>(len(parts)-1-i)&1 == 1 {
					x += values[i][n] - parts[i].shift
				}
			}
			t.put(atom{x, w / sum})
		}
		out[s] = t.attenuated(make(spectrum, t.w.n/2))
	}
	return out
}
