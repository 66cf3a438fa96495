package objective

import (
	"fmt"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/ratio"
)

// An Attainment is where a target stands at a date, with the reason.
type Attainment struct {
	Actual  ratio.Ratio `json:"actual"`
	Share   ratio.Ratio `json:"share"`   // of the way from baseline to target, uncapped
	Planned ratio.Ratio `json:"planned"` // share of the way that the plan wants by now
	Result  Result      `json:"result"`
	Rating  Rating      `json:"rating"`
	Reason  string      `json:"reason"` // why this rating, as a sentence
}

// A Tolerance says how far behind the plan is still amber. The zero Tolerance
// means [DefaultTolerance].
type Tolerance struct {
	Amber ratio.Ratio `json:"amber,omitzero"` // least share of the planned attainment that is amber, 0 to 1
}

// DefaultTolerance calls four fifths of the planned attainment amber, less red.
func DefaultTolerance() Tolerance { return Tolerance{Amber: ratio.New(4, 5)} }

// At rates the target at a date, with the last measurement known by then. It is
// green at or ahead of the plan, amber behind it within the tolerance, red
// beyond, and unrated where there is nothing to judge by. A target that maintains,
// or has no baseline, is met or not; before the deadline, one without a baseline
// that is not met yet is amber, since nobody can say whether it is on its way.
func (t Target) At(asOf calendar.Date, actual ratio.Ratio, tolerance Tolerance) Attainment {
	if tolerance.Amber.IsZero() {
		tolerance = DefaultTolerance()
	}
	a := Attainment{Actual: actual, Planned: t.Planned(asOf)}
	a.Share, a.Result = t.Attain(actual)
	a.Rating, a.Reason = t.rate(asOf, a, tolerance)
	return a
}

func (t Target) rate(asOf calendar.Date, a Attainment, tolerance Tolerance) (Rating, string) {
	over := t.By.IsValid() && asOf >= t.By
	switch a.Result {
	case InvalidTarget:
		return Unrated, a.Share.Reason()
	case NotMeasured:
		return Unrated, "not measured"
	case ReachedTarget:
		return Green, fmt.Sprintf("%s reaches the target of %s", show(a.Actual), show(t.Value))
	case NotMet:
		return t.rateSide(over, a)
	case Regressed:
		return Red, fmt.Sprintf("%s is worse than the baseline of %s", show(a.Actual), show(t.Baseline))
	default: // on the way
		return ratePlan(over, a, tolerance)
	}
}

// rateSide rates what can only be met or not and is not.
func (t Target) rateSide(over bool, a Attainment) (Rating, string) {
	missed := fmt.Sprintf("%s misses the target of %s", show(a.Actual), show(t.Value))
	if over || t.Direction.Maintains() {
		return Red, missed
	}
	return Amber, missed + ", and without a baseline nobody can say whether it is on its way"
}

// ratePlan rates by the attained share against the planned one.
func ratePlan(over bool, a Attainment, tolerance Tolerance) (Rating, string) {
	got := a.Share.Percent(0)
	switch {
	case !a.Share.Defined():
		return Unrated, "the share of the way cannot be said: " + a.Share.Reason()
	case over:
		return Red, fmt.Sprintf("the deadline is past and %s of the way is covered", got)
	case !a.Planned.Defined():
		return Unrated, fmt.Sprintf("%s of the way is covered, but the plan is unknown: %s", got, a.Planned.Reason())
	}
	reason := fmt.Sprintf("%s of the way is covered, %s was planned by now", got, a.Planned.Percent(0))
	switch {
	case a.Share.AtLeast(a.Planned):
		return Green, reason
	case a.Share.AtLeast(a.Planned.Mul(tolerance.Amber)):
		return Amber, reason
	default:
		return Red, reason
	}
}

// show writes a value for people, whole if it is.
func show(r ratio.Ratio) string {
	if r.Den() == 1 {
		return r.String()
	}
	return r.Decimal(2)
}
