package funnel

import (
	"context"
	"fmt"

	"github.com/crmrollout/crm/crmproject/verdict"
)

// Columns are events in memory, one column for each field, for data in which
// customers have numbers: the fast way to the counts of a funnel. Row i of each
// column is one event. The columns are read only.
type Columns struct {
	Customers int      // customers are numbered from 0 to Customers − 1, at most 2³²
	Customer  []uint32 // by row
	Time      []int64  // by row, in seconds
	Step      []uint8  // by row: 1 for the first step of the funnel, and so on; 0 for an event of no step
}

// A Run is how columns are worked on. The zero Run is the default. Results do not
// depend on it.
type Run struct {
	Workers int      // goroutines, 0 means GOMAXPROCS
	Scratch *Scratch // memory to use again, nil for none
	// Progress, if not nil, is told from time to time how much of the work is done;
	// done never falls and ends at total. Calls come one at a time, from any of the
	// goroutines.
	Progress func(done, total int64)
}

// A Scratch keeps memory from one call to the next: 8 bytes for each row, up to a
// fourth more for blocks of them that are not full, and some hundred kilobytes for each
// worker, more only for customers of so many events that a few of them take that. The
// zero Scratch is empty. Only one call may use it at a time.
type Scratch struct {
	dealers []dealer // by worker
	walkers []walker // by worker
}

// Count returns how far customers came by asOf, in seconds and included: the same
// counts as [Analyze], without times and groups. The names of the funnel's steps
// are not looked at, only their number. Ties are in the order of the rows, unless
// the funnel says otherwise.
//
// It takes time in proportion to rows plus customers, whatever the order of the
// rows, if customers have few events each: rows are packed into words of 8 bytes,
// dealt to groups of customers that fit a cache, and gone through once there.
//
// The error reports every fault of the arguments, the first bad row, or the end of
// ctx. Times up to asOf may span 2³⁵ seconds, over 1000 years, and 2⁴⁴ with up to
// eight million customers.
func (c Columns) Count(ctx context.Context, f Funnel, asOf int64, run Run) (Result, error) {
	faults := c.check(f, asOf, run)
	if err := wrap(&faults); err != nil {
		return Result{}, err
	}
	j := newJob(ctx, c, f, asOf, run)
	total, counts, err := j.run()
	if err != nil {
		return Result{}, fmt.Errorf("funnel: %w", err)
	}
	return Result{AsOf: asOf, Funnel: f.clone(), Counts: counts, Steps: total.steps(f)}, nil
}

func (c Columns) check(f Funnel, asOf int64, run Run) (faults verdict.Faults) {
	checkArguments(&faults, f, asOf)
	if c.Customers < 0 || int64(c.Customers) > 1<<32 {
		faults.Addf("columns.customers", "%w: %d", verdict.ErrRange, c.Customers)
	}
	if len(c.Time) != len(c.Customer) || len(c.Step) != len(c.Customer) {
		faults.Addf("columns", "%w: %d customers, %d times and %d steps", verdict.ErrInvalid, len(c.Customer), len(c.Time), len(c.Step))
	}
	if run.Workers < 0 {
		faults.Addf("run.workers", "%w: %d", verdict.ErrRange, run.Workers)
	}
	return faults
}
