package risk

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/crmrollout/crm/crmproject/calendar"
)

// A Message is something that stakeholders have to be told of. Who, how and
// when is for the communication plan to say; Event is the id to match it by
// (RI-12).
type Message struct {
	Event        string        `json:"event"`   // "risk_high:R-07:2027-03-01"; the same news always has the same id
	Subject      string        `json:"subject"` // path of the risk: "risks[R-07]"
	Risk         string        `json:"risk"`
	Since        calendar.Date `json:"since"` // the day from which it is owed
	Text         string        `json:"text"`
	Expectations []string      `json:"expectations,omitempty"` // of stakeholders, which may have to be lowered (RI-13)
}

// Events of a [Message], the part before the first colon.
const (
	EventHigh     = "risk_high"     // a risk has become high
	EventOccurred = "risk_occurred" // a risk has happened and is now an issue
)

// Messages returns the news owed to stakeholders at asOf: each live risk that
// is high, since the assessment that made it so without a break, and each
// occurrence that is not resolved. They are in the order of their dates, then
// of their ids.
func (r Register) Messages(asOf calendar.Date) []Message {
	var all []Message
	for _, risk := range r.Active(asOf) {
		if since, s, ok := r.highSince(risk, asOf); ok {
			all = append(all, message(risk, EventHigh, since, fmt.Sprintf(
				"is rated %s: likelihood %s, impact %s", s.Rating.Name, s.Likelihood, s.Impact)))
		}
		for _, o := range risk.Occurrences {
			if o.open(asOf) {
				all = append(all, message(risk, EventOccurred, o.On, happened(o)))
			}
		}
	}
	slices.SortStableFunc(all, func(a, b Message) int {
		return cmp.Or(cmp.Compare(a.Since, b.Since), cmp.Compare(a.Event, b.Event))
	})
	return all
}

func message(risk Risk, event string, since calendar.Date, what string) Message {
	return Message{
		Event:        event + ":" + risk.ID + ":" + since.String(),
		Subject:      riskPath(risk.ID),
		Risk:         risk.ID,
		Since:        since,
		Text:         fmt.Sprintf("Since %v, %s %s.", since, label(risk), what),
		Expectations: slices.Clone(risk.Expectations),
	}
}

func happened(o Occurrence) string {
	if o.Issue == "" {
		return "has happened"
	}
	return "has happened and is tracked as issue " + o.Issue
}

// highSince returns the first day of the unbroken time for which a live risk
// has stood high, up to asOf, and how it stands.
func (r Register) highSince(risk Risk, asOf calendar.Date) (calendar.Date, Standing, bool) {
	standing, ok := r.Standing(risk, asOf)
	if !ok || !standing.Rating.High || risk.StateAt(asOf) != Live {
		return 0, standing, false
	}
	since := standing.Date
	for _, day := range slices.Backward(assessmentDays(risk, asOf)) {
		if s, ok := r.Standing(risk, day); !ok || !s.Rating.High {
			break
		}
		since = day
	}
	return since, standing, true
}

// assessmentDays returns the days up to asOf on which a risk was assessed, in
// ascending order.
func assessmentDays(risk Risk, asOf calendar.Date) []calendar.Date {
	var all []calendar.Date
	for _, a := range risk.Assessments {
		if a.Date <= asOf {
			all = append(all, a.Date)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}
