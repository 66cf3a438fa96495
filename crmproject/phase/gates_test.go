package phase_test

import (
	"encoding/json"
	"fmt"
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/phase"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
)

type gateCase struct {
	Name      string        `json:"name"`
	AsOf      calendar.Date `json:"as_of"`
	Threshold ratio.Ratio   `json:"should_threshold"`
	Criteria  []struct {
		Kind     phase.Need `json:"kind"`
		Status   string     `json:"status"`
		Weight   int64      `json:"weight"`
		Waivable bool       `json:"waivable"`
		Waiver   *struct {
			Granted calendar.Date `json:"granted"`
			Expires calendar.Date `json:"expires"`
		} `json:"waiver"`
	} `json:"criteria"`
	Expect struct {
		Permitted []phase.Action `json:"permitted"`
		Blocking  []int          `json:"blocking"`
		Waived    []int          `json:"waived"`
		Score     struct {
			Num, Den int64
		} `json:"should_score"`
		Below bool `json:"should_below_threshold"`
	} `json:"expect"`
}

// The reference cases, through Evaluate. CP-41.
func TestReferenceGates(t *testing.T) {
	data, err := os.ReadFile("testdata/gates.json")
	require.NoError(t, err)
	var file struct {
		Cases []gateCase `json:"cases"`
	}
	require.NoError(t, json.Unmarshal(data, &file))
	require.NotEmpty(t, file.Cases)
	for _, c := range file.Cases {
		t.Run(c.Name, func(t *testing.T) { c.run(t) })
	}
}

func (c gateCase) code(i int) verdict.Code { return verdict.Code(fmt.Sprintf("CASE-%03d", i)) }

func (c gateCase) run(t *testing.T) {
	t.Helper()
	facts, waivers := board{}, []verdict.Waiver(nil)
	gate := phase.Transition[board]{From: "a", To: "b", Threshold: c.Threshold}
	for i, cr := range c.Criteria {
		if cr.Status == "na" {
			cr.Status = "not_applicable"
		}
		status, err := verdict.ParseStatus(cr.Status)
		require.NoError(t, err)
		facts[c.code(i)] = status
		gate.Criteria = append(gate.Criteria, phase.Criterion[board]{
			Rule: boardRule(c.code(i)), Need: cr.Kind, Weight: cr.Weight, Waivable: cr.Waivable})
		if w := cr.Waiver; w != nil {
			waivers = append(waivers, waiver(c.code(i), w.Granted, w.Expires))
		}
	}
	m, err := phase.Compile(phase.Definition[board]{
		Name: "case", Phases: []phase.Phase{{ID: "a"}, {ID: "b", Role: phase.Closure}},
		Transitions: []phase.Transition[board]{gate},
	})
	require.NoError(t, err)
	s, _, err := m.Start(calendar.MinDate, "x")
	require.NoError(t, err)
	s.Waivers = waivers
	c.check(t, m.Evaluate(s, "a", "b", facts, c.AsOf))
}

func (c gateCase) check(t *testing.T, e phase.Evaluation) {
	t.Helper()
	codes := func(at []int) (out []verdict.Code) {
		for _, i := range at {
			out = append(out, c.code(i))
		}
		return out
	}
	require.Equal(t, c.Expect.Permitted, e.Permitted)
	require.Equal(t, codes(c.Expect.Blocking), e.Blocking)
	require.Equal(t, codes(c.Expect.Waived), e.Waived)
	require.Equal(t, ratio.New(c.Expect.Score.Num, c.Expect.Score.Den), e.Score)
	require.Equal(t, c.Expect.Below, e.Below)
}
