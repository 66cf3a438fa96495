package finance_test

import (
	"encoding/json"
	"math"
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/kpi/finance"
)

func irr(tb testing.TB, flows ...float64) finance.Rates {
	tb.Helper()
	r, err := finance.IRR(flows)
	require.NoError(tb, err)
	return r
}

func values(r finance.Rates) []float64 {
	v := []float64{}
	for _, rate := range r.Rates {
		v = append(v, rate.Value)
	}
	return v
}

func TestIRRWithoutARate(t *testing.T) {
	for _, c := range []struct {
		flows  []float64
		reason string
	}{
		{nil, finance.NoFlows},
		{[]float64{0, 0, 0}, finance.AnyRate},
		{[]float64{-5}, finance.OneDate},
		{[]float64{0, 0, 7, 0}, finance.OneDate},
		{[]float64{1, 2, 3}, finance.NoSignChange},
		{[]float64{-1, 0, -3}, finance.NoSignChange},
		{[]float64{10, -20, 11}, finance.NoRate}, // 10 − 20x + 11x²: never 0
	} {
		r := irr(t, c.flows...)
		require.Equal(t, c.reason, r.Reason, c.flows)
		require.Equal(t, c.reason, r.Only().Reason)
		require.Equal(t, c.reason, r.Nearest(0.1).Reason)
		require.Empty(t, r.Rates)
	}
}

func TestIRRMultipleRoots(t *testing.T) {
	for _, c := range []struct {
		flows []float64
		want  []finance.Rate
	}{
		{[]float64{-100, 220, -121}, []finance.Rate{{0.1, 1.1, 2}}},
		{[]float64{-1, 2.2, -1.21}, []finance.Rate{{0.1, 1.1, 2}}},                                         // as typed, not as stored
		{[]float64{-1, 3.3, -3.63, 1.331}, []finance.Rate{{0.1, 1.1, 3}}},                                  // triple
		{[]float64{1, -4, 6, -4, 1}, []finance.Rate{{0, 1, 4}}},                                            // (1−x)⁴
		{[]float64{-1600, 10000, -10000}, []finance.Rate{{0.25, 1.25, 1}, {4, 5, 1}}},                      // the pump
		{[]float64{-100, 100}, []finance.Rate{{0, 1, 1}}},                                                  // nothing lost, nothing won
		{[]float64{0, 0, -4, 0, 9}, []finance.Rate{{0.5, 1.5, 1}}},                                         // delayed
		{[]float64{-1000, 3600, -4310, 1716}, []finance.Rate{{0.1, 1.1, 1}, {0.2, 1.2, 1}, {0.3, 1.3, 1}}}, // three rates
	} {
		r := irr(t, c.flows...)
		require.Equal(t, c.want, r.Rates, c.flows)
		require.Zero(t, r.Unproven)
	}
}

// (1 − 3x + x²)²: double roots that are no fractions are found, and owned up to.
func TestIRRIrrationalDoubleRoots(t *testing.T) {
	r := irr(t, 1, -6, 11, -6, 1)
	require.Len(t, r.Rates, 2)
	require.Equal(t, 2, r.Unproven)
	for i, want := range []float64{(3-math.Sqrt(5))/2 - 1, (3+math.Sqrt(5))/2 - 1} {
		require.InDelta(t, want, r.Rates[i].Value, 1e-15)
		require.Equal(t, 2, r.Rates[i].Multiplicity)
	}
}

// A cent more or less parts a double root, or takes it away.
func TestIRRNextToADoubleRoot(t *testing.T) {
	require.Len(t, irr(t, -1e12, 2.2e12, -1.21e12).Rates, 1)
	two := irr(t, -1e12, 2.2e12+0.01, -1.21e12)
	require.Len(t, two.Rates, 2)
	require.InDelta(t, 0.1, two.Rates[0].Value, 1e-6)
	require.Equal(t, 1, two.Rates[0].Multiplicity)
	require.Equal(t, finance.NoRate, irr(t, -1e12, 2.2e12-0.01, -1.21e12).Reason)
	require.Equal(t, "2 rates of return", two.Only().Reason)
}

func TestIRRFarOut(t *testing.T) {
	require.Equal(t, []float64{1e300 - 1}, values(irr(t, -1, 1e300)))
	r := irr(t, -1e300, 1)
	require.Equal(t, []finance.Rate{{-1, 1e-300, 1}}, r.Rates) // Growth tells it from −1
	r = irr(t, -1e-300, 1e300)
	require.Equal(t, 1, r.Beyond)
	require.Equal(t, finance.TooLarge, r.Only().Reason)
	require.Equal(t, finance.TooLarge, r.Nearest(0).Reason)
	r = irr(t, -math.MaxFloat64, math.SmallestNonzeroFloat64)
	require.Equal(t, 1, r.Beyond)
	require.InEpsilon(t, 1e-12, irr(t, -1, 1.000000000001).Only().Value, 1e-15)
	require.InEpsilon(t, 5.25-1, irr(t, -4e300, 21e300).Only().Value, 1e-15)
	// Both kinds at once: (x − 1e-200)(x − 1e200) scaled.
	r = irr(t, 1, -1e200, 1)
	require.Equal(t, []float64{-1, 1e200}, values(r))
}

func TestIRRRefuses(t *testing.T) {
	_, err := finance.IRR([]float64{1, math.NaN(), math.Inf(1)})
	require.ErrorIs(t, err, verdict.ErrRange)
	require.ErrorContains(t, err, "flows[1]")
	require.ErrorContains(t, err, "flows[2]")
}

// Flows built from known rates give them back, whatever their multiplicity.
func TestIRRFindsTheRatesItWasBuiltFrom(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 60 {
		product := []*big.Int{big.NewInt(int64(rng.IntN(2)*2 - 1))}
		want := map[float64]int{}
		for range 1 + rng.IntN(5) { // factor 20 − (20+n)·x, a rate of n/20
			n := rng.Int64N(60) - 15
			want[float64(n)/20]++
			product = multiply(product, big.NewInt(20), big.NewInt(-20-n))
		}
		if rng.IntN(2) == 0 { // and a factor without real roots
			product = multiply(product, big.NewInt(3), big.NewInt(-2), big.NewInt(1))
		}
		flows := make([]float64, len(product))
		for i, c := range product {
			flows[i], _ = new(big.Float).SetInt(c).Float64()
		}
		r := irr(t, flows...)
		got := map[float64]int{}
		count := 0
		for _, rate := range r.Rates {
			got[rate.Value] = rate.Multiplicity
			count += rate.Multiplicity
		}
		require.Equal(t, want, got, flows)
		require.Zero(t, r.Unproven)
		require.Zero(t, (r.SignChanges-count)%2)
	}
}

func multiply(p []*big.Int, q ...*big.Int) []*big.Int {
	product := make([]*big.Int, len(p)+len(q)-1)
	for i := range product {
		product[i] = new(big.Int)
	}
	for i, a := range p {
		for j, b := range q {
			product[i+j].Add(product[i+j], new(big.Int).Mul(a, b))
		}
	}
	return product
}

// A slow twin looks for sign changes of the net present value on a fine grid: every
// one that it sees is there.
func TestIRRAgainstGrid(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	for range 40 {
		flows := make([]float64, 2+rng.IntN(12))
		for i := range flows {
			flows[i] = float64(rng.IntN(201) - 100)
		}
		r := irr(t, flows...)
		count := 0
		for _, rate := range r.Rates {
			count += rate.Multiplicity
		}
		require.LessOrEqual(t, count, r.SignChanges)
		require.Zero(t, (r.SignChanges-count)%2)
		seen := naiveRates(flows)
		require.GreaterOrEqual(t, len(r.Rates), len(seen), flows)
		for _, s := range seen {
			require.InDelta(t, s, r.Nearest(s).Value, 1e-6*(1+s), flows)
		}
	}
}

// naiveRates bisects where the sum of float64 changes sign on a grid of rates.
func naiveRates(flows []float64) []float64 {
	value := func(r float64) float64 {
		sum := 0.0
		for _, f := range slices.Backward(flows) {
			sum = sum/(1+r) + f
		}
		return sum
	}
	var found []float64
	const steps = 2000
	at := func(i int) float64 { return math.Exp(-4+8*float64(i)/steps) - 1 }
	for i := range steps {
		lo, hi := at(i), at(i+1)
		if value(lo)*value(hi) >= 0 {
			continue
		}
		for range 60 {
			if mid := (lo + hi) / 2; value(mid)*value(lo) > 0 {
				lo = mid
			} else {
				hi = mid
			}
		}
		found = append(found, lo)
	}
	return found
}

func TestXIRR(t *testing.T) {
	d := calendar.MustParse
	year := d("2027-01-01")
	x := func(flows ...finance.Dated) finance.Rates {
		r, err := finance.XIRR(flows)
		require.NoError(t, err)
		return r
	}
	// One year of 365 days at 10 %, in either order and in parts.
	require.Equal(t, []finance.Rate{{0.1, 1.1, 1}}, x(finance.Dated{year.AddDays(365), 110}, finance.Dated{year, -100}).Rates)
	require.Equal(t, []finance.Rate{{0.1, 1.1, 1}}, x(finance.Dated{year, -99.9}, finance.Dated{year.AddDays(365), 110}, finance.Dated{year, -0.1}).Rates)
	// Two days: a growth of 1.5^365, and of 1.5^−365.
	r := x(finance.Dated{year, -2}, finance.Dated{year.AddDays(1), 3})
	require.InEpsilon(t, math.Exp(365*math.Log(1.5)), r.Rates[0].Growth, 1e-12)
	r = x(finance.Dated{year, -3}, finance.Dated{year.AddDays(1), 2})
	require.InEpsilon(t, math.Exp(-365*math.Log(1.5)), r.Rates[0].Growth, 1e-12)
	require.Equal(t, -1.0, r.Rates[0].Value)
	require.Equal(t, 1, x(finance.Dated{year, -1}, finance.Dated{year.AddDays(1), 1e9}).Beyond)
	// Several rates over several years of days: −1600, 10000, −10000 a year apart.
	r = x(finance.Dated{year, -1600}, finance.Dated{year.AddDays(365), 10000}, finance.Dated{year.AddDays(730), -10000})
	require.Equal(t, []float64{0.25, 4}, values(r))
	require.Equal(t, 0.25, r.Nearest(0.1).Value)
	require.Equal(t, 4.0, r.Nearest(3).Value)
	// A hundred years.
	r = x(finance.Dated{year, -1}, finance.Dated{year.AddDays(36500), 2})
	require.InEpsilon(t, math.Expm1(math.Ln2/100), r.Only().Value, 1e-13)
	// A heavy loss, where guesses diverge.
	r = x(finance.Dated{d("2019-01-01"), -1000}, finance.Dated{d("2019-03-01"), 1}, finance.Dated{d("2020-12-31"), 1e-3})
	require.InDelta(t, -1, r.Only().Value, 2e-3)
	v, err := finance.XNPV(r.Only().Value, []finance.Dated{{d("2019-01-01"), -1000}, {d("2019-03-01"), 1}, {d("2020-12-31"), 1e-3}})
	require.NoError(t, err)
	require.InDelta(t, 0, v.Value, 1e-6)

	require.Equal(t, finance.NoFlows, x().Reason)
	require.Equal(t, finance.AnyRate, x(finance.Dated{year, 1}, finance.Dated{year, -1}).Reason)
	require.Equal(t, finance.OneDate, x(finance.Dated{year, 1}, finance.Dated{year, 1}).Reason)
	_, err = finance.XIRR([]finance.Dated{{0, 1}, {-4, math.Inf(-1)}})
	for _, path := range []string{"flows[0].day", "flows[1].day", "flows[1].flow"} {
		require.ErrorContains(t, err, path)
	}
}

// The extremes that are let in: a thousand years, and the largest ratio of flows.
func TestIRRAtItsLimits(t *testing.T) {
	first := calendar.MustParse("1027-01-01")
	last := first.AddDays(365_250)
	r, err := finance.XIRR([]finance.Dated{
		{first, -1}, {last.AddDays(-1), -math.MaxFloat64}, {last, math.SmallestNonzeroFloat64},
	})
	require.NoError(t, err)
	require.Equal(t, 1, r.Beyond)
	r, err = finance.XIRR([]finance.Dated{
		{first, math.SmallestNonzeroFloat64}, {first.AddDays(1), -math.MaxFloat64}, {last.AddDays(-1), -math.MaxFloat64}, {last, math.SmallestNonzeroFloat64},
	})
	require.NoError(t, err)
	require.Equal(t, 2, r.Beyond)
	_, err = finance.XIRR([]finance.Dated{{last.AddDays(1), 1}, {first, -1}})
	require.ErrorIs(t, err, verdict.ErrRange)
	require.ErrorContains(t, err, "flows[0].day")
	_, err = finance.IRR(make([]float64, 365_252))
	require.ErrorIs(t, err, verdict.ErrRange)

	flows := make([]float64, 365_251)
	flows[0], flows[len(flows)-2], flows[len(flows)-1] = -1, -math.MaxFloat64, math.SmallestNonzeroFloat64
	require.Equal(t, 1, irr(t, flows...).Beyond)
}

func TestRatesJSON(t *testing.T) {
	r := irr(t, -1600, 10000, -10000)
	data, err := json.Marshal(r)
	require.NoError(t, err)
	require.JSONEq(t, `{"signChanges":2,"rates":[{"value":0.25,"growth":1.25,"multiplicity":1},{"value":4,"growth":5,"multiplicity":1}]}`, string(data))
	var back finance.Rates
	require.NoError(t, json.Unmarshal(data, &back))
	require.Equal(t, r, back)
}

func FuzzIRR(f *testing.F) {
	f.Add(-100.0, 220.0, -121.0, 0.0, 0.0)
	f.Add(1.0, -4.0, 6.0, -4.0, 1.0)
	f.Add(-1e300, 1e-300, 1e300, -5.0, 0.1)
	f.Fuzz(func(t *testing.T, a, b, c, d, e float64) {
		flows := []float64{a, b, c, d, e}
		r, err := finance.IRR(flows)
		if err != nil {
			return
		}
		count := r.Beyond
		last := math.Inf(-1)
		for _, rate := range r.Rates {
			require.True(t, rate.Growth > 0 && rate.Value >= last && !math.IsInf(rate.Value, 0))
			last = rate.Value
			count += rate.Multiplicity
		}
		require.LessOrEqual(t, count, r.SignChanges)
		if r.Beyond == 0 {
			require.Zero(t, (r.SignChanges-count)%2)
		}
		require.Equal(t, len(r.Rates)+r.Beyond == 0, r.Reason != "")
	})
}

func FuzzXIRR(f *testing.F) {
	f.Add(-100.0, 220.0, -121.0, int32(365), int32(365))
	f.Add(1.0, -1e300, 1e-300, int32(1), int32(365_249))
	f.Fuzz(func(t *testing.T, a, b, c float64, gap, further int32) {
		day := calendar.MustParse("2027-01-01")
		second := day.AddDays(int(gap))
		flows := []finance.Dated{{second.AddDays(int(further)), c}, {day, a}, {second, b}}
		r, err := finance.XIRR(flows)
		if err != nil {
			return
		}
		require.LessOrEqual(t, len(r.Rates)+r.Beyond, r.SignChanges)
		slices.Reverse(flows)
		again, err := finance.XIRR(flows)
		require.NoError(t, err)
		require.Equal(t, r, again)
	})
}
