package scope_test

import (
	"encoding/json"
	"errors"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/money"
	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/scope"
)

type changeFile struct {
	States      []scope.State
	Transitions [][2]scope.State
	Cases       []changeCase
}

type changeCase struct {
	Do                 []scope.State
	OK                 bool
	Why                string
	Requester, Decider string
	AssessedAt         int   `json:"assessed_at_baseline"`
	Current            int   `json:"current_baseline"`
	Cost               int64 `json:"cost"`
	Limit              int64 `json:"authority_limit"`
}

// none is an assessment that finds no impact in any respect.
func none(version int) scope.Assessment {
	n := scope.Impact{Level: scope.NoImpact}
	return scope.Assessment{Baseline: version, Scope: n, Schedule: n, Cost: n, Quality: n, Risk: n}
}

// run takes the steps of a case; it stops at the first refusal.
func (c changeCase) run() (scope.Change, error) {
	change := scope.Change{ID: "CR-1", Title: "More", Requester: or(c.Requester, "sales"), State: scope.Draft}
	assessment := none(max(c.AssessedAt, 1))
	assessment.Amount = money.FromMinor(100*c.Cost, money.EUR)
	ground := scope.Ground{Baseline: max(c.Current, 1), Authority: scope.Authority{Amount: money.FromMinor(100*c.Limit, money.EUR)}}
	for i, to := range c.Do {
		if to == scope.Implemented {
			ground.Baseline = max(c.Current, 1) + 1
		}
		next, err := change.Advance(scope.Move{To: to, By: or(c.Decider, "sponsor"), On: day("2027-03-01").AddDays(i), Assessment: assessment}, ground)
		if err != nil {
			return change, err
		}
		change = next
	}
	return change, nil
}

func or(s, byDefault string) string {
	if s == "" {
		return byDefault
	}
	return s
}

// SC-25: the reference cases.
func TestChangeReference(t *testing.T) {
	var file changeFile
	reference(t, "change_requests.json", &file)
	require.Len(t, file.Cases, 13)
	for _, c := range file.Cases {
		change, err := c.run()
		require.Equal(t, c.OK, err == nil, "%s %v: %v", c.Why, c.Do, err)
		require.NoError(t, change.Validate())
		var refusal *scope.Refusal
		require.Equal(t, !c.OK, errors.As(err, &refusal))
		if c.OK {
			require.Len(t, change.History, len(c.Do), "the history is kept")
		}
	}
}

// The states and steps are those of the reference, no more and no fewer.
func TestTransitions(t *testing.T) {
	var file changeFile
	reference(t, "change_requests.json", &file)
	want := map[[2]scope.State]bool{}
	for _, step := range file.Transitions {
		want[step] = true
	}
	for i, from := range file.States {
		require.Equal(t, scope.State(i+1), from)
		for _, to := range file.States {
			require.Equal(t, want[[2]scope.State{from, to}], slices.Contains(from.Next(), to), "%s to %s", from, to)
		}
	}
	require.Empty(t, scope.State(0).Next())
}

// assessedChange returns a request that waits for a decision.
func assessedChange(t *testing.T, with func(*scope.Assessment)) scope.Change {
	t.Helper()
	a := none(3)
	a.Amount, a.Delay = money.MustParse("20000 EUR"), 10
	if with != nil {
		with(&a)
	}
	c := scope.Change{
		ID: "CR-7", Title: "Chat", Requester: "Head of Sales",
		Delta: []scope.Touch{{Operation: scope.Added, Kind: scope.ElementFeature, ID: "F-5"}},
	}
	var err error
	c, err = c.Advance(scope.Move{To: scope.Submitted, By: "Head of Sales", On: day("2027-03-01")}, scope.Ground{Baseline: 3})
	require.NoError(t, err)
	c, err = c.Advance(scope.Move{To: scope.Assessed, By: "pm", On: day("2027-03-02"), Assessment: a}, scope.Ground{Baseline: 3})
	require.NoError(t, err)
	return c
}

var approval = scope.Move{To: scope.Approved, By: "sponsor", On: calendar.MustParse("2027-03-03")}

func ground() scope.Ground {
	return scope.Ground{Baseline: 3, Authority: scope.Authority{Amount: money.MustParse("20000 EUR"), Delay: 10}}
}

func TestApproval(t *testing.T) {
	c, err := assessedChange(t, nil).Advance(approval, ground())
	require.NoError(t, err, "both limits are inclusive")
	require.Equal(t, scope.Approved, c.State)
	require.Equal(t, approval.On, c.DecidedOn())

	for name, tc := range map[string]struct {
		want   error
		change func(*scope.Assessment)
		move   func(*scope.Move)
		ground func(*scope.Ground)
	}{
		"self":              {want: scope.ErrSelf, move: func(m *scope.Move) { m.By = " head  of SALES " }},
		"stale":             {want: scope.ErrStale, ground: func(g *scope.Ground) { g.Baseline = 4 }},
		"no baseline":       {want: scope.ErrNoBaseline, ground: func(g *scope.Ground) { g.Baseline = 0 }},
		"cost":              {want: scope.ErrAuthority, change: func(a *scope.Assessment) { a.Amount = money.MustParse("20000.01 EUR") }},
		"delay":             {want: scope.ErrAuthority, change: func(a *scope.Assessment) { a.Delay = 11 }},
		"no authority":      {want: scope.ErrAuthority, ground: func(g *scope.Ground) { g.Authority = scope.Authority{} }},
		"other currency":    {want: money.ErrCurrency, change: func(a *scope.Assessment) { a.Amount = money.MustParse("1 USD") }},
		"nobody":            {want: verdict.ErrMissing, move: func(m *scope.Move) { m.By = "" }},
		"no day":            {want: verdict.ErrMissing, move: func(m *scope.Move) { m.On = 0 }},
		"before assessment": {want: verdict.ErrRange, move: func(m *scope.Move) { m.On = day("2027-03-01") }},
	} {
		t.Run(name, func(t *testing.T) {
			c, m, g := assessedChange(t, tc.change), approval, ground()
			if tc.move != nil {
				tc.move(&m)
			}
			if tc.ground != nil {
				tc.ground(&g)
			}
			same, err := c.Advance(m, g)
			require.ErrorIs(t, err, tc.want)
			require.Empty(t, diff(c, same), "refused, it stays as it was")
			var refusal *scope.Refusal
			require.ErrorAs(t, err, &refusal)
			require.Equal(t, "CR-7", refusal.Change)
		})
	}
}

// A saving is within anybody's authority.
func TestApprovalOfSaving(t *testing.T) {
	c := assessedChange(t, func(a *scope.Assessment) { a.Amount, a.Delay = money.MustParse("-5000 EUR"), -3 })
	_, err := c.Advance(approval, scope.Ground{Baseline: 3})
	require.NoError(t, err)
}

// Every reason is given, not the first.
func TestRefusalListsEverything(t *testing.T) {
	c := assessedChange(t, nil)
	_, err := c.Advance(scope.Move{To: scope.Approved, By: "head of sales", On: day("2027-02-01")}, scope.Ground{Baseline: 4})
	var refusal *scope.Refusal
	require.ErrorAs(t, err, &refusal)
	require.Len(t, refusal.Reasons, 5)
	for _, want := range []error{verdict.ErrRange, scope.ErrStale, scope.ErrSelf, scope.ErrAuthority} {
		require.ErrorIs(t, err, want)
	}
	require.Equal(t, `scope: change "CR-7" does not go from assessed to "approved": `+
		`out of range: 2027-02-01 is before the last step, of 2027-03-02; `+
		`assessed against another baseline than the one in force: version 3, in force is 4; `+
		`requester and decider are the same: "head of sales"; `+
		`beyond the authority of the decider: it costs 20,000.00 EUR, the limit is not stated; `+
		`beyond the authority of the decider: it delays the end by 10 days, the limit is 0`, err.Error())

	submitted := scope.Change{ID: "CR-8", Requester: "x", State: scope.Submitted}
	_, err = submitted.Advance(approval, ground())
	require.ErrorIs(t, err, scope.ErrStep)
	require.ErrorIs(t, err, scope.ErrNotAssessed)
	require.ErrorContains(t, err, "scope, schedule, cost, quality, risk")
}

func TestAssessmentNeedsEveryImpact(t *testing.T) {
	c := scope.Change{ID: "CR-1", Requester: "x", State: scope.Submitted}
	a := none(1)
	a.Quality.Level, a.Risk.Level = 0, 77
	_, err := c.Advance(scope.Move{To: scope.Assessed, By: "pm", On: day("2027-03-02"), Assessment: a}, scope.Ground{})
	require.ErrorIs(t, err, scope.ErrNotAssessed)
	require.ErrorContains(t, err, "quality, risk")
	require.NotContains(t, err.Error(), "cost")
}

func TestStepsThatDoNotExist(t *testing.T) {
	for _, tc := range []struct {
		from, to scope.State
		hint     string
	}{
		{scope.Approved, scope.Withdrawn, "cancelled by a new request"},
		{scope.Rejected, scope.Implemented, "rejected work is not done"},
		{scope.Deferred, scope.Approved, "assessed again"},
		{scope.Closed, scope.Draft, "goes to nowhere"},
		{scope.Draft, 0, `""`},
		{77, scope.Approved, "state(77)"},
	} {
		c := scope.Change{ID: "CR-1", Requester: "x", State: tc.from, Assessment: none(3)}
		_, err := c.Advance(scope.Move{To: tc.to, By: "sponsor", On: day("2027-03-02")}, ground())
		require.ErrorIs(t, err, scope.ErrStep)
		require.ErrorContains(t, err, tc.hint)
	}
}

func TestImplementation(t *testing.T) {
	c, err := assessedChange(t, nil).Advance(approval, ground())
	require.NoError(t, err)
	build := scope.Move{To: scope.Implemented, By: "pm", On: day("2027-04-01")}
	chat := c.Delta[0]
	extra := scope.Touch{Operation: scope.Deleted, Kind: scope.ElementRole, ID: "admin"}

	_, err = c.Advance(build, scope.Ground{Baseline: 3, Delta: c.Delta})
	require.ErrorIs(t, err, scope.ErrNoBaseline)
	_, err = c.Advance(build, scope.Ground{Baseline: 4})
	require.ErrorIs(t, err, scope.ErrDelta)
	require.ErrorContains(t, err, "lacks \"feature F-5 added\"")
	_, err = c.Advance(build, scope.Ground{Baseline: 4, Delta: []scope.Touch{chat, extra}})
	require.ErrorContains(t, err, "nobody approved \"role admin deleted\"")
	done, err := c.Advance(build, scope.Ground{Baseline: 4, Delta: []scope.Touch{extra, chat}, Beside: []scope.Touch{extra}})
	require.NoError(t, err, "another request accounts for the rest")

	check := scope.Move{To: scope.Verified, By: "tester", On: day("2027-04-02")}
	many := strings.Fields("R-1 R-2 R-3 R-4 R-5 R-6 R-7")
	_, err = done.Advance(check, scope.Ground{Baseline: 4, Suspect: many})
	require.ErrorIs(t, err, scope.ErrSuspect)
	require.ErrorContains(t, err, `"R-5" and 2 more`)
	back, err := done.Advance(scope.Move{To: scope.Approved, By: "Head of Sales", On: day("2027-04-02")}, scope.Ground{})
	require.NoError(t, err, "a failed verification is no new decision")
	require.Equal(t, approval.On, back.DecidedOn())
	verified, err := done.Advance(check, scope.Ground{Baseline: 4})
	require.NoError(t, err)
	closed, err := verified.Advance(scope.Move{To: scope.Closed, By: "pm", On: day("2027-04-03")}, scope.Ground{Baseline: 4})
	require.NoError(t, err)
	require.True(t, closed.Approved())
	require.NoError(t, closed.Validate())
}

// SC-26: an approved change owes people a notice.
func TestOwes(t *testing.T) {
	waiting := assessedChange(t, nil)
	require.False(t, waiting.Owes())
	c, err := waiting.Advance(approval, ground())
	require.NoError(t, err)
	require.True(t, c.Owes())
	c.Notices = []scope.Notice{{On: day("2027-03-02"), To: "everybody"}}
	require.True(t, c.Owes(), "told before the decision is not told of it")
	c.Notices = append(c.Notices, scope.Notice{On: approval.On, To: "everybody"})
	require.False(t, c.Owes())

	rejected := scope.Change{State: scope.Closed, History: []scope.Step{{From: scope.Rejected, To: scope.Closed}}}
	require.False(t, rejected.Approved())
	require.False(t, rejected.Owes())
}

func TestChangeJSON(t *testing.T) {
	c, err := assessedChange(t, nil).Advance(approval, ground())
	require.NoError(t, err)
	c.Origin = scope.OriginControl // SC-30
	c.Notices = []scope.Notice{{On: approval.On, To: "all", By: "pm"}}
	data, err := json.Marshal(c)
	require.NoError(t, err)
	var back scope.Change
	require.NoError(t, json.Unmarshal(data, &back))
	require.Empty(t, diff(c, back))
	require.NoError(t, back.Validate())
}

func TestChangeFaults(t *testing.T) {
	require.Equal(t, []string{"id", "title", "requester"}, pathsOf(scope.Change{}.Validate()))
	c := scope.Change{
		ID: "CR-1", Title: "t", Requester: "x", State: 88, Origin: 9,
		Delta: []scope.Touch{
			{Operation: scope.Added, Kind: scope.ElementFeature, ID: "F-1"},
			{Operation: scope.Deleted, Kind: scope.ElementFeature, ID: "F-1"},
			{Kind: 9},
		},
		Assessment: scope.Assessment{Baseline: -1, Cost: scope.Impact{Level: 9}, Amount: money.FromMinor(1, 3)},
		History: []scope.Step{
			{From: scope.Submitted, To: scope.Assessed, By: "a", On: day("2027-01-02")},
			{From: scope.Assessed, To: scope.Closed, On: day("2027-01-01")},
		},
		Notices: []scope.Notice{{}},
	}
	require.Equal(t, []string{
		"origin", "state", "delta[1].id", "delta[2].operation", "delta[2].kind", "delta[2].id",
		"assessment.baseline", "assessment.cost.level", "assessment.amount",
		"history[0].from", "history[1].to", "history[1].by", "history[1].on", "state", "notices[0].on", "notices[0].to",
	}, pathsOf(c.Validate()))
}

// Random walks: whatever is accepted is valid, keeps its history, and leaves the
// request it came from alone.
func TestAdvanceLaws(t *testing.T) {
	rng := rand.New(rand.NewPCG(9, 10))
	people := []string{"sales", "sponsor", ""}
	for range 300 {
		c := scope.Change{ID: "CR", Title: "t", Requester: "sales"}
		for range 15 {
			m := scope.Move{To: scope.State(1 + rng.IntN(10)), By: people[rng.IntN(3)], On: day("2027-01-01").AddDays(rng.IntN(40))}
			if rng.IntN(4) > 0 {
				m.Assessment = none(1 + rng.IntN(2))
			}
			before, err := json.Marshal(c)
			require.NoError(t, err)
			next, refused := c.Advance(m, scope.Ground{Baseline: rng.IntN(3)})
			after, err := json.Marshal(c)
			require.NoError(t, err)
			require.Equal(t, before, after)
			if refused != nil {
				require.NotEmpty(t, refused.Error())
				continue
			}
			require.Len(t, next.History, len(c.History)+1)
			require.NoError(t, next.Validate())
			if next.State == scope.Approved && c.State == scope.Assessed {
				require.NotEqual(t, "sales", m.By)
			}
			c = next
		}
	}
}
