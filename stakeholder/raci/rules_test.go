package raci_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/stakeholder/raci"
)

func TestCatalogue(t *testing.T) {
	rules := raci.Rules()
	require.Len(t, rules, int(raci.NoEmptyCells))
	for i, rule := range rules {
		k := raci.Kind(i + 1)
		require.True(t, rule.Code.IsValid())
		require.Equal(t, k.Code(), rule.Code)
		require.Equal(t, k.Severity(), rule.Severity)
		require.NotEmpty(t, rule.Title)
		require.NotEmpty(t, rule.Why)
		got, ok := raci.KindOf(rule.Code)
		require.True(t, ok)
		require.Equal(t, k, got)
		text, err := k.MarshalText()
		require.NoError(t, err)
		back, err := raci.ParseKind(string(text))
		require.NoError(t, err)
		require.Equal(t, k, back)
	}
	rules[0].Title = "mine"
	require.NotEqual(t, "mine", raci.Rules()[0].Title)
	_, ok := raci.KindOf("RACI-099")
	require.False(t, ok)
	require.Empty(t, raci.Kind(0).Code())
	require.Zero(t, raci.Kind(99).Severity())
	_, err := raci.ParseKind("lazy_role")
	require.ErrorIs(t, err, verdict.ErrUnknown)
}

// rows makes a matrix from lines such as "Charter: PM=A/R IT=C".
func rows(roles string, lines ...string) raci.Matrix {
	m := raci.Matrix{Roles: strings.Fields(roles)}
	for _, line := range lines {
		name, cells, _ := strings.Cut(line, ":")
		a := raci.Activity{Name: name, Cells: raci.Cells{}}
		for cell := range strings.FieldsSeq(cells) {
			role, letters, _ := strings.Cut(cell, "=")
			a.Cells[role] = raci.Cell(letters)
		}
		m.Activities = append(m.Activities, a)
	}
	return m
}

func TestRules(t *testing.T) {
	for _, c := range []struct {
		name   string
		matrix raci.Matrix
		config raci.Config
		want   []string
	}{
		{"A/R on one role is legal", rows("PM", "T: PM=A/R"), raci.Config{}, nil},
		{"two accountable", rows("PM IT", "T: PM=A IT=A/R"), raci.Config{}, []string{"exactly_one_accountable T"}},
		{"nobody does it", rows("PM IT", "T: PM=A IT=C"), raci.Config{}, []string{"at_least_one_responsible T"}},
		{"no roles", rows("", "T:"), raci.Config{}, []string{"empty_matrix "}},
		{"no roles, yet cells", rows("", "T: PM=A/R"), raci.Config{}, []string{"empty_matrix ", "unknown_role T/PM"}},
		{"nothing at all", raci.Matrix{}, raci.Config{ReportFullRoles: true, MaxResponsible: 1}, []string{"empty_matrix "}},
		{"unknown role, whose letters count", rows("PM", "T: PM=A Legal=R"), raci.Config{}, []string{"unknown_role T/Legal"}},
		{"an empty cell of an unknown role is nothing", rows("PM", "T: PM=A/R Legal=-"), raci.Config{}, nil},
		{"role spelt in another case", rows("PM", "T: pm=A/R"), raci.Config{}, nil},
		{"unknown letters only", rows("PM IT", "T: PM=A/R IT=S"), raci.Config{}, []string{"unknown_assignment T/IT"}},
		{"unknown role and letter", rows("PM", "T: PM=A/R IT=S"), raci.Config{}, []string{"unknown_role T/IT", "unknown_assignment T/IT"}},
		{"duplicate", rows("PM", "T: PM=A/R", "T: PM=A/R"), raci.Config{}, []string{"duplicate_activity T"}},
		{"duplicate but for case", rows("PM", "Train: PM=A/R", " train: PM=A/R"), raci.Config{}, []string{"duplicate_activity  train"}},
		{"redundant", rows("PM IT", "T: PM=A/R/I IT=C/I"), raci.Config{}, []string{"redundant_assignment T/IT", "redundant_assignment T/PM"}},
		{"idle", rows("PM IT", "T: PM=A/R"), raci.Config{}, []string{"idle_role IT"}},
		{"at the limits", rows("PM IT", "T: PM=A/R IT=R"),
			raci.Config{MaxResponsible: 2, MaxResponsiblePerRole: 1, MaxAccountablePerRole: 1, MaxAccountablePercent: 100, MaxConsulted: 1}, nil},
		{"too many responsible", rows("PM IT", "T: PM=A/R IT=R"), raci.Config{MaxResponsible: 1}, []string{"too_many_responsible T"}},
		{"too many consulted", rows("PM IT S", "T: PM=A/R IT=C S=C"), raci.Config{MaxConsulted: 1}, []string{"too_many_consulted T"}},
		{"overloaded", rows("PM IT", "T: PM=A/R", "U: PM=A/R", "V: PM=A IT=R"), raci.Config{MaxResponsiblePerRole: 1},
			[]string{"overloaded_role PM"}},
		{"two of three is more than 66 %", rows("PM IT", "T: PM=A/R", "U: PM=A/R", "V: PM=R IT=A"), raci.Config{MaxAccountablePercent: 66},
			[]string{"concentrated_accountability PM"}},
		{"two of three is not more than 67 %", rows("PM IT", "T: PM=A/R", "U: PM=A/R", "V: PM=R IT=A"),
			raci.Config{MaxAccountablePercent: 67}, nil},
		{"two is more than one", rows("PM IT", "T: PM=A/R", "U: PM=A/R", "V: PM=R IT=A"), raci.Config{MaxAccountablePerRole: 1},
			[]string{"concentrated_accountability PM"}},
		{"informed of one activity", rows("PM S", "T: PM=A/R S=I", "U: PM=A/R"), raci.Config{}, nil},
		{"informed of two activities", rows("PM S", "T: PM=A/R S=I", "U: PM=A/R S=I"), raci.Config{}, []string{"only_informed S"}},
		{"informed and asked", rows("PM S", "T: PM=A/R S=I", "U: PM=A/R S=C"), raci.Config{}, nil},
		{"informed and something unknown", rows("PM S", "T: PM=A/R S=I", "U: PM=A/R S=I/V"), raci.Config{},
			[]string{"unknown_assignment U/S"}},
		{"department informed of one activity", rows("PM S", "T: PM=A/R S=I"), raci.Config{Departments: []string{"s"}},
			[]string{"only_informed S"}},
		{"no department", rows("PM S X", "T: PM=A/R S=I X=I", "U: PM=A/R S=C X=I"), raci.Config{Departments: []string{"S"}}, nil},
		{"kept apart", rows("PM S", "T: PM=A/R S=I"), raci.Config{Separate: []raci.Separation{{"T", raci.Accountable, "S"}}}, nil},
		{"not kept apart anywhere", rows("PM S", "T: PM=A/R", "U: PM=A S=R"),
			raci.Config{Separate: []raci.Separation{{"", raci.Accountable | raci.Responsible, "pm"}}},
			[]string{"separation_of_duties T", "separation_of_duties U"}},
		{"full", rows("PM S", "T: PM=A/R S=C", "U: PM=A/R"), raci.Config{ReportFullRoles: true}, []string{"no_empty_cells PM"}},
		{"role listed twice", raci.Matrix{Roles: []string{"PM", "pm"}, Activities: rows("", "T: PM=A pm=R").Activities}, raci.Config{}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, f := range found(t, c.matrix.Check(c.config)) {
				got = append(got, f.Rule+" "+f.At)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestMessageIsBounded(t *testing.T) {
	m := raci.Matrix{Activities: []raci.Activity{{Name: strings.Repeat("long ", 1000), Cells: raci.Cells{}}}}
	for range 50 {
		role := strings.Repeat("r", len(m.Roles)+200)
		m.Roles = append(m.Roles, role)
		m.Activities[0].Cells[role] = "A"
	}
	outcome, findings := raci.Rules()[raci.ExactlyOneAccountable-1].Run(raci.Facts{Matrix: m})
	require.Equal(t, verdict.NotMet, outcome.Status)
	require.Less(t, len(findings[0].Message), 1000)
	require.Contains(t, findings[0].Message, "50 roles are accountable")
	require.Contains(t, findings[0].Message, ", 42 more.")
}

func TestFactsValidate(t *testing.T) {
	f := raci.Facts{
		Matrix: rows("PM S PM", "T: PM=A/R"),
		Config: raci.Config{
			MaxResponsible: -1, MaxAccountablePercent: 101, Departments: []string{"S", "Legal"},
			Separate: []raci.Separation{{"t", raci.Accountable, "pm"}, {"U", 0, "Nobody"}, {Letters: 64, Role: "S"}},
		},
	}
	require.Equal(t, []string{
		`matrix.roles[2]: duplicate "PM"`,
		`config.maxResponsible: -1: out of range`,
		`config.maxAccountablePercent: 101: out of range`,
		`config.departments[1]: unknown "Legal"`,
		`config.separate[1].activity: unknown "U"`,
		`config.separate[1].letters: missing`,
		`config.separate[1].role: unknown "Nobody"`,
		`config.separate[2].letters: 64: out of range`,
	}, paths(f.Validate()))
	require.NoError(t, raci.Facts{}.Validate())
}

func TestStatusWithoutLimits(t *testing.T) {
	report := rows("PM", "T: PM=A/R").Check(raci.Config{})
	for _, k := range []raci.Kind{
		raci.OverloadedRole, raci.TooManyResponsible, raci.TooManyConsulted, raci.ConcentratedAccountability,
		raci.SeparationOfDuties, raci.NoEmptyCells,
	} {
		o, ok := report.Outcome(k.Code())
		require.True(t, ok)
		require.Equal(t, verdict.NotApplicable, o.Status, k)
	}
	require.Empty(t, report.Findings)
}
