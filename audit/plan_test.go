package audit_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/audit"
	"github.com/crmrollout/crm/crmproject"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// behind returns a dossier with a plan of two activities in a row, whose first is
// late, and a budget line that pays for them.
func behind() *audit.Dossier {
	d := audit.New()
	d.Project = crmproject.Project{
		ID: "P", Name: "Rollout", Kind: crmproject.NewCRM, Start: day("2027-03-01"), End: day("2027-03-26"),
		Activities: []crmproject.Activity{
			{
				ID: "build", Title: "Build", Phase: "execution", Start: day("2027-03-01"), Finish: day("2027-03-12"),
				ActualStart: day("2027-03-01"),
			},
			{ID: "test", Title: "Test", Phase: "execution", Start: day("2027-03-15"), Finish: day("2027-03-26"), After: []string{"build"}},
		},
		Milestones: []crmproject.Milestone{{ID: "M-1", Title: "Live", Due: day("2027-03-26"), After: []string{"test"}}},
		Budget: crmproject.Budget{Total: eur("1000"), Lines: []crmproject.BudgetLine{{
			ID: "L-1", Title: "Partner", Category: crmproject.ImplementationCost, Recurrence: crmproject.OneOff,
			Planned: eur("900"), Activities: []string{"build", "test"},
		}}},
	}
	return d
}

// The plan of the project is judged as a network, and its budget by earned value:
// the findings stand where the project file has what they are about (CP-34).
func TestPlanRules(t *testing.T) {
	t.Parallel()
	d := behind()
	require.NoError(t, d.Validate())
	found := map[verdict.Code]string{}
	for _, f := range d.Audit(day("2027-03-19")).Findings {
		found[f.Code] = f.Subject + ": " + f.Message
	}
	require.Equal(t, "project.activities: The project finishes 10 days later. Before: 2027-03-26, after: 2027-04-05.", found["SCHED-020"])
	require.Contains(t, found["SCHED-015"], "project.activities: The project finishes 6 working days after its deadline 2027-03-26.")
	require.Contains(t, found["EVM-002"], "project.budget: The schedule index SPI is 0")
	require.NotContains(t, found, verdict.Code("SCHED-018"))
	require.NotContains(t, found, verdict.Code("EVM-047"))
}

// Where the file does not say enough the rules do not apply, and say why.
func TestPlanRulesNotApplicable(t *testing.T) {
	t.Parallel()
	why := func(d *audit.Dossier, code verdict.Code) string {
		o, _ := d.Audit(day("2027-03-19")).Outcome(code)
		require.Equal(t, verdict.NotApplicable, o.Status, code)
		return o.Reason
	}
	d := behind()
	d.Project.Activities[1].After, d.Project.Milestones[0].After, d.Project.Budget.Lines[0].Activities = nil, nil, nil
	require.Equal(t, "no activity with dates waits for another", why(d, "SCHED-020"))
	require.Equal(t, "no budget line names the activities that it pays for", why(d, "EVM-001"))

	d = behind()
	d.Project.Start = 0
	require.Contains(t, why(d, "SCHED-020"), "start")
	d = behind()
	d.Project.Activities[0].ActualStart = day("2027-03-20")
	d.Project.Activities[0].ActualFinish = day("2027-03-18")
	require.Contains(t, why(d, "SCHED-020"), "comes before the start on 2027-03-20")
	d = behind()
	d.Project.Activities[1].ID = "build"
	require.Contains(t, why(d, "SCHED-020"), "duplicate")
}
