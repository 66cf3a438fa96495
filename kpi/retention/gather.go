package retention

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/kpi/internal/ledger"
)

// A tally counts what customers did in one window.
type tally struct {
	customers, active, orders int64
	revenue                   ledger.Sum
}

func (t *tally) add(u tally) {
	t.customers += u.customers
	t.active += u.active
	t.orders += u.orders
	t.revenue.Merge(u.revenue)
}

// A slot is a cell that is being filled in.
type slot struct {
	Window
	done, pending tally
	since         int64
}

func (s *slot) add(u slot) {
	s.done.add(u.done)
	s.pending.add(u.pending)
	s.since += u.since
}

// forget drops orders and revenue.
func (s *slot) forget() {
	s.done = tally{customers: s.done.customers, active: s.done.active}
	s.pending = tally{customers: s.pending.customers, active: s.pending.active}
}

// cell returns the finished cell, and false if its revenue does not fit.
func (s *slot) cell() (Cell, bool) {
	revenue, ok := s.done.revenue.Int64()
	pending, okPending := s.pending.revenue.Int64()
	return Cell{
		From: s.From, To: s.To,
		Eligible: s.done.customers, Active: s.done.active, Since: s.since, Orders: s.done.orders, Revenue: revenue,
		Pending: Pending{s.pending.customers, s.pending.active, s.pending.orders, pending},
	}, ok && okPending
}

// A group is a cohort that is being filled in.
type group struct {
	label string
	start calendar.Date
	size  int64
	slots []slot
}

// A cohortKey tells cohorts apart: by the period of the first order, or by label.
type cohortKey struct {
	unit   Unit // none for a label
	period int
	label  string
}

type groups map[cohortKey]*group

// enter returns the cohort of one more customer.
func (g groups) enter(key cohortKey) *group {
	x := g[key]
	if x == nil {
		x = &group{label: key.label}
		if key.unit.IsValid() {
			x.label, x.start = key.unit.label(key.period), key.unit.first(key.period)
		}
		g[key] = x
	}
	x.size++
	return x
}

// table finishes the cohorts, in order, and pools them.
func (g groups) table(t Table) (Table, error) {
	sorted := make([]*group, 0, len(g))
	for _, x := range g {
		sorted = append(sorted, x)
	}
	slices.SortFunc(sorted, func(a, b *group) int {
		return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(a.label, b.label))
	})
	var pool group
	for _, x := range sorted {
		for i := range x.slots {
			if t.CustomersOnly {
				x.slots[i].forget()
			}
		}
		cells, err := x.cells()
		if err != nil {
			return Table{}, err
		}
		t.Cohorts = append(t.Cohorts, Cohort{x.label, x.start, x.size, cells})
		pool.pool(x)
	}
	var err error
	t.Pooled, err = pool.cells()
	return t, err
}

// pool adds the slots of x, which are a beginning of those of g or the other way
// round.
func (g *group) pool(x *group) {
	for i, s := range x.slots {
		if i == len(g.slots) {
			g.slots = append(g.slots, slot{Window: s.Window})
		}
		g.slots[i].add(s)
	}
}

func (g *group) cells() ([]Cell, error) {
	cells := make([]Cell, len(g.slots))
	for i := range g.slots {
		cell, ok := g.slots[i].cell()
		if !ok {
			return nil, fmt.Errorf("retention: revenue of cohort %s: %w of 64 bits", verdict.Quote(g.label), verdict.ErrRange)
		}
		cells[i] = cell
	}
	return cells, nil
}
