package stakeholder

import (
	"cmp"
	"slices"

	"github.com/crmrollout/crm/crmproject/calendar"
)

// A Communication is one line of the communication plan: who is told what, why,
// how, how often and by whom.
type Communication struct {
	ID       string    `json:"id"` // unique in the plan
	Purpose  string    `json:"purpose"`
	Audience Audience  `json:"audience"`
	Content  []Content `json:"content,omitempty"`
	Channels []Channel `json:"channels,omitempty"` // the usual one first
	Detail   Detail    `json:"detail,omitzero"`
	Rhythm   Rhythm    `json:"rhythm,omitzero"`
	Owner    string    `json:"owner,omitempty"`
	Protocol string    `json:"protocol,omitempty"` // how it is reported: form, template, way of escalation
}

// Carries reports whether one of the given kinds of content is in c.
func (c Communication) Carries(kinds ...Content) bool {
	return slices.ContainsFunc(kinds, func(k Content) bool { return slices.Contains(c.Content, k) })
}

// A Contact is a message that was sent, or a meeting that was held.
type Contact struct {
	On            calendar.Date `json:"on"`
	Communication string        `json:"communication,omitempty"` // id in the plan, if it was planned
	With          Audience      `json:"with,omitzero"`           // empty: the audience of the communication
	Channel       Channel       `json:"channel,omitzero"`
	Content       []Content     `json:"content,omitempty"`
	About         []string      `json:"about,omitempty"`    // ids of events, conflicts and expectations it tells of
	Request       string        `json:"request,omitempty"`  // what it answers, if the stakeholder had asked
	Response      string        `json:"response,omitempty"` // what the stakeholder said
	By            string        `json:"by,omitempty"`
}

// sent returns the contacts up to asOf by date, those of one day in the order
// of the log.
func (r Register) sent(asOf calendar.Date) []Contact {
	contacts := make([]Contact, 0, len(r.Contacts))
	for _, c := range r.Contacts {
		if c.On != 0 && c.On <= asOf {
			contacts = append(contacts, c)
		}
	}
	slices.SortStableFunc(contacts, func(a, b Contact) int { return cmp.Compare(a.On, b.On) })
	return contacts
}

// Channels returns the number of ways in which two of n people can talk to each
// other,
//
//	n(n − 1)/2
//
// and false if people is negative or the number does not fit (from about four
// thousand million people).
func Channels(people int) (n int64, ok bool) {
	const most = 4294967296 // 2³²: n(n−1)/2 is 2⁶³ − 2³¹
	if people < 0 || int64(people) > most {
		return 0, false
	}
	half, other := int64(people), int64(people)-1
	if half%2 != 0 {
		half, other = other, half
	}
	return half / 2 * other, true
}
