package schedule

import (
	"slices"

	"github.com/crmrollout/crm/crmproject/calendar"
)

// A Definition is a network of activities as plain data (CP-16, CP-36): what
// is to be done, how long each part takes, and what waits for what. It holds no
// dates but those somebody fixed; [Network.Plan] works the others out.
//
//	{
//	  "calendars": [{"id": "office", "pattern": {"week": "mon,tue,wed,thu,fri"}}],
//	  "activities": [
//	    {"id": "design", "duration": 15},
//	    {"id": "build", "duration": 30, "constraints": [{"kind": "start_no_earlier", "at": "2027-04-01"}]},
//	    {"id": "live", "deadline": "2027-06-30"}
//	  ],
//	  "links": [
//	    {"from": "design", "to": "build"},
//	    {"from": "build", "to": "live", "relation": "FS+2"}
//	  ]
//	}
//
// The order of its lists carries no meaning, except that the first calendar is
// the default.
type Definition struct {
	Name       string     `json:"name,omitempty"`
	Calendar   string     `json:"calendar,omitempty"` // id of the default calendar; the first of Calendars if empty
	Calendars  []Calendar `json:"calendars,omitempty"`
	Resources  []Resource `json:"resources,omitempty"`
	Activities []Activity `json:"activities"`
	Links      []Link     `json:"links,omitempty"`
	Deadline   Point      `json:"deadline,omitzero"` // by when the project is to finish; on the default calendar
}

// A Calendar is a working calendar with a name. A definition without any works
// Monday to Friday, without holidays.
type Calendar struct {
	ID      string           `json:"id"`
	Pattern calendar.Pattern `json:"pattern"`
}

// An Activity is a piece of work, or a milestone.
type Activity struct { //nolint:recvcheck // only decoding changes it
	ID       string `json:"id"`
	Name     string `json:"name,omitempty"`
	Group    string `json:"group,omitempty"` // what it belongs to, such as a phase; heads it in a chart
	Duration int    `json:"duration,omitempty"`
	// Duration counts working units of the activity's calendar, days in a plan
	// with dates. An activity without duration is a milestone.
	Kind        Kind         `json:"kind,omitzero"`
	Calendar    string       `json:"calendar,omitempty"` // id of its calendar; the default one if empty
	Constraints []Constraint `json:"constraints,omitempty"`
	// Deadline is by when the activity is to finish. It works on the late dates
	// as FinishNoLater does, but it is a target to compare with, no constraint.
	Deadline Point `json:"deadline,omitzero"`
	Uses     []Use `json:"uses,omitempty"`
}

// A Resource is what activities need to be worked on: a team, a role, a test
// system.
type Resource struct {
	ID       string `json:"id"`
	Name     string `json:"name,omitempty"`
	Capacity int    `json:"capacity"` // units that can be in use at once: persons, percent of a person, …
}

// A Use is how much of a resource an activity takes on each of its working
// days.
type Use struct {
	Resource string `json:"resource"` // id
	Units    int    `json:"units"`    // at least 1, in the unit of the resource's capacity
}

// kind returns the kind of the activity, derived where it is not given.
func (a Activity) kind() Kind {
	switch {
	case a.Kind != 0:
		return a.Kind
	case a.Duration == 0:
		return Milestone
	default:
		return Work
	}
}

// label is how the activity is called in texts for people.
func (a Activity) label() string {
	if a.Name == "" {
		return a.ID
	}
	return a.Name
}

// Validate reports every fault of the definition, as [Compile] would: empty and
// duplicate ids, references to nothing, values out of range, and each cycle.
func (d Definition) Validate() error {
	_, err := Compile(d)
	return err
}

// clone returns a copy of the activity that shares nothing with it.
func (a Activity) clone() Activity {
	a.Constraints = slices.Clone(a.Constraints)
	a.Uses = slices.Clone(a.Uses)
	return a
}

// clone returns a copy of the calendar that shares nothing with it.
func (c Calendar) clone() Calendar {
	c.Pattern.Holidays = slices.Clone(c.Pattern.Holidays)
	c.Pattern.Extra = slices.Clone(c.Pattern.Extra)
	return c
}
