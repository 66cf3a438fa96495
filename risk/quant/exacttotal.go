package quant

import (
	"math"
	"slices"
)

// An exactTotal is the law of a total, together with the laws that a coarser grid
// and fewer nodes give.
type exactTotal struct {
	best   *totalLaw
	others []*totalLaw
	slack  float64 // error of a probability that no comparison shows
	slip   float64 // how far quantiles of the others are off, in the middle of many levels
	gap    float64 // and probabilities
	shift  float64 // added to every value
	lo, hi float64 // least and greatest possible value

	near *trust      // where this law holds, if another one is asked beyond
	far  *exactTotal // that other one, without shift
}

// settled reports whether the limits of all percentiles lie within a distance.
func (e *exactTotal) settled(percentiles []float64, within float64) bool {
	for _, p := range percentiles {
		if e.quantile(p).HalfWidth() > within {
			return false
		}
	}
	return true
}

// measure finds the slip and the gap: the medians, over many levels, of how far the
// other laws are off. Where two laws cross they agree by chance, so no single
// percentile is believed to be known better than they are at most others.
func (e *exactTotal) measure() {
	const levels = 19
	slips, gaps := make([]float64, levels), make([]float64, levels)
	for i := range slips {
		p := float64(i+1) / (levels + 1)
		x := e.best.quantile(p)
		for _, law := range e.others {
			slips[i] = math.Max(slips[i], math.Abs(law.quantile(p)-x))
			gaps[i] = math.Max(gaps[i], math.Abs(law.cdf(x)-e.best.cdf(x)))
		}
	}
	slices.Sort(slips)
	slices.Sort(gaps)
	e.slip, e.gap = slips[levels/2], gaps[levels/2]
}

// doubtful reports whether the limits of a percentile are wider than a thousandth of
// what the total spreads over. Where only rounding is at work they are as they must be:
// wide at a jump only.
func (e *exactTotal) doubtful(percentiles []float64) bool {
	if len(e.others) == 0 {
		return false
	}
	spread := e.best.quantile(0.95) - e.best.quantile(0.05)
	return spread > 0 && !e.settled(percentiles, 1e-3*spread)
}

// quantile returns the P-quantile. Its limits are twice as far away as the farthest
// of what the other laws give, for probabilities moved by the slack, or as the slip.
func (e *exactTotal) quantile(p float64) Estimate {
	v := e.best.quantile(p)
	off := e.slip
	for _, law := range append([]*totalLaw{e.best}, e.others...) {
		off = math.Max(off, math.Abs(law.quantile(math.Max(p-e.slack, 0))-v))
		off = math.Max(off, math.Abs(law.quantile(math.Min(p+e.slack, 1))-v))
	}
	if len(e.others) > 0 {
		off *= 2
	}
	bound := Refinement
	if len(e.others) == 0 {
		bound = Rounding
	}
	est := Estimate{v, math.Min(v, math.Max(e.lo, v-off)), math.Max(v, math.Min(e.hi, v+off)), true, bound}
	return est.plus(e.shift)
}

// exceedance returns P(total > x), with limits made in the same way.
func (e *exactTotal) exceedance(x float64) Exceedance {
	at := x - e.shift
	if e.far != nil && (at < e.near.lo || at > e.near.hi) {
		return Exceedance{x, e.far.exceedance(at).Estimate}
	}
	p := 1 - e.best.cdf(at)
	off := e.gap
	for _, law := range e.others {
		off = math.Max(off, math.Abs(1-law.cdf(at)-p))
	}
	off = 2*off + e.slack
	bound := Refinement
	if len(e.others) == 0 {
		bound = Rounding
	}
	return Exceedance{x, Estimate{p, math.Max(0, p-off), math.Min(1, p+off), true, bound}}
}

// curve returns points at equal steps of probability, one for each value.
func (e *exactTotal) curve(points int) []Point {
	var out []Point
	least := 1.0
	for c := range points {
		x := e.best.quantile(curveLevel(c, points))
		if n := len(out); n > 0 && x+e.shift <= out[n-1].Value {
			continue
		}
		least = math.Min(least, math.Max(0, 1-e.best.cdf(x)))
		out = append(out, Point{x + e.shift, least})
	}
	return out
}

// total collects what is wanted of a law.
func (e *exactTotal) total(above []float64, mean, sd Estimate, o *Options) Total {
	t := Total{Mean: mean, SD: sd, Curve: e.curve(o.CurvePoints)}
	for _, p := range o.Percentiles {
		t.Quantiles = append(t.Quantiles, Quantile{p, e.quantile(p)})
	}
	for _, x := range above {
		t.Exceedances = append(t.Exceedances, e.exceedance(x))
	}
	return t
}

// scaled returns the law of factor·(base + S).
func (e *exactTotal) scaled(factor Dist, base float64) *exactTotal {
	const step = 0.05
	base += e.shift
	out := &exactTotal{best: e.best.scaled(factor, base, step), slack: e.slack, lo: -largest * largest, hi: largest * largest}
	for _, law := range e.others {
		out.others = append(out.others, law.scaled(factor, base, step))
	}
	if _, discrete := discreteFactor(factor); !discrete {
		out.others = append(out.others, e.best.scaled(factor, base, 2*step))
	}
	out.measure()
	return out
}
