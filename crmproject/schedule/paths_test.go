package schedule_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/schedule"
)

// allPaths finds every path by recursion.
func allPaths(d schedule.Definition) []string {
	out := map[string][]schedule.Link{}
	waits := map[string]bool{}
	for _, l := range d.Links {
		out[l.From] = append(out[l.From], l)
		waits[l.To] = true
	}
	var all []string
	var follow func(id, way string)
	follow = func(id, way string) {
		for _, l := range out[id] {
			follow(l.To, way+" -"+l.Relation.String()+"-> "+l.To)
		}
		if len(out[id]) == 0 {
			all = append(all, way)
		}
	}
	for _, a := range d.Activities {
		if !waits[a.ID] {
			follow(a.ID, a.ID)
		}
	}
	return all
}

func TestPaths(t *testing.T) {
	r := rand.New(rand.NewPCG(27, 28))
	for range 100 {
		d := everything.definition(r, 10)
		p := plan(t, d)
		var got []string
		for path := range p.Paths() {
			got = append(got, path.String())
			require.Len(t, path.Links, len(path.IDs)-1)
		}
		require.ElementsMatch(t, allPaths(d), got)
		for path := range p.CriticalPaths() {
			require.Subset(t, p.Critical(), path.IDs)
			for i, id := range path.IDs[1:] {
				why := p.Why(id)
				require.Equal(t, schedule.ByLink, why[len(why)-1].Cause, "%s from %s", id, path.IDs[i])
			}
		}
		for _, a := range d.Activities {
			for path := range p.PathsTo(a.ID) {
				require.Equal(t, a.ID, path.IDs[len(path.IDs)-1])
			}
		}
	}
}

// All critical paths are found, not only the first; and the paths to a milestone.
func TestCriticalPaths(t *testing.T) {
	d := schedule.Definition{
		Activities: []schedule.Activity{{ID: "S"}, {ID: "A", Duration: 5}, {ID: "B", Duration: 5}, {ID: "C", Duration: 3}, {ID: "Z"}},
		Links: []schedule.Link{
			{From: "S", To: "A"}, {From: "S", To: "B"}, {From: "S", To: "C"}, {From: "A", To: "Z"}, {From: "B", To: "Z"}, {From: "C", To: "Z"},
		},
	}
	p, err := schedule.MustCompile(d).Offsets()
	require.NoError(t, err)
	text := func(paths []schedule.Path) []string {
		var all []string
		for _, path := range paths {
			all = append(all, path.String())
		}
		return all
	}
	both := []string{"S -FS-> A -FS-> Z", "S -FS-> B -FS-> Z"}
	require.Equal(t, both, text(slices.Collect(p.CriticalPaths())))
	require.Equal(t, both, text(slices.Collect(p.PathsTo("Z"))))
	require.Empty(t, slices.Collect(p.PathsTo("nobody")))
	require.Equal(t, []string{"S", "A", "B", "Z"}, p.Critical())
	require.Equal(t, []string{"C"}, p.NearCritical(2))
	require.Empty(t, p.NearCritical(1))
}

// The paths of a ladder of n rungs are 2ⁿ; the first are there at once.
func TestPathsAreLazy(t *testing.T) {
	var d schedule.Definition
	before := []string{"start"}
	d.Activities = append(d.Activities, schedule.Activity{ID: "start", Duration: 1})
	for i := range 200 {
		rung := []string{"a" + strings.Repeat("x", i), "b" + strings.Repeat("x", i)}
		for _, id := range rung {
			d.Activities = append(d.Activities, schedule.Activity{ID: id, Duration: 1})
			for _, from := range before {
				d.Links = append(d.Links, schedule.Link{From: from, To: id})
			}
		}
		before = rung
	}
	p := plan(t, d)
	for _, paths := range []func(func(schedule.Path) bool){p.Paths(), p.CriticalPaths(), p.PathsTo(before[0])} {
		count := 0
		for path := range paths {
			require.Len(t, path.IDs, 201)
			require.Contains(t, path.String(), " … 137 more … ")
			if count++; count == 100 {
				break
			}
		}
		require.Equal(t, 100, count)
	}
}
