package quant

import (
	"context"
	"math"
)

// What the tests look into.
var (
	NormCDF      = normCDF
	NormQuantile = normQuantile
	BetaQuantile = func(a, b, p float64) float64 { x, _ := newBetaLaw(a, b).quantile(p, 1-p); return x }
	BetaTails    = func(a, b, x float64) (lower, upper float64) { return newBetaLaw(a, b).tails(x, 1-x) }
	BinomialCDF  = binomialCDF
	PoissonCDF   = poissonCDF
	StudentT     = studentQuantile
	PhiTable     = func(z float64) float64 { return tableOfPhi().at(z) }
	PhiLimit     = func(z float64) uint32 { return lowerLimits().below(z) }
	Eigen        = eigen
	UnitOf       = unitOf
	RestOf       = restOf
	Share        = share
)

// Philox returns a block of Philox4x32-10.
func Philox(counter [4]uint32, key [2]uint32) [4]uint32 {
	return philox4x32(counter, newRoundKeys(key))
}

// Stream returns draws of a stream, both one by one and filled.
func Stream(seed uint64, id string, first int64, n int) (single, filled []uint32) {
	s := newStream(newRoundKeys([2]uint32{uint32(seed), uint32(seed >> 32)}), id, roleOccurrence, 0)
	filled = make([]uint32, n)
	s.fill(filled, first)
	for i := range n {
		single = append(single, s.draw(first+int64(i)))
	}
	return single, filled
}

// Sampled returns what the sampler of a distribution makes of probabilities.
func Sampled(d Dist, u ...float64) []float64 {
	x := make([]float64, len(u))
	newSampler(d).quantiles(x, u)
	return x
}

// Forward and Series are the two transforms.
func Forward(x []float64, n int) []complex128 {
	out := make([]complex128, n/2)
	newFourier(n).forward(out, x)
	return out
}

func Series(c []complex128, n int) []float64 {
	x := make([]float64, n)
	newFourier(n).series(x, c)
	return x
}

// OrderStatistics returns the values at ranks.
func OrderStatistics(x []float64, ranks ...int64) []float64 { return newSelection(x).at(ranks) }

// FoldedQuantiles computes quantiles of the cost as on a circular grid without any
// care for its end: values beyond the width are moved to it, and sums that pass the
// end come in again at the origin.
func FoldedQuantiles(m *Model, origin, width float64, n int, percentiles []float64) ([]float64, error) {
	c, _, err := m.prepare(Options{})
	if err != nil {
		return nil, err
	}
	for i := range c.units {
		if c.units[i].severity.Quantile(1) > width {
			c.units[i].severity = clipped{c.units[i].severity, width}
		}
	}
	components := c.components(cost)
	w := window{origin: origin, h: width / float64(n), n: n, lo: -10 * width, hi: 10 * width}
	f, err := pass(context.Background(), components, w, newAtomPart(components), &Options{})
	if err != nil {
		return nil, err
	}
	out := make([]float64, len(percentiles))
	for i, p := range percentiles {
		out[i] = f.fine.quantile(p)
	}
	return out, nil
}

type clipped struct {
	Dist
	end float64
}

func (c clipped) CDF(x float64) float64 {
	if x >= c.end {
		return 1
	}
	return c.Dist.CDF(x)
}

func (c clipped) Quantile(p float64) float64 { return math.Min(c.end, c.Dist.Quantile(p)) }
