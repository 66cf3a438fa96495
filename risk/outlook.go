package risk

import (
	"github.com/crmrollout/crm/crmproject/ratio"
)

// An Outlook is a risk in exact numbers once certain controls and responses
// have had their effect. What the data do not allow is undefined.
type Outlook struct {
	Frequency ratio.Ratio `json:"frequency"` // probability, or expected number of times
	Severity  ratio.Ratio `json:"severity"`  // factor on the impact, money and days alike
	Retained  ratio.Ratio `json:"retained"`  // share of the money that stays with the project
	EMV       Exposure    `json:"emv"`       // Frequency × Severity × Retained × mean impact
	Delay     ratio.Ratio `json:"delay"`     // expected days: Frequency × Severity × mean delay
}

// Inherent returns the outlook with nothing done.
func (r Risk) Inherent() Outlook { return r.outlook(none[ControlState], nil) }

// Residual returns the outlook with the controls that operate and the responses
// that are done. What is planned earns no credit.
//
// Controls leave what [Remaining] returns. A response that is done acts by its
// strategy, with c = Response.Chance and i = Response.Impact:
//
//	avoid     frequency 0
//	mitigate  frequency × (1 − c), severity × (1 − i)
//	transfer  retained × (1 − i); the chance and the delay stay
//	accept, escalate: no effect
//	exploit   probability 1, or rate at least 1
//	share     as enhance for c; retained × (1 − i)
//	enhance   probability 1 − (1 − p)(1 − c), or rate × (1 + c); severity × (1 + i)
//
// A response whose strategy does not fit the kind of the risk has no effect.
func (r Risk) Residual() Outlook { return r.outlook(operating, r.done()) }

// Planned returns the outlook if all that is planned is carried out too: every
// response that is not dropped, and the controls that are planned.
func (r Risk) Planned() Outlook {
	var all []Response
	for _, response := range r.Responses {
		if response.Status != ResponseDropped {
			all = append(all, response)
		}
	}
	return r.outlook(func(s ControlState) bool { return s == ControlOperating || s == ControlPlanned }, all)
}

func none[T any](T) bool { return false }

func operating(s ControlState) bool { return s == ControlOperating }

// done returns the responses that have had their effect.
func (r Risk) done() []Response {
	var done []Response
	for _, response := range r.Responses {
		if response.Status == ResponseDone {
			done = append(done, response)
		}
	}
	return done
}

func (r Risk) outlook(counts func(ControlState) bool, responses []Response) Outlook {
	o := Outlook{
		Frequency: r.Estimate.Frequency().Mul(remaining(r.Controls, OnChance, counts)),
		Severity:  remaining(r.Controls, OnImpact, counts),
		Retained:  ratio.Int(1),
	}
	isRate := r.Estimate.Probability.IsZero()
	for _, response := range responses {
		if response.Strategy.Fits(r.Kind) {
			o = o.after(response, isRate)
		}
	}
	o.Frequency = exploited(o.Frequency, r.Kind, responses)
	o.EMV = r.Estimate.Impact.Mean().times(o.Frequency).times(o.Severity).times(o.Retained)
	o.Delay = r.Estimate.Delay.Mean().Mul(o.Frequency).Mul(o.Severity)
	return o
}

// after returns the factors of o with the effect of a response, see
// [Risk.Residual]; all but exploit, which must come last.
func (o Outlook) after(r Response, isRate bool) Outlook {
	chance, impact := orZero(r.Chance), orZero(r.Impact)
	switch r.Strategy {
	case Avoid:
		o.Frequency = o.Frequency.Mul(ratio.Int(0))
	case Mitigate:
		o.Frequency = o.Frequency.Mul(complement(chance))
		o.Severity = o.Severity.Mul(complement(impact))
	case Transfer:
		o.Retained = o.Retained.Mul(complement(impact))
	case Share:
		o.Frequency = raise(o.Frequency, chance, isRate)
		o.Retained = o.Retained.Mul(complement(impact))
	case Enhance:
		o.Frequency = raise(o.Frequency, chance, isRate)
		o.Severity = o.Severity.Mul(ratio.Int(1).Add(impact))
	default: // accept and escalate change nothing
	}
	return o
}

// exploited makes an opportunity certain if a response does. It comes after all
// else that raises the chance, so the order of the responses does not matter.
func exploited(frequency ratio.Ratio, k Kind, responses []Response) ratio.Ratio {
	for _, response := range responses {
		if response.Strategy == Exploit && Exploit.Fits(k) && frequency.Less(ratio.Int(1)) {
			return ratio.Int(1)
		}
	}
	return frequency
}

// raise closes the share c of the gap between a probability and 1, or raises a
// rate by the share c.
func raise(frequency, c ratio.Ratio, isRate bool) ratio.Ratio {
	if isRate {
		return frequency.Mul(ratio.Int(1).Add(c))
	}
	return complement(complement(frequency).Mul(complement(c)))
}

// orZero returns r, or 0 if it is not given.
func orZero(r ratio.Ratio) ratio.Ratio {
	if r.IsZero() {
		return ratio.Int(0)
	}
	return r
}
