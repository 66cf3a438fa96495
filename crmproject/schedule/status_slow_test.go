package schedule_test

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/schedule"
)

// randomStatus reports some activities in states that need not make sense
// together: what follows may have started before what comes first.
func randomStatus(r *rand.Rand, d schedule.Definition) schedule.Status {
	s := schedule.Status{AsOf: day0.AddDays(r.IntN(30))}
	for i := range d.Activities {
		a := &d.Activities[i]
		actual := schedule.Actual{ID: a.ID, Start: day0.AddDays(r.IntN(int(s.AsOf-day0) + 1))}
		finish := actual.Start.AddDays(r.IntN(int(s.AsOf-actual.Start) + 1))
		switch state := r.IntN(4); {
		case state < 2:
			continue
		case kindOf(a) != schedule.Work:
			actual.Start, actual.Finish = 0, finish
		case state == 2:
			actual.Remaining = r.IntN(6)
		default:
			actual.Finish = finish
		}
		s.Actuals = append(s.Actuals, actual)
	}
	return s
}

// standsAtFloor reports whether a milestone stands where nothing can have been
// done yet: it has no day to be the end of, and shows the next one that is worked.
func standsAtFloor(s *slowPlan, id string) bool {
	at := s.place(id)
	return kindOf(s.byID[id]) == schedule.Milestone && at.from == s.start
}

// CP-34, CP-37: every date of a plan from what was done is found again by trying
// day after day, and follows from the chain that Why gives.
func TestRescheduleBySlowTwin(t *testing.T) {
	r := rand.New(rand.NewPCG(15, 16))
	causes := map[schedule.Cause]int{}
	for i := range 400 {
		x := everything
		x.calendars = 1 + i%4
		d := x.definition(r, 12)
		status := randomStatus(r, d)
		p, err := schedule.MustCompile(d).Reschedule(day0, status)
		require.NoError(t, err)
		slow := newSlowPlan(t, d, day0)
		slow.report(status)
		last := day0 - 1
		for _, a := range d.Activities {
			want, got := slow.place(a.ID), mustTiming(t, p, a.ID)
			if !standsAtFloor(slow, a.ID) {
				require.Equal(t, want, slowTimeOf(got, false), "%d %s", i, a.ID)
			}
			if got.Kind != schedule.StartMilestone {
				last = max(last, want.until-1)
			}
			require.GreaterOrEqual(t, got.TotalFloat, min(p.MinFloat(), 0))
			for k, s := range p.Why(a.ID) {
				causes[s.Cause]++
				require.Equal(t, k > 0, s.Cause == schedule.ByLink)
				again := alone(t, d, status, s)
				if s.Cause == schedule.ByLink {
					again.placed[s.Link.From] = slow.place(s.Link.From)
				}
				want, got := slow.place(s.Timing.ID), again.place(s.Timing.ID)
				if s.Cause == schedule.ByActual && s.Timing.State == schedule.InProgress {
					got.until = want.until // only its start is a fact, and only that is of use to the next step
				}
				require.Equal(t, want, got, "%d %s", i, s)
			}
		}
		require.GreaterOrEqual(t, p.Finish(), last)
	}
	for c := schedule.ByStatusDate; c <= schedule.ByActual; c++ {
		require.Greater(t, causes[c], 50, "%s: %v", c, causes)
	}
}

func mustTiming(t *testing.T, p *schedule.Plan, id string) schedule.Timing {
	t.Helper()
	timing, ok := p.Timing(id)
	require.True(t, ok)
	return timing
}

// alone returns the slow twin of a step's activity with nothing but what the step
// names as its cause.
func alone(t *testing.T, d schedule.Definition, status schedule.Status, s schedule.Step) *slowPlan {
	t.Helper()
	one := schedule.Definition{Calendars: d.Calendars, Activities: append([]schedule.Activity(nil), d.Activities...)}
	for i := range one.Activities {
		one.Activities[i].Constraints = nil
		if s.Cause == schedule.ByConstraint {
			one.Activities[i].Constraints = []schedule.Constraint{s.Constraint}
		}
	}
	if s.Cause == schedule.ByLink {
		one.Links = []schedule.Link{s.Link}
	}
	slow := newSlowPlan(t, one, day0)
	switch s.Cause {
	case schedule.ByStatusDate:
		require.Equal(t, schedule.On(status.AsOf), s.At)
	case schedule.ByProjectStart:
		status.AsOf = calendar.Date(0)
	}
	slow.report(status)
	return slow
}
