package main

import (
	"errors"

	"github.com/crmrollout/crm/examples/internal/rows"
	"github.com/crmrollout/crm/kpi/clv"
)

// buyers are the customers that clv is about, in ascending order of their names,
// with what is known of each.
type buyers struct {
	names []string
	list  []clv.Observation
	paid  bool // their mean spend is known
}

// observationRoles are the columns of a file with a row for each customer.
func observationRoles() []role {
	return []role{
		optional(rows.Integer, "the repeat purchases", "x", "frequency").unless("date"),
		optional(rows.Number, "the time from the first to the last purchase", "t_x", "recency").unless("date"),
		optional(rows.Number, "the time from the first purchase to the end", "t", "t_cal").unless("date"),
		optional(rows.Number, "the mean spend of a repeat day", "mean", "m", "monetary", "monetary_value", "zbar").unless("date"),
	}
}

// read reads orders, or observations where there is no column of days.
func (c *clvCommand) read(j *job) (buyers, error) {
	const customer, date, amount, x, tx, t, mean = 0, 1, 2, 3, 4, 5, 6
	var e events
	var list []clv.Observation
	var numbers rows.Dictionary
	r, err := j.read(j.columns("customer", "date", "amount", "x", "t_x", "t", "mean"), func(row *rows.Row) error {
		before := numbers.Len()
		number := numbers.Number(row.Text(customer))
		switch {
		case row.Has(date):
			e.add(number, row.Day(date), row.Int(amount))
			return nil
		case !row.Has(x) || !row.Has(tx) || !row.Has(t):
			return errors.New("neither a date nor x, t_x and t")
		case int(number) < before:
			return row.Bad(customer, errors.New("a second row of the customer"))
		}
		o := clv.Observation{X: row.Int(x), Tx: row.Float(tx), T: row.Float(t), Mean: row.Float(mean)}
		list = push(list, o)
		return o.Validate()
	})
	switch {
	case err != nil:
		return buyers{}, err
	case len(list) > 0 && e.Len() > 0:
		return buyers{}, errors.New("some rows have a date, and others x, t_x and t")
	case len(list) == 0 && !r.Has(date) && !r.Has(t):
		return buyers{}, errors.New("no column date, and none of x, t_x and t: say by flags what they are called")
	case len(list) > 0:
		return observed(&numbers, list, r.Has(mean)), nil
	}
	if !r.Has(amount) {
		e.Minor = nil
	}
	e.names = order(&numbers, e.Customers)
	return c.summarize(j, e)
}

// observed puts observations, which are in the order of the numbers, into that of
// the names.
func observed(numbers *rows.Dictionary, list []clv.Observation, paid bool) buyers {
	names, rank := numbers.Ranks()
	b := buyers{names: names, list: make([]clv.Observation, len(list)), paid: paid}
	for i, o := range list {
		b.list[rank[i]] = o
	}
	return b
}

// summarize observes the customers of orders up to the end.
func (c *clvCommand) summarize(j *job, e events) (buyers, error) {
	unit, err := clv.ParseUnit(c.unit.word)
	if err != nil {
		return buyers{}, err
	}
	end := c.end
	if end == 0 {
		end = j.end(e.last)
	}
	h, err := e.History()
	if err != nil {
		return buyers{}, err
	}
	s, err := clv.Summarize(h, end, clv.Options{Amounts: c.amounts, Unit: unit, MinorPerUnit: 100})
	if err != nil {
		return buyers{}, err
	}
	if s.Later > 0 {
		j.notef("%d customers came after %v and are left out", s.Later, end)
	}
	if s.NoOrder > 0 {
		j.notef("%d customers without an order are left out", s.NoOrder)
	}
	b := buyers{paid: e.Minor != nil}
	for i := range s.Rows {
		b.names = append(b.names, e.names[s.Rows[i].Customer])
		b.list = append(b.list, s.Rows[i].Observation)
	}
	return b, nil
}

// spends are the mean spends of customers who came back. Those that are not
// positive, as refunds make them, are counted and left out.
func (b buyers) spends() (sample *clv.Spends, refunded int, err error) {
	sample = &clv.Spends{}
	for _, o := range b.list {
		if o.X > 0 && o.ValidateMean() != nil {
			refunded++
			continue
		}
		err = errors.Join(err, sample.Add(o))
	}
	return sample, refunded, err
}
