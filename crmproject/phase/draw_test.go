package phase_test

import (
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/phase"
)

var update = flag.Bool("update", false, "write the golden files")

// golden compares text with a file under testdata.
func golden(t *testing.T, name, have string) {
	t.Helper()
	path := "testdata/" + name
	if *update {
		require.NoError(t, os.WriteFile(path, []byte(have), 0o644))
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, string(want), have)
}

// awkward is a life cycle whose texts try to break out of the diagrams.
func awkward() phase.Definition[board] {
	return phase.Definition[board]{
		Name: `a "name" with \ and` + "\nnewline",
		Phases: []phase.Phase{
			{ID: "идея", Title: "Идея \"№1\": <b>быстро</b>"},
			{ID: "pilot#2", Title: "Pilot; 100 % of `users` & \\ more\x00"},
			{ID: "launched", Role: phase.Final},
			{ID: "dropped", Title: "]] --> [*]", Role: phase.Closure},
		},
		Transitions: []phase.Transition[board]{
			{From: "идея", To: "pilot#2", Name: "go: \"now\"\n%% comment"},
			{From: "pilot#2", To: "идея"},
			{From: "pilot#2", To: "launched", Name: "launch"},
			{From: "dropped", To: phase.End, Name: "report filed"},
		},
	}
}

func TestGoldenDiagrams(t *testing.T) {
	m := phase.MustCompile(fivePhases())
	reopened := started(t).to(day2, "planning", "execution", "control", "closure", phase.End).do(reopen("execution", day3), allMet)
	odd := started(t)
	odd.m = phase.MustCompile(awkward())
	odd.s, _, _ = odd.m.Start(day1, "x")
	odd.to(day2, "pilot#2", "идея").do(kill(day2), allMet)
	for name, text := range map[string]string{
		"plain.mmd": m.Mermaid(phase.State{}), "plain.dot": m.DOT(phase.State{}),
		"reopened.mmd": m.Mermaid(reopened.s), "reopened.dot": m.DOT(reopened.s),
		"awkward.mmd": odd.m.Mermaid(odd.s), "awkward.dot": odd.m.DOT(odd.s),
	} {
		t.Run(name, func(t *testing.T) { golden(t, name, text) })
	}
	for range 20 {
		require.Equal(t, odd.m.Mermaid(odd.s), phase.MustCompile(awkward()).Mermaid(odd.s), "equal input, equal bytes")
	}
}

// Whatever is in the texts, a diagram has the lines that its shape gives.
func FuzzDiagrams(f *testing.F) {
	f.Add("a", "b")
	f.Add("\"; evil", "]\n--> [*]\\")
	f.Add("#quot;", "%%{init}")
	f.Fuzz(func(t *testing.T, title, name string) {
		d := fivePhases()
		plain := phase.MustCompile(d)
		d.Phases[1].Title, d.Transitions[1].Name = "x"+title, "x"+name
		m, err := phase.Compile(d)
		if err != nil {
			return // the name is that of another transition
		}
		for _, pair := range [][2]string{
			{plain.Mermaid(phase.State{}), m.Mermaid(phase.State{})}, {plain.DOT(phase.State{}), m.DOT(phase.State{})},
		} {
			require.Equal(t, strings.Count(pair[0], "\n"), strings.Count(pair[1], "\n"))
			require.Equal(t, unescapedQuotes(pair[0]), unescapedQuotes(pair[1]))
		}
	})
}

func unescapedQuotes(s string) int {
	s = strings.ReplaceAll(s, `\\`, "")
	return strings.Count(s, `"`) - strings.Count(s, `\"`)
}
