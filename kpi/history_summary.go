package kpi

import (
	"fmt"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/kpi/internal/ledger"
)

// Summary returns what the query asks for. Unless h is compact, it works on a sorted
// copy. For events that are in columns already, [Summarise] gives the same result
// faster.
//
// The error reports every fault of the query, a total that does not fit an int64, or
// more than [MaxPeriods] periods.
func (h *History[K]) Summary(q Query) (Summary[K], error) {
	q, err := q.explicit()
	if err != nil {
		return Summary[K]{}, err
	}
	log := h.log.Canonical()
	s := summing{Query: q, rows: log.Columns()}
	result := Summary[K]{Query: q}
	if len(s.rows.Who) == 0 {
		return result, nil
	}
	if err := s.layGrid(); err != nil {
		return Summary[K]{}, err
	}
	starts := log.Starts()
	for who, customer := range log.Keys() {
		x := s.customer(starts[who], starts[who+1])
		if q.Detail == 0 {
			continue
		}
		if err := result.Totals.add(customer, x, q.Detail); err != nil {
			return Summary[K]{}, err
		}
	}
	result.Counts = s.counts
	result.Grid, err = s.finish()
	return result, err
}

// summing is a summary being made of rows in order of customers and days.
type summing struct {
	Query
	rows    ledger.Columns
	counts  EventCounts
	grid    Grid
	revenue []ledger.Sum
}

// layGrid makes room for the periods from the first to the last day.
func (s *summing) layGrid() error {
	if s.Grain == 0 {
		return nil
	}
	first, last := s.rows.Day[0], s.rows.Day[0]
	for _, day := range s.rows.Day {
		first, last = min(first, day), max(last, day)
	}
	first, last = max(first, s.From), min(last, s.AsOf)
	n := 0
	if first <= last {
		s.grid.Origin = s.Grain.Period(first)
		n = s.Grain.Period(last) - s.grid.Origin + 1
	}
	if n > MaxPeriods {
		return errPeriods(s.Grain)
	}
	g := &s.grid
	g.Periods, g.Retained, s.revenue = n, make([]int64, n), make([]ledger.Sum, n*n)
	g.Active, g.Last, g.Orders, g.Revenue = make([]int64, n*n), make([]int64, n*n), make([]int64, n*n), make([]int64, n*n)
	return nil
}

// A customerTotal is what one customer did.
type customerTotal struct {
	first, last  calendar.Date
	orders, days int64
	sum          ledger.Sum
}

// customer goes through the rows of one customer, from a to b.
func (s *summing) customer(a, b int) customerTotal {
	var x customerTotal
	for i := a; i < b; i++ {
		day, n, sum := s.rows.Day[i], int64(s.rows.N[i]), s.rows.Sum[i]
		if !s.counted(day, n, sum) {
			continue
		}
		x.sum.Add(sum)
		if !s.Amounts.CountsAsOrder(sum) {
			continue
		}
		if x.orders == 0 {
			x.first = day
		}
		if day != x.last {
			x.days++
		}
		x.orders, x.last = x.orders+n, day
	}
	if s.Grain != 0 {
		s.place(a, b, x)
	}
	return x
}

// counted takes down what becomes of some events, and reports whether they count.
func (s *summing) counted(day calendar.Date, n, sum int64) bool {
	c := &s.counts
	c.Events += n
	switch {
	case day > s.AsOf:
		c.Later += n
	case day < s.From:
		c.Earlier += n
	case s.Amounts.CountsAsOrder(sum):
		c.Orders += n
		return true
	case s.Amounts.CountsAsMoney(sum):
		c.Refunds += n
		return true
	default:
		c.Ignored += n
	}
	return false
}

// place puts the rows of a customer into the grid.
func (s *summing) place(a, b int, x customerTotal) {
	g, before, row := &s.grid, -2, 0
	if x.orders > 0 {
		row = (s.Grain.Period(x.first) - g.Origin) * g.Periods
		g.Last[row+s.Grain.Period(x.last)-g.Origin]++
	}
	for i := a; i < b; i++ {
		day, n, sum := s.rows.Day[i], int64(s.rows.N[i]), s.rows.Sum[i]
		if day < s.From || day > s.AsOf || !s.Amounts.CountsAsMoney(sum) {
			continue
		}
		if x.orders == 0 || day < x.first {
			g.Unplaced += n
			continue
		}
		p := s.Grain.Period(day) - g.Origin
		s.revenue[row+p].Add(sum)
		if !s.Amounts.CountsAsOrder(sum) {
			continue
		}
		g.Orders[row+p] += n
		if p == before {
			continue
		}
		g.Active[row+p]++
		if p == before+1 {
			g.Retained[p]++
		}
		before = p
	}
}

func (s *summing) finish() (Grid, error) {
	if s.CustomersOnly {
		s.grid.Orders, s.grid.Revenue = nil, nil
		return s.grid, nil
	}
	for i, sum := range s.revenue {
		revenue, ok := sum.Int64()
		if !ok {
			return Grid{}, fmt.Errorf("kpi: revenue of a cohort: %w of 64 bits", verdict.ErrRange)
		}
		s.grid.Revenue[i] = revenue
	}
	return s.grid, nil
}

// add appends a customer.
func (t *Totals[K]) add(customer K, x customerTotal, d Detail) error {
	sum, ok := x.sum.Int64()
	if !ok {
		return fmt.Errorf("kpi: total of customer %s: %w of 64 bits", verdict.Quote(fmt.Sprint(customer)), verdict.ErrRange)
	}
	t.Customers = append(t.Customers, customer)
	t.First, t.Last = append(t.First, x.first), append(t.Last, x.last)
	t.Orders, t.Sum = append(t.Orders, x.orders), append(t.Sum, sum)
	if d == WithDays {
		t.Days = append(t.Days, x.days)
	}
	return nil
}
