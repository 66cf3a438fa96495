package crmproject

import (
	"fmt"
	"strings"

	"github.com/crmrollout/crm/crmproject/verdict"
)

// changeRules hold changes and baselines together.
func changeRules() []verdict.Rule[Facts] {
	return []verdict.Rule[Facts]{
		{
			Code: "PROJECT-110", Severity: verdict.Major,
			Title: "The plan is that of the baseline in force",
			Why:   "A date or an amount that moves without an approved change has been moved by whoever noticed first.",
			Check: checkDrift,
		}, {
			Code: "PROJECT-111", Severity: verdict.Critical,
			Title: "Each baseline after the first comes from an approved change",
			Why:   "A baseline that is replaced without a change hides the deviation that made it necessary.",
			Check: checkBaselineChanges,
		}, {
			Code: "PROJECT-112", Severity: verdict.Critical,
			Title: "No baseline was edited after it was agreed",
			Why:   "Success measured against a baseline that was edited afterwards is no success.",
			Check: checkChain,
		}, {
			Code: "PROJECT-113", Severity: verdict.Major,
			Title: "Each approved change that moves the plan is a baseline",
			Why:   "An approved change that is not in the baseline is counted as a deviation for ever.",
			Check: checkUnapplied,
		}, {
			Code: "PROJECT-114", Severity: verdict.Critical,
			Title: "No change is implemented without having been approved",
			Why:   "Work that nobody has approved is paid for by work that was.",
			Check: checkUnapproved,
		}, {
			Code: "PROJECT-115", Severity: verdict.Minor,
			Title: "Changes are decided by the day they have to be",
			Why:   "After that day the decision has been taken by the calendar.",
			Check: checkDecideBy,
		}, {
			Code: "PROJECT-116", Severity: verdict.Major,
			Title: "The words of an impact agree with its figures",
			Why:   "An impact called none that costs ten days was approved by people who read the words only.",
			Check: checkImpactWords,
		}, {
			Code: "PROJECT-117", Severity: verdict.Minor,
			Title: "An open change is assessed against the baseline in force",
			Why:   "Its days and its money were counted from a plan that is no longer there.",
			Check: checkStale,
		}, {
			Code: "PROJECT-118", Severity: verdict.Major,
			Title: "A change that moves the plan has a baseline to move it from",
			Why:   "Without the plan as it was agreed nobody can say what a change has changed.",
			Check: checkFrozen,
		},
	}
}

func checkFrozen(f Facts, r *verdict.Reporter) {
	if len(f.Project.Baselines) > 0 {
		return
	}
	moves := false
	for _, c := range f.Project.Changes {
		if c.Delta.Effective() && c.RequestedOn <= f.AsOf {
			moves = true
			r.Find(verdict.Key("changes", c.ID)+".delta",
				fmt.Sprintf("The change %s would move a plan of which no baseline is kept.", named(c.ID, c.Title)), "Freeze the plan as baseline 1 first.")
		}
	}
	if !moves {
		r.NotApplicable("no change moves the plan")
	}
}

func checkDrift(f Facts, r *verdict.Reporter) {
	d, ok, err := f.Project.Drift()
	if err != nil {
		r.Fail(err)
		return
	}
	if !ok {
		r.NotApplicable("no baseline is kept")
		return
	}
	const remedy = "Go back to the baseline, or have the change approved."
	if d.End != (DateShift{}) {
		r.Find("end", fmt.Sprintf("The project ends on %s, and baseline %d says %s.", date(d.End.To), d.From, date(d.End.From)), remedy)
	}
	for _, m := range d.Milestones {
		r.Find("milestones", fmt.Sprintf("The milestone %s is due on %s, and baseline %d says %s.", m.ID, date(m.To), d.From, date(m.From)), remedy)
	}
	for _, c := range d.Budget {
		r.Find("budget.lines", fmt.Sprintf("%s is planned for %s, and baseline %d says %s.", people(c.To), c.Category, d.From, people(c.From)), remedy)
	}
	if d.Contingency != (MoneyShift{}) {
		r.Find("budget.contingency",
			fmt.Sprintf("The contingency is %s, and baseline %d says %s.", people(d.Contingency.To), d.From, people(d.Contingency.From)), remedy)
	}
	if d.Total != (MoneyShift{}) {
		r.Find("budget.total", fmt.Sprintf("The approved total is %s, and baseline %d says %s.", people(d.Total.To), d.From, people(d.Total.From)), remedy)
	}
	for _, q := range d.Quality {
		r.Find("quality", fmt.Sprintf("The quality target %s is not that of baseline %d.", q.ID, d.From), remedy)
	}
}

// date writes a date for people, also one that is not there.
func date(d interface{ String() string }) string {
	if s := d.String(); s != "" {
		return s
	}
	return "no date"
}

func checkBaselineChanges(f Facts, r *verdict.Reporter) {
	if len(f.Project.Baselines) == 0 {
		r.NotApplicable("no baseline is kept")
		return
	}
	for i, b := range f.Project.Baselines[1:] {
		at := verdict.At("baselines", i+1) + ".change"
		switch c, ok := f.Project.change(b.Change); {
		case !ok:
			r.Find(at, fmt.Sprintf("Baseline %d comes from no change.", b.Number), "Name the change, or go back to the baseline before.")
		case !c.Approved(f.AsOf) && b.On <= f.AsOf:
			r.Find(at, fmt.Sprintf("Baseline %d comes from the change %s, which is not approved.", b.Number, named(c.ID, c.Title)),
				"Have the change approved, or go back to the baseline before.")
		}
	}
}

// change returns the change with the given id.
func (p *Project) change(id string) (Change, bool) {
	for _, c := range p.Changes {
		if c.ID == id && id != "" {
			return c, true
		}
	}
	return Change{}, false
}

func checkChain(f Facts, r *verdict.Reporter) {
	if len(f.Project.Baselines) == 0 {
		r.NotApplicable("no baseline is kept")
		return
	}
	for i, b := range f.Project.Baselines[1:] {
		if before := f.Project.Baselines[i]; b.Previous != before.Digest() {
			r.Find(verdict.At("baselines", i), fmt.Sprintf("Baseline %d is not what it was when baseline %d was made from it.", before.Number, b.Number),
				"Restore it from the records, and find out who edited it.")
		}
	}
}

func checkUnapplied(f Facts, r *verdict.Reporter) {
	if len(f.Project.Baselines) == 0 {
		r.NotApplicable("no baseline is kept")
		return
	}
	in := idSet(f.Project.Baselines, func(b Baseline) string { return b.Change })
	for _, c := range f.Project.Changes {
		if c.Delta.Effective() && c.Approved(f.AsOf) && c.DecidedOn >= f.Project.Baselines[0].On && !in[c.ID] {
			r.Find(verdict.Key("changes", c.ID), fmt.Sprintf("The change %s was approved on %s and is in no baseline.", named(c.ID, c.Title), c.DecidedOn),
				"Make the baseline that it is.")
		}
	}
}

func checkUnapproved(f Facts, r *verdict.Reporter) {
	for _, c := range f.Project.Changes {
		done := c.State == ChangeImplemented || c.State == ChangeVerified || c.State == ChangeClosed
		if done && (c.DecidedBy == "" || !c.DecidedOn.IsValid()) {
			r.Find(verdict.Key("changes", c.ID), fmt.Sprintf("The change %s is %s, and nobody has approved it.", named(c.ID, c.Title), c.State),
				"Have it decided now, or take it back.")
		}
	}
}

func checkDecideBy(f Facts, r *verdict.Reporter) {
	for _, c := range f.Project.Changes {
		if late := daysLate(c.DecideBy, 0, f.AsOf); late > 0 && c.Undecided(f.AsOf) {
			r.Find(verdict.Key("changes", c.ID)+".decideBy",
				fmt.Sprintf("The change %s was to be decided by %s, %s ago.", named(c.ID, c.Title), c.DecideBy, days(late)),
				"Decide it, or agree on another day with whoever waits.")
		}
	}
}

func checkImpactWords(f Facts, r *verdict.Reporter) {
	none := func(text string) bool {
		return strings.EqualFold(strings.TrimRight(strings.TrimSpace(text), "."), "none")
	}
	for _, c := range f.Project.Changes {
		at, d := verdict.Key("changes", c.ID), c.Delta
		wrong := func(part, figures string) {
			r.Find(at+".impact."+part, fmt.Sprintf("The impact of the change %s on %s is called none, but %s.", named(c.ID, c.Title), part, figures),
				"Assess it again, and confirm the decision.")
		}
		if none(c.Impact.Scope) && len(d.AddScope)+len(d.DropScope) > 0 {
			wrong("scope", "the scope changes")
		}
		if none(c.Impact.Schedule) && (c.Impact.Days != 0 || d.End.IsValid() || len(d.Milestones) > 0) {
			wrong("schedule", "dates move")
		}
		if cost, err := d.Cost(); none(c.Impact.Cost) && (c.Impact.Amount.Sign() != 0 || err == nil && cost.Sign() != 0) {
			wrong("cost", "the budget changes")
		}
		if none(c.Impact.Quality) && len(d.Quality)+len(d.DropQuality) > 0 {
			wrong("quality", "quality targets change")
		}
		if none(c.Impact.Risk) && len(d.Risks) > 0 {
			wrong("risk", "risks change")
		}
	}
}

func checkStale(f Facts, r *verdict.Reporter) {
	base, ok := f.Project.Baseline()
	if !ok {
		r.NotApplicable("no baseline is kept")
		return
	}
	for _, c := range f.Project.Changes {
		if c.Undecided(f.AsOf) && c.Against != 0 && c.Against != base.Number {
			r.Find(verdict.Key("changes", c.ID)+".against",
				fmt.Sprintf("The change %s was assessed against baseline %d, and baseline %d is in force.", named(c.ID, c.Title), c.Against, base.Number),
				"Assess it again.")
		}
	}
}
