package calendar

import (
	"cmp"
	"slices"
)

// A span is a run of days for which the weekly pattern does not decide.
type span struct {
	first, last Date
	before      int32 // working days before first
	works       bool
}

// spans turns the holidays and extra days of a valid pattern into disjoint
// runs in ascending order. Each extra day cuts at most one run in two, so there
// are at most len(Holidays) + 2·len(Extra) of them.
func spans(p Pattern) []span {
	extra := slices.Clone(p.Extra)
	slices.Sort(extra)
	var all []span
	for _, h := range closures(p.Holidays) {
		for ; len(extra) > 0 && extra[0] <= h.last; extra = extra[1:] {
			day := extra[0]
			if h.first < day {
				all = push(all, span{first: h.first, last: day - 1})
			}
			all = push(all, span{first: day, last: day, works: true})
			h.first = max(h.first, day+1)
		}
		if h.first <= h.last {
			all = push(all, h)
		}
	}
	for _, day := range extra {
		all = push(all, span{first: day, last: day, works: true})
	}
	return all
}

// closures returns the union of the holidays as disjoint runs in ascending
// order.
func closures(holidays []Holiday) []span {
	all := make([]span, 0, len(holidays))
	for _, h := range holidays {
		all = append(all, span{first: h.Date, last: max(h.Date, h.Until)})
	}
	slices.SortFunc(all, func(a, b span) int { return cmp.Compare(a.first, b.first) })
	var union []span
	for _, s := range all {
		union = push(union, s)
	}
	return union
}

// push appends s to runs in ascending order, or makes the last run longer if s
// touches it and is of its kind.
func push(runs []span, s span) []span {
	if n := len(runs); n > 0 && runs[n-1].works == s.works && s.first <= runs[n-1].last+1 {
		runs[n-1].last = max(runs[n-1].last, s.last)
		return runs
	}
	return append(runs, s)
}
