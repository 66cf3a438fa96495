package rfm

import (
	"math"
	"slices"

	"github.com/crmrollout/crm/kpi/internal/selection"
)

// manyCustomers is from how many customers on bins are found by selection instead
// of sorting. A variable for the tests, which go both ways.
var manyCustomers = 512

// selects reports whether a column of integers can be binned without sorting: only
// the values next to the cuts are looked for, and every customer is compared with
// these. Tie-breaks by another dimension need the order of all, and R's rounding
// has its own way.
func (b *binning) selects() bool {
	switch b.axis.Method {
	case Quantile:
		return true
	case NTile:
		return b.axis.Break <= BreakByCustomerDescending
	case Fixed:
		_, ok := b.thresholds()
		return ok
	default:
		return false
	}
}

// selected bins the values. The column of b becomes that of the values at a few
// ranks, so that everything about cuts is the same as for a sorted column.
func (b *binning) selected(values ints) {
	ends := []int(nil)
	deals := b.axis.Method == NTile || b.axis.Ties == TiesInOrder
	if deals {
		ends = b.ends()
	}
	b.ranks = b.ranksNeeded(ends)
	b.col, b.order = ints(selection.At(values, b.ranks)), make([]uint32, len(b.ranks))
	for i := range b.order {
		b.order[i] = uint32(i)
	}
	b.cuts.Lowest, b.cuts.Highest = b.col.value(0), b.col.value(b.order[len(b.order)-1])
	switch {
	case deals:
		b.cutAfterEach(ends)
		b.dealSelected(values, ends)
	case b.axis.Method == Fixed:
		b.cutAsGiven()
		at, _ := b.thresholds()
		b.compare(values, at)
	default:
		knots := b.cutAtKnots()
		at := make([]int64, len(knots))
		for i, k := range knots {
			at[i] = b.valueAt(k.rank)
		}
		b.compare(values, at)
	}
}

// ranksNeeded returns the ranks next to every cut, and the first and the last.
func (b *binning) ranksNeeded(ends []int) []int {
	last := int(b.cuts.Customers) - 1
	ranks := []int{0, last}
	if b.axis.Method == Quantile {
		for _, k := range b.knots() {
			ranks = append(ranks, k.rank, min(k.rank+1, last))
		}
	}
	for _, end := range ends {
		ranks = append(ranks, max(end-1, 0), min(end, last))
	}
	slices.Sort(ranks)
	return slices.Compact(ranks)
}

// place returns the customer of a rank; or if only some ranks are known, where it
// stands in the column of these.
func (b *binning) place(rank int) uint32 {
	if b.ranks == nil {
		return b.order[rank]
	}
	at, _ := slices.BinarySearch(b.ranks, rank)
	return uint32(at)
}

func (b *binning) valueAt(rank int) int64 { return b.col.(ints)[b.place(rank)] }

// thresholds returns the largest integers that are not beyond each of the fixed
// cuts, and false if there is one that does not fit.
func (b *binning) thresholds() ([]int64, bool) {
	at := make([]int64, len(b.axis.Cuts))
	for i, cut := range b.axis.Cuts {
		floor, ok := cut.Floor()
		if !ok || floor == math.MinInt64 {
			return nil, false
		}
		at[i] = floor
		if b.axis.Closed == LeftClosed && cut.Den() == 1 {
			at[i]--
		}
	}
	return at, true
}

// beyond returns how many of the ascending thresholds a value is beyond.
func beyond(at []int64, v int64) int {
	if len(at) > 16 {
		n, _ := slices.BinarySearch(at, v)
		return n
	}
	n := 0
	for _, t := range at {
		if v > t { // no branch, and no end to predict
			n++
		}
	}
	return n
}

// compare bins by the number of thresholds that a value is beyond.
func (b *binning) compare(values ints, at []int64) {
	for i, v := range values {
		b.bin[i] = uint8(beyond(at, v))
	}
}

// A tear is a value within whose run of equals some bin ends, so that they are dealt
// one by one.
type tear struct {
	below int // how many customers come before the run
	equal int // how many are in it
	dealt int // how many of them have a bin
}

// dealSelected bins by place among all, as deals does, without having the order:
// places count only within the runs in which a bin ends.
func (b *binning) dealSelected(values ints, ends []int) {
	at := make([]int64, len(ends)) // bin j ends within the run of at[j], or right after it
	for j, end := range ends {
		at[j] = math.MinInt64
		if end > 0 {
			at[j] = b.valueAt(end - 1)
		}
	}
	tears := tearsOf(values, at)
	against := b.axis.Method == NTile && (b.axis.Break == BreakByCustomerDescending) != (b.cuts.Dimension == Recency)
	for i, v := range values {
		bin := beyond(at, v)
		if bin < len(at) && at[bin] == v {
			place := tears[bin].deal(against)
			for bin < len(at) && at[bin] == v && place >= ends[bin] {
				bin++
			}
		}
		b.bin[i] = uint8(bin)
	}
}

// deal returns the place among all of the next customer of the run.
func (t *tear) deal(against bool) int {
	place := t.below + t.dealt
	if against {
		place = t.below + t.equal - 1 - t.dealt
	}
	t.dealt++
	return place
}

// tearsOf counts the runs; that of at[j] is element j, for the first such j.
func tearsOf(values ints, at []int64) []tear {
	tears := make([]tear, len(at)+1)
	between := make([]int, len(at)+1) // beyond so many thresholds, and on none
	for _, v := range values {
		if j := beyond(at, v); j < len(at) && at[j] == v {
			tears[j].equal++
		} else {
			between[j]++
		}
	}
	below := 0
	for j := range tears {
		below += between[j]
		tears[j].below = below
		below += tears[j].equal
	}
	return tears
}
