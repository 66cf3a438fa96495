package raci_test

import (
	"encoding/json"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/stakeholder/raci"
)

func paths(err error) []string {
	var all []string
	for _, f := range verdict.FaultsOf(err) {
		all = append(all, f.Error())
	}
	return all
}

func TestMatrixValidate(t *testing.T) {
	m := raci.Matrix{
		Roles: []string{"PM", " ", "pm ", "IT"},
		Activities: []raci.Activity{
			{"  ", nil},
			{"Charter", raci.Cells{"PM": "A", "Pm": "R", "": "C"}},
		},
	}
	err := m.Validate()
	require.Equal(t, []string{
		`roles[1]: missing`,
		`roles[2]: duplicate "pm "`,
		`activities[0].name: missing`,
		`activities[1].cells[]: missing`,
		`activities[1].cells[Pm]: duplicate "Pm"`,
	}, paths(err))
	require.ErrorIs(t, err, verdict.ErrDuplicate)
	require.NoError(t, raci.Matrix{}.Validate())
	for _, c := range readCases(t) {
		require.NoError(t, raci.Matrix{Roles: c.Roles, Activities: c.Activities}.Validate(), c.ID)
	}
}

func TestCanonical(t *testing.T) {
	m := raci.Matrix{
		Roles: []string{" Project   manager", "IT"},
		Activities: []raci.Activity{
			{"Migrate\tdata ", raci.Cells{"IT": "r", "Project manager": " i,a ", "Legal": "", "it": "x"}},
			{"Empty", nil},
		},
	}
	want := raci.Matrix{
		Roles: []string{"Project manager", "IT"},
		Activities: []raci.Activity{
			{"Migrate data", raci.Cells{"IT": "R/X", "Project manager": "A/I"}},
			{"Empty", raci.Cells{}},
		},
	}
	require.Empty(t, cmp.Diff(want, m.Canonical()))
	require.Empty(t, cmp.Diff(want, want.Canonical()))
	require.Equal(t, raci.Cell("r"), m.Activities[0].Cells["IT"], "the argument is not changed")
}

// A random matrix of few names, so that everything that can go wrong does.
func randomMatrix(rnd *rand.Rand) raci.Matrix {
	roles := []string{"PM", "IT", "Sales", "sales ", "Legal"}
	cells := []raci.Cell{"", "-", "A", "R", "a/r", "C", "I", "R/C", "X", "R/X", "accountable", "c i"}
	m := raci.Matrix{Roles: slices.Clone(roles[:rnd.IntN(4)])}
	for range rnd.IntN(5) {
		a := raci.Activity{Name: []string{"T1", "T2", "t1", "T3"}[rnd.IntN(4)], Cells: raci.Cells{}}
		for _, role := range roles {
			if rnd.IntN(2) == 0 {
				a.Cells[role] = cells[rnd.IntN(len(cells))]
			}
		}
		m.Activities = append(m.Activities, a)
	}
	return m
}

func TestJSONRoundTrip(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		facts := raci.Facts{Matrix: randomMatrix(rnd), Config: raci.Config{MaxResponsible: rnd.IntN(3)}}
		for i := range facts.Matrix.Activities {
			if len(facts.Matrix.Activities[i].Cells) == 0 {
				facts.Matrix.Activities[i].Cells = nil
			}
		}
		data, err := json.Marshal(facts)
		require.NoError(t, err)
		var back raci.Facts
		require.NoError(t, json.Unmarshal(data, &back))
		if len(facts.Matrix.Roles) == 0 {
			facts.Matrix.Roles = back.Matrix.Roles
		}
		require.Empty(t, cmp.Diff(facts, back))
		again, err := json.Marshal(back)
		require.NoError(t, err)
		require.Equal(t, data, again)
	}
}

// The order in which cells and options are given does not matter, nor does the
// spelling: the same findings come out.
func TestCheckIsDeterministic(t *testing.T) {
	rnd := rand.New(rand.NewPCG(3, 4))
	for range 300 {
		m := randomMatrix(rnd)
		config := raci.Config{
			MaxResponsible: 1 + rnd.IntN(2), MaxConsulted: 1, MaxResponsiblePerRole: 1,
			MaxAccountablePercent: 50, ReportFullRoles: rnd.IntN(2) == 0,
		}
		first := m.Check(config)
		for i := range m.Activities {
			m.Activities[i].Cells = maps.Clone(m.Activities[i].Cells)
		}
		require.Empty(t, cmp.Diff(first, m.Check(config)))
		require.Equal(t, first.Worst() < verdict.Major, m.Valid())
	}
}

// The views hold every letter exactly once in each direction.
func TestViewsAgree(t *testing.T) {
	rnd := rand.New(rand.NewPCG(5, 6))
	for range 300 {
		m := randomMatrix(rnd)
		known := make(map[string]bool)
		for _, role := range m.Roles {
			known[role] = true
		}
		rows, columns := 0, 0
		for _, v := range m.ByActivity() {
			for _, name := range slices.Concat(v.Accountable, v.Responsible, v.Consulted, v.Informed) {
				if known[name] {
					rows++
				}
			}
		}
		for _, v := range m.ByRole() {
			columns += len(v.Accountable) + len(v.Responsible) + len(v.Consulted) + len(v.Informed)
		}
		require.Equal(t, rows, columns)
	}
}

func TestViews(t *testing.T) {
	m := raci.Matrix{
		Roles: []string{"PM", "IT"},
		Activities: []raci.Activity{
			{"T1", raci.Cells{"it": "r/c", "PM": "A", "Zeta": "I", "Alpha": "I"}},
			{"T2", raci.Cells{"PM": "A/R", "IT": "I"}},
		},
	}
	require.Empty(t, cmp.Diff([]raci.View{
		{Name: "T1", Accountable: []string{"PM"}, Responsible: []string{"IT"}, Consulted: []string{"IT"}, Informed: []string{"Alpha", "Zeta"}},
		{Name: "T2", Accountable: []string{"PM"}, Responsible: []string{"PM"}, Informed: []string{"IT"}},
	}, m.ByActivity()))
	require.Empty(t, cmp.Diff([]raci.View{
		{Name: "PM", Accountable: []string{"T1", "T2"}, Responsible: []string{"T2"}},
		{Name: "IT", Responsible: []string{"T1"}, Consulted: []string{"T1"}, Informed: []string{"T2"}},
	}, m.ByRole()))
}

func TestAccountable(t *testing.T) {
	m := raci.Matrix{
		Roles: []string{"PM", "IT"},
		Activities: []raci.Activity{
			{"T1", raci.Cells{"PM": "A"}},
			{"T2", raci.Cells{"PM": "A", "IT": "A"}},
			{"T3", raci.Cells{"PM": "R"}},
		},
	}
	for activity, want := range map[string]string{"T1": "PM", "t1\t": "PM", "T2": "", "T3": "", "T4": ""} {
		role, ok := m.Accountable(activity)
		require.Equal(t, want, role, activity)
		require.Equal(t, want != "", ok, activity)
	}
}

func TestMarkdown(t *testing.T) {
	require.Empty(t, raci.Matrix{}.Markdown())
	m := raci.Matrix{
		Roles: []string{"R|D", "PM", "pm"},
		Activities: []raci.Activity{
			{"two\nlines *and* <b>", raci.Cells{"R|D": "r", "Pm": "a", "who": "i", "WHO": "c", "none": " "}},
		},
	}
	require.Equal(t, "| Activity | R\\|D | PM | WHO (?) |\n| --- | --- | --- | --- |\n"+
		"| two lines \\*and\\* &lt;b> | R | A | C/I |\n", m.Markdown())
	require.Equal(t, "| Activity |\n| --- |\n| T1 |\n", raci.Matrix{Activities: []raci.Activity{{Name: "T1"}}}.Markdown())
}
