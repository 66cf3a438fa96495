package risk

import (
	"fmt"
	"slices"
	"strings"

	"github.com/crmrollout/crm/crmproject/verdict"
)

func controlRules() []verdict.Rule[Facts] {
	return []verdict.Rule[Facts]{{
		Code: "RISK-040", Severity: verdict.Major, Check: active(checkRelies),
		Title: "Residual assessments rely on controls that operate",
		Why:   "Credit for a control that does not work hides the risk that it was to reduce.",
	}, {
		Code: "RISK-041", Severity: verdict.Major, Check: active(checkUnbacked),
		Title: "Every residual assessment has something behind it",
		Why:   "Without a control that operates or a response that is done, nothing has become better.",
	}, {
		Code: "RISK-042", Severity: verdict.Minor, Check: active(checkControlOwner),
		Title: "Every control has an owner",
		Why:   "Controls that nobody looks after stop working without notice.",
	}, {
		Code: "RISK-043", Severity: verdict.Major, Check: active(checkFailing),
		Title: "No control is failing",
		Why:   "The plan counts on protection that is not there.",
	}}
}

func checkRelies(f Facts, risk Risk, r *verdict.Reporter) {
	s, ok := f.Register.standing(risk, Residual, f.AsOf)
	if !ok {
		return
	}
	for _, c := range risk.Controls {
		if slices.Contains(s.Relies, c.ID) && c.State != ControlOperating {
			r.Find(verdict.Key(at(risk, "controls"), c.ID),
				fmt.Sprintf("The residual assessment of %s relies on control %s, which is %v.", label(risk), c.ID, c.State),
				"Assess the risk without it until it operates.")
		}
	}
}

func checkUnbacked(f Facts, risk Risk, r *verdict.Reporter) {
	credit, inherent, residual, ok := f.credit(risk)
	if ok && credit > 0 && !risk.accepted() && !risk.backed() {
		r.Find(at(risk, "assessments"), fmt.Sprintf("%s counts as %s instead of %s, though no control operates and no response is done.",
			capital(label(risk)), residual.describe(), inherent.describe()),
			"Record what makes the difference, or assess what is left as what it was.")
	}
}

func checkControlOwner(_ Facts, risk Risk, r *verdict.Reporter) {
	var lacking []string
	for _, c := range risk.Controls {
		if c.Owner == "" && c.State != ControlRetired {
			lacking = append(lacking, c.ID)
		}
	}
	if len(lacking) > 0 {
		r.Find(at(risk, "controls"), fmt.Sprintf("%s without an owner in %s: %s.",
			capital(are(len(lacking), "control")), label(risk), strings.Join(lacking, ", ")),
			"Name who keeps each control working.")
	}
}

func checkFailing(_ Facts, risk Risk, r *verdict.Reporter) {
	for _, c := range risk.Controls {
		if c.State == ControlFailing {
			r.Find(verdict.Key(at(risk, "controls"), c.ID), fmt.Sprintf("Control %s of %s is failing.", c.ID, label(risk)),
				"Repair it, or retire it and respond otherwise.")
		}
	}
}
