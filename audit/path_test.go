package audit_test

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/audit"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// requirePaths holds that the subject of every finding is a place in the dossier,
// so that people find it and waivers below it work.
func requirePaths(t *testing.T, d *audit.Dossier, findings []verdict.Finding) {
	t.Helper()
	whole := *d
	whole.Project.Lifecycle = d.Project.Cycle() // the five phases are not written out
	for _, f := range findings {
		require.NoError(t, walk(reflect.ValueOf(whole), f.Subject), "%s %q: %s", f.Code, f.Subject, f.Message)
		require.Regexp(t, `[.!?)]$|: .*$`, f.Message)
		require.NotEmpty(t, f.Remedy)
	}
}

// walk follows a path such as "project.waves[W-1].entry[0]" through the JSON names
// of v. What stands in brackets is a place in a list, or a text that one of the
// fields of the element has.
func walk(v reflect.Value, path string) error {
	for path != "" {
		var step string
		switch path[0] {
		case '[':
			end := strings.IndexByte(path, ']')
			if end < 0 {
				return fmt.Errorf("no ] in %q", path)
			}
			step, path = path[1:end], path[end+1:]
			element, ok := elementOf(v, step)
			if !ok {
				return fmt.Errorf("no element %q in a %s", step, v.Type())
			}
			v = element
		default:
			path = strings.TrimPrefix(path, ".")
			end := strings.IndexAny(path, ".[")
			if end < 0 {
				end = len(path)
			}
			step, path = path[:end], path[end:]
			field, ok := fieldOf(v, step)
			if !ok {
				return fmt.Errorf("no field %q in a %s", step, v.Type())
			}
			v = field
		}
	}
	return nil
}

func fieldOf(v reflect.Value, name string) (reflect.Value, bool) {
	if v.Kind() != reflect.Struct {
		return v, false
	}
	for i := range v.NumField() {
		if tag, _, _ := strings.Cut(v.Type().Field(i).Tag.Get("json"), ","); tag == name {
			return v.Field(i), true
		}
	}
	// The matrix of responsibilities is read by role, and the parts of an objective
	// are named apart from its fields.
	return v, v.Type().Name() == "Activity" && name == "roles" || v.Type().Name() == "Objective"
}

func elementOf(v reflect.Value, key string) (reflect.Value, bool) {
	if v.Kind() != reflect.Slice {
		return v, v.Type().Name() == "Activity" // the cell of a role
	}
	if i, err := strconv.Atoi(key); err == nil {
		if i >= v.Len() {
			return v, false
		}
		return v.Index(i), true
	}
	for i := range v.Len() {
		e := v.Index(i)
		if fmt.Sprint(e.Interface()) == key {
			return e, true
		}
		for j := 0; e.Kind() == reflect.Struct && j < e.NumField(); j++ {
			if f := e.Field(j); f.CanInterface() && fmt.Sprint(f.Interface()) == key {
				return e, true
			}
		}
	}
	return v, false
}

func TestWalk(t *testing.T) {
	d := reflect.ValueOf(*finished())
	for _, path := range []string{
		"", "project", "project.waves[W-1].entry[0]", "risks.risks[K-1].responses[A1].due", "scope.statement.goals.indicators[O-1]",
		"stakeholders.raci.activities[Charter].roles[Sponsor]", "project.charter.objectives[O-1]",
	} {
		require.NoError(t, walk(d, path), path)
	}
	for _, path := range []string{"projects", "project.waves[W-9]", "project.waves[2]", "stakeholders.stakeholders[S-1]", "project[CH-1]", "project.waves[W-1"} {
		require.Error(t, walk(d, path), path)
	}
}

// TestPathsOfEvents: an event that nobody was told of is found where it happened
// (ST-16, RI-12, SC-26).
func TestPathsOfEvents(t *testing.T) {
	d := finished()
	d.Stakeholders.Register.Contacts = nil
	d.Scope.Changes = append(d.Scope.Changes, sampleChange())
	d.Scope.Changes[1].ID = "CH-2"
	d.Risks.Risks[0].Assessments = d.Risks.Risks[0].Assessments[:1]
	d.Risks.Risks[0].Assessments[0].Likelihood, d.Risks.Risks[0].Assessments[0].Impact = "high", "high"
	report := d.Audit(today)
	require.Equal(t, []string{
		"project.changes[CH-1]", "project.issues[I-1]",
		"project.state.visits[1]", "project.state.visits[2]", "project.state.visits[3]", "project.state.visits[4]", "project.state.visits[5]", "project.state.visits[6]",
		"risks.risks[K-1]", "scope.changes[CH-2]",
	}, found(report, "STAKE-323"))
	requirePaths(t, d, report.Findings)
}
