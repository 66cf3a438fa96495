package stakeholder_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/stakeholder"
)

func TestGrid(t *testing.T) {
	for _, c := range []struct {
		grid stakeholder.Grid
		at   stakeholder.Position
		want stakeholder.Quadrant
		ok   bool
	}{
		{stakeholder.Grid{}, stakeholder.Position{4, 4}, stakeholder.ManageClosely, true},
		{stakeholder.Grid{}, stakeholder.Position{3, 3}, stakeholder.Monitor, true},
		{stakeholder.Grid{}, stakeholder.Position{6, 3}, 0, false},
		{stakeholder.Grid{}, stakeholder.Position{3, 6}, 0, false},
		{stakeholder.Grid{}, stakeholder.Position{0, 3}, 0, false},
		{stakeholder.Grid{}, stakeholder.Position{3, -1}, 0, false},
		{stakeholder.Grid{Max: 3, Cut: 1}, stakeholder.Position{2, 1}, stakeholder.KeepSatisfied, true},
		{stakeholder.Grid{Max: 3}, stakeholder.Position{2, 1}, 0, false}, // nothing would be high
		{stakeholder.Grid{Cut: -1}, stakeholder.Position{2, 1}, 0, false},
		{stakeholder.Grid{Max: 10}, stakeholder.Position{3, 10}, stakeholder.KeepInformed, true},
	} {
		q, ok := c.grid.Quadrant(c.at)
		require.Equal(t, c.want, q, c)
		require.Equal(t, c.ok, ok, c)
	}
	require.True(t, stakeholder.KeepSatisfied.Powerful())
	require.False(t, stakeholder.KeepInformed.Powerful())
	f := sound()
	require.Equal(t, []string{"S-1"}, f.Register.In(stakeholder.ManageClosely))
	require.Empty(t, f.Register.In(stakeholder.Monitor))
}

func TestPowerful(t *testing.T) {
	var r stakeholder.Register
	require.True(t, r.Powerful(stakeholder.Stakeholder{Salience: stakeholder.Dormant}))
	require.False(t, r.Powerful(stakeholder.Stakeholder{Salience: stakeholder.Dependent}))
	require.False(t, r.Powerful(stakeholder.Stakeholder{Salience: stakeholder.Dormant, Position: stakeholder.Position{1, 1}}))
	require.False(t, r.Powerful(stakeholder.Stakeholder{}))
}

func TestUndefinedGap(t *testing.T) {
	for _, pair := range [][2]stakeholder.Level{{0, stakeholder.Leading}, {stakeholder.Leading, 0}, {6, 1}} {
		_, ok := stakeholder.Gap(pair[0], pair[1])
		require.False(t, ok)
		require.Zero(t, stakeholder.AlignmentOf(pair[0], pair[1]))
	}
}

// ST-05: movement over time.
func TestEngagementOverTime(t *testing.T) {
	e := stakeholder.Engagement{
		Desired: stakeholder.Supportive,
		History: []stakeholder.Reading{
			{On: day("2027-01-01"), Level: stakeholder.Unaware},
			{On: day("2027-01-05"), Level: stakeholder.Neutral},
			{On: day("2027-01-05"), Level: stakeholder.Resistant}, // corrected on the same day
			{On: day("2027-01-09"), Level: stakeholder.Resistant},
			{On: day("2027-02-01"), Level: stakeholder.Leading},
		},
	}
	for at, want := range map[string]stakeholder.Level{
		"2026-12-31": 0, "2027-01-01": stakeholder.Unaware, "2027-01-05": stakeholder.Resistant, "2027-03-01": stakeholder.Leading,
	} {
		level, ok := e.Current(day(at))
		require.Equal(t, want, level, at)
		require.Equal(t, want != 0, ok, at)
	}
	require.Empty(t, cmp.Diff([]stakeholder.Move{
		{On: day("2027-01-05"), From: stakeholder.Unaware, To: stakeholder.Neutral},
		{On: day("2027-01-05"), From: stakeholder.Neutral, To: stakeholder.Resistant},
	}, e.Moves(day("2027-01-31"))))
	gap, ok := e.Gap(day("2027-03-01"))
	require.True(t, ok)
	require.Equal(t, -1, gap)
	_, ok = e.Gap(0)
	require.False(t, ok)
}

func TestEngagements(t *testing.T) {
	f := sound()
	f.Register.Stakeholders = f.Register.Stakeholders[:3]
	s := f.Register.Stakeholders
	s[0].Engagement.Desired = stakeholder.Leading
	s[0].Engagement.Actions = []stakeholder.Action{{What: "a", Done: day("2027-03-11")}, {What: "b", Done: day("2027-03-10")}}
	s[1].Engagement.Desired = stakeholder.Leading
	s[2].Engagement = stakeholder.Engagement{}
	require.Empty(t, cmp.Diff([]stakeholder.Assessment{
		{Stakeholder: "S-1", Current: stakeholder.Supportive, Desired: stakeholder.Leading, Alignment: stakeholder.Short, Gap: 1,
			Open: s[0].Engagement.Actions[:1]},
		{Stakeholder: "S-2", Current: stakeholder.Supportive, Desired: stakeholder.Leading, Alignment: stakeholder.Short, Gap: 1, Owed: true},
		{Stakeholder: "S-3"},
	}, f.Register.Engagements(f.AsOf)))
}

// ST-03, ST-07, ST-08, RI-13.
func TestExpectationHistory(t *testing.T) {
	e := stakeholder.Expectation{ID: "X", Steps: []stakeholder.Step{
		{On: 10, Turn: stakeholder.ExpectationSet, Text: "one"},
		{On: 20, Turn: stakeholder.ExpectationAgreed},
		{On: 30, Turn: stakeholder.ExpectationChanged, Text: "two"},
		{On: 40, Turn: stakeholder.ExpectationAgreed},
		{On: 50, Turn: stakeholder.ExpectationMet},
		{On: 60, Turn: stakeholder.ExpectationChanged, Text: "three"},
		{On: 70, Turn: stakeholder.ExpectationWithdrawn},
	}}
	_, ok := e.At(9)
	require.False(t, ok)
	for _, want := range []stakeholder.State{
		{Text: "one", Worded: 10, Live: true, Turn: stakeholder.ExpectationSet, On: 10},
		{Text: "one", Worded: 10, Agreed: true, Live: true, Turn: stakeholder.ExpectationAgreed, On: 20},
		{Text: "two", Worded: 30, Changed: true, Live: true, Turn: stakeholder.ExpectationChanged, On: 30},
		{Text: "two", Worded: 30, Changed: true, Agreed: true, Live: true, Turn: stakeholder.ExpectationAgreed, On: 40},
		{Text: "two", Worded: 30, Changed: true, Agreed: true, Turn: stakeholder.ExpectationMet, On: 50},
		{Text: "three", Worded: 60, Changed: true, Live: true, Turn: stakeholder.ExpectationChanged, On: 60},
		{Text: "three", Worded: 60, Changed: true, Turn: stakeholder.ExpectationWithdrawn, On: 70},
	} {
		got, ok := e.At(want.On + 5)
		require.True(t, ok)
		require.Empty(t, cmp.Diff(want, got))
	}
	r := stakeholder.Register{Stakeholders: []stakeholder.Stakeholder{
		{ID: "S-1", Expectations: []stakeholder.Expectation{e}},
		{ID: "S-2", Expectations: []stakeholder.Expectation{{ID: "Y", Steps: []stakeholder.Step{{On: 10, Turn: stakeholder.ExpectationSet, Text: "other"}}}}},
	}}
	log := r.ExpectationLog(30)
	require.Len(t, log, 4)
	require.Equal(t, stakeholder.LogEntry{Stakeholder: "S-1", Expectation: "X", Step: e.Steps[0]}, log[0])
	require.Equal(t, "S-2", log[1].Stakeholder)
	require.Equal(t, e.Steps[2], log[3].Step)
}

// ST-06, CP-39, CP-40.
func TestLate(t *testing.T) {
	r := stakeholder.Register{Stakeholders: []stakeholder.Stakeholder{
		{ID: "early", BuyIn: 99}, {ID: "on the day", BuyIn: 100}, {ID: "late", BuyIn: 101}, {ID: "never"},
	}}
	require.Equal(t, []string{"late"}, r.Late(100, 100))
	require.Equal(t, []string{"late", "never"}, r.Late(100, 101))
	require.Empty(t, r.Late(0, 101))
	s, ok := r.Stakeholder("late")
	require.True(t, ok)
	require.Equal(t, calendar.Date(101), s.BuyIn)
	_, ok = r.Stakeholder("who")
	require.False(t, ok)
}

func TestModesBetweenAreUndefined(t *testing.T) {
	defined := 0
	for a := range stakeholder.High + 2 {
		for c := range stakeholder.High + 2 {
			m, ok := stakeholder.ModeOf(a, c)
			require.Equal(t, ok, m.IsValid())
			if ok {
				defined++
			}
		}
	}
	require.Equal(t, 5, defined)
}

func TestConflict(t *testing.T) {
	c := stakeholder.Conflict{Raised: 100, Resolved: 110}
	for at, want := range map[calendar.Date]bool{99: false, 100: true, 109: true, 110: false} {
		require.Equal(t, want, c.Open(at), at)
	}
	for at, want := range map[calendar.Date]int{100: 0, 105: 5, 110: 10, 200: 10} {
		days, ok := c.DaysOpen(at)
		require.True(t, ok)
		require.Equal(t, want, days, at)
	}
	for _, c := range []stakeholder.Conflict{{Raised: 101}, {}} {
		days, ok := c.DaysOpen(100)
		require.False(t, ok)
		require.Zero(t, days)
	}
}

// The share of a coverage never depends on order, case or repetition.
func TestCoverageProperties(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	names := []string{"Sales", "marketing", "IT", "customer service", "Straße", "ſales"}
	pick := func() []string {
		var all []string
		for range rnd.IntN(8) {
			all = append(all, names[rnd.IntN(len(names))])
		}
		return all
	}
	for range 500 {
		involved, team := pick(), pick()
		want := stakeholder.Coverage(involved, team)
		require.Equal(t, want.Required, want.Covered+len(want.Missing))
		require.True(t, slices.IsSorted(want.Missing))
		messy := make([]string, 0, 2*len(team))
		for _, name := range team {
			messy = append(messy, "  "+strings.ToUpper(name)+"\t", name)
		}
		rnd.Shuffle(len(messy), func(i, j int) { messy[i], messy[j] = messy[j], messy[i] })
		require.Equal(t, want, stakeholder.Coverage(involved, messy))
	}
	require.Equal(t, stakeholder.Cover{Required: 1, Missing: []string{"customer service"}},
		stakeholder.Coverage([]string{"", " ", " customer   service", "Customer Service"}, nil))
}

// ST-27.
func TestSignOff(t *testing.T) {
	met := stakeholder.Condition{What: "a", Met: 50}
	for _, c := range []struct {
		s    stakeholder.SignOff
		want bool
	}{
		{stakeholder.SignOff{}, false},
		{stakeholder.SignOff{On: 10, Answer: stakeholder.Accepted}, true},
		{stakeholder.SignOff{On: 101, Answer: stakeholder.Accepted}, false},
		{stakeholder.SignOff{On: 10, Answer: stakeholder.Rejected}, false},
		{stakeholder.SignOff{On: 10, Answer: stakeholder.AcceptedWithConditions}, false},
		{stakeholder.SignOff{On: 10, Answer: stakeholder.AcceptedWithConditions, Conditions: []stakeholder.Condition{met}}, true},
		{stakeholder.SignOff{On: 10, Answer: stakeholder.AcceptedWithConditions, Conditions: []stakeholder.Condition{met, {What: "b"}}}, false},
	} {
		require.Equal(t, c.want, c.s.Holds(100), c.s)
	}
	require.True(t, met.Open(49))
	r := stakeholder.Register{Stakeholders: []stakeholder.Stakeholder{
		{ID: "S-1", Signs: []stakeholder.Signature{{Deliverable: "Plan", Due: 90}, {Deliverable: "Charter"}}},
	}}
	signed := []stakeholder.SignOff{
		{Deliverable: "plan ", By: "S-1", On: 20, Answer: stakeholder.Rejected},
		{Deliverable: "Plan", By: "S-1", On: 10, Answer: stakeholder.Accepted},
		{Deliverable: "Plan", By: "S-1", On: 30, Answer: stakeholder.Accepted},
	}
	charter := stakeholder.Outstanding{Stakeholder: "S-1", Deliverable: "Charter"}
	plan := stakeholder.Outstanding{Stakeholder: "S-1", Deliverable: "Plan", Due: 90}
	require.Equal(t, []stakeholder.Outstanding{plan, charter}, r.Outstanding(signed, 9))
	require.Equal(t, []stakeholder.Outstanding{charter}, r.Outstanding(signed, 19))
	plan.Answer = stakeholder.Rejected
	require.Equal(t, []stakeholder.Outstanding{plan, charter}, r.Outstanding(signed, 29))
	require.Equal(t, []stakeholder.Outstanding{charter}, r.Outstanding(signed, 30))
}
