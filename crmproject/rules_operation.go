package crmproject

import (
	"fmt"
	"strings"

	"github.com/crmrollout/crm/crmproject/verdict"
)

// undecidedDays is how long a change may wait for a decision.
const undecidedDays = 14

func operationRules() []verdict.Rule[Facts] {
	return []verdict.Rule[Facts]{
		{
			Code: "PROJECT-050", Severity: verdict.Minor,
			Title: "Each open issue has an owner and a date",
			Why:   "An issue without an owner is a complaint.",
			Check: checkIssueData,
		}, {
			Code: "PROJECT-051", Severity: verdict.Major,
			Title: "No issue is overdue",
			Why:   "Users forgive a fault that is mended, and remember one that is not.",
			Check: checkIssueDates,
		}, {
			Code: "PROJECT-052", Severity: verdict.Critical,
			Title: "No critical issue is open",
			Why:   "A critical issue stops the people for whom the CRM was made.",
			Check: checkCriticalIssues,
		}, {
			Code: "PROJECT-053", Severity: verdict.Minor,
			Title: "Changes are decided within 14 days",
			Why:   "A change that is not decided is done anyway, or paid for by waiting.",
			Check: checkUndecided,
		}, {
			Code: "PROJECT-054", Severity: verdict.Major,
			Title: "An approved change was assessed in all five impacts and decided by somebody other than its requester",
			Why:   "A change to the scope that nobody has costed is scope creep with a signature.",
			Check: checkDecisions,
		}, {
			Code: "PROJECT-055", Severity: verdict.Minor,
			Title: "Approved changes are communicated",
			Why:   "Those affected hear of it anyway; better from the project.",
			Check: checkTold,
		}, {
			Code: "PROJECT-056", Severity: verdict.Major,
			Title: "Controls and services that recur are carried out when they are due",
			Why:   "A control that is skipped once is soon skipped always.",
			Check: checkRoutines,
		}, {
			Code: "PROJECT-057", Severity: verdict.Minor,
			Title: "Performance, feedback, data integrity, security, training and support are kept up once users are live",
			Why:   "What is not looked after decays, and the data of customers first.",
			Check: checkRoutineKinds,
		}, {
			Code: "PROJECT-058", Severity: verdict.Minor,
			Title: "Each routine has an owner",
			Why:   "What everybody is to do from time to time, nobody does.",
			Check: checkRoutineOwners,
		},
	}
}

func checkIssueData(f Facts, r *verdict.Reporter) {
	for _, i := range f.Project.Issues {
		if i.Open(f.AsOf) {
			at := verdict.Key("issues", i.ID)
			empty(r, "The issue "+named(i.ID, i.Title), "Agree it in the next team meeting.",
				part{at + ".owner", "an owner", i.Owner != ""},
				part{at + ".due", "a date by which it is to be resolved", i.Due.IsValid()})
		}
	}
}

func checkIssueDates(f Facts, r *verdict.Reporter) {
	for _, i := range f.Project.Issues {
		if late := daysLate(i.Due, 0, f.AsOf); i.Open(f.AsOf) && late > 0 {
			r.Find(verdict.Key("issues", i.ID),
				fmt.Sprintf("The issue %s was to be resolved by %s and is %s overdue.", named(i.ID, i.Title), i.Due, days(late)),
				"Escalate it, or agree on a new date with those affected.")
		}
	}
}

func checkCriticalIssues(f Facts, r *verdict.Reporter) {
	for _, i := range f.Project.Issues {
		if i.Open(f.AsOf) && i.Severity == verdict.Critical {
			r.Find(verdict.Key("issues", i.ID),
				fmt.Sprintf("The critical issue %s has been open for %s.", named(i.ID, i.Title), days(daysLate(i.Opened, 0, f.AsOf))),
				"Resolve it before anything else.", impactOf(i)...)
		}
	}
}

func impactOf(i Issue) []string {
	if i.Impact == "" {
		return nil
	}
	return []string{i.Impact}
}

func checkUndecided(f Facts, r *verdict.Reporter) {
	for _, c := range f.Project.Changes {
		if waiting := daysLate(c.RequestedOn, 0, f.AsOf); c.Undecided(f.AsOf) && c.State != ChangeDeferred && waiting > undecidedDays {
			r.Find(verdict.Key("changes", c.ID), fmt.Sprintf("The change %s has waited for a decision for %s.", named(c.ID, c.Title), days(waiting)),
				"Decide it, or defer it knowingly.")
		}
	}
}

func checkDecisions(f Facts, r *verdict.Reporter) {
	for _, c := range f.Project.Changes {
		if !c.Approved(f.AsOf) {
			continue
		}
		at, name := verdict.Key("changes", c.ID), named(c.ID, c.Title)
		if missing := c.Impact.Unassessed(); len(missing) > 0 {
			r.Find(at+".impact", fmt.Sprintf("The change %s was approved without an assessment of its impact on %s.", name, strings.Join(missing, ", ")),
				"Assess it now, and confirm the decision.")
		}
		if c.DecidedBy == c.RequestedBy {
			r.Find(at+".decidedBy",
				fmt.Sprintf("The change %s was approved by %s, who had requested it.", name, c.DecidedBy), "Have somebody else confirm the decision.")
		}
	}
}

func checkTold(f Facts, r *verdict.Reporter) {
	for _, c := range f.Project.Changes {
		if c.Approved(f.AsOf) && (!c.Communicated.IsValid() || c.Communicated > f.AsOf) {
			r.Find(verdict.Key("changes", c.ID)+".communicated",
				fmt.Sprintf("The change %s was approved on %s and those affected have not been told.", named(c.ID, c.Title), c.DecidedOn),
				"Tell them what changes, why, and what it means for them.")
		}
	}
}

func checkRoutines(f Facts, r *verdict.Reporter) {
	for _, routine := range f.Project.Routines {
		if late := routine.DaysOverdue(f.AsOf); late > 0 {
			r.Find(verdict.Key("routines", routine.ID),
				fmt.Sprintf("%s was due on %s and is %s overdue.", named(routine.ID, routine.Title), routine.Due(f.AsOf), days(late)),
				"Carry it out, and look at why it was left.", lastRun(routine, f))
		}
	}
}

func lastRun(routine Routine, f Facts) string {
	if last := routine.Last(f.AsOf); last.IsValid() {
		return "last carried out on " + last.String()
	}
	return "never carried out"
}

func checkRoutineKinds(f Facts, r *verdict.Reporter) {
	live := false
	for _, w := range f.Project.Waves {
		live = live || w.IsLive(f.AsOf)
	}
	if !live {
		r.NotApplicable("no users are live yet")
		return
	}
	have := map[RoutineKind]bool{}
	for _, routine := range f.Project.Routines {
		have[routine.Kind] = true
	}
	for _, kind := range []RoutineKind{PerformanceReview, FeedbackReview, DataIntegrity, DataSecurity, OngoingTraining, OngoingSupportWork} {
		if !have[kind] {
			r.Find("routines",
				fmt.Sprintf("Users are live and there is no routine for %s.", strings.ReplaceAll(kind.String(), "_", " ")),
				"Plan it: who, how often, since when.")
		}
	}
}

func checkRoutineOwners(f Facts, r *verdict.Reporter) {
	for _, routine := range f.Project.Routines {
		empty(r, named(routine.ID, routine.Title), "Name one.", part{verdict.Key("routines", routine.ID) + ".owner", "an owner", routine.Owner != ""})
	}
}
