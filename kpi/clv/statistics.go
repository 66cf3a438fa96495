package clv

import (
	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// Statistics are what is sufficient to observe a customer: what a database gives
// back that has grouped the orders, first by customer and period and then by
// customer. Grouping by customer alone counts several orders of a day several
// times.
type Statistics struct {
	First        calendar.Date `json:"first"`        // day of the first order
	Last         calendar.Date `json:"last"`         // day of the last order up to the end
	Periods      int64         `json:"periods"`      // distinct periods with an order, up to the end
	Revenue      int64         `json:"revenue"`      // from the first order to the end, in minor units
	FirstRevenue int64         `json:"firstRevenue"` // of the period of the first order
}

// Observe returns what the models need to know, as of the end of the
// observation, which is included:
//
//	x = distinct periods − 1    t_x = last − first    T = end − first
//	m = (revenue − that of the first period)/x, undefined for x = 0
//
// The error tells all faults of the end, the options and the statistics: days out of
// order, or other than there can be periods between them.
func (s Statistics) Observe(end calendar.Date, options Options) (Observation, error) {
	var faults verdict.Faults
	options.check(&faults, end)
	if faults.Len() == 0 {
		s.check(&faults, end, options)
	}
	if err := wrap(&faults); err != nil {
		return Observation{}, err
	}
	return s.observe(end, options), nil
}

func (s Statistics) check(faults *verdict.Faults, end calendar.Date, options Options) {
	if !s.First.IsValid() {
		faults.Addf("first", "%w: day %d", verdict.ErrRange, int32(s.First))
	}
	switch {
	case !s.Last.IsValid() || s.Last < s.First:
		faults.Addf("last", "%w: %v is not a day from %v on", verdict.ErrInvalid, s.Last, s.First)
	case s.Last > end:
		faults.Addf("last", "%w: %v is after the end, %v", verdict.ErrInvalid, s.Last, end)
	}
	if faults.Len() > 0 {
		return
	}
	span := options.period().of(s.Last) - options.period().of(s.First)
	if s.Periods < 1 || s.Periods > span+1 || (s.Periods == 1) != (span == 0) {
		faults.Addf("periods", "%w: %d distinct periods from %v to %v", verdict.ErrInvalid, s.Periods, s.First, s.Last)
	}
}

func (s Statistics) observe(end calendar.Date, options Options) Observation {
	o := Observation{X: s.Periods - 1, Tx: options.between(s.First, s.Last), T: options.between(s.First, end)}
	if o.X > 0 {
		repeat := float64(s.Revenue) - float64(s.FirstRevenue)
		if d := s.Revenue - s.FirstRevenue; (d < s.Revenue) == (s.FirstRevenue > 0) {
			repeat = float64(d) // exact
		}
		o.Mean = repeat / float64(o.X) / float64(max(1, options.MinorPerUnit))
	}
	return o
}
