package calendar_test

import (
	"slices"

	"github.com/crmrollout/crm/crmproject/calendar"
)

// slow is the readable twin of a Working: it asks the pattern about each day
// in turn, within a window of dates.
type slow struct {
	pattern     calendar.Pattern
	first, last Date // the window
}

func (s slow) works(d Date) bool {
	if slices.Contains(s.pattern.Extra, d) {
		return true
	}
	if _, ok := s.pattern.HolidayOn(d); ok {
		return false
	}
	return s.pattern.Week.Has(d.Weekday())
}

// next and previous return 0 where they would leave the window.
func (s slow) next(d Date) Date {
	for ; d <= s.last; d++ {
		if s.works(d) {
			return d
		}
	}
	return 0
}

func (s slow) previous(d Date) Date {
	for ; d >= s.first; d-- {
		if s.works(d) {
			return d
		}
	}
	return 0
}

func (s slow) add(d Date, n int) Date {
	if n < 0 {
		for ; n < 0 && d != 0; n++ {
			d = s.previous(d - 1)
		}
		return d
	}
	for d = s.next(d); n > 0 && d != 0; n-- {
		d = s.next(d + 1)
	}
	return d
}

func (s slow) count(from, to Date) int {
	if to < from {
		return -s.count(to, from)
	}
	n := 0
	for d := from; d < to; d++ {
		if s.works(d) {
			n++
		}
	}
	return n
}
