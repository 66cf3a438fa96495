package quant

import (
	"math"
	"slices"
)

// A trust is the range of totals in which a law is to be computed.
type trust struct {
	lo, hi       float64
	least, great float64 // possible values
}

// support returns the least and the greatest value that a sum can take.
func support(components []component) (lo, hi float64) {
	for i := range components {
		for _, p := range components[i].parts {
			times := 1.0
			if p.counts != nil {
				times = math.Inf(1)
			}
			least, great := p.value.Quantile(0)-p.shift, p.value.Quantile(1)-p.shift
			if p.p < 1 {
				least, great = math.Min(least, 0), math.Max(great, 0)
			}
			lo, hi = lo+product(least, times), hi+product(great, times)
		}
	}
	return math.Max(lo, -largest*largest), math.Min(hi, largest*largest)
}

// product is that of two numbers, 0 for 0 and infinity.
func product(x, times float64) float64 {
	if x == 0 {
		return 0
	}
	return x * times
}

// newTrust returns the range of the pilot, half as much again on either side of its
// median, and 0; never more than is possible. Where the
// finest grid would be too coarse for that, because of a long tail, it is the range of
// 99.8 % of the pilot instead: what lies beyond is bounded by the slack.
func newTrust(pilot []float64, components []component, least, great, shift float64) *trust {
	n := int64(len(pilot))
	rare := n / 1000
	found := newSelection(pilot).at([]int64{1, 1 + rare, (n + 1) / 2, n - rare, n})
	for i := range found {
		found[i] -= shift
	}
	around := func(lo, hi float64) *trust {
		mid := found[2]
		lo, hi = lo-0.5*(mid-lo), hi+0.5*(hi-mid)
		return &trust{math.Min(math.Max(lo, least), 0), math.Max(math.Min(hi, great), 0), least, great}
	}
	t := around(found[0], found[4])
	if t.hi <= t.lo {
		t.fill(components) // nothing rare happened in the pilot
		return t
	}
	near := around(found[1], found[3])
	w := t.window(deepest(components))
	if near.hi > near.lo && w.h > 1e-3*(found[3]-found[1]) {
		return near
	}
	return t
}

// reaching returns a range that holds some values too, and whether it is another.
func (t *trust) reaching(values []float64, shift float64) (*trust, bool) {
	r := *t
	for _, x := range values {
		r.lo, r.hi = math.Min(r.lo, x-shift), math.Max(r.hi, x-shift)
	}
	r.lo, r.hi = math.Max(r.lo, math.Min(t.lo, t.least)), math.Min(r.hi, math.Max(t.hi, t.great))
	return &r, r != *t
}

// fill widens the range by what each part alone can be.
func (t *trust) fill(components []component) {
	for i := range components {
		for _, p := range components[i].parts {
			t.lo = math.Min(t.lo, p.value.Quantile(0.001)-p.shift)
			t.hi = math.Max(t.hi, p.value.Quantile(0.999)-p.shift)
		}
	}
}

// window lays n grid points over the range, such that no sum that matters wraps into
// it: a value larger than the range is dropped, since no sum with it is trusted, and
// a smaller one together with the others ends beyond the range but before the end of
// the window. For that the range holds 0, around which the other values lie.
func (t *trust) window(n int) window {
	d := t.hi - t.lo
	left, right := 0.02*d, 0.02*d
	if t.lo > t.least {
		left += d
	}
	if t.hi < t.great {
		right += d
	}
	return window{origin: t.lo - left, h: (d + left + right) / float64(n), n: n, lo: -d, hi: d}
}

// below returns the expected number of values that are dropped below: about the
// probability of it, as it is small.
func (t *trust) below(components []component, w *window) float64 {
	sum := 0.0
	for i := range components {
		for _, p := range components[i].parts {
			if p.value.Quantile(0)-p.shift < w.lo {
				for _, s := range p.exceeds() {
					sum += s * p.value.CDF(w.lo+p.shift)
				}
			}
		}
	}
	return sum
}

// slack bounds what wraps: two values that are large together, or one dropped below
// and one above.
func (t *trust) slack(law *totalLaw) float64 {
	over, under := 1-law.cdf(t.hi), law.cdf(t.lo)
	if t.hi >= t.great {
		over = 0
	}
	if t.lo <= t.least {
		under = 0
	}
	return 1e-11 + over*over + under*under + law.below*over
}

// widen doubles the range on a side where a percentile lies outside of it, and reports
// whether it did.
func (t *trust) widen(law *totalLaw, percentiles []float64) bool {
	d := t.hi - t.lo
	wider := false
	if t.hi < t.great && law.cdf(t.hi) < slices.Max(percentiles) {
		t.hi, wider = math.Min(t.hi+d, t.great), true
	}
	if t.lo > t.least && law.cdf(t.lo) > slices.Min(percentiles) {
		t.lo, wider = math.Max(t.lo-d, t.least), true
	}
	return wider
}
