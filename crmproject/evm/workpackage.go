package evm

import (
	"slices"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/money"
	"github.com/crmrollout/crm/crmproject/ratio"
)

// A WorkPackage is a piece of the work with its budget, its time and the method
// by which its progress is measured, all as planned (CP-36).
type WorkPackage struct {
	ID      string        `json:"id"`
	Title   string        `json:"title,omitempty"`
	Account string        `json:"account,omitempty"` // control account that it is rolled up into, may be empty
	Budget  money.Amount  `json:"budget"`
	Start   calendar.Date `json:"start"`  // first day
	Finish  calendar.Date `json:"finish"` // last day, included
	Method  Method        `json:"method"`
	Phasing Phasing       `json:"phasing,omitzero"` // zero = Even

	Milestones []Milestone `json:"milestones,omitempty"` // of WeightedMilestones: at least one
	Units      ratio.Ratio `json:"units,omitzero"`       // of Units: how many there are to do, above 0
	Base       string      `json:"base,omitempty"`       // of Apportioned: id of the package whose share is taken
}

// A Milestone is an event within a work package that earns a part of its budget.
type Milestone struct {
	ID     string        `json:"id"`
	Title  string        `json:"title,omitempty"`
	Weight int64         `json:"weight"`       // above 0; only the proportions matter
	Due    calendar.Date `json:"due,omitzero"` // planned day, from start to finish; required for AsEarned
}

// Reasons why a package has no earned share of its own.
const (
	MeasuredAsPlanned   = "level of effort earns what is planned"
	MeasuredElsewhere   = "apportioned effort earns what its base earns"
	NotMeasuredByMethod = "the report does not say what the method needs"
)

// Share returns how much of the package is earned at the state that s reports,
// from 0 to 1. It is capped at 1, whatever is reported. What counts is the method
// of the package, not the one that the report names. It is undefined for level of
// effort and apportioned packages, and if s lacks what the method needs.
func (p WorkPackage) Share(s Progress) ratio.Ratio {
	reported := p.reported(s)
	if !reported.Defined() {
		return reported
	}
	reported = minRatio(maxRatio(reported, ratio.Int(0)), ratio.Int(1))
	finished := reported == ratio.Int(1)
	switch first, ok := p.Method.onStart(); {
	case !ok || finished:
		return reported
	case reported.Sign() > 0:
		return first
	default:
		return ratio.Int(0)
	}
}

// onStart returns the share that a fixed formula earns once work has begun.
func (m Method) onStart() (share ratio.Ratio, ok bool) {
	switch m {
	case ZeroHundred:
		return ratio.Int(0), true
	case FiftyFifty:
		return ratio.New(1, 2), true
	case TwentyEighty:
		return ratio.New(1, 5), true
	default:
		return ratio.Ratio{}, false
	}
}

// reported returns the share of the work that s reports, as it stands there.
func (p WorkPackage) reported(s Progress) ratio.Ratio {
	switch p.Method {
	case LevelOfEffort:
		return ratio.Undefined(MeasuredAsPlanned)
	case Apportioned:
		return ratio.Undefined(MeasuredElsewhere)
	case WeightedMilestones:
		return p.reached(s)
	case Units:
		if s.Units.Defined() && p.Units.Sign() > 0 {
			return s.Units.Quo(p.Units)
		}
	default:
		if s.Percent.Defined() {
			return s.Percent
		}
	}
	return ratio.Undefined(NotMeasuredByMethod)
}

// reached returns the weight of the milestones that s lists over all weights.
func (p WorkPackage) reached(s Progress) ratio.Ratio {
	done, all := ratio.Int(0), ratio.Int(0)
	for _, m := range p.Milestones {
		weight := ratio.Int(m.Weight)
		all = all.Add(weight)
		if slices.Contains(s.Milestones, m.ID) {
			done = done.Add(weight)
		}
	}
	return quo(done, all, NotMeasuredByMethod)
}

// Earned returns the earned value at the state that s reports, exactly, in minor
// units: the budget times [WorkPackage.Share]. Round it once, after adding up.
func (p WorkPackage) Earned(s Progress) Exact { return whole(p.Budget).mul(ExactOf(p.Share(s))) }

// phasing returns the phasing in effect.
func (p WorkPackage) phasing() Phasing {
	if p.Phasing == 0 {
		return Even
	}
	return p.Phasing
}

func minRatio(r, s ratio.Ratio) ratio.Ratio {
	if s.Less(r) {
		return s
	}
	return r
}

func maxRatio(r, s ratio.Ratio) ratio.Ratio {
	if r.Less(s) {
		return s
	}
	return r
}
