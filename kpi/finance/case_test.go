package finance_test

import (
	"encoding/json"
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/money"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/kpi/finance"
)

var eur = money.MustParse

func rollout() finance.Case {
	return finance.Case{
		Rate: 0.1,
		Benefits: []finance.Benefit{
			{ID: "B-1", Name: "Margin on won deals", Kind: finance.Sales, From: 1, Amounts: finance.Every(2, eur("110.00 EUR"))},
			{ID: "B-2", Name: "Customers who stay", Kind: finance.Satisfaction, From: 2, Amounts: finance.Every(1, eur("60.50 EUR"))},
		},
		Costs: []finance.Cost{
			{ID: "C-1", Name: "Licences", Kind: finance.Software, Nature: finance.Recurring, Amounts: finance.Every(3, eur("12.10 EUR"))},
			{ID: "C-2", Name: "Set-up", Kind: finance.Implementation, Nature: finance.OneOff, Amounts: finance.Every(1, eur("100.00 EUR"))},
			{ID: "C-3", Name: "Courses", Kind: finance.Training, Nature: finance.OneOff, From: 1, Amounts: finance.Every(1, eur("22.00 EUR"))},
		},
	}
}

// KP-09, KP-13, CP-17: every number of a small case, worked by hand.
func TestCaseByHand(t *testing.T) {
	r, err := rollout().Evaluate()
	require.NoError(t, err)
	require.Equal(t, []finance.Period{
		{eur("0.00 EUR"), eur("112.10 EUR"), eur("-112.10 EUR"), eur("-112.10 EUR")},
		{eur("110.00 EUR"), eur("34.10 EUR"), eur("75.90 EUR"), eur("-36.20 EUR")},
		{eur("170.50 EUR"), eur("12.10 EUR"), eur("158.40 EUR"), eur("122.20 EUR")},
	}, r.Periods)
	require.Equal(t, eur("280.50 EUR"), r.Benefits)
	require.Equal(t, eur("158.30 EUR"), r.Costs)
	require.Equal(t, eur("122.00 EUR"), r.OneOff)
	require.Equal(t, eur("36.30 EUR"), r.Recurring)
	require.Equal(t, eur("122.20 EUR"), r.Net)
	require.Equal(t, []finance.BenefitTotal{{finance.Sales, eur("220.00 EUR")}, {finance.Satisfaction, eur("60.50 EUR")}}, r.ByBenefit)
	require.Equal(t, []finance.CostTotal{{finance.Software, eur("36.30 EUR")}, {finance.Implementation, eur("100.00 EUR")}, {finance.Training, eur("22.00 EUR")}}, r.ByCost)
	require.Equal(t, ratio.New(12220, 15830), r.ROI)

	benefits := 100 + 170.5/1.21
	costs := 112.1 + 31 + 10
	require.InEpsilon(t, benefits, r.PVBenefits.Value, 1e-14)
	require.InEpsilon(t, costs, r.PVCosts.Value, 1e-14)
	require.InEpsilon(t, benefits-costs, r.NPV.Value, 1e-13)
	require.InEpsilon(t, benefits/costs, r.BenefitCost.Value, 1e-14)
	require.InEpsilon(t, (benefits-costs)/costs, r.DiscountedROI.Value, 1e-13)
	require.InEpsilon(t, 1+36.2/158.4, r.Payback.Time.Value, 1e-14)
	require.InEpsilon(t, 1+(112.1-69)/(158.4/1.21), r.Discounted.Time.Value, 1e-14)
	require.Equal(t, 1, r.Rates.SignChanges)

	require.Len(t, r.Sensitivity, 3)
	require.Equal(t, "B-1", r.Sensitivity[0].ID)
	require.InEpsilon(t, (benefits-costs)/(100+110/1.21), r.Sensitivity[0].Fall.Value, 1e-13)
	require.InEpsilon(t, 50, r.Sensitivity[1].Value.Value, 1e-14)
	require.Greater(t, r.Sensitivity[1].Fall.Value, 1.0) // the case holds without it
	require.InEpsilon(t, (benefits-costs)/benefits, r.Sensitivity[2].Fall.Value, 1e-13)
}

// A benefit that falls by its Fall makes the net present value 0.
func TestSensitivityHolds(t *testing.T) {
	c := rollout()
	r, err := c.Evaluate()
	require.NoError(t, err)
	fall := r.Sensitivity[0].Fall.Value
	left, err := finance.Round(110*(1-fall), money.EUR)
	require.NoError(t, err)
	c.Benefits[0].Amounts = finance.Every(2, left)
	r, err = c.Evaluate()
	require.NoError(t, err)
	require.InDelta(t, 0, r.NPV.Value, 0.01) // rounding to cents, twice
}

func TestCasesWithoutASide(t *testing.T) {
	r, err := finance.Case{}.Evaluate()
	require.NoError(t, err)
	require.Equal(t, ratio.Undefined(finance.NoCost), r.ROI)
	require.Equal(t, finance.NoCost, r.BenefitCost.Reason)
	require.Equal(t, finance.NoBenefit, r.Sensitivity[0].Fall.Reason)
	require.Equal(t, []finance.Period{{}}, r.Periods)

	c := rollout()
	c.Benefits = nil
	r, err = c.Evaluate()
	require.NoError(t, err)
	require.Equal(t, ratio.Int(-1), r.ROI)
	require.Equal(t, eur("0.00 EUR"), r.Benefits)
	require.Equal(t, finance.Never, r.Payback.Time.Reason)
	require.Equal(t, finance.NoSignChange, r.Rates.Reason)

	c = rollout()
	c.Costs = nil
	c.Benefits = append(c.Benefits, finance.Benefit{ID: "B-3", Kind: finance.Efficiency})
	r, err = c.Evaluate()
	require.NoError(t, err)
	require.Equal(t, finance.NoCost, r.ROI.Reason())
	require.Equal(t, eur("0.00 EUR"), r.OneOff)
	require.Equal(t, finance.BenefitTotal{Kind: finance.Efficiency, Total: eur("0.00 EUR")}, r.ByBenefit[2])
	require.Equal(t, finance.NoBenefit, r.Sensitivity[2].Fall.Reason)
}

func TestCaseRefuses(t *testing.T) {
	c := finance.Case{
		Rate: -1,
		Benefits: []finance.Benefit{
			{ID: "B", Kind: 9, From: -1, Amounts: []money.Amount{eur("1 EUR"), eur("1 JPY"), money.FromMinor(1, 0)}},
			{ID: "B"},
		},
		Costs: []finance.Cost{{From: finance.MaxPeriods, Amounts: finance.Every(2, eur("1 EUR"))}},
	}
	_, err := c.Evaluate()
	for _, path := range []string{
		"rate: ", "benefits[0].kind: ", "benefits[0].from: ", "benefits[0].amounts[1]: ", "benefits[0].amounts[2]: ", "benefits[1].id: ", "benefits[1].kind: ",
		"costs[0].id: ", "costs[0].kind: ", "costs[0].nature: ", "costs[0].from: ",
	} {
		require.ErrorContains(t, err, path)
	}
	require.ErrorIs(t, err, money.ErrCurrency)

	huge := money.FromMinor(math.MaxInt64, money.EUR)
	c = rollout()
	c.Benefits[0].Amounts = finance.Every(2, huge)
	_, err = c.Evaluate()
	require.ErrorIs(t, err, verdict.ErrRange)
	require.ErrorContains(t, err, "benefits: ")
	c = rollout()
	c.Benefits[0].Amounts = finance.Every(1, huge)
	c.Benefits[1].Amounts = nil
	c.Costs[0].Amounts = finance.Every(1, eur("-200.00 EUR"))
	_, err = c.Evaluate()
	require.ErrorIs(t, err, money.ErrOverflow)
}

func TestCaseJSON(t *testing.T) {
	c := rollout()
	data, err := json.Marshal(c)
	require.NoError(t, err)
	var back finance.Case
	require.NoError(t, json.Unmarshal(data, &back))
	require.Empty(t, cmp.Diff(c, back))

	r, err := c.Evaluate()
	require.NoError(t, err)
	data, err = json.Marshal(r)
	require.NoError(t, err)
	var backR finance.Return
	require.NoError(t, json.Unmarshal(data, &backR))
	require.Empty(t, cmp.Diff(r, backR))
}

func TestPerPeriod(t *testing.T) {
	m, err := finance.PerPeriod(0.1, 12)
	require.NoError(t, err)
	require.InEpsilon(t, 1.1, math.Pow(1+m, 12), 1e-14)
	require.Empty(t, finance.Every(0, eur("1 EUR")))
	require.Equal(t, finance.Case{}.Currency(), money.Currency(0))
}

func TestWords(t *testing.T) {
	for k := range finance.BenefitKind(5) {
		text, err := k.MarshalText()
		require.NoError(t, err)
		var back finance.BenefitKind
		require.NoError(t, back.UnmarshalText(text))
		require.Equal(t, k, back)
		require.Equal(t, k != 0, k.IsValid())
		if parsed, err := finance.ParseBenefitKind(k.String()); k != 0 {
			require.NoError(t, err)
			require.Equal(t, k, parsed)
		}
	}
	for k := range finance.CostKind(5) {
		text, err := k.MarshalText()
		require.NoError(t, err)
		var back finance.CostKind
		require.NoError(t, back.UnmarshalText(text))
		require.Equal(t, k, back)
		require.Equal(t, k != 0, k.IsValid())
		if parsed, err := finance.ParseCostKind(k.String()); k != 0 {
			require.NoError(t, err)
			require.Equal(t, k, parsed)
		}
	}
	for n := range finance.Nature(3) {
		text, err := n.MarshalText()
		require.NoError(t, err)
		var back finance.Nature
		require.NoError(t, back.UnmarshalText(text))
		require.Equal(t, n, back)
		require.Equal(t, n != 0, n.IsValid())
		if parsed, err := finance.ParseNature(n.String()); n != 0 {
			require.NoError(t, err)
			require.Equal(t, n, parsed)
		}
	}
	require.False(t, finance.Nature(3).IsValid())
	_, err := finance.CostKind(9).MarshalText()
	require.Error(t, err)
}

func FuzzWords(f *testing.F) {
	f.Add("sales")
	f.Add("training")
	f.Add("one_off")
	f.Fuzz(func(t *testing.T, text string) {
		var b finance.BenefitKind
		if b.UnmarshalText([]byte(text)) == nil && b != 0 {
			require.True(t, b.IsValid())
		}
		var c finance.CostKind
		if c.UnmarshalText([]byte(text)) == nil && c != 0 {
			require.True(t, c.IsValid())
		}
		var n finance.Nature
		if n.UnmarshalText([]byte(text)) == nil && n != 0 {
			require.True(t, n.IsValid())
		}
	})
}
