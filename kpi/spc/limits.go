package spc

import (
	"fmt"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// Limits are what points are held against: estimated from a baseline once, then kept.
// They are a plain comparable value with a JSON form; what is not in a field follows
// from the fields by the constants of the chart. The zero Limits are undefined.
type Limits struct {
	Baseline calendar.Interval `json:"baseline,omitzero"` // first and last day of the points they come from; zero if they were set by hand
	Points   int               `json:"points,omitempty"`  // how many points, or subgroups, they come from
	Size     int               `json:"size,omitempty"`    // values in each subgroup; 0 for individuals
	Spread   Spread            `json:"spread,omitzero"`
	Center   float64           `json:"center"`
	Width    float64           `json:"width"`            // mean or median moving range, mean range or mean standard deviation, as Spread says
	Reason   string            `json:"reason,omitempty"` // why there are none; empty if there are
}

// Defined reports whether there are limits.
func (l Limits) Defined() bool { return l.Spread.IsValid() && l.Reason == "" }

// IsConstant reports whether the limits are defined and have no width, since the points
// of the baseline are all equal: any other value is a signal then.
func (l Limits) IsConstant() bool { return l.Defined() && l.Width == 0 }

// factors returns what Width is multiplied by: for the sigma of a plotted point, and
// for the limits of the spread.
func (l Limits) factors() (sigma, lower, upper float64) {
	if l.Size == 0 {
		c, _ := ConstantsOf(2)
		if l.Spread == MedianRange {
			return 1 / medianRange, 0, (c.D2 + 3*c.D3) / medianRange
		}
		return 1 / c.D2, 0, c.RangeUpper
	}
	c, _ := ConstantsOf(l.Size)
	if l.Spread == StandardDeviation {
		return c.MeanDev / 3, c.DevLower, c.DevUpper
	}
	return c.MeanRange / 3, c.RangeLower, c.RangeUpper
}

// Sigma returns the estimated standard deviation of a plotted point: of a value of
// individuals, of the mean of a subgroup. It is false if the limits are undefined.
func (l Limits) Sigma() (sigma float64, ok bool) {
	if !l.Defined() {
		return 0, false
	}
	factor, _, _ := l.factors()
	return l.Width * factor, true
}

// Zone returns the lines k sigmas from the centre: Zone(3) are the control limits. It
// is false if the limits are undefined, or if k is negative or not finite, or above
// 1,000.
func (l Limits) Zone(k float64) (lower, upper float64, ok bool) {
	sigma, ok := l.Sigma()
	if !ok || !(k >= 0 && k <= 1000) {
		return 0, 0, false
	}
	away := float64(k * sigma)
	return l.Center - away, l.Center + away, true
}

// Bounds returns the control limits, three sigmas from the centre.
func (l Limits) Bounds() (lower, upper float64, ok bool) { return l.Zone(3) }

// SpreadBounds returns the limits of the spread chart: of moving ranges, of the
// ranges or of the standard deviations of subgroups.
func (l Limits) SpreadBounds() (lower, upper float64, ok bool) {
	if !l.Defined() {
		return 0, 0, false
	}
	_, lo, hi := l.factors()
	return l.Width * lo, l.Width * hi, true
}

// String returns the limits for people, "4.2 (3.1 to 5.3)" with four significant digits,
// or "n/a" with the reason.
func (l Limits) String() string {
	lo, hi, ok := l.Bounds()
	switch {
	case ok:
		return fmt.Sprintf("%.4g (%.4g to %.4g)", l.Center, lo, hi)
	case l.Reason == "":
		return "n/a"
	default:
		return "n/a: " + l.Reason
	}
}

// Validate reports every fault of limits that were read or set by hand. Undefined
// limits have none.
func (l Limits) Validate() error {
	var f verdict.Faults
	l.check(&f)
	return f.Err()
}

func (l Limits) check(f *verdict.Faults) {
	if !l.Baseline.IsValid() {
		f.Addf("baseline", "%w: %v", verdict.ErrRange, l.Baseline)
	}
	if l.Points < 0 {
		f.Addf("points", "%w: %d", verdict.ErrRange, l.Points)
	}
	if l.Size != 0 && (l.Size < 2 || l.Size > MaxSize) {
		f.Addf("size", "%w: %d, want 0 or 2 to %d", verdict.ErrRange, l.Size, MaxSize)
	}
	checkSpread(f, "spread", l.Spread, l.Size > 0)
	checkValue(f, "center", l.Center)
	if !(l.Width >= 0 && l.Width <= 2*MaxValue) {
		f.Addf("width", "%w: %v, want 0 to %v", verdict.ErrRange, l.Width, 2*MaxValue)
	}
}

// checkSpread records a spread that is none, or not one of the chart; zero is none.
func checkSpread(f *verdict.Faults, path string, s Spread, isSubgrouped bool) {
	switch {
	case s != 0 && !s.IsValid():
		f.Addf(path, "%w: %v", verdict.ErrUnknown, s)
	case s == MedianRange && isSubgrouped:
		f.Addf(path, "%w: %v is for individuals, not for subgroups", verdict.ErrInvalid, s)
	case s == StandardDeviation && !isSubgrouped:
		f.Addf(path, "%w: %v is for subgroups; of individuals it would count a change as noise", verdict.ErrInvalid, s)
	}
}

// spreadOf returns the mean or median of moving ranges.
func spreadOf(ranges []float64, s Spread) float64 {
	if s == MedianRange {
		return median(ranges)
	}
	return mean(ranges)
}
