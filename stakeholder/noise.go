package stakeholder

import "github.com/crmrollout/crm/crmproject/calendar"

// A Noise says how many messages a stakeholder got in a span of time, and how
// many of them were needed.
type Noise struct {
	Stakeholder string `json:"stakeholder"` // id
	Received    int    `json:"received"`
	Needed      int    `json:"needed"`
	Beyond      int    `json:"beyond"` // Received − Needed: what took time for nothing
}

// Noise returns the messages that each stakeholder got from the first day to
// the last, in the order of the register. A message was needed by him if it
//
//   - was the first, in the whole log, to tell him of an event, a conflict or an
//     expectation, or
//   - answered a request, or
//   - was planned, and not beyond the most that the rhythm of its communication
//     calls for in this span ([Rhythm.Most]).
func (r Register) Noise(first, last calendar.Date) []Noise {
	x := r.roll()
	all := make([]Noise, len(r.Stakeholders))
	for i, s := range r.Stakeholders {
		all[i].Stakeholder = s.ID
	}
	quota := newQuota(x, first, last)
	known := make(map[told]bool)
	for _, c := range r.sent(last) {
		for _, who := range x.got(c) {
			needed := c.tells(known, who) || c.Request != ""
			if c.On < first {
				continue
			}
			if needed || quota.take(c, who) {
				all[who].Needed++
			}
			all[who].Received++
		}
	}
	for i := range all {
		all[i].Beyond = all[i].Received - all[i].Needed
	}
	return all
}

// tells reports whether the contact tells somebody of something for the first
// time, and remembers that it did.
func (c Contact) tells(known map[told]bool, who int) bool {
	first := false
	for _, about := range c.About {
		first = first || !known[told{about, who}]
		known[told{about, who}] = true
	}
	return first
}

// A quota is what the plan still allows each stakeholder to be sent of each
// communication.
type quota struct {
	plan map[string]int
	most []int
	used map[[2]int]int // by position of the communication and the stakeholder
}

func newQuota(x roll, first, last calendar.Date) quota {
	q := quota{x.plan, make([]int, len(x.Plan)), make(map[[2]int]int)}
	for i, c := range x.Plan {
		q.most[i] = c.Rhythm.Most(first, last)
	}
	return q
}

// take reports whether the contact is within the quota, and uses it.
func (q quota) take(c Contact, who int) bool {
	at, planned := q.plan[c.Communication]
	if !planned || q.used[[2]int{at, who}] >= q.most[at] {
		return false
	}
	q.used[[2]int{at, who}]++
	return true
}
