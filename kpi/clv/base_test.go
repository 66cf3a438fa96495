package clv_test

import (
	"encoding/json"
	"fmt"
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/kpi"
	"github.com/crmrollout/crm/kpi/clv"
)

// baseHistory has customers who order every so many weeks, and one whose refunds
// leave nothing.
func baseHistory(tb testing.TB) *kpi.History[int] {
	tb.Helper()
	var h kpi.History[int]
	start := calendar.MustParse("2027-01-04")
	for customer := range 60 {
		for day := customer % 7; day < 300-4*customer; day += 7 * (1 + customer%9) {
			require.NoError(tb, h.Add(customer, start.AddDays(day), int64(10_00+day)))
		}
	}
	return &h
}

var (
	baseModel = clv.BGNBD{R: 0.25, Alpha: 4.4, A: 0.8, B: 2.4}
	baseSpend = clv.GammaGamma{P: 6.25, Q: 3.74, Gamma: 15.45}
	baseYear  = clv.Horizon{Periods: 13, Length: 4, Rate: 0.006}
)

// KP-13: the base is the sum of its customers.
func TestValueBase(t *testing.T) {
	summary, err := clv.Summarize(baseHistory(t), calendar.MustParse("2027-12-31"), clv.Options{Unit: clv.Week, MinorPerUnit: 100})
	require.NoError(t, err)
	b, err := clv.ValueBase(baseModel, baseSpend, summary, baseYear)
	require.NoError(t, err)
	var alive, expected, value float64
	for _, row := range summary.Rows {
		a, ok := baseModel.Alive(row.Observation)
		require.True(t, ok)
		x, ok := baseModel.Expected(row.Observation, 52)
		require.True(t, ok)
		v, ok := clv.Value(baseModel, baseSpend, row.Observation, baseYear)
		require.True(t, ok)
		alive, expected, value = alive+a, expected+x, value+v
	}
	require.Equal(t, clv.Base{Customers: 60, Priced: 60, Alive: alive, Expected: expected, Value: value}, b)

	m := b.Measurements(summary.End)
	require.Equal(t, summary.End, m["active_customers"].On)
	for code, want := range map[string]float64{"active_customers": alive, "average_customer_value": value / 60} {
		_, known := kpi.Find(code)
		require.True(t, known, code)
		got, ok := m[code].Value.Float64()
		require.True(t, ok)
		require.InDelta(t, want, got, 0.005, code)
	}

	data, err := json.Marshal(b)
	require.NoError(t, err)
	var back clv.Base
	require.NoError(t, json.Unmarshal(data, &back))
	require.Empty(t, cmp.Diff(b, back))
}

func TestValueBaseCorners(t *testing.T) {
	none, err := clv.ValueBase(baseModel, baseSpend, clv.Summary[int]{}, baseYear)
	require.NoError(t, err)
	require.Zero(t, none)
	for code, m := range none.Measurements(700_000) {
		require.False(t, m.Value.Defined(), code)
		require.NotEmpty(t, m.Value.Reason(), code)
	}

	rows := []clv.Row[int]{
		{Observation: clv.Observation{X: 2, Tx: 5, T: 3}}, // the last purchase after the end
		{Observation: clv.Observation{X: 2, Tx: 3, T: 5, Mean: 20}},
		{Observation: clv.Observation{X: 0, Tx: 0, T: 5}},
	}
	b, err := clv.ValueBase(baseModel, baseSpend, clv.Summary[int]{Rows: rows}, baseYear)
	require.NoError(t, err)
	require.EqualValues(t, 3, b.Customers)
	require.EqualValues(t, 1, b.Unknown)
	require.EqualValues(t, 2, b.Priced)

	poor := clv.GammaGamma{P: 6, Q: 0.5, Gamma: 15} // spend has no mean
	b, err = clv.ValueBase(baseModel, poor, clv.Summary[int]{Rows: rows[2:]}, baseYear)
	require.NoError(t, err)
	require.Zero(t, b.Priced)
	require.False(t, b.Measurements(700_000)["average_customer_value"].Value.Defined())
	huge := clv.Base{Customers: 1, Priced: 1, Alive: 1, Value: math.MaxFloat64}
	require.Equal(t, ratio.Undefined("out of range"), huge.Measurements(700_000)["average_customer_value"].Value)

	_, err = clv.ValueBase(clv.BGNBD{}, clv.GammaGamma{}, clv.Summary[int]{}, clv.Horizon{})
	require.ErrorIs(t, err, verdict.ErrRange)
	require.ErrorContains(t, err, "model")
	require.ErrorContains(t, err, "spend")
	require.ErrorContains(t, err, "horizon")
}

// KP-13: what the customers are worth together, as a measurement for the scorecard.
func ExampleValueBase() {
	var h kpi.History[string]
	for _, e := range []struct {
		customer, day string
		cents         int64
	}{
		{"Ada", "2027-01-04", 40_00}, {"Ada", "2027-02-10", 60_00}, {"Ada", "2027-05-03", 50_00},
		{"Bob", "2027-01-20", 20_00}, {"Bob", "2027-01-29", 25_00},
		{"Eve", "2027-03-01", 80_00},
	} {
		_ = h.Add(e.customer, calendar.MustParse(e.day), e.cents)
	}
	end := calendar.MustParse("2027-06-30")
	summary, _ := clv.Summarize(&h, end, clv.Options{Unit: clv.Week, MinorPerUnit: 100})
	purchases := clv.BGNBD{R: 0.25, Alpha: 4.4, A: 0.8, B: 2.4} // fitted to all customers, see FitBGNBD
	spend := clv.GammaGamma{P: 6.25, Q: 3.74, Gamma: 15.45}
	base, err := clv.ValueBase(purchases, spend, summary, clv.Horizon{Periods: 12, Length: 52.0 / 12, Rate: 0.01})
	if err != nil {
		fmt.Println(err)
		return
	}
	m := base.Measurements(end)
	fmt.Println("customers likely active:", m["active_customers"].Value.Decimal(1))
	fmt.Println("mean value of a year:", m["average_customer_value"].Value.Decimal(2))
	// Output:
	// customers likely active: 2.0
	// mean value of a year: 41.17
}
