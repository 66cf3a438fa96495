package spc_test

import (
	"encoding/json"
	"fmt"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/kpi"
	"github.com/crmrollout/crm/kpi/spc"
)

// KP-07, KP-08, KP-11: monthly churn in percent, a year before the CRM and half a
// year with it. Is the change real or noise?
func Example() {
	churn := kpi.Measure{ID: "K-1", Metric: "churn_rate"}
	month := calendar.MustParseMonth("2026-01")
	for i, value := range []string{
		"4.1", "3.7", "4.4", "4.0", "3.6", "4.2", "4.3", "3.8", "4.1", "3.9", "4.4", "4.0", // before
		"4.1", "3.8", "3.2", "2.9", "2.8", "2.9", // with the CRM
	} {
		churn.History = append(churn.History, kpi.Measurement{On: month.Add(i).Last(), Value: ratio.MustParse(value)})
	}
	before := calendar.Interval{Until: calendar.MustParse("2026-12-31")}
	reading, err := spc.ReadMeasure(churn, spc.Options{Baseline: before})
	if err != nil {
		fmt.Println(err)
	}
	fmt.Println(reading)
	sigmas, _ := reading.Sigmas()
	fmt.Printf("real: %t, shift %.2f points, %.1f sigmas, rules %v\n", reading.IsReal(), reading.Shift, sigmas, reading.Rules())
	// Output:
	// improved: mean 3.283 after the baseline against 4.042 (2.954 to 5.129); first signal 2027-04-30, one point beyond 3 sigmas
	// real: true, shift -0.76 points, -2.1 sigmas, rules western_1,western_2,western_3
}

func ExampleIndividuals() {
	minutes := spc.Daily(calendar.MustParse("2027-03-01"), 31, 28, 33, 30, 27, 32, 29, 31, 55, 30, 28, 32)
	chart, _ := spc.Individuals(minutes, spc.Options{Rules: spc.Nelson.With(spc.RuleSet(spc.RangeBeyond))})
	fmt.Println(chart.Limits)
	for _, s := range chart.Signals {
		fmt.Println(s.On, s.Value, s.Rule.Describe())
	}
	// Output:
	// 32.17 (13.07 to 51.26)
	// 2027-03-09 55 one point beyond 3 sigmas
	// 2027-03-09 24 the spread beyond its limits
	// 2027-03-10 25 the spread beyond its limits
}

// Limits are frozen: estimated once, kept as JSON, and applied to what comes later.
func ExampleLimits_Chart() {
	first := spc.Daily(calendar.MustParse("2027-03-01"), 31, 28, 33, 30, 27, 32, 29, 31)
	limits, _ := spc.Estimate(first, spc.Options{Spread: spc.MedianRange, Middle: spc.Median})
	data, _ := json.Marshal(limits)
	fmt.Println(string(data))

	var kept spc.Limits
	_ = json.Unmarshal(data, &kept)
	chart, _ := kept.Chart(spc.Daily(calendar.MustParse("2027-04-01"), 30, 33, 44, 31), spc.WesternElectric)
	fmt.Println(chart.Flags())
	// Output:
	// {"baseline":{"from":"2027-03-01","until":"2027-03-08"},"points":8,"spread":"median_range","center":30.5,"width":3}
	// [  western_1 ]
}

func ExampleSubgroups() {
	day := calendar.MustParse("2027-03-01")
	var groups []spc.Subgroup
	for i, times := range [][]float64{
		{5.1, 4.8, 5.0, 5.2}, {4.9, 5.0, 5.3, 4.7}, {5.2, 5.1, 4.9, 5.0}, {4.8, 5.0, 5.1, 5.2},
		{5.0, 5.1, 4.7, 4.9}, {5.1, 5.3, 5.0, 4.9}, {5.9, 6.1, 5.8, 6.0},
	} {
		groups = append(groups, spc.Subgroup{On: day.AddDays(i), Values: times})
	}
	chart, _ := spc.Subgroups(groups, spc.Options{Baseline: calendar.Interval{Until: day.AddDays(5)}})
	fmt.Println(chart.Limits)
	fmt.Println(chart.Signals[0].On, chart.Signals[0].Rule.Describe())
	// Output:
	// 5.013 (4.709 to 5.316)
	// 2027-03-07 one point beyond 3 sigmas
}

// Too few points say so.
func ExampleRead() {
	points := spc.Daily(calendar.MustParse("2027-03-01"), 4, 5, 4, 6)
	reading, _ := spc.Read(points, spc.Options{Baseline: calendar.Interval{Until: calendar.MustParse("2027-03-03")}})
	fmt.Println(reading)
	// Output:
	// cannot be told: 3 points in the baseline, want 6
}

func ExampleConstantsOf() {
	c, _ := spc.ConstantsOf(5)
	fmt.Printf("d2 %.3f A2 %.3f D4 %.3f\n", c.D2, c.MeanRange, c.RangeUpper)
	// Output:
	// d2 2.326 A2 0.577 D4 2.114
}

func ExampleParseRules() {
	rules, _ := spc.ParseRules("western_electric, range_beyond")
	for r := range rules.All() {
		fmt.Println(r, r.Span(), r.Describe())
	}
	// Output:
	// western_1 1 one point beyond 3 sigmas
	// western_2 3 two of three points beyond 2 sigmas on one side
	// western_3 5 four of five points beyond 1 sigma on one side
	// western_4 8 eight points in a row on one side of the centre line
	// range_beyond 1 the spread beyond its limits
}
