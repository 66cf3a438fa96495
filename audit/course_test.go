package audit_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/audit"
	"github.com/crmrollout/crm/audit/control"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/schedule"
	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/risk/quant"
)

// steered returns the late project with what could be done about it.
func steered() *audit.Dossier {
	d := behind()
	d.Project.Activities[1].Estimate = schedule.ThreePoint{Optimistic: 8, MostLikely: 10, Pessimistic: 14}
	d.Control = audit.Control{
		Addressees: []control.Addressee{{ID: "sponsor"}},
		Actions: []control.Action{
			{ID: "people", Title: "Two more testers", Effects: []control.Effect{control.Crash("test", 6)}, Costs: []control.Price{{Line: "L-1", Amount: eur("80")}}},
			{ID: "later", Title: "A later end", Effects: []control.Effect{control.Relax(day("2027-04-16"))}},
		},
	}
	return d
}

// The control loop over a project file: what deviates, what could be done, and what
// the rules say of it (CP-34, CP-35, CP-37).
func TestControl(t *testing.T) {
	t.Parallel()
	d, on := steered(), day("2027-03-19")
	require.NoError(t, d.Validate())
	data, err := d.Encode()
	require.NoError(t, err)
	back, err := audit.Decode(data)
	require.NoError(t, err)
	require.Empty(t, cmp.Diff(d, back))

	report, err := d.Deviations(on)
	require.NoError(t, err)
	finish, ok := report.Deviation("finish")
	require.True(t, ok)
	require.Equal(t, control.Warn, finish.Level)

	table, err := d.Corrections(t.Context(), on, control.CompareOptions{Iterations: 500})
	require.NoError(t, err)
	require.Equal(t, day("2027-04-05"), table.Options[0].Finish)
	require.Equal(t, day("2027-03-30"), table.Options[1].Finish)
	require.Equal(t, day("2027-04-16"), table.Options[2].Due)
	require.Greater(t, table.Options[0].P80.Value, day("2027-04-05"), "the estimates of the project are drawn")

	d.Control.PerDay = eur("10")
	dearer, err := d.Corrections(t.Context(), on, control.CompareOptions{Iterations: 500})
	require.NoError(t, err)
	require.Equal(t, eur("-60"), dearer.Options[1].Delay, "six days earlier")

	audited := d.Audit(on)
	outcome, _ := audited.Outcome("CONTROL-011")
	require.Equal(t, verdict.NotMet, outcome.Status)
	require.NotEmpty(t, audited.Below("control.deviations").Findings)
	_, ok = audited.Outcome("CONTROL-030")
	require.False(t, ok, "an audit computes no risk curve")

	coverage, err := d.Coverage(t.Context(), on, quant.Options{})
	require.NoError(t, err)
	require.Equal(t, "0.00 EUR", coverage.Remaining.String())
}

// With the report before, a deviation knows since when it is there.
func TestDeviationsAfter(t *testing.T) {
	t.Parallel()
	d := steered()
	var err error
	d.Control.Last, err = d.Deviations(day("2027-03-18"))
	require.NoError(t, err)
	require.NoError(t, d.Validate())
	report, err := d.Deviations(day("2027-03-22"))
	require.NoError(t, err)
	finish, _ := report.Deviation("finish")
	require.Equal(t, control.Growing, finish.Trend)
}

func TestControlNotKept(t *testing.T) {
	t.Parallel()
	outcome, _ := behind().Audit(day("2027-03-19")).Outcome("CONTROL-010")
	require.Equal(t, verdict.NotApplicable, outcome.Status)
	require.Equal(t, "nothing is kept of control", outcome.Reason)
	d := steered()
	outcome, _ = d.Audit(0).Outcome("CONTROL-010")
	require.Equal(t, verdict.NotApplicable, outcome.Status, "no day, no report")
}

func TestControlFaults(t *testing.T) {
	t.Parallel()
	d := steered()
	d.Control.Actions[1].ID = "people"
	d.Control.Actions[0].Effects[0].Duration = 0
	d.Control.Log.Corrections = []control.Correction{{}}
	d.Control.Charts = []control.Chart{{Measure: "K-9"}}
	d.Control.PerDay = eur("-1")
	d.Control.Thresholds.Stable = ratio.Int(-1)
	err := d.Validate()
	for _, want := range []string{
		`control.actions[1].id: duplicate "people"`, "control.actions[0].effects[0].duration", "control.log.corrections[0].id",
		"control.charts[0]", "control.thresholds.stable", "control.perDay",
	} {
		require.ErrorContains(t, err, want)
	}
}

// What could be done about a late project, side by side.
func ExampleDossier_Corrections() {
	d := steered()
	table, err := d.Corrections(context.Background(), day("2027-03-19"), control.CompareOptions{Seed: 1})
	if err != nil {
		fmt.Println(err)
	}
	for _, o := range table.Options {
		fmt.Printf("%s: finish %s, P80 %s, by %s with %.0f %%, costs %s\n", o.ID, o.Finish, o.P80.Value, o.Due, 100*o.OnTime.Value, o.Cost)
	}
	// Output:
	// do_nothing: finish 2027-04-05, P80 2027-04-07, by 2027-03-26 with 0 %, costs 0
	// people: finish 2027-03-30, P80 2027-03-31, by 2027-03-26 with 0 %, costs 80.00 EUR
	// later: finish 2027-04-05, P80 2027-04-07, by 2027-04-16 with 100 %, costs 0
}
