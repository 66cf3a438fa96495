package rfm

import "github.com/crmrollout/crm/crmproject/ratio"

// Cuts are the cut points that scores along one dimension come from, so that a
// score can be explained, and the same cuts be applied again by [Fixed].
//
// Bins are counted along the values, from the lowest: for frequency and monetary
// value the first bin has score 1, for recency the best score. At[i] divides bin i+1
// from bin i+2. Which side a value on a cut belongs to is the method's business:
// the lower bin under [Quantile], the upper one under [RCompatible].
//
// Values are in days, orders, days with orders, or minor units; under [RCompatible]
// in [Axis.Unit] of them.
type Cuts struct {
	Dimension Dimension   `json:"dimension"`
	Within    Cell        `json:"within,omitzero"` // the scores of the customers that were binned, if Nested
	Customers int64       `json:"customers"`       // how many were binned
	Bins      int         `json:"bins"`            // fewer than asked for only if TiesMerged
	Lowest    ratio.Ratio `json:"lowest,omitzero"`
	Highest   ratio.Ratio `json:"highest,omitzero"`
	At        []Cut       `json:"at,omitempty"`
}

// A Cut is one cut point.
//
// Under [NTile] and [TiesInOrder] there is no such thing as a value to cut at: it
// is the largest value of the bins up to here, undefined if they are empty, and
// Split says that the next bin has customers of the same value.
type Cut struct {
	At    ratio.Ratio `json:"at"`    // exact; undefined with the reason "overflow" if it does not fit
	Float float64     `json:"float"` // nearest to At; under RCompatible the number that R compares with
	Split bool        `json:"split,omitempty"`
}

// Bounds returns the limits of a bin, counted from 1: the cuts on its two sides,
// or the lowest and the highest value at the ends. They are undefined for any
// other bin. For [RCompatible] the upper limit of the last bin is one more than
// the highest value, as R has it.
func (c Cuts) Bounds(bin int) (lo, hi ratio.Ratio) {
	if bin < 1 || bin > c.Bins || len(c.At) != c.Bins-1 {
		none := ratio.Undefined("no such bin")
		return none, none
	}
	lo, hi = c.Lowest, c.Highest
	if bin > 1 {
		lo = c.At[bin-2].At
	}
	if bin < c.Bins {
		hi = c.At[bin-1].At
	}
	return lo, hi
}
