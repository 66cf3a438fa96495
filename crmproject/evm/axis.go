package evm

import (
	"math"
	"sort"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/ratio"
)

// An axis counts time in reporting periods, from 0 at the beginning of the first
// day. Within a period time passes with the working days. After the last period
// it goes on in periods of average length: as many working days as the plan has,
// over the number of its periods.
type axis struct {
	working *calendar.Working
	start   calendar.Date
	ends    []calendar.Date
	days    int // working days of the plan, at least 1
}

func newAxis(working *calendar.Working, start calendar.Date, ends []calendar.Date) axis {
	days, _ := working.CountIn(calendar.Interval{From: start, Until: ends[len(ends)-1]})
	return axis{working, start, ends, days}
}

// at returns the time at the end of d.
func (a axis) at(d calendar.Date) ratio.Ratio {
	if d < a.start {
		return ratio.Int(0)
	}
	k := sort.Search(len(a.ends), func(i int) bool { return a.ends[i] > d })
	from := a.first(k)
	done, _ := a.working.CountIn(calendar.Interval{From: from, Until: d}) // 0 on the end of a period, where d is before from
	if k == len(a.ends) {
		return ratio.Int(int64(k)).Add(ratio.New(int64(done), 1).Quo(a.average()))
	}
	all, _ := a.working.CountIn(calendar.Interval{From: from, Until: a.ends[k]})
	if all == 0 {
		return ratio.Int(int64(k))
	}
	return ratio.Int(int64(k)).Add(ratio.New(int64(done), int64(all)))
}

// first returns the first day of period k+1.
func (a axis) first(k int) calendar.Date {
	if k == 0 {
		return a.start
	}
	return a.ends[k-1].AddDays(1)
}

// average returns the working days of a period after the plan.
func (a axis) average() ratio.Ratio { return ratio.New(int64(a.days), int64(len(a.ends))) }

// date returns the first day at whose end time t is reached. It is no date if t is
// undefined or too late for one.
func (a axis) date(t ratio.Ratio) calendar.Date {
	k, ok := t.Floor()
	switch {
	case !ok:
		return 0
	case t.Sign() <= 0:
		return a.start
	}
	k = min(k, int64(len(a.ends)))
	rest := t.Sub(ratio.Int(k))
	if rest.Sign() == 0 {
		return a.ends[k-1]
	}
	length := a.average()
	if k < int64(len(a.ends)) {
		all, _ := a.working.CountIn(calendar.Interval{From: a.first(int(k)), Until: a.ends[k]})
		if all == 0 {
			return a.ends[k]
		}
		length = ratio.Int(int64(all))
	}
	days, ok := ceiling(rest.Mul(length))
	if !ok || days > math.MaxInt32 {
		return 0
	}
	return a.working.Add(a.first(int(k)), int(days)-1)
}

func ceiling(r ratio.Ratio) (int64, bool) {
	floor, ok := r.Neg().Floor()
	return -floor, ok
}
