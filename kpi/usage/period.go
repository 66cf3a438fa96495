package usage

import (
	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/kpi"
)

// Periods are the users active by calendar week, month or quarter, without gaps
// from that of the first observed day to that of the last.
type Periods struct {
	Observed calendar.Interval `json:"observed"`
	Unit     Unit              `json:"unit"`
	Counts   Counts            `json:"counts"`
	Periods  []Period          `json:"periods"`
}

// A Period is the users active in one period of the calendar. From one period to the
// next,
//
//	Active = Active before + New + Resurrected − Dormant
type Period struct {
	Label    string        `json:"period"` // "2027-02"
	Start    calendar.Date `json:"start"`
	End      calendar.Date `json:"end"`
	Complete bool          `json:"complete"` // all its days were observed; otherwise all that follows is too little

	Active      int64 `json:"active"`      // different users
	UserDays    int64 `json:"userDays"`    // active days, summed over users
	New         int64 `json:"new"`         // active for the first time in the observation
	Retained    int64 `json:"retained"`    // active in the period before too
	Resurrected int64 `json:"resurrected"` // active before, but not in the period before
	Dormant     int64 `json:"dormant"`     // not active, but so in the period before
}

// Users returns the number of active users, undefined unless the period is complete.
func (p Period) Users() ratio.Ratio {
	if !p.Complete {
		return ratio.Undefined(Incomplete)
	}
	return ratio.Int(p.Active)
}

// MeanDaily returns the mean daily active users of the period, undefined unless it is
// complete.
func (p Period) MeanDaily() ratio.Ratio {
	if !p.Complete {
		return ratio.Undefined(Incomplete)
	}
	return ratio.New(p.UserDays, int64(p.End-p.Start)+1)
}

// Stickiness returns the mean daily active users over the active users of the
// period, undefined unless it is complete and somebody was active.
func (p Period) Stickiness() ratio.Ratio {
	return p.MeanDaily().Mul(ratio.Of(1, p.Active, NobodyHere))
}

// Calendar returns the users active in each period of the calendar. The observation
// is that of [Rolling]. The error reports every fault of the arguments.
func Calendar[K kpi.Key](l *Log[K], observation calendar.Interval, unit Unit, o Options[K]) (Periods, error) {
	observation = observed(l, observation)
	var faults verdict.Faults
	o.check(&faults)
	checkSpan(&faults, "observation", observation)
	if !unit.IsValid() {
		faults.Addf("unit", "%w: %d", verdict.ErrInvalid, unit)
	}
	if err := wrap(&faults); err != nil {
		return Periods{}, err
	}
	p := Periods{Observed: observation, Unit: unit}
	users := gather(l, observation, o, &p.Counts)
	begin, end := unit.of(observation.From), unit.of(observation.Until)
	for n := begin; n <= end; n++ {
		x := Period{Label: unit.label(n), Start: unit.first(n), End: unit.last(n)}
		x.Complete = observation.From <= x.Start && x.End <= observation.Until
		p.Periods = append(p.Periods, x)
	}
	for _, u := range users {
		enter(p.Periods, u.days, unit, begin)
	}
	return p, nil
}

// enter counts one user.
func enter(periods []Period, days []calendar.Date, unit Unit, begin int) {
	before := -1 // index of the period that he was last active in
	for _, d := range days {
		now := unit.of(d) - begin
		x := &periods[now]
		x.UserDays++
		if now == before {
			continue
		}
		x.Active++
		switch {
		case before < 0:
			x.New++
		case before == now-1:
			x.Retained++
		default:
			x.Resurrected++
			periods[before+1].Dormant++
		}
		before = now
	}
	if before+1 < len(periods) {
		periods[before+1].Dormant++
	}
}

// On returns the period that a day lies in, and false if there is none.
func (p Periods) On(day calendar.Date) (Period, bool) {
	for _, x := range p.Periods {
		if x.Start <= day && day <= x.End {
			return x, true
		}
	}
	return Period{}, false
}
