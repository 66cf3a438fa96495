package scope_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/money"
	"github.com/crmrollout/crm/crmproject/objective"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/scope"
)

// A breakage takes one thing out of the complete statement.
type breakage struct {
	name    string
	with    func(*scope.Statement)
	missing []string // items, in the order of the scheme
	reason  string   // part of the reason of the first
}

func breakages() []breakage {
	type s = *scope.Statement
	return []breakage{
		{"no features", func(x s) { x.Scope.Features = nil }, []string{"scope.functionalities>=1"}, "no feature"},
		{"no user count", func(x s) { x.Scope.Users = 0 },
			[]string{"scope.user_count>0", "user_requirements.user_count>0", "user_requirements.role_counts_sum_to_user_count"}, "how many people"},
		{"integrations open", func(x s) { x.Scope.Integrations = nil },
			[]string{"scope.integrations_listed_or_explicit_none", "integration_requirements.each_declared_integration_has_a_requirement"}, "neither lists"},
		{"no infrastructure", func(x s) { x.Scope.Infrastructure.Current = " " }, []string{"scope.current_infrastructure_described"}, "infrastructure"},
		{"no exclusions", func(x s) { x.Scope.Exclusions = nil }, []string{"scope.exclusions_listed"}, "excludes nothing"},
		{"no objectives", func(x s) { x.Goals.Objectives = nil }, []string{
			"goals_objectives.objectives>=1", "goals_objectives.every_kept_objective_specific",
			"goals_objectives.every_objective_aligned_to_business_goal", "goals_objectives.every_objective_has_indicator",
			"business_requirements.each_traced_to_objective",
		}, "No objective is stated."},
		{"vague objective kept", func(x s) { x.Goals.Objectives[0].Metric = "" }, []string{"goals_objectives.every_kept_objective_specific"}, "no metric"},
		{"objective serves no goal", func(x s) { x.Goals.Objectives[0].Goal = "" },
			[]string{"goals_objectives.every_objective_aligned_to_business_goal"}, "serves no business goal"},
		{"objective serves an unknown goal", func(x s) { x.Goals.Objectives[0].Goal = "G-9" },
			[]string{"goals_objectives.every_objective_aligned_to_business_goal"}, `"G-9", which is not among the goals`},
		{"no indicators", func(x s) { x.Goals.Indicators = nil }, []string{"goals_objectives.every_objective_has_indicator"}, "(and 1 more)"},
		{"no start", func(x s) { x.Timeline.Start = 0 },
			[]string{"timeline.start_and_end_set_and_ordered", "timeline.milestones>=1_dated_inside_range"}, "no start"},
		{"no end", func(x s) { x.Timeline.End = 0 },
			[]string{"timeline.start_and_end_set_and_ordered", "timeline.milestones>=1_dated_inside_range"}, "no end"},
		{"end before start", func(x s) { x.Timeline.End = day("2026-12-31") },
			[]string{"timeline.start_and_end_set_and_ordered", "timeline.milestones>=1_dated_inside_range"}, "before it starts"},
		{"milestones beyond the end", func(x s) {
			for i := range x.Timeline.Milestones {
				x.Timeline.Milestones[i].On = day("2030-01-01")
			}
		}, []string{"timeline.milestones>=1_dated_inside_range"}, "Of 5 milestones none"},
		{"phase without milestone", func(x s) { x.Timeline.Milestones = drop(x.Timeline.Milestones, 4) },
			[]string{"timeline.milestone_per_phase"}, `"closure"`},
		{"no total", func(x s) { x.Budget.Total = money.Amount{} }, []string{"budget.total>0_with_currency", "budget.lines_sum_to_total"}, "no total"},
		{"no software line", func(x s) { x.Budget.Lines[0].Category = scope.CostOther }, []string{"budget.software_cost"}, "software"},
		{"no implementation line", func(x s) { x.Budget.Lines[1].Category = scope.CostOther }, []string{"budget.implementation_cost"}, "implementation"},
		{"no training line", func(x s) { x.Budget.Lines[2].Category = scope.CostOther }, []string{"budget.training_cost"}, "training"},
		{"no support line", func(x s) { x.Budget.Lines[3].Category = scope.CostOther }, []string{"budget.ongoing_support_cost"}, "ongoing support"},
		{"lines too low", func(x s) { x.Budget.Total = money.MustParse("235000.01 EUR") }, []string{"budget.lines_sum_to_total"},
			"sum to 235,000.00 EUR, the total is 235,000.01 EUR"},
		{"lines of two currencies", func(x s) { x.Budget.Lines[0].Amount = money.MustParse("1 USD") }, []string{"budget.lines_sum_to_total"}, "mix currencies"},
		{"no lines", func(x s) { x.Budget.Lines = nil }, []string{
			"budget.software_cost", "budget.implementation_cost", "budget.training_cost", "budget.ongoing_support_cost", "budget.lines_sum_to_total",
		}, "no line for software"},
		{"no business requirements", func(x s) { x.Requirements = x.Requirements[3:] }, []string{
			"business_requirements.requirements>=1", "business_requirements.source_sales", "business_requirements.source_marketing",
			"business_requirements.source_customer_service", "business_requirements.each_traced_to_objective",
		}, "no business requirements"},
		{"sales not heard", func(x s) { x.Requirements[0].Source.Department = "board" }, []string{"business_requirements.source_sales"}, "sales"},
		{"marketing not heard", func(x s) { x.Requirements[1].Source.Department = "" }, []string{"business_requirements.source_marketing"}, "marketing"},
		{"service not heard", func(x s) { x.Requirements[2].Source.Department = "IT" }, []string{"business_requirements.source_customer_service"}, "customer service"},
		{"requirement untraced", func(x s) { x.Requirements[0].Objectives = nil }, []string{"business_requirements.each_traced_to_objective"}, "opportunities"},
		{"no technical requirements", func(x s) { x.Requirements = append(x.Requirements[:3:3], x.Requirements[7:]...) }, []string{
			"technical_requirements.requirements>=1", "technical_requirements.hardware_servers",
			"technical_requirements.network_infrastructure", "technical_requirements.software_licences",
		}, "no technical requirements"},
		{"no hardware", func(x s) { x.Requirements[3].Area = 0 }, []string{"technical_requirements.hardware_servers"}, "hardware or servers"},
		{"no network", func(x s) { x.Requirements[4].Area = 0 }, []string{"technical_requirements.network_infrastructure"}, "network infrastructure"},
		{"no licences", func(x s) { x.Requirements[5].Area = 0 }, []string{"technical_requirements.software_licences"}, "software licences"},
		{"IT not heard", func(x s) { x.Inputs = nil },
			[]string{"technical_requirements.it_input_recorded", "data_migration_requirements.it_input_recorded"}, "No input of IT"},
		{"input of IT without a day", func(x s) { x.Inputs[0].On = 0 }, []string{"technical_requirements.it_input_recorded"}, "No input of IT"},
		{"no integration requirements", func(x s) { x.Requirements = append(x.Requirements[:7:7], x.Requirements[9]) }, []string{
			"integration_requirements.requirements>=1_or_explicit_none", "integration_requirements.each_declared_integration_has_a_requirement",
			"integration_requirements.direction_and_frequency_given",
		}, "no integration requirement"},
		{"integration without requirement", func(x s) { x.Requirements[8].Exchange.Integration = "I-1" },
			[]string{"integration_requirements.each_declared_integration_has_a_requirement"}, `"human resources"`},
		{"no frequency", func(x s) { x.Requirements[8].Exchange.Frequency = "" },
			[]string{"integration_requirements.direction_and_frequency_given"}, "direction and frequency"},
		{"no direction", func(x s) { x.Requirements[8].Exchange.Flow = 0 },
			[]string{"integration_requirements.direction_and_frequency_given"}, "direction and frequency"},
		{"no roles", func(x s) { x.Users.Roles = nil }, []string{
			"user_requirements.roles>=1", "user_requirements.each_role_has_access_level", "user_requirements.role_counts_sum_to_user_count",
		}, "no role"},
		{"role without level", func(x s) { x.Users.Roles[0].Level, x.Users.Roles[0].Access = "", nil },
			[]string{"user_requirements.each_role_has_access_level"}, `"Sales user"`},
		{"counts do not sum", func(x s) { x.Users.Roles[0].Count++ }, []string{"user_requirements.role_counts_sum_to_user_count"},
			"The roles have 55 users, the scope states 54."},
		{"no data to migrate", func(x s) { x.Migration.Entities = nil }, []string{
			"data_migration_requirements.entities_listed_or_not_applicable", "data_migration_requirements.format_per_entity",
			"data_migration_requirements.reconciliation_threshold_set",
		}, "No data"},
		{"no format", func(x s) { x.Migration.Entities[0].Format = "" }, []string{"data_migration_requirements.format_per_entity"}, `"Customers"`},
		{"no process", func(x s) { x.Migration.Process = "" }, []string{"data_migration_requirements.process_defined"}, "process"},
		{"no thresholds", func(x s) { x.Migration.Acceptance.Completeness = ratio.Ratio{} },
			[]string{"data_migration_requirements.reconciliation_threshold_set"}, "(and 1 more)"},
	}
}

// Each item is read off the statement, with what is missing: features (SC-01),
// users (SC-02), integrations (SC-03, SC-18), infrastructure and fit (SC-04,
// SC-17), goals and objectives (SC-06, SC-07), strategies and tracking (SC-10),
// milestones (SC-11), budget (SC-12), requirements heard from sales, marketing and
// service (SC-13) and traced (SC-14), technical areas (SC-15) with the input of IT
// (SC-16), roles and access (SC-19), migration (SC-21, SC-22).
func TestItems(t *testing.T) {
	broken := map[string]bool{}
	for _, b := range breakages() {
		t.Run(b.name, func(t *testing.T) {
			s := complete(t)
			b.with(&s)
			list := s.Checklist(scope.Scheme{})
			require.Equal(t, b.missing, each(list.Missing, func(g scope.Gap) string { return g.Item.String() }))
			require.Contains(t, list.Missing[0].Reason, b.reason)
		})
		for _, item := range b.missing {
			broken[item] = true
		}
	}
	require.Len(t, broken, 40, "every item was broken")
}

// The rule of an item and the item are one truth: what the checklist lists as
// missing, the rule finds, or leaves unassessed because there is nothing that it
// could be true of.
func TestItemRulesAgree(t *testing.T) {
	codes := map[string]verdict.Code{}
	for _, c := range scope.DefaultScheme().Components {
		for _, item := range c.Items {
			codes[c.Component.String()+"."+item.Name] = verdict.Code(fmt.Sprintf("SCOPE-%03d", len(codes)+1))
		}
	}
	for _, b := range breakages() {
		s := complete(t)
		b.with(&s)
		report := verdict.Run(scope.Facts{Statement: s}, scope.Rules()...)
		unsatisfied := map[verdict.Code]bool{}
		for _, item := range b.missing {
			unsatisfied[codes[item]] = true
		}
		for item, code := range codes {
			outcome, ok := report.Outcome(code)
			require.True(t, ok)
			require.Equal(t, unsatisfied[code], !outcome.Status.Satisfied(), "%s: %s %s", b.name, item, code)
		}
	}
}

func TestExplicitNoIntegrations(t *testing.T) {
	s := complete(t)
	s.Scope.Integrations, s.Scope.NoIntegrations = nil, true
	s.Requirements = append(s.Requirements[:7:7], s.Requirements[9])
	require.Empty(t, s.Checklist(scope.Scheme{}).Missing)
}

// SC-09: an objective set aside does not count, and is counted.
func TestSetAsideOnly(t *testing.T) {
	s := complete(t)
	s.Goals.SetAside = []scope.SetAside{{Objective: s.Goals.Objectives[0], Reason: "too vague"}}
	s.Goals.Objectives = nil
	require.Equal(t, "No objective is kept; set aside: 1.", s.Checklist(scope.Scheme{}).Missing[0].Reason)
}

// A milestone objective is its own indicator.
func TestMilestoneObjective(t *testing.T) {
	s := complete(t)
	s.Goals.Objectives = append(s.Goals.Objectives, objective.Objective{
		ID: "O-3", Text: "Go live in all branches by 29 October 2027", Deliverable: "live in all branches",
		Deadline: day("2027-10-29"), Owner: "project manager", Goal: "G-2",
	})
	require.Empty(t, s.Checklist(scope.Scheme{}).Missing)
	a := s.Objectives()[2]
	require.True(t, a.SMART)
	require.Equal(t, []objective.Part{objective.PartDeadline, objective.PartOwner, objective.PartGoal}, a.Present)
}

// A department was heard even if what it asked for was rejected.
func TestHeardAndRejected(t *testing.T) {
	s := complete(t)
	s.Requirements[1].Status = scope.RequirementRejected
	require.Empty(t, s.Checklist(scope.Scheme{}).Missing)
	s.Requirements[1].Component = scope.ComponentUser
	require.Len(t, s.Checklist(scope.Scheme{}).Missing, 1)
}

func TestHeadcountsAllZero(t *testing.T) {
	s := scope.Statement{Users: scope.Users{Roles: []scope.Role{{ID: "a", Name: "A"}}}}
	list := s.Checklist(scope.Scheme{Components: []scope.ComponentScheme{{
		Component: scope.ComponentUser, Weight: 1, Items: []scope.Item{{Name: "role_counts_sum_to_user_count", Weight: 1}},
	}}})
	require.Equal(t, "No role has anybody in it.", list.Missing[0].Reason)
}
