package page_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/examples/rollout/internal/page"
)

func sample() *page.Page {
	p := &page.Page{Title: "Größe"}
	s := p.Section("One")
	s.Paraf("a_b %d", 1)
	s.List("first", strings.Repeat("to be ", 30))
	s.List()
	s.Table([]string{"name", "n>"}, []string{"é", "1"}, []string{"long name", "100"})
	s.Table([]string{"empty"})
	s.Pre("as\n  is\n")
	return p
}

func TestText(t *testing.T) {
	require.Equal(t, `Größe
=====

One
---
a_b 1

- first
`+"- "+strings.TrimSpace(strings.Repeat("to be ", 16))+" to\n  "+"be "+strings.TrimSpace(strings.Repeat("to be ", 13))+`

name         n
é            1
long name  100

as
  is
`, sample().Text())
}

func TestMarkdown(t *testing.T) {
	got := sample().Markdown()
	require.Contains(t, got, "# Größe\n\n## One\n\na\\_b 1\n")
	require.Contains(t, got, "| name | n |\n|---|---:|\n| é | 1 |\n")
	require.Contains(t, got, "```text\nas\n  is\n```\n")
}
