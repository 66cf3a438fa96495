package crmproject

import (
	"fmt"

	"github.com/crmrollout/crm/crmproject/money"
	"github.com/crmrollout/crm/crmproject/verdict"
)

func budgetRules() []verdict.Rule[Facts] {
	return []verdict.Rule[Facts]{
		{
			Code: "PROJECT-030", Severity: verdict.Major,
			Title: "The budget has lines for software, implementation, training and ongoing support",
			Why:   "The head that is left out becomes the unexpected cost; most often it is training or support.",
			Check: from(Planning, checkHeads),
		}, {
			Code: "PROJECT-031", Severity: verdict.Major,
			Title: "The lines and the contingency fit into the approved total",
			Why:   "A plan beyond the approved budget is a request for money that nobody has made.",
			Check: checkTotal,
		}, {
			Code: "PROJECT-032", Severity: verdict.Major,
			Title: "No budget line is overspent",
			Why:   "An overspent line eats the money of another.",
			Check: checkLines,
		}, {
			Code: "PROJECT-033", Severity: verdict.Major,
			Title: "Every cost belongs to a budget line",
			Why:   "Costs without a line are the ones nobody has planned.",
			Check: checkUnexpected,
		}, {
			Code: "PROJECT-034", Severity: verdict.Minor,
			Title: "The budget holds a contingency",
			Why:   "Known risks cost money in some projects; a budget without contingency assumes that they do not in this one.",
			Check: from(Planning, func(f Facts, r *verdict.Reporter) {
				empty(r, "The budget",
					"Derive one from the risk register.", part{"budget.contingency", "a contingency", f.Project.Budget.Contingency.Sign() > 0})
			}),
		}, {
			Code: "PROJECT-035", Severity: verdict.Minor,
			Title: "No more is committed on a line than is planned",
			Why:   "An order is a cost that has not arrived yet.",
			Check: checkCommitted,
		}, {
			Code: "PROJECT-036", Severity: verdict.Minor,
			Title: "The budget is the one of the charter",
			Why:   "Two figures for one budget mean that one of them was not approved.",
			Check: checkCharterBudget,
		},
	}
}

func checkHeads(f Facts, r *verdict.Reporter) {
	have := map[Category]bool{}
	for _, l := range f.Project.Budget.Lines {
		have[l.Category] = true
	}
	for _, head := range []Category{SoftwareCost, ImplementationCost, TrainingCost, SupportCost} {
		if !have[head] {
			r.Find("budget.lines", fmt.Sprintf("The budget has no line for %s.", head), "Plan it, with an amount of 0 if it costs nothing.")
		}
	}
}

func checkTotal(f Facts, r *verdict.Reporter) {
	b := f.Project.Budget
	if b.Total.Sign() == 0 && len(b.Lines) == 0 {
		r.Unassessed("there is no budget yet")
		return
	}
	gap, err := b.Gap()
	switch {
	case err != nil:
		r.Fail(err)
	case gap.Sign() < 0:
		over, _ := gap.Abs()
		r.Find("budget.total",
			fmt.Sprintf("Lines and contingency exceed the approved total of %s by %s.", people(b.Total), people(over)),
			"Cut lines, or ask for the money.")
	}
}

func checkLines(f Facts, r *verdict.Reporter) {
	for _, l := range f.Project.Budget.Lines {
		p, err := f.Project.Budget.Line(l.ID, f.AsOf)
		if err != nil {
			r.Fail(err)
			return
		}
		if p.Overspent() {
			r.Find(verdict.Key("budget.lines", l.ID),
				fmt.Sprintf("%s has spent %s of the %s planned.", named(l.ID, l.Title), people(p.Spent), people(p.Planned)),
				"Find out why, and decide where the money comes from.", "spent "+p.Share.Percent(0))
		}
	}
}

func checkUnexpected(f Facts, r *verdict.Reporter) {
	costs, _, err := f.Project.Budget.Unexpected(f.AsOf)
	if err != nil {
		r.Fail(err)
		return
	}
	for _, c := range costs {
		r.Find(verdict.Key("budget.costs", c.ID),
			fmt.Sprintf("%s was spent on %s for something that is not in the budget: %s.", people(c.Amount), c.On, note(c.Note)),
			"Give it a line by an approved change, and ask why it was not foreseen.")
	}
}

// people writes an amount for people.
func people(a money.Amount) string { return a.Format(money.Style{}) }

func note(s string) string {
	if s == "" {
		return "no note"
	}
	return s
}

func checkCommitted(f Facts, r *verdict.Reporter) {
	for _, l := range f.Project.Budget.Lines {
		if more, err := l.Planned.Less(l.Committed); err == nil && more {
			r.Find(verdict.Key("budget.lines", l.ID)+".committed",
				fmt.Sprintf("On %s, %s is committed and %s planned.", named(l.ID, l.Title), people(l.Committed), people(l.Planned)),
				"Raise the line by an approved change, or cancel orders.")
		}
	}
}

func checkCharterBudget(f Facts, r *verdict.Reporter) {
	charter, total := f.Project.Charter.Budget, f.Project.Budget.Total
	if charter.Sign() == 0 || total.Sign() == 0 {
		r.Unassessed("the charter or the project has no budget yet")
		return
	}
	if charter != total {
		r.Find("budget.total",
			fmt.Sprintf("The budget is %s and the charter says %s.", people(total), people(charter)), "Bring the two together by an approved change.")
	}
}
