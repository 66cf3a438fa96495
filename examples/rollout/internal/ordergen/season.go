package main

import (
	"slices"
	"time"

	"github.com/crmrollout/crm/crmproject/calendar"
)

// How much is ordered on a day of the week and in a month, in percent of what is
// usual. They are whole numbers so that their sums are exact.
var (
	weekdayPercent = [7]int64{
		time.Sunday: 80, time.Monday: 96, time.Tuesday: 92, time.Wednesday: 94,
		time.Thursday: 100, time.Friday: 115, time.Saturday: 123,
	}
	monthPercent = [13]int64{
		time.January: 84, time.February: 88, time.March: 96, time.April: 98, time.May: 100, time.June: 97,
		time.July: 90, time.August: 88, time.September: 98, time.October: 103, time.November: 116, time.December: 142,
	}
)

const (
	usual        = 100 * 100 // the demand of a usual day
	feastPercent = 35        // of what the day would have, on 25 and 26 December
)

// demand is how much is ordered on a day if customers are what they are.
func demand(d calendar.Date) int64 {
	_, month, day := d.Civil()
	w := weekdayPercent[d.Weekday()] * monthPercent[month]
	if month == time.December && (day == 25 || day == 26) {
		return w * feastPercent / 100
	}
	return w
}

// clock is a time that runs as fast as a weight of each day says. It counts from
// the beginning of the first day.
type clock struct {
	first calendar.Date
	ends  []int64 // of the days
}

func newClock(days calendar.Interval, weight func(calendar.Date) int64) clock {
	c := clock{first: days.From}
	t := int64(0)
	for d := range calendar.Days(days.From, days.Until) {
		t += weight(d)
		c.ends = append(c.ends, t)
	}
	return c
}

// total is the time at the end of the last day.
func (c clock) total() int64 { return c.ends[len(c.ends)-1] }

// end is the time at the end of a day.
func (c clock) end(d calendar.Date) int64 { return c.ends[d-c.first] }

// day is the day of a time, the one after the last if it is past that.
func (c clock) day(t int64) calendar.Date {
	i, _ := slices.BinarySearch(c.ends, t+1)
	return c.first + calendar.Date(i)
}
