package evm_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/evm"
	"github.com/crmrollout/crm/crmproject/ratio"
)

// rollout returns a ledger with a package of every method. Each call returns a
// fresh one. It starts on 2027-01-04 and is planned to end on 2027-06-30.
func rollout() evm.Ledger {
	return evm.Ledger{
		Baseline: evm.Baseline{
			Version: 1, Approved: day("2026-12-18"),
			Calendar: calendar.Pattern{Week: calendar.MondayToFriday, Holidays: []calendar.Holiday{{Date: day("2027-03-26")}, {Date: day("2027-03-29")}}},
			Packages: []evm.WorkPackage{
				{ID: "concept", Title: "Concept", Account: "design", Budget: euro("8000.00 EUR"), Start: day("2027-01-04"), Finish: day("2027-01-29"), Method: evm.ZeroHundred, Phasing: evm.AsEarned},
				{ID: "licence", Account: "software", Budget: euro("25000.01 EUR"), Start: day("2027-01-11"), Finish: day("2027-01-22"), Method: evm.FiftyFifty, Phasing: evm.AsEarned},
				{ID: "server", Account: "software", Budget: euro("4999.99 EUR"), Start: day("2027-01-11"), Finish: day("2027-02-05"), Method: evm.TwentyEighty, Phasing: evm.AsEarned},
				{
					ID: "build", Title: "Configuration", Account: "design", Budget: euro("45000.00 EUR"), Start: day("2027-02-01"), Finish: day("2027-05-14"), Method: evm.WeightedMilestones, Phasing: evm.AsEarned,
					Milestones: []evm.Milestone{{ID: "M1", Weight: 2, Due: day("2027-02-26")}, {ID: "M2", Weight: 3, Due: day("2027-03-31")}, {ID: "M3", Weight: 5, Due: day("2027-05-14")}},
				},
				{ID: "migration", Account: "data", Budget: euro("17777.77 EUR"), Start: day("2027-02-15"), Finish: day("2027-04-30"), Method: evm.Units, Units: ratio.Int(2357)},
				{ID: "training", Account: "people", Budget: euro("12345.67 EUR"), Start: day("2027-04-01"), Finish: day("2027-06-30"), Method: evm.PercentComplete},
				{ID: "quality", Account: "data", Budget: euro("2000.00 EUR"), Start: day("2027-02-15"), Finish: day("2027-04-30"), Method: evm.Apportioned, Base: "migration"},
				{ID: "office", Account: "people", Budget: euro("15000.00 EUR"), Start: day("2027-01-04"), Finish: day("2027-06-30"), Method: evm.LevelOfEffort},
			},
		},
		Progress: []evm.Progress{
			{Package: "migration", On: day("2027-03-31"), Units: ratio.Int(1111), ToComplete: euro("9000.00 EUR")},
			{Package: "concept", On: day("2027-01-29"), Percent: ratio.Int(1)},
			{Package: "licence", On: day("2027-01-15"), Percent: pct("10%")},
			{Package: "licence", On: day("2027-01-29"), Percent: ratio.Int(1)},
			{Package: "server", On: day("2027-01-29"), Percent: pct("50%")},
			{Package: "server", On: day("2027-02-26"), Percent: ratio.Int(1)},
			{Package: "build", On: day("2027-02-26"), Milestones: []string{"M1"}},
			{Package: "build", On: day("2027-03-31"), Milestones: []string{"M1"}, ToComplete: euro("40000.00 EUR")},
			{Package: "migration", On: day("2027-02-26"), Units: ratio.Int(200)},
		},
		Costs: []evm.Cost{
			{Package: "licence", On: day("2027-01-20"), Amount: euro("26000.00 EUR")},
			{Package: "concept", On: day("2027-01-29"), Amount: euro("7500.00 EUR")},
			{Package: "server", On: day("2027-02-20"), Amount: euro("5100.00 EUR")},
			{Package: "build", On: day("2027-02-26"), Amount: euro("11000.00 EUR")},
			{Package: "build", On: day("2027-03-31"), Amount: euro("9000.00 EUR")},
			{Package: "licence", On: day("2027-01-28"), Amount: euro("-500.00 EUR"), Note: "credit note"},
			{Package: "migration", On: day("2027-03-31"), Amount: euro("8000.00 EUR")},
			{Package: "quality", On: day("2027-03-31"), Amount: euro("900.00 EUR")},
			{Package: "office", On: day("2027-01-31"), Amount: euro("2400.00 EUR")},
			{Package: "office", On: day("2027-02-28"), Amount: euro("2400.00 EUR")},
			{Package: "office", On: day("2027-03-31"), Amount: euro("2700.00 EUR")},
		},
	}
}

// single returns a ledger of one package, worked every day for ten days from
// 2027-01-01, with a budget of 1000.00 EUR.
func single(method evm.Method) evm.Ledger {
	return evm.Ledger{Baseline: evm.Baseline{
		Calendar: calendar.Pattern{Week: calendar.EveryDay},
		Packages: []evm.WorkPackage{{ID: "a", Budget: euro("1000.00 EUR"), Start: day("2027-01-01"), Finish: day("2027-01-10"), Method: method}},
	}}
}

func report(t testing.TB, l evm.Ledger, asOf string) evm.Report {
	t.Helper()
	r, err := l.Report(day(asOf))
	require.NoError(t, err)
	return r
}
