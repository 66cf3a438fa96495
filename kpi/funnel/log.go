package funnel

import (
	"cmp"
	"fmt"
	"iter"
	"math"
	"slices"

	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/kpi"
)

// An Event is something that a customer did, or that happened to a lead.
type Event[K kpi.Key] struct {
	Customer K      `json:"customer"`
	Time     int64  `json:"time"`            // in seconds since 1970-01-01 UTC, see time.Time.Unix
	Order    int64  `json:"order,omitempty"` // place among the events of the same time, such as the row of the file
	Name     string `json:"name"`            // what happened: "lead", "won"
	// Attribute is what the result can be broken down by, such as the source of the
	// lead.
	Attribute string `json:"attribute,omitempty"`
}

// A Log accumulates events of any names; which of them are steps is said when a
// result is asked for. Parts accumulated apart are joined by [Log.Merge] in any
// order and grouping: the same events give the same bytes from
// [Log.MarshalBinary] and the same results. Since a funnel depends on the order of
// single events, nothing can be summed up early: memory is 32 bytes for each event,
// and each customer, name and attribute once. [Columns] take 8.
//
// The zero Log is empty and ready for use. It must not be copied after first use,
// and only reading from it is safe for concurrent use.
type Log[K kpi.Key] struct {
	customers  dictionary[K]
	names      dictionary[string]
	attributes dictionary[string]
	rows       []row
	sorted     bool // in canonical form
}

// A row is an event with numbers for what the dictionaries hold.
type row struct {
	who, name, attribute uint32
	at, order            int64
}

// A dictionary numbers values in the order in which they come.
type dictionary[T cmp.Ordered] struct {
	values []T
	number map[T]uint32
}

func (d *dictionary[T]) of(v T) uint32 {
	n, ok := d.number[v]
	if !ok {
		if d.number == nil {
			d.number = map[T]uint32{}
		}
		n = uint32(len(d.values))
		d.number[v], d.values = n, append(d.values, v)
	}
	return n
}

// ranked returns the values in ascending order, and the place in it of each number.
func (d *dictionary[T]) ranked() (values []T, rank []uint32) {
	values = slices.Sorted(slices.Values(d.values))
	rank = make([]uint32, len(values))
	for r, v := range values {
		rank[d.number[v]] = uint32(r)
	}
	return values, rank
}

// Add records one event. It takes constant time on average. The error wraps
// [verdict.ErrMissing] for an event without a name, or [verdict.ErrRange] for a time
// beyond 2⁶¹ seconds, and nothing is recorded then.
func (l *Log[K]) Add(e Event[K]) error {
	var faults verdict.Faults
	if e.Name == "" {
		faults.Missing("name")
	}
	checkTime(&faults, "time", e.Time)
	if len(l.rows) >= math.MaxUint32 {
		faults.Addf("", "%w: more than %d events", verdict.ErrRange, uint32(math.MaxUint32))
	}
	if err := faults.Err(); err != nil {
		return fmt.Errorf("funnel: event of customer %s: %w", verdict.Quote(fmt.Sprint(e.Customer)), err)
	}
	l.add(e)
	return nil
}

func (l *Log[K]) add(e Event[K]) {
	l.sorted = false
	l.rows = append(l.rows, row{l.customers.of(e.Customer), l.names.of(e.Name), l.attributes.of(e.Attribute), e.Time, e.Order})
}

// AddAll records events as they come. It stops at the first that [Log.Add] refuses
// and returns its error with its place, counted from 0; those before it stay
// recorded.
func (l *Log[K]) AddAll(events iter.Seq[Event[K]]) error {
	n := 0
	for e := range events {
		if err := l.Add(e); err != nil {
			return fmt.Errorf("%w (event %d)", err, n)
		}
		n++
	}
	return nil
}

// Merge takes in every event of other, which is not changed. A log may be merged
// with itself, which doubles it. The only error is that of more than 2³² events, and
// then l is unchanged.
func (l *Log[K]) Merge(other *Log[K]) error {
	if len(l.rows)+len(other.rows) > math.MaxUint32 {
		return fmt.Errorf("funnel: log: %w: more than %d events", verdict.ErrRange, uint32(math.MaxUint32))
	}
	for _, r := range other.rows {
		l.add(other.event(r))
	}
	return nil
}

func (l *Log[K]) event(r row) Event[K] {
	return Event[K]{l.customers.values[r.who], r.at, r.order, l.names.values[r.name], l.attributes.values[r.attribute]}
}

// Customers returns the number of distinct customers.
func (l *Log[K]) Customers() int { return len(l.customers.values) }

// Events returns the number of events.
func (l *Log[K]) Events() int64 { return int64(len(l.rows)) }

// Names returns the names of the events in ascending order.
func (l *Log[K]) Names() []string { return slices.Sorted(slices.Values(l.names.values)) }

// All yields the events in ascending order of customer, time, order, name and
// attribute. Unless l is compact, it works on a sorted copy.
func (l *Log[K]) All() iter.Seq[Event[K]] {
	return func(yield func(Event[K]) bool) {
		c := l.canonical()
		for _, r := range c.rows {
			if !yield(c.event(r)) {
				return
			}
		}
	}
}

// Compact puts the events into order. Results stay the same; several taken from a
// compact log share that work.
func (l *Log[K]) Compact() { *l = *l.canonical() }

// canonical returns a log with the same events in canonical form: numbers in the
// order of values, rows in order. It is l itself if it is so already.
func (l *Log[K]) canonical() *Log[K] {
	if l.sorted {
		return l
	}
	c := &Log[K]{sorted: true, rows: make([]row, len(l.rows))}
	customers, who := l.customers.ranked()
	names, name := l.names.ranked()
	attributes, attribute := l.attributes.ranked()
	c.customers.fill(customers)
	c.names.fill(names)
	c.attributes.fill(attributes)
	start := make([]uint32, len(customers)+1)
	for _, r := range l.rows {
		start[who[r.who]+1]++
	}
	for i := range customers {
		start[i+1] += start[i]
	}
	next := slices.Clone(start)
	for _, r := range l.rows {
		r.who, r.name, r.attribute = who[r.who], name[r.name], attribute[r.attribute]
		c.rows[next[r.who]] = r
		next[r.who]++
	}
	for i := range customers {
		slices.SortFunc(c.rows[start[i]:start[i+1]], compareRows)
	}
	return c
}

// fill makes d the dictionary of distinct values, numbered as they stand.
func (d *dictionary[T]) fill(values []T) {
	d.values, d.number = values, make(map[T]uint32, len(values))
	for i, v := range values {
		d.number[v] = uint32(i)
	}
}

// compareRows orders the rows of one customer.
func compareRows(a, b row) int {
	return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.order, b.order), cmp.Compare(a.name, b.name), cmp.Compare(a.attribute, b.attribute))
}
