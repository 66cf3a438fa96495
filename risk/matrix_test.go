package risk_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/risk"
)

// RI-03.
func TestRate(t *testing.T) {
	m := risk.Classic5x5()
	require.Equal(t, classic, m.Ref())
	for _, c := range []struct {
		likelihood, impact, band string
		score                    int64
		high                     bool
	}{
		{"rare", "negligible", "low", 1, false},
		{"almost_certain", "negligible", "medium", 5, false},
		{"rare", "severe", "medium", 5, false},
		{"likely", "major", "high", 16, true},
		{"almost_certain", "severe", "extreme", 25, true},
	} {
		r, ok := m.Rate(c.likelihood, c.impact)
		require.True(t, ok)
		require.Equal(t, c.band, r.Name)
		require.Equal(t, c.high, r.High)
		require.Equal(t, ratio.Int(c.score), r.Score)
	}
	_, ok := m.Rate("sometimes", "severe")
	require.False(t, ok)
	_, ok = m.Rate("rare", "ghastly")
	require.False(t, ok)
}

// The impact of the PMBOK grid is not linear: a rare disaster outscores a
// frequent trifle.
func TestPMBOKScore(t *testing.T) {
	m := risk.PMBOK5x5()
	rare, _ := m.Rate("very_low", "very_high")
	trifle, _ := m.Rate("very_high", "very_low")
	require.Equal(t, share("0.08"), rare.Score)
	require.Equal(t, share("0.045"), trifle.Score)
	require.Equal(t, "moderate", rare.Name)
	require.Equal(t, "low", trifle.Name)
	for i := range 5 { // the bands are cuts of the score
		for j := range 5 {
			r, ok := m.At(risk.Cell{Likelihood: i, Impact: j})
			require.True(t, ok)
			require.Equal(t, r.Score.Cmp(share("0.05")) <= 0, r.Name == "low")
			require.Equal(t, r.Score.Cmp(share("0.18")) >= 0, r.Name == "high")
		}
	}
}

func TestAt(t *testing.T) {
	m := risk.Simple3x3()
	for _, c := range []risk.Cell{{Likelihood: -1}, {Impact: -1}, {Likelihood: 3}, {Impact: 3}} {
		_, ok := m.At(c)
		require.False(t, ok, "%v", c)
	}
	m.Cells[0][0] = "unknown"
	_, ok := m.At(risk.Cell{})
	require.False(t, ok)

	one := risk.Matrix{Likelihood: risk.Names("any"), Impact: risk.Names("any"), Bands: []risk.Band{{Name: "b"}}, Cells: [][]string{{"b"}}}
	r, ok := one.At(risk.Cell{})
	require.True(t, ok)
	require.Equal(t, ratio.Int(0), r.Height)
	require.True(t, r.High, "the only band is the top")
}

func TestPresets(t *testing.T) {
	seen := map[string]bool{}
	for _, m := range risk.Presets() {
		require.NoError(t, m.Validate(), m.ID)
		require.False(t, seen[m.ID])
		seen[m.ID] = true
		require.NotEmpty(t, m.Title)
		require.NotEmpty(t, m.Source)
		same, ok := risk.Preset(m.ID)
		require.True(t, ok)
		require.Equal(t, m, same)

		text, err := json.Marshal(m)
		require.NoError(t, err)
		var back risk.Matrix
		require.NoError(t, json.Unmarshal(text, &back))
		require.Empty(t, cmp.Diff(m, back, exactly))
	}
	_, ok := risk.Preset("unheard_of")
	require.False(t, ok)
	m, _ := risk.Preset("mil_std_882e")
	require.Len(t, m.Cells, 5)
	require.Len(t, m.Cells[0], 4)
}

func TestTransposeTwice(t *testing.T) {
	for _, m := range risk.Presets() {
		tr := m.Transpose()
		require.NoError(t, tr.Validate(), m.ID)
		require.Empty(t, cmp.Diff(m, tr.Transpose(), exactly))
		for i := range m.Cells {
			for j := range m.Cells[i] {
				a, _ := m.At(risk.Cell{Likelihood: i, Impact: j})
				b, ok := tr.At(risk.Cell{Likelihood: j, Impact: i})
				require.True(t, ok)
				require.Equal(t, a.Band, b.Band)
				require.Equal(t, a.Score, b.Score)
			}
		}
	}
}

func TestMatrixValidate(t *testing.T) {
	many := make([]string, 33)
	for i := range many {
		many[i] = string(rune('A' + i))
	}
	for name, c := range map[string]struct {
		change func(m *risk.Matrix)
		want   []string
	}{
		"good":       {func(*risk.Matrix) {}, []string{}},
		"identity":   {func(m *risk.Matrix) { m.ID, m.Version = "", 0 }, []string{"id", "version"}},
		"reference":  {func(m *risk.Matrix) { m.ID = "a@b" }, []string{"id"}},
		"likelihood": {func(m *risk.Matrix) { m.Likelihood.Levels[1].Name = "low" }, []string{"likelihood.levels[1].name"}},
		"probability": {
			func(m *risk.Matrix) {
				m.Likelihood = m.Likelihood.WithEdges(ratio.Int(0), share("1/3"), share("2/3"), ratio.Int(2))
			},
			[]string{"likelihood.edges[3]"},
		},
		"impact above one": {
			func(m *risk.Matrix) {
				m.Impact = m.Impact.WithEdges(ratio.Int(0), ratio.Int(10), ratio.Int(100), ratio.Int(1000))
			}, []string{},
		},
		"no bands": {
			func(m *risk.Matrix) { m.Bands = nil },
			[]string{
				"bands", "cells[0][0]", "cells[0][1]", "cells[0][2]", "cells[1][0]", "cells[1][1]", "cells[1][2]",
				"cells[2][0]", "cells[2][1]", "cells[2][2]",
			},
		},
		"bands": {
			func(m *risk.Matrix) {
				m.Bands = append(m.Bands, risk.Band{Name: "low"}, risk.Band{Review: calendar.Period{Count: -1}})
			},
			[]string{"bands[3].name", "bands[4].name", "bands[4].review"},
		},
		"high":  {func(m *risk.Matrix) { m.High = "nowhere" }, []string{"high"}},
		"rows":  {func(m *risk.Matrix) { m.Cells = m.Cells[:2] }, []string{"cells"}},
		"cells": {func(m *risk.Matrix) { m.Cells[1] = []string{"low", "nowhere"} }, []string{"cells[1]", "cells[1][1]"}},
		"too many levels": {
			func(m *risk.Matrix) { m.Likelihood = risk.Names(many...) }, []string{"likelihood.levels", "cells"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			m := risk.Simple3x3()
			c.change(&m)
			require.Equal(t, c.want, faultPaths(m.Validate()))
		})
	}
}

func FuzzMatrixJSON(f *testing.F) {
	for _, m := range risk.Presets() {
		text, err := json.Marshal(m)
		require.NoError(f, err)
		f.Add(text)
	}
	f.Add([]byte(`{"cells":[["a"],["b","c"]],"likelihood":{"levels":[{"name":"x"}]}}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		var m risk.Matrix
		if json.Unmarshal(text, &m) != nil {
			return
		}
		valid := m.Validate() == nil
		for i := range m.Cells {
			for j := range m.Cells[i] {
				if _, ok := m.At(risk.Cell{Likelihood: i, Impact: j}); valid && !ok {
					t.Errorf("no rating in cell %d, %d", i, j)
				}
			}
		}
		_ = m.Transpose()
		_ = risk.Register{Matrix: m}.HeatMap(today, 0).String()
	})
}
