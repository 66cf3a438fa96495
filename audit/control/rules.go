package control

import (
	"fmt"
	"slices"

	"github.com/crmrollout/crm/crmproject/verdict"
)

// Rules returns the rules of a project that is kept on course, ordered by code.
// Subjects are "status", "contingency", "deviations[finish]", "corrections[C-1]",
// and "messages[event to addressee]".
//
//	CONTROL-001   the state is known
//	CONTROL-010 … deviations
//	CONTROL-020 … corrective actions
//	CONTROL-030 … contingency
//	CONTROL-040 … messages
func Rules() []verdict.Rule[Facts] {
	return slices.Concat([]verdict.Rule[Facts]{{
		Code: "CONTROL-001", Title: "The state of the work is known", Severity: verdict.Major,
		Why:   "What nobody reports cannot be held against the plan, and deviations are found late.",
		Check: checkReported,
	}}, deviationRules(), correctionRules(), reserveRules(), messageRules())
}

func checkReported(f Facts, r *verdict.Reporter) {
	reported := f.Report.Reported
	switch {
	case f.Report.Planned == 0:
		r.Unassessed("there is no network of activities")
	case reported == 0:
		r.Find("status", "Nothing was ever reported of the state of the activities.", "Report what has started, what is finished and what is left.")
	case f.stale().After(reported) < f.AsOf:
		r.Find("status", fmt.Sprintf("The state of the activities was last reported on %s.", reported),
			fmt.Sprintf("Report the state as of %s.", f.AsOf))
	}
}

func deviationRules() []verdict.Rule[Facts] {
	return []verdict.Rule[Facts]{
		{
			Code: "CONTROL-010", Title: "Each deviation to act on has a corrective action", Severity: verdict.Major,
			Why:   "A deviation that nobody corrects grows until only the date or the budget is left to give.",
			Check: each(Act, checkCorrected),
		},
		{
			Code: "CONTROL-011", Title: "A forecast beyond the due date leads to a new plan", Severity: verdict.Major,
			Why:   "People go on relying on a date that is known not to hold.",
			Check: checkReplanned,
		},
		{
			Code: "CONTROL-012", Title: "Each deviation is kept as a risk", Severity: verdict.Minor,
			Why:   "A deviation is an early sign; as a risk it gets an owner, an assessment and a response.",
			Check: each(Warn, checkRaised),
		},
		{
			Code: "CONTROL-013", Title: "Each signal of a control chart is explained", Severity: verdict.Minor,
			Why:   "A signal has a cause that was not there before; it comes back if it is not found.",
			Check: each(Warn, checkExplained),
		},
		{
			Code: "CONTROL-014", Title: "Corrective actions have an effect", Severity: verdict.Major,
			Why:   "An action that was carried out and changed nothing only looks like control.",
			Check: each(Act, checkEffective),
		},
	}
}

// each makes a check of one that looks at each deviation of a level and above that is
// not welcome.
func each(least Level, look func(f Facts, d Deviation, r *verdict.Reporter)) func(Facts, *verdict.Reporter) {
	return func(f Facts, r *verdict.Reporter) {
		for _, d := range f.Report.At(least) {
			if !d.Welcome {
				look(f, d, r)
			}
		}
	}
}

func (d Deviation) path() string { return verdict.Key("deviations", d.ID) }

func checkCorrected(f Facts, d Deviation, r *verdict.Reporter) {
	if !f.corrected(d) {
		r.Find(d.path(), fmt.Sprintf("Nothing is being done about a deviation: %s.", d.sentence()),
			"Compare what could be done, doing nothing included, and decide.", d.Evidence...)
	}
}

func checkReplanned(f Facts, r *verdict.Reporter) {
	d, ok := f.Report.Deviation("finish")
	if !ok || f.Report.Forecast <= f.Report.Due {
		return
	}
	if slices.ContainsFunc(f.Log.Corrections, func(c Correction) bool {
		return c.Decided(f.AsOf) && !c.nothing() && c.covers(d, f.AsOf)
	}) {
		return
	}
	r.Find(d.path(), fmt.Sprintf("The forecast finish, %s, is after the due date, %s, and no new plan was decided on.", f.Report.Forecast, f.Report.Due),
		"Decide on another date, more people or less scope, and have it approved as a change.", d.Evidence...)
}

func checkRaised(f Facts, d Deviation, r *verdict.Reporter) {
	if !d.raises() {
		return
	}
	if _, ok := riskOf(f.Register, d, f.AsOf); !ok {
		r.Find(d.path(), fmt.Sprintf("No risk of the register stands for a deviation: %s.", d.sentence()),
			"Raise it as a risk, and assess it.", d.Evidence...)
	}
}

func checkExplained(f Facts, d Deviation, r *verdict.Reporter) {
	if d.Measure == ProcessSignal && !f.explained(d) {
		r.Find(d.path(), fmt.Sprintf("A signal is not explained: %s since %s.", d.sentence(), d.Since),
			"Find out what has changed, and write it down.", d.Evidence...)
	}
}

func checkEffective(f Facts, d Deviation, r *verdict.Reporter) {
	if d.Trend != Growing && d.Trend != Steady {
		return
	}
	for _, c := range f.Log.Corrections {
		if slices.Contains(c.Deviations, d.ID) && c.Done >= d.Since && c.Done != 0 && c.Done < f.Report.AsOf {
			r.Find(d.path(), fmt.Sprintf("The corrective action %s was done on %s, and the deviation is %s: %s.",
				verdict.Quote(c.ID), c.Done, d.Trend, d.sentence()),
				"Look for the cause again, and choose another action.", d.Evidence...)
		}
	}
}
