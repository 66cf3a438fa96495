package main

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/audit/control"
	"github.com/crmrollout/crm/examples/rollout/internal/page"
)

// TestReliefs: every delay that is drawn has its relief, held against the same figures
// as the table, and the text names those that bring most.
func TestReliefs(t *testing.T) {
	figures, err := example()
	require.NoError(t, err)
	p := figures.Steering.Prospects
	nothing, ok := p.Comparison.Option(control.DoNothing)
	require.True(t, ok)
	var ids []string
	for i, r := range p.Reliefs {
		ids = append(ids, r.Delay)
		with := float64(r.Agreed.Pairs.Both+r.Agreed.Pairs.Other) / float64(p.Comparison.Iterations)
		require.InDelta(t, nothing.Agreed.Value, with, 1e-12, r.Delay)
		require.Zero(t, r.Agreed.Pairs.Other, "no delay of the example wins time")
		if i > 0 {
			require.GreaterOrEqual(t, p.Reliefs[i-1].Agreed.Gain.Value, r.Agreed.Gain.Value)
		}
	}
	require.ElementsMatch(t, p.Comparison.Delays, ids)
	var s page.Section
	p.dearest(&s)
	text := (&page.Page{Sections: []page.Section{s}}).Text()
	for i, id := range ids {
		if i < dearest {
			require.Contains(t, text, id)
		} else {
			require.NotContains(t, text, id)
		}
	}
}
