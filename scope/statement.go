package scope

import (
	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// A Statement says what the project is to deliver, in nine components, in one
// document that everybody reads. It is plain data: every field may be missing,
// and what is missing is judged by [Statement.Completeness] and by [Rules].
type Statement struct {
	Title         string         `json:"title"`
	Scope         Extent         `json:"scope,omitzero"`
	Goals         Goals          `json:"goals,omitzero"`
	Timeline      Timeline       `json:"timeline,omitzero"`
	Budget        Budget         `json:"budget,omitzero"`
	Requirements  []Requirement  `json:"requirements,omitempty"` // of all five requirement components
	Users         Users          `json:"users,omitzero"`
	Migration     Migration      `json:"migration,omitzero"`
	Inputs        []Input        `json:"inputs,omitempty"`
	NotApplicable []Exemption    `json:"notApplicable,omitempty"`
	Confirmed     []Confirmation `json:"confirmed,omitempty"`
}

// An Input records that a department was heard on a component, whether or not a
// requirement came of it.
type Input struct {
	Component  Component     `json:"component"`
	Department Department    `json:"department"`
	By         string        `json:"by"` // who gave it
	On         calendar.Date `json:"on"`
	Note       string        `json:"note,omitempty"`
}

// An Exemption declares that a component does not apply to the project. Whether
// that is allowed is for the [Scheme] to say; without a rationale it never is.
type Exemption struct {
	Component Component     `json:"component"`
	Rationale string        `json:"rationale"`
	By        string        `json:"by,omitempty"`
	On        calendar.Date `json:"on,omitzero"`
}

// A Confirmation is the word of a person that an item of the organisation's own
// is satisfied, one that this package cannot derive from a statement.
type Confirmation struct {
	Item ItemRef       `json:"item"`
	By   string        `json:"by"`
	On   calendar.Date `json:"on"`
	Note string        `json:"note,omitempty"`
}

// Of returns the requirements of a component, in their order.
func (s Statement) Of(c Component) []Requirement {
	return pick(s.Requirements, func(r Requirement) bool { return r.Component == c })
}

// promised returns the requirements of a component that are in scope.
func (s Statement) promised(c Component) []Requirement {
	return pick(s.Requirements, func(r Requirement) bool { return r.Component == c && r.InScope() })
}

// heard reports whether the department was heard on the component: through a
// requirement of whatever status, or through an input on record.
func (s Statement) heard(c Component, d Department) bool {
	for _, r := range s.Requirements {
		if r.Component == c && r.Source.Department.Is(d) {
			return true
		}
	}
	return s.inputFrom(c, d)
}

// inputFrom reports whether an input of the department on the component is on
// record, with a name and a date.
func (s Statement) inputFrom(c Component, d Department) bool {
	for _, in := range s.Inputs {
		if in.Component == c && in.Department.Is(d) && !blank(in.By) && in.On.IsValid() {
			return true
		}
	}
	return false
}

// Validate reports every fault of the statement as input, located by path: ids
// that are missing or used twice, references to nothing, values that cannot be.
// That something is not stated yet, or unwise, is no fault.
func (s Statement) Validate() error {
	var f verdict.Faults
	s.Scope.validate(&f)
	s.Goals.validate(&f)
	s.Timeline.validate(&f)
	s.Budget.validate(&f)
	s.validateRequirements(&f)
	s.Users.validate(&f)
	s.Migration.validate(&f)
	s.validateInputs(&f)
	s.validateExemptions(&f)
	s.validateConfirmations(&f)
	return f.Err()
}

func (s Statement) validateRequirements(f *verdict.Faults) {
	f.IDs("requirements", len(s.Requirements), func(i int) string { return s.Requirements[i].ID })
	known := references{
		objectives:   s.Goals.objectiveIDs(),
		features:     idsOf(s.Scope.Features, func(x Feature) string { return x.ID }),
		integrations: idsOf(s.Scope.Integrations, func(x Integration) string { return x.ID }),
	}
	for i, r := range s.Requirements {
		r.validate(f, verdict.At("requirements", i), known)
	}
}

func (s Statement) validateInputs(f *verdict.Faults) {
	for i, in := range s.Inputs {
		at := verdict.At("inputs", i)
		wantWord(f, at+".component", in.Component, in.Component.IsValid())
		wantText(f, at+".department", string(in.Department))
		wantText(f, at+".by", in.By)
		wantDate(f, at+".on", in.On)
	}
}

func (s Statement) validateExemptions(f *verdict.Faults) {
	seen := map[Component]bool{}
	for i, e := range s.NotApplicable {
		at := verdict.At("notApplicable", i)
		wantWord(f, at+".component", e.Component, e.Component.IsValid())
		if seen[e.Component] {
			f.Duplicate(at+".component", e.Component.String())
		}
		seen[e.Component] = true
		mayDate(f, at+".on", e.On)
	}
}

func (s Statement) validateConfirmations(f *verdict.Faults) {
	for i, c := range s.Confirmed {
		at := verdict.At("confirmed", i)
		switch {
		case !c.Item.IsValid():
			f.Addf(at+".item", "%w %s", verdict.ErrInvalid, verdict.Quote(c.Item.String()))
		case derives(c.Item):
			f.Addf(at+".item", "%w: %s is read off the statement, nobody can confirm it", verdict.ErrInvalid, c.Item)
		}
		wantText(f, at+".by", c.By)
		wantDate(f, at+".on", c.On)
	}
}
