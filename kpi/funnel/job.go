package funnel

import (
	"cmp"
	"context"
	"runtime"
	"sync"
	"sync/atomic"
)

// A job is the work of one call of Count.
type job struct {
	Columns
	*machine
	*layout

	ctx     context.Context //nolint:containedctx // a job lives as long as one call, whose context it is
	asOf    int64
	sorted  bool // rows are in the order of time
	parts   int
	workers int
	dealers []dealer
	walkers []walker

	progress func(done, total int64)
	telling  sync.Mutex
	done     int64
}

// newJob returns the job of checked arguments.
func newJob(ctx context.Context, c Columns, f Funnel, asOf int64, run Run) *job {
	masks := make([]uint32, len(f.Steps))
	for k := range masks {
		masks[k] = 1 << k
	}
	m := f.machine(masks)
	j := &job{Columns: c, machine: m, layout: newLayout(c, m, asOf, f.Ties), ctx: ctx, asOf: asOf, progress: run.Progress}
	j.parts = max(j.Customers-1, 0)>>j.low + 1
	j.workers = cmp.Or(run.Workers, runtime.GOMAXPROCS(0))
	j.workers = max(1, min(j.workers, len(c.Customer)))
	scratch := run.Scratch
	if scratch == nil {
		scratch = &Scratch{}
	}
	scratch.dealers = append(scratch.dealers, make([]dealer, max(0, j.workers-len(scratch.dealers)))...)
	scratch.walkers = append(scratch.walkers, make([]walker, max(0, j.workers-len(scratch.walkers)))...)
	j.dealers, j.walkers = scratch.dealers[:j.workers], scratch.walkers[:j.workers]
	return j
}

func (j *job) run() (*tally, Counts, error) {
	j.each(j.deal)
	counts, err := j.dealt()
	if err != nil {
		return nil, counts, err
	}
	var next atomic.Int64
	j.each(func(w int) { j.walk(&j.walkers[w], &next) })
	total := &tally{}
	for w := range j.walkers {
		for came := range j.steps {
			total.all[came] += j.walkers[w].all[came+1]
			total.settled[came] += j.walkers[w].settled[came+1]
		}
	}
	return total, counts, j.ctx.Err()
}

// each runs f once for every worker.
func (j *job) each(f func(w int)) {
	var others sync.WaitGroup
	for w := 1; w < j.workers; w++ {
		others.Go(func() { f(w) })
	}
	f(0)
	others.Wait()
}

// A span is a range of rows.
type span struct{ from, to int }

// chunkRows is after how many rows a worker looks whether to stop.
const chunkRows = 1 << 17

// deal deals the rows of a worker. They are one range, and the ranges of the workers
// are in order, so that words of a part stay in the order of rows.
func (j *job) deal(w int) {
	d, n := &j.dealers[w], len(j.Customer)
	s := span{n / j.workers * w, n / j.workers * (w + 1)}
	if w == j.workers-1 {
		s.to = n
	}
	d.ready(s.to-s.from, j.parts)
	if w > 0 {
		d.before = uint64(j.Time[s.from-1] - j.base)
	}
	for from := s.from; from < s.to && d.err == nil; from += chunkRows {
		if d.err = j.ctx.Err(); d.err != nil {
			break
		}
		to := min(from+chunkRows, s.to)
		d.deal(j, span{from, to})
		j.tell(to - from)
	}
	if d.err == nil {
		j.tell(s.to - s.from - int(d.dealt())) // nobody will meet those again
	}
}

// dealt adds up what the dealers counted.
func (j *job) dealt() (Counts, error) {
	c, dealt, wide, mixed := Counts{Events: int64(len(j.Customer))}, int64(0), false, uint64(0)
	for i := range j.dealers {
		d := &j.dealers[i]
		if d.err != nil {
			return c, d.err // of the first bad row: workers are in order
		}
		c.Later += d.later
		c.Others += d.others
		dealt += d.dealt()
		wide = wide || d.wide
		mixed |= d.mixed
	}
	c.Steps = dealt - c.Others
	c.Others += c.Events - c.Later - dealt // those that were not dealt
	j.sorted = !wide && mixed>>63 == 0
	if wide {
		return c, j.narrow(j.Columns, j.asOf)
	}
	return c, nil
}

// walk lets a worker take part after part. Counts add up to the same whoever took
// which.
func (j *job) walk(k *walker, next *atomic.Int64) {
	k.ready(j)
	for j.ctx.Err() == nil {
		part := int(next.Add(1)) - 1
		if part >= j.parts {
			break
		}
		if n := k.part(part); n > 0 {
			j.tell(n)
		}
	}
	k.job, k.sorter.layout = nil, nil // memory that is kept must not keep the columns
}

// tell reports that so many rows more have been dealt or walked through.
func (j *job) tell(rows int) {
	if j.progress == nil || rows == 0 {
		return
	}
	j.telling.Lock()
	defer j.telling.Unlock()
	j.done += int64(rows)
	j.progress(j.done, 2*int64(len(j.Customer)))
}
