package finance_test

import (
	"fmt"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/money"
	"github.com/crmrollout/crm/kpi/finance"
)

// KP-09: does the CRM pay? Three years, at 8 % a year.
func Example() {
	euro := money.MustParse
	c := finance.Case{
		Rate: 0.08,
		Benefits: []finance.Benefit{
			{ID: "deals", Name: "Margin on more deals won", Kind: finance.Sales, From: 1, Amounts: finance.Every(3, euro("90000 EUR"))},
			{ID: "loyalty", Name: "Customers who stay", Kind: finance.Satisfaction, From: 2, Amounts: finance.Every(2, euro("60000 EUR"))},
			{ID: "cases", Name: "Cases solved faster", Kind: finance.Service, From: 1, Amounts: finance.Every(3, euro("25000 EUR"))},
		},
		Costs: []finance.Cost{
			{ID: "roll-out", Name: "Roll-out", Kind: finance.Implementation, Nature: finance.OneOff, Amounts: finance.Every(1, euro("140000 EUR"))},
			{ID: "licences", Name: "Licences", Kind: finance.Software, Nature: finance.Recurring, From: 1, Amounts: finance.Every(3, euro("36000 EUR"))},
		},
	}
	r, _ := c.Evaluate()
	fmt.Println("cost of ownership", r.Costs, "- return", r.ROI.Percent(0))
	fmt.Printf("net present value %.0f, rate of return %.1f %%\n", r.NPV.Value, 100*r.Rates.Only().Value)
	fmt.Printf("break-even after %.1f years, discounted %.1f\n", r.Payback.Time.Value, r.Discounted.Time.Value)
	fmt.Printf("%s may fall by %.0f %%\n", r.Sensitivity[0].ID, 100*r.Sensitivity[0].Fall.Value)
	// Output:
	// cost of ownership 248000.00 EUR - return 88 %
	// net present value 162661, rate of return 58.5 %
	// break-even after 1.4 years, discounted 1.6
	// deals may fall by 70 %
}

// The case by period, for the chart of cumulative cash.
func ExampleCase_Evaluate() {
	c := finance.Case{
		Benefits: []finance.Benefit{{ID: "hours", Kind: finance.Efficiency, From: 1, Amounts: finance.Every(2, money.MustParse("8000 EUR"))}},
		Costs:    []finance.Cost{{ID: "courses", Kind: finance.Training, Nature: finance.OneOff, Amounts: finance.Every(1, money.MustParse("12000 EUR"))}},
	}
	r, err := c.Evaluate()
	if err != nil {
		fmt.Println(err)
	}
	for i, p := range r.Periods {
		fmt.Println(i, p.Net, p.Cumulative)
	}
	fmt.Println("break-even after", r.Payback.Time, "periods")
	// Output:
	// 0 -12000.00 EUR -12000.00 EUR
	// 1 8000.00 EUR -4000.00 EUR
	// 2 8000.00 EUR 4000.00 EUR
	// break-even after 1.5 periods
}

// The flow at t0 is not discounted; the NPV of spreadsheets does discount it.
func ExampleNPV() {
	flows := []float64{-70_000, 12_000, 15_000, 18_000, 21_000, 26_000}
	now, _ := finance.NPV(0.1, flows)
	later, _ := finance.SpreadsheetNPV(0.1, flows)
	fmt.Printf("%.2f, in a spreadsheet %.2f\n", now.Value, later.Value)
	// Output:
	// -2683.31, in a spreadsheet -2439.37
}

// A project that ends with a payment has two rates of return. A spreadsheet shows one.
func ExampleIRR() {
	rates, _ := finance.IRR([]float64{-1600, 10_000, -10_000})
	for _, r := range rates.Rates {
		fmt.Printf("%.0f %%\n", 100*r.Value)
	}
	fmt.Println(rates.Only())
	rates, _ = finance.IRR([]float64{10, -20, 11})
	fmt.Println(rates.Only())
	// Output:
	// 25 %
	// 400 %
	// undefined: 2 rates of return
	// undefined: no rate: the net present value has no zero
}

func ExampleXIRR() {
	date := calendar.MustParse
	flows := []finance.Dated{
		{Day: date("2008-01-01"), Flow: -10_000},
		{Day: date("2008-03-01"), Flow: 2_750},
		{Day: date("2008-10-30"), Flow: 4_250},
		{Day: date("2009-02-15"), Flow: 3_250},
		{Day: date("2009-04-01"), Flow: 2_750},
	}
	rates, _ := finance.XIRR(flows)
	value, _ := finance.XNPV(0.09, flows)
	fmt.Printf("%.4f %% a year, worth %.2f at 9 %%\n", 100*rates.Only().Value, value.Value)
	// Output:
	// 37.3363 % a year, worth 2086.65 at 9 %
}

func ExampleMIRR() {
	v, _ := finance.MIRR([]float64{-120_000, 39_000, 30_000, 21_000, 37_000, 46_000}, 0.10, 0.12)
	fmt.Printf("%.4f\n", v.Value)
	// Output:
	// 0.1261
}

func ExamplePaybackTime() {
	p, _ := finance.PaybackTime([]float64{-1000, 1200, -500, 600})
	fmt.Printf("first after %.2f periods, for good after %.1f\n", p.Time.Value, p.Lasting.Value)
	p, _ = finance.PaybackTime([]float64{-1000, 100, 100})
	fmt.Println(p.Time)
	// Output:
	// first after 0.83 periods, for good after 2.5
	// undefined: never: the flows do not pay back
}

// KP-07, KP-09: the return as crm_roi of a scorecard, in percent.
func ExampleReturn_Measurement() {
	c := finance.Case{
		Benefits: []finance.Benefit{{ID: "hours", Kind: finance.Efficiency, From: 1, Amounts: finance.Every(2, money.MustParse("8000 EUR"))}},
		Costs:    []finance.Cost{{ID: "courses", Kind: finance.Training, Nature: finance.OneOff, Amounts: finance.Every(1, money.MustParse("12000 EUR"))}},
	}
	r, _ := c.Evaluate()
	m := r.Measurement(calendar.MustParse("2028-12-31"))
	fmt.Println(m.On, m.Value.Decimal(1))
	// Output:
	// 2028-12-31 33.3
}
