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

// A worker is the memory of one worker, used again for each part, and in the next
// job.
type worker struct {
	table    table
	tallies  []tally
	masks    []uint64
	firsts   []uint16
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

// place adds the rows of a part, whose tallies are complete, to the grid.
func (w *worker) place(rows []row, p *packing, period *periods, every bool) {
	g, over, top := &w.grid, int64(0), uint32(p.days+1)
	mask, shift := uint64(1)<<p.bits-1, p.bits
	words := uint64(period.words)
	for _, r := range rows {
		day, v := uint32(r.what&mask), int64(r.what)>>shift
		if day == 0 {
			continue
		}
		first := top - w.tallies[r.code].before
		if day < first { // a refund, or there is no first order
			g.Unplaced++
			continue
		}
		at := uint64(period.of[day] - 1)
		cell := uint64(period.of[first]-1)*uint64(g.Periods) + at
		sum := g.Revenue[cell] + v
		over |= overflows(g.Revenue[cell], v, sum)
		g.Revenue[cell] = sum
		if v >= 0 || every {
			g.Orders[cell]++
			w.masks[r.code*words+at>>6] |= 1 << (at & 63)
		}
	}
	w.overflow |= over
	for i := range w.tallies {
		if w.tallies[i].orders > 0 {
			g.enter(w.masks[uint64(i)*words : uint64(i+1)*words])
		}
	}
}

// shortened returns rows, whose codes are numbers, as short ones.
func (w *worker) shortened(rows []row, period *periods) []uint32 {
	w.shorts = grown(w.shorts, len(rows))
	for i, r := range rows { // without amounts, the day is all there is
		w.shorts[i] = uint32(r.code)<<period.bits | uint32(period.of[r.what])
	}
	return w.shorts
}

// short gathers the short rows of a part of n customers into the grid.
func (w *worker) short(rows []uint32, n int, period *periods) {
	words, mask, shift := uint32(period.words), uint32(1)<<period.bits-1, period.bits
	w.masks = grown(w.masks, n*period.words)
	w.firsts = grown(w.firsts, n)
	clear(w.masks)
	masks := w.masks
	for i := range w.firsts {
		w.firsts[i] = uint16(period.n)
	}
	firsts := w.firsts
	for _, r := range rows {
		if at := r & mask; at > 0 {
			who := r >> shift
			masks[who*words+(at-1)>>6] |= 1 << ((at - 1) & 63)
			firsts[who] = min(firsts[who], uint16(at-1))
		}
	}
	g := &w.grid
	for _, r := range rows {
		if at := r & mask; at > 0 {
			g.Orders[int(firsts[r>>shift])*g.Periods+int(at-1)]++
		}
	}
	for who, first := range firsts {
		if int(first) < period.n {
			g.enter(masks[who*period.words : (who+1)*period.words])
		}
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
