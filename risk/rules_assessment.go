package risk

import (
	"cmp"
	"fmt"

	"github.com/crmrollout/crm/crmproject/verdict"
)

func assessmentRules() []verdict.Rule[Facts] {
	return []verdict.Rule[Facts]{{
		Code: "RISK-020", Severity: verdict.Major, Check: active(checkAssessed),
		Title: "Every risk is assessed",
		Why:   "Without likelihood and impact nobody can say which risk to work on first.",
	}, {
		Code: "RISK-021", Severity: verdict.Minor, Check: active(checkFresh),
		Title: "No assessment is stale",
		Why:   "Risks change with the project; an old assessment proves nothing about today.",
	}, {
		Code: "RISK-022", Severity: verdict.Minor, Check: active(checkMatrixInUse),
		Title: "Risks are assessed with the matrix in use",
		Why:   "Bands of different matrices cannot be compared.",
	}, {
		Code: "RISK-023", Severity: verdict.Major, Check: active(checkResidual),
		Title: "Responses leave no risk worse than it was",
		Why:   "A response that makes matters worse brings a risk of its own, which wants an owner and a response.",
	}, {
		Code: "RISK-024", Severity: verdict.Minor, Check: active(checkResidualCurrent),
		Title: "The residual assessment is as recent as the inherent one",
		Why:   "What is left was judged before the risk itself was judged anew.",
	}, {
		Code: "RISK-025", Severity: verdict.Major, Check: active(checkTarget),
		Title: "Targets are met by their date",
		Why:   "A target that passes without a word makes the responses a matter of show.",
	}, {
		Code: "RISK-026", Severity: verdict.Minor, Check: active(checkWordsAndNumbers),
		Title: "The estimated probability lies in the assessed level",
		Why:   "If words and numbers contradict each other, one of them misleads a decision.",
	}}
}

func checkAssessed(f Facts, risk Risk, r *verdict.Reporter) {
	if _, ok := f.Register.Standing(risk, f.AsOf); !ok {
		r.Find(at(risk, "assessments"), capital(label(risk))+" is not assessed.",
			"Agree on its likelihood and impact with those who know.")
	}
}

func checkFresh(f Facts, risk Risk, r *verdict.Reporter) {
	s, ok := f.Register.Standing(risk, f.AsOf)
	until := cmp.Or(f.Register.Plan.StaleAfter, DefaultStaleAfter).After(s.Date)
	if !ok || until == 0 || f.AsOf <= until {
		return
	}
	age, _ := f.AsOf.DaysSince(s.Date)
	r.Find(at(risk, "assessments"), fmt.Sprintf("%s was last assessed %s ago, on %v.", capital(label(risk)), days(age), s.Date),
		"Assess it again, even if the result is the same.")
}

func checkMatrixInUse(f Facts, risk Risk, r *verdict.Reporter) {
	s, ok := f.Register.Standing(risk, f.AsOf)
	if ok && s.Matrix != f.Register.Matrix.Ref() {
		r.Find(at(risk, "assessments"),
			fmt.Sprintf("%s is assessed with matrix %s; %s is in use.", capital(label(risk)), s.Matrix, f.Register.Matrix.Ref()),
			"Restate the register in the matrix in use.")
	}
}

// credit compares how a risk stands with what is done about it and without: it
// is positive if that makes it better, smaller for a threat and greater for an
// opportunity, and negative if worse. It returns false if either is not
// assessed.
func (f Facts) credit(risk Risk) (credit int, inherent, residual Standing, ok bool) {
	inherent, ok = f.Register.standing(risk, Inherent, f.AsOf)
	residual, also := f.Register.standing(risk, Residual, f.AsOf)
	if !ok || !also {
		return 0, inherent, residual, false
	}
	if risk.Kind == Opportunity {
		return higher(residual, inherent), inherent, residual, true
	}
	return higher(inherent, residual), inherent, residual, true
}

func checkResidual(f Facts, risk Risk, r *verdict.Reporter) {
	credit, inherent, residual, ok := f.credit(risk)
	if ok && credit < 0 {
		r.Find(at(risk, "assessments"), fmt.Sprintf("%s is %s with what is done about it, and %s without.",
			capital(label(risk)), residual.describe(), inherent.describe()),
			"Record what the responses bring as a secondary risk, or correct the assessment.")
	}
}

// describe puts a standing in words: "high (likely × major)".
func (s Standing) describe() string {
	return fmt.Sprintf("%s (%s × %s)", s.Rating.Name, s.Likelihood, s.Impact)
}

func checkResidualCurrent(f Facts, risk Risk, r *verdict.Reporter) {
	_, inherent, residual, ok := f.credit(risk)
	if ok && residual.Date < inherent.Date {
		r.Find(at(risk, "assessments"), fmt.Sprintf("The residual assessment of %s, of %v, is older than the inherent one, of %v.",
			label(risk), residual.Date, inherent.Date), "Judge again what is left of it.")
	}
}

func checkTarget(f Facts, risk Risk, r *verdict.Reporter) {
	s, ok := f.Register.Standing(risk, f.AsOf)
	target, set := f.Register.target(risk)
	if !ok || !set || f.AsOf <= risk.Target.By {
		return
	}
	missed := higher(s, target) > 0
	if risk.Kind == Opportunity {
		missed = higher(s, target) < 0
	}
	if missed {
		r.Find(at(risk, "target"), fmt.Sprintf("%s was to be %s by %v and is %s.",
			capital(label(risk)), target.describe(), risk.Target.By, s.describe()),
			"Find out which response did not work; respond otherwise or set another target.")
	}
}

// target returns the target of a risk as if it were an assessment.
func (r Register) target(risk Risk) (Standing, bool) {
	t := risk.Target
	a := Assessment{Date: t.By, Basis: Residual, Likelihood: t.Likelihood, Impact: t.Impact, Matrix: t.Matrix}
	rating, ok := r.Rate(a)
	return Standing{a, rating}, ok
}

func checkWordsAndNumbers(f Facts, risk Risk, r *verdict.Reporter) {
	s, ok := f.Register.standing(risk, Inherent, f.AsOf)
	m, found := f.Register.MatrixOf(s.Matrix)
	if !ok || !found {
		return
	}
	level, ok := m.Likelihood.LevelOf(risk.Estimate.Probability)
	if ok && level != s.Rating.Likelihood {
		r.Find(at(risk, "estimate.probability"), fmt.Sprintf("%s is assessed as %s, but its probability, %s, is %s.",
			capital(label(risk)), s.Likelihood, risk.Estimate.Probability.Percent(1), m.Likelihood.Levels[level].Name),
			"Correct the one or the other.")
	}
}
