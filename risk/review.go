package risk

import (
	"cmp"
	"slices"

	"github.com/crmrollout/crm/crmproject/calendar"
)

// The periods that a [Plan] means if it does not say otherwise.
var (
	DefaultReview     = calendar.Period{Count: 1, Unit: calendar.UnitMonth}
	DefaultStaleAfter = calendar.Period{Count: 3, Unit: calendar.UnitMonth}
)

// A Review says when a risk is looked at again.
type Review struct {
	Every calendar.Period `json:"every,omitzero"` // zero: as its band or the plan says
	Next  calendar.Date   `json:"next,omitzero"`  // fixed by hand; it counts until the risk is reviewed on or after it
	Last  calendar.Date   `json:"last,omitzero"`  // last review; an assessment is a review too
}

// A ReviewDue is a review that a risk needs.
type ReviewDue struct {
	Risk    string        `json:"risk"`
	Owner   string        `json:"owner,omitempty"`
	Due     calendar.Date `json:"due"`
	Overdue int           `json:"overdue"` // days since Due, 0 if it is not past
}

// NextReview returns the date of the next review of an active risk as seen at
// asOf: the one fixed by hand, unless there was a review since; otherwise one
// cycle after the last review, or after the risk was raised. The cycle is that
// of the risk, of its band, of the plan, or [DefaultReview], the first that is
// given. It returns false if the date would lie beyond the calendar.
func (r Register) NextReview(risk Risk, asOf calendar.Date) (calendar.Date, bool) {
	last := risk.lastReview(asOf)
	if next := risk.Review.Next; next != 0 && last < next {
		return next, true
	}
	due := r.cycle(risk, asOf).After(max(last, risk.Raised))
	return due, due != 0
}

// lastReview returns the date when r was last looked at, zero if never.
func (r Risk) lastReview(asOf calendar.Date) calendar.Date {
	var last calendar.Date
	if r.Review.Last <= asOf {
		last = r.Review.Last
	}
	for _, a := range r.Assessments {
		if a.Date <= asOf {
			last = max(last, a.Date)
		}
	}
	return last
}

func (r Register) cycle(risk Risk, asOf calendar.Date) calendar.Period {
	var ofBand calendar.Period
	if s, ok := r.Standing(risk, asOf); ok {
		if m, found := r.MatrixOf(s.Matrix); found {
			ofBand = m.Bands[s.Rating.Band].Review
		}
	}
	return cmp.Or(risk.Review.Every, ofBand, r.Plan.Review, DefaultReview)
}

// ReviewsDue returns the reviews of active risks that are due on or before the
// given day, as seen at asOf, the earliest first and then by id. With until at
// asOf it lists what is due now; with a later day, what is coming.
func (r Register) ReviewsDue(asOf, until calendar.Date) []ReviewDue {
	var all []ReviewDue
	for _, risk := range r.Active(asOf) {
		due, ok := r.NextReview(risk, asOf)
		if !ok || due > until {
			continue
		}
		late, _ := asOf.DaysSince(due)
		all = append(all, ReviewDue{risk.ID, risk.Owner, due, max(late, 0)})
	}
	slices.SortStableFunc(all, func(a, b ReviewDue) int {
		return cmp.Or(cmp.Compare(a.Due, b.Due), cmp.Compare(a.Risk, b.Risk))
	})
	return all
}
