package risk_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/money"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/risk"
)

func TestMean(t *testing.T) {
	for _, c := range []struct {
		shape risk.Shape
		want  string
	}{
		{0, "13/3"}, {risk.Triangular, "13/3"}, {risk.PERT, "11/3"}, {risk.Uniform, "5"},
	} {
		require.Equal(t, c.want, c.shape.Mean(ratio.Int(1), ratio.Int(3), ratio.Int(9)).String())
		require.Equal(t, "7", c.shape.Mean(ratio.Int(7), ratio.Int(7), ratio.Int(7)).String())
	}
}

func TestEMV(t *testing.T) {
	span := risk.MoneyRange{Min: eur("100"), Mode: eur("200"), Max: eur("600")}
	for name, c := range map[string]struct {
		estimate risk.Estimate
		exact    string // in cents
		text     string
	}{
		"a third of 300":      {risk.Estimate{Probability: share("1/3"), Impact: span}, "10000", "100.00 EUR"},
		"a fraction of cents": {risk.Estimate{Probability: share("1/7"), Impact: span}, "30000/7", "42.86 EUR"},
		"never":               {risk.Estimate{Probability: share("0"), Impact: span}, "0", "0.00 EUR"},
		"certain":             {risk.Estimate{Probability: share("1"), Impact: span}, "30000", "300.00 EUR"},
		"a rate":              {risk.Estimate{Rate: share("5/2"), Impact: span}, "75000", "750.00 EUR"},
		"a point": {
			risk.Estimate{Probability: share("1/2"), Impact: risk.MoneyRange{Min: eur("9"), Mode: eur("9"), Max: eur("9")}},
			"450", "4.50 EUR",
		},
		"no probability": {risk.Estimate{Impact: span}, "undefined: no probability or rate is given", "undefined: no probability or rate is given"},
		"no impact":      {risk.Estimate{Probability: share("1/2")}, "undefined: no impact in money is given", "undefined: no impact in money is given"},
		"two currencies": {
			risk.Estimate{Probability: share("1/2"), Impact: risk.MoneyRange{Min: eur("1"), Mode: money.MustParse("2 USD"), Max: eur("3")}},
			"undefined: currencies differ", "undefined: currencies differ",
		},
		"overflow": {
			risk.Estimate{Rate: ratio.Int(math.MaxInt64), Impact: span}, "undefined: overflow", "undefined: overflow",
		},
	} {
		t.Run(name, func(t *testing.T) {
			emv := c.estimate.EMV()
			require.Equal(t, c.exact, emv.Minor.String())
			require.Equal(t, c.text, emv.String())
		})
	}
}

// Three amounts near the end of the range still have an exact mean, or a
// reason; never a wrapped-around number.
func TestMeanOfHugeAmounts(t *testing.T) {
	huge := money.FromMinor(math.MaxInt64, money.EUR)
	mean := risk.MoneyRange{Min: huge, Mode: huge, Max: huge}.Mean()
	require.Equal(t, ratio.Overflow, mean.Minor.Reason())
	mean = risk.MoneyRange{Max: huge, Shape: risk.Uniform}.Mean()
	require.Equal(t, ratio.New(math.MaxInt64, 2), mean.Minor)
}

func TestDelayMean(t *testing.T) {
	require.Equal(t, "5", risk.DelayRange{Min: 1, Mode: 4, Max: 10}.Mean().String())
	require.Equal(t, risk.NoDelay, risk.DelayRange{}.Mean().Reason())
}

func TestExposure(t *testing.T) {
	a := risk.Exposure{Minor: share("5/2"), Currency: money.EUR}
	b := risk.ExposureOf(eur("1"))
	require.Equal(t, share("205/2"), a.Add(b).Minor)
	require.Equal(t, share("-195/2"), a.Sub(b).Minor)
	require.Equal(t, money.EUR, risk.ExposureOf(money.Amount{}).Add(b).Currency)
	require.Equal(t, risk.CurrenciesDiffer, a.Add(risk.ExposureOf(money.MustParse("1 USD"))).Minor.Reason())

	lost := risk.Exposure{Minor: ratio.Undefined("lost")}
	require.Equal(t, "lost", lost.Add(b).Minor.Reason())
	require.Equal(t, "lost", b.Sub(lost).Minor.Reason())
	_, err := lost.Amount(money.HalfUp)
	require.ErrorIs(t, err, ratio.ErrUndefined)

	rounded, err := a.Amount(money.HalfUp)
	require.NoError(t, err)
	require.Equal(t, eur("0.03"), rounded)
	require.Equal(t, "0.02 EUR", a.String()) // half to even
}
