package evm

import (
	"fmt"
	"sort"

	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
)

func baselineRules() []verdict.Rule[Facts] {
	return []verdict.Rule[Facts]{{
		Code: "EVM-060", Severity: verdict.Minor, Check: check(checkEffort),
		Title: "Most of the budget is measured",
		Why:   "Level of effort is always on plan, so that much of it hides what is not.",
	}, {
		Code: "EVM-061", Severity: verdict.Minor, Check: each(checkLength),
		Title: "Fixed formulas are for short packages",
		Why:   "A package that earns only at its start and finish says nothing in the periods between.",
	}}
}

func checkEffort(j judge) {
	measured, effort, total, err := j.book.split(j.facts.AsOf)
	if err != nil {
		j.Fail(invalid("rules", err))
		return
	}
	bac := effort.measures.BAC
	part := ratio.Of(bac.Minor(), total.measures.BAC.Minor(), NoBudget)
	if j.LevelOfEffort.Less(part) {
		j.Find("baseline.packages", fmt.Sprintf("%s of the budget is level of effort (%s against %s that are measured); no more than %s is wanted.",
			part.Percent(1), bac, measured.measures.BAC, j.LevelOfEffort.Percent(1)),
			"Plan results that can be measured, and leave to level of effort what has none.")
	}
}

// longest is how many reporting periods a package with a fixed formula may touch.
const longest = 2

func checkLength(j judge, i int) {
	t := &j.book.tracks[i]
	if _, fixed := t.Method.onStart(); !fixed {
		return
	}
	ends := j.book.ends(j.book.span(anyPackage))
	first := sort.Search(len(ends), func(k int) bool { return ends[k] >= t.Start })
	last := sort.Search(len(ends), func(k int) bool { return ends[k] >= t.Finish })
	if n := last - first + 1; n > longest {
		j.Find(packagePath(t.ID), fmt.Sprintf("%s is measured by %v and lasts from %v to %v, over %d reporting periods.",
			t.label(), t.Method, t.Start, t.Finish, n),
			"Split it, or measure it by milestones, units or percent complete in the next baseline.")
	}
}
