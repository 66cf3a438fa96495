package control

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/crmrollout/crm/crmproject"
	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// An Addressee is a person or role that has to be told (CP-18, CP-34). Who that is
// comes from the communication plan; this package only needs the names.
type Addressee struct {
	ID     string  `json:"id"`
	Topics []Topic `json:"topics,omitempty"` // none: all
	From   Level   `json:"from,omitzero"`    // the lowest level of deviations that he is told of; zero: Warn
	// Kinds are those of the deviations, and of what is done about them; none: all.
	Kinds []Kind          `json:"kinds,omitempty"`
	Lead  calendar.Period `json:"lead,omitzero"` // within which he is told; zero: P7D
}

// DefaultLead is within what time an addressee is told if nothing is said of him.
var DefaultLead = calendar.Period{Count: 7, Unit: calendar.UnitDay}

// A Message is something that somebody has to be told, and whether he was.
type Message struct {
	Event string        `json:"event"` // "deviation:finish:2027-04-30"; the same news always has the same
	Topic Topic         `json:"topic"`
	To    string        `json:"to"`
	Text  string        `json:"text"`
	Since calendar.Date `json:"since"` // from when it is owed
	Due   calendar.Date `json:"due"`   // by when
	Sent  calendar.Date `json:"sent,omitzero"`
}

// Overdue reports whether the message should have been sent before asOf and was
// not.
func (m Message) Overdue(asOf calendar.Date) bool { return m.Sent == 0 && m.Due < asOf }

// Late reports whether the message was sent after its due date.
func (m Message) Late() bool { return m.Sent > m.Due }

// news is an event before it is known whom it is for.
type news struct {
	event string
	topic Topic
	kinds []Kind
	level Level
	since calendar.Date
	told  calendar.Date // when all concerned were told at once, none if they were not
	text  string
}

// Messages returns what stakeholders have to be told at the day of the facts, sent
// or not, ordered by due date, addressee and event (CP-34, RI-12): each deviation
// that is no Note, each corrective action that was decided on, each change that was
// approved and came of one or of a deviation. What was sent after the day has not
// been sent yet; a change that was communicated was sent to everybody. A deviation is
// news again when it has become one to act on.
func (f Facts) Messages() []Message {
	sent := map[[2]string]calendar.Date{}
	for _, s := range f.Log.Sent {
		key := [2]string{s.Event, s.To}
		if s.On <= f.AsOf {
			sent[key] = first(sent[key], s.On)
		}
	}
	var out []Message
	for _, n := range f.news() {
		for _, a := range f.Addressees {
			if a.wants(n) {
				out = append(out, Message{
					Event: n.event, Topic: n.topic, To: a.ID, Text: n.text, Since: n.since,
					Due: a.lead().After(n.since), Sent: first(sent[[2]string{n.event, a.ID}], n.told),
				})
			}
		}
	}
	slices.SortFunc(out, func(a, b Message) int {
		return cmp.Or(cmp.Compare(a.Due, b.Due), cmp.Compare(a.To, b.To), cmp.Compare(a.Event, b.Event))
	})
	return out
}

// first returns the earlier of two days that are given.
func first(a, b calendar.Date) calendar.Date {
	if a == 0 || b == 0 {
		return max(a, b)
	}
	return min(a, b)
}

func (a Addressee) lead() calendar.Period {
	if a.Lead == (calendar.Period{}) {
		return DefaultLead
	}
	return a.Lead
}

// wants reports whether the addressee is to be told of something.
func (a Addressee) wants(n news) bool {
	if len(a.Topics) > 0 && !slices.Contains(a.Topics, n.topic) {
		return false
	}
	if n.topic == DeviationTopic && n.level < cmp.Or(a.From, Warn) {
		return false
	}
	return len(a.Kinds) == 0 || len(n.kinds) == 0 ||
		slices.ContainsFunc(n.kinds, func(k Kind) bool { return slices.Contains(a.Kinds, k) })
}

// news returns everything that there is to tell.
func (f Facts) news() []news {
	var all []news
	for _, d := range f.Report.At(Warn) {
		event := "deviation:" + d.ID + ":" + d.Since.String()
		if d.Level == Act {
			event = "deviation_to_act:" + d.ID + ":" + d.Since.String()
		}
		all = append(all, news{event: event, topic: DeviationTopic, kinds: []Kind{d.Kind()}, level: d.Level, since: d.Since, text: d.sentence()})
	}
	for _, c := range f.Log.Corrections {
		if c.Decided(f.AsOf) {
			text := "corrective action decided: " + cmp.Or(c.Action.Title, c.Action.ID)
			all = append(all, news{event: "action:" + c.ID, topic: ActionTopic, kinds: kindsOf(c.Deviations), since: c.Chosen, text: text})
		}
	}
	for _, c := range f.Changes {
		if c.Approved(f.AsOf) && f.corrective(c) {
			text := "change approved: " + c.Title
			if c.Baseline > 0 {
				text += fmt.Sprintf(", baseline %d", c.Baseline)
			}
			n := news{event: "change:" + c.ID, topic: ChangeTopic, since: c.DecidedOn, text: text}
			if c.Communicated <= f.AsOf {
				n.told = c.Communicated
			}
			all = append(all, n)
		}
	}
	return all
}

// corrective reports whether a change came of a deviation or a correction.
func (f Facts) corrective(c crmproject.Change) bool {
	return c.Source == crmproject.FromDeviation ||
		slices.ContainsFunc(f.Log.Corrections, func(x Correction) bool { return x.Change == c.ID })
}

// kindsOf returns of what there are deviations, by their ids.
func kindsOf(ids []string) []Kind {
	var kinds []Kind
	for _, id := range ids {
		if k := kindOf(id); k != 0 && !slices.Contains(kinds, k) {
			kinds = append(kinds, k)
		}
	}
	return kinds
}

// kindOf returns of what kind a deviation is, by its id: the measure and, in
// brackets, what it is of.
func kindOf(id string) Kind {
	for m := range measureWords.All() {
		word := m.String()
		if id == word || len(id) > len(word) && id[:len(word)] == word && id[len(word)] == '[' {
			return m.Kind()
		}
	}
	return 0
}

func (a Addressee) check(at string, f *verdict.Faults) {
	for i, t := range a.Topics {
		requireWord(f, verdict.At(at+".topics", i), t)
	}
	for i, k := range a.Kinds {
		requireWord(f, verdict.At(at+".kinds", i), k)
	}
	if a.From != 0 {
		requireWord(f, at+".from", a.From)
	}
	if !a.lead().IsValid() {
		f.Addf(at+".lead", "%s: %w", a.Lead, verdict.ErrInvalid)
	}
}
