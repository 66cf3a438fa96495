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
	return g.bare && g.route.dense && memory <= flatBytes && memory*uint64(g.size) <= 4*uint64(len(g.who))
}

// flat gathers without dealing. Where orders are counted, too, half a word of each event
// is kept until the first period of every customer is known.
func (g *gathering[I]) flat() error {
	g.ready()
	customers := int(g.route.span) + 1
	for i := range g.workers[:g.size] {
		w := &g.workers[i]
		w.masks = grown(w.masks, customers*g.periods.words)
		clear(w.masks)
	}
	if !g.CustomersOnly {
		g.shorts = grown(g.shorts, len(g.who))
	}
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
	if g.CustomersOnly {
		g.team.tell(len(g.who))
		return nil
	}
	return g.team.chunks(len(g.who), func(worker, _, from, to int) {
		g.workers[worker].grid.count(g.shorts[from:to], lines, &g.periods)
		g.team.tell(to - from)
	})
}

// markFlat sets the bits of the periods of customers.
func (g *gathering[I]) markFlat(masks []uint64, from, to int) {
	var what [stretch]uint64
	var buffer [stretch]uint32
	base, above := g.route.base, uint32(1)<<g.periods.bits
	for ; from < to; from += stretch {
		until := min(from+stretch, to)
		shorts := buffer[:until-from]
		if !g.CustomersOnly {
			shorts = g.shorts[from:until]
		}
		periods := what[:len(shorts)]
		g.packing.packPeriods(g.Days[from:until], g.periods.of, periods)
		for i, w := range g.who[from:until] {
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
		g.workers[worker].enterLines(own, lines[from:to])
	})
}
