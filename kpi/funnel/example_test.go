package funnel_test

import (
	"context"
	"fmt"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/kpi/funnel"
)

// pipeline is a small sales pipeline. The attribute is the source of the lead.
func pipeline() *funnel.Log[string] {
	var l funnel.Log[string]
	for _, e := range []struct{ customer, day, name, source string }{
		{"Ada", "2027-01-04", "lead", "web"}, {"Ada", "2027-01-11", "opportunity", ""}, {"Ada", "2027-02-10", "won", ""},
		{"Bob", "2027-01-05", "lead", "web"}, {"Bob", "2027-01-25", "opportunity", ""}, {"Bob", "2027-02-20", "lost", ""},
		{"Cyd", "2027-01-12", "lead", "fair"}, {"Cyd", "2027-01-12", "opportunity", ""}, {"Cyd", "2027-01-26", "won", ""},
		{"Dan", "2027-01-20", "lead", "web"}, {"Eve", "2027-03-29", "lead", "fair"}, {"Eve", "2027-04-02", "opportunity", ""},
	} {
		_ = l.Add(funnel.Event[string]{Customer: e.customer, Time: funnel.At(calendar.MustParse(e.day)), Name: e.name, Attribute: e.source})
	}
	return &l
}

// endOf is the last second of a day.
func endOf(day string) int64 { return funnel.At(calendar.MustParse(day)) + funnel.Day - 1 }

// KP-05: how many leads are won, and what it takes.
func Example() {
	sales, err := funnel.Pipeline(pipeline(), 60*funnel.Day, endOf("2027-04-10"), funnel.Options[string]{})
	if err != nil {
		fmt.Println(err)
	}
	for _, step := range sales.Steps {
		fmt.Println(step.Name, step.All.Reached, "of", step.All.First, step.All.Rate().Percent(0))
	}
	won := sales.Steps[2]
	interval, _ := won.Settled.Interval(0.95)
	fmt.Println("of those whose 60 days are over", won.Settled.Rate(), "from", interval)
	fmt.Println("win rate", sales.WinRate(), "with", sales.Open, "open")
	fmt.Println("sales cycle", funnel.Days(sales.Cycle().Median), "days")
	// Output:
	// lead 5 of 5 100 %
	// opportunity 4 of 5 80 %
	// won 2 of 5 40 %
	// of those whose 60 days are over 1/2 from 0.15 to 0.85 (95 %)
	// win rate 2/3 with 1 open
	// sales cycle 22 days
}

// KP-05, KP-13: the indicators of the pipeline for a scorecard.
func ExampleSales_Measurements() {
	day := calendar.MustParse("2027-04-10")
	sales, _ := funnel.Pipeline(pipeline(), 60*funnel.Day, endOf("2027-04-10"), funnel.Options[string]{})
	indicators := sales.Measurements(day)
	for _, code := range []string{"conversion_rate", "win_rate", "sales_cycle"} {
		fmt.Println(code, indicators[code].Value.Decimal(1), indicators[code].Interval())
	}
	// Output:
	// conversion_rate 50.0 15 to 85 (95 %)
	// win_rate 66.7 20.77 to 93.85 (95 %)
	// sales_cycle 22.0 n/a
}

// Steps of several names, a window for one step, and the result by source of the lead.
func ExampleAnalyze() {
	f := funnel.Funnel{
		Steps: []funnel.Step{
			{Name: "lead"},
			{Name: "decided", Events: []string{"won", "lost"}, Within: 40 * funnel.Day},
		},
		Mode: funnel.FirstTouch,
	}
	result, _ := funnel.Analyze(pipeline(), f, endOf("2027-04-10"), funnel.Options[string]{By: funnel.ByAnchor})
	fmt.Println(result.Counts.Others, "events of no step")
	for _, g := range result.Groups {
		fmt.Println(g.Value, g.Steps[1].All.Reached, "of", g.Steps[1].All.First, "in", funnel.Days(g.Steps[1].Since.Median), "days")
	}
	// Output:
	// 4 events of no step
	// fair 1 of 2 in 14 days
	// web 1 of 3 in 37 days
}

// The modes differ in what may follow an event.
func ExampleMode() {
	var l funnel.Log[string]
	for i, name := range []string{"view", "search", "cart", "view", "order", "cart"} {
		_ = l.Add(funnel.Event[string]{Customer: "Ada", Time: int64(i / 2), Order: int64(i), Name: name})
	}
	f := funnel.Of(1, "view", "cart", "order")
	for _, f.Mode = range []funnel.Mode{funnel.Ordered, funnel.StrictTime, funnel.Adjacent, funnel.AnyOrder, funnel.FirstTouch} {
		r, _ := funnel.Analyze(&l, f, 10, funnel.Options[string]{})
		steps := 0
		for _, s := range r.Steps {
			steps += int(s.All.Reached)
		}
		fmt.Println(f.Mode, steps)
	}
	// Output:
	// ordered 2
	// strict_time 2
	// adjacent 1
	// any_order 3
	// first_touch 2
}

// Customers with numbers, events in columns: the fast way.
func ExampleColumns_Count() {
	events := funnel.Columns{
		Customers: 3,
		Customer:  []uint32{0, 1, 0, 2, 1},
		Time:      []int64{0, 10, 3600, 20, 5 * funnel.Day},
		Step:      []uint8{1, 1, 2, 1, 2}, // 1 for the first step
	}
	result, err := events.Count(context.Background(), funnel.Of(funnel.Day, "visit", "order"), 7*funnel.Day, funnel.Run{Workers: 2})
	fmt.Println(result.Conversion().Rate(), err)
	// Output:
	// 1/3 <nil>
}

// Parts accumulated apart give the same as one log.
func ExampleLog_Merge() {
	var january, february, all funnel.Log[string]
	_ = january.Add(funnel.Event[string]{Customer: "Ada", Time: 100, Name: "lead"})
	_ = february.Add(funnel.Event[string]{Customer: "Ada", Time: 200, Name: "won"})
	_ = all.Merge(&february)
	_ = all.Merge(&january)
	result, _ := funnel.Analyze(&all, funnel.Of(0, "lead", "won"), 300, funnel.Options[string]{})
	fmt.Println(result.Conversion().Reached, "won after", result.Steps[1].Since.Max, "seconds")
	// Output:
	// 1 won after 100 seconds
}
