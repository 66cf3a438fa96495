package scope_test

import (
	"encoding"
	"encoding/json"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/scope"
)

// A word is what every enumeration can do, seen from a pointer.
type word interface {
	encoding.TextMarshaler
	encoding.TextAppender
	encoding.TextUnmarshaler
	fmt.Stringer
	IsValid() bool
}

// An enumeration is how the tests see one type.
type enumeration struct {
	name  string
	words []string
	at    func(n uint8) word // the n-th value
	parse func(string) (string, error)
}

func enumerationOf[T interface {
	~uint8
	fmt.Stringer
}, P interface {
	*T
	word
}](name string, parse func(string) (T, error), words ...string) enumeration {
	return enumeration{
		name: name, words: words,
		at:    func(n uint8) word { v := T(n); return P(&v) },
		parse: func(s string) (string, error) { v, err := parse(s); return v.String(), err },
	}
}

func enumerations() []enumeration {
	return []enumeration{
		enumerationOf("component", scope.ParseComponent, "scope", "goals_objectives", "timeline", "budget", "business_requirements",
			"technical_requirements", "integration_requirements", "user_requirements", "data_migration_requirements"),
		enumerationOf("kind", scope.ParseKind, "user", "system"),
		enumerationOf("priority", scope.ParsePriority, "must", "should", "could", "wont"),
		enumerationOf("status", scope.ParseRequirementStatus, "proposed", "agreed", "deferred", "rejected", "delivered"),
		enumerationOf("area", scope.ParseArea, "hardware", "software", "servers", "network_infrastructure", "software_licences"),
		enumerationOf("flow", scope.ParseFlow, "inbound", "outbound", "bidirectional"),
		enumerationOf("category", scope.ParseCostCategory, "software", "implementation", "training", "ongoing_support", "other"),
		enumerationOf("access fault", scope.ParseAccessFault, "missing_access", "excess_access", "wildcard_grant", "role_without_users",
			"role_without_access", "duty_conflict"),
		enumerationOf("element kind", scope.ParseElementKind, "feature", "integration", "objective", "requirement", "role", "entity"),
		enumerationOf("operation", scope.ParseOperation, "added", "modified", "deleted"),
		enumerationOf("state", scope.ParseState, "draft", "submitted", "assessed", "approved", "rejected", "deferred", "implemented",
			"verified", "closed", "withdrawn"),
		enumerationOf("impact level", scope.ParseImpactLevel, "none", "low", "medium", "high"),
		enumerationOf("origin", scope.ParseOrigin, "new_feature", "changed_need", "growth", "regulation", "defect", "control_adjustment"),
	}
}

func TestEnumerations(t *testing.T) {
	for _, e := range enumerations() {
		t.Run(e.name, func(t *testing.T) {
			for i, want := range e.words {
				v := e.at(uint8(i + 1))
				require.True(t, v.IsValid())
				require.Equal(t, want, v.String())
				parsed, err := e.parse(want)
				require.NoError(t, err)
				require.Equal(t, want, parsed)
				data, err := json.Marshal(v)
				require.NoError(t, err)
				require.JSONEq(t, `"`+want+`"`, string(data))
				back := e.at(0)
				require.NoError(t, json.Unmarshal(data, back))
				require.Equal(t, v, back)
				appended, err := v.AppendText([]byte("x"))
				require.NoError(t, err)
				require.Equal(t, "x"+want, string(appended))
			}
		})
	}
}

func TestEnumerationsRefuse(t *testing.T) {
	for _, e := range enumerations() {
		t.Run(e.name, func(t *testing.T) {
			zero, beyond := e.at(0), e.at(uint8(len(e.words)+1))
			require.False(t, zero.IsValid())
			require.Empty(t, zero.String())
			text, err := zero.MarshalText()
			require.NoError(t, err)
			require.Empty(t, text)
			require.False(t, beyond.IsValid())
			_, err = beyond.MarshalText()
			require.ErrorIs(t, err, verdict.ErrUnknown)
			_, err = e.parse("no such word")
			require.ErrorIs(t, err, verdict.ErrUnknown)
			_, err = e.parse("")
			require.ErrorIs(t, err, verdict.ErrMissing)
			v := e.at(1)
			require.Error(t, v.UnmarshalText([]byte("no such word")))
			require.Equal(t, e.at(1), v, "unchanged on error")
			require.NoError(t, v.UnmarshalText(nil))
			require.Equal(t, zero, v)
		})
	}
}

func TestComponents(t *testing.T) {
	all := scope.Components()
	require.Len(t, all, 9)
	require.Equal(t, scope.ComponentScope, all[0])
	require.Equal(t, scope.ComponentMigration, all[8])
	for i, c := range all {
		require.Equal(t, i >= 4, c.HasRequirements(), c)
	}
	require.False(t, scope.Component(0).HasRequirements())
	require.False(t, scope.Component(10).HasRequirements())
}

func TestDepartment(t *testing.T) {
	for _, s := range []string{"customer service", " Customer  Service", "CUSTOMER-SERVICE", "customer_service\n"} {
		require.True(t, scope.CustomerService.Is(scope.Department(s)), "%q", s)
	}
	require.False(t, scope.Sales.Is("sale"))
	require.Equal(t, "customer service", scope.CustomerService.String())
	require.Equal(t, "IT", scope.Department("it").String())
	require.Empty(t, scope.Department(" ").String())
}

// FuzzWords checks that every word list reads back what it writes, and nothing
// else but foldings of it.
func FuzzWords(f *testing.F) {
	for _, e := range enumerations() {
		f.Add(e.words[0])
	}
	f.Add("Goals Objectives")
	f.Add("")
	f.Fuzz(func(t *testing.T, text string) {
		for _, e := range enumerations() {
			v := e.at(0)
			if err := v.UnmarshalText([]byte(text)); err != nil {
				require.False(t, v.IsValid(), "unchanged on error")
				continue
			}
			back, err := v.MarshalText()
			require.NoError(t, err)
			if text != "" {
				again, err := e.parse(string(back))
				require.NoError(t, err)
				require.Equal(t, v.String(), again)
			}
		}
	})
}

// FuzzParseItemRef checks that a reference that is read is written as it reads.
func FuzzParseItemRef(f *testing.F) {
	for _, s := range []string{"scope.functionalities>=1", "budget.", ".x", "scope", "Scope.x", "scope. x", "scope.a.b", "scope.\x00", "timeline.\xff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		ref, err := scope.ParseItemRef(text)
		var other scope.ItemRef
		if err != nil {
			require.Equal(t, scope.ItemRef{}, ref)
			if text != "" {
				require.Error(t, other.UnmarshalText([]byte(text)))
			}
			return
		}
		require.True(t, ref.IsValid())
		require.NoError(t, other.UnmarshalText([]byte(ref.String())))
		require.Equal(t, ref, other)
	})
}

func TestItemRef(t *testing.T) {
	ref, err := scope.ParseItemRef("goals objectives.objectives>=1")
	require.NoError(t, err)
	require.Equal(t, "goals_objectives.objectives>=1", ref.String())
	for text, want := range map[string]error{
		"":                 verdict.ErrInvalid,
		"scope":            verdict.ErrInvalid,
		"scope.":           verdict.ErrInvalid,
		"scope. a":         verdict.ErrInvalid,
		"scope.a\nb":       verdict.ErrInvalid,
		"scope.\xff":       verdict.ErrInvalid,
		"nothing.a":        verdict.ErrUnknown,
		".a":               verdict.ErrMissing,
		longItem("scope."): verdict.ErrInvalid,
	} {
		_, err := scope.ParseItemRef(text)
		require.ErrorIs(t, err, want, "%q", text)
		require.Less(t, len(err.Error()), 400)
	}
	_, err = json.Marshal(scope.ItemRef{Name: "x"})
	require.ErrorIs(t, err, verdict.ErrInvalid)
	data, err := json.Marshal(scope.ItemRef{})
	require.NoError(t, err)
	require.Equal(t, `""`, string(data))
	require.NoError(t, json.Unmarshal(data, &ref))
	require.Equal(t, scope.ItemRef{}, ref)
}

func longItem(s string) string {
	for len(s) < 300 {
		s += "x"
	}
	return s
}
