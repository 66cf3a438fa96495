package survival

import (
	"cmp"
	"iter"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/kpi"
)

// A Rule says when a customer without a contract, who does not give notice, has
// churned: once he has not ordered for Inactive days. It is the rule of
// kpi/retention: on a day, a customer is active who has ordered within so many days
// up to it, that day included.
type Rule struct {
	Inactive int         `json:"inactive"`         // days, at least 1; choose it well above the usual gap between orders
	Amounts  kpi.Amounts `json:"amounts,omitzero"` // what refunds and events without an amount count for; zero means kpi.NetOfRefunds
}

// Spans yields the time of every customer as a customer, in ascending order of
// customers: from the first order to the day on which the rule first finds him gone,
// Inactive days after an order that no other followed in time. That he may come back
// later does not undo it. Who is still active on asOf has no end. Orders after asOf
// are not looked at; customers without an order up to it are left out.
//
// Churn is dated when it is found, not back to the last order. Dated back, the
// customers who are about to be found gone would stand among those still at risk,
// and the curve would be too high.
//
// Pass asOf on in the [Window] of [FromSpans]; [FromHistory] does both.
func Spans[K kpi.Key](h *kpi.History[K], asOf calendar.Date, r Rule) iter.Seq2[K, Span] {
	policy := cmp.Or(r.Amounts, kpi.NetOfRefunds)
	return func(yield func(K, Span) bool) {
		var who K
		var l lapse
		for customer, day := range h.All() {
			if customer != who && l.span.Start != 0 {
				if !yield(who, l.close(asOf, r.Inactive)) {
					return
				}
				l = lapse{}
			}
			who = customer
			if day.Day <= asOf && orders(day, policy) {
				l.order(day.Day, r.Inactive)
			}
		}
		if l.span.Start != 0 {
			yield(who, l.close(asOf, r.Inactive))
		}
	}
}

// FromHistory returns the sample of the times to churn of the customers of a
// history, in days, by an inactivity rule, as of a day. No customer can churn before
// Inactive days are over, so the curve starts with a flat part of that length.
//
// The error reports every fault of the arguments.
func FromHistory[K kpi.Key](h *kpi.History[K], asOf calendar.Date, r Rule) (*Sample, Taken, error) {
	var faults verdict.Faults
	checkDay(&faults, "asOf", asOf)
	r.check(&faults)
	if err := wrap(&faults); err != nil {
		return nil, Taken{}, err
	}
	return FromSpans(spansOnly(Spans(h, asOf, r)), Window{AsOf: asOf})
}

func (r Rule) check(faults *verdict.Faults) {
	if r.Inactive < 1 {
		faults.Addf("rule.inactive", "%w: %d days", verdict.ErrRange, r.Inactive)
	}
	if r.Amounts != 0 && !r.Amounts.IsValid() {
		_, err := r.Amounts.MarshalText()
		faults.Add("rule.amounts", err)
	}
}

func spansOnly[K kpi.Key](pairs iter.Seq2[K, Span]) iter.Seq[Span] {
	return func(yield func(Span) bool) {
		for _, span := range pairs {
			if !yield(span) {
				return
			}
		}
	}
}

func orders(day kpi.CustomerDay, policy kpi.Amounts) bool {
	return day.Purchases > 0 && policy.CountsAsOrder(1) ||
		day.Nothings > 0 && policy.CountsAsOrder(0) ||
		day.Refunds > 0 && policy.CountsAsOrder(-1)
}

// A lapse follows the orders of one customer, in ascending order of days.
type lapse struct {
	span Span
	last calendar.Date
}

func (l *lapse) order(day calendar.Date, inactive int) {
	switch {
	case l.span.Start == 0:
		l.span.Start = day
	case l.span.End == 0 && int(day-l.last) > inactive:
		l.span.End = l.last.AddDays(inactive)
	}
	l.last = day
}

// close returns the span as of a day.
func (l *lapse) close(asOf calendar.Date, inactive int) Span {
	if l.span.End == 0 && int(asOf-l.last) >= inactive {
		l.span.End = l.last.AddDays(inactive)
	}
	return l.span
}
