package survival

import (
	"fmt"
	"math"
	"slices"

	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/kpi"
)

// A Restricted is the restricted mean time: the mean time to the event within a
// horizon, if whoever gets there without it counts with the horizon. It is the area
// under the curve, needs no assumption, and compares groups whose medians are not
// reached.
type Restricted struct {
	Horizon  int64        `json:"horizon"`
	Mean     Number       `json:"mean"`
	StdErr   Number       `json:"stdErr"`
	Interval kpi.Interval `json:"interval,omitzero"` // Mean ± z·StdErr, at the level of the curve, cut at 0 and the horizon
}

// Restricted returns the restricted mean up to a horizon τ,
//
//	∫₀^τ S dt,  variance Σ A²·d/(n(n−d)) over the events up to τ,  A = ∫_t^τ S
//
// (Klein and Moeschberger, section 4.5). It is undefined if nobody was followed to
// the horizon and S has not reached 0 either: the curve is not extended. A horizon
// below 1 or above [MaxTime] is an error that wraps [verdict.ErrRange].
func (c Curve) Restricted(horizon int64) (Restricted, error) {
	if horizon < 1 || horizon > MaxTime {
		return Restricted{}, fmt.Errorf("survival: %w: horizon %d", verdict.ErrRange, horizon)
	}
	r := Restricted{Horizon: horizon}
	if at := c.At(horizon); !at.Defined() {
		r.Mean, r.StdErr = at, at
		return r, nil
	}
	var area, variance sum
	right := horizon
	for _, p := range slices.Backward(c.Points) {
		if p.Time >= horizon {
			continue
		}
		area.add(p.Survival * float64(right-p.Time))
		right = p.Time
		if left := p.AtRisk - p.Events; left > 0 {
			a := area.value()
			variance.add(a * (a * (float64(p.Events) / float64(p.AtRisk) / float64(left))))
		}
	}
	area.add(float64(right))
	mean, se := area.value(), math.Sqrt(variance.value())
	margin := math.Sqrt2 * math.Erfinv(c.Level) * se
	r.Mean, r.StdErr = Number{Value: mean}, Number{Value: se}
	r.Interval = kpi.Interval{Lo: max(0, mean-margin), Hi: min(float64(horizon), mean+margin), Level: c.Level}
	return r, nil
}
