package ledger

import "math/bits"

// A Sum is an exact running total of int64: the total is High·2⁶⁴ + Low with Low
// read as a signed number. Its value does not depend on the order of additions.
// The zero Sum is 0.
type Sum struct {
	Low, High int64
}

// Add adds v.
func (s *Sum) Add(v int64) {
	low := s.Low + v
	switch {
	case v > 0 && low < s.Low:
		s.High++
	case v < 0 && low > s.Low:
		s.High--
	}
	s.Low = low
}

// Merge adds the total of t.
func (s *Sum) Merge(t Sum) {
	s.Add(t.Low)
	s.High += t.High
}

// Int64 returns the total, and false if it does not fit.
func (s *Sum) Int64() (int64, bool) { return s.Low, s.High == 0 }

// wide is an unsigned 128-bit total of magnitudes.
type wide struct{ hi, lo uint64 }

func (w wide) add(v uint64) wide {
	lo, carry := bits.Add64(w.lo, v, 0)
	return wide{w.hi + carry, lo}
}

func (w wide) sub(v uint64) wide {
	lo, borrow := bits.Sub64(w.lo, v, 0)
	return wide{w.hi - borrow, lo}
}

// magnitude returns |v|, also of the smallest int64.
func magnitude(v int64) uint64 {
	if v < 0 {
		return -uint64(v)
	}
	return uint64(v)
}
