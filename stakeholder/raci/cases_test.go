package raci_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/stakeholder/raci"
)

// A refCase is one case of testdata/raci_cases.json.
type refCase struct {
	ID, Name   string
	Roles      []string
	Activities refActivities
	Options    map[string]json.RawMessage
	Valid      bool `json:"expect_valid"`
	Findings   []refFinding
	Note       string
}

type refFinding struct{ Rule, Severity, At string }

// refActivities reads an object in the order of its keys, the same key twice
// included, or a list of pairs or objects.
type refActivities []raci.Activity

func (a *refActivities) UnmarshalJSON(data []byte) error {
	if bytes.HasPrefix(bytes.TrimSpace(data), []byte("[")) {
		return a.list(data)
	}
	d := json.NewDecoder(bytes.NewReader(data))
	if _, err := d.Token(); err != nil {
		return err
	}
	for d.More() {
		name, err := d.Token()
		if err != nil {
			return err
		}
		row := raci.Activity{Name: name.(string)}
		if err := d.Decode(&row.Cells); err != nil {
			return err
		}
		*a = append(*a, row)
	}
	return nil
}

func (a *refActivities) list(data []byte) error {
	var rows []json.RawMessage
	if err := json.Unmarshal(data, &rows); err != nil {
		return err
	}
	for _, raw := range rows {
		var row raci.Activity
		var pair [2]json.RawMessage
		err := json.Unmarshal(raw, &row)
		if json.Unmarshal(raw, &pair) == nil {
			err = json.Unmarshal(fmt.Appendf(nil, `{"name":%s,"cells":%s}`, pair[0], pair[1]), &row)
		}
		if err != nil {
			return err
		}
		*a = append(*a, row)
	}
	return nil
}

// config reads the options by the names of the fields of Config.
func (c refCase) config(t *testing.T) raci.Config {
	t.Helper()
	fields := make(map[string]any, len(c.Options))
	for name, value := range c.Options {
		switch name {
		case "separate":
			fields[name] = separations(t, value)
		case "max_accountable_share":
			var share float64
			require.NoError(t, json.Unmarshal(value, &share))
			fields["maxAccountablePercent"] = int(share*100 + 0.5)
		default:
			fields[camel(name)] = value
		}
	}
	data, err := json.Marshal(fields)
	require.NoError(t, err)
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	var config raci.Config
	require.NoError(t, d.Decode(&config))
	return config
}

func separations(t *testing.T, data []byte) []raci.Separation {
	t.Helper()
	var pairs map[string][2]string
	require.NoError(t, json.Unmarshal(data, &pairs))
	var list []raci.Separation
	for activity, pair := range pairs {
		letters, err := raci.ParseLetters(pair[0])
		require.NoError(t, err)
		list = append(list, raci.Separation{Activity: activity, Letters: letters, Role: pair[1]})
	}
	return list
}

func camel(snake string) string {
	words := strings.Split(snake, "_")
	for i, word := range words[1:] {
		words[i+1] = strings.ToUpper(word[:1]) + word[1:]
	}
	return strings.Join(words, "")
}

// place turns the subject of a finding into the form of the reference data.
func place(subject string) string {
	return strings.NewReplacer("activities[", "", "].roles[", "/", "roles[", "", "]", "").Replace(subject)
}

func severity(s verdict.Severity) string {
	switch s {
	case verdict.Info:
		return "info"
	case verdict.Minor:
		return "warning"
	default:
		return "error"
	}
}

func found(t *testing.T, report verdict.Report) []refFinding {
	t.Helper()
	all := []refFinding{}
	for _, f := range report.Findings {
		kind, ok := raci.KindOf(f.Code)
		require.True(t, ok, f.Code)
		all = append(all, refFinding{kind.String(), severity(f.Severity), place(f.Subject)})
	}
	return all
}

func inOrder(all []refFinding) []refFinding {
	slices.SortFunc(all, func(a, b refFinding) int { return strings.Compare(fmt.Sprint(a), fmt.Sprint(b)) })
	return all
}

func readCases(tb testing.TB) []refCase {
	tb.Helper()
	data, err := os.ReadFile("testdata/raci_cases.json")
	require.NoError(tb, err)
	var cases []refCase
	require.NoError(tb, json.Unmarshal(data, &cases))
	return cases
}

// ST-25: exactly the findings of the reference, no more and no fewer.
func TestReferenceCases(t *testing.T) {
	cases := readCases(t)
	require.NotEmpty(t, cases)
	for _, c := range cases {
		t.Run(c.ID+" "+c.Name, func(t *testing.T) {
			m := raci.Matrix{Roles: c.Roles, Activities: c.Activities}
			config := c.config(t)
			require.Equal(t, inOrder(c.Findings), inOrder(found(t, m.Check(config))), c.Note)
			require.Equal(t, c.Valid, m.Valid())
			require.Equal(t, inOrder(c.Findings), inOrder(found(t, m.Canonical().Check(config))), "canonical")
		})
	}
}
