package scope_test

import (
	"encoding/json"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/money"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/scope"
)

func TestValidateComplete(t *testing.T) {
	require.NoError(t, complete(t).Validate())
	require.NoError(t, scope.Statement{}.Validate(), "that nothing is stated is no fault")
}

func TestValidate(t *testing.T) {
	type s = *scope.Statement
	const late = calendar.MaxDate + 1
	for _, tc := range []struct {
		path string
		want error
		with func(s)
	}{
		{"scope.features[1].id", verdict.ErrDuplicate, func(x s) { x.Scope.Features[1].ID = "F-1" }},
		{"scope.features[0].name", verdict.ErrMissing, func(x s) { x.Scope.Features[0].Name = "" }},
		{"scope.users", verdict.ErrRange, func(x s) { x.Scope.Users = -1 }},
		{"scope.integrations[0].id", verdict.ErrMissing, func(x s) { x.Scope.Integrations[0].ID = "" }},
		{"scope.integrations[0].system", verdict.ErrMissing, func(x s) { x.Scope.Integrations[0].System = "\t" }},
		{"scope.noIntegrations", verdict.ErrInvalid, func(x s) { x.Scope.NoIntegrations = true }},
		{"scope.exclusions[1]", verdict.ErrDuplicate, func(x s) { x.Scope.Exclusions[1] = x.Scope.Exclusions[0] }},
		{"scope.exclusions[0]", verdict.ErrMissing, func(x s) { x.Scope.Exclusions[0] = " " }},
		{"goals.business[1].id", verdict.ErrDuplicate, func(x s) { x.Goals.Business[1].ID = "G-1" }},
		{"goals.business[0].text", verdict.ErrMissing, func(x s) { x.Goals.Business[0].Text = "" }},
		{"goals.objectives[0].goal", verdict.ErrUnknown, func(x s) { x.Goals.Objectives[0].Goal = "G-7" }},
		{"goals.objectives[0].text", verdict.ErrMissing, func(x s) { x.Goals.Objectives[0].Text = "" }},
		{"goals.objectives[1].id", verdict.ErrDuplicate, func(x s) { x.Goals.Objectives[1].ID = "O-1" }},
		{"goals.setAside[0].objective.id", verdict.ErrDuplicate, func(x s) {
			x.Goals.SetAside = []scope.SetAside{{Objective: x.Goals.Objectives[0], Reason: "x"}}
		}},
		{"goals.setAside[0].reason", verdict.ErrMissing, func(x s) {
			x.Goals.SetAside = []scope.SetAside{{Objective: x.Goals.Objectives[0]}}
		}},
		{"goals.setAside[0].on", verdict.ErrRange, func(x s) {
			x.Goals.SetAside = []scope.SetAside{{Objective: x.Goals.Objectives[0], Reason: "x", On: late}}
		}},
		{"goals.indicators[0].objective", verdict.ErrUnknown, func(x s) { x.Goals.Indicators[0].Objective = "O-9" }},
		{"goals.indicators[0].objective", verdict.ErrMissing, func(x s) { x.Goals.Indicators[0].Objective = "" }},
		{"goals.indicators[1].objective", verdict.ErrDuplicate, func(x s) { x.Goals.Indicators[1].Objective = "O-1" }},
		{"goals.indicators[0].metric", verdict.ErrMissing, func(x s) { x.Goals.Indicators[0].Metric = "" }},
		{"timeline.start", verdict.ErrRange, func(x s) { x.Timeline.Start = -5 }},
		{"timeline.end", verdict.ErrRange, func(x s) { x.Timeline.End = day("2026-01-01") }},
		{"timeline.phases[1]", verdict.ErrDuplicate, func(x s) { x.Timeline.Phases = slices.Concat(scope.DefaultPhases()[:1], scope.DefaultPhases()) }},
		{"timeline.phases[0]", verdict.ErrMissing, func(x s) { x.Timeline.Phases = append([]string{""}, scope.DefaultPhases()...) }},
		{"timeline.milestones[0].id", verdict.ErrMissing, func(x s) { x.Timeline.Milestones[0].ID = "" }},
		{"timeline.milestones[0].name", verdict.ErrMissing, func(x s) { x.Timeline.Milestones[0].Name = "" }},
		{"timeline.milestones[0].on", verdict.ErrRange, func(x s) { x.Timeline.Milestones[0].On = late }},
		{"timeline.milestones[0].phase", verdict.ErrUnknown, func(x s) { x.Timeline.Milestones[0].Phase = "pilot" }},
		{"budget.total", verdict.ErrRange, func(x s) { x.Budget.Total = money.MustParse("-1 EUR") }},
		{"budget.total", verdict.ErrInvalid, func(x s) { x.Budget.Total = money.FromMinor(1, 7); x.Budget.Lines = nil }},
		{"budget.lines[1].id", verdict.ErrDuplicate, func(x s) { x.Budget.Lines[1].ID = "B-1" }},
		{"budget.lines[0].category", verdict.ErrMissing, func(x s) { x.Budget.Lines[0].Category = 0 }},
		{"budget.lines[0].category", verdict.ErrUnknown, func(x s) { x.Budget.Lines[0].Category = 200 }},
		{"budget.lines[2].amount", money.ErrCurrency, func(x s) { x.Budget.Lines[2].Amount = money.MustParse("1 USD") }},
		{"budget.lines[1].amount", money.ErrCurrency, func(x s) {
			x.Budget.Total = money.Amount{}
			x.Budget.Lines = x.Budget.Lines[:2]
			x.Budget.Lines[1].Amount = money.MustParse("1 USD")
		}},
		{"budget.lines", money.ErrOverflow, func(x s) {
			x.Budget.Lines[0].Amount = money.FromMinor(math.MaxInt64, money.EUR)
		}},
		{"requirements[1].id", verdict.ErrDuplicate, func(x s) { x.Requirements[1].ID = "R-1" }},
		{"requirements[0].text", verdict.ErrMissing, func(x s) { x.Requirements[0].Text = "" }},
		{"requirements[0].component", verdict.ErrMissing, func(x s) { x.Requirements[0].Component = 0 }},
		{"requirements[0].component", verdict.ErrInvalid, func(x s) { x.Requirements[0].Component = scope.ComponentBudget }},
		{"requirements[0].component", verdict.ErrUnknown, func(x s) { x.Requirements[0].Component = 50 }},
		{"requirements[0].kind", verdict.ErrUnknown, func(x s) { x.Requirements[0].Kind = 9 }},
		{"requirements[0].priority", verdict.ErrUnknown, func(x s) { x.Requirements[0].Priority = 9 }},
		{"requirements[0].status", verdict.ErrUnknown, func(x s) { x.Requirements[0].Status = 9 }},
		{"requirements[0].objectives[0]", verdict.ErrUnknown, func(x s) { x.Requirements[0].Objectives[0] = "O-12" }},
		{"requirements[0].objectives[1]", verdict.ErrDuplicate, func(x s) { x.Requirements[0].Objectives = []string{"O-1", "O-1"} }},
		{"requirements[0].features[1]", verdict.ErrUnknown, func(x s) { x.Requirements[0].Features[1] = "F-12" }},
		{"requirements[0].area", verdict.ErrInvalid, func(x s) { x.Requirements[0].Area = scope.AreaServers }},
		{"requirements[3].area", verdict.ErrUnknown, func(x s) { x.Requirements[3].Area = 40 }},
		{"requirements[0].exchange", verdict.ErrInvalid, func(x s) { x.Requirements[0].Exchange.Frequency = "daily" }},
		{"requirements[7].exchange.integration", verdict.ErrUnknown, func(x s) { x.Requirements[7].Exchange.Integration = "I-9" }},
		{"requirements[7].exchange.flow", verdict.ErrUnknown, func(x s) { x.Requirements[7].Exchange.Flow = 9 }},
		{"requirements[7].exchange.data[0]", verdict.ErrMissing, func(x s) { x.Requirements[7].Exchange.Data[0] = "" }},
		{"users.roles[1].id", verdict.ErrDuplicate, func(x s) { x.Users.Roles[1].ID = "sales" }},
		{"users.roles[0].name", verdict.ErrMissing, func(x s) { x.Users.Roles[0].Name = "" }},
		{"users.roles[0].count", verdict.ErrRange, func(x s) { x.Users.Roles[0].Count = -3 }},
		{"users.roles", verdict.ErrRange, func(x s) { x.Users.Roles[0].Count = math.MaxInt }},
		{"users.roles[0].access[0].entity", verdict.ErrMissing, func(x s) { x.Users.Roles[0].Access[0].Entity = "" }},
		{"users.roles[0].access[1].entity", verdict.ErrDuplicate, func(x s) { x.Users.Roles[0].Access[1].Entity = " Account" }},
		{"users.roles[0].access[0].need[0]", verdict.ErrMissing, func(x s) { x.Users.Roles[0].Access[0].Need[0] = "" }},
		{"users.roles[0].access[0].grant[1]", verdict.ErrDuplicate, func(x s) { x.Users.Roles[0].Access[0].Grant[1] = "create" }},
		{"users.conflicts[0]", verdict.ErrInvalid, func(x s) { x.Users.Conflicts[0].B = x.Users.Conflicts[0].A }},
		{"users.conflicts[0].a.entity", verdict.ErrMissing, func(x s) { x.Users.Conflicts[0].A.Entity = "" }},
		{"users.conflicts[0].b.action", verdict.ErrInvalid, func(x s) { x.Users.Conflicts[0].B.Action = "*" }},
		{"migration.entities[1].id", verdict.ErrDuplicate, func(x s) { x.Migration.Entities[1].ID = "D-1" }},
		{"migration.entities[0].name", verdict.ErrMissing, func(x s) { x.Migration.Entities[0].Name = "" }},
		{"migration.entities[0].records", verdict.ErrRange, func(x s) { x.Migration.Entities[0].Records = -1 }},
		{"migration.entities[1].acceptance.accuracy", verdict.ErrRange, func(x s) { x.Migration.Entities[1].Acceptance.Accuracy = ratio.New(3, 2) }},
		{"migration.acceptance.completeness", verdict.ErrRange, func(x s) { x.Migration.Acceptance.Completeness = ratio.Int(-1) }},
		{"migration.acceptance.accuracy", ratio.ErrUndefined, func(x s) { x.Migration.Acceptance.Accuracy = ratio.Undefined("?") }},
		{"inputs[0].component", verdict.ErrMissing, func(x s) { x.Inputs[0].Component = 0 }},
		{"inputs[0].department", verdict.ErrMissing, func(x s) { x.Inputs[0].Department = "" }},
		{"inputs[0].by", verdict.ErrMissing, func(x s) { x.Inputs[0].By = "" }},
		{"inputs[0].on", verdict.ErrMissing, func(x s) { x.Inputs[0].On = 0 }},
		{"notApplicable[0].component", verdict.ErrUnknown, func(x s) { x.NotApplicable = []scope.Exemption{{Component: 10}} }},
		{"notApplicable[1].component", verdict.ErrDuplicate, func(x s) {
			x.NotApplicable = []scope.Exemption{{Component: scope.ComponentMigration}, {Component: scope.ComponentMigration}}
		}},
		{"confirmed[0].item", verdict.ErrInvalid, func(x s) {
			x.Confirmed = []scope.Confirmation{{By: "x", On: x.Timeline.Start}}
		}},
		{"confirmed[0].item", verdict.ErrInvalid, func(x s) {
			x.Confirmed = []scope.Confirmation{{Item: scope.ItemRef{Component: scope.ComponentScope, Name: "user_count>0"}, By: "x", On: x.Timeline.Start}}
		}},
		{"confirmed[0].by", verdict.ErrMissing, func(x s) {
			x.Confirmed = []scope.Confirmation{{Item: scope.ItemRef{Component: scope.ComponentScope, Name: "own"}, On: x.Timeline.Start}}
		}},
	} {
		t.Run(tc.path+" "+tc.want.Error(), func(t *testing.T) {
			x := complete(t)
			tc.with(&x)
			err := x.Validate()
			require.ErrorIs(t, err, tc.want)
			require.Contains(t, pathsOf(err), tc.path)
		})
	}
}

// All faults come at once, in the order of the statement.
func TestValidateAll(t *testing.T) {
	s := complete(t)
	s.Scope.Users = -1
	s.Timeline.End = day("2026-01-01")
	s.Requirements[2].Features = []string{strings.Repeat("long", 1000)}
	s.Inputs[1].On = 0
	err := s.Validate()
	require.Equal(t, []string{"scope.users", "timeline.end", "requirements[2].features[0]", "inputs[1].on"}, pathsOf(err))
	require.Less(t, len(err.Error()), 500, "hostile input does not flood the message")
}

func TestStatementJSON(t *testing.T) {
	want := complete(t)
	want.NotApplicable = []scope.Exemption{{Component: scope.ComponentMigration, Rationale: "none", By: "pm", On: day("2027-01-01")}}
	want.Confirmed = []scope.Confirmation{{Item: scope.ItemRef{Component: scope.ComponentScope, Name: "own item"}, By: "pm", On: day("2027-01-01")}}
	want.Goals.SetAside = []scope.SetAside{{Objective: want.Goals.Objectives[0], Reason: "vague"}}
	data, err := json.Marshal(want)
	require.NoError(t, err)
	var got scope.Statement
	require.NoError(t, json.Unmarshal(data, &got))
	require.Empty(t, diff(want, got))

	data, err = json.Marshal(scope.Statement{})
	require.NoError(t, err)
	require.JSONEq(t, `{"title": ""}`, string(data))
}

// FuzzStatement feeds statements from outside through everything: nothing
// panics, rendering and scoring are repeatable, and a valid statement freezes.
func FuzzStatement(f *testing.F) {
	f.Add(statementJSON)
	f.Add([]byte(`{}`))
	f.Add([]byte(`{"scope":{"users":-9223372036854775808,"features":[{"id":""}]},"budget":{"total":"9 EUR","lines":[{"amount":"1 JPY"}]}}`))
	f.Add([]byte(`{"users":{"roles":[{"count":9223372036854775807},{"count":1,"access":[{"entity":"*","need":["*"]}]}]}}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		var s scope.Statement
		if json.Unmarshal(data, &s) != nil {
			return
		}
		c, err := s.Completeness(scope.Scheme{})
		require.NoError(t, err, "the default scheme scores every statement")
		require.True(t, c.Score.Defined() && c.Score.Sign() >= 0 && ratio.Int(1).AtLeast(c.Score))
		first := s.Markdown()
		require.Equal(t, first, s.Markdown())
		report := verdict.Run(scope.Facts{Statement: s, AsOf: calendar.MaxDate}, scope.Rules()...)
		for _, o := range report.Outcomes {
			require.NotEqual(t, verdict.Failed, o.Status)
		}
		b, err := s.Freeze(1, "sponsor", calendar.MinDate)
		require.Equal(t, s.Validate() == nil, err == nil)
		if err == nil {
			creep := scope.Creep(b, s, nil)
			require.Empty(t, creep.Touches)
		}
	})
}
