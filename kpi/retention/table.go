package retention

import (
	"fmt"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/kpi"
)

// A Table follows cohorts of customers from their first order. It is a plain value
// with a JSON form, and says itself which of its cells are not complete yet.
type Table struct {
	End     calendar.Date `json:"end"`           // last day of the observation, included
	Unit    Unit          `json:"unit,omitzero"` // what offsets count: periods, or days if there is none
	Counts  Counts        `json:"counts"`
	Cohorts []Cohort      `json:"cohorts"` // in ascending order of Start, then of Label
	Pooled  []Cell        `json:"pooled"`  // over all cohorts: sums of counts, never means of rates

	CustomersOnly bool `json:"customersOnly,omitzero"` // orders and revenue of the cells were not asked for
}

// Counts says what became of every event of the history. Orders, Refunds,
// Unplaced, Ignored and Later add up to Events.
type Counts struct {
	Events   int64 `json:"events"`
	Orders   int64 `json:"orders"`   // make their customer active
	Refunds  int64 `json:"refunds"`  // count as money only
	Unplaced int64 `json:"unplaced"` // refunds before the first order of their customer, or without one
	Ignored  int64 `json:"ignored"`  // left out by the policy on amounts
	Later    int64 `json:"later"`    // after the end
}

// A Cohort is a group of customers: those whose first order fell into one period,
// or those of one label.
type Cohort struct {
	Label string        `json:"label"`           // "2027-02", or what Options.Label gave
	Start calendar.Date `json:"start,omitzero"`  // first day of the period, none for a label
	Size  int64         `json:"size"`            // customers
	Cells []Cell        `json:"cells,omitempty"` // by ascending offset
}

// Cell returns the cell of a window, and false if it is not in the cohort: no
// customer has come that far, so the rate is not 0 but unknown.
func (c Cohort) Cell(from, to int) (Cell, bool) {
	for _, cell := range c.Cells {
		if cell.From == from && cell.To == to {
			return cell, true
		}
	}
	return Cell{}, false
}

// A Cell is what a cohort did in one window, counted from each customer's own
// first order: periods From to To after the period of the first order, or days From
// to To after its day.
//
// Only customers whose whole window has been observed count. The others are
// pending: what they have done so far stands in Pending, since it is too little to
// compare.
type Cell struct {
	From     int   `json:"from"`
	To       int   `json:"to"`
	Eligible int64 `json:"eligible"` // customers whose whole window is over
	Active   int64 `json:"active"`   // of these, active in the window
	Since    int64 `json:"since"`    // of these, active in the window or later, up to the end
	Orders   int64 `json:"orders"`   // of these, in the window
	Revenue  int64 `json:"revenue"`  // of these, in the window, less refunds, in minor units

	Pending Pending `json:"pending,omitzero"`
}

// Pending is what is known of the customers of a cell whose window is not over.
type Pending struct {
	Customers int64 `json:"customers"`
	Active    int64 `json:"active"`
	Orders    int64 `json:"orders"`
	Revenue   int64 `json:"revenue"`
}

// Incomplete is the reason of a rate that nobody can know yet.
const Incomplete = "the window is not over for anyone"

// Retention returns the share of the eligible customers that were active in the
// window: N-day, calendar or bracket retention, as the window is. It is undefined,
// and not 0, in an incomplete cell.
func (c Cell) Retention() ratio.Ratio { return ratio.Of(c.Active, c.Eligible, Incomplete) }

// Unbounded returns the share of the eligible customers that were active in the
// window or later. For one and the same set of customers it never rises with the
// offset. It is undefined in an incomplete cell.
func (c Cell) Unbounded() ratio.Ratio { return ratio.Of(c.Since, c.Eligible, Incomplete) }

// Interval returns the Wilson interval of [Cell.Retention], undefined in an
// incomplete cell. The error is that of a bad level.
func (c Cell) Interval(level float64) (kpi.Interval, error) {
	return kpi.Wilson(c.Active, c.Eligible, level)
}

// UnboundedInterval returns the Wilson interval of [Cell.Unbounded].
func (c Cell) UnboundedInterval(level float64) (kpi.Interval, error) {
	return kpi.Wilson(c.Since, c.Eligible, level)
}

// IsComplete reports whether the window is over for every customer of the cell.
func (c Cell) IsComplete() bool { return c.Pending.Customers == 0 && c.Eligible > 0 }

// A Window is a range of days counted from the first order, both ends included; the
// day of the first order is day 0.
type Window struct {
	From int `json:"from"`
	To   int `json:"to"`
}

// Day returns the window of one day: N-day retention.
func Day(n int) Window { return Window{n, n} }

// Windows returns the first windows of equal length, without gaps: Windows(30, 3)
// are days 0-29, 30-59 and 60-89. It returns none if either number is below 1.
func Windows(days, count int) []Window {
	var windows []Window
	for k := range max(count, 0) {
		if days > 0 {
			windows = append(windows, Window{k * days, (k+1)*days - 1})
		}
	}
	return windows
}

// String returns "days 30-59", or "day 7" for a single day.
func (w Window) String() string {
	if w.From == w.To {
		return fmt.Sprintf("day %d", w.From)
	}
	return fmt.Sprintf("days %d-%d", w.From, w.To)
}
