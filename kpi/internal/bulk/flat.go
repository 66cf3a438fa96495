package bulk

// Where only periods matter, and customers are dense and few, events need not be
// dealt: each worker keeps the periods of all customers for the events that it
// happens to see, and these are put together, part by part.

// flatBytes is up to how much memory of a worker that pays: it must be near the
// processor, since every event is somewhere else in it.
const flatBytes = 1 << 20

// isFlat reports whether the customers are few enough, also for the memory of all
// workers to be less than that of dealt rows.
func (g *gathering[I]) isFlat() bool {
	memory := (g.route.span + 1) * 8 * uint64(g.periods.words)
	return g.short && memory <= flatBytes && memory*uint64(g.size) <= 4*uint64(len(g.who))
}

// flat gathers without dealing. Rows of 4 bytes are kept between its two passes.
func (g *gathering[I]) flat() error {
	g.ready()
	customers := int(g.route.span) + 1
	for i := range g.workers[:g.size] {
		w := &g.workers[i]
		w.masks = grown(w.masks, customers*g.periods.words)
		clear(w.masks)
	}
	g.shorts = grown(g.shorts, len(g.who))
	err := g.team.chunks(len(g.who), func(worker, _, from, to int) {
		g.markFlat(g.workers[worker].masks, from, to)
		g.team.tell(to - from)
	})
	if err != nil {
		return err
	}
	lines := grown(g.workers[0].lines, customers)
	g.workers[0].lines = lines
	if err := g.enterFlat(g.workers[0].masks, lines); err != nil {
		return err
	}
	return g.team.chunks(len(g.who), func(worker, _, from, to int) {
		g.workers[worker].grid.count(g.shorts[from:to], lines, &g.periods)
		g.team.tell(to - from)
	})
}

// markFlat shortens rows and sets the bits of their periods.
func (g *gathering[I]) markFlat(masks []uint64, from, to int) {
	var what [blockRows]uint64
	base, above := g.route.base, uint32(1)<<g.periods.bits
	for at := from; at < to; at += blockRows {
		until := min(at+blockRows, to)
		shorts := g.shorts[at:until]
		periods := what[:len(shorts)]
		g.packing.packPeriods(g.Days[at:until], g.periods.of, periods)
		for i, w := range g.who[at:until] {
			shorts[i] = uint32(uint64(w)-base)*above + uint32(periods[i])
		}
		mark(masks, shorts, &g.periods)
	}
}

// enterFlat adds what the other workers have to the masks, and takes all of them down.
func (g *gathering[I]) enterFlat(masks []uint64, lines []uint32) error {
	words := g.periods.words
	return g.team.each(g.route.parts, func(worker, part int) {
		from := part << g.route.shift
		to := from + g.customers(part)
		own := masks[from*words : to*words]
		for i := 1; i < g.size; i++ {
			for k, more := range g.workers[i].masks[from*words : to*words] {
				own[k] |= more
			}
		}
		g.workers[worker].enter(own, lines[from:to])
	})
}
