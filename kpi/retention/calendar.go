package retention

import (
	"iter"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/kpi"
)

// Calendar follows customers by calendar periods: offset k is the k-th period
// after that of the first order, and offset 0 that period itself. Cohorts are those
// of the period of the first order, unless the options give labels. A customer
// counts at an offset once the period is over at the end, which is the last day of
// the observation; a period that is not over makes an incomplete cell, which has no
// rate.
//
// With [Recurring], a customer enters the cohort of every period that he was active
// in, and is followed from there; sizes then count entries.
//
// Periods in which nobody ordered for the first time have no cohort. The error
// reports every fault of the arguments, or a revenue that does not fit an int64.
func Calendar[K kpi.Key](h *History[K], end calendar.Date, unit Unit, o Options[K]) (Table, error) {
	if err := o.checkPeriods(end, unit); err != nil {
		return Table{}, err
	}
	t := Table{End: end, Unit: unit, CustomersOnly: o.CustomersOnly}
	g := groups{}
	span := calendarSpan{unit: unit, now: unit.of(end), complete: unit.lastComplete(end), policy: o.amounts()}
	for customer, l := range lives(h, end, o.amounts(), &t.Counts) {
		for part := range span.starts(l, o.Starts) {
			span.enter(g.enter(o.cohort(unit, customer, part.first)), part)
		}
	}
	return g.table(t)
}

// A calendarSpan is the end of the observation in periods.
type calendarSpan struct {
	unit     Unit
	now      int // period of the end
	complete int // last period that is over
	policy   kpi.Amounts
}

// starts yields what a customer did from each start on: the first order, or if
// recurring the first order of each period.
func (c calendarSpan) starts(l life, s Starts) iter.Seq[life] {
	return func(yield func(life) bool) {
		before := 0
		for i, day := range l.day {
			period := c.unit.of(day)
			if period == before || !c.policy.CountsAsOrder(l.sum[i]) {
				continue
			}
			before = period
			if !yield(l.since(day)) || s != Recurring {
				return
			}
		}
	}
}

// enter adds a customer to a cohort.
func (c calendarSpan) enter(g *group, l life) {
	first := c.unit.of(l.first)
	for k := len(g.slots); k <= c.now-first; k++ {
		g.slots = append(g.slots, slot{Window: Window{k, k}})
	}
	over := c.complete - first // the last offset that counts, -1 for none
	for k := range c.now - first + 1 {
		if k <= over {
			g.slots[k].done.customers++
		} else {
			g.slots[k].pending.customers++
		}
	}
	last := c.fill(g, l, first, over)
	for k := range min(last, over) + 1 {
		g.slots[k].since++
	}
}

// fill adds what a customer did, and returns the last offset with an order.
func (c calendarSpan) fill(g *group, l life, first, over int) int {
	last, day, k := -1, calendar.Date(0), 0
	for i, d := range l.day {
		if d != day {
			day, k = d, c.unit.of(d)-first
		}
		t := &g.slots[k].done
		if k > over {
			t = &g.slots[k].pending
		}
		t.take(c.policy, int64(l.n[i]), l.sum[i])
		if k > last && c.policy.CountsAsOrder(l.sum[i]) {
			t.active++
			last = k
		}
	}
	return last
}
