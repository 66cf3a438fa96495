package evm

import (
	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/ratio"
)

// A Forecast says when the project will be finished and what it will cost, on
// each of several assumptions, and between which bounds these lie. The bounds span
// assumptions and are no interval of confidence.
type Forecast struct {
	Finished calendar.Date `json:"finished,omitzero"` // day on which all measured work was finished, none if it is not
	Finishes []Finish      `json:"finishes"`          // one of each pace, in the order of [Paces]
	Earliest calendar.Date `json:"earliest,omitzero"` // of Finishes, none if all are undefined
	Latest   calendar.Date `json:"latest,omitzero"`
	Lowest   CostBound     `json:"lowest,omitzero"` // of the estimates at completion of the total
	Highest  CostBound     `json:"highest,omitzero"`
}

// A Finish is the time at which the project is finished on one assumption.
type Finish struct {
	Pace Pace          `json:"pace"`
	Time ratio.Ratio   `json:"time"`          // periods from the start, undefined with a reason
	Date calendar.Date `json:"date,omitzero"` // none if Time is undefined or beyond the calendar
}

// A CostBound is a bound of the cost at completion and the assumption behind it.
type CostBound struct {
	Variant Variant `json:"variant"`
	EAC     Figure  `json:"eac"`
}

// finish returns when the project will be finished at each pace. A project that is
// finished has no pace left: all say the day on which it was.
func (a axis) finish(s Schedule, spi ratio.Ratio, finished calendar.Date) []Finish {
	left := ratio.Int(int64(s.PD)).Sub(s.ES)
	times := map[Pace]ratio.Ratio{
		AsPlanned:   s.AT.Add(left),
		AtTimeIndex: s.IEAC,
		AtWorkIndex: s.AT.Add(quo(left, spi, NothingEarned)),
	}
	var all []Finish
	for pace := range Paces() {
		f := Finish{Pace: pace, Time: times[pace]}
		if finished != 0 {
			f.Time, f.Date = s.AT, finished
		} else {
			f.Date = a.date(f.Time)
		}
		all = append(all, f)
	}
	return all
}

// bound sets the bounds of dates and costs.
func (f *Forecast) bound(total Performance) {
	for _, x := range f.Finishes {
		if x.Date == 0 {
			continue
		}
		if f.Earliest == 0 || x.Date < f.Earliest {
			f.Earliest = x.Date
		}
		f.Latest = max(f.Latest, x.Date)
	}
	if low, high, ok := total.Range(); ok {
		f.Lowest = CostBound{low.Variant, low.EAC}
		f.Highest = CostBound{high.Variant, high.EAC}
	}
}
