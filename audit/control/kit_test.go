package control_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/audit/control"
	"github.com/crmrollout/crm/crmproject"
	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/money"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/schedule"
	"github.com/crmrollout/crm/kpi"
	"github.com/crmrollout/crm/risk"
	"github.com/crmrollout/crm/risk/quant"
)

func day(s string) calendar.Date { return calendar.MustParse(s) }

func eur(s string) money.Amount { return money.MustParse(s + " EUR") }

func usd(s string) money.Amount { return money.MustParse(s + " USD") }

var quantOptions = quant.Options{CurvePoints: 10}

var asOf = day("2027-04-16")

// rollout is a small project on 2027-04-16: design was finished a week late, build
// is behind, training is to follow, and all goes live at the end of June.
func rollout() *crmproject.Project {
	activity := func(id, start, finish string, after ...string) crmproject.Activity {
		return crmproject.Activity{
			ID: id, Title: id, Phase: "execution", Owner: "M-1", Start: day(start), Finish: day(finish), After: after,
		}
	}
	p := &crmproject.Project{
		ID: "P-1", Name: "CRM", Kind: crmproject.NewCRM, Start: day("2027-03-01"), End: day("2027-06-30"),
		Team: crmproject.Team{Members: []crmproject.Member{{ID: "M-1", Name: "Ana"}}},
		Activities: []crmproject.Activity{
			activity("design", "2027-03-01", "2027-03-19"),
			activity("build", "2027-03-22", "2027-05-14", "design"),
			activity("migrate", "2027-03-22", "2027-04-09", "design"),
			activity("reports", "2027-05-17", "2027-05-28", "build"),
			activity("train", "2027-05-31", "2027-06-25", "build", "migrate", "reports"),
		},
		Milestones: []crmproject.Milestone{{ID: "live", Title: "Live", Phase: "execution", Due: day("2027-06-25"), After: []string{"train"}}},
		Budget: crmproject.Budget{
			Total: eur("250000"), Contingency: eur("30000"),
			Lines: []crmproject.BudgetLine{
				{ID: "SW", Title: "Licences", Category: crmproject.SoftwareCost, Recurrence: crmproject.OneOff, Planned: eur("60000"), Activities: []string{"design"}},
				{ID: "IMP", Title: "Implementation", Category: crmproject.ImplementationCost, Recurrence: crmproject.OneOff, Planned: eur("120000"), Activities: []string{"build", "migrate", "reports"}},
				{ID: "TR", Title: "Training", Category: crmproject.TrainingCost, Recurrence: crmproject.OneOff, Planned: eur("40000"), Activities: []string{"train"}},
			},
			Costs: []crmproject.Cost{
				{ID: "C-1", Line: "SW", On: day("2027-03-10"), Amount: eur("60000")},
				{ID: "C-2", Line: "IMP", On: day("2027-04-10"), Amount: eur("52000")},
			},
		},
	}
	p.Activities[0].ActualStart, p.Activities[0].ActualFinish = day("2027-03-01"), day("2027-03-26")
	p.Activities[1].ActualStart, p.Activities[1].Progress = day("2027-03-29"), ratio.New(1, 5)
	p.Activities[2].ActualStart, p.Activities[2].Progress = day("2027-03-29"), ratio.New(2, 3)
	for i := range p.Activities {
		d := []float64{15, 40, 15, 10, 20}[i]
		p.Activities[i].Estimate = schedule.ThreePoint{Optimistic: 0.9 * d, MostLikely: d, Pessimistic: 1.5 * d}
	}
	return p
}

// frozen is the rollout with its plan as baseline 1.
func frozen(tb testing.TB) *crmproject.Project {
	tb.Helper()
	p, err := rollout().Freeze(crmproject.Freezing{On: day("2027-02-20"), By: "board", Scope: []string{"leads", "offers", "reporting"}})
	require.NoError(tb, err)
	return p
}

func course() control.Course {
	return control.CourseOf(rollout(), kpi.Scorecard{}, risk.Register{}, asOf)
}

// actions are one of each adjustment.
func actions() []control.Action {
	return []control.Action{
		{
			ID: "people", Title: "Two more developers", Effects: []control.Effect{control.Crash("build", 28)},
			Costs: []control.Price{{Line: "IMP", Amount: eur("18000")}},
		},
		{
			ID: "reports", Title: "Standard reports only", Effects: []control.Effect{control.Drop("reports")},
			Costs: []control.Price{{Line: "IMP", Amount: eur("-9000")}}, GivesUp: []string{"reporting"},
		},
		{ID: "later", Title: "Go live in August", Effects: []control.Effect{control.Relax(day("2027-08-06"))}},
	}
}
