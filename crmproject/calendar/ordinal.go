package calendar

// The kinds of this package that lie on the time line ([Date], [Week], [Month],
// [Quarter]) count from 1 without gaps; 0 is "none". What follows is the
// arithmetic they share.

// step returns v moved by n, or none if v is none or the result is not within
// 1 to last.
func step[T ~int32](v T, n int, last T) T {
	if v < 1 || v > last || n > int(last) || n < -int(last) {
		return 0
	}
	moved := int(v) + n
	if moved < 1 || moved > int(last) {
		return 0
	}
	return T(moved)
}

// since returns v − e if neither is none.
func since[T ~int32](v, e, last T) (n int, ok bool) {
	if v < 1 || v > last || e < 1 || e > last {
		return 0, false
	}
	return int(v) - int(e), true
}
