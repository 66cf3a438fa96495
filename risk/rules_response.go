package risk

import (
	"fmt"
	"slices"
	"strings"

	"github.com/crmrollout/crm/crmproject/verdict"
)

func responseRules() []verdict.Rule[Facts] {
	return []verdict.Rule[Facts]{{
		Code: "RISK-030", Severity: verdict.Critical, Check: live(checkHighHasResponse),
		Title: "Every high threat has a response",
		Why:   "A threat that is known to be high and left alone is the project's own decision to fail.",
	}, {
		Code: "RISK-031", Severity: verdict.Minor, Check: active(eachResponse(checkAssigned)),
		Title: "Every open response has an owner and a due date",
		Why:   "What nobody has to do by any date is not done.",
	}, {
		Code: "RISK-032", Severity: verdict.Major, Check: active(eachResponse(checkOverdue)),
		Title: "No response is overdue",
		Why:   "The risk is as large as before, while the plan counts on less.",
	}, {
		Code: "RISK-033", Severity: verdict.Major, Check: active(eachResponse(checkFits)),
		Title: "The strategy of a response fits the kind of risk",
		Why:   "To mitigate an opportunity is to throw it away; to exploit a threat is to cause it.",
	}, {
		Code: "RISK-034", Severity: verdict.Major, Check: active(eachResponse(checkAcceptanceComplete)),
		Title: "An acceptance has an approver and an expiry",
		Why:   "A risk accepted by nobody, for ever, is a risk ignored.",
	}, {
		Code: "RISK-035", Severity: verdict.Major, Check: active(eachResponse(checkAcceptanceCurrent)),
		Title: "No acceptance has expired",
		Why:   "The risk is accepted no longer, yet nothing is done about it.",
	}, {
		Code: "RISK-036", Severity: verdict.Major, Check: active(checkAcceptedCredit),
		Title: "Acceptance earns no credit",
		Why:   "To accept a risk changes neither its chance nor its impact.",
	}, {
		Code: "RISK-037", Severity: verdict.Minor, Check: active(checkWorth),
		Title: "No open response costs more than it brings",
		Why:   "Money spent on the wrong response is missing for the right one.",
	}, {
		Code: "RISK-038", Severity: verdict.Minor, Check: active(eachResponse(checkPartner)),
		Title: "A transfer, share or escalation says to whom",
		Why:   "A risk handed to nobody is still with the project.",
	}}
}

// eachResponse makes a check of one that looks at each response that is not
// dropped; path is that of the response.
func eachResponse(look func(f Facts, path string, risk Risk, response Response, r *verdict.Reporter)) check {
	return func(f Facts, risk Risk, r *verdict.Reporter) {
		for _, response := range risk.Responses {
			if response.Status != ResponseDropped {
				look(f, verdict.Key(at(risk, "responses"), response.ID), risk, response, r)
			}
		}
	}
}

// labelled names a response in a sentence.
func labelled(response Response, risk Risk) string {
	return fmt.Sprintf("response %s (%v) to %s", response.ID, response.Strategy, label(risk))
}

func checkHighHasResponse(f Facts, risk Risk, r *verdict.Reporter) {
	s, ok := f.Register.Standing(risk, f.AsOf)
	if ok && s.Rating.High && risk.Kind == Threat && !risk.stands(f.AsOf) {
		r.Find(at(risk, "responses"), fmt.Sprintf("%s is %s and has no response.", capital(label(risk)), s.describe()),
			"Decide now: avoid, transfer, mitigate, escalate, or accept until a date.")
	}
}

func checkAssigned(_ Facts, path string, risk Risk, response Response, r *verdict.Reporter) {
	var lacking []string
	if response.Owner == "" {
		lacking = append(lacking, "owner")
	}
	if response.Due == 0 && response.Strategy != Accept {
		lacking = append(lacking, "due date")
	}
	if response.Open() && len(lacking) > 0 {
		r.Find(path, fmt.Sprintf("%s has no %s.", capital(labelled(response, risk)), strings.Join(lacking, " and no ")),
			"Agree with one person what is done by when.")
	}
}

func checkOverdue(f Facts, path string, risk Risk, response Response, r *verdict.Reporter) {
	if response.Overdue(f.AsOf) {
		late, _ := f.AsOf.DaysSince(response.Due)
		r.Find(path, fmt.Sprintf("%s was due on %v, %s ago.", capital(labelled(response, risk)), response.Due, days(late)),
			"Do it, set a new date with its owner, or drop it and respond otherwise.")
	}
}

func checkFits(_ Facts, path string, risk Risk, response Response, r *verdict.Reporter) {
	if risk.Kind.IsValid() && !response.Strategy.Fits(risk.Kind) {
		r.Find(path, capital(labelled(response, risk))+" is meant for the other kind of risk.",
			"Choose a strategy that fits, or correct the kind of the risk.")
	}
}

func checkAcceptanceComplete(_ Facts, path string, risk Risk, response Response, r *verdict.Reporter) {
	if response.Strategy != Accept {
		return
	}
	var lacking []string
	if response.Approver == "" {
		lacking = append(lacking, "approver")
	}
	if response.Until == 0 {
		lacking = append(lacking, "expiry")
	}
	if len(lacking) > 0 {
		r.Find(path, fmt.Sprintf("%s has no %s.", capital(labelled(response, risk)), strings.Join(lacking, " and no ")),
			"Have someone entitled to it accept the risk until a date.")
	}
}

func checkAcceptanceCurrent(f Facts, path string, risk Risk, response Response, r *verdict.Reporter) {
	if response.Strategy == Accept && response.Until != 0 && response.Until < f.AsOf {
		r.Find(path, fmt.Sprintf("%s expired on %v.", capital(labelled(response, risk)), response.Until),
			"Renew the acceptance, or respond otherwise.")
	}
}

// backed reports whether something is behind the credit of a residual
// assessment: a control that operates, or a response that is done and has an
// effect.
func (r Risk) backed() bool {
	return slices.ContainsFunc(r.Controls, func(c Control) bool { return c.State == ControlOperating }) ||
		r.has(func(response Response) bool {
			return response.Status == ResponseDone && response.Strategy.Fits(r.Kind) &&
				response.Strategy != Accept && response.Strategy != Escalate
		})
}

// accepted reports whether a response that is not dropped accepts the risk.
func (r Risk) accepted() bool {
	return r.has(func(response Response) bool {
		return response.Strategy == Accept && response.Status != ResponseDropped
	})
}

func checkAcceptedCredit(f Facts, risk Risk, r *verdict.Reporter) {
	credit, inherent, residual, ok := f.credit(risk)
	if ok && credit > 0 && risk.accepted() && !risk.backed() {
		r.Find(at(risk, "assessments"), fmt.Sprintf("%s is accepted, yet counts as %s instead of %s.",
			capital(label(risk)), residual.describe(), inherent.describe()),
			"Assess what is left as what it was, or name the control that makes the difference.")
	}
}

func checkWorth(_ Facts, risk Risk, r *verdict.Reporter) {
	open := map[string]bool{}
	for _, response := range risk.Responses {
		open[response.ID] = response.Open() && response.Strategy != Accept && response.Strategy != Escalate
	}
	for _, b := range risk.Benefits() {
		if open[b.Response] && b.Net.Defined() && b.Net.Minor.Sign() < 0 {
			r.Find(verdict.Key(at(risk, "responses"), b.Response),
				fmt.Sprintf("Response %s to %s costs %v and is worth %v.", b.Response, label(risk), b.Cost, b.Gain),
				"Look for a cheaper response, or say what it brings beyond money.")
		}
	}
}

func checkPartner(_ Facts, path string, risk Risk, response Response, r *verdict.Reporter) {
	if response.needsPartner() && response.To == "" {
		r.Find(path, capital(labelled(response, risk))+" does not say to whom.",
			"Name the party and have it agree.")
	}
}
