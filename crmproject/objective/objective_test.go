package objective_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/objective"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
)

func day(s string) calendar.Date { return calendar.MustParse(s) }

func num(s string) ratio.Ratio { return ratio.MustParse(s) }

// TestReferenceAchievement holds [objective.Target.Attain] against cases worked
// out by hand (AU-13).
func TestReferenceAchievement(t *testing.T) {
	data, err := os.ReadFile("testdata/objective_achievement.json")
	require.NoError(t, err)
	var cases []struct {
		Direction                string
		Baseline, Target, Actual ratio.Ratio
		Achievement              *struct{ Num, Den int64 }
		Verdict                  objective.Result
	}
	require.NoError(t, json.Unmarshal(data, &cases))
	require.Len(t, cases, 15)
	directions := map[string]objective.Direction{
		"increase": objective.Increase, "decrease": objective.Decrease,
		"maintain>=": objective.MaintainAtLeast, "maintain<=": objective.MaintainAtMost,
	}
	for i, c := range cases {
		target := objective.Target{Metric: "m", Direction: directions[c.Direction], Baseline: c.Baseline, Value: c.Target}
		share, result := target.Attain(c.Actual)
		require.Equal(t, c.Verdict, result, "case %d", i)
		require.Equal(t, c.Achievement != nil, share.Defined(), "case %d", i)
		if c.Achievement != nil {
			require.Equal(t, ratio.New(c.Achievement.Num, c.Achievement.Den), share, "case %d", i)
		} else {
			require.NotEmpty(t, share.Reason(), "case %d", i)
		}
		require.Equal(t, result == objective.InvalidTarget, target.Validate() != nil, "case %d", i)
	}
}

func TestAttainOfHalfATarget(t *testing.T) {
	for want, target := range map[string]objective.Target{
		"the target has no value":     {Metric: "m", Direction: objective.Increase},
		"the target has no direction": {Metric: "m", Value: num("3")},
	} {
		share, result := target.Attain(num("1"))
		require.Equal(t, objective.InvalidTarget, result)
		require.Equal(t, want, share.Reason())
		require.Error(t, target.Validate())
	}
}

// TestAttainBeyondInt64 shows that the verdict holds where the share overflows.
func TestAttainBeyondInt64(t *testing.T) {
	target := objective.Target{Metric: "m", Direction: objective.Increase, Baseline: ratio.New(-1, 1<<62), Value: ratio.New(1, 3)}
	share, result := target.Attain(ratio.New(1, 7))
	require.Equal(t, ratio.Overflow, share.Reason())
	require.Equal(t, objective.PartiallyMet, result)
	target.From, target.By = 1, 100
	rated := target.At(10, ratio.New(1, 7), objective.Tolerance{})
	require.Equal(t, objective.Unrated, rated.Rating)
	require.Equal(t, "the share of the way cannot be said: overflow", rated.Reason)
}

func TestTargetOfEachAmountKind(t *testing.T) {
	for _, c := range []struct {
		direction objective.Direction
		kind      objective.AmountKind
		value     string
		baseline  string
		want      string
	}{
		{objective.Decrease, objective.Relative, "25", "16", "12"},
		{objective.Increase, objective.Relative, "25", "16", "20"},
		{objective.Increase, objective.Relative, "50", "-10", "-5"}, // half of its size better, not worse
		{objective.Decrease, objective.Points, "5", "12.5", "15/2"},
		{objective.Increase, objective.Absolute, "200", "1000", "1200"},
		{objective.Decrease, objective.ToTarget, "24", "48", "24"},
		{objective.Decrease, objective.ToTarget, "24", "", "24"},
		{objective.Increase, objective.Multiple, "2", "30", "60"},
		{objective.Decrease, objective.Multiple, "2/3", "30", "20"},
		{objective.Increase, objective.Binary, "1", "", "1"},
		{objective.Decrease, objective.Relative, "25", "", "undefined: the baseline is not known"},
		{objective.Decrease, objective.Multiple, "2", "", "undefined: the baseline is not known"},
		{objective.Decrease, 0, "", "3", "undefined: the amount is not given"},
	} {
		o := objective.Objective{
			ID: "O-1", Text: "x", Direction: c.direction, Metric: "m",
			Amount: objective.Amount{Kind: c.kind, Value: num(c.value)}, Baseline: num(c.baseline),
		}
		require.Equal(t, c.want, o.TargetOf().Value.String(), "%v %v", c.kind, c.value)
	}
	stated := objective.Objective{Metric: "m", Direction: objective.Increase, Target: num("7"), Amount: objective.Amount{Kind: objective.ToTarget, Value: num("9")}}
	require.Equal(t, num("7"), stated.TargetOf().Value)
}

func TestPlanned(t *testing.T) {
	target := objective.Target{
		Metric: "m", Direction: objective.Increase, Value: num("1"), From: day("2027-01-01"), By: day("2027-01-11"),
		Plan: []objective.Step{{day("2027-01-05"), num("0.1")}, {day("2027-01-09"), num("0.9")}},
	}
	for on, want := range map[string]string{
		"2026-12-31": "0", "2027-01-01": "0", "2027-01-03": "1/20", "2027-01-05": "1/10", "2027-01-07": "1/2",
		"2027-01-09": "9/10", "2027-01-10": "19/20", "2027-01-11": "1", "2028-01-01": "1", "": "undefined: no date",
	} {
		require.Equal(t, want, target.Planned(day(on)).String(), on)
	}
	target.By = 0
	require.Equal(t, "undefined: no deadline", target.Planned(day("2027-01-10")).String())
	require.Equal(t, "1/10", target.Planned(day("2027-01-05")).String())
	target.From = 0
	require.Equal(t, "undefined: no start date", target.Planned(day("2027-01-10")).String())
}

// TestRating walks through each branch of the traffic light (KP-07).
func TestRating(t *testing.T) {
	base := objective.Target{Metric: "m", Direction: objective.Decrease, Baseline: num("20"), Value: num("10"), From: day("2027-01-01"), By: day("2027-04-11")}
	noBaseline, limit, noPlan := base, base, base
	noBaseline.Baseline = ratio.Ratio{}
	limit.Direction = objective.MaintainAtMost
	noPlan.From = 0
	half := "2027-02-20" // 50 of 100 days
	for _, c := range []struct {
		name   string
		target objective.Target
		on     string
		actual string
		rating objective.Rating
		reason string
	}{
		{"on plan", base, half, "15", objective.Green, "50 % of the way is covered, 50 % was planned by now"},
		{"at the tolerance", base, half, "16", objective.Amber, "40 % of the way is covered, 50 % was planned by now"},
		{"beyond the tolerance", base, half, "16.01", objective.Red, "40 % of the way is covered, 50 % was planned by now"},
		{"met", base, half, "9.995", objective.Green, "10.00 reaches the target of 10"},
		{"wrong way", base, half, "21", objective.Red, "21 is worse than the baseline of 20"},
		{"before the start", base, "2026-12-01", "20", objective.Green, "0 % of the way is covered, 0 % was planned by now"},
		{"deadline", base, "2027-04-11", "10.1", objective.Red, "the deadline is past and 99 % of the way is covered"},
		{"not measured", base, half, "", objective.Unrated, "not measured"},
		{"no plan", noPlan, half, "15", objective.Unrated, "50 % of the way is covered, but the plan is unknown: no start date"},
		{"no baseline yet", noBaseline, half, "15", objective.Amber, "15 misses the target of 10, and without a baseline nobody can say whether it is on its way"},
		{"no baseline late", noBaseline, "2027-05-01", "15", objective.Red, "15 misses the target of 10"},
		{"limit kept", limit, half, "10", objective.Green, "10 reaches the target of 10"},
		{"limit broken", limit, half, "10.5", objective.Red, "10.50 misses the target of 10"},
		{"invalid", objective.Target{Metric: "m", Direction: objective.Increase, Baseline: num("3"), Value: num("3")}, half, "3", objective.Unrated, "the target equals the baseline"},
	} {
		a := c.target.At(day(c.on), num(c.actual), objective.Tolerance{})
		require.Equal(t, c.rating, a.Rating, c.name)
		require.Equal(t, c.reason, a.Reason, c.name)
	}
	lenient := base.At(day(half), num("19"), objective.Tolerance{Amber: num("1/10")})
	require.Equal(t, objective.Amber, lenient.Rating)
}

// TestMoreIsNeverWorse: along the way, a better measurement never lowers the
// rating, for either direction.
func TestMoreIsNeverWorse(t *testing.T) {
	rank := map[objective.Rating]int{objective.Red: 0, objective.Amber: 1, objective.Green: 2}
	rng := rand.New(rand.NewPCG(3, 4))
	for range 2000 {
		baseline, target := rng.Int64N(100), rng.Int64N(100)
		if baseline == target {
			continue
		}
		tg := objective.Target{Metric: "m", Direction: objective.Increase, Baseline: ratio.Int(baseline), Value: ratio.Int(target), From: 1000, By: 1000 + calendar.Date(1+rng.IntN(100))}
		if target < baseline {
			tg.Direction = objective.Decrease
		}
		on := calendar.Date(990 + rng.IntN(120))
		a, b := rng.Int64N(200)-50, rng.Int64N(200)-50
		if (a > b) == (tg.Direction == objective.Increase) {
			a, b = b, a // b is at least as good as a
		}
		worse, better := tg.At(on, ratio.Int(a), objective.Tolerance{}), tg.At(on, ratio.Int(b), objective.Tolerance{})
		require.LessOrEqual(t, rank[worse.Rating], rank[better.Rating], "%+v on %v: %d, %d", tg, on, a, b)
		require.LessOrEqual(t, worse.Share.Cmp(better.Share), 0)
	}
}

func TestValidate(t *testing.T) {
	target := objective.Target{
		From: day("2027-02-01"), By: day("2027-01-01"),
		Plan: []objective.Step{{}, {day("2026-01-01"), num("1/2")}, {day("2028-01-01"), ratio.Undefined("x")}},
	}
	require.Equal(t, []string{
		"metric", "direction", "value", "by", "plan[0].on", "plan[0].attained", "plan[1].on", "plan[2].on", "plan[2].attained",
	}, paths(target.Validate()))
	require.ErrorIs(t, objective.Target{Metric: "m", Direction: objective.Increase, Baseline: num("18"), Value: num("12")}.Validate(), objective.ErrContradiction)

	o := objective.Objective{
		Direction: objective.Increase, Metric: "m", Baseline: num("18"), Target: num("12"),
		From: day("2027-02-01"), Deadline: day("2027-01-01"),
		Amount: objective.Amount{Kind: objective.Relative, High: num("3")},
	}
	require.Equal(t, []string{"id", "text", "amount.value", "target", "deadline"}, paths(o.Validate()))
	o = objective.Objective{ID: "O-1", Text: "x", Direction: objective.Decrease, Metric: "m", Baseline: num("18"), Amount: objective.Amount{Kind: objective.Relative, Value: num("0"), High: num("-1")}}
	require.Equal(t, []string{"amount.high", "amount"}, paths(o.Validate()))
	require.NoError(t, objective.Objective{ID: "O-1", Text: "to improve relations with customers"}.Validate(), "vague is not malformed")
	require.NoError(t, objective.Objective{ID: "O-1", Text: "x", Target: num("3")}.Validate())
}

func paths(err error) []string {
	var ps []string
	for _, f := range verdict.FaultsOf(err) {
		ps = append(ps, f.Path)
	}
	return ps
}

// TestMissing names the SMART parts (SC-08, SC-09).
func TestMissing(t *testing.T) {
	full := objective.Objective{
		ID: "O-1", Text: "x", Direction: objective.Decrease, Metric: "m", Baseline: num("48"), Deadline: day("2027-06-30"),
		Amount: objective.Amount{Kind: objective.Absolute, Value: num("24"), Unit: "hour"}, Owner: "service lead", Goal: "G-1",
	}
	require.True(t, full.SMART())
	for want, o := range map[string]objective.Objective{
		"[direction]":                  with(full, func(o *objective.Objective) { o.Direction = 0 }),
		"[metric]":                     with(full, func(o *objective.Objective) { o.Metric = "" }),
		"[amount]":                     with(full, func(o *objective.Objective) { o.Amount.Unit = "" }),
		"[deadline]":                   with(full, func(o *objective.Objective) { o.Deadline = 0 }),
		"[baseline]":                   with(full, func(o *objective.Objective) { o.Baseline = ratio.Ratio{} }),
		"[owner goal]":                 with(full, func(o *objective.Objective) { o.Owner, o.Goal = "", "" }),
		"[]":                           with(full, func(o *objective.Objective) { o.Amount = objective.Amount{Kind: objective.Multiple, Value: num("2")} }),
		"[deadline owner goal]":        {ID: "O-2", Text: "deliver the portal", Deliverable: "customer portal"},
		"[owner goal] with a deadline": {ID: "O-2", Text: "deliver the portal", Deliverable: "customer portal", Deadline: day("2027-06-30")},
	} {
		require.Contains(t, want, fmt.Sprint(o.Missing()))
	}
	specific := func(f func(*objective.Objective)) bool { return with(full, f).Specific() }
	require.True(t, specific(func(o *objective.Objective) { o.Deadline, o.Owner = 0, "" }))
	require.False(t, specific(func(o *objective.Objective) { o.Amount = objective.Amount{} }))
	require.False(t, objective.Objective{Deliverable: "portal"}.Specific())
	require.True(t, objective.Objective{Deliverable: "portal", Deadline: 1}.Specific())
	require.True(t, with(full, func(o *objective.Objective) {
		o.Amount, o.Target, o.Baseline = objective.Amount{}, num("24"), ratio.Ratio{}
	}).SMART())
}

func with(o objective.Objective, change func(*objective.Objective)) objective.Objective {
	change(&o)
	return o
}

func TestJSONRoundTrip(t *testing.T) {
	want := objective.Objective{
		ID: "O-1", Text: "cut", Direction: objective.Decrease, Metric: "m", Target: num("7.5"), Deadline: day("2027-06-30"),
		Amount: objective.Amount{Kind: objective.Points, Value: num("5"), High: num("10"), Unit: "percentage point"},
		Plan:   []objective.Step{{day("2027-03-31"), num("1/3")}},
	}
	b, err := json.Marshal(want)
	require.NoError(t, err)
	var got objective.Objective
	require.NoError(t, json.Unmarshal(b, &got))
	require.Empty(t, cmp.Diff(want, got))
	b, err = json.Marshal(objective.Objective{ID: "O-2", Text: "wish"})
	require.NoError(t, err)
	require.JSONEq(t, `{"id":"O-2","text":"wish"}`, string(b))
}

func TestEnums(t *testing.T) {
	checkEnum(t, objective.MaintainAtMost, objective.ParseDirection, (*objective.Direction).UnmarshalText)
	checkEnum(t, objective.Binary, objective.ParseAmountKind, (*objective.AmountKind).UnmarshalText)
	checkEnum(t, objective.InvalidTarget, objective.ParseResult, (*objective.Result).UnmarshalText)
	checkEnum(t, objective.Unrated, objective.ParseRating, (*objective.Rating).UnmarshalText)
	checkEnum(t, objective.PartGoal, objective.ParsePart, (*objective.Part).UnmarshalText)
	require.Zero(t, objective.Direction(0).Better())
}

func checkEnum[T interface {
	~uint8
	fmt.Stringer
	IsValid() bool
	MarshalText() ([]byte, error)
}](t *testing.T, last T, parse func(string) (T, error), unmarshal func(*T, []byte) error) {
	t.Helper()
	for v := T(1); v <= last; v++ {
		require.True(t, v.IsValid())
		text, err := v.MarshalText()
		require.NoError(t, err)
		back, err := parse(string(text))
		require.NoError(t, err)
		require.Equal(t, v, back)
		var again T
		require.NoError(t, unmarshal(&again, text))
		require.Equal(t, v, again)
	}
	beyond := last + 1
	require.False(t, beyond.IsValid())
	_, err := beyond.MarshalText()
	require.Error(t, err)
}

// FuzzTarget holds that no target and no measurement leads to a panic, and that
// a share within the target's reach is never rated by a rounding error.
func FuzzTarget(f *testing.F) {
	f.Add(int64(16), int64(1), int64(12), int64(1), int64(13), int64(1), uint8(2), int32(740_000), int32(740_100), int32(740_050))
	f.Fuzz(func(t *testing.T, bn, bd, tn, td, an, ad int64, direction uint8, from, by, on int32) {
		target := objective.Target{
			Metric: "m", Direction: objective.Direction(direction), Baseline: ratio.New(bn, bd), Value: ratio.New(tn, td),
			From: calendar.Date(from), By: calendar.Date(by),
		}
		a := target.At(calendar.Date(on), ratio.New(an, ad), objective.Tolerance{})
		require.True(t, a.Result.IsValid())
		require.True(t, a.Rating.IsValid())
		require.NotEmpty(t, a.Reason)
		if a.Share.Defined() {
			require.Equal(t, a.Share.AtLeast(ratio.Int(1)), a.Result == objective.ReachedTarget)
			require.Equal(t, a.Share.Sign() < 0, a.Result == objective.Regressed)
		}
	})
}

func FuzzObjectiveJSON(f *testing.F) {
	f.Add([]byte(`{"id":"O-1","text":"x","direction":"decrease","amount":{"kind":"relative","value":25,"unit":"percent"},"baseline":"16","deadline":"2027-12-31"}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		var o objective.Objective
		if json.Unmarshal(data, &o) != nil {
			return
		}
		_ = o.Validate()
		_ = o.Missing()
		_ = o.TargetOf().At(calendar.MinDate, ratio.Int(1), objective.Tolerance{})
		b, err := json.Marshal(o)
		require.NoError(t, err)
		var again objective.Objective
		require.NoError(t, json.Unmarshal(b, &again))
		second, err := json.Marshal(again)
		require.NoError(t, err)
		require.Equal(t, string(b), string(second))
	})
}
