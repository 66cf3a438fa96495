package crmproject

import (
	"slices"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/money"
)

// Dated reports whether the line says when its money is due: a one-off line with
// either date, a recurring line with both.
func (l BudgetLine) Dated() bool {
	if l.From.IsValid() && l.Until.IsValid() {
		return l.From <= l.Until
	}
	return l.Recurrence != Recurring && (l.From.IsValid() || l.Until.IsValid())
}

// Due returns how much of the planned money is due by a day: the exact share of
// the line's payments up to then, rounded half-even to a minor unit, so that the
// sums at the ends of the months never drift from it. ok is false if the line is
// not dated or the share cannot be formed; see [BudgetLine.Dated].
//
// A line with one date is due on it. One with two is due by the day from From to
// Until, both included, as the work is done or the service is used; a recurring
// line with Every is due in equal payments instead, on From and every period after
// it up to Until.
func (l BudgetLine) Due(asOf calendar.Date) (due money.Amount, ok bool) {
	if !l.Dated() {
		return money.Amount{}, false
	}
	past := l.payments(asOf)
	parts, err := l.Planned.Phase([]int64{past, l.payments(l.last()) - past})
	if err != nil {
		return money.Amount{}, false
	}
	return parts[0], true
}

// DatedBudget returns the project's budget with dates for the lines that have none
// but name the activities that they pay for: from the first planned start of those
// to their last planned finish. The project itself is unchanged.
func (p *Project) DatedBudget() Budget {
	b := p.Budget
	work := make(map[string]Activity, len(p.Activities))
	for _, a := range p.Activities {
		work[a.ID] = a
	}
	b.Lines = slices.Clone(b.Lines)
	for i, l := range b.Lines {
		if l.From.IsValid() || l.Until.IsValid() {
			continue
		}
		for _, id := range l.Activities {
			a := work[id]
			if a.Start.IsValid() && (l.From == 0 || a.Start < l.From) {
				l.From = a.Start
			}
			l.Until = max(l.Until, a.Finish)
		}
		b.Lines[i] = l
	}
	return b
}

// first and last are the days between which the line's money is due.
func (l BudgetLine) first() calendar.Date {
	if l.From.IsValid() {
		return l.From
	}
	return l.Until
}

func (l BudgetLine) last() calendar.Date {
	if l.Until.IsValid() {
		return l.Until
	}
	return l.From
}

// payments counts the payments of a dated line up to a day: the times of its
// period, or the days.
func (l BudgetLine) payments(by calendar.Date) int64 {
	by = min(by, l.last())
	switch {
	case by < l.first():
		return 0
	case l.Recurrence == Recurring && l.Every.IsValid():
		return times(l.Every, l.first(), by)
	default:
		return int64(by-l.first()) + 1
	}
}

// times counts the dates first, first+p, first+2p, … up to by, which is not
// before first, in constant time.
func times(p calendar.Period, first, by calendar.Date) int64 {
	var n int
	switch p.Unit {
	case calendar.UnitDay:
		n = int(by-first) / p.Count
	case calendar.UnitWeek:
		n = int(by-first) / 7 / p.Count
	case calendar.UnitMonth:
		n = int(by.MonthOf()-first.MonthOf()) / p.Count
	case calendar.UnitYear:
		n = (by.Year() - first.Year()) / p.Count
	}
	if p.Nth(first, n) > by { // later in its month than by
		n--
	}
	return int64(n) + 1
}

// monthly returns the payments of a dated line in each month from that of its
// first day to that of its last.
func (l BudgetLine) monthly() []int64 {
	from, until := l.first().MonthOf(), l.last().MonthOf()
	weights := make([]int64, 0, until-from+1)
	before := int64(0)
	for m := from; m <= until; m++ {
		upTo := l.payments(m.Last())
		weights = append(weights, upTo-before)
		before = upTo
	}
	return weights
}
