package audit_test

import (
	"bytes"
	"encoding/json"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/audit"
	"github.com/crmrollout/crm/crmproject"
	"github.com/crmrollout/crm/crmproject/phase"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/scope"
)

func encoded(t testing.TB, d *audit.Dossier) []byte {
	t.Helper()
	data, err := d.Encode()
	require.NoError(t, err)
	return data
}

func TestRoundTrip(t *testing.T) {
	for n := range len(history()) + 1 {
		d := after(n)
		data := encoded(t, d)
		require.True(t, bytes.HasSuffix(data, []byte("\n}\n")))
		back, err := audit.Decode(data)
		require.NoError(t, err)
		require.Empty(t, cmp.Diff(d, back, cmpopts.EquateEmpty(), cmp.Comparer(func(a, b ratio.Ratio) bool { return a == b })))
		require.Equal(t, string(data), string(encoded(t, back)))
		compact := new(bytes.Buffer)
		require.NoError(t, json.Compact(compact, data))
		again, err := audit.Decode(compact.Bytes())
		require.NoError(t, err)
		require.Equal(t, string(data), string(encoded(t, again)), "spaces do not matter")
	}
}

// TestRoundTripOfWaivers: what a decision was based on comes back, waived findings
// and conditions included.
func TestRoundTripOfWaivers(t *testing.T) {
	d, on := at("planning")
	d.Project.Resources[0].Assigned = 0
	d, err := d.Decide(phase.Decision{
		Action: phase.ConditionalGo, To: "execution", On: on, By: "CEO",
		Waivers:    []verdict.Waiver{{Code: "GATE-108", By: "CEO", Reason: "people come back from leave", From: on, Until: on + 14}},
		Conditions: []phase.Condition{{ID: "C-1", Text: "assign the people", Owner: "S-2", Due: on + 14}},
	})
	require.NoError(t, err)
	data := encoded(t, d)
	require.Contains(t, string(data), `"people come back from leave"`)
	back, err := audit.Decode(data)
	require.NoError(t, err)
	require.Equal(t, d.Project.Decisions, back.Project.Decisions)
	require.Equal(t, string(data), string(encoded(t, back)))
}

// TestEmptyIsNone: a list without elements and no list are the same, however deep
// it stands.
func TestEmptyIsNone(t *testing.T) {
	d := audit.New()
	d.Project.ID, d.Project.Name, d.Project.Kind = "P-1", "<New & empty>", crmproject.NewCRM
	plain := encoded(t, d)
	require.Contains(t, string(plain), `"<New & empty>"`)
	d.Scope.Changes = []scope.Change{}
	d.Scope.Statement.Goals.SetAside = []scope.SetAside{}
	d.Project.Strategy.CompanyGoals = []string{}
	d.Project.State.Visits = []phase.Visit{}
	d.Risks.Risks = sampleRisks().Risks[:0]
	require.Equal(t, string(plain), string(encoded(t, d)))
	require.NotNil(t, d.Scope.Changes, "the dossier itself is not changed")
	back, err := audit.Decode(plain)
	require.NoError(t, err)
	require.Zero(t, back.Scope)
}

func TestEncodeRefusesWhatHasNoForm(t *testing.T) {
	d := sample()
	d.Project.Kind = 99
	data, err := d.Encode()
	require.Nil(t, data)
	require.ErrorContains(t, err, "audit: encode: ")
}

// faultsOf decodes and returns the faults as lines.
func faultsOf(t *testing.T, data string) []string {
	t.Helper()
	d, err := audit.Decode([]byte(data))
	require.Error(t, err)
	require.Nil(t, d, "on error there is no dossier")
	return lines(err)
}

func TestDecodeReportsTheDocument(t *testing.T) {
	project := func(more string) string {
		return `{"schema": "crm-dossier/1", "project": {"id": "P-1", "name": "CRM", "kind": "new_crm"` + more + "}}"
	}
	for name, c := range map[string]struct {
		data string
		want []string
	}{
		"nothing":       {"", []string{"invalid JSON: want a value, got end of document (line 1, column 1)"}},
		"not JSON":      {"{schema", []string{`invalid JSON: want a key in double quotes, got "s" (line 1, column 2)`}},
		"trailing data": {small + "\n{}", []string{`"{" after the end of the document (line 2, column 1)`}},
		"a list":        {"[]", []string{"want an object"}},
		"null":          {"null", []string{"null"}},
		"unknown field": {project(`, "nmae": ""`), []string{`project: unknown field "nmae" (did you mean "name"?) (line 1, column 88)`}},
		"wrong case":    {project(`, "Vision": ""`), []string{`project: unknown field "Vision" (did you mean "vision"?)`}},
		"duplicate key": {project(`, "id": "P-2"`), []string{`project: duplicate key "id"`}},
		"wrong type":    {project(`, "team": {"members": [{"id": 7}]}`), []string{"project.team.members[0].id: want a string, got number 7"}},
		"wrong word":    {project(`, "size": "huge"`), []string{`project.size: project size: unknown "huge", want one of small_medium, large (line 1, column 96)`}},
		"several": {project(`, "size": "huge", "vision": 1, "start": "2027-02-30"`), []string{
			"project.size: ", "project.vision: ", "project.start: ",
		}},
		"unknown and dangling": {project(`, "nmae": "", "charter": {"objectives": ["O-9"]}`), []string{
			`project: unknown field "nmae"`, `project.charter.objectives[0]: unknown "O-9"`,
		}},
		"unknown and wrong type": {project(`, "nmae": "", "vision": 1, "charter": {"objectives": ["O-9"]}`), []string{
			`project: unknown field "nmae"`, "project.vision: ",
		}},
		"no schema":         {`{"project": {"id": "P-1", "name": "CRM", "kind": "new_crm"}}`, []string{"schema: not a dossier of the format crm-dossier/1: \"\""}},
		"empty":             {`{}`, []string{"schema: ", "project.id: missing", "project.name: missing", "project.kind: missing"}},
		"schema and fields": {`{"schema": "crm-dossier/2", "projects": []}`, []string{`unknown field "projects"`, `schema: not a dossier of the format crm-dossier/1: "crm-dossier/2"`, "project.id: missing", "project.name: ", "project.kind: "}},
	} {
		t.Run(name, func(t *testing.T) {
			got := faultsOf(t, c.data)
			require.Len(t, got, len(c.want), "%q", got)
			for i, want := range c.want {
				require.Contains(t, got[i], want)
			}
		})
	}
}

func TestDecodeErrorsAreSentinels(t *testing.T) {
	d := sample()
	d.Schema = "crm-dossier/2"
	d.Project.Activities[1].ID = d.Project.Activities[0].ID
	d.Project.Charter.Objectives[0] = "O-9"
	back, err := audit.Decode(encoded(t, d))
	require.Nil(t, back)
	require.ErrorIs(t, err, audit.ErrSchema)
	require.ErrorIs(t, err, verdict.ErrDuplicate)
	require.ErrorIs(t, err, verdict.ErrUnknown)
	require.Equal(t, "schema", verdict.FaultsOf(err)[0].Path)
	require.Equal(t, d.Validate().Error(), err.Error(), "what Decode finds in a readable document is what Validate finds")
	var faults []string
	for _, f := range verdict.FaultsOf(err) {
		faults = append(faults, f.Path)
	}
	require.Contains(t, faults, "project.activities[1].id")
	require.Contains(t, faults, "project.charter.objectives[0]")
}

// TestDocumentFaultsAreSentinels: nobody outside can name the kinds of the strict
// decoder, so its faults are those of package verdict too.
func TestDocumentFaultsAreSentinels(t *testing.T) {
	for data, want := range map[string]error{
		`{"projects": {}}`:                           verdict.ErrUnknown,
		`{"schema": "", "schema": ""}`:               verdict.ErrDuplicate,
		`{"schema": 1}`:                              verdict.ErrInvalid,
		`{"project": null}`:                          verdict.ErrInvalid,
		`{"project": {"kind": "old"}}`:               verdict.ErrUnknown,
		`{"scope": {"baseline": {"version": 1e99}}}`: verdict.ErrRange,
		`{`:                       verdict.ErrInvalid,
		`{} {}`:                   verdict.ErrInvalid,
		"{\"schema\": \"\xff\"}":  verdict.ErrInvalid,
		strings.Repeat("[", 2000): verdict.ErrInvalid,
	} {
		d, err := audit.Decode([]byte(data))
		require.Nil(t, d)
		require.ErrorIs(t, err, want, "%.40s", data)
		require.NotErrorIs(t, verdict.FaultsOf(err)[0], audit.ErrSchema)
	}
}

// TestFaultsOfTheParts: each part is validated, and its faults have their path in
// the dossier.
func TestFaultsOfTheParts(t *testing.T) {
	for path, breakIt := range map[string]func(*audit.Dossier){
		"project.team.manager":                         func(d *audit.Dossier) { d.Project.Team.Manager = "S-9" },
		"scope.statement.scope.features[1].id":         func(d *audit.Dossier) { d.Scope.Statement.Scope.Features[1].ID = "F-1" },
		"scope.statement.timeline.milestones[0].phase": func(d *audit.Dossier) { d.Scope.Statement.Timeline.Milestones[0].Phase = "dawn" },
		"scope.baseline.version":                       func(d *audit.Dossier) { d.Scope.Baseline.Version = -1 },
		"scope.changes[0].title":                       func(d *audit.Dossier) { d.Scope.Changes[0].Title = "" },
		"scope.scheme.threshold": func(d *audit.Dossier) {
			d.Scope.Scheme = scope.DefaultScheme()
			d.Scope.Scheme.Threshold = ratio.Int(2)
		},
		"scope.policy.mostMusts":                   func(d *audit.Dossier) { d.Scope.Policy.MostMusts = ratio.Int(-1) },
		"risks.risks[1].id":                        func(d *audit.Dossier) { d.Risks.Risks[1].ID = "K-1" },
		"risks.matrix.id":                          func(d *audit.Dossier) { d.Risks.Matrix.ID = "" },
		"stakeholders.register.stakeholders[1].id": func(d *audit.Dossier) { d.Stakeholders.Register.Stakeholders[1].ID = "S-1" },
		"stakeholders.config.noiseAllowed":         func(d *audit.Dossier) { d.Stakeholders.Config.NoiseAllowed = -1 },
		"stakeholders.raci.roles[1]":               func(d *audit.Dossier) { d.Stakeholders.RACI.Roles[1] = "sponsor" },
		"stakeholders.raci.activities[1].name":     func(d *audit.Dossier) { d.Stakeholders.RACI.Activities[1].Name = "" },
		"stakeholders.raciConfig.maxResponsible":   func(d *audit.Dossier) { d.Stakeholders.RACIConfig.MaxResponsible = -1 },
		"indicators.measures[1].id":                func(d *audit.Dossier) { d.Indicators.Measures[1].ID = "K-O-1" },
		"indicators.measures[0].target.metric":     func(d *audit.Dossier) { d.Indicators.Measures[0].Metric = "adoption_rate" },
		"project.waivers[0].by": func(d *audit.Dossier) {
			d.Project.Waivers = []verdict.Waiver{{Code: "KPI-001", Reason: "x", From: 1, Until: 2}}
		},
		"project.lifecycle.outline.transitions[0].to": func(d *audit.Dossier) {
			d.Project.Lifecycle = crmproject.FivePhases()
			d.Project.Lifecycle.Outline.Transitions[0].To = "x"
		},
		"project.state.cycle":                               func(d *audit.Dossier) { d.Project.State.Cycle = "waterfall" },
		"stakeholders.register.plan[0].audience.classes[0]": func(d *audit.Dossier) { d.Stakeholders.Register.Plan[0].Audience.Classes[0] = 99 },
	} {
		d := finished()
		breakIt(d)
		var paths []string
		for _, f := range verdict.FaultsOf(d.Validate()) {
			paths = append(paths, f.Path)
		}
		require.Contains(t, paths, path)
	}
}

// TestManyFaults: the decoder keeps a hundred faults of a document and counts the
// rest.
func TestManyFaults(t *testing.T) {
	fields := make([]string, 103)
	for i := range fields {
		fields[i] = `"x` + string(rune('A'+i%26)) + strings.Repeat("x", i/26) + `": 0`
	}
	got := faultsOf(t, `{"schema": "crm-dossier/1", "project": {`+strings.Join(fields, ",")+`}}`)
	require.Len(t, got, 101)
	require.Equal(t, "and 3 more faults", got[100])
}

// TestMutations takes the finished dossier apart at random: whatever is left, it
// is refused with located faults, or can be judged.
func TestMutations(t *testing.T) {
	t.Parallel()
	whole := finished()
	whole.Project.Decisions = nil // with them, nothing in the state could be changed
	data := encoded(t, whole)
	rng := rand.New(rand.NewPCG(1, 2))
	accepted := 0
	for range 120 {
		var doc any
		require.NoError(t, json.Unmarshal(data, &doc))
		doc = mutate(rng, doc)
		changed, err := json.Marshal(doc)
		require.NoError(t, err)
		d, err := audit.Decode(changed)
		if err != nil {
			require.Nil(t, d)
			for _, f := range verdict.FaultsOf(err) {
				require.NotEmpty(t, f.Path, "%v", f)
			}
			continue
		}
		accepted++
		judgeAll(t, d, today)
	}
	require.Greater(t, accepted, 30)
}

// mutate drops or empties something at a random place, deeper with every coin.
func mutate(rng *rand.Rand, v any) any {
	switch v := v.(type) {
	case map[string]any:
		keys := slices.Sorted(maps.Keys(v))
		if len(keys) == 0 {
			return v
		}
		key := keys[rng.IntN(len(keys))]
		if rng.IntN(6) == 0 && key != "schema" {
			delete(v, key)
			return v
		}
		v[key] = mutate(rng, v[key])
	case []any:
		if len(v) == 0 || rng.IntN(4) == 0 {
			return []any{}
		}
		i := rng.IntN(len(v))
		v[i] = mutate(rng, v[i])
	case string:
		return [...]string{"", "2027-06-30", "1/2", v + v}[rng.IntN(4)]
	case float64:
		return [...]float64{0, -1, 1 << 53}[rng.IntN(3)]
	}
	return v
}
