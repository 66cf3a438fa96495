package risk

import (
	"fmt"

	"github.com/crmrollout/crm/crmproject/money"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
)

func appetiteRules() []verdict.Rule[Facts] {
	return []verdict.Rule[Facts]{{
		Code: "RISK-050", Severity: verdict.Major, Check: needsAppetite(live(checkAppetite)),
		Title: "Threats above the appetite are dealt with",
		Why:   "The organisation has said that it does not want to run such a risk without a decision.",
	}, {
		Code: "RISK-051", Severity: verdict.Critical, Check: needsAppetite(live(checkTolerance)),
		Title: "Threats above the tolerance are escalated",
		Why:   "They are beyond what the project may decide.",
	}, {
		Code: "RISK-052", Severity: verdict.Major, Check: checkContingency,
		Title: "The contingency covers the expected loss",
		Why:   "The mean of what the risks will cost is missing from the budget.",
	}}
}

func needsAppetite(look func(Facts, *verdict.Reporter)) func(Facts, *verdict.Reporter) {
	return func(f Facts, r *verdict.Reporter) {
		if len(f.Register.Plan.Appetites) == 0 {
			r.Unassessed("the plan states no appetite")
			return
		}
		look(f, r)
	}
}

func checkAppetite(f Facts, risk Risk, r *verdict.Reporter) {
	line, s, ok := f.appetite(risk)
	if ok && f.Register.above(s.Rating, line.Appetite) && !f.Register.above(s.Rating, line.Tolerated) && !risk.stands(f.AsOf) {
		r.Find(riskPath(risk.ID), fmt.Sprintf("%s is %s; the appetite is %s, and nothing is done about it.",
			capital(label(risk)), s.describe(), line.Appetite), "Plan a response that reduces it, or have it accepted until a date.")
	}
}

func checkTolerance(f Facts, risk Risk, r *verdict.Reporter) {
	line, s, ok := f.appetite(risk)
	escalated := risk.has(func(response Response) bool {
		return response.Strategy == Escalate && response.To != "" && response.Stands(risk.Kind, f.AsOf)
	})
	if ok && f.Register.above(s.Rating, line.Tolerated) && !escalated {
		r.Find(riskPath(risk.ID), fmt.Sprintf("%s is %s; no more than %s is tolerated.",
			capital(label(risk)), s.describe(), line.Tolerated), "Escalate it to those who may decide on it.")
	}
}

// appetite returns what holds for a threat and how it stands.
func (f Facts) appetite(risk Risk) (Appetite, Standing, bool) {
	line, stated := f.Register.Plan.AppetiteFor(risk.Category)
	s, rated := f.Register.Standing(risk, f.AsOf)
	return line, s, stated && rated && risk.Kind == Threat
}

func checkContingency(f Facts, r *verdict.Reporter) {
	reserve := f.Register.Plan.Contingency
	if reserve == (money.Amount{}) {
		r.Unassessed("the plan states no contingency")
		return
	}
	known, unknown := ExposureOf(money.Amount{}), 0
	for _, risk := range f.Register.Live(f.AsOf) {
		switch emv := risk.Residual().EMV; {
		case risk.Kind != Threat:
		case emv.Defined():
			known = known.Add(emv)
		default:
			unknown++
		}
	}
	missing := known.Sub(ExposureOf(reserve))
	switch {
	case !missing.Defined():
		r.Unassessed("the expected loss cannot be added up: " + missing.Minor.Reason())
	case ratio.Int(0).Less(missing.Minor):
		r.Find("plan.contingency", fmt.Sprintf("The live threats are expected to cost %v; %v are set aside.", known, reserve),
			"Raise the contingency, or reduce the greatest risks.")
	case unknown > 0:
		r.Unassessed(are(unknown, "threat") + " not estimated in money")
	}
}
