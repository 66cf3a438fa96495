package rfm_test

import (
	"context"
	"fmt"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/kpi"
	"github.com/crmrollout/crm/kpi/rfm"
)

// KP-03, KP-04: from orders to segments.
func Example() {
	var orders rfm.History[string]
	for _, o := range []struct {
		customer, day string
		cents         int64
	}{
		{"Ada", "2027-03-30", 120_00}, {"Ada", "2027-02-11", 80_00}, {"Ada", "2027-01-05", 95_00},
		{"Bob", "2026-04-02", 30_00}, {"Cyd", "2027-03-12", 40_00}, {"Cyd", "2026-12-24", 65_00},
		{"Dan", "2026-07-19", 300_00}, {"Eve", "2026-10-01", 20_00}, {"Eve", "2026-10-04", -20_00},
	} {
		_ = orders.Add(o.customer, calendar.MustParse(o.day), o.cents)
	}

	table, err := rfm.Score(&orders, calendar.MustParse("2027-03-31"), rfm.Scheme{})
	if err != nil {
		fmt.Println(err)
	}
	for row := range table.All() {
		segment, _ := rfm.DefaultSegments().Of(row.Cell)
		fmt.Println(row.Customer, row.Recency, row.Frequency, row.Sum, row.Cell, segment)
	}
	// Output:
	// Ada 1 3 29500 554 Champions
	// Bob 363 1 3000 112 Hibernating
	// Cyd 19 2 10500 443 Loyal customers
	// Dan 255 1 30000 215 Hibernating
	// Eve 181 1 0 311 About to sleep
}

// The cut points say why a customer has a score, and last quarter's can be applied
// to this quarter's orders.
func ExampleTable_CutsOf() {
	var orders rfm.History[int]
	for customer := range 9 {
		_ = orders.Add(customer, 1, int64(100*customer*customer))
	}
	table, _ := rfm.Score(&orders, 1, rfm.Uniform(rfm.Axis{Bins: 3}))
	cuts, _ := table.CutsOf(rfm.Monetary)
	for bin := range cuts.Bins {
		lo, hi := cuts.Bounds(bin + 1)
		fmt.Printf("score %d: %s to %s\n", bin+1, lo.Decimal(2), hi.Decimal(2))
	}
	// Output:
	// score 1: 0.00 to 733.33
	// score 2: 733.33 to 2866.67
	// score 3: 2866.67 to 6400.00
}

// Accumulators of several machines or files are merged in any order.
func ExampleHistory() {
	var north, south, all rfm.History[int64]
	_ = north.Add(1001, calendar.MustParse("2027-01-07"), 19_90)
	_ = south.Add(1002, calendar.MustParse("2027-01-08"), 5_00)
	_ = south.Add(1001, calendar.MustParse("2027-02-01"), 12_00)
	_ = all.Merge(&south)
	_ = all.Merge(&north)
	fmt.Println(all.Customers(), "customers,", all.Events(), "orders")
	for customer, cell := range all.All() {
		fmt.Println(customer, cell.Day, cell.Bought)
	}
	// Output:
	// 2 customers, 3 orders
	// 1001 2027-01-07 1990
	// 1001 2027-02-01 1200
	// 1002 2027-01-08 500
}

// A published table of segments is checked before it is used.
func ExampleSegments_Coverage() {
	c := rfm.PublishedSegments().Coverage(rfm.Cell{R: 5, F: 5, M: 5})
	fmt.Println(len(c.Unmatched), "of", c.Cells, "cells in no segment,", len(c.Overlaps), "in several")
	fmt.Println(c.Overlaps[0].Cell, c.Overlaps[0].Segments)
	// Output:
	// 10 of 125 cells in no segment, 58 in several
	// 124 [At Risk Lost]
}

func ExampleMigrate() {
	var orders rfm.History[string]
	for customer, days := range map[string][]string{
		"Ada": {"2027-01-10", "2027-03-30"}, "Bob": {"2027-03-01"}, "Cyd": {"2027-01-20", "2027-02-02"},
	} {
		for _, day := range days {
			_ = orders.Add(customer, calendar.MustParse(day), 10_00)
		}
	}
	month := rfm.Scheme{Recency: rfm.Axis{Method: rfm.Fixed, Cuts: []ratio.Ratio{ratio.Int(30)}}}
	february, _ := rfm.Score(&orders, calendar.MustParse("2027-02-28"), month)
	march, _ := rfm.Score(&orders, calendar.MustParse("2027-03-31"), month)
	active := rfm.Segments{{Name: "active", Recency: rfm.Span{From: 2}}, {Name: "asleep", Recency: rfm.Span{To: 1}}}
	migration, _ := rfm.Migrate(february, march, active)
	for _, f := range migration.Flows {
		fmt.Println(f.From, "→", f.To, f.Customers)
	}
	// Output:
	// active → asleep 1
	// asleep → active 1
	// (absent) → active 1
}

// Totals by customer can come from a database: SELECT customer, MAX(day), COUNT(*),
// SUM(amount) … GROUP BY customer ORDER BY customer.
func ExampleScoreSummary() {
	asOf := calendar.MustParse("2027-03-31")
	summary := kpi.Summary[string]{
		Query: kpi.Query{AsOf: asOf},
		Totals: kpi.Totals[string]{
			Customers: []string{"ada", "bob", "cy"},
			Last:      []calendar.Date{asOf - 3, asOf - 90, asOf - 20},
			Orders:    []int64{9, 1, 4},
			Sum:       []int64{1_200_00, 80_00, 310_00},
		},
	}
	table, err := rfm.ScoreSummary(summary, rfm.Uniform(rfm.Axis{Bins: 3}))
	for row := range table.All() {
		fmt.Println(row.Customer, row.Cell)
	}
	fmt.Println(err)
	// Output:
	// ada 333
	// bob 111
	// cy 222
	// <nil>
}

// Millions of events in columns are scored by all cores; the table is that of Score
// (KP-03).
func ExampleScoreColumns() {
	asOf := calendar.MustParse("2027-03-31")
	orders := kpi.Columns[int64]{
		Customers: []int64{17, 4711, 17, 23, 17, 23},
		Days:      []calendar.Date{asOf - 40, asOf - 90, asOf - 3, asOf - 20, asOf - 3, asOf - 50},
		Minor:     []int64{50_00, 20_00, 75_00, 10_00, 12_50, 30_00},
	}
	table, err := rfm.ScoreColumns(context.Background(), nil, orders, asOf, rfm.Uniform(rfm.Axis{Method: rfm.NTile, Bins: 3}))
	for row := range table.All() {
		fmt.Println(row.Customer, row.Recency, row.Frequency, row.Sum, row.Cell)
	}
	fmt.Println(err)
	// Output:
	// 17 3 3 13750 333
	// 23 20 2 4000 222
	// 4711 90 1 2000 111
	// <nil>
}
