package revenue_test

import (
	"fmt"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/money"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/kpi"
	"github.com/crmrollout/crm/kpi/revenue"
)

type history = kpi.History[string]

func subscribers() *revenue.Snapshots[string] {
	var s revenue.Snapshots[string]
	for _, row := range []struct{ customer, month, amount string }{
		{"Ada", "2027-01", "100.00 EUR"}, {"Ada", "2027-02", "130.00 EUR"}, {"Ada", "2027-03", "130.00 EUR"},
		{"Bob", "2027-01", "80.00 EUR"}, {"Bob", "2027-03", "80.00 EUR"},
		{"Cyd", "2027-01", "60.00 EUR"}, {"Cyd", "2027-02", "45.50 EUR"},
		{"Dan", "2027-02", "20.00 EUR"}, {"Dan", "2027-03", "20.00 EUR"},
	} {
		if err := s.Add(row.customer, calendar.MustParseMonth(row.month), money.MustParse(row.amount)); err != nil {
			fmt.Println(err)
		}
	}
	return &s
}

// KP-02, KP-09, KP-13: where the revenue of each month comes from.
func Example() {
	from, to := calendar.MustParseMonth("2027-01"), calendar.MustParseMonth("2027-03")
	table, err := revenue.Monthly(subscribers(), from, to, revenue.Options[string]{})
	if err != nil {
		fmt.Println(err)
	}
	for _, m := range table.Movements {
		fmt.Println(m.To, "opening", m.Opening, "+ new", m.New, "+ back", m.Reactivation, "+ more", m.Expansion)
		fmt.Println("  - less", m.Contraction, "- churn", m.Churn, "= closing", m.Closing)
		fmt.Println("  gross", m.GrossRetention().Percent(1), "net", m.NetRetention().Percent(1), "quick", m.QuickRatio().Decimal(2))
	}
	gross, _ := table.ChainedGross()
	fmt.Printf("chained gross retention %.1f %%\n", 100*gross)
	// Output:
	// 2027-02 opening 240.00 EUR + new 20.00 EUR + back 0.00 EUR + more 30.00 EUR
	//   - less 14.50 EUR - churn 80.00 EUR = closing 195.50 EUR
	//   gross 60.6 % net 73.1 % quick 0.53
	// 2027-03 opening 195.50 EUR + new 0.00 EUR + back 80.00 EUR + more 0.00 EUR
	//   - less 0.00 EUR - churn 45.50 EUR = closing 230.00 EUR
	//   gross 76.7 % net 76.7 % quick 1.76
	// chained gross retention 46.5 %
}

// The same time as one movement: Bob is back in March and was never gone.
func ExamplePointToPoint() {
	from, to := calendar.MustParseMonth("2027-01"), calendar.MustParseMonth("2027-03")
	m, _ := revenue.PointToPoint(subscribers(), from, to, revenue.Options[string]{})
	fmt.Println("gross", m.GrossRetention().Percent(1), "net", m.NetRetention().Percent(1))
	fmt.Println("logo churn", m.LogoChurn(), "quick ratio", m.QuickRatio())
	// Output:
	// gross 75.0 % net 87.5 %
	// logo churn 1/3 quick ratio 5/6
}

// KP-06: churn by segment.
func ExampleBetween() {
	segment := func(customer string) string {
		if customer == "Ada" {
			return "enterprise"
		}
		return "small business"
	}
	at := []calendar.Month{calendar.MustParseMonth("2027-01"), calendar.MustParseMonth("2027-02")}
	table, _ := revenue.Between(subscribers(), at, revenue.Options[string]{Label: segment})
	for label, movements := range table.Labels() {
		m := movements[0]
		fmt.Printf("%s: revenue churn %s, logo churn %s\n", label, m.RevenueChurn().Percent(1), m.LogoChurn())
	}
	// Output:
	// enterprise: revenue churn 0.0 %, logo churn 0
	// small business: revenue churn 67.5 %, logo churn 1/2
}

// KP-06: 2 % a month is not 24 % a year.
func ExampleOver() {
	year, _ := revenue.Over(ratio.MustParse("2 %"), 12)
	fmt.Printf("%.1f %%\n", 100*year)
	// Output:
	// 21.5 %
}

// The customers behind the numbers.
func ExampleChanges() {
	from, to := calendar.MustParseMonth("2027-01"), calendar.MustParseMonth("2027-02")
	changes, _ := revenue.Changes(subscribers(), from, to, revenue.Options[string]{})
	for _, c := range changes {
		fmt.Println(c.Customer, c.Kind, c.Before, "to", c.After)
	}
	// Output:
	// Ada expansion 100.00 EUR to 130.00 EUR
	// Bob churn 80.00 EUR to 0.00 EUR
	// Cyd contraction 60.00 EUR to 45.50 EUR
	// Dan new 0.00 EUR to 20.00 EUR
}

// From contracts instead of monthly amounts.
func ExampleSnapshots_AddSubscription() {
	var s revenue.Snapshots[string]
	term := calendar.Interval{From: calendar.MustParse("2027-01-15"), Until: calendar.MustParse("2027-03-14")}
	_ = s.AddSubscription("Ada", term, money.MustParse("49.00 EUR"), calendar.MustParseMonth("2027-12"))
	for row := range s.All() {
		fmt.Println(row.Customer, row.Month, row.Amount)
	}
	// Output:
	// Ada 2027-01 49.00 EUR
	// Ada 2027-02 49.00 EUR
}

// KP-02, KP-06, KP-07: the indicators of a month for a scorecard, with what they were
// counted from where they are shares.
func ExampleMovement_Measurements() {
	from, to := calendar.MustParseMonth("2027-01"), calendar.MustParseMonth("2027-02")
	m, _ := revenue.PointToPoint(subscribers(), from, to, revenue.Options[string]{})
	indicators := m.Measurements(to.Last())
	for _, code := range []string{"net_revenue_retention", "churn_rate", "retention_rate"} {
		fmt.Println(code, indicators[code].On, indicators[code].Value.Decimal(1), indicators[code].Interval())
	}
	// Output:
	// net_revenue_retention 2027-02-28 73.1 n/a
	// churn_rate 2027-02-28 33.3 6.149 to 79.23 (95 %)
	// retention_rate 2027-02-28 66.7 20.77 to 93.85 (95 %)
}
