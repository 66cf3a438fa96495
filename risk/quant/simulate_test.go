package quant_test

import (
	"encoding/json"
	"math"
	"runtime"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/risk/quant"
)

// everything is a model with all that a model can have.
func everything() *quant.Model {
	m := &quant.Model{
		Risks: []quant.Risk{
			{ID: "licence", P: 0.4, Severity: pert(24, 62, 219), Delay: triangular(1, 2, 9)},
			{ID: "defects", Rate: 1.3, Severity: uniform(10, 134), Delay: uniform(1, 2)},
			{ID: "downtime", P: 0.2, Severity: lognormalP10P90(20, 250)},
			{ID: "rebate", P: 0.5, Severity: quant.Negate(lognormalP10P90(5, 20))},
			{ID: "estimate", P: 1, Severity: normal(100, 20)},
			{ID: "fine", P: 0.1, Severity: sure(500)},
			{ID: "training", P: 0.35, Severity: must(quant.NewEmpirical(3, 9, 27, 81)), Delay: sure(4)},
			{ID: "scope", P: 0.3, Severity: pert(10, 20, 90), Delay: pert(1, 5, 30)},
			{ID: "data", P: 0.3, Severity: pert(10, 20, 90), Delay: pert(1, 5, 30)},
			{ID: "sponsor", Severity: pert(10, 30, 40), Delay: pert(1, 5, 30)},
			{ID: "adoption", Severity: own{pert(20, 60, 70)}},
			{ID: "never", P: 0, Severity: sure(1e6)},
			{ID: "nothing", P: 0.5},
		},
		Blocks: []quant.Block{
			{ID: "vendor", Members: []quant.Loading{{Risk: "licence", Occurrence: 0.5, Severity: 0.7}, {Risk: "defects", Occurrence: 0.6, Severity: -0.4}, {Risk: "downtime", Occurrence: 0.3}, {Risk: "estimate", Severity: 0.5}}},
			{ID: "alone", Members: []quant.Loading{{Risk: "fine", Occurrence: 1}}},
		},
		Pairs:    []quant.Pair{{A: "scope", B: "data", Occurrence: 0.4, Severity: 0.6}},
		Joints:   []quant.Joint{{Risks: []string{"sponsor", "adoption"}, P: []float64{0.6, 0.05, 0.1, 0.25}}},
		Base:     1000,
		Systemic: triangular(0.9, 1, 1.3),
	}
	return m
}

// Drawn and computed percentiles agree: both totals, all distributions, all kinds of
// dependence, base and factor.
func TestSimulationAgreesWithExact(t *testing.T) {
	t.Parallel()
	numbers(t)
	const n = 120_000
	for _, delays := range []quant.Aggregation{quant.Additive, quant.Longest} {
		o := quant.Options{
			Method: quant.Exact, Delays: delays, Level: 0.9999, Seed: 20, Iterations: n,
			CostAbove: []float64{0, 900, 1100, 1500, 2500}, DelayAbove: []float64{-1, 0, 3.5, 8, 20},
		}
		exact := analyze(t, everything(), o)
		require.Equal(t, quant.Exact, exact.Method)
		o.Method = quant.Simulation
		drawn := analyze(t, everything(), o)
		require.Equal(t, int64(n), drawn.Iterations)
		for _, pair := range [][2]*quant.Total{{&exact.Cost, &drawn.Cost}, {exact.Delay, drawn.Delay}} {
			want, got := pair[0], pair[1]
			for i := range want.Quantiles {
				w, g := want.Quantiles[i], got.Quantiles[i]
				requireSane(t, w.Estimate)
				requireSane(t, g.Estimate)
				require.True(t, g.Lo <= w.Hi && w.Lo <= g.Hi, "%v P%v: %+v and %+v", delays, w.P, w, g)
			}
			for i := range want.Exceedances {
				w, g := want.Exceedances[i], got.Exceedances[i]
				requireSane(t, w.Estimate)
				require.True(t, g.Lo <= w.Hi && w.Lo <= g.Hi, "%v above %v: %+v and %+v", delays, w.Above, w, g)
			}
			require.InEpsilon(t, want.Mean.Value, got.Mean.Value, 5e-3)
			require.InEpsilon(t, want.SD.Value, got.SD.Value, 2e-2)
		}
		costs, days, err := everything().Draw(t.Context(), o)
		require.NoError(t, err)
		mean, sd := momentsOf(costs)
		require.InEpsilon(t, exact.Cost.Mean.Value, mean, 5*sd/mean/math.Sqrt(n))
		require.InEpsilon(t, exact.Cost.SD.Value, sd, 0.03)
		mean, sd = momentsOf(days)
		require.InEpsilon(t, exact.Delay.Mean.Value, mean, 0.02)
		require.InEpsilon(t, exact.Delay.SD.Value, sd, 0.03)
	}
}

func momentsOf(x []float64) (mean, sd float64) {
	for _, v := range x {
		mean += v / float64(len(x))
	}
	for _, v := range x {
		sd += (v - mean) * (v - mean) / float64(len(x))
	}
	return mean, math.Sqrt(sd)
}

// The same bytes for 1, 2 and 7 workers.
func TestWorkersDoNotMatter(t *testing.T) {
	t.Parallel()
	m := everything()
	m.Pairs = append(m.Pairs, quant.Pair{A: "fine", B: "rebate", Severity: 0.3}) // no effect on a sure amount
	methods := []quant.Method{quant.Exact, quant.Simulation}
	if counted() {
		methods = methods[1:] // only here goroutines meet
	}
	for _, method := range methods {
		teams := []int{1, 2, 7}
		if method == quant.Exact || counted() {
			teams = []int{1, 7}
		}
		var first []byte
		for _, workers := range teams {
			o := quant.Options{Method: method, Iterations: 4_099, Workers: workers, Seed: 5}
			found := []any{analyze(t, m, o)}
			if method == quant.Simulation { // which is what sensitivities are found by
				rows, err := m.Sensitivities(t.Context(), 0.8, o)
				require.NoError(t, err)
				found = append(found, rows)
			}
			data, err := json.Marshal(found)
			require.NoError(t, err)
			if first == nil {
				first = data
			}
			require.Equal(t, string(first), string(data), "%v with %d workers", method, workers)
		}
	}
	a, days, err := m.Draw(t.Context(), quant.Options{Iterations: 5000, Workers: 1})
	require.NoError(t, err)
	b, more, err := m.Draw(t.Context(), quant.Options{Iterations: 9000, Workers: 7})
	require.NoError(t, err)
	require.Equal(t, a, b[:5000], "more iterations change none before")
	require.Equal(t, days, more[:5000])
	c, _, err := m.Draw(t.Context(), quant.Options{Iterations: 5000, Seed: 1})
	require.NoError(t, err)
	require.NotEqual(t, a, c)
}

// Adding a risk, in front or behind, changes no draw of another.
func TestAddingARisk(t *testing.T) {
	t.Parallel()
	m := everything()
	m.Systemic, m.Base = nil, 0
	before, days, err := m.Draw(t.Context(), quant.Options{Iterations: 4096, Seed: 3})
	require.NoError(t, err)
	extra := quant.Risk{ID: "extra", P: 0.5, Severity: uniform(1, 2), Delay: uniform(3, 4)}
	alone, daysAlone, err := (&quant.Model{Risks: []quant.Risk{extra}}).Draw(t.Context(), quant.Options{Iterations: 4096, Seed: 3})
	require.NoError(t, err)
	for _, at := range []int{0, len(m.Risks)} {
		n := *m
		n.Risks = slices.Insert(slices.Clone(m.Risks), at, extra)
		after, daysAfter, err := n.Draw(t.Context(), quant.Options{Iterations: 4096, Seed: 3})
		require.NoError(t, err)
		for i := range before {
			require.InDelta(t, before[i]+alone[i], after[i], 1e-9)
			require.InDelta(t, days[i]+daysAlone[i], daysAfter[i], 1e-9)
		}
	}
}

// Severities of a caller's own that give no numbers end in an error.
func TestNotFinite(t *testing.T) {
	t.Parallel()
	bad := quant.Model{Risks: []quant.Risk{{ID: "a", P: 1, Severity: lying{}}}}
	for _, method := range []quant.Method{quant.Exact, quant.Simulation} {
		_, err := bad.Analyze(t.Context(), quant.Options{Method: method})
		require.ErrorIs(t, err, quant.ErrNotFinite)
	}
}

// lying has moments, but no quantiles.
type lying struct{ broken }

func (lying) Mean() float64 { return 1 }

// Occurrences of a risk come with their probability, however small, and what is left
// of the draw is uniform: the mean severity is right.
func TestRareRisks(t *testing.T) {
	t.Parallel()
	numbers(t)
	for _, p := range []float64{1e-4, 0.01, 0.5, 0.999, 1} {
		m := &quant.Model{Risks: []quant.Risk{{ID: "rare", P: p, Severity: uniform(1, 2)}}}
		const n = 400_000
		x, _, err := m.Draw(t.Context(), quant.Options{Iterations: n, Seed: 11})
		require.NoError(t, err)
		times, sum := 0.0, 0.0
		for _, v := range x {
			if v != 0 {
				times++
				sum += v - 1
			}
		}
		require.InDelta(t, p, times/n, 4.5*math.Sqrt(p*(1-p)/n)+1e-12, "p = %v", p)
		require.InDelta(t, 0.5, sum/times, 4.5/math.Sqrt(12*times), "p = %v", p)
	}
}

// Memory is for totals: with twenty times the risks it stays the same, but for a table
// of each risk.
func TestMemoryIsForTotals(t *testing.T) {
	numbers(t)
	allocated := func(risks int) float64 {
		m := &quant.Model{Risks: hundred(false).Risks[:risks]}
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		analyze(t, m, quant.Options{Method: quant.Simulation, Iterations: 100_000, Workers: 1})
		runtime.ReadMemStats(&after)
		return float64(after.TotalAlloc - before.TotalAlloc)
	}
	allocated(5) // what is made once
	few, many := allocated(5), allocated(100)
	const perRisk, column = 64 << 10, 8 * 100_000
	require.Less(t, many-few, 95.0*perRisk, "a column of draws for each risk would be %d", 95*column)
}
