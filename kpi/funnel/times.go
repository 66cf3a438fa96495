package funnel

import (
	"slices"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/kpi"
	"github.com/crmrollout/crm/kpi/internal/ledger"
	"github.com/crmrollout/crm/kpi/internal/quantile"
)

// Times is how long customers took, in seconds. Quantiles are exact, of type 7. All
// are undefined if nobody came that far.
type Times struct {
	Customers int64       `json:"customers"`
	Min       ratio.Ratio `json:"min"`
	Quartile1 ratio.Ratio `json:"quartile1"`
	Median    ratio.Ratio `json:"median"`
	Mean      ratio.Ratio `json:"mean"`
	Quartile3 ratio.Ratio `json:"quartile3"`
	P90       ratio.Ratio `json:"p90"`
	Max       ratio.Ratio `json:"max"`
}

// Days returns a time such as the median in days.
func Days(seconds ratio.Ratio) ratio.Ratio { return seconds.Quo(ratio.Int(Day)) }

// Measurement returns the median in days as a measurement for a scorecard, such as
// sales_cycle. Where it is undefined, the measurement is too and says why.
func (t Times) Measurement(on calendar.Date) kpi.Measurement {
	return kpi.Measurement{On: on, Value: Days(t.Median)}
}

// nobody is the reason of the time of a step that nobody reached.
const nobody = "nobody came that far"

// timesOf sorts the seconds.
func timesOf(seconds []int64) Times {
	slices.Sort(seconds)
	at := func(num, den int64) ratio.Ratio {
		if len(seconds) == 0 {
			return ratio.Undefined(nobody)
		}
		return quantile.Ints(seconds, ratio.New(num, den), quantile.Type7)
	}
	var sum ledger.Sum
	for _, s := range seconds {
		sum.Add(s)
	}
	mean := ratio.Undefined(ratio.Overflow)
	if total, ok := sum.Int64(); ok {
		mean = ratio.Of(total, int64(len(seconds)), nobody)
	}
	return Times{int64(len(seconds)), at(0, 1), at(1, 4), at(1, 2), mean, at(3, 4), at(9, 10), at(1, 1)}
}
