package orders

import (
	"errors"
	"io"
	"slices"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/examples/internal/rows"
)

// An Order is one row of an order history.
type Order struct {
	Customer string        `json:"customer"`       // not empty, valid UTF-8, case as in the file
	Day      calendar.Date `json:"day"`            // always a day
	Minor    int64         `json:"minor"`          // the amount in hundredths; negative for a refund
	Line     int           `json:"line,omitempty"` // where the row begins in its file, counted from 1
}

// The columns of an order history. Their aliases leave out what often stands beside
// another of the list and means something else: the name of a customer, the price
// of a unit, the time of day.
const (
	customer = iota
	date
	amount
)

func columns() []rows.Column {
	return []rows.Column{
		customer: {Name: "customer", Aliases: rows.CustomerAliases()},
		date:     {Name: "date", Aliases: rows.DateAliases(), Kind: rows.Day},
		amount:   {Name: "amount", Aliases: rows.AmountAliases(), Kind: rows.Amount},
	}
}

// Aliases returns the names under which the columns of a field are found, the
// field's own name first, for help texts: of "customer", "date" and "amount". Of
// another field it returns nothing. Names are compared by their letters and
// digits only, in any case: "Order Date" is order_date.
func Aliases(field string) []string {
	for _, c := range columns() {
		if c.Name == field {
			return append([]string{c.Name}, c.Aliases...)
		}
	}
	return nil
}

// Read reads an order history from CSV; the package documentation says what
// forms it takes. The orders are in the order of the file, which need not be that
// of the days. A header without orders is an empty history and no fault.
//
// All that is wrong with the file is reported at once, as a [*Faults], and then
// there are no orders. An error of r is one of these faults, and wrapped.
func Read(r io.Reader) ([]Order, error) {
	var orders []Order
	var numbers rows.Dictionary
	var customers []string // by number: each customer's only string
	file := rows.New(rows.Refuse, columns()...)
	file.Read("", r, func(row *rows.Row) error {
		n := int(numbers.Number(row.Text(customer)))
		if n == len(customers) {
			customers = append(customers, string(row.Text(customer)))
		}
		if len(orders) == cap(orders) {
			orders = slices.Grow(orders, max(len(orders), 64)) // append alone grows long slices by a quarter
		}
		orders = append(orders, Order{customers[n], row.Day(date), row.Int(amount), row.Line})
		return nil
	})
	if faults, ok := errors.AsType[*rows.Faults](file.Err()); ok {
		return nil, &Faults{*faults}
	}
	return orders, nil
}
