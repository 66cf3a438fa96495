package risk

import (
	"slices"

	"github.com/crmrollout/crm/crmproject/money"
	"github.com/crmrollout/crm/crmproject/ratio"
)

// A Benefit weighs what a response achieves against what it costs, exactly.
type Benefit struct {
	Risk     string       `json:"risk"`
	Response string       `json:"response"`
	Gain     Exposure     `json:"gain"`     // expected loss that it takes away, or expected gain that it adds
	Cost     money.Amount `json:"cost"`     // as given
	Net      Exposure     `json:"net"`      // Gain − Cost
	Leverage ratio.Ratio  `json:"leverage"` // Gain ÷ Cost; undefined with the reason [Free] at cost 0
}

// Free reports whether the response costs nothing. Its leverage is then no
// number; it is above every number if the gain is positive.
func (b Benefit) Free() bool { return b.Leverage.Reason() == Free }

// Benefits weighs the responses of r that are not dropped, in their order. Each
// is weighed on its own against the residual outlook: what it adds to it, or if
// it is done already, what it has added. A cost that was not given is unknown,
// not 0.
//
// Risk reduction leverage is (exposure before − exposure after) ÷ cost (B. W.
// Boehm, Software Risk Management: Principles and Practices, IEEE Software 8
// (1991) 32-41). It compares means; responses that cut the tail of a project's
// cost are worth more than it shows.
func (r Risk) Benefits() []Benefit {
	var all []Benefit
	for i, response := range r.Responses {
		if response.Status != ResponseDropped {
			all = append(all, r.benefit(i))
		}
	}
	return all
}

func (r Risk) benefit(i int) Benefit {
	response := r.Responses[i]
	others := slices.DeleteFunc(r.done(), func(d Response) bool { return d.ID == response.ID })
	without := r.outlook(operating, others).EMV
	with := r.outlook(operating, append(others, response)).EMV
	gain := without.Sub(with)
	if r.Kind == Opportunity {
		gain = with.Sub(without)
	}
	b := Benefit{Risk: r.ID, Response: response.ID, Gain: gain, Cost: response.Cost}
	b.Net, b.Leverage = weigh(gain, response.Cost)
	return b
}

func weigh(gain Exposure, cost money.Amount) (net Exposure, leverage ratio.Ratio) {
	if cost == (money.Amount{}) {
		unknown := ratio.Undefined(NoCost)
		return Exposure{Minor: unknown}, unknown
	}
	net = gain.Sub(ExposureOf(cost))
	switch {
	case !net.Defined():
		return net, net.Minor
	case cost.Sign() == 0:
		return net, ratio.Undefined(Free)
	default:
		return net, gain.Minor.Quo(ratio.Int(cost.Minor()))
	}
}
