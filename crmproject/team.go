package crmproject

import (
	"github.com/crmrollout/crm/crmproject/calendar"
)

// A Team is who does the project (CP-12, ST-23).
type Team struct {
	Manager     string   `json:"manager,omitempty"`     // id of the member who leads
	Sponsor     string   `json:"sponsor,omitempty"`     // name of the executive behind it
	Departments []string `json:"departments,omitempty"` // every department involved (ST-24)
	Members     []Member `json:"members,omitempty"`
}

// A Member is one person of the team.
type Member struct {
	ID         string     `json:"id"`
	Name       string     `json:"name"`
	Role       string     `json:"role,omitempty"`
	Department string     `json:"department,omitempty"`
	External   string     `json:"external,omitempty"` // the agency he comes from, if any
	Duties     []string   `json:"duties,omitempty"`
	Skills     []string   `json:"skills,omitempty"`
	Commitment Commitment `json:"commitment,omitzero"`
	// Briefed is the day on which he was made familiar with the objectives.
	Briefed calendar.Date `json:"briefed,omitzero"`
}

// Member returns the member with the given id.
func (t Team) Member(id string) (Member, bool) {
	for _, m := range t.Members {
		if m.ID == id {
			return m, true
		}
	}
	return Member{}, false
}

// A Resource is working time that the project needs (CP-36, CP-42). Days are
// person-days.
type Resource struct {
	ID         string `json:"id"`
	Role       string `json:"role"`
	Department string `json:"department,omitempty"`
	Needed     int64  `json:"neededDays"`
	Assigned   int64  `json:"assignedDays"`
	Used       int64  `json:"usedDays,omitempty"`
}
