package calendar

import "iter"

// Days yields the days from first to last, both included, in ascending order.
// It yields nothing if last comes before first or either is no date.
func Days(first, last Date) iter.Seq[Date] {
	return func(yield func(Date) bool) {
		if !first.IsValid() || !last.IsValid() {
			return
		}
		for d := first; d <= last; d++ {
			if !yield(d) {
				return
			}
		}
	}
}
