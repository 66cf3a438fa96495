package calendar_test

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/crmrollout/crm/crmproject/calendar"
)

// CP-16: a task of the schedule gets its dates from a working calendar.
func Example() {
	var p calendar.Pattern
	err := json.Unmarshal([]byte(`{
		"week": "mon,tue,wed,thu,fri",
		"holidays": [
			{"date": "2027-03-26", "name": "Good Friday"},
			{"date": "2027-03-29", "name": "Easter Monday"}
		],
		"extra": ["2027-04-03"]
	}`), &p)
	if err != nil {
		fmt.Println(err)
		return
	}
	work, err := p.Compile()
	if err != nil {
		fmt.Println(err)
		return
	}
	start := calendar.MustParse("2027-03-25")
	finish := work.Add(start, 6-1) // six working days, the first is start itself
	fmt.Println(start.Weekday(), start, "to", finish.Weekday(), finish)
	// Output: Thursday 2027-03-25 to Saturday 2027-04-03
}

// The day of an event depends on where it is asked, so FromTime takes the
// place.
func ExampleFromTime() {
	signed := time.Date(2027, 1, 31, 23, 30, 0, 0, time.UTC)
	berlin := time.FixedZone("CET", 60*60)
	fmt.Println(calendar.FromTime(signed, time.UTC), calendar.FromTime(signed, berlin))
	// Output: 2027-01-31 2027-02-01
}

func ExampleDate_AddMonths() {
	d := calendar.MustParse("2027-01-31")
	fmt.Println(d.AddMonths(1), d.AddMonths(2), d.AddMonths(13))
	// Output: 2027-02-28 2027-03-31 2028-02-29
}

func ExampleParse() {
	_, err := calendar.Parse("2027-02-29")
	fmt.Println(err)
	// Output: calendar: date "2027-02-29": no such day: out of range
}

func ExampleDate_WeekOf() {
	d := calendar.MustParse("2027-01-01") // a Friday
	fmt.Println(d.WeekOf(), d.MonthOf(), d.QuarterOf())
	// Output: 2026-W53 2027-01 2027-Q1
}

// SC-11: "by the end of the third quarter" is a day.
func ExampleQuarter_Last() {
	q := calendar.MustParseQuarter("2027-Q3")
	fmt.Println(q.First(), q.Last(), q.Len(), q.Add(2))
	// Output: 2027-07-01 2027-09-30 92 2028-Q1
}

func ExampleMonth_Since() {
	first, event := calendar.MustParse("2026-11-30"), calendar.MustParse("2027-02-01")
	age, _ := event.MonthOf().Since(first.MonthOf())
	fmt.Println(age)
	// Output: 3
}

// ST-11, RI-07: what falls due every month keeps to month ends.
func ExamplePeriod_Dates() {
	monthly := calendar.MustParsePeriod("P1M")
	for d := range monthly.Dates(calendar.MustParse("2027-01-31")) {
		if d > calendar.MustParse("2027-05-31") {
			break
		}
		fmt.Println(d)
	}
	// Output:
	// 2027-01-31
	// 2027-02-28
	// 2027-03-31
	// 2027-04-30
	// 2027-05-31
}

func ExamplePeriod_After() {
	review := calendar.MustParsePeriod("P6M")
	fmt.Println(review.After(calendar.MustParse("2027-08-31")))
	// Output: 2028-02-29
}

func ExampleInterval() {
	waived := calendar.Interval{From: calendar.MustParse("2027-03-01"), Until: calendar.MustParse("2027-03-31")}
	fmt.Println(waived, waived.Contains(calendar.MustParse("2027-03-31")))
	fmt.Println(calendar.Interval{From: waived.From}) // until further notice
	// Output:
	// 2027-03-01/2027-03-31 true
	// 2027-03-01/..
}

func ExamplePattern_Compile() {
	_, err := calendar.Pattern{
		Week: calendar.MondayToFriday,
		Holidays: []calendar.Holiday{
			{Name: "no date"},
			{Date: calendar.MustParse("2027-12-31"), Until: calendar.MustParse("2027-12-24")},
		},
	}.Compile()
	fmt.Println(err)
	// Output:
	// calendar: holidays[0].date: no date: out of range
	// calendar: holidays[1].until: 2027-12-24 is before 2027-12-31: out of range
}

// The third working day and the last working day of a month.
func ExampleWorking() {
	work := calendar.Pattern{Week: calendar.MondayToFriday}.MustCompile()
	may := calendar.MustParseMonth("2027-05")
	n, _ := work.CountIn(may.Interval())
	fmt.Println(n, work.Add(may.First(), 3-1), work.Previous(may.Last()))
	// Output: 21 2027-05-05 2027-05-31
}
