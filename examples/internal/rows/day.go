package rows

import (
	"regexp"
	"time"

	"github.com/crmrollout/crm/crmproject/calendar"
)

// parseDay reads a day, or the day of a timestamp.
func parseDay(b []byte) (calendar.Date, error) {
	day, _, err := parseStamp(b)
	return day, err
}

// parseTime reads a day or a timestamp as seconds since 1970-01-01 UTC. Without
// an offset, the time counts as that of UTC. Fractions of a second are cut off.
func parseTime(b []byte) (int64, error) {
	day, seconds, err := parseStamp(b)
	if err != nil {
		return 0, err
	}
	return daySeconds*int64(day-epoch) + int64(seconds), nil
}

// parseStamp reads a day, and the seconds since its midnight in UTC.
func parseStamp(b []byte) (day calendar.Date, seconds int, err error) {
	y, m, d, rest, ok := civil(b)
	if ok && len(rest) > 0 {
		seconds, ok = clock(rest)
	}
	if !ok {
		return 0, 0, refuse(b, unreadable(b))
	}
	if day, err = calendar.New(y, time.Month(m), d); err != nil {
		return 0, 0, refuse(b, ErrDay)
	}
	return day, seconds, nil
}

const daySeconds = 24 * 60 * 60

var epoch = calendar.MustNew(1970, time.January, 1)

// parseMonth reads YYYY-MM or YYYY/MM, or the month of a day.
func parseMonth(b []byte) (calendar.Month, error) {
	if len(b) != 7 || b[4] != '-' && b[4] != '/' {
		day, err := parseDay(b)
		return day.MonthOf(), err
	}
	y, ok1 := number(b[:4])
	m, ok2 := number(b[5:])
	month, err := calendar.NewMonth(y, time.Month(m))
	if err != nil || !ok1 || !ok2 {
		return 0, refuse(b, ErrMonth)
	}
	return month, nil
}

// parseDayOrMonth reads what parseDay does, or a month as its first day.
func parseDayOrMonth(b []byte) (calendar.Date, error) {
	if len(b) != 7 {
		return parseDay(b)
	}
	month, err := parseMonth(b)
	return month.First(), err
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
