package bulk

// A tally is what is known of one customer. Days are packed ones; the first is kept
// as its distance from the end of the range, so that zero means none and the larger
// is the earlier.
type tally struct {
	sum    int64
	orders uint32
	last   uint32
	before uint32 // top − first
	days   uint32 // distinct days with orders, if asked for; seen for a customer who has none
}

// seen marks a customer without orders, so far, as one who is there.
const seen = 1 << 31

// present reports whether there is an event of the customer.
func (t *tally) present() bool { return t.orders > 0 || t.days&seen != 0 }

// A worker is the memory of one worker, used again for each part, and in the next
// job.
type worker struct {
	table    table
	tallies  []tally
	masks    []uint64
	lines    []uint32 // of the grid, by customer
	combs    combs
	shorts   []uint32
	grid     Grid
	distinct distinct
	out      []entry
	overflow int64 // negative if a sum overflowed
}

// total adds the rows of a part to the tallies, which are by code.
func (w *worker) total(rows []row, p *packing, every bool) {
	tallies, over, top := w.tallies, int64(0), uint32(p.days+1)
	mask, shift := uint64(1)<<p.bits-1, p.bits
	for _, r := range rows {
		t := &tallies[r.code]
		day, v := uint32(r.what&mask), int64(r.what)>>shift
		if day == 0 || (v < 0 && !every) {
			t.days |= seen
			if day == 0 {
				continue
			}
		} else {
			t.orders++
			t.last = max(t.last, day)
			t.before = max(t.before, top-day)
		}
		sum := t.sum + v
		over |= overflows(t.sum, v, sum)
		t.sum = sum
	}
	w.overflow |= over
}

// place adds rows, of customers whose tallies are complete, to the grid and the masks.
func (w *worker) place(rows []row, tallies []tally, p *packing, period *periods, every bool) {
	g, over, top := &w.grid, int64(0), uint32(p.days+1)
	mask, shift := uint64(1)<<p.bits-1, p.bits
	words := uint64(period.words)
	for _, r := range rows {
		day, v := uint32(r.what&mask), int64(r.what)>>shift
		if day == 0 {
			continue
		}
		first := top - tallies[r.code].before
		if day < first { // a refund, or there is no first order
			g.Unplaced++
			continue
		}
		at := uint64(period.of[day])
		cell := uint64(period.of[first]-1)*uint64(g.Periods) + at - 1
		sum := g.Revenue[cell] + v
		over |= overflows(g.Revenue[cell], v, sum)
		g.Revenue[cell] = sum
		if v >= 0 || every {
			g.Orders[cell]++
			w.masks[r.code*words+at>>6] |= 1 << (at & 63)
		}
	}
	w.overflow |= over
}

// short gathers the short rows of a part of n customers into the grid.
func (w *worker) short(rows []uint32, n int, period *periods) {
	if len(rows) == 0 {
		return
	}
	w.masks = grown(w.masks, n*period.words)
	clear(w.masks)
	mark(w.masks, rows, period)
	w.lines = grown(w.lines, n)
	w.enter(w.masks, w.lines)
	w.grid.count(rows, w.lines, period)
}

// enter takes down customers, whose sets of periods are one after the other, in the
// grid, and notes the line of each.
func (w *worker) enter(masks []uint64, lines []uint32) {
	if len(masks) == len(lines) {
		w.combs.enter(&w.grid, masks, lines)
	} else {
		w.grid.enterAll(masks, lines)
	}
}

// mark sets the bits of the periods of customers, counted from 1: bit 0 is that of
// events that do not count.
func mark(masks []uint64, rows []uint32, period *periods) {
	mask, shift := uint32(1)<<(period.bits&31)-1, period.bits&31
	if period.words == 1 {
		for _, r := range rows {
			masks[r>>shift] |= 1 << (r & mask & 63)
		}
		return
	}
	words := uint32(period.words)
	for _, r := range rows {
		at := r & mask
		masks[r>>shift*words+at>>6] |= 1 << (at & 63)
	}
}

// distinct counts the days with orders of each customer: the days, grouped by
// customer, are ticked off on one list, on which each customer has his own mark.
type distinct struct {
	start []uint32
	days  []uint32
	ticks []uint32
	mark  uint32
}

func (d *distinct) count(tallies []tally, rows []row, p *packing, every bool) {
	d.group(tallies, rows, p, every)
	if len(d.ticks) < p.days+1 {
		d.ticks, d.mark = make([]uint32, p.days+1), 0
	}
	from := uint32(0)
	for i := range tallies {
		if d.mark++; d.mark == 0 { // the marks are used up
			clear(d.ticks)
			d.mark = 1
		}
		for _, day := range d.days[from:d.start[i]] {
			if d.ticks[day] != d.mark {
				d.ticks[day] = d.mark
				tallies[i].days++
			}
		}
		from = d.start[i]
	}
}

// group puts the days of the orders of customer i between start[i−1] and start[i].
func (d *distinct) group(tallies []tally, rows []row, p *packing, every bool) {
	d.start, d.days = grown(d.start, len(tallies)), grown(d.days, len(rows))
	at := uint32(0)
	for i := range tallies {
		d.start[i] = at
		at += tallies[i].orders
	}
	mask := uint64(1)<<p.bits - 1
	for _, r := range rows {
		if day := uint32(r.what & mask); day > 0 && (every || int64(r.what) >= 0) {
			d.days[d.start[r.code]] = day
			d.start[r.code]++
		}
	}
}
