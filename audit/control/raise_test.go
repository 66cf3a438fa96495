package control_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/audit/control"
	"github.com/crmrollout/crm/crmproject"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/kpi"
	"github.com/crmrollout/crm/risk"
)

// RI-11: every deviation is raised once, however often the report comes; one that
// comes back after its risk was closed is raised again.
func TestRaise(t *testing.T) {
	t.Parallel()
	r := scan(t, course(), asOf, control.Thresholds{})
	empty := risk.Register{Matrix: risk.Classic5x5()}
	register, raised, err := control.Raise(empty, r)
	require.NoError(t, err)
	require.Empty(t, empty.Risks, "the register itself is unchanged")
	require.NoError(t, register.Validate())
	require.Len(t, raised, 7)
	for i, x := range raised {
		require.Equal(t, control.Raised{Deviation: r.Deviations[i].ID, Risk: r.Deviations[i].ID, New: true}, x)
	}
	finish, ok := register.Risk("finish")
	require.True(t, ok)
	require.Equal(t, "plan, days from the start to the finish: 134 days, planned 116 days", finish.Cause)
	require.Equal(t, asOf, finish.Raised)
	require.Equal(t, "delay", finish.Origin)
	cpi, ok := register.Risk("cpi")
	require.True(t, ok)
	require.Equal(t, "cost_overrun", cpi.Origin)

	same, raised, err := control.Raise(register, r)
	require.NoError(t, err)
	require.Empty(t, cmp.Diff(register, same))
	for _, x := range raised {
		require.False(t, x.New)
	}

	// The title was edited, the sign still tells; then the risk is closed.
	register.Risks[0].Title = "We are late"
	same, _, err = control.Raise(register, r)
	require.NoError(t, err)
	require.Len(t, same.Risks, 7)
	register.Risks[0].Closed = asOf
	again, raised, err := control.Raise(register, r)
	require.NoError(t, err)
	require.Equal(t, control.Raised{Deviation: "finish", Risk: "finish-2", New: true}, raised[0])
	require.Len(t, again.Risks, 8)
	require.NoError(t, again.Validate())
}

// What is welcome, noted only, or without figures raises nothing.
func TestRaiseNothing(t *testing.T) {
	t.Parallel()
	_, raised, err := control.Raise(risk.Register{}, control.Report{AsOf: asOf, Deviations: []control.Deviation{
		{ID: "a", Measure: control.Finish, Level: control.Note, Planned: ratio.Int(1), Actual: ratio.Int(2)},
		{ID: "b", Measure: control.Finish, Level: control.Act, Planned: ratio.Int(1), Actual: ratio.Int(2), Welcome: true},
		{ID: "c", Measure: control.Finish, Level: control.Act, Planned: ratio.Int(1), Actual: ratio.Undefined("none")},
		{ID: "d", Measure: control.Finish, Level: control.Act, Planned: ratio.Int(1), Actual: ratio.Int(1)},
	}})
	require.NoError(t, err)
	require.Empty(t, raised)
	_, _, err = control.Raise(risk.Register{}, control.Report{AsOf: asOf, Deviations: []control.Deviation{
		{ID: "a", Measure: control.Finish, Level: control.Act, Planned: ratio.Int(1), Actual: ratio.Int(2)},
	}})
	require.ErrorContains(t, err, `raise "a"`, "no subject and no day")
}

func TestDeviationWords(t *testing.T) {
	t.Parallel()
	one, two := ratio.Int(1), ratio.Int(2)
	tests := []struct {
		d    control.Deviation
		want string
	}{
		{control.Deviation{Level: control.Act, Measure: control.MilestoneDate, Title: "Live", Size: one, PlannedOn: asOf, ActualOn: asOf.AddDays(1)}, "act: Live is 1 day late: 2027-04-17, planned 2027-04-16"},
		{control.Deviation{Level: control.Note, Measure: control.MissedTask, Subject: "x", Size: two.Neg(), PlannedOn: asOf, ActualOn: asOf.AddDays(-2)}, "note: x is 2 days early: 2027-04-14, planned 2027-04-16"},
		{control.Deviation{Level: control.Act, Measure: control.UnexpectedCost, Planned: ratio.Int(0), Actual: one, Unit: "EUR"}, "act: cost without a budget line is 1.00 EUR, planned 0.00 EUR"},
		{control.Deviation{Level: control.Warn, Measure: control.LineOverrun, Title: "Licences", Planned: one, Actual: ratio.New(9001, 1000), Unit: "KWD"}, "warn: Licences is 9.001 KWD, planned 1.000 KWD"},
		{control.Deviation{Level: control.Warn, Measure: control.LineOverrun, Title: "Licences", Planned: one, Actual: two, Unit: "JPY"}, "warn: Licences is 2 JPY, planned 1 JPY"},
		{control.Deviation{Level: control.Note, Measure: control.ProcessSignal, Title: "calls", Planned: two, Actual: one, Welcome: true}, "note: calls has improved: 1, before 2"},
		{control.Deviation{Level: control.Warn, Measure: control.Attainment, Title: "users", Planned: two, Actual: ratio.Undefined("nobody asked")}, "warn: users is undefined: nobody asked, planned 2"},
	}
	for _, tt := range tests {
		require.Equal(t, tt.want, tt.d.String())
	}
	require.Equal(t, risk.Opportunity, control.Deviation{Welcome: true}.Risk().Kind)
	var labels []string
	for m := range control.Measure(12) {
		labels = append(labels, control.Deviation{Measure: m}.Risk().Measure)
	}
	require.Len(t, labels, 12)
	require.Equal(t, "CPI", labels[control.CostIndex])
}

// CourseOf of a project without a plan has no network and no ledger.
func TestCourseOfNothing(t *testing.T) {
	t.Parallel()
	c := control.CourseOf(&crmproject.Project{Start: asOf}, kpi.Scorecard{}, risk.Register{}, asOf)
	require.Equal(t, control.Course{Start: asOf}, c)
}
