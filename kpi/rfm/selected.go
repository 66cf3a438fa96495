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
func selected[T int32 | int64](b *binning, values ints[T]) {
	ends := []int(nil)
	deals := b.axis.Method == NTile || b.axis.Ties == TiesInOrder
	if deals {
		ends = b.ends()
	}
	b.ranks = b.ranksNeeded(ends)
	ranked := ints[int64](wide(selection.At(values, b.ranks)))
	b.col, b.order = ranked, make([]uint32, len(b.ranks))
	for i := range b.order {
		b.order[i] = uint32(i)
	}
	b.cuts.Lowest, b.cuts.Highest = b.col.value(0), b.col.value(b.order[len(b.order)-1])
	switch {
	case deals:
		b.cutAfterEach(ends)
		dealSelected(b, values, ends)
	case b.axis.Method == Fixed:
		b.cutAsGiven()
		at, _ := b.thresholds()
		compare(b.bin, values, at)
	default:
		knots := b.cutAtKnots()
		at := make([]int64, len(knots))
		for i, k := range knots {
			at[i] = b.valueAt(k.rank)
		}
		compare(b.bin, values, at)
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

func (b *binning) valueAt(rank int) int64 { return b.col.(ints[int64])[b.place(rank)] }

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
func compare[T int32 | int64](bins []uint8, values []T, at []int64) {
	if len(at) > 4 {
		for i, v := range values {
			bins[i] = uint8(beyond(at, int64(v)))
		}
		return
	}
	four := [4]int64{math.MaxInt64, math.MaxInt64, math.MaxInt64, math.MaxInt64} // nothing is beyond these
	copy(four[:], at)
	t0, t1, t2, t3 := four[0], four[1], four[2], four[3]
	bin := bins[:len(values)]
	for i, w := range values { // the thresholds stay in registers
		v := int64(w)
		bin[i] = oneIf(v > t0) + oneIf(v > t1) + oneIf(v > t2) + oneIf(v > t3)
	}
}

// oneIf is 1 for true. It compiles to no branch.
func oneIf(yes bool) uint8 {
	n := uint8(0)
	if yes {
		n = 1
	}
	return n
}

// wide returns the values as int64.
func wide[T int32 | int64](values []T) []int64 {
	w := make([]int64, len(values))
	for i, v := range values {
		w[i] = int64(v)
	}
	return w
}

// A tear is a value within whose run of equals some bin ends, so that they are dealt
// one by one.
type tear struct {
	value int64
	below int // how many customers come before the run
	equal int // how many are in it
	dealt int // how many of them have a bin; in dealOnce, counted from where the bin changes
}

// dealSelected bins by place among all, as deals does, without having the order:
// places count only within the runs in which a bin ends.
func dealSelected[T int32 | int64](b *binning, values []T, ends []int) {
	at := make([]int64, len(ends)) // bin j ends within the run of at[j], or right after it
	for j, end := range ends {
		at[j] = math.MinInt64
		if end > 0 {
			at[j] = b.valueAt(end - 1)
		}
	}
	compare(b.bin, values, at)
	tears := tearsOf(b.bin, values, at)
	against := b.axis.Method == NTile && (b.axis.Break == BreakByCustomerDescending) != (b.cuts.Dimension == Recency)
	if slices.Equal(at, slices.Compact(slices.Clone(at))) {
		dealOnce(b.bin, values, tears, ends, against)
		return
	}
	for i, v := range values {
		bin := int(b.bin[i])
		if bin < len(at) && at[bin] == int64(v) {
			place := tears[bin].deal(against)
			for bin < len(at) && at[bin] == int64(v) && place >= ends[bin] {
				bin++
			}
		}
		b.bin[i] = uint8(bin)
	}
}

// dealOnce is the rest of dealSelected if no run is torn twice: a customer of a run
// stays in its bin or goes to the next one. Which values are those of runs is chance,
// so there is no branch on it.
func dealOnce[T int32 | int64](bins []uint8, values []T, tears []tear, ends []int, against bool) {
	for j, end := range ends {
		t := &tears[j]
		t.dealt = t.below - end // at 0 or more, on to the next bin
		if against {
			t.dealt = end - t.below - t.equal // below 0, on to the next bin
		}
	}
	tears[len(ends)].dealt = math.MinInt // no bin is next
	stay := uint8(1)
	if against {
		stay, tears[len(ends)].dealt = 0, 0
	}
	bin := bins[:len(values)]
	for i, v := range values {
		t := &tears[bin[i]]
		on := oneIf(int64(v) == t.value)
		bin[i] += on & (uint8(uint64(t.dealt)>>63) ^ stay)
		t.dealt += int(on)
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

// tearsOf counts the runs of values that are compared already; that of at[j] is element
// j, for the first such j. One more stands for the values beyond all.
func tearsOf[T int32 | int64](bins []uint8, values []T, at []int64) []tear {
	tears := make([]tear, len(at)+1)
	for j := range at {
		tears[j].value = at[j]
	}
	upTo := make([]int, len(at)+1) // beyond so many thresholds
	bin := bins[:len(values)]
	for i, v := range values {
		t := &tears[bin[i]]
		t.equal += int(oneIf(int64(v) == t.value))
		upTo[bin[i]]++
	}
	tears[len(at)].equal = 0
	below := 0
	for j := range tears {
		below += upTo[j]
		tears[j].below = below - tears[j].equal
	}
	return tears
}
