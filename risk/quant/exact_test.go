package quant_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/risk/quant"
)

func TestExactTriangulars(t *testing.T) {
	t.Parallel()
	var cases []struct {
		Name      string
		Tri       [][3]float64
		Mean      float64
		Variance  float64
		Quantiles quantiles `json:"quantiles_abs_err_lt_0.01"`
	}
	load(t, "sums.json", &cases)
	for _, c := range cases {
		if c.Tri == nil {
			continue
		}
		m := new(quant.Model)
		for i, v := range c.Tri {
			m.Risks = append(m.Risks, quant.Risk{ID: string(rune('a' + i)), P: 1, Severity: triangular(v[0], v[1], v[2])})
		}
		r := analyze(t, m, quant.Options{Percentiles: []float64{0.1, 0.5, 0.8, 0.9, 0.95}})
		require.Equal(t, quant.Exact, r.Method)
		require.InDelta(t, c.Mean, r.Cost.Mean.Value, 1e-10)
		require.InDelta(t, c.Variance, r.Cost.SD.Value*r.Cost.SD.Value, 1e-9)
		c.Quantiles.all(t, func(p, want float64) {
			got, ok := r.Cost.Percentile(p)
			require.True(t, ok)
			requireWithin(t, want, got, 1e-4, p)
		})
	}
}

func TestExactTwoNormals(t *testing.T) {
	t.Parallel()
	numbers(t)
	var cases []struct {
		Name           string
		Mu, SD         []float64
		Rho            float64
		Mean, Variance float64
		P80            float64
	}
	load(t, "sums.json", &cases)
	seen := 0
	for _, c := range cases {
		if c.Name != "two normals" {
			continue
		}
		seen++
		m := &quant.Model{
			Risks: []quant.Risk{{ID: "a", P: 1, Severity: normal(c.Mu[0], c.SD[0])}, {ID: "b", P: 1, Severity: normal(c.Mu[1], c.SD[1])}},
			Pairs: []quant.Pair{{A: "a", B: "b", Severity: quant.Spearman(c.Rho)}},
		}
		r := analyze(t, m, quant.Options{})
		require.Equal(t, quant.Exact, r.Method)
		require.InDelta(t, c.Mean, r.Cost.Mean.Value, 1e-9)
		require.InDelta(t, c.Variance, r.Cost.SD.Value*r.Cost.SD.Value, 1e-6*c.Variance)
		got, _ := r.Cost.Percentile(0.8)
		requireWithin(t, c.P80, got, 1e-5)
	}
	require.Equal(t, 5, seen)
}

func TestExactDiscrete(t *testing.T) {
	t.Parallel()
	var c struct {
		P, Impact     []float64
		EMV, Variance float64
		None          float64   `json:"p_zero"`
		Quantiles     quantiles `json:"quantiles_inf_type1"`
		Tail          quantiles
	}
	load(t, "discrete12.json", &c)
	m := new(quant.Model)
	for i := range c.P {
		m.Risks = append(m.Risks, quant.Risk{ID: string(rune('a' + i)), P: c.P[i], Severity: sure(c.Impact[i])})
	}
	r := analyze(t, m, quant.Options{CostAbove: []float64{0, 100000, 200000, 300000, 400000, 500000}})
	require.InDelta(t, c.EMV, r.Cost.Mean.Value, 1e-6)
	require.InDelta(t, c.Variance, r.Cost.SD.Value*r.Cost.SD.Value, 1e-2)
	require.InDelta(t, 1-c.None, r.Cost.Exceedances[0].Value, 1e-13)
	c.Quantiles.all(t, func(p, want float64) {
		if got, ok := r.Cost.Percentile(p); ok {
			require.InDelta(t, want, got.Value, 1e-6, p)
			require.Equal(t, quant.Rounding, got.Bound)
		}
	})
	for i, x := range []string{"100000", "200000", "300000", "400000", "500000"} {
		require.InDelta(t, c.Tail[x], r.Cost.Exceedances[i+1].Value, 1e-12)
	}
}

// heavy returns a register with long tails and strong factors, and sure amounts that
// make jumps: hard for a grid.
func heavy(seed uint64) *quant.Model {
	r := rand.New(rand.NewPCG(seed, 77))
	m := new(quant.Model)
	for i := range 16 {
		a := 100 * r.Float64()
		b := a + 1 + 300*r.Float64()
		k := quant.Risk{ID: fmt.Sprint("r", i), P: r.Float64()}
		switch i % 4 {
		case 0:
			k.Severity = pert(a, a+(b-a)*r.Float64(), b)
		case 1:
			k.Severity = lognormalP10P90(1+a, 20+b+1000*r.Float64())
		case 2:
			k.Severity = sure(b)
		default:
			k.Severity = must(quant.NewEmpirical(a, b, b, 3))
		}
		m.Risks = append(m.Risks, k)
	}
	for i := 0; i < 16; i += 4 {
		b := quant.Block{ID: fmt.Sprint("b", i)}
		for _, k := range m.Risks[i : i+4] {
			b.Members = append(b.Members, quant.Loading{Risk: k.ID, Occurrence: 1.9*r.Float64() - 0.95, Severity: 1.9*r.Float64() - 0.95})
		}
		m.Blocks = append(m.Blocks, b)
	}
	return m
}

// The limits of an exact percentile hold the truth where a grid finds it hard, too: they
// overlap with those of a simulation of 99.999 % each, and are far narrower.
func TestExactHeavyTails(t *testing.T) {
	t.Parallel()
	numbers(t)
	for seed := range uint64(1) {
		m := heavy(seed)
		exact := analyze(t, m, quant.Options{})
		require.Equal(t, quant.Exact, exact.Method, exact.Why)
		drawn := analyze(t, m, quant.Options{Method: quant.Simulation, Iterations: 100_000, Level: 0.99999, Seed: seed})
		for i, want := range drawn.Cost.Quantiles {
			got := exact.Cost.Quantiles[i]
			requireSane(t, got.Estimate)
			require.True(t, got.Lo <= want.Hi && want.Lo <= got.Hi, "seed %d P%v: %+v and %+v", seed, want.P, got, want)
			require.Less(t, got.HalfWidth(), want.HalfWidth(), "seed %d P%v", seed, want.P)
		}
	}
}

// Where a long tail beside a narrow part is too much for any grid, or the precision
// that was asked for is, the totals are drawn, and the result says so.
func TestExactGivesWay(t *testing.T) {
	t.Parallel()
	numbers(t)
	m := &quant.Model{Risks: []quant.Risk{{ID: "heavy", P: 0.1, Severity: lognormalP10P90(10, 1e5)}, {ID: "light", P: 1, Severity: uniform(0, 1)}}}
	computed := analyze(t, m, quant.Options{Method: quant.Exact})
	require.Equal(t, quant.Exact, computed.Method)
	drawn := analyze(t, m, quant.Options{})
	require.Equal(t, quant.Simulation, drawn.Method)
	require.Equal(t, "the exact total is known less precisely", drawn.Why)
	for i, q := range drawn.Cost.Quantiles {
		require.True(t, q.Lo <= computed.Cost.Quantiles[i].Hi && computed.Cost.Quantiles[i].Lo <= q.Hi, "%+v and %+v", q, computed.Cost.Quantiles[i])
	}
	kept := analyze(t, m, quant.Options{Iterations: 10, Percentiles: []float64{0.99}})
	require.Equal(t, quant.Exact, kept.Method, "too few draws for that percentile")
	better := analyze(t, m, quant.Options{HalfWidth: 0.02, StopAt: 0.5, Iterations: 2000})
	require.Equal(t, quant.Simulation, better.Method)
	require.True(t, better.Precise)
	light := &quant.Model{Risks: m.Risks[1:]}
	precise := analyze(t, light, quant.Options{HalfWidth: 1e-6})
	require.Equal(t, quant.Exact, precise.Method)
	require.True(t, precise.Precise)
	ranked, err := m.RankResponses(t.Context(), 0.8, []quant.Response{{ID: "none", After: *m}}, quant.Options{})
	require.NoError(t, err)
	require.Equal(t, quant.Estimate{Bound: quant.Sampling}, ranked[0].Saves)
}

// A value far out is found on a grid of its own: the percentiles stay as sharp as
// without it.
func TestExactFarOut(t *testing.T) {
	t.Parallel()
	numbers(t)
	reg := loadRegister(t).independent()
	plain := analyze(t, reg, quant.Options{Method: quant.Exact})
	far := analyze(t, reg, quant.Options{Method: quant.Exact, CostAbove: []float64{3e7, 8e5}})
	require.Equal(t, plain.Cost.Quantiles, far.Cost.Quantiles)
	// So far out a single lognormal decides.
	want := 0.0
	for _, k := range reg.Risks {
		want += (k.P + k.Rate) * (1 - k.Severity.CDF(3e7-plain.Cost.Mean.Value))
	}
	require.InEpsilon(t, want, far.Cost.Exceedances[0].Value, 0.02)
	require.InEpsilon(t, analyze(t, reg, quant.Options{CostAbove: []float64{8e5}}).Cost.Exceedances[0].Value, far.Cost.Exceedances[1].Value, 1e-12)
}
