package survival

import (
	"fmt"
	"math"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/kpi"
)

// onLevel is how near a level of the curve has to be to count as the one asked for:
// the square root of the precision of float64, as in R.
const onLevel = 0x1p-26

// A Quantile is the time by which a share P of the subjects has had the event, with
// confidence limits: the times at which the limits of the curve cross 1−P.
type Quantile struct {
	P     float64 `json:"p"`
	Time  Number  `json:"time"`
	Lo    Number  `json:"lo"`
	Hi    Number  `json:"hi"` // undefined if the upper limit of the curve does not fall that far: open above
	Level float64 `json:"level"`
}

// Measurement returns the time of the quantile as a measurement for a scorecard, such
// as the median days to churn. It is exact, since times are whole or the middle of
// two; where the time is undefined, the measurement is too and says why.
func (q Quantile) Measurement(on calendar.Date) kpi.Measurement {
	if !q.Time.Defined() {
		return kpi.Measurement{On: on, Value: ratio.Undefined(q.Time.Reason)}
	}
	return kpi.Measurement{On: on, Value: ratio.New(int64(2*q.Time.Value), 2)}
}

// Median returns the quantile at ½.
func (c Curve) Median() Quantile {
	q, _ := c.Quantile(0.5) // which is within (0, 1)
	return q
}

// Quantile returns the time at which the curve falls to 1−p or below. If it is flat
// at 1−p, that is the middle of the flat part, up to the next event or to the end of
// the curve; with no censoring, the usual median. If the curve does not fall that
// far, the time is undefined. A p outside (0, 1) is an error that wraps
// [verdict.ErrRange].
//
// The limits are those of Brookmeyer and Crowley (Biometrics 38 (1982), 29-41),
// for the limits and the level of the curve.
func (c Curve) Quantile(p float64) (Quantile, error) {
	if !(p > 0 && p < 1) {
		return Quantile{}, fmt.Errorf("survival: %w: quantile %v is not between 0 and 1", verdict.ErrRange, p)
	}
	q := Quantile{P: p, Level: c.Level}
	if len(c.Points) == 0 {
		q.Time, q.Lo, q.Hi = undefined(NoSubjects), undefined(NoSubjects), undefined(NoSubjects)
		return q, nil
	}
	q.Time = c.crossing(p, NotReached, func(i int) (float64, bool) { return c.Points[i].Survival, true })
	q.Lo = c.crossing(p, OutOfReach, func(i int) (float64, bool) { return c.Points[i].Interval.Lo, c.Points[i].Interval.Defined() })
	q.Hi = c.crossing(p, OutOfReach, func(i int) (float64, bool) { return c.Points[i].Interval.Hi, c.Points[i].Interval.Defined() })
	return q, nil
}

// crossing returns the time at which a line of the curve falls to 1−p. Of every
// level, its first time counts; from is the first at or beyond 1−p, to the first
// clearly beyond. They differ where the line is flat at 1−p.
func (c Curve) crossing(p float64, reason string, line func(i int) (float64, bool)) Number {
	from, to := -1, -1
	var fromFall, toFall float64
	for i := range c.Points {
		s, ok := line(i)
		fall := 1 - s
		if ok && fall+onLevel >= p && (from < 0 || fall < fromFall) {
			from, fromFall = i, fall
		}
		if ok && fall-onLevel >= p && (to < 0 || fall < toFall) {
			to, toFall = i, fall
		}
	}
	last := len(c.Points) - 1
	end, ok := line(last)
	switch {
	case from >= 0 && ok && math.Abs(p-(1-end)) < onLevel: // flat up to the end
		return middle(c.Points[from].Time, c.Points[last].Time)
	case from < 0 || to < 0:
		return undefined(reason)
	default:
		return middle(c.Points[from].Time, c.Points[to].Time)
	}
}

// middle returns the mean of two times, each at most 2⁵³.
func middle(a, b int64) Number { return Number{Value: float64(a)/2 + float64(b)/2} }
