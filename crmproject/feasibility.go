package crmproject

import (
	"slices"

	"github.com/crmrollout/crm/crmproject/calendar"
)

// A Feasibility is the answer to whether the project can be done and launched
// with what there is (CP-41). Decision is what people decided; [Feasibility.Result]
// is what the answers come to.
type Feasibility struct {
	Checks   []FeasibilityCheck `json:"checks,omitempty"`
	Decision Decision           `json:"decision,omitzero"`
	By       string             `json:"by,omitempty"`
	On       calendar.Date      `json:"on,omitzero"`
	Reason   string             `json:"reason,omitempty"`
}

// A FeasibilityCheck is one question of the feasibility study, such as whether
// the people are there.
type FeasibilityCheck struct {
	Title     string    `json:"title"`
	Dimension Dimension `json:"dimension,omitzero"`
	Answer    Decision  `json:"answer,omitzero"`
	Note      string    `json:"note,omitempty"` // what the answer rests on
}

// A DimensionResult is what the questions of one dimension come to: no-go with one
// no, undecided with an open question or none at all, else go.
type DimensionResult struct {
	Dimension Dimension `json:"dimension"`
	Answer    Decision  `json:"answer,omitzero"`
	Questions int       `json:"questions"`
	Against   []string  `json:"against,omitempty"` // titles of the questions answered with no
	Open      []string  `json:"open,omitempty"`    // titles of the questions without an answer
}

// A FeasibilityResult is what the study comes to: no-go with one no, undecided
// while a dimension is undecided or a question open, else go.
type FeasibilityResult struct {
	Decision   Decision          `json:"decision,omitzero"`
	Dimensions []DimensionResult `json:"dimensions"` // each of them, in their order
	Missing    []Dimension       `json:"missing,omitempty"`
}

// Result returns what the answers come to. Questions without a dimension count for
// the whole alone.
func (f Feasibility) Result() FeasibilityResult {
	r := FeasibilityResult{Decision: Go}
	for d := range dimensionWords.All() {
		part := f.dimension(d)
		r.Dimensions = append(r.Dimensions, part)
		if part.Questions == 0 {
			r.Missing = append(r.Missing, d)
		}
		r.Decision = both(r.Decision, part.Answer)
	}
	for _, c := range f.Checks {
		r.Decision = both(r.Decision, c.Answer)
	}
	return r
}

// both returns no-go if either is, then undecided if either is, else go.
func both(a, b Decision) Decision {
	switch {
	case a == NoGo || b == NoGo:
		return NoGo
	case a != Go || b != Go:
		return 0
	default:
		return Go
	}
}

func (f Feasibility) dimension(d Dimension) DimensionResult {
	r := DimensionResult{Dimension: d, Answer: Go}
	for _, c := range f.Checks {
		if c.Dimension != d {
			continue
		}
		r.Questions++
		r.Answer = both(r.Answer, c.Answer)
		switch c.Answer {
		case NoGo:
			r.Against = append(r.Against, c.Title)
		case Go:
		default:
			r.Open = append(r.Open, c.Title)
		}
	}
	if r.Questions == 0 {
		r.Answer = 0
	}
	return r
}

// sorted reports whether any question is put under a dimension.
func (f Feasibility) sorted() bool {
	return slices.ContainsFunc(f.Checks, func(c FeasibilityCheck) bool { return c.Dimension.IsValid() })
}
