package schedule_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/schedule"
)

// timings returns all timings by id.
func timings(p *schedule.Plan) map[string]schedule.Timing {
	all := map[string]schedule.Timing{}
	for t := range p.All() {
		all[t.ID] = t
	}
	return all
}

func plan(t testing.TB, d schedule.Definition) *schedule.Plan {
	t.Helper()
	n, err := schedule.Compile(d)
	require.NoError(t, err)
	p, err := n.Plan(day0)
	require.NoError(t, err)
	return p
}

// Early dates are those that the slow twin finds, on one calendar and on four.
func TestEarlyDatesBySlowTwin(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for i := range 400 {
		x := everything
		x.calendars = 1 + i%4
		d := x.definition(r, 12)
		p, slow := plan(t, d), newSlowPlan(t, d, day0)
		for _, a := range d.Activities {
			got, _ := p.Timing(a.ID)
			want := slow.place(a.ID)
			switch kindOf(&a) {
			case schedule.Work:
				require.Equal(t, [2]calendar.Date{want.from, want.until - 1}, [2]calendar.Date{got.Start, got.Finish}, "%d %s", i, a.ID)
			case schedule.StartMilestone:
				require.Equal(t, want.from, got.Start, "%d %s", i, a.ID)
			default:
				day := want.from - 1
				if want.from == day0 {
					day = slow.work(&a).Next(day0)
				}
				require.Equal(t, day, got.Finish, "%d %s", i, a.ID)
			}
		}
	}
}

// On one calendar without elapsed lags a plan has the offsets and floats of the
// network without calendars, and so have the fast passes.
func TestOneCalendarIsOffsets(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	x := mixture{calendars: 1, milestones: true, percent: true, constraints: true, offsets: true, deadlines: true}
	var passes schedule.Passes
	for i := range 500 {
		d := x.definition(r, 2+i%20)
		n, err := schedule.Compile(d)
		require.NoError(t, err)
		offsets, err := n.Offsets()
		require.NoError(t, err)
		dates := timings(plan(t, d))
		require.NoError(t, passes.Run(n))
		require.Equal(t, offsets.FinishOffset(), passes.Finish())
		require.Equal(t, offsets.MinFloat(), passes.MinFloat())
		for id, want := range timings(offsets) {
			at, _ := n.Index(id)
			require.Equal(t, [...]int{want.ES, want.EF, want.LS, want.LF, want.TotalFloat, want.FreeFloat}, [...]int{
				passes.ES(at), passes.EF(at), passes.LS(at), passes.LF(at), passes.TotalFloat(at), passes.FreeFloat(at),
			}, id)
			require.Equal(t, want.Critical, passes.Critical(at))
			got := dates[id]
			got.Start, got.Finish, got.LateStart, got.LateFinish = 0, 0, 0, 0
			require.Empty(t, cmp.Diff(want, got), "%d %s", i, id)
		}
	}
}

// Late dates are exact: an activity held back to its late date moves nothing that
// must not move, and held back by one more working unit it does.
func TestLateDatesAreExact(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	tried := 0
	for i := range 200 {
		x := everything
		x.calendars, x.constraints, x.deadlines = 1+i%4, i%2 == 0, i%3 == 0
		d := x.definition(r, 10)
		p := plan(t, d)
		if p.MinFloat() < 0 {
			continue // what is late already cannot be held back to its late date
		}
		tried++
		for id, was := range timings(p) {
			held, later := hold(t, p, was, was.TotalFloat), hold(t, p, was, was.TotalFloat+1)
			require.True(t, contentWith(p, held), "%d %s %+v", i, id, was)
			require.False(t, contentWith(p, later), "%d %s %+v", i, id, was)
			free, moved := hold(t, p, was, was.FreeFloat), hold(t, p, was, was.FreeFloat+1)
			require.False(t, othersMove(p, free, id), "%d %s %+v", i, id, was)
			require.True(t, othersMove(p, moved, id), "%d %s %+v", i, id, was)
		}
	}
	require.Greater(t, tried, 80)
}

// hold plans anew with an activity held back by units of its own calendar.
func hold(t *testing.T, p *schedule.Plan, was schedule.Timing, units int) *schedule.Plan {
	t.Helper()
	held, err := p.Network().With(schedule.Edit(was.ID, func(a *schedule.Activity) {
		a.Constraints = append(a.Constraints, schedule.Constraint{Kind: schedule.StartNoEarlier, At: schedule.After(was.ES + units)})
	}))
	require.NoError(t, err)
	again, err := held.Plan(day0)
	require.NoError(t, err)
	now, _ := again.Timing(was.ID)
	require.Equal(t, was.ES+units, now.ES)
	return again
}

// contentWith reports whether a plan keeps the finish of another, and its upper
// bounds.
func contentWith(was, now *schedule.Plan) bool {
	goal := was.Finish()
	d := was.Network().Definition()
	if !d.Deadline.IsZero() {
		goal = d.Deadline.Date()
	}
	return now.MinFloat() >= 0 && now.Finish() <= goal
}

// othersMove reports whether an activity other than id has another early date,
// or the project another finish.
func othersMove(was, now *schedule.Plan, id string) bool {
	after := timings(now)
	for other, t := range timings(was) {
		if other != id && (after[other].ES != t.ES || after[other].Start != t.Start) {
			return true
		}
	}
	return now.Finish() > was.Finish()
}

// A link more never makes anything earlier, and floats are never below the
// smallest; free float is between 0 and total float where nothing is bounded.
func TestLinkMakesNothingEarlier(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	for range 300 {
		d := everything.definition(r, 15)
		p := plan(t, d)
		before := timings(p)
		order := slices.Collect(p.All())
		i := r.IntN(len(order) - 1)
		j := i + 1 + r.IntN(len(order)-1-i)
		n, err := p.Network().With(schedule.AddLink(schedule.Link{From: order[i].ID, To: order[j].ID, Relation: everything.relation(r)}))
		if err != nil {
			continue // a cycle: early starts need not be in topological order
		}
		after, err := n.Plan(day0)
		require.NoError(t, err)
		require.GreaterOrEqual(t, after.Finish(), p.Finish())
		for id, now := range timings(after) {
			require.GreaterOrEqual(t, now.Start, before[id].Start)
			require.GreaterOrEqual(t, now.Finish, before[id].Finish)
			require.GreaterOrEqual(t, now.TotalFloat, after.MinFloat())
			require.GreaterOrEqual(t, now.FreeFloat, 0)
			require.Equal(t, now.TotalFloat == after.MinFloat(), now.Critical)
		}
		require.NotEmpty(t, after.Critical())
	}
}

// The order of the definition changes nothing that is reported.
func TestOrderChangesNothing(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 10))
	for range 100 {
		d := everything.definition(r, 20)
		p := plan(t, d)
		other := d
		other.Activities, other.Links = slices.Clone(d.Activities), slices.Clone(d.Links)
		r.Shuffle(len(other.Activities), func(i, j int) {
			other.Activities[i], other.Activities[j] = other.Activities[j], other.Activities[i]
		})
		r.Shuffle(len(other.Links), func(i, j int) { other.Links[i], other.Links[j] = other.Links[j], other.Links[i] })
		q := plan(t, other)
		require.Equal(t, slices.Collect(p.All()), slices.Collect(q.All()))
		require.Equal(t, p.Critical(), q.Critical())
		require.Equal(t, p.NearCritical(3), q.NearCritical(3))
		require.Equal(t, p.Mermaid(), q.Mermaid())
		require.Equal(t, p.DOT(), q.DOT())
		require.Equal(t, slices.Collect(p.CriticalPaths()), slices.Collect(q.CriticalPaths()))
		for _, a := range d.Activities {
			require.Equal(t, p.Why(a.ID), q.Why(a.ID))
		}
		require.True(t, schedule.Compare(p, q).IsZero())
		require.Equal(t, schedule.Facts{Plan: p}.Metrics(), schedule.Facts{Plan: q}.Metrics())
	}
}
