package rfm

import (
	"fmt"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/kpi"
	"github.com/crmrollout/crm/kpi/internal/ledger"
)

// Counts says what became of every event of the history. Orders, Refunds,
// Ignored, Later and Earlier add up to Events.
type Counts struct {
	Events  int64 `json:"events"`
	Orders  int64 `json:"orders"`  // counted as orders
	Refunds int64 `json:"refunds"` // counted as money, not as orders
	Ignored int64 `json:"ignored"` // left out by the policy on amounts
	Later   int64 `json:"later"`   // after asOf
	Earlier int64 `json:"earlier"` // before the window
}

// A tally is what is known of one customer. All of it stands together, since the
// events come in no order.
type tally struct {
	sum    ledger.Sum
	orders int64
	days   int64
	last   calendar.Date
}

// collect fills the columns of the table from the events.
func (t *scoring[K]) collect(h *History[K]) error {
	log := h.Ledger()
	if t.Scheme.needsDays() {
		log = log.Canonical()
	}
	tallies := make([]tally, log.Customers())
	t.tally(log.Columns(), tallies)
	t.allocate(tallies)
	keys := log.Keys()
	for _, who := range log.Order() {
		if err := t.take(keys[who], tallies[who]); err != nil {
			return err
		}
	}
	return nil
}

// needsDays reports whether distinct days are asked for, which can be counted
// only where events are in order.
func (s Scheme) needsDays() bool { return s.Count == DistinctDays || s.Value == MeanPerDay }

// tally goes through the events once.
func (t *scoring[K]) tally(rows ledger.Columns, tallies []tally) {
	from, policy := t.from(), t.Scheme.Amounts
	for i, who := range rows.Who {
		day, n, sum := rows.Day[i], int64(rows.N[i]), rows.Sum[i]
		t.Counts.Events += n
		switch {
		case day > t.AsOf:
			t.Counts.Later += n
		case day < from:
			t.Counts.Earlier += n
		default:
			t.Counts.count(policy, n, sum)
			tallies[who].add(policy, day, n, sum)
		}
	}
}

// from returns the first day of the window.
func (t *scoring[K]) from() calendar.Date {
	if t.Scheme.Window == (calendar.Period{}) {
		return 0
	}
	return t.Scheme.Window.Before(t.AsOf).AddDays(1) // no date if that is before year 1
}

func (c *Counts) count(policy kpi.Amounts, n, sum int64) {
	switch {
	case policy.CountsAsOrder(sum):
		c.Orders += n
	case policy.CountsAsMoney(sum):
		c.Refunds += n
	default:
		c.Ignored += n
	}
}

func (t *tally) add(policy kpi.Amounts, day calendar.Date, n, sum int64) {
	if policy.CountsAsOrder(sum) {
		t.orders += n
		if day != t.last { // right only if days are in order
			t.days++
		}
		t.last = max(t.last, day)
	}
	if policy.CountsAsMoney(sum) {
		t.sum.Add(sum)
	}
}

// allocate makes room in the columns for all customers with orders.
func (t *scoring[K]) allocate(tallies []tally) {
	n := 0
	for i := range tallies {
		if tallies[i].orders > 0 {
			n++
		}
	}
	t.Customers = make([]K, 0, n)
	t.Last = make([]calendar.Date, 0, n)
	t.Orders, t.Sum = make([]int64, 0, n), make([]int64, 0, n)
	if t.Scheme.needsDays() {
		t.Days = make([]int64, 0, n)
	}
}

// take appends a customer to the columns.
func (t *scoring[K]) take(customer K, x tally) error {
	if x.orders == 0 {
		t.Unscored = append(t.Unscored, customer)
		return nil
	}
	sum, ok := x.sum.Int64()
	if !ok {
		return fmt.Errorf("rfm: total of customer %s: %w of 64 bits", verdict.Quote(fmt.Sprint(customer)), verdict.ErrRange)
	}
	t.Customers = append(t.Customers, customer)
	t.Last = append(t.Last, x.last)
	t.Orders, t.Sum = append(t.Orders, x.orders), append(t.Sum, sum)
	if t.Scheme.needsDays() {
		t.Days = append(t.Days, x.days)
	}
	return nil
}
