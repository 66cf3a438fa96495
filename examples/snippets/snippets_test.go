package snippets_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/audit"
	"github.com/crmrollout/crm/crmproject"
	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/kpi/rfm"
)

func embed(data []byte) error {
	dossier, err := audit.Decode(data) // strict: every fault of the file, with its path, line and column
	if err != nil {
		return err
	}
	report := dossier.Audit(calendar.MustParse("2027-03-31"))
	for _, f := range report.AtLeast(verdict.Major).Findings {
		fmt.Println(f.Code, f.Subject, f.Message, f.Remedy)
	}
	gate, err := dossier.Gate(calendar.MustParse("2027-03-31"))
	if err == nil {
		fmt.Println(gate.Label(), gate.Outcome, gate.Reasons())
	}
	return err
}

type order struct {
	Customer string
	Day      calendar.Date
	Cents    int64
}

func build(orders []order, asOf calendar.Date) error {
	var history rfm.History[string]
	for _, o := range orders {
		if err := history.Add(o.Customer, o.Day, o.Cents); err != nil {
			return err
		}
	}
	table, err := rfm.Score(&history, asOf, rfm.Scheme{}) // type-7 quintiles; ties stay together
	if err == nil {
		fmt.Println(table.Row(0).Customer, table.Row(0).Cell)
	}
	return err
}

var pilotFirst = verdict.Rule[crmproject.Facts]{
	Code: "OWN-001", Severity: verdict.Major,
	Title: "A pilot goes first", Why: "Our last big bang stopped sales for two days.",
	Check: func(f crmproject.Facts, r *verdict.Reporter) {
		if w := f.Project.Waves; len(w) > 0 && w[0].Kind != crmproject.Pilot {
			r.Find("waves["+w[0].ID+"]", "The first wave is no pilot.", "Let a small group go first.")
		}
	},
}

func TestPilotFirst(t *testing.T) {
	p := &crmproject.Project{Waves: []crmproject.Wave{{ID: "W-1", Kind: crmproject.BigBang}}}
	if outcome, _ := pilotFirst.Run(crmproject.Facts{Project: p}); outcome.Status != verdict.NotMet {
		t.Error(outcome.Status)
	}
}

func Example_build() {
	err := build([]order{{"a", calendar.MustParse("2027-01-05"), 1250}}, calendar.MustParse("2027-01-31"))
	fmt.Println(err)
	// Output:
	// a 511
	// <nil>
}

func TestEmbed(t *testing.T) {
	require.ErrorIs(t, embed([]byte(`{"schema":"x"}`)), audit.ErrSchema)
	require.ErrorIs(t, embed([]byte(`{"schema":"crm-dossier/1","project":{"id":"P","name":"N","kind":"new_crm"}}`)), audit.ErrNoGate)
}

// TestREADME finds every line of Go in the README in this file, in order.
func TestREADME(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	require.NoError(t, err)
	source, err := os.ReadFile("snippets_test.go")
	require.NoError(t, err)
	blocks := 0
	for i, block := range strings.Split(string(readme), "```go\n") {
		if i == 0 {
			continue
		}
		blocks++
		code, _, ok := strings.Cut(block, "```")
		require.True(t, ok)
		rest := string(source)
		for line := range strings.Lines(code) {
			line = strings.TrimSpace(line)
			_, after, ok := strings.Cut(rest, line)
			require.True(t, ok, "the README says %q", line)
			rest = after
		}
	}
	require.Equal(t, 3, blocks)
}
