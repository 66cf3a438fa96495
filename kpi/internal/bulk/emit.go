package bulk

import (
	"cmp"
	"math/bits"
	"slices"

	"github.com/crmrollout/crm/crmproject/calendar"
)

// An entry is a customer of a hashed part, on the way to be sorted.
type entry struct {
	code uint64
	tally
}

// newTotals makes columns for n customers.
func newTotals[I Integer](n int, days bool) Totals[I] {
	t := Totals[I]{
		Customers: make([]I, n), Orders: make([]int64, n), Sum: make([]int64, n),
		First: make([]calendar.Date, n), Last: make([]calendar.Date, n),
	}
	if days {
		t.Days = make([]int64, n)
	}
	return t
}

// put writes a customer to place i.
func (t *Totals[I]) put(i int, customer I, x *tally, p *packing) {
	t.Customers[i], t.Sum[i], t.Orders[i] = customer, x.sum, int64(x.orders)
	if x.orders > 0 {
		t.First[i] = p.zero + calendar.Date(uint32(p.days+1)-x.before)
		t.Last[i] = p.zero + calendar.Date(x.last)
	}
	if t.Days != nil {
		t.Days[i] = int64(x.days &^ seen)
	}
}

// absent marks a customer number that no event has.
const absent calendar.Date = -1

// putDense writes a part of dense customers, each to his number, and returns how
// many of them there are.
func putDense[I Integer](t *Totals[I], r *route, part int, tallies []tally, p *packing) int {
	at, n := part<<r.shift, 0
	for i := range tallies {
		x := &tallies[i]
		if x.orders == 0 && x.days&seen == 0 {
			t.Last[at+i] = absent
			continue
		}
		n++
		t.put(at+i, I(r.base+uint64(at+i)), x, p)
	}
	return n
}

// closeUp leaves out absent customers, if only n of the numbers are taken.
func (t *Totals[I]) closeUp(n int) {
	if n == len(t.Last) {
		return
	}
	at := 0
	for i, last := range t.Last {
		if last == absent {
			continue
		}
		t.Customers[at], t.First[at], t.Last[at] = t.Customers[i], t.First[i], last
		t.Orders[at], t.Sum[at] = t.Orders[i], t.Sum[i]
		if t.Days != nil {
			t.Days[at] = t.Days[i]
		}
		at++
	}
	t.Customers, t.First, t.Last = t.Customers[:n], t.First[:n], t.Last[:n]
	t.Orders, t.Sum = t.Orders[:n], t.Sum[:n]
	if t.Days != nil {
		t.Days = t.Days[:n]
	}
}

// sorting puts entries into ascending order of codes: dealt into buckets by range,
// and each bucket sorted. Where codes crowd in few buckets, what remains is an
// ordinary sort.
type sorting struct {
	entries []entry
	start   []uint32
	next    []uint32
}

const bucketEntries = 256

// sort sorts the entries of several lists; done is told of each bucket, in any
// order, and where it begins.
func (s *sorting) sort(t *team, lists [][]entry, span uint64, done func(at int, bucket []entry)) error {
	n := 0
	for _, list := range lists {
		n += len(list)
	}
	s.entries = grown(s.entries, n)
	buckets := min(1<<14, 1<<bits.Len(uint(n/bucketEntries)))
	shift := uint(max(0, bits.Len64(span)-bits.Len(uint(buckets))+1))
	s.deal(lists, shift, int(span>>shift)+1)
	return t.each(len(s.start)-1, func(_, i int) {
		bucket := s.entries[s.start[i]:s.start[i+1]]
		slices.SortFunc(bucket, func(a, b entry) int { return cmp.Compare(a.code, b.code) })
		done(int(s.start[i]), bucket)
	})
}

func (s *sorting) deal(lists [][]entry, shift uint, buckets int) {
	s.start, s.next = grown(s.start, buckets+1), grown(s.next, buckets)
	clear(s.start)
	for _, list := range lists {
		for i := range list {
			s.start[list[i].code>>shift+1]++
		}
	}
	for i := range buckets {
		s.start[i+1] += s.start[i]
	}
	copy(s.next, s.start)
	for _, list := range lists {
		for i := range list {
			at := &s.next[list[i].code>>shift]
			s.entries[*at] = list[i]
			*at++
		}
	}
}
