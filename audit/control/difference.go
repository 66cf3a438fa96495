package control

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/schedule"
)

// A Difference is how an option fares against another one, iteration by iteration:
// both had the same draws for what is the same in them, so that what is left is what
// makes them differ. Its intervals are of 95 %, each by itself, and tell how much
// another seed could move the numbers.
type Difference struct {
	Option     string `json:"option"`
	Against    string `json:"against"`
	Iterations int    `json:"iterations"`
	Mean       Shift  `json:"mean"` // of the finish
	P50        Shift  `json:"p50"`
	P80        Shift  `json:"p80"`
	OnTime     Odds   `json:"onTime"` // to finish by the due date that each of them promises
	Agreed     Odds   `json:"agreed"` // to finish by the due date that is agreed now
}

// A Shift is by how many civil days an option finishes later than another; negative
// ones are earlier. [Shift.Told] says whether that is more than the luck of the draw.
type Shift struct {
	Days float64 `json:"days"`
	Low  float64 `json:"low"`
	High float64 `json:"high"`
	// Unbounded says why there is no interval; Low and High are then Days.
	Unbounded string `json:"unbounded,omitempty"`
}

// Odds are by how much likelier an option is on time than another. [Odds.Told] says
// whether that is more than the luck of the draw.
type Odds struct {
	Pairs   Pairs             `json:"pairs"`
	Gain    schedule.Estimate `json:"gain"`    // see [Pairs.Gain]
	McNemar float64           `json:"mcnemar"` // see [Pairs.McNemar]
}

// String returns the difference as a sentence for people.
func (d Difference) String() string {
	return fmt.Sprintf("%s against %s: mean %s, P80 %s; on time %s, by the agreed date %s",
		d.Option, d.Against, d.Mean, d.P80, d.OnTime, d.Agreed)
}

// String returns the shift such as "-18.0 days (-18.2 to -17.8)".
func (s Shift) String() string {
	if s.Unbounded != "" {
		return fmt.Sprintf("%+.1f days (%s)", s.Days, s.Unbounded)
	}
	return fmt.Sprintf("%+.1f days (%+.1f to %+.1f)", s.Days, s.Low, s.High)
}

// String returns the gain in percentage points, such as "+46.2 points (+45.2 to +47.1)".
func (o Odds) String() string {
	return fmt.Sprintf("%+.1f points (%+.1f to %+.1f)", 100*o.Gain.Value, 100*o.Gain.Low, 100*o.Gain.High)
}

// level is the significance of what is told apart.
const level = 0.05

// Told reports whether the chances differ by more than the luck of the draw: whether
// the exact test of McNemar of the pairs gives less than 5 %. Between options that are
// equally likely to be on time it says so in at most one of 20 seeds, however few or
// rare the iterations that set them apart: that is what the exact test keeps, and the
// interval of the gain only on average. The price is that it needs at least six such
// iterations, and that a gain may stay untold though its interval just misses 0.
//
// It does not say that the gain matters: with iterations enough, the smallest one is
// told. What is not told is not the same; more iterations may tell it. It speaks of
// the draws, not of how good the estimates are. And it is of one comparison: of many,
// or of the best one that was picked among many, some will be told by luck.
//
// The pairs alone count. Without any, nothing is told.
func (o Odds) Told() bool {
	p, ok := o.Pairs.McNemar()
	return ok && p < level
}

// Told reports whether the options finish apart by more than the luck of the draw:
// whether there is an interval, and 0 is not in it. For the mean that is the paired
// t-test at 5 %, which holds approximately, from some thirty iterations on; for a
// percentile see [Trials.Difference]. What it does not say is what [Odds.Told] does
// not say either; and the two may disagree, as a finish can move without a date being
// missed.
func (s Shift) Told() bool { return s.Unbounded == "" && (s.Low > 0 || s.High < 0) }

// Differences are differences of several options.
type Differences []Difference

// Markdown renders the differences as a table for people. The text ends with a
// newline and depends on the differences alone.
func (ds Differences) Markdown() string {
	var b strings.Builder
	b.WriteString("| option | against | mean | P50 | P80 | on time | agreed |\n")
	b.WriteString("|---|---|---|---|---|---|---|\n")
	for _, d := range ds {
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %s | %s | %s |\n",
			cell(d.Option), cell(d.Against), d.Mean, d.P50, d.P80, d.OnTime, d.Agreed)
	}
	return b.String()
}

// differ returns the difference of two samples.
func differ(one, two *sample, due, other, agreed calendar.Date) Difference {
	return Difference{
		Iterations: len(one.finishes), Mean: meanShift(one.finishes, two.finishes),
		P50: quantileShift(one, two, 0.5), P80: quantileShift(one, two, 0.8),
		OnTime: odds(one, two, due, other), Agreed: odds(one, two, agreed, agreed),
	}
}

func odds(one, two *sample, due, other calendar.Date) Odds {
	a, _ := one.until(due)
	b, _ := two.until(other)
	var p Pairs
	for i, t := range one.finishes {
		switch {
		case t <= a && two.finishes[i] <= b:
			p.Both++
		case t <= a:
			p.Only++
		case two.finishes[i] <= b:
			p.Other++
		default:
			p.Neither++
		}
	}
	o := Odds{Pairs: p}
	o.Gain, _ = p.Gain()
	o.McNemar, _ = p.McNemar()
	return o
}

// tooFew is why a shift has no interval.
const tooFew = "too few iterations for an interval"

// meanShift returns the mean of the differences d of the finishes, with the interval
// of the paired t-test, mean ± t(n − 1)·s/√n. One difference has no interval.
func meanShift(one, two []float64) Shift {
	n := float64(len(one))
	mean := 0.0
	for i, t := range one {
		mean += t - two[i]
	}
	mean /= n
	if n < 2 {
		return Shift{mean, mean, mean, tooFew}
	}
	squares := 0.0
	for i, t := range one {
		d := t - two[i] - mean
		squares += float64(d * d)
	}
	half := student95(len(one)-1) * math.Sqrt(squares/(n-1)/n)
	return Shift{Days: mean, Low: mean - half, High: mean + half}
}

// sections is how many parts a sample is cut into for the interval of a percentile,
// and leastSection how many iterations each of them has to have.
const (
	sections     = 10
	leastSection = 100
)

// quantileShift returns the difference of two percentiles of the finish.
//
// Its interval is that of sectioning (M. K. Nakayama, "Confidence intervals for
// quantiles using sectioning when applying variance-reduction techniques", ACM
// Transactions on Modeling and Computer Simulation 24 (2014) 19): the iterations are
// cut into ten parts, and the differences dₖ of the percentiles of each part spread
// about the difference d of all as that would,
//
//	d ± t(9)·√(Σ(dₖ − d)²/9/10)
//
// Below 1,000 iterations it is the one that two intervals of order statistics imply
// which hold with 97.5 % each (Bonferroni): wider, but right for any number. Where
// there is no such order statistic, there is no interval.
func quantileShift(one, two *sample, q float64) Shift {
	n := len(one.sorted)
	at, low, high := ranks(n, q, halfTail)
	d := one.sorted[at-1] - two.sorted[at-1]
	switch {
	case n >= sections*leastSection:
		half := sectioned(one.finishes, two.finishes, q, d)
		return Shift{Days: d, Low: d - half, High: d + half}
	case low < 1 || high > n:
		return Shift{d, d, d, tooFew}
	default:
		return Shift{Days: d, Low: one.sorted[low-1] - two.sorted[high-1], High: one.sorted[high-1] - two.sorted[low-1]}
	}
}

// sectioned returns the half width of an interval by sectioning.
func sectioned(one, two []float64, q, d float64) float64 {
	n, squares := len(one), 0.0
	for k := range sections {
		from, until := n*k/sections, n*(k+1)/sections
		off := percentile(one[from:until], q) - percentile(two[from:until], q) - d
		squares += float64(off * off)
	}
	return student95(sections-1) * math.Sqrt(squares/(sections-1)/sections)
}

// percentile returns the smallest value that the share q of them does not exceed.
func percentile(values []float64, q float64) float64 {
	sorted := slices.Clone(values)
	slices.Sort(sorted)
	at, _, _ := ranks(len(sorted), q, tail)
	return sorted[at-1]
}
