package risk

import (
	"slices"

	"github.com/crmrollout/crm/crmproject/calendar"
)

// A Template is a typical risk of a CRM project, an entry of the catalogue. It
// says nothing of how likely or grave the risk is: that differs from project to
// project and is for people to judge.
type Template struct {
	ID          string       `json:"id"`
	Kind        Kind         `json:"kind"`
	Category    string       `json:"category"`
	Title       string       `json:"title"`
	Cause       string       `json:"cause"`
	Event       string       `json:"event"`
	Effect      string       `json:"effect"`
	Signs       []string     `json:"signs,omitempty"` // early signs, to become triggers
	Suggestions []Suggestion `json:"suggestions"`
}

// A Suggestion is a response that has served against a typical risk.
type Suggestion struct {
	Strategy Strategy `json:"strategy"`
	Action   string   `json:"action"`
}

// Risk returns a risk made from the template: described, with its triggers, and
// no more. Owner, assessment and responses are still to come, and [Rules] will
// ask for them.
func (t Template) Risk(id string, raised calendar.Date) Risk {
	risk := Risk{
		ID: id, Title: t.Title, Kind: t.Kind, Category: t.Category,
		Cause: t.Cause, Event: t.Event, Effect: t.Effect,
		Raised: raised, Origin: t.ID,
	}
	for _, sign := range t.Signs {
		risk.Triggers = append(risk.Triggers, Trigger{Sign: sign})
	}
	return risk
}

// Respond returns the suggestions of the template as planned responses, with
// the ids "A1", "A2", …. They lack what only the project knows: owner, due date
// and cost.
func (t Template) Respond() []Response {
	responses := make([]Response, len(t.Suggestions))
	for i, s := range t.Suggestions {
		responses[i] = Response{ID: numbered("A", i+1), Strategy: s.Strategy, Action: s.Action, Status: ResponsePlanned}
	}
	return responses
}

// TemplateOf returns the catalogue entry of the given id, and false if there is
// none.
func TemplateOf(id string) (Template, bool) {
	for _, t := range Catalogue() {
		if t.ID == id {
			return t, true
		}
	}
	return Template{}, false
}

// Categories returns the categories of the catalogue in alphabetical order. A
// register may use others.
func Categories() []string {
	var all []string
	for _, t := range Catalogue() {
		all = append(all, t.Category)
	}
	slices.Sort(all)
	return slices.Compact(all)
}
