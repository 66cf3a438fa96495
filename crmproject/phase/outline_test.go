package phase_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/phase"
	"github.com/crmrollout/crm/crmproject/verdict"
)

func catalogue(d phase.Definition[board]) (rules []verdict.Rule[board]) {
	for _, t := range d.Transitions {
		for _, c := range t.Criteria {
			rules = append(rules, c.Rule)
		}
	}
	return rules
}

// A life cycle goes through JSON and comes back with its rules. CP-05, CP-44.
func TestBindRoundTrip(t *testing.T) {
	d := fivePhases()
	data, err := json.Marshal(d.Outline())
	require.NoError(t, err)
	var o phase.Outline
	require.NoError(t, json.Unmarshal(data, &o))
	equal(t, d.Outline(), o)
	back, err := phase.Bind(o, catalogue(d))
	require.NoError(t, err)
	m := phase.MustCompile(back)
	equal(t, d.Outline(), m.Outline())
	s, _, err := m.Start(day1, "x")
	require.NoError(t, err)
	refused := m.Evaluate(s, "initiation", "planning", board{"GATE-102": verdict.NotMet}, day1)
	require.Equal(t, []verdict.Code{"GATE-102"}, refused.Blocking)
}

func TestBindFaults(t *testing.T) {
	d := fivePhases()
	rules := catalogue(d)
	rules[0].Code = "OTHER-001"     // so GATE-101 is not there
	rules = append(rules, rules[1]) // and GATE-102 is there twice
	o := d.Outline()
	o.Transitions[1].Criteria[0].Weight = -1
	_, err := phase.Bind(o, rules)
	require.EqualError(t, err, `rules[20].code: duplicate "GATE-102"
transitions[1].criteria[0].weight: out of range: weight -1 is below 0
transitions[0].criteria[0].code: unknown "GATE-101": no such rule`)
}

func FuzzOutline(f *testing.F) {
	data, err := json.Marshal(fivePhases().Outline())
	require.NoError(f, err)
	f.Add(data)
	f.Add([]byte(`{"phases":[{"id":"a","role":"closure"}],"transitions":[{"from":"a","to":"end"}]}`))
	f.Add([]byte(`{"name":"x","phases":[{"id":"a"},{"id":"b","role":"final"}],"transitions":[{"from":"a","to":"b","threshold":"9/4"}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		var o phase.Outline
		if json.Unmarshal(data, &o) != nil {
			return
		}
		var rules []verdict.Rule[board]
		for code := range codesOf(o) {
			rules = append(rules, boardRule(code))
		}
		d, err := phase.Bind(o, rules)
		require.Equal(t, o.Validate() == nil, err == nil)
		if err != nil {
			return
		}
		m, err := phase.Compile(d)
		require.NoError(t, err, "what is valid as data compiles")
		s, _, err := m.Start(day1, "x")
		require.NoError(t, err)
		require.NoError(t, m.Check(s))
		require.NotEmpty(t, m.Mermaid(s))
		require.NotEmpty(t, m.DOT(s))
		m.Permitted(s, allMet, day1)
	})
}

func codesOf(o phase.Outline) map[verdict.Code]bool {
	codes := map[verdict.Code]bool{}
	for _, e := range o.Transitions {
		for _, c := range e.Criteria {
			codes[c.Code] = true
		}
	}
	return codes
}
