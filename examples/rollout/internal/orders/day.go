package orders

import (
	"bytes"
	"regexp"
	"time"

	"github.com/crmrollout/crm/crmproject/calendar"
)

// parseDay reads a day, or the day of a timestamp.
func parseDay(b []byte) (calendar.Date, error) {
	y, m, d, rest, ok := civil(b)
	if !ok || len(rest) > 0 && !isClock(rest) {
		return 0, refuse(b, unreadable(b))
	}
	day, err := calendar.New(y, time.Month(m), d)
	if err != nil {
		return 0, refuse(b, ErrDay)
	}
	return day, nil
}

// dayFirst matches dates that begin with a day or a month, or a year without
// its century.
var dayFirst = regexp.MustCompile(`^\d\d?[./-]\d\d?[./-]\d\d(\d\d)?([ T].*)?$`)

// unreadable says why a value is not read as a day.
func unreadable(b []byte) error {
	if dayFirst.Match(b) {
		return ErrDayMonth
	}
	return ErrDate
}

// civil reads YYYY-MM-DD, YYYY/MM/DD or YYYYMMDD, and returns what follows.
func civil(b []byte) (y, m, d int, rest []byte, ok bool) {
	var month, day []byte
	switch {
	case len(b) >= 10 && (b[4] == '-' || b[4] == '/') && b[7] == b[4]:
		month, day, rest = b[5:7], b[8:10], b[10:]
	case len(b) >= 8:
		month, day, rest = b[4:6], b[6:8], b[8:]
	default:
		return 0, 0, 0, nil, false
	}
	y, ok1 := number(b[:4])
	m, ok2 := number(month)
	d, ok3 := number(day)
	return y, m, d, rest, ok1 && ok2 && ok3
}

// number reads a few decimal digits.
func number(b []byte) (int, bool) {
	n := 0
	for _, c := range b {
		if !isDigit(c) {
			return 0, false
		}
		n = 10*n + int(c-'0')
	}
	return n, true
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// isClock tells whether b is a time of day as it follows a date: a T or a space,
// hh:mm, hh:mm:ss or hhmmss with or without a fraction, and then an offset or none.
// 24:00 is refused because it means another day.
func isClock(b []byte) bool {
	if b[0] != 'T' && b[0] != 't' && b[0] != ' ' {
		return false
	}
	b, ok := below(b[1:], 24)
	colon := []byte(nil)
	if bytes.HasPrefix(b, []byte{':'}) {
		colon = []byte{':'}
	}
	b, more := bytes.CutPrefix(b, colon)
	b, minute := below(b, 60)
	if !ok || !more || !minute {
		return false
	}
	if s, more := bytes.CutPrefix(b, colon); more {
		if s, ok := below(s, 61); ok { // with the leap second
			return isZone(cutFraction(s))
		}
	}
	return isZone(b)
}

// below cuts two digits off that make a number below the limit.
func below(b []byte, limit int) ([]byte, bool) {
	if len(b) < 2 {
		return b, false
	}
	n, ok := number(b[:2])
	return b[2:], ok && n < limit
}

// cutFraction cuts the fraction of a second off, if there is one.
func cutFraction(b []byte) []byte {
	if len(b) < 2 || b[0] != '.' && b[0] != ',' || !isDigit(b[1]) {
		return b
	}
	return bytes.TrimLeft(b[1:], "0123456789")
}

// isZone tells whether b is empty, or Z, UTC, GMT, +hh, +hhmm or +hh:mm, perhaps
// after a space.
func isZone(b []byte) bool {
	b = bytes.TrimPrefix(b, []byte{' '})
	switch string(b) {
	case "", "Z", "z", "UTC", "GMT":
		return true
	}
	if b[0] != '+' && b[0] != '-' {
		return false
	}
	b, ok := below(b[1:], 24)
	if !ok || len(b) == 0 {
		return ok
	}
	b, ok = below(bytes.TrimPrefix(b, []byte{':'}), 60)
	return ok && len(b) == 0
}
