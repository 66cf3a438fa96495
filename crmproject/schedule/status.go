package schedule

import (
	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// A State is how far an activity has come. The zero State is invalid.
type State uint8

// The states of an activity.
const (
	NotStarted State = iota + 1
	InProgress
	Finished
)

var stateWords = verdict.NewWords[State]("schedule: state", "not_started", "in_progress", "finished")

// ParseState returns the state of a word: not_started, in_progress, finished.
func ParseState(word string) (State, error) { return stateWords.Parse(word) }

// IsValid reports whether s is one of the three states.
func (s State) IsValid() bool { return stateWords.IsValid(s) }

// String returns the word of s, empty for the zero State.
func (s State) String() string { return stateWords.String(s) }

// AppendText appends the word of s to b.
func (s State) AppendText(b []byte) ([]byte, error) { return stateWords.AppendText(b, s) }

// MarshalText returns the word of s.
func (s State) MarshalText() ([]byte, error) { return s.AppendText(nil) }

// UnmarshalText reads a word; s is unchanged on error.
func (s *State) UnmarshalText(text []byte) error { return stateWords.UnmarshalText(text, s) }

// A Status is what has been done by a day (CP-34, CP-37). AsOf is the last day
// that was reported, also called the data date: what is left to do is planned
// from the morning after it.
type Status struct {
	AsOf    calendar.Date `json:"asOf"`
	Actuals []Actual      `json:"actuals,omitempty"` // activities that are not listed have not started
}

// An Actual is what was reported of one activity.
type Actual struct {
	ID     string        `json:"id"`
	Start  calendar.Date `json:"start,omitzero"`  // first day of work; need not be given for a milestone
	Finish calendar.Date `json:"finish,omitzero"` // last day of work, or the day of the milestone; none while in progress
	// Remaining is how many units of work are left of an activity in progress.
	// If it is zero, nobody estimated it: then it is the planned duration less
	// the working days from Start to AsOf, at least 1.
	Remaining int `json:"remaining,omitempty"`
}

// state returns the state that an actual reports.
func (a *Actual) state() State {
	switch {
	case a.Finish != 0:
		return Finished
	case a.Start != 0:
		return InProgress
	default:
		return NotStarted
	}
}

// check adds what is wrong with the status of network n.
func (s *Status) check(n *Network, f *verdict.Faults) {
	if !s.AsOf.IsValid() {
		f.Missing("asOf")
	}
	f.IDs("actuals", len(s.Actuals), func(i int) string { return s.Actuals[i].ID })
	for i := range s.Actuals {
		a, path := &s.Actuals[i], verdict.At("actuals", i)
		at, ok := n.Index(a.ID)
		if a.ID != "" && !ok {
			f.Unknown(path+".id", a.ID)
		}
		if ok {
			a.check(path, n.get(at).kind(), s.AsOf, f)
		}
	}
}

func (a *Actual) check(path string, k Kind, asOf calendar.Date, f *verdict.Faults) {
	switch {
	case k == Work && a.Start == 0 && (a.Finish != 0 || a.Remaining != 0):
		f.Missing(path + ".start")
	case k != Work && a.Start != 0 && a.Finish == 0:
		f.Missing(path + ".finish")
	case a.Finish != 0 && a.Finish < a.Start:
		f.Addf(path+".finish", "%w: %s comes before the start on %s", verdict.ErrInvalid, a.Finish, a.Start)
	}
	for _, d := range []struct {
		name string
		date calendar.Date
	}{{".start", a.Start}, {".finish", a.Finish}} {
		if asOf.IsValid() && d.date != 0 && (!d.date.IsValid() || d.date > asOf) {
			f.Addf(path+d.name, "%w: %s lies after the status date %s", verdict.ErrRange, d.date, asOf)
		}
	}
	if a.Remaining < 0 || a.Remaining > int(calendar.MaxDate) {
		f.Addf(path+".remaining", "%d: %w", a.Remaining, verdict.ErrRange)
	} else if a.Remaining > 0 && a.Finish != 0 {
		f.Addf(path+".remaining", "%w: nothing remains of what is finished", verdict.ErrInvalid)
	}
}
