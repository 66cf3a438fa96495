package projecttest_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/phase"
	"github.com/crmrollout/crm/crmproject/projecttest"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
)

var (
	badPilot  = pilot{}
	goodPilot = pilot{Signed: true, Trained: true}
)

func TestTestLifecycle(t *testing.T) {
	cases := []struct {
		name  string
		spoil func(d *phase.Definition[pilot])
		want  []string // the lines of the error, each by its beginning
	}{
		{"sound", func(*phase.Definition[pilot]) {}, nil},
		{"does not compile", func(d *phase.Definition[pilot]) { d.Transitions[1].To = "nowhere" }, []string{
			"transitions[1].to: unknown", "phases[0]: \"plan\" is a dead end", "phases[1]: \"pilot\" is a dead end"}},
		{"never opened", func(d *phase.Definition[pilot]) {
			d.Transitions[1].Criteria[0].Rule = rule("PILOT-003", "never", func(pilot) bool { return false })
		}, []string{`transitions[1]: missing: no sample opens the gate "pilot → close"; nearest: PILOT-003 never: not met`}},
		{"never closed", func(d *phase.Definition[pilot]) {
			d.Transitions[0].Criteria[0].Rule = rule("PILOT-004", "always", func(pilot) bool { return true })
		}, []string{`transitions[0]: missing: no sample closes the gate "plan → pilot"`}},
		{"a should never closed", func(d *phase.Definition[pilot]) {
			d.Transitions[0].Threshold = ratio.New(1, 2)
			d.Transitions[0].Criteria[0] = phase.Criterion[pilot]{
				Rule: rule("PILOT-004", "always", func(pilot) bool { return true }), Need: phase.Should, Weight: 1}
		}, []string{`transitions[0]: missing: no sample closes the gate "plan → pilot"`}},
		{"nothing to close", func(d *phase.Definition[pilot]) {
			d.Transitions[0].Criteria = nil
			d.Transitions[1].Criteria[0].Need = phase.Should
			d.Transitions[1].Criteria[0].Weight = 3
		}, nil},
		{"one rule at two gates", func(d *phase.Definition[pilot]) { d.Transitions[2].Criteria = d.Transitions[0].Criteria }, nil},
		{"a way back and a shortcut", func(d *phase.Definition[pilot]) {
			d.Transitions = append(d.Transitions, phase.Transition[pilot]{From: "pilot", To: "plan"}, phase.Transition[pilot]{From: "plan", To: "close"})
		}, nil},
		{"ends on entering", func(d *phase.Definition[pilot]) { d.Transitions = d.Transitions[:2] }, nil},
		{"no why", func(d *phase.Definition[pilot]) { d.Transitions[0].Criteria[0].Rule.Why = "" }, []string{"transitions[0].criteria[0].why: missing"}},
		{"panics", func(d *phase.Definition[pilot]) {
			d.Transitions[1].Criteria[0].Rule.Check = func(pilot, *verdict.Reporter) { panic("oh no") }
		}, []string{`transitions[1].criteria[0].check: on sample 0: invalid: it panics: "oh no"`}},
		{"text that JSON changes", func(d *phase.Definition[pilot]) {
			d.Transitions[1].Criteria[0].Rule.Check = func(p pilot, r *verdict.Reporter) {
				if !p.Trained {
					r.Find("s", "\xff", "r")
				}
			}
		}, []string{
			"gates[pilot → close]: invalid: its evaluation does not survive JSON",
			"walk[pilot].hold: invalid: the records do not survive JSON", "walk[pilot].resume: invalid: the records",
			"walk[pilot].recycle: invalid: the records", "walk[pilot].kill: invalid: the records", "walk[close].reopen: invalid: the records",
		}},
		{"a name that JSON changes", func(d *phase.Definition[pilot]) { d.Transitions[0].Name = "\xff" }, []string{"outline: invalid"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			d := ourCycle()
			c.spoil(&d)
			err := projecttest.TestLifecycle(d, badPilot, goodPilot)
			if c.want == nil {
				require.NoError(t, err)
				return
			}
			require.Error(t, err)
			lines := strings.Split(err.Error(), "\n")
			require.GreaterOrEqual(t, len(lines), len(c.want))
			for i, want := range c.want {
				require.True(t, strings.HasPrefix(lines[i], want), "%s\nwant %s in\n%v", lines[i], want, err)
			}
		})
	}
}

func TestWithoutSamples(t *testing.T) {
	require.NoError(t, projecttest.TestLifecycle(ourCycle()))
	d := ourCycle()
	d.Transitions[0].Criteria[0].Rule.Severity = 0
	require.EqualError(t, projecttest.TestLifecycle(d), "transitions[0].criteria[0].severity: missing")
}

// A rule with a memory of its own is caught, though each single run looks sound.
func TestImpureRule(t *testing.T) {
	d, n := ourCycle(), 0
	d.Transitions[0].Criteria[0].Rule.Check = func(_ pilot, r *verdict.Reporter) {
		if n++; n%3 == 0 {
			r.Find("pilot", "every third time", "none")
		}
	}
	err := projecttest.TestLifecycle(d, badPilot, goodPilot)
	require.ErrorContains(t, err, "transitions[0].criteria[0].check: on sample 0: invalid: two runs on the same facts differ")
}
