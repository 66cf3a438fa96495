package risk_test

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/money"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/risk"
)

// of returns a risk with chance 1/2, a loss of 1000 and a delay of 10 days, and
// one response that is done.
func of(k risk.Kind, responses ...risk.Response) risk.Risk {
	r := risk.Risk{
		ID: "R", Kind: k, Responses: responses,
		Estimate: risk.Estimate{
			Probability: share("1/2"),
			Impact:      risk.MoneyRange{Min: eur("1000"), Mode: eur("1000"), Max: eur("1000")},
			Delay:       risk.DelayRange{Min: 10, Mode: 10, Max: 10},
		},
	}
	for i := range r.Responses {
		r.Responses[i].ID = string(rune('a' + i))
		if r.Responses[i].Status == 0 {
			r.Responses[i].Status = risk.ResponseDone
		}
	}
	return r
}

// RI-06.
func TestResidualByStrategy(t *testing.T) {
	half, fifth := share("1/2"), share("1/5")
	for name, c := range map[string]struct {
		kind                        risk.Kind
		response                    risk.Response
		frequency, severity, retain string
		emv, delay                  string
	}{
		"avoid":     {risk.Threat, risk.Response{Strategy: risk.Avoid}, "0", "1", "1", "0.00 EUR", "0"},
		"mitigate":  {risk.Threat, risk.Response{Strategy: risk.Mitigate, Chance: half, Impact: fifth}, "1/4", "4/5", "1", "200.00 EUR", "2"},
		"transfer":  {risk.Threat, risk.Response{Strategy: risk.Transfer, Chance: half, Impact: fifth}, "1/2", "1", "4/5", "400.00 EUR", "5"},
		"accept":    {risk.Threat, risk.Response{Strategy: risk.Accept, Chance: half, Impact: half}, "1/2", "1", "1", "500.00 EUR", "5"},
		"escalate":  {risk.Threat, risk.Response{Strategy: risk.Escalate, Chance: half, Impact: half}, "1/2", "1", "1", "500.00 EUR", "5"},
		"misfit":    {risk.Threat, risk.Response{Strategy: risk.Exploit}, "1/2", "1", "1", "500.00 EUR", "5"},
		"exploit":   {risk.Opportunity, risk.Response{Strategy: risk.Exploit}, "1", "1", "1", "1000.00 EUR", "10"},
		"share":     {risk.Opportunity, risk.Response{Strategy: risk.Share, Chance: half, Impact: fifth}, "3/4", "1", "4/5", "600.00 EUR", "15/2"},
		"enhance":   {risk.Opportunity, risk.Response{Strategy: risk.Enhance, Chance: half, Impact: fifth}, "3/4", "6/5", "1", "900.00 EUR", "9"},
		"misfit, 2": {risk.Opportunity, risk.Response{Strategy: risk.Avoid}, "1/2", "1", "1", "500.00 EUR", "5"},
	} {
		t.Run(name, func(t *testing.T) {
			o := of(c.kind, c.response).Residual()
			require.Equal(t, []string{c.frequency, c.severity, c.retain, c.emv, c.delay},
				[]string{o.Frequency.String(), o.Severity.String(), o.Retained.String(), o.EMV.String(), o.Delay.String()})
		})
	}
}

// Credit is earned by what is done, not by what is planned.
func TestOutlookStages(t *testing.T) {
	r := of(risk.Threat,
		risk.Response{Strategy: risk.Mitigate, Chance: share("1/2"), Status: risk.ResponseDone},
		risk.Response{Strategy: risk.Mitigate, Chance: share("1/2"), Status: risk.ResponseInProgress},
		risk.Response{Strategy: risk.Avoid, Status: risk.ResponseDropped},
	)
	r.Controls = []risk.Control{
		{ID: "c", On: risk.OnImpact, Reduction: share("1/2"), State: risk.ControlOperating},
		{ID: "d", On: risk.OnImpact, Reduction: share("1/2"), State: risk.ControlPlanned},
		{ID: "e", On: risk.OnImpact, Reduction: share("1/2"), State: risk.ControlFailing},
	}
	require.Equal(t, "500.00 EUR", r.Inherent().EMV.String())
	require.Equal(t, "125.00 EUR", r.Residual().EMV.String())
	require.Equal(t, "31.25 EUR", r.Planned().EMV.String())
}

func TestOutlookOfRates(t *testing.T) {
	rate := func(n string, responses ...risk.Response) risk.Outlook {
		r := of(risk.Opportunity, responses...)
		r.Estimate.Probability, r.Estimate.Rate = ratio.Ratio{}, share(n)
		return r.Residual()
	}
	exploit, enhance := risk.Response{Strategy: risk.Exploit}, risk.Response{Strategy: risk.Enhance, Chance: share("1/2")}
	require.Equal(t, "1", rate("1/5", exploit).Frequency.String())
	require.Equal(t, "3", rate("3", exploit).Frequency.String())
	require.Equal(t, "9/2", rate("3", enhance).Frequency.String())
	require.Equal(t, rate("4/5", exploit, enhance), rate("4/5", enhance, exploit)) // in any order
}

func TestOutlookUndefined(t *testing.T) {
	o := risk.Risk{Kind: risk.Threat}.Residual()
	require.Equal(t, risk.NoProbability, o.Frequency.Reason())
	require.Equal(t, risk.NoImpact, o.EMV.Minor.Reason())
	require.Equal(t, risk.NoDelay, o.Delay.Reason())
	// An opportunity without a probability that is exploited stays unknown
	// rather than becoming certain of an amount that nobody gave.
	r := of(risk.Opportunity, risk.Response{Strategy: risk.Exploit})
	r.Estimate.Probability = ratio.Ratio{}
	require.False(t, r.Residual().EMV.Defined())
}

// Whatever fits a threat leaves no more of it than there was, and whatever fits
// an opportunity, but for sharing the gain, no less. Order does not matter.
func TestResidualProperties(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	threats := []risk.Strategy{risk.Avoid, risk.Transfer, risk.Mitigate, risk.Accept, risk.Escalate}
	chances := []risk.Strategy{risk.Accept, risk.Escalate, risk.Exploit, risk.Enhance}
	for range 1000 {
		responses := make([]risk.Response, r.IntN(4))
		for i := range responses {
			responses[i] = risk.Response{
				Strategy: threats[r.IntN(len(threats))], Chance: ratio.New(r.Int64N(11), 10), Impact: ratio.New(r.Int64N(11), 10),
				Status: risk.ResponseStatus(1 + r.IntN(4)),
			}
		}
		threat := of(risk.Threat, responses...)
		threat.Controls = randomControls(r)
		inherent, residual, planned := threat.Inherent(), threat.Residual(), threat.Planned()
		require.True(t, inherent.EMV.Minor.AtLeast(residual.EMV.Minor))
		require.True(t, inherent.Delay.AtLeast(residual.Delay))
		require.True(t, residual.EMV.Minor.AtLeast(planned.EMV.Minor))

		r.Shuffle(len(responses), func(i, j int) { responses[i], responses[j] = responses[j], responses[i] })
		require.Equal(t, residual, threat.Residual())

		for i := range responses {
			responses[i].Strategy = chances[r.IntN(len(chances))]
		}
		chance := of(risk.Opportunity, responses...)
		require.True(t, chance.Residual().EMV.Minor.AtLeast(chance.Inherent().EMV.Minor))
	}
}

func TestBenefits(t *testing.T) {
	mitigate := func(cost money.Amount, status risk.ResponseStatus) risk.Response {
		return risk.Response{Strategy: risk.Mitigate, Chance: share("1/2"), Cost: cost, Status: status}
	}
	for name, c := range map[string]struct {
		risk                risk.Risk
		gain, net, leverage string
		free                bool
	}{
		"planned": {of(risk.Threat, mitigate(eur("100"), risk.ResponsePlanned)), "250.00 EUR", "150.00 EUR", "5/2", false},
		"done":    {of(risk.Threat, mitigate(eur("100"), risk.ResponseDone)), "250.00 EUR", "150.00 EUR", "5/2", false},
		"dear":    {of(risk.Threat, mitigate(eur("1000"), risk.ResponsePlanned)), "250.00 EUR", "-750.00 EUR", "1/4", false},
		"free":    {of(risk.Threat, mitigate(eur("0"), risk.ResponsePlanned)), "250.00 EUR", "250.00 EUR", "undefined: " + risk.Free, true},
		"cost unknown": {
			of(risk.Threat, mitigate(money.Amount{}, risk.ResponsePlanned)), "250.00 EUR",
			"undefined: no cost is given", "undefined: no cost is given", false,
		},
		"cost in dollars": {
			of(risk.Threat, mitigate(money.MustParse("1 USD"), risk.ResponsePlanned)), "250.00 EUR",
			"undefined: currencies differ", "undefined: currencies differ", false,
		},
		"opportunity": {
			of(risk.Opportunity, risk.Response{Strategy: risk.Enhance, Chance: share("1/2"), Cost: eur("50"), Status: risk.ResponsePlanned}),
			"250.00 EUR", "200.00 EUR", "5", false,
		},
	} {
		t.Run(name, func(t *testing.T) {
			all := c.risk.Benefits()
			require.Len(t, all, 1)
			b := all[0]
			require.Equal(t, []string{c.gain, c.net, c.leverage}, []string{b.Gain.String(), b.Net.String(), b.Leverage.String()})
			require.Equal(t, c.free, b.Free())
		})
	}
	require.Empty(t, of(risk.Threat, mitigate(eur("1"), risk.ResponseDropped)).Benefits())
}

// A response is weighed on top of what is done, so the second of two is worth
// less than it would be alone.
func TestBenefitOnTop(t *testing.T) {
	half := risk.Response{Strategy: risk.Mitigate, Chance: share("1/2"), Cost: eur("1"), Status: risk.ResponseDone}
	second := half
	second.Status = risk.ResponsePlanned
	all := of(risk.Threat, half, second).Benefits()
	require.Equal(t, "250.00 EUR", all[0].Gain.String())
	require.Equal(t, "125.00 EUR", all[1].Gain.String())
}

func TestRegisterBenefits(t *testing.T) {
	var order []string
	for _, b := range sound().Benefits(today) {
		order = append(order, b.Risk+" "+b.Net.String())
	}
	require.Equal(t, []string{
		"R-01 7000.00 EUR", // 20000 − 8000 − 5000
		"O-01 1500.00 EUR", // 4000 − 2000 − 500; a tie, so by id
		"R-03 1500.00 EUR", // 3000 − 1500, free
		"R-02 undefined: no cost is given",
	}, order)
}
