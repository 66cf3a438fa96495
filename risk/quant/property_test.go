package quant_test

import (
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/risk/quant"
)

// randomModel returns a model with a few risks of many kinds.
func randomModel(r *rand.Rand, blocks bool) *quant.Model {
	m := new(quant.Model)
	for i := range 1 + r.IntN(6) {
		a := 100 * r.Float64()
		b := a + 100*r.Float64()
		k := quant.Risk{ID: fmt.Sprint("r", i), P: r.Float64()}
		switch r.IntN(7) {
		case 0:
			k.Severity = uniform(a, b)
		case 1:
			k.Severity = triangular(a, a, b)
		case 2:
			k.Severity = pert(a, (a+b)/2, b)
		case 3:
			k.Severity = sure(b)
		case 4:
			k.Severity = quant.Negate(pert(a, a, b))
		case 5:
			k.Severity = lognormalP10P90(1+a, 2+b)
		default:
			k.Severity = must(quant.NewEmpirical(a, b, b, 3))
		}
		if r.IntN(4) == 0 {
			k.P, k.Rate = 0, 3*r.Float64()
		}
		if r.IntN(2) == 0 {
			k.Delay = triangular(a, a, b)
		}
		m.Risks = append(m.Risks, k)
	}
	if blocks {
		b := quant.Block{ID: "b"}
		for _, k := range m.Risks {
			b.Members = append(b.Members, quant.Loading{Risk: k.ID, Occurrence: 1.8*r.Float64() - 0.9, Severity: 1.8*r.Float64() - 0.9})
		}
		m.Blocks = []quant.Block{b}
	}
	return m
}

// Whatever the model: curves fall and quantiles rise, shares are 1 in sum, numbers
// are finite, limits enclose values, and a result survives JSON.
func TestResultInvariants(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(7, 8))
	rounds := 7
	if counted() {
		rounds = 2
	}
	for round := range rounds {
		m := randomModel(r, round%2 == 1)
		o := quant.Options{CostAbove: []float64{0, 50}, Iterations: 4000, Delays: quant.Aggregation(round / 2 % 2)}
		if round%3 == 2 || counted() {
			o.Method = quant.Simulation
		}
		res := analyze(t, m, o)
		totals := []*quant.Total{&res.Cost}
		if res.Delay != nil {
			totals = append(totals, res.Delay)
		}
		for _, total := range totals {
			requireTotal(t, total)
		}
		requireShares(t, res)
		data, err := json.Marshal(res)
		require.NoError(t, err)
		back := new(quant.Result)
		require.NoError(t, json.Unmarshal(data, back))
		require.Empty(t, cmp.Diff(res, back))
	}
}

func requireTotal(tb testing.TB, total *quant.Total) {
	tb.Helper()
	requireSane(tb, total.Mean)
	requireSane(tb, total.SD)
	for i, q := range total.Quantiles {
		requireSane(tb, q.Estimate)
		if i > 0 {
			require.GreaterOrEqual(tb, q.Value, total.Quantiles[i-1].Value)
		}
	}
	for _, e := range total.Exceedances {
		requireSane(tb, e.Estimate)
		require.True(tb, e.Lo >= 0 && e.Hi <= 1)
	}
	require.NotEmpty(tb, total.Curve)
	for i, p := range total.Curve {
		require.True(tb, p.P >= 0 && p.P <= 1)
		if i > 0 {
			require.Greater(tb, p.Value, total.Curve[i-1].Value)
			require.LessOrEqual(tb, p.P, total.Curve[i-1].P)
		}
	}
}

func requireShares(tb testing.TB, r *quant.Result) {
	tb.Helper()
	sum, defined := 0.0, false
	for _, c := range append(r.Contributions, r.Systemic) {
		share, ok := c.Share()
		sum += share
		defined = defined || ok
	}
	if defined {
		require.InDelta(tb, 1, sum, 1e-9)
	}
}

// Means add up always, variances if the risks are independent; and correlations of 0
// are independence.
func TestMomentsAdd(t *testing.T) {
	t.Parallel()
	numbers(t)
	r := rand.New(rand.NewPCG(9, 10))
	for range 6 {
		m := randomModel(r, false)
		whole := analyze(t, m, quant.Options{Percentiles: []float64{0.5, 0.9}})
		var mean, variance float64
		for _, k := range m.Risks {
			one := analyze(t, &quant.Model{Risks: []quant.Risk{k}}, quant.Options{Percentiles: []float64{0.5}})
			mean += one.Cost.Mean.Value
			variance += one.Cost.SD.Value * one.Cost.SD.Value
		}
		require.InDelta(t, mean, whole.Cost.Mean.Value, 1e-9*math.Abs(mean)+1e-12)
		require.InEpsilon(t, variance+1, whole.Cost.SD.Value*whole.Cost.SD.Value+1, 1e-9)
		linked := *m
		b := quant.Block{ID: "b"}
		for i, k := range m.Risks {
			b.Members = append(b.Members, quant.Loading{Risk: k.ID})
			if i > 0 {
				linked.Pairs = append(linked.Pairs, quant.Pair{A: k.ID, B: m.Risks[0].ID})
			}
		}
		linked.Blocks = []quant.Block{b}
		require.Empty(t, cmp.Diff(whole, analyze(t, &linked, quant.Options{Percentiles: []float64{0.5, 0.9}})))
	}
}

// A block is the same as the pairs it implies, and both as what follows from going
// through everything that can happen.
func TestBlocksArePairs(t *testing.T) {
	t.Parallel()
	numbers(t)
	severity := uniform(1, 3)
	m := &quant.Model{Risks: []quant.Risk{{ID: "a", P: 0.3, Severity: severity}, {ID: "b", P: 0.5, Severity: severity}, {ID: "c", P: 0.6, Severity: severity}}}
	blocks, pairs := *m, *m
	loads := []float64{0.9, -0.5, 0.7}
	b := quant.Block{ID: "b"}
	for i, l := range loads {
		b.Members = append(b.Members, quant.Loading{Risk: m.Risks[i].ID, Occurrence: l, Severity: -l})
		for k := range i {
			rho := quant.Spearman(l * loads[k])
			pairs.Pairs = append(pairs.Pairs, quant.Pair{A: m.Risks[i].ID, B: m.Risks[k].ID, Occurrence: rho, Severity: rho})
		}
	}
	blocks.Blocks = []quant.Block{b}
	one, two := analyze(t, &blocks, quant.Options{}), analyze(t, &pairs, quant.Options{})
	require.Equal(t, quant.Exact, two.Method, two.Why)
	for i := range one.Cost.Quantiles {
		require.InDelta(t, one.Cost.Quantiles[i].Value, two.Cost.Quantiles[i].Value, 1e-6)
	}
	require.InDelta(t, one.Cost.SD.Value, two.Cost.SD.Value, 1e-9)
	// Half normal loadings of 1: all happen together.
	for i := range b.Members {
		b.Members[i] = quant.Loading{Risk: b.Members[i].Risk, Occurrence: 1, Severity: 1}
		m.Risks[i].P = 0.25
	}
	m.Blocks = []quant.Block{b}
	r := analyze(t, m, quant.Options{Percentiles: []float64{0.7, 0.8, 0.95}})
	for i, want := range []float64{0, 3 * severity.Quantile(0.2), 3 * severity.Quantile(0.8)} {
		require.InDelta(t, want, r.Cost.Quantiles[i].Value, 2e-3, "P%v", r.Cost.Quantiles[i].P)
		require.LessOrEqual(t, r.Cost.Quantiles[i].Lo, want+1e-9)
		require.GreaterOrEqual(t, r.Cost.Quantiles[i].Hi, want-1e-9)
	}
}

// An exact percentile lies where its limits say, over models whose law is known in
// closed form: a single risk of any kind.
func TestSingleRisks(t *testing.T) {
	t.Parallel()
	numbers(t)
	for _, severity := range []quant.Dist{uniform(0, 1), uniform(90, 100), triangular(0, 5, 5), pert(7.8, 7.9, 8), pert(1, 1, 500), lognormalP10P90(20, 2500), normal(10, 30), sure(5), quant.Negate(pert(1, 1, 500))} {
		for _, p := range []float64{1e-3, 0.05, 0.5, 1} {
			want := must(quant.NewBernoulli(p, severity))
			r := analyze(t, &quant.Model{Risks: []quant.Risk{{ID: "a", P: p, Severity: severity}}}, quant.Options{Percentiles: []float64{0.01, 0.3, 0.51, 0.8, 0.97, 0.999, 0.9999}})
			sd := math.Sqrt(severity.Var())
			for _, q := range r.Cost.Quantiles {
				v := want.Quantile(q.P)
				require.InDelta(t, v, q.Value, 1e-4*sd+1e-9, "%v P%v: %+v", want, q.P, q)
				require.True(t, q.Lo <= v+1e-7*sd && v-1e-7*sd <= q.Hi, "%v P%v: %v not in %+v", want, q.P, v, q)
			}
		}
	}
}

// In the far tail the largest risk alone decides: P(total > x) ≈ p·P(X > x − rest).
func TestTail(t *testing.T) {
	t.Parallel()
	numbers(t)
	heavy := lognormalP10P90(10, 1000)
	m := &quant.Model{Risks: []quant.Risk{{ID: "heavy", P: 0.1, Severity: heavy}, {ID: "light", P: 1, Severity: uniform(0, 1)}}}
	at := []float64{1e4, 1e5}
	r := analyze(t, m, quant.Options{Method: quant.Exact, CostAbove: at})
	for i, x := range at {
		want := 0.1 * (1 - heavy.CDF(x-0.5))
		require.InEpsilon(t, want, r.Cost.Exceedances[i].Value, 1e-4, "above %v: %+v", x, r.Cost.Exceedances[i])
	}
}

// All discrete: every state gone through is the truth, to rounding.
func FuzzDiscreteTotal(f *testing.F) {
	f.Add(uint64(1), 0.3)
	f.Add(uint64(99), 0.999)
	f.Fuzz(func(t *testing.T, seed uint64, p float64) {
		if !(p > 0 && p < 1) {
			return
		}
		r := rand.New(rand.NewPCG(seed, 1))
		m := new(quant.Model)
		n := 1 + r.IntN(8)
		for i := range n {
			m.Risks = append(m.Risks, quant.Risk{ID: strconv.Itoa(i), P: r.Float64(), Severity: sure(float64(r.IntN(20) - 5))})
		}
		prob := make(map[float64]float64)
		for s := range 1 << n {
			x, w := 0.0, 1.0
			for i, k := range m.Risks {
				if s>>i&1 == 1 {
					x, w = x+k.Severity.Mean(), w*k.P
				} else {
					w *= 1 - k.P
				}
			}
			prob[x] += w
		}
		res, err := m.Analyze(t.Context(), quant.Options{Percentiles: []float64{p}, CurvePoints: 3})
		require.NoError(t, err)
		got := res.Cost.Quantiles[0].Value
		below, upTo := 0.0, 0.0
		for x, w := range prob {
			if x < got {
				below += w
			}
			if x <= got {
				upTo += w
			}
		}
		require.True(t, below < p+1e-12 && upTo >= p-1e-12, "P%v = %v, but P(X < it) = %v, P(X ≤ it) = %v", p, got, below, upTo)
	})
}
