package risk_test

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/money"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/risk"
	"github.com/crmrollout/crm/risk/network"
	"github.com/crmrollout/crm/risk/quant"
)

// linkedRisk returns a live threat of a sure loss.
func linkedRisk(id, probability, loss string, causes ...risk.Link) risk.Risk {
	r := risk.Risk{ID: id, Title: id, Kind: risk.Threat, Raised: day("2027-01-01"), Causes: causes}
	if probability != "" {
		r.Estimate.Probability = share(probability)
	}
	if loss != "" {
		r.Estimate.Impact = risk.MoneyRange{Min: eur(loss), Mode: eur(loss), Max: eur(loss)}
	}
	return r
}

func cause(id, weight string) risk.Link { return risk.Link{Risk: id, Weight: share(weight)} }

// The dependency network of the reference with its costs gives the reference's
// percentiles, stated as a register whose probabilities are marginals (RI-04).
func TestQuantifyReference(t *testing.T) {
	t.Parallel()
	r := crm12(t)
	q, err := r.Quantify(t.Context(), today, nil)
	require.NoError(t, err)
	require.Empty(t, q.Gaps)
	require.Len(t, q.Model.Joints, 1)
	result, err := q.Model.Analyze(t.Context(), quant.Options{Method: quant.Exact, Percentiles: []float64{0.5, 0.75, 0.8, 0.9, 0.95, 0.99}})
	require.NoError(t, err)
	var want struct {
		Mean, SD  float64
		Quantiles map[string]float64
	}
	readJSON(t, "crm12_cost_exact.json", &want)
	const cent, tolerance = 100, 10 // the reference is exact to 10 units
	require.InDelta(t, want.Mean, result.Cost.Mean.Value/cent, tolerance)
	for _, p := range result.Cost.Quantiles {
		require.InDelta(t, want.Quantiles[fmt.Sprint(p.P)], p.Value/cent, tolerance, "P%v", p.P)
		require.True(t, p.Exact)
	}
}

func readJSON(t *testing.T, name string, into any) {
	t.Helper()
	data, err := os.ReadFile("testdata/" + name)
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(data, into))
}

// crm12 returns the reference network as a register.
func crm12(t *testing.T) risk.Register {
	t.Helper()
	var n struct {
		Nodes []struct {
			ID   string
			Leak float64
		}
		Edges []struct {
			Source, Target string
			Weight         float64
		}
		Impact    map[string]float64
		Marginals map[string]float64
	}
	readJSON(t, "crm12_network.json", &n)
	var r risk.Register
	for _, node := range n.Nodes {
		one := linkedRisk(node.ID, "", "")
		one.Estimate.Probability = decimal(t, n.Marginals[node.ID])
		if m := n.Impact[node.ID]; m > 0 {
			one.Estimate.Impact = risk.MoneyRange{
				Min: euros(0.6 * m), Mode: euros(m), Max: euros(2 * m), Shape: risk.PERT,
			}
		}
		for _, e := range n.Edges {
			if e.Target == node.ID {
				one.Causes = append(one.Causes, risk.Link{Risk: e.Source, Weight: decimal(t, e.Weight)})
			}
		}
		r.Risks = append(r.Risks, one)
	}
	return r
}

func euros(x float64) money.Amount {
	return money.FromMinor(int64(math.Round(100*x)), money.MustParseCurrency("EUR"))
}

func decimal(t *testing.T, x float64) ratio.Ratio {
	t.Helper()
	return ratio.New(int64(math.Round(x*1e15)), 1e15)
}

// Without causes the model is that of independent risks with the outlooks'
// frequencies, and its mean is the sum of the expected values.
func TestQuantifyIndependent(t *testing.T) {
	t.Parallel()
	r := sound()
	for i := range r.Risks {
		r.Risks[i].Causes = nil
	}
	for name, outlook := range map[string]func(risk.Risk) risk.Outlook{
		"inherent": risk.Risk.Inherent, "residual": risk.Risk.Residual, "planned": risk.Risk.Planned,
	} {
		q, err := r.Quantify(t.Context(), today, outlook)
		require.NoError(t, err, name)
		require.Empty(t, q.Model.Joints)
		require.Empty(t, q.Network.Nodes)
		result, err := q.Model.Analyze(t.Context(), quant.Options{})
		require.NoError(t, err, name)
		want := 0.0
		for _, one := range r.Live(today) {
			emv, ok := outlook(one).EMV.Minor.Float64()
			require.True(t, ok, one.ID)
			if one.Kind == risk.Opportunity {
				emv = -emv
			}
			want += emv
		}
		require.InEpsilon(t, want, result.Cost.Mean.Value, 1e-9, name)
	}
}

// What is done about a cause lowers its effects, and by as much as the
// intervention says; a control of an effect leaves its cause alone.
func TestQuantifyTreatment(t *testing.T) {
	t.Parallel()
	half := risk.Control{ID: "C", On: risk.OnChance, Reduction: share("1/2"), State: risk.ControlOperating}
	build := func(onCause, onEffect bool) risk.Register {
		a, b := linkedRisk("a", "0.4", "100"), linkedRisk("b", "0.5", "300", cause("a", "0.75"))
		if onCause {
			a.Controls = []risk.Control{half}
		}
		if onEffect {
			b.Controls = []risk.Control{half}
		}
		return risk.Register{Risks: []risk.Risk{b, a}}
	}
	// P(b) = 1 − (1 − leak)(1 − 0.4·0.75) = 0.5, so 1 − leak = 5/7.
	rest := 5.0 / 7
	for _, row := range []struct {
		onCause, onEffect bool
		a, b              float64
	}{
		{false, false, 0.4, 0.5},
		{true, false, 0.2, 1 - rest*(1-0.2*0.75)},
		{false, true, 0.4, 0.25},
		{true, true, 0.2, (1 - rest*(1-0.2*0.75)) / 2},
	} {
		q, err := build(row.onCause, row.onEffect).Quantify(t.Context(), today, nil)
		require.NoError(t, err)
		require.InDelta(t, row.b, q.Model.Risks[0].P, 1e-12)
		require.InDelta(t, row.a, q.Model.Risks[1].P, 1e-12)
		require.Equal(t, []string{"b", "a"}, q.Model.Joints[0].Risks)
		require.InDelta(t, 1, sumOf(q.Model.Joints[0].P), 1e-12)
	}
}

func sumOf(xs []float64) (sum float64) {
	for _, x := range xs {
		sum += x
	}
	return sum
}

// An enhanced opportunity is more likely whatever brings it about; an exploited
// one is certain.
func TestQuantifyOpportunity(t *testing.T) {
	t.Parallel()
	a, b := linkedRisk("a", "0.4", "100"), linkedRisk("b", "0.5", "300", cause("a", "0.75"))
	b.Kind = risk.Opportunity
	b.Responses = []risk.Response{{ID: "1", Strategy: risk.Enhance, Status: risk.ResponseDone, Chance: share("1/5")}}
	r := risk.Register{Risks: []risk.Risk{a, b}}
	q, err := r.Quantify(t.Context(), today, nil)
	require.NoError(t, err)
	require.InDelta(t, 0.6, q.Model.Risks[1].P, 1e-12, "1 − (1 − 0.5)(1 − 0.2)")
	require.InDelta(t, -30000, q.Model.Risks[1].Severity.Mean(), 1e-9, "a gain")

	r.Risks[1].Responses[0].Strategy = risk.Exploit
	q, err = r.Quantify(t.Context(), today, nil)
	require.NoError(t, err)
	require.InDelta(t, 1, q.Model.Risks[1].P, 1e-15)
	require.InDelta(t, 0.4, q.Model.Risks[0].P, 1e-12)
}

// What has happened is no matter of chance any more, but makes its effects more
// likely; what is over without having happened makes them less so.
func TestQuantifyObserved(t *testing.T) {
	t.Parallel()
	build := func(change func(a *risk.Risk)) risk.Register {
		a, b := linkedRisk("a", "0.4", "100"), linkedRisk("b", "0.5", "300", cause("a", "0.75"))
		change(&a)
		return risk.Register{Risks: []risk.Risk{a, b}}
	}
	rest := 5.0 / 7
	for name, row := range map[string]struct {
		change func(a *risk.Risk)
		b      float64
	}{
		"occurred": {func(a *risk.Risk) { a.Occurrences = []risk.Occurrence{{On: day("2027-03-01")}} }, 1 - rest*0.25},
		"occurred, without a probability": {func(a *risk.Risk) {
			a.Occurrences, a.Estimate.Probability = []risk.Occurrence{{On: day("2027-03-01")}}, ratio.Ratio{}
		}, 0.875},
		"over":   {func(a *risk.Risk) { a.Closed = day("2027-03-01") }, 1 - rest},
		"future": {func(a *risk.Risk) { a.Raised = day("2028-01-01") }, 0.5},
	} {
		q, err := build(row.change).Quantify(t.Context(), today, nil)
		require.NoError(t, err, name)
		require.Len(t, q.Model.Risks, 1, name)
		require.InDelta(t, row.b, q.Model.Risks[0].P, 1e-12, name)
		require.Empty(t, q.Model.Joints, name)
	}
}

// What is missing is left out and told.
func TestQuantifyGaps(t *testing.T) {
	t.Parallel()
	recurring := linkedRisk("recurring", "", "50")
	recurring.Estimate.Rate = share("2")
	late := linkedRisk("late", "1/4", "", risk.Link{Risk: "cost"}, cause("recurring", "1/2"), cause("vague", "1/2"))
	late.Estimate.Delay = risk.DelayRange{Min: 1, Mode: 2, Max: 3}
	r := risk.Register{Risks: []risk.Risk{
		linkedRisk("cost", "1/2", "100"), recurring, late, linkedRisk("vague", "", "10"), linkedRisk("harmless", "1/2", ""),
	}}
	q, err := r.Quantify(t.Context(), today, nil)
	require.NoError(t, err)
	require.Equal(t, []risk.Gap{
		{"risks[late].causes[0]", "the link has no weight"},
		{"risks[late].causes[1]", `no probability of "recurring" is given`},
		{"risks[late].causes[2]", `no probability of "vague" is given`},
		{"risks[vague].estimate.probability", risk.NoProbability},
		{"risks[harmless].estimate.impact", risk.NoImpact},
	}, q.Gaps)
	require.Equal(t, []string{"cost", "recurring", "late"}, ids(q.Model.Risks))
	require.InDelta(t, 2, q.Model.Risks[1].Rate, 0)
	require.InDelta(t, 2, q.Model.Risks[2].Delay.Mean(), 1e-12)
	require.Nil(t, q.Model.Risks[2].Severity)
}

func ids(risks []quant.Risk) []string {
	var all []string
	for _, r := range risks {
		all = append(all, r.ID)
	}
	return all
}

// What cannot be is an error.
func TestQuantifyErrors(t *testing.T) {
	t.Parallel()
	_, err := risk.Register{Risks: []risk.Risk{
		linkedRisk("a", "0.9", "1"), linkedRisk("b", "0.1", "1", cause("a", "0.9")),
	}}.Quantify(t.Context(), today, nil)
	require.ErrorIs(t, err, network.ErrInfeasible)
	require.ErrorContains(t, err, `"b" cannot have probability 0.1`)

	dollar := linkedRisk("b", "0.1", "1")
	dollar.Estimate.Impact.Max = money.MustParse("7 USD")
	_, err = risk.Register{Risks: []risk.Risk{linkedRisk("a", "0.9", "1"), dollar}}.Quantify(t.Context(), today, nil)
	require.EqualError(t, err, `risk: risks[b].estimate.impact: currencies differ: invalid`)

	short := linkedRisk("a", "0.9", "1")
	short.Estimate.Impact.Min = eur("2")
	_, err = risk.Register{Risks: []risk.Risk{short}}.Quantify(t.Context(), today, nil)
	require.ErrorIs(t, err, quant.ErrRange)

	odd := func(risk.Risk) risk.Outlook {
		return risk.Outlook{Frequency: share("1/2"), Severity: ratio.Undefined("unknown")}
	}
	_, err = chain(1, "1/2").Quantify(t.Context(), today, odd)
	require.ErrorIs(t, err, ratio.ErrUndefined)
}

func TestQuantifiedAmount(t *testing.T) {
	t.Parallel()
	q := risk.Quantified{Currency: money.MustParseCurrency("EUR")}
	for x, want := range map[float64]string{0: "0.00 EUR", 0.5: "0.00 EUR", 1.5: "0.02 EUR", -1234.56: "-12.35 EUR"} {
		a, err := q.Amount(x)
		require.NoError(t, err)
		require.Equal(t, want, a.String())
	}
	for _, x := range []float64{1 << 63, -1e30, math.Inf(1), math.NaN()} {
		_, err := q.Amount(x)
		require.ErrorIs(t, err, money.ErrOverflow)
	}
}

// The worth of a response counts what it does to the effects of its risk, so
// that the same mean effect is worth more at a cause (RI-05, RI-06).
func TestWorth(t *testing.T) {
	t.Parallel()
	response := func(id, cost, chance string) risk.Response {
		out := risk.Response{ID: id, Strategy: risk.Mitigate, Status: risk.ResponsePlanned, Chance: share(chance)}
		if cost != "" {
			out.Cost = eur(cost)
		}
		return out
	}
	a, b := linkedRisk("a", "0.5", "10"), linkedRisk("b", "0.6", "1000", cause("a", "1"))
	a.Responses = []risk.Response{response("1", "20", "1"), response("2", "", "1/2")}
	done, dropped := response("3", "1", "1/2"), response("4", "1", "1/2")
	done.Status, dropped.Status = risk.ResponseDone, risk.ResponseDropped
	misfit := response("5", "1", "1/2")
	misfit.Strategy = risk.Enhance
	b.Responses = []risk.Response{done, dropped, misfit, response("1", "0", "0")}
	r := risk.Register{Risks: []risk.Risk{a, b}}
	all, err := r.Worth(t.Context(), today, 0.8, quant.Options{})
	require.NoError(t, err)
	require.Len(t, all, 3)
	require.Equal(t, [][2]string{{"a", "1"}, {"b", "1"}, {"a", "2"}}, whichOf(all))
	best := all[0]
	require.InDelta(t, 101000, best.Before.Value, 1e-6, "both happen with 0.25 + …")
	require.InDelta(t, 0, best.After.Value, 1e-6, "P(b) is 0.1 without its cause")
	require.InDelta(t, 99000, best.Net.Value, 1e-6)
	require.True(t, best.Before.Exact)
	per, ok := best.PerCost()
	require.True(t, ok)
	require.InDelta(t, 50.5, per, 1e-9)
	_, ok = all[1].PerCost()
	require.False(t, ok, "free")
	_, ok = all[2].PerCost()
	require.False(t, ok, "unknown")
}

func whichOf(all []risk.Worth) [][2]string {
	var out [][2]string
	for _, w := range all {
		out = append(out, [2]string{w.Risk, w.Response})
	}
	return out
}

// The order of the register changes nothing but the order of the results, and
// residual risk is never above inherent risk where controls only reduce.
func TestQuantifyProperties(t *testing.T) {
	t.Parallel()
	r := crm12(t)
	for i := range r.Risks {
		r.Risks[i].Controls = []risk.Control{{
			ID: "C", On: risk.OnChance, Reduction: ratio.New(int64(i), 20), State: risk.ControlOperating,
		}}
	}
	analyse := func(r risk.Register, of func(risk.Risk) risk.Outlook) *quant.Result {
		q, err := r.Quantify(t.Context(), today, of)
		require.NoError(t, err)
		result, err := q.Model.Analyze(t.Context(), quant.Options{})
		require.NoError(t, err)
		return result
	}
	inherent, residual := analyse(r, risk.Risk.Inherent), analyse(r, risk.Risk.Residual)
	for i, p := range residual.Cost.Quantiles {
		require.LessOrEqual(t, p.Value, inherent.Cost.Quantiles[i].Value+1e-6)
	}
	slices.Reverse(r.Risks)
	turned := analyse(r, risk.Risk.Residual)
	for i, p := range turned.Cost.Quantiles {
		require.InDelta(t, residual.Cost.Quantiles[i].Value, p.Value, 100, "within a unit")
	}
	shares := 0.0
	for _, c := range residual.Contributions {
		s, ok := c.Share()
		require.True(t, ok)
		shares += s
	}
	require.InDelta(t, 1, shares, 1e-9)
}

func TestQuantifyNothing(t *testing.T) {
	t.Parallel()
	q, err := risk.Register{}.Quantify(t.Context(), calendar.Date(0), nil)
	require.NoError(t, err)
	require.Empty(t, q.Model.Risks)
	_, ok, err := q.Why(t.Context(), "a", network.Options{})
	require.NoError(t, err)
	require.False(t, ok)
	all, err := risk.Register{}.Worth(t.Context(), today, 0.8, quant.Options{})
	require.NoError(t, err)
	require.Empty(t, all)
}

// Why names the causes; what has been observed is held.
func TestQuantifiedWhy(t *testing.T) {
	t.Parallel()
	a, b := linkedRisk("a", "0.4", "100"), linkedRisk("b", "0.5", "300", cause("a", "0.75"))
	r := risk.Register{Risks: []risk.Risk{a, b}}
	q, err := r.Quantify(t.Context(), today, nil)
	require.NoError(t, err)
	e, ok, err := q.Why(t.Context(), "b", network.Options{})
	require.NoError(t, err)
	require.True(t, ok)
	require.InDelta(t, 0.5, e.P.Value, 1e-12)
	require.Equal(t, "a", e.Ancestors[0].ID)
	r.Risks[0].Occurrences = []risk.Occurrence{{On: day("2027-03-01")}}
	q, err = r.Quantify(t.Context(), today, nil)
	require.NoError(t, err)
	e, ok, err = q.Why(t.Context(), "b", network.Options{})
	require.NoError(t, err)
	require.True(t, ok)
	require.InDelta(t, 1-0.25*5/7, e.P.Value, 1e-12)
}
