package retention

import (
	"slices"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/kpi"
)

// A Lifecycle is the state of all customers, period by period: from that of the
// first order of all to that of the end, without gaps.
type Lifecycle struct {
	End    calendar.Date `json:"end"` // last day of the observation, included
	Unit   Unit          `json:"unit"`
	Counts Counts        `json:"counts"`
	Stages []Stage       `json:"stages"`
}

// A Stage is the state of all customers in one period. Active customers are new,
// retained or resurrected; from one period to the next,
//
//	Active = Active before + New + Resurrected − Dormant
type Stage struct {
	Period      string        `json:"period"` // "2027-02"
	Start       calendar.Date `json:"start"`
	Complete    bool          `json:"complete"`    // the period is over; otherwise all that follows may still change
	Active      int64         `json:"active"`      // with an order in the period
	New         int64         `json:"new"`         // active for the first time
	Retained    int64         `json:"retained"`    // active in the period before too
	Resurrected int64         `json:"resurrected"` // active before, but not in the period before
	Dormant     int64         `json:"dormant"`     // not active, but so in the period before
}

// QuickRatio returns customers won over customers lost, (New + Resurrected) /
// Dormant: above 1 the base grows. It is undefined if none was lost, and if the
// period is not over, since then those who have not come yet would count as lost.
func (s Stage) QuickRatio() ratio.Ratio {
	if !s.Complete {
		return ratio.Undefined(Incomplete)
	}
	return ratio.Of(s.New+s.Resurrected, s.Dormant, "nobody was lost")
}

// Stages returns how customers came, stayed, went and came back. Cohorts and labels
// of the options are not looked at. The error reports every fault of the arguments.
func Stages[K kpi.Key](h *History[K], end calendar.Date, unit Unit, o Options[K]) (Lifecycle, error) {
	if err := o.checkPeriods(end, unit); err != nil {
		return Lifecycle{}, err
	}
	result := Lifecycle{End: end, Unit: unit}
	c := cycle{unit: unit, now: unit.of(end), policy: o.amounts()}
	for _, l := range lives(h, end, o.amounts(), &result.Counts) {
		c.enter(l)
	}
	result.Stages = c.finish(end)
	return result, nil
}

// A cycle is the stages that are being filled in, by number of periods before now.
type cycle struct {
	unit   Unit
	now    int
	policy kpi.Amounts
	stages []Stage
}

// at returns the stage of a period.
func (c *cycle) at(period int) *Stage {
	back := c.now - period
	for len(c.stages) <= back {
		c.stages = append(c.stages, Stage{})
	}
	return &c.stages[back]
}

func (c *cycle) enter(l life) {
	before, day := 0, calendar.Date(0)
	for i, d := range l.day {
		if d == day || !c.policy.CountsAsOrder(l.sum[i]) {
			continue
		}
		day = d
		if period := c.unit.of(d); period != before {
			c.move(before, period)
			before = period
		}
	}
	c.leave(before)
}

// move takes down that a customer active in one period is next active in another;
// from 0 means never before.
func (c *cycle) move(from, to int) {
	s := c.at(to)
	s.Active++
	switch from {
	case 0:
		s.New++
	case to - 1:
		s.Retained++
	default:
		s.Resurrected++
		c.leave(from)
	}
}

// leave takes down that a customer is not active in the period after.
func (c *cycle) leave(period int) {
	if period < c.now {
		c.at(period+1).Dormant++
	}
}

func (c *cycle) finish(end calendar.Date) []Stage {
	stages := make([]Stage, 0, len(c.stages))
	for back, s := range slices.Backward(c.stages) {
		period := c.now - back
		s.Period, s.Start = c.unit.label(period), c.unit.first(period)
		s.Complete = c.unit.last(period) <= end
		stages = append(stages, s)
	}
	return stages
}
