package evm

import (
	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/money"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// A Progress is the state of a work package on a day, as reported. It is a whole
// state and not a step: of several, the latest counts. What is said of a finished
// package has a percentage of 1, all units, or all milestones.
type Progress struct {
	Package    string        `json:"package"`              // id of the work package
	On         calendar.Date `json:"on"`                   // the state at the end of this day
	Percent    ratio.Ratio   `json:"percent,omitzero"`     // share of the work done: 1/2, "50%"; above 0 means begun
	Units      ratio.Ratio   `json:"units,omitzero"`       // units done
	Milestones []string      `json:"milestones,omitempty"` // ids of all milestones reached by then
	ToComplete money.Amount  `json:"toComplete,omitzero"`  // what the rest will cost, by those who do it; zero Amount = not estimated
	Method     Method        `json:"method,omitzero"`      // how it was measured, zero = as the baseline says; see the rules
	Note       string        `json:"note,omitempty"`
}

// A Cost is money spent on a work package. A refund is negative.
type Cost struct {
	Package string        `json:"package"`
	On      calendar.Date `json:"on"`
	Amount  money.Amount  `json:"amount"`
	Note    string        `json:"note,omitempty"`
}

// validate reports what is wrong with s as a report about p.
func (s Progress) validate(faults *verdict.Faults, p WorkPackage) {
	if s.Method != 0 && !s.Method.IsValid() {
		faults.Addf("method", "%w %v", verdict.ErrUnknown, s.Method)
	}
	share(faults, "percent", s.Percent)
	share(faults, "units", s.Units)
	notNegative(faults, "toComplete", s.ToComplete)
	for i, id := range s.Milestones {
		if !p.hasMilestone(id) {
			faults.Unknown(verdict.At("milestones", i), id)
		}
	}
	switch {
	case p.Method == Units:
		need(faults, "units", s.Units)
	case p.Method.Discrete() && p.Method != WeightedMilestones:
		need(faults, "percent", s.Percent)
	case p.Method >= LevelOfEffort && p.Method.IsValid() && s.measures() && !s.otherMethod(p):
		faults.Addf("", "a measure of progress %w, %v", ErrMethod, p.Method)
	}
}

// measures reports whether s says how far the work is.
func (s Progress) measures() bool {
	return !s.Percent.IsZero() || !s.Units.IsZero() || len(s.Milestones) > 0
}

// otherMethod reports whether s was measured by another method than planned.
func (s Progress) otherMethod(p WorkPackage) bool { return s.Method != 0 && s.Method != p.Method }

// share records a measure that is negative or undefined for a reason; a measure
// that is not given is in order, and so is one beyond all of the work, which a
// rule reports.
func share(faults *verdict.Faults, path string, r ratio.Ratio) {
	switch {
	case r.IsZero():
	case !r.Defined():
		faults.Addf(path, "%w: %s", verdict.ErrInvalid, verdict.Quote(r.String()))
	case r.Sign() < 0:
		faults.Addf(path, "%w: %s is negative", verdict.ErrRange, r)
	}
}

// need records that the measure which the method rests on is not given.
func need(faults *verdict.Faults, path string, r ratio.Ratio) {
	if r.IsZero() {
		faults.Missing(path)
	}
}

func (p WorkPackage) hasMilestone(id string) bool {
	for _, m := range p.Milestones {
		if m.ID == id {
			return true
		}
	}
	return false
}
