package kpi_test

import (
	"context"
	"fmt"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/kpi"
)

// Events in columns, as they come from a file or a database, are gone through once
// for everything that is to be known of them (KP-03, KP-06).
func ExampleSummarise() {
	day := calendar.MustParse
	events := kpi.Columns[string]{
		Customers: []string{"ada", "bob", "ada", "cy", "bob"},
		Days:      []calendar.Date{day("2027-01-04"), day("2027-01-20"), day("2027-02-11"), day("2027-02-28"), day("2027-04-01")},
		Minor:     []int64{120_00, 80_00, -20_00, 45_50, 10_00},
	}
	engine := kpi.Engine{Workers: 2} // keep it: the next summary finds its memory ready
	s, err := kpi.Summarise(context.Background(), &engine, events, kpi.Query{
		AsOf: day("2027-03-31"), Detail: kpi.WithTotals, Grain: kpi.Monthly,
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for i, customer := range s.Totals.Customers {
		fmt.Println(customer, s.Totals.Last[i], s.Totals.Orders[i], s.Totals.Sum[i])
	}
	fmt.Printf("%d orders, %d refund, %d later\n", s.Counts.Orders, s.Counts.Refunds, s.Counts.Later)
	// Output:
	// ada 2027-01-04 1 10000
	// bob 2027-01-20 1 8000
	// cy 2027-02-28 1 4550
	// 3 orders, 1 refund, 1 later
}

// Long keys are numbered once, and the numbers are used from then on.
func ExampleInterner() {
	ctx := context.Background()
	users := []string{"a.lovelace@example.org", "c.babbage@example.org", "a.lovelace@example.org"}
	days := []calendar.Date{calendar.MustParse("2027-01-04"), calendar.MustParse("2027-01-05"), calendar.MustParse("2027-02-01")}

	var names kpi.Interner[string]
	numbers, err := names.Numbers(ctx, users, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	s, err := kpi.Summarise(ctx, nil, kpi.Columns[uint32]{Customers: numbers, Days: days}, kpi.Query{
		AsOf: calendar.MustParse("2027-02-28"), Detail: kpi.WithDays,
	})
	for i, number := range s.Totals.Customers {
		fmt.Println(names.Customer(number), s.Totals.Days[i])
	}
	fmt.Println(err)
	// Output:
	// a.lovelace@example.org 2
	// c.babbage@example.org 1
	// <nil>
}
