package main

import (
	"slices"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/examples/internal/rows"
	"github.com/crmrollout/crm/kpi"
)

// events are what customers did, in columns. Customers are numbered in ascending
// order of their names.
type events struct {
	kpi.Columns[uint32]

	names []string
	last  calendar.Date // none if there are no events
}

// readEvents reads who, when and for how much. Without a column of amounts there
// are none.
func (j *job) readEvents() (events, error) {
	const customer, date, amount = 0, 1, 2
	var e events
	var numbers rows.Dictionary
	c := collect(&e, &numbers)
	r, err := j.read(j.columns("customer", "date", "amount"), func(row *rows.Row) error {
		c.add(row.Text(customer), row.Day(date), row.Int(amount))
		return nil
	})
	c.close()
	if err != nil {
		return events{}, err
	}
	if !r.Has(amount) {
		e.Minor = nil
	}
	e.names = order(&numbers, e.Customers)
	return e, nil
}

// add records an event.
func (e *events) add(customer uint32, day calendar.Date, minor int64) {
	e.last = max(e.last, day)
	e.Customers = push(e.Customers, customer)
	e.Days = push(e.Days, day)
	e.Minor = push(e.Minor, minor)
}

// order renumbers customers in ascending order of their names, and returns these.
func order(numbers *rows.Dictionary, customers []uint32) []string {
	names, rank := numbers.Ranks()
	for i, n := range customers {
		customers[i] = rank[n]
	}
	return names
}

// push appends to a column that may become long: append alone grows by a quarter.
func push[T any](column []T, v T) []T {
	if len(column) == cap(column) {
		column = slices.Grow(column, max(len(column), 1024))
	}
	return append(column, v)
}
