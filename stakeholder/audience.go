package stakeholder

import (
	"slices"

	"github.com/crmrollout/crm/crmproject/calendar"
)

// An Audience is whom a message is for: stakeholders by id, whole classes, or
// both. A group includes its members. The zero Audience is nobody in particular.
type Audience struct {
	Stakeholders []string `json:"stakeholders,omitempty"` // ids
	Classes      []Class  `json:"classes,omitempty"`
}

// IsZero reports whether a names nobody.
func (a Audience) IsZero() bool { return len(a.Stakeholders) == 0 && len(a.Classes) == 0 }

// Includes reports whether s is in a: by its id, by its class, or as a member
// of a group whose id is in a.
func (a Audience) Includes(s Stakeholder) bool {
	if slices.Contains(a.Stakeholders, s.ID) || slices.Contains(a.Classes, s.Class) {
		return true
	}
	return slices.ContainsFunc(s.MemberOf, func(group string) bool {
		return slices.Contains(a.Stakeholders, group)
	})
}

// A roll finds stakeholders by id, class and group. Stakeholders are spoken of
// by their position in the register.
type roll struct {
	Register
	byID    map[string]int
	byClass map[Class][]int
	members map[string][]int // by id of the group
	plan    map[string]int   // position of each communication by id
	reached [][]int          // the audience of each communication
}

func (r Register) roll() roll {
	x := roll{
		Register: r, byID: make(map[string]int, len(r.Stakeholders)), byClass: make(map[Class][]int),
		members: make(map[string][]int), plan: make(map[string]int, len(r.Plan)),
		reached: make([][]int, len(r.Plan)),
	}
	for i, s := range r.Stakeholders {
		x.byID[s.ID] = i
		x.byClass[s.Class] = append(x.byClass[s.Class], i)
		for _, group := range s.MemberOf {
			x.members[group] = append(x.members[group], i)
		}
	}
	for i, c := range r.Plan {
		x.plan[c.ID] = i
		x.reached[i] = x.reach(c.Audience)
	}
	return x
}

// reach returns the stakeholders in a, ascending; it agrees with
// [Audience.Includes].
func (x roll) reach(a Audience) []int {
	var all []int
	for _, id := range a.Stakeholders {
		if i, ok := x.byID[id]; ok {
			all = append(all, i)
		}
		all = append(all, x.members[id]...)
	}
	for _, class := range a.Classes {
		all = append(all, x.byClass[class]...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// got returns whom the contact reached: its own audience, or that of its
// communication if it names none.
func (x roll) got(c Contact) []int {
	if at, ok := x.plan[c.Communication]; ok && c.With.IsZero() {
		return x.reached[at]
	}
	return x.reach(c.With)
}

// names returns the ids of stakeholders.
func (x roll) names(positions []int) []string {
	ids := make([]string, len(positions))
	for i, at := range positions {
		ids[i] = x.Stakeholders[at].ID
	}
	return ids
}

// A told is what somebody was told about.
type told struct {
	about       string
	stakeholder int
}

// news returns when each stakeholder was told about each thing up to asOf, the
// dates ascending.
func (x roll) news(asOf calendar.Date) map[told][]calendar.Date {
	all := make(map[told][]calendar.Date)
	for _, c := range x.sent(asOf) {
		for _, about := range c.About {
			for _, who := range x.got(c) {
				all[told{about, who}] = append(all[told{about, who}], c.On)
			}
		}
	}
	return all
}

// since reports whether one of the ascending dates is on or after day.
func since(dates []calendar.Date, day calendar.Date) bool {
	return len(dates) > 0 && dates[len(dates)-1] >= day
}
