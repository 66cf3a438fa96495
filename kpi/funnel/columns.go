package funnel

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"math/bits"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

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
}

// A Scratch keeps memory from one call to the next: 8 bytes for each row, and as
// much again for the largest group of some thousand customers. The zero Scratch is
// empty. Only one call may use it at a time.
type Scratch struct {
	words   []uint64
	buckets [][]uint64 // by worker
}

// The layout of a packed event, from the upper end: customer within the bucket, time
// since the earliest, kind. So words of one customer sort by time, and then in the
// order of steps.
const kindBits = 8

// Count returns how far customers came by asOf, in seconds and included: the same
// counts as [Analyze], without times and groups. The names of the funnel's steps
// are not looked at, only their number. Ties are in the order of the rows, unless
// the funnel says otherwise.
//
// It takes time in proportion to rows plus customers, whatever the order of the
// rows, if customers have few events each: rows are packed into words of 8 bytes,
// brought together by customer in two counting passes, and gone through once.
//
// The error reports every fault of the arguments, the first bad row, or the end of
// ctx. Times up to asOf may span 2³⁵ seconds, over 1000 years, and 2⁴⁴ with up to
// eight million customers.
func (c Columns) Count(ctx context.Context, f Funnel, asOf int64, run Run) (Result, error) {
	faults := c.check(f, asOf, run)
	if err := wrap(&faults); err != nil {
		return Result{}, err
	}
	masks := make([]uint32, len(f.Steps))
	for k := range masks {
		masks[k] = 1 << k
	}
	p := &packing{Columns: c, machine: f.machine(masks), asOf: asOf, ties: cmp.Or(f.Ties, InOrder)}
	p.workers = cmp.Or(run.Workers, runtime.GOMAXPROCS(0))
	p.workers = max(1, min(p.workers, len(c.Customer)))
	p.scratch = run.Scratch
	if p.scratch == nil {
		p.scratch = &Scratch{}
	}
	total, counts, err := p.run(ctx)
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

// A packing is the work of one call of Count.
type packing struct {
	Columns
	*machine

	asOf    int64
	ties    Ties
	workers int
	scratch *Scratch

	low    uint // bits of the customer within its bucket
	shift  uint // bits below those
	base   int64
	parts  []part // by worker
	bounds []int  // where buckets begin among the words
}

// A part is what one worker finds in his rows.
type part struct {
	counts   Counts
	min, max int64
	size     []int // by bucket: first the number of words, then where the next one goes
	err      error
}

// bucketBits is the number of bits of a customer within a bucket: up to 4096
// customers, whose words fit the cache of a core, or as many as it takes to have at
// most 2048 buckets; 1 at least, which keeps a bit free for comparing.
func bucketBits(customers int) uint {
	n := bits.Len(uint(max(customers-1, 0)))
	return uint(max(min(12, n-8), n-11, 1))
}

func (p *packing) run(ctx context.Context) (*tally, Counts, error) {
	p.low = bucketBits(p.Customers)
	p.shift = 64 - p.low
	p.parts = make([]part, p.workers)
	p.each(func(w int) { p.parts[w].err = p.survey(&p.parts[w], p.span(w)) })
	counts, err := p.combine()
	if err = errors.Join(err, ctx.Err()); err != nil {
		return nil, counts, err
	}
	p.each(func(w int) { p.scatter(&p.parts[w], p.span(w)) })
	totals := p.walkAll(ctx)
	for w := range totals[1:] {
		for k := range p.steps {
			totals[0].all[k] += totals[w+1].all[k]
			totals[0].settled[k] += totals[w+1].settled[k]
		}
	}
	return &totals[0], counts, ctx.Err()
}

// each runs f once for every worker.
func (p *packing) each(f func(w int)) {
	var group sync.WaitGroup
	for w := range p.workers {
		group.Go(func() { f(w) })
	}
	group.Wait()
}

// A span is a range of rows.
type span struct{ from, to int }

func (p *packing) span(w int) span {
	n, each := len(p.Customer), len(p.Customer)/p.workers
	if w == p.workers-1 {
		return span{w * each, n}
	}
	return span{w * each, (w + 1) * each}
}

// survey checks rows, and counts those to keep by bucket.
func (p *packing) survey(x *part, s span) error {
	x.min, x.max = math.MaxInt64, math.MinInt64
	x.size = make([]int, (uint(max(p.Customers-1, 0))>>p.low)+1)
	customers, times, steps := p.Customer[s.from:s.to], p.Time[s.from:s.to], p.Step[s.from:s.to]
	others, later := int64(0), int64(0)
	all := p.mode == Adjacent
	for i, who := range customers {
		at, step := times[i], steps[i]
		if int(who) >= p.Customers || int(step) > p.steps || at < -maxTime || at > maxTime {
			return p.rowError(s.from + i)
		}
		if at > p.asOf {
			later++
			continue
		}
		if step == 0 {
			others++
			if !all {
				continue
			}
		}
		x.min, x.max = min(x.min, at), max(x.max, at)
		x.size[who>>p.low]++
	}
	n := int64(len(customers))
	x.counts = Counts{Events: n, Steps: n - others - later, Others: others, Later: later}
	return nil
}

func (p *packing) rowError(i int) error {
	var faults verdict.Faults
	path := verdict.At("rows", i)
	if int(p.Customer[i]) >= p.Customers {
		faults.Addf(verdict.Join(path, "customer"), "%w: %d of %d", verdict.ErrRange, p.Customer[i], p.Customers)
	}
	if int(p.Step[i]) > p.steps {
		faults.Addf(verdict.Join(path, "step"), "%w: %d of %d", verdict.ErrRange, p.Step[i], p.steps)
	}
	checkTime(&faults, verdict.Join(path, "time"), p.Time[i])
	return faults.Err()
}

// combine adds up the parts, and makes of the sizes of buckets the places where each
// worker puts his words: bucket by bucket, and in each the workers in order, so that
// words stay in the order of rows.
func (p *packing) combine() (Counts, error) {
	var total Counts
	first, last := int64(math.MaxInt64), int64(math.MinInt64)
	for _, x := range p.parts {
		if x.err != nil {
			return total, x.err // of the first bad row: parts are in order
		}
		total.Events += x.counts.Events
		total.Steps += x.counts.Steps
		total.Others += x.counts.Others
		total.Later += x.counts.Later
		first, last = min(first, x.min), max(last, x.max)
	}
	if first <= last && uint64(last-first)>>(p.shift-kindBits) > 0 {
		return total, fmt.Errorf("columns.time: %w: %d seconds from the first to the last", verdict.ErrRange, last-first)
	}
	p.base = first
	at := 0
	for bucket := range p.parts[0].size {
		p.bounds = append(p.bounds, at)
		for w := range p.parts {
			n := p.parts[w].size[bucket]
			p.parts[w].size[bucket] = at
			at += n
		}
	}
	p.bounds = append(p.bounds, at)
	p.scratch.words = slices.Grow(p.scratch.words[:0], at)[:at]
	return total, nil
}

// scatter packs rows into words and puts them into their buckets.
func (p *packing) scatter(x *part, s span) {
	customers, times, steps := p.Customer[s.from:s.to], p.Time[s.from:s.to], p.Step[s.from:s.to]
	words, next, low, shift, base, asOf := p.scratch.words, x.size, p.low, p.shift, p.base, p.asOf
	all, mask := p.mode == Adjacent, uint32(1)<<low-1
	for i, who := range customers {
		at, step := times[i], steps[i]
		if at > asOf || step == 0 && !all {
			continue
		}
		b := who >> low
		place := next[b]
		next[b] = place + 1
		words[place] = uint64(who&mask)<<shift | uint64(at-base)<<kindBits | uint64(step-1) // noStep for 0
	}
}

// walkAll lets the workers take bucket after bucket. Counts add up to the same
// whoever took which.
func (p *packing) walkAll(ctx context.Context) []tally {
	totals := make([]tally, p.workers)
	for len(p.scratch.buckets) < p.workers {
		p.scratch.buckets = append(p.scratch.buckets, nil)
	}
	var next atomic.Int64
	p.each(func(w int) {
		k := walker{packing: p, starts: make([]int, 1<<p.low+1), sorted: p.scratch.buckets[w]}
		for ctx.Err() == nil {
			bucket := int(next.Add(1)) - 1
			if bucket >= len(p.bounds)-1 {
				break
			}
			k.bucket(p.scratch.words[p.bounds[bucket]:p.bounds[bucket+1]])
		}
		p.scratch.buckets[w] = k.sorted
		totals[w] = k.tally
	})
	return totals
}
