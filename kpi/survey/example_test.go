package survey_test

import (
	"fmt"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/kpi/survey"
)

// KP-10, KP-13, AU-11: what customers say, by region, and how much of it is chance.
func Example() {
	var s survey.Survey
	for _, row := range []struct {
		region string
		answer int
		times  int64
	}{
		{"north", 10, 30}, {"north", 8, 22}, {"north", 5, 8},
		{"south", 9, 12}, {"south", 7, 15}, {"south", 3, 13},
	} {
		if err := s.AddN(row.region, row.answer, row.times); err != nil {
			fmt.Println(err)
		}
	}
	_ = s.Invite("north", 240)
	_ = s.Invite("south", 100)
	for region, counts := range s.All() {
		nps, _ := counts.NPS()
		interval, _ := nps.Interval(0.95)
		fmt.Printf("%s: %s, %s; response rate %s\n", region, nps.Score().Decimal(1), interval, counts.ResponseRate().Percent(0))
	}
	whole, _ := s.Total().NPS()
	margin, _ := whole.Margin(0.95)
	fmt.Printf("all: %v points ± %.1f\n", whole.Score(), margin)
	// Output:
	// north: 36.7, 17.37 to 52.47 (95 %); response rate 25 %
	// south: -2.5, -25.78 to 21.13 (95 %); response rate 40 %
	// all: 21 points ± 15.0
}

// Has the score risen since the CRM went live?
func ExampleCompare() {
	before := survey.NPS{Promoters: 40, Passives: 35, Detractors: 25}
	after := survey.NPS{Promoters: 95, Passives: 75, Detractors: 30}
	d, _ := survey.Compare(before, after, 0.95)
	fmt.Printf("%v points ± %.1f, clear: %t\n", d.Points, d.Margin, d.IsClear())
	// Output:
	// 35/2 points ± 18.5, clear: false
}

// All agree: the plain margin says 0, the interval does not.
func ExampleNPS_Interval() {
	s := survey.NPS{Promoters: 5}
	margin, _ := s.Margin(0.95)
	interval, _ := s.Interval(0.95)
	fmt.Println(s.Score(), "±", margin, "or", interval)
	// Output:
	// 100 ± 0 or 17.49 to 100 (95 %)
}

// KP-09, KP-11, ST-31: satisfaction is the share of 4 and 5.
func ExampleCounts_CSAT() {
	counts, _ := survey.Count(survey.OneTo(5), 5, 4, 4, 2, 5, 3, 4, 5, 1, 4)
	csat, _ := counts.CSAT()
	interval, _ := csat.Interval(0.95)
	fmt.Println(csat.Score(), "%,", interval)
	// It goes into a scorecard with its counts, and so with its interval.
	m := csat.Measurement(calendar.MustParse("2027-03-31"))
	fmt.Println(m.On, m.Value, m.Successes, m.Trials)
	// Output:
	// 70 %, 39.68 to 89.22 (95 %)
	// 2027-03-31 70 7 10
}

// KP-10, ST-21: users say how easy it was, from 1 to 7.
func ExampleCounts_CES() {
	counts, _ := survey.Count(survey.OneTo(7), 6, 7, 5, 6, 4, 7, 6)
	ces, _ := counts.CES()
	margin, _ := ces.Margin(0.95)
	fmt.Printf("%s ± %.2f\n", ces.Score().Decimal(2), margin)
	// Output:
	// 5.86 ± 0.99
}
