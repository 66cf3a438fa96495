package crmproject

import (
	"fmt"
	"slices"

	"github.com/crmrollout/crm/crmproject/verdict"
)

// readyDays is how long before its date a wave should be ready.
const readyDays = 7

// goLiveRules judge the days around going live.
func goLiveRules() []verdict.Rule[Facts] {
	return []verdict.Rule[Facts]{
		{
			Code: "PROJECT-100", Severity: verdict.Major,
			Title: "A wave that goes live within a week is ready",
			Why:   "A date that is held although the wave is not ready is paid for by its users.",
			Check: checkReady,
		}, {
			Code: "PROJECT-101", Severity: verdict.Minor,
			Title: "The way back of each wave has triggers, a window and somebody who decides",
			Why:   "In the night of a failed launch nobody finds the time to agree on when to go back.",
			Check: from(Planning, checkRollbackRule),
		}, {
			Code: "PROJECT-102", Severity: verdict.Major,
			Title: "The way back was rehearsed before a wave went live",
			Why:   "A way back that nobody has walked is a hope.",
			Check: checkRehearsed,
		}, {
			Code: "PROJECT-103", Severity: verdict.Major,
			Title: "A wave that went back has a new date",
			Why:   "Users who were sent back without a date do not come a second time.",
			Check: checkRolledBack,
		}, {
			Code: "PROJECT-104", Severity: verdict.Minor,
			Title: "The issues of the first deployment do not pile up",
			Why:   "When more issues come in than are resolved, users stop reporting them, and then stop using the CRM.",
			Check: checkPileUp,
		}, {
			Code: "PROJECT-105", Severity: verdict.Minor,
			Title: "A resolved issue says how it was resolved",
			Why:   "The same issue comes again in the next wave, to people who look for the solution.",
			Check: checkResolutions,
		},
	}
}

func checkReady(f Facts, r *verdict.Reporter) {
	for _, w := range f.Project.Waves {
		ahead, ok := w.Planned.DaysSince(f.AsOf)
		if !ok || ahead < 0 || ahead > readyDays || w.Live.IsValid() && w.Live <= f.AsOf {
			continue
		}
		ready, _ := f.Project.Readiness(w.ID, f.AsOf)
		for _, item := range ready.Open() {
			if item.Status == verdict.NotMet {
				r.Find(verdict.Key("waves", w.ID), fmt.Sprintf("%s is to go live on %s and is not ready in %s: %s.",
					named(w.ID, w.Title), w.Planned, item.Aspect, item.Reason), "Settle it, or move the wave.", item.Evidence...)
			}
		}
	}
}

func checkRollbackRule(f Facts, r *verdict.Reporter) {
	if !slices.ContainsFunc(f.Project.Waves, func(w Wave) bool { return w.RollbackRule.Given() }) {
		r.NotApplicable("no wave has a rule for its way back")
		return
	}
	for _, w := range f.Project.Waves {
		at, rule := verdict.Key("waves", w.ID)+".rollbackRule", w.RollbackRule
		empty(r, "The way back of "+named(w.ID, w.Title), "Agree it before the wave goes live.",
			part{at + ".triggers", "triggers", len(rule.Triggers) > 0},
			part{at + ".decides", "somebody who decides it", rule.Decides != ""},
			part{at + ".window", "a window", rule.Window.IsValid()})
	}
}

func checkRehearsed(f Facts, r *verdict.Reporter) {
	ruled := false
	for _, w := range f.Project.Waves {
		if !w.RollbackRule.Given() {
			continue
		}
		ruled = true
		if tested := w.RollbackRule.Tested; w.IsLive(f.AsOf) && (!tested.IsValid() || tested > w.Live) {
			r.Find(verdict.Key("waves", w.ID)+".rollbackRule.tested",
				fmt.Sprintf("%s went live on %s without its way back having been rehearsed.", named(w.ID, w.Title), w.Live),
				"Rehearse it while there is still a way back.")
		}
	}
	if !ruled {
		r.NotApplicable("no wave has a rule for its way back")
	}
}

func checkRolledBack(f Facts, r *verdict.Reporter) {
	for _, w := range f.Project.Waves {
		if w.RolledBack.IsValid() && w.RolledBack <= f.AsOf && w.Planned <= w.RolledBack {
			r.Find(verdict.Key("waves", w.ID)+".planned",
				fmt.Sprintf("%s went back on %s and has no new date.", named(w.ID, w.Title), w.RolledBack),
				"Find out what made it go back, and plan it anew with its users.")
		}
	}
}

func checkPileUp(f Facts, r *verdict.Reporter) {
	log := f.Project.IssueLog(f.AsOf, DeploymentIssue)
	if log.Trend == Rising && log.Total() > 2 {
		r.Find("issues",
			fmt.Sprintf("%d issues of the first deployment are open, and in the last %d days more came in than were resolved.", log.Total(), trendDays),
			"Put more people on them before the next wave.", "the oldest is "+log.Oldest+", open for "+days(log.OldestDays))
	}
}

func checkResolutions(f Facts, r *verdict.Reporter) {
	for _, i := range f.Project.Issues {
		if i.Resolved.IsValid() && i.Resolved <= f.AsOf {
			empty(r, "The resolved issue "+named(i.ID, i.Title), "Write down what helped.",
				part{verdict.Key("issues", i.ID) + ".resolution", "its resolution", i.Resolution != ""})
		}
	}
}
