package quant

import (
	"fmt"
	"math"
)

// A TruncatedNormal is a normal distribution restricted to an interval. Its mean
// and variance are those after the cut, not the parameters. The zero value is the
// point 0.
type TruncatedNormal struct {
	mean, sd, min, max float64
	lo, hi             float64 // the ends in standard deviations from the mean
	mass               float64 // probability between them
	cutMean, cutVar    float64
}

// NewTruncatedNormal returns the normal distribution with the given mean and
// standard deviation, both before the cut, restricted to [lo, hi]; an end may be
// infinite, and lo = hi is a point. The error wraps [ErrRange] if lo > hi, sd ≤ 0, a
// parameter is no number, or the normal has less than 1e-290 of its probability
// between the ends.
func NewTruncatedNormal(mean, sd, lo, hi float64) (TruncatedNormal, error) {
	var f faults
	f.number("mean", mean)
	f.positive("sd", sd)
	if !(lo <= hi) || (lo == hi && math.IsInf(lo, 0)) {
		f.addf("max", "%w: from %v to %v", ErrRange, lo, hi)
	}
	for i, end := range []float64{lo, hi} {
		if !math.IsInf(end, 0) {
			f.number([]string{"min", "max"}[i], end)
		}
	}
	t := TruncatedNormal{mean: mean, sd: sd, min: lo, max: hi, cutMean: lo}
	if len(f) == 0 && lo < hi {
		t.lo, t.hi = (lo-mean)/sd, (hi-mean)/sd
		if t.mass = normBetween(t.lo, t.hi); !(t.mass >= 1e-290) {
			f.addf("min", "%w: no probability from %v to %v", ErrRange, lo, hi)
		}
	}
	if err := f.of("truncated normal"); err != nil {
		return TruncatedNormal{}, err
	}
	if lo < hi {
		t.cutMean, t.cutVar = t.moments()
	}
	return t, nil
}

// normBetween returns P(lo < Z ≤ hi), in the nearer tail.
func normBetween(lo, hi float64) float64 {
	switch {
	case lo >= 0:
		return normSF(lo) - normSF(hi)
	case hi <= 0:
		return normCDF(hi) - normCDF(lo)
	default:
		return 0.5*math.Erf(hi/math.Sqrt2) - 0.5*math.Erf(lo/math.Sqrt2)
	}
}

// moments integrates from the likeliest point between the ends: the closed
// forms are differences of large numbers in a tail or a narrow interval.
func (t TruncatedNormal) moments() (mean, variance float64) {
	at := math.Min(math.Max(0, t.lo), t.hi)
	reach := 40 / (1 + math.Abs(at)) // beyond, the density is below e^-40 of its peak
	lo, hi := math.Max(t.lo, at-reach), math.Min(t.hi, at+reach)
	var m0, m1, m2 float64
	const panels = 32
	for i := range panels {
		from, to := lo+(hi-lo)*float64(i)/panels, lo+(hi-lo)*float64(i+1)/panels
		for k, node := range gauss8.x {
			d := from + (to-from)*node - at
			w := gauss8.w[k] * math.Exp(-0.5*d*(d+2*at)) // φ(at+d)/φ(at)
			m0, m1, m2 = m0+w, m1+w*d, m2+w*d*d
		}
	}
	shift := m1 / m0
	mean = math.Min(math.Max(t.mean+t.sd*(at+shift), t.min), t.max)
	return mean, t.sd * t.sd * math.Max(0, m2/m0-shift*shift)
}

// CDF returns the share of the remaining probability up to x.
func (t TruncatedNormal) CDF(x float64) float64 {
	switch {
	case t.min == t.max:
		return step(t.min, x)
	case !(x > t.min):
		return 0
	case x >= t.max:
		return 1
	}
	z := (x - t.mean) / t.sd
	if t.lo+t.hi > 0 { // the upper tail is the nearer
		return clamp(1 - normBetween(z, t.hi)/t.mass)
	}
	return clamp(normBetween(t.lo, z) / t.mass)
}

// Quantile inverts the CDF in the nearer tail, so that cuts at 30 standard
// deviations keep their digits.
func (t TruncatedNormal) Quantile(p float64) float64 {
	p = clamp(p)
	switch {
	case t.min == t.max, p == 0 && !math.IsInf(t.min, 0):
		return t.min
	case p == 1 && !math.IsInf(t.max, 0):
		return t.max
	}
	lower := normCDF(t.lo) + p*t.mass
	upper := normSF(t.hi) + (1-p)*t.mass
	var z float64
	if t.lo >= 0 || (t.hi > 0 && lower > upper) {
		z = -normQuantile(upper)
	} else {
		z = normQuantile(lower)
	}
	return math.Min(math.Max(t.mean+t.sd*z, t.min), t.max)
}

// Mean returns the mean after the cut.
func (t TruncatedNormal) Mean() float64 { return t.cutMean }

// Var returns the variance after the cut.
func (t TruncatedNormal) Var() float64 { return t.cutVar }

// String returns "normal(100, 50) in [0, 150]".
func (t TruncatedNormal) String() string {
	return fmt.Sprintf("normal(%v, %v) in [%v, %v]", t.mean, t.sd, t.min, t.max)
}

func (t TruncatedNormal) atoms() (x, p []float64) { return pointAtom(t.min, t.max) }

func (t TruncatedNormal) slopes(x float64) (density, derivative float64) {
	z := (x - t.mean) / t.sd
	f := phi(z) / t.mass / t.sd
	return f, -f * z / t.sd
}
