package rfm

import (
	"cmp"
	"fmt"
	"sync"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/kpi"
)

// Score scores every customer of a history as of a day by a scheme. It looks at
// events up to asOf, that day included, and counts later ones without using them;
// asOf has no default.
//
// The history is not changed. The result does not depend on the order in which
// events were added or merged. It takes one pass over the events; [DistinctDays] and [MeanPerDay] also need the
// events in order, which [kpi.History.Compact] can do beforehand.
//
// The error wraps [verdict.ErrMissing] or [verdict.ErrRange] for an asOf that is
// not a day, reports every fault of the scheme, or wraps [verdict.ErrRange] for a
// customer whose total does not fit an int64.
func Score[K kpi.Key](h *History[K], asOf calendar.Date, s Scheme) (Table[K], error) {
	if err := checkScore(asOf, s); err != nil {
		return Table[K]{}, err
	}
	t := scoring[K]{Table: Table[K]{AsOf: asOf, Scheme: s.Explicit()}}
	if err := t.collect(h); err != nil {
		return Table[K]{}, err
	}
	t.score()
	return t.Table, nil
}

// scoring is a table that is being filled in.
type scoring[K kpi.Key] struct {
	Table[K]

	workers int // 0 is as good as 1
}

func checkScore(asOf calendar.Date, s Scheme) error {
	var faults verdict.Faults
	switch {
	case asOf == 0:
		faults.Missing("asOf")
	case !asOf.IsValid():
		faults.Addf("asOf", "%w: day %d", verdict.ErrRange, int32(asOf))
	}
	faults.Add("scheme", s.Validate())
	if err := faults.Err(); err != nil {
		return fmt.Errorf("rfm: %w", err)
	}
	return nil
}

// score fills in the cells and the cuts.
func (t *scoring[K]) score() {
	t.Cells = make([]Cell, len(t.Customers))
	if t.Scheme.Nesting != Nested {
		t.independent()
		return
	}
	everyone := make([]uint32, len(t.Customers))
	for i := range everyone {
		everyone[i] = uint32(i)
	}
	t.bin(Recency, everyone, Cell{})
	for _, r := range split(t.Cells, everyone, Recency) {
		t.bin(Frequency, r, t.Cells[r[0]])
		for _, f := range split(t.Cells, r, Frequency) {
			t.bin(Monetary, f, t.Cells[f[0]])
		}
	}
}

// independent scores everyone along each dimension, at the same time if there are
// workers for it.
func (t *scoring[K]) independent() {
	var bins [3]*binning
	var others sync.WaitGroup
	for i := range bins {
		d := Dimension(i + 1)
		one := func() {
			axis := t.Scheme.axis(d)
			bins[i] = newBinning(axis, d, t.column(d, nil), t.tie(axis.Break, nil))
		}
		if t.workers > i+1 { // this goroutine is a worker too
			others.Go(one)
		} else {
			one()
		}
	}
	others.Wait()
	for i := range t.Cells {
		t.Cells[i] = Cell{bins[0].score(i), bins[1].score(i), bins[2].score(i)}
	}
	t.Cuts = []Cuts{bins[0].cuts, bins[1].cuts, bins[2].cuts}
}

// bin scores some customers along one dimension, among themselves.
func (t *scoring[K]) bin(d Dimension, who []uint32, within Cell) {
	axis := t.Scheme.axis(d)
	b := newBinning(axis, d, t.column(d, who), t.tie(axis.Break, who))
	for i, w := range who {
		t.Cells[w] = t.Cells[w].with(d, b.score(i))
	}
	b.cuts.Within = within
	t.Cuts = append(t.Cuts, b.cuts)
}

func (s Scheme) axis(d Dimension) Axis {
	switch d {
	case Recency:
		return s.Recency
	case Frequency:
		return s.Frequency
	default:
		return s.Monetary
	}
}

// column returns what customers are scored by along a dimension; no list of
// customers means all of them.
func (t *scoring[K]) column(d Dimension, who []uint32) column {
	var all column
	switch {
	case d == Recency:
		all = t.recencies()
	case d == Frequency:
		all = ints[int64](t.frequencies())
	case t.Scheme.Value == Total:
		all = ints[int64](t.Sum)
	case t.Scheme.Value == MeanPerOrder:
		all = means{t.Sum, t.Orders}
	default:
		all = means{t.Sum, t.Days}
	}
	if who == nil {
		return all
	}
	return all.pick(who)
}

func (t *scoring[K]) recencies() ints[int32] {
	r := make(ints[int32], len(t.Last))
	for i, last := range t.Last {
		r[i] = int32(t.AsOf - last)
	}
	return r
}

// tie returns the order in which customers of equal value are dealt, the worse
// first; nil for the order in which they stand.
func (t *scoring[K]) tie(b Break, who []uint32) func(i, j uint32) int {
	switch b {
	case BreakByRecency:
		c := t.column(Recency, who)
		return func(i, j uint32) int { return c.compare(j, i) }
	case BreakByFrequency:
		return t.column(Frequency, who).compare
	case BreakByMonetary:
		return t.column(Monetary, who).compare
	default:
		return byCustomer(b)
	}
}

// byCustomer returns the order in which customers of equal value are dealt if
// nothing else is known of them.
func byCustomer(b Break) func(i, j uint32) int {
	if b == BreakByCustomerDescending {
		return func(i, j uint32) int { return cmp.Compare(j, i) }
	}
	return nil
}

// split divides customers by their score along a dimension, the best first; each
// part keeps their order.
func split(cells []Cell, who []uint32, d Dimension) [][]uint32 {
	var parts [MaxBins + 1][]uint32
	for _, w := range who {
		score := cells[w].Score(d)
		parts[score] = append(parts[score], w)
	}
	var some [][]uint32
	for score := MaxBins; score > 0; score-- {
		if len(parts[score]) > 0 {
			some = append(some, parts[score])
		}
	}
	return some
}
