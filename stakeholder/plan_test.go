package stakeholder_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/stakeholder"
)

func randomPeriod(rnd *rand.Rand) calendar.Period {
	return calendar.Period{Count: 1 + rnd.IntN(4), Unit: calendar.Unit(1 + rnd.IntN(3))}
}

func TestRhythmCorners(t *testing.T) {
	week := calendar.MustParsePeriod("P1W")
	var never stakeholder.Rhythm
	require.Zero(t, never.Due(0))
	require.Zero(t, never.Due(100))
	require.Zero(t, never.Overdue(0, calendar.MaxDate))
	require.Empty(t, slices.Collect(never.Dates(0)))
	once := stakeholder.Rhythm{Start: 100}
	require.Equal(t, calendar.Date(100), once.Due(0))
	require.Zero(t, once.Due(50), "once is enough, even early")
	require.Equal(t, []calendar.Date{100}, slices.Collect(once.Dates(0)))
	require.Equal(t, 1, once.Most(1, 100))
	require.Zero(t, once.Most(1, 99))
	ending := stakeholder.Rhythm{Start: 100, Every: week, Until: 114, GraceDays: 3}
	require.Equal(t, []calendar.Date{100, 107, 114}, slices.Collect(ending.Dates(0)))
	require.Equal(t, []calendar.Date{108}, slices.Collect(ending.Dates(101)))
	require.Zero(t, ending.Due(108))
	require.Zero(t, ending.Overdue(108, 999))
	require.Equal(t, 996-114, ending.Overdue(107, 999), "what was due before the end stays overdue")
	last := stakeholder.Rhythm{Start: calendar.MaxDate, Every: week, GraceDays: 1 << 30}
	require.Zero(t, last.Due(calendar.MaxDate))
	require.Zero(t, last.Overdue(0, calendar.MaxDate))
	require.Equal(t, []calendar.Date{calendar.MaxDate}, slices.Collect(last.Dates(0)))
	require.Equal(t, 1, last.Most(1, calendar.MaxDate))
	all := stakeholder.Rhythm{Start: 1, Every: calendar.MustParsePeriod("P1D")}
	require.Equal(t, int(calendar.MaxDate), all.Most(1, calendar.MaxDate))
	require.Equal(t, 9, stakeholder.Rhythm{Start: 1, GraceDays: -5}.Overdue(0, 10), "a negative grace is none")
}

// Most is the length of the longest series with a period between messages, and
// Dates is that of one due date after the other.
func TestRhythmAgreesWithWalk(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	for range 500 {
		r := stakeholder.Rhythm{Start: day("2027-01-01").AddDays(rnd.IntN(60)), Every: randomPeriod(rnd)}
		if rnd.IntN(2) == 0 {
			r.Until = r.Start.AddDays(rnd.IntN(200))
		}
		first := day("2027-01-01").AddDays(rnd.IntN(100))
		last := first.AddDays(rnd.IntN(200))
		want := 0
		for d := max(first, r.Start); d <= last && (r.Until == 0 || d <= r.Until); d = r.Every.After(d) {
			want++
		}
		require.Equal(t, want, r.Most(first, last), r)
		sent := first
		for d := range r.Dates(first) {
			require.Equal(t, r.Due(sent), d)
			if sent = d; d > last {
				break
			}
		}
	}
}

// ST-05: due for each reader on his own account.
func TestDueOfEachReader(t *testing.T) {
	f := sound()
	r := f.Register
	r.Stakeholders[4].Identified = day("2027-02-20")
	r.Contacts = []stakeholder.Contact{
		{On: day("2027-03-01"), Communication: "COM-2", With: to("S-2")},
		{On: day("2027-02-01"), Communication: "COM-2", With: to("S-4")},
		{On: day("2027-02-08"), Communication: "COM-2", With: to("S-4")},
		{On: day("2027-03-02"), Communication: "COM-2", With: to("S-6")}, // not in the audience
		{On: day("2027-03-11"), Communication: "COM-2"},                  // after the day asked about
	}
	due := r.Due(day("2027-03-10"))
	require.Empty(t, cmp.Diff(stakeholder.Due{
		Communication: "COM-2", Next: day("2027-02-20"), OverdueDays: 18, Behind: []string{"S-4", "S-5"},
	}, due[1]))
	require.Equal(t, []string{"S-2", "S-3", "S-4", "S-5"}, r.Reached(r.Plan[1].Audience))
}

func TestAgenda(t *testing.T) {
	f := sound()
	f.AsOf = day("2027-03-20")
	got := f.Register.Agenda(f.AsOf, day("2027-05-01"))
	require.Empty(t, cmp.Diff([]stakeholder.Planned{
		{On: day("2027-03-08"), Communication: "COM-1"}, // overdue
		{On: day("2027-03-15"), Communication: "COM-2"}, // overdue
		{On: day("2027-03-29"), Communication: "COM-2"},
		{On: day("2027-04-08"), Communication: "COM-1"},
		{On: day("2027-04-12"), Communication: "COM-2"},
		{On: day("2027-04-26"), Communication: "COM-2"},
	}, got))
	require.Empty(t, f.Register.Agenda(f.AsOf, day("2027-03-01")))
}

// ST-13, ST-30.
func TestTimeliness(t *testing.T) {
	weekly := stakeholder.Rhythm{Start: 100, Every: calendar.MustParsePeriod("P1W"), GraceDays: 1}
	r := stakeholder.Register{
		Plan: []stakeholder.Communication{{ID: "C", Rhythm: weekly}, {ID: "once", Rhythm: stakeholder.Rhythm{Start: 100}}, {ID: "events"}},
		Contacts: []stakeholder.Contact{
			{On: 101, Communication: "C"}, // due 100, in the grace
			{On: 101, Communication: "C"}, // to others, on the same day
			{On: 110, Communication: "C"}, // due 108, late
			{On: 116, Communication: "C"}, // due 117, early
			{On: 90, Communication: "once"},
			{On: 95, Communication: "once"}, // not due any more
			{On: 95, Communication: "events"},
		},
	}
	require.Equal(t, []stakeholder.Timeliness{{"C", 2, 1}, {"once", 1, 0}, {"events", 0, 0}}, r.Timeliness(124))
	require.Equal(t, []stakeholder.Timeliness{{"C", 2, 2}, {"once", 1, 0}, {"events", 0, 0}}, r.Timeliness(125))
}

// The index agrees with the definition of an audience.
func TestReachedAgreesWithIncludes(t *testing.T) {
	rnd := rand.New(rand.NewPCG(3, 4))
	ids := []string{"A", "B", "C", "D", "E", "F", "nobody"}
	for range 300 {
		var r stakeholder.Register
		for _, id := range ids[:6] {
			s := stakeholder.Stakeholder{ID: id, Class: stakeholder.Class(1 + rnd.IntN(3))}
			if rnd.IntN(2) == 0 {
				s.MemberOf = []string{ids[rnd.IntN(3)]}
			}
			r.Stakeholders = append(r.Stakeholders, s)
		}
		var a stakeholder.Audience
		for range rnd.IntN(4) {
			a.Stakeholders = append(a.Stakeholders, ids[rnd.IntN(len(ids))])
		}
		for range rnd.IntN(2) {
			a.Classes = append(a.Classes, stakeholder.Class(1+rnd.IntN(4)))
		}
		want := []string{}
		for _, s := range r.Stakeholders {
			if a.Includes(s) {
				want = append(want, s.ID)
			}
		}
		require.Equal(t, want, r.Reached(a))
		require.Equal(t, len(a.Stakeholders)+len(a.Classes) == 0, a.IsZero())
	}
}

// ST-16: to whom an event owes a message.
func TestOwedAudience(t *testing.T) {
	f := sound()
	r := f.Register
	r.Contacts = nil
	r.Conflicts = r.Conflicts[:1]
	who := func(asOf string, e stakeholder.Event) []string {
		var ids []string
		for _, o := range r.Owed(day(asOf), e) {
			if o.Event == e.ID {
				ids = append(ids, o.Stakeholder)
			}
		}
		return ids
	}
	for kind, want := range map[stakeholder.EventKind][]string{
		stakeholder.ApprovedChange:   {"S-2", "S-3", "S-4", "S-5"},
		stakeholder.NewHighRisk:      {"S-1"},
		stakeholder.NewHighIssue:     {"S-2", "S-3", "S-4", "S-5"},
		stakeholder.PhaseDecision:    {"S-1", "S-2", "S-3", "S-4", "S-5"},
		stakeholder.ResolvedConflict: {"S-1", "S-2", "S-3", "S-4", "S-5", "S-6"}, // the plan carries no conflicts: everybody
		0:                            {"S-1", "S-2", "S-3", "S-4", "S-5", "S-6"},
	} {
		require.Equal(t, want, who("2027-03-10", stakeholder.Event{ID: "E", Kind: kind, On: day("2027-03-10")}), kind)
	}
	e := stakeholder.Event{ID: "E", Kind: stakeholder.NewHighRisk, On: day("2027-03-10"), Audience: to("S-6")}
	require.Equal(t, []string{"S-6"}, who("2027-03-10", e))
	require.Empty(t, who("2027-03-09", e), "not yet")
	e.On = 0
	require.Empty(t, who("2027-03-09", e))
	r.Contacts = []stakeholder.Contact{{On: day("2027-03-09"), With: to("S-6"), About: []string{"E"}}}
	e.On = day("2027-03-10")
	require.Equal(t, []string{"S-6"}, who("2027-03-10", e), "told before it happened is not told")
	e.ID = "K-1"
	require.Equal(t, []string{"S-6"}, who("2027-03-10", e), "a given event replaces the conflict of that id")
}

func TestOwedConflicts(t *testing.T) {
	f := sound()
	f.Register.Contacts = nil
	events := []stakeholder.Event{f.Events[0]}
	owed := f.Register.Owed(f.AsOf, events...)
	require.Len(t, owed, 4+3)
	require.Equal(t, stakeholder.Owed{
		Event: "K-1", Kind: stakeholder.ResolvedConflict, Subject: "who owns a lead", Stakeholder: "S-2", Since: day("2027-03-02"),
	}, owed[4])
	require.True(t, slices.IsSortedFunc(owed, func(a, b stakeholder.Owed) int { return int(a.Since - b.Since) }))
	// An event of an unknown kind that the register resolves is still spoken of.
	f.Events[0].Kind = 99
	f.Register.Contacts = nil
	require.NotEmpty(t, f.Register.Owed(f.AsOf, f.Events...))
}

// ST-15.
func TestNoise(t *testing.T) {
	weekly := stakeholder.Rhythm{Start: 100, Every: calendar.MustParsePeriod("P1W")}
	r := stakeholder.Register{
		Stakeholders: []stakeholder.Stakeholder{{ID: "A"}, {ID: "B"}},
		Plan: []stakeholder.Communication{
			{ID: "C", Audience: to("A", "B"), Rhythm: weekly},
			{ID: "on events", Audience: to("A", "B")},
		},
		Contacts: []stakeholder.Contact{
			{On: 100, Communication: "C", About: []string{"E-1"}},         // tells of E-1
			{On: 109, Communication: "C"},                                 // planned
			{On: 110, Communication: "C", With: to("A")},                  // planned: two fit in 110 to 117
			{On: 117, Communication: "C"},                                 // A: beyond need, 3 in 8 days
			{On: 112, Communication: "on events", About: []string{"E-1"}}, // nothing new
			{On: 113, With: to("B"), About: []string{"E-1", "E-2"}},       // tells of E-2
			{On: 114, With: to("B"), Request: "how many licences?"},       // answers
			{On: 115, With: to("B")},                                      // for no reason
			{On: 118, With: to("B")},                                      // after the span
		},
	}
	require.Equal(t, []stakeholder.Noise{{"A", 4, 2, 2}, {"B", 6, 4, 2}}, r.Noise(109, 117))
	require.Equal(t, []stakeholder.Noise{{"A", 0, 0, 0}, {"B", 1, 0, 1}}, r.Noise(118, 118))
	require.Equal(t, []stakeholder.Noise{{"A", 0, 0, 0}, {"B", 0, 0, 0}}, r.Noise(120, 119))
}

// Who follows the plan makes no noise, whatever the span.
func TestPlanMakesNoNoise(t *testing.T) {
	rnd := rand.New(rand.NewPCG(5, 6))
	for range 2000 {
		rhythm := stakeholder.Rhythm{Start: day("2027-01-31").AddDays(rnd.IntN(40)), Every: randomPeriod(rnd)}
		r := stakeholder.Register{
			Stakeholders: []stakeholder.Stakeholder{{ID: "A"}},
			Plan:         []stakeholder.Communication{{ID: "C", Audience: to("A"), Rhythm: rhythm}},
		}
		var last calendar.Date
		for range 12 {
			last = rhythm.Due(last).AddDays(rnd.IntN(3)) // on the day or a little late
			r.Contacts = append(r.Contacts, stakeholder.Contact{On: last, Communication: "C"})
		}
		first := rhythm.Start.AddDays(rnd.IntN(100))
		n := r.Noise(first, first.AddDays(rnd.IntN(100)))[0]
		require.Zero(t, n.Beyond, "%v %v", rhythm, r.Contacts)
		require.Equal(t, n.Received, n.Needed)
	}
}

// ST-21, ST-31.
func TestVoices(t *testing.T) {
	r := stakeholder.Register{
		Stakeholders: []stakeholder.Stakeholder{{ID: "A", Class: stakeholder.Customers}, {ID: "B", Class: stakeholder.Employees}},
		Contacts: []stakeholder.Contact{
			{On: 20, With: to("B", "A"), Response: "second"},
			{On: 10, With: to("A"), Response: "first", Content: []stakeholder.Content{stakeholder.Feedback}},
			{On: 15, With: to("A")},
			{On: 15, With: to("B"), Response: "from somebody else"},
			{On: 9, With: to("A"), Response: "too early"},
			{On: 21, With: to("A"), Response: "too late"},
		},
	}
	require.Empty(t, cmp.Diff([]stakeholder.Voice{
		{On: 10, Stakeholders: []string{"A"}, Asked: true, Text: "first"},
		{On: 20, Stakeholders: []string{"A"}, Text: "second"},
	}, r.Voices(stakeholder.Customers, 10, 20)))
}
