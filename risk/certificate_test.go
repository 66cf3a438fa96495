package risk_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/risk"
)

// The double cancellation of conjoint measurement fails here: each pair says
// that its second cell lies higher, and together they cancel.
func TestCertificates(t *testing.T) {
	m := gridMatrix([][]int{{0, 1, 1}, {0, 1, 3}, {2, 2, 3}}, 4)
	a := m.Audit()
	c := *a.Additive.Certificate
	require.NoError(t, m.CheckNotAdditive(c))
	spoil := func(change func(c *risk.Certificate)) error {
		bad := risk.Certificate{Pairs: append([]risk.Comparison(nil), c.Pairs...)}
		change(&bad)
		return m.CheckNotAdditive(bad)
	}
	for name, change := range map[string]func(c *risk.Certificate){
		"nothing":        func(c *risk.Certificate) { c.Pairs = nil },
		"a pair dropped": func(c *risk.Certificate) { c.Pairs = c.Pairs[1:] },
		"weight changed": func(c *risk.Certificate) { c.Pairs[0].Weight++ },
		"weight zero":    func(c *risk.Certificate) { c.Pairs[0].Weight = 0 },
		"pair reversed":  func(c *risk.Certificate) { c.Pairs[0].Low, c.Pairs[0].High = c.Pairs[0].High, c.Pairs[0].Low },
		"outside":        func(c *risk.Certificate) { c.Pairs[0].Low.Impact = 9 },
		"a step":         func(c *risk.Certificate) { c.Impact = []risk.Step{{Edge: 1, Weight: 1}} },
	} {
		err := spoil(change)
		require.ErrorContains(t, err, "risk: certificate: ", name)
	}
	recoloured := m.Transpose()
	require.Error(t, recoloured.CheckNotAdditive(c), "it proves something about m only")
}

func TestEdgeCertificates(t *testing.T) {
	// The top cell lies below the bottom cell in both scales.
	m := gridMatrix([][]int{{2, 1}, {1, 0}}, 3)
	a := m.Audit()
	require.Equal(t, verdict.NotMet, a.EdgesPositive.Status)
	c := *a.EdgesPositive.Certificate
	require.NoError(t, m.CheckNoEdges(c, risk.AboveZero))
	zero := *a.EdgesFromZero.Certificate
	require.NoError(t, m.CheckNoEdges(zero, risk.AtZero))
	more := risk.Certificate{Pairs: append(c.Pairs[:0:0], zero.Pairs...)}
	more.Pairs = append(more.Pairs, risk.Comparison{Weight: -1})
	require.NoError(t, m.CheckNoEdges(more, risk.AtZero), "one contradiction is enough")
	require.Error(t, m.CheckNoEdges(zero, risk.AboveZero), "edges above 0 want more of a proof")

	spoil := func(change func(c *risk.Certificate)) error {
		bad := risk.Certificate{
			Pairs:      append([]risk.Comparison(nil), c.Pairs...),
			Likelihood: append([]risk.Step(nil), c.Likelihood...), Impact: append([]risk.Step(nil), c.Impact...),
		}
		change(&bad)
		return m.CheckNoEdges(bad, risk.AboveZero)
	}
	for name, change := range map[string]func(c *risk.Certificate){
		"no steps":     func(c *risk.Certificate) { c.Likelihood, c.Impact = nil, nil },
		"step dropped": func(c *risk.Certificate) { c.Likelihood = c.Likelihood[1:] },
		"step weight":  func(c *risk.Certificate) { c.Likelihood[0].Weight = -1 },
		"step outside": func(c *risk.Certificate) { c.Likelihood[0].Edge = 2 },
		"not a pair":   func(c *risk.Certificate) { c.Pairs[0].High = risk.Cell{Impact: 1} },
	} {
		require.Error(t, spoil(change), name)
	}
	require.Error(t, m.CheckNoEdges(risk.Certificate{Likelihood: []risk.Step{{Edge: 0, Weight: 1}}}, risk.AtZero))

	// One band: its own bottom is its top, which proves nothing.
	one := gridMatrix([][]int{{0, 0}, {0, 0}}, 1)
	require.Error(t, one.CheckNoEdges(c, risk.AboveZero))
}

func FuzzCertificate(f *testing.F) {
	f.Add([]byte(`{"pairs":[{"low":{"likelihood":0,"impact":0},"high":{"likelihood":1,"impact":1},"weight":1}]}`))
	f.Add([]byte(`{"pairs":[{"low":{"likelihood":-1},"weight":9223372036854775807}],"impact":[{"edge":-1,"weight":1}]}`))
	m := risk.Cox3x3() // has edges and scores, so nothing proves that it has none
	f.Fuzz(func(t *testing.T, text []byte) {
		var c risk.Certificate
		if json.Unmarshal(text, &c) != nil {
			return
		}
		if m.CheckNotAdditive(c) == nil || m.CheckNoEdges(c, risk.AboveZero) == nil || m.CheckNoEdges(c, risk.AtZero) == nil {
			t.Errorf("a proof of what is not so: %+v", c)
		}
	})
}
