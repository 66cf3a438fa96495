package scope

import (
	"fmt"
	"strings"

	"github.com/crmrollout/crm/crmproject/verdict"
)

func accessRules() []verdict.Rule[Facts] {
	return []verdict.Rule[Facts]{
		accessRule("SCOPE-080", verdict.Major, MissingAccess, "Every role is granted what it needs",
			"People who cannot do their work in the CRM do it elsewhere.",
			"Grant it, or correct the need."),
		accessRule("SCOPE-081", verdict.Minor, ExcessAccess, "No role is granted more than it needs",
			"Every right that is not needed is one that can be misused.",
			"Take it back, or record the need."),
		accessRule("SCOPE-082", verdict.Major, WildcardGrant, "No role is granted everything",
			"A grant of everything also covers what will be added tomorrow.",
			"Grant the actions one by one; if an administrator needs them all, waive this with a reason."),
		accessRule("SCOPE-083", verdict.Minor, RoleWithoutUsers, "Every role has people in it",
			"A role without people is an open door that nobody watches.",
			"State the head count, or remove the role."),
		accessRule("SCOPE-084", verdict.Minor, RoleWithoutAccess, "Every role has access to something",
			"People in a role that may do nothing are users on paper.",
			"State what the role needs, or remove it."),
		accessRule("SCOPE-085", verdict.Major, DutyConflict, "Duties that must stay apart do not meet in one role",
			"Whoever both does and approves something is checked by nobody.",
			"Split the role, or take one of the duties from it."),
		{
			Code: "SCOPE-086", Severity: verdict.Minor,
			Title: "It is said what the CRM is adapted to for each role",
			Why:   "A system that looks the same to everybody fits nobody.",
			Check: checkTailoring,
		},
		{
			Code: "SCOPE-087", Severity: verdict.Minor,
			Title: "It is said what makes the CRM easy to use",
			Why:   "The commonest reason for not using a CRM is that it is not user-friendly.",
			Check: checkUsability,
		},
	}
}

// accessRule reports the access findings of one kind.
func accessRule(code verdict.Code, severity verdict.Severity, fault AccessFault, title, why, remedy string) verdict.Rule[Facts] {
	return verdict.Rule[Facts]{
		Code: code, Severity: severity, Title: title, Why: why,
		Check: func(f Facts, r *verdict.Reporter) {
			users := f.Statement.Users
			switch {
			case len(users.Roles) == 0:
				r.NotApplicable("There are no roles.")
			case fault == DutyConflict && len(users.Conflicts) == 0:
				r.NotApplicable("No duties are declared that must stay apart.")
			case fault <= WildcardGrant && !users.granted(): // the three that are about grants come first
				r.Unassessed("No granted access is on record yet.")
			default:
				users.report(fault, remedy, r)
			}
		},
	}
}

// granted reports whether any grant is on record.
func (u Users) granted() bool {
	for _, r := range u.Roles {
		for _, a := range r.Access {
			if len(a.Grant) > 0 {
				return true
			}
		}
	}
	return false
}

func (u Users) report(fault AccessFault, remedy string, r *verdict.Reporter) {
	names := map[string]string{}
	for _, role := range u.Roles {
		names[role.ID] = role.Name
	}
	for _, x := range u.Access() {
		if x.Fault == fault {
			r.Find(verdict.Key("users.roles", x.Role), x.sentence(names[x.Role]), remedy)
		}
	}
}

// sentence says what is wrong, with the name of the role.
func (x AccessFinding) sentence(role string) string {
	role = "Role " + verdict.Quote(role)
	actions, entity := strings.Join(x.Actions, ", "), verdict.Quote(x.Entity)
	switch x.Fault {
	case MissingAccess:
		return fmt.Sprintf("%s needs %s on %s, which is not granted.", role, actions, entity)
	case ExcessAccess:
		return fmt.Sprintf("%s is granted %s on %s, which it does not need.", role, actions, entity)
	case WildcardGrant:
		return fmt.Sprintf("%s is granted %s on %s: a wildcard.", role, actions, entity)
	case RoleWithoutUsers:
		return role + " has nobody in it."
	case RoleWithoutAccess:
		return role + " neither needs nor is granted anything."
	default:
		return fmt.Sprintf("%s holds both %s on %s and %s on %s.", role,
			x.Duties.A.Action, verdict.Quote(x.Duties.A.Entity), x.Duties.B.Action, verdict.Quote(x.Duties.B.Entity))
	}
}

func checkTailoring(f Facts, r *verdict.Reporter) {
	if len(f.Statement.Users.Roles) == 0 {
		r.NotApplicable("There are no roles.")
	}
	for _, role := range f.Statement.Users.Roles {
		if blank(role.Tailoring) {
			r.Find(verdict.Key("users.roles", role.ID)+".tailoring",
				fmt.Sprintf("Nothing is said about what is adapted to role %s.", verdict.Quote(role.Name)),
				"Ask people of the role which pages, fields and reports they need; if the standard suits them, say so.")
		}
	}
}

func checkUsability(f Facts, r *verdict.Reporter) {
	if blank(f.Statement.Users.Usability) {
		r.Find("users.usability", "Nothing is said about what makes the CRM easy to use.",
			"State how it is made easy, and how that is tried out with users.")
	}
}
