package rfm

import (
	"cmp"
	"iter"
	"slices"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/kpi"
)

// A Table is the scores of all customers with all that they come from: the day,
// the scheme with its defaults written out, the cut points, and what became of
// each event. It is a plain value with a JSON form.
//
// Customers stand in ascending order. The columns, from Customers to Cells, are of
// equal length and parallel; the days with orders are there only if the scheme asks
// for them. Row and All give the table by rows.
type Table[K kpi.Key] struct {
	AsOf      calendar.Date   `json:"asOf"`
	Scheme    Scheme          `json:"scheme"`
	Counts    Counts          `json:"counts"`
	Cuts      []Cuts          `json:"cuts"` // of recency, frequency, monetary value; if nested, of each group
	Customers []K             `json:"customers"`
	Last      []calendar.Date `json:"last"`           // day of the last order
	Orders    []int64         `json:"orders"`         // number of orders
	Days      []int64         `json:"days,omitempty"` // number of days with orders
	Sum       []int64         `json:"sum"`            // money in minor units
	Cells     []Cell          `json:"cells"`
	Unscored  []K             `json:"unscored,omitempty"` // customers without an order up to asOf and in the window
}

// A Row is one customer of a table.
type Row[K kpi.Key] struct {
	Customer  K
	Last      calendar.Date
	Recency   int64       // days from Last to asOf
	Frequency int64       // orders or days with orders, as the scheme says
	Monetary  ratio.Ratio // sum or mean in minor units, as the scheme says
	Orders    int64
	Sum       int64
	Cell      Cell
}

// Len returns the number of scored customers.
func (t Table[K]) Len() int { return len(t.Customers) }

// Row returns row i, from 0 to Len()−1.
func (t Table[K]) Row(i int) Row[K] {
	return Row[K]{
		Customer:  t.Customers[i],
		Last:      t.Last[i],
		Recency:   int64(t.AsOf - t.Last[i]),
		Frequency: t.frequencies()[i],
		Monetary:  t.monetary(i),
		Orders:    t.Orders[i],
		Sum:       t.Sum[i],
		Cell:      t.Cells[i],
	}
}

func (t Table[K]) frequencies() []int64 {
	if t.Scheme.Count == DistinctDays {
		return t.Days
	}
	return t.Orders
}

func (t Table[K]) monetary(i int) ratio.Ratio {
	switch t.Scheme.Value {
	case MeanPerOrder:
		return ratio.New(t.Sum[i], t.Orders[i])
	case MeanPerDay:
		return ratio.New(t.Sum[i], t.Days[i])
	default:
		return ratio.Int(t.Sum[i])
	}
}

// All yields the rows in ascending order of customers.
func (t Table[K]) All() iter.Seq[Row[K]] {
	return func(yield func(Row[K]) bool) {
		for i := range t.Customers {
			if !yield(t.Row(i)) {
				return
			}
		}
	}
}

// Find returns the row of a customer, and false if the customer is not scored. It
// takes O(log n) time.
func (t Table[K]) Find(customer K) (Row[K], bool) {
	i, found := slices.BinarySearch(t.Customers, customer)
	if !found {
		return Row[K]{}, false
	}
	return t.Row(i), true
}

// CutsOf returns the cuts of a dimension that are not nested in another, and false
// if there are none.
func (t Table[K]) CutsOf(d Dimension) (Cuts, bool) {
	i := slices.IndexFunc(t.Cuts, func(c Cuts) bool { return c.Dimension == d && c.Within == Cell{} })
	if i < 0 {
		return Cuts{}, false
	}
	return t.Cuts[i], true
}

// Best returns the best scores that there are: the number of bins of each
// dimension, the largest of them if nested bins differ.
func (t Table[K]) Best() Cell {
	var best Cell
	for _, c := range t.Cuts {
		best = best.with(c.Dimension, max(best.Score(c.Dimension), uint8(c.Bins)))
	}
	return best
}

// Validate reports every fault of a table that came from elsewhere, such as JSON:
// columns of different length, customers out of order, a day after asOf, scores
// that are missing. What [Score] returns has none.
func (t Table[K]) Validate() error {
	var faults verdict.Faults
	if !t.AsOf.IsValid() {
		faults.Missing("asOf")
	}
	faults.Add("scheme", t.Scheme.Validate())
	n := len(t.Customers)
	column := func(path string, length int) {
		if length != n {
			faults.Addf(path, "%w: %d values for %d customers", verdict.ErrInvalid, length, n)
		}
	}
	column("last", len(t.Last))
	column("orders", len(t.Orders))
	column("sum", len(t.Sum))
	column("cells", len(t.Cells))
	if t.Scheme.needsDays() || len(t.Days) > 0 {
		column("days", len(t.Days))
	}
	if faults.Len() == 0 {
		t.validateRows(&faults)
	}
	return faults.Err()
}

func (t Table[K]) validateRows(faults *verdict.Faults) {
	for i, customer := range t.Customers {
		if i > 0 && cmp.Compare(t.Customers[i-1], customer) >= 0 {
			faults.Addf(verdict.At("customers", i), "%w: not after the one before", verdict.ErrInvalid)
		}
		if !t.Last[i].IsValid() || t.Last[i] > t.AsOf {
			faults.Addf(verdict.At("last", i), "%w: %v is not a day up to %v", verdict.ErrRange, t.Last[i], t.AsOf)
		}
		if t.Orders[i] < 1 || (len(t.Days) > 0 && t.Days[i] < 1) {
			faults.Addf(verdict.At("orders", i), "%w: no orders", verdict.ErrRange)
		}
		if !t.Cells[i].IsValid() {
			faults.Addf(verdict.At("cells", i), "%w: %v", verdict.ErrInvalid, t.Cells[i])
		}
	}
}
