package quant_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/risk/quant"
)

// A systemic factor multiplies everything, the base included, and has its share.
func TestSystemic(t *testing.T) {
	t.Parallel()
	numbers(t)
	factor := must(quant.NewLognormal(1.05, 0.1))
	m := &quant.Model{Base: 1000, Systemic: factor, Risks: []quant.Risk{{ID: "a", P: 0.5, Severity: pert(10, 50, 300)}}}
	r := analyze(t, m, quant.Options{CostAbove: []float64{1000, 1200}})
	sum := 0.0
	for _, c := range append(r.Contributions, r.Systemic) {
		share, _ := c.Share()
		sum += share
	}
	require.InDelta(t, 1, sum, 1e-12)
	require.InDelta(t, 1.05*(1000+0.5*85), r.Cost.Mean.Value, 1e-9)
	// Given the factor the law is known: P(T > x) = E[P(X > x/F − base)].
	one := must(quant.NewBernoulli(0.5, pert(10, 50, 300)))
	for _, e := range r.Cost.Exceedances {
		want := 0.0
		const n = 50_000
		for i := range n {
			want += (1 - one.CDF(e.Above/factor.Quantile((float64(i)+0.5)/n)-1000)) / n
		}
		require.InDelta(t, want, e.Value, 1e-5, "above %v", e.Above)
		requireSane(t, e.Estimate)
	}
	// Without uncertain parts the total is the factor's own, many times as large.
	m.Risks = nil
	r = analyze(t, m, quant.Options{})
	for _, q := range r.Cost.Quantiles {
		require.InEpsilon(t, 1000*factor.Quantile(q.P), q.Value, 1e-6)
	}
	// A factor with values is a mixture.
	m = &quant.Model{
		Systemic: must(quant.NewDiscrete(quant.Outcome{Value: 1, P: 0.5}, quant.Outcome{Value: 2, P: 0.5})),
		Risks:    []quant.Risk{{ID: "a", P: 1, Severity: uniform(0, 1)}, {ID: "b", P: 0.5, Severity: uniform(10, 11)}},
	}
	r = analyze(t, m, quant.Options{CostAbove: []float64{1, 2, 9, 12, 20}})
	for i, want := range []float64{0.5 + 0.5*0.5*0.5, 0.5, 0.5, 0.25, 0.25} {
		require.InDelta(t, want, r.Cost.Exceedances[i].Value, 2e-4, "%+v", r.Cost.Exceedances[i])
	}
	m.Risks = m.Risks[:1]
	m.Risks[0].Severity = sure(3)
	r = analyze(t, m, quant.Options{CostAbove: []float64{0, 3, 6}})
	require.Equal(t, []float64{1, 0.5, 0}, []float64{r.Cost.Exceedances[0].Value, r.Cost.Exceedances[1].Value, r.Cost.Exceedances[2].Value})
}
