package control

import (
	"slices"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// A Log is what was done about deviations: explanations found, corrective actions
// taken, people told (CP-34, AU-18). It is a plain value with a JSON form.
type Log struct {
	Explanations []Explanation `json:"explanations,omitempty"`
	Corrections  []Correction  `json:"corrections,omitempty"`
	Sent         []Sent        `json:"sent,omitempty"`
}

// An Explanation is the cause that was found for a deviation. It covers the time
// from the day on which the deviation began, so one that comes back has to be
// explained anew.
type Explanation struct {
	Deviation string        `json:"deviation"` // its id
	Cause     string        `json:"cause"`
	By        string        `json:"by,omitempty"`
	On        calendar.Date `json:"on"`
}

// A Correction is a corrective action from the day it is asked for until it is done
// (CP-37). To decide to do nothing is a correction too: its Action has the id
// [DoNothing], and it stands until its due date.
type Correction struct {
	ID         string        `json:"id"`
	Deviations []string      `json:"deviations"` // ids of what it corrects
	Action     Action        `json:"action"`
	Compared   Comparison    `json:"compared,omitzero"` // what it was chosen from, as it stood then
	Reason     string        `json:"reason,omitempty"`  // why this one
	Owner      string        `json:"owner,omitempty"`
	Opened     calendar.Date `json:"opened"`
	Chosen     calendar.Date `json:"chosen,omitzero"` // when it was decided on
	Due        calendar.Date `json:"due,omitzero"`
	Done       calendar.Date `json:"done,omitzero"`
	Change     string        `json:"change,omitempty"` // id of the change that it became
}

// Open reports whether the correction was asked for by asOf and is not done.
func (c Correction) Open(asOf calendar.Date) bool {
	return c.Opened <= asOf && (c.Done == 0 || c.Done > asOf)
}

// Decided reports whether it was decided by asOf that this is what is done.
func (c Correction) Decided(asOf calendar.Date) bool { return c.Chosen != 0 && c.Chosen <= asOf }

// Overdue reports whether the correction is open after its due date.
func (c Correction) Overdue(asOf calendar.Date) bool {
	return c.Open(asOf) && c.Due != 0 && c.Due < asOf
}

// nothing reports whether the decision was to do nothing.
func (c Correction) nothing() bool { return c.Action.ID == DoNothing }

// covers reports whether the correction deals with a deviation at a day: it is open,
// or it was done and nothing says that the deviation began afterwards.
func (c Correction) covers(d Deviation, asOf calendar.Date) bool {
	if c.Opened > asOf || !slices.Contains(c.Deviations, d.ID) {
		return false
	}
	return c.Open(asOf) && !(c.nothing() && c.Overdue(asOf)) || c.Done >= d.Since && c.Done <= asOf && c.Done != 0
}

// A Sent records that somebody was told.
type Sent struct {
	Event string        `json:"event"` // of a [Message]
	To    string        `json:"to"`    // id of the addressee
	On    calendar.Date `json:"on"`
	By    string        `json:"by,omitempty"`
}

// Validate reports every fault of the log as data, located by path: ids missing or
// used twice, corrections of nothing, dates out of order, actions that are none.
func (l Log) Validate() error {
	var f verdict.Faults
	for i, e := range l.Explanations {
		at := verdict.At("explanations", i)
		requireText(&f, at+".deviation", e.Deviation)
		requireText(&f, at+".cause", e.Cause)
		requireDay(&f, at+".on", e.On)
	}
	f.IDs("corrections", len(l.Corrections), func(i int) string { return l.Corrections[i].ID })
	for i, c := range l.Corrections {
		c.check(verdict.At("corrections", i), &f)
	}
	for i, s := range l.Sent {
		at := verdict.At("sent", i)
		requireText(&f, at+".event", s.Event)
		requireText(&f, at+".to", s.To)
		requireDay(&f, at+".on", s.On)
	}
	return f.Err()
}

func (c Correction) check(at string, f *verdict.Faults) {
	if len(c.Deviations) == 0 {
		f.Missing(at + ".deviations")
	}
	f.IDs(at+".deviations", len(c.Deviations), func(i int) string { return c.Deviations[i] })
	requireDay(f, at+".opened", c.Opened)
	switch {
	case c.nothing() && len(c.Action.Effects)+len(c.Action.Costs) > 0:
		f.Addf(at+".action", "%w: %s has effects", verdict.ErrInvalid, DoNothing)
	case c.Action.ID != "" && !c.nothing():
		f.Add(at+".action", c.Action.Validate())
	case c.Action.ID == "" && c.Chosen != 0:
		f.Missing(at + ".action.id")
	}
	for _, x := range []struct {
		name string
		day  calendar.Date
	}{{".chosen", c.Chosen}, {".done", c.Done}} {
		if x.day != 0 && x.day < c.Opened {
			f.Addf(at+x.name, "%w: %s is before %s, on which it was opened", verdict.ErrRange, x.day, c.Opened)
		}
	}
}

// requireText records a text that is empty.
func requireText(f *verdict.Faults, path, text string) {
	if text == "" {
		f.Missing(path)
	}
}
