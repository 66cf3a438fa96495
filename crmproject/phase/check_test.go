package phase_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/phase"
	"github.com/crmrollout/crm/crmproject/verdict"
)

func TestCheckFaults(t *testing.T) {
	cases := []struct {
		name  string
		spoil func(s *phase.State)
		path  string
		is    error
	}{
		{"no status", func(s *phase.State) { s.Status = 0 }, "status", verdict.ErrMissing},
		{"status", func(s *phase.State) { s.Status = 9 }, "status", verdict.ErrUnknown},
		{"cycle", func(s *phase.State) { s.Cycle = "other" }, "cycle", verdict.ErrInvalid},
		{"no phase", func(s *phase.State) { s.Phase = "" }, "phase", verdict.ErrMissing},
		{"phase", func(s *phase.State) { s.Phase = "x" }, "phase", verdict.ErrUnknown},
		{"seq", func(s *phase.State) { s.Seq = 0 }, "seq", verdict.ErrRange},
		{"the last seq", func(s *phase.State) { s.Seq = 1<<53 - 1 }, "seq", verdict.ErrRange},
		{"on", func(s *phase.State) { s.On = 0 }, "on", verdict.ErrMissing},
		{"review", func(s *phase.State) { s.Review = day5 }, "review", verdict.ErrInvalid},
		{"hold without review", func(s *phase.State) { s.Status = phase.OnHold }, "review", verdict.ErrInvalid},
		{"no visits", func(s *phase.State) { s.Visits = nil }, "visits", verdict.ErrMissing},
		{"visit of no phase", func(s *phase.State) { s.Visits[0].Phase = "x" }, "visits[0].phase", verdict.ErrUnknown},
		{"visit number", func(s *phase.State) { s.Visits[1].Number = 2 }, "visits[1].number", verdict.ErrInvalid},
		{"visit before the last", func(s *phase.State) { s.Visits[1].Entered = day1 - 1 }, "visits[1].entered", verdict.ErrRange},
		{"visit without date", func(s *phase.State) { s.Visits[0].Entered = 0 }, "visits[0].entered", verdict.ErrMissing},
		{"elsewhere", func(s *phase.State) { s.Phase = "planning" }, "visits[2].phase", verdict.ErrInvalid},
		{"pass of no gate", func(s *phase.State) { s.Passes[0].To = "closure" }, "passes[0]", verdict.ErrUnknown},
		{"passed twice", func(s *phase.State) { s.Passes[1] = s.Passes[0] }, "passes[1]", verdict.ErrDuplicate},
		{"pass action", func(s *phase.State) { s.Passes[0].Action = phase.Hold }, "passes[0].action", verdict.ErrInvalid},
		{"pass seq", func(s *phase.State) { s.Passes[0].Seq = 4 }, "passes[0].seq", verdict.ErrRange},
		{"pass date", func(s *phase.State) { s.Passes[0].On = -1 }, "passes[0].on", verdict.ErrInvalid},
		{"waived nothing", func(s *phase.State) { s.Passes[0].Waived[0].Subjects = nil }, "passes[0].waived[0].subjects", verdict.ErrMissing},
		{"condition id", func(s *phase.State) { s.Passes[0].Conditions[0].ID = "" }, "passes[0].conditions[0].id", verdict.ErrMissing},
		{"condition twice", func(s *phase.State) { s.Passes[1].Conditions = s.Passes[0].Conditions }, "passes[1].conditions[0].id", verdict.ErrDuplicate},
		{"condition owner", func(s *phase.State) { s.Passes[0].Conditions[0].Owner = "" }, "passes[0].conditions[0].owner", verdict.ErrMissing},
		{"condition due", func(s *phase.State) { s.Passes[0].Conditions[0].Due = 0 }, "passes[0].conditions[0].due", verdict.ErrMissing},
		{"waiver", func(s *phase.State) { s.Waivers[0].By = "" }, "waivers[0].by", verdict.ErrMissing},
		{"exemption", func(s *phase.State) { s.Exemptions = []phase.Exemption{{}} }, "exemptions[0].code", verdict.ErrMissing},
		{"ended without ending", func(s *phase.State) { s.Status = phase.Completed }, "endings", verdict.ErrInvalid},
		{"ending while running", func(s *phase.State) { s.Endings = []phase.Ending{{Number: 1}} }, "endings", verdict.ErrInvalid},
		{"ending number", func(s *phase.State) { s.Endings = []phase.Ending{{Number: 2, SupersededBy: 1}} }, "endings[0].number", verdict.ErrInvalid},
		{"the wrong ending", func(s *phase.State) {
			s.Status, s.Endings = phase.Completed, []phase.Ending{{Number: 1, Premature: true}}
		}, "endings", verdict.ErrInvalid},
		{"two endings stand", func(s *phase.State) {
			s.Status, s.Endings = phase.Completed, []phase.Ending{{Number: 1}, {Number: 2}}
		}, "endings[0].supersededBy", verdict.ErrMissing},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			d := conditional("planning", day2, "C-1")
			d.Waivers = []verdict.Waiver{waiver("GATE-101", day1, day4)}
			j := started(t).do(d, board{"GATE-101": verdict.NotMet}).to(day2, "execution")
			require.NoError(t, j.m.Check(j.s))
			c.spoil(&j.s)
			faults := verdict.FaultsOf(j.m.Check(j.s))
			require.True(t, slices.ContainsFunc(faults, func(f *verdict.Fault) bool { return f.Path == c.path }), "%v", j.m.Check(j.s))
			require.ErrorIs(t, j.m.Check(j.s), c.is)
			_, _, err := j.m.Decide(j.s, note(day2), allMet)
			require.ErrorContains(t, err, "state."+c.path)
		})
	}
}

func TestCheckZeroState(t *testing.T) {
	m := phase.MustCompile(fivePhases())
	require.NoError(t, m.Check(phase.State{}))
	require.NoError(t, m.Check(phase.State{Visits: []phase.Visit{}}), "an empty list is no list")
}
