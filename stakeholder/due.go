package stakeholder

import (
	"cmp"
	"slices"

	"github.com/crmrollout/crm/crmproject/calendar"
)

// A Due is where one communication of the plan stands.
type Due struct {
	Communication string        `json:"communication"`         // id
	Last          calendar.Date `json:"last,omitzero"`         // the message after which Next is counted
	Next          calendar.Date `json:"next,omitzero"`         // none: nothing is due any more
	OverdueDays   int           `json:"overdueDays,omitempty"` // beyond the grace, see [Rhythm.Overdue]
	Behind        []string      `json:"behind,omitempty"`      // ids of those to whom it is overdue
}

// Due returns where each communication stands at asOf, in the order of the plan.
// A message is due to each stakeholder in the audience on his own account, from
// the last contact that names the communication and reached him; a stakeholder
// identified after the start of the rhythm is due from then. The communication
// is due when it is due to the first of them. Without anybody in the audience it
// is counted from its last contact.
func (r Register) Due(asOf calendar.Date) []Due {
	x := r.roll()
	each, whole := x.lasts(asOf)
	all := make([]Due, len(r.Plan))
	for i, c := range r.Plan {
		all[i].Communication = c.ID
		if len(x.reached[i]) == 0 {
			all[i].take(c.Rhythm, whole[i], asOf)
		}
		for k, who := range x.reached[i] {
			rhythm := c.Rhythm.from(x.Stakeholders[who].Identified)
			if all[i].take(rhythm, each[i][k], asOf) {
				all[i].Behind = append(all[i].Behind, x.Stakeholders[who].ID)
			}
		}
	}
	return all
}

// take counts one stakeholder in and reports whether the message is overdue to
// him.
func (d *Due) take(r Rhythm, last, asOf calendar.Date) bool {
	if due := r.Due(last); due != 0 && (d.Next == 0 || due < d.Next) {
		d.Next, d.Last = due, last
	}
	days := r.Overdue(last, asOf)
	d.OverdueDays = max(d.OverdueDays, days)
	return days > 0
}

// lasts returns the date of the last contact up to asOf that names each
// communication: for each stakeholder in its audience, and for anybody.
func (x roll) lasts(asOf calendar.Date) (each [][]calendar.Date, whole []calendar.Date) {
	each, whole = make([][]calendar.Date, len(x.Plan)), make([]calendar.Date, len(x.Plan))
	for i, audience := range x.reached {
		each[i] = make([]calendar.Date, len(audience))
	}
	for _, c := range x.Contacts {
		at, planned := x.plan[c.Communication]
		if !planned || c.On > asOf {
			continue
		}
		whole[at] = max(whole[at], c.On)
		for _, who := range x.got(c) {
			if k, ok := slices.BinarySearch(x.reached[at], who); ok {
				each[at][k] = max(each[at][k], c.On)
			}
		}
	}
	return each, whole
}

// A Planned is a date on which a communication is due.
type Planned struct {
	On            calendar.Date `json:"on"`
	Communication string        `json:"communication"` // id
}

// Agenda returns what is due from asOf until the last day, by date and then in
// the order of the plan, on the assumption that each message is sent on its
// date. What is overdue at asOf comes first, with the date on which it was due.
func (r Register) Agenda(asOf, until calendar.Date) []Planned {
	var all []Planned
	for i, due := range r.Due(asOf) {
		if due.Next == 0 {
			continue
		}
		for on := range r.Plan[i].Rhythm.from(due.Next).Dates(due.Last) {
			if on > until {
				break
			}
			if on == due.Next || on >= asOf {
				all = append(all, Planned{on, due.Communication})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b Planned) int { return cmp.Compare(a.On, b.On) })
	return all
}

// A Timeliness is how well the promise of one communication was kept.
type Timeliness struct {
	Communication string `json:"communication"` // id
	OnTime        int    `json:"onTime"`        // messages sent by their due date and grace
	Late          int    `json:"late"`          // sent later, or still missing
}

// Timeliness returns how many messages of each communication were on time up to
// asOf, in the order of the plan: trust rests on promises that are kept. Each
// contact that names the communication is measured against the due date that
// follows from the one before it; those of one day count once.
func (r Register) Timeliness(asOf calendar.Date) []Timeliness {
	all := make([]Timeliness, len(r.Plan))
	last := make([]calendar.Date, len(r.Plan))
	x := r.roll()
	for _, c := range r.sent(asOf) {
		if at, ok := x.plan[c.Communication]; ok && c.On != last[at] {
			all[at].count(r.Plan[at].Rhythm, last[at], c.On)
			last[at] = c.On
		}
	}
	for i, c := range r.Plan {
		all[i].Communication = c.ID
		if c.Rhythm.Overdue(last[i], asOf) > 0 {
			all[i].Late++
		}
	}
	return all
}

// count counts a message sent on a day; one that was not due counts for nothing.
func (t *Timeliness) count(r Rhythm, last, on calendar.Date) {
	switch {
	case r.Due(last) == 0:
	case r.Overdue(last, on) > 0:
		t.Late++
	default:
		t.OnTime++
	}
}
