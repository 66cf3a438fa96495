package bulk

// A dealt event is one of three: a row, whose customer takes a word; a word, of the
// customer's number within the part above and of day and amount below; or half a word,
// of number and period.
type row struct {
	code uint64 // the customer, counted from the lowest
	what uint64 // packed day and amount, or the period
}

// stretch is how many rows are dealt at a time, by one short loop after the other.
// What a loop needs then stays in registers, and what it leaves for the next one in
// the first-level cache.
const stretch = 512

// deal deals the rows of a chunk. Those that do not count are packed as 0.
func (g *gathering[I]) deal(worker, from, to int) {
	var buffer [stretch]uint64
	for ; from < to; from += stretch {
		until := min(from+stretch, to)
		who, what := g.who[from:until], buffer[:until-from]
		g.pack(from, until, what)
		switch {
		case !g.route.dense:
			dealRows(&g.route, who, what, &g.rows, g.rows.hands[worker])
		case g.bare:
			dealHalves(&g.route, g.periods.bits, who, what, &g.halves, g.halves.hands[worker])
		default:
			dealWords(&g.route, who, what, &g.words, g.words.hands[worker])
		}
	}
}

// pack writes what is dealt of events besides the customer.
func (g *gathering[I]) pack(from, to int, what []uint64) {
	switch {
	case g.bare:
		g.packing.packPeriods(g.Days[from:to], g.periods.of, what)
	case g.Minor == nil:
		g.packing.packDays(g.Days[from:to], what)
	default:
		g.packing.packEvents(g.Days[from:to], g.Minor[from:to], what)
	}
}

func dealWords[I Integer](r *route, who []I, what []uint64, to *blocks[uint64], next hand) {
	base, shift, rows, full := r.base, r.shift&63, to.rows, to.full()
	above, below := (64-shift)&63, ^uint64(0)>>shift
	what = what[:len(who)]
	for i, w := range who {
		code := uint64(w) - base
		place := &next[code>>shift]
		at := *place
		if at&full == 0 {
			at = to.take(at)
		}
		*place = at + 1
		rows[at] = code<<above | what[i]&below
	}
}

func dealHalves[I Integer](r *route, bits uint, who []I, what []uint64, to *blocks[uint32], next hand) {
	base, shift, rows, full := r.base, r.shift&63, to.rows, to.full()
	above, local := bits&31, uint64(1)<<shift-1
	what = what[:len(who)]
	for i, w := range who {
		code := uint64(w) - base
		place := &next[code>>shift]
		at := *place
		if at&full == 0 {
			at = to.take(at)
		}
		*place = at + 1
		rows[at] = uint32(code&local)<<above | uint32(what[i])
	}
}

func dealRows[I Integer](r *route, who []I, what []uint64, to *blocks[row], next hand) {
	base, shift, salt, rows, full := r.base, r.shift&63, r.salt, to.rows, to.full()
	what = what[:len(who)]
	for i, w := range who {
		code := uint64(w) - base
		place := &next[hash(code, salt)>>shift]
		at := *place
		if at&full == 0 {
			at = to.take(at)
		}
		*place = at + 1
		rows[at] = row{code, what[i]}
	}
}
