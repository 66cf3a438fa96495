package quant

import (
	"fmt"
	"math"
)

// A reader reads percentiles, with their intervals, and a curve from drawn totals.
type reader struct {
	sample []float64
	o      *Options
	found  []float64 // at the ranks of each percentile: value (two ranks), limits; then of the curve
	share  []float64 // between the two ranks of a value
	curve  int
}

// newReader finds all order statistics at once.
func newReader(x, percentiles []float64, curve int, o *Options) (*reader, error) {
	r := &reader{sample: x, o: o, curve: curve}
	n := int64(len(x))
	var ranks []int64
	for _, p := range percentiles {
		i, k, share := o.Type.ranks(n, p)
		lo, hi, _, err := PercentileRanks(n, p, o.Level)
		if err != nil {
			return nil, err
		}
		ranks = append(ranks, i, k, lo, hi)
		r.share = append(r.share, share)
	}
	for c := range curve {
		i, _, _ := InverseCDF.ranks(n, curveLevel(c, curve))
		ranks = append(ranks, i)
	}
	r.found = newSelection(x).at(ranks)
	return r, nil
}

// curveLevel returns the probability at which point c of a curve is read.
func curveLevel(c, points int) float64 { return (float64(c) + 0.5) / float64(points) }

// quantile returns percentile number k.
func (r *reader) quantile(k int) Estimate {
	f := r.found[4*k : 4*k+4]
	v := mixed(f[0], f[1], r.share[k])
	return Estimate{v, math.Min(v, f[2]), math.Max(v, f[3]), false, Sampling}
}

// points returns the curve. Where several points have one value, the draws up to it
// are counted; elsewhere the rank tells.
func (r *reader) points() []Point {
	at := r.found[4*len(r.share):]
	var out []Point
	for c := 0; c < len(at); {
		next := c + 1
		for next < len(at) && at[next] == at[c] {
			next++
		}
		p := 1 - curveLevel(c, r.curve)
		if next > c+1 {
			p = exceeding(r.sample, at[c])
		}
		out = append(out, Point{at[c], p})
		c = next
	}
	return out
}

// exceeding returns the share of draws greater than x.
func exceeding(sample []float64, x float64) float64 {
	n := 0
	for _, v := range sample {
		if v > x {
			n++
		}
	}
	return float64(n) / float64(len(sample))
}

// exceedance returns the share of draws greater than x with the interval of Clopper
// and Pearson.
func (r *reader) exceedance(x float64) Exceedance {
	n := float64(len(r.sample))
	p := exceeding(r.sample, x)
	k := math.Round(p * n)
	tail := (1 - r.o.Level) / 2
	lo, hi := 0.0, 1.0
	if k > 0 {
		lo, _ = newBetaLaw(k, n-k+1).quantile(tail, 1-tail)
	}
	if k < n {
		hi, _ = newBetaLaw(k+1, n-k).quantile(1-tail, tail)
	}
	return Exceedance{x, Estimate{p, math.Min(lo, p), math.Max(hi, p), false, Sampling}}
}

// total reads all that is wanted of drawn totals; mean and sd come from elsewhere.
func sampledTotal(x, above []float64, mean, sd Estimate, o *Options) (Total, error) {
	r, err := newReader(x, o.Percentiles, o.CurvePoints, o)
	if err != nil {
		return Total{}, err
	}
	t := Total{Mean: mean, SD: sd, Curve: r.points()}
	for k, p := range o.Percentiles {
		t.Quantiles = append(t.Quantiles, Quantile{p, r.quantile(k)})
	}
	for _, v := range above {
		t.Exceedances = append(t.Exceedances, r.exceedance(v))
	}
	return t, nil
}

// sampleMoments returns the mean and the standard deviation of drawn totals, with
// large-sample intervals.
func sampleMoments(x []float64, level float64) (mean, sd Estimate, err error) {
	n := float64(len(x))
	if n < 2 {
		return mean, sd, fmt.Errorf("quant: moments of %d draws: %w", len(x), ErrTooFew)
	}
	var m, m2, m4 float64
	for _, v := range x {
		m += v / n
	}
	for _, v := range x {
		d := (v - m) * (v - m)
		m2 += d / n
		m4 += d * d / n
	}
	z := normQuantile((1 + level) / 2)
	s := math.Sqrt(m2 * n / (n - 1))
	wide := z * s / math.Sqrt(n)
	mean = Estimate{m, m - wide, m + wide, false, Sampling}
	sd = Estimate{s, s, s, false, Sampling}
	if s > 0 {
		wide = z * math.Sqrt(math.Max(0, m4-m2*m2)/n) / (2 * s)
		sd.Lo, sd.Hi = math.Max(0, s-wide), s+wide
	}
	return mean, sd, nil
}
