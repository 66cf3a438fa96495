package stakeholder

import (
	"cmp"
	"slices"

	"github.com/crmrollout/crm/crmproject/calendar"
)

// An Owed is a message that an event owes to a stakeholder and that has not
// been sent.
type Owed struct {
	Event       string        `json:"event"` // id
	Kind        EventKind     `json:"kind"`
	Subject     string        `json:"subject"`
	Stakeholder string        `json:"stakeholder"` // id
	Since       calendar.Date `json:"since"`
}

// Owed returns the messages owed at asOf by date, then in the order of the
// events, then of the register. Besides the given events those of the register
// itself count: each of its conflicts that is resolved owes the parties a
// message, unless one of the events has its id.
//
// An event owes a message to each stakeholder in its audience. If it names
// none, that is whoever the plan tells such news to (changes for an approved
// change), and if the plan does not provide for them, everybody. The message is
// sent if a contact on or after the day of the event names its id and reaches
// the stakeholder.
func (r Register) Owed(asOf calendar.Date, events ...Event) []Owed {
	x := r.roll()
	var all []Owed
	news := x.news(asOf)
	for _, e := range append(slices.Clip(events), x.resolved(events)...) {
		if e.On == 0 || e.On > asOf {
			continue
		}
		for _, who := range x.audience(e) {
			if !since(news[told{e.ID, who}], e.On) {
				all = append(all, Owed{e.ID, e.Kind, e.Subject, x.Stakeholders[who].ID, e.On})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b Owed) int { return cmp.Compare(a.Since, b.Since) })
	return all
}

// resolved returns the resolved conflicts of the register as events, without
// those that are among the given ones.
func (x roll) resolved(events []Event) []Event {
	var own []Event
	for _, c := range x.Conflicts {
		given := slices.ContainsFunc(events, func(e Event) bool { return e.ID == c.ID })
		if c.Resolved != 0 && !given {
			own = append(own, Event{c.ID, ResolvedConflict, c.Resolved, c.Subject, Audience{Stakeholders: c.Parties}})
		}
	}
	return own
}

// audience returns to whom the event owes a message.
func (x roll) audience(e Event) []int {
	if !e.Audience.IsZero() {
		return x.reach(e.Audience)
	}
	var all []int
	for i, c := range x.Plan {
		if c.Carries(e.Kind.carriers()...) {
			all = append(all, x.reached[i]...)
		}
	}
	if len(all) == 0 {
		for i := range x.Stakeholders {
			all = append(all, i)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}
