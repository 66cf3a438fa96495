package usage

import (
	"cmp"
	"maps"
	"slices"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/kpi"
)

// Seats are the users that a group should have: people in the department who are to
// work with the CRM, or licences paid for.
type Seats struct {
	Group string `json:"group"` // role or department
	Users int64  `json:"users"`
}

// A Headcount is how many of those who should work with the CRM do so, group by
// group. It is a plain value with a JSON form.
type Headcount struct {
	Days   calendar.Interval `json:"days"`
	Counts Counts            `json:"counts"`
	Groups []Group           `json:"groups"` // in the order of the seats, then those without seats by name
	All    Share             `json:"all"`    // active users of all groups with seats, of all seats
	// Unseated are active users of groups without seats. They are in no share.
	Unseated int64 `json:"unseated"`
}

// A Group is one role or department.
type Group struct {
	Name   string `json:"group"`
	Active Share  `json:"active"` // of the seats, undefined if there are none, or fewer than users
}

// ByGroup returns how many users of each group were active in the range of days, of
// the seats of the group. The seats say who should be active; whoever has never
// logged in is in no log, so a share of the users in the log would flatter. The
// group of a user is given by groupOf, which must give the same for the same user
// every time. The error reports every fault of the arguments.
func ByGroup[K kpi.Key](l *Log[K], days calendar.Interval, seats []Seats, groupOf func(user K) string, o Options[K]) (Headcount, error) {
	var faults verdict.Faults
	o.check(&faults)
	checkSpan(&faults, "days", days)
	checkSeats(&faults, seats)
	if groupOf == nil {
		faults.Missing("groupOf")
	}
	if err := wrap(&faults); err != nil {
		return Headcount{}, err
	}
	h, missing := Headcount{Days: days}, o.missing(days)
	active := map[string]int64{}
	for _, u := range gather(l, days, o, &h.Counts) {
		active[groupOf(u.key)]++
	}
	for _, s := range seats {
		h.Groups = append(h.Groups, Group{s.Group, seated(active[s.Group], s.Users, missing)})
		h.All.Users += active[s.Group]
		h.All.Of += s.Users
		delete(active, s.Group)
	}
	for _, name := range slices.Sorted(maps.Keys(active)) {
		h.Groups = append(h.Groups, Group{name, seated(active[name], 0, missing)})
		h.Unseated += active[name]
	}
	h.All = seated(h.All.Users, h.All.Of, missing)
	return h, nil
}

// seated returns the share of active users of the seats.
func seated(users, seats int64, missing string) Share {
	if seats == 0 {
		missing = NoSeats
	}
	return Share{users, seats, missing}
}

func checkSeats(faults *verdict.Faults, seats []Seats) {
	total := int64(0)
	seen := map[string]bool{}
	for i, s := range seats {
		at := verdict.At("seats", i)
		if seen[s.Group] {
			faults.Duplicate(verdict.Join(at, "group"), cmp.Or(s.Group, `""`))
		}
		seen[s.Group] = true
		if s.Users < 0 || total+s.Users < total {
			faults.Addf(verdict.Join(at, "users"), "%w: %d", verdict.ErrRange, s.Users)
			continue
		}
		total += s.Users
	}
}

// Group returns the group of a name, and false if there is none.
func (h Headcount) Group(name string) (Group, bool) {
	i := slices.IndexFunc(h.Groups, func(g Group) bool { return g.Name == name })
	if i < 0 {
		return Group{}, false
	}
	return h.Groups[i], true
}
