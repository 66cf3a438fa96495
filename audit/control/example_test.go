package control_test

import (
	"context"
	"fmt"

	"github.com/crmrollout/crm/audit/control"
	"github.com/crmrollout/crm/crmproject"
	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/kpi"
	"github.com/crmrollout/crm/kpi/spc"
	"github.com/crmrollout/crm/risk"
	"github.com/crmrollout/crm/risk/quant"
)

// CP-34, CP-35, CP-37, RI-11: the whole loop. What deviates is found, raised as a
// risk, corrected by one of several actions, approved as the next baseline, and told.
func Example() {
	project, _ := rollout().Freeze(crmproject.Freezing{On: day("2027-02-20"), By: "board", Scope: []string{"reporting"}})
	c := control.CourseOf(project, kpi.Scorecard{}, risk.Register{Matrix: risk.Classic5x5()}, asOf)
	report, err := c.Scan(asOf, control.Thresholds{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, d := range report.At(control.Warn) {
		fmt.Println(d)
	}
	register, _, _ := control.Raise(c.Register, report)
	fmt.Println(len(register.Risks), "risks, such as", register.Risks[0].Cause)

	table, _ := c.Compare(context.Background(), asOf, actions(), control.CompareOptions{Spreads: project.Spreads(asOf), Seed: 1})
	fmt.Print(table.Markdown())
	best, _ := table.Rank(control.SurestAgreed, control.LeastCost)

	change, _ := control.Propose(project, actions()[0], control.Request{Change: "CH-1", By: "M-1", On: asOf, Quality: "none", Risk: "none"})
	done, err := control.Apply(project, actions()[0], change, crmproject.Approval{By: "board", On: asOf.AddDays(3)})
	fmt.Println(best[0].ID, "is baseline", done.Change.Baseline, "for", done.Diff.Total.By, err)

	facts := control.Facts{
		Report: report, Register: register, Changes: done.Project.Changes, AsOf: asOf.AddDays(14),
		Addressees: []control.Addressee{{ID: "sponsor", Topics: []control.Topic{control.ChangeTopic}}},
	}
	for _, f := range verdict.Run(facts, control.Rules()...).AtLeast(verdict.Major).Below("messages").Findings {
		fmt.Println(f.Code, f.Message)
	}
	// Output:
	// act: finish is 18 days late: 2027-07-13, planned 2027-06-25
	// act: Live is 18 days late: 2027-07-13, planned 2027-06-25
	// act: SPI(t) is 0.82, planned 1
	// act: SPI is 0.86, planned 1
	// act: CPI is 0.83, planned 1
	// act: estimate at completion is 264290.43 EUR, planned 220000.00 EUR
	// warn: migrate is 14 days late: 2027-04-23, planned 2027-04-09
	// 7 risks, such as plan, days from the start to the finish: 134 days, planned 116 days
	// | option | finish | P50 | P80 | due | on time | by 2027-06-30 | cost | EAC | gives up | dominated by |
	// |---|---|---|---|---|---|---|---:|---:|---|---|
	// | do_nothing | 2027-07-13 | 2027-07-19 | 2027-07-23 | 2027-06-30 | 0% (0–0) | 0% (0–0) | 0 | 264290.43 EUR |  |  |
	// | people | 2027-06-25 | 2027-07-01 | 2027-07-05 | 2027-06-30 | 46% (45–47) | 46% (45–47) | 18000.00 EUR | 282290.43 EUR |  |  |
	// | reports | 2027-06-29 | 2027-07-05 | 2027-07-08 | 2027-06-30 | 30% (29–30) | 30% (29–30) | -9000.00 EUR | 255290.43 EUR | reporting, reports |  |
	// | later | 2027-07-13 | 2027-07-19 | 2027-07-23 | 2027-08-06 | 100% (100–100) | 0% (0–0) | 0 | 264290.43 EUR |  |  |
	// people is baseline 2 for 18000.00 EUR <nil>
	// CONTROL-040 sponsor was to be told by 2027-04-26: change approved: Two more developers, baseline 2.
}

// CP-35: is the dearer of two actions better, or did it only have the better draws?
func ExampleCourse_Try() {
	project := rollout()
	c := control.CourseOf(project, kpi.Scorecard{}, risk.Register{}, asOf)
	trials, err := c.Try(context.Background(), asOf, actions(), control.CompareOptions{Spreads: project.Spreads(asOf), Iterations: 2000, Seed: 1})
	if err != nil {
		fmt.Println(err)
		return
	}
	against, _ := trials.Against(control.DoNothing)
	fmt.Print(against.Markdown())
	ranked, _ := trials.Ranked(control.SurestAgreed, control.LeastCost)
	best := ranked[0]
	fmt.Println(best.Option, "against", best.Against, "by the agreed date:", best.Agreed)
	fmt.Printf("%+v\n", best.Agreed.Pairs)
	// Output:
	// | option | against | mean | P50 | P80 | on time | agreed |
	// |---|---|---|---|---|---|---|
	// | people | do_nothing | -17.4 days (-17.5 to -17.3) | -18.3 days (-18.4 to -18.2) | -17.6 days (-18.2 to -16.9) | +45.1 points (+42.9 to +47.3) | +45.1 points (+42.9 to +47.3) |
	// | reports | do_nothing | -14.9 days (-15.0 to -14.8) | -16.7 days (-17.9 to -15.5) | -14.8 days (-15.3 to -14.3) | +31.1 points (+29.1 to +33.1) | +31.1 points (+29.1 to +33.1) |
	// | later | do_nothing | +0.0 days (+0.0 to +0.0) | +0.0 days (+0.0 to +0.0) | +0.0 days (+0.0 to +0.0) | +99.9 points (+99.5 to +99.9) | +0.0 points (-0.2 to +0.2) |
	// people against reports by the agreed date: +14.1 points (+12.3 to +15.8)
	// {Both:575 Only:327 Other:46 Neither:1052}
}

// CP-32, RI-04: the chance to be on time with what risks may add. Any type with a
// quantile function is a law of days.
func ExampleDelay() {
	project := rollout()
	c := control.CourseOf(project, kpi.Scorecard{}, risk.Register{}, asOf)
	supplier, _ := quant.NewPERT(3, 5, 15)
	o := control.CompareOptions{Spreads: project.Spreads(asOf), Iterations: 2000, Seed: 1}
	for _, delays := range [][]control.Delay{
		nil,
		{{ID: "supplier late", Activities: []string{"reports"}, P: 0.4, Days: supplier}},
		{{ID: "supplier late", Activities: []string{"reports"}, P: 0.4, Days: supplier}, {ID: "strike", P: 0.1, Days: supplier}},
	} {
		o.Delays = delays
		table, err := c.Compare(context.Background(), asOf, actions()[:2], o)
		if err != nil {
			fmt.Println(err)
			return
		}
		people, _ := table.Option("people")
		reports, _ := table.Option("reports")
		fmt.Printf("%q: people %.0f %%, reports %.0f %%\n", table.Delays, 100*people.Agreed.Value, 100*reports.Agreed.Value)
	}
	// Output:
	// []: people 45 %, reports 31 %
	// ["supplier late"]: people 28 %, reports 31 %
	// ["supplier late" "strike"]: people 25 %, reports 28 %
}

// The interval of the difference of two shares of the same iterations.
func ExamplePairs_Gain() {
	p := control.Pairs{Both: 14, Only: 5, Other: 0, Neither: 22}
	gain, _ := p.Gain()
	test, _ := p.McNemar()
	fmt.Printf("%.3f (%.3f to %.3f), p = %.4f\n", gain.Value, gain.Low, gain.High, test)
	// Output: 0.122 (0.011 to 0.226), p = 0.0625
}

// KP-07, KP-08: an indicator on a chart with a frozen baseline. What it always did is
// noise; what it never did is a signal, and has a cause.
func ExampleCourse_Scan() {
	c := control.Course{
		Scorecard: kpi.Scorecard{Measures: []kpi.Measure{series(102, 99, 114)}},
		Charts: []control.Chart{{Measure: "calls", Options: spc.Options{
			Baseline: calendar.Interval{From: day("2026-01-01"), Until: day("2026-12-31")},
		}}},
	}
	for _, on := range []string{"2027-02-28", "2027-03-31"} {
		report, err := c.Scan(day(on), control.Thresholds{})
		if err != nil {
			fmt.Println(err)
			return
		}
		d, ok := report.Deviation("signal[calls]")
		fmt.Println(on, ok)
		if ok {
			fmt.Println(d)
			fmt.Println(d.Evidence)
		}
	}
	// Output:
	// 2027-02-28 false
	// 2027-03-31 true
	// act: calls has left its limits: 105, before 100
	// [mean moved by 2.2 sigma western_1 on 2027-03-31: one point beyond 3 sigmas]
}

// CP-17, CP-37: is what is left of the contingency enough for what may still happen?
func ExampleCourse_Cover() {
	c := control.Course{
		Budget: crmproject.Budget{
			Total: eur("250000"), Contingency: eur("20000"),
			Costs: []crmproject.Cost{{ID: "C-1", On: asOf, Amount: eur("6500")}}, // without a line
		},
		Register: risk.Register{Matrix: risk.Classic5x5(), Risks: []risk.Risk{
			sure("supplier late", "1/4", "15000"), sure("data quality", "1/3", "8000"),
		}},
	}
	coverage, err := c.Cover(context.Background(), asOf, quant.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(coverage)
	fmt.Printf("P50 %s, P90 %s, enough with a chance of %.1f %%\n", coverage.P50, coverage.P90, 100*coverage.Chance.Value)
	// Output:
	// contingency thin: 13500.00 EUR left, P80 of the risks 15000.00 EUR, short by 1500.00 EUR
	// P50 0.00 EUR, P90 15000.00 EUR, enough with a chance of 75.0 %
}

// CP-35: what it costs to be faster, and two actions as one.
func ExampleCombine() {
	curve := control.Curve{Activity: "build", Line: "IMP", Points: []control.CurvePoint{
		{Duration: 28, Cost: eur("18000")}, {Duration: 34, Cost: eur("6000")}, {Duration: 40, Cost: eur("0")},
	}}
	faster, err := curve.Crash(31)
	if err != nil {
		fmt.Println(err)
		return
	}
	both, err := control.Combine("both", "Faster, and standard reports", faster, actions()[1])
	if err != nil {
		fmt.Println(err)
		return
	}
	cost, _ := both.Cost()
	fmt.Println(cost, both.Adjustments(), both.Given())
	// Output:
	// 3000.00 EUR [resources scope] [reporting reports]
}

// RI-12, CP-34: who has to be told, by when, and who was not.
func ExampleFacts_Messages() {
	f := controlled()
	f.Addressees = []control.Addressee{
		{ID: "board", From: control.Act, Lead: calendar.MustParsePeriod("P2D")},
		{ID: "support", Kinds: []control.Kind{control.OfIndicator}, Topics: []control.Topic{control.DeviationTopic}},
	}
	f.Log.Sent = []control.Sent{{Event: "action:K-1", To: "board", On: asOf}}
	for _, m := range f.Messages() {
		fmt.Printf("%s %s %s told %q overdue %t\n", m.Due, m.To, m.Event, m.Sent, m.Overdue(f.AsOf))
	}
	// Output:
	// 2027-04-11 board deviation_to_act:finish:2027-04-09 told "" overdue true
	// 2027-04-13 board action:K-1 told "2027-04-16" overdue false
	// 2027-04-14 board change:CH-1 told "" overdue true
	// 2027-04-16 support deviation:signal[calls]:2027-04-09 told "" overdue false
}
