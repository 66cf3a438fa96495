package schedule_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/schedule"
)

// slowTimeOf returns the instants of a timing.
func slowTimeOf(t schedule.Timing, standsAtStart bool) slowTime {
	switch {
	case t.Kind == schedule.StartMilestone:
		return slowTime{t.Start, t.Start}
	case t.Kind == schedule.Milestone && standsAtStart:
		return slowTime{day0, day0}
	case t.Kind == schedule.Milestone:
		return slowTime{t.Start + 1, t.Start + 1}
	default:
		return slowTime{t.Start, t.Finish + 1}
	}
}

// Every date follows from the chain that Why gives, step by step, with nothing
// but the step before and the calendars: found again by the slow twin.
func TestWhyExplainsEveryDate(t *testing.T) {
	r := rand.New(rand.NewPCG(11, 12))
	causes := map[schedule.Cause]int{}
	for i := range 200 {
		x := everything
		x.calendars = 1 + i%4
		d := x.definition(r, 12)
		p := plan(t, d)
		for _, a := range d.Activities {
			steps := p.Why(a.ID)
			last, _ := p.Timing(a.ID)
			require.Equal(t, last, steps[len(steps)-1].Timing)
			atStart := false
			for k, s := range steps {
				causes[s.Cause]++
				require.Equal(t, k > 0, s.Cause == schedule.ByLink)
				var before slowTime
				if k > 0 {
					before = slowTimeOf(steps[k-1].Timing, atStart)
				}
				got := rederived(t, d, s, before)
				atStart = s.Timing.Kind == schedule.Milestone && got == slowTime{day0, day0}
				if !atStart {
					require.Equal(t, slowTimeOf(s.Timing, false), got, "%d %s", i, s)
				}
			}
			path, ok := p.PathTo(a.ID)
			require.True(t, ok)
			ids := make([]string, len(steps))
			for k, s := range steps {
				ids[k] = s.Timing.ID
			}
			require.Equal(t, ids, path.IDs)
		}
	}
	require.Len(t, causes, 3, "project start, constraint and link: %v", causes)
}

// rederived finds the time of a step's activity from that of the step before.
func rederived(t *testing.T, d schedule.Definition, s schedule.Step, before slowTime) slowTime {
	t.Helper()
	one := schedule.Definition{Calendars: d.Calendars}
	var activity schedule.Activity
	for _, a := range d.Activities {
		switch a.ID {
		case s.Timing.ID:
			a.Constraints = nil
			if s.Cause == schedule.ByConstraint {
				a.Constraints = []schedule.Constraint{s.Constraint}
			}
			if a.Calendar == "" {
				a.Calendar = "office"
			}
			require.Equal(t, a.Calendar, s.Calendar)
			require.Equal(t, a.Duration, s.Units)
			activity = a
			one.Activities = append(one.Activities, a)
		case s.Link.From:
			one.Activities = append(one.Activities, a)
		}
	}
	start := day0
	if s.Cause == schedule.ByLink {
		one.Links = []schedule.Link{s.Link}
	}
	if s.Cause == schedule.ByProjectStart {
		start = s.At.Date()
	}
	slow := newSlowPlan(t, one, start)
	if s.Cause == schedule.ByLink {
		slow.placed[s.Link.From] = before
	}
	return slow.place(activity.ID)
}

// Why and its neighbours say so if there is no such activity.
func TestWhyUnknown(t *testing.T) {
	p := plan(t, schedule.Definition{})
	require.Nil(t, p.Why("x"))
	_, ok := p.PathTo("x")
	require.False(t, ok)
	_, ok = p.Timing("x")
	require.False(t, ok)
	require.Empty(t, p.Critical())
	require.Empty(t, slices.Collect(p.Paths()))
	require.Equal(t, day0-1, p.Finish())
	require.Zero(t, p.MinFloat())
}

func TestStepString(t *testing.T) {
	d := schedule.Definition{
		Calendars: []schedule.Calendar{{ID: "office", Pattern: calendar.Pattern{Week: calendar.MondayToFriday}}},
		Activities: []schedule.Activity{
			{ID: "plan", Duration: 3},
			{ID: "build", Duration: 5, Constraints: []schedule.Constraint{{Kind: schedule.StartNoEarlier, At: schedule.After(4)}}},
			{ID: "live"},
		},
		Links: []schedule.Link{{From: "plan", To: "build"}, {From: "build", To: "live", Relation: schedule.MustParseRelation("FS+1")}},
	}
	n := schedule.MustCompile(d)
	p, err := n.Plan(calendar.MustParse("2027-03-01"))
	require.NoError(t, err)
	lines := func(steps []schedule.Step) []string {
		var all []string
		for _, s := range steps {
			all = append(all, s.String())
		}
		return all
	}
	require.Equal(t, []string{
		"build: 2027-03-05 to 2027-03-11, 5 units on office, by start_no_earlier +4",
		"live: 2027-03-12, by build -FS+1-> live",
	}, lines(p.Why("live")))
	require.Equal(t, []string{"plan: 2027-03-01 to 2027-03-03, 3 units on office, by the project start 2027-03-01"}, lines(p.Why("plan")))
	offsets, err := n.Offsets()
	require.NoError(t, err)
	require.Equal(t, []string{"build: 4 to 9, 5 units, by start_no_earlier +4", "live: 10, by build -FS+1-> live"}, lines(offsets.Why("live")))
	require.Equal(t, []string{"plan: 0 to 3, 3 units, by the project start +0"}, lines(offsets.Why("plan")))

	p, err = n.Reschedule(calendar.MustParse("2027-03-01"), schedule.Status{
		AsOf:    calendar.MustParse("2027-03-09"),
		Actuals: []schedule.Actual{{ID: "plan", Start: calendar.MustParse("2027-03-02"), Finish: calendar.MustParse("2027-03-04")}},
	})
	require.NoError(t, err)
	require.Equal(t, []string{"plan: 2027-03-02 to 2027-03-04, as reported"}, lines(p.Why("plan")))
	require.Equal(t, []string{
		"build: 2027-03-10 to 2027-03-16, 5 units on office, by the status date 2027-03-09",
		"live: 2027-03-17, by build -FS+1-> live",
	}, lines(p.Why("live")))
	require.Empty(t, cmp.Diff(p.Why("live"), p.Why("live")))
}

// The chain behind a date can be as long as the network.
func TestWhyOfLongChain(t *testing.T) {
	n := effort(50_000)
	d := schedule.Definition{Activities: make([]schedule.Activity, n), Links: make([]schedule.Link, n-1)}
	for i := range d.Activities {
		d.Activities[i] = schedule.Activity{ID: fmt.Sprintf("a%06d", i), Duration: 1}
		if i > 0 {
			d.Links[i-1] = schedule.Link{From: d.Activities[i-1].ID, To: d.Activities[i].ID}
		}
	}
	p, err := schedule.MustCompile(d).Offsets()
	require.NoError(t, err)
	steps := p.Why(d.Activities[n-1].ID)
	require.Len(t, steps, n)
	for i, s := range steps {
		require.Equal(t, i, s.Timing.ES)
	}
}
