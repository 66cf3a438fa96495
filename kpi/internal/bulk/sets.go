package bulk

// sets hold the periods of customers where nothing else matters: a table like [table],
// which has the periods in place of a number. A slot without periods is empty; an event
// that does not count sets the bit of period 0.
type sets struct {
	slots []set
	taken int
	masks []uint64
}

type set struct{ code, periods uint64 }

// fill gathers rows of up to 63 periods and returns the set of each customer, in any order.
func (s *sets) fill(r *route, list [][]row) []uint64 {
	if s.slots == nil {
		s.slots = make([]set, 1<<11)
	}
	clear(s.slots)
	s.taken = 0
	slots, salt := s.slots, r.salt
	for _, some := range list {
		for _, x := range some {
			at := &slots[hash(x.code, salt)&uint64(len(slots)-1)]
			if at.code != x.code || at.periods == 0 {
				at = s.find(x.code, salt)
				slots = s.slots
			}
			at.periods |= 1 << (x.what & 63)
		}
	}
	s.masks = s.masks[:0]
	for i := range slots {
		if m := slots[i].periods; m != 0 {
			s.masks = append(s.masks, m)
		}
	}
	return s.masks
}

// find returns the slot of a customer, a free one if need be.
func (s *sets) find(code, salt uint64) *set {
	mask := uint64(len(s.slots) - 1)
	for at := hash(code, salt) & mask; ; at = (at + 1) & mask {
		switch x := &s.slots[at]; {
		case x.periods == 0:
			if 4*s.taken >= len(s.slots) {
				s.grow(salt)
				return s.find(code, salt)
			}
			s.taken++
			x.code = code
			return x
		case x.code == code:
			return x
		}
	}
}

// grow doubles the slots.
func (s *sets) grow(salt uint64) {
	old := s.slots
	s.slots = make([]set, 2*len(old))
	mask := uint64(len(s.slots) - 1)
	for _, x := range old {
		if x.periods == 0 {
			continue
		}
		at := hash(x.code, salt) & mask
		for s.slots[at].periods != 0 {
			at = (at + 1) & mask
		}
		s.slots[at] = x
	}
}
