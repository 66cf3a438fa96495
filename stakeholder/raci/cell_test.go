package raci_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/stakeholder/raci"
)

func TestCell(t *testing.T) {
	for _, c := range []struct {
		cell      raci.Cell
		letters   raci.Letters
		unknown   []string
		canonical raci.Cell
	}{
		{"", 0, nil, ""},
		{" \t", 0, nil, ""},
		{"-", 0, nil, ""},
		{"—", 0, nil, ""},
		{"A", raci.Accountable, nil, "A"},
		{" a ", raci.Accountable, nil, "A"},
		{"R,A", raci.Accountable | raci.Responsible, nil, "A/R"},
		{"ra", raci.Accountable | raci.Responsible, nil, "A/R"},
		{"r / a", raci.Accountable | raci.Responsible, nil, "A/R"},
		{"R + C;I", raci.Responsible | raci.Consulted | raci.Informed, nil, "R/C/I"},
		{"R/R", raci.Responsible, nil, "R"},
		{"Responsible & Informed", raci.Responsible | raci.Informed, nil, "R/I"},
		{"consulted|accountable", raci.Consulted | raci.Accountable, nil, "A/C"},
		{"R/X", raci.Responsible, []string{"X"}, "R/X"},
		{"x", 0, []string{"X"}, "X"},
		{"s, v,S", 0, []string{"S", "V"}, "S/V"},
		{"CI", 0, []string{"CI"}, "CI"}, // no pair that people write together
		{"A*", 0, []string{"A*"}, "A*"},
		{"TBD", 0, []string{"TBD"}, "TBD"},
	} {
		require.Equal(t, c.letters, c.cell.Letters(), "%q", c.cell)
		require.Equal(t, c.unknown, c.cell.Unknown(), "%q", c.cell)
		require.Equal(t, c.canonical, c.cell.Canonical(), "%q", c.cell)
		require.Equal(t, c.canonical == "", c.cell.IsEmpty(), "%q", c.cell)
	}
}

func TestLetters(t *testing.T) {
	all := raci.Accountable | raci.Responsible | raci.Consulted | raci.Informed
	for l := range all + 1 {
		require.True(t, l.IsValid())
		data, err := json.Marshal(l)
		require.NoError(t, err)
		back := all
		require.NoError(t, json.Unmarshal(data, &back))
		require.Equal(t, l, back)
	}
	require.Equal(t, "A/R/C/I", all.String())
	require.Equal(t, "Letters(16)", (all + 1).String())
	_, err := (all + 1).MarshalText()
	require.ErrorIs(t, err, verdict.ErrRange)
	_, err = raci.ParseLetters("R/X")
	require.ErrorIs(t, err, verdict.ErrUnknown)
	require.EqualError(t, err, `raci: letters "R/X": unknown "X", want R, A, C, I`)
	kept := raci.Informed
	require.Error(t, kept.UnmarshalText([]byte("Q")))
	require.Equal(t, raci.Informed, kept)
	require.True(t, all.Has(raci.Consulted|raci.Informed))
	require.False(t, raci.Consulted.Has(raci.Consulted|raci.Informed))
}

func TestRedundant(t *testing.T) {
	for cell, want := range map[raci.Cell]string{
		"": "", "A": "", "R": "", "C": "", "I": "", "A/R": "",
		"R/C": "C", "A/I": "I", "A/R/C/I": "C/I", "C/I": "I", "R/I/X": "I",
	} {
		require.Equal(t, want, cell.Letters().Redundant().String(), cell)
	}
}

func FuzzCell(f *testing.F) {
	for _, s := range []string{"", "A/R", " a ", "R,A", "R/X", "responsible", "–", "AR|ı", "\xff/a"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		c := raci.Cell(s)
		canonical := c.Canonical()
		require.Equal(t, canonical, canonical.Canonical())
		require.Equal(t, c.Letters(), canonical.Letters())
		require.Equal(t, c.Unknown(), canonical.Unknown())
		require.Equal(t, c.IsEmpty(), canonical == "")
		for _, word := range c.Unknown() {
			require.Zero(t, raci.Cell(word).Letters())
			require.False(t, strings.ContainsAny(word, "/,;+&| "))
		}
		l, err := raci.ParseLetters(s)
		require.Equal(t, len(c.Unknown()) == 0, err == nil)
		if err == nil {
			require.Equal(t, c.Letters(), l)
		}
	})
}

func FuzzMatrixJSON(f *testing.F) {
	f.Add([]byte(`{"roles":["PM"],"activities":[{"name":"T","cells":{"PM":"A/R"}}]}`))
	f.Add([]byte(`{"roles":["PM","pm",""],"activities":[{"name":"T","cells":{"x":"Q"}},{"name":"t"}]}`))
	f.Add([]byte(`{"roles":null}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		var m raci.Matrix
		if json.Unmarshal(data, &m) != nil {
			return
		}
		report := m.Check(raci.Config{MaxResponsible: 1, MaxAccountablePercent: 50, ReportFullRoles: true})
		require.Equal(t, report, m.Check(raci.Config{MaxResponsible: 1, MaxAccountablePercent: 50, ReportFullRoles: true}))
		for _, o := range report.Outcomes {
			require.NotEqual(t, verdict.Failed, o.Status)
		}
		out, err := json.Marshal(m)
		require.NoError(t, err)
		var back raci.Matrix
		require.NoError(t, json.Unmarshal(out, &back))
		require.Equal(t, m.Markdown(), back.Markdown())
		require.Equal(t, m.Canonical(), m.Canonical().Canonical())
		require.Len(t, m.ByRole(), len(m.Roles))
		require.Len(t, m.ByActivity(), len(m.Activities))
		_ = m.Validate()
	})
}

func FuzzKind(f *testing.F) {
	f.Add("idle_role")
	f.Add("")
	f.Fuzz(func(t *testing.T, s string) {
		var k raci.Kind
		if k.UnmarshalText([]byte(s)) != nil || k == 0 {
			return
		}
		back, err := raci.ParseKind(k.String())
		require.NoError(t, err)
		require.Equal(t, k, back)
	})
}

func FuzzLetters(f *testing.F) {
	f.Add("a/r")
	f.Fuzz(func(t *testing.T, s string) {
		var l raci.Letters
		if l.UnmarshalText([]byte(s)) != nil {
			return
		}
		text, err := l.MarshalText()
		require.NoError(t, err)
		require.True(t, slices.Equal(text, []byte(l.String())))
		back, err := raci.ParseLetters(string(text))
		require.NoError(t, err)
		require.Equal(t, l, back)
	})
}
