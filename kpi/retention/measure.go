package retention

import (
	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/kpi"
)

// share returns a rate of counts as a measurement in percent. Where the rate is
// undefined, the measurement is too and says why.
func share(on calendar.Date, rate ratio.Ratio, part, whole int64) kpi.Measurement {
	if !rate.Defined() {
		return kpi.Measurement{On: on, Value: rate}
	}
	return kpi.Share(on, part, whole)
}

// Measurement returns [Cell.Retention] as a measurement for a scorecard, in percent:
// "retention_rate" in the catalogue of package kpi.
func (c Cell) Measurement(on calendar.Date) kpi.Measurement {
	return share(on, c.Retention(), c.Active, c.Eligible)
}

// Measurement returns [Horizon.Rate] as a measurement for a scorecard, in percent:
// "repeat_purchase_rate" in the catalogue of package kpi, of customers who all had the
// same time for it.
func (h Horizon) Measurement(on calendar.Date) kpi.Measurement {
	return share(on, h.Rate(), h.Repeated, h.Eligible)
}

// Measurements returns what the repeat purchases say by the code of the metric in the
// catalogue of package kpi: "repeat_purchase_rate" in percent, and
// "average_order_value" in the unit of the currency, of which there are so many minor
// units; the latter is undefined if minorPerUnit is not positive.
func (r Repeat) Measurements(on calendar.Date, minorPerUnit int64) map[string]kpi.Measurement {
	value := ratio.Undefined("no minor units")
	if minorPerUnit > 0 {
		value = r.AverageOrderValue().Quo(ratio.Int(minorPerUnit))
	}
	return map[string]kpi.Measurement{
		"repeat_purchase_rate": share(on, r.Rate(), r.Repeated, r.Customers),
		"average_order_value":  {On: on, Value: value},
	}
}

// Measurements returns what the churn says by the code of the metric in the catalogue of
// package kpi: "churn_rate" and "retention_rate", in percent.
func (c Churn) Measurements(on calendar.Date) map[string]kpi.Measurement {
	return map[string]kpi.Measurement{
		"churn_rate":     share(on, c.Rate(), c.Lost, c.Start),
		"retention_rate": share(on, c.Retained(), c.Start-c.Lost, c.Start),
	}
}
