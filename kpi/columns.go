package kpi

import (
	"context"
	"errors"
	"fmt"
	"runtime"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/kpi/internal/bulk"
)

// Columns are events by column: customer, day and amount of event i are element i of
// each. It is the form for many millions of events; see [Summarise]. Columns are read
// and never changed.
type Columns[K Key] struct {
	Customers []K
	Days      []calendar.Date
	Minor     []int64 // amounts in minor units, negative for a refund; nil if each is 0
}

// Len returns the number of events.
func (c Columns[K]) Len() int { return len(c.Customers) }

// History returns the events as a history. The error is that of [History.AddAll].
func (c Columns[K]) History() (*History[K], error) {
	if err := c.check(); err != nil {
		return nil, err
	}
	h := new(History[K])
	for i, customer := range c.Customers {
		if err := h.Add(customer, c.Days[i], c.minor(i)); err != nil {
			return nil, fmt.Errorf("%w (event %d)", err, i)
		}
	}
	return h, nil
}

func (c Columns[K]) minor(i int) int64 {
	if c.Minor == nil {
		return 0
	}
	return c.Minor[i]
}

// check reports columns of different length.
func (c Columns[K]) check() error {
	var faults verdict.Faults
	n := len(c.Customers)
	if len(c.Days) != n {
		faults.Addf("days", "%w: %d values for %d customers", verdict.ErrInvalid, len(c.Days), n)
	}
	if c.Minor != nil && len(c.Minor) != n {
		faults.Addf("minor", "%w: %d values for %d customers", verdict.ErrInvalid, len(c.Minor), n)
	}
	if n > bulk.MaxRows {
		faults.Addf("customers", "%w: %d events", verdict.ErrRange, n)
	}
	if err := faults.Err(); err != nil {
		return fmt.Errorf("kpi: columns: %w", err)
	}
	return nil
}

// An Engine makes summaries of columns. It keeps its memory from one to the next: 4 to
// 16 bytes for each event, as the package comment says. The zero Engine is ready; one
// must not be used by two calls at a time.
type Engine struct {
	Workers int // goroutines; 0 means GOMAXPROCS. No result depends on it

	// Progress, if not nil, is told from time to time how much of the work is done;
	// there are two steps for each event. The calls come one after another, from
	// changing goroutines.
	Progress func(done, total int64)

	memory bulk.Engine
}

// Summarise goes through the events once and returns what the query asks for. A nil
// engine means a fresh one. The result is that of [Columns.History] and
// [History.Summary], in a small fraction of the time: see the package comment.
//
// Keys of the plain types take the fastest way, and among these integers from a
// range of not much more than the number of events, such as those of an [Interner].
// A key of a named type takes some nanoseconds more.
//
// The error reports every fault of the query; columns of different length; the
// first day that is none; a total of a customer, or of a cell of the grid, that does
// not fit an int64; more than [MaxPeriods] periods; or it is that of the context.
func Summarise[K Key](ctx context.Context, e *Engine, c Columns[K], q Query) (Summary[K], error) {
	q, err := q.explicit()
	if err != nil {
		return Summary[K]{}, err
	}
	if err := c.check(); err != nil {
		return Summary[K]{}, err
	}
	if e == nil {
		e = new(Engine)
	}
	if e.Workers < 0 {
		return Summary[K]{}, fmt.Errorf("kpi: workers: %w: %d", verdict.ErrRange, e.Workers)
	}
	r, err := gather(ctx, &e.memory, c.Customers, e.job(q, c.Days, c.Minor))
	if fault, ok := errors.AsType[*bulk.Fault](err); ok {
		return Summary[K]{}, c.dayError(fault)
	}
	if errors.Is(err, bulk.ErrWide) {
		return c.slowly(q)
	}
	if err != nil {
		return Summary[K]{}, fmt.Errorf("kpi: %w", err)
	}
	return Summary[K]{q, EventCounts(r.Counts), Totals[K](r.Totals), Grid(r.Grid)}, nil
}

// slowly is the way for events that the engine refuses: exact for any amounts.
func (c Columns[K]) slowly(q Query) (Summary[K], error) {
	h, err := c.History()
	if err != nil {
		return Summary[K]{}, err
	}
	return h.Summary(q)
}

func (c Columns[K]) dayError(f *bulk.Fault) error {
	err := fmt.Errorf("%w (event %d", dayError(c.Customers[f.Row], f.Day), f.Row)
	if f.Bad > 1 {
		return fmt.Errorf("%w, and %d more like it)", err, f.Bad-1)
	}
	return fmt.Errorf("%w)", err)
}

func (e *Engine) job(q Query, days []calendar.Date, minor []int64) bulk.Job {
	j := bulk.Job{
		Days: days, Minor: minor, From: q.From, AsOf: q.AsOf, Policy: bulk.Policy(q.Amounts),
		CustomersOnly: q.CustomersOnly, Totals: q.Detail != 0, DistinctDays: q.Detail == WithDays,
		Workers: e.Workers, Progress: e.Progress,
	}
	if q.Grain != 0 {
		j.Period = q.Grain.Period
	}
	if j.Workers == 0 {
		j.Workers = runtime.GOMAXPROCS(0)
	}
	return j
}
