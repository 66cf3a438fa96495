package scope_test

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/scope"
)

// SC-25: the reference tallies.
func TestCreepReference(t *testing.T) {
	var cases []struct {
		Name, Note string
		Baseline   int64
		AddedA     int64 `json:"added_approved"`
		AddedU     int64 `json:"added_unapproved"`
		DeletedA   int64 `json:"deleted_approved"`
		Modified   int64
		Growth     *fraction
		Creep      *fraction
		Volatility *fraction
		Controlled *fraction `json:"controlled_share"`
	}
	reference(t, "scope_creep.json", &cases)
	require.Len(t, cases, 8)
	for _, c := range cases {
		for _, tally := range []scope.Tally{
			{Baseline: c.Baseline, AddedApproved: c.AddedA, AddedUnapproved: c.AddedU, DeletedApproved: c.DeletedA, ModifiedApproved: c.Modified},
			{Baseline: c.Baseline, AddedApproved: c.AddedA, AddedUnapproved: c.AddedU, DeletedUnapproved: c.DeletedA, ModifiedUnapproved: c.Modified},
		} {
			c.Growth.same(t, tally.Growth(), c.Name)
			c.Creep.same(t, tally.Creep(), c.Name)
			c.Volatility.same(t, tally.Volatility(), c.Name)
			c.Controlled.same(t, tally.Controlled(), c.Name)
		}
	}
}

func TestTallyCorners(t *testing.T) {
	huge := scope.Tally{Baseline: 1, AddedApproved: math.MaxInt64, AddedUnapproved: math.MaxInt64}
	require.Equal(t, ratio.Overflow, huge.Growth().Reason())
	require.Equal(t, ratio.Overflow, huge.Controlled().Reason())
	require.Equal(t, ratio.Int(math.MaxInt64), huge.Creep())
	negative := scope.Tally{Baseline: 10, AddedUnapproved: -1}
	require.Contains(t, negative.Creep().Reason(), "negative")
	require.Contains(t, scope.Tally{Baseline: -1}.Volatility().Reason(), "negative")
	require.Contains(t, scope.Tally{}.Growth().Reason(), "freeze a baseline")
}

// approved returns a request that was approved against a version of the
// baseline.
func approved(id string, version int, delta ...scope.Touch) scope.Change {
	return scope.Change{ID: id, Title: id, Requester: "sales", State: scope.Approved, Delta: delta, Assessment: scope.Assessment{Baseline: version}}
}

func TestCreep(t *testing.T) {
	base := freeze(t, complete(t))
	now := complete(t)
	now.Scope.Features = append(now.Scope.Features, scope.Feature{ID: "F-5", Name: "Chat"}, scope.Feature{ID: "F-6", Name: "Map"})
	now.Requirements = drop(now.Requirements, 9)
	now.Users.Roles[0].Count++
	now.Scope.Exclusions = now.Scope.Exclusions[:1]
	f5 := scope.Touch{Operation: scope.Added, Kind: scope.ElementFeature, ID: "F-5"}
	r10 := scope.Touch{Operation: scope.Deleted, Kind: scope.ElementRequirement, ID: "R-10"}
	r1 := scope.Touch{Operation: scope.Modified, Kind: scope.ElementRequirement, ID: "R-1"}

	rejected := approved("CR-4", 1, scope.Touch{Operation: scope.Added, Kind: scope.ElementFeature, ID: "F-6"})
	rejected.State = scope.Rejected
	old := approved("CR-5", 0, scope.Touch{Operation: scope.Added, Kind: scope.ElementFeature, ID: "F-6"})
	wrong := approved("CR-6", 1, scope.Touch{Operation: scope.Modified, Kind: scope.ElementFeature, ID: "F-6"})
	got := scope.Creep(base, now, []scope.Change{approved("CR-1", 1, f5, r1), approved("CR-2", 2, r10), approved("CR-3", 1, f5), rejected, old, wrong})

	want := scope.CreepReport{
		Version: 1,
		Tally:   scope.Tally{Baseline: 24, AddedApproved: 1, AddedUnapproved: 1, DeletedApproved: 1, ModifiedUnapproved: 1},
		Growth:  ratio.New(1, 24), Creep: ratio.New(1, 24), Volatility: ratio.New(4, 24), Controlled: ratio.New(1, 2),
		Touches: []scope.Trace{
			{Touch: f5, Change: "CR-1"},
			{Touch: scope.Touch{Operation: scope.Added, Kind: scope.ElementFeature, ID: "F-6"}},
			{Touch: r10, Change: "CR-2"},
			{Touch: scope.Touch{Operation: scope.Modified, Kind: scope.ElementRole, ID: "sales"}},
		},
		Open:       []scope.Trace{{Touch: wrong.Delta[0], Change: "CR-6"}, {Touch: r1, Change: "CR-1"}},
		Reinstated: []string{"Telephone system"},
	}
	require.Empty(t, diff(want, got))

	data, err := json.Marshal(got)
	require.NoError(t, err)
	var back scope.CreepReport
	require.NoError(t, json.Unmarshal(data, &back))
	require.Empty(t, diff(got, back))
}

// Whatever happened, the counts add up to the scope of today.
func TestCreepBalance(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 8))
	for range 200 {
		was, is := complete(t), complete(t)
		thin(rng, &was)
		thin(rng, &is)
		base, err := was.Freeze(3, "sponsor", day("2027-02-05"))
		require.NoError(t, err)
		var changes []scope.Change
		for _, touch := range scope.Diff(base.Elements, is.Elements()) {
			if rng.IntN(2) == 0 {
				changes = append(changes, approved("CR-"+touch.ID, 3, touch))
			}
		}
		c := scope.Creep(base, is, changes)
		n := c.Tally
		require.EqualValues(t, len(is.Elements()), n.Baseline+n.AddedApproved+n.AddedUnapproved-n.DeletedApproved-n.DeletedUnapproved)
		require.EqualValues(t, len(changes), n.AddedApproved+n.DeletedApproved+n.ModifiedApproved)
		require.EqualValues(t, len(c.Touches), n.AddedApproved+n.AddedUnapproved+n.DeletedApproved+n.DeletedUnapproved+n.ModifiedApproved+n.ModifiedUnapproved)
		require.Empty(t, c.Open)
	}
}

// thin takes some requirements out of scope, and touches others.
func thin(rng *rand.Rand, s *scope.Statement) {
	for i := range s.Requirements {
		switch rng.IntN(4) {
		case 0:
			s.Requirements[i].Status = scope.RequirementDeferred
		case 1:
			s.Requirements[i].Text += " Now."
		}
	}
}
