package risk

import (
	"fmt"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/verdict"
)

func monitoringRules() []verdict.Rule[Facts] {
	return []verdict.Rule[Facts]{{
		Code: "RISK-060", Severity: verdict.Minor, Check: active(checkReview),
		Title: "No review is overdue",
		Why:   "Risks are watched as long as someone looks.",
	}, {
		Code: "RISK-061", Severity: verdict.Major, Check: live(checkTriggers),
		Title: "Every sign that was seen has been acted on",
		Why:   "An early warning is worth the time that it gains, and no more.",
	}, {
		Code: "RISK-062", Severity: verdict.Minor, Check: live(checkWindow),
		Title: "Risks whose time is over are closed",
		Why:   "A register full of the past hides the present.",
	}, {
		Code: "RISK-063", Severity: verdict.Major, Check: occurred(checkIssue),
		Title: "Every risk that has happened is tracked as an issue",
		Why:   "It is no longer a risk; without an issue nobody resolves it.",
	}, {
		Code: "RISK-064", Severity: verdict.Major, Check: occurred(checkCorrection),
		Title: "Every risk that has happened is being dealt with",
		Why:   "The damage grows while nothing is done.",
	}, {
		Code: "RISK-065", Severity: verdict.Minor, Check: live(checkRising),
		Title: "Rising threats are worked on",
		Why:   "A threat that grows under the responses it has needs another.",
	}}
}

func checkReview(f Facts, risk Risk, r *verdict.Reporter) {
	due, ok := f.Register.NextReview(risk, f.AsOf)
	if ok && due < f.AsOf {
		late, _ := f.AsOf.DaysSince(due)
		r.Find(at(risk, "review"), fmt.Sprintf("The review of %s was due on %v, %s ago.", label(risk), due, days(late)),
			"Review it: is it still a risk, is the assessment right, do the responses work?")
	}
}

func checkTriggers(f Facts, risk Risk, r *verdict.Reporter) {
	for i, t := range risk.Triggers {
		if t.Seen != 0 && t.Seen <= f.AsOf && !assessedSince(f, risk, t) {
			r.Find(verdict.At(at(risk, "triggers"), i),
				fmt.Sprintf("A sign of %s was seen on %v, and it was not assessed since: %s.", label(risk), t.Seen, verdict.Quote(t.Sign)),
				"Assess the risk anew and decide whether to act now.")
		}
	}
}

func assessedSince(f Facts, risk Risk, t Trigger) bool {
	for _, a := range risk.Assessments {
		if t.Seen <= a.Date && a.Date <= f.AsOf {
			return true
		}
	}
	return false
}

func checkWindow(f Facts, risk Risk, r *verdict.Reporter) {
	if risk.ProximityAt(f.AsOf) == Past {
		r.Find(at(risk, "window"), fmt.Sprintf("%s could happen until %v and is still open.", capital(label(risk)), risk.Window.Until),
			"Close it, or correct the time when it can happen.")
	}
}

func checkIssue(f Facts, risk Risk, r *verdict.Reporter) {
	for i, o := range risk.Occurrences {
		if o.open(f.AsOf) && o.Issue == "" {
			r.Find(verdict.At(at(risk, "occurrences"), i)+".issue",
				fmt.Sprintf("%s happened on %v and is not tracked as an issue.", capital(label(risk)), o.On),
				"Open an issue with an owner and a date, and note its id.")
		}
	}
}

func checkCorrection(f Facts, risk Risk, r *verdict.Reporter) {
	if risk.Kind == Threat && !risk.underWay(f.AsOf) {
		r.Find(at(risk, "responses"), capital(label(risk))+" has happened, and no response is under way.",
			"Plan a corrective action, or accept the consequences until a date.")
	}
}

// underWay reports whether some response is still being worked on, or accepts
// the risk as it is.
func (r Risk) underWay(asOf calendar.Date) bool {
	return r.has(func(response Response) bool {
		return response.Stands(r.Kind, asOf) && (response.Open() || response.Strategy == Accept)
	})
}

func checkRising(f Facts, risk Risk, r *verdict.Reporter) {
	trend, ok := f.Register.Trend(risk, f.AsOf)
	if ok && trend == Rising && risk.Kind == Threat && !risk.underWay(f.AsOf) {
		r.Find(at(risk, "responses"), capital(label(risk))+" is rising, and no response is under way.",
			"Add a response, or say why those that are done are enough.")
	}
}
