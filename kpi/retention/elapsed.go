package retention

import (
	"slices"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/kpi"
)

// Elapsed follows customers by days since their first order, each by his own
// clock, in the given windows: those of equal length ([Windows]), single days
// ([Day]), or any brackets, which may overlap. A customer counts in a window once
// it is over at the end, the last day of the observation.
//
// All customers are one cohort, named "all", unless the options say otherwise. The
// error reports every fault of the arguments, or a revenue that does not fit an
// int64.
func Elapsed[K kpi.Key](h *History[K], end calendar.Date, windows []Window, o Options[K]) (Table, error) {
	var faults verdict.Faults
	o.check(&faults, end)
	checkWindows(&faults, windows)
	if o.Starts == Recurring {
		faults.Addf("options.starts", "%w: %v is for calendar periods", verdict.ErrInvalid, o.Starts)
	}
	if err := wrap(&faults); err != nil {
		return Table{}, err
	}
	t := Table{End: end, CustomersOnly: o.CustomersOnly}
	g := groups{}
	for customer, l := range lives(h, end, o.amounts(), &t.Counts) {
		x := g.enter(o.cohort(o.Cohorts, customer, l.first))
		for i := len(x.slots); i < len(windows); i++ {
			x.slots = append(x.slots, slot{Window: windows[i]})
		}
		for i := range x.slots {
			x.slots[i].enter(l, end, o.amounts())
		}
	}
	return g.table(t)
}

func checkWindows(faults *verdict.Faults, windows []Window) {
	if len(windows) == 0 {
		faults.Missing("windows")
	}
	for i, w := range windows {
		if w.From < 0 || w.To < w.From || w.To >= int(calendar.MaxDate) {
			faults.Addf(verdict.At("windows", i), "%w: from day %d to day %d", verdict.ErrRange, w.From, w.To)
		}
	}
}

// enter adds a customer to the window.
func (s *slot) enter(l life, end calendar.Date, policy kpi.Amounts) {
	from, to := l.first+calendar.Date(s.From), l.first+calendar.Date(s.To)
	t, over := &s.pending, to <= end
	if over {
		t = &s.done
	}
	t.customers++
	if over && l.last >= from {
		s.since++
	}
	before := t.orders
	begin, _ := slices.BinarySearch(l.day, from)
	for i := begin; i < len(l.day) && l.day[i] <= to; i++ {
		t.take(policy, int64(l.n[i]), l.sum[i])
	}
	if t.orders > before {
		t.active++
	}
}

// take adds a row.
func (t *tally) take(policy kpi.Amounts, n, sum int64) {
	if policy.CountsAsOrder(sum) {
		t.orders += n
	}
	if policy.CountsAsMoney(sum) {
		t.revenue.Add(sum)
	}
}
