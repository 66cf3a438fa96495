package crmproject

import (
	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/money"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// Validate reports every fault of the budget, each located by path, such as
// "lines[3].planned": empty and duplicate ids, costs and draws for something that
// is not there, amounts below zero, and amounts in another currency than the total,
// or than the first amount if the total is not given. Whether the activities of its
// lines exist is for [Project.Validate] to say.
func (b Budget) Validate() error {
	f := budgetFaults{currency: b.currency()}
	f.notNegative("total", b.Total)
	f.notNegative("contingency", b.Contingency)
	f.notNegative("reserve", b.Reserve)
	share(&f.Faults, "tolerance", b.Tolerance)
	f.lines(b.Lines)
	f.costs(b)
	f.draws(b)
	return f.Err()
}

// currency returns that of the total, or of the first amount that is given.
func (b Budget) currency() money.Currency {
	amounts := []money.Amount{b.Total, b.Contingency, b.Reserve}
	for _, l := range b.Lines {
		amounts = append(amounts, l.Planned, l.Committed)
	}
	for _, c := range b.Costs {
		amounts = append(amounts, c.Amount)
	}
	for _, a := range amounts {
		if a.Currency().IsValid() {
			return a.Currency()
		}
	}
	return 0
}

// budgetFaults are the faults of a budget in one currency.
type budgetFaults struct {
	verdict.Faults

	currency money.Currency
}

func (f *budgetFaults) amount(path string, a money.Amount) {
	if a.Sign() != 0 && f.currency.IsValid() && a.Currency() != f.currency {
		f.Addf(path, "%w: %s in a budget of %s", money.ErrCurrency, a, f.currency)
	}
}

func (f *budgetFaults) notNegative(path string, a money.Amount) {
	f.amount(path, a)
	if a.Sign() < 0 {
		f.Addf(path, "%w: %s is negative", verdict.ErrRange, a)
	}
}

func (f *budgetFaults) lines(lines []BudgetLine) {
	f.IDs("lines", len(lines), func(i int) string { return lines[i].ID })
	for i, l := range lines {
		at := verdict.At("lines", i)
		required(&f.Faults, at+".category", l.Category.IsValid())
		required(&f.Faults, at+".recurrence", l.Recurrence.IsValid())
		f.notNegative(at+".planned", l.Planned)
		f.notNegative(at+".committed", l.Committed)
		ordered(&f.Faults, at+".until", l.From, l.Until)
		if l.Every != (calendar.Period{}) && (l.Recurrence != Recurring || !l.Every.IsValid()) {
			f.Addf(at+".every", "%w: %s on a line that is %s", verdict.ErrInvalid, l.Every, l.Recurrence)
		}
	}
}

func (f *budgetFaults) costs(b Budget) {
	f.IDs("costs", len(b.Costs), func(i int) string { return b.Costs[i].ID })
	lines := idSet(b.Lines, func(l BudgetLine) string { return l.ID })
	for i, c := range b.Costs {
		at := verdict.At("costs", i)
		reference(&f.Faults, at+".line", c.Line, lines)
		required(&f.Faults, at+".on", c.On.IsValid())
		f.amount(at+".amount", c.Amount) // a refund is negative
	}
}

func (f *budgetFaults) draws(b Budget) {
	f.IDs("draws", len(b.Draws), func(i int) string { return b.Draws[i].ID })
	lines := idSet(b.Lines, func(l BudgetLine) string { return l.ID })
	costs := idSet(b.Costs, func(c Cost) string { return c.ID })
	for i, d := range b.Draws {
		at := verdict.At("draws", i)
		required(&f.Faults, at+".on", d.On.IsValid())
		f.amount(at+".amount", d.Amount) // what is put back is negative
		if !lines[d.For] && !costs[d.For] {
			reference(&f.Faults, at+".for", d.For, nil)
		}
	}
}
