package bulk

// A table numbers the customers of a part in order of arrival: open addressing
// with linear probing, at most half full. It is emptied and used again for the next
// part.
type table struct {
	slots []slot
	codes []uint64 // by number
}

type slot struct {
	code   uint64
	number uint32 // counted from 1; 0 for an empty slot
}

// resolve replaces the codes of the rows by the numbers of their customers.
func (t *table) resolve(r *route, rows []row) {
	if t.slots == nil {
		t.slots = make([]slot, 1<<11)
	}
	clear(t.slots)
	t.codes = t.codes[:0]
	for i := range rows {
		rows[i].code = uint64(t.number(r, rows[i].code))
	}
}

func (t *table) number(r *route, code uint64) uint32 {
	mask := uint64(len(t.slots) - 1)
	for at := r.hash(code) & mask; ; at = (at + 1) & mask {
		switch s := &t.slots[at]; {
		case s.number == 0:
			t.codes = append(t.codes, code)
			*s = slot{code, uint32(len(t.codes))}
			if 2*len(t.codes) >= len(t.slots) {
				t.grow(r)
			}
			return uint32(len(t.codes) - 1)
		case s.code == code:
			return s.number - 1
		}
	}
}

// grow doubles the slots.
func (t *table) grow(r *route) {
	t.slots = make([]slot, 2*len(t.slots))
	mask := uint64(len(t.slots) - 1)
	for i, code := range t.codes {
		at := r.hash(code) & mask
		for t.slots[at].number != 0 {
			at = (at + 1) & mask
		}
		t.slots[at] = slot{code, uint32(i + 1)}
	}
}
