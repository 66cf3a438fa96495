package ledger

import (
	"cmp"
	"errors"
	"math"
	"slices"

	"github.com/crmrollout/crm/crmproject/calendar"
)

// A Key identifies a customer: a string or an integer.
type Key interface {
	~string |
		~int | ~int8 | ~int16 | ~int32 | ~int64 |
		~uint | ~uint8 | ~uint16 | ~uint32 | ~uint64
}

// A Log holds events of customers. The zero Log is empty and ready. It must not be
// copied after first use.
type Log[K Key] struct {
	index     index[K]
	keys      []K             // by customer number
	who       []uint32        // customer number of the row
	day       []calendar.Date // day of the row
	n         []uint32        // events in the row, at least 1
	sum       []int64         // their amounts, all of one sign
	canonical bool            // in canonical form: see Compact
	due       int             // rows at which the log is next compacted, 0 for firstCompaction
	room      int             // rows and customers it may hold, 0 for most
}

// ErrFull is returned when a log has no more room.
var ErrFull = errors.New("more than 4,294,967,294 customers or customer-days")

// most is what row numbers of 32 bits, and customer numbers with one value for an
// empty slot, have room for.
const most = math.MaxUint32 - 1

// spare returns an error unless there is room for so many more rows, and with
// them customers, of which there are never more than rows.
func (l *Log[K]) spare(rows int) error {
	if len(l.who) > cmp.Or(l.room, most)-rows {
		return ErrFull
	}
	return nil
}

// Rows are compacted when there are this many, and again each time their number
// has doubled since: memory follows the number of distinct customer-days, and the
// cost of an event stays constant on average.
const firstCompaction = 1 << 24

// Add appends one event. The day must be valid.
func (l *Log[K]) Add(key K, day calendar.Date, minor int64) error {
	if err := l.spare(1); err != nil {
		return err
	}
	l.row(l.number(key), day, 1, minor)
	l.grown()
	return nil
}

// Merge appends every event of m, which stays as it is. It may be l itself. On
// error l is unchanged.
func (l *Log[K]) Merge(m *Log[K]) error {
	if err := l.spare(len(m.who)); err != nil {
		return err
	}
	number := make([]uint32, len(m.keys))
	for i, key := range m.keys {
		number[i] = l.number(key)
	}
	for i := range len(m.who) { // the length before the first append, if m is l
		l.row(number[m.who[i]], m.day[i], m.n[i], m.sum[i])
	}
	l.grown()
	return nil
}

// grown takes note of new rows.
func (l *Log[K]) grown() {
	l.canonical = false
	if len(l.who) >= cmp.Or(l.due, firstCompaction) {
		l.Compact()
		l.due = max(firstCompaction, 2*len(l.who))
	}
}

// Customers returns the number of distinct customers.
func (l *Log[K]) Customers() int { return len(l.keys) }

// Events returns the number of events.
func (l *Log[K]) Events() int64 {
	total := int64(0)
	for _, n := range l.n {
		total += int64(n)
	}
	return total
}

// Columns are the rows of a log: element i of each slice is that of row i. They
// belong to the log and must not be changed.
type Columns struct {
	Who []uint32        // customer number
	Day []calendar.Date // day
	N   []uint32        // number of events, at least 1
	Sum []int64         // sum of their amounts, all of one sign
}

// Columns returns the rows in no particular order, unless l is canonical.
func (l *Log[K]) Columns() Columns { return Columns{l.who, l.day, l.n, l.sum} }

// Keys returns the customers by number. The slice belongs to the log.
func (l *Log[K]) Keys() []K { return l.keys }

func (l *Log[K]) row(who uint32, day calendar.Date, n uint32, sum int64) {
	if len(l.who) == cap(l.who) {
		l.grow()
	}
	l.who = append(l.who, who)
	l.day = append(l.day, day)
	l.n = append(l.n, n)
	l.sum = append(l.sum, sum)
}

// grow doubles the columns: append alone grows long slices by a quarter, and copies
// each row four times over.
func (l *Log[K]) grow() {
	more := max(len(l.who), 64)
	l.who = slices.Grow(l.who, more)
	l.day = slices.Grow(l.day, more)
	l.n = slices.Grow(l.n, more)
	l.sum = slices.Grow(l.sum, more)
}

// number returns the number of the customer, a new one if need be.
func (l *Log[K]) number(key K) uint32 {
	who, found := l.index.lookup(l.keys, key)
	if !found {
		l.keys = append(l.keys, key)
		l.index.insert(l.keys, who)
	}
	return who
}
