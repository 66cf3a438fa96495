package objective

import (
	"errors"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// What makes a target no target. [Target.Validate] wraps them.
var (
	ErrNoChange      = errors.New("the target equals the baseline")
	ErrContradiction = errors.New("the target lies the wrong way from the baseline")
)

// A Target is a value that a metric is to reach by a date. Baseline and Value
// are in the unit of the metric: 12.5 for 12.5 %, if it is measured in percent.
type Target struct {
	Metric    string        `json:"metric"`
	Direction Direction     `json:"direction"`
	Baseline  ratio.Ratio   `json:"baseline,omitzero"` // not defined: the start was never measured
	Value     ratio.Ratio   `json:"value"`
	From      calendar.Date `json:"from,omitzero"` // date of the baseline
	By        calendar.Date `json:"by,omitzero"`   // deadline
	Plan      []Step        `json:"plan,omitempty"`
}

// A Step is a planned state on the way: by the date On, the share Attained of
// the way from baseline to target is to be covered.
type Step struct {
	On       calendar.Date `json:"on"`
	Attained ratio.Ratio   `json:"attained"`
}

// Validate reports every fault of the target: no value, no direction, a target
// that equals the baseline or lies on the wrong side of it, a deadline before the
// start, plan steps that are out of order or outside the time.
func (t Target) Validate() error {
	var faults verdict.Faults
	if t.Metric == "" {
		faults.Missing("metric")
	}
	if !t.Direction.IsValid() {
		faults.Missing("direction")
	}
	if !t.Value.Defined() {
		faults.Add("value", orMissing(t.Value))
	}
	faults.Add("value", t.conflict())
	if t.From.IsValid() && t.By.IsValid() && t.By < t.From {
		faults.Addf("by", "%w: %s is before %s", verdict.ErrRange, t.By, t.From)
	}
	t.validatePlan(&faults)
	return faults.Err()
}

func orMissing(r ratio.Ratio) error {
	if r.IsZero() {
		return verdict.ErrMissing
	}
	return r.Err()
}

// conflict returns why baseline, target and direction do not go together.
func (t Target) conflict() error {
	if !t.Baseline.Defined() || !t.Value.Defined() || t.Direction.Maintains() {
		return nil
	}
	switch way := t.Value.Cmp(t.Baseline); {
	case way == 0:
		return ErrNoChange
	case t.Direction.IsValid() && way != t.Direction.Better():
		return ErrContradiction
	default:
		return nil
	}
}

func (t Target) validatePlan(faults *verdict.Faults) {
	before := t.From
	for i, step := range t.Plan {
		at := verdict.At("plan", i)
		switch {
		case !step.On.IsValid():
			faults.Missing(at + ".on")
		case step.On <= before && before.IsValid():
			faults.Addf(at+".on", "%w: %s is not after %s", verdict.ErrRange, step.On, before)
		case t.By.IsValid() && step.On > t.By:
			faults.Addf(at+".on", "%w: %s is after the deadline %s", verdict.ErrRange, step.On, t.By)
		}
		if !step.Attained.Defined() {
			faults.Add(at+".attained", orMissing(step.Attained))
		}
		before = max(before, step.On)
	}
}

// Attain holds a measured value against the target. The share of the way is
//
//	(actual − baseline) / (target − baseline)
//
// which is right for lower-is-better too; it is not capped, above 1 is beyond
// the target, below 0 is the wrong way. It is undefined, with the reason, without
// a baseline, without a measurement, and for targets that maintain.
func (t Target) Attain(actual ratio.Ratio) (share ratio.Ratio, result Result) {
	switch {
	case !t.Value.Defined():
		return ratio.Undefined("the target has no value"), InvalidTarget
	case !t.Direction.IsValid():
		return ratio.Undefined("the target has no direction"), InvalidTarget
	case t.conflict() != nil:
		return ratio.Undefined(t.conflict().Error()), InvalidTarget
	case !actual.Defined():
		return ratio.Undefined("not measured"), NotMeasured
	case t.Direction.Maintains():
		return ratio.Undefined("a limit is kept or not"), t.side(actual)
	case !t.Baseline.Defined():
		return ratio.Undefined("no baseline"), t.side(actual)
	}
	share = actual.Sub(t.Baseline).Quo(t.Value.Sub(t.Baseline))
	return share, t.result(actual)
}

// side judges only on which side of the target the actual value lies.
func (t Target) side(actual ratio.Ratio) Result {
	if c := actual.Cmp(t.Value); c == 0 || c == t.Direction.Better() {
		return ReachedTarget
	}
	return NotMet
}

// result judges by comparisons alone, so that it holds even where the share
// itself does not fit a Ratio.
func (t Target) result(actual ratio.Ratio) Result {
	if t.side(actual) == ReachedTarget {
		return ReachedTarget
	}
	switch actual.Cmp(t.Baseline) {
	case 0:
		return NoChange
	case t.Direction.Better():
		return PartiallyMet
	default:
		return Regressed
	}
}

// Planned returns the share of the way that the plan wants covered at a date: 0
// up to From, 1 from By on, between them a straight line through the steps of
// the plan. It is undefined before the deadline if there is no start or no
// deadline to draw the line between.
func (t Target) Planned(asOf calendar.Date) ratio.Ratio {
	switch {
	case !asOf.IsValid():
		return ratio.Undefined("no date")
	case t.By.IsValid() && asOf >= t.By:
		return ratio.Int(1)
	case !t.From.IsValid():
		return ratio.Undefined("no start date")
	case asOf <= t.From:
		return ratio.Int(0)
	}
	left := Step{On: t.From, Attained: ratio.Int(0)}
	for _, right := range t.Plan {
		if asOf < right.On {
			return between(left, right, asOf)
		}
		left = right
	}
	if !t.By.IsValid() {
		return ratio.Undefined("no deadline")
	}
	return between(left, Step{On: t.By, Attained: ratio.Int(1)}, asOf)
}

// between interpolates for left.On ≤ asOf < right.On.
func between(left, right Step, asOf calendar.Date) ratio.Ratio {
	part := ratio.New(int64(asOf-left.On), int64(right.On-left.On))
	return right.Attained.Sub(left.Attained).Mul(part).Add(left.Attained)
}
