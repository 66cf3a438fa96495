package calendar

import "iter"

// An Interval is a run of civil days, both ends included. A zero From or Until
// leaves that side open, so the zero Interval is all time. In JSON it is
// {"from": "2027-01-01", "until": "2027-03-31"}, an open side left out.
//
// An Interval whose From comes after its Until is not valid: it contains no
// day and overlaps nothing.
type Interval struct {
	From  Date `json:"from,omitzero"`  // first day, zero = open
	Until Date `json:"until,omitzero"` // last day, zero = open
}

// whole returns the Interval of a month, quarter or week. With no dates it must
// not be the zero Interval, which is all time, so its ends are crossed.
func whole(first, last Date) Interval {
	if !first.IsValid() {
		return Interval{From: MaxDate, Until: MinDate}
	}
	return Interval{From: first, Until: last}
}

// IsValid reports whether each end is open or a day, and From is not after
// Until where both are set.
func (i Interval) IsValid() bool { _, _, ok := i.bounds(); return ok }

// bounds returns the first and the last day with open sides filled in, and
// whether i is valid.
func (i Interval) bounds() (first, last Date, ok bool) {
	first, last = i.From, i.Until
	if first == 0 {
		first = MinDate
	}
	if last == 0 {
		last = MaxDate
	}
	return first, last, first.IsValid() && last.IsValid() && first <= last
}

// Contains reports whether d lies in i. No interval contains the zero Date.
func (i Interval) Contains(d Date) bool {
	first, last, ok := i.bounds()
	return ok && first <= d && d <= last
}

// Overlaps reports whether some day lies in both i and j.
func (i Interval) Overlaps(j Interval) bool { _, ok := i.Intersect(j); return ok }

// Intersect returns the days that lie in both i and j, and false if there are
// none. A side is open only if it is open in both.
func (i Interval) Intersect(j Interval) (Interval, bool) {
	both := Interval{From: max(i.From, j.From), Until: i.Until}
	if both.Until == 0 || j.Until != 0 && j.Until < both.Until {
		both.Until = j.Until
	}
	if !i.IsValid() || !j.IsValid() || !both.IsValid() {
		return Interval{}, false
	}
	return both, true
}

// Len returns the number of days of i, at least 1. It returns 0 and false if a
// side is open or i is not valid.
func (i Interval) Len() (days int, ok bool) {
	days, ok = i.Until.DaysSince(i.From)
	if !ok || days < 0 {
		return 0, false
	}
	return days + 1, true
}

// Days yields the days of i in ascending order; an open side runs to [MinDate]
// or [MaxDate]. It yields nothing if i is not valid.
func (i Interval) Days() iter.Seq[Date] {
	first, last, _ := i.bounds()
	return Days(first, last)
}

// String returns i as ISO 8601 writes it, "2027-01-01/2027-03-31", with ".."
// for an open side.
func (i Interval) String() string { return side(i.From) + "/" + side(i.Until) }

func side(d Date) string {
	if d == 0 {
		return ".."
	}
	return d.String()
}
