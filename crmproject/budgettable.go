package crmproject

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/money"
	"github.com/crmrollout/crm/crmproject/ratio"
)

// A BudgetRow is where one category stands at a date, or all of them.
//
// Due and DueActual look at the lines that say when their money is due: what was
// to be spent on them by then, and what was. Variance is their difference over
// Due, above 0 if more was spent; it is undefined while nothing is due. Forecast is
// what the lines will have cost at the end, see [BudgetLine.Forecast].
type BudgetRow struct {
	Category  Category     `json:"category,omitzero"` // zero: all
	OneOff    money.Amount `json:"oneOff"`            // planned once
	Recurring money.Amount `json:"recurring"`         // planned to recur
	Planned   money.Amount `json:"planned"`
	Committed money.Amount `json:"committed"`
	Actual    money.Amount `json:"actual"`
	Due       money.Amount `json:"due"`
	DueActual money.Amount `json:"dueActual"`
	Forecast  money.Amount `json:"forecast"`
	Variance  ratio.Ratio  `json:"variance"`
}

// A BudgetTable is the budget by category at a date (CP-17). Rows has a row for
// each category with a line, in the order of the categories; Total is their sum
// and, in Actual and Forecast, the unexpected costs, which belong to no category.
type BudgetTable struct {
	AsOf       calendar.Date `json:"asOf"`
	Rows       []BudgetRow   `json:"rows,omitempty"`
	Unexpected money.Amount  `json:"unexpected"`
	Total      BudgetRow     `json:"total"`
}

// Forecast returns what the line will have cost at the end, given what was spent
// on it so far: the largest of plan, orders and cost. A line that is closed costs
// what it has cost. The error is two currencies.
func (l BudgetLine) Forecast(spent money.Amount, asOf calendar.Date) (money.Amount, error) {
	if l.Closed.IsValid() && l.Closed <= asOf {
		return spent, nil
	}
	return largest(l.Planned, l.Committed, spent)
}

func largest(amounts ...money.Amount) (money.Amount, error) {
	most := amounts[0]
	for _, a := range amounts[1:] {
		less, err := most.Less(a)
		if err != nil {
			return money.Amount{}, err
		}
		if less {
			most = a
		}
	}
	return most, nil
}

// Table returns the budget by category at asOf. The error is a sum over two
// currencies, or one that does not fit. It takes linear time.
func (b Budget) Table(asOf calendar.Date) (BudgetTable, error) {
	t := BudgetTable{AsOf: asOf}
	spent, err := b.spentByLine(asOf)
	if err != nil {
		return BudgetTable{}, err
	}
	rows := map[Category]BudgetRow{}
	for _, l := range b.Lines {
		row, err := rows[l.Category].with(l, spent[l.ID], asOf)
		if err != nil {
			return BudgetTable{}, tableError(err)
		}
		rows[l.Category] = row
	}
	t.Unexpected = b.known(spent[""])
	t.Total = BudgetRow{Actual: spent[""], Forecast: spent[""]}
	for _, c := range slices.Sorted(maps.Keys(rows)) {
		row := rows[c]
		if t.Total, err = t.Total.plus(row); err != nil {
			return BudgetTable{}, tableError(err)
		}
		row.Category = c
		t.Rows = append(t.Rows, b.finished(row))
	}
	t.Total = b.finished(t.Total)
	return t, nil
}

func tableError(err error) error { return fmt.Errorf("crmproject: budget table: %w", err) }

// spentByLine adds up the costs up to asOf by line; unexpected ones stand under
// the empty id.
func (b Budget) spentByLine(asOf calendar.Date) (map[string]money.Amount, error) {
	spent := map[string]money.Amount{}
	for _, c := range b.Costs {
		if c.On > asOf {
			continue
		}
		sum, err := spent[c.Line].Add(c.Amount)
		if err != nil {
			return nil, fmt.Errorf("crmproject: budget: %w", err)
		}
		spent[c.Line] = sum
	}
	return spent, nil
}

// with returns the row with one more line.
func (r BudgetRow) with(l BudgetLine, spent money.Amount, asOf calendar.Date) (BudgetRow, error) {
	forecast, err := l.Forecast(spent, asOf)
	if err != nil {
		return BudgetRow{}, err
	}
	line := BudgetRow{Planned: l.Planned, Committed: l.Committed, Actual: spent, Forecast: forecast}
	if l.Recurrence == Recurring {
		line.Recurring = l.Planned
	} else {
		line.OneOff = l.Planned
	}
	if due, ok := l.Due(asOf); ok {
		line.Due, line.DueActual = due, spent
	}
	return r.plus(line)
}

func (r BudgetRow) plus(s BudgetRow) (BudgetRow, error) {
	var errs [8]error
	r.OneOff, errs[0] = r.OneOff.Add(s.OneOff)
	r.Recurring, errs[1] = r.Recurring.Add(s.Recurring)
	r.Planned, errs[2] = r.Planned.Add(s.Planned)
	r.Committed, errs[3] = r.Committed.Add(s.Committed)
	r.Actual, errs[4] = r.Actual.Add(s.Actual)
	r.Due, errs[5] = r.Due.Add(s.Due)
	r.DueActual, errs[6] = r.DueActual.Add(s.DueActual)
	r.Forecast, errs[7] = r.Forecast.Add(s.Forecast)
	return r, errors.Join(errs[:]...)
}

// finished gives the row its variance, and sums over nothing their currency.
func (b Budget) finished(r BudgetRow) BudgetRow {
	r.Variance = ratio.Of(r.DueActual.Minor(), r.Due.Minor(), "nothing is due yet").Sub(ratio.Int(1))
	for _, a := range []*money.Amount{
		&r.OneOff, &r.Recurring, &r.Planned, &r.Committed, &r.Actual, &r.Due, &r.DueActual, &r.Forecast,
	} {
		*a = b.known(*a)
	}
	return r
}
