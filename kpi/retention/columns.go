package retention

import (
	"context"
	"errors"
	"fmt"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/kpi"
)

// CalendarColumns is [Calendar] for events in columns, with the same table as a
// result, many times as fast: see the package comment of kpi. Leave the amounts out
// where money and refunds make no difference, and orders by [Options].CustomersOnly:
// the less is asked for, the less is gathered. A nil engine means a fresh one. The
// columns are not changed.
//
// Labels and [Recurring] take the way through a history, and so do events of more
// than [kpi.MaxPeriods] periods. The errors are those of Calendar and of
// [kpi.Summarise].
func CalendarColumns[K kpi.Key](
	ctx context.Context, e *kpi.Engine, c kpi.Columns[K], end calendar.Date, unit Unit, o Options[K],
) (Table, error) {
	if err := o.checkPeriods(end, unit); err != nil {
		return Table{}, err
	}
	slowly := func() (Table, error) {
		return throughHistory(c, func(h *History[K]) (Table, error) { return Calendar(h, end, unit, o) })
	}
	if o.Label != nil || o.Starts == Recurring {
		return slowly()
	}
	summary, err := kpi.Summarise(ctx, e, c, o.query(end, unit))
	if errors.Is(err, kpi.ErrPeriods) {
		return slowly()
	}
	if err != nil {
		return Table{}, fmt.Errorf("retention: %w", err)
	}
	return CalendarSummary(summary)
}

// StagesColumns is [Stages] for events in columns; see [CalendarColumns].
func StagesColumns[K kpi.Key](
	ctx context.Context, e *kpi.Engine, c kpi.Columns[K], end calendar.Date, unit Unit, o Options[K],
) (Lifecycle, error) {
	if err := o.checkPeriods(end, unit); err != nil {
		return Lifecycle{}, err
	}
	o.CustomersOnly = true // no stage has orders
	summary, err := kpi.Summarise(ctx, e, c, o.query(end, unit))
	if errors.Is(err, kpi.ErrPeriods) {
		return throughHistory(c, func(h *History[K]) (Lifecycle, error) { return Stages(h, end, unit, o) })
	}
	if err != nil {
		return Lifecycle{}, fmt.Errorf("retention: %w", err)
	}
	return StagesSummary(summary)
}

func throughHistory[K kpi.Key, T any](c kpi.Columns[K], of func(*History[K]) (T, error)) (T, error) {
	h, err := c.History()
	if err != nil {
		return *new(T), fmt.Errorf("retention: %w", err)
	}
	return of(h)
}

// query returns what has to be known of the events.
func (o Options[K]) query(end calendar.Date, unit Unit) kpi.Query {
	return kpi.Query{AsOf: end, Amounts: o.amounts(), Grain: unit.grain(), CustomersOnly: o.CustomersOnly}
}

// CalendarSummary reads the table of [Calendar] from the grid of a summary, made with
// the grain of the unit and without a first day. The end of the observation is the
// day of the summary.
//
// The error reports every fault of the grid, or a revenue that does not fit an int64.
func CalendarSummary[K kpi.Key](s kpi.Summary[K]) (Table, error) {
	if err := checkGrid(s.Query, s.Grid); err != nil {
		return Table{}, err
	}
	unit, end := unitOf(s.Query.Grain), s.Query.AsOf
	t := Table{End: end, Unit: unit, Counts: countsOf(s.Counts, s.Grid), CustomersOnly: s.Query.CustomersOnly}
	g := groups{}
	span := calendarSpan{unit: unit, now: unit.of(end), complete: unit.lastComplete(end)}
	for row := range s.Grid.Periods {
		if size := s.Grid.Active[row*s.Grid.Periods+row]; size > 0 {
			x := g.enter(cohortKey{unit: unit, period: s.Grid.Origin + row})
			x.size = size
			span.read(x, s.Grid, row)
		}
	}
	return g.table(t)
}

// read fills in the cohort of a row of the grid, of which the customers are known.
func (c calendarSpan) read(g *group, grid kpi.Grid, row int) {
	first := grid.Origin + row
	cells := grid.Active[row*grid.Periods : (row+1)*grid.Periods]
	since := int64(0)
	g.slots = make([]slot, c.now-first+1)
	for k := len(g.slots) - 1; k >= 0; k-- { // from the end, where since is 0
		s := &g.slots[k]
		s.Window = Window{k, k}
		t := &s.pending
		if first+k <= c.complete {
			t = &s.done
		}
		t.customers = g.size
		if at := row + k; at < grid.Periods {
			cell := row*grid.Periods + at
			t.active = cells[at]
			if grid.Orders != nil {
				t.orders = grid.Orders[cell]
				t.revenue.Add(grid.Revenue[cell])
			}
			since += grid.Last[cell]
		}
		if t == &s.done {
			s.since = since
		}
	}
}

// StagesSummary reads the result of [Stages] from the grid of a summary; see
// [CalendarSummary].
func StagesSummary[K kpi.Key](s kpi.Summary[K]) (Lifecycle, error) {
	if err := checkGrid(s.Query, s.Grid); err != nil {
		return Lifecycle{}, err
	}
	unit, end, n := unitOf(s.Query.Grain), s.Query.AsOf, s.Grid.Periods
	l := Lifecycle{End: end, Unit: unit, Counts: countsOf(s.Counts, s.Grid)}
	first := 0
	for first < n && s.Grid.Active[first*n+first] == 0 {
		first++
	}
	c := cycle{unit: unit, now: unit.of(end)}
	before := int64(0)
	for period := s.Grid.Origin + first; first < n && period <= c.now; period++ {
		before = readStage(c.at(period), s.Grid, period-s.Grid.Origin, before)
	}
	l.Stages = c.finish(end)
	return l, nil
}

// readStage fills in a stage from its column of the grid, given how many were active in
// the period before, and returns how many are in this one.
func readStage(s *Stage, g kpi.Grid, column int, before int64) int64 {
	if column < g.Periods {
		for row := range column + 1 {
			s.Active += g.Active[row*g.Periods+column]
		}
		s.New, s.Retained = g.Active[column*g.Periods+column], g.Retained[column]
	}
	s.Resurrected = s.Active - s.New - s.Retained
	s.Dormant = before - s.Retained
	return s.Active
}

func countsOf(c kpi.EventCounts, g kpi.Grid) Counts {
	return Counts{
		Events: c.Events, Orders: c.Orders, Refunds: c.Refunds - g.Unplaced, Unplaced: g.Unplaced,
		Ignored: c.Ignored, Later: c.Later,
	}
}

// checkGrid records what is wrong with a grid, for one that comes from elsewhere.
func checkGrid(q kpi.Query, g kpi.Grid) error {
	var faults verdict.Faults
	faults.Add("query", q.Validate())
	if q.Grain == 0 {
		faults.Missing("query.grain")
	}
	if q.From > calendar.MinDate {
		faults.Addf("query.from", "%w: %v, but cohorts need the whole past", verdict.ErrInvalid, q.From)
	}
	faults.Add("grid", g.Validate())
	if g.Orders == nil && g.Periods > 0 && !q.CustomersOnly {
		faults.Missing("grid.orders")
	}
	if err := faults.Err(); err != nil {
		return fmt.Errorf("retention: summary: %w", err)
	}
	if last := g.Origin + g.Periods - 1; g.Periods > 0 && (g.Origin < 1 || last > q.Grain.Period(q.AsOf)) {
		faults.Addf("grid.origin", "%w: periods %d to %d, up to %v", verdict.ErrRange, g.Origin, last, q.AsOf)
	}
	return wrap(&faults)
}
