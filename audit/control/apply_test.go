package control_test

import (
	"encoding/json"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/audit/control"
	"github.com/crmrollout/crm/crmproject"
	"github.com/crmrollout/crm/crmproject/money"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/schedule"
	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/kpi"
	"github.com/crmrollout/crm/risk"
)

func request() control.Request {
	return control.Request{Change: "CH-1", By: "M-1", On: asOf, Reason: "late", Quality: "none", Risk: "more people to lead"}
}

// apply proposes an action and has it approved.
func apply(tb testing.TB, p *crmproject.Project, a control.Action) control.Applied {
	tb.Helper()
	change, err := control.Propose(p, a, request())
	require.NoError(tb, err)
	done, err := control.Apply(p, a, change, crmproject.Approval{By: "board", On: asOf, Reason: "agreed"})
	require.NoError(tb, err)
	require.NoError(tb, done.Project.Validate())
	return done
}

// planOf returns the sums that a baseline has to conserve: lines, contingency, total.
func planOf(tb testing.TB, b crmproject.Baseline) (lines, contingency, total money.Amount) {
	tb.Helper()
	lines, err := money.Sum(func(yield func(money.Amount) bool) {
		for _, c := range b.Budget {
			if !yield(c.Planned) {
				return
			}
		}
	})
	require.NoError(tb, err)
	return lines, b.Contingency, b.Total
}

// CP-35: each action becomes baseline 2, with its delta in time and money and nothing
// lost; the project and its baseline 1 stay as they are; and the work then is as
// far from the new baseline as the action has left it: not at all.
func TestApply(t *testing.T) {
	t.Parallel()
	insert := control.Action{ID: "test", Title: "Load test", Effects: []control.Effect{control.Insert(
		schedule.Activity{ID: "load", Duration: 3, Group: "execution"}, schedule.Link{From: "reports", To: "load"},
		schedule.Link{From: "load", To: "train"}, schedule.Link{From: "load", To: "milestone live"},
	)}, Costs: []control.Price{{Line: "LT", Amount: eur("4000")}}}
	overlap := control.Action{ID: "overlap", Effects: []control.Effect{control.Relink(
		schedule.Link{From: "reports", To: "train", Relation: schedule.MustParseRelation("SS+2")},
	)}}
	reserve := actions()[0]
	reserve.Funding = control.FromContingency
	again := control.Action{ID: "again", Effects: []control.Effect{control.Relink(schedule.Link{From: "migrate", To: "reports"})}}
	again.Effects = []control.Effect{control.Trim("build", 30), control.Relink(schedule.Link{From: "reports", To: "train", Relation: schedule.MustParseRelation("FS+1")})}
	for _, a := range append(actions(), insert, overlap, reserve, again) {
		t.Run(a.ID+a.Funding.String(), func(t *testing.T) {
			t.Parallel()
			p := frozen(t)
			before, err := json.Marshal(p)
			require.NoError(t, err)
			options, err := control.CourseOf(p, kpi.Scorecard{}, risk.Register{}, asOf).
				Compare(t.Context(), asOf, []control.Action{a}, control.CompareOptions{Iterations: 10})
			require.NoError(t, err)
			done := apply(t, p, a)
			after, err := json.Marshal(p)
			require.NoError(t, err)
			require.JSONEq(t, string(before), string(after), "the project is unchanged")

			require.Len(t, done.Project.Baselines, 2)
			require.Equal(t, p.Baselines[0], done.Project.Baselines[0], "baseline 1 is kept")
			require.Equal(t, 2, done.Change.Baseline)
			require.Equal(t, crmproject.ChangeApproved, done.Change.State)
			require.Equal(t, a.Adjustments(), done.Change.Adjustments)

			lines1, contingency1, total1 := planOf(t, done.Project.Baselines[0])
			lines2, contingency2, total2 := planOf(t, done.Project.Baselines[1])
			cost, err := a.Cost()
			require.NoError(t, err)
			require.Equal(t, lines1.Minor()+cost.Minor(), lines2.Minor(), "the lines change by the cost")
			require.Equal(t, total1.Minor()-lines1.Minor()-contingency1.Minor(), total2.Minor()-lines2.Minor()-contingency2.Minor(), "no money is lost")
			if a.Funding == control.FromContingency {
				require.Equal(t, total1, total2)
			}

			c := control.CourseOf(done.Project, kpi.Scorecard{}, risk.Register{}, asOf)
			report := scan(t, c, asOf, control.Thresholds{})
			require.Equal(t, options.Options[1].Finish, report.Planned, "the baseline is the option that was compared")
			require.Equal(t, report.Planned, report.Forecast, "the work is on the new plan")
		})
	}
}

func TestApplyDetails(t *testing.T) {
	t.Parallel()
	p := frozen(t)
	done := apply(t, p, actions()[1])
	require.Equal(t, []string{"reporting"}, done.Diff.ScopeDropped)
	require.Equal(t, "gives up reporting, reports", done.Change.Impact.Scope)
	ids := map[string][]string{}
	for _, a := range done.Project.Activities {
		ids[a.ID] = a.After
	}
	require.Equal(t, map[string][]string{"design": nil, "build": {"design"}, "migrate": {"design"}, "train": {"build", "migrate"}}, ids)
	require.Equal(t, []string{"build", "migrate"}, done.Project.Budget.Lines[1].Activities)
	require.Equal(t, []string{"build", "migrate", "reports"}, p.Budget.Lines[1].Activities)

	last := apply(t, p, control.Action{ID: "none", Effects: []control.Effect{control.Drop("train")}})
	require.Equal(t, []string{"build", "migrate", "reports"}, last.Project.Milestones[0].After, "the milestone waits for what was before")

	later := apply(t, p, actions()[2])
	require.Equal(t, day("2027-08-06"), later.Project.End)
	require.Equal(t, 37, later.Change.Impact.Days)
	require.Equal(t, 37, later.Diff.End.Days)

	people := apply(t, p, actions()[0])
	build := people.Project.Activities[1]
	require.Equal(t, build.ActualStart, build.Start)
	require.Equal(t, ratio.New(3, 7), build.Progress, "of 35 days, 20 are left")
	require.InDelta(t, 0.7*60, people.Project.Activities[1].Estimate.Pessimistic, 1e-9)
}

// It is all or nothing, and only for the project that it was proposed for.
func TestApplyRefused(t *testing.T) {
	t.Parallel()
	p, a := frozen(t), actions()[0]
	change, err := control.Propose(p, a, request())
	require.NoError(t, err)
	approval := crmproject.Approval{By: "board", On: asOf}

	_, err = control.Apply(p, a, change, crmproject.Approval{By: "M-1", On: asOf})
	require.ErrorIs(t, err, crmproject.ErrOwn)
	_, err = control.Apply(rollout(), a, change, approval)
	require.ErrorIs(t, err, crmproject.ErrNoBaseline)
	_, err = control.Apply(p, actions()[1], change, approval)
	require.ErrorIs(t, err, control.ErrMoved, "another action")
	moved := frozen(t)
	moved.Activities[1].Progress = ratio.New(1, 2)
	_, err = control.Apply(moved, a, change, approval)
	require.ErrorIs(t, err, control.ErrMoved, "other progress")
	_, err = control.Apply(p, control.Action{}, change, approval)
	require.ErrorIs(t, err, verdict.ErrMissing)

	asked := frozen(t)
	asked.Changes = []crmproject.Change{change}
	done, err := control.Apply(asked, a, change, approval)
	require.NoError(t, err)
	require.Len(t, done.Project.Changes, 1, "it had been asked for already")
	require.Equal(t, crmproject.ChangeAssessed, asked.Changes[0].State)
	asked.Changes[0].Delta = crmproject.Delta{}
	_, err = control.Apply(asked, a, change, approval)
	require.ErrorIs(t, err, verdict.ErrDuplicate)

	// An insertion that makes the project invalid is refused as a whole.
	homeless := control.Action{ID: "x", Effects: []control.Effect{control.Insert(schedule.Activity{ID: "x", Duration: 1, Group: "no phase"})}}
	change, err = control.Propose(p, homeless, request())
	if err == nil {
		_, err = control.Apply(p, homeless, change, approval)
	}
	require.Error(t, err)
}

func TestProposeFaults(t *testing.T) {
	t.Parallel()
	_, err := control.Propose(&crmproject.Project{}, control.Action{}, control.Request{})
	for _, text := range []string{"action.id", "request.change", "request.by", "request.on", "project.id"} {
		require.ErrorContains(t, err, text)
	}
	empty := &crmproject.Project{ID: "P", Name: "P", Kind: crmproject.NewCRM, Start: day("2027-03-01")}
	_, err = control.Propose(empty, actions()[0], request())
	require.ErrorIs(t, err, verdict.ErrMissing)
	for _, e := range []control.Effect{
		control.Drop("milestone live"), control.Insert(schedule.Activity{ID: "gate"}), control.Crash("nobody", 3), control.Relink(schedule.Link{From: "x", To: "y"}),
		control.Insert(schedule.Activity{ID: "x", Duration: 1}, schedule.Link{From: "x", To: "y"}),
	} {
		_, err = control.Propose(frozen(t), control.Action{ID: "a", Effects: []control.Effect{e}}, request())
		require.Error(t, err, e)
	}
	far := control.Action{ID: "a", Costs: []control.Price{{Line: "IMP", Amount: money.FromMinor(1<<62, money.EUR)}, {Line: "IMP", Amount: money.FromMinor(1<<62, money.EUR)}}}
	_, err = control.Propose(frozen(t), far, request())
	require.ErrorIs(t, err, money.ErrOverflow)
}

// CP-32: every sequence of approved actions conserves money.
func TestApplySequence(t *testing.T) {
	t.Parallel()
	p := frozen(t)
	spent := int64(0)
	for i, a := range actions() {
		r := request()
		r.Change = "CH-" + a.ID
		change, err := control.Propose(p, a, r)
		require.NoError(t, err)
		r.On = asOf
		done, err := control.Apply(p, a, change, crmproject.Approval{By: "board", On: asOf})
		if a.ID == "reports" && err != nil {
			t.Fatal(err)
		}
		require.NoError(t, err)
		cost, err := a.Cost()
		require.NoError(t, err)
		spent += cost.Minor()
		p = done.Project
		require.Len(t, p.Baselines, i+2)
		require.Equal(t, p.Baselines[i].Digest(), p.Baselines[i+1].Previous)
		require.Equal(t, eur("250000").Minor()+spent, p.Budget.Total.Minor())
	}
	require.True(t, slices.IsSortedFunc(p.Baselines, func(a, b crmproject.Baseline) int { return a.Number - b.Number }))
	require.Empty(t, cmp.Diff(rollout().Budget.Costs, p.Budget.Costs))
}

// Prices of one new line are added up; without a title it has that of the action.
func TestProposeNewLine(t *testing.T) {
	t.Parallel()
	a := control.Action{ID: "a", Title: "Load test", Costs: []control.Price{
		{Line: "LT", Amount: eur("100")}, {Line: "LT", Amount: eur("50"), Title: "ignored"}, {Line: "X", Amount: eur("1"), Title: "Room", Category: crmproject.TrainingCost},
	}}
	change, err := control.Propose(frozen(t), a, request())
	require.NoError(t, err)
	require.Equal(t, []crmproject.BudgetLine{
		{ID: "LT", Title: "Load test", Category: crmproject.OtherCost, Recurrence: crmproject.OneOff, Planned: eur("150")},
		{ID: "X", Title: "Room", Category: crmproject.TrainingCost, Recurrence: crmproject.OneOff, Planned: eur("1")},
	}, change.Delta.NewLines)
	require.Equal(t, eur("151"), change.Impact.Amount)
	require.Equal(t, 1, change.Against)
	require.Empty(t, change.Impact.Unassessed())
}

// Where nobody told the progress, what is left is still what it was: the new baseline
// is the forecast of the day.
func TestApplyUntoldProgress(t *testing.T) {
	t.Parallel()
	p := frozen(t)
	p.Activities[1].Progress = ratio.Ratio{}
	p.Activities[2].Progress = ratio.Ratio{}
	done := apply(t, p, actions()[0])
	r := scan(t, control.CourseOf(done.Project, kpi.Scorecard{}, risk.Register{}, asOf), asOf, control.Thresholds{})
	require.Equal(t, r.Planned, r.Forecast)
	for _, d := range r.Deviations {
		require.Zero(t, d.PlannedOn, "no date is off: %s", d)
	}
}

// Dates that were edited without an approved change deviate from what was agreed;
// before the day of an approval, what was agreed before holds.
func TestCourseOfEdited(t *testing.T) {
	t.Parallel()
	p := frozen(t)
	agreed := scan(t, control.CourseOf(p, kpi.Scorecard{}, risk.Register{}, asOf), asOf, control.Thresholds{})
	edited := *p
	edited.Activities = slices.Clone(p.Activities)
	last := &edited.Activities[len(edited.Activities)-1]
	last.Start, last.Finish = last.Start.AddDays(28), last.Finish.AddDays(28)
	r := scan(t, control.CourseOf(&edited, kpi.Scorecard{}, risk.Register{}, asOf), asOf, control.Thresholds{})
	require.Equal(t, agreed.Planned, r.Planned, "what was agreed stays")
	require.Greater(t, r.Forecast, agreed.Forecast)
	drift, ok, err := edited.Drift()
	require.NoError(t, err)
	require.True(t, ok)
	require.Equal(t, last.ID, drift.Activities[0].ID)
	require.Equal(t, 28, drift.Activities[0].Days)
	require.False(t, drift.Empty())
}

// The deadline is the one that was agreed on, whatever the project says now.
func TestCourseOfAgreed(t *testing.T) {
	t.Parallel()
	p := frozen(t)
	p.End = day("2027-12-31")
	due := func(on string) any {
		return scan(t, control.CourseOf(p, kpi.Scorecard{}, risk.Register{}, day(on)), day(on), control.Thresholds{}).Due
	}
	require.Equal(t, day("2027-06-30"), due("2027-04-16"))
	require.Equal(t, day("2027-12-31"), due("2027-02-19"), "there was no baseline yet")
}
