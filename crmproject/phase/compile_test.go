package phase_test

import (
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/phase"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
)

func TestCompileFaults(t *testing.T) {
	type def = phase.Definition[board]
	cases := []struct {
		name  string
		spoil func(d *def)
		path  string
		is    error
	}{
		{"no name", func(d *def) { d.Name = "" }, "name", verdict.ErrMissing},
		{"no phases", func(d *def) { d.Phases, d.Transitions = nil, nil }, "phases", verdict.ErrMissing},
		{"no closure", func(d *def) { d.Phases[4].Role = phase.Final }, "phases", phase.ErrNoClosure},
		{"two closures", func(d *def) {
			d.Phases = append(d.Phases, phase.Phase{ID: "abandoned", Role: phase.Closure})
		}, "phases[5].role", verdict.ErrDuplicate},
		{"empty id", func(d *def) { d.Phases[1].ID = "" }, "phases[1].id", verdict.ErrMissing},
		{"same id", func(d *def) { d.Phases[1].ID = "initiation" }, "phases[1].id", verdict.ErrDuplicate},
		{"space in id", func(d *def) { d.Phases[1].ID = "a b" }, "phases[1].id", verdict.ErrInvalid},
		{"newline in id", func(d *def) { d.Phases[1].ID = "a\n" }, "phases[1].id", verdict.ErrInvalid},
		{"bad utf-8", func(d *def) { d.Phases[1].ID = "\xff" }, "phases[1].id", verdict.ErrInvalid},
		{"reserved id", func(d *def) { d.Phases[1].ID = phase.End }, "phases[1].id", phase.ErrReserved},
		{"role", func(d *def) { d.Phases[1].Role = 9 }, "phases[1].role", verdict.ErrUnknown},
		{"no from", func(d *def) { d.Transitions[1].From = "" }, "transitions[1].from", verdict.ErrMissing},
		{"unknown from", func(d *def) { d.Transitions[1].From = "x" }, "transitions[1].from", verdict.ErrUnknown},
		{"from the end", func(d *def) { d.Transitions[1].From = phase.End }, "transitions[1].from", verdict.ErrUnknown},
		{"no to", func(d *def) { d.Transitions[1].To = "" }, "transitions[1].to", verdict.ErrMissing},
		{"unknown to", func(d *def) { d.Transitions[1].To = "x" }, "transitions[1].to", verdict.ErrUnknown},
		{"to itself", func(d *def) { d.Transitions[1].To = "planning" }, "transitions[1].to", phase.ErrSelf},
		{"on from an end", func(d *def) { d.Transitions[4].To = "initiation" }, "transitions[4].from", phase.ErrPastTheEnd},
		{"same ends", func(d *def) {
			d.Transitions = append(d.Transitions, phase.Transition[board]{From: "planning", To: "execution"})
		}, "transitions[5]", phase.ErrAmbiguous},
		{"same name", func(d *def) {
			d.Transitions = append(d.Transitions, phase.Transition[board]{From: "planning", To: "control", Name: "Gate 2"})
		}, "transitions[5].name", phase.ErrAmbiguous},
		{"unreachable", func(d *def) { d.Transitions[0].To = phase.End }, "phases[1]", phase.ErrUnreachable},
		{"dead end", func(d *def) { d.Transitions[2].To = "planning" }, "phases[2]", phase.ErrDeadEnd},
		{"threshold above 1", func(d *def) { d.Transitions[0].Threshold = ratio.New(101, 100) }, "transitions[0].threshold", phase.ErrShut},
		{"threshold below 0", func(d *def) { d.Transitions[0].Threshold = ratio.New(-1, 100) }, "transitions[0].threshold", verdict.ErrRange},
		{"threshold undefined", func(d *def) { d.Transitions[0].Threshold = ratio.Undefined("?") }, "transitions[0].threshold", verdict.ErrInvalid},
		{"no code", func(d *def) { d.Transitions[0].Criteria[0].Rule.Code = "" }, "transitions[0].criteria[0].code", verdict.ErrMissing},
		{"bad code", func(d *def) { d.Transitions[0].Criteria[0].Rule.Code = "x1" }, "transitions[0].criteria[0].code", verdict.ErrInvalid},
		{"same code", func(d *def) { d.Transitions[0].Criteria[1] = d.Transitions[0].Criteria[0] }, "transitions[0].criteria[1].code", verdict.ErrDuplicate},
		{"one code, two rules", func(d *def) { d.Transitions[1].Criteria[0].Rule.Code = "GATE-101" }, "transitions[1].criteria[0].code", phase.ErrTwoRules},
		{"no check", func(d *def) { d.Transitions[3].Criteria[1].Rule.Check = nil }, "transitions[3].criteria[1].check", phase.ErrShut},
		{"no need", func(d *def) { d.Transitions[3].Criteria[1].Need = 0 }, "transitions[3].criteria[1].need", verdict.ErrMissing},
		{"bad need", func(d *def) { d.Transitions[3].Criteria[1].Need = 7 }, "transitions[3].criteria[1].need", verdict.ErrUnknown},
		{"negative weight", func(d *def) { d.Transitions[3].Criteria[2].Weight = math.MinInt64 }, "transitions[3].criteria[2].weight", verdict.ErrRange},
		{"weights overflow", func(d *def) { d.Transitions[3].Criteria[2].Weight = math.MaxInt64 - 2 }, "transitions[3].criteria", verdict.ErrRange},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			d := fivePhases()
			c.spoil(&d)
			m, err := phase.Compile(d)
			require.Nil(t, m)
			require.ErrorIs(t, err, c.is)
			at := slices.IndexFunc(verdict.FaultsOf(err), func(f *verdict.Fault) bool { return f.Path == c.path })
			require.GreaterOrEqual(t, at, 0, "%s in:\n%v", c.path, err)
			require.ErrorIs(t, verdict.FaultsOf(err)[at], c.is)
		})
	}
}

func TestCompileBoundaries(t *testing.T) {
	cases := map[string]func(d *phase.Definition[board]){
		"as it is":                     func(*phase.Definition[board]) {},
		"threshold 1":                  func(d *phase.Definition[board]) { d.Transitions[0].Threshold = ratio.Int(1) },
		"threshold 0":                  func(d *phase.Definition[board]) { d.Transitions[0].Threshold = ratio.Int(0) },
		"a should of weight 0":         func(d *phase.Definition[board]) { d.Transitions[0].Criteria[2].Weight = 0 },
		"the largest weights":          func(d *phase.Definition[board]) { d.Transitions[0].Criteria[2].Weight = math.MaxInt64 - 3 },
		"the weight of a must is idle": func(d *phase.Definition[board]) { d.Transitions[0].Criteria[0].Weight = math.MaxInt64 },
		"one rule at two gates":        func(d *phase.Definition[board]) { d.Transitions[1].Criteria[0] = d.Transitions[0].Criteria[0] },
		"a gate without criteria":      func(d *phase.Definition[board]) { d.Transitions[1].Criteria = nil },
		"a way back": func(d *phase.Definition[board]) {
			d.Transitions = append(d.Transitions, phase.Transition[board]{From: "control", To: "execution"})
		},
		"closure by a kill only": func(d *phase.Definition[board]) {
			d.Phases[3].Role = phase.Final
			d.Transitions[3].To = phase.End
			d.Transitions[4].Criteria = nil
		},
		"closure without a gate to end": func(d *phase.Definition[board]) { d.Transitions = d.Transitions[:4] },
		"names repeat at other phases":  func(d *phase.Definition[board]) { d.Transitions[1].Name = "Gate 1" },
		"one phase": func(d *phase.Definition[board]) {
			d.Phases, d.Transitions = []phase.Phase{{ID: "only", Role: phase.Closure}}, nil
		},
	}
	for name, change := range cases {
		t.Run(name, func(t *testing.T) {
			d := fivePhases()
			change(&d)
			_, err := phase.Compile(d)
			require.NoError(t, err)
		})
	}
}

// All faults come at once, and each is located.
func TestCompileReportsAll(t *testing.T) {
	d := fivePhases()
	d.Name = ""
	d.Transitions[0].Criteria[0].Rule.Check = nil
	d.Transitions[4].From = "nowhere"
	d.Phases[2].ID = "planning"
	_, err := phase.Compile(d)
	paths := []string{}
	for _, f := range verdict.FaultsOf(err) {
		paths = append(paths, f.Path)
	}
	require.Equal(t, []string{
		"name", "phases[2].id", "transitions[1].to", "transitions[2].from", "transitions[4].from",
		"phases[0]", "phases[1]", "phases[3]", "transitions[0].criteria[0].check",
	}, paths)
	require.Panics(t, func() { phase.MustCompile(d) })
}

// The machine keeps nothing of the definition's slices.
func TestCompileCopies(t *testing.T) {
	d := fivePhases()
	m := phase.MustCompile(d)
	before := m.Mermaid(phase.State{})
	outline := m.Outline()
	d.Phases[0].Title, d.Transitions[0].To = "changed", "changed"
	d.Transitions[0].Criteria[0].Rule = verdict.Rule[board]{}
	changed := m.Outline()
	changed.Phases[1].ID, changed.Transitions[0].Criteria[0].Code = "changed", "changed"
	gate, ok := m.Gate("initiation", "planning")
	require.True(t, ok)
	gate.Edge().Criteria[0].Code = "changed"
	require.Equal(t, before, m.Mermaid(phase.State{}))
	equal(t, outline, m.Outline())
	equal(t, outline.Transitions[0], gate.Edge())
	s, _, err := m.Start(day1, "x")
	require.NoError(t, err)
	require.NoError(t, m.Evaluate(s, "initiation", "planning", allMet, day1).Err())
}

func TestIDIsValid(t *testing.T) {
	long := phase.ID(slices.Repeat([]byte("a"), 64))
	for _, id := range []phase.ID{"a", "планирование", "phase-2", long} {
		require.True(t, id.IsValid(), id)
	}
	for _, id := range []phase.ID{"", phase.End, "a b", "a\u00a0b", "\t", "\xff", long + "a"} {
		require.False(t, id.IsValid(), id)
	}
}
