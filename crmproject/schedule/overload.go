package schedule

import (
	"cmp"
	"slices"

	"github.com/crmrollout/crm/crmproject/calendar"
)

// An Overload is a run of time in which the same activities need more of a
// resource than there is (CP-36). In a plan with dates, From and Until are the
// first and the last day of it; days on which none of the activities works lie
// in between without counting. In a plan of offsets it lasts from the offset
// Start to the offset End.
type Overload struct {
	Resource   string        `json:"resource"`
	From       calendar.Date `json:"from,omitzero"`
	Until      calendar.Date `json:"until,omitzero"`
	Start      int           `json:"start,omitempty"`
	End        int           `json:"end,omitempty"`
	Units      int           `json:"units"` // needed; more than Capacity
	Capacity   int           `json:"capacity"`
	Activities []string      `json:"activities"` // ids, ascending
}

// Overloads returns where the early dates of what is left to do need more of a
// resource than its capacity, by id of the resource and by time. An activity
// uses a resource on each working day of its own calendar. Levelling, which
// would move activities until there is none, is left to the project manager.
func (p *Plan) Overloads() []Overload {
	var all []Overload
	resources := slices.Clone(p.model.head.Resources)
	slices.SortFunc(resources, func(a, b Resource) int { return cmp.Compare(a.ID, b.ID) })
	users := p.users()
	for _, r := range resources {
		l := loading{plan: p, resource: r, users: users[r.ID]}
		l.sweep()
		all = append(all, l.found...)
	}
	return all
}

// A user is an activity that needs a resource between two instants.
type user struct {
	id          string
	which       int32 // calendar
	from, until int
	units       int
}

// users returns, by resource, what is left to do with it, by id.
func (p *Plan) users() map[string][]user {
	users := map[string][]user{}
	m := p.model
	for at := range m.order {
		if m.states[at] == Finished || m.left[at] == 0 {
			continue
		}
		which := m.calendarAt(at)
		for _, u := range m.at(at).Uses {
			users[u.Resource] = append(users[u.Resource], user{
				m.id(at), which, p.run.clock.open(which, p.run.spot[at]), p.run.finish[at], u.Units,
			})
		}
	}
	for _, list := range users {
		slices.SortFunc(list, func(a, b user) int { return cmp.Compare(a.id, b.id) })
	}
	return users
}

// A loading goes through the time in which one resource is used.
type loading struct {
	plan     *Plan
	resource Resource
	users    []user
	found    []Overload
	running  bool // the last of found may go on
}

// sweep looks at each stretch of time between two starts or finishes of users.
func (l *loading) sweep() {
	var marks []int
	for _, u := range l.users {
		marks = append(marks, u.from, u.until)
	}
	slices.Sort(marks)
	marks = slices.Compact(marks)
	byStart := slices.Clone(l.users)
	slices.SortStableFunc(byStart, func(a, b user) int { return cmp.Compare(a.from, b.from) })
	var active []user
	for i := range max(len(marks)-1, 0) {
		from, until := marks[i], marks[i+1]
		active = slices.DeleteFunc(active, func(u user) bool { return u.until <= from })
		for len(byStart) > 0 && byStart[0].from <= from {
			active = append(active, byStart[0])
			byStart = byStart[1:]
		}
		l.stretch(active, from, until)
	}
}

// stretch looks at a time during which the active users stay the same.
func (l *loading) stretch(active []user, from, until int) {
	switch {
	case len(active) > 0 && demand(active) <= l.resource.Capacity:
		l.running = false
	case len(active) > 0 && !l.plan.dated():
		l.note(active, from, until)
	case len(active) > 0:
		for day := from; day < until; day++ {
			l.day(active, day)
		}
	}
}

// day looks at those of the active users that work on a day.
func (l *loading) day(active []user, day int) {
	var working []user
	for _, u := range active {
		if l.plan.model.clock.works[u.which].IsWorking(calendar.Date(day)) {
			working = append(working, u)
		}
	}
	switch {
	case len(working) == 0:
	case demand(working) <= l.resource.Capacity:
		l.running = false
	default:
		l.note(working, day, day+1)
	}
}

// demand returns what users need together. It saturates.
func demand(users []user) int {
	sum := 0
	for _, u := range users {
		sum = min(sum+u.units, maxOffset)
	}
	return sum
}

// note records an overload, or that the last one goes on.
func (l *loading) note(users []user, from, until int) {
	ids := make([]string, len(users))
	for i, u := range users {
		ids[i] = u.id
	}
	slices.Sort(ids)
	if last := len(l.found) - 1; !l.running || !slices.Equal(l.found[last].Activities, ids) {
		l.found = append(l.found, Overload{
			Resource: l.resource.ID, Start: from, Units: demand(users), Capacity: l.resource.Capacity, Activities: ids,
		})
		if l.plan.dated() {
			l.found[last+1].From, l.found[last+1].Start = calendar.Date(from), 0
		}
	}
	l.running = true
	o := &l.found[len(l.found)-1]
	if l.plan.dated() {
		o.Until = calendar.Date(until - 1)
	} else {
		o.End = until
	}
}
