package scope

import (
	"fmt"

	"github.com/crmrollout/crm/crmproject/verdict"
)

var userItems = []derivation{
	{
		item: ItemRef{ComponentUser, "user_count>0"}, gate: true, code: "SCOPE-032",
		title: "The user requirements rest on a number of users",
		why:   "Roles and rights are set up for people; how many there are decides how it is done.",
		gaps: func(s *Statement, gap sink) {
			if s.Scope.Users <= 0 {
				gap.find("scope.users", "The user requirements do not say for how many users they are.",
					"Count the users, role by role.")
			}
		},
	},
	{
		item: ItemRef{ComponentUser, "roles>=1"}, gate: true, code: "SCOPE-033",
		title: "The user requirements name roles",
		why:   "Without roles everybody gets the same screens and the same rights.",
		gaps: func(s *Statement, gap sink) {
			if len(s.Users.Roles) == 0 {
				gap.find("users.roles", "The user requirements name no role.", "List the roles, with head count and level of access.")
			}
		},
	},
	{
		item: ItemRef{ComponentUser, "each_role_has_access_level"}, gate: true, code: "SCOPE-034",
		title: "Every role has a level of access",
		why:   "Access that nobody decided on is either too wide or in the way.",
		gaps: func(s *Statement, gap sink) {
			if len(s.Users.Roles) == 0 {
				gap.void("No role is named.")
			}
			for _, r := range s.Users.Roles {
				if !r.hasLevel() {
					gap.find(verdict.Key("users.roles", r.ID), fmt.Sprintf("Role %s has no level of access.", verdict.Quote(r.Name)),
						"State what people in the role may see and do.")
				}
			}
		},
	},
	{
		item: ItemRef{ComponentUser, "role_counts_sum_to_user_count"}, code: "SCOPE-035", severity: verdict.Minor,
		title: "The head counts of the roles sum to the number of users",
		why:   "If the two differ, somebody has no role, or a licence has no user.",
		gaps:  headcountsSum,
	},
}

func headcountsSum(s *Statement, gap sink) {
	people, ok := s.Users.Headcount()
	switch {
	case len(s.Users.Roles) == 0:
		gap.void("No role is named.")
	case !ok:
		gap.find("users.roles", "The head counts of the roles are too large to add up.", "Correct them.")
	case people != s.Scope.Users:
		gap.find("users.roles", fmt.Sprintf("The roles have %s, the scope states %d.", count(people, "user"), s.Scope.Users),
			"Correct the head counts or the number of users.")
	case people == 0:
		gap.find("users.roles", "No role has anybody in it.", "State the head count of every role.")
	}
}

var migrationItems = []derivation{
	{
		item: ItemRef{ComponentMigration, "entities_listed_or_not_applicable"}, gate: true, code: "SCOPE-036",
		title: "The data to migrate are listed, or migration is declared not applicable",
		why:   "Data that nobody listed stay behind, and are missed on the first day.",
		gaps: func(s *Statement, gap sink) {
			if len(s.Migration.Entities) == 0 {
				gap.find("migration.entities", "No data to migrate are listed, and migration is not declared not applicable.",
					"List what moves, or declare with a rationale that nothing does.")
			}
		},
	},
	{
		item: ItemRef{ComponentMigration, "format_per_entity"}, code: "SCOPE-037", severity: verdict.Minor,
		title: "The format of every migrated entity is given",
		why:   "The format decides how the data are read, and what is lost on the way.",
		gaps: eachEntity(func(_ Migration, e Entity) (message, remedy string) {
			if !blank(e.Format) {
				return "", ""
			}
			return fmt.Sprintf("The format of %s is not given.", verdict.Quote(e.Name)), "Ask IT in what form the data come."
		}),
	},
	{
		item: ItemRef{ComponentMigration, "process_defined"}, code: "SCOPE-038", severity: verdict.Minor,
		title: "The migration process is defined",
		why:   "Data move once, at night, under pressure: not the moment to invent how.",
		gaps: func(s *Statement, gap sink) {
			if blank(s.Migration.Process) {
				gap.find("migration.process", "The process of the migration is not defined.",
					"Say how data are extracted, cleansed, mapped, loaded and reconciled, and by whom.")
			}
		},
	},
	itInputItem("SCOPE-039", ComponentMigration),
	{
		item: ItemRef{ComponentMigration, "reconciliation_threshold_set"}, code: "SCOPE-040", severity: verdict.Major,
		title: "It is settled when migrated data count as complete and accurate",
		why:   "Without thresholds every reconciliation ends in a dispute.",
		gaps: eachEntity(func(m Migration, e Entity) (message, remedy string) {
			a := m.AcceptanceOf(e)
			if a.Completeness.Defined() && a.Accuracy.Defined() {
				return "", ""
			}
			return fmt.Sprintf("For %s no threshold is set for completeness, accuracy or both.", verdict.Quote(e.Name)),
				"Set the least share of records that must arrive and of fields that must agree."
		}),
	},
}

// eachEntity asks about every migrated entity.
func eachEntity(ask func(m Migration, e Entity) (message, remedy string)) func(*Statement, sink) {
	return func(s *Statement, gap sink) {
		if len(s.Migration.Entities) == 0 {
			gap.void("No data to migrate are listed.")
		}
		for _, e := range s.Migration.Entities {
			if message, remedy := ask(s.Migration, e); message != "" {
				gap.find(verdict.Key("migration.entities", e.ID), message, remedy)
			}
		}
	}
}
