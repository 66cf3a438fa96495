package retention_test

import (
	"context"
	"fmt"
	"slices"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/kpi"
	"github.com/crmrollout/crm/kpi/retention"
)

func history() *retention.History[string] {
	var h retention.History[string]
	for _, o := range []struct {
		customer, day string
		cents         int64
	}{
		{"Ada", "2027-01-05", 100_00}, {"Ada", "2027-02-11", 80_00}, {"Ada", "2027-03-30", 95_00},
		{"Bob", "2027-01-20", 30_00}, {"Cyd", "2027-01-22", 40_00}, {"Cyd", "2027-03-02", 65_00},
		{"Dan", "2027-02-19", 300_00}, {"Dan", "2027-04-01", 20_00}, {"Eve", "2027-02-27", 20_00},
	} {
		_ = h.Add(o.customer, calendar.MustParse(o.day), o.cents)
	}
	return &h
}

// KP-02: monthly cohorts. April is not over, so nobody can know its retention.
func Example() {
	end := calendar.MustParse("2027-04-10")
	table, err := retention.Calendar(history(), end, retention.Month, retention.Options[string]{})
	if err != nil {
		fmt.Println(err)
	}
	for _, cohort := range table.Cohorts {
		fmt.Print(cohort.Label, " size ", cohort.Size, ":")
		for _, cell := range cohort.Cells {
			fmt.Print(" ", cell.Retention().Percent(0))
		}
		fmt.Println()
	}
	interval, _ := table.Pooled[1].Interval(0.95)
	fmt.Println("after one month", table.Pooled[1].Retention(), "from", interval)
	fmt.Println(table.Cohorts[1].Cells[2].Retention())
	// Output:
	// 2027-01 size 3: 100 % 33 % 67 % n/a
	// 2027-02 size 2: 100 % 0 % n/a
	// after one month 1/5 from 0.03622 to 0.6245 (95 %)
	// undefined: the window is not over for anyone
}

// Each customer by his own clock: days since his first order.
func ExampleElapsed() {
	end := calendar.MustParse("2027-04-10")
	windows := []retention.Window{{From: 1, To: 30}, {From: 31, To: 60}}
	table, _ := retention.Elapsed(history(), end, windows, retention.Options[string]{})
	for _, cell := range table.Pooled {
		fmt.Printf("days %d-%d: %d of %d, unbounded %d, pending %d\n", cell.From, cell.To, cell.Active, cell.Eligible, cell.Since, cell.Pending.Customers)
	}
	// Output:
	// days 1-30: 0 of 5, unbounded 3, pending 0
	// days 31-60: 2 of 3, unbounded 2, pending 2
}

func ExampleRepeatPurchase() {
	r, _ := retention.RepeatPurchase(history(), calendar.MustParse("2027-04-10"), retention.Options[string]{}, 60)
	fmt.Println("repeat rate", r.Rate(), "- within 60 days", r.Horizons[0].Rate())
	fmt.Println("median gap", r.Gaps.Median, "days")
	// Output:
	// repeat rate 3/5 - within 60 days 2/3
	// median gap 40 days
}

// KP-06: customers without a contract churn when they stay away for too long.
func ExampleInactivity() {
	churn, _ := retention.Inactivity(history(), calendar.MustParse("2027-02-28"), calendar.MustParse("2027-04-10"), 45, retention.Options[string]{})
	fmt.Println(churn.Lost, "of", churn.Start, "lost:", churn.Rate().Percent(0))
	// Output:
	// 1 of 5 lost: 20 %
}

// KP-06: subscribers, known by name on two dates.
func ExampleCompare() {
	march := []string{"Ada", "Bob", "Cyd", "Dan"}
	april := []string{"Ada", "Cyd", "Dan", "Eve"}
	churn := retention.Compare(slices.Values(march), slices.Values(april))
	year, _ := churn.Over(12)
	fmt.Printf("%s a month, %.1f %% a year\n", churn.Rate().Percent(0), 100*year)
	// Output:
	// 25 % a month, 96.8 % a year
}

func ExampleStages() {
	life, _ := retention.Stages(history(), calendar.MustParse("2027-04-10"), retention.Month, retention.Options[string]{})
	for _, s := range life.Stages {
		fmt.Println(s.Period, "active", s.Active, "new", s.New, "retained", s.Retained, "resurrected", s.Resurrected, "dormant", s.Dormant)
	}
	// Output:
	// 2027-01 active 3 new 3 retained 0 resurrected 0 dormant 0
	// 2027-02 active 3 new 2 retained 1 resurrected 0 dormant 2
	// 2027-03 active 2 new 0 retained 1 resurrected 1 dormant 2
	// 2027-04 active 1 new 0 retained 0 resurrected 1 dormant 2
}

// Columns without amounts are enough for cohorts, and the cheapest (KP-06).
func ExampleCalendarColumns() {
	day := calendar.MustParse
	visits := kpi.Columns[uint32]{
		Customers: []uint32{0, 1, 0, 2, 1, 2},
		Days:      []calendar.Date{day("2027-01-04"), day("2027-01-20"), day("2027-02-11"), day("2027-02-12"), day("2027-03-01"), day("2027-03-09")},
	}
	table, err := retention.CalendarColumns(context.Background(), nil, visits, day("2027-03-31"), retention.Month, retention.Options[uint32]{})
	for _, cohort := range table.Cohorts {
		fmt.Print(cohort.Label)
		for _, cell := range cohort.Cells {
			fmt.Print(" ", cell.Retention())
		}
		fmt.Println()
	}
	fmt.Println(err)
	// Output:
	// 2027-01 1 1/2 1/2
	// 2027-02 1 1
	// <nil>
}
