package bulk

import "github.com/crmrollout/crm/crmproject/calendar"

// blockRows is how many rows are dealt at a time, by one short loop after the other.
// What a loop needs then stays in registers, and what it leaves for the next one in
// the first-level cache.
const blockRows = 512

// A dealer writes the rows of a chunk to their places.
type dealer struct {
	route   *route
	packing *packing
	next    []uint32 // where the next row of each part goes
	rows    []row

	periods *periods // if not nil, rows hold periods, counted from 1, not days and amounts
	shorts  []uint32 // if not nil, rows go there: the customer above, the period below
}

// deal deals rows. Those that do not count are packed as 0.
func deal[I Integer](d dealer, who []I, days []calendar.Date, minor []int64) {
	var what [blockRows]uint64
	for from := 0; from < len(who); from += blockRows {
		to := min(from+blockRows, len(who))
		block := what[:to-from]
		if d.periods != nil {
			d.packing.packPeriods(days[from:to], d.periods.of, block)
		} else {
			d.packing.pack(days[from:to], part(minor, from, to), block)
		}
		switch {
		case d.shorts != nil:
			dealShorts(d.route, d.periods.bits, who[from:to], block, d.next, d.shorts)
		case d.route.dense:
			dealDense(d.route, who[from:to], block, d.next, d.rows)
		default:
			dealHashed(d.route, who[from:to], block, d.next, d.rows)
		}
	}
}

// countParts counts the rows of a chunk by part.
func countParts[I Integer](r *route, who []I, n []uint32) {
	clear(n)
	base, shift, salt := r.base, r.shift&63, r.salt
	if r.dense {
		for _, w := range who {
			n[(uint64(w)-base)>>shift]++
		}
		return
	}
	for _, w := range who {
		n[hash(uint64(w)-base, salt)>>shift]++
	}
}

func dealDense[I Integer](r *route, who []I, what []uint64, next []uint32, rows []row) {
	base, shift := r.base, r.shift&63
	local := uint64(1)<<shift - 1
	what = what[:len(who)]
	for i, w := range who {
		code := uint64(w) - base
		place := &next[code>>shift]
		at := *place
		*place = at + 1
		rows[at] = row{code & local, what[i]}
	}
}

func dealHashed[I Integer](r *route, who []I, what []uint64, next []uint32, rows []row) {
	base, shift, salt := r.base, r.shift&63, r.salt
	what = what[:len(who)]
	for i, w := range who {
		code := uint64(w) - base
		place := &next[hash(code, salt)>>shift]
		at := *place
		*place = at + 1
		rows[at] = row{code, what[i]}
	}
}

func dealShorts[I Integer](r *route, bits uint, who []I, what []uint64, next, shorts []uint32) {
	base, shift, above := r.base, r.shift&63, uint32(1)<<bits
	local := uint64(1)<<shift - 1
	what = what[:len(who)]
	for i, w := range who {
		code := uint64(w) - base
		place := &next[code>>shift]
		at := *place
		*place = at + 1
		shorts[at] = uint32(code&local)*above + uint32(what[i])
	}
}
