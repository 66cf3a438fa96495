package orders_test

import (
	"errors"
	"fmt"
	"strings"

	"github.com/crmrollout/crm/examples/rollout/internal/orders"
)

// A German spreadsheet: semicolons, decimal commas, a refund (KP-03, KP-04).
func ExampleRead() {
	file := "Order ID;Customer ID;Order Date;Total\n" +
		"10001;C-00042;2026-10-30 18:04;1249,50\n" +
		"10002;C-00007;2026-10-31;-19,90\n"

	history, err := orders.Read(strings.NewReader(file))
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, o := range history {
		fmt.Println(o.Customer, o.Day, o.Minor)
	}
	// Output:
	// C-00042 2026-10-30 124950
	// C-00007 2026-10-31 -1990
}

// Everything that is wrong is said at once, and nothing is read around it.
func ExampleRead_faults() {
	file := "customer,date,amount\n" +
		"C-00042,2026-13-01,12.50\n" +
		",03/04/2026,1.234\n" +
		"C-00007,2026-10-31\n"

	history, err := orders.Read(strings.NewReader(file))
	fmt.Println(len(history), "orders")
	fmt.Println(err)
	// Output:
	// 0 orders
	// orders: 5 faults:
	// line 2: date: "2026-13-01": no such day
	// line 3: customer: missing
	// line 3: date: "03/04/2026": day and month cannot be told apart, want YYYY-MM-DD
	// line 3: amount: "1.234": more than 2 decimals
	// line 4: wrong number of fields: 2, but the header has 3
}

// A file whose columns cannot be made out says what it has and what would do.
func ExampleRead_header() {
	_, err := orders.Read(strings.NewReader("when,id,user,amount\n"))
	fmt.Println(err)
	// Output:
	// orders: 2 faults:
	// line 1: customer: more than one such column: "id", "user"; call the right one, and no other, customer
	// line 1: date: no such column: the columns are "when", "id", "user", "amount"; it may be called date, day, datetime, timestamp, order_date, order_day, ordered_at, purchase_date, purchased_at, transaction_date, invoice_date, created_at, created
}

// A fault is a value: where it is, and what it is.
func ExampleFaults() {
	_, err := orders.Read(strings.NewReader("id,date,value\n7,2026-02-30,1\n"))
	if faults, ok := errors.AsType[*orders.Faults](err); ok {
		f := faults.List[0]
		fmt.Println(faults.Total, f.Line, f.Column, errors.Is(f.Err, orders.ErrDay))
	}
	// Output: 1 2 date true
}

func ExampleAliases() {
	fmt.Println(strings.Join(orders.Aliases("customer")[:4], ", "))
	// Output: customer, customer_id, customer_no, customer_number
}
