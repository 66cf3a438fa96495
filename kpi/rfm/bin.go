package rfm

import (
	"slices"

	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/kpi/internal/quantile"
)

// binning is one column being put into bins. Bins are counted from 0 along the
// values.
type binning struct {
	axis  Axis // explicit
	col   column
	order []uint32 // customers in ascending order of value; see place
	ranks []int    // the ranks of those in order, if these are not all
	bin   []uint8  // by customer
	cuts  Cuts
}

// newBinning bins a column along an explicit, valid axis. The tie-break, nil for
// that by customer, says which of two customers of one value is dealt first.
func newBinning(axis Axis, d Dimension, col column, tie func(i, j uint32) int) *binning {
	b := &binning{axis: axis, col: col, bin: make([]uint8, col.Len())}
	b.cuts = Cuts{Dimension: d, Bins: axis.Bins, Customers: int64(col.Len())}
	n := col.Len()
	if n == 0 {
		return b
	}
	if n >= manyCustomers && b.selects() {
		switch values := col.(type) {
		case ints[int32]:
			selected(b, values)
			return b
		case ints[int64]:
			selected(b, values)
			return b
		}
	}
	b.order = col.order()
	b.cuts.Lowest, b.cuts.Highest = col.value(b.order[0]), col.value(b.order[n-1])
	switch axis.Method {
	case NTile:
		b.deal(tie)
	case Fixed:
		b.fixed()
	case RCompatible:
		b.inR()
	default:
		b.quantiles()
	}
	return b
}

// score returns the score of a customer: the bin, counted from the worst.
func (b *binning) score(i int) uint8 {
	if b.cuts.Dimension == Recency {
		return uint8(b.cuts.Bins) - b.bin[i]
	}
	return b.bin[i] + 1
}

// A knot is a type 7 quantile of the values: it lies part/bins of the way from the
// value of a rank to that of the next.
type knot struct {
	rank int
	part int64 // less than bins
}

// knots returns the type 7 quantiles i/bins, 0 < i < bins: the position (n−1)i/bins
// is exact in integers.
func (b *binning) knots() []knot {
	bins := int64(b.axis.Bins)
	knots := make([]knot, 0, bins-1)
	for i := int64(1); i < bins; i++ {
		position := (b.cuts.Customers - 1) * i
		knots = append(knots, knot{int(position / bins), position % bins})
	}
	return knots
}

// low and high return the customers whose values a knot lies between.
func (b *binning) low(k knot) uint32  { return b.place(k.rank) }
func (b *binning) high(k knot) uint32 { return b.place(min(k.rank+1, int(b.cuts.Customers)-1)) }

// isValue reports whether the quantile is a value of the column, not between two.
func (b *binning) isValue(k knot) bool {
	return k.part == 0 || b.col.compare(b.low(k), b.high(k)) == 0
}

// at returns the quantile itself.
func (b *binning) at(k knot) ratio.Ratio {
	low := b.col.value(b.low(k))
	if b.isValue(k) {
		return low
	}
	return low.Add(b.col.value(b.high(k)).Sub(low).Mul(ratio.New(k.part, int64(b.axis.Bins))))
}

// cut returns the knot as a cut point.
func (b *binning) cut(k knot) Cut {
	at := b.at(k)
	float, ok := at.Float64()
	if !ok {
		share := float64(k.part) / float64(b.axis.Bins)
		float = float64((1-share)*b.col.float(b.low(k))) + float64(share*b.col.float(b.high(k)))
	}
	return Cut{At: at, Float: float}
}

// quantiles bins by type 7 quantiles, right-closed. No value lies between a
// quantile and the value of the rank below it, so v ≤ quantile asks no more than
// whether v ≤ that value: no rounding, not even arithmetic.
func (b *binning) quantiles() {
	if b.axis.Ties == TiesInOrder {
		b.deals(b.order, b.ends())
		return
	}
	knots := b.cutAtKnots()
	b.walk(len(knots), func(i uint32, cut int) bool {
		return b.col.compare(i, b.low(knots[cut])) > 0
	})
}

// cutAtKnots sets the cut points of [Quantile], and returns their knots.
func (b *binning) cutAtKnots() []knot {
	knots := b.knots()
	if b.axis.Ties == TiesMerged { // otherwise bins may be empty
		knots = b.merge(knots)
		b.cuts.Bins = len(knots) + 1
	}
	for _, k := range knots {
		b.cuts.At = append(b.cuts.At, b.cut(k))
	}
	return knots
}

// merge drops knots that coincide with the one before, with the lowest or with
// the highest value.
func (b *binning) merge(knots []knot) []knot {
	first, last := b.place(0), b.place(int(b.cuts.Customers)-1)
	kept := slices.DeleteFunc(knots, func(k knot) bool {
		atLowest := b.isValue(k) && b.col.compare(b.low(k), first) == 0
		return atLowest || b.col.compare(b.low(k), last) == 0
	})
	return slices.CompactFunc(kept, func(k, next knot) bool {
		return b.isValue(k) && b.isValue(next) && b.col.compare(b.low(k), b.low(next)) == 0
	})
}

// walk goes through the customers in ascending order of value and moves on to the
// next bin as long as they are beyond the cut.
func (b *binning) walk(cuts int, beyond func(who uint32, cut int) bool) {
	bin := 0
	for _, who := range b.order {
		for bin < cuts && beyond(who, bin) {
			bin++
		}
		b.bin[who] = uint8(bin)
	}
}

// fixed bins by the cuts of the axis.
func (b *binning) fixed() {
	onCut := -1 // a value on the cut is beyond it if LeftClosed
	if b.axis.Closed == RightClosed {
		onCut = 0
	}
	b.cutAsGiven()
	b.walk(len(b.axis.Cuts), func(who uint32, cut int) bool {
		return b.col.value(who).Cmp(b.axis.Cuts[cut]) > onCut
	})
}

// cutAsGiven sets the cut points of [Fixed].
func (b *binning) cutAsGiven() {
	for _, at := range b.axis.Cuts {
		float, _ := at.Float64()
		b.cuts.At = append(b.cuts.At, Cut{At: at, Float: float})
	}
}

// deal bins by size, as NTILE does, dealing from the worst to the best.
func (b *binning) deal(tie func(i, j uint32) int) { b.deals(b.runs(tie), b.ends()) }

// ends returns where each bin but the last ends, in places of the ascending order,
// for the methods that deal.
func (b *binning) ends() []int {
	n, bins := int(b.cuts.Customers), b.axis.Bins
	ends := make([]int, 0, bins-1)
	if b.axis.Method != NTile {
		for _, k := range b.knots() {
			ends = append(ends, k.rank+1)
		}
		return ends
	}
	for i := 1; i < bins; i++ { // the first bins get one customer more
		ends = append(ends, i*(n/bins)+min(i, n%bins))
	}
	if b.cuts.Dimension == Recency { // from worst to best is against the values
		slices.Reverse(ends)
		for i := range ends {
			ends[i] = n - ends[i]
		}
	}
	return ends
}

// runs returns the customers in ascending order of value, with equals in the
// order of the tie-break; for recency in the opposite of that, since there it is
// dealt from the end.
func (b *binning) runs(tie func(i, j uint32) int) []uint32 {
	order := slices.Clone(b.order)
	for start := 0; start < len(order); {
		end := start + 1
		for end < len(order) && b.col.compare(order[start], order[end]) == 0 {
			end++
		}
		run := order[start:end]
		if tie != nil {
			slices.SortStableFunc(run, tie)
		}
		if b.cuts.Dimension == Recency {
			slices.Reverse(run)
		}
		start = end
	}
	return order
}

// deals bins by place in the order; bin i ends before place ends[i].
func (b *binning) deals(order []uint32, ends []int) {
	bin := 0
	for place, who := range order {
		for bin < len(ends) && place >= ends[bin] {
			bin++
		}
		b.bin[who] = uint8(bin)
	}
	b.cutAfterEach(ends)
}

func (b *binning) cutAfterEach(ends []int) {
	for _, end := range ends {
		b.cuts.At = append(b.cuts.At, b.cutAfter(end))
	}
}

// cutAfter returns the cut after so many customers.
func (b *binning) cutAfter(end int) Cut {
	if end == 0 {
		return Cut{At: ratio.Undefined("no customer up to here")}
	}
	last := b.place(end - 1)
	split := end < int(b.cuts.Customers) && b.col.compare(last, b.place(end)) == 0
	return Cut{At: b.col.value(last), Float: b.col.float(last), Split: split}
}

// inR bins as the R package rfm does, in float64: the cuts are the quantiles plus
// one, and of the bins [lower, upper) that a value lies in, the last one counts.
func (b *binning) inR() {
	unit := float64(b.axis.Unit)
	x := make([]float64, len(b.order))
	for place, who := range b.order {
		x[place] = b.col.float(who) / unit
	}
	b.cutsInR(x)
	lower, upper := []float64{x[0]}, []float64{}
	for _, cut := range b.cuts.At {
		lower, upper = append(lower, cut.Float), append(upper, cut.Float)
	}
	upper = append(upper, x[len(x)-1]+1)
	for place, who := range b.order {
		b.bin[who] = uint8(binInR(x[place], lower, upper))
	}
}

// cutsInR sets the cut points, with the probabilities as R's seq makes them.
func (b *binning) cutsInR(x []float64) {
	unit := ratio.Int(b.axis.Unit)
	step := 1 / float64(b.axis.Bins)
	for i, k := range b.knots() {
		edge := quantile.InR(x, float64(float64(i+1)*step)) + 1
		b.cuts.At = append(b.cuts.At, Cut{At: b.at(k).Quo(unit).Add(ratio.Int(1)), Float: edge})
	}
	b.cuts.Lowest = b.cuts.Lowest.Quo(unit)
	b.cuts.Highest = b.cuts.Highest.Quo(unit).Add(ratio.Int(1))
}

// binInR returns the last bin that x lies in. A value too large for one to be
// added is in none of R's bins, and here in the last.
func binInR(x float64, lower, upper []float64) int {
	for bin, low := range slices.Backward(lower) {
		if x >= low && x < upper[bin] {
			return bin
		}
	}
	return len(lower) - 1
}
