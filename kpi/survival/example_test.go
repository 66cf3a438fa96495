package survival_test

import (
	"fmt"
	"slices"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/kpi"
	"github.com/crmrollout/crm/kpi/survival"
)

// KP-10: how long new users take from their first log-in to the first quote sent with
// the CRM. Two have not got there, and count for as long as they have been at it.
func Example() {
	date := calendar.MustParse
	spans := []survival.Span{
		{Start: date("2027-03-01"), End: date("2027-03-03")},
		{Start: date("2027-03-01"), End: date("2027-03-09")},
		{Start: date("2027-03-02"), End: date("2027-03-04")},
		{Start: date("2027-03-08"), End: date("2027-03-22")},
		{Start: date("2027-03-08")},
		{Start: date("2027-03-22")},
	}
	sample, taken, err := survival.FromSpans(slices.Values(spans), survival.Window{AsOf: date("2027-03-31")})
	if err != nil {
		fmt.Println(err)
	}
	curve, _ := sample.Curve(survival.Options{})
	fmt.Println(taken.Events, "got there,", taken.Censored, "have not")
	for _, p := range curve.Points {
		fmt.Printf("day %d: %d at risk, %.2f still waiting, %v\n", p.Time, p.AtRisk, p.Survival, p.Interval)
	}
	fmt.Println("median", curve.Median().Time, "days")
	// Output:
	// 4 got there, 2 have not
	// day 2: 6 at risk, 0.67 still waiting, 0.3786 to 1 (95 %)
	// day 8: 4 at risk, 0.50 still waiting, 0.2246 to 1 (95 %)
	// day 9: 3 at risk, 0.50 still waiting, 0.2246 to 1 (95 %)
	// day 14: 2 at risk, 0.25 still waiting, 0.05046 to 1 (95 %)
	// day 23: 1 at risk, 0.25 still waiting, 0.05046 to 1 (95 %)
	// median 11 days
}

// KP-06: time to churn from an order history. Whoever has not ordered for 60 days is
// gone.
func ExampleFromHistory() {
	var h kpi.History[string]
	for customer, days := range map[string][]string{
		"Ada": {"2027-01-05", "2027-02-11", "2027-03-30", "2027-05-02"},
		"Bob": {"2027-01-20"},
		"Cyd": {"2027-01-22", "2027-03-02"},
		"Dan": {"2027-02-19", "2027-04-01"},
	} {
		for _, day := range days {
			_ = h.Add(customer, calendar.MustParse(day), 100_00)
		}
	}
	sample, _, _ := survival.FromHistory(&h, calendar.MustParse("2027-05-31"), survival.Rule{Inactive: 60})
	curve, _ := sample.Curve(survival.Options{})
	fmt.Println("still a customer after 90 days:", curve.At(90))
	mean, _ := curve.Restricted(90)
	fmt.Printf("of the first 90 days, %.1f on average\n", mean.Mean.Value)
	// Output:
	// still a customer after 90 days: 0.75
	// of the first 90 days, 82.5 on average
}

// KP-13: are cases resolved faster since the CRM went live?
func ExampleLogRank() {
	var before, after survival.Sample
	for _, days := range []int64{3, 4, 6, 7, 9, 9, 12, 15} {
		_ = before.Add(days, survival.Event)
	}
	for _, days := range []int64{1, 1, 2, 2, 3, 4, 4} {
		_ = after.Add(days, survival.Event)
	}
	_ = after.Add(5, survival.Censored) // not resolved yet
	test, _ := survival.LogRank(&before, &after)
	fmt.Printf("before: %d resolved, %.1f expected\n", test.Groups[0].Observed, test.Groups[0].Expected)
	fmt.Printf("chi-square %.2f with %d degree of freedom, p = %.4f\n", test.ChiSquare.Value, test.Freedom, test.P.Value)
	// Output:
	// before: 8 resolved, 11.6 expected
	// chi-square 7.05 with 1 degree of freedom, p = 0.0079
}

// KP-02: how long customers stay.
func ExampleCurve_Quantile() {
	var s survival.Sample
	for day := range int64(10) {
		_ = s.AddGroup(survival.Group{Time: 30 * (day + 1), Events: 6, Censored: 4})
	}
	curve, _ := s.Curve(survival.Options{Limits: survival.LogLog})
	q, _ := curve.Quantile(0.25)
	fmt.Println("a quarter has churned after", q.Time, "days, from", q.Lo, "to", q.Hi)
	// Output:
	// a quarter has churned after 120 days, from 90 to 180
}

func ExampleSample_Merge() {
	var north, south survival.Sample
	_ = north.AddGroup(survival.Group{Time: 30, Events: 12, Censored: 3})
	_ = south.AddGroup(survival.Group{Time: 30, Events: 2, Censored: 9})
	data, _ := north.MarshalBinary() // from another machine

	var received survival.Sample
	_ = received.UnmarshalBinary(data)
	_ = received.Merge(&south)
	for n := range received.Counts() {
		fmt.Printf("%+v\n", n)
	}
	// Output:
	// {Time:30 AtRisk:26 Events:14 Censored:12 Entered:0}
}

func ExampleSample_AtRisk() {
	var s survival.Sample
	for day := range int64(100) {
		_ = s.AddGroup(survival.Group{Time: day, Events: 1, Censored: 1})
	}
	risks, _ := s.AtRisk(0, 30, 60, 90)
	for _, r := range risks {
		fmt.Println("day", r.Time, "at risk", r.AtRisk)
	}
	// Output:
	// day 0 at risk 200
	// day 30 at risk 140
	// day 60 at risk 80
	// day 90 at risk 20
}

// KP-06, KP-07: the median time to churn on a scorecard.
func ExampleQuantile_Measurement() {
	var s survival.Sample
	_ = s.AddGroup(survival.Group{Time: 30, Events: 3, Censored: 1})
	_ = s.AddGroup(survival.Group{Time: 45, Events: 3, Censored: 1})
	curve, _ := s.Curve(survival.Options{})
	m := curve.Median().Measurement(calendar.MustParse("2027-06-30"))
	fmt.Println(m.On, m.Value)
	q, _ := curve.Quantile(0.9)
	fmt.Println(q.Measurement(m.On).Value)
	// Output:
	// 2027-06-30 45
	// undefined: the curve does not fall that far
}
