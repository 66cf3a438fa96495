package evm

import (
	"fmt"

	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
)

func packageRules() []verdict.Rule[Facts] {
	return []verdict.Rule[Facts]{{
		Code: "EVM-040", Severity: verdict.Major, Check: each(checkIdleCost),
		Title: "Cost comes with progress",
		Why:   "Either the progress is not reported, or the money went elsewhere.",
	}, {
		Code: "EVM-041", Severity: verdict.Minor, Check: each(checkFreeWork),
		Title: "Progress comes with cost",
		Why:   "Work that is done and not yet billed makes the cost index look better than it is.",
	}, {
		Code: "EVM-042", Severity: verdict.Major, Check: each(checkDecrease),
		Title: "Progress does not decrease",
		Why:   "Either it was overstated before, or work was lost; both make earlier reports wrong.",
	}, {
		Code: "EVM-043", Severity: verdict.Major, Check: check(checkMethod),
		Title: "Progress is measured by the method of the baseline",
		Why:   "A method that changes with the results measures nothing.",
	}, {
		Code: "EVM-044", Severity: verdict.Minor, Check: each(checkExcess),
		Title: "No more than all of the work is reported as done",
		Why:   "Work beyond the plan is a change of scope, and earns nothing.",
	}, {
		Code: "EVM-045", Severity: verdict.Minor, Check: each(checkSilent),
		Title: "Work begins as planned",
		Why:   "A late start is the first sign of a late finish.",
	}, {
		Code: "EVM-046", Severity: verdict.Minor, Check: each(checkStale),
		Title: "Progress is reported regularly",
		Why:   "An index over old reports says nothing about today.",
	}, {
		Code: "EVM-047", Severity: verdict.Major, Check: each(checkOverdue),
		Title: "Work is finished as planned",
		Why:   "What waits for this package is late as well.",
	}, {
		Code: "EVM-048", Severity: verdict.Minor, Check: check(checkLateCost),
		Title: "Nothing is charged to finished work",
		Why:   "Either the work was not finished, or the cost belongs elsewhere.",
	}, {
		Code: "EVM-049", Severity: verdict.Major, Check: check(checkOverspent),
		Title: "No package has cost more than its budget",
		Why:   "What it takes beyond its budget is missing elsewhere.",
	}}
}

// progress returns the share of track i as it was last reported, uncapped, 0 if
// nothing was.
func (j judge) progress(i int) (state, bool) {
	s, ok := j.book.tracks[j.book.tracks[i].base].stateAt(j.facts.AsOf)
	if !ok {
		s.reported, s.share = ratio.Int(0), ratio.Int(0)
	}
	return s, ok
}

func checkIdleCost(j judge, i int) {
	t := &j.book.tracks[i]
	s, _ := j.progress(i)
	if spent := t.spent(j.facts.AsOf); spent.Sign() > 0 && s.reported.Sign() == 0 {
		j.Find(packagePath(t.ID), fmt.Sprintf("%s has cost %s and no progress is reported.", t.label(), spent),
			"Report its progress, or correct the booking.")
	}
}

func checkFreeWork(j judge, i int) {
	t := &j.book.tracks[i]
	c := j.book.count(i, j.facts.AsOf)
	if earned := c.round(j.book).EV; earned.Sign() > 0 && t.spent(j.facts.AsOf).Sign() <= 0 {
		j.Find(packagePath(t.ID), fmt.Sprintf("%s has earned %s and cost nothing.", t.label(), earned),
			"Book what it has cost, if need be as an accrual.")
	}
}

func checkDecrease(j judge, i int) {
	t := &j.book.tracks[i]
	n := t.reports(j.facts.AsOf)
	for k := 1; k < n; k++ {
		if was, is := t.states[k-1], t.states[k]; is.reported.Less(was.reported) {
			j.Find(packagePath(t.ID), fmt.Sprintf("%s was reported %s done on %v and %s on %v.",
				t.label(), was.reported.Percent(1), was.on, is.reported.Percent(1), is.on),
				"Find out which report is right, and correct the other.")
		}
	}
}

func checkMethod(j judge) {
	byID := j.book.byID()
	for _, s := range j.facts.Ledger.Progress {
		p := j.book.Packages[byID[s.Package]]
		if s.On <= j.facts.AsOf && s.otherMethod(p) {
			j.Find(packagePath(p.ID), fmt.Sprintf("%s was measured by %v on %v; the baseline says %v.", p.label(), s.Method, s.On, p.Method),
				"Measure it by the method of the baseline, or change the baseline by an approved change.")
		}
	}
}

func checkExcess(j judge, i int) {
	t := &j.book.tracks[i]
	s, ok := t.stateAt(j.facts.AsOf)
	if ok && ratio.Int(1).Less(s.reported) {
		j.Find(packagePath(t.ID), fmt.Sprintf("%s is reported as %s done; 100 %% is counted.", t.label(), s.reported.Percent(1)),
			"Correct the report, or plan the additional work by an approved change.")
	}
}

func checkSilent(j judge, i int) {
	t := &j.book.tracks[i]
	s, _ := j.progress(i)
	if t.Start <= j.facts.AsOf && s.reported.Sign() == 0 {
		j.Find(packagePath(t.ID), fmt.Sprintf("%s should have begun on %v, and no progress is reported.", t.label(), t.Start),
			"Report its progress, or find out what keeps it from beginning.")
	}
}

func checkStale(j judge, i int) {
	t := &j.book.tracks[i]
	s, ok := j.progress(i)
	until := j.Stale.After(s.on)
	if ok && s.share != ratio.Int(1) && until != 0 && until < j.facts.AsOf {
		j.Find(packagePath(t.ID), fmt.Sprintf("The progress of %s was last reported %s ago, on %v.", t.label(), between(s.on, j.facts.AsOf), s.on),
			"Ask for a report, even if nothing has changed.")
	}
}

func checkOverdue(j judge, i int) {
	t := &j.book.tracks[i]
	s, _ := j.progress(i)
	if t.Finish < j.facts.AsOf && s.share != ratio.Int(1) {
		j.Find(packagePath(t.ID), fmt.Sprintf("%s should have been finished on %v and is %s done.", t.label(), t.Finish, s.reported.Percent(0)),
			"Agree on a new date with those who do it, and look at what waits for it.")
	}
}

func checkLateCost(j judge) {
	byID := j.book.byID()
	for n, c := range j.facts.Ledger.Costs {
		i := byID[c.Package]
		finished := j.book.finishedOn(i, j.facts.AsOf)
		if t := &j.book.tracks[i]; measurable(t.WorkPackage) && finished != 0 && finished < c.On && c.On <= j.facts.AsOf && c.Amount.Sign() > 0 {
			j.Find(verdict.At("costs", n), fmt.Sprintf("%s was charged to %s on %v, after it was finished on %v.", c.Amount, t.label(), c.On, finished),
				"Correct the booking, or the report that it is finished.")
		}
	}
}

func checkOverspent(j judge) {
	for i := range j.book.tracks {
		t := &j.book.tracks[i]
		if spent := t.spent(j.facts.AsOf); spent.Minor() > t.Budget.Minor() {
			j.Find(packagePath(t.ID), fmt.Sprintf("%s has cost %s; its budget is %s.", t.label(), spent, t.Budget),
				"Find out why, and decide where the money comes from.")
		}
	}
}
