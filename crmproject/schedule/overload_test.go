package schedule_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/schedule"
)

// CP-36: two activities need the same people.
func TestOverloads(t *testing.T) {
	d := rollout()
	d.Resources = []schedule.Resource{{ID: "team", Capacity: 3}, {ID: "room", Capacity: 1}}
	d.Activities[1].Uses = []schedule.Use{{Resource: "team", Units: 2}, {Resource: "room", Units: 1}}
	d.Activities[3].Uses = []schedule.Use{{Resource: "team", Units: 2}}
	n := schedule.MustCompile(d)
	p, err := n.Plan(date("2027-03-01"))
	require.NoError(t, err)
	require.Equal(t, []schedule.Overload{{
		Resource: "team", From: date("2027-03-12"), Until: date("2027-03-16"), Units: 4, Capacity: 3, Activities: []string{"build", "train"},
	}}, p.Overloads(), "over the weekend")
	offsets, err := n.Offsets()
	require.NoError(t, err)
	require.Equal(t, []schedule.Overload{{
		Resource: "team", Start: 9, End: 12, Units: 4, Capacity: 3, Activities: []string{"build", "train"},
	}}, offsets.Overloads())
	// What is done needs nobody any more.
	p, err = n.Reschedule(date("2027-03-01"), schedule.Status{AsOf: date("2027-03-12"), Actuals: []schedule.Actual{
		{ID: "design", Start: date("2027-03-01"), Finish: date("2027-03-05")},
		{ID: "build", Start: date("2027-03-08"), Finish: date("2027-03-12")},
		{ID: "train", Start: date("2027-03-12"), Remaining: 2},
	}})
	require.NoError(t, err)
	require.Empty(t, p.Overloads())
}

// Overloads are those found by looking at each day, on one calendar and on four.
func TestOverloadsDayByDay(t *testing.T) {
	r := rand.New(rand.NewPCG(31, 32))
	found := 0
	for i := range 200 {
		x := everything
		x.calendars = 1 + i%4
		d := x.definition(r, 12)
		d.Resources = []schedule.Resource{{ID: "b", Capacity: 2}, {ID: "a", Capacity: 3}}
		for k := range d.Activities {
			for _, resource := range d.Resources {
				if d.Activities[k].Duration > 0 && r.IntN(2) == 0 {
					d.Activities[k].Uses = append(d.Activities[k].Uses, schedule.Use{Resource: resource.ID, Units: 1 + r.IntN(2)})
				}
			}
		}
		n := schedule.MustCompile(d)
		p := plan(t, d)
		var got []string
		for _, o := range p.Overloads() {
			found++
			for day := o.From; day <= o.Until; day++ {
				if text := overloadOn(d, p, o.Resource, day); text != "" {
					require.Contains(t, text, fmt.Sprint(o.Units, " of ", o.Capacity, " ", o.Activities))
					got = append(got, text)
				}
			}
		}
		var want []string
		for _, resource := range []string{"a", "b"} {
			for day := day0; day <= p.Finish(); day++ {
				if text := overloadOn(d, p, resource, day); text != "" {
					want = append(want, text)
				}
			}
		}
		require.Equal(t, want, got)
		if offsets, err := n.Offsets(); err == nil {
			for _, o := range offsets.Overloads() {
				require.Less(t, o.Start, o.End)
				require.Greater(t, o.Units, o.Capacity)
			}
		}
	}
	require.Greater(t, found, 100)
}

// overloadOn describes the overload of a resource on a day, if there is one.
func overloadOn(d schedule.Definition, p *schedule.Plan, resource string, day calendar.Date) string {
	capacity, units := 0, 0
	for _, r := range d.Resources {
		if r.ID == resource {
			capacity = r.Capacity
		}
	}
	var ids []string
	for _, a := range d.Activities {
		at, _ := p.Timing(a.ID)
		works := d.Calendars[0].Pattern
		for _, c := range d.Calendars {
			if c.ID == a.Calendar {
				works = c.Pattern
			}
		}
		for _, u := range a.Uses {
			if u.Resource == resource && at.Start <= day && day <= at.Finish && works.MustCompile().IsWorking(day) {
				ids = append(ids, a.ID)
				units += u.Units
			}
		}
	}
	if units <= capacity {
		return ""
	}
	slices.Sort(ids)
	return fmt.Sprint(day, " ", resource, " ", units, " of ", capacity, " ", ids)
}
