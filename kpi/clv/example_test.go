package clv_test

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/kpi"
	"github.com/crmrollout/crm/kpi/clv"
)

// KP-13: from orders to the value of a customer. The parameters are those published
// for CDNOW, a music shop; those of another come from FitBGNBD and FitGammaGamma. Times
// are in weeks.
func Example() {
	var h kpi.History[string]
	for _, day := range []string{"2027-01-05", "2027-02-11", "2027-02-11", "2027-06-30"} {
		_ = h.Add("Ada", calendar.MustParse(day), 80_00)
	}
	_ = h.Add("Bob", calendar.MustParse("2027-01-20"), 30_00)

	end := calendar.MustParse("2027-09-30")
	summary, err := clv.Summarize(&h, end, clv.Options{Unit: clv.Week, MinorPerUnit: 100})
	if err != nil {
		fmt.Println(err)
	}
	model := clv.BGNBD{R: 0.243, Alpha: 4.414, A: 0.793, B: 2.426}
	spend := clv.GammaGamma{P: 6.25, Q: 3.74, Gamma: 15.44}
	year := clv.Horizon{Periods: 13, Length: 4, Rate: 0.01} // 52 weeks
	for _, row := range summary.Rows {
		alive, _ := model.Alive(row.Observation)
		expected, _ := model.Expected(row.Observation, 52)
		value, _ := clv.Value(model, spend, row.Observation, year)
		fmt.Printf("%s x=%d t_x=%.2f T=%.2f: alive %.3f, expects %.3f orders worth %.2f\n", row.Customer, row.X, row.Tx, row.T, alive, expected, value)
	}
	// Output:
	// Ada x=2 t_x=25.14 T=38.29: alive 0.654, expects 1.419 orders worth 139.40
	// Bob x=0 t_x=0.00 T=36.14: alive 1.000, expects 0.267 orders worth 8.80
}

// customers makes up a shop: rates to buy are exponential around one order in five
// weeks, and so are those to leave, around one in twenty weeks.
func customers(n int) []clv.Observation {
	rng := rand.New(rand.NewPCG(1, 2))
	obs := make([]clv.Observation, n)
	for i := range obs {
		o := clv.Observation{T: float64(210+rng.IntN(63)) / 7}
		rate, left := rng.ExpFloat64()/5, rng.ExpFloat64()/(rng.ExpFloat64()/20)
		worth := 20 + 60*rng.Float64()
		for t := 0.0; ; {
			t += math.Ceil(7*rng.ExpFloat64()/rate) / 7
			if t > min(o.T, left) {
				break
			}
			o.X, o.Tx = o.X+1, t
			o.Mean += (worth*(0.5+rng.Float64()) - o.Mean) / float64(o.X)
		}
		obs[i] = o
	}
	return obs
}

// KP-02: how a base of customers buys and leaves.
func ExampleFitBGNBD() {
	sample, _ := clv.NewSample(customers(2000)...)
	model, fit, err := clv.FitBGNBD(context.Background(), sample, clv.FitOptions{})
	if err != nil {
		fmt.Println(err)
	}
	fmt.Println(fit.Model, fit.Status, "on", fit.Customers, "customers,", fit.Distinct, "distinct")
	for _, p := range fit.Parameters {
		fmt.Printf("%s %.3f ± %.3f\n", p.Name, p.Value, p.StandardError)
	}
	year, _ := model.ExpectedNew(52)
	fmt.Printf("a new customer buys again %.2f times in a year\n", year)
	// Output:
	// bgnbd converged on 2000 customers, 1409 distinct
	// r 0.445 ± 0.018
	// alpha 2.267 ± 0.131
	// a 0.704 ± 0.105
	// b 4.521 ± 0.927
	// a new customer buys again 4.92 times in a year
}

func ExampleFitParetoNBD() {
	sample, _ := clv.NewSample(customers(2000)...)
	model, fit, _ := clv.FitParetoNBD(context.Background(), sample, clv.FitOptions{})
	fmt.Println(fit.Model, fit.Status)
	for _, p := range fit.Parameters {
		fmt.Printf("%s %.3f ± %.3f\n", p.Name, p.Value, p.StandardError)
	}
	alive, _ := model.Alive(clv.Observation{X: 4, Tx: 12, T: 30})
	fmt.Printf("4 orders, none for 18 weeks: alive with %.2f\n", alive)
	// Output:
	// pareto_nbd converged
	// r 0.959 ± 0.063
	// alpha 5.044 ± 0.323
	// s 1.066 ± 0.248
	// beta 22.465 ± 7.475
	// 4 orders, none for 18 weeks: alive with 0.15
}

// Spend must not depend on frequency for this model; the correlation tells.
func ExampleFitGammaGamma() {
	var spends clv.Spends
	for _, o := range customers(2000) {
		_ = spends.Add(o)
	}
	model, fit, _ := clv.FitGammaGamma(context.Background(), &spends, clv.FitOptions{})
	mean, ok := model.SpendNew()
	fmt.Printf("%s, %d customers, mean %.2f %v, correlation %.3f\n", fit.Status, fit.Customers, mean, ok, *fit.Correlation)
	// Output:
	// converged, 1357 customers, mean 51.55 true, correlation -0.003
}

// Statistics come from a database that groups by customer and day first.
func ExampleStatistics_Observe() {
	s := clv.Statistics{
		First: calendar.MustParse("2027-01-05"), Last: calendar.MustParse("2027-06-30"), Periods: 3, Revenue: 320_00, FirstRevenue: 80_00,
	}
	o, err := s.Observe(calendar.MustParse("2027-09-30"), clv.Options{Unit: clv.Week, MinorPerUnit: 100})
	fmt.Printf("%d %.3f %.3f %.0f %v\n", o.X, o.Tx, o.T, o.Mean, err)
	// Output:
	// 2 25.143 38.286 120 <nil>
}

// KP-06: churn that nobody reports, at the end of the observation.
func ExampleParetoNBD_Alive() {
	m := clv.ParetoNBD{R: 0.553, Alpha: 10.578, S: 0.606, Beta: 11.669}
	for _, last := range []float64{38, 30, 20, 10} {
		alive, _ := m.Alive(clv.Observation{X: 6, Tx: last, T: 38.86})
		fmt.Printf("last order in week %2.0f: %.3f\n", last, alive)
	}
	// Output:
	// last order in week 38: 0.989
	// last order in week 30: 0.796
	// last order in week 20: 0.289
	// last order in week 10: 0.023
}

func ExampleParetoNBD_DERT() {
	m := clv.ParetoNBD{R: 0.553, Alpha: 10.578, S: 0.606, Beta: 11.669}
	o := clv.Observation{X: 2, Tx: 30.43, T: 38.86}
	dert, _ := m.DERT(o, 0.0027) // some 15 % a year, by week
	fmt.Printf("%.3f\n", dert)
	_, ok := m.DERT(o, 0)
	fmt.Println("without discount:", ok)
	// Output:
	// 6.484
	// without discount: false
}

func ExampleGammaGamma_Spend() {
	g := clv.GammaGamma{P: 6.25, Q: 3.74, Gamma: 15.44}
	loyal, _ := g.Spend(clv.Observation{X: 12, Tx: 30, T: 38, Mean: 50})
	once, _ := g.Spend(clv.Observation{X: 1, Tx: 30, T: 38, Mean: 50})
	fmt.Printf("12 orders of 50: %.2f, one: %.2f\n", loyal, once)
	_, ok := clv.GammaGamma{P: 6.25, Q: 0.9, Gamma: 15.44}.Spend(clv.Observation{})
	fmt.Println("no finite mean:", ok)
	// Output:
	// 12 orders of 50: 49.48, one: 45.49
	// no finite mean: false
}

func ExampleDiscounted() {
	m := clv.BGNBD{R: 0.243, Alpha: 4.414, A: 0.793, B: 2.426}
	orders, _ := clv.Discounted(m, clv.Observation{X: 2, Tx: 30.43, T: 38.86}, clv.Horizon{Periods: 12, Length: 4, Rate: 0.01})
	fmt.Printf("%.4f\n", orders)
	// Output:
	// 1.3742
}

// Samples of several machines are joined in any order.
func ExampleSample_Merge() {
	var north, south clv.Sample
	_ = north.Add(clv.Observation{X: 1, Tx: 3, T: 12})
	_ = south.AddN(clv.Observation{X: 1, Tx: 3, T: 12}, 40)
	_ = south.AddN(clv.Observation{T: 12}, 100)
	_ = north.Merge(&south)
	for o, n := range north.All() {
		fmt.Println(o.X, o.Tx, o.T, n)
	}
	// Output:
	// 0 0 12 100
	// 1 3 12 41
}

// KP-08: does the model describe the data?
func ExampleCompareFrequencies() {
	sample, _ := clv.NewSample(customers(2000)...)
	model, _, _ := clv.FitBGNBD(context.Background(), sample, clv.FitOptions{})
	bins, _ := clv.CompareFrequencies(model, sample, 3) // the last: 3 or more
	for _, b := range bins {
		fmt.Printf("%d purchases: %d customers, expected %.0f\n", b.X, b.Actual, b.Expected)
	}
	// Output:
	// 0 purchases: 643 customers, expected 580
	// 1 purchases: 310 customers, expected 401
	// 2 purchases: 218 customers, expected 241
	// 3 purchases: 829 customers, expected 778
}

// KP-08: does it foretell what it has not seen?
func ExampleTrack() {
	var h kpi.History[int]
	start := calendar.MustParse("2027-01-04")
	rng := rand.New(rand.NewPCG(3, 4))
	for customer := range 2000 {
		rate, leave := rng.ExpFloat64()/35, 1-math.Cbrt(rng.Float64())
		for day := rng.IntN(28); day < 210; day += int(math.Ceil(rng.ExpFloat64() / rate)) {
			_ = h.Add(customer, start.AddDays(day), 10_00)
			if rng.Float64() < leave {
				break
			}
		}
	}
	end := start.AddDays(4*28 - 1)
	o := clv.Options{Unit: clv.Week, Holdout: start.AddDays(7*28 - 1)}
	summary, _ := clv.Summarize(&h, end, o)
	sample, _ := summary.Sample()
	model, _, _ := clv.FitBGNBD(context.Background(), sample, clv.FitOptions{})
	points, _ := clv.Track(model, &h, end, o, 28)
	for _, p := range points {
		fmt.Printf("until %v: %d, expected %.0f\n", p.Until, p.Actual, p.Expected)
	}
	bins, _ := clv.CompareHoldout(model, summary, 2)
	for _, b := range bins {
		actual, _ := b.ActualMean()
		expected, _ := b.ExpectedMean()
		fmt.Printf("%d before: %.2f after, expected %.2f\n", b.X, actual, expected)
	}
	// Output:
	// until 2027-02-01: 547, expected 507
	// until 2027-03-01: 1392, expected 1335
	// until 2027-03-29: 2070, expected 2032
	// until 2027-04-26: 2653, expected 2641
	// until 2027-05-24: 3186, expected 3185
	// until 2027-06-21: 3644, expected 3679
	// until 2027-07-18: 4057, expected 4117
	// 0 before: 0.25 after, expected 0.31
	// 1 before: 0.51 after, expected 0.52
	// 2 before: 1.60 after, expected 1.61
}
