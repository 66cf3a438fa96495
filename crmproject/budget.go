package crmproject

import (
	"errors"
	"fmt"
	"slices"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/money"
	"github.com/crmrollout/crm/crmproject/ratio"
)

// A Budget is what the project may cost and what it has cost (CP-17).
type Budget struct {
	Total       money.Amount `json:"total"`                // approved, contingency included
	Contingency money.Amount `json:"contingency,omitzero"` // for risks that are known
	Reserve     money.Amount `json:"reserve,omitzero"`     // management reserve, outside the total
	Lines       []BudgetLine `json:"lines,omitempty"`
	Costs       []Cost       `json:"costs,omitempty"`
	Draws       []Draw       `json:"draws,omitempty"` // on the contingency
	// Tolerance is the share of what is due by which the spending of a category may
	// differ from it before it is a finding; not given, it is [DefaultTolerance].
	Tolerance ratio.Ratio `json:"tolerance,omitzero"`
}

// DefaultTolerance is by how much spending may differ from the plan: 1/10.
func DefaultTolerance() ratio.Ratio { return ratio.New(1, 10) }

// A BudgetLine is money set aside for something. Planned is the amount for the
// whole time of the line, also if it recurs; Every says how often it is paid, see
// [BudgetLine.Due].
type BudgetLine struct {
	ID         string        `json:"id"`
	Title      string        `json:"title"`
	Category   Category      `json:"category"`
	Recurrence Recurrence    `json:"recurrence"`
	Planned    money.Amount  `json:"planned"`
	Committed  money.Amount  `json:"committed,omitzero"` // ordered, invoiced or not
	From       calendar.Date `json:"from,omitzero"`
	Until      calendar.Date `json:"until,omitzero"`
	Activities []string      `json:"activities,omitempty"` // ids of the activities that it pays for, see [Project.Ledger]

	Every  calendar.Period `json:"every,omitzero"`  // of a recurring line; not given, it is due by the day
	Closed calendar.Date   `json:"closed,omitzero"` // nothing more is spent on it from then on
}

// A Cost is money spent. One without a line is an unexpected cost.
type Cost struct {
	ID     string        `json:"id"`
	Line   string        `json:"line,omitempty"` // id of the budget line
	On     calendar.Date `json:"on"`
	Amount money.Amount  `json:"amount"`
	Note   string        `json:"note,omitempty"`
}

// A Position is where a line, a category or the whole budget stands at a date.
// Spent is the cost up to that date, Left is planned less spent and may be
// negative, Share is spent over planned.
type Position struct {
	Planned   money.Amount `json:"planned"`
	Committed money.Amount `json:"committed"`
	Spent     money.Amount `json:"spent"`
	Left      money.Amount `json:"left"`
	Share     ratio.Ratio  `json:"share"`
}

// Overspent reports whether more was spent than was planned.
func (p Position) Overspent() bool { return p.Left.Sign() < 0 }

// Line returns where the line with the given id stands at asOf.
func (b Budget) Line(id string, asOf calendar.Date) (Position, error) {
	return b.position(asOf, func(l BudgetLine) bool { return l.ID == id }, func(c Cost) bool { return c.Line == id })
}

// Category returns where the lines of a category stand at asOf, together.
func (b Budget) Category(category Category, asOf calendar.Date) (Position, error) {
	var ids []string
	for _, l := range b.Lines {
		if l.Category == category {
			ids = append(ids, l.ID)
		}
	}
	return b.position(asOf,
		func(l BudgetLine) bool { return l.Category == category },
		func(c Cost) bool { return slices.Contains(ids, c.Line) })
}

// Position returns where the whole budget stands at asOf: all lines, and all
// costs, unexpected ones included. Planned is the sum of the lines; hold it
// against Total with [Budget.Gap].
func (b Budget) Position(asOf calendar.Date) (Position, error) {
	return b.position(asOf, func(BudgetLine) bool { return true }, func(Cost) bool { return true })
}

// Unexpected returns the costs up to asOf that belong to no line, in their
// order, with their sum.
func (b Budget) Unexpected(asOf calendar.Date) ([]Cost, money.Amount, error) {
	var costs []Cost
	for _, c := range b.Costs {
		if c.Line == "" && c.On <= asOf {
			costs = append(costs, c)
		}
	}
	sum, err := sumOf(costs, func(c Cost) money.Amount { return c.Amount })
	return costs, sum, err
}

// Gap returns the approved total less the contingency and the lines: what is
// approved and not yet planned, or, if negative, planned and not approved.
func (b Budget) Gap() (money.Amount, error) {
	lines, err := sumOf(b.Lines, func(l BudgetLine) money.Amount { return l.Planned })
	if err != nil {
		return money.Amount{}, err
	}
	free, err := b.Total.Sub(b.Contingency)
	if err != nil {
		return money.Amount{}, err
	}
	return free.Sub(lines)
}

func (b Budget) position(asOf calendar.Date, line func(BudgetLine) bool, cost func(Cost) bool) (Position, error) {
	lines := filtered(b.Lines, line)
	costs := filtered(b.Costs, func(c Cost) bool { return c.On <= asOf && cost(c) })
	planned, err1 := sumOf(lines, func(l BudgetLine) money.Amount { return l.Planned })
	committed, err2 := sumOf(lines, func(l BudgetLine) money.Amount { return l.Committed })
	spent, err3 := sumOf(costs, func(c Cost) money.Amount { return c.Amount })
	left, err4 := planned.Sub(spent)
	if err := errors.Join(err1, err2, err3, err4); err != nil {
		return Position{}, fmt.Errorf("crmproject: budget: %w", err)
	}
	spentShare := ratio.Of(spent.Minor(), planned.Minor(), "nothing is planned")
	return Position{b.known(planned), b.known(committed), b.known(spent), b.known(left), spentShare}, nil
}

// known gives a sum over nothing the currency of the budget.
func (b Budget) known(a money.Amount) money.Amount {
	if a.Sign() == 0 && !a.Currency().IsValid() {
		return money.FromMinor(0, b.Total.Currency())
	}
	return a
}

func filtered[T any](list []T, keep func(T) bool) []T {
	var kept []T
	for _, v := range list {
		if keep(v) {
			kept = append(kept, v)
		}
	}
	return kept
}

func sumOf[T any](list []T, amount func(T) money.Amount) (money.Amount, error) {
	return money.Sum(func(yield func(money.Amount) bool) {
		for _, v := range list {
			if !yield(amount(v)) {
				return
			}
		}
	})
}
