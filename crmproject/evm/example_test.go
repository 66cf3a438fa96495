package evm_test

import (
	"fmt"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/evm"
	"github.com/crmrollout/crm/crmproject/money"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
)

var (
	day  = calendar.MustParse
	euro = money.MustParse
	pct  = ratio.MustParse
)

// From the plan to the forecast, by a report of progress and two invoices (CP-37,
// CP-32).
func Example() {
	ledger := evm.Ledger{
		Baseline: evm.Baseline{Packages: []evm.WorkPackage{
			{ID: "migration", Budget: euro("60000 EUR"), Start: day("2027-01-04"), Finish: day("2027-04-30"), Method: evm.Units, Units: pct("2400")},
			{ID: "training", Budget: euro("40000 EUR"), Start: day("2027-03-01"), Finish: day("2027-06-30"), Method: evm.PercentComplete},
		}},
		Progress: []evm.Progress{{Package: "migration", On: day("2027-03-31"), Units: pct("1500")}},
		Costs: []evm.Cost{
			{Package: "migration", On: day("2027-02-26"), Amount: euro("30000 EUR")},
			{Package: "migration", On: day("2027-03-31"), Amount: euro("15000 EUR")},
		},
	}
	report, err := ledger.Report(day("2027-03-31"))
	now := report.Total
	fmt.Println(now.Measures.PV, now.Measures.EV, now.Measures.AC, err)
	fmt.Println("SPI", now.Performance.SPI.Decimal(2), "CPI", now.Performance.CPI.Decimal(2), "SPI(t)", report.Schedule.SPIt.Decimal(2))
	fmt.Println("cost:", report.Forecast.Lowest.EAC, "to", report.Forecast.Highest.EAC, "as", report.Forecast.Highest.Variant)
	fmt.Println("done:", report.Forecast.Earliest, "to", report.Forecast.Latest)
	// Output:
	// 54925.14 EUR 37500.00 EUR 45000.00 EUR <nil>
	// SPI 0.68 CPI 0.83 SPI(t) 0.78
	// cost: 107500.00 EUR to 154850.28 EUR as at_cpi_spi
	// done: 2027-07-20 to 2027-09-09
}

// The formulas work on four amounts from anybody's books. CPI is exactly 8/9, and
// not 0.89.
func ExampleMeasures_Performance() {
	m := evm.Measures{PV: euro("500.00 EUR"), EV: euro("400.00 EUR"), AC: euro("450.00 EUR"), BAC: euro("1000.00 EUR")}
	p, err := m.Performance(money.HalfEven)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("SPI", p.SPI, "CPI", p.CPI, "TCPI", p.TCPI.Index, p.TCPI.Outlook)
	for _, e := range p.Estimates {
		fmt.Println(e.Variant, e.EAC)
	}
	// Output:
	// SPI 4/5 CPI 8/9 TCPI 12/11 open
	// at_budget 1050.00 EUR
	// at_cpi 1125.00 EUR
	// at_cpi_spi 1293.75 EUR
	// at_spi 1200.00 EUR
	// bottom_up undefined: no bottom-up estimate
}

// Work that nobody has billed yet has no cost index, and says so; a budget that is
// spent has no to-complete index.
func ExampleToComplete() {
	unbilled := evm.Measures{PV: euro("100 EUR"), EV: euro("80 EUR"), BAC: euro("500 EUR")}
	p, _ := unbilled.Performance(money.HalfEven)
	fmt.Println(p.CPI)
	spent := evm.Measures{PV: euro("900 EUR"), EV: euro("800 EUR"), AC: euro("1200 EUR"), BAC: euro("1000 EUR")}
	p, _ = spent.Performance(money.HalfEven)
	fmt.Println(p.TCPI.Outlook, "-", p.TCPI.Index)
	// Output:
	// undefined: no actual cost: the work is not billed
	// unachievable - undefined: work is left, and no money
}

// A project that was finished three months late has an SPI of 1 and an SPI(t) of
// 3/4: it took 12 periods for what was planned in 9.
func ExampleCurve_Schedule() {
	var plan evm.Curve
	for _, k := range []int64{10, 25, 50, 80, 110, 140, 170, 190, 200} {
		plan = append(plan, money.FromMinor(k*1000_00, money.EUR))
	}
	s, err := plan.Schedule(euro("200000 EUR"), ratio.Int(12))
	fmt.Println("ES", s.ES, "SV(t)", s.SVt, "SPI(t)", s.SPIt, "IEAC(t)", s.IEAC, err)
	s, err = plan.Schedule(euro("95000 EUR"), ratio.Int(6))
	fmt.Println("ES", s.ES, "SV(t)", s.SVt, "SPI(t)", s.SPIt, "IEAC(t)", s.IEAC, err)
	// Output:
	// ES 9 SV(t) -3 SPI(t) 3/4 IEAC(t) 12 <nil>
	// ES 9/2 SV(t) -3/2 SPI(t) 3/4 IEAC(t) 12 <nil>
}

// What a report earns depends on the method, which is chosen before it (CP-36).
func ExampleWorkPackage_Share() {
	reported := evm.Progress{Percent: pct("99%")}
	for _, method := range []evm.Method{evm.ZeroHundred, evm.FiftyFifty, evm.TwentyEighty, evm.PercentComplete} {
		p := evm.WorkPackage{Budget: euro("90.00 EUR"), Method: method}
		fmt.Println(method, p.Share(reported), p.Earned(reported))
	}
	// Output:
	// 0/100 0 0
	// 50/50 1/2 4500
	// 20/80 1/5 1800
	// percent_complete 99/100 8910
}

// A budget over the months, by their working days. The parts add up exactly
// (CP-16, CP-17).
func ExampleBaseline_Phase() {
	baseline := evm.Baseline{
		Calendar: calendar.Pattern{
			Week:     calendar.MondayToFriday,
			Holidays: []calendar.Holiday{{Date: day("2027-03-26"), Name: "Good Friday"}, {Date: day("2027-03-29"), Name: "Easter Monday"}},
		},
		Packages: []evm.WorkPackage{{
			ID: "support", Budget: euro("10000.00 EUR"), Start: day("2027-01-11"), Finish: day("2027-03-31"), Method: evm.LevelOfEffort,
		}},
	}
	phased, err := baseline.Phase()
	if err != nil {
		fmt.Println(err)
		return
	}
	for t, end := range phased.Ends {
		fmt.Println(end, phased.Total[t])
	}
	// Output:
	// 2027-01-31 2678.57 EUR
	// 2027-02-28 3571.43 EUR
	// 2027-03-31 3750.00 EUR
}

// The rules find what is off plan early, while it can be corrected (RI-11, CP-34).
func ExampleRules() {
	facts := evm.Facts{AsOf: day("2027-02-28"), Ledger: evm.Ledger{
		Baseline: evm.Baseline{Packages: []evm.WorkPackage{{
			ID: "WP-1", Title: "Interfaces", Budget: euro("20000 EUR"),
			Start: day("2027-02-01"), Finish: day("2027-03-31"), Method: evm.PercentComplete,
		}}},
		Progress: []evm.Progress{{Package: "WP-1", On: day("2027-02-12"), Percent: pct("40%")}, {Package: "WP-1", On: day("2027-02-26"), Percent: pct("35%")}},
		Costs:    []evm.Cost{{Package: "WP-1", On: day("2027-02-26"), Amount: euro("10000 EUR")}},
	}}
	for _, finding := range verdict.Run(facts, evm.Rules()...).AtLeast(verdict.Major).Findings {
		fmt.Println(finding.Code, finding.Message)
	}
	// Output:
	// EVM-001 The cost index CPI is 0.700: work worth 7000.00 EUR has cost 10000.00 EUR. At least 0.900 is wanted.
	// EVM-002 The schedule index SPI is 0.752: work worth 7000.00 EUR is done, 9302.33 EUR was planned by now. At least 0.900 is wanted.
	// EVM-003 The schedule index in time SPI(t) is 0.752: after 1.0 periods the project is where it should have been after 0.8. At least 0.900 is wanted.
	// EVM-006 The to-complete index TCPI is 1.300: work worth 13000.00 EUR is left for 10000.00 EUR. More than 1.100 is seldom achieved.
	// EVM-042 Interfaces (WP-1) was reported 40.0 % done on 2027-02-12 and 35.0 % on 2027-02-26.
}

// A method is chosen before the work, and no later baseline may change it.
func ExampleBaseline_Frozen() {
	before := evm.Baseline{Packages: []evm.WorkPackage{{ID: "WP-1", Method: evm.ZeroHundred}}}
	after := evm.Baseline{Packages: []evm.WorkPackage{{ID: "WP-1", Method: evm.PercentComplete}}}
	fmt.Println(before.Frozen(after))
	// Output: packages[0].method: frozen with the baseline: percent_complete, was 0/100 when the baseline was approved
}
