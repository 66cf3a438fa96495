package quant_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/risk/quant"
)

func responses(tb testing.TB, m *quant.Model) []quant.Response {
	tb.Helper()
	with := func(r quant.Risk) quant.Model {
		after, err := m.With(r)
		require.NoError(tb, err)
		return after
	}
	return []quant.Response{
		{ID: "dear", Cost: 1e6, After: with(quant.Risk{ID: "a", P: 0.1, Severity: triangular(10, 50, 300)})},
		{ID: "cheap", Cost: 1, After: with(quant.Risk{ID: "a", P: 0.1, Severity: triangular(10, 50, 300)})},
		{ID: "none", Cost: 0, After: *m},
	}
}

// Responses rank on what they take off the P80, less their cost; drawn with common
// random numbers, what changes nothing saves exactly nothing (RI-05, RI-06).
func TestRankResponses(t *testing.T) {
	t.Parallel()
	m := &quant.Model{Risks: []quant.Risk{{ID: "a", P: 0.6, Severity: triangular(10, 50, 300)}, {ID: "b", P: 0.5, Severity: uniform(0, 100)}, {ID: "c", Rate: 1, Severity: uniform(0, 100)}}}
	exact, err := m.RankResponses(t.Context(), 0.8, responses(t, m), quant.Options{})
	require.NoError(t, err)
	drawn, err := m.RankResponses(t.Context(), 0.8, responses(t, m), quant.Options{Method: quant.Simulation, Iterations: 1 << 14})
	require.NoError(t, err)
	for i, id := range []string{"cheap", "none", "dear"} {
		require.Equal(t, id, exact[i].ID)
		require.Equal(t, id, drawn[i].ID)
		require.True(t, exact[i].Saves.Exact)
		require.Equal(t, quant.Sampling, drawn[i].Saves.Bound)
		requireSane(t, drawn[i].Saves)
		require.True(t, drawn[i].Saves.Lo <= exact[i].Saves.Hi && exact[i].Saves.Lo <= drawn[i].Saves.Hi, "%+v %+v", exact[i], drawn[i])
		require.InDelta(t, exact[i].Saves.Value-exact[i].Cost, exact[i].Net.Value, 1e-9)
	}
	require.Equal(t, quant.Estimate{Bound: quant.Sampling}, drawn[1].Saves, "common random numbers")
	require.Less(t, drawn[0].Saves.HalfWidth(), drawn[0].Before.HalfWidth()+drawn[0].After.HalfWidth())

	bad := responses(t, m)
	bad[0].ID, bad[1].Cost = "", -1
	bad = append(bad, quant.Response{ID: "none", After: quant.Model{Base: math.NaN()}})
	_, err = m.RankResponses(t.Context(), 0.8, bad, quant.Options{})
	for _, want := range []string{
		"quant: responses[0].id: missing", "responses[1].cost: out of range: -1", `responses[3].id: duplicate "none"`, "responses[3].after.base: out of range: NaN",
	} {
		require.ErrorContains(t, err, want)
	}
	_, err = m.RankResponses(t.Context(), 1, nil, quant.Options{})
	require.ErrorIs(t, err, quant.ErrRange)
	_, err = m.RankResponses(t.Context(), 0.8, nil, quant.Options{Method: quant.Simulation, Iterations: 3})
	require.ErrorIs(t, err, quant.ErrTooFew)
	_, err = m.With(quant.Risk{ID: "nobody"})
	require.ErrorIs(t, err, quant.ErrUnknown)

	// One model that must be drawn makes all be drawn.
	general := *m
	general.Pairs = []quant.Pair{{A: "a", B: "b", Severity: 0.5}, {A: "b", B: "c", Severity: 0.5}}
	mixed := append(responses(t, m), quant.Response{ID: "linked", After: general})
	drawn, err = m.RankResponses(t.Context(), 0.8, mixed, quant.Options{Iterations: 5000})
	require.NoError(t, err)
	for _, r := range drawn {
		require.False(t, r.Saves.Exact)
	}
	_, err = m.RankResponses(t.Context(), 0.8, mixed, quant.Options{Method: quant.Exact})
	require.ErrorIs(t, err, quant.ErrNotExact)
}

// A percentile on a jump has wide limits, but stays exact: nothing is wrong with it.
func TestRankResponsesOnAJump(t *testing.T) {
	t.Parallel()
	m := &quant.Model{Risks: []quant.Risk{{ID: "a", P: 0.5, Severity: sure(3)}}}
	after, err := m.With(quant.Risk{ID: "a", P: 0.2, Severity: sure(3)})
	require.NoError(t, err)
	ranked, err := m.RankResponses(t.Context(), 0.8, []quant.Response{{ID: "halve", After: after}}, quant.Options{})
	require.NoError(t, err)
	require.True(t, ranked[0].After.Exact)
	require.Equal(t, 3.0, ranked[0].Saves.Value)
}
