package control_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/audit/control"
	"github.com/crmrollout/crm/crmproject"
	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/evm"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/schedule"
	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/kpi/spc"
	"github.com/crmrollout/crm/risk"
)

func scan(tb testing.TB, c control.Course, on calendar.Date, t control.Thresholds) control.Report {
	tb.Helper()
	r, err := c.Scan(on, t)
	require.NoError(tb, err)
	require.NoError(tb, r.Validate())
	return r
}

func found(tb testing.TB, r control.Report, id string) control.Deviation {
	tb.Helper()
	d, ok := r.Deviation(id)
	require.True(tb, ok, "%s in %v", id, r.Deviations)
	return d
}

// CP-34, CP-37: a late rollout shows in time and in cost, gravest first.
func TestScan(t *testing.T) {
	t.Parallel()
	r := scan(t, course(), asOf, control.Thresholds{})
	var ids []string
	for _, d := range r.Deviations {
		ids = append(ids, d.Level.String()+" "+d.ID)
	}
	require.Equal(t, []string{
		"act finish", "act milestone[milestone live]", "act spi_t", "act spi", "act cpi", "act eac", "warn missed[migrate]",
	}, ids)
	require.Equal(t, day("2027-06-25"), r.Planned)
	require.Equal(t, day("2027-07-13"), r.Forecast)
	require.Equal(t, day("2027-06-30"), r.Due)
	require.Equal(t, asOf, r.Reported)
	require.Equal(t, evm.AtCPI, r.Money.By)

	finish := found(t, r, "finish")
	require.Equal(t, ratio.Int(18), finish.Size)
	require.Equal(t, ratio.Int(10), finish.Limit)
	require.Equal(t, control.Signal, finish.Nature)
	require.Equal(t, "act: finish is 18 days late: 2027-07-13, planned 2027-06-25", finish.String())

	missed := found(t, r, "missed[migrate]")
	require.Equal(t, control.Noise, missed.Nature, "it has float, so 14 days are a warning only")
	require.Equal(t, day("2027-04-10"), missed.Since)

	spi := found(t, r, "spi")
	require.Equal(t, day("2027-03-31"), spi.Since, "below the limit since the end of March")
	require.NotZero(t, spi.Trend)
	require.Len(t, r.At(control.Act), 6)
	require.Len(t, r.At(control.Note), 7)
	_, ok := r.Deviation("no such")
	require.False(t, ok)
}

// Nothing was given, nothing deviates.
func TestScanEmpty(t *testing.T) {
	t.Parallel()
	r := scan(t, control.Course{}, asOf, control.Thresholds{})
	require.Equal(t, control.Report{AsOf: asOf}, r)
}

// network is design, build, live with five days each, from Monday 2027-03-01.
func network(deadline string) control.Course {
	return control.Course{Start: day("2027-03-01"), Baseline: schedule.Definition{
		Activities: []schedule.Activity{{ID: "design", Duration: 5}, {ID: "build", Duration: 5}, {ID: "train", Duration: 1}, {ID: "live"}},
		Links:      []schedule.Link{{From: "design", To: "build"}, {From: "build", To: "live"}, {From: "train", To: "live"}},
		Deadline:   schedule.MustParsePoint(deadline),
	}}
}

func TestScanFinish(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, deadline string
		done           string // finish of design
		limits         control.Limit
		size           int64
		level          control.Level
		nature         control.Nature
		welcome        bool
	}{
		{"on plan", "", "2027-03-05", control.Limit{}, 0, 0, 0, false},
		{"three days late, no buffer", "", "2027-03-10", control.Limit{}, 5, control.Warn, control.Signal, false},
		{"at the limit", "", "2027-03-10", control.Limit{Warn: ratio.Int(5)}, 5, control.Note, control.Signal, false},
		{"a warning from later on moves the other limit too", "", "2027-03-24", control.Limit{Warn: ratio.Int(19)}, 19, control.Note, control.Signal, false},
		{"beyond the limit", "", "2027-03-10", control.Limit{Warn: ratio.Int(1), Act: ratio.Int(4)}, 5, control.Act, control.Signal, false},
		{"the deadline holds", "2027-03-20", "2027-03-10", control.Limit{Act: ratio.Int(4)}, 5, control.Warn, control.Noise, false},
		{"the deadline is working day 16", "+16", "2027-03-10", control.Limit{Act: ratio.Int(4)}, 5, control.Warn, control.Noise, false},
		{"the deadline is just missed", "+12", "2027-03-10", control.Limit{Act: ratio.Int(4)}, 5, control.Act, control.Signal, false},
		{"early", "", "2027-03-03", control.Limit{}, -2, control.Note, control.Signal, true},
		{"the baseline itself is beyond the deadline", "2027-03-10", "2027-03-05", control.Limit{}, 2, control.Warn, control.Signal, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			c := network(tt.deadline)
			on := max(day(tt.done), 0)
			c.Status = schedule.Status{AsOf: on, Actuals: []schedule.Actual{
				{ID: "design", Start: day("2027-03-01"), Finish: on}, {ID: "train", Start: day("2027-03-01"), Finish: day("2027-03-01")},
			}}
			r := scan(t, c, on, control.Thresholds{Finish: tt.limits})
			d, ok := r.Deviation("finish")
			require.Equal(t, tt.size != 0, ok)
			if ok {
				require.Equal(t, ratio.Int(tt.size), d.Size)
				require.Equal(t, tt.level, d.Level)
				require.Equal(t, tt.welcome, d.Welcome)
				if !tt.welcome {
					require.Equal(t, tt.nature, d.Nature)
				}
			}
		})
	}
}

// What is dated later has not happened yet.
func TestScanEarlier(t *testing.T) {
	t.Parallel()
	c := network("")
	c.Status = schedule.Status{AsOf: day("2027-03-12"), Actuals: []schedule.Actual{
		{ID: "design", Start: day("2027-03-01"), Finish: day("2027-03-10")}, {ID: "build", Start: day("2027-03-11"), Remaining: 9},
	}}
	later := scan(t, c, day("2027-03-20"), control.Thresholds{})
	require.Equal(t, day("2027-03-12"), later.Reported)
	require.Equal(t, day("2027-03-25"), later.Forecast)
	earlier := scan(t, c, day("2027-03-05"), control.Thresholds{})
	require.Equal(t, day("2027-03-05"), earlier.Reported)
	require.Equal(t, control.MissedTask, found(t, earlier, "missed[design]").Measure)
	_, ok := earlier.Deviation("missed[build]")
	require.False(t, ok)

	// Found in both, it has been there since the first time, and grew.
	d := found(t, later.After(earlier), "finish")
	require.Equal(t, day("2027-03-05"), d.Since)
	require.Equal(t, control.Growing, d.Trend)
	require.Equal(t, later, later.After(later), "not earlier")
	require.Equal(t, control.Steady, found(t, later.After(control.Report{AsOf: 1, Deviations: later.Deviations}), "finish").Trend)
	other := slices.Clone(later.Deviations)
	for i := range other {
		other[i].Size = ratio.Int(100)
	}
	require.Equal(t, control.Shrinking, found(t, later.After(control.Report{AsOf: 1, Deviations: other}), "finish").Trend)
	for i := range other {
		other[i].Size = ratio.Undefined("no")
	}
	require.Zero(t, found(t, later.After(control.Report{AsOf: 1, Deviations: other}), "finish").Trend)
}

// A working plan that differs from the baseline is where the work leads to.
func TestScanPlan(t *testing.T) {
	t.Parallel()
	c := network("")
	c.Plan = c.Baseline
	c.Plan.Activities = slices.Clone(c.Baseline.Activities)
	c.Plan.Activities[1].Duration = 8
	r := scan(t, c, day("2027-03-01"), control.Thresholds{})
	require.Equal(t, ratio.Int(5), found(t, r, "finish").Size, "three working days across a week-end")
	require.Equal(t, ratio.Int(5), found(t, r, "milestone[live]").Size)
	require.Zero(t, r.Reported)
}

func TestScanFaults(t *testing.T) {
	t.Parallel()
	_, err := control.Course{}.Scan(0, control.Thresholds{
		Finish: control.Limit{Warn: ratio.Int(3), Act: ratio.Int(1)}, Cost: control.Limit{Warn: ratio.Int(-1)},
		Estimate: 9, Stable: ratio.Int(-1), Stale: calendar.Period{Count: -1, Unit: calendar.UnitDay},
	})
	require.ErrorIs(t, err, verdict.ErrMissing)
	for _, path := range []string{"asOf", "thresholds.finish.act", "thresholds.cost.warn", "thresholds.estimate", "thresholds.stable", "thresholds.stale"} {
		require.ErrorContains(t, err, path)
	}

	c := network("")
	c.Start = 0
	c.Baseline.Activities[0].ID = "build"
	c.Plan = schedule.Definition{Activities: []schedule.Activity{{ID: ""}}}
	c.Charts = []control.Chart{{Measure: "none"}, {Limits: spc.Limits{Spread: spc.MeanRange, Center: 1, Width: -1}}}
	c.Budget.Lines = []crmproject.BudgetLine{{ID: "L"}}
	c.Register.Risks = []risk.Risk{{}}
	c.Ledger.Baseline.Packages = []evm.WorkPackage{{}}
	err = c.Validate()
	for _, path := range []string{"start", "baseline.activities[1].id", "plan.activities[0].id", "charts[0].measure", "charts[0].options.baseline", "budget.lines[0].category", "register", "ledger"} {
		require.ErrorContains(t, err, path)
	}
	require.ErrorContains(t, control.Course{Plan: c.Baseline}.Validate(), "baseline.activities")
	bad := network("")
	bad.Status = schedule.Status{AsOf: asOf, Actuals: []schedule.Actual{{ID: "no"}}}
	require.ErrorContains(t, bad.Validate(), "status.actuals[0].id")
	require.Error(t, control.Report{Deviations: []control.Deviation{{}}}.Validate())
}

// However the lists of a course are ordered, the report is the same.
func TestScanOrder(t *testing.T) {
	t.Parallel()
	want := scan(t, course(), asOf, control.Thresholds{})
	rng := rand.New(rand.NewPCG(1, 2))
	for range 20 {
		c := course()
		rng.Shuffle(len(c.Baseline.Activities), func(i, j int) {
			c.Baseline.Activities[i], c.Baseline.Activities[j] = c.Baseline.Activities[j], c.Baseline.Activities[i]
		})
		rng.Shuffle(len(c.Status.Actuals), func(i, j int) { c.Status.Actuals[i], c.Status.Actuals[j] = c.Status.Actuals[j], c.Status.Actuals[i] })
		rng.Shuffle(len(c.Budget.Lines), func(i, j int) { c.Budget.Lines[i], c.Budget.Lines[j] = c.Budget.Lines[j], c.Budget.Lines[i] })
		rng.Shuffle(len(c.Budget.Costs), func(i, j int) { c.Budget.Costs[i], c.Budget.Costs[j] = c.Budget.Costs[j], c.Budget.Costs[i] })
		require.Empty(t, cmp.Diff(want, scan(t, c, asOf, control.Thresholds{})))
	}
}
