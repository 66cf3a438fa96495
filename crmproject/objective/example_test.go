package objective_test

import (
	"fmt"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/objective"
	"github.com/crmrollout/crm/crmproject/ratio"
)

// An objective from its sentence to its traffic light (CP-11, SC-08, KP-07).
func Example() {
	churn := objective.Objective{
		ID: "O-1", Text: "reduce customer churn rate by 25%",
		Direction: objective.Decrease, Metric: "churn rate",
		Amount:   objective.Amount{Kind: objective.Relative, Value: ratio.Int(25), Unit: "percent"},
		Baseline: ratio.Int(16), From: calendar.MustParse("2027-01-01"), Deadline: calendar.MustParse("2027-12-31"),
	}
	target := churn.TargetOf()
	fmt.Println("target:", target.Value)

	now := target.At(calendar.MustParse("2027-07-02"), ratio.MustParse("14.5"), objective.Tolerance{})
	fmt.Println(now.Share, now.Result, now.Rating, "-", now.Reason)
	fmt.Println("not stated:", churn.Missing())
	// Output:
	// target: 12
	// 3/8 partially_met red - 38 % of the way is covered, 50 % was planned by now
	// not stated: [owner goal]
}

// A wish is not an objective (SC-09).
func ExampleObjective_Specific() {
	wish := objective.Objective{ID: "O-2", Text: "to improve relations with customers", Direction: objective.Increase}
	fmt.Println(wish.Specific(), wish.Missing())
	// Output: false [metric amount deadline baseline owner goal]
}

// Decimals are exact: 0.3 to 0.1, measured 0.2, is exactly half way.
func ExampleTarget_Attain() {
	target := objective.Target{
		Metric: "complaints per order", Direction: objective.Decrease,
		Baseline: ratio.MustParse("0.3"), Value: ratio.MustParse("0.1"),
	}
	fmt.Println(target.Attain(ratio.MustParse("0.2")))
	// Output: 1/2 partially_met
}
