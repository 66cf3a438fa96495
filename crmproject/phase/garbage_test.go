package phase_test

import (
	"encoding/json"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/phase"
)

// spoiled returns the JSON of v with some of its nodes replaced, removed or
// repeated: closer to what goes wrong with files than random bytes are.
func spoiled(t testing.TB, rng *rand.Rand, v any) []byte {
	t.Helper()
	data, err := json.Marshal(v)
	require.NoError(t, err)
	var tree any
	require.NoError(t, json.Unmarshal(data, &tree))
	for range 1 + rng.IntN(3) {
		tree = spoil(rng, tree)
	}
	data, err = json.Marshal(tree)
	require.NoError(t, err)
	return data
}

func spoil(rng *rand.Rand, node any) any {
	if rng.IntN(5) > 0 {
		switch n := node.(type) {
		case map[string]any:
			keys := make([]string, 0, len(n))
			for k := range n {
				keys = append(keys, k)
			}
			slices.Sort(keys)
			if len(keys) > 0 {
				k := keys[rng.IntN(len(keys))]
				if n[k] = spoil(rng, n[k]); rng.IntN(6) == 0 {
					delete(n, k)
				}
				return n
			}
		case []any:
			if len(n) > 0 {
				i := rng.IntN(len(n))
				switch rng.IntN(6) {
				case 0:
					return slices.Delete(n, i, i+1)
				case 1:
					return slices.Insert(n, i, n[rng.IntN(len(n))])
				case 2:
					n[i], n[0] = n[0], n[i]
				}
				n[i] = spoil(rng, n[i])
				return n
			}
		}
	}
	junk := []any{
		nil, "", "end", "planning", "closure", "initiation", "go", "kill", "reopen", "active", "completed", "killed", "on_hold",
		"2027-02-10", "2026-01-01", "GATE-101", "met", "not_met", "failed", "must", "should", "C-1", "1/2", "undefined: x",
		0, 1, 2, -1, 1e15, 9e15, true, []any{}, map[string]any{},
	}
	return junk[rng.IntN(len(junk))]
}

// No record and no state, however spoiled, makes the machine panic or lets it
// reach a state that it would not accept itself.
func FuzzGarbage(f *testing.F) {
	j := rich(f)
	for seed := range uint64(100) {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, seed uint64) {
		rng := rand.New(rand.NewPCG(seed, 1))
		var records []phase.Record
		if json.Unmarshal(spoiled(t, rng, j.records), &records) == nil {
			tryRecords(t, j.m, records)
		}
		middle, err := j.m.Replay(slices.Values(j.records[:1+rng.IntN(len(j.records))]))
		require.NoError(t, err)
		var s phase.State
		if json.Unmarshal(spoiled(t, rng, middle), &s) == nil {
			tryState(t, j.m, s)
		}
	})
}

func tryRecords(t *testing.T, m *phase.Machine[board], records []phase.Record) {
	t.Helper()
	s, err := m.Replay(slices.Values(records))
	require.NoError(t, m.Check(s), "whatever is replayed is sound")
	if err == nil {
		require.Equal(t, int64(len(records)), s.Seq)
	}
}

func tryState(t *testing.T, m *phase.Machine[board], s phase.State) {
	t.Helper()
	sound := m.Check(s) == nil
	for _, e := range m.Permitted(s, allMet, day3) {
		require.True(t, e.Outcome.IsValid())
	}
	m.Explain(s, phase.End, allMet, day3)
	_ = m.Mermaid(s) + m.DOT(s)
	m.Running(s)
	for _, d := range []phase.Decision{
		goTo("planning", day5), goTo(phase.End, day5), kill(day5), hold(day5), recycle("initiation", day5), reopen("execution", day5),
	} {
		next, rec, err := m.Decide(s, d, allMet)
		require.True(t, sound || err != nil, "nothing is decided on an unsound state")
		if err == nil {
			require.NoError(t, m.Check(next), "a sound state leads to a sound state: %s", d.Action)
			again, err := m.Apply(s, rec)
			require.NoError(t, err)
			equal(t, next, again)
		}
	}
}
