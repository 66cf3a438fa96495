package phase

import (
	"fmt"
	"slices"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// A Pass is the last time a gate was passed or confirmed, and what that rests
// on.
type Pass struct {
	From       ID            `json:"from"`
	To         ID            `json:"to"`
	Name       string        `json:"name,omitempty"`
	Seq        int64         `json:"seq"` // the record that decided it
	On         calendar.Date `json:"on"`
	Action     Action        `json:"action"` // Go or ConditionalGo
	Waived     []Reliance    `json:"waived,omitempty"`
	Conditions []Obligation  `json:"conditions,omitempty"`
	StaleBy    int64         `json:"staleBy,omitempty"` // the record that opened the work before the gate again
	StaleOn    calendar.Date `json:"staleOn,omitzero"`
}

// A Reliance is a criterion that a pass took as waived: the pass is good only
// while waivers on file cover all of its subjects. The subject "" is the
// criterion as a whole.
type Reliance struct {
	Code     verdict.Code `json:"code"`
	Subjects []string     `json:"subjects"`
}

// An Obligation is a condition and what became of it.
type Obligation struct {
	Condition
	Fulfilled calendar.Date `json:"fulfilled,omitzero"` // zero while it is open
	Evidence  string        `json:"evidence,omitempty"`
}

// Open reports whether the obligation was not fulfilled by the end of asOf.
func (o Obligation) Open(asOf calendar.Date) bool {
	return !o.Fulfilled.IsValid() || o.Fulfilled > asOf
}

// Overdue reports whether asOf is past the due date and the obligation is open.
func (o Obligation) Overdue(asOf calendar.Date) bool { return o.Open(asOf) && asOf > o.Due }

// Label returns the name of the gate for people.
func (p Pass) Label() string { return edgeLabel(p.Name, p.From, p.To) }

func (p Pass) clone() Pass {
	p.Conditions = copied(p.Conditions)
	p.Waived = copied(p.Waived)
	for i := range p.Waived {
		p.Waived[i].Subjects = copied(p.Waived[i].Subjects)
	}
	return p
}

// Pass returns the last pass of the gate between two phases.
func (s State) Pass(from, to ID) (Pass, bool) {
	if i := s.passAt(from, to); i >= 0 {
		return s.Passes[i], true
	}
	return Pass{}, false
}

func (s State) passAt(from, to ID) int {
	return slices.IndexFunc(s.Passes, func(p Pass) bool { return p.From == from && p.To == to })
}

// Standing returns what the gate between two phases is worth at a date, and in
// sentences why it is lapsed or stale. It is zero for a gate that was not
// passed. It depends on the state and the date alone, not on facts: that the
// project has since put right what was waived must be decided, not found.
//
// A waiver counts to its last day, a condition is overdue on the day after it
// was due, and one fulfilled late is good again from the day it was fulfilled. A
// waiver put on file later that covers the same ground keeps the gate up.
func (s State) Standing(from, to ID, asOf calendar.Date) (Standing, []string) {
	p, ok := s.Pass(from, to)
	if !ok {
		return 0, nil
	}
	return s.standing(p, asOf)
}

func (s State) standing(p Pass, asOf calendar.Date) (Standing, []string) {
	var lapsed, stale []string
	for _, rely := range p.Waived {
		lapsed = append(lapsed, s.uncovered(rely, asOf)...)
	}
	open := len(p.Waived) > 0
	for _, o := range p.Conditions {
		open = open || o.Open(asOf)
		if o.Overdue(asOf) {
			lapsed = append(lapsed, fmt.Sprintf("condition %s of %s was due on %s and is not fulfilled: %s",
				verdict.Quote(o.ID), verdict.Quote(o.Owner), o.Due, o.Text))
		}
	}
	if p.StaleBy != 0 && asOf >= p.StaleOn {
		stale = []string{fmt.Sprintf("work before it was opened again on %s (record %d)", p.StaleOn, p.StaleBy)}
	}
	switch {
	case stale != nil:
		return Stale, append(stale, lapsed...)
	case lapsed != nil:
		return Lapsed, lapsed
	case open:
		return Conditional, nil
	default:
		return Passed, nil
	}
}

// uncovered says for each subject that no waiver covers at asOf when the cover
// ended.
func (s State) uncovered(rely Reliance, asOf calendar.Date) []string {
	var out []string
	for _, subject := range rely.Subjects {
		if _, ok := covering(s.Waivers, rely.Code, subject, asOf); ok {
			continue
		}
		what := string(rely.Code)
		if subject != "" {
			what += " on " + subject
		}
		out = append(out, fmt.Sprintf("no waiver of %s is in force on %s%s", what, asOf, s.lastCover(rely.Code, subject)))
	}
	return out
}

// lastCover names the waiver of the subject that ended last.
func (s State) lastCover(code verdict.Code, subject string) string {
	var last verdict.Waiver
	for _, w := range s.Waivers {
		if w.Covers(verdict.Finding{Code: code, Subject: subject}) && w.Until > last.Until {
			last = w
		}
	}
	if !last.Until.IsValid() {
		return ""
	}
	return fmt.Sprintf("; the one by %s is for %s to %s", last.By, last.From, last.Until)
}

// covering returns the first waiver that is in force at asOf and covers the
// subject.
func covering(waivers []verdict.Waiver, code verdict.Code, subject string, asOf calendar.Date) (verdict.Waiver, bool) {
	for _, w := range waivers {
		if w.Covers(verdict.Finding{Code: code, Subject: subject}) && w.Effective(asOf) {
			return w, true
		}
	}
	return verdict.Waiver{}, false
}
