package kpi

import (
	"errors"
	"fmt"

	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/kpi/internal/bulk"
)

// A Grid counts customers and orders by two periods: that of the customer's first
// order, which is the row, and that of what is counted, the column. It is a
// sufficient statistic of calendar cohorts and of the life cycle: kpi/retention
// reads both from it.
//
// Cell (f, p), both counted from 0, is element f·Periods+p; cells with p < f are 0.
// The active customers of period p are the sum of column p of Active, the new ones
// its element (p, p), and those of the cohort f that were active in p or later the
// sum of its row f of Last from p on.
//
// A refund counts as money from the day of the first order of its customer on.
type Grid struct {
	Origin   int     `json:"origin"`           // number of period 0, by Grain.Period
	Periods  int     `json:"periods"`          // from the first to the last day with an event, or up to MaxPeriods
	Active   []int64 `json:"active"`           // customers with an order in the period
	Last     []int64 `json:"last"`             // customers with their last order in the period
	Orders   []int64 `json:"orders,omitzero"`  // orders in the period; nil if customers only are counted
	Revenue  []int64 `json:"revenue,omitzero"` // money of the period, in minor units; nil with Orders
	Retained []int64 `json:"retained"`         // by period alone: customers with an order in it and in the one before
	Unplaced int64   `json:"unplaced"`         // refunds before the first order of their customer, or without one
}

// MaxPeriods is how many periods a [Grid] may span: 19 years of weeks, 85 of
// months.
const MaxPeriods = bulk.MaxPeriods

// Validate reports every fault of a grid that comes from elsewhere, such as JSON:
// cells that are too few or too many, counts below 0.
func (g Grid) Validate() error {
	var faults verdict.Faults
	if g.Periods < 0 || g.Periods > MaxPeriods {
		faults.Addf("periods", "%w: %d, want 0 to %d", verdict.ErrRange, g.Periods, MaxPeriods)
		return faults.Err()
	}
	column := func(path string, counts []int64, want int) {
		if len(counts) != want {
			faults.Addf(path, "%w: %d values, want %d", verdict.ErrInvalid, len(counts), want)
		}
		for i, n := range counts {
			if n < 0 && path != "revenue" {
				faults.Addf(verdict.At(path, i), "%w: %d", verdict.ErrRange, n)
			}
		}
	}
	column("active", g.Active, g.Periods*g.Periods)
	column("last", g.Last, g.Periods*g.Periods)
	if g.Orders != nil || g.Revenue != nil {
		column("orders", g.Orders, g.Periods*g.Periods)
		column("revenue", g.Revenue, g.Periods*g.Periods)
	}
	column("retained", g.Retained, g.Periods)
	return faults.Err()
}

// ErrPeriods is wrapped by the error of events that span more than [MaxPeriods]
// periods.
var ErrPeriods = errors.New("too many periods for a grid")

func errPeriods(g Grain) error {
	return fmt.Errorf("kpi: %w: more than %d %v ones", ErrPeriods, MaxPeriods, g)
}
