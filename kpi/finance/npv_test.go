package finance_test

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/money"
	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/kpi/finance"
)

func TestNPV(t *testing.T) {
	for _, c := range []struct {
		rate  float64
		flows []float64
		want  finance.Number
	}{
		{0.1, nil, finance.Number{Reason: finance.NoFlows}},
		{0.1, []float64{0, 0}, finance.Number{}},
		{0.1, []float64{-100, 110}, finance.Number{}}, // exactly, since 0.1 is one tenth
		{0, []float64{0.1, 0.2, -0.3}, finance.Number{}},
		{0, []float64{1e300, 1, -1e300}, finance.Number{Value: 1}},
		{1, []float64{1e308, 1e308, 1e308}, finance.Number{Value: 1.75e308}},
		{0, []float64{1e308, 1e308}, finance.Number{Reason: finance.TooLarge}},
		{-0.5, []float64{0, 0, 1}, finance.Number{Value: 4}},
		{-0.9999999999999999, []float64{0, 1}, finance.Number{Value: 1e16}},
		{1e300, []float64{5, 1e300}, finance.Number{Value: 6}},
		{math.SmallestNonzeroFloat64, []float64{-1, 1}, finance.Number{Value: 0}}, // −5e-324 and below
	} {
		got, err := finance.NPV(c.rate, c.flows)
		require.NoError(t, err)
		if c.rate == math.SmallestNonzeroFloat64 {
			require.InDelta(t, 0, got.Value, 1e-300)
			continue
		}
		require.Equal(t, c.want, got, c)
	}
}

// Both conventions differ by one period.
func TestConventions(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	for range 50 {
		flows := make([]float64, 1+rng.IntN(40))
		slow := 0.0
		rate := rng.Float64()*2 - 0.9
		for i := range flows {
			flows[i] = rng.NormFloat64() * 1000
			slow += flows[i] * math.Pow(1+rate, -float64(i))
		}
		a, err := finance.NPV(rate, flows)
		require.NoError(t, err)
		b, err := finance.SpreadsheetNPV(rate, flows)
		require.NoError(t, err)
		require.InEpsilon(t, slow, a.Value, 1e-9)
		require.InEpsilon(t, a.Value/(1+rate), b.Value, 1e-12)
	}
}

func TestRatesAreChecked(t *testing.T) {
	day := calendar.MustParse("2027-01-01")
	for _, rate := range []float64{-1, -1.5, math.NaN(), math.Inf(1), math.Inf(-1)} {
		_, err := finance.NPV(rate, []float64{1, math.NaN()})
		require.ErrorIs(t, err, verdict.ErrRange)
		require.ErrorContains(t, err, "flows[1]")
		_, err = finance.XNPV(rate, []finance.Dated{{day, 1}, {0, 1}})
		require.ErrorContains(t, err, "rate: ")
		require.ErrorContains(t, err, "flows[1].day")
		_, err = finance.MIRR([]float64{-1, 1}, rate, rate)
		require.ErrorContains(t, err, "finance: ")
		require.ErrorContains(t, err, "reinvest: ")
		_, err = finance.DiscountedPayback(rate, []float64{-1, 1})
		require.ErrorIs(t, err, verdict.ErrRange)
		_, err = finance.PerPeriod(rate, 0)
		require.ErrorContains(t, err, "annual: ")
		require.ErrorContains(t, err, "periods: ")
	}
}

func TestXNPV(t *testing.T) {
	day := calendar.MustParse("2027-01-01")
	x := func(rate float64, flows ...finance.Dated) finance.Number {
		v, err := finance.XNPV(rate, flows)
		require.NoError(t, err)
		return v
	}
	require.Equal(t, finance.NoFlows, x(0.1).Reason)
	require.Equal(t, finance.Number{Value: 10}, x(0.1, finance.Dated{day, 7}, finance.Dated{day, 3}))
	require.Equal(t, finance.Number{}, x(0.1, finance.Dated{day.AddDays(365), 110}, finance.Dated{day, -100}))
	require.InEpsilon(t, 100/math.Pow(1.1, 50.0/365), x(0.1, finance.Dated{day, 0}, finance.Dated{day.AddDays(50), 100}).Value, 1e-14)
	require.InEpsilon(t, 1e100, x(-1+1e-10, finance.Dated{day, 0}, finance.Dated{day.AddDays(3650), 1}).Value, 1e-5)
	require.Equal(t, finance.TooLarge, x(-1+1e-10, finance.Dated{day, 1}, finance.Dated{day.AddDays(36500), 1}).Reason)
}

func TestMIRR(t *testing.T) {
	for _, c := range []struct {
		flows []float64
		want  finance.Number
	}{
		{nil, finance.Number{Reason: finance.NoOutlay}},
		{[]float64{1, 2}, finance.Number{Reason: finance.NoOutlay}},
		{[]float64{-1, 0}, finance.Number{Reason: finance.NoReturn}},
		{[]float64{-100, 0, 144}, finance.Number{Value: 0.2}},
		{[]float64{-100, 120}, finance.Number{Value: 0.2}},
	} {
		got, err := finance.MIRR(c.flows, 0.1, 0.1)
		require.NoError(t, err)
		require.Equal(t, c.want, got)
	}
	_, err := finance.MIRR([]float64{math.NaN()}, 0, 0)
	require.ErrorContains(t, err, "flows[0]")
}

func TestPayback(t *testing.T) {
	number := func(v float64) finance.Number { return finance.Number{Value: v} }
	never := finance.Number{Reason: finance.Never}
	for _, c := range []struct {
		rate  float64
		flows []float64
		want  finance.Payback
	}{
		{0, []float64{-1000, 400, 400, 400}, finance.Payback{number(2.5), number(3), number(2.5)}},
		{0, []float64{-1000, 1200, -500, 600}, finance.Payback{number(1000.0 / 1200), number(1), number(2.5)}}, // lost again
		{0, []float64{-0.3, 0.1, 0.1, 0.1}, finance.Payback{number(3), number(3), number(3)}},                  // exactly
		{0.1, []float64{-100, 55, 60.5}, finance.Payback{number(2), number(2), number(2)}},                     // 50 + 50
		{0, []float64{-1, 1, -1}, finance.Payback{number(1), number(1), never}},
		{0, []float64{5, -10, 3}, finance.Payback{number(0), number(0), never}},
		{0, []float64{5, -10, 6}, finance.Payback{number(0), number(0), number(2 - 1.0/6)}},
		{0, []float64{-1}, finance.Payback{never, never, never}},
		{0, []float64{0, 0}, finance.Payback{number(0), number(0), number(0)}},
		{0.5, []float64{-1e300, 1e-300}, finance.Payback{never, never, never}},
	} {
		got, err := finance.DiscountedPayback(c.rate, c.flows)
		require.NoError(t, err)
		require.Equal(t, c.want, got, c.flows)
	}
	got, err := finance.PaybackTime(nil)
	require.NoError(t, err)
	require.Equal(t, finance.NoFlows, got.Time.Reason)
	_, err = finance.PaybackTime([]float64{math.Inf(1)})
	require.ErrorContains(t, err, "flows[0]")
	data, err := json.Marshal(finance.Payback{Lasting: never})
	require.NoError(t, err)
	var back finance.Payback
	require.NoError(t, json.Unmarshal(data, &back))
	require.Equal(t, finance.Payback{Lasting: never}, back)
}

func TestMoney(t *testing.T) {
	flows, err := finance.Flows([]money.Amount{money.MustParse("-1234.50 EUR"), {}, money.MustParse("0.10 EUR")})
	require.NoError(t, err)
	require.Equal(t, []float64{-1234.5, 0, 0.1}, flows)
	_, err = finance.Flows([]money.Amount{money.MustParse("1 EUR"), money.MustParse("1 JPY")})
	require.ErrorIs(t, err, money.ErrCurrency)
	flows, err = finance.Flows([]money.Amount{money.FromMinor(math.MaxInt64, money.EUR), money.FromMinor(math.MaxInt64, money.EUR)})
	require.NoError(t, err)
	require.Len(t, flows, 2)

	for text, value := range map[string]float64{
		"0.02 EUR": 0.025, "0.04 EUR": 0.035, "-0.02 EUR": -0.025, "-0.04 EUR": -0.035, "0.03 EUR": 0.0251,
		"1.00 EUR": 1.005, // the text is a tie, the float64 a little less
		"12 JPY":   12.5, "14 JPY": 13.5, "0 JPY": -0.5, "1.235 KWD": 1.2349999,
	} {
		want := money.MustParse(text)
		got, err := finance.Round(value, want.Currency())
		require.NoError(t, err)
		require.Equal(t, want, got, value)
	}
	for _, v := range []float64{math.NaN(), math.Inf(1), 1e20, 9.3e16} {
		_, err := finance.Round(v, money.EUR)
		require.ErrorIs(t, err, verdict.ErrRange)
	}
	_, err = finance.Round(1, 0)
	require.ErrorIs(t, err, verdict.ErrInvalid)
}

func TestNumber(t *testing.T) {
	require.Equal(t, "0.25", finance.Number{Value: 0.25}.String())
	require.Equal(t, "undefined: no cost", finance.Number{Reason: finance.NoCost}.String())
	v, ok := finance.Number{Value: 0.25}.Float64()
	require.True(t, ok)
	require.Equal(t, 0.25, v)
}

// The net present value is 0 at each rate, as near as the rate can be written, and
// payback, if there is one, lies within the flows.
func FuzzNPV(f *testing.F) {
	f.Add(0.1, -100.0, 60.0, 60.0)
	f.Add(-0.99, 1e300, -1e-300, 5.0)
	f.Fuzz(func(t *testing.T, rate, a, b, c float64) {
		flows := []float64{a, b, c}
		v, err := finance.NPV(rate, flows)
		p, errP := finance.DiscountedPayback(rate, flows)
		require.Equal(t, err == nil, errP == nil)
		if err != nil {
			return
		}
		require.False(t, math.IsNaN(v.Value) || math.IsInf(v.Value, 0))
		if p.Time.Defined() {
			require.True(t, p.Time.Value >= 0 && p.Time.Value <= 2 && p.Whole.Value-p.Time.Value <= 1)
		}
		require.Equal(t, p.Lasting.Defined() && p.Time.Defined(), p.Lasting.Defined())
		if v.Defined() && v.Value > 0 {
			require.True(t, p.Lasting.Defined())
		}
	})
}
