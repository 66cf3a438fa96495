package stakeholder

import (
	"fmt"

	"github.com/crmrollout/crm/crmproject/verdict"
)

func conflictRules() []rule {
	return []rule{
		{
			Code: "STAKE-401", Severity: verdict.Major, Check: checkOpenConflicts,
			Title: "No conflict is open for too long",
			Why:   "An open conflict stops every decision that needs both its parties.",
		},
		{
			Code: "STAKE-402", Severity: verdict.Major, Check: checkResolutionTold,
			Title: "The resolution of a conflict is told to each of its parties",
			Why:   "A party that was not told goes on fighting.",
		},
		{
			Code: "STAKE-403", Severity: verdict.Minor, Check: checkStrategies,
			Title: "Each open conflict has an owner, a strategy and, once it has broken out, a mode",
			Why:   "A conflict that is only known of is left to the stronger party.",
		},
	}
}

// conflicts visits those that were raised by the day of the facts.
func (f Facts) conflicts(r reporter, visit func(at string, c Conflict)) {
	if !f.dated(r) {
		return
	}
	if len(f.Register.Conflicts) == 0 {
		r.NotApplicable("no conflict is recorded")
	}
	for _, c := range f.Register.Conflicts {
		if c.Raised <= f.AsOf {
			visit(verdict.Key("conflicts", c.ID), c)
		}
	}
}

func checkOpenConflicts(f Facts, r reporter) {
	f.conflicts(r, func(at string, c Conflict) {
		if c.State == Actual && c.Open(f.AsOf) && f.overdue(c.Raised, f.Config.conflictOpen()) {
			r.Find(at, fmt.Sprintf("The conflict over %s has been open for %s.", verdict.Quote(c.Subject),
				plural(f.days(c.Raised), "day")), "Bring the parties together, or take it to whoever can decide.",
				"parties "+list(c.Parties))
		}
	})
}

func checkResolutionTold(f Facts, r reporter) {
	waiting := make(map[string][]string)
	for _, o := range f.Register.Owed(f.AsOf) {
		waiting[o.Event] = append(waiting[o.Event], o.Stakeholder)
	}
	f.conflicts(r, func(at string, c Conflict) {
		if who := waiting[c.ID]; len(who) > 0 && f.overdue(c.Resolved, f.Config.messageWithin()) {
			r.Find(at+".resolved", fmt.Sprintf("The conflict over %s was resolved on %s, and %s has not been told.",
				verdict.Quote(c.Subject), c.Resolved, list(who)), "Tell every party what was decided, and why.")
		}
	})
}

func checkStrategies(f Facts, r reporter) {
	f.conflicts(r, func(at string, c Conflict) {
		if !c.Open(f.AsOf) {
			return
		}
		for _, part := range []struct {
			path, what, remedy string
			missing            bool
		}{
			{".owner", "owner", "Name who brings the parties together.", tidy(c.Owner) == ""},
			{".strategy", "strategy", "Decide how it is to be prevented or settled.", tidy(c.Strategy) == ""},
			{".mode", "mode", "Choose how to handle it: collaborate where both concerns matter.", c.State == Actual && c.Mode == 0},
		} {
			if part.missing {
				r.Find(at+part.path, fmt.Sprintf("The conflict over %s has no %s.", verdict.Quote(c.Subject), part.what), part.remedy)
			}
		}
	})
}
