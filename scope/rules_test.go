package scope_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/money"
	"github.com/crmrollout/crm/crmproject/objective"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/scope"
)

// running returns the facts of a project under way that is in order: the scope
// is frozen, one change was approved, done and told.
func running(tb testing.TB) scope.Facts {
	tb.Helper()
	s := complete(tb)
	base, err := s.Freeze(2, "sponsor", day("2027-02-05"))
	require.NoError(tb, err)
	done := scope.Change{
		ID: "CR-1", Title: "Two roles", Requester: "sales", State: scope.Assessed, Assessment: none(2),
		History: []scope.Step{
			{From: scope.Draft, To: scope.Submitted, By: "sales", On: day("2027-02-10")},
			{From: scope.Submitted, To: scope.Assessed, By: "pm", On: day("2027-02-12"), Assessment: none(2)},
		},
	}
	done, err = done.Advance(scope.Move{To: scope.Approved, By: "sponsor", On: day("2027-02-15")}, scope.Ground{Baseline: 2})
	require.NoError(tb, err)
	done.Notices = []scope.Notice{{On: day("2027-02-16"), To: "everybody"}}
	return scope.Facts{
		Statement: s, AsOf: day("2027-02-20"), Baseline: base, Changes: []scope.Change{done},
		Metrics: []string{"churn_rate", "resolution_time"},
	}
}

func TestCatalogue(t *testing.T) {
	rules := scope.Rules()
	require.Len(t, rules, 89)
	before := verdict.Code("")
	for _, r := range rules {
		require.True(t, r.Code.IsValid(), r.Code)
		require.Equal(t, "SCOPE", r.Code.Family())
		require.Greater(t, r.Code, before)
		before = r.Code
		require.True(t, r.Severity.IsValid(), r.Code)
		require.NotEmpty(t, r.Title, r.Code)
		require.True(t, strings.HasSuffix(r.Why, "."), r.Code)
		require.False(t, strings.HasSuffix(r.Title, "."), r.Code)
		require.NotNil(t, r.Check, r.Code)
	}
	rules[0].Title = "changed"
	require.NotEqual(t, "changed", scope.Rules()[0].Title, "a fresh slice each time")
}

func TestNoFindings(t *testing.T) {
	f := running(t)
	require.NoError(t, f.Validate())
	report := verdict.Run(f, scope.Rules()...)
	require.Empty(t, report.Findings)
	for _, o := range report.Outcomes {
		require.True(t, o.Status.Satisfied(), "%s %s: %s", o.Code, o.Status, o.Reason)
	}
}

// A trial makes one thing wrong that one rule is there to find.
type trial struct {
	code    verdict.Code
	with    func(*scope.Facts)
	subject string
	message string // part of it
}

func trials() []trial {
	type f = *scope.Facts
	statement := func(with func(*scope.Statement)) func(f) { return func(x f) { with(&x.Statement) } }
	type s = *scope.Statement
	change := func(with func(*scope.Change)) func(f) {
		return func(x f) { with(&x.Changes[0]) }
	}
	exempt := func(c scope.Component, why string) func(f) {
		return statement(func(x s) { x.NotApplicable = []scope.Exemption{{Component: c, Rationale: why}} })
	}
	return []trial{
		{"SCOPE-041", exempt(scope.ComponentBudget, "It is free."), "notApplicable[budget]", "always applies"},
		{"SCOPE-041", exempt(scope.ComponentMigration, ""), "notApplicable[data_migration_requirements]", "without a rationale"},
		{"SCOPE-042", exempt(scope.ComponentMigration, "Green field."), "notApplicable[data_migration_requirements]", "lists 2."},
		{"SCOPE-042", exempt(scope.ComponentIntegration, "None."), "notApplicable[integration_requirements]", "lists 4."},
		{"SCOPE-043", func(x f) {
			x.Scheme = scope.Scheme{Components: []scope.ComponentScheme{{Component: scope.ComponentTimeline, Weight: 1, Items: []scope.Item{{Name: "own", Weight: 1}}}}}
		}, "confirmed[timeline.own]", "nobody has confirmed"},
		{"SCOPE-044", func(x f) { x.Scheme.Threshold = ratio.Int(1); x.Statement.Scope.Exclusions = nil }, "", "97.8 % complete"},
		{"SCOPE-050", statement(func(x s) { x.Goals.Objectives[0].Owner = "" }), "goals.objectives[O-1].owner", "has no owner"},
		{"SCOPE-051", statement(func(x s) { x.Goals.Objectives[1].Deadline = 0 }), "goals.objectives[O-2].deadline", "has no deadline"},
		{"SCOPE-052", statement(func(x s) { x.Goals.Objectives[0].Baseline = ratio.Ratio{} }), "goals.objectives[O-1].baseline", "has no baseline"},
		{"SCOPE-053", statement(func(x s) { x.Goals.Objectives[0].Deadline = day("2027-01-10") }), "goals.objectives[O-1].deadline", "before the project begins"},
		{"SCOPE-054", statement(func(x s) { x.Goals.Objectives[0].Goal = "G-2" }), "goals.business[G-1]", "Keep more"},
		{"SCOPE-055", func(x f) { x.Metrics = x.Metrics[1:] }, "goals.indicators[O-1]", `"churn_rate"`},
		{"SCOPE-056", statement(func(x s) {
			for i := range x.Requirements {
				x.Requirements[i].Objectives = []string{"O-1"}
			}
		}), "goals.objectives[O-2]", "No requirement in scope serves"},
		{"SCOPE-057", statement(func(x s) {
			x.Goals.SetAside = []scope.SetAside{{Objective: objective.Objective{ID: "O-9", Text: "improve relations"}, Reason: "too vague"}}
		}), "goals.setAside[O-9]", "too vague"},
		{"SCOPE-058", statement(func(x s) { x.Goals.Business[0].Strategies = nil }), "goals.business[G-1]", "no strategy"},
		{"SCOPE-060", statement(func(x s) { x.Requirements[8].Source = scope.Source{} }), "requirements[R-9]", "who asked for it"},
		{"SCOPE-061", statement(func(x s) { x.Requirements[9].Priority = 0 }), "requirements[R-10]", "no priority"},
		{"SCOPE-062", statement(func(x s) { x.Requirements[9].Kind = 0 }), "requirements[R-10]", "neither"},
		{"SCOPE-063", statement(func(x s) { x.Requirements[2].Features = nil }), "requirements[R-3]", "must-have that no feature"},
		{"SCOPE-064", statement(func(x s) {
			x.Goals.SetAside = []scope.SetAside{{Objective: x.Goals.Objectives[1], Reason: "too vague"}}
			x.Goals.Objectives = x.Goals.Objectives[:1]
		}), "requirements[R-10].objectives", `"O-2"`},
		{"SCOPE-065", statement(func(x s) { x.Requirements[1].Features = nil }), "scope.features[F-2]", `"Campaigns"`},
		{"SCOPE-066", statement(func(x s) {
			for i := range 7 {
				x.Requirements[i].Priority = scope.Must
			}
		}), "requirements", "7 of 10"},
		{"SCOPE-067", statement(func(x s) {
			for i := range x.Requirements {
				x.Requirements[i].Kind = scope.UserRequirement
			}
		}), "requirements", "system requirement"},
		{"SCOPE-070", statement(func(x s) { x.Scope.Infrastructure.Fit = "" }), "scope.infrastructure.fit", "fits"},
		{"SCOPE-071", statement(func(x s) { x.Requirements[6].Area = scope.AreaServers }), "requirements", "software"},
		{"SCOPE-072", statement(func(x s) { x.Requirements[7].Exchange.Integration = "" }), "requirements[R-8].exchange", "no declared integration"},
		{"SCOPE-073", statement(func(x s) { x.Requirements[7].Exchange.Data = nil }), "requirements[R-8].exchange", "data"},
		{"SCOPE-075", statement(func(x s) { x.Timeline.Milestones[4].On = day("2028-01-01") }), "timeline.milestones[M-5].on", "outside the timeline"},
		{"SCOPE-075", statement(func(x s) { x.Timeline.Milestones[4].On = 0 }), "timeline.milestones[M-5].on", "no date"},
		{"SCOPE-080", statement(func(x s) { x.Users.Roles[0].Access[1].Grant = nil }), "users.roles[sales]", `needs read on "invoice"`},
		{"SCOPE-081", statement(func(x s) { x.Users.Roles[1].Access[0].Grant = []string{"read", "delete"} }), "users.roles[marketing]", "is granted delete"},
		{"SCOPE-082", statement(func(x s) { x.Users.Roles[3].Access[0].Grant = []string{"*"} }), "users.roles[admin]", "wildcard"},
		{"SCOPE-083", statement(func(x s) { x.Users.Roles[2].Count = 0 }), "users.roles[service]", "nobody"},
		{"SCOPE-084", statement(func(x s) { x.Users.Roles[2].Access = nil }), "users.roles[service]", "neither needs"},
		{"SCOPE-085", statement(func(x s) { x.Users.Roles[1].Access[1].Need = append(x.Users.Roles[1].Access[1].Need, "approve") }), "users.roles[marketing]", "holds both create"},
		{"SCOPE-086", statement(func(x s) { x.Users.Roles[1].Tailoring = "" }), "users.roles[marketing].tailoring", "Marketing user"},
		{"SCOPE-087", statement(func(x s) { x.Users.Usability = "" }), "users.usability", "easy to use"},
		{"SCOPE-090", statement(func(x s) { x.Migration.Entities[0].Source = "" }), "migration.entities[D-1]", "no source system"},
		{"SCOPE-091", statement(func(x s) { x.Migration.Entities[0].Records = 0 }), "migration.entities[D-1]", "number of records"},
		{"SCOPE-100", statement(func(x s) { *x = scope.Statement{Timeline: x.Timeline} }), "", "unclear in 5 respects"},
		{"SCOPE-110", func(x f) { x.Baseline = scope.Baseline{} }, "baseline", "not frozen"},
		{"SCOPE-111", statement(func(x s) { x.Scope.Features = append(x.Scope.Features, scope.Feature{ID: "F-5", Name: "Chat"}) }),
			"scope.features[F-5]", "was added since version 2"},
		{"SCOPE-112", statement(func(x s) { x.Scope.Integrations = x.Scope.Integrations[:1] }), "scope.integrations[I-2]", "was deleted"},
		{"SCOPE-112", statement(func(x s) { x.Goals.Objectives[0].Deadline++ }), "goals.objectives[O-1]", "was modified"},
		{"SCOPE-112", statement(func(x s) { x.Migration.Entities[1].Format = "MSG" }), "migration.entities[D-2]", "was modified"},
		{"SCOPE-113", statement(func(x s) {
			for _, id := range []string{"a", "b", "c"} {
				x.Users.Roles = append(x.Users.Roles, scope.Role{ID: id})
			}
		}), "baseline", "grown by 12.5 % of the baseline; 10.0 % are allowed"},
		{"SCOPE-114", statement(func(x s) {
			for i := range 7 {
				x.Requirements[i].Text += "!"
			}
		}), "baseline", "29.2 % has been touched"},
		{"SCOPE-115", statement(func(x s) { x.Scope.Exclusions = x.Scope.Exclusions[1:] }), "scope.exclusions", "Web shop"},
		{"SCOPE-116", change(func(c *scope.Change) {
			c.Delta = []scope.Touch{{Operation: scope.Deleted, Kind: scope.ElementRole, ID: "admin"}}
			c.Assessment.Scope.Level = scope.LowImpact
		}), "changes[CR-1]", "role admin deleted"},
		{"SCOPE-120", func(x f) { x.Changes[0].Notices, x.AsOf = nil, day("2027-02-21") }, "changes[CR-1]", "within 5 days"},
		{"SCOPE-120", change(func(c *scope.Change) { c.Notices, c.History = nil, nil }), "changes[CR-1]", "nobody was told"},
		{"SCOPE-121", func(x f) {
			x.AsOf = day("2027-03-02")
			x.Changes[0].State, x.Changes[0].History = scope.Assessed, x.Changes[0].History[:2]
			x.Policy.DecideWithin = 17
		}, "changes[CR-1]", "assessed since 2027-02-12"},
		{"SCOPE-122", func(x f) {
			x.Changes[0].State, x.Changes[0].History = scope.Assessed, x.Changes[0].History[:2]
			x.Baseline.Version = 3
		}, "changes[CR-1].assessment.baseline", "against version 2"},
		{"SCOPE-123", change(func(c *scope.Change) { c.Requester = "Sponsor " }), "changes[CR-1]", "who requested it"},
		{"SCOPE-124", change(func(c *scope.Change) { c.Assessment.Amount = money.MustParse("5 EUR") }), "changes[CR-1].assessment.cost", "costs 5.00 EUR"},
		{"SCOPE-124", change(func(c *scope.Change) { c.Assessment.Delay = 1 }), "changes[CR-1].assessment.schedule", "1 day"},
		{"SCOPE-124", change(func(c *scope.Change) {
			c.Delta = []scope.Touch{{Operation: scope.Added, Kind: scope.ElementFeature, ID: "F-1"}}
		}), "changes[CR-1].assessment.scope", "1 element"},
	}
}

// Every rule beyond the items finds what it is there to find, and says where,
// what, and what to do about it.
//
// Among the rules: user-friendly and tailored to each role (SC-20), customised
// (SC-23), user and system requirements (SC-27), requirements that evolve through
// change control (SC-28).
func TestRules(t *testing.T) {
	tried := map[verdict.Code]bool{}
	for _, tc := range trials() {
		t.Run(string(tc.code)+" "+tc.message, func(t *testing.T) {
			f := running(t)
			tc.with(&f)
			report := verdict.Run(f, scope.Rules()...)
			o, _ := report.Outcome(tc.code)
			require.Equal(t, verdict.NotMet, o.Status, o.Reason)
			found := report.Filter(func(x verdict.Finding) bool { return x.Code == tc.code && x.Subject == tc.subject }).Findings
			require.NotEmpty(t, found, report.Findings)
			require.Contains(t, found[0].Message, tc.message)
			require.True(t, strings.HasSuffix(found[0].Message, "."), found[0].Message)
			require.True(t, strings.HasSuffix(found[0].Remedy, "."), found[0].Remedy)
		})
		tried[tc.code] = true
	}
	for _, r := range scope.Rules()[40:] {
		require.True(t, tried[r.Code], "%s was never seen to find anything", r.Code)
	}
}

// What cannot be judged is said to be so, never taken for met.
func TestUnassessed(t *testing.T) {
	type f = *scope.Facts
	for _, tc := range []struct {
		code verdict.Code
		with func(f)
	}{
		{"SCOPE-007", func(x f) { x.Statement.Goals.Objectives = nil }},
		{"SCOPE-053", func(x f) { x.Statement.Timeline.Start = 0 }},
		{"SCOPE-055", func(x f) { x.Metrics = nil }},
		{"SCOPE-067", func(x f) {
			for i := range x.Statement.Requirements {
				x.Statement.Requirements[i].Kind = 0
			}
		}},
		{"SCOPE-070", func(x f) { x.Statement.Scope.Infrastructure.Current = "" }},
		{"SCOPE-075", func(x f) { x.Statement.Timeline.End = 0 }},
		{"SCOPE-080", func(x f) {
			for _, r := range x.Statement.Users.Roles {
				for i := range r.Access {
					r.Access[i].Grant = nil
				}
			}
		}},
		{"SCOPE-110", func(x f) { x.Baseline, x.AsOf = scope.Baseline{}, 0 }},
		{"SCOPE-113", func(x f) { x.Baseline.Elements = nil }},
		{"SCOPE-120", func(x f) { x.AsOf, x.Changes[0].Notices = 0, nil }},
		{"SCOPE-121", func(x f) { x.Changes[0].State, x.AsOf = scope.Submitted, 0 }},
		{"SCOPE-122", func(x f) { x.Changes[0].State, x.Baseline = scope.Assessed, scope.Baseline{} }},
		{"SCOPE-044", func(x f) {
			x.Scheme = scope.DefaultScheme()
			for i := range x.Scheme.Components {
				x.Scheme.Components[i].Weight = 0
			}
		}},
	} {
		facts := running(t)
		tc.with(&facts)
		o, ok := verdict.Run(facts, scope.Rules()...).Outcome(tc.code)
		require.True(t, ok)
		require.Equal(t, verdict.Unassessed, o.Status, tc.code)
		require.NotEmpty(t, o.Reason)
	}
}

// Rules without a subject say so; none cries wolf about an empty project.
func TestNotApplicableRules(t *testing.T) {
	report := verdict.Run(scope.Facts{}, scope.Rules()...)
	for _, code := range []verdict.Code{
		"SCOPE-043", "SCOPE-050", "SCOPE-055", "SCOPE-056", "SCOPE-060", "SCOPE-065", "SCOPE-066", "SCOPE-071", "SCOPE-072", "SCOPE-075",
		"SCOPE-080", "SCOPE-086", "SCOPE-090", "SCOPE-111", "SCOPE-115", "SCOPE-120",
	} {
		o, _ := report.Outcome(code)
		require.Equal(t, verdict.NotApplicable, o.Status, code)
	}
	facts := running(t)
	facts.Statement.Users.Conflicts = nil
	o, _ := verdict.Run(facts, scope.Rules()...).Outcome("SCOPE-085")
	require.Equal(t, verdict.NotApplicable, o.Status)
	facts.AsOf, facts.Baseline = day("2027-01-10"), scope.Baseline{}
	o, _ = verdict.Run(facts, scope.Rules()...).Outcome("SCOPE-110")
	require.Equal(t, verdict.NotApplicable, o.Status)
}

// SC-29: a scheme that does not ask for an item silences its rule, and a faulty
// one is no verdict.
func TestRulesFollowScheme(t *testing.T) {
	f := running(t)
	f.Statement.Scope.Exclusions = nil
	f.Baseline = scope.Baseline{}
	f.Scheme.Components = scope.DefaultScheme().Components
	f.Scheme.Components[0].Items = f.Scheme.Components[0].Items[:4]
	report := verdict.Run(f, scope.Rules()...)
	o, _ := report.Outcome("SCOPE-005")
	require.Equal(t, verdict.NotApplicable, o.Status)
	o, _ = report.Outcome("SCOPE-036")
	require.Equal(t, verdict.Met, o.Status)

	f.Statement.NotApplicable = []scope.Exemption{{Component: scope.ComponentMigration, Rationale: "Green field."}}
	o, _ = verdict.Run(f, scope.Rules()...).Outcome("SCOPE-036")
	require.Equal(t, verdict.NotApplicable, o.Status)
	require.Contains(t, o.Reason, "Green field.")

	f.Scheme.Threshold = ratio.Int(2)
	o, _ = verdict.Run(f, scope.Rules()...).Outcome("SCOPE-044")
	require.Equal(t, verdict.Failed, o.Status)
}

func TestConfirmedItems(t *testing.T) {
	f := running(t)
	own := scope.ItemRef{Component: scope.ComponentMigration, Name: "archive kept"}
	f.Scheme = scope.Scheme{Components: []scope.ComponentScheme{{
		Component: scope.ComponentMigration, Weight: 1, Exemptible: true, Items: []scope.Item{{Name: own.Name, Weight: 1}},
	}}}
	status := func() verdict.Status {
		o, _ := verdict.Run(f, scope.Rules()...).Outcome("SCOPE-043")
		return o.Status
	}
	require.Equal(t, verdict.NotMet, status())
	f.Statement.NotApplicable = []scope.Exemption{{Component: scope.ComponentMigration, Rationale: "Green field."}}
	require.Equal(t, verdict.Met, status())
	f.Statement.NotApplicable = nil
	f.Statement.Confirmed = []scope.Confirmation{{Item: own, By: "dpo", On: day("2027-02-01")}}
	require.Equal(t, verdict.Met, status())
}

func TestFactsValidate(t *testing.T) {
	require.NoError(t, scope.Facts{}.Validate())
	f := running(t)
	f.Statement.Scope.Users = -1
	f.AsOf = -1
	f.Scheme.Threshold = ratio.Int(2)
	f.Baseline.By = ""
	f.Changes = append(f.Changes, f.Changes[0], scope.Change{})
	f.Policy = scope.Policy{MostGrowth: ratio.Int(-1), MostVolatility: ratio.Undefined("?"), MostMusts: ratio.Int(2), TellWithin: -1}
	require.Equal(t, []string{
		"scope.users", "asOf", "scheme.threshold", "baseline.by", "changes[1].id", "changes[2].id", "changes[2].title", "changes[2].requester",
		"policy.mostGrowth", "policy.mostVolatility", "policy.mostMusts", "policy.tellWithin",
	}, pathsOf(f.Validate()))
	require.NoError(t, scope.DefaultPolicy().Validate())
}

func TestFactsJSON(t *testing.T) {
	f := running(t)
	f.Policy = scope.DefaultPolicy()
	f.Scheme = scope.DefaultScheme()
	data, err := json.Marshal(f)
	require.NoError(t, err)
	var back scope.Facts
	require.NoError(t, json.Unmarshal(data, &back))
	require.Empty(t, diff(f, back))
}

// Bounds of the organisation's own take the place of the defaults.
func TestPolicy(t *testing.T) {
	f := running(t)
	f.Statement.Scope.Features = append(f.Statement.Scope.Features, scope.Feature{ID: "F-5", Name: "Chat"})
	grown := func() verdict.Status {
		o, _ := verdict.Run(f, scope.Rules()...).Outcome("SCOPE-113")
		return o.Status
	}
	require.Equal(t, verdict.Met, grown())
	f.Policy.MostGrowth = ratio.New(1, 24)
	require.Equal(t, verdict.Met, grown(), "the bound is inclusive")
	f.Policy.MostGrowth = ratio.New(1, 25)
	require.Equal(t, verdict.NotMet, grown())
	f.Policy.MostGrowth = ratio.Int(0)
	require.Equal(t, verdict.NotMet, grown(), "a bound of zero is not left out")
}

func TestRulesDeterministic(t *testing.T) {
	f := running(t)
	f.Statement.Users.Roles[0].Access = nil
	f.Statement.Requirements = f.Statement.Requirements[2:]
	first, err := json.Marshal(verdict.Run(f, scope.Rules()...))
	require.NoError(t, err)
	for range 20 {
		again, err := json.Marshal(verdict.Run(f, scope.Rules()...))
		require.NoError(t, err)
		require.Equal(t, string(first), string(again))
	}
}
