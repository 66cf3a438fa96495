package evm

import (
	"fmt"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
)

func forecastRules() []verdict.Rule[Facts] {
	return []verdict.Rule[Facts]{{
		Code: "EVM-020", Severity: verdict.Minor, Check: check(checkEAC),
		Title: "The project will cost no more than its budget",
		Why:   "An overrun that is known early can still be corrected, or paid for by decision.",
	}, {
		Code: "EVM-021", Severity: verdict.Minor, Check: check(checkFinish),
		Title: "The project will be finished as planned",
		Why:   "Those who wait for the result have plans of their own.",
	}, {
		Code: "EVM-022", Severity: verdict.Minor, Check: measured(checkCredible),
		Title: "The bottom-up estimate is credible",
		Why:   "An estimate that needs the rest to go much better than all before it is a hope.",
	}}
}

// checkEAC looks at the total, level of effort included: the budget is one.
func checkEAC(j judge) {
	_, _, total, err := j.book.split(j.facts.AsOf)
	if err != nil {
		j.Fail(invalid("rules", err))
		return
	}
	p, err := total.position(j.book)
	if err != nil {
		j.Fail(err)
		return
	}
	eac, bac := p.Performance.Estimate(AtCPI).EAC, p.Measures.BAC
	allowed := whole(bac).mul(ExactOf(ratio.Int(1).Add(j.Overrun)))
	low, high, _ := p.Performance.Range()
	switch {
	case !eac.Defined():
		j.Unassessed("EAC is undefined: " + eac.Exact.Reason())
	case allowed.Less(eac.Exact):
		j.Find("", fmt.Sprintf("If costs go on as they did, the project will cost %v; the budget is %v. Other assumptions give %v (%v) to %v (%v).",
			eac, bac, low.EAC, low.Variant, high.EAC, high.Variant),
			"Take corrective action, or have the overrun approved.", "EAC = "+eac.Exact.String()+" minor units")
	}
}

func checkFinish(j judge) {
	r, ok := j.time()
	if !ok {
		return
	}
	_, planned := j.book.span(measurable)
	latest := planned
	if j.Delay > 0 {
		latest = j.book.working.Add(j.book.working.Previous(planned), j.Delay)
	}
	f := r.Forecast.Finishes[AtTimeIndex-1]
	r.Forecast.bound(Performance{})
	switch {
	case !f.Time.Defined():
		j.Unassessed("the finish is undefined: " + f.Time.Reason())
	case f.Date == 0:
		j.Find("", "At the pace so far the project is not finished before the year 10000.", "Plan the rest anew.")
	case f.Date <= latest || latest == 0:
	case r.Forecast.Finished != 0:
		j.Find("", fmt.Sprintf("The work was finished on %v, %s after the planned %v.", f.Date, between(planned, f.Date), planned),
			"Record why for the lessons learned.")
	default:
		j.Find("", fmt.Sprintf("At the pace so far the project is finished on %v, %s after the planned %v. Other assumptions give %v to %v.",
			f.Date, between(planned, f.Date), planned, r.Forecast.Earliest, r.Forecast.Latest),
			"Decide whether to change the timeline, add resources, or change the scope, and tell those who wait for it.",
			"IEAC(t) = "+f.Time.String()+" periods")
	}
}

func between(first, then calendar.Date) string {
	n, _ := then.DaysSince(first)
	return count(n, "day")
}

// checkCredible compares what the bottom-up estimate demands of the rest with what
// was achieved so far, in the manner of the comparison of TCPI and CPI that the US
// Defense Contract Management Agency makes.
func checkCredible(j judge, p Position) {
	estimate, cpi := p.Performance.Estimate(BottomUp), p.Performance.CPI
	switch {
	case !estimate.EAC.Defined():
		j.Unassessed("not every open package has a bottom-up estimate")
	case estimate.TCPI.Outlook == Unachievable:
		j.Find("", fmt.Sprintf("The bottom-up estimate gives the rest %v, and work is left.", estimate.ETC), "Have the rest estimated again.")
	case !cpi.Defined():
		j.Unassessed("CPI is undefined: " + cpi.Reason())
	case estimate.TCPI.Outlook == Open && ExactOf(cpi.Add(j.Credibility)).Less(estimate.TCPI.Index):
		j.Find("", fmt.Sprintf("The bottom-up estimate of %v for the rest needs an index of %s; so far it was %s.",
			estimate.ETC, estimate.TCPI.Index.Decimal(3), cpi.Decimal(3)),
			"Ask what will be different from now on, or estimate again.", "TCPI to EAC = "+estimate.TCPI.Index.String(), "CPI = "+cpi.String())
	}
}
