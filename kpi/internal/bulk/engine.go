package bulk

import (
	"context"
)

// An Engine is the memory of jobs, kept from one to the next. The zero Engine is
// ready. It does one job at a time.
type Engine struct {
	rows    []row
	shorts  []uint32
	places  places
	workers []worker
	sorting sorting
	codes   []uint64 // of texts
	ids     []uint32 // of numbered texts
}

// Gather does a job for the given customers. The error is [ErrWide], a [*Fault], or
// that of the context. The columns are of equal length, at most MaxRows.
func Gather[I Integer](ctx context.Context, e *Engine, who []I, j Job) (Result[I], error) {
	g := gathering[I]{Engine: e, Job: j, who: who}
	g.team = &team{ctx: ctx, size: j.Workers, progress: j.Progress, total: 2 * int64(len(who))}
	g.size = max(1, j.Workers)
	if len(who) == 0 {
		return Result[I]{}, ctx.Err()
	}
	if err := g.prepare(); err != nil {
		return Result[I]{}, err
	}
	if err := g.all(); err != nil {
		return Result[I]{}, err
	}
	return g.result, g.finish()
}

// A gathering is a job being done.
type gathering[I Integer] struct {
	*Engine
	Job
	team    *team
	size    int // workers
	who     []I
	route   route
	packing packing
	periods periods
	bare    bool // only periods matter
	short   bool // and customers dense: rows of 4 bytes do
	direct  bool // totals go to where the customer's number says
	present []int
	result  Result[I]
}

// prepare looks at the ranges of the columns and decides how to go about it.
func (g *gathering[I]) prepare() error {
	x, err := g.scan()
	if err != nil {
		return err
	}
	if x.fault.Bad > 0 {
		return &x.fault
	}
	g.result.Counts = g.Policy.of(x.counts, len(g.who))
	var ok bool
	if g.packing, ok = g.Job.packing(x.first, x.last, x.least, x.most); !ok {
		return ErrWide
	}
	g.route = newRoute(uint64(x.low), uint64(x.high), len(g.who))
	g.direct = g.Customers && g.route.dense && g.route.span < uint64(len(g.who))
	if g.Period != nil {
		if g.periods, ok = newPeriods(&g.packing, g.Period); !ok {
			return ErrWide
		}
		g.bare = g.Minor == nil && !g.Customers
		g.short = g.bare && g.route.dense && g.route.shift+g.periods.bits <= 32
	}
	return nil
}

// all gathers all rows.
func (g *gathering[I]) all() error {
	if g.isFlat() {
		return g.flat()
	}
	if err := g.deal(); err != nil {
		return err
	}
	return g.gather()
}

func (g *gathering[I]) scan() (extent[I], error) {
	extents := make([]extent[I], chunksOf(len(g.who)))
	err := g.team.chunks(len(g.who), func(_, chunk, from, to int) {
		extents[chunk] = scan(g.who[from:to], g.Days[from:to], part(g.Minor, from, to), g.From, g.AsOf)
	})
	for i := 1; i < len(extents) && err == nil; i++ {
		extents[0].join(extents[i], i*chunkRows)
	}
	return extents[0], err
}

// part is minor[from:to], nil if there are no amounts.
func part(minor []int64, from, to int) []int64 {
	if minor == nil {
		return nil
	}
	return minor[from:to]
}

// deal counts the rows by part and writes them there.
func (g *gathering[I]) deal() error {
	rows, parts := len(g.who), g.route.parts
	chunks := chunksOf(rows)
	g.places.next = grown(g.places.next, chunks*parts)
	of := func(chunk int) []uint32 { return g.places.next[chunk*parts : (chunk+1)*parts] }
	err := g.team.chunks(rows, func(_, chunk, from, to int) {
		countParts(&g.route, g.who[from:to], of(chunk))
	})
	if err != nil {
		return err
	}
	g.places.lay(chunks, parts)
	if g.short {
		g.shorts = grown(g.shorts, rows)
	} else {
		g.rows = grown(g.rows, rows)
	}
	return g.team.chunks(rows, func(_, chunk, from, to int) {
		d := dealer{route: &g.route, packing: &g.packing, next: of(chunk), rows: g.rows}
		if g.bare {
			d.periods = &g.periods
		}
		if g.short {
			d.shorts = g.shorts
		}
		deal(d, g.who[from:to], g.Days[from:to], part(g.Minor, from, to))
		g.team.tell(to - from)
	})
}

// gather does the parts, each by one worker.
func (g *gathering[I]) gather() error {
	g.ready()
	return g.team.each(g.route.parts, func(worker, part int) {
		from, to := g.places.start[part], g.places.start[part+1]
		w := &g.workers[worker]
		if g.short {
			w.short(g.shorts[from:to], g.customers(part), &g.periods)
		} else {
			g.part(w, part, g.rows[from:to])
		}
		g.team.tell(int(to - from))
	})
}

// ready lays out the memory of the workers and, for dense customers, the columns.
func (g *gathering[I]) ready() {
	g.hire(g.size)
	for i := range g.workers {
		w := &g.workers[i]
		w.out, w.overflow, w.grid, w.combs = w.out[:0], 0, Grid{}, combs{}
		if g.Period != nil && i < g.size {
			w.grid = newGrid(&g.periods)
		}
	}
	if g.direct {
		g.result.Totals = newTotals[I](int(g.route.span)+1, g.DistinctDays)
		g.present = make([]int, g.route.parts)
	}
}

// hire sees to it that there are so many workers.
func (e *Engine) hire(n int) {
	e.workers = append(e.workers, make([]worker, max(0, n-len(e.workers)))...)
}

// customers returns how many customers a dense part has room for.
func (g *gathering[I]) customers(part int) int {
	return int(min(1<<g.route.shift, g.route.span+1-uint64(part)<<g.route.shift))
}

// part gathers one part.
func (g *gathering[I]) part(w *worker, part int, rows []row) {
	if g.bare {
		w.shorts = w.table.shorts(&g.route, rows, w.shorts, g.periods.bits)
		customers := len(w.table.codes)
		if uint64(customers)<<g.periods.bits > 1<<32 {
			w.overflow = -1
			return
		}
		w.short(w.shorts, customers, &g.periods)
		return
	}
	var customers int
	if g.route.dense {
		customers = g.customers(part)
	} else {
		w.table.resolve(&g.route, rows)
		customers = len(w.table.codes)
	}
	w.tallies = grown(w.tallies, customers)
	clear(w.tallies)
	every := g.Policy == EveryEvent
	w.total(rows, &g.packing, every)
	if g.Period != nil {
		w.masks = grown(w.masks, customers*g.periods.words)
		clear(w.masks)
		w.lines = grown(w.lines, customers)
		w.place(rows, w.tallies, &g.packing, &g.periods, every)
		w.enter(w.masks, w.lines)
	}
	if !g.Customers {
		return
	}
	if g.DistinctDays {
		w.distinct.count(w.tallies, rows, &g.packing, every)
	}
	switch {
	case g.direct:
		g.present[part] = putDense(&g.result.Totals, &g.route, part, w.tallies, &g.packing)
	case g.route.dense:
		for i := range w.tallies {
			if w.tallies[i].present() {
				w.out = append(w.out, entry{uint64(part)<<g.route.shift + uint64(i), w.tallies[i]})
			}
		}
	default:
		for i, code := range w.table.codes {
			w.out = append(w.out, entry{code, w.tallies[i]})
		}
	}
}

// finish puts together what the workers have.
func (g *gathering[I]) finish() error {
	for i := range g.workers[:g.size] {
		w := &g.workers[i]
		if w.overflow < 0 {
			return ErrWide
		}
		w.combs.takeAll(&w.grid)
		if i == 0 {
			g.result.Grid = w.grid
		} else if g.result.Grid.merge(w.grid) {
			return ErrWide
		}
		w.grid = Grid{}
	}
	switch {
	case !g.Customers:
		return nil
	case !g.direct:
		return g.emit()
	}
	n := 0
	for _, present := range g.present {
		n += present
	}
	g.result.Totals.closeUp(n)
	return nil
}

// emit writes the customers that the workers have to the columns, in order.
func (g *gathering[I]) emit() error {
	lists, n := make([][]entry, g.size), 0
	for i := range lists {
		lists[i] = g.workers[i].out
		n += len(lists[i])
	}
	t := newTotals[I](n, g.DistinctDays)
	err := g.sorting.sort(g.team, lists, g.route.span, func(at int, bucket []entry) {
		for i := range bucket {
			x := &bucket[i]
			t.put(at+i, I(g.route.base+x.code), &x.tally, &g.packing)
		}
	})
	g.result.Totals = t
	return err
}
