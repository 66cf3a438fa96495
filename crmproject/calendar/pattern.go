package calendar

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
)

// ErrNeverWorks is wrapped by the error of [Pattern.Compile] for a pattern
// without a single working day.
var ErrNeverWorks = errors.New("no working day")

// A Pattern describes a working calendar as plain data: the days of the week
// that are worked, the holidays that are not, and the extra days that are. In
// JSON:
//
//	{
//	  "week": "mon,tue,wed,thu,fri",
//	  "holidays": [
//	    {"date": "2027-05-03", "name": "May Day"},
//	    {"date": "2027-12-24", "until": "2028-01-02", "name": "office closed"}
//	  ],
//	  "extra": ["2027-05-08"]
//	}
//
// What holds for a day is decided by the first of these that names it: Extra,
// Holidays, Week. So an extra day is worked even in the midst of a holiday, and
// a holiday on a free weekday changes nothing. Holidays may come in any order,
// overlap and repeat, as lists put together from several sources do; the same
// goes for Extra. A holiday that returns each year is listed for each year: no
// rule here computes one.
//
// The zero Pattern has no working day and does not compile.
type Pattern struct {
	Week     Weekdays  `json:"week"`
	Holidays []Holiday `json:"holidays,omitempty"`
	Extra    []Date    `json:"extra,omitempty"`
}

// A Holiday is a day, or a run of days, on which nobody works.
type Holiday struct {
	Date  Date   `json:"date"`           // the day, or the first of several
	Until Date   `json:"until,omitzero"` // the last of several, included; zero = only Date
	Name  string `json:"name,omitempty"`
}

// Interval returns the days of h, both ends included.
func (h Holiday) Interval() Interval {
	return whole(h.Date, cmp.Or(h.Until, h.Date))
}

// HolidayOn returns the first of p.Holidays, in their order, that includes d.
// It looks at each in turn, and it does so whether or not d would be worked
// otherwise: use it to say why, and [Working] to say whether.
func (p Pattern) HolidayOn(d Date) (Holiday, bool) {
	for _, h := range p.Holidays {
		if h.Interval().Contains(d) {
			return h, true
		}
	}
	return Holiday{}, false
}

// Validate returns the error that [Pattern.Compile] would, nil if p compiles.
func (p Pattern) Validate() error {
	_, err := p.Compile()
	return err
}

// Compile returns the working calendar that p describes. It keeps no part of
// p's slices. The error joins all faults, each with the path of what is wrong,
// such as "holidays[2].until"; they wrap [ErrRange] for a day that is none or
// out of order, and [ErrNeverWorks] where no day from [MinDate] to [MaxDate]
// would be worked.
//
// It takes O(n log n) time for n holidays and extra days.
func (p Pattern) Compile() (*Working, error) {
	if err := errors.Join(p.faults()...); err != nil {
		return nil, err
	}
	w := newWorking(p.clone())
	if w.total == 0 {
		return nil, fmt.Errorf("calendar: holidays: every day is closed: %w", ErrNeverWorks)
	}
	return w, nil
}

// MustCompile is Compile for literals: it panics where Compile returns an
// error.
func (p Pattern) MustCompile() *Working { return must(p.Compile()) }

func (p Pattern) clone() Pattern {
	p.Holidays, p.Extra = slices.Clone(p.Holidays), slices.Clone(p.Extra)
	return p
}

// faults lists what is wrong with p as it stands, in the order of its fields;
// entries may be nil.
func (p Pattern) faults() []error {
	var all []error
	if !p.Week.IsValid() {
		all = append(all, fmt.Errorf("calendar: week: %v: %w", p.Week, ErrRange))
	}
	if p.Week == 0 && len(p.Extra) == 0 {
		all = append(all, fmt.Errorf("calendar: week: no weekday and no extra day: %w", ErrNeverWorks))
	}
	for i, h := range p.Holidays {
		all = append(all, notDay("holidays[%d].date", i, h.Date), h.untilFault(i))
	}
	for i, d := range p.Extra {
		all = append(all, notDay("extra[%d]", i, d))
	}
	return all
}

// untilFault returns what is wrong with the end of the i-th holiday, or nil. An
// end is not compared with a start that is no day.
func (h Holiday) untilFault(i int) error {
	const path = "holidays[%d].until"
	if h.Until == 0 {
		return nil
	}
	if h.Date.IsValid() && h.Until.IsValid() && h.Until < h.Date {
		return fmt.Errorf("calendar: "+path+": %v is before %v: %w", i, h.Until, h.Date, ErrRange)
	}
	return notDay(path, i, h.Until)
}

// notDay returns the fault of a d that is not a day, nil if it is one. The path
// holds %d for the index i.
func notDay(path string, i int, d Date) error {
	if d.IsValid() {
		return nil
	}
	at := fmt.Sprintf(path, i)
	if d == 0 {
		return fmt.Errorf("calendar: %s: no date: %w", at, ErrRange)
	}
	return fmt.Errorf("calendar: %s: day number %d: %w", at, int32(d), ErrRange)
}
