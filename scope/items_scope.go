package scope

import (
	"fmt"

	"github.com/crmrollout/crm/crmproject/objective"
	"github.com/crmrollout/crm/crmproject/verdict"
)

var scopeItems = []derivation{
	{
		item: ItemRef{ComponentScope, "functionalities>=1"}, gate: true, code: "SCOPE-001",
		title: "The scope names the features of the CRM",
		why:   "Without a list of features nobody can tell what is being built, or when it is finished.",
		gaps: func(s *Statement, gap sink) {
			if len(s.Scope.Features) == 0 {
				gap.find("scope.features", "The scope names no feature of the CRM.",
					"List the features and functionalities that the CRM is to offer.")
			}
		},
	},
	{
		item: ItemRef{ComponentScope, "user_count>0"}, gate: true, code: "SCOPE-002",
		title: "The scope states the number of users",
		why:   "Licences, training, servers and support all depend on how many people will use the CRM.",
		gaps: func(s *Statement, gap sink) {
			if s.Scope.Users <= 0 {
				gap.find("scope.users", "The scope does not state how many people will use the CRM.",
					"Count the users, department by department.")
			}
		},
	},
	{
		item: ItemRef{ComponentScope, "integrations_listed_or_explicit_none"}, gate: true, code: "SCOPE-003",
		title: "The scope lists the integrations, or says that there are none",
		why:   "An integration that turns up late is among the dearest surprises of a rollout.",
		gaps: func(s *Statement, gap sink) {
			if !s.Scope.integrationsSettled() {
				gap.find("scope.integrations", "The scope neither lists integrations with other systems nor says that there are none.",
					"Go through the systems in use with IT; declare each integration, or declare that there is none.")
			}
		},
	},
	{
		item: ItemRef{ComponentScope, "current_infrastructure_described"}, code: "SCOPE-004", severity: verdict.Minor,
		title: "The scope describes the current technology infrastructure",
		why:   "What is there today decides what the CRM has to fit into.",
		gaps: func(s *Statement, gap sink) {
			if blank(s.Scope.Infrastructure.Current) {
				gap.find("scope.infrastructure.current", "The scope does not describe the technology infrastructure of today.",
					"Have IT describe servers, network, devices and systems in use.")
			}
		},
	},
	{
		item: ItemRef{ComponentScope, "exclusions_listed"}, code: "SCOPE-005", severity: verdict.Minor,
		title: "The scope lists what it excludes",
		why:   "What is not ruled out will be expected by somebody.",
		gaps: func(s *Statement, gap sink) {
			if len(s.Scope.Exclusions) == 0 {
				gap.find("scope.exclusions", "The scope excludes nothing expressly.",
					"List what people might expect and will not get.")
			}
		},
	},
}

var goalItems = []derivation{
	{
		item: ItemRef{ComponentGoals, "objectives>=1"}, gate: true, code: "SCOPE-006",
		title: "At least one objective is kept",
		why:   "A project without objectives can neither succeed nor fail, only end.",
		gaps: func(s *Statement, gap sink) {
			if len(s.Goals.Objectives) == 0 {
				gap.find("goals.objectives", noObjective(s.Goals),
					"State an objective that can be missed: which metric moves, by how much, by when.")
			}
		},
	},
	{
		item: ItemRef{ComponentGoals, "every_kept_objective_specific"}, gate: true, code: "SCOPE-007",
		title: "Every kept objective is specific",
		why:   "A vague objective cannot be missed, so it steers nothing. It belongs set aside until it is restated.",
		gaps: eachObjective(func(_ Goals, o objective.Objective) (message, remedy string) {
			if o.Specific() {
				return "", ""
			}
			return fmt.Sprintf("Objective %s is kept although it is %s.", verdict.Quote(o.Text), vagueness(o)),
				"Restate it with direction, metric and amount, or set it aside with the reason."
		}),
	},
	{
		item: ItemRef{ComponentGoals, "every_objective_aligned_to_business_goal"}, gate: true, code: "SCOPE-008",
		title: "Every kept objective serves a business goal",
		why:   "An objective that serves no goal of the business loses its sponsor at the first conflict over money.",
		gaps: eachObjective(func(g Goals, o objective.Objective) (message, remedy string) {
			switch {
			case o.Goal == "":
				return fmt.Sprintf("Objective %s serves no business goal.", verdict.Quote(o.Text)),
					"Name the business goal that it serves, or drop it."
			case !g.hasGoal(o.Goal):
				return fmt.Sprintf("Objective %s names the business goal %s, which is not among the goals.",
						verdict.Quote(o.Text), verdict.Quote(o.Goal)),
					"Add the goal, or name one of those listed."
			default:
				return "", ""
			}
		}),
	},
	{
		item: ItemRef{ComponentGoals, "every_objective_has_indicator"}, code: "SCOPE-009", severity: verdict.Major,
		title: "Every kept objective has an indicator",
		why:   "What is not measured cannot be steered, and nobody will know whether the objective was reached.",
		gaps: eachObjective(func(g Goals, o objective.Objective) (message, remedy string) {
			if o.IsMilestone() || !blank(g.Indicator(o.ID)) {
				return "", "" // a milestone is done or not: it is its own indicator
			}
			return fmt.Sprintf("Objective %s has no indicator.", verdict.Quote(o.Text)),
				"Name the metric that shows whether it is reached."
		}),
	},
}

func noObjective(g Goals) string {
	if n := len(g.SetAside); n > 0 {
		return fmt.Sprintf("No objective is kept; set aside: %d.", n)
	}
	return "No objective is stated."
}

// eachObjective asks about every kept objective.
func eachObjective(ask func(g Goals, o objective.Objective) (message, remedy string)) func(*Statement, sink) {
	return func(s *Statement, gap sink) {
		if len(s.Goals.Objectives) == 0 {
			gap.void("No objective is kept.")
		}
		for _, o := range s.Goals.Objectives {
			if message, remedy := ask(s.Goals, o); message != "" {
				gap.find(verdict.Key("goals.objectives", o.ID), message, remedy)
			}
		}
	}
}

// hasGoal reports whether a business goal has the id.
func (g Goals) hasGoal(id string) bool {
	for _, x := range g.Business {
		if x.ID == id {
			return true
		}
	}
	return false
}
