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

// take adds an order.
func (t *tally) take(day, before uint32) {
	t.orders++
	t.last = max(t.last, day)
	t.before = max(t.before, before)
}

// add adds an amount, and returns less than 0 if that overflowed.
func (t *tally) add(v int64) int64 {
	sum := t.sum + v
	over := overflows(t.sum, v, sum)
	t.sum = sum
	return over
}

// words are what the words of a part say: from above on the number of the customer,
// below it day and amount as they were packed.
type words struct {
	list  [][]uint64
	above uint
	*packing
	every bool // what is below 0 is an order, too
}

// masks returns the bits of a day, and how far an amount is to be shifted: up, to drop the
// number, and then down.
func (x *words) masks() (day uint64, up, down uint) {
	up = (64 - x.above) & 63
	return uint64(1)<<(x.bits&63) - 1, up, (up + x.bits) & 63
}

// A worker is the memory of one worker, used again for each part, and in the next
// job.
type worker struct {
	table    table
	sets     sets
	tallies  []tally
	masks    []uint64
	lines    []uint32 // of the grid, by customer
	combs    combs
	rows     [][]row // of the part, as are the others
	words    [][]uint64
	halves   [][]uint32
	numbered []uint64 // words made of rows
	short    []uint32 // halves made of rows
	grid     Grid
	distinct distinct
	out      []entry
	overflow int64 // negative if a sum overflowed
}

// total makes the tallies of so many customers, and returns how many words there were.
func (w *worker) total(x *words, customers int) int {
	w.tallies = grown(w.tallies, customers)
	clear(w.tallies)
	n := 0
	for _, some := range x.list {
		n += len(some)
		w.overflow |= x.total(some, w.tallies)
	}
	return n
}

// total adds words to the tallies, which are by number. It returns less than 0 if a sum
// overflowed.
func (x *words) total(some []uint64, tallies []tally) int64 {
	over, top, every := int64(0), uint32(x.days+1), x.every
	above := x.above & 63
	days, up, down := x.masks()
	for _, r := range some {
		t := &tallies[r>>above]
		day, v := uint32(r&days), int64(r<<up)>>down
		if day == 0 {
			t.days |= seen
			continue
		}
		if v < 0 && !every {
			t.days |= seen
		} else {
			t.take(day, top-day)
		}
		over |= t.add(v)
	}
	return over
}

// place adds words, of customers whose tallies are complete, to the grid.
func (w *worker) place(x *words, period *periods) {
	w.masks = grown(w.masks, len(w.tallies)*period.words)
	clear(w.masks)
	for _, some := range x.list {
		w.placeSome(some, x, period)
	}
	w.enter(w.masks, len(w.tallies))
}

func (w *worker) placeSome(some []uint64, x *words, period *periods) {
	g, over, top := &w.grid, int64(0), uint32(x.days+1)
	above, words := x.above&63, uint64(period.words)
	days, up, down := x.masks()
	for _, r := range some {
		day, v := uint32(r&days), int64(r<<up)>>down
		if day == 0 {
			continue
		}
		first := top - w.tallies[r>>above].before
		if day < first { // a refund, or there is no first order
			g.Unplaced++
			continue
		}
		at := uint64(period.of[day])
		cell := uint64(period.of[first]-1)*uint64(g.Periods) + at - 1
		sum := g.Revenue[cell] + v
		over |= overflows(g.Revenue[cell], v, sum)
		g.Revenue[cell] = sum
		if v >= 0 || x.every {
			g.Orders[cell]++
			w.masks[r>>above*words+at>>6] |= 1 << (at & 63)
		}
	}
	w.overflow |= over
}

// markWords gathers the periods of customers from words.
func (w *worker) markWords(x *words, period *periods) {
	w.masks = grown(w.masks, len(w.tallies)*period.words)
	clear(w.masks)
	masks, of, above, words := w.masks, period.of, x.above&63, uint64(period.words)
	days, _, _ := x.masks()
	for _, some := range x.list {
		if words == 1 {
			for _, r := range some {
				masks[r>>above] |= 1 << (of[r&days] & 63)
			}
			continue
		}
		for _, r := range some {
			at := uint64(of[r&days])
			masks[r>>above*words+at>>6] |= 1 << (at & 63)
		}
	}
	w.enter(masks, len(w.tallies))
}

// mark gathers the periods of so many customers, and returns how many rows there were.
func (w *worker) mark(list [][]uint32, customers int, period *periods) int {
	w.masks = grown(w.masks, customers*period.words)
	clear(w.masks)
	for _, some := range list {
		mark(w.masks, some, period)
	}
	w.enter(w.masks, customers)
	if w.grid.Orders != nil {
		for _, some := range list {
			w.grid.count(some, w.lines, period)
		}
	}
	return rowsIn(list)
}

// enter takes down so many customers, whose sets of periods are one after the other, in
// the grid, and notes the line of each.
func (w *worker) enter(masks []uint64, customers int) {
	w.lines = grown(w.lines, customers)
	w.enterLines(masks, w.lines)
}

func (w *worker) enterLines(masks []uint64, lines []uint32) {
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

func (d *distinct) count(tallies []tally, x *words) {
	d.group(tallies, x)
	if len(d.ticks) < x.days+1 {
		d.ticks, d.mark = make([]uint32, x.days+1), 0
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
func (d *distinct) group(tallies []tally, x *words) {
	d.start = grown(d.start, len(tallies))
	at := uint32(0)
	for i := range tallies {
		d.start[i] = at
		at += tallies[i].orders
	}
	d.days = grown(d.days, int(at))
	above := x.above & 63
	days, up, down := x.masks()
	for _, some := range x.list {
		for _, r := range some {
			if day, v := uint32(r&days), int64(r<<up)>>down; day > 0 && (v >= 0 || x.every) {
				next := &d.start[r>>above]
				d.days[*next] = day
				*next++
			}
		}
	}
}
