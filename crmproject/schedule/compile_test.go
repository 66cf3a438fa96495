package schedule_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/schedule"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// Every fault is named, all in one error.
func TestCompileFaults(t *testing.T) {
	office := calendar.Pattern{Week: calendar.MondayToFriday}
	bad := schedule.Relation{Type: 9}
	d := schedule.Definition{
		Calendar:  "none",
		Calendars: []schedule.Calendar{{ID: "office", Pattern: office}, {ID: "office", Pattern: office}, {ID: "never"}, {Pattern: office}},
		Resources: []schedule.Resource{{ID: "team", Capacity: -1}, {ID: ""}, {ID: "team"}},
		Activities: []schedule.Activity{
			{ID: "a", Duration: -1},
			{ID: "a", Kind: schedule.Work},
			{ID: "", Kind: 9},
			{ID: "b", Duration: 3, Kind: schedule.Milestone, Calendar: "moon"},
			{ID: "", Kind: schedule.StartMilestone, Duration: 1},
			{ID: "c", Constraints: []schedule.Constraint{{}, {Kind: 9, At: schedule.On(day0)}, {Kind: schedule.MustStart, At: schedule.After(1 << 62)}}},
			{ID: "d", Deadline: schedule.After(-1 << 62), Uses: []schedule.Use{{}, {Resource: "x", Units: 1}, {Resource: "team", Units: 1}, {Resource: "team", Units: 1 << 62}}},
		},
		Links: []schedule.Link{
			{From: "a", To: "nobody"}, {From: "", To: ""}, {From: "a", To: "b", Relation: bad}, {From: "nobody", To: "b", Relation: schedule.Relation{Lag: schedule.Lag{Amount: 1 << 40}}},
			{From: "c", To: "d"}, {From: "d", To: "c"},
		},
		Deadline: schedule.After(1 << 61),
	}
	require.Equal(t, strings.TrimSpace(`
calendars[1].id: duplicate "office"
calendars[3].id: missing
calendars[2].pattern: calendar: week: no weekday and no extra day: no working day
calendar: unknown "none"
deadline: +2305843009213693952: out of range
resources[1].id: missing
resources[2].id: duplicate "team"
resources[0].capacity: -1: out of range
activities[1].id: duplicate "a"
activities[0].duration: -1: out of range
activities[1].duration: missing: work takes at least one unit
activities[2].id: missing
activities[2].kind: schedule: kind(9): unknown
activities[3].duration: 3: invalid: a milestone takes no time
activities[3].calendar: unknown "moon"
activities[4].id: missing
activities[4].duration: 1: invalid: a milestone takes no time
activities[5].constraints[0].kind: missing
activities[5].constraints[0].at: missing
activities[5].constraints[1].kind: schedule: constraint(9): unknown
activities[5].constraints[2].at: +4611686018427387904: out of range
activities[6].deadline: -4611686018427387904: out of range
activities[6].uses[0].resource: missing
activities[6].uses[0].units: 0: out of range
activities[6].uses[1].resource: unknown "x"
activities[6].uses[3].resource: duplicate "team"
activities[6].uses[3].units: 4611686018427387904: out of range
links[0].to: unknown "nobody"
links[1].from: missing
links[1].to: missing
links[2].relation: type(9): unknown
links[3].from: unknown "nobody"
links[3].relation: FS+1099511627776: out of range
links: cycle c -FS-> d -FS-> c
`), d.Validate().Error())
	require.Panics(t, func() { schedule.MustCompile(d) })
	require.NoError(t, rollout().Validate())
}

// The zero definition is an empty plan; one without calendars works Monday to
// Friday.
func TestDefaults(t *testing.T) {
	p := plan(t, schedule.Definition{Activities: []schedule.Activity{{ID: "a", Duration: 1}}})
	require.Equal(t, [2]string{"2027-03-08", "2027-03-08"}, days(t, p, "a"), "the Monday after")
	d := schedule.Definition{Calendar: "every", Calendars: patterns(), Activities: []schedule.Activity{{ID: "a", Duration: 1}, {ID: "b", Duration: 1, Calendar: "office"}}}
	p = plan(t, d)
	require.Equal(t, [2]string{"2027-03-06", "2027-03-06"}, days(t, p, "a"))
	require.Equal(t, [2]string{"2027-03-08", "2027-03-08"}, days(t, p, "b"))
}

// Of the cycles in random graphs each set of activities is named by one, the
// same whatever the order, and with members only.
func TestCycles(t *testing.T) {
	r := rand.New(rand.NewPCG(33, 34))
	cyclic := 0
	for range 500 {
		n := 3 + r.IntN(10)
		var d schedule.Definition
		for i := range n {
			d.Activities = append(d.Activities, schedule.Activity{ID: fmt.Sprint("A", i), Duration: 1})
		}
		for range r.IntN(2 * n) {
			d.Links = append(d.Links, schedule.Link{From: d.Activities[r.IntN(n)].ID, To: d.Activities[r.IntN(n)].ID, Relation: everything.relation(r)})
		}
		got := cyclesOf(d.Validate())
		want := knots(d)
		require.Len(t, got, len(want))
		for i, c := range got {
			cyclic++
			requireCycle(t, d, c)
			require.Equal(t, want[i], c.Path[0])
		}
		r.Shuffle(n, func(i, j int) { d.Activities[i], d.Activities[j] = d.Activities[j], d.Activities[i] })
		r.Shuffle(len(d.Links), func(i, j int) { d.Links[i], d.Links[j] = d.Links[j], d.Links[i] })
		require.Equal(t, got, cyclesOf(d.Validate()))
	}
	require.Greater(t, cyclic, 200)
}

func cyclesOf(err error) []*schedule.CycleError {
	var all []*schedule.CycleError
	for _, f := range verdict.FaultsOf(err) {
		if c, ok := errors.AsType[*schedule.CycleError](f.Err); ok {
			all = append(all, c)
		}
	}
	return all
}

func requireCycle(t *testing.T, d schedule.Definition, c *schedule.CycleError) {
	t.Helper()
	require.ErrorIs(t, c, verdict.ErrInvalid)
	require.Len(t, c.Path, len(c.Links)+1)
	require.Equal(t, c.Path[0], c.Path[len(c.Path)-1])
	require.Equal(t, slices.Min(c.Path), c.Path[0])
	members := slices.Sorted(slices.Values(c.Path[1:]))
	require.Len(t, slices.Compact(members), len(c.Links), "no member twice")
	for i, l := range c.Links {
		require.Contains(t, d.Links, l)
		require.Equal(t, [2]string{c.Path[i], c.Path[i+1]}, [2]string{l.From, l.To})
	}
}

// knots finds the smallest id of each set of activities that wait for one another
// by following links from each.
func knots(d schedule.Definition) []string {
	reach := map[string]map[string]bool{}
	for _, a := range d.Activities {
		seen := map[string]bool{}
		todo := []string{a.ID}
		for len(todo) > 0 {
			at := todo[0]
			todo = todo[1:]
			for _, l := range d.Links {
				if l.From == at && !seen[l.To] {
					seen[l.To] = true
					todo = append(todo, l.To)
				}
			}
		}
		reach[a.ID] = seen
	}
	var smallest []string
	for id, seen := range reach {
		first := seen[id]
		for other := range seen {
			first = first && (!reach[other][id] || other >= id)
		}
		if first {
			smallest = append(smallest, id)
		}
	}
	slices.Sort(smallest)
	return smallest
}

func TestCycleText(t *testing.T) {
	ring := func(n int, relations ...string) *schedule.CycleError {
		var d schedule.Definition
		for i := range n {
			d.Activities = append(d.Activities, schedule.Activity{ID: fmt.Sprintf("A%05d", i), Duration: 1})
		}
		for i := range n {
			l := schedule.Link{From: d.Activities[i].ID, To: d.Activities[(i+1)%n].ID}
			if i < len(relations) {
				l.Relation = schedule.MustParseRelation(relations[i])
			}
			d.Links = append(d.Links, l)
		}
		return cyclesOf(d.Validate())[0]
	}
	require.Equal(t, "A00000 -FS-> A00001 -SS+2-> A00000", ring(2, "FS", "SS+2").String())
	require.Equal(t, "cycle A00000 -FF-50%-> A00000", ring(1, "FF-50%").Error())
	require.Contains(t, ring(64).String(), "-FS-> A00040 -FS->")
	// Neither deep recursion nor a message without end.
	long := ring(90_000)
	require.Len(t, long.Path, 90_001)
	require.Less(t, len(long.String()), 2000)
	require.Contains(t, long.String(), " … 89937 more … ")
	require.True(t, strings.HasSuffix(long.String(), "A89999 -FS-> A00000"), long.String()[len(long.String())-60:])
	hostile := cyclesOf(schedule.Definition{
		Activities: []schedule.Activity{{ID: "a\nb" + strings.Repeat("x", 500)}},
		Links:      []schedule.Link{{From: "a\nb" + strings.Repeat("x", 500), To: "a\nb" + strings.Repeat("x", 500)}},
	}.Validate())[0]
	require.Less(t, len(hostile.Error()), 200)
	require.NotContains(t, hostile.Error(), "\n")
}

// Dates that leave the calendar are refused, with the activity named.
func TestEndOfTime(t *testing.T) {
	d := rollout()
	n := schedule.MustCompile(d)
	_, err := n.Plan(date("9999-12-20"))
	require.ErrorIs(t, err, verdict.ErrRange)
	require.Contains(t, err.Error(), `activity "build"`)
	_, err = n.Plan(date("9999-12-01"))
	require.NoError(t, err)
	d.Links[2].Relation.Lag = schedule.Lag{Amount: 5_000_000, Unit: schedule.Elapsed}
	_, err = schedule.MustCompile(d).Plan(day0)
	require.ErrorIs(t, err, verdict.ErrRange)
	require.Contains(t, err.Error(), `activity "train"`)
	d = rollout()
	d.Deadline = schedule.After(-5_000_000)
	_, err = schedule.MustCompile(d).Plan(day0)
	require.ErrorIs(t, err, verdict.ErrRange)
	d.Deadline = schedule.On(calendar.MinDate)
	_, err = schedule.MustCompile(d).Plan(day0)
	require.ErrorIs(t, err, verdict.ErrRange)
	require.Contains(t, err.Error(), "late dates")
}

// A plan without calendars has no place for days, and names each.
func TestUndated(t *testing.T) {
	d := rollout()
	d.Deadline = schedule.On(day0)
	d.Activities[1].Deadline = schedule.On(day0)
	d.Activities[2].Constraints = []schedule.Constraint{{Kind: schedule.MustStart, At: schedule.After(20)}, {Kind: schedule.MustFinish, At: schedule.On(day0)}}
	n := schedule.MustCompile(d)
	_, err := n.Offsets()
	const rest = ": invalid: a day has no place in a plan without calendars"
	require.EqualError(t, err, "deadline"+rest+"\nactivities[1].deadline"+rest+"\nactivities[2].constraints[1].at"+rest)
	require.Equal(t, err.Error(), new(schedule.Passes).Run(n).Error())
	require.ErrorIs(t, err, verdict.ErrInvalid)
}

// Once the memory is there, passes allocate nothing.
func TestPassesDoNotAllocate(t *testing.T) {
	n := schedule.MustCompile(generator{N: 1000, Seed: 1, Mixed: true, Window: 100, Shuffle: true}.definition())
	var p schedule.Passes
	require.NoError(t, p.Run(n))
	require.Zero(t, testing.AllocsPerRun(10, func() { _ = p.Run(n) }))
	// A smaller network afterwards, and an empty one.
	require.NoError(t, p.Run(schedule.MustCompile(rollout())))
	require.Equal(t, 20, p.Finish())
	require.NoError(t, p.Run(schedule.MustCompile(schedule.Definition{})))
	require.Zero(t, p.Finish())
	require.Zero(t, p.MinFloat())
}
