package calendar

import (
	"cmp"
	"iter"
	"slices"
)

// A Working is a working calendar: it knows which days are worked, rolls dates
// onto them, moves by them and counts them. [Pattern.Compile] makes one. It
// never changes afterwards, so any number of goroutines may share it.
//
// Every question takes O(log n) time for n holidays and extra days, whatever
// the distance, and none allocates; the calendar itself takes O(n) space. A
// result that would lie outside [MinDate] to [MaxDate] is no date.
//
// The zero Working has no working day: it answers 0, false and no date.
type Working struct {
	pattern Pattern
	spans   []span
	total   int
}

func newWorking(p Pattern) *Working {
	w := &Working{pattern: p}
	runs := spans(p)
	// Each count needs only the runs before it, which are in w.spans by then.
	w.spans = make([]span, 0, len(runs))
	for _, s := range runs {
		s.before = int32(w.rank(s.first))
		w.spans = append(w.spans, s)
	}
	w.total = w.rank(MaxDate + 1)
	return w
}

// Pattern returns a copy of the data that w was made from.
func (w *Working) Pattern() Pattern { return w.pattern.clone() }

// IsWorking reports whether d is a working day. No date is none.
func (w *Working) IsWorking(d Date) bool {
	if !d.IsValid() {
		return false
	}
	if s, ok := w.spanAt(d); ok && d <= s.last {
		return s.works
	}
	return w.pattern.Week.Has(d.Weekday())
}

// Next returns the first working day on or after d: d itself if it is one.
func (w *Working) Next(d Date) Date { return w.Add(d, 0) }

// Previous returns the last working day on or before d: d itself if it is one.
func (w *Working) Previous(d Date) Date {
	if !d.IsValid() {
		return 0
	}
	return w.nth(w.rank(d+1) - 1)
}

// Add returns the working day n working days after d, or before it if n is
// negative. A d that is not a working day counts as the next one, so
// Add(Saturday, 1) is Tuesday and Add(Saturday, -1) is Friday, the last working
// day before. Wherever the result is a date,
//
//	Count(d, Add(d, n)) == n
//
// A task of n ≥ 1 working days that starts on d finishes on Add(d, n-1), start
// and finish included.
func (w *Working) Add(d Date, n int) Date {
	if !d.IsValid() || n > int(MaxDate) || n < -int(MaxDate) {
		return 0
	}
	return w.nth(w.rank(d) + n)
}

// Count returns the number of working days from from, included, to to, not
// included. It is negative if to comes first: Count(a, b) = −Count(b, a), and
// Count(a, b) + Count(b, c) = Count(a, c) for any three days. With no date on
// either side it returns 0 and false. To include the last day see
// [Working.CountIn].
func (w *Working) Count(from, to Date) (days int, ok bool) {
	if !from.IsValid() || !to.IsValid() {
		return 0, false
	}
	return w.rank(to) - w.rank(from), true
}

// CountIn returns the number of working days in i, both ends included. It
// returns 0 and false if a side of i is open or i is not valid.
func (w *Working) CountIn(i Interval) (days int, ok bool) {
	if _, ok := i.Len(); !ok {
		return 0, false
	}
	return w.rank(i.Until+1) - w.rank(i.From), true
}

// Rank returns the number of working days before d, counted from [MinDate]:
// the position of d on an axis of working days. With no date it returns 0 and
// false.
func (w *Working) Rank(d Date) (days int, ok bool) { return w.Count(MinDate, d) }

// Nth returns the working day with n working days before it, counted from
// [MinDate]. It is no date if there is none. Nth(Rank(d)) is Next(d).
func (w *Working) Nth(n int) Date { return w.nth(n) }

// Days yields the working days from first to last, both included, in ascending
// order. It yields nothing if last comes before first or either is no date.
func (w *Working) Days(first, last Date) iter.Seq[Date] {
	return func(yield func(Date) bool) {
		for d := w.Next(first); d != 0 && d <= last && last.IsValid(); d = w.Add(d, 1) {
			if !yield(d) {
				return
			}
		}
	}
}

// rank is the number of working days before d, which may be MaxDate+1.
func (w *Working) rank(d Date) int {
	s, ok := w.spanAt(d)
	if !ok {
		return w.pattern.Week.before(d)
	}
	after := min(d, s.last+1)
	n := int(s.before)
	if s.works {
		n += int(after - s.first)
	}
	return n + w.pattern.Week.before(d) - w.pattern.Week.before(after)
}

// spanAt returns the last span that begins on or before d.
func (w *Working) spanAt(d Date) (span, bool) {
	i, _ := slices.BinarySearchFunc(w.spans, d, func(s span, d Date) int {
		return cmp.Or(cmp.Compare(s.first, d), -1)
	})
	if i == 0 {
		return span{}, false
	}
	return w.spans[i-1], true
}

// nth inverts rank: the working day with n working days before it.
func (w *Working) nth(n int) Date {
	if n < 0 || n >= w.total {
		return 0
	}
	// The last span with at most n working days before it.
	i, _ := slices.BinarySearchFunc(w.spans, n, func(s span, n int) int {
		return cmp.Or(cmp.Compare(int(s.before), n), -1)
	})
	if i == 0 {
		return w.pattern.Week.nth(n)
	}
	s := w.spans[i-1]
	n -= int(s.before)
	if s.works {
		worked := int(s.last-s.first) + 1
		if n < worked {
			return s.first + Date(n)
		}
		n -= worked
	}
	return w.pattern.Week.nth(w.pattern.Week.before(s.last+1) + n)
}
