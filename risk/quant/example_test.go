package quant_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"

	"github.com/crmrollout/crm/risk/quant"
)

// What three risks cost together: the exact P80 (RI-03, CP-17).
func Example() {
	licence, err1 := quant.NewPERT(24_000, 62_000, 219_000)
	migration, err2 := quant.NewUniform(10_000, 134_000)
	downtime, err3 := quant.LognormalFrom(quant.Percentile{P: 0.1, Value: 20_000}, quant.Percentile{P: 0.9, Value: 250_000})
	if err := errors.Join(err1, err2, err3); err != nil {
		fmt.Println(err)
		return
	}
	m := quant.Model{Risks: []quant.Risk{
		{ID: "licence", P: 0.4, Severity: licence},
		{ID: "migration", Rate: 1.1, Severity: migration}, // may happen again
		{ID: "downtime", P: 0.2, Severity: downtime},
	}}
	r, err := m.Analyze(context.Background(), quant.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	p80, _ := r.Cost.Percentile(0.8)
	fmt.Printf("%v: mean %.0f, P80 %.0f\n", r.Method, r.Cost.Mean.Value, p80.Value)
	// Output:
	// exact: mean 134915, P80 216457
}

// A common cause behind several risks widens the total, and leaves its mean (RI-04).
func ExampleBlock() {
	overrun, _ := quant.NewTriangular(10_000, 20_000, 60_000)
	m := quant.Model{Risks: []quant.Risk{{ID: "data", P: 0.5, Severity: overrun}, {ID: "interfaces", P: 0.5, Severity: overrun}}}
	apart, _ := m.Analyze(context.Background(), quant.Options{})
	m.Blocks = []quant.Block{{ID: "old system", Members: []quant.Loading{
		{Risk: "data", Occurrence: 0.8, Severity: 0.8},
		{Risk: "interfaces", Occurrence: 0.8, Severity: 0.8},
	}}}
	linked, _ := m.Analyze(context.Background(), quant.Options{})
	a, _ := apart.Cost.Percentile(0.9)
	b, _ := linked.Cost.Percentile(0.9)
	fmt.Printf("mean %.0f and %.0f, P90 %.0f and %.0f\n", apart.Cost.Mean.Value, linked.Cost.Mean.Value, a.Value, b.Value)
	// Output:
	// mean 30000 and 30000, P90 63253 and 71445
}

// The law of which risks happen can come from anywhere, such as a network of causes:
// here the second never happens without the first (RI-04).
func ExampleJoint() {
	delay, _ := quant.Sure(5)
	m := quant.Model{
		Risks: []quant.Risk{{ID: "vendor late", Delay: delay}, {ID: "test window lost", Delay: delay}},
		Joints: []quant.Joint{{
			Risks: []string{"vendor late", "test window lost"},
			P:     []float64{0.7, 0.1, 0, 0.2}, // neither, the first only, the second only, both
		}},
	}
	r, _ := m.Analyze(context.Background(), quant.Options{DelayAbove: []float64{0, 5}})
	for _, e := range r.Delay.Exceedances {
		fmt.Printf("more than %v days: %.2f\n", e.Above, e.Value)
	}
	// Output:
	// more than 0 days: 0.30
	// more than 5 days: 0.20
}

// Budget and date at once: how probable it is that both hold, from costs and delays of
// the same iterations (CP-16, CP-17).
func ExampleModel_Draw() {
	cost, _ := quant.NewPERT(20_000, 40_000, 120_000)
	weeks, _ := quant.NewTriangular(1, 2, 8)
	m := quant.Model{Risks: []quant.Risk{
		{ID: "data", P: 0.6, Severity: cost, Delay: weeks},
		{ID: "interfaces", P: 0.3, Severity: cost, Delay: weeks},
	}}
	costs, delays, _ := m.Draw(context.Background(), quant.Options{Seed: 1, Iterations: 100_000})
	budget, date, both := 0, 0, 0
	for i := range costs {
		if costs[i] <= 60_000 {
			budget++
		}
		if delays[i] <= 4 {
			date++
		}
		if costs[i] <= 60_000 && delays[i] <= 4 {
			both++
		}
	}
	fmt.Printf("budget %.0f %%, date %.0f %%, both %.0f %%\n", float64(budget)/1000, float64(date)/1000, float64(both)/1000)
	// Output:
	// budget 68 %, date 62 %, both 52 %
}

// What is worth doing: what a response takes off the P80, less what it costs (RI-05, RI-06).
func ExampleModel_RankResponses() {
	cost, _ := quant.NewPERT(20_000, 40_000, 120_000)
	m := quant.Model{Risks: []quant.Risk{{ID: "adoption", P: 0.6, Severity: cost}, {ID: "downtime", P: 0.3, Severity: cost}}}
	training, _ := m.With(quant.Risk{ID: "adoption", P: 0.2, Severity: cost})
	standby, _ := m.With(quant.Risk{ID: "downtime", P: 0.1, Severity: cost})
	ranked, err := m.RankResponses(context.Background(), 0.8, []quant.Response{
		{ID: "training", Cost: 15_000, After: training},
		{ID: "standby system", Cost: 30_000, After: standby},
	}, quant.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, r := range ranked {
		fmt.Printf("%s saves %.0f for %.0f: %+.0f\n", r.ID, r.Saves.Value, r.Cost, r.Net.Value)
	}
	// Output:
	// training saves 21279 for 15000: +6279
	// standby system saves 13776 for 30000: -16224
}

// Money set aside over the budget, and the management reserve beside it (CP-17).
func ExampleResult_Contingency() {
	work, _ := quant.NewPERT(-10_000, 0, 60_000)
	inflation, _ := quant.NewTriangular(0.95, 1, 1.15)
	m := quant.Model{
		Risks:    []quant.Risk{{ID: "effort", P: 1, Severity: work}, {ID: "rework", P: 0.4, Severity: work}},
		Base:     400_000,
		Systemic: inflation, // a factor on everything
	}
	r, _ := m.Analyze(context.Background(), quant.Options{})
	c, _ := r.Contingency(400_000, 0.05)
	fmt.Printf("P50 %.0f, P80 %.0f, P90 %.0f; reserve %.0f\n", c.P50.Value, c.P80.Value, c.P90.Value, c.Reserve)
	// Output:
	// P50 23278, P80 44659, P90 56375; reserve 20000
}

// Three correlations that contradict each other, and the nearest that do not.
func ExampleNearestCorrelation() {
	r, _ := quant.NearestCorrelation([][]float64{{1, 1, 0}, {1, 1, 1}, {0, 1, 1}})
	for _, row := range r.Matrix {
		fmt.Printf("%.4f\n", row)
	}
	fmt.Printf("moved by %.4f, at most %.4f\n", r.Frobenius, r.Largest)
	// Output:
	// [1.0000 0.7607 0.1573]
	// [0.7607 1.0000 0.7607]
	// [0.1573 0.7607 1.0000]
	// moved by 0.5278, at most 0.2393
}

// Which risk matters, and how.
func ExampleModel_Sensitivities() {
	small, _ := quant.NewUniform(8_000, 12_000)
	rare, _ := quant.NewUniform(200_000, 300_000)
	m := quant.Model{Risks: []quant.Risk{
		{ID: "every week", P: 0.9, Severity: small},
		{ID: "black swan", P: 0.03, Severity: rare},
	}}
	rows, _ := m.Sensitivities(context.Background(), 0.8, quant.Options{})
	for _, s := range rows {
		share, _ := s.Share()
		fmt.Printf("%s: share %.2f, rank correlation %.2f, P80 %.0f without and %.0f with it\n", s.ID, share, s.Spearman, s.Without, s.Certain)
	}
	// Output:
	// every week: share 0.01, rank correlation 0.94, P80 0 without and 11296 with it
	// black swan: share 0.99, rank correlation 0.29, P80 11099 without and 288930 with it
}

// storm draws which of three risks happen: all, or none.
type storm struct{}

func (storm) Draw(i uint64, on []bool) []bool {
	all := rand.New(rand.NewPCG(i, 1)).IntN(4) == 0
	return append(on, all, all, all)
}

// A law that is known by draws only, as a large network of causes gives it.
func ExampleDrawn() {
	loss, _ := quant.Sure(100)
	m := quant.Model{
		Risks: []quant.Risk{{ID: "roof", P: 0.25, Severity: loss}, {ID: "fence", P: 0.25, Severity: loss}, {ID: "barn", P: 0.25, Severity: loss}},
		Drawn: []quant.Drawn{{Risks: []string{"roof", "fence", "barn"}, From: storm{}}},
	}
	r, err := m.Analyze(context.Background(), quant.Options{Percentiles: []float64{0.5, 0.8}})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(r.Method, r.Cost.Mean.Value, r.Cost.Quantiles[0].Value, r.Cost.Quantiles[1].Value)
	fmt.Println(r.Why)
	// Output:
	// simulation 75 0 300
	// the draws of "roof" are all that is known of which risks happen
}
