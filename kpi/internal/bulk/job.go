package bulk

import (
	"errors"

	"github.com/crmrollout/crm/crmproject/calendar"
)

// Integer is what customers are identified by here.
type Integer interface {
	int | int8 | int16 | int32 | int64 | uint | uint8 | uint16 | uint32 | uint64
}

// A Policy says what events without a positive amount count for. The numbers and
// the meaning are those of kpi.Amounts.
type Policy uint8

// The policies.
const (
	NetOfRefunds Policy = iota + 1
	EveryEvent
	PurchasesOnly
)

// isOrder reports whether an event with the given amount counts as an order.
func (p Policy) isOrder(minor int64) bool {
	switch p {
	case EveryEvent:
		return true
	case PurchasesOnly:
		return minor > 0
	default:
		return minor >= 0
	}
}

// A Job is what to gather, and from what. The columns are parallel to that of the
// customers.
type Job struct {
	Days   []calendar.Date
	Minor  []int64 // nil: every amount is 0
	From   calendar.Date
	AsOf   calendar.Date // events count from From to AsOf, both included
	Policy Policy

	Period        func(calendar.Date) int // of the grid; nil for no grid
	CustomersOnly bool                    // the grid need not have orders and revenue
	Totals        bool                    // give the totals of customers, one by one
	DistinctDays  bool                    // with their days with orders

	Workers  int // at least 1
	Progress func(done, total int64)
}

// Counts says what became of the events.
type Counts struct {
	Events, Orders, Refunds, Ignored, Later, Earlier int64
}

// A Result is what the events come to.
type Result[I any] struct {
	Counts Counts
	Totals Totals[I] // if asked for
	Grid   Grid      // if asked for
}

// Totals are customers in ascending order, by column.
type Totals[I any] struct {
	Customers []I
	First     []calendar.Date // day of the first order, 0 without one
	Last      []calendar.Date
	Orders    []int64
	Days      []int64 // nil unless asked for
	Sum       []int64
}

// MaxPeriods is how many periods a grid may span.
const MaxPeriods = 1024

// MaxRows is how many events there may be.
const MaxRows = 1<<32 - 1

// ErrWide is returned for events that do not fit: day, amount and the number of the
// customer within his part take more than 64 bits together, a grid spans more than
// [MaxPeriods], or a total overflowed on its way. What they come to may well be sound; it
// takes another way to say.
var ErrWide = errors.New("too wide for packed events")

// A Fault is the first event that is none.
type Fault struct {
	Row int
	Day calendar.Date
	Bad int // how many such events there are
}

func (f *Fault) Error() string { return "day out of range" }
