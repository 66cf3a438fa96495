package kpi

import (
	"cmp"
	"fmt"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// A Query says what a [Summary] is to hold. Ask for everything that is needed in
// one go: a single pass over the events gives totals and grid together.
type Query struct {
	AsOf    calendar.Date `json:"asOf"`             // later events are counted, but not used; there is no default
	From    calendar.Date `json:"from,omitzero"`    // so are earlier ones; zero: from the beginning
	Amounts Amounts       `json:"amounts,omitzero"` // events without a positive amount; zero: NetOfRefunds
	Detail  Detail        `json:"detail,omitzero"`  // of each customer; zero: none
	Grain   Grain         `json:"grain,omitzero"`   // of the grid; zero: no grid

	// CustomersOnly leaves orders and revenue out of the grid, so that of each customer only
	// the set of his periods is gathered: less time, by up to a third without amounts.
	CustomersOnly bool `json:"customersOnly,omitzero"`
}

// Validate reports every fault of the query.
func (q Query) Validate() error {
	var faults verdict.Faults
	switch {
	case q.AsOf == 0:
		faults.Missing("asOf")
	case !q.AsOf.IsValid():
		faults.Addf("asOf", "%w: day %d", verdict.ErrRange, int32(q.AsOf))
	case q.From != 0 && (!q.From.IsValid() || q.From > q.AsOf):
		faults.Addf("from", "%w: %v is not a day up to %v", verdict.ErrRange, q.From, q.AsOf)
	}
	checkWord(&faults, "amounts", q.Amounts)
	checkWord(&faults, "detail", q.Detail)
	checkWord(&faults, "grain", q.Grain)
	return faults.Err()
}

// explicit returns the query with its defaults written out.
func (q Query) explicit() (Query, error) {
	if err := q.Validate(); err != nil {
		return q, fmt.Errorf("kpi: query: %w", err)
	}
	q.Amounts = cmp.Or(q.Amounts, NetOfRefunds)
	q.From = cmp.Or(q.From, calendar.MinDate)
	return q, nil
}

// checkWord records an enumeration value that is neither zero nor a word.
func checkWord[E interface {
	~uint8
	IsValid() bool
	MarshalText() ([]byte, error)
}](faults *verdict.Faults, path string, v E) {
	if v != 0 && !v.IsValid() {
		_, err := v.MarshalText()
		faults.Add(path, err)
	}
}

// A Summary is what events come to: enough for recency, frequency and monetary
// value (kpi/rfm), cohorts and life cycle by period (kpi/retention), without the
// events. [Summarise] makes it of columns, [History.Summary] of a history, with the
// same result; a database can make the totals too.
//
// It is a plain value with a JSON form.
type Summary[K Key] struct {
	Query  Query       `json:"query"` // with its defaults written out
	Counts EventCounts `json:"counts"`
	Totals Totals[K]   `json:"totals,omitzero"`
	Grid   Grid        `json:"grid,omitzero"`
}

// EventCounts says what became of every event. Orders, Refunds, Ignored, Later and
// Earlier add up to Events.
type EventCounts struct {
	Events  int64 `json:"events"`
	Orders  int64 `json:"orders"`  // counted as orders
	Refunds int64 `json:"refunds"` // counted as money, not as orders
	Ignored int64 `json:"ignored"` // left out by the policy on amounts
	Later   int64 `json:"later"`   // after asOf
	Earlier int64 `json:"earlier"` // before the first day that counts
}

// Totals are customers in ascending order with what they did, in parallel columns.
// Every customer with an event is there, also of one that does not count; without
// an order both days are none and Orders is 0.
type Totals[K Key] struct {
	Customers []K             `json:"customers,omitempty"`
	First     []calendar.Date `json:"first,omitempty"`  // day of the first order
	Last      []calendar.Date `json:"last,omitempty"`   // day of the last order
	Orders    []int64         `json:"orders,omitempty"` // number of orders
	Days      []int64         `json:"days,omitempty"`   // number of days with orders, if asked for
	Sum       []int64         `json:"sum,omitempty"`    // money in minor units
}

// Len returns the number of customers.
func (t Totals[K]) Len() int { return len(t.Customers) }

// Validate reports every fault of totals that come from elsewhere, such as a
// database: columns of different length (First may be left out, as may Days),
// customers out of order, days that are none, counts below 0 or at odds with each other.
func (t Totals[K]) Validate() error {
	var faults verdict.Faults
	column := func(path string, length int) {
		if length != len(t.Customers) {
			faults.Addf(path, "%w: %d values for %d customers", verdict.ErrInvalid, length, len(t.Customers))
		}
	}
	column("last", len(t.Last))
	column("orders", len(t.Orders))
	column("sum", len(t.Sum))
	if t.First != nil {
		column("first", len(t.First))
	}
	if t.Days != nil {
		column("days", len(t.Days))
	}
	if faults.Len() == 0 {
		for i := range t.Customers {
			t.validateRow(&faults, i)
		}
	}
	return faults.Err()
}

func (t Totals[K]) validateRow(faults *verdict.Faults, i int) {
	if i > 0 && t.Customers[i-1] >= t.Customers[i] {
		faults.Addf(verdict.At("customers", i), "%w: not after the one before", verdict.ErrInvalid)
	}
	switch orders, last := t.Orders[i], t.Last[i]; {
	case orders < 0:
		faults.Addf(verdict.At("orders", i), "%w: %d", verdict.ErrRange, orders)
	case (orders > 0) != last.IsValid() || (orders == 0 && last != 0):
		faults.Addf(verdict.At("last", i), "%w: day %d for %d orders", verdict.ErrInvalid, int32(last), orders)
	case t.First != nil && (t.First[i] > last || (orders > 0) != t.First[i].IsValid()):
		faults.Addf(verdict.At("first", i), "%w: day %d, and day %d is the last", verdict.ErrInvalid, int32(t.First[i]), int32(last))
	}
	if t.Days != nil && (t.Days[i] < 0 || t.Days[i] > t.Orders[i] || (t.Days[i] == 0) != (t.Orders[i] == 0)) {
		faults.Addf(verdict.At("days", i), "%w: %d days for %d orders", verdict.ErrInvalid, t.Days[i], t.Orders[i])
	}
}
