package projecttest_test

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/projecttest"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// dossier is facts with everything that a check could change.
type dossier struct {
	N      int
	List   []string
	Map    map[string]*dossier
	hidden []int
}

func facts() *dossier {
	d := &dossier{N: 1, List: []string{"a"}, hidden: []int{1, 2}, Map: map[string]*dossier{"x": {N: 2}, "y": nil}}
	d.Map["self"] = d
	return d
}

func good(check func(d *dossier, r *verdict.Reporter)) verdict.Rule[*dossier] {
	return verdict.Rule[*dossier]{Code: "TEST-001", Title: "t", Why: "w", Severity: verdict.Minor, Check: check}
}

func TestTestRules(t *testing.T) {
	count := 0
	cases := []struct {
		name string
		rule verdict.Rule[*dossier]
		want string
	}{
		{"met", good(func(*dossier, *verdict.Reporter) {}), ""},
		{"finds", good(func(_ *dossier, r *verdict.Reporter) { r.Find("s", "m", "r", "e") }), ""},
		{"unassessed", good(func(_ *dossier, r *verdict.Reporter) { r.Unassessed("no data") }), ""},
		{"reads everything", good(func(d *dossier, _ *verdict.Reporter) { _ = len(d.Map) + len(d.hidden) + len(d.List) + d.N }), ""},
		{"nothing written", verdict.Rule[*dossier]{}, "rules[0].code: missing\nrules[0].title: missing\nrules[0].why: missing\n" +
			"rules[0].severity: missing\nrules[0].check: missing"},
		{"nonsense written", verdict.Rule[*dossier]{Code: "x", Title: "t", Why: "w", Severity: 9, Check: func(*dossier, *verdict.Reporter) {}},
			"rules[0].code: invalid code \"x\"\nrules[0].severity: unknown severity 9"},
		{"empty finding", good(func(_ *dossier, r *verdict.Reporter) { r.Find("s", "m", "r"); r.Find("", "", "") }),
			"rules[0].findings[1].subject: on sample 0: missing\nrules[0].findings[1].message: on sample 0: missing\n" +
				"rules[0].findings[1].remedy: on sample 0: missing"},
		{"no reason", good(func(_ *dossier, r *verdict.Reporter) { r.NotApplicable("") }),
			"rules[0].check: on sample 0: missing: not_applicable without a reason"},
		{"failed without a word", good(func(_ *dossier, r *verdict.Reporter) { r.Fail(errors.New("")) }),
			"rules[0].check: on sample 0: missing: failed without a reason"},
		{"panics", good(func(d *dossier, _ *verdict.Reporter) { _ = d.List[7] }),
			`rules[0].check: on sample 0: invalid: it panics: "runtime error: index out of range [7] with length 1"`},
		{"another status each time", good(func(_ *dossier, r *verdict.Reporter) {
			if count++; count%2 == 0 {
				r.Find("s", "m", "r")
			}
		}), "rules[0].check: on sample 0: invalid: two runs on the same facts differ"},
		{"another finding each time", good(func(_ *dossier, r *verdict.Reporter) {
			count++
			r.Find("s", string(rune('a'+count%7)), "r")
		}), "rules[0].check: on sample 0: invalid: two runs on the same facts differ"},
		{"changes a number", good(func(d *dossier, _ *verdict.Reporter) { d.N++ }), "rules[0].check: on sample 0: invalid: it changes the facts"},
		{"changes a list", good(func(d *dossier, _ *verdict.Reporter) { d.List[0] += "!" }), "rules[0].check: on sample 0: invalid: it changes the facts"},
		{"changes what is hidden", good(func(d *dossier, _ *verdict.Reporter) { d.hidden[1]++ }), "rules[0].check: on sample 0: invalid: it changes the facts"},
		{"changes a map", good(func(d *dossier, _ *verdict.Reporter) { d.Map["z"] = nil }), "rules[0].check: on sample 0: invalid: it changes the facts"},
		{"changes far away", good(func(d *dossier, _ *verdict.Reporter) { d.Map["self"].Map["x"].N++ }),
			"rules[0].check: on sample 0: invalid: it changes the facts"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			err := projecttest.TestRules([]verdict.Rule[*dossier]{c.rule}, facts())
			if c.want == "" {
				require.NoError(t, err)
				return
			}
			require.EqualError(t, err, c.want)
			require.NotEmpty(t, verdict.FaultsOf(err)[0].Path)
		})
	}
}

// A fault is told once, with the first sample that shows it.
func TestFirstSampleOnly(t *testing.T) {
	rules := []verdict.Rule[*dossier]{good(func(d *dossier, r *verdict.Reporter) {
		if d.N > 1 {
			r.Find("s", "m", "")
		}
	})}
	err := projecttest.TestRules(rules, &dossier{N: 1}, &dossier{N: 2}, &dossier{N: 3})
	require.EqualError(t, err, "rules[0].findings[0].remedy: on sample 1: missing")
	require.NoError(t, projecttest.TestRules(rules))
	require.NoError(t, projecttest.TestRules[int](nil, 1, 2))
}

func TestTestSamples(t *testing.T) {
	rules := []verdict.Rule[*dossier]{
		good(func(d *dossier, r *verdict.Reporter) {
			if d.N == 2 {
				r.Find("s", "m", "r")
			}
		}),
		good(func(*dossier, *verdict.Reporter) { panic("no") }),
	}
	require.EqualError(t, projecttest.TestSamples(rules, &dossier{N: 2}, &dossier{N: 3}),
		"rules[1]: missing: no sample breaks TEST-001 \"t\"\nrules[1]: missing: no sample meets TEST-001 \"t\"")
	require.EqualError(t, projecttest.TestSamples(rules[:1], &dossier{N: 2}), "rules[0]: missing: no sample meets TEST-001 \"t\"")
}
