package scope

import (
	"fmt"

	"github.com/crmrollout/crm/crmproject/money"
	"github.com/crmrollout/crm/crmproject/verdict"
)

var timelineItems = []derivation{
	{
		item: ItemRef{ComponentTimeline, "start_and_end_set_and_ordered"}, gate: true, code: "SCOPE-010",
		title: "The timeline has a start and an end, in this order",
		why:   "A project without an end date is an open account.",
		gaps: func(s *Statement, gap sink) {
			switch t := s.Timeline; {
			case !t.Start.IsValid():
				gap.find("timeline.start", "The timeline has no start.", "Set the day on which the project begins.")
			case !t.End.IsValid():
				gap.find("timeline.end", "The timeline has no end.", "Set the day on which the project is to be finished.")
			case !t.ordered():
				gap.find("timeline.end", fmt.Sprintf("The timeline ends on %s, before it starts on %s.", t.End, t.Start),
					"Put the two dates right.")
			}
		},
	},
	{
		item: ItemRef{ComponentTimeline, "milestones>=1_dated_inside_range"}, gate: true, code: "SCOPE-011",
		title: "At least one milestone is dated inside the timeline",
		why:   "Without a milestone on the way, delay is noticed at the end.",
		gaps: func(s *Statement, gap sink) {
			for _, m := range s.Timeline.Milestones {
				if s.Timeline.inside(m.On) {
					return
				}
			}
			gap.find("timeline.milestones", noMilestone(s.Timeline),
				"Set milestones that are specific, with a day between start and end.")
		},
	},
	{
		item: ItemRef{ComponentTimeline, "milestone_per_phase"}, code: "SCOPE-012", severity: verdict.Minor,
		title: "Every phase has a milestone",
		why:   "A phase without a milestone has no moment at which it is known to be finished.",
		gaps: func(s *Statement, gap sink) {
			reached := idsOf(s.Timeline.Milestones, func(m Milestone) string { return m.Phase })
			for _, p := range s.Timeline.phases() {
				if !reached[p] {
					gap.find("timeline.milestones", fmt.Sprintf("Phase %s has no milestone.", verdict.Quote(p)),
						"Set the milestone that ends the phase.")
				}
			}
		},
	},
}

var budgetItems = []derivation{
	{
		item: ItemRef{ComponentBudget, "total>0_with_currency"}, gate: true, code: "SCOPE-013",
		title: "The budget has a total in a currency",
		why:   "Nobody can stay within a budget that is not a number.",
		gaps: func(s *Statement, gap sink) {
			if total := s.Budget.Total; total.Sign() <= 0 || !total.Currency().IsValid() {
				gap.find("budget.total", "The budget has no total above zero.", "State what the project may cost, with the currency.")
			}
		},
	},
	costItem("SCOPE-014", CostSoftware),
	costItem("SCOPE-015", CostImplementation),
	costItem("SCOPE-016", CostTraining),
	costItem("SCOPE-017", CostSupport),
	{
		item: ItemRef{ComponentBudget, "lines_sum_to_total"}, gate: true, code: "SCOPE-018",
		title: "The budget lines sum to the total",
		why:   "A total that is not the sum of its lines hides a cost, or a hope.",
		gaps:  linesSumToTotal,
	},
}

func noMilestone(t Timeline) string {
	if n := len(t.Milestones); n > 0 {
		return fmt.Sprintf("Of %s none is dated inside the timeline.", count(n, "milestone"))
	}
	return "There is no milestone."
}

func costItem(code verdict.Code, c CostCategory) derivation {
	return derivation{
		item: ItemRef{ComponentBudget, c.String() + "_cost"}, code: code, severity: verdict.Minor,
		title: "The budget has a line for " + plain(c.String()),
		why:   "A cost without a line of its own comes as a surprise. A line of zero says that it was thought of.",
		gaps:  costOf(c),
	}
}

// costOf asks for a budget line of a category.
func costOf(c CostCategory) func(*Statement, sink) {
	return func(s *Statement, gap sink) {
		if !s.Budget.has(c) {
			gap.find("budget.lines", fmt.Sprintf("The budget has no line for %s.", plain(c.String())),
				"Estimate the cost and add the line; if it costs nothing, say so with a line of zero.")
		}
	}
}

func linesSumToTotal(s *Statement, gap sink) {
	const remedy = "Correct the lines or the total, so that both say the same."
	if len(s.Budget.Lines) == 0 {
		gap.find("budget.lines", "The budget has no lines.",
			"Split the total into lines for software, implementation, training and ongoing support.")
		return
	}
	sum, err := s.Budget.Sum()
	if err != nil {
		gap.find("budget.lines", "The budget lines cannot be added up: they mix currencies, or their sum is too large.",
			"State every line in the currency of the total.")
		return
	}
	total := s.Budget.Total
	if sum.Currency() == total.Currency() && sum.Minor() == total.Minor() && total.Currency().IsValid() {
		return
	}
	gap.find("budget.total", fmt.Sprintf("The budget lines sum to %s, the total is %s.", people(sum), people(total)), remedy)
}

// people writes an amount for people.
func people(a money.Amount) string {
	if !a.Currency().IsValid() {
		return "not stated"
	}
	return a.Format(money.Style{})
}
