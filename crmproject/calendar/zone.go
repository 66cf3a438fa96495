package calendar

import "time"

const (
	unixEpoch     = 719163 // 1970-01-01 as a Date
	secondsPerDay = 24 * 60 * 60
)

// FromTime returns the civil day that t shows on a wall calendar in loc; a nil
// loc means t's own location. Times outside the years 1 to 9999 give the zero
// Date, and so does the zero Time, which Go uses for "no time".
func FromTime(t time.Time, loc *time.Location) Date {
	if t.IsZero() {
		return 0
	}
	if loc != nil {
		t = t.In(loc)
	}
	y, m, d := t.Date()
	if y < 1 || y > maxYear {
		return 0
	}
	return fromCivil(y, m, d)
}

// Time returns the first instant of d in loc (UTC if nil): the earliest one at
// which a wall calendar there shows d or a later day. That is
//   - the first of the two midnights where clocks are set back over midnight;
//   - the first instant after the gap where they are set forward over it;
//   - the first instant of the next day where a zone left d out altogether, as
//     Samoa did with 2011-12-30 when it moved across the date line.
//
// The zero Date gives the zero Time. So does [MinDate] in UTC, because Go
// writes "no time" as the first instant of year 1.
func (d Date) Time(loc *time.Location) time.Time {
	if !d.IsValid() {
		return time.Time{}
	}
	if loc == nil {
		loc = time.UTC
	}
	midnight := int64(d-unixEpoch) * secondsPerDay // as if loc were UTC
	// time.Date does not say which offset it uses near a change, so go through
	// the offsets in order of time, from a moment well before d begins: no zone
	// moves its clocks by two days at once.
	t := time.Unix(midnight, 0).In(loc)
	_, offset := t.Zone()
	t = t.Add(-time.Duration(offset)*time.Second - 48*time.Hour)
	for {
		_, offset = t.Zone()
		first := midnight - int64(offset)
		_, end := t.ZoneBounds()
		if end.IsZero() || first < end.Unix() {
			return time.Unix(max(first, t.Unix()), 0).In(loc)
		}
		t = end
	}
}
