package stakeholder_test

import (
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/stakeholder"
)

func TestSoundFactsBreakNoRule(t *testing.T) {
	f := sound()
	require.NoError(t, f.Validate())
	report := verdict.Run(f, stakeholder.Rules()...)
	require.Empty(t, report.Findings)
	for _, o := range report.Outcomes {
		require.Equal(t, verdict.Met, o.Status, "%s: %s", o.Code, o.Reason)
	}
}

func TestCatalogue(t *testing.T) {
	last := verdict.Code("")
	for _, rule := range stakeholder.Rules() {
		require.True(t, rule.Code.IsValid())
		require.Equal(t, "STAKE", rule.Code.Family())
		require.Greater(t, rule.Code, last)
		require.True(t, rule.Severity.IsValid())
		require.NotEmpty(t, rule.Title)
		require.True(t, strings.HasSuffix(rule.Why, "."), rule.Code)
		last = rule.Code
	}
	stakeholder.Rules()[0].Title = "mine"
	require.NotEqual(t, "mine", stakeholder.Rules()[0].Title)
}

// On empty facts no rule fails, and none that needs a date is met.
func TestEmptyFacts(t *testing.T) {
	report := verdict.Run(stakeholder.Facts{}, stakeholder.Rules()...)
	for _, o := range report.Outcomes {
		require.NotEqual(t, verdict.Failed, o.Status, o.Code)
	}
	for code, want := range map[verdict.Code]verdict.Status{
		"STAKE-001": verdict.NotMet, "STAKE-002": verdict.NotMet, "STAKE-003": verdict.NotMet, "STAKE-004": verdict.NotApplicable,
		"STAKE-101": verdict.Unassessed, "STAKE-105": verdict.Unassessed, "STAKE-201": verdict.Unassessed,
		"STAKE-301": verdict.NotMet, "STAKE-302": verdict.NotApplicable, "STAKE-321": verdict.Unassessed,
		"STAKE-401": verdict.Unassessed, "STAKE-501": verdict.Unassessed, "STAKE-502": verdict.Unassessed,
	} {
		o, _ := report.Outcome(code)
		require.Equal(t, want, o.Status, code)
	}
}

type change = func(f *stakeholder.Facts, s []stakeholder.Stakeholder)

// Each breach is made in sound facts and must be found by its rule, there, and
// by no other unless listed.
func TestRules(t *testing.T) {
	for _, c := range []struct {
		name   string
		change change
		want   []string // code, subject and a part of the message
	}{
		// ST-01, ST-04
		{"no partners", func(f *stakeholder.Facts, _ []stakeholder.Stakeholder) { f.Register.Absent = nil },
			[]string{"STAKE-001 stakeholders|No partners are"}},
		// ST-28, ST-31
		{"no customers", func(_ *stakeholder.Facts, s []stakeholder.Stakeholder) { s[5].Class = stakeholder.Others },
			[]string{"STAKE-002 stakeholders|No customers", "STAKE-306 plan[COM-3].audience|is empty", "STAKE-305 stakeholders[S-6]|No communication reaches"}},
		// ST-29
		{"nobody from service", func(_ *stakeholder.Facts, s []stakeholder.Stakeholder) { s[3].Department = "Finance" },
			[]string{`STAKE-003 stakeholders|"customer service"`}},
		{"own sources", func(f *stakeholder.Facts, _ []stakeholder.Stakeholder) { f.Config.Sources = []string{"Board", "Legal"} },
			[]string{`STAKE-003 stakeholders|"Legal"`}},
		// ST-02
		{"no interest", func(_ *stakeholder.Facts, s []stakeholder.Stakeholder) { s[0].Interests = nil },
			[]string{"STAKE-004 stakeholders[S-1].interests|Anna Berg"}},
		// ST-03
		{"no expectation", func(_ *stakeholder.Facts, s []stakeholder.Stakeholder) { s[1].Expectations = nil },
			[]string{"STAKE-005 stakeholders[S-2].expectations|Sales force"}},
		// ST-10
		{"not placed", func(_ *stakeholder.Facts, s []stakeholder.Stakeholder) {
			s[4].Position = stakeholder.Position{Power: 1}
		},
			[]string{"STAKE-006 stakeholders[S-5].position|Emil Gorr"}},
		{"two views of power", func(_ *stakeholder.Facts, s []stakeholder.Stakeholder) { s[4].Salience = stakeholder.Dominant },
			[]string{"STAKE-007 stakeholders[S-5].salience|dominant by salience and keep_informed"}},
		// ST-28
		{"no culture", func(_ *stakeholder.Facts, s []stakeholder.Stakeholder) { s[1].Traits = s[1].Traits[:2] },
			[]string{"STAKE-008 stakeholders|culture of the employees"}},
		// ST-05
		{"never assessed", func(_ *stakeholder.Facts, s []stakeholder.Stakeholder) { s[1].Engagement = stakeholder.Engagement{} },
			[]string{"STAKE-101 stakeholders[S-2].engagement.desired|not stated", "STAKE-101 stakeholders[S-2].engagement.history|never assessed"}},
		{"gap", func(_ *stakeholder.Facts, s []stakeholder.Stakeholder) { s[1].Engagement.Desired = stakeholder.Leading },
			[]string{"STAKE-102 stakeholders[S-2].engagement|is supportive, 1 step below leading"}},
		{"gap and action", func(_ *stakeholder.Facts, s []stakeholder.Stakeholder) {
			s[1].Engagement.Desired = stakeholder.Leading
			s[1].Engagement.Actions = []stakeholder.Action{{What: "lead the pilot", Owner: "PM", Due: day("2027-03-10")}}
		}, nil},
		{"action late and unowned", func(_ *stakeholder.Facts, s []stakeholder.Stakeholder) {
			s[1].Engagement.Actions = []stakeholder.Action{{What: "lead the pilot", Due: day("2027-03-09")}, {What: "x", Done: day("2027-03-01")}}
		}, []string{
			"STAKE-103 stakeholders[S-2].engagement.actions[0].due|is 1 day late",
			"STAKE-103 stakeholders[S-2].engagement.actions[0].owner|Nobody owns",
		}},
		// ST-30
		{"fall", func(_ *stakeholder.Facts, s []stakeholder.Stakeholder) {
			s[1].Engagement.History = append(s[1].Engagement.History, stakeholder.Reading{On: day("2027-03-01"), Level: stakeholder.Resistant})
		}, []string{
			"STAKE-102 stakeholders[S-2].engagement|2 steps below supportive",
			"STAKE-104 stakeholders[S-2].engagement.history|fell from supportive to resistant on 2027-03-01",
		}},
		// ST-06, CP-39: stakeholders late
		{"late", func(_ *stakeholder.Facts, s []stakeholder.Stakeholder) {
			s[0].BuyIn, s[1].BuyIn, s[2].BuyIn = 0, day("2027-01-05"), 0
		}, []string{
			"STAKE-105 stakeholders[S-1].buyIn|has not bought in, though planning began on 2027-01-04",
			"STAKE-105 stakeholders[S-2].buyIn|bought in on 2027-01-05, 1 day after planning began",
		}},
		{"only told", func(_ *stakeholder.Facts, s []stakeholder.Stakeholder) {
			s[0].Involvement[0].Part = stakeholder.WasInformed
		},
			[]string{"STAKE-106 stakeholders[S-1].involvement|no decision"}},
		// ST-07, RI-13
		{"not judged", func(_ *stakeholder.Facts, s []stakeholder.Stakeholder) { s[0].Expectations[0].Realism = 0 },
			[]string{"STAKE-201 stakeholders[S-1].expectations[X-S-1].realism|one view of each customer"}},
		{"unrealistic", func(_ *stakeholder.Facts, s []stakeholder.Stakeholder) {
			s[0].Expectations[0].Realism, s[0].Expectations[0].Risk = stakeholder.Unrealistic, "R-4"
			s[1].Expectations[0].Realism = stakeholder.Unrealistic
		}, []string{
			"STAKE-202 stakeholders[S-1].expectations[X-S-1].realism|not realistic",
			"STAKE-202 stakeholders[S-2].expectations[X-S-2].realism|not realistic",
		}},
		{"unrealistic and withdrawn", func(_ *stakeholder.Facts, s []stakeholder.Stakeholder) {
			e := &s[0].Expectations[0]
			e.Realism = stakeholder.Unrealistic
			e.Steps = append(e.Steps, stakeholder.Step{On: day("2027-03-10"), Turn: stakeholder.ExpectationWithdrawn})
		}, nil},
		{"not agreed", func(_ *stakeholder.Facts, s []stakeholder.Stakeholder) {
			s[0].Expectations[0].Steps = s[0].Expectations[0].Steps[:1]
		},
			[]string{"STAKE-203 stakeholders[S-1].expectations[X-S-1].steps|as worded on 2027-01-11"}},
		// ST-08
		{"changed silently", func(_ *stakeholder.Facts, s []stakeholder.Stakeholder) { reword(&s[0], "2027-03-04") },
			[]string{
				"STAKE-203 stakeholders[S-1].expectations[X-S-1].steps|has not agreed",
				"STAKE-204 stakeholders[S-1].expectations[X-S-1].steps|was changed to \"two views\" on 2027-03-04",
			}},
		{"changed five days ago", func(_ *stakeholder.Facts, s []stakeholder.Stakeholder) { reword(&s[0], "2027-03-05") },
			[]string{"STAKE-203 stakeholders[S-1].expectations[X-S-1].steps|has not agreed"}},
		{"changed and told", func(f *stakeholder.Facts, s []stakeholder.Stakeholder) {
			reword(&s[0], "2027-03-04")
			f.Register.Contacts = append(f.Register.Contacts, stakeholder.Contact{On: day("2027-03-04"), With: to("S-1"), About: []string{"X-S-1"}})
		}, []string{"STAKE-203 stakeholders[S-1].expectations[X-S-1].steps|has not agreed"}},
		// ST-16, RI-12
		{"no risks told", func(f *stakeholder.Facts, _ []stakeholder.Stakeholder) {
			f.Register.Plan[0].Content = []stakeholder.Content{stakeholder.Progress, stakeholder.Decisions}
		}, []string{"STAKE-301 plan|carries risks"}},
		// ST-11
		{"no owner", func(f *stakeholder.Facts, _ []stakeholder.Stakeholder) { f.Register.Plan[0].Owner = " " },
			[]string{"STAKE-302 plan[COM-1].owner|Nobody owns"}},
		{"incomplete", func(f *stakeholder.Facts, _ []stakeholder.Stakeholder) {
			p := &f.Register.Plan[2]
			p.Purpose, p.Channels, p.Detail = "", nil, 0
		}, []string{
			"STAKE-303 plan[COM-3].channels|no channel", "STAKE-303 plan[COM-3].detail|no level", "STAKE-303 plan[COM-3].purpose|no purpose",
		}},
		{"powerful and once", func(f *stakeholder.Facts, _ []stakeholder.Stakeholder) {
			f.Register.Plan[0].Rhythm.Every = calendar.Period{}
		},
			[]string{"STAKE-304 stakeholders[S-1]|regularly"}},
		{"not reached", func(f *stakeholder.Facts, _ []stakeholder.Stakeholder) {
			f.Register.Plan[1].Audience = to("S-2", "S-5")
		},
			[]string{"STAKE-305 stakeholders[S-4]|No communication reaches \"Dana Fox\""}},
		{"not reached, and merely watched", func(f *stakeholder.Facts, s []stakeholder.Stakeholder) {
			f.Register.Plan[1].Audience = to("S-2", "S-5")
			s[3].Position = stakeholder.Position{Power: 3, Interest: 3}
		}, nil},
		// ST-14
		{"detail for executives", func(f *stakeholder.Facts, _ []stakeholder.Stakeholder) {
			f.Register.Plan[0].Detail = stakeholder.DetailAndContext
		},
			[]string{"STAKE-307 plan[COM-1].detail|to executives: \"Anna Berg\""}},
		{"key points for the team", func(f *stakeholder.Facts, _ []stakeholder.Stakeholder) {
			f.Register.Plan[1].Detail = stakeholder.KeyPoints
		},
			[]string{"STAKE-308 plan[COM-2].detail|to team members: \"Ben Kaya\""}},
		// ST-13
		{"channel that does not suit", func(_ *stakeholder.Facts, s []stakeholder.Stakeholder) {
			s[0].Prefers = []stakeholder.Channel{stakeholder.InstantMessage}
		}, []string{"STAKE-309 stakeholders[S-1].prefers|prefers instant_message"}},
		// ST-31
		{"customers not asked", func(f *stakeholder.Facts, _ []stakeholder.Stakeholder) {
			f.Register.Plan[2].Content = []stakeholder.Content{stakeholder.Progress}
		}, []string{"STAKE-310 plan|feedback"}},
		// ST-17
		{"no protocol", func(f *stakeholder.Facts, _ []stakeholder.Stakeholder) { f.Register.Plan[0].Protocol = "" },
			[]string{"STAKE-311 plan|reported in 2 communications, and none"}},
		// ST-05, ST-13
		{"overdue beyond the grace", func(f *stakeholder.Facts, _ []stakeholder.Stakeholder) { f.AsOf = day("2027-03-11") },
			[]string{"STAKE-321 plan[COM-1]|was due on 2027-03-08 and is 1 day overdue to \"S-1\""}},
		{"never contacted", func(f *stakeholder.Facts, _ []stakeholder.Stakeholder) {
			f.Register.Contacts[0].With = to("S-2", "S-4")
		},
			[]string{
				"STAKE-321 plan[COM-2]|was due on 2027-01-04 and is 65 days overdue to \"S-5\"",
				"STAKE-322 stakeholders[S-5]|from 2027-01-04 on, and was never contacted",
				"STAKE-323 events[CH-1]|approved change \"second language\" of 2027-02-26 has not been told to \"S-5\"",
			}},
		// ST-16, SC-26
		{"change untold", func(f *stakeholder.Facts, _ []stakeholder.Stakeholder) { f.Register.Contacts[0].About = nil },
			[]string{"STAKE-323 events[CH-1]|has not been told to \"S-2\", \"S-3\", \"S-4\", \"S-5\""}},
		{"change untold, but only for five days", func(f *stakeholder.Facts, _ []stakeholder.Stakeholder) {
			f.Register.Contacts[0].About, f.Events[0].On = nil, day("2027-03-05")
		}, nil},
		// ST-15
		{"noise", func(f *stakeholder.Facts, _ []stakeholder.Stakeholder) {
			f.Register.Contacts = append(f.Register.Contacts, stakeholder.Contact{On: day("2027-03-10"), With: to("S-1")})
		}, []string{"STAKE-324 stakeholders[S-1]|got 1 message from 2027-02-09 to 2027-03-10, 1 more than"}},
		{"noise that is allowed", func(f *stakeholder.Facts, _ []stakeholder.Stakeholder) {
			f.Config.NoiseAllowed = 1
			f.Register.Contacts = append(f.Register.Contacts, stakeholder.Contact{On: day("2027-03-10"), With: to("S-1")})
		}, nil},
		// ST-09
		{"conflict open", func(f *stakeholder.Facts, _ []stakeholder.Stakeholder) { f.Register.Conflicts[0].Resolved = 0 },
			[]string{"STAKE-401 conflicts[K-1]|has been open for 37 days"}},
		{"conflict open, with more time", func(f *stakeholder.Facts, _ []stakeholder.Stakeholder) {
			f.Register.Conflicts[0].Resolved = 0
			f.Config.ConflictOpen = calendar.MustParsePeriod("P2M")
		}, nil},
		{"resolution untold", func(f *stakeholder.Facts, _ []stakeholder.Stakeholder) { f.Register.Contacts[3].With = to("S-4") },
			[]string{"STAKE-402 conflicts[K-1].resolved|\"S-2\", \"S-3\" has not been told"}},
		{"no strategy", func(f *stakeholder.Facts, _ []stakeholder.Stakeholder) {
			c := &f.Register.Conflicts[1]
			c.State, c.Raised, c.Owner, c.Strategy = stakeholder.Actual, day("2027-03-01"), "", ""
		}, []string{
			"STAKE-403 conflicts[K-2].mode|no mode", "STAKE-403 conflicts[K-2].owner|no owner", "STAKE-403 conflicts[K-2].strategy|no strategy",
		}},
		// ST-24
		{"department missing", func(f *stakeholder.Facts, _ []stakeholder.Stakeholder) {
			f.Departments = append(f.Departments, "Legal")
		},
			[]string{"STAKE-501 team|Nobody in the team is from \"Legal\""}},
		// ST-27
		{"no conditions", func(f *stakeholder.Facts, _ []stakeholder.Stakeholder) { f.SignOffs[0].Conditions = nil },
			[]string{"STAKE-502 signOffs[0].conditions|none is stated", "STAKE-504 stakeholders[S-1].signs|only on conditions that are not met"}},
		{"condition late", func(f *stakeholder.Facts, _ []stakeholder.Stakeholder) { f.SignOffs[0].Conditions[0].Met = 0 },
			[]string{
				"STAKE-503 signOffs[0].conditions[0]|is 23 days late", "STAKE-504 stakeholders[S-1].signs|only on conditions",
			}},
		{"not signed", func(f *stakeholder.Facts, _ []stakeholder.Stakeholder) { f.SignOffs = nil },
			[]string{"STAKE-504 stakeholders[S-1].signs|has not signed off \"Charter\", due on 2027-02-01"}},
		{"refused", func(f *stakeholder.Facts, _ []stakeholder.Stakeholder) {
			f.SignOffs = append(f.SignOffs, stakeholder.SignOff{Deliverable: " CHARTER", By: "S-1", On: day("2027-01-30"), Answer: stakeholder.Rejected})
		}, []string{"STAKE-504 stakeholders[S-1].signs|has refused", "STAKE-505 signOffs[1].reason|no reason"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := sound()
			c.change(&f, f.Register.Stakeholders)
			require.Empty(t, cmp.Diff(c.want, match(verdict.Run(f, stakeholder.Rules()...), c.want)))
		})
	}
}

func reword(s *stakeholder.Stakeholder, on string) {
	e := &s.Expectations[0]
	e.Steps = append(e.Steps, stakeholder.Step{On: day(on), Turn: stakeholder.ExpectationChanged, Text: "two views"})
}

// match describes the findings of a report in the form of want: a finding for
// each, by code and subject, that contains the part of its message.
func match(report verdict.Report, want []string) []string {
	var got []string
	used := make(map[int]bool)
	rest := report.Findings
	for _, w := range want {
		for i, f := range rest {
			place, part, _ := strings.Cut(w, "|")
			if !used[i] && place == string(f.Code)+" "+f.Subject && strings.Contains(f.Message, part) && f.Remedy != "" {
				used[i] = true
				got = append(got, w)
				break
			}
		}
	}
	for i, f := range rest {
		if !used[i] {
			got = append(got, string(f.Code)+" "+f.Subject+"|"+f.Message)
		}
	}
	return got
}

// A rule without its subject does not apply, and says so.
func TestNotApplicable(t *testing.T) {
	f := stakeholder.Facts{AsOf: day("2027-03-10"), PlanningStart: day("2027-01-04")}
	report := verdict.Run(f, stakeholder.Rules()...)
	for _, code := range []verdict.Code{
		"STAKE-004", "STAKE-008", "STAKE-101", "STAKE-105", "STAKE-201", "STAKE-302", "STAKE-307", "STAKE-308", "STAKE-310", "STAKE-311",
		"STAKE-321", "STAKE-401", "STAKE-502",
	} {
		o, _ := report.Outcome(code)
		require.Equal(t, verdict.NotApplicable, o.Status, code)
		require.NotEmpty(t, o.Reason)
	}
}

// Messages speak of every kind of event, and of many names only the first few.
func TestEventMessages(t *testing.T) {
	f := sound()
	f.Register.Contacts, f.Events = nil, nil
	for i := range 12 {
		f.Register.Stakeholders = append(f.Register.Stakeholders, stakeholder.Stakeholder{ID: "Z-" + strconv.Itoa(i), Class: stakeholder.Others})
	}
	everybody := stakeholder.Audience{Classes: []stakeholder.Class{stakeholder.Others}}
	want := map[stakeholder.EventKind]string{
		stakeholder.PhaseDecision: "The phase decision", stakeholder.ApprovedChange: "The approved change",
		stakeholder.NewHighRisk: "The new high risk", stakeholder.NewHighIssue: "The new high issue",
		stakeholder.ResolvedConflict: "The resolution of the conflict", 0: "The event",
	}
	for kind := range stakeholder.ResolvedConflict + 1 {
		f.Events = append(f.Events, stakeholder.Event{ID: kind.String(), Kind: kind, On: day("2027-03-01"), Subject: "x", Audience: everybody})
	}
	for _, rule := range stakeholder.Rules() {
		if rule.Code != "STAKE-323" {
			continue
		}
		_, findings := rule.Run(f)
		require.Len(t, findings, len(want))
		for i, finding := range findings {
			require.Contains(t, finding.Message, want[f.Events[i].Kind])
			require.Contains(t, finding.Message, `"Z-7", 4 more.`)
		}
	}
}

// A sign-off by somebody who is not in the register is bad input; the rules
// still speak of it by id.
func TestSignOffByNobody(t *testing.T) {
	f := sound()
	f.SignOffs = append(f.SignOffs, stakeholder.SignOff{Deliverable: "Plan", By: "S-9", On: day("2027-03-01"), Answer: stakeholder.Rejected})
	require.ErrorIs(t, f.Validate(), verdict.ErrUnknown)
	report := verdict.Run(f, stakeholder.Rules()...)
	require.Len(t, report.Findings, 1)
	require.Equal(t, `"S-9" refused "Plan", and no reason is recorded.`, report.Findings[0].Message)
}

// With a planning date but no day the rule on buy-in cannot be judged, nor can
// any other that asks for a day.
func TestWithoutDay(t *testing.T) {
	f := sound()
	f.AsOf = 0
	report := verdict.Run(f, stakeholder.Rules()...)
	require.Empty(t, report.Findings)
	for _, code := range []verdict.Code{
		"STAKE-101", "STAKE-102", "STAKE-103", "STAKE-104", "STAKE-105", "STAKE-106", "STAKE-201", "STAKE-202", "STAKE-203", "STAKE-204",
		"STAKE-321", "STAKE-322", "STAKE-323", "STAKE-324", "STAKE-401", "STAKE-402", "STAKE-403",
		"STAKE-502", "STAKE-503", "STAKE-504", "STAKE-505",
	} {
		o, _ := report.Outcome(code)
		require.Equal(t, verdict.Unassessed, o.Status, code)
	}
}
