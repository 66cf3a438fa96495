package crmproject

import (
	"fmt"
	"slices"

	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// moneyRules follow the money through time.
func moneyRules() []verdict.Rule[Facts] {
	return []verdict.Rule[Facts]{
		{
			Code: "PROJECT-090", Severity: verdict.Minor,
			Title: "Each budget line says when its money is due",
			Why:   "Money that is needed on a day nobody has named is missing on that day.",
			Check: from(Planning, checkDated),
		}, {
			Code: "PROJECT-091", Severity: verdict.Major,
			Title: "No category has spent more by now than was planned by now, beyond the tolerance",
			Why:   "A category that runs ahead of its plan rarely comes back to it by itself.",
			Check: checkOverrun,
		}, {
			Code: "PROJECT-092", Severity: verdict.Info,
			Title: "No category has spent far less by now than was planned by now, beyond twice the tolerance",
			Why:   "Money that is not spent is often work that is not done, or an invoice that is still to come.",
			Check: checkUnderrun,
		}, {
			Code: "PROJECT-093", Severity: verdict.Major,
			Title: "The forecast at completion stays within the approved total",
			Why:   "The sponsor can help with a shortfall that is announced, and only then.",
			Check: checkForecast,
		}, {
			Code: "PROJECT-094", Severity: verdict.Major,
			Title: "No more is drawn from the contingency than there is, and each draw is released by somebody for a reason",
			Why:   "A contingency that is drawn on without asking is a second budget.",
			Check: checkDraws,
		}, {
			Code: "PROJECT-095", Severity: verdict.Minor,
			Title: "What goes beyond the plan is covered by the contingency",
			Why:   "What is spent beyond the plan is paid by somebody; better by a decision than by chance.",
			Check: checkUncovered,
		},
	}
}

func checkDated(f Facts, r *verdict.Reporter) {
	lines := f.Project.DatedBudget().Lines
	if !slices.ContainsFunc(lines, BudgetLine.Dated) {
		r.NotApplicable("no budget line says when its money is due")
		return
	}
	for _, l := range lines {
		if !l.Dated() {
			r.Find(verdict.Key("budget.lines", l.ID), fmt.Sprintf("%s, %s, does not say when its money is due.", named(l.ID, l.Title), people(l.Planned)),
				"Give it a day, or its first and last; or name the activities that it pays for.")
		}
	}
}

// rowsDue hands over the rows of the categories of which something was due.
func rowsDue(f Facts, r *verdict.Reporter, each func(row BudgetRow, off, tolerance ratio.Ratio)) {
	b := f.Project.DatedBudget()
	if !slices.ContainsFunc(b.Lines, BudgetLine.Dated) {
		r.NotApplicable("no budget line says when its money is due")
		return
	}
	table, err := b.Table(f.AsOf)
	if err != nil {
		r.Fail(err)
		return
	}
	tolerance := b.Tolerance
	if !tolerance.Defined() {
		tolerance = DefaultTolerance()
	}
	for _, row := range table.Rows {
		each(row, row.Variance, tolerance)
	}
}

func checkOverrun(f Facts, r *verdict.Reporter) {
	rowsDue(f, r, func(row BudgetRow, off, tolerance ratio.Ratio) {
		early := !off.Defined() && row.DueActual.Sign() > 0
		if early || tolerance.Less(off) {
			r.Find("budget.lines",
				fmt.Sprintf("The category %s has spent %s by %s, and %s was due by then.", row.Category, people(row.DueActual), f.AsOf, people(row.Due)),
				"Find out whether it was paid early or costs more, and forecast the end.", varianceText(off), "tolerance "+tolerance.Percent(0))
		}
	})
}

func varianceText(off ratio.Ratio) string {
	if !off.Defined() {
		return "nothing was due"
	}
	return "variance " + off.Percent(1)
}

func checkUnderrun(f Facts, r *verdict.Reporter) {
	rowsDue(f, r, func(row BudgetRow, off, tolerance ratio.Ratio) {
		if off.Less(tolerance.Mul(ratio.Int(-2))) { // invoices come after the work
			r.Find("budget.lines",
				fmt.Sprintf("The category %s has spent %s by %s, and %s was due by then.", row.Category, people(row.DueActual), f.AsOf, people(row.Due)),
				"Ask for invoices that are missing and for work that is late.", varianceText(off), "tolerance "+tolerance.Percent(0))
		}
	})
}

func checkForecast(f Facts, r *verdict.Reporter) {
	b := f.Project.Budget
	if len(b.Lines) == 0 || b.Total.Sign() == 0 {
		r.Unassessed("there is no budget yet")
		return
	}
	o, err := b.Outlook(f.AsOf)
	switch {
	case err != nil:
		r.Fail(err)
	case o.Headroom.Sign() < 0:
		over, _ := o.Headroom.Abs()
		r.Find("budget.total", fmt.Sprintf("The project will cost %s, which is %s above the approved total.", people(o.Forecast), people(over)),
			"Change the scope, or ask for the money now.")
	}
}

func checkDraws(f Facts, r *verdict.Reporter) {
	s, err := f.Project.Budget.Standing(f.AsOf)
	if err != nil {
		r.Fail(err)
		return
	}
	if s.Remaining.Sign() < 0 {
		r.Find("budget.contingency", fmt.Sprintf("%s is drawn from a contingency of %s.", people(s.Drawn), people(s.SetAside)),
			"Ask for more, or put something back.")
	}
	for _, d := range f.Project.Budget.Draws {
		if d.On <= f.AsOf {
			at := verdict.Key("budget.draws", d.ID)
			empty(r, fmt.Sprintf("The draw %s of %s", d.ID, people(d.Amount)), "Have it confirmed.",
				part{at + ".by", "somebody who released it", d.By != ""},
				part{at + ".reason", "a reason", d.Reason != "" || d.For != ""})
		}
	}
}

func checkUncovered(f Facts, r *verdict.Reporter) {
	if len(f.Project.Budget.Draws) == 0 {
		r.NotApplicable("no draw on the contingency is recorded")
		return
	}
	s, err := f.Project.Budget.Standing(f.AsOf)
	switch {
	case err != nil:
		r.Fail(err)
	case s.Uncovered.Sign() > 0:
		r.Find("budget.contingency",
			fmt.Sprintf("%s was spent beyond the plan, and %s of it is not released from the contingency.", people(s.Called), people(s.Uncovered)),
			"Decide where it comes from.")
	}
}
