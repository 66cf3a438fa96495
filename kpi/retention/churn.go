package retention

import (
	"iter"
	"math"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/kpi"
)

// A Churn compares the customers of two points in time: logo churn, in which
// every customer counts the same.
type Churn struct {
	Start  int64 `json:"start"`  // active at the start
	Lost   int64 `json:"lost"`   // of these, gone at the end
	Gained int64 `json:"gained"` // active at the end, but not at the start

	Counts Counts `json:"counts,omitzero"` // what became of the events, if it was computed from events
}

// End returns the number of customers active at the end.
func (c Churn) End() int64 { return c.Start - c.Lost + c.Gained }

// Rate returns the churn rate, (active at the start and gone at the end) / active
// at the start. Customers gained in between do not soften it.
func (c Churn) Rate() ratio.Ratio { return ratio.Of(c.Lost, c.Start, "no customers at the start") }

// Retained returns the customer retention rate, one minus the churn rate.
func (c Churn) Retained() ratio.Ratio {
	return ratio.Of(c.Start-c.Lost, c.Start, "no customers at the start")
}

// Interval returns the Wilson interval of the churn rate.
func (c Churn) Interval(level float64) (kpi.Interval, error) {
	return kpi.Wilson(c.Lost, c.Start, level)
}

// Over returns the churn rate over so many periods like this one, if churn stays
// what it is: 1 − (1 − c)^periods. Twelve months of 2 % are 21.5 % a year, not 24 %.
// It is false if the rate is undefined or periods is below 1.
func (c Churn) Over(periods int) (float64, bool) {
	rate, ok := c.Rate().Float64()
	if !ok || periods < 1 {
		return 0, false
	}
	if rate == 1 {
		return 1, true
	}
	return -math.Expm1(float64(periods) * math.Log1p(-rate)), true
}

// Compare returns the churn between two sets of customers, such as the paying
// subscribers on two dates: the contractual case, where it is known who is one.
// Customers named twice count once.
func Compare[K kpi.Key](start, end iter.Seq[K]) Churn {
	active := map[K]bool{} // at the start; true if also at the end
	for customer := range start {
		active[customer] = false
	}
	c := Churn{Start: int64(len(active)), Lost: int64(len(active))}
	gained := map[K]bool{}
	for customer := range end {
		switch stays, was := active[customer]; {
		case !was:
			gained[customer] = true
		case !stays:
			active[customer] = true
			c.Lost--
		}
	}
	c.Gained = int64(len(gained))
	return c
}

// Inactivity returns the churn between two days of customers without a contract,
// who do not give notice. By the rule given, a customer is active on a day who has
// ordered within so many days up to it, that day included: with 90, on 31 March who
// ordered from 1 January on (in a year of 365 days). Choose it well above the usual gap
// between orders, see [Gaps]; the result says nothing without it.
//
// Events after the end are not looked at, but counted. The error reports every fault of the arguments.
func Inactivity[K kpi.Key](h *History[K], start, end calendar.Date, days int, o Options[K]) (Churn, error) {
	var faults verdict.Faults
	o.check(&faults, end)
	checkDay(&faults, "start", start)
	if start.IsValid() && end.IsValid() && end <= start {
		faults.Addf("end", "%w: %v is not after %v", verdict.ErrRange, end, start)
	}
	if days < 1 {
		faults.Addf("days", "%w: %d", verdict.ErrRange, days)
	}
	if err := wrap(&faults); err != nil {
		return Churn{}, err
	}
	var c Churn
	for _, l := range lives(h, end, o.amounts(), &c.Counts) {
		atStart := l.activeOn(start, days, o.amounts())
		atEnd := int(end-l.last) < days
		enter(&c, atStart, atEnd)
	}
	return c, nil
}

func enter(c *Churn, atStart, atEnd bool) {
	switch {
	case atStart:
		c.Start++
		if !atEnd {
			c.Lost++
		}
	case atEnd:
		c.Gained++
	}
}

// activeOn reports whether there is an order within so many days up to a day.
func (l life) activeOn(on calendar.Date, days int, policy kpi.Amounts) bool {
	for i := len(l.day) - 1; i >= 0 && int(on-l.day[i]) < days; i-- {
		if l.day[i] <= on && policy.CountsAsOrder(l.sum[i]) {
			return true
		}
	}
	return false
}
