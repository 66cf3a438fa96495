package stakeholder_test

import (
	"encoding/json"
	"errors"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/stakeholder"
)

var sentinels = []error{
	verdict.ErrMissing, verdict.ErrDuplicate, verdict.ErrUnknown, verdict.ErrInvalid, verdict.ErrRange,
}

// Each fault is found, located, and by itself.
func TestValidate(t *testing.T) {
	for _, c := range []struct {
		name   string
		change change
		want   []string // below "register.", unless it begins with "!"
	}{
		{"sound", func(*stakeholder.Facts, []stakeholder.Stakeholder) {}, nil},
		{"grid", func(f *stakeholder.Facts, _ []stakeholder.Stakeholder) { f.Register.Grid.Cut = 5 },
			[]string{"grid.cut: out of range: the cut 5 must be from 1 to below the highest score, 5"}},
		{"ids", func(_ *stakeholder.Facts, s []stakeholder.Stakeholder) { s[4].ID, s[5].ID = "S-4", "" },
			[]string{`stakeholders[4].id: duplicate "S-4"`, `stakeholders[5].id: missing`, `plan[1].audience.stakeholders[2]: unknown "S-5"`}},
		{"required", func(_ *stakeholder.Facts, s []stakeholder.Stakeholder) {
			s[0] = stakeholder.Stakeholder{ID: "S-1", Name: " "}
		}, []string{`stakeholders[0].name: missing`, `stakeholders[0].kind: missing`, `stakeholders[0].class: missing`}},
		{"no such value", func(_ *stakeholder.Facts, s []stakeholder.Stakeholder) {
			s[0].Kind, s[0].Class, s[0].Salience, s[0].Engagement.Desired = 3, 99, 9, 6
			s[0].Prefers = []stakeholder.Channel{0, 200}
		}, []string{
			"stakeholders[0].kind: unknown value 3", "stakeholders[0].class: unknown value 99", "stakeholders[0].salience: unknown value 9",
			"stakeholders[0].engagement.desired: unknown value 6", "stakeholders[0].prefers[0]: missing",
			"stakeholders[0].prefers[1]: unknown value 200",
		}},
		{"groups", func(_ *stakeholder.Facts, s []stakeholder.Stakeholder) {
			s[1].MemberOf, s[2].MemberOf = []string{"S-2"}, []string{"S-1", "S-9"}
		}, []string{
			"stakeholders[1].memberOf[0]: invalid: a group is a member of no other",
			`stakeholders[2].memberOf[0]: invalid: "S-1" is no group`, `stakeholders[2].memberOf[1]: unknown "S-9"`,
		}},
		{"dates and scores", func(_ *stakeholder.Facts, s []stakeholder.Stakeholder) {
			s[0].Identified, s[0].BuyIn, s[0].Position = -1, calendar.MaxDate+1, stakeholder.Position{Power: 6, Interest: -1}
			s[0].Interests = []string{""}
		}, []string{
			"stakeholders[0].identified: date -1: out of range", "stakeholders[0].buyIn: date 3652060: out of range",
			"stakeholders[0].interests[0]: missing", "stakeholders[0].position.power: score 6: out of range, want 1 to 5",
			"stakeholders[0].position.interest: score -1: out of range, want 1 to 5",
		}},
		{"expectations", func(_ *stakeholder.Facts, s []stakeholder.Stakeholder) {
			s[0].Expectations = []stakeholder.Expectation{
				{ID: "X-S-2", Realism: 3},
				{Steps: []stakeholder.Step{{On: 9, Turn: stakeholder.ExpectationAgreed}, {On: 8, Turn: stakeholder.ExpectationSet}, {}}},
			}
		}, []string{
			"stakeholders[0].expectations[0].realism: unknown value 3", "stakeholders[0].expectations[0].steps: missing",
			"stakeholders[0].expectations[1].id: missing",
			"stakeholders[0].expectations[1].steps[0].turn: invalid: the first step sets the expectation, and no other",
			"stakeholders[0].expectations[1].steps[1].turn: invalid: the first step sets the expectation, and no other",
			"stakeholders[0].expectations[1].steps[1].text: missing",
			"stakeholders[0].expectations[1].steps[2].on: missing", "stakeholders[0].expectations[1].steps[2].turn: missing",
			"stakeholders[0].expectations[1].steps[1].on: out of range: 0001-01-08 is before the step above it, 0001-01-09",
			`stakeholders[1].expectations[0].id: duplicate "X-S-2"`,
		}},
		{"engagement and the rest", func(_ *stakeholder.Facts, s []stakeholder.Stakeholder) {
			s[0].Engagement.History = []stakeholder.Reading{{On: 9, Level: 1}, {On: 8}}
			s[0].Engagement.Actions = []stakeholder.Action{{Due: -1, Done: -2}}
			s[0].Involvement = []stakeholder.Involvement{{}}
			s[0].Traits = []stakeholder.Trait{{}}
			s[0].Signs = []stakeholder.Signature{{Due: -1}}
		}, []string{
			"stakeholders[0].engagement.history[1].level: missing",
			"stakeholders[0].engagement.history[1].on: out of range: 0001-01-08 is before the step above it, 0001-01-09",
			"stakeholders[0].engagement.actions[0].what: missing", "stakeholders[0].engagement.actions[0].due: date -1: out of range",
			"stakeholders[0].engagement.actions[0].done: date -2: out of range", "stakeholders[0].involvement[0].decision: missing",
			"stakeholders[0].involvement[0].on: missing", "stakeholders[0].involvement[0].part: missing",
			"stakeholders[0].traits[0].aspect: missing", "stakeholders[0].traits[0].note: missing",
			"stakeholders[0].signs[0].deliverable: missing", "stakeholders[0].signs[0].due: date -1: out of range",
		}},
		{"absent", func(f *stakeholder.Facts, _ []stakeholder.Stakeholder) {
			f.Register.Absent = []stakeholder.Absence{{}, {Class: stakeholder.Customers, Reason: "none"}}
		}, []string{
			"absent[0].class: missing", "absent[0].reason: missing",
			"absent[1].class: invalid: the register has stakeholders of class customers",
		}},
		{"unknown audience", func(f *stakeholder.Facts, _ []stakeholder.Stakeholder) {
			f.Register.Plan[0].Audience = stakeholder.Audience{Stakeholders: []string{"S-1", "S-9", ""}, Classes: []stakeholder.Class{9}}
			f.Register.Plan[1].Audience = stakeholder.Audience{}
			f.Register.Plan[2].ID = "COM-1"
		}, []string{
			`plan[2].id: duplicate "COM-1"`,
			`plan[0].audience.stakeholders[1]: unknown "S-9"`, `plan[0].audience.stakeholders[2]: missing`,
			"plan[0].audience.classes[0]: unknown value 9", "plan[1].audience: missing", `contacts[2].communication: unknown "COM-3"`,
		}},
		{"rhythm", func(f *stakeholder.Facts, _ []stakeholder.Stakeholder) {
			f.Register.Plan[0].Rhythm = stakeholder.Rhythm{Every: calendar.Period{Count: -1, Unit: calendar.UnitDay}, GraceDays: -1}
			f.Register.Plan[1].Rhythm = stakeholder.Rhythm{Start: 9, Until: 8}
			f.Register.Plan[2].Rhythm = stakeholder.Rhythm{}
		}, []string{
			"plan[0].rhythm.every: invalid period (-1 day): out of range", "plan[0].rhythm.graceDays: -1: out of range",
			"plan[0].rhythm.start: missing", "plan[1].rhythm.until: out of range: 0001-01-08 is before the start, 0001-01-09",
		}},
		{"plan", func(f *stakeholder.Facts, _ []stakeholder.Stakeholder) {
			p := &f.Register.Plan[0]
			p.Content, p.Channels, p.Detail = []stakeholder.Content{0}, []stakeholder.Channel{99}, 3
		}, []string{"plan[0].content[0]: missing", "plan[0].channels[0]: unknown value 99", "plan[0].detail: unknown value 3"}},
		{"contacts", func(f *stakeholder.Facts, _ []stakeholder.Stakeholder) {
			f.Register.Contacts = []stakeholder.Contact{
				{}, {On: 9, Communication: "COM-9", Channel: 99, Content: []stakeholder.Content{99}, About: []string{""}}, {On: 9, With: to("S-9")},
			}
		}, []string{
			"contacts[0].on: missing", "contacts[0].with: missing", `contacts[1].communication: unknown "COM-9"`,
			"contacts[1].channel: unknown value 99", "contacts[1].content[0]: unknown value 99", "contacts[1].about[0]: missing",
			`contacts[2].with.stakeholders[0]: unknown "S-9"`,
		}},
		{"conflicts", func(f *stakeholder.Facts, _ []stakeholder.Stakeholder) {
			f.Register.Conflicts = []stakeholder.Conflict{
				{ID: "X-S-1", Parties: []string{"S-1"}, Raised: 9, Resolved: 8, Mode: 6, State: 3},
				{Parties: []string{"S-1", "S-9", "S-1"}, Subject: "x", State: stakeholder.Actual},
			}
		}, []string{
			`conflicts[0].id: duplicate "X-S-1"`, "conflicts[0].subject: missing",
			"conflicts[0].parties: out of range: a conflict has two parties or more, got 1", "conflicts[0].state: unknown value 3",
			"conflicts[0].mode: unknown value 6", "conflicts[0].resolution: missing",
			"conflicts[0].resolved: out of range: 0001-01-08 is before it was raised, 0001-01-09",
			"conflicts[1].id: missing", `conflicts[1].parties[1]: unknown "S-9"`, `conflicts[1].parties[2]: duplicate "S-1"`,
			"conflicts[1].raised: missing",
		}},
		{"facts", func(f *stakeholder.Facts, _ []stakeholder.Stakeholder) {
			f.AsOf, f.PlanningStart = -1, -2
			f.Events = append(f.Events, stakeholder.Event{ID: "CH-1", Audience: to("S-9")})
			f.Team = append(f.Team, stakeholder.Seat{Stakeholder: "S-9"})
			f.SignOffs = append(f.SignOffs, stakeholder.SignOff{By: "S-9", Answer: stakeholder.Accepted, Conditions: []stakeholder.Condition{{Due: -1, Met: -2}}})
			f.Config = stakeholder.Config{NoiseAllowed: -1, NoiseOver: calendar.Period{Count: 1}, Sources: []string{""}}
		}, []string{
			"!asOf: date -1: out of range", "!planningStart: date -2: out of range", `!events[1].id: duplicate "CH-1"`,
			"!events[1].kind: missing", "!events[1].on: missing", `!events[1].audience.stakeholders[0]: unknown "S-9"`,
			`!team[2].stakeholder: unknown "S-9"`, "!signOffs[1].deliverable: missing", `!signOffs[1].by: unknown "S-9"`,
			"!signOffs[1].on: missing", "!signOffs[1].answer: invalid: accepted without conditions, yet some are listed",
			"!signOffs[1].conditions[0].what: missing", "!signOffs[1].conditions[0].due: date -1: out of range",
			"!signOffs[1].conditions[0].met: date -2: out of range", "!config.noiseOver: invalid period (1 Unit(0)): out of range",
			"!config.noiseAllowed: -1: out of range", "!config.sources[0]: missing",
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := sound()
			c.change(&f, f.Register.Stakeholders)
			var want []string
			for _, w := range c.want {
				if w[0] == '!' {
					want = append(want, w[1:])
				} else {
					want = append(want, "register."+w)
				}
			}
			err := f.Validate()
			require.Empty(t, cmp.Diff(want, faults(err)))
			for _, fault := range verdict.FaultsOf(err) {
				require.True(t, slices.ContainsFunc(sentinels, func(s error) bool { return errors.Is(fault, s) }), fault)
			}
		})
	}
	require.NoError(t, stakeholder.Register{}.Validate())
	require.NoError(t, stakeholder.Facts{}.Validate())
}

func TestJSONRoundTrip(t *testing.T) {
	f := sound()
	f.Config = stakeholder.Config{ConflictOpen: calendar.MustParsePeriod("P6W"), Sources: []string{"Sales"}, NoiseAllowed: 2}
	data, err := json.Marshal(f)
	require.NoError(t, err)
	var back stakeholder.Facts
	require.NoError(t, json.Unmarshal(data, &back))
	require.Empty(t, cmp.Diff(f, back))
	again, err := json.Marshal(back)
	require.NoError(t, err)
	require.Equal(t, string(data), string(again))
	require.Contains(t, string(data), `"rhythm":{"start":"2027-01-08","every":"P1M","graceDays":2}`)
	require.Contains(t, string(data), `"kind":"group","class":"employees"`)
	empty, err := json.Marshal(stakeholder.Register{})
	require.NoError(t, err)
	require.Equal(t, `{"stakeholders":null}`, string(empty))
}

// The judging functions take any data, valid or not, and never fail; the same
// data gives the same report.
func FuzzFactsJSON(f *testing.F) {
	seed, err := json.Marshal(sound())
	require.NoError(f, err)
	f.Add(seed)
	f.Add([]byte(`{"asOf":"2027-03-10","register":{"stakeholders":[{"id":"a","memberOf":["a"]},{"id":"a"}],` +
		`"plan":[{"id":"p","audience":{"stakeholders":["a","z"],"classes":["customers"]},"rhythm":{"start":"0001-01-01","every":"P1D"}}],` +
		`"contacts":[{"communication":"q"},{"on":"2027-03-09","communication":"p"}],"conflicts":[{"id":"","parties":["a"]}]}}`))
	f.Add([]byte(`{"asOf":"9999-12-31","signOffs":[{"by":"x"},{}],"events":[{"id":"e"}],"register":{"grid":{"max":-1}}}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		var facts stakeholder.Facts
		if json.Unmarshal(data, &facts) != nil {
			return
		}
		_ = facts.Validate()
		report := verdict.Run(facts, stakeholder.Rules()...)
		require.Equal(t, report, verdict.Run(facts, stakeholder.Rules()...))
		for _, o := range report.Outcomes {
			require.NotEqual(t, verdict.Failed, o.Status)
		}
		out, err := json.Marshal(facts)
		require.NoError(t, err)
		var back stakeholder.Facts
		require.NoError(t, json.Unmarshal(out, &back))
		again, err := json.Marshal(back)
		require.NoError(t, err)
		require.Equal(t, string(out), string(again))
		for i, n := range facts.Register.Noise(facts.PlanningStart, facts.AsOf) {
			require.Equal(t, facts.Register.Stakeholders[i].ID, n.Stakeholder)
			require.GreaterOrEqual(t, n.Beyond, 0)
			require.Equal(t, n.Received, n.Needed+n.Beyond)
		}
	})
}

func FuzzRhythm(f *testing.F) {
	f.Add(int32(739000), 1, uint8(3), int32(0), 2, int32(739030), int32(739100))
	f.Add(int32(1), 1, uint8(1), int32(1), -1, int32(0), int32(calendar.MaxDate))
	f.Fuzz(func(t *testing.T, start int32, count int, unit uint8, until int32, grace int, last, asOf int32) {
		r := stakeholder.Rhythm{
			Start: calendar.Date(start), Every: calendar.Period{Count: count, Unit: calendar.Unit(unit)},
			Until: calendar.Date(until), GraceDays: grace,
		}
		due := r.Due(calendar.Date(last))
		days := r.Overdue(calendar.Date(last), calendar.Date(asOf))
		require.GreaterOrEqual(t, days, 0)
		if days > 0 {
			require.Less(t, due, calendar.Date(asOf))
		}
		if due.IsValid() && calendar.Date(last).IsValid() {
			require.Greater(t, due, calendar.Date(last))
		}
		n, before := 0, calendar.Date(0)
		for d := range r.Dates(calendar.Date(last)) {
			if n > 0 {
				require.Greater(t, d, before)
			}
			if n++; n > 50 {
				break
			}
			before = d
		}
	})
}

func FuzzChannels(f *testing.F) {
	f.Add(3)
	f.Add(1 << 32)
	f.Fuzz(func(t *testing.T, people int) {
		n, ok := stakeholder.Channels(people)
		if !ok || people == 0 {
			require.Zero(t, n)
			return
		}
		one, ok := stakeholder.Channels(people - 1)
		require.True(t, ok)
		require.Equal(t, int64(people-1), n-one, "the last one to come meets all others")
	})
}

func FuzzCoverage(f *testing.F) {
	f.Add("Sales", " sales ")
	f.Fuzz(func(t *testing.T, a, b string) {
		c := stakeholder.Coverage([]string{a, b, a}, []string{b})
		require.Equal(t, c.Required, c.Covered+len(c.Missing))
		require.LessOrEqual(t, c.Required, 2)
		require.LessOrEqual(t, len(c.Missing), 1)
		require.True(t, stakeholder.Coverage([]string{a}, []string{a}).OK() || !stakeholder.Coverage([]string{a}, nil).Defined())
	})
}
