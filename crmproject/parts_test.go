package crmproject_test

import (
	"fmt"
	"math"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject"
	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/money"
	"github.com/crmrollout/crm/crmproject/phase"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// TestTemplates: every built-in life cycle is sound, and has all 28 key
// activities, each in a phase of its own stage (CP-03, CP-05).
func TestTemplates(t *testing.T) {
	names := map[string]bool{}
	for _, cycle := range crmproject.Templates() {
		require.NoError(t, cycle.Validate(), cycle.Outline.Name)
		require.Len(t, cycle.Activities, 28, cycle.Outline.Name)
		require.False(t, names[cycle.Outline.Name])
		names[cycle.Outline.Name] = true
		last := crmproject.Stage(0)
		for _, p := range cycle.Outline.Phases {
			stage, ok := cycle.Stage(p.ID)
			require.True(t, ok)
			require.GreaterOrEqual(t, stage, last, "stages do not run backwards")
			last = stage
			require.NotEmpty(t, p.Objective)
		}
	}
	five := crmproject.FivePhases()
	var counts []int
	for _, p := range five.Outline.Phases {
		counts = append(counts, len(five.KeyActivities(p.ID)))
	}
	require.Equal(t, []int{4, 6, 6, 6, 6}, counts)
	require.Len(t, five.Of(crmproject.Planning), 1)
	require.Len(t, crmproject.VisionFirst().Of(crmproject.Initiation), 4)
}

// TestEditing shows that templates stay editable (CP-06, CP-44) and are not
// changed by it.
func TestEditing(t *testing.T) {
	five := crmproject.FivePhases()
	term := phase.Term{Code: "OWN-001", Need: phase.Must}
	cycle, ok := five.Require("planning", "execution", term)
	require.True(t, ok)
	term.Waivable = true
	cycle, ok = cycle.Require("planning", "execution", term)
	require.True(t, ok)
	cycle, ok = cycle.Require("initiation", "planning", phase.Term{Code: "OWN-002", Need: phase.Must})
	require.True(t, ok)
	cycle, ok = cycle.Without("planning")
	require.True(t, ok)
	require.NoError(t, cycle.Validate())
	require.Equal(t, phase.Edge{
		From: "initiation", To: "execution",
		Criteria: []phase.Term{{Code: "OWN-002", Need: phase.Must}, {Code: "OWN-001", Need: phase.Must, Waivable: true}},
	}, cycle.Outline.Transitions[0])
	require.Empty(t, cycle.KeyActivities("planning"))
	require.Equal(t, crmproject.FivePhases(), five, "the original is unchanged")

	cycle, ok = cycle.InsertAfter("execution", phase.Phase{ID: "pilot"}, crmproject.Execution)
	require.True(t, ok)
	require.NoError(t, cycle.Validate())
	stage, ok := cycle.Stage("pilot")
	require.True(t, ok)
	require.Equal(t, crmproject.Execution, stage)

	for _, fails := range []func() (crmproject.Lifecycle, bool){
		func() (crmproject.Lifecycle, bool) { return five.Without("x") },
		func() (crmproject.Lifecycle, bool) { return five.InsertAfter("x", phase.Phase{ID: "y"}, 1) },
		func() (crmproject.Lifecycle, bool) { return five.Require("planning", "closure", term) },
	} {
		same, ok := fails()
		require.False(t, ok)
		require.Equal(t, five, same)
	}
	_, ok = five.Phase("x")
	require.False(t, ok)
}

func TestLifecycleValidate(t *testing.T) {
	cycle := crmproject.FivePhases()
	cycle.Phases = append(cycle.Phases[1:], cycle.Phases[1], crmproject.StagedPhase{Phase: "x"})
	cycle.Activities[0].Code = ""
	cycle.Activities[2].Code = "IN-2"
	cycle.Activities[3].Phase = "x"
	cycle.Outline.Name = ""
	var paths []string
	for _, f := range verdict.FaultsOf(cycle.Validate()) {
		paths = append(paths, f.Path)
	}
	require.Equal(t, []string{
		"outline.name", "stages[4].phase", "stages[5].phase", "stages[5].stage", "outline.phases[0]",
		"activities[0].code", "activities[2].code", "activities[3].phase",
	}, paths)
}

func TestCycles(t *testing.T) {
	p := sample()
	a := p.Activities
	a[5].After = []string{a[7].ID} // 7 waits for 6, 6 for 5
	var cycle *crmproject.CycleError
	require.ErrorAs(t, p.Validate(), &cycle)
	require.Equal(t, []string{"A-PL-2", "A-PL-3", "A-PL-4", "A-PL-2"}, cycle.Path)
	require.EqualError(t, cycle, "activities wait for each other: A-PL-2 -> A-PL-3 -> A-PL-4 -> A-PL-2")
	a[5].After = []string{a[5].ID}
	require.ErrorAs(t, p.Validate(), &cycle)
	require.Equal(t, []string{"A-PL-2", "A-PL-2"}, cycle.Path)
	a[0].After, a[5].After = []string{a[27].ID}, []string{a[4].ID}
	require.ErrorAs(t, p.Validate(), &cycle)
	require.Len(t, cycle.Path, 29)
	require.Less(t, len(cycle.Error()), 200)
}

// TestDeepChain: a chain of many activities does not overflow the stack.
func TestDeepChain(t *testing.T) {
	p := crmproject.Project{ID: "P", Name: "N", Kind: crmproject.Upgrade}
	for i := range 200_000 {
		p.Activities = append(p.Activities, crmproject.Activity{ID: strconv.Itoa(i), Phase: "planning", After: []string{strconv.Itoa(i + 1)}})
	}
	p.Activities = append(p.Activities, crmproject.Activity{ID: "200000", Phase: "planning"})
	require.NoError(t, p.Validate())
}

func TestLateness(t *testing.T) {
	a := crmproject.Activity{Start: day("2027-03-01"), Finish: day("2027-03-10")}
	require.Zero(t, a.DaysLate(day("2027-03-10")), "the day of the finish belongs to it")
	require.Equal(t, 1, a.DaysLate(day("2027-03-11")))
	a.ActualFinish = day("2027-03-12")
	require.Equal(t, 2, a.DaysLate(day("2027-04-01")), "lateness ends with the actual finish")
	require.Equal(t, 1, a.DaysLate(day("2027-03-11")), "nobody knew on the 11th")
	require.True(t, a.Started(day("2027-03-12")))
	require.False(t, a.Started(day("2027-03-11")))
	require.Zero(t, crmproject.Activity{}.DaysLate(asOf))
	require.Zero(t, a.DaysLate(0))
}

func TestProgress(t *testing.T) {
	p := sample()
	p.Activities[4].ActualFinish = 0
	p.Activities[5].ActualFinish, p.Activities[5].ActualStart = 0, 0
	require.Equal(t, crmproject.Progress{Planned: 6, Started: 5, Done: 4, Late: 2, Share: ratio.New(2, 3)}, p.Progress("planning", asOf))
	require.Equal(t, 28, p.Progress("", asOf).Planned)
	require.False(t, p.Progress("x", asOf).Share.Defined())
}

func TestRoutines(t *testing.T) {
	r := crmproject.Routine{Every: calendar.MustParsePeriod("P1M"), Start: day("2027-01-31"), Until: day("2027-04-15")}
	require.Equal(t, day("2027-01-31"), r.Due(day("2027-01-01")))
	require.Zero(t, r.DaysOverdue(day("2027-01-31")))
	require.Equal(t, 1, r.DaysOverdue(day("2027-02-01")))
	r.Runs = []crmproject.RoutineRun{{On: day("2027-01-31")}, {On: day("2027-03-20")}}
	require.Equal(t, day("2027-02-28"), r.Due(day("2027-03-01")), "the month end clamps, and later runs are not known yet")
	require.Equal(t, calendar.Date(0), r.Due(day("2027-03-20")), "over before it is due again")
	require.Zero(t, r.DaysOverdue(day("2027-12-01")))
}

func TestBudget(t *testing.T) {
	b := sample().Budget
	all, err := b.Position(asOf)
	require.NoError(t, err)
	require.Equal(t, eur("90000.00"), all.Planned)
	require.Equal(t, eur("69000.00"), all.Spent)
	require.Equal(t, eur("21000.00"), all.Left)
	require.Equal(t, ratio.New(23, 30), all.Share)
	software, err := b.Category(crmproject.SoftwareCost, asOf)
	require.NoError(t, err)
	require.Equal(t, eur("0.00"), software.Left)
	require.False(t, software.Overspent())
	none, err := b.Category(crmproject.HardwareCost, asOf)
	require.NoError(t, err)
	require.Equal(t, eur("0.00"), none.Planned)
	require.Equal(t, "undefined: nothing is planned", none.Share.String())
	early, err := b.Position(day("2027-03-01"))
	require.NoError(t, err)
	require.Equal(t, eur("40000.00"), early.Spent, "costs of a later day do not count")
	gap, err := b.Gap()
	require.NoError(t, err)
	require.Equal(t, eur("0.00"), gap)
}

func TestUsersOverflow(t *testing.T) {
	w := crmproject.Wave{Groups: []crmproject.UserGroup{{Users: math.MaxInt64}, {Users: 1}}}
	_, _, ok := w.Users()
	require.False(t, ok)
	require.Equal(t, ratio.Overflow, w.Trained().Reason())
	require.Equal(t, ratio.Overflow, (&crmproject.Project{Waves: []crmproject.Wave{w}}).TrainedShare().Reason())
	require.Equal(t, "no wave has users", (&crmproject.Project{}).TrainedShare().Reason())
	require.Equal(t, ratio.Int(1), sample().TrainedShare())
	require.Equal(t, "the wave has no users", crmproject.Wave{}.Trained().Reason())
}

func TestSmallParts(t *testing.T) {
	p := sample()
	m, ok := p.Team.Member("M-1")
	require.True(t, ok)
	require.Equal(t, "Ada", m.Name)
	_, ok = p.Team.Member("M-2")
	require.False(t, ok)
	require.Zero(t, p.OpenIssues(asOf, verdict.Info))
	require.Equal(t, 1, p.OpenIssues(day("2027-05-12"), verdict.Critical))
	require.Equal(t, []string{"scope", "schedule", "cost", "quality", "risk"}, crmproject.Impact{}.Unassessed())
	require.False(t, crmproject.SignOff{On: 5}.Signed(asOf))
	require.Equal(t, "no criterion has a weight", crmproject.Selection{Criteria: []crmproject.SelectionCriterion{{ID: "a"}}, Candidates: []crmproject.Candidate{{ID: "x"}}}.Rank()[0].Share.Reason())
	require.Equal(t, []string{"a"}, crmproject.Selection{Criteria: []crmproject.SelectionCriterion{{ID: "a", Weight: 1}}, Candidates: []crmproject.Candidate{{ID: "x"}}}.Rank()[0].Missing)
}

func TestEnums(t *testing.T) {
	checkEnum(t, crmproject.IntegrationProject, crmproject.ParseKind, (*crmproject.Kind).UnmarshalText)
	checkEnum(t, crmproject.Large, crmproject.ParseSize, (*crmproject.Size).UnmarshalText)
	checkEnum(t, crmproject.Agency, crmproject.ParseDelivery, (*crmproject.Delivery).UnmarshalText)
	checkEnum(t, crmproject.HighCommitment, crmproject.ParseCommitment, (*crmproject.Commitment).UnmarshalText)
	checkEnum(t, crmproject.Tailoring, crmproject.ParseBuildKind, (*crmproject.BuildKind).UnmarshalText)
	checkEnum(t, crmproject.OnProcess, crmproject.ParseTrainingSubject, (*crmproject.TrainingSubject).UnmarshalText)
	checkEnum(t, crmproject.OtherCost, crmproject.ParseCategory, (*crmproject.Category).UnmarshalText)
	checkEnum(t, crmproject.Recurring, crmproject.ParseRecurrence, (*crmproject.Recurrence).UnmarshalText)
	checkEnum(t, crmproject.BigBang, crmproject.ParseWaveKind, (*crmproject.WaveKind).UnmarshalText)
	checkEnum(t, crmproject.ProjectIssue, crmproject.ParseIssueKind, (*crmproject.IssueKind).UnmarshalText)
	checkEnum(t, crmproject.ChangeScope, crmproject.ParseAdjustment, (*crmproject.Adjustment).UnmarshalText)
	checkEnum(t, crmproject.FromRisk, crmproject.ParseChangeSource, (*crmproject.ChangeSource).UnmarshalText)
	checkEnum(t, crmproject.ChangeWithdrawn, crmproject.ParseChangeState, (*crmproject.ChangeState).UnmarshalText)
	checkEnum(t, crmproject.OngoingSupportWork, crmproject.ParseRoutineKind, (*crmproject.RoutineKind).UnmarshalText)
	checkEnum(t, crmproject.NoGo, crmproject.ParseDecision, (*crmproject.Decision).UnmarshalText)
	checkEnum(t, crmproject.Opportunity, crmproject.ParseNeedKind, (*crmproject.NeedKind).UnmarshalText)
	checkEnum(t, crmproject.Closure, crmproject.ParseStage, (*crmproject.Stage).UnmarshalText)
	checkEnum(t, crmproject.ReviewEvidence, crmproject.ParseEvidence, (*crmproject.Evidence).UnmarshalText)
}

func checkEnum[T interface {
	~uint8
	fmt.Stringer
	IsValid() bool
	MarshalText() ([]byte, error)
}](t *testing.T, last T, parse func(string) (T, error), unmarshal func(*T, []byte) error) {
	t.Helper()
	for v := T(1); v <= last; v++ {
		require.True(t, v.IsValid())
		text, err := v.MarshalText()
		require.NoError(t, err)
		back, err := parse(string(text))
		require.NoError(t, err)
		require.Equal(t, v, back)
		var again T
		require.NoError(t, unmarshal(&again, text))
		require.Equal(t, v, again)
	}
	beyond := last + 1
	require.False(t, beyond.IsValid())
	_, err := beyond.MarshalText()
	require.Error(t, err)
}

// TestStageAt: at a past date a project is judged by where it was then.
func TestStageAt(t *testing.T) {
	p := sample()
	p.State.Visits = []phase.Visit{
		{Phase: "initiation", Entered: day("2027-01-04")}, {Phase: "planning", Entered: day("2027-02-01")},
		{Phase: "closure", Entered: day("2027-12-01")},
	}
	for on, want := range map[string]crmproject.Stage{
		"2026-12-31": crmproject.Initiation, "2027-01-31": crmproject.Initiation, "2027-02-01": crmproject.Planning,
		"2027-11-30": crmproject.Planning, "2027-12-01": crmproject.Closure,
	} {
		require.Equal(t, want, p.StageAt(day(on)), on)
	}
	p.State.Visits = nil
	require.Equal(t, crmproject.Closure, p.StageAt(day("2027-01-04")), "a state that names only the phase")
	p.State.Phase = "elsewhere"
	require.Equal(t, crmproject.Initiation, p.Stage())
}

// A budget reports its faults without a project around it, by its own paths.
func TestBudgetValidate(t *testing.T) {
	b := crmproject.Budget{
		Total:   eur("100"),
		Reserve: eur("-1"),
		Lines: []crmproject.BudgetLine{
			{ID: "a", Category: crmproject.SoftwareCost, Recurrence: crmproject.OneOff, Planned: money.FromMinor(5, money.USD)},
		},
		Costs:     []crmproject.Cost{{ID: "c", Line: "b", On: day("2027-01-01"), Amount: eur("-1")}},
		Draws:     []crmproject.Draw{{ID: "d", For: "x", Amount: eur("1")}},
		Tolerance: ratio.Int(2),
	}
	var paths []string
	for _, f := range verdict.FaultsOf(b.Validate()) {
		paths = append(paths, f.Path)
	}
	require.Equal(t, []string{"reserve", "tolerance", "lines[0].planned", "costs[0].line", "draws[0].on", "draws[0].for"}, paths)
	require.NoError(t, crmproject.Budget{}.Validate())

	b = crmproject.Budget{Costs: []crmproject.Cost{
		{ID: "c", On: day("2027-01-01"), Amount: eur("1")}, {ID: "d", On: day("2027-01-01"), Amount: money.FromMinor(5, money.USD)},
	}}
	require.EqualError(t, b.Validate(), "costs[1].amount: currencies differ: 0.05 USD in a budget of EUR", "without a total too")
}
