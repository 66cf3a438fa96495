package kpi

import (
	"fmt"
	"iter"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/kpi/internal/ledger"
)

// A Key identifies a customer, user or subscriber: a string or an integer.
type Key interface {
	~string |
		~int | ~int8 | ~int16 | ~int32 | ~int64 |
		~uint | ~uint8 | ~uint16 | ~uint32 | ~uint64
}

// A History accumulates what every customer did, on which day and for how much.
// It is the one input of the indicator families below: recency, frequency and
// value (kpi/rfm), retention, repeat rates and churn (kpi/retention).
//
// Events with a day enter through [History.Add]; an activity without money has
// the amount 0. Parts accumulated apart, by file or by machine, are joined by
// [History.Merge], in any order and grouping: the same events give the same bytes
// from [History.MarshalBinary] and the same results. Nothing is dropped on the way
// in, be it refund, zero or of a later date; what counts is said when a result is
// asked for (see [Amounts]).
//
// The zero History is empty and ready for use. It must not be copied after first
// use, and only reading from it is safe for concurrent use.
//
// Memory is about 20 bytes per event, or per distinct customer-day once there are
// many, and 24 bytes and the key for each customer.
type History[K Key] struct {
	log ledger.Log[K]
}

// Add records one event: the customer, the civil day, and the amount in minor
// units of one currency, negative for a refund. It takes constant time on average.
// The error wraps [verdict.ErrMissing] or [verdict.ErrRange] for a day that is
// none, and then nothing is recorded; or it says that there is no more room, after
// some 4,000 million customer-days.
func (h *History[K]) Add(customer K, day calendar.Date, minor int64) error {
	if !day.IsValid() {
		return dayError(customer, day)
	}
	if err := h.log.Add(customer, day, minor); err != nil {
		return fmt.Errorf("kpi: history: %w", err)
	}
	return nil
}

// An Event is one thing that a customer did: an order, a refund, a log-in.
type Event[K Key] struct {
	Customer K             `json:"customer"`
	Day      calendar.Date `json:"day"`
	Minor    int64         `json:"minor"` // amount in minor units, negative for a refund
}

// AddAll records events as they come. It stops at the first that [History.Add]
// refuses and returns its error with its place, counted from 0; those before it stay
// recorded.
func (h *History[K]) AddAll(events iter.Seq[Event[K]]) error {
	n := 0
	for e := range events {
		if err := h.Add(e.Customer, e.Day, e.Minor); err != nil {
			return fmt.Errorf("%w (event %d)", err, n)
		}
		n++
	}
	return nil
}

// dayError is apart from Add to keep that small.
func dayError[K Key](customer K, day calendar.Date) error {
	who := verdict.Quote(fmt.Sprint(customer))
	if day == 0 {
		return fmt.Errorf("kpi: event of customer %s: day %w", who, verdict.ErrMissing)
	}
	return fmt.Errorf("kpi: event of customer %s: day %d %w", who, int32(day), verdict.ErrRange)
}

// Merge takes in every event of other, which is not changed. A history may be
// merged with itself, which doubles it. The only error is that of no more room,
// and then h is unchanged.
func (h *History[K]) Merge(other *History[K]) error {
	if err := h.log.Merge(&other.log); err != nil {
		return fmt.Errorf("kpi: history: %w", err)
	}
	return nil
}

// Customers returns the number of distinct customers.
func (h *History[K]) Customers() int { return h.log.Customers() }

// Events returns the number of events. It takes time in proportion to the history.
func (h *History[K]) Events() int64 { return h.log.Events() }

// Compact combines the events of each customer and day and puts all into order.
// Results stay the same; several taken from a compact history share that work.
func (h *History[K]) Compact() { h.log.Compact() }

// A CustomerDay is what a customer did on one day, by kind of event. Counts add up to
// the events. A sum of money that does not fit an int64 is given in several cells
// of the same day.
type CustomerDay struct {
	Day       calendar.Date
	Purchases int64 // events with a positive amount
	Nothings  int64 // events without an amount
	Refunds   int64 // events with a negative amount
	Bought    int64 // sum of the positive amounts, in minor units
	Refunded  int64 // sum of the negative amounts, so at most 0
}

// All yields the cells of every customer, in ascending order of customers, then of
// days. Unless h is compact, it works on a sorted copy.
func (h *History[K]) All() iter.Seq2[K, CustomerDay] {
	return func(yield func(K, CustomerDay) bool) {
		log := h.log.Canonical()
		rows, keys := log.Columns(), log.Keys()
		for i := 0; i < len(rows.Who); {
			who, cell := rows.Who[i], CustomerDay{Day: rows.Day[i]}
			for i < len(rows.Who) && rows.Who[i] == who && cell.take(rows, i) {
				i++
			}
			if !yield(keys[who], cell) {
				return
			}
		}
	}
}

// take adds row i, unless it is of another day or does not fit.
func (c *CustomerDay) take(rows ledger.Columns, i int) bool {
	n, sum := int64(rows.N[i]), rows.Sum[i]
	if rows.Day[i] != c.Day || c.Bought+sum < c.Bought && sum > 0 || c.Refunded+sum > c.Refunded && sum < 0 {
		return false
	}
	switch {
	case sum > 0:
		c.Purchases, c.Bought = c.Purchases+n, c.Bought+sum
	case sum < 0:
		c.Refunds, c.Refunded = c.Refunds+n, c.Refunded+sum
	default:
		c.Nothings += n
	}
	return true
}

// AppendBinary appends the binary form of h to b; see [History.MarshalBinary].
func (h *History[K]) AppendBinary(b []byte) ([]byte, error) {
	b, err := h.log.AppendBinary(b)
	if err != nil {
		return nil, fmt.Errorf("kpi: history: %w", err)
	}
	return b, nil
}

// MarshalBinary returns the binary form: versioned, and the same for the same
// events in whatever order and grouping they came. It works on a sorted copy unless
// h is compact. The error tells of more than 2⁴⁰ events of one customer and day.
func (h *History[K]) MarshalBinary() ([]byte, error) { return h.AppendBinary(nil) }

// UnmarshalBinary replaces h by what [History.MarshalBinary] wrote, for a key type
// of the same class: strings, signed or unsigned integers. It accepts exactly the
// bytes that MarshalBinary would give back. The error wraps [ErrFormat], and h is
// unchanged then.
func (h *History[K]) UnmarshalBinary(data []byte) error {
	if err := h.log.UnmarshalBinary(data); err != nil {
		return fmt.Errorf("kpi: %w", err)
	}
	return nil
}

// ErrFormat is wrapped by the errors of [History.UnmarshalBinary].
var ErrFormat = ledger.ErrFormat

// Ledger returns the columns under the history, for the packages below this one.
func (h *History[K]) Ledger() *ledger.Log[K] { return &h.log }
