package schedule_test

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/schedule"
	"github.com/crmrollout/crm/crmproject/verdict"
)

func date(s string) calendar.Date { return calendar.MustParse(s) }

// rollout is a small project, Monday to Friday, from Monday 2027-03-01.
//
//	design 5 -> build 10 -> test 5 -> live
//	            build -SS+4-> train 3 -> live
func rollout() schedule.Definition {
	return schedule.Definition{
		Name:      "CRM rollout",
		Calendars: []schedule.Calendar{{ID: "office", Pattern: calendar.Pattern{Week: calendar.MondayToFriday}}},
		Activities: []schedule.Activity{
			{ID: "design", Duration: 5, Group: "Planning"},
			{ID: "build", Duration: 10, Group: "Execution"},
			{ID: "test", Duration: 5, Group: "Execution"},
			{ID: "train", Duration: 3, Group: "Execution"},
			{ID: "live", Name: "Go live"},
		},
		Links: []schedule.Link{
			{From: "design", To: "build"},
			{From: "build", To: "test"},
			{From: "build", To: "train", Relation: schedule.MustParseRelation("SS+4")},
			{From: "test", To: "live"},
			{From: "train", To: "live"},
		},
	}
}

// days returns start and finish of an activity.
func days(t *testing.T, p *schedule.Plan, id string) [2]string {
	t.Helper()
	got, ok := p.Timing(id)
	require.True(t, ok, id)
	return [2]string{got.Start.String(), got.Finish.String()}
}

// CP-34, CP-37: what was done moves what is still to come.
func TestReschedule(t *testing.T) {
	n := schedule.MustCompile(rollout())
	p, err := n.Reschedule(date("2027-03-01"), schedule.Status{
		AsOf: date("2027-03-12"), // a Friday; planned: design until the 5th, build from the 8th to the 19th
		Actuals: []schedule.Actual{
			{ID: "design", Start: date("2027-03-02"), Finish: date("2027-03-09")},
			{ID: "build", Start: date("2027-03-10"), Remaining: 9},
		},
	})
	require.NoError(t, err)
	require.Equal(t, date("2027-03-12"), p.AsOf())
	require.Equal(t, [2]string{"2027-03-02", "2027-03-09"}, days(t, p, "design"))
	require.Equal(t, [2]string{"2027-03-10", "2027-03-25"}, days(t, p, "build"), "nine days from Monday the 15th")
	require.Equal(t, [2]string{"2027-03-16", "2027-03-18"}, days(t, p, "train"), "four days after the actual start")
	require.Equal(t, [2]string{"2027-03-26", "2027-04-01"}, days(t, p, "test"))
	require.Equal(t, date("2027-04-01"), p.Finish())
	require.Equal(t, []string{"build", "test", "live"}, p.Critical())

	design, _ := p.Timing("design")
	require.Equal(t, schedule.Timing{
		ID: "design", Kind: schedule.Work, State: schedule.Finished, Start: date("2027-03-02"), Finish: date("2027-03-09"),
		LateStart: date("2027-03-02"), LateFinish: date("2027-03-09"), ES: 1, EF: 7, LS: 1, LF: 7,
	}, design, "what is finished has no float")
	build, _ := p.Timing("build")
	require.Equal(t, schedule.InProgress, build.State)
	require.Equal(t, build.Start, build.LateStart, "what has begun cannot begin later")
	require.Equal(t, build.ES, build.LS)

	// Nobody estimated the rest: the duration less the days worked.
	p, err = n.Reschedule(date("2027-03-01"), schedule.Status{AsOf: date("2027-03-12"), Actuals: []schedule.Actual{
		{ID: "design", Start: date("2027-03-01"), Finish: date("2027-03-05")},
		{ID: "build", Start: date("2027-03-08")},
	}})
	require.NoError(t, err)
	require.Equal(t, [2]string{"2027-03-08", "2027-03-19"}, days(t, p, "build"))
	// It is overdue: one day at least.
	p, err = n.Reschedule(date("2027-03-01"), schedule.Status{AsOf: date("2027-04-02"), Actuals: []schedule.Actual{
		{ID: "design", Start: date("2027-03-01"), Finish: date("2027-03-05")},
		{ID: "build", Start: date("2027-03-08")},
	}})
	require.NoError(t, err)
	require.Equal(t, [2]string{"2027-03-08", "2027-04-05"}, days(t, p, "build"))
}

// The rest of what has begun too early waits for its predecessors.
func TestRetainedLogic(t *testing.T) {
	n := schedule.MustCompile(rollout())
	p, err := n.Reschedule(date("2027-03-01"), schedule.Status{AsOf: date("2027-03-03"), Actuals: []schedule.Actual{
		{ID: "design", Start: date("2027-03-01"), Remaining: 4},
		{ID: "test", Start: date("2027-03-02"), Remaining: 2},
	}})
	require.NoError(t, err)
	require.Equal(t, [2]string{"2027-03-01", "2027-03-09"}, days(t, p, "design"))
	require.Equal(t, [2]string{"2027-03-10", "2027-03-23"}, days(t, p, "build"))
	require.Equal(t, [2]string{"2027-03-02", "2027-03-25"}, days(t, p, "test"), "two days after build")
	why := p.Why("test")
	require.Len(t, why, 3)
	require.Equal(t, schedule.ByStatusDate, why[0].Cause)
	// The start of test is a fact; what would hang on it would hang on nothing else.
	n, err = n.With(schedule.AddActivity(schedule.Activity{ID: "report", Duration: 1},
		schedule.Link{From: "test", To: "report", Relation: schedule.MustParseRelation("SS+4")}))
	require.NoError(t, err)
	p, err = n.Reschedule(date("2027-03-01"), schedule.Status{AsOf: date("2027-03-03"), Actuals: []schedule.Actual{
		{ID: "design", Start: date("2027-03-01"), Remaining: 4},
		{ID: "test", Start: date("2027-03-02"), Remaining: 2},
	}})
	require.NoError(t, err)
	require.Equal(t, [2]string{"2027-03-08", "2027-03-08"}, days(t, p, "report"))
	why = p.Why("report")
	require.Len(t, why, 2)
	require.Equal(t, schedule.ByActual, why[0].Cause)
	path, _ := p.PathTo("report")
	require.Equal(t, "test -SS+4-> report", path.String())
	test, _ := p.Timing("test")
	require.Equal(t, 0, test.TotalFloat, "the report does not bind the rest of the test")
}

// Milestones are reached or not.
func TestMilestonesReached(t *testing.T) {
	d := rollout()
	d.Activities = append(d.Activities, schedule.Activity{ID: "kickoff"}, schedule.Activity{ID: "go", Kind: schedule.StartMilestone})
	d.Links = append(d.Links, schedule.Link{From: "kickoff", To: "design"}, schedule.Link{From: "design", To: "go"}, schedule.Link{From: "go", To: "build"})
	n := schedule.MustCompile(d)
	p, err := n.Plan(date("2027-03-01"))
	require.NoError(t, err)
	require.Equal(t, [2]string{"2027-03-01", "2027-03-01"}, days(t, p, "kickoff"))
	require.Equal(t, [2]string{"2027-03-08", "2027-03-08"}, days(t, p, "go"))
	p, err = n.Reschedule(date("2027-03-01"), schedule.Status{AsOf: date("2027-03-09"), Actuals: []schedule.Actual{
		{ID: "kickoff", Finish: date("2027-03-02")},
		{ID: "design", Start: date("2027-03-03"), Finish: date("2027-03-08")},
		{ID: "go", Finish: date("2027-03-09")},
	}})
	require.NoError(t, err)
	require.Equal(t, [2]string{"2027-03-02", "2027-03-02"}, days(t, p, "kickoff"))
	require.Equal(t, [2]string{"2027-03-09", "2027-03-09"}, days(t, p, "go"))
	require.Equal(t, [2]string{"2027-03-10", "2027-03-23"}, days(t, p, "build"))
	// A milestone that has not been reported stands after the status date.
	p, err = n.Reschedule(date("2027-03-01"), schedule.Status{AsOf: date("2027-03-05")})
	require.NoError(t, err)
	require.Equal(t, [2]string{"2027-03-08", "2027-03-08"}, days(t, p, "kickoff"))
}

// If all goes as planned, the plan stays as it is, whenever one looks.
func TestStatusOnPlanChangesNothing(t *testing.T) {
	r := rand.New(rand.NewPCG(13, 14))
	for i := range 300 {
		x := everything
		x.calendars, x.constraints = 1+i%4, i%2 == 0
		d := x.definition(r, 12)
		p := plan(t, d)
		asOf := day0.AddDays(r.IntN(int(p.Finish()-day0) + 2))
		s := schedule.Status{AsOf: asOf}
		works := newSlowPlan(t, d, day0)
		for at := range p.All() {
			byID, _ := p.Network().Activity(at.ID)
			a := schedule.Actual{ID: at.ID, Start: at.Start, Finish: at.Finish}
			switch {
			case at.Start > asOf:
				continue
			case at.Kind == schedule.Milestone && at.ES == 0 && at.Start == works.work(&byID).Next(day0):
				a.Start, a.Finish = 0, day0-1 // it stands at the morning of the first day
			case at.Kind != schedule.Work:
				a.Start = 0
			case at.Finish > asOf:
				a.Finish = 0
			}
			s.Actuals = append(s.Actuals, a)
		}
		again, err := p.Network().Reschedule(day0, s)
		require.NoError(t, err)
		now := timings(again)
		for at := range p.All() {
			if now[at.ID].State == schedule.Finished && at.Kind != schedule.Work {
				continue // milestones at the project start stand there as finished ones do not
			}
			require.Equal(t, [2]calendar.Date{at.Start, at.Finish}, [2]calendar.Date{now[at.ID].Start, now[at.ID].Finish}, "%d %s as of %s", i, at.ID, asOf)
		}
		require.Equal(t, p.Finish(), again.Finish())
	}
}

// Every fault of a status is named.
func TestStatusFaults(t *testing.T) {
	n := schedule.MustCompile(rollout())
	_, err := n.Reschedule(0, schedule.Status{Actuals: []schedule.Actual{
		{ID: "nobody", Start: date("2027-03-01")},
		{ID: "design", Finish: date("2027-03-02")},
		{ID: "design", Start: date("2027-03-01")},
		{ID: "", Start: date("2027-03-01")},
		{ID: "live", Start: date("2027-03-01")},
		{ID: "build", Start: date("2027-03-03"), Finish: date("2027-03-02"), Remaining: 1},
		{ID: "test", Start: date("2027-03-03"), Remaining: -1},
	}})
	var paths []string
	for _, f := range verdict.FaultsOf(err) {
		paths = append(paths, f.Path)
	}
	require.Equal(t, []string{
		"start", "asOf", "actuals[2].id", "actuals[3].id", "actuals[0].id", "actuals[1].start",
		"actuals[4].finish", "actuals[5].finish", "actuals[5].remaining", "actuals[6].remaining",
	}, paths, "%v", err)
	_, err = n.Reschedule(day0, schedule.Status{AsOf: date("2027-03-02"), Actuals: []schedule.Actual{{ID: "design", Start: date("2027-03-03")}}})
	require.ErrorIs(t, err, verdict.ErrRange)
	require.EqualError(t, err, "actuals[0].start: out of range: 2027-03-03 lies after the status date 2027-03-02")
	_, err = n.Plan(0)
	require.ErrorIs(t, err, verdict.ErrMissing)
}
