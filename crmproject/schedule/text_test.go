package schedule_test

import (
	"encoding"
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/schedule"
	"github.com/crmrollout/crm/crmproject/verdict"
)

func TestParseRelation(t *testing.T) {
	rel := func(kind schedule.Type, amount int, unit schedule.Unit) schedule.Relation {
		return schedule.Relation{Type: kind, Lag: schedule.Lag{Amount: amount, Unit: unit}}
	}
	for _, c := range []struct {
		in   string
		want schedule.Relation
		out  string
	}{
		{"FS", schedule.Relation{}, "FS"},
		{"FS+2", rel(schedule.FS, 2, schedule.Working), "FS+2"},
		{"ss-1e", rel(schedule.SS, -1, schedule.Elapsed), "SS-1e"},
		{"FF+50%", rel(schedule.FF, 50, schedule.Percent), "FF+50%"},
		{"SF-3d", rel(schedule.SF, -3, schedule.Working), "SF-3"},
		{"Fs+2ed", rel(schedule.FS, 2, schedule.Elapsed), "FS+2e"},
		{"FS+0", schedule.Relation{}, "FS"},
		{"FS+0e", rel(schedule.FS, 0, schedule.Elapsed), "FS+0e"},
		{"FS+2147483647", rel(schedule.FS, schedule.MaxLag, schedule.Working), "FS+2147483647"},
		{"FS-2147483647", rel(schedule.FS, -schedule.MaxLag, schedule.Working), "FS-2147483647"},
	} {
		got, err := schedule.ParseRelation(c.in)
		require.NoError(t, err, c.in)
		require.Equal(t, c.want, got, c.in)
		require.Equal(t, c.out, got.String())
		require.Equal(t, got, schedule.MustParseRelation(c.out))
	}
	for in, want := range map[string]error{
		"": verdict.ErrMissing, "F": verdict.ErrUnknown, "FX": verdict.ErrUnknown, "2": verdict.ErrUnknown, "FS2": verdict.ErrInvalid,
		"FS+": verdict.ErrInvalid, "FS+d": verdict.ErrInvalid, "FS++2": verdict.ErrUnknown, "FS+2x": verdict.ErrUnknown, "FS+2 d": verdict.ErrUnknown,
		"FS+2147483648": verdict.ErrRange, "FS-2147483648": verdict.ErrRange, "FS+99999999999999999999": verdict.ErrRange,
		"FS+1.5": verdict.ErrUnknown, "FS 2": verdict.ErrInvalid, "FSe": verdict.ErrInvalid, strings.Repeat("x", 1000): verdict.ErrUnknown,
	} {
		_, err := schedule.ParseRelation(in)
		require.ErrorIs(t, err, want, in)
		require.Less(t, len(err.Error()), 200)
		require.True(t, strings.HasPrefix(err.Error(), "schedule: "), err)
	}
	require.Panics(t, func() { schedule.MustParseRelation("x") })
	bad := schedule.Relation{Type: 7, Lag: schedule.Lag{Amount: 1, Unit: 9}}
	require.False(t, bad.IsValid())
	require.Equal(t, "type(7)+1?", bad.String())
	_, err := bad.MarshalText()
	require.ErrorIs(t, err, verdict.ErrInvalid)
	require.Equal(t, "A -FS-> B", schedule.Link{From: "A", To: "B"}.String())
	require.Equal(t, `"" -SS+2-> "\n"`, schedule.Link{To: "\n", Relation: schedule.MustParseRelation("SS+2")}.String())
}

// Percentages become working units once, half to even.
func TestPercentLag(t *testing.T) {
	for _, c := range []struct{ percent, duration, want int }{
		{50, 10, 15}, {50, 5, 7}, {50, 7, 11}, {25, 10, 12}, {25, 6, 8}, {-50, 5, 3}, {-50, 7, 3}, {100, 0, 0}, {33, 10, 13}, {0, 9, 9}, {-25, 10, 8},
	} {
		n := schedule.MustCompile(schedule.Definition{
			Activities: []schedule.Activity{{ID: "a", Duration: c.duration}, {ID: "b", Duration: 1}},
			Links:      []schedule.Link{{From: "a", To: "b", Relation: schedule.Relation{Lag: schedule.Lag{Amount: c.percent, Unit: schedule.Percent}}}},
		})
		p, err := n.Offsets()
		require.NoError(t, err)
		b, _ := p.Timing("b")
		require.Equal(t, c.want, b.ES, "%+v", c)
	}
}

func TestPoint(t *testing.T) {
	for _, text := range []string{"", "2027-03-01", "+8", "-3", "+0"} {
		p, err := schedule.ParsePoint(text)
		require.NoError(t, err)
		require.Equal(t, text, p.String())
		require.Equal(t, text == "", p.IsZero())
		require.True(t, p.Equal(schedule.MustParsePoint(text)))
	}
	require.Equal(t, date("2027-03-01"), schedule.MustParsePoint("2027-03-01").Date())
	require.Zero(t, schedule.After(5).Date())
	units, ok := schedule.After(5).Offset()
	require.True(t, ok)
	require.Equal(t, 5, units)
	_, ok = schedule.On(day0).Offset()
	require.False(t, ok)
	require.True(t, schedule.On(0).IsZero())
	for in, want := range map[string]error{
		"8": calendar.ErrSyntax, "2027-02-30": calendar.ErrRange, "+x": verdict.ErrInvalid, "+99999999999999999999": verdict.ErrRange, "-9223372036854775808": verdict.ErrRange,
	} {
		_, err := schedule.ParsePoint(in)
		require.ErrorIs(t, err, want, in)
	}
	require.Panics(t, func() { schedule.MustParsePoint("x") })
}

// word is an enumeration.
type word interface {
	comparable
	fmt.Stringer
	encoding.TextMarshaler
	encoding.TextAppender
	IsValid() bool
}

// checkWords checks the six methods of an enumeration from its first value on.
func checkWords[T word, P interface {
	*T
	encoding.TextUnmarshaler
}](t *testing.T, parse func(string) (T, error), unknown T, values ...T) {
	t.Helper()
	for _, v := range values {
		require.True(t, v.IsValid())
		text, err := v.MarshalText()
		require.NoError(t, err)
		require.Equal(t, v.String(), string(text))
		parsed, err := parse(string(text))
		require.NoError(t, err)
		require.Equal(t, v, parsed)
		var back T
		require.NoError(t, P(&back).UnmarshalText(text))
		require.Equal(t, v, back)
		require.Error(t, P(&back).UnmarshalText([]byte("no such word")))
		require.Equal(t, v, back, "unchanged on error")
	}
	require.False(t, unknown.IsValid())
	require.NotEmpty(t, unknown.String())
	_, err := unknown.AppendText(nil)
	require.ErrorIs(t, err, verdict.ErrUnknown)
}

func TestWords(t *testing.T) {
	checkWords(t, schedule.ParseType, 9, schedule.FS, schedule.SS, schedule.FF, schedule.SF)
	checkWords(t, schedule.ParseUnit, 9, schedule.Working, schedule.Elapsed, schedule.Percent)
	checkWords(t, schedule.ParseKind, 9, schedule.Work, schedule.Milestone, schedule.StartMilestone)
	checkWords(t, schedule.ParseConstraintKind, 9, schedule.StartNoEarlier, schedule.StartNoLater, schedule.FinishNoEarlier,
		schedule.FinishNoLater, schedule.MustStart, schedule.MustFinish)
	checkWords(t, schedule.ParseState, 9, schedule.NotStarted, schedule.InProgress, schedule.Finished)
	checkWords(t, schedule.ParseCause, 9, schedule.ByProjectStart, schedule.ByStatusDate, schedule.ByConstraint, schedule.ByLink, schedule.ByActual)
	checkWords(t, schedule.ParseVarianceRule, 9, schedule.ClassicVariance, schedule.BetaVariance)
	require.True(t, schedule.MustFinish.Hard())
	require.False(t, schedule.StartNoEarlier.Hard())
}

// Plain data survives JSON unchanged.
func TestJSON(t *testing.T) {
	d := schedule.Definition{
		Name: "all", Calendar: "every", Calendars: patterns(), Deadline: schedule.After(40),
		Resources: []schedule.Resource{{ID: "team", Name: "The team", Capacity: 3}},
		Activities: []schedule.Activity{
			{ID: "a", Name: "A", Group: "G", Duration: 3, Kind: schedule.Work, Calendar: "gulf", Uses: []schedule.Use{{Resource: "team", Units: 2}},
				Constraints: []schedule.Constraint{{Kind: schedule.MustStart, At: schedule.On(day0)}, {Kind: schedule.FinishNoLater, At: schedule.After(-1)}}},
			{ID: "b", Deadline: schedule.On(day0)},
		},
		Links: []schedule.Link{{From: "a", To: "b"}, {From: "a", To: "b", Relation: schedule.MustParseRelation("SS+50%")}},
	}
	roundTrip(t, d)
	text, err := json.Marshal(d.Links)
	require.NoError(t, err)
	require.JSONEq(t, `[{"from":"a","to":"b"},{"from":"a","to":"b","relation":"SS+50%"}]`, string(text))
	p := plan(t, d)
	at, _ := p.Timing("a")
	roundTrip(t, at)
	for _, s := range p.Why("b") {
		roundTrip(t, s)
	}
	path, _ := p.PathTo("b")
	roundTrip(t, path)
	roundTrip(t, schedule.Status{AsOf: day0, Actuals: []schedule.Actual{{ID: "a", Start: day0, Remaining: 3}, {ID: "b", Finish: day0}}})
	roundTrip(t, schedule.Compare(p, plan(t, rollout())))
	for _, m := range (schedule.Facts{Plan: p, AsOf: day0}).Metrics() {
		roundTrip(t, m)
	}
	offsets, err := schedule.MustCompile(rollout()).PERT(map[string]schedule.ThreePoint{"build": {Optimistic: 1, MostLikely: 2, Pessimistic: 3}}, 0)
	require.NoError(t, err)
	roundTrip(t, *offsets)
	roundTrip(t, schedule.Overload{Resource: "r", From: day0, Until: day0, Units: 2, Capacity: 1, Activities: []string{"a"}})
}

func roundTrip[T any](t *testing.T, v T) {
	t.Helper()
	text, err := json.Marshal(v)
	require.NoError(t, err)
	var back T
	require.NoError(t, json.Unmarshal(text, &back), string(text))
	require.Empty(t, cmp.Diff(v, back))
}

func FuzzParseRelation(f *testing.F) {
	for _, s := range []string{"FS", "FS+2", "SS-1e", "FF+50%", "sf-3ed", "FS+0e", "FS+2147483647", "FSe", ""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		r, err := schedule.ParseRelation(s)
		if err != nil {
			return
		}
		require.True(t, r.IsValid())
		text, err := r.MarshalText()
		require.NoError(t, err)
		again, err := schedule.ParseRelation(string(text))
		require.NoError(t, err)
		require.Equal(t, r, again)
		var back schedule.Relation
		require.NoError(t, back.UnmarshalText(text))
		require.Equal(t, r, back)
	})
}

func FuzzParsePoint(f *testing.F) {
	for _, s := range []string{"", "2027-03-01", "+8", "-0", "+1152921504606846975", "+1_0", "9999-12-31"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		p, err := schedule.ParsePoint(s)
		if err != nil {
			return
		}
		again, err := schedule.ParsePoint(p.String())
		require.NoError(t, err)
		require.Equal(t, p, again)
		var back schedule.Point
		require.NoError(t, back.UnmarshalText([]byte(p.String())))
		require.Equal(t, p, back)
	})
}

// Every word that an enumeration reads, it writes back.
func FuzzWords(f *testing.F) {
	for _, s := range []string{"", "FS", "working", "milestone", "must_start", "in progress", "LINK", "beta-pert"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		fuzzWord[schedule.Type](t, s)
		fuzzWord[schedule.Unit](t, s)
		fuzzWord[schedule.Kind](t, s)
		fuzzWord[schedule.ConstraintKind](t, s)
		fuzzWord[schedule.State](t, s)
		fuzzWord[schedule.Cause](t, s)
		fuzzWord[schedule.VarianceRule](t, s)
	})
}

func fuzzWord[T interface {
	comparable
	encoding.TextMarshaler
}, P interface {
	*T
	encoding.TextUnmarshaler
}](t *testing.T, s string) {
	t.Helper()
	var v, back T
	if P(&v).UnmarshalText([]byte(s)) != nil {
		require.Equal(t, back, v, "unchanged on error")
		return
	}
	text, err := v.MarshalText()
	require.NoError(t, err)
	require.NoError(t, P(&back).UnmarshalText(text))
	require.Equal(t, v, back)
}

// Whatever JSON describes is refused with located faults, or can be planned; and
// the definition comes back as it was.
func FuzzDefinition(f *testing.F) {
	seed, err := json.Marshal(rollout())
	require.NoError(f, err)
	f.Add(string(seed))
	f.Add(`{"activities":[{"id":"a","duration":9},{"id":"b","kind":"start_milestone","constraints":[{"kind":"must_start","at":"9999-12-30"}]}],"links":[{"from":"a","to":"b","relation":"SF-50%"}]}`)
	f.Add(`{"calendars":[{"id":"x","pattern":{"week":"sun"}}],"activities":[{"id":"a","duration":1000000000}],"deadline":"+5"}`)
	f.Add(`{"activities":[{"id":"a"},{"id":"a"},{"id":""}],"links":[{"from":"a","to":"a"}]}`)
	f.Fuzz(func(t *testing.T, text string) {
		var d schedule.Definition
		if json.Unmarshal([]byte(text), &d) != nil {
			return
		}
		n, err := schedule.Compile(d)
		if err != nil {
			require.NotEmpty(t, verdict.FaultsOf(err))
			return
		}
		require.Equal(t, len(d.Activities), n.Len())
		if p, err := n.Offsets(); err == nil {
			var passes schedule.Passes
			require.NoError(t, passes.Run(n))
			require.Equal(t, p.FinishOffset(), passes.Finish())
			require.Equal(t, p.MinFloat(), passes.MinFloat())
		}
		if p, err := n.Plan(day0); err == nil {
			for at := range p.All() {
				require.GreaterOrEqual(t, at.TotalFloat, p.MinFloat())
				require.GreaterOrEqual(t, at.FreeFloat, 0)
				require.NotEmpty(t, p.Why(at.ID))
			}
			_ = p.Mermaid() + p.DOT()
			verdict.Run(schedule.Facts{Plan: p, Baseline: p, AsOf: day0}, schedule.Rules()...)
		}
	})
}

// Sums that would not fit are refused.
func TestOverflowIsRefused(t *testing.T) {
	const most = math.MaxInt / 8
	two := func(a, b int, l schedule.Lag) error {
		return schedule.Definition{
			Activities: []schedule.Activity{{ID: "a", Duration: a}, {ID: "b", Duration: b}},
			Links:      []schedule.Link{{From: "a", To: "b", Relation: schedule.Relation{Lag: l}}},
		}.Validate()
	}
	require.NoError(t, two(most-1, 1, schedule.Lag{}))
	require.ErrorIs(t, two(most, 1, schedule.Lag{}), verdict.ErrRange)
	require.ErrorIs(t, two(most+1, 0, schedule.Lag{}), verdict.ErrRange)
	require.ErrorIs(t, two(-1, 1, schedule.Lag{}), verdict.ErrRange)
	require.ErrorIs(t, two(most-1, 1, schedule.Lag{Amount: 1}), verdict.ErrRange)
	require.ErrorIs(t, two(most-1, 1, schedule.Lag{Amount: -1}), verdict.ErrRange)
	require.ErrorIs(t, two(most/2, 1, schedule.Lag{Amount: 200, Unit: schedule.Percent}), verdict.ErrRange)
	require.ErrorIs(t, two(most/2, 1, schedule.Lag{Amount: -schedule.MaxLag, Unit: schedule.Percent}), verdict.ErrRange)
	require.ErrorIs(t, two(1, 1, schedule.Lag{Amount: schedule.MaxLag + 1}), verdict.ErrRange)

	d := schedule.Definition{Activities: []schedule.Activity{{ID: "a", Duration: most}}, Deadline: schedule.After(-most)}
	p, err := schedule.MustCompile(d).Offsets()
	require.NoError(t, err)
	require.Equal(t, -2*most, p.MinFloat())
	d.Deadline = schedule.After(most + 1)
	require.ErrorIs(t, d.Validate(), verdict.ErrRange)
	_, err = schedule.MustCompile(schedule.Definition{Activities: d.Activities}).Plan(day0)
	require.ErrorIs(t, err, verdict.ErrRange)
	require.EqualError(t, err, `schedule: activity "a": out of range: its dates lie outside the years 1 to 9999`)
}
