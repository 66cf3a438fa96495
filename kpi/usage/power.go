package usage

import (
	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/kpi"
)

// A Power curve is on how many days of a window the users were active: with a window
// of 28 days, the L28 histogram. It is a plain value with a JSON form.
type Power struct {
	Window   calendar.Interval `json:"window"`
	Counts   Counts            `json:"counts"`
	Complete bool              `json:"complete"` // the whole window was observed; otherwise what follows is too little
	Active   int64             `json:"active"`
	Users    []int64           `json:"users"` // [d−1]: users active on exactly d days of the window
}

// PowerCurve returns on how many of the last days up to the end of the observation
// the users were active. The observation is that of [Rolling]. The error reports
// every fault of the arguments.
func PowerCurve[K kpi.Key](l *Log[K], observation calendar.Interval, days int, o Options[K]) (Power, error) {
	observation = observed(l, observation)
	var faults verdict.Faults
	o.check(&faults)
	checkSpan(&faults, "observation", observation)
	const most = 3660 // some ten years
	if days < 1 || days > most {
		faults.Addf("days", "%w: %d, at least 1 and at most %d", verdict.ErrRange, days, most)
	}
	if err := wrap(&faults); err != nil {
		return Power{}, err
	}
	begin := observation.Until - calendar.Date(days) + 1
	p := Power{Window: calendar.Interval{From: max(begin, 1), Until: observation.Until}, Complete: begin >= observation.From, Users: make([]int64, days)}
	seen := calendar.Interval{From: max(begin, observation.From), Until: observation.Until}
	for _, u := range gather(l, seen, o, &p.Counts) {
		p.Active++
		p.Users[len(u.days)-1]++
	}
	return p, nil
}

// AtLeast returns the power users: those active on so many days or more, of the
// active users. It is undefined unless the window is complete.
func (p Power) AtLeast(days int) Share {
	s := Share{Of: p.Active}
	for d := max(days, 1); d <= len(p.Users); d++ {
		s.Users += p.Users[d-1]
	}
	if !p.Complete {
		s.Missing = Incomplete
	}
	return s
}

// MeanDays returns on how many days an active user was active on average, undefined
// unless the window is complete.
func (p Power) MeanDays() ratio.Ratio {
	if !p.Complete {
		return ratio.Undefined(Incomplete)
	}
	sum := int64(0)
	for i, n := range p.Users {
		sum += int64(i+1) * n
	}
	return ratio.Of(sum, p.Active, NobodyHere)
}
