package scope

import (
	"slices"

	"github.com/crmrollout/crm/crmproject/verdict"
)

// An AccessFault is what is wrong with the access of a role. The zero AccessFault
// is invalid.
type AccessFault uint8

// The access faults.
const (
	MissingAccess     AccessFault = iota + 1 // an action is needed and not granted
	ExcessAccess                             // an action is granted and not needed
	WildcardGrant                            // every entity or every action is granted, needed or not
	RoleWithoutUsers                         // nobody is in the role
	RoleWithoutAccess                        // the role neither needs nor is granted anything
	DutyConflict                             // two duties meet that must stay apart
)

var accessFaultWords = verdict.NewWords[AccessFault]("access fault",
	"missing_access",
	"excess_access",
	"wildcard_grant",
	"role_without_users",
	"role_without_access",
	"duty_conflict",
)

// ParseAccessFault returns the access fault of a word such as "missing_access".
func ParseAccessFault(word string) (AccessFault, error) { return accessFaultWords.Parse(word) }

// IsValid reports whether a is one of the access faults.
func (a AccessFault) IsValid() bool { return accessFaultWords.IsValid(a) }

// String returns the word of a, empty for the zero value.
func (a AccessFault) String() string { return accessFaultWords.String(a) }

// AppendText appends the word of a to b.
func (a AccessFault) AppendText(b []byte) ([]byte, error) { return accessFaultWords.AppendText(b, a) }

// MarshalText returns the word of a.
func (a AccessFault) MarshalText() ([]byte, error) { return a.AppendText(nil) }

// UnmarshalText reads a word; a is unchanged on error.
func (a *AccessFault) UnmarshalText(text []byte) error {
	return accessFaultWords.UnmarshalText(text, a)
}

// An AccessFinding is one thing that is wrong with the access of one role.
type AccessFinding struct {
	Fault   AccessFault `json:"fault"`
	Role    string      `json:"role"`              // id
	Entity  string      `json:"entity,omitempty"`  // of a missing, excess or wildcard grant
	Actions []string    `json:"actions,omitempty"` // the actions in question, folded, in the order of the matrix
	Duties  DutyPair    `json:"duties,omitzero"`   // of a conflict
}

// Access compares what every role needs with what it is granted. A grant counts
// wherever in the role's matrix it stands: "*" covers every entity or action. The
// findings come by role in the order of the statement, then by entity in the
// order of the role's matrix, conflicts last. Entities that come twice are taken
// together.
func (u Users) Access() []AccessFinding {
	var list []AccessFinding
	for _, r := range u.Roles {
		list = append(list, r.accessFindings(u.Conflicts)...)
	}
	return list
}

func (r Role) accessFindings(conflicts []DutyPair) []AccessFinding {
	m := matrixOf(r)
	var list []AccessFinding
	add := func(fault AccessFault, entity string, actions []string) {
		if len(actions) > 0 {
			list = append(list, AccessFinding{Fault: fault, Role: r.ID, Entity: entity, Actions: actions})
		}
	}
	if r.Count <= 0 {
		list = append(list, AccessFinding{Fault: RoleWithoutUsers, Role: r.ID})
	}
	if m.empty() {
		list = append(list, AccessFinding{Fault: RoleWithoutAccess, Role: r.ID})
	}
	for _, row := range m {
		add(MissingAccess, row.entity, m.missing(row))
		add(ExcessAccess, row.entity, m.excess(row))
		add(WildcardGrant, row.entity, row.wild())
	}
	for _, pair := range conflicts {
		if m.holds(pair.A) && m.holds(pair.B) {
			list = append(list, AccessFinding{Fault: DutyConflict, Role: r.ID, Duties: pair})
		}
	}
	return list
}

// A matrix is the access of one role, folded, each entity once.
type matrix []matrixRow

type matrixRow struct {
	entity      string // folded
	need, grant []string
}

func matrixOf(r Role) matrix {
	var m matrix
	for _, a := range r.Access {
		entity := fold(a.Entity)
		i := slices.IndexFunc(m, func(row matrixRow) bool { return row.entity == entity })
		if i < 0 {
			i, m = len(m), append(m, matrixRow{entity: entity})
		}
		m[i].need = appendActions(m[i].need, a.Need)
		m[i].grant = appendActions(m[i].grant, a.Grant)
	}
	return m
}

// appendActions appends the folded actions that are not in the list yet.
func appendActions(list, actions []string) []string {
	for _, a := range actions {
		if a = fold(a); a != "" && !slices.Contains(list, a) {
			list = append(list, a)
		}
	}
	return list
}

func (m matrix) empty() bool {
	return !slices.ContainsFunc(m, func(row matrixRow) bool { return len(row.need)+len(row.grant) > 0 })
}

// needs and grants report whether some row covers an action on an entity.
func (m matrix) needs(entity, action string) bool {
	return slices.ContainsFunc(m, func(row matrixRow) bool { return row.covers(entity, row.need, action) })
}

func (m matrix) grants(entity, action string) bool {
	return slices.ContainsFunc(m, func(row matrixRow) bool { return row.covers(entity, row.grant, action) })
}

func (row matrixRow) covers(entity string, actions []string, action string) bool {
	return (row.entity == entity || row.entity == Wildcard) &&
		(slices.Contains(actions, action) || slices.Contains(actions, Wildcard))
}

// missing returns the needed actions of a row that nothing grants.
func (m matrix) missing(row matrixRow) []string {
	return pick(row.need, func(action string) bool { return !m.grants(row.entity, action) })
}

// excess returns the granted actions of a row that nothing needs; a wildcard is
// not one of them, it is a finding of its own.
func (m matrix) excess(row matrixRow) []string {
	if row.entity == Wildcard {
		return nil
	}
	return pick(row.grant, func(action string) bool {
		return action != Wildcard && !m.needs(row.entity, action)
	})
}

// wild returns the grants of a row that are wildcards.
func (row matrixRow) wild() []string {
	return pick(row.grant, func(action string) bool { return row.entity == Wildcard || action == Wildcard })
}

// holds reports whether the role needs or is granted a duty.
func (m matrix) holds(d Duty) bool {
	entity, action := fold(d.Entity), fold(d.Action)
	return m.needs(entity, action) || m.grants(entity, action)
}
