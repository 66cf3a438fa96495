package phase

import (
	"slices"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// A State is where one project is in its life cycle: a plain value with a JSON
// form, which belongs to the caller. The machine makes a new one from each
// decision and never changes one it is given. The zero State is a project whose
// life cycle has not started.
//
// What a waiver or a condition is worth at a date is not stored: it is computed
// from the dates here (see [State.Standing]), so nothing goes stale in a file.
type State struct {
	Cycle      string           `json:"cycle,omitempty"` // name of the definition
	Status     Status           `json:"status,omitzero"`
	Phase      ID               `json:"phase,omitempty"` // the current one, or the last if the life cycle has ended
	Review     calendar.Date    `json:"review,omitzero"` // while on hold: when to look at it again
	Seq        int64            `json:"seq,omitempty"`   // number of the last record, counted from 1
	On         calendar.Date    `json:"on,omitzero"`     // date of the last record
	Visits     []Visit          `json:"visits,omitempty"`
	Passes     []Pass           `json:"passes,omitempty"` // at most one for each gate: the last, in order of Seq
	Endings    []Ending         `json:"endings,omitempty"`
	Waivers    []verdict.Waiver `json:"waivers,omitempty"`    // on file, effective or not
	Exemptions []Exemption      `json:"exemptions,omitempty"` // until the next reopening
}

// A Visit is one stay in a phase. Visits are in the order in which they began.
type Visit struct {
	Phase   ID            `json:"phase"`
	Number  int           `json:"number"` // 1 for the first visit of the phase
	Entered calendar.Date `json:"entered"`
	Left    calendar.Date `json:"left,omitzero"` // zero while it lasts
	Action  Action        `json:"action"`        // what led here
	Exit    Action        `json:"exit,omitzero"` // what ended the visit
	Seq     int64         `json:"seq"`           // the record that opened it
	Cause   Cause         `json:"cause,omitzero"`
	Reason  string        `json:"reason,omitempty"`
	By      string        `json:"by"` // who decided it; for a reopening the approver
}

// An Ending is one end of the life cycle: the regular one, or a kill. It is what
// a closure report reports. A reopening supersedes it; it is never edited and
// never removed.
type Ending struct {
	Number       int           `json:"number"` // counted from 1
	Seq          int64         `json:"seq"`    // the record that ended it
	On           calendar.Date `json:"on"`
	Phase        ID            `json:"phase"`                  // the phase in which the work stopped
	Premature    bool          `json:"premature,omitempty"`    // by a kill
	SupersededBy int64         `json:"supersededBy,omitempty"` // the record that reopened it, 0 while it stands
	SupersededOn calendar.Date `json:"supersededOn,omitzero"`
}

// Stands reports whether no reopening has superseded the ending.
func (e Ending) Stands() bool { return e.SupersededBy == 0 }

// An Exemption says that a criterion has no subject in this project. That is a
// statement of fact by a named person, other than a waiver, which accepts a
// fault; so any criterion can be exempted, and no threshold counts it. It holds
// until a phase is reopened: what did not concern the project as it was may well
// concern the new feature.
type Exemption struct {
	Code   verdict.Code `json:"code"`
	By     string       `json:"by"`     // the approver
	Reason string       `json:"reason"` // why the criterion has no subject
}

// A Condition is what a conditional go asks for in return.
type Condition struct {
	ID    string        `json:"id"`
	Text  string        `json:"text"`  // what is to be done
	Owner string        `json:"owner"` // who sees to it
	Due   calendar.Date `json:"due"`   // the last day on which it is in time
}

// A Fulfilment says that a condition is fulfilled, on the date of the decision
// that carries it.
type Fulfilment struct {
	ID       string `json:"id"` // of the condition
	Evidence string `json:"evidence,omitempty"`
}

// Visited returns the number of visits of a phase, the current one included.
func (s State) Visited(id ID) int {
	n := 0
	for _, v := range s.Visits {
		if v.Phase == id {
			n++
		}
	}
	return n
}

// LastVisit returns the last visit of a phase.
func (s State) LastVisit(id ID) (Visit, bool) {
	for _, v := range slices.Backward(s.Visits) {
		if v.Phase == id {
			return v, true
		}
	}
	return Visit{}, false
}

// Ending returns the ending that stands, if the life cycle has ended and was not
// reopened.
func (s State) Ending() (Ending, bool) {
	if n := len(s.Endings); n > 0 && s.Endings[n-1].Stands() {
		return s.Endings[n-1], true
	}
	return Ending{}, false
}

// ReviewOverdue reports whether the project is on hold and the day of its review
// has passed.
func (s State) ReviewOverdue(asOf calendar.Date) bool {
	return s.Status == OnHold && asOf > s.Review
}

// Exempted returns the exemption on file for a criterion.
func (s State) Exempted(code verdict.Code) (Exemption, bool) {
	for _, x := range s.Exemptions {
		if x.Code == code {
			return x, true
		}
	}
	return Exemption{}, false
}

// clone returns a copy of s that shares no slices with it.
func (s State) clone() State {
	s.Visits, s.Endings = copied(s.Visits), copied(s.Endings)
	s.Waivers, s.Exemptions = copied(s.Waivers), copied(s.Exemptions)
	s.Passes = copied(s.Passes)
	for i := range s.Passes {
		s.Passes[i] = s.Passes[i].clone()
	}
	return s
}
