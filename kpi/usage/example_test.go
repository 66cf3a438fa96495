package usage_test

import (
	"fmt"
	"maps"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/kpi/usage"
)

// fortnight is two weeks of a small sales team and a service desk.
func fortnight() *usage.Log[string] {
	var l usage.Log[string]
	for _, e := range []struct {
		user string
		days []int
		what string
	}{
		{"Ada", []int{1, 2, 3, 4, 5, 8, 9, 10, 11, 12}, "login"}, {"Ada", []int{2, 3, 4, 5, 8, 10, 11}, "note"},
		{"Bob", []int{1, 4, 8, 11}, "login"}, {"Bob", []int{11}, "note"},
		{"Cyd", []int{2, 9}, "login"}, {"Dan", []int{5, 8, 12}, "login"}, {"Dan", []int{8, 12}, "report"},
	} {
		for _, day := range e.days {
			_ = l.Add(usage.Event[string]{User: e.user, Day: calendar.MustNew(2027, 3, day), Action: e.what})
		}
	}
	return &l
}

func march(from, until int) calendar.Interval {
	return calendar.Interval{From: calendar.MustNew(2027, 3, from), Until: calendar.MustNew(2027, 3, until)}
}

// ST-26, KP-10: who of those who should work with the CRM does so.
func Example() {
	departments := map[string]string{"Ada": "sales", "Bob": "sales", "Cyd": "service", "Dan": "service"}
	seats := []usage.Seats{{Group: "sales", Users: 3}, {Group: "service", Users: 5}}
	count, err := usage.ByGroup(fortnight(), march(1, 14), seats, func(user string) string { return departments[user] }, usage.Options[string]{})
	if err != nil {
		fmt.Println(err)
	}
	for _, g := range count.Groups {
		fmt.Println(g.Name, g.Active.Users, "of", g.Active.Of, g.Active.Rate().Percent(0))
	}
	m := count.All.Measurement(march(1, 14).Until) // adoption_rate of a scorecard
	fmt.Println("all", m.Value, "% from", m.Interval())
	// Output:
	// sales 2 of 3 67 %
	// service 2 of 5 40 %
	// all 50 % from 21.52 to 78.48 (95 %)
}

// KP-10: daily and weekly actives. The first weeks of all are not weeks yet.
func ExampleRolling() {
	actives, _ := usage.Rolling(fortnight(), march(1, 14), usage.Options[string]{}, 1, 7)
	for _, day := range []int{6, 12, 14} {
		date := calendar.MustNew(2027, 3, day)
		week, _ := actives.On(date, 7)
		fmt.Println(date, "WAU", week.Value(), "DAU/WAU", actives.Ratio(date, 1, 7).Percent(0), "stickiness", actives.Stickiness(date, 7).Percent(0))
	}
	fmt.Println("mean DAU", actives.Mean(march(8, 12), 1).Decimal(1))
	// Output:
	// 2027-03-06 WAU undefined: the window is not within the observation DAU/WAU n/a stickiness n/a
	// 2027-03-12 WAU 4 DAU/WAU 50 % stickiness 36 %
	// 2027-03-14 WAU 4 DAU/WAU 0 % stickiness 36 %
	// mean DAU 2.0
}

func ExampleCalendar() {
	weeks, _ := usage.Calendar(fortnight(), march(1, 16), usage.Week, usage.Options[string]{Actions: []string{"note"}})
	for _, w := range weeks.Periods {
		fmt.Println(w.Label, "active", w.Users(), "new", w.New, "retained", w.Retained, "mean a day", w.MeanDaily().Decimal(1))
	}
	last := weeks.Periods[1]
	fmt.Println("stickiness", usage.Percent(last.End, last.Stickiness()).Value.Decimal(1), "%")
	// Output:
	// 2027-W09 active 1 new 1 retained 0 mean a day 0.6
	// 2027-W10 active 2 new 1 retained 1 mean a day 0.6
	// 2027-W11 active undefined: the window is not within the observation new 0 retained 0 mean a day n/a
	// stickiness 28.6 %
}

// Which features are used, by whom and how much.
func ExampleAdoption() {
	features, _ := usage.Adoption(fortnight(), march(1, 14), usage.Options[string]{Except: []string{"login"}})
	for _, f := range features.Features {
		fmt.Println(f.Action, "by", f.Users.Users, "of", f.Users.Of, "-", f.EventShare().Percent(0), "of the events")
	}
	fmt.Println("features a user", features.MeanBreadth())
	// Output:
	// note by 2 of 3 - 80 % of the events
	// report by 1 of 3 - 20 % of the events
	// features a user 1
}

// ST-26: logging in is not working.
func ExampleWork() {
	before, _ := usage.Work(fortnight(), march(1, 7), []string{"note"}, usage.Options[string]{})
	after, _ := usage.Work(fortnight(), march(8, 14), []string{"note"}, usage.Options[string]{})
	change := usage.Change{Before: before.Valued, After: after.Valued}
	trend, _ := change.Trend(0.95)
	fmt.Println(before.Valued.Rate(), "then", after.Valued.Rate(), "-", trend)
	// Output:
	// 1/4 then 1/2 - steady
}

func ExamplePowerCurve() {
	curve, _ := usage.PowerCurve(fortnight(), march(1, 14), 14, usage.Options[string]{})
	fmt.Println("users by days active", curve.Users)
	fmt.Println("on 4 days or more", curve.AtLeast(4).Rate(), "- mean", curve.MeanDays().Decimal(2))
	month, _ := usage.PowerCurve(fortnight(), march(1, 14), 28, usage.Options[string]{})
	fmt.Println("L28:", month.MeanDays())
	// Output:
	// users by days active [0 1 1 1 0 0 0 0 0 1 0 0 0 0]
	// on 4 days or more 1/2 - mean 4.75
	// L28: undefined: the window is not within the observation
}

// KP-10: how long it takes from the training to the first note. Those who have written
// none yet are not left out.
func ExampleFirstValue() {
	trained := map[string]calendar.Date{}
	for _, user := range []string{"Ada", "Bob", "Cyd", "Dan"} {
		trained[user] = calendar.MustNew(2027, 3, 1)
	}
	v, _ := usage.FirstValue(fortnight(), maps.All(trained), march(1, 14).Until, usage.Options[string]{Actions: []string{"note"}})
	fmt.Println(v.Reached, "there,", v.Censored, "not yet")
	fmt.Println("a quarter within", v.Quantile(ratio.New(1, 4)), "days, half within", v.Median())
	fmt.Println("three quarters:", v.Quantile(ratio.New(3, 4)))
	// Output:
	// 2 there, 2 not yet
	// a quarter within 11/2 days, half within 23/2
	// three quarters: undefined: not enough users have got there
}

// Files of two months, read apart, are one log.
func ExampleLog_Merge() {
	var all usage.Log[string]
	for _, part := range []*usage.Log[string]{fortnight(), fortnight()} {
		_ = all.Merge(part)
	}
	fmt.Println(all.Events(), all.Actions(), len(all.Users()))
	// Output:
	// 58 [login note report] 4
}

// KP-07, KP-10: the median time to first value on a scorecard.
func ExampleTimeToValue_Measurement() {
	trained := map[string]calendar.Date{"Ada": calendar.MustNew(2027, 3, 1), "Bob": calendar.MustNew(2027, 3, 1)}
	v, _ := usage.FirstValue(fortnight(), maps.All(trained), march(1, 14).Until, usage.Options[string]{Actions: []string{"note"}})
	m := v.Measurement(v.End)
	fmt.Println(m.On, m.Value.Decimal(1))
	// Output:
	// 2027-03-14 5.5
}
