package survival

import "math"

// A double holds a number as the unevaluated sum of two float64, some 32 digits
// (T. J. Dekker, Numerische Mathematik 18 (1971), 224-242).
type double struct{ hi, lo float64 }

// whole returns n, which may have more digits than a float64.
func whole(n int64) double {
	hi := float64(n)
	if hi >= 1<<63 {
		return double{hi, -float64(uint64(1<<63) - uint64(n))}
	}
	return double{hi, float64(n - int64(hi))}
}

func quickSum(a, b float64) double {
	s := a + b
	return double{s, b - (s - a)}
}

func (x double) times(y double) double {
	p := float64(x.hi * y.hi)
	e := math.FMA(x.hi, y.hi, -p)
	return quickSum(p, e+(float64(x.hi*y.lo)+float64(x.lo*y.hi)))
}

func (x double) over(y double) double {
	q := x.hi / y.hi
	rest := math.FMA(-q, y.hi, x.hi) + (x.lo - float64(q*y.lo))
	return quickSum(q, rest/y.hi)
}

// A sum adds float64 with the rounding errors carried along (A. Neumaier, ZAMM 54
// (1974), 39-51). The zero sum is 0.
type sum struct{ total, lost float64 }

func (s *sum) add(v float64) {
	t := s.total + v
	if math.Abs(s.total) >= math.Abs(v) {
		s.lost += (s.total - t) + v
	} else {
		s.lost += (v - t) + s.total
	}
	s.total = t
}

func (s *sum) value() float64 { return s.total + s.lost }
