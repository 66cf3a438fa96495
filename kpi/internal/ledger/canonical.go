package ledger

import (
	"cmp"
	"math"
	"slices"

	"github.com/crmrollout/crm/crmproject/calendar"
)

// Compact puts l into canonical form. What l says stays the same; it takes less
// memory, unless no customer had two events of one kind on one day.
func (l *Log[K]) Compact() {
	if c := l.Canonical(); c != l {
		due := l.due
		*l = *c
		l.due = due
	}
}

// Canonical returns a log with the same events in canonical form: l itself if it
// is so already. It takes O(n log n) time for n rows, less if keys arrived in
// order.
func (l *Log[K]) Canonical() *Log[K] {
	if l.canonical || len(l.who) == 0 {
		return l
	}
	order, rank := l.ranks()
	c := &Log[K]{canonical: true, keys: make([]K, len(order))}
	for r, who := range order {
		c.keys[r] = l.keys[who]
	}
	rows, start := l.byCustomer(rank)
	for r := range order {
		mine := rows[start[r]:start[r+1]]
		slices.Sort(mine) // by day, which stands in the upper half
		c.combine(l, uint32(r), mine)
	}
	return c
}

// Order returns the customer numbers in ascending order of their keys.
func (l *Log[K]) Order() []uint32 {
	order, _ := l.ranks()
	return order
}

// Starts returns where the rows of each customer begin, with one more element
// for the end of the last. The log must be canonical.
func (l *Log[K]) Starts() []int {
	start := make([]int, len(l.keys)+1)
	for _, who := range l.who {
		start[who+1]++
	}
	for i := range l.keys {
		start[i+1] += start[i]
	}
	return start
}

// ranks returns the customer numbers in ascending order of keys, and the place
// of each number in that order.
func (l *Log[K]) ranks() (order, rank []uint32) {
	order, rank = make([]uint32, len(l.keys)), make([]uint32, len(l.keys))
	for i := range order {
		order[i] = uint32(i)
	}
	if !slices.IsSorted(l.keys) {
		l.sortByKey(order)
	}
	for r, who := range order {
		rank[who] = uint32(r)
	}
	return order, rank
}

// sortByKey sorts pairs, so that comparing does not reach into the key column.
func (l *Log[K]) sortByKey(order []uint32) {
	type pair struct {
		key K
		who uint32
	}
	pairs := make([]pair, len(l.keys))
	for i, key := range l.keys {
		pairs[i] = pair{key, uint32(i)}
	}
	slices.SortFunc(pairs, func(a, b pair) int { return cmp.Compare(a.key, b.key) })
	for i, p := range pairs {
		order[i] = p.who
	}
}

// byCustomer groups the rows by rank of the customer in one counting pass. Each
// element holds the day in the upper and the row in the lower 32 bits; start says
// where the rows of a rank begin.
func (l *Log[K]) byCustomer(rank []uint32) (rows []uint64, start []int) {
	start = make([]int, len(rank)+1)
	for _, who := range l.who {
		start[rank[who]+1]++
	}
	for r := range rank {
		start[r+1] += start[r]
	}
	next := slices.Clone(start)
	rows = make([]uint64, len(l.who))
	for i, who := range l.who {
		r := rank[who]
		rows[next[r]] = uint64(l.day[i])<<32 | uint64(i)
		next[r]++
	}
	return rows, start
}

// combine appends the given rows of from, in order of days, to the canonical log l.
func (l *Log[K]) combine(from *Log[K], who uint32, rows []uint64) {
	for len(rows) > 0 {
		day := rows[0] >> 32
		var cells [3]cell
		for len(rows) > 0 && rows[0]>>32 == day {
			i := uint32(rows[0])
			kind := 1 + cmp.Compare(from.sum[i], 0)
			cells[kind].n += uint64(from.n[i])
			cells[kind].sum = cells[kind].sum.add(magnitude(from.sum[i]))
			rows = rows[1:]
		}
		for kind, x := range cells {
			l.appendCell(who, calendar.Date(day), kind-1, x)
		}
	}
}

// A cell is everything of one kind that a customer did on one day: the number of
// events and the magnitude of their sum.
type cell struct {
	n   uint64
	sum wide
}

// appendCell appends a cell as rows: one, or as many as it takes to hold its
// count and its sum. In each row the sum is at least the number of events, unless
// both are of events without an amount, so a row shows its kind.
func (l *Log[K]) appendCell(who uint32, day calendar.Date, sign int, x cell) {
	most := uint64(math.MaxInt64)
	if sign < 0 {
		most++ // the magnitude of the smallest int64
	}
	for x.sum.hi > 0 || x.sum.lo > most {
		take := most
		if spare := x.sum.sub(x.n - 1); spare.hi == 0 { // leave 1 for each other event
			take = min(take, spare.lo)
		}
		x.n, x.sum = x.n-1, x.sum.sub(take)
		l.row(who, day, 1, signed(take, sign))
	}
	for x.n > math.MaxUint32 {
		take := min(x.sum.lo, math.MaxUint32)
		x.n, x.sum = x.n-math.MaxUint32, x.sum.sub(take)
		l.row(who, day, math.MaxUint32, signed(take, sign))
	}
	if x.n > 0 {
		l.row(who, day, uint32(x.n), signed(x.sum.lo, sign))
	}
}

func signed(magnitude uint64, sign int) int64 {
	if sign < 0 {
		return -int64(magnitude)
	}
	return int64(magnitude)
}
