package clv

import (
	"fmt"
	"math"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/kpi"
)

// A Base is what the customers of a summary come to together. Sums are over the
// customers for whom they are defined; the others are counted.
type Base struct {
	Customers int64   `json:"customers"`
	Alive     float64 `json:"alive"`    // expected number of those who still are customers
	Expected  float64 `json:"expected"` // purchases within the horizon, not discounted
	Value     float64 `json:"value"`    // within the horizon, discounted, in the unit of money of the spend model

	Unknown int64 `json:"unknown,omitempty"` // customers without P(alive) or expected purchases
	Priced  int64 `json:"priced"`            // customers with a value, which Value is the sum of
}

// ValueBase values all customers of a summary over a horizon. It takes the time of
// [Model].Expected for each customer and period.
//
// The error reports every fault of the models and the horizon, or wraps
// [verdict.ErrRange] for sums beyond a float64.
func ValueBase[K kpi.Key](m Model, g GammaGamma, s Summary[K], h Horizon) (Base, error) {
	var faults verdict.Faults
	faults.Add("model", m.Validate())
	faults.Add("spend", g.Validate())
	faults.Add("horizon", h.Validate())
	if err := wrap(&faults); err != nil {
		return Base{}, err
	}
	b := Base{Customers: int64(len(s.Rows))}
	for i := range s.Rows {
		o := s.Rows[i].Observation
		alive, known := m.Alive(o)
		expected, ok := m.Expected(o, float64(h.Periods)*h.Length)
		if !known || !ok {
			b.Unknown++
			continue
		}
		b.Alive += alive
		b.Expected += expected
		if value, ok := Value(m, g, o, h); ok {
			b.Priced++
			b.Value += value
		}
	}
	if math.IsInf(b.Expected, 0) || math.IsInf(b.Value, 0) {
		return Base{}, fmt.Errorf("clv: base: %w: %v purchases worth %v", verdict.ErrRange, b.Expected, b.Value)
	}
	return b, nil
}

// Mean returns the mean value of the customers that have one, undefined without any.
func (b Base) Mean() (float64, bool) { return mean(b.Value, b.Priced) }

// Measurements returns the measurements for a scorecard by the code of their metric:
// "active_customers" rounded to a thousandth of a customer, "average_customer_value"
// to a hundredth of the unit of money. What is undefined says why.
func (b Base) Measurements(on calendar.Date) map[string]kpi.Measurement {
	value := ratio.Undefined("no customer has a value")
	if v, ok := b.Mean(); ok {
		value = rounded(v, 100)
	}
	alive := ratio.Undefined("no customers")
	if b.Customers > b.Unknown {
		alive = rounded(b.Alive, 1000)
	}
	return map[string]kpi.Measurement{
		"active_customers":       {On: on, Value: alive},
		"average_customer_value": {On: on, Value: value},
	}
}

// rounded returns x in steps of 1/steps.
func rounded(x float64, steps int64) ratio.Ratio {
	n := math.Round(x * float64(steps))
	if !(math.Abs(n) < 1<<53) {
		return ratio.Undefined("out of range")
	}
	return ratio.New(int64(n), steps)
}
