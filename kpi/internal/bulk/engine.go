package bulk

import "context"

// An Engine is the memory of jobs, kept from one to the next. The zero Engine is
// ready. It does one job at a time.
type Engine struct {
	rows    blocks[row]
	words   blocks[uint64]
	halves  blocks[uint32]
	shorts  []uint32 // number and period of each event
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
	if g.Period == nil && !g.Totals {
		g.team.tell(2 * len(who))
		return g.result, nil
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
	plain   bool // whoever has an event in a period is active in it, and that is all the grid is to say
	bare    bool // only periods matter
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
	g.plain = g.CustomersOnly && (g.Minor == nil || g.Policy.isOrder(x.least))
	g.bare = !g.Totals && (g.Minor == nil || g.plain)
	none := g.Policy == PurchasesOnly && x.most <= 0
	if g.bare {
		x.least, x.most = 0, 0
	}
	var ok bool
	if g.packing, ok = g.Job.packing(x.first, x.last, x.least, x.most); !ok {
		return ErrWide
	}
	g.packing.none = none
	g.route = newRoute(uint64(x.low), uint64(x.high), len(g.who), 64-g.packing.width)
	g.direct = g.Totals && g.route.dense && g.route.span < uint64(len(g.who))
	if g.Period != nil {
		if g.periods, ok = newPeriods(&g.packing, g.Period); !ok {
			return ErrWide
		}
	}
	return nil
}

// all gathers all rows.
func (g *gathering[I]) all() error {
	if g.isFlat() {
		return g.flat()
	}
	if err := g.dealAll(); err != nil {
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

// dealAll deals all rows.
func (g *gathering[I]) dealAll() error {
	rows, parts := len(g.who), g.route.parts
	switch {
	case !g.route.dense:
		g.rows.ready(rows, parts, g.size)
	case g.bare:
		g.halves.ready(rows, parts, g.size)
	default:
		g.words.ready(rows, parts, g.size)
	}
	return g.team.chunks(rows, func(worker, _, from, to int) {
		g.deal(worker, from, to)
		g.team.tell(to - from)
	})
}

// gather does the parts, each by one worker.
func (g *gathering[I]) gather() error {
	g.ready()
	return g.team.each(g.route.parts, func(worker, part int) {
		w := &g.workers[worker]
		var n int
		switch {
		case !g.bare:
			n = g.total(w, part)
		case g.route.dense:
			w.halves = g.halves.of(part, w.halves)
			n = w.mark(w.halves, g.customers(part), &g.periods)
		default:
			n = g.number(w, part)
		}
		g.team.tell(n)
	})
}

// ready lays out the memory of the workers and, for dense customers, the columns.
func (g *gathering[I]) ready() {
	g.hire(g.size)
	for i := range g.workers {
		w := &g.workers[i]
		w.out, w.overflow, w.grid, w.combs = w.out[:0], 0, Grid{}, combs{}
		if g.Period != nil && i < g.size {
			w.grid = newGrid(&g.periods, g.plain)
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

// number gathers one part of which only periods matter, and returns how many rows it had.
func (g *gathering[I]) number(w *worker, part int) int {
	w.rows = g.rows.of(part, w.rows)
	if w.grid.Orders == nil && g.periods.words == 1 {
		masks := w.sets.fill(&g.route, w.rows)
		w.enter(masks, len(masks))
		return rowsIn(w.rows)
	}
	w.short = grown(w.short, rowsIn(w.rows))
	customers := w.table.halves(&g.route, w.rows, w.short, g.periods.bits)
	if uint64(customers)<<g.periods.bits > 1<<32 {
		w.overflow = -1
		return 0
	}
	w.halves = append(w.halves[:0], w.short)
	return w.mark(w.halves, customers, &g.periods)
}

// total gathers one part with the totals of its customers, and returns how many rows
// it had.
func (g *gathering[I]) total(w *worker, part int) int {
	x := words{above: 64 - g.route.shift, packing: &g.packing, every: g.Policy == EveryEvent}
	var customers int
	if g.route.dense {
		customers = g.customers(part)
		w.words = g.words.of(part, w.words)
	} else {
		x.above = g.packing.width
		w.rows = g.rows.of(part, w.rows)
		w.numbered = grown(w.numbered, rowsIn(w.rows))
		customers = w.table.words(&g.route, w.rows, w.numbered, x.above)
		if uint64(customers) > 1<<(64-x.above) { // no room for their numbers
			w.overflow = -1
			return 0
		}
		w.words = append(w.words[:0], w.numbered)
	}
	x.list = w.words
	n := w.total(&x, customers)
	switch {
	case g.Period == nil:
	case g.plain:
		w.markWords(&x, &g.periods)
	default:
		w.place(&x, &g.periods)
	}
	if g.DistinctDays {
		w.distinct.count(w.tallies, &x)
	}
	if g.Totals {
		g.keep(w, part)
	}
	return n
}

// keep takes down the totals of the customers of a part.
func (g *gathering[I]) keep(w *worker, part int) {
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
	if g.CustomersOnly {
		g.result.Grid.Orders, g.result.Grid.Revenue = nil, nil
	}
	switch {
	case !g.Totals:
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
