package calendar

import (
	"fmt"
	"math/bits"
	"strings"
	"time"
)

// Weekdays is a set of days of the week, joined with |: Monday|Tuesday. The
// zero Weekdays is the empty set. Bit 0 is Monday and bit 6 Sunday, the order
// of ISO 8601 and of the text form, "mon,tue,wed,thu,fri".
type Weekdays uint8

// The sets of one day, and the sets that calendars are made of most often.
const (
	Monday Weekdays = 1 << iota
	Tuesday
	Wednesday
	Thursday
	Friday
	Saturday
	Sunday

	MondayToFriday = Monday | Tuesday | Wednesday | Thursday | Friday
	EveryDay       = MondayToFriday | Saturday | Sunday
)

var weekdayNames = [daysPerWeek]string{"mon", "tue", "wed", "thu", "fri", "sat", "sun"}

// IsValid reports whether w holds nothing but the seven days.
func (w Weekdays) IsValid() bool { return w&^EveryDay == 0 }

// Has reports whether day is in w.
func (w Weekdays) Has(day time.Weekday) bool {
	if day < time.Sunday || day > time.Saturday {
		return false
	}
	return w>>((day+6)%daysPerWeek)&1 != 0
}

// Len returns the number of days in w, 0 to 7.
func (w Weekdays) Len() int { return bits.OnesCount8(uint8(w & EveryDay)) }

// before returns how many days from MinDate to the one before d are in w.
// The argument may be MaxDate+1.
func (w Weekdays) before(d Date) int {
	weeks, rest := int(d-1)/daysPerWeek, (d-1)%daysPerWeek
	return weeks*w.Len() + (w & (1<<rest - 1)).Len()
}

// nth returns the day with n days of w before it, itself one of them: the
// inverse of before. It needs a w that is not empty.
func (w Weekdays) nth(n int) Date {
	weeks, rest := n/w.Len(), n%w.Len()
	for range rest {
		w &= w - 1 // drop the earliest day
	}
	return Date(weeks*daysPerWeek + bits.TrailingZeros8(uint8(w)) + 1)
}

// ParseWeekdays reads the names mon, tue, wed, thu, fri, sat and sun with
// commas between them, in any order and without spaces: "sun,mon,tue,wed,thu".
// The empty string is the empty set. An unknown or repeated name is an error
// that wraps [ErrSyntax].
func ParseWeekdays(s string) (Weekdays, error) {
	var w Weekdays
	if s == "" {
		return 0, nil
	}
	for name := range strings.SplitSeq(s, ",") {
		day := weekdayNamed(name)
		if day == 0 {
			return 0, fmt.Errorf("calendar: weekdays %s: %w: no day is called %s", quote(s), ErrSyntax, quote(name))
		}
		if w&day != 0 {
			return 0, fmt.Errorf("calendar: weekdays %s: %w: %s comes twice", quote(s), ErrSyntax, name)
		}
		w |= day
	}
	return w, nil
}

// weekdayNamed returns the set of the one day with that name, or the empty set.
func weekdayNamed(name string) Weekdays {
	for i, n := range weekdayNames {
		if n == name {
			return 1 << i
		}
	}
	return 0
}

// MustParseWeekdays is ParseWeekdays for literals: it panics on error.
func MustParseWeekdays(s string) Weekdays { return must(ParseWeekdays(s)) }

// String returns the names of the days in w, Monday first, with commas between
// them: "mon,tue,wed,thu,fri".
func (w Weekdays) String() string {
	b, err := w.AppendText(nil)
	if err != nil {
		return fmt.Sprintf("Weekdays(%#x)", uint8(w))
	}
	return string(b)
}

// AppendText appends the text form of w to b. A set with an eighth day is an
// error that wraps [ErrRange].
func (w Weekdays) AppendText(b []byte) ([]byte, error) {
	if !w.IsValid() {
		return b, fmt.Errorf("calendar: weekdays %#x: %w", uint8(w), ErrRange)
	}
	for rest := w; rest != 0; rest &= rest - 1 {
		if rest != w {
			b = append(b, ',')
		}
		b = append(b, weekdayNames[bits.TrailingZeros8(uint8(rest))]...)
	}
	return b, nil
}

// MarshalText is the text form of w; see [Weekdays.AppendText] for the error.
func (w Weekdays) MarshalText() ([]byte, error) { return w.AppendText(nil) }

// UnmarshalText reads what MarshalText wrote; w is unchanged on error.
func (w *Weekdays) UnmarshalText(text []byte) error { return unmarshal(w, text, ParseWeekdays) }
