package crmproject_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject"
	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/evm"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/schedule"
)

// planned returns a project of three activities in a row and one beside them,
// two weeks each but for the last; it starts on a Monday.
func planned() *crmproject.Project {
	return &crmproject.Project{
		ID: "P", Name: "Rollout", Kind: crmproject.NewCRM, Start: day("2027-03-01"), End: day("2027-04-30"),
		Activities: []crmproject.Activity{
			{
				ID: "build", Title: "Build", Phase: "execution", Start: day("2027-03-01"), Finish: day("2027-03-12"),
				ActualStart: day("2027-03-01"), ActualFinish: day("2027-03-16"),
			},
			{
				ID: "test", Title: "Test", Phase: "execution", Start: day("2027-03-15"), Finish: day("2027-03-26"), After: []string{"build"},
				ActualStart: day("2027-03-17"), Progress: ratio.MustParse("1/4"),
				Estimate: schedule.ThreePoint{Optimistic: 8, MostLikely: 10, Pessimistic: 20},
			},
			{
				ID: "live", Title: "Go live", Phase: "execution", Start: day("2027-03-29"), Finish: day("2027-04-09"), After: []string{"test", "train"},
				Estimate: schedule.ThreePoint{Optimistic: 5, MostLikely: 10, Pessimistic: 15},
			},
			{ID: "train", Title: "Train", Phase: "execution", Start: day("2027-03-15"), Finish: day("2027-03-19")},
			{ID: "undated", Title: "Some day", Phase: "closure", After: []string{"live"}},
		},
		Milestones: []crmproject.Milestone{
			{ID: "M-1", Title: "Built", Due: day("2027-03-12"), Achieved: day("2027-03-16"), After: []string{"build"}},
			{ID: "M-2", Title: "Accepted", Due: day("2027-04-09"), After: []string{"live", "undated"}},
			{ID: "M-3", Title: "Nobody knows how", Due: day("2027-04-09")},
		},
		Budget: crmproject.Budget{
			Total: eur("120000.00"),
			Lines: []crmproject.BudgetLine{
				{
					ID: "L-1", Title: "Partner", Category: crmproject.ImplementationCost, Recurrence: crmproject.OneOff,
					Planned: eur("40000.00"), Activities: []string{"build", "test", "undated"},
				},
				{
					ID: "L-2", Title: "Licences", Category: crmproject.SoftwareCost, Recurrence: crmproject.Recurring,
					Planned: eur("4500.00"),
				},
				{
					ID: "L-3", Title: "Weekend shift", Category: crmproject.OtherCost, Recurrence: crmproject.OneOff,
					Planned: eur("100.00"), From: day("2027-03-06"), Until: day("2027-03-07"),
				},
			},
			Costs: []crmproject.Cost{
				{ID: "C-1", Line: "L-1", On: day("2027-03-16"), Amount: eur("22000.00")},
				{ID: "C-2", On: day("2027-03-18"), Amount: eur("300.00")},
				{ID: "C-3", Line: "L-3", On: day("2027-03-07"), Amount: eur("90.00")},
			},
		},
	}
}

func planOf(t *testing.T, p *crmproject.Project) *schedule.Network {
	t.Helper()
	require.NoError(t, p.Validate())
	n, err := schedule.Compile(p.Schedule())
	require.NoError(t, err)
	return n
}

// The plan of a project comes back as a network: planned dates are those of the
// baseline, and what is late moves what follows (CP-16, CP-34).
func TestSchedule(t *testing.T) {
	p := planned()
	n := planOf(t, p)
	base, err := n.Plan(p.Start)
	require.NoError(t, err)
	for _, a := range p.Activities[:4] {
		timing, ok := base.Timing(a.ID)
		require.True(t, ok)
		require.Equal(t, [2]calendar.Date{a.Start, a.Finish}, [2]calendar.Date{timing.Start, timing.Finish}, a.ID)
	}
	_, ok := base.Timing("undated")
	require.False(t, ok)
	accepted, ok := base.Timing("milestone M-2")
	require.True(t, ok)
	require.Equal(t, day("2027-04-09"), accepted.Finish)
	require.Equal(t, 15, accepted.TotalFloat, "three weeks to the end of the project")
	_, ok = base.Timing("milestone M-3")
	require.False(t, ok)

	now, err := n.Reschedule(p.Start, p.Status(day("2027-03-19")))
	require.NoError(t, err)
	test, _ := now.Timing("test")
	require.Equal(t, day("2027-03-31"), test.Finish, "8 of 10 days are left from 22 March: 10 − ⌊10/4⌋")
	live, _ := now.Timing("live")
	require.Equal(t, day("2027-04-01"), live.Start)
	require.Equal(t, day("2027-04-14"), now.Finish())
	built, _ := now.Timing("milestone M-1")
	require.Equal(t, schedule.Finished, built.State)
	require.Equal(t, "2027-04-09 to 2027-04-14", fmt.Sprint(base.Finish(), " to ", now.Finish()))
}

// Holidays of the project count; a pattern that does not compile is a fault.
func TestScheduleCalendar(t *testing.T) {
	p := planned()
	require.Equal(t, calendar.MondayToFriday, p.WorkingDays().Week)
	p.Calendar = calendar.Pattern{Week: calendar.MondayToFriday, Holidays: []calendar.Holiday{{Date: day("2027-03-08")}}}
	build, _ := planOf(t, p).Activity("build")
	require.Equal(t, 9, build.Duration)

	p.Calendar = calendar.Pattern{Holidays: []calendar.Holiday{{Date: day("2027-03-08")}}}
	require.ErrorContains(t, p.Validate(), "calendar")
	require.Empty(t, p.Status(day("2027-03-19")).Actuals)
	require.Empty(t, p.Ledger(day("2027-03-19")).Baseline.Packages)
	_, err := schedule.Compile(p.Schedule())
	require.Error(t, err)
}

func TestScheduleFaults(t *testing.T) {
	p := planned()
	p.Activities[1].Estimate.Optimistic = 11
	p.Milestones[1].After[0] = "nowhere"
	p.Budget.Lines[0].Activities[1] = "nothing"
	err := p.Validate()
	for _, want := range []string{
		"activities[1].estimate", `milestones[1].after[0]: unknown "nowhere"`, `budget.lines[0].activities[1]: unknown "nothing"`,
	} {
		require.ErrorContains(t, err, want)
	}
}

// What has begun is spread over what is left of it.
func TestSpreads(t *testing.T) {
	p := planned()
	spreads := p.Spreads(day("2027-03-19"))
	require.Len(t, spreads, 2)
	require.InDelta(t, 6, spreads["test"].Quantile(1e-9), 0.1, "three quarters of 8")
	require.InDelta(t, 15, spreads["live"].Quantile(1-1e-12), 0.1)
	require.InDelta(t, 8, p.Spreads(day("2027-03-01"))["test"].Quantile(1e-9), 0.1)

	now, err := planOf(t, p).Reschedule(p.Start, p.Status(day("2027-03-19")))
	require.NoError(t, err)
	s, err := now.Simulate(t.Context(), schedule.SimOptions{Spreads: spreads, Iterations: 2000})
	require.NoError(t, err)
	late, ok := s.PercentileDate(0.8)
	require.True(t, ok)
	require.GreaterOrEqual(t, late.Value, now.Finish())
}

// The budget and the plan make a ledger: 12 of 20 days' worth of work are done
// of what the partner is paid for (CP-17, CP-36, CP-37).
func TestLedger(t *testing.T) {
	p := planned()
	asOf := day("2027-03-19")
	l := p.Ledger(asOf)
	require.NoError(t, l.Validate())
	require.Equal(t, []evm.Progress{
		{Package: "L-1", On: day("2027-03-16"), Percent: ratio.MustParse("1/2")},
		{Package: "L-1", On: asOf, Percent: ratio.MustParse("5/8")},
	}, l.Progress)
	r, err := l.Report(asOf)
	require.NoError(t, err)
	require.Equal(t, eur("25000.00"), r.Measured.Measures.EV)
	require.Equal(t, eur("30000.00"), r.Measured.Measures.PV, "15 of 20 days")
	require.Equal(t, eur("22390.00"), r.Measured.Measures.AC, "with the unexpected cost, and that of the weekend")
	require.Equal(t, eur("1500.00"), r.LevelOfEffort.Measures.EV, "15 of 45 days")
	require.Equal(t, ratio.MustParse("5/6"), r.Measured.Performance.SPI)
	require.Len(t, r.Packages, 3, "the weekend has no working day")
}

// What is bought earns its line when that is closed, not before.
func TestLedgerClosed(t *testing.T) {
	p := planned()
	p.Budget.Lines[2].From, p.Budget.Lines[2].Until = day("2027-03-01"), day("2027-03-05")
	p.Budget.Lines[2].Closed = day("2027-03-12")
	for on, want := range map[string]string{"2027-03-11": "0.00", "2027-03-12": "100.00"} {
		r, err := p.Ledger(day(on)).Report(day(on))
		require.NoError(t, err)
		require.Equal(t, eur(want), r.Packages[2].Position.Measures.EV, on)
	}
}

// A ledger is valid for any valid project, whatever is missing from it.
func TestLedgerBare(t *testing.T) {
	for _, p := range []*crmproject.Project{{}, sample(), {ID: "P", Budget: crmproject.Budget{Costs: []crmproject.Cost{{ID: "C"}}}}} {
		l := p.Ledger(asOf)
		if len(l.Baseline.Packages) > 0 {
			require.NoError(t, l.Validate())
		}
		_, err := schedule.Compile(p.Schedule())
		require.NoError(t, err)
	}
}

// The plan of a project as a network: when will it be finished, and why?
func ExampleProject_Schedule() {
	p := planned()
	network, err := schedule.Compile(p.Schedule())
	if err != nil {
		fmt.Println(err)
	}
	plan, err := network.Reschedule(p.Start, p.Status(day("2027-03-19")))
	if err != nil {
		fmt.Println(err)
	}
	fmt.Println("finish", plan.Finish())
	path, _ := plan.PathTo("live")
	fmt.Println("path", path)
	// Output:
	// finish 2027-04-14
	// path test -FS-> live
}

// Earned value from the budget lines and the activities that they pay for.
func ExampleProject_Ledger() {
	report, err := planned().Ledger(day("2027-03-19")).Report(day("2027-03-19"))
	if err != nil {
		fmt.Println(err)
	}
	m, p := report.Measured.Measures, report.Measured.Performance
	fmt.Println("earned", m.EV, "of", m.PV, "planned, for", m.AC)
	fmt.Println("CPI", p.CPI.Decimal(2), "SPI", p.SPI.Decimal(2), "SPI(t)", report.Schedule.SPIt.Decimal(2))
	// Output:
	// earned 25000.00 EUR of 30000.00 EUR planned, for 22390.00 EUR
	// CPI 1.12 SPI 0.83 SPI(t) 0.96
}

// The network that was agreed on has the dates of the baseline in force on the day,
// whatever the plan says now.
func TestAgreed(t *testing.T) {
	p := planned()
	_, ok := p.Agreed(day("2027-03-01"))
	require.False(t, ok, "no baseline")
	frozen, err := p.Freeze(crmproject.Freezing{On: day("2027-03-01"), By: "board"})
	require.NoError(t, err)
	frozen.Activities = append(frozen.Activities, crmproject.Activity{
		ID: "later", Title: "Found later", Phase: "execution", Start: day("2027-04-01"), Finish: day("2027-04-02"),
	})
	frozen.Activities[2].Finish = day("2027-04-16")
	_, ok = frozen.Agreed(day("2027-02-28"))
	require.False(t, ok, "not yet")
	d, ok := frozen.Agreed(day("2027-03-19"))
	require.True(t, ok)
	plan, err := schedule.MustCompile(d).Plan(frozen.Start)
	require.NoError(t, err)
	live, _ := plan.Timing("live")
	require.Equal(t, day("2027-04-09"), live.Finish)
	found, ok := plan.Timing("later")
	require.True(t, ok)
	require.Equal(t, day("2027-04-02"), found.Finish)
	drift, _, err := frozen.Drift()
	require.NoError(t, err)
	require.Equal(t, []crmproject.ActivityShift{{
		ID: "live", Days: 7, From: calendar.Interval{From: day("2027-03-29"), Until: day("2027-04-09")},
		To: calendar.Interval{From: day("2027-03-29"), Until: day("2027-04-16")},
	}}, drift.Activities)
}
