package schedule_test

import (
	"errors"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/schedule"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// CP-35: what another duration, another link or another activity would do, with
// the network itself left as it is.
func TestWith(t *testing.T) {
	n := schedule.MustCompile(rollout())
	before, err := n.Plan(date("2027-03-01"))
	require.NoError(t, err)
	was := n.Definition()
	for _, c := range []struct {
		name   string
		delay  int
		change []schedule.Change
	}{
		{"nothing", 0, nil},
		{"build takes longer", 7, []schedule.Change{schedule.SetDuration("build", 15)}},
		{"build takes longer, test is cut", 0, []schedule.Change{schedule.SetDuration("build", 12), schedule.SetDuration("test", 3)}},
		{"more people", -7, []schedule.Change{schedule.SetDuration("build", 5)}},
		{"less scope", -7, []schedule.Change{schedule.RemoveActivity("test")}},
		{"no order", -7, []schedule.Change{schedule.RemoveLinks("build", "test")}},
		{"one step more", 3, []schedule.Change{schedule.AddActivity(schedule.Activity{ID: "review", Duration: 1},
			schedule.Link{From: "test", To: "review"}, schedule.Link{From: "review", To: "live"})}},
		{"one wait more", 5, []schedule.Change{schedule.AddLink(schedule.Link{From: "test", To: "train"})}},
		{"not before May", 40, []schedule.Change{schedule.Constrain("test", schedule.Constraint{Kind: schedule.MustStart, At: schedule.MustParsePoint("2027-04-29")})}},
		{"a date", 0, []schedule.Change{schedule.SetDeadline(schedule.MustParsePoint("2027-03-20"))}},
	} {
		with, err := n.With(c.change...)
		require.NoError(t, err, c.name)
		after, err := with.Plan(date("2027-03-01"))
		require.NoError(t, err, c.name)
		d := schedule.Compare(before, after)
		require.Equal(t, c.delay, d.Delay, c.name)
		require.Equal(t, c.change == nil, d.IsZero(), c.name)
		require.Empty(t, cmp.Diff(was, n.Definition()), c.name)
	}
	for _, c := range []schedule.Change{
		schedule.SetDuration("nobody", 1), schedule.RemoveActivity("nobody"), schedule.RemoveLinks("test", "build"),
		schedule.AddLink(schedule.Link{From: "nobody", To: "build"}),
	} {
		_, err = n.With(c)
		require.ErrorIs(t, err, verdict.ErrUnknown)
	}
	_, err = n.With(schedule.AddLink(schedule.Link{From: "live", To: "design"}))
	_, ok := errors.AsType[*schedule.CycleError](err)
	require.True(t, ok)
}

// The definition goes in and comes out, whatever is in it, and shares nothing.
func TestDefinitionComesBack(t *testing.T) {
	r := rand.New(rand.NewPCG(29, 30))
	for range 50 {
		d := everything.definition(r, 12)
		n := schedule.MustCompile(d)
		require.Empty(t, cmp.Diff(d, n.Definition()))
		out := n.Definition()
		out.Activities[0].ID = "changed"
		out.Calendars[0].Pattern.Holidays[0].Date = 1
		for i := range out.Activities {
			if c := out.Activities[i].Constraints; len(c) > 0 {
				c[0].Kind = 0
			}
		}
		require.Empty(t, cmp.Diff(d, n.Definition()))
	}
	require.Empty(t, cmp.Diff(schedule.Definition{Name: "empty"}, schedule.MustCompile(schedule.Definition{Name: "empty"}).Definition()))
	a, ok := schedule.MustCompile(rollout()).Activity("live")
	require.True(t, ok)
	require.Equal(t, "Go live", a.Name)
	_, ok = schedule.MustCompile(rollout()).Activity("dead")
	require.False(t, ok)
}

func TestDiff(t *testing.T) {
	n := schedule.MustCompile(rollout())
	before, err := n.Plan(date("2027-03-01"))
	require.NoError(t, err)
	with, err := n.With(schedule.SetDuration("build", 8), schedule.SetDuration("train", 12), schedule.RemoveActivity("test"),
		schedule.AddActivity(schedule.Activity{ID: "pilot | x", Duration: 2}, schedule.Link{From: "live", To: "pilot | x"}))
	require.NoError(t, err)
	after, err := with.Plan(date("2027-03-01"))
	require.NoError(t, err)
	d := schedule.Compare(before, after)
	require.Equal(t, []string{"pilot | x", "train"}, d.BecameCritical())
	require.Equal(t, []string{"test"}, d.LeftCritical())
	require.Equal(t, `The project finishes 5 days later. Before: 2027-03-26, after: 2027-03-31.

| activity | before | after | finish | total float |
|---|---|---|---|---|
| pilot \| x | – | 2027-03-30 to 2027-03-31 | added | 0 |
| test | 2027-03-22 to 2027-03-26 | – | removed | 0 |
| build | 2027-03-08 to 2027-03-19 | 2027-03-08 to 2027-03-17 | -2 | 0 → 0 |
| train | 2027-03-12 to 2027-03-16 | 2027-03-12 to 2027-03-29 | +13 | 8 → 0 |
| live | 2027-03-26 | 2027-03-29 | +3 | 0 → 0 |
`, d.Markdown())
	offsets, err := n.Offsets()
	require.NoError(t, err)
	short, err := with.Offsets()
	require.NoError(t, err)
	d = schedule.Compare(offsets, short)
	require.Equal(t, 3, d.Delay)
	require.Zero(t, d.Before)
	require.Contains(t, d.Markdown(), "The project finishes 3 units later.\n")
	require.Contains(t, schedule.Compare(short, offsets).Markdown(), "The project finishes 3 units earlier.\n")
	require.Equal(t, "The project finishes at the same time.\n", schedule.Compare(offsets, offsets).Markdown())
	require.Equal(t, 3, schedule.Compare(offsets, after).Delay, "by offset, since one has no dates")
}
