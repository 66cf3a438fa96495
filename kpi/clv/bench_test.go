package clv_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/kpi"
	"github.com/crmrollout/crm/kpi/clv"
)

// BenchmarkFitBGNBD fits the customers of CDNOW, and the same many times over, beside
// a naive twin: a loop over customers with math.Lgamma, a numeric gradient, and 200 steps
// along it.
func BenchmarkFitBGNBD(b *testing.B) {
	obs := cdnow(b, "cdnow_summary.csv")
	for name, times := range map[string]int64{"cdnow": 1, "cdnow times 1000": 1000} {
		b.Run(name, func(b *testing.B) {
			s := repeated(b, obs, times)
			b.ReportAllocs()
			for b.Loop() {
				if _, fit, err := clv.FitBGNBD(b.Context(), s, clv.FitOptions{}); err != nil || fit.Status != clv.Converged {
					b.Fatal(fit, err)
				}
			}
		})
	}
	b.Run("naive", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			naiveFit(obs, naiveBG, [4]float64{math.Log(0.5), math.Log(15), 0, math.Log(2)}, 200)
		}
	})
}

// BenchmarkFitParetoNBD is the same for the Pareto/NBD model. Its naive twin integrates
// over 50 equal steps for each customer, and makes 20 steps along the gradient only,
// which do not get to the maximum.
func BenchmarkFitParetoNBD(b *testing.B) {
	obs := cdnow(b, "cdnow_summary.csv")
	b.Run("cdnow", func(b *testing.B) {
		s := repeated(b, obs, 1)
		b.ReportAllocs()
		for b.Loop() {
			if _, fit, err := clv.FitParetoNBD(b.Context(), s, clv.FitOptions{}); err != nil || fit.Status != clv.Converged {
				b.Fatal(fit, err)
			}
		}
	})
	b.Run("naive", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			naiveFit(obs, naivePareto, [4]float64{0, math.Log(15), 0, math.Log(15)}, 20)
		}
	})
}

func repeated(b *testing.B, obs []clv.Observation, times int64) *clv.Sample {
	b.Helper()
	var s clv.Sample
	for _, o := range obs {
		if err := s.AddN(o, times); err != nil {
			b.Fatal(err)
		}
	}
	return &s
}

// naiveFit is steepest descent with forward differences over a loop of customers; it
// stops where the differences are too rough to go on.
func naiveFit(obs []clv.Observation, likelihood func(p [4]float64, o clv.Observation) float64, at [4]float64, steps int) [4]float64 {
	f := func(at [4]float64) float64 {
		p, sum := [4]float64{math.Exp(at[0]), math.Exp(at[1]), math.Exp(at[2]), math.Exp(at[3])}, 0.0
		for _, o := range obs {
			sum -= likelihood(p, o)
		}
		return sum
	}
	step := 0.1
	value := f(at)
	for range steps {
		var g [4]float64
		norm := 0.0
		for i := range at {
			next := at
			next[i] += 1e-6
			g[i] = (f(next) - value) / 1e-6
			norm = math.Hypot(norm, g[i])
		}
		next := at
		for i := range at {
			next[i] -= step * g[i] / norm
		}
		if v := f(next); v < value {
			at, value, step = next, v, 1.5*step
		} else if step /= 3; step < 1e-6 {
			break
		}
	}
	return at
}

// naiveBG is the log-likelihood of BG/NBD as printed.
func naiveBG(p [4]float64, o clv.Observation) float64 {
	r, alpha, a, b, x := p[0], p[1], p[2], p[3], float64(o.X)
	l := naiveLogGamma(r+x) - naiveLogGamma(r) + r*math.Log(alpha)
	l += naiveLogGamma(a+b) + naiveLogGamma(b+x) - naiveLogGamma(b) - naiveLogGamma(a+b+x)
	first := -(r + x) * math.Log(alpha+o.T)
	if o.X > 0 {
		second := math.Log(a/(b+x-1)) - (r+x)*math.Log(alpha+o.Tx)
		first += math.Log(1 + math.Exp(second-first))
	}
	return l + first
}

// naivePareto is the log-likelihood of Pareto/NBD, with the integral by Simpson's
// rule.
func naivePareto(p [4]float64, o clv.Observation) float64 {
	r, alpha, s, beta, x := p[0], p[1], p[2], p[3], float64(o.X)
	const steps = 50
	h, sum := (o.T-o.Tx)/steps, 0.0
	for i := range steps + 1 {
		weight := float64(2 + i%2*2)
		if i == 0 || i == steps {
			weight = 1
		}
		y := o.Tx + float64(i)*h
		sum += weight * math.Pow((alpha+y)/(alpha+o.T), -(r+x)) * math.Pow((beta+y)/(beta+o.T), -(s+1))
	}
	odds := s * sum * h / 3 / (beta + o.T)
	l := naiveLogGamma(r+x) - naiveLogGamma(r) + r*math.Log(alpha) + s*math.Log(beta)
	return l - (r+x)*math.Log(alpha+o.T) - s*math.Log(beta+o.T) + math.Log(1+odds)
}

func naiveLogGamma(v float64) float64 {
	l, _ := math.Lgamma(v)
	return l
}

// BenchmarkSummarize observes 110,000 customers with a million orders, beside a naive
// twin with a map of days for each customer.
func BenchmarkSummarize(b *testing.B) {
	const events, customers, today = 1_000_000, 110_000, calendar.Date(738_000)
	rng := rand.New(rand.NewPCG(1, 2))
	var h kpi.History[int64]
	who, when := make([]int64, events), make([]calendar.Date, events)
	for i := range who {
		who[i], when[i] = rng.Int64N(customers)<<20, today-calendar.Date(rng.IntN(1000))
		if err := h.Add(who[i], when[i], 100); err != nil {
			b.Fatal(err)
		}
	}
	b.Run("history", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := clv.Summarize(&h, today, clv.Options{Unit: clv.Week}); err != nil {
				b.Fatal(err)
			}
		}
	})
	h.Compact()
	b.Run("compact history", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := clv.Summarize(&h, today, clv.Options{Unit: clv.Week}); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("naive", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			naiveSummary(who, when, today)
		}
	})
}

func naiveSummary(who []int64, when []calendar.Date, today calendar.Date) map[int64]clv.Observation {
	days := map[int64]map[calendar.Date]int{}
	for i, w := range who {
		if days[w] == nil {
			days[w] = map[calendar.Date]int{}
		}
		days[w][when[i]] += 100
	}
	all := map[int64]clv.Observation{}
	for w, on := range days {
		first, last, sum := today, calendar.Date(0), 0
		for day, minor := range on {
			first, last, sum = min(first, day), max(last, day), sum+minor
		}
		o := clv.Observation{X: int64(len(on)) - 1, Tx: float64(last-first) / 7, T: float64(today-first) / 7}
		if o.X > 0 {
			o.Mean = float64(sum-on[first]) / float64(o.X)
		}
		all[w] = o
	}
	return all
}

// BenchmarkExpected forecasts single customers, beside the textbook formula.
func BenchmarkExpected(b *testing.B) {
	o := clv.Observation{X: 7, Tx: 30, T: 38.86}
	b.Run("bgnbd", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			publishedBG.Expected(o, 39)
		}
	})
	b.Run("bgnbd, far ahead", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			publishedBG.Expected(o, 5000)
		}
	})
	b.Run("bgnbd, long history", func(b *testing.B) {
		long := clv.Observation{X: 1000, Tx: 38, T: 38.86}
		b.ReportAllocs()
		for b.Loop() {
			publishedBG.Expected(long, 39)
		}
	})
	b.Run("bgnbd, textbook", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			textbook(publishedBG, o, 39)
		}
	})
	b.Run("bgnbd alive", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			publishedBG.Alive(o)
		}
	})
	b.Run("pareto alive", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			publishedPareto.Alive(o)
		}
	})
	b.Run("pareto", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			publishedPareto.Expected(o, 39)
		}
	})
	b.Run("dert", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			publishedPareto.DERT(o, 0.0027)
		}
	})
}
