package scope_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/scope"
)

// SC-19: the reference rows; each is a role of its own.
func TestAccessReference(t *testing.T) {
	var rows []struct {
		Role    string `json:"user_role"`
		Count   int    `json:"user_count"`
		Entity  string
		Need    []string
		Grant   []string
		Finding *scope.AccessFault
	}
	reference(t, "access_matrix.json", &rows)
	require.Len(t, rows, 6)
	for _, row := range rows {
		role := scope.Role{ID: row.Role, Name: row.Role, Count: row.Count}
		if row.Entity != "" {
			role.Access = []scope.Access{{Entity: row.Entity, Need: row.Need, Grant: row.Grant}}
		}
		findings := scope.Users{Roles: []scope.Role{role}}.Access()
		if row.Finding == nil {
			require.Empty(t, findings, row.Role)
			continue
		}
		require.Len(t, findings, 1, row.Role)
		require.Equal(t, *row.Finding, findings[0].Fault, row.Role)
		require.Equal(t, row.Role, findings[0].Role)
	}
}

// The reference rows again, as one matrix of two roles with several entities.
func TestAccessOfOneRole(t *testing.T) {
	type a = scope.Access
	for name, tc := range map[string]struct {
		count  int
		access []a
		want   []scope.AccessFinding
	}{
		"a grant elsewhere covers": {1, []a{{Entity: "account", Need: []string{"read"}}, {Entity: "*", Need: []string{"*"}, Grant: []string{"*"}}},
			[]scope.AccessFinding{{Fault: scope.WildcardGrant, Entity: "*", Actions: []string{"*"}}}},
		"wildcard action is no excess": {1, []a{{Entity: "account", Need: []string{"read"}, Grant: []string{"*"}}},
			[]scope.AccessFinding{{Fault: scope.WildcardGrant, Entity: "account", Actions: []string{"*"}}}},
		"read of everything": {1, []a{{Entity: "*", Grant: []string{"read"}}},
			[]scope.AccessFinding{{Fault: scope.WildcardGrant, Entity: "*", Actions: []string{"read"}}}},
		"a need of everything": {1, []a{{Entity: "account", Need: []string{"*"}, Grant: []string{"read"}}},
			[]scope.AccessFinding{{Fault: scope.MissingAccess, Entity: "account", Actions: []string{"*"}}}},
		"folded": {1, []a{{Entity: "Audit Log", Need: []string{"Read", "READ "}}, {Entity: "audit_log", Grant: []string{"read"}}}, nil},
		"both ways": {1, []a{{Entity: "case", Need: []string{"read", "close"}, Grant: []string{"read", "delete"}}},
			[]scope.AccessFinding{
				{Fault: scope.MissingAccess, Entity: "case", Actions: []string{"close"}},
				{Fault: scope.ExcessAccess, Entity: "case", Actions: []string{"delete"}},
			}},
		"nobody and nothing": {0, []a{{Entity: "case"}},
			[]scope.AccessFinding{{Fault: scope.RoleWithoutUsers}, {Fault: scope.RoleWithoutAccess}}},
	} {
		t.Run(name, func(t *testing.T) {
			for i := range tc.want {
				tc.want[i].Role = "r"
			}
			got := scope.Users{Roles: []scope.Role{{ID: "r", Count: tc.count, Access: tc.access}}}.Access()
			require.Empty(t, diff(tc.want, got))
		})
	}
}

func TestSegregationOfDuties(t *testing.T) {
	pair := scope.DutyPair{A: scope.Duty{Entity: "discount", Action: "create"}, B: scope.Duty{Entity: "Discount", Action: "Approve"}, Why: "four eyes"}
	role := func(need, grant []string) scope.Users {
		return scope.Users{
			Roles:     []scope.Role{{ID: "r", Count: 1, Access: []scope.Access{{Entity: "discount", Need: need, Grant: grant}}}},
			Conflicts: []scope.DutyPair{pair},
		}
	}
	conflict := func(u scope.Users) bool {
		return slices.ContainsFunc(u.Access(), func(f scope.AccessFinding) bool { return f.Fault == scope.DutyConflict && f.Duties == pair })
	}
	require.False(t, conflict(role([]string{"create"}, []string{"create"})))
	require.True(t, conflict(role([]string{"create"}, []string{"approve"})), "needed or granted, it is held")
	require.True(t, conflict(role(nil, []string{"*"})), "a wildcard holds everything")
	require.True(t, conflict(scope.Users{Conflicts: []scope.DutyPair{pair}, Roles: []scope.Role{{ID: "r", Access: []scope.Access{{Entity: "*", Grant: []string{"*"}}}}}}))
}

// Granting what is missing and taking back what is excess leaves neither.
func TestAccessLaws(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	entities, actions := []string{"account", "case", "*"}, []string{"read", "update", "*"}
	some := func(list []string) []string {
		return slices.DeleteFunc(slices.Clone(list), func(string) bool { return rng.IntN(2) == 0 })
	}
	for range 500 {
		role := scope.Role{ID: "r", Count: 1}
		for _, e := range some(entities) {
			role.Access = append(role.Access, scope.Access{Entity: e, Need: some(actions), Grant: some(actions)})
		}
		for _, f := range (scope.Users{Roles: []scope.Role{role}}).Access() {
			i := slices.IndexFunc(role.Access, func(a scope.Access) bool { return a.Entity == f.Entity })
			switch f.Fault {
			case scope.MissingAccess:
				role.Access[i].Grant = append(role.Access[i].Grant, f.Actions...)
			case scope.ExcessAccess:
				role.Access[i].Grant = slices.DeleteFunc(role.Access[i].Grant, func(a string) bool { return slices.Contains(f.Actions, a) })
			}
		}
		for _, f := range (scope.Users{Roles: []scope.Role{role}}).Access() {
			require.NotContains(t, []scope.AccessFault{scope.MissingAccess, scope.ExcessAccess}, f.Fault, "%+v", role.Access)
		}
	}
}
