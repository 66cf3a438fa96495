package revenue

import (
	"math"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/kpi"
)

// The reasons of undefined rates.
const (
	NoOpening = "no revenue at the start"
	NoLogos   = "no customers at the start"
	NoLosses  = "no contraction and no churn"
)

func (m Movement) of(numerator ratio.Ratio) ratio.Ratio {
	if m.Opening.Minor() == 0 {
		return ratio.Undefined(NoOpening)
	}
	return numerator.Quo(ratio.Int(m.Opening.Minor()))
}

// losses returns contraction and churn, gains what makes up for them.
func (m Balance) losses() ratio.Ratio {
	return ratio.Int(m.Contraction.Minor()).Add(ratio.Int(m.Churn.Minor()))
}

func (m Balance) gains() ratio.Ratio {
	return ratio.Int(m.New.Minor()).Add(ratio.Int(m.Reactivation.Minor())).Add(ratio.Int(m.Expansion.Minor()))
}

// GrossRetention returns gross revenue retention, GRR: Σ min(S, E) / Σ S, that is
// (opening − contraction − churn) / opening. It is at most 1.
func (m Movement) GrossRetention() ratio.Ratio {
	return m.of(ratio.Int(m.Opening.Minor()).Sub(m.losses()))
}

// NetRetention returns net revenue retention, NRR: what those who paid at the start pay
// at the end, over what they paid. Reactivation is not part of it.
func (m Movement) NetRetention() ratio.Ratio {
	return m.of(ratio.Int(m.Opening.Minor()).Sub(m.losses()).Add(ratio.Int(m.Expansion.Minor())))
}

// NetRetentionWithReturns returns net revenue retention with reactivation on top.
func (m Movement) NetRetentionWithReturns() ratio.Ratio {
	return m.NetRetention().Add(m.of(ratio.Int(m.Reactivation.Minor())))
}

// RevenueChurn returns gross revenue churn: (contraction + churn) / opening.
func (m Movement) RevenueChurn() ratio.Ratio { return m.of(m.losses()) }

// NetChurn returns net revenue churn, 1 − [Movement.NetRetention]: negative if
// expansion outweighs the losses.
func (m Movement) NetChurn() ratio.Ratio { return ratio.Int(1).Sub(m.NetRetention()) }

// NetChurnWithReturns returns net revenue churn with reactivation counted against it.
func (m Movement) NetChurnWithReturns() ratio.Ratio {
	return ratio.Int(1).Sub(m.NetRetentionWithReturns())
}

// QuickRatio returns (new + reactivation + expansion) / (contraction + churn),
// undefined for the reason [NoLosses] if nothing was lost. Unlike the
// other rates it makes sense for a total of several movements too.
func (m Balance) QuickRatio() ratio.Ratio {
	losses := m.losses()
	if losses == ratio.Int(0) {
		return ratio.Undefined(NoLosses)
	}
	return m.gains().Quo(losses)
}

// LogoChurn returns the share of customers who paid at the start and pay nothing at the
// end.
func (m Movement) LogoChurn() ratio.Ratio {
	return ratio.Of(m.Customers.Churned, m.Customers.Opening, NoLogos)
}

// LogoRetention returns 1 − [Movement.LogoChurn].
func (m Movement) LogoRetention() ratio.Ratio { return ratio.Int(1).Sub(m.LogoChurn()) }

// LogoInterval returns the Wilson interval of [Movement.LogoChurn]. The error is that
// of [kpi.Wilson].
func (m Movement) LogoInterval(level float64) (kpi.Interval, error) {
	return kpi.Wilson(m.Customers.Churned, m.Customers.Opening, level)
}

// Measurements returns the indicators of the movement by their codes in the catalogue
// of package kpi, for a scorecard, in percent: net_revenue_retention,
// gross_revenue_retention, revenue_churn_rate; churn_rate, that of customers, see
// [Movement.LogoChurn]; and retention_rate, the rest of them. quick_ratio is a multiple.
// Where one is undefined, the measurement is too and says why.
func (m Movement) Measurements(on calendar.Date) map[string]kpi.Measurement {
	opening, churned := m.Customers.Opening, m.Customers.Churned
	return map[string]kpi.Measurement{
		"net_revenue_retention":   {On: on, Value: m.NetRetention().Mul(ratio.Int(100))},
		"gross_revenue_retention": {On: on, Value: m.GrossRetention().Mul(ratio.Int(100))},
		"revenue_churn_rate":      {On: on, Value: m.RevenueChurn().Mul(ratio.Int(100))},
		"quick_ratio":             {On: on, Value: m.QuickRatio()},
		"churn_rate":              kpi.Share(on, churned, opening),
		"retention_rate":          kpi.Share(on, opening-churned, opening),
	}
}

// Over returns a churn rate over so many periods like its own, if it stays what it is:
// 1 − (1 − c)^periods, which for twelve months of 2 % is 21.5 % a year. A negative rate, net
// churn, grows. It is false if the rate is undefined or above 1, periods is below 1, or
// the result is not finite.
func Over(churn ratio.Ratio, periods int) (float64, bool) {
	c, ok := churn.Float64()
	switch {
	case !ok || c > 1 || periods < 1:
		return 0, false
	case c == 1:
		return 1, true
	}
	if over := -math.Expm1(float64(periods) * math.Log1p(-c)); !math.IsInf(over, 0) {
		return over, true
	}
	return 0, false
}
