package bulk

import (
	"cmp"
	"math/bits"
	"slices"

	"github.com/crmrollout/crm/crmproject/calendar"
)

// An entry is a customer on the way to be sorted.
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
		if !x.present() {
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
	for from := 0; from < len(t.Last); from++ {
		to := from
		for to < len(t.Last) && t.Last[to] != absent {
			to++
		}
		t.move(at, from, to)
		at += to - from
		from = to
	}
	t.Customers, t.First, t.Last = t.Customers[:n], t.First[:n], t.Last[:n]
	t.Orders, t.Sum = t.Orders[:n], t.Sum[:n]
	if t.Days != nil {
		t.Days = t.Days[:n]
	}
}

// move moves the customers from a place up to another one to a place before.
func (t *Totals[I]) move(at, from, to int) {
	if at == from {
		return
	}
	copy(t.Customers[at:], t.Customers[from:to])
	copy(t.First[at:], t.First[from:to])
	copy(t.Last[at:], t.Last[from:to])
	copy(t.Orders[at:], t.Orders[from:to])
	copy(t.Sum[at:], t.Sum[from:to])
	if t.Days != nil {
		copy(t.Days[at:], t.Days[from:to])
	}
}

// sorting puts entries into ascending order of codes: dealt into buckets by range,
// and each bucket again. Where codes crowd in few places, what remains is an ordinary
// sort.
type sorting struct {
	entries []entry
	start   []uint32
	next    []uint32 // of each list, by bucket
	shelves []shelf  // of each worker
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
	if err := s.deal(t, lists, shift, int(span>>shift)+1); err != nil {
		return err
	}
	s.shelves = append(s.shelves, make([]shelf, max(0, t.size-len(s.shelves)))...)
	return t.each(len(s.start)-1, func(worker, i int) {
		from, to := s.start[i], s.start[i+1]
		done(int(from), s.shelves[worker].sort(s.entries[from:to], shift))
	})
}

// deal writes the entries to their buckets, each list by one worker.
func (s *sorting) deal(t *team, lists [][]entry, shift uint, buckets int) error {
	s.start, s.next = grown(s.start, buckets+1), grown(s.next, buckets*len(lists))
	clear(s.next)
	of := func(list int) []uint32 { return s.next[list*buckets : (list+1)*buckets] }
	err := t.each(len(lists), func(_, list int) {
		next := of(list)
		for i := range lists[list] {
			next[lists[list][i].code>>shift]++
		}
	})
	at := uint32(0)
	for bucket := range buckets {
		s.start[bucket] = at
		for list := range lists {
			n := &s.next[list*buckets+bucket]
			at, *n = at+*n, at
		}
	}
	s.start[buckets] = at
	if err != nil {
		return err
	}
	return t.each(len(lists), func(_, list int) {
		next := of(list)
		for i := range lists[list] {
			x := &lists[list][i]
			at := &next[x.code>>shift]
			s.entries[*at] = *x
			*at++
		}
	})
}

// A shelf is where a bucket is dealt to as many places as it has entries, which
// leaves little to sort.
type shelf struct {
	entries []entry
	next    []uint32
}

// crowded is how many entries at one place are not worth sorting by insertion.
const crowded = 32

// sort sorts a bucket, whose codes differ in the lowest shift bits only.
func (s *shelf) sort(bucket []entry, shift uint) []entry {
	wide := min(shift, uint(bits.Len(uint(len(bucket)))))
	mask, shift := uint64(1)<<wide-1, shift-wide
	s.entries, s.next = grown(s.entries, len(bucket)), grown(s.next, int(mask)+1)
	clear(s.next)
	for i := range bucket {
		s.next[bucket[i].code>>shift&mask]++
	}
	at, most := uint32(0), uint32(0)
	for i, n := range s.next {
		s.next[i], most = at, max(most, n)
		at += n
	}
	if most > crowded {
		slices.SortFunc(bucket, func(a, b entry) int { return cmp.Compare(a.code, b.code) })
		return bucket
	}
	for i := range bucket {
		at := &s.next[bucket[i].code>>shift&mask]
		s.entries[*at] = bucket[i]
		*at++
	}
	insertionSort(s.entries)
	return s.entries
}

// insertionSort sorts entries that are near their places.
func insertionSort(entries []entry) {
	for i := 1; i < len(entries); i++ {
		for j := i; j > 0 && entries[j].code < entries[j-1].code; j-- {
			entries[j], entries[j-1] = entries[j-1], entries[j]
		}
	}
}
