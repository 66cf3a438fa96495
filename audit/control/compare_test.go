package control_test

import (
	"context"
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/audit/control"
	"github.com/crmrollout/crm/crmproject"
	"github.com/crmrollout/crm/crmproject/money"
	"github.com/crmrollout/crm/crmproject/schedule"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// The tests draw 1,000 times, which tells chances apart that differ by a twentieth.
func options() control.CompareOptions {
	return control.CompareOptions{Spreads: rollout().Spreads(asOf), Iterations: 1000, Seed: 7}
}

func compare(tb testing.TB, c control.Course, actions []control.Action, o control.CompareOptions) control.Comparison {
	tb.Helper()
	r, err := c.Compare(tb.Context(), asOf, actions, o)
	require.NoError(tb, err)
	return r
}

func option(tb testing.TB, c control.Comparison, id string) control.Option {
	tb.Helper()
	o, ok := c.Option(id)
	require.True(tb, ok, id)
	return o
}

// CP-35: the three adjustments, and doing nothing, side by side.
func TestCompare(t *testing.T) {
	t.Parallel()
	c := compare(t, course(), actions(), options())
	report := scan(t, course(), asOf, control.Thresholds{})

	none := option(t, c, control.DoNothing)
	require.Equal(t, c.Options[0], none)
	require.Equal(t, report.Forecast, none.Finish, "doing nothing is the forecast")
	require.Equal(t, report.Money.EAC, none.EAC)
	require.Equal(t, report.Due, none.Due)
	require.Zero(t, none.Days)
	require.GreaterOrEqual(t, none.P80.Value, none.P50.Value)
	require.Greater(t, none.P50.Value, none.Finish, "the estimates lean to the late side")

	people := option(t, c, "people")
	require.Equal(t, -18, people.Days)
	require.Greater(t, people.Agreed.Value, none.Agreed.Value)
	require.Equal(t, eur("18000"), people.Cost)
	require.Equal(t, eur("282290.43"), people.EAC)
	require.Equal(t, eur("32290.43"), people.Over, "of 220000 and a contingency of 30000")

	reports := option(t, c, "reports")
	require.Equal(t, []string{"reporting", "reports"}, reports.GivesUp)
	require.Less(t, reports.EAC.Minor(), none.EAC.Minor())

	later := option(t, c, "later")
	require.Equal(t, none.Finish, later.Finish, "another deadline moves no activity")
	require.Equal(t, none.Agreed, later.Agreed)
	require.Equal(t, day("2027-08-06"), later.Due)
	require.Greater(t, later.OnTime.Value, 0.99)

	for _, o := range c.Options {
		require.Empty(t, o.DominatedBy, "each has its price: %s", o.ID)
	}
	_, ok := c.Option("none")
	require.False(t, ok)
}

// The result is the same for any number of workers, and progress is told to its end.
func TestCompareWorkers(t *testing.T) {
	t.Parallel()
	want := compare(t, course(), actions(), options())
	for _, workers := range []int{1, 2, 7} {
		o := options()
		o.Workers = workers
		var last, end int64
		o.Progress = func(done, total int64) { last, end = done, total }
		require.Empty(t, cmp.Diff(want, compare(t, course(), actions(), o)))
		require.Equal(t, int64(4000), end)
		require.Equal(t, end, last)
	}
}

func TestCompareCancelled(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := course().Compare(ctx, asOf, actions(), options())
	require.ErrorIs(t, err, context.Canceled)
}

// Shortening what has float moves no finish, and costs money for nothing: doing
// nothing dominates it.
func TestCompareDominated(t *testing.T) {
	t.Parallel()
	idle := control.Action{ID: "idle", Effects: []control.Effect{control.Crash("migrate", 14)}, Costs: []control.Price{{Line: "IMP", Amount: eur("1000")}}}
	dearer := actions()[0]
	dearer.ID, dearer.Costs = "dearer", []control.Price{{Line: "IMP", Amount: eur("20000")}}
	c := compare(t, course(), append(actions(), idle, dearer), options())
	require.Equal(t, option(t, c, control.DoNothing).Finish, option(t, c, "idle").Finish)
	require.Contains(t, option(t, c, "idle").DominatedBy, control.DoNothing)
	require.Equal(t, []string{"people"}, option(t, c, "dearer").DominatedBy)

	// What gives up scope dominates nothing that keeps it.
	free := control.Action{ID: "free", Effects: []control.Effect{control.Drop("reports")}}
	c = compare(t, course(), []control.Action{free}, options())
	require.Empty(t, option(t, c, control.DoNothing).DominatedBy)
	same := free
	same.ID, same.GivesUp = "same", []string{"offers"}
	c = compare(t, course(), []control.Action{free, same}, options())
	require.Equal(t, []string{"free"}, option(t, c, "same").DominatedBy)
}

// A day more costs what the caller says.
func TestComparePerDay(t *testing.T) {
	t.Parallel()
	o := options()
	o.PerDay = eur("500")
	c := compare(t, course(), actions(), o)
	people := option(t, c, "people")
	require.Equal(t, eur("-9000"), people.Delay)
	require.Equal(t, eur("273290.43"), people.EAC)
	o.PerDay = money.MustParse("5 USD")
	_, err := course().Compare(t.Context(), asOf, actions(), o)
	require.ErrorIs(t, err, money.ErrCurrency)
	o.PerDay = money.FromMinor(1<<62, money.EUR)
	_, err = course().Compare(t.Context(), asOf, actions(), o)
	require.ErrorIs(t, err, money.ErrOverflow)
}

// A combination is at least as early as each of its parts.
func TestCombine(t *testing.T) {
	t.Parallel()
	all := actions()
	both, err := control.Combine("both", "People and standard reports", all[0], all[1])
	require.NoError(t, err)
	require.Equal(t, []crmproject.Adjustment{crmproject.AddResources, crmproject.ChangeScope}, both.Adjustments())
	cost, err := both.Cost()
	require.NoError(t, err)
	require.Equal(t, eur("9000"), cost)
	c := compare(t, course(), append(all, both), options())
	for _, part := range []string{"people", "reports"} {
		require.LessOrEqual(t, option(t, c, "both").Finish, option(t, c, part).Finish)
		require.GreaterOrEqual(t, option(t, c, "both").Agreed.Value, option(t, c, part).Agreed.Value)
	}

	_, err = control.Combine("", "")
	require.ErrorIs(t, err, verdict.ErrMissing)
	_, err = control.Combine("twice", "", all[0], all[0])
	require.ErrorIs(t, err, verdict.ErrDuplicate)
	paid := all[1]
	paid.Funding = control.FromContingency
	_, err = control.Combine("mixed", "", all[0], paid)
	require.ErrorIs(t, err, verdict.ErrInvalid)
}

// Common random numbers: what an action leaves alone is drawn alike, so an action
// without any effect has exactly the distribution of doing nothing.
func TestCompareCommonDraws(t *testing.T) {
	t.Parallel()
	nothing := control.Action{ID: "meeting", Costs: []control.Price{{Line: "IMP", Amount: eur("1")}}}
	c := compare(t, course(), []control.Action{nothing}, options())
	a, b := c.Options[0], c.Options[1]
	require.Equal(t, []any{a.Finish, a.P50, a.P80, a.OnTime, a.Agreed}, []any{b.Finish, b.P50, b.P80, b.OnTime, b.Agreed})
	require.Equal(t, []string{control.DoNothing}, b.DominatedBy)
}

// Crashing is monotone: with the same draws, a shorter activity never finishes the
// project later, in plan or in any percentile.
func TestCompareMonotone(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(3, 4))
	for range 8 {
		id := []string{"build", "migrate", "reports", "train"}[rng.IntN(4)]
		var all []control.Action
		for d := 30; d > 0; d -= 1 + rng.IntN(10) {
			all = append(all, control.Action{ID: strconv.Itoa(d), Effects: []control.Effect{control.Trim(id, d)}})
		}
		c := compare(t, course(), all, options())
		for i := 2; i < len(c.Options); i++ {
			long, short := c.Options[i-1], c.Options[i]
			require.LessOrEqual(t, short.Finish, long.Finish)
			require.LessOrEqual(t, short.P50.Value, long.P50.Value)
			require.LessOrEqual(t, short.P80.Value, long.P80.Value)
			require.GreaterOrEqual(t, short.Agreed.Value, long.Agreed.Value)
		}
	}
}

// Every kind of effect, on the network of five and five days and a milestone.
func TestEffects(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		effect control.Effect
		finish string
	}{
		{"crash", control.Crash("build", 2), "2027-03-09"},
		{"trim", control.Trim("build", 3), "2027-03-10"},
		{"drop: live still waits for design", control.Drop("build"), "2027-03-05"},
		{"overlap", control.Relink(schedule.Link{From: "design", To: "build", Relation: schedule.MustParseRelation("SS+2")}), "2027-03-09"},
		{"insert", control.Insert(schedule.Activity{ID: "test", Duration: 3}, schedule.Link{From: "build", To: "test"}, schedule.Link{From: "test", To: "live"}), "2027-03-17"},
		{"relax", control.Relax(day("2027-05-01")), "2027-03-12"},
		{"no deadline any more", control.Effect{Kind: control.RelaxDeadline}, "2027-03-12"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			o := control.CompareOptions{Iterations: 10, Spreads: map[string]schedule.Spread{
				"test": schedule.Triangular{Optimistic: 3, MostLikely: 3, Pessimistic: 3},
			}}
			if tt.effect.Kind != control.InsertActivity {
				o.Spreads = nil
			}
			c, err := network("").Compare(t.Context(), day("2027-03-01"), []control.Action{{ID: "a", Effects: []control.Effect{tt.effect}}}, o)
			require.NoError(t, err)
			require.Equal(t, day(tt.finish), c.Options[1].Finish)
			require.Equal(t, day(tt.finish), c.Options[1].P50.Value, "without spreads the simulation is the plan")
		})
	}
}

// A spread is scaled as the work of its activity is, also of what is under way.
func TestCompareScaledSpread(t *testing.T) {
	t.Parallel()
	c := network("")
	o := control.CompareOptions{Iterations: 10, Spreads: map[string]schedule.Spread{
		"build": schedule.Triangular{Optimistic: 10, MostLikely: 10, Pessimistic: 10},
	}}
	crash := []control.Action{{ID: "half", Effects: []control.Effect{control.Crash("build", 3)}}}
	r, err := c.Compare(t.Context(), day("2027-03-01"), crash, o)
	require.NoError(t, err)
	require.Equal(t, day("2027-03-19"), r.Options[0].P50.Value, "ten days instead of five")
	require.Equal(t, day("2027-03-15"), r.Options[1].P50.Value, "six instead of three")

	c.Status = schedule.Status{AsOf: day("2027-03-09"), Actuals: []schedule.Actual{
		{ID: "design", Start: day("2027-03-01"), Finish: day("2027-03-05")}, {ID: "build", Start: day("2027-03-08"), Remaining: 4},
	}}
	o.Spreads["build"] = schedule.Triangular{Optimistic: 8, MostLikely: 8, Pessimistic: 8}
	r, err = c.Compare(t.Context(), day("2027-03-09"), crash, o)
	require.NoError(t, err)
	require.Equal(t, day("2027-03-15"), r.Options[0].Finish, "four days are left")
	require.Equal(t, day("2027-03-11"), r.Options[1].Finish, "two less")
	require.Equal(t, day("2027-03-19"), r.Options[0].P50.Value)
	require.Equal(t, day("2027-03-15"), r.Options[1].P50.Value, "half of eight")
}

func TestCompareFaults(t *testing.T) {
	t.Parallel()
	bad := []control.Action{
		{ID: control.DoNothing},
		{ID: "unknown", Effects: []control.Effect{control.Crash("nobody", 3)}},
		{ID: "past", Effects: []control.Effect{control.Crash("design", 3)}},
		{ID: "link", Effects: []control.Effect{control.Relink(schedule.Link{From: "train", To: "build"})}},
		{ID: "loop", Effects: []control.Effect{control.Insert(schedule.Activity{ID: "x", Duration: 1}, schedule.Link{From: "x", To: "x"})}},
		{ID: "loop"},
	}
	_, err := course().Compare(t.Context(), asOf, bad, options())
	for _, text := range []string{"actions[0].id", `actions[1].effects[0].activity: unknown "nobody"`, "actions[2].effects[0].activity", "actions[3]", "actions[4]", "actions[5].id: duplicate"} {
		require.ErrorContains(t, err, text)
	}
	o := options()
	o.Spreads = map[string]schedule.Spread{"nobody": schedule.Triangular{}}
	_, err = course().Compare(t.Context(), asOf, actions(), o)
	require.ErrorIs(t, err, verdict.ErrUnknown)
	o.Spreads = map[string]schedule.Spread{"build": nil}
	_, err = course().Compare(t.Context(), asOf, actions(), o)
	require.ErrorIs(t, err, verdict.ErrMissing)
	_, err = control.Course{}.Compare(t.Context(), asOf, nil, control.CompareOptions{})
	require.ErrorContains(t, err, "baseline.activities")
	_, err = control.Course{}.Compare(t.Context(), 0, nil, control.CompareOptions{})
	require.ErrorContains(t, err, "asOf")
	foreign := actions()[:1]
	foreign[0].Costs = []control.Price{{Line: "IMP", Amount: money.MustParse("1 USD")}}
	_, err = course().Compare(t.Context(), asOf, foreign, options())
	require.ErrorIs(t, err, money.ErrCurrency)
}

// Options are ranked by what the caller says, one criterion after another.
func TestRank(t *testing.T) {
	t.Parallel()
	c := compare(t, course(), actions(), options())
	first := func(by ...control.Criterion) string {
		ranked, err := c.Rank(by...)
		require.NoError(t, err)
		require.Len(t, ranked, len(c.Options))
		return ranked[0].ID
	}
	require.Equal(t, "people", first(control.EarliestFinish))
	require.Equal(t, "people", first(control.EarliestP50))
	require.Equal(t, "people", first(control.EarliestP80))
	require.Equal(t, "reports", first(control.LeastCost))
	require.Equal(t, "later", first(control.SurestOnTime))
	require.Equal(t, "people", first(control.SurestAgreed))
	require.Equal(t, control.DoNothing, first(control.LeastGivenUp), "of three equal ones the first id")
	require.Equal(t, "people", first(control.LeastGivenUp, control.EarliestFinish))
	_, err := c.Rank()
	require.ErrorIs(t, err, verdict.ErrMissing)
	_, err = c.Rank(control.LeastCost, 99)
	require.ErrorIs(t, err, verdict.ErrUnknown)
}

// Being dominated is a strict order: nothing dominates itself, nor two each other.
func TestDominanceIsStrict(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(5, 6))
	for range 5 {
		var all []control.Action
		for i := range 6 {
			a := control.Action{ID: strconv.Itoa(i), Effects: []control.Effect{control.Crash("build", 20+rng.IntN(4))}}
			a.Costs = []control.Price{{Line: "IMP", Amount: eur(strconv.Itoa(1 + rng.IntN(4)))}}
			if rng.IntN(2) == 0 {
				a.GivesUp = []string{"leads", "offers"}[:1+rng.IntN(2)]
			}
			all = append(all, a)
		}
		o := options()
		o.Iterations = 50
		c := compare(t, course(), all, o)
		for _, x := range c.Options {
			for _, by := range x.DominatedBy {
				require.NotEqual(t, x.ID, by)
				require.NotContains(t, option(t, c, by).DominatedBy, x.ID)
				for _, further := range option(t, c, by).DominatedBy {
					require.True(t, slices.Contains(x.DominatedBy, further), "transitive")
				}
			}
		}
	}
}

func TestMarkdownIsSafe(t *testing.T) {
	t.Parallel()
	c := control.Comparison{Options: []control.Option{{ID: "a|b\nc"}}}
	require.Contains(t, c.Markdown(), `| a\|b c |`)
}
