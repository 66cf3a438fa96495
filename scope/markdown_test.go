package scope_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/money"
	"github.com/crmrollout/crm/crmproject/objective"
	"github.com/crmrollout/crm/scope"
)

// SC-24: one readable statement for everybody.
func TestGoldenMarkdown(t *testing.T) {
	for name, s := range map[string]scope.Statement{"statement.md": complete(t), "empty.md": {}} {
		path := filepath.Join("testdata", name)
		got := s.Markdown()
		if *update {
			require.NoError(t, os.WriteFile(path, []byte(got), 0o600))
		}
		want, err := os.ReadFile(path)
		require.NoError(t, err)
		require.Equal(t, string(want), got)
		require.NotContains(t, got, "\n\n\n")
		require.True(t, strings.HasSuffix(got, "\n") && !strings.HasSuffix(got, "\n\n"))
	}
}

func TestMarkdownOfSpecialCases(t *testing.T) {
	s := complete(t)
	s.Scope.NoIntegrations = true
	s.Goals.SetAside = []scope.SetAside{{Objective: objective.Objective{ID: "O-9", Text: "Be better"}, Reason: "not specific"}}
	s.Budget.Total = money.MustParse("1 EUR")
	s.NotApplicable = []scope.Exemption{{Component: scope.ComponentMigration, Rationale: "Green field."}}
	s.Requirements = append(s.Requirements, scope.Requirement{ID: "R-11", Text: "Old cases stay readable.", Component: scope.ComponentMigration})
	s.Timeline.Milestones[0].On = 0
	got := s.Markdown()
	for _, want := range []string{
		"**Integrations:** none\n", "- O-9: Be better: not specific\n", "The lines sum to 235,000.00 EUR.\n",
		"**Declared not applicable:** Green field.\n", "| R-11 | Old cases stay readable. |",
		"| M-5 | Final report delivered | 2027-12-17 | closure |\n| M-1 | Charter signed |  | initiation |",
	} {
		require.Contains(t, got, want)
	}
}

// Text from the project stays text.
func TestMarkdownEscapes(t *testing.T) {
	for in, want := range map[string]string{
		"a|b\nc":          `a\|b c`,
		"<script>":        `\<script\>`,
		"# h":             `\# h`,
		"- item":          `\- item`,
		"a - b":           "a - b",
		"1. x":            `1\. x`,
		"2) x":            `2\) x`,
		"12.5 %":          "12.5 %",
		"*b* _i_ `c` [l]": "\\*b\\* \\_i\\_ \\`c\\` \\[l\\]",
		"\x00\x1b\u200b-": `\-`,
		"\xff":            "\uFFFD",
		"&amp;":           `\&amp;`,
	} {
		got := scope.Statement{Scope: scope.Extent{Exclusions: []string{in}}}.Markdown()
		require.Contains(t, got, "\n- "+want+"\n", "%q", in)
	}
}
