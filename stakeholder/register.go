package stakeholder

import (
	"slices"

	"github.com/crmrollout/crm/crmproject/calendar"
)

// A Register is the stakeholders of a project and how they are dealt with. It
// is plain data; the zero Register is empty.
type Register struct {
	Grid         Grid            `json:"grid,omitzero"`
	Stakeholders []Stakeholder   `json:"stakeholders"`
	Absent       []Absence       `json:"absent,omitempty"` // classes that the project does not have
	Plan         []Communication `json:"plan,omitempty"`
	Contacts     []Contact       `json:"contacts,omitempty"` // the log, in any order
	Conflicts    []Conflict      `json:"conflicts,omitempty"`
}

// An Absence states that the project has no stakeholders of a class, and why.
type Absence struct {
	Class  Class  `json:"class"`
	Reason string `json:"reason"`
}

// Stakeholder returns the stakeholder with the given id, and false if there is
// none.
func (r Register) Stakeholder(id string) (Stakeholder, bool) {
	at := slices.IndexFunc(r.Stakeholders, func(s Stakeholder) bool { return s.ID == id })
	if at < 0 {
		return Stakeholder{}, false
	}
	return r.Stakeholders[at], true
}

// Reached returns the ids of the stakeholders in an audience, in the order of
// the register.
func (r Register) Reached(a Audience) []string {
	x := r.roll()
	return x.names(x.reach(a))
}

// In returns the ids of the stakeholders in a quadrant of the grid, in the
// order of the register.
func (r Register) In(q Quadrant) []string {
	var ids []string
	for _, s := range r.Stakeholders {
		if at, ok := r.Grid.Quadrant(s.Position); ok && at == q {
			ids = append(ids, s.ID)
		}
	}
	return ids
}

// Powerful reports whether s can make or break the project: by its quadrant or,
// where it is not placed on the grid, by its salience.
func (r Register) Powerful(s Stakeholder) bool {
	if q, ok := r.Grid.Quadrant(s.Position); ok {
		return q.Powerful()
	}
	return s.Salience.Attributes().Has(Power)
}

// Late returns the ids of the stakeholders whose buy-in came after the first
// planning date, or had not come by asOf though that date has passed, in the
// order of the register. Without a planning date nobody is late.
func (r Register) Late(planning, asOf calendar.Date) []string {
	var ids []string
	for _, s := range r.Stakeholders {
		if s.late(planning, asOf) {
			ids = append(ids, s.ID)
		}
	}
	return ids
}

func (s Stakeholder) late(planning, asOf calendar.Date) bool {
	switch {
	case planning == 0:
		return false
	case s.BuyIn == 0:
		return asOf > planning
	default:
		return s.BuyIn > planning
	}
}
