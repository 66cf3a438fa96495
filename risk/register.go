package risk

import (
	"slices"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/money"
)

// A Plan is how the project deals with risks: the risk management plan in so
// far as rules can hold the register against it (RI-01).
type Plan struct {
	Manager     string          `json:"manager,omitempty"`    // who keeps the register
	Approach    string          `json:"approach,omitempty"`   // in a few sentences
	Review      calendar.Period `json:"review,omitzero"`      // how often a risk is reviewed if nothing nearer says so; zero: P1M
	StaleAfter  calendar.Period `json:"staleAfter,omitzero"`  // age from which an assessment proves nothing; zero: P3M
	Contingency money.Amount    `json:"contingency,omitzero"` // set aside for what the risks are expected to cost
	Appetites   []Appetite      `json:"appetites,omitempty"`
	SetAside    []SetAside      `json:"setAside,omitempty"` // catalogue entries considered and left out
}

// A SetAside records that a risk of the catalogue was considered and is none of
// this project's, and why.
type SetAside struct {
	Entry  string `json:"entry"`
	Reason string `json:"reason"`
}

// A Register is the risks of a project, the matrix that they are rated by, and
// the plan for dealing with them. It is plain data: JSON gives it back
// unchanged. Validate it before use; the other methods do not repeat its
// checks, and skip what they cannot make sense of.
type Register struct {
	Plan    Plan     `json:"plan,omitzero"`
	Matrix  Matrix   `json:"matrix"`            // the one in use
	Earlier []Matrix `json:"earlier,omitempty"` // those that older assessments refer to
	Risks   []Risk   `json:"risks"`
}

// Risk returns the risk of the given id, and false if there is none.
func (r Register) Risk(id string) (Risk, bool) {
	for _, risk := range r.Risks {
		if risk.ID == id {
			return risk, true
		}
	}
	return Risk{}, false
}

// Active returns the risks that are live or have occurred at asOf, in the order
// of the register.
func (r Register) Active(asOf calendar.Date) []Risk {
	return r.inState(asOf, Live, Occurred)
}

// Live returns the risks that are live at asOf, in the order of the register.
func (r Register) Live(asOf calendar.Date) []Risk { return r.inState(asOf, Live) }

func (r Register) inState(asOf calendar.Date, states ...State) []Risk {
	var found []Risk
	for _, risk := range r.Risks {
		if slices.Contains(states, risk.StateAt(asOf)) {
			found = append(found, risk)
		}
	}
	return found
}

// Consequences returns the ids of the risks that the given one makes more
// likely, directly or through others, in ascending order. It contains the risk
// itself only if the causes run in a circle (RI-04).
func (r Register) Consequences(id string) []string {
	effects := map[string][]string{}
	for _, risk := range r.Risks {
		for _, link := range risk.Causes {
			effects[link.Risk] = append(effects[link.Risk], risk.ID)
		}
	}
	reached := map[string]bool{}
	for queue := effects[id]; len(queue) > 0; queue = queue[1:] {
		if at := queue[0]; !reached[at] {
			reached[at] = true
			queue = append(queue, effects[at]...)
		}
	}
	all := make([]string, 0, len(reached))
	for at := range reached {
		all = append(all, at)
	}
	slices.Sort(all)
	return all
}

// MatrixOf returns the matrix of a reference such as "classic_5x5@1", the one
// in use or an earlier one, and false if the register has it not.
func (r Register) MatrixOf(ref string) (Matrix, bool) {
	if r.Matrix.Ref() == ref {
		return r.Matrix, true
	}
	for _, m := range r.Earlier {
		if m.Ref() == ref {
			return m, true
		}
	}
	return Matrix{}, false
}

// Rate returns the rating of an assessment by the matrix that it was made with,
// and false if the register has no such matrix or level.
func (r Register) Rate(a Assessment) (Rating, bool) {
	m, ok := r.MatrixOf(a.Matrix)
	if !ok {
		return Rating{}, false
	}
	return m.Rate(a.Likelihood, a.Impact)
}

// A Standing is what the register holds of a risk on a date.
type Standing struct {
	Assessment
	Rating Rating `json:"rating"`
}

// Standing returns the assessment by which a risk counts at asOf: the latest
// residual one, or if there is none, the latest inherent one. It returns false
// if there is neither, or none that can be rated.
func (r Register) Standing(risk Risk, asOf calendar.Date) (Standing, bool) {
	for _, basis := range []Basis{Residual, Inherent} {
		if s, ok := r.standing(risk, basis, asOf); ok {
			return s, true
		}
	}
	return Standing{}, false
}

// standing returns the latest assessment of one basis with its rating.
func (r Register) standing(risk Risk, basis Basis, asOf calendar.Date) (Standing, bool) {
	a, ok := latest(risk.Assessments, basis, asOf)
	if !ok {
		return Standing{}, false
	}
	rating, ok := r.Rate(a)
	return Standing{a, rating}, ok
}

// Residual returns the expected monetary value that is left of the threats and
// of the opportunities that are live at asOf. They are sums of means and hold
// whatever the risks have to do with each other. The first is undefined as soon
// as one of its risks is.
func (r Register) Residual(asOf calendar.Date) (threats, opportunities Exposure) {
	threats, opportunities = ExposureOf(money.Amount{}), ExposureOf(money.Amount{})
	for _, risk := range r.Live(asOf) {
		if emv := risk.Residual().EMV; risk.Kind == Opportunity {
			opportunities = opportunities.Add(emv)
		} else {
			threats = threats.Add(emv)
		}
	}
	return threats, opportunities
}

func (r Register) clone() Register {
	r.Plan.Appetites = slices.Clone(r.Plan.Appetites)
	r.Plan.SetAside = slices.Clone(r.Plan.SetAside)
	r.Matrix = r.Matrix.clone()
	r.Earlier = slices.Clone(r.Earlier)
	for i := range r.Earlier {
		r.Earlier[i] = r.Earlier[i].clone()
	}
	r.Risks = slices.Clone(r.Risks)
	for i := range r.Risks {
		r.Risks[i] = r.Risks[i].clone()
	}
	return r
}
