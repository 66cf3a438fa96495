package bulk

import (
	"math/bits"

	"github.com/crmrollout/crm/crmproject/calendar"
)

// A packing puts day and amount of an event into one word: the amount above, the
// day below, counted from 1. A word whose day is 0 is of an event that does not count.
type packing struct {
	from  calendar.Date // first day that counts
	span  uint32        // days that count, less one
	least int64         // amounts below do not count
	zero  calendar.Date // the day before the first, which is packed as 1
	days  int           // days from the first to the last
	bits  uint          // of a day
	width uint          // of day and amount
	none  bool          // no event counts
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
	p.width = p.bits + amount
	return p, p.width < 64
}

// packEvents writes the words of events.
func (p *packing) packEvents(days []calendar.Date, minor []int64, words []uint64) {
	from, span, zero, least, shift := p.from, p.span, p.zero, p.least, p.bits&63
	minor, words = minor[:len(days)], words[:len(days)]
	for i, d := range days {
		v := minor[i]
		word := uint64(v)<<shift | uint64(d-zero)
		if uint32(d-from) > span || v < least {
			word = 0
		}
		words[i] = word
	}
}

// packDays writes the words of events without amounts.
func (p *packing) packDays(days []calendar.Date, words []uint64) {
	if p.none {
		clear(words)
		return
	}
	from, span, zero := p.from, p.span, p.zero
	words = words[:len(days)]
	for i, d := range days {
		word := uint64(d - zero)
		if uint32(d-from) > span {
			word = 0
		}
		words[i] = word
	}
}

// packPeriods writes the periods of events whose amounts make no difference, given those
// of packed days.
func (p *packing) packPeriods(days []calendar.Date, of []uint16, periods []uint64) {
	if p.none {
		clear(periods)
		return
	}
	from, span, zero := p.from, p.span, p.zero
	periods = periods[:len(days)]
	for i, d := range days {
		day := d - zero
		if uint32(d-from) > span {
			day = 0
		}
		periods[i] = uint64(of[day])
	}
}
