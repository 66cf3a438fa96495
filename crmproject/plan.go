package crmproject

import (
	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/schedule"
)

// An Activity is a piece of work in the plan (CP-16, CP-36). Dates are inclusive
// at both ends.
type Activity struct {
	ID           string        `json:"id"`
	Title        string        `json:"title"`
	Phase        string        `json:"phase"`           // id of a phase of the life cycle
	Key          string        `json:"key,omitempty"`   // code of the key activity that it carries out
	Owner        string        `json:"owner,omitempty"` // id of a team member
	Department   string        `json:"department,omitempty"`
	After        []string      `json:"after,omitempty"` // ids of activities that must finish before
	Start        calendar.Date `json:"start,omitzero"`
	Finish       calendar.Date `json:"finish,omitzero"`
	ActualStart  calendar.Date `json:"actualStart,omitzero"`
	ActualFinish calendar.Date `json:"actualFinish,omitzero"`
	Progress     ratio.Ratio   `json:"progress,omitzero"`    // 0 to 1; a finished activity needs none
	Effort       int64         `json:"effortDays,omitempty"` // estimate, in person-days
	// Estimate is its duration in working days as a range, for [Project.Spreads].
	Estimate schedule.ThreePoint `json:"estimate,omitzero"`
}

// Done reports whether the activity was finished by asOf.
func (a Activity) Done(asOf calendar.Date) bool {
	return a.ActualFinish.IsValid() && a.ActualFinish <= asOf
}

// Started reports whether the activity was begun by asOf.
func (a Activity) Started(asOf calendar.Date) bool {
	return (a.ActualStart.IsValid() && a.ActualStart <= asOf) || a.Done(asOf)
}

// DaysLate returns by how many days the activity is past its planned finish, at
// asOf or when it was finished; 0 if it is on time or has no planned finish.
func (a Activity) DaysLate(asOf calendar.Date) int {
	return daysLate(a.Finish, a.ActualFinish, asOf)
}

// A Milestone is a dated state of the project (CP-16).
type Milestone struct {
	ID       string        `json:"id"`
	Title    string        `json:"title"`
	Phase    string        `json:"phase"`
	Owner    string        `json:"owner,omitempty"`
	Due      calendar.Date `json:"due"`
	Achieved calendar.Date `json:"achieved,omitzero"`
	After    []string      `json:"after,omitempty"` // ids of the activities that reach it
}

// DaysLate returns by how many days the milestone is past its date, at asOf or
// when it was achieved; 0 if it is on time.
func (m Milestone) DaysLate(asOf calendar.Date) int { return daysLate(m.Due, m.Achieved, asOf) }

// daysLate counts from the planned day to the actual one, or to asOf if that has
// not come by then.
func daysLate(planned, actual, asOf calendar.Date) int {
	end := asOf
	if actual.IsValid() && actual <= asOf {
		end = actual
	}
	if !planned.IsValid() || !end.IsValid() || end <= planned {
		return 0
	}
	return int(end - planned)
}

// A Progress counts the activities of a phase, or of the whole plan.
type Progress struct {
	Planned int         `json:"planned"` // all of them
	Started int         `json:"started"`
	Done    int         `json:"done"`
	Late    int         `json:"late"` // past the planned finish and not done
	Share   ratio.Ratio `json:"share"`
}

// Progress counts the activities of the given phase, of all phases if it is
// empty. Share is done over planned, undefined without activities.
func (p *Project) Progress(phase string, asOf calendar.Date) Progress {
	var c Progress
	for _, a := range p.Activities {
		if phase != "" && a.Phase != phase {
			continue
		}
		c.Planned++
		switch {
		case a.Done(asOf):
			c.Started++
			c.Done++
		case a.Started(asOf):
			c.Started++
		}
		if !a.Done(asOf) && a.DaysLate(asOf) > 0 {
			c.Late++
		}
	}
	c.Share = ratio.Of(int64(c.Done), int64(c.Planned), "no activities are planned")
	return c
}
