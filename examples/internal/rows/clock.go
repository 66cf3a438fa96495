package rows

import "bytes"

// clock reads a time of day as it follows a date, as seconds since midnight UTC:
// a T or a space, hh:mm, hh:mm:ss or hhmmss with or without a fraction, and then
// an offset or none. 24:00 is refused because it means another day.
func clock(b []byte) (seconds int, ok bool) {
	if b[0] != 'T' && b[0] != 't' && b[0] != ' ' {
		return 0, false
	}
	hour, b, ok := below(b[1:], 24)
	colon := []byte(nil)
	if bytes.HasPrefix(b, []byte{':'}) {
		colon = []byte{':'}
	}
	b, more := bytes.CutPrefix(b, colon)
	minute, b, isMinute := below(b, 60)
	if !ok || !more || !isMinute {
		return 0, false
	}
	second := 0
	if s, more := bytes.CutPrefix(b, colon); more {
		if n, s, ok := below(s, 61); ok { // with the leap second
			second, b = n, cutFraction(s)
		}
	}
	offset, ok := zone(b)
	return 60*(60*hour+minute-offset) + second, ok
}

// below cuts two digits off that make a number below the limit.
func below(b []byte, limit int) (n int, rest []byte, ok bool) {
	if len(b) < 2 {
		return 0, b, false
	}
	n, ok = number(b[:2])
	return n, b[2:], ok && n < limit
}

// cutFraction cuts the fraction of a second off, if there is one.
func cutFraction(b []byte) []byte {
	if len(b) < 2 || b[0] != '.' && b[0] != ',' || !isDigit(b[1]) {
		return b
	}
	return bytes.TrimLeft(b[1:], "0123456789")
}

// zone reads nothing, or Z, UTC, GMT, +hh, +hhmm or +hh:mm, perhaps after a space,
// as minutes ahead of UTC.
func zone(b []byte) (minutes int, ok bool) {
	b = bytes.TrimPrefix(b, []byte{' '})
	switch string(b) {
	case "", "Z", "z", "UTC", "GMT":
		return 0, true
	}
	sign := 1
	switch b[0] {
	case '-':
		sign = -1
	case '+':
	default:
		return 0, false
	}
	hour, b, ok := below(b[1:], 24)
	if !ok || len(b) == 0 {
		return sign * 60 * hour, ok
	}
	minute, b, ok := below(bytes.TrimPrefix(b, []byte{':'}), 60)
	return sign * (60*hour + minute), ok && len(b) == 0
}
