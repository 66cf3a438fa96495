package crmproject

import (
	"errors"
	"fmt"
	"slices"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/money"
)

// A Cash is planned, committed and spent money side by side. Unexpected is the
// part of Actual that belongs to no line.
type Cash struct {
	Planned    money.Amount `json:"planned"`
	Committed  money.Amount `json:"committed"`
	Actual     money.Amount `json:"actual"`
	Unexpected money.Amount `json:"unexpected"`
}

// plus returns the sum, part by part.
func (c Cash) plus(d Cash) (Cash, error) {
	planned, err1 := c.Planned.Add(d.Planned)
	committed, err2 := c.Committed.Add(d.Committed)
	actual, err3 := c.Actual.Add(d.Actual)
	unexpected, err4 := c.Unexpected.Add(d.Unexpected)
	return Cash{planned, committed, actual, unexpected}, errors.Join(err1, err2, err3, err4)
}

// A CashMonth is the money of one month, and that of all months up to it.
type CashMonth struct {
	Month  calendar.Month `json:"month"`
	Cash                  // of the month
	ToDate Cash           `json:"toDate"`
}

// A CashFlow is the money by month. The months follow each other without a gap.
// The months and Undated add up to Total, exactly.
type CashFlow struct {
	Months  []CashMonth `json:"months,omitempty"`
	Undated Cash        `json:"undated"` // of lines that do not say when their money is due
	Total   Cash        `json:"total"`
}

// ToDate returns the money of all months up to the given one.
func (f CashFlow) ToDate(m calendar.Month) Cash {
	i, found := slices.BinarySearchFunc(f.Months, m, func(c CashMonth, m calendar.Month) int { return int(c.Month - m) })
	if found {
		i++
	}
	if i == 0 {
		return Cash{}
	}
	return f.Months[i-1].ToDate
}

// CashFlow returns the money by month, as known at asOf (CP-17). The planned money
// of a line falls into months by its payments, see [BudgetLine.Due], rounded
// cumulatively: each running total is within half a minor unit of the exact one,
// and nothing is lost. Committed money falls due as the line does. Actual money is
// the costs up to asOf, in the months of their days.
//
// With categories given, only their lines and the costs on them count; unexpected
// costs belong to no category. The error is a sum over two currencies, or one that
// does not fit.
func (b Budget) CashFlow(asOf calendar.Date, categories ...Category) (CashFlow, error) {
	lines := filtered(b.Lines, func(l BudgetLine) bool {
		return len(categories) == 0 || slices.Contains(categories, l.Category)
	})
	known := idSet(lines, func(l BudgetLine) string { return l.ID })
	costs := filtered(b.Costs, func(c Cost) bool {
		return c.On.IsValid() && c.On <= asOf && (known[c.Line] && c.Line != "" || len(categories) == 0)
	})
	flow := ledger{first: calendar.MaxMonth + 1}
	for _, l := range lines {
		flow.span(l.Dated(), l.first(), l.last())
	}
	for _, c := range costs {
		flow.span(true, c.On, c.On)
	}
	flow.months = make([]Cash, max(0, flow.last-flow.first+1))
	for _, l := range lines {
		flow.line(l)
	}
	for _, c := range costs {
		flow.cost(c)
	}
	if flow.err != nil {
		return CashFlow{}, fmt.Errorf("crmproject: cash flow: %w", flow.err)
	}
	return flow.close(b)
}

// A ledger collects the money of consecutive months. After an error it takes
// nothing more.
type ledger struct {
	first, last calendar.Month
	months      []Cash
	undated     Cash
	err         error
}

func (g *ledger) span(dated bool, from, until calendar.Date) {
	if dated {
		g.first, g.last = min(g.first, from.MonthOf()), max(g.last, until.MonthOf())
	}
}

func (g *ledger) add(to *Cash, c Cash) {
	if g.err == nil {
		*to, g.err = to.plus(c)
	}
}

func (g *ledger) line(l BudgetLine) {
	if !l.Dated() {
		g.add(&g.undated, Cash{Planned: l.Planned, Committed: l.Committed})
		return
	}
	weights := l.monthly()
	planned, err1 := l.Planned.Phase(weights)
	committed, err2 := l.Committed.Phase(weights)
	if err := errors.Join(err1, err2); err != nil {
		g.err = errors.Join(g.err, err)
		return
	}
	at := l.first().MonthOf() - g.first
	for i := range weights {
		g.add(&g.months[int(at)+i], Cash{Planned: planned[i], Committed: committed[i]})
	}
}

func (g *ledger) cost(c Cost) {
	cash := Cash{Actual: c.Amount}
	if c.Line == "" {
		cash.Unexpected = c.Amount
	}
	g.add(&g.months[c.On.MonthOf()-g.first], cash)
}

// close draws the running totals and gives sums over nothing the currency of the
// budget.
func (g *ledger) close(b Budget) (CashFlow, error) {
	flow := CashFlow{Undated: b.knownCash(g.undated)}
	var sum Cash
	for i, c := range g.months {
		g.add(&sum, c)
		flow.Months = append(flow.Months, CashMonth{g.first + calendar.Month(i), b.knownCash(c), b.knownCash(sum)})
	}
	g.add(&sum, g.undated)
	if g.err != nil {
		return CashFlow{}, fmt.Errorf("crmproject: cash flow: %w", g.err)
	}
	flow.Total = b.knownCash(sum)
	return flow, nil
}

func (b Budget) knownCash(c Cash) Cash {
	return Cash{b.known(c.Planned), b.known(c.Committed), b.known(c.Actual), b.known(c.Unexpected)}
}
