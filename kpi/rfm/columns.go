package rfm

import (
	"cmp"
	"context"
	"fmt"
	"runtime"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/kpi"
)

// ScoreColumns is [Score] for events in columns, with the same table as a result,
// many times as fast: see the table in the package comment. A nil engine means a
// fresh one. The columns are not changed.
//
// The errors are those of Score and of [kpi.Summarise].
func ScoreColumns[K kpi.Key](ctx context.Context, e *kpi.Engine, c kpi.Columns[K], asOf calendar.Date, s Scheme) (Table[K], error) {
	if err := checkScore(asOf, s); err != nil {
		return Table[K]{}, err
	}
	summary, err := kpi.Summarise(ctx, e, c, s.query(asOf))
	if err != nil {
		return Table[K]{}, fmt.Errorf("rfm: %w", err)
	}
	workers := runtime.GOMAXPROCS(0)
	if e != nil {
		workers = cmp.Or(e.Workers, workers)
	}
	return scoreTotals(summary, s, workers), nil
}

// query returns what has to be known of the customers.
func (s Scheme) query(asOf calendar.Date) kpi.Query {
	s = s.Explicit()
	q := kpi.Query{AsOf: asOf, Amounts: s.Amounts, Detail: kpi.WithTotals}
	if s.needsDays() {
		q.Detail = kpi.WithDays
	}
	if s.Window != (calendar.Period{}) {
		q.From = max(calendar.MinDate, s.Window.Before(asOf).AddDays(1))
	}
	return q
}

// ScoreSummary scores the customers of a summary as of its day. Its totals are
// sufficient: where a database has grouped the events, this is where to enter (set
// the query to what its statement says). Money, orders and days are those of the
// summary, whose policy and window must be those of the scheme.
//
// The table shares the columns of the summary if every customer has an order, so
// neither may be changed afterwards.
//
// The error reports every fault of the scheme and of the totals, and all that the
// summary and the scheme do not agree on.
func ScoreSummary[K kpi.Key](summary kpi.Summary[K], s Scheme) (Table[K], error) {
	if err := checkScore(summary.Query.AsOf, s); err != nil {
		return Table[K]{}, err
	}
	var faults verdict.Faults
	want, q := s.query(summary.Query.AsOf), summary.Query
	if got := cmp.Or(q.Amounts, kpi.NetOfRefunds); got != want.Amounts {
		faults.Addf("query.amounts", "%w: %v, the scheme has %v", verdict.ErrInvalid, got, want.Amounts)
	}
	if got := cmp.Or(q.From, calendar.MinDate); got != cmp.Or(want.From, calendar.MinDate) {
		faults.Addf("query.from", "%w: %v, the scheme has %v", verdict.ErrInvalid, got, want.From)
	}
	t := summary.Totals
	if want.Detail == kpi.WithDays && len(t.Days) < t.Len() {
		faults.Addf("totals.days", "%w: the scheme needs them", verdict.ErrMissing)
	}
	faults.Add("totals", t.Validate())
	if err := faults.Err(); err != nil {
		return Table[K]{}, fmt.Errorf("rfm: summary: %w", err)
	}
	if i := afterAsOf(t, q.AsOf); i >= 0 {
		return Table[K]{}, fmt.Errorf("rfm: summary: totals.last[%d]: %w: %v is after %v", i, verdict.ErrRange, t.Last[i], q.AsOf)
	}
	return scoreTotals(summary, s, runtime.GOMAXPROCS(0)), nil
}

// afterAsOf returns the first customer whose last order is later than asOf, or −1.
func afterAsOf[K kpi.Key](t kpi.Totals[K], asOf calendar.Date) int {
	for i, last := range t.Last {
		if last > asOf {
			return i
		}
	}
	return -1
}

// scoreTotals scores customers whose totals are known to be sound.
func scoreTotals[K kpi.Key](summary kpi.Summary[K], s Scheme, workers int) Table[K] {
	c := summary.Counts
	t := scoring[K]{workers: workers, Table: Table[K]{
		AsOf: summary.Query.AsOf, Scheme: s.Explicit(),
		Counts: Counts{Events: c.Events, Orders: c.Orders, Refunds: c.Refunds, Ignored: c.Ignored, Later: c.Later, Earlier: c.Earlier},
	}}
	totals := summary.Totals
	if !t.Scheme.needsDays() {
		totals.Days = nil
	}
	t.adopt(totals)
	t.score()
	return t.Table
}

// adopt takes the totals of the customers with orders for columns.
func (t *scoring[K]) adopt(totals kpi.Totals[K]) {
	without := 0
	for _, orders := range totals.Orders {
		if orders == 0 {
			without++
		}
	}
	if without == 0 {
		t.Customers, t.Last, t.Orders, t.Days, t.Sum = totals.Customers, totals.Last, totals.Orders, totals.Days, totals.Sum
		return
	}
	n := totals.Len() - without
	t.Customers, t.Last = make([]K, 0, n), make([]calendar.Date, 0, n)
	t.Orders, t.Sum = make([]int64, 0, n), make([]int64, 0, n)
	if totals.Days != nil {
		t.Days = make([]int64, 0, n)
	}
	for i, orders := range totals.Orders {
		if orders == 0 {
			t.Unscored = append(t.Unscored, totals.Customers[i])
			continue
		}
		t.Customers, t.Last = append(t.Customers, totals.Customers[i]), append(t.Last, totals.Last[i])
		t.Orders, t.Sum = append(t.Orders, orders), append(t.Sum, totals.Sum[i])
		if totals.Days != nil {
			t.Days = append(t.Days, totals.Days[i])
		}
	}
}
