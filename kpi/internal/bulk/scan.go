package bulk

import (
	"math/bits"

	"github.com/crmrollout/crm/crmproject/calendar"
)

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
	x := extent[I]{low: who[0], high: who[0], first: days[0], last: days[0]}
	for _, w := range who {
		x.low, x.high = min(x.low, w), max(x.high, w)
	}
	for _, d := range days {
		x.first, x.last = min(x.first, d), max(x.last, d)
	}
	if len(minor) > 0 {
		x.least, x.most = minor[0], minor[0]
	}
	for _, v := range minor {
		x.least, x.most = min(x.least, v), max(x.most, v)
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

// A packing puts day and amount of an event into one word: the amount above, the
// day below, counted from 1. A word whose day is 0 is of an event that does not count.
type packing struct {
	from  calendar.Date // first day that counts
	span  uint32        // days that count, less one
	least int64         // amounts below do not count
	zero  calendar.Date // the day before the first, which is packed as 1
	days  int           // days from the first to the last
	bits  uint          // of a day
}

// packing returns how to pack the events of an extent, and false if it is not
// possible. There may be none that count.
func (j *Job) packing(first, last calendar.Date, least, most int64) (packing, bool) {
	p := packing{from: j.From, span: uint32(j.AsOf - j.From), least: least}
	first, last = max(first, j.From), min(last, j.AsOf)
	p.zero, p.days = first-1, max(0, int(last-first)+1)
	p.bits = uint(bits.Len(uint(p.days)))
	if j.Policy == PurchasesOnly {
		p.least, least = 1, 0
	}
	amount := uint(1 + max(bits.Len64(uint64(max(most, 0))), bits.Len64(^uint64(min(least, -1)))))
	return p, p.bits+amount <= 64
}

// pack returns the word of an event.
func (p *packing) pack(day calendar.Date, minor int64) uint64 {
	if uint32(day-p.from) > p.span || minor < p.least {
		return 0
	}
	return uint64(minor)<<p.bits | uint64(day-p.zero)
}
