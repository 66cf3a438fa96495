package phase

import (
	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// A Decision is what somebody decides on a day. Each action has fields of its
// own; a field that an action has no use for must be empty.
//
//	Start          -
//	Go             To, From
//	ConditionalGo  To, From, Conditions, Reason if the should score is too low
//	Hold           Review, Reason
//	Recycle        To, Reason
//	Kill           Reason
//	Resume         -
//	Reopen         To, Cause, Reason
//	Note           at least one paper
//
// From is for confirming a gate again that is behind the current phase: then
// nothing moves. Any decision can carry a reason and papers: waivers,
// exemptions and fulfilments, which are put on file before the gate is asked.
type Decision struct {
	Action     Action           `json:"action"`
	From       ID               `json:"from,omitempty"` // empty for the current phase
	To         ID               `json:"to,omitempty"`
	On         calendar.Date    `json:"on"` // not before the last record
	By         string           `json:"by"` // who decides, or approves
	Reason     string           `json:"reason,omitempty"`
	Cause      Cause            `json:"cause,omitzero"`
	Review     calendar.Date    `json:"review,omitzero"` // after On
	Conditions []Condition      `json:"conditions,omitempty"`
	Waivers    []verdict.Waiver `json:"waivers,omitempty"`
	Exemptions []Exemption      `json:"exemptions,omitempty"`
	Fulfilled  []Fulfilment     `json:"fulfilled,omitempty"`
}

// use says what an action does with a field.
type use uint8

const (
	unused use = iota
	optional
	required
)

func (u use) check(given bool, path string, action Action, f *verdict.Faults) {
	switch {
	case u == required && !given:
		f.Missing(path)
	case u == unused && given:
		f.Addf(path, "%w: has no meaning for %s", verdict.ErrInvalid, action)
	}
}

// uses is the table in the comment of [Decision].
type uses struct{ from, to, reason, cause, review, conditions use }

func (a Action) uses() uses {
	switch a {
	case Go:
		return uses{from: optional, to: required, reason: optional}
	case ConditionalGo:
		return uses{from: optional, to: required, reason: optional, conditions: required}
	case Hold:
		return uses{reason: required, review: required}
	case Recycle:
		return uses{to: required, reason: required}
	case Kill:
		return uses{reason: required}
	case Reopen:
		return uses{to: required, reason: required, cause: required}
	default:
		return uses{reason: optional}
	}
}

// Validate reports what is wrong with the decision by itself; [Machine.Decide]
// also holds it against the life cycle and the state.
func (d Decision) Validate() error {
	var f verdict.Faults
	switch {
	case d.Action == 0:
		f.Missing("action")
	case !d.Action.IsValid():
		f.Addf("action", "%w action %d", verdict.ErrUnknown, d.Action)
	default:
		d.checkUses(&f)
	}
	checkDate(d.On, "on", &f)
	if d.By == "" {
		f.Missing("by")
	}
	d.checkTerms(&f)
	d.checkPapers(&f)
	return f.Err()
}

func (d Decision) checkUses(f *verdict.Faults) {
	u := d.Action.uses()
	u.from.check(d.From != "", "from", d.Action, f)
	u.to.check(d.To != "", "to", d.Action, f)
	u.reason.check(d.Reason != "", "reason", d.Action, f)
	u.cause.check(d.Cause != 0, "cause", d.Action, f)
	u.review.check(d.Review != 0, "review", d.Action, f)
	u.conditions.check(len(d.Conditions) > 0, "conditions", d.Action, f)
	if d.Action == Note && !d.hasPapers() {
		f.Addf("action", "%w: a note with no waiver, exemption or fulfilment", verdict.ErrMissing)
	}
}

func (d Decision) hasPapers() bool {
	return len(d.Waivers)+len(d.Exemptions)+len(d.Fulfilled) > 0
}

// checkTerms reports what is wrong with the cause, the review and the
// conditions.
func (d Decision) checkTerms(f *verdict.Faults) {
	if d.Cause != 0 && !d.Cause.IsValid() {
		f.Addf("cause", "%w cause %d", verdict.ErrUnknown, d.Cause)
	}
	switch {
	case d.Review == 0:
	case !d.Review.IsValid():
		f.Addf("review", "%w date %d", verdict.ErrInvalid, int32(d.Review))
	case d.Review <= d.On:
		f.Addf("review", "%w: %s is not after %s", verdict.ErrRange, d.Review, d.On)
	}
	f.IDs("conditions", len(d.Conditions), func(i int) string { return d.Conditions[i].ID })
	for i, c := range d.Conditions {
		c.check(verdict.At("conditions", i), d.On, f)
	}
}

func (c Condition) check(at string, on calendar.Date, f *verdict.Faults) {
	if c.Text == "" {
		f.Missing(at + ".text")
	}
	if c.Owner == "" {
		f.Missing(at + ".owner")
	}
	checkDate(c.Due, at+".due", f)
	if c.Due.IsValid() && c.Due < on {
		f.Addf(at+".due", "%w: %s is before %s", verdict.ErrRange, c.Due, on)
	}
}

func (d Decision) checkPapers(f *verdict.Faults) {
	for i, w := range d.Waivers {
		at := verdict.At("waivers", i)
		f.Add(at, w.Validate())
		if w.Until.IsValid() && w.Until < d.On {
			f.Addf(at+".until", "%w: %s is over on %s", verdict.ErrRange, w.Until, d.On)
		}
	}
	for i, x := range d.Exemptions {
		x.check(verdict.At("exemptions", i), f)
	}
	f.IDs("fulfilled", len(d.Fulfilled), func(i int) string { return d.Fulfilled[i].ID })
}

func (x Exemption) check(at string, f *verdict.Faults) {
	if x.Code == "" {
		f.Missing(at + ".code")
	}
	if x.By == "" {
		f.Missing(at + ".by")
	}
	if x.Reason == "" {
		f.Missing(at + ".reason")
	}
}

func checkDate(d calendar.Date, path string, f *verdict.Faults) {
	switch {
	case d == 0:
		f.Missing(path)
	case !d.IsValid():
		f.Addf(path, "%w date %d", verdict.ErrInvalid, int32(d))
	}
}

// clone returns a copy of d that shares no slices with it.
func (d Decision) clone() Decision {
	d.Conditions, d.Waivers = copied(d.Conditions), copied(d.Waivers)
	d.Exemptions, d.Fulfilled = copied(d.Exemptions), copied(d.Fulfilled)
	return d
}
