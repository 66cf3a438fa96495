package quant_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/risk/quant"
)

// crm12 returns the network of 12 risks as a model: the law of which of them happen,
// by going through all 4096 states of a noisy-OR network.
func crm12(tb testing.TB) *quant.Model {
	tb.Helper()
	var net struct {
		Nodes []struct {
			ID   string
			Leak float64
		}
		Edges []struct {
			Source, Target string
			Weight         float64
		}
		Impact map[string]float64
	}
	load(tb, "crm12_network.json", &net)
	joint := quant.Joint{P: make([]float64, 1<<len(net.Nodes))}
	m := new(quant.Model)
	index := make(map[string]int)
	for i, n := range net.Nodes {
		index[n.ID] = i
		joint.Risks = append(joint.Risks, n.ID)
		r := quant.Risk{ID: n.ID}
		if x := net.Impact[n.ID]; x > 0 {
			r.Severity = pert(0.6*x, x, 2*x)
		}
		m.Risks = append(m.Risks, r)
	}
	for s := range joint.P {
		p := 1.0
		for i, n := range net.Nodes {
			off := 1 - n.Leak
			for _, e := range net.Edges {
				if index[e.Target] == i && s>>index[e.Source]&1 == 1 {
					off *= 1 - e.Weight
				}
			}
			if s>>i&1 == 1 {
				p *= 1 - off
			} else {
				p *= off
			}
		}
		joint.P[s] = p
	}
	m.Joints = []quant.Joint{joint}
	return m
}

func TestExactNetwork(t *testing.T) {
	t.Parallel()
	numbers(t)
	var want struct {
		None        float64 `json:"p_zero_cost"`
		Mean        float64
		SD          float64
		Quantiles   quantiles
		Independent quantiles `json:"quantiles_if_marginals_independent"`
	}
	load(t, "crm12_cost_exact.json", &want)
	m := crm12(t)
	r := analyze(t, m, quant.Options{CostAbove: []float64{0}})
	require.Equal(t, quant.Exact, r.Method)
	require.InDelta(t, want.Mean, r.Cost.Mean.Value, 1e-3)
	require.InDelta(t, want.SD, r.Cost.SD.Value, 0.1)
	require.InDelta(t, 1-want.None, r.Cost.Exceedances[0].Value, 1e-9)
	want.Quantiles.all(t, func(p, w float64) {
		got, ok := r.Cost.Percentile(p)
		require.True(t, ok)
		require.InDelta(t, w, got.Value, 0.2, "P%v", p)
	})
	// With its probabilities but without its dependence the network is another.
	for i := range m.Risks {
		for s, p := range m.Joints[0].P {
			m.Risks[i].P += p * float64(s>>i&1)
		}
	}
	m.Joints = nil
	r = analyze(t, m, quant.Options{})
	want.Independent.all(t, func(p, w float64) {
		got, _ := r.Cost.Percentile(p)
		require.InDelta(t, w, got.Value, 0.5, "P%v", p)
	})
}
