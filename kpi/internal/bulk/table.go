package bulk

// A table numbers the customers of a part in order of arrival: open addressing
// with linear probing, at most a quarter full. It is emptied and used again for the next
// part.
type table struct {
	slots []slot
	codes []uint64 // by number
}

type slot struct {
	code   uint64
	number uint32 // counted from 1; 0 for an empty slot
}

// words numbers the customers of rows and writes a word for each: the number above, what
// was packed below. It returns how many customers there are.
func (t *table) words(r *route, list [][]row, words []uint64, above uint) int {
	t.empty()
	slots, salt := t.slots, r.salt
	above, n := above&63, 0
	for _, rows := range list {
		to := words[n:][:len(rows)]
		n += len(rows)
		below := uint64(1)<<above - 1
		for i := range to {
			code := rows[i].code
			s := &slots[hash(code, salt)&uint64(len(slots)-1)]
			number := s.number
			if s.code != code || number == 0 {
				number = t.find(code, salt)
				slots = t.slots
			}
			to[i] = uint64(number-1)<<above | rows[i].what&below
		}
	}
	return len(t.codes)
}

// halves is words for rows of periods.
func (t *table) halves(r *route, list [][]row, halves []uint32, above uint) int {
	t.empty()
	slots, salt := t.slots, r.salt
	above, n := above&31, 0
	for _, rows := range list {
		to := halves[n:][:len(rows)]
		n += len(rows)
		for i := range to {
			code := rows[i].code
			s := &slots[hash(code, salt)&uint64(len(slots)-1)]
			number := s.number
			if s.code != code || number == 0 {
				number = t.find(code, salt)
				slots = t.slots
			}
			to[i] = (number-1)<<above | uint32(rows[i].what)
		}
	}
	return len(t.codes)
}

func (t *table) empty() {
	if t.slots == nil {
		t.slots = make([]slot, 1<<11)
	}
	clear(t.slots)
	t.codes = t.codes[:0]
}

// find returns the number of a code, counted from 1, a new one if need be.
func (t *table) find(code, salt uint64) uint32 {
	mask := uint64(len(t.slots) - 1)
	for at := hash(code, salt) & mask; ; at = (at + 1) & mask {
		switch s := &t.slots[at]; {
		case s.number == 0:
			t.codes = append(t.codes, code)
			number := uint32(len(t.codes))
			*s = slot{code, number}
			if 4*len(t.codes) >= len(t.slots) {
				t.grow(salt)
			}
			return number
		case s.code == code:
			return s.number
		}
	}
}

// match returns the number of what has the given code and is the same, a new one if
// need be: things that differ may have a code in common.
func (t *table) match(code uint64, same func(number uint32) bool) uint32 {
	mask := uint64(len(t.slots) - 1)
	for at := hash(code, 0) & mask; ; at = (at + 1) & mask {
		switch s := &t.slots[at]; {
		case s.number == 0:
			t.codes = append(t.codes, code)
			number := uint32(len(t.codes))
			*s = slot{code, number}
			if 4*len(t.codes) >= len(t.slots) {
				t.grow(0)
			}
			return number - 1
		case s.code == code && same(s.number-1):
			return s.number - 1
		}
	}
}

// grow doubles the slots.
func (t *table) grow(salt uint64) {
	t.slots = make([]slot, 2*len(t.slots))
	mask := uint64(len(t.slots) - 1)
	for i, code := range t.codes {
		at := hash(code, salt) & mask
		for t.slots[at].number != 0 {
			at = (at + 1) & mask
		}
		t.slots[at] = slot{code, uint32(i + 1)}
	}
}
