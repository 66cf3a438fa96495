package risk

import (
	"slices"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// Facts are what the rules of this package judge: a register as it is on a day.
// Whatever is dated later than AsOf has not happened yet.
type Facts struct {
	Register Register
	AsOf     calendar.Date
}

// Rules returns the rules of a well-kept register, ordered by code. Subjects
// are paths below the register, with risks by id: "risks[R-07].owner".
//
//	RISK-001 …   identification
//	RISK-020 …   assessment
//	RISK-030 …   responses
//	RISK-040 …   controls
//	RISK-050 …   appetite and contingency
//	RISK-060 …   monitoring
//	RISK-101 …   the matrix, see [MatrixRules]
func Rules() []verdict.Rule[Facts] {
	return slices.Concat(
		identificationRules(), assessmentRules(), responseRules(), controlRules(), appetiteRules(), monitoringRules(),
		verdict.Lift(MatrixRules(), "matrix", func(f Facts) Matrix { return f.Register.Matrix }),
	)
}

// A check looks at one risk.
type check func(f Facts, risk Risk, r *verdict.Reporter)

// active makes a rule's check of one that looks at each active risk.
func active(look check) func(Facts, *verdict.Reporter) {
	return over(look, "no risk is live or has occurred", Live, Occurred)
}

// live makes a rule's check of one that looks at each live risk.
func live(look check) func(Facts, *verdict.Reporter) {
	return over(look, "no risk is live", Live)
}

// occurred makes a rule's check of one that looks at each risk that has
// happened.
func occurred(look check) func(Facts, *verdict.Reporter) {
	return over(look, "no risk has happened", Occurred)
}

func over(look check, nothing string, states ...State) func(Facts, *verdict.Reporter) {
	return func(f Facts, r *verdict.Reporter) {
		risks := f.Register.inState(f.AsOf, states...)
		if len(risks) == 0 {
			r.NotApplicable(nothing)
		}
		for _, risk := range risks {
			look(f, risk, r)
		}
	}
}

// at returns the path of a part of a risk.
func at(risk Risk, part string) string { return verdict.Join(riskPath(risk.ID), part) }

// has reports whether a response to the risk meets the condition.
func (r Risk) has(condition func(Response) bool) bool {
	return slices.ContainsFunc(r.Responses, condition)
}

// stands reports whether some response deals with the risk at asOf.
func (r Risk) stands(asOf calendar.Date) bool {
	return r.has(func(response Response) bool { return response.Stands(r.Kind, asOf) })
}
