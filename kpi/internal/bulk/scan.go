package bulk

import "github.com/crmrollout/crm/crmproject/calendar"

// An extent is what a scan finds out about a run of rows.
type extent[I Integer] struct {
	low, high I // customers
	first     calendar.Date
	last      calendar.Date
	least     int64 // amounts
	most      int64
	counts    counts
	fault     Fault
}

// counts are events in the window by sign, and those outside.
type counts struct{ later, earlier, negative, zero int64 }

// scan goes through a run of rows, at least one.
func scan[I Integer](who []I, days []calendar.Date, minor []int64, from, asOf calendar.Date) extent[I] {
	var x extent[I]
	x.low, x.high = extremes(who)
	x.first, x.last = extremes(days)
	if len(minor) > 0 {
		x.least, x.most = extremes(minor)
	}
	inside := x.first >= from && x.last <= asOf
	switch {
	case minor == nil && inside:
		x.counts.zero = int64(len(who))
	case inside && x.least > 0: // orders, all of them
	default:
		x.counts = count(days, minor, from, asOf)
	}
	if !x.first.IsValid() || !x.last.IsValid() {
		x.fault = faultIn(days)
	}
	return x
}

// extremes returns the least and the greatest of at least one value, two by two so
// that one comparison need not wait for the other.
func extremes[T Integer | calendar.Date](values []T) (least, most T) {
	least, most = values[0], values[0]
	low, high := least, most
	for len(values) >= 4 {
		a, b, c, d := values[0], values[1], values[2], values[3]
		least, most = min(least, a, b), max(most, a, b)
		low, high = min(low, c, d), max(high, c, d)
		values = values[4:]
	}
	for _, v := range values {
		low, high = min(low, v), max(high, v)
	}
	return min(least, low), max(most, high)
}

func count(days []calendar.Date, minor []int64, from, asOf calendar.Date) counts {
	var c counts
	for i, d := range days {
		v := int64(0)
		if minor != nil {
			v = minor[i]
		}
		switch {
		case d > asOf:
			c.later++
		case d < from:
			c.earlier++
		case v < 0:
			c.negative++
		case v == 0:
			c.zero++
		}
	}
	return c
}

// faultIn finds the first bad day, and how many there are.
func faultIn(days []calendar.Date) Fault {
	var f Fault
	for i, d := range days {
		if !d.IsValid() {
			if f.Bad == 0 {
				f.Row, f.Day = i, d
			}
			f.Bad++
		}
	}
	return f
}

// join takes in the extent of the rows that follow, from the given one on.
func (x *extent[I]) join(y extent[I], from int) {
	x.low, x.high = min(x.low, y.low), max(x.high, y.high)
	x.first, x.last = min(x.first, y.first), max(x.last, y.last)
	x.least, x.most = min(x.least, y.least), max(x.most, y.most)
	x.counts.later += y.counts.later
	x.counts.earlier += y.counts.earlier
	x.counts.negative += y.counts.negative
	x.counts.zero += y.counts.zero
	if x.fault.Bad == 0 && y.fault.Bad > 0 {
		x.fault.Row, x.fault.Day = from+y.fault.Row, y.fault.Day
	}
	x.fault.Bad += y.fault.Bad
}

// of returns what the policy makes of the counts of so many events.
func (p Policy) of(c counts, events int) Counts {
	n := Counts{Events: int64(events), Later: c.later, Earlier: c.earlier}
	n.Orders = n.Events - c.later - c.earlier
	switch p {
	case EveryEvent:
	case PurchasesOnly:
		n.Ignored = c.negative + c.zero
	default:
		n.Refunds = c.negative
	}
	n.Orders -= n.Ignored + n.Refunds
	return n
}
