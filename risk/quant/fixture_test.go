package quant_test

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/risk/quant"
)

// load reads a file of reference data.
func load(tb testing.TB, name string, into any) {
	tb.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	require.NoError(tb, err)
	require.NoError(tb, json.Unmarshal(data, into))
}

// must returns a distribution that needs no check.
func must[D quant.Dist](d D, err error) quant.Dist {
	if err != nil {
		panic(err)
	}
	return d
}

func pert(a, m, b float64) quant.Dist { return must(quant.NewPERT(a, m, b)) }

func triangular(a, m, b float64) quant.Dist { return must(quant.NewTriangular(a, m, b)) }

func uniform(a, b float64) quant.Dist { return must(quant.NewUniform(a, b)) }

func normal(mean, sd float64) quant.Dist { return must(quant.NewNormal(mean, sd)) }

func sure(x float64) quant.Dist { return must(quant.Sure(x)) }

// lognormalP10P90 is the lognormal of the reference data.
func lognormalP10P90(p10, p90 float64) quant.Dist {
	return must(quant.LognormalFrom(quant.Percentile{P: 0.1, Value: p10}, quant.Percentile{P: 0.9, Value: p90}))
}

// quantiles are percentiles by their probability as text.
type quantiles map[string]float64

// all yields the probabilities in ascending order.
func (q quantiles) all(tb testing.TB, do func(p, want float64)) {
	tb.Helper()
	ps := make([]float64, 0, len(q))
	for key := range q {
		p, err := strconv.ParseFloat(key, 64)
		require.NoError(tb, err)
		ps = append(ps, p)
	}
	slices.Sort(ps)
	for _, p := range ps {
		do(p, q[strconv.FormatFloat(p, 'f', -1, 64)])
	}
}

// A register is the register of 30 risks of a CRM project.
type register struct {
	Register []struct {
		ID       string
		P, Rate  float64
		Kind     string
		Sign     int
		Min, Max float64
		Mode     float64
		P10, P90 float64
		Days     struct{ Min, Mode, Max float64 }
	}
	Severity        [][]float64 `json:"severity_latent_corr"`
	Occurrence      [][]float64 `json:"occurrence_latent_corr"`
	CostMean        float64     `json:"cost_mean_exact"`
	Percentiles     []float64   `json:"percentiles_p"`
	CostPercentiles []float64   `json:"cost_percentiles"`
	CostSE          []float64   `json:"cost_percentile_se"`
	DaysPercentiles []float64   `json:"days_percentiles"`
	DaysSE          []float64   `json:"days_percentile_se"`
	EMV             []float64   `json:"emv_exact"`
	Spearman        []float64   `json:"spearman_with_total"`
	SpearmanSE      []float64   `json:"spearman_se"`
	Share           []float64   `json:"covariance_share"`
	ShareSE         []float64   `json:"covariance_share_se"`
}

func loadRegister(tb testing.TB) *register {
	tb.Helper()
	r := new(register)
	load(tb, "crm30.json", r)
	return r
}

// independent returns the register as a model, without its correlations. Costs and
// days of an opportunity are gains.
func (r *register) independent() *quant.Model {
	m := new(quant.Model)
	for _, k := range r.Register {
		var severity quant.Dist
		switch k.Kind {
		case "betapert":
			severity = pert(k.Min, k.Mode, k.Max)
		case "triangular":
			severity = triangular(k.Min, k.Mode, k.Max)
		case "uniform":
			severity = uniform(k.Min, k.Max)
		case "lognormal":
			severity = lognormalP10P90(k.P10, k.P90)
		}
		days := triangular(k.Days.Min, k.Days.Mode, k.Days.Max)
		if k.Sign < 0 {
			severity, days = quant.Negate(severity), quant.Negate(days)
		}
		m.Risks = append(m.Risks, quant.Risk{ID: k.ID, P: k.P, Rate: k.Rate, Severity: severity, Delay: days})
	}
	return m
}

// correlated adds the blocks of equal correlation. In the reference a risk happens
// if its latent variable is low, but one with a rate happens more often if it is high:
// here both happen if it is high, so the loadings of the latter are negative.
func (r *register) correlated() *quant.Model {
	m := r.independent()
	done := make([]bool, len(m.Risks))
	for i := range r.Severity {
		block := quant.Block{ID: "block of " + m.Risks[i].ID}
		for k, rho := range r.Severity[i] {
			if rho == 0 || done[k] {
				continue
			}
			other := k // any other member tells the correlation
			for j, v := range r.Severity[k] {
				if j != k && v != 0 {
					other = j
				}
			}
			if other == k {
				continue
			}
			load := quant.Loading{Risk: m.Risks[k].ID, Occurrence: math.Sqrt(r.Occurrence[k][other]), Severity: math.Sqrt(r.Severity[k][other])}
			if m.Risks[k].Rate > 0 {
				load.Occurrence *= -1
			}
			block.Members = append(block.Members, load)
			done[k] = true
		}
		if len(block.Members) > 0 {
			m.Blocks = append(m.Blocks, block)
		}
	}
	return m
}

// number reads the key of an object of the reference data.
func number(tb testing.TB, text string) float64 {
	tb.Helper()
	v, err := strconv.ParseFloat(text, 64)
	require.NoError(tb, err)
	return v
}

// hex reads a word of 32 bits.
func hex(tb testing.TB, text string) uint32 {
	tb.Helper()
	v, err := strconv.ParseUint(text, 16, 32)
	require.NoError(tb, err)
	return uint32(v)
}

// words writes words of 32 bits.
func words(w []uint32) string {
	out := make([]string, len(w))
	for i, v := range w {
		out[i] = fmt.Sprintf("%08x", v)
	}
	return strings.Join(out, " ")
}

func analyze(tb testing.TB, m *quant.Model, o quant.Options) *quant.Result {
	tb.Helper()
	r, err := m.Analyze(tb.Context(), o)
	require.NoError(tb, err)
	return r
}

// requireWithin asserts that an estimate is close, and that its limits hold the truth.
func requireWithin(tb testing.TB, want float64, got quant.Estimate, tolerance float64, msg ...any) {
	tb.Helper()
	require.InDelta(tb, want, got.Value, tolerance, msg...)
	require.LessOrEqual(tb, got.Lo, got.Value, msg...)
	require.LessOrEqual(tb, got.Value, got.Hi, msg...)
	require.True(tb, got.Lo <= want+tolerance && want-tolerance <= got.Hi, "%v outside %v: %v", want, got, msg)
}

func requireSane(tb testing.TB, e quant.Estimate) {
	tb.Helper()
	for _, v := range []float64{e.Value, e.Lo, e.Hi} {
		require.False(tb, math.IsNaN(v) || math.IsInf(v, 0), "%+v", e)
	}
	require.True(tb, e.Lo <= e.Value && e.Value <= e.Hi && e.Bound.IsValid(), "%+v", e)
}

// numbers skips a test about numbers where statements are counted for the race
// detector, which has nothing to find in it that it does not find elsewhere.
func numbers(t *testing.T) {
	t.Helper()
	if counted() {
		t.Skip("numbers only: runs where statements are not counted atomically")
	}
}

// counted reports whether each statement is counted as it runs, and so atomically
// under the race detector: loops over millions of draws take a hundred times as
// long then.
func counted() bool { return testing.CoverMode() == "atomic" }
