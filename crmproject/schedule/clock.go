package schedule

import "github.com/crmrollout/crm/crmproject/calendar"

// A clock converts between two measures of time. An instant is the boundary
// between two civil days: instant d is the first moment of day d, so work on
// the days 5 to 7 takes place between the instants 5 and 8. A position counts
// the working units of one calendar before an instant. Both carry shift bits of
// fraction, none in plans and some in simulations.
//
// On a calendar all instants between the end of a working day and the start of
// the next are one position. Of these instants, shut gives the first and open
// the last. So the four conversions are adjoint, which is what makes the late
// dates the exact counterpart of the early ones:
//
//	shut(x) ≤ b  ⇔  x ≤ rank(b)          open(x) ≥ b  ⇔  x ≥ rank(b)
//	shut(x) ≥ b  ⇔  x ≥ reach(b)         open(x) ≤ b  ⇔  x ≤ rank(b+1) − 1   (without fraction)
//
// Without calendars instants and positions are the same offsets.
type clock struct {
	works []*calendar.Working // nil without calendars
	shift uint
	lost  bool // some time lay outside the calendar, and results mean nothing
}

// split parts a time into whole units and fraction.
func (c *clock) split(t int) (units, fraction int) { return t >> c.shift, t & (1<<c.shift - 1) }

// rank returns the position of instant b: the working time before it.
func (c *clock) rank(which int32, b int) int {
	if c.works == nil {
		return b
	}
	day, fraction := c.split(b)
	w := c.works[which]
	x := c.before(w, day) << c.shift
	if fraction > 0 && w.IsWorking(calendar.Date(day)) {
		x += fraction
	}
	return x
}

// open returns the instant when the work after position x begins: the last
// instant of the position.
func (c *clock) open(which int32, x int) int {
	if c.works == nil {
		return x
	}
	k, fraction := c.split(x)
	return c.nth(which, k)<<c.shift + fraction
}

// shut returns the instant when the work before position x is over: the first
// instant of the position.
func (c *clock) shut(which int32, x int) int {
	if c.works == nil {
		return x
	}
	k, fraction := c.split(x)
	if fraction > 0 {
		return c.nth(which, k)<<c.shift + fraction
	}
	return (c.nth(which, k-1) + 1) << c.shift
}

// reach returns the first position that is not shut before instant b. Work on a
// day that is free on this calendar is only matched by the whole next working
// day.
func (c *clock) reach(which int32, b int) int {
	if c.works == nil {
		return b
	}
	day, _ := c.split(b - 1)
	w := c.works[which]
	x := c.before(w, day) << c.shift
	if w.IsWorking(calendar.Date(day)) {
		return x + b - day<<c.shift
	}
	return x + 1<<c.shift
}

// before counts the working days before a day.
func (c *clock) before(w *calendar.Working, day int) int {
	if day < int(calendar.MinDate) || day > int(calendar.MaxDate) {
		c.lost = true
		return 0
	}
	n, _ := w.Rank(calendar.Date(day))
	return n
}

// nth returns the working day with k working days before it.
func (c *clock) nth(which int32, k int) int {
	d := c.works[which].Nth(k)
	if d == 0 {
		c.lost = true
	}
	return int(d)
}
