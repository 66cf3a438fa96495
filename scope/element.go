package scope

import (
	"cmp"
	"slices"

	"github.com/crmrollout/crm/crmproject/objective"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// An ElementKind is a kind of thing that a scope promises. The zero ElementKind is
// invalid.
type ElementKind uint8

// The element kinds.
const (
	ElementFeature     ElementKind = iota + 1 // a [Feature]
	ElementIntegration                        // an [Integration]
	ElementObjective                          // an objective that is kept
	ElementRequirement                        // a [Requirement] that is in scope
	ElementRole                               // a [Role]
	ElementEntity                             // an [Entity] that is migrated
)

var elementKindWords = verdict.NewWords[ElementKind]("element kind", "feature", "integration", "objective", "requirement", "role", "entity")

// ParseElementKind returns the element kind of a word such as "feature".
func ParseElementKind(word string) (ElementKind, error) { return elementKindWords.Parse(word) }

// IsValid reports whether e is one of the element kinds.
func (e ElementKind) IsValid() bool { return elementKindWords.IsValid(e) }

// String returns the word of e, empty for the zero value.
func (e ElementKind) String() string { return elementKindWords.String(e) }

// AppendText appends the word of e to b.
func (e ElementKind) AppendText(b []byte) ([]byte, error) { return elementKindWords.AppendText(b, e) }

// MarshalText returns the word of e.
func (e ElementKind) MarshalText() ([]byte, error) { return e.AppendText(nil) }

// UnmarshalText reads a word; e is unchanged on error.
func (e *ElementKind) UnmarshalText(text []byte) error {
	return elementKindWords.UnmarshalText(text, e)
}

// An Element is one thing that a scope promises, by its content. The fingerprint
// is over what is promised, not over how the work on it stands: a requirement
// that is agreed, traced or delivered is still the same requirement.
type Element struct {
	Kind        ElementKind `json:"kind"`
	ID          string      `json:"id"`
	Fingerprint Fingerprint `json:"fingerprint"`
}

// Elements returns everything that the statement promises, by kind and id.
// Exclusions are no elements, since more of them is less scope; milestones and
// budget lines have their own control.
func (s Statement) Elements() []Element {
	var list []Element
	add := func(kind ElementKind, id string, f Fingerprint) { list = append(list, Element{kind, id, f}) }
	for _, x := range s.Scope.Features {
		add(ElementFeature, x.ID, digestOf("feature", x.Name, x.Description, x.Customisation).sum())
	}
	for _, x := range s.Scope.Integrations {
		add(ElementIntegration, x.ID, digestOf("integration", x.System, x.Purpose).sum())
	}
	for _, o := range s.Goals.Objectives {
		add(ElementObjective, o.ID, objectivePrint(o))
	}
	for _, r := range s.Requirements {
		if r.InScope() {
			add(ElementRequirement, r.ID, r.fingerprint())
		}
	}
	for _, r := range s.Users.Roles {
		add(ElementRole, r.ID, r.fingerprint())
	}
	for _, e := range s.Migration.Entities {
		add(ElementEntity, e.ID, e.fingerprint(s.Migration.AcceptanceOf(e)))
	}
	slices.SortStableFunc(list, compareElements)
	return list
}

func compareElements(a, b Element) int {
	return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.ID, b.ID))
}

func objectivePrint(o objective.Objective) Fingerprint {
	return digestOf("objective", o.Text, o.Direction.String(), o.Metric,
		o.Amount.Kind.String(), o.Amount.Value.String(), o.Amount.High.String(), o.Amount.Unit,
		o.Baseline.String(), o.Target.String(), o.Deliverable, o.Deadline.String()).sum()
}

func (r Requirement) fingerprint() Fingerprint {
	return digestOf("requirement", r.Text, r.Component.String(), r.Kind.String(), r.Priority.String(), r.Area.String(),
		r.Exchange.Integration, r.Exchange.Flow.String(), r.Exchange.Frequency).list(r.Exchange.Data).sum()
}

func (r Role) fingerprint() Fingerprint {
	d := digestOf("role", r.Name, r.Level, r.Tailoring).number(int64(r.Count)).number(int64(len(r.Access)))
	for _, a := range r.Access {
		d.text(a.Entity).list(a.Need) // grants are how the needs are met
	}
	return d.sum()
}

func (e Entity) fingerprint(a Acceptance) Fingerprint {
	text := func(r ratio.Ratio) string { return r.String() }
	return digestOf("entity", e.Name, e.Source, e.Format, text(a.Completeness), text(a.Accuracy)).sum()
}
