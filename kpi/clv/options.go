package clv

import (
	"cmp"
	"fmt"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/kpi"
)

// Options say how events become observations. The zero Options count days with an
// order, measure time in days and money in minor units.
type Options struct {
	// Amounts says what events without a positive amount count for; zero means
	// kpi.NetOfRefunds.
	Amounts kpi.Amounts `json:"amounts,omitzero"`

	// Period is what several orders in count once; zero means Day. For Week and Month,
	// t_x and T are differences of period numbers, and the end must be the last day of
	// its period.
	Period Unit `json:"period,omitzero"`

	// Unit is the unit of t_x and T; zero means that of Period. For a Period of Day it
	// may be longer: t_x is then days divided by the days of the unit, not rounded.
	Unit Unit `json:"unit,omitzero"`

	// MonthDays is how many days make a Month as unit over days; zero means
	// MeanMonth. It is not looked at otherwise.
	MonthDays float64 `json:"monthDays,omitzero"`

	// MinorPerUnit is how many minor units make the unit of money of Mean: 100 for
	// euros from cents. Zero means 1.
	MinorPerUnit int64 `json:"minorPerUnit,omitzero"`

	// Holdout is the last day of the holdout, which begins after the end of the
	// observation; zero means that there is none.
	Holdout calendar.Date `json:"holdout,omitzero"`
}

func (o Options) amounts() kpi.Amounts { return cmp.Or(o.Amounts, kpi.NetOfRefunds) }
func (o Options) period() Unit         { return cmp.Or(o.Period, Day) }
func (o Options) unit() Unit           { return cmp.Or(o.Unit, o.period()) }

// Length returns the length of a unit of time in periods: 7 for weeks over days, 1
// where both are the same.
func (o Options) Length() float64 {
	switch {
	case o.unit() == o.period():
		return 1
	case o.unit() == Week:
		return 7
	default:
		return cmp.Or(o.MonthDays, MeanMonth)
	}
}

// between returns the time from the period of one day to that of another.
func (o Options) between(from, to calendar.Date) float64 {
	u := o.period()
	return float64(u.of(to)-u.of(from)) / o.Length()
}

// check records what is wrong with the end of the observation and the options.
func (o Options) check(faults *verdict.Faults, end calendar.Date) {
	o.checkWords(faults)
	if o.Period > Day && o.Unit != 0 && o.Unit != o.Period {
		faults.Addf("options.unit", "%w: %v is not the unit of periods by %v", verdict.ErrInvalid, o.Unit, o.Period)
	}
	if o.MonthDays != 0 && !(o.MonthDays >= 1 && o.MonthDays <= 366) {
		faults.Addf("options.monthDays", "%w: %v", verdict.ErrRange, o.MonthDays)
	}
	if o.MinorPerUnit < 0 {
		faults.Addf("options.minorPerUnit", "%w: %d", verdict.ErrRange, o.MinorPerUnit)
	}
	if end == 0 {
		faults.Missing("end")
	} else {
		o.checkEnd(faults, "end", end)
	}
	if o.Holdout != 0 && o.checkEnd(faults, "options.holdout", o.Holdout) && end.IsValid() && o.Holdout <= end {
		faults.Addf("options.holdout", "%w: %v is not after the end, %v", verdict.ErrInvalid, o.Holdout, end)
	}
}

func (o Options) checkWords(faults *verdict.Faults) {
	if o.Amounts != 0 && !o.Amounts.IsValid() {
		_, err := o.Amounts.MarshalText()
		faults.Add("options.amounts", err)
	}
	if o.Period != 0 && !o.Period.IsValid() {
		_, err := o.Period.MarshalText()
		faults.Add("options.period", err)
	}
	if o.Unit != 0 && !o.Unit.IsValid() {
		_, err := o.Unit.MarshalText()
		faults.Add("options.unit", err)
	}
}

// checkEnd records an end that is no day, or in the middle of a period.
func (o Options) checkEnd(faults *verdict.Faults, path string, end calendar.Date) bool {
	switch {
	case !end.IsValid() || !(end + 1).IsValid():
		faults.Addf(path, "%w: day %d", verdict.ErrRange, int32(end))
	case !o.period().isLast(end):
		faults.Addf(path, "%w: %v is not the last day of its %v", verdict.ErrInvalid, end, o.period())
	default:
		return true
	}
	return false
}

// wrap prefixes the faults, if there are any.
func wrap(faults *verdict.Faults) error {
	if err := faults.Err(); err != nil {
		return fmt.Errorf("clv: %w", err)
	}
	return nil
}
