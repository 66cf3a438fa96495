package retention

import (
	"fmt"
	"slices"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/kpi"
	"github.com/crmrollout/crm/kpi/internal/ledger"
)

// A Repeat says how many customers came back, how soon and for how much.
type Repeat struct {
	End       calendar.Date `json:"end"`
	Counts    Counts        `json:"counts"`
	Customers int64         `json:"customers"` // with an order
	Repeated  int64         `json:"repeated"`  // with two orders or more
	Orders    int64         `json:"orders"`
	Revenue   int64         `json:"revenue"` // in minor units, from the first order of each customer on
	Gaps      Gaps          `json:"gaps"`
	Horizons  []Horizon     `json:"horizons,omitempty"`
}

// Gaps are the days between one order of a customer and the next; two orders of
// one day have a gap of 0.
type Gaps struct {
	Count  int64       `json:"count"`
	Zero   int64       `json:"zero"`   // gaps of 0 days
	Mean   ratio.Ratio `json:"mean"`   // in days; undefined without gaps
	Median ratio.Ratio `json:"median"` // in days; the mean of the two middle ones if their number is even
}

// A Horizon is the repeat rate within so many days of the first order.
type Horizon struct {
	Days     int   `json:"days"`
	Eligible int64 `json:"eligible"` // customers whose first so many days are over
	Repeated int64 `json:"repeated"` // of these, with a second order within them
}

// Rate returns the share of customers with a second order within the horizon,
// undefined if the horizon is not over for anyone. Young customers have had the
// same time as old ones, so rates of different dates compare.
func (h Horizon) Rate() ratio.Ratio { return ratio.Of(h.Repeated, h.Eligible, Incomplete) }

// Interval returns the Wilson interval of the rate.
func (h Horizon) Interval(level float64) (kpi.Interval, error) {
	return kpi.Wilson(h.Repeated, h.Eligible, level)
}

// Rate returns the share of customers with two orders or more. It is biased by
// age: who came yesterday has had no time to come back, so it falls whenever many
// are won. [Horizon.Rate] is not.
func (r Repeat) Rate() ratio.Ratio { return ratio.Of(r.Repeated, r.Customers, "no customers") }

// Interval returns the Wilson interval of the rate.
func (r Repeat) Interval(level float64) (kpi.Interval, error) {
	return kpi.Wilson(r.Repeated, r.Customers, level)
}

// OrderShare returns the share of orders that are not the first of their customer.
func (r Repeat) OrderShare() ratio.Ratio {
	return ratio.Of(r.Orders-r.Customers, r.Orders, "no orders")
}

// OrdersPerCustomer returns the mean number of orders.
func (r Repeat) OrdersPerCustomer() ratio.Ratio {
	return ratio.Of(r.Orders, r.Customers, "no customers")
}

// AverageOrderValue returns the revenue per order in minor units.
func (r Repeat) AverageOrderValue() ratio.Ratio { return ratio.Of(r.Revenue, r.Orders, "no orders") }

// RepeatPurchase returns how customers came back up to the end, the last day of
// the observation, and within fixed horizons: RepeatPurchase(h, end, o, 30, 365)
// also counts those who ordered again within 30 and within 365 days of their first
// order. Cohorts and labels of the options are not looked at. The error reports
// every fault of the arguments, or a revenue that does not fit an int64.
func RepeatPurchase[K kpi.Key](h *History[K], end calendar.Date, o Options[K], horizons ...int) (Repeat, error) {
	var faults verdict.Faults
	o.check(&faults, end)
	for i, days := range horizons {
		if days < 0 || days >= int(calendar.MaxDate) {
			faults.Addf(verdict.At("horizons", i), "%w: %d days", verdict.ErrRange, days)
		}
	}
	if err := wrap(&faults); err != nil {
		return Repeat{}, err
	}
	r := repeating{Repeat: Repeat{End: end}, policy: o.amounts()}
	for _, days := range horizons {
		r.Horizons = append(r.Horizons, Horizon{Days: days})
	}
	for _, l := range lives(h, end, o.amounts(), &r.Counts) {
		r.enter(l)
	}
	return r.finish()
}

// repeating is a Repeat that is being filled in. Gaps are counted by length, so
// their number does not matter.
type repeating struct {
	Repeat
	policy  kpi.Amounts
	revenue ledger.Sum
	gaps    []int64 // gaps[d] is the number of gaps of d days
}

func (r *repeating) enter(l life) {
	r.Customers++
	orders := int64(0)
	before, second := l.first, calendar.Date(0)
	for i, sum := range l.sum {
		if r.policy.CountsAsMoney(sum) {
			r.revenue.Add(sum)
		}
		if !r.policy.CountsAsOrder(sum) {
			continue
		}
		n := int64(l.n[i])
		if orders == 0 {
			r.gap(0, n-1)
		} else {
			r.gap(int(l.day[i]-before), 1)
			r.gap(0, n-1)
		}
		if orders < 2 && orders+n >= 2 {
			second = l.day[i]
		}
		before, orders = l.day[i], orders+n
	}
	r.Orders += orders
	if orders > 1 {
		r.Repeated++
	}
	r.enterHorizons(l.first, second)
}

func (r *repeating) gap(days int, n int64) {
	if days >= len(r.gaps) {
		r.gaps = append(r.gaps, make([]int64, days+1-len(r.gaps))...)
	}
	r.gaps[days] += n
	r.Gaps.Count += n
}

func (r *repeating) enterHorizons(first, second calendar.Date) {
	for i := range r.Horizons {
		h := &r.Horizons[i]
		until := first + calendar.Date(h.Days)
		if until > r.End {
			continue
		}
		h.Eligible++
		if second != 0 && second <= until {
			h.Repeated++
		}
	}
}

func (r *repeating) finish() (Repeat, error) {
	revenue, ok := r.revenue.Int64()
	if !ok {
		return Repeat{}, fmt.Errorf("retention: revenue: %w of 64 bits", verdict.ErrRange)
	}
	r.Revenue = revenue
	days := int64(0)
	for length, n := range r.gaps {
		days += int64(length) * n
	}
	const none = "nobody has come back yet"
	r.Gaps.Mean = ratio.Of(days, r.Gaps.Count, none)
	r.Gaps.Median = ratio.Undefined(none)
	if r.Gaps.Count > 0 {
		r.Gaps.Zero = r.gaps[0]
		low, high := r.gapOfRank((r.Gaps.Count-1)/2), r.gapOfRank(r.Gaps.Count/2)
		r.Gaps.Median = ratio.New(low+high, 2)
	}
	r.Horizons = slices.Clip(r.Horizons)
	return r.Repeat, nil
}

// gapOfRank returns the length of the gap of a rank, counted from 0.
func (r *repeating) gapOfRank(rank int64) int64 {
	for length, n := range r.gaps {
		if rank < n {
			return int64(length)
		}
		rank -= n
	}
	return 0
}
