package quant_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/risk/quant"
)

// hundred returns 100 risks, with one factor behind all of them if asked for.
func hundred(factor bool) *quant.Model {
	m := new(quant.Model)
	var b quant.Block
	b.ID = "market"
	for i := range 100 {
		x := float64(10 + i)
		id := fmt.Sprintf("R%03d", i)
		m.Risks = append(m.Risks, quant.Risk{ID: id, P: 0.1 + 0.004*float64(i), Severity: pert(x, 1.5*x, 4*x)})
		b.Members = append(b.Members, quant.Loading{Risk: id, Occurrence: 0.4, Severity: 0.5})
	}
	if factor {
		m.Blocks = []quant.Block{b}
	}
	return m
}

const million = 1_000_000

// BenchmarkSimulateHundred draws a million iterations, all of it: tables, draws and
// percentiles.
func BenchmarkSimulateHundred(b *testing.B) {
	for _, kind := range []string{"independent", "factor"} {
		m := hundred(kind == "factor")
		for _, workers := range []int{1, 2} {
			b.Run(fmt.Sprintf("%s/workers=%d", kind, workers), func(b *testing.B) {
				b.ReportAllocs()
				o := quant.Options{Method: quant.Simulation, Iterations: million, Workers: workers}
				for b.Loop() {
					if _, err := m.Analyze(b.Context(), o); err != nil {
						b.Fatal(err)
					}
				}
				perDraw(b)
			})
		}
	}
}

// perDraw reports the time for each risk and iteration.
func perDraw(b *testing.B) {
	b.Helper()
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/million/100, "ns/draw")
}

// BenchmarkNaiveHundred is the twin of BenchmarkSimulateHundred as a general library
// makes one write it: a beta variable as the ratio of two gamma variables, percentiles
// from a full sort, on one core. With a factor it is let off lightly: only what happens
// follows the factor, since a beta variable made of gammas cannot.
func BenchmarkNaiveHundred(b *testing.B) {
	for _, kind := range []string{"independent", "factor"} {
		b.Run(kind, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				slices.Sort(naive(million, kind == "factor"))
			}
			perDraw(b)
		})
	}
}

func naive(n int, factor bool) []float64 {
	r := rand.New(rand.NewPCG(1, 2))
	total := make([]float64, n)
	threshold := make([]float64, 100)
	for i := range threshold {
		threshold[i] = -math.Sqrt2 * math.Erfinv(2*(0.1+0.004*float64(i))-1)
	}
	own := math.Sqrt(1 - 0.4*0.4)
	for k := range total {
		f := r.NormFloat64()
		for i, z := range threshold {
			x, p := float64(10+i), 0.1+0.004*float64(i)
			switch {
			case factor && 0.4*f+own*r.NormFloat64() < z:
				continue
			case !factor && r.Float64() >= p:
				continue
			}
			u, v := gamma(r, 1+4*0.5/3), gamma(r, 1+4*2.5/3)
			total[k] += x + 3*x*u/(u+v)
		}
	}
	return total
}

// gamma draws from the gamma distribution of shape a ≥ 1 (Marsaglia and Tsang, ACM
// TOMS 26 (2000), 363-372), with their squeeze.
func gamma(r *rand.Rand, a float64) float64 {
	d := a - 1.0/3
	c := 1 / math.Sqrt(9*d)
	for {
		x := r.NormFloat64()
		v := 1 + c*x
		if v <= 0 {
			continue
		}
		v *= v * v
		u := r.Float64()
		if u < 1-0.0331*(x*x)*(x*x) || math.Log(u) < 0.5*x*x+d-d*v+d*math.Log(v) {
			return d * v
		}
	}
}

// The twin and the simulation draw the same totals.
func TestNaiveAgrees(t *testing.T) {
	t.Parallel()
	numbers(t)
	r := analyze(t, hundred(false), quant.Options{})
	mean, sd := momentsOf(naive(20_000, false))
	require.InDelta(t, r.Cost.Mean.Value, mean, 5*sd/math.Sqrt(20_000))
	require.InEpsilon(t, r.Cost.SD.Value, sd, 0.03)
}

// BenchmarkExactRegister finds nine percentiles of 30 risks, in blocks or not, on one
// core.
func BenchmarkExactRegister(b *testing.B) {
	for _, kind := range []string{"independent", "correlated"} {
		m := loadRegister(b).independent()
		if kind == "correlated" {
			m = loadRegister(b).correlated()
		}
		for i := range m.Risks {
			m.Risks[i].Delay = nil
		}
		b.Run(kind, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := m.Analyze(b.Context(), quant.Options{Method: quant.Exact, Workers: 1}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkSeverity turns a million probabilities into values: through the table, and
// each by the quantile function itself.
func BenchmarkSeverity(b *testing.B) {
	d := pert(10, 15, 40)
	u := make([]float64, million)
	for i := range u {
		u[i] = (float64(i) + 0.5) / million
	}
	b.Run("table", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			quant.Sampled(d, u...)
		}
	})
	b.Run("naive", func(b *testing.B) {
		b.ReportAllocs()
		x := make([]float64, million)
		for b.Loop() {
			for i, p := range u {
				x[i] = d.Quantile(p)
			}
		}
	})
}

// BenchmarkPercentiles reads nine percentiles from a million totals: by selection, and
// from a full sort.
func BenchmarkPercentiles(b *testing.B) {
	x := naive(million/10, false)
	for len(x) < million {
		x = append(x, x...)
	}
	var ranks []int64
	for _, p := range quant.DefaultPercentiles() {
		ranks = append(ranks, int64(p*float64(len(x))))
	}
	b.Run("selection", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			quant.OrderStatistics(x, ranks...)
		}
	})
	b.Run("naive", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			slices.Sort(slices.Clone(x))
		}
	})
}
