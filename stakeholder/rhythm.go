package stakeholder

import (
	"iter"

	"github.com/crmrollout/crm/crmproject/calendar"
)

// A Rhythm says when a message is due. With Every it is due again and again,
// without it once, on Start; the zero Rhythm is never due: such a message is
// sent on events only.
type Rhythm struct {
	Start     calendar.Date   `json:"start,omitzero"`      // the first message is due
	Every     calendar.Period `json:"every,omitzero"`      // from one message to the next
	Until     calendar.Date   `json:"until,omitzero"`      // none is due after it; no date: for ever
	GraceDays int             `json:"graceDays,omitempty"` // a message may be late by these
}

// Due returns the date on which the next message is due after the last one
// sent: one period after it, whatever its own due date was. Months and years
// clamp to the end of the month, so that P1M after 2027-01-31 is 2027-02-28, and
// then 2027-03-28. If none was sent yet (last is no date), it is Start. It is no date if no further
// message is due.
func (r Rhythm) Due(last calendar.Date) calendar.Date {
	due := r.Start
	if last != 0 {
		due = r.Every.After(last)
	}
	if r.Until != 0 && due > r.Until {
		return 0
	}
	return due
}

// Overdue returns the number of days by which the message after last is late
// at asOf, counted from the end of the grace: 0 up to and including that day.
func (r Rhythm) Overdue(last, asOf calendar.Date) int {
	days, ok := asOf.DaysSince(r.Due(last))
	if !ok {
		return 0
	}
	return max(days-max(r.GraceDays, 0), 0)
}

// Dates yields the dates on which messages are due after the last one sent,
// ascending, if each is sent on its date: the first is Due(last), the next is
// Due of that, and so on.
func (r Rhythm) Dates(last calendar.Date) iter.Seq[calendar.Date] {
	return func(yield func(calendar.Date) bool) {
		for due := r.Due(last); due != 0 && yield(due); {
			due = r.Due(due)
		}
	}
}

// Most returns the largest number of messages that the rhythm calls for from
// the first day to the last, wherever in it they fall: one on the first day and
// one each period after the one before. A message that is due once is one. The
// days before Start and after Until call for none. The cost is linear in the
// result.
func (r Rhythm) Most(first, last calendar.Date) int {
	n := 0
	for d := range r.from(first).Dates(0) {
		if d > last {
			break
		}
		n++
	}
	return n
}

// from returns the rhythm for somebody who is there only from a day on.
func (r Rhythm) from(day calendar.Date) Rhythm {
	if r.Start != 0 {
		r.Start = max(r.Start, day)
	}
	return r
}
