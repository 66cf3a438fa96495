package phase

import (
	"unicode"
	"unicode/utf8"

	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// An ID names a phase for ever; titles may change, ids may not. It has 1 to 64
// bytes of printable UTF-8 without spaces.
type ID string

// End stands for the end of the life cycle as the target of a transition. It is
// not a phase, and no phase may have this id.
const End ID = "end"

// IsValid reports whether id can name a phase; [End] cannot.
func (id ID) IsValid() bool {
	if id == "" || id == End || len(id) > 64 || !utf8.ValidString(string(id)) {
		return false
	}
	for _, r := range string(id) {
		if !unicode.IsGraphic(r) || unicode.IsSpace(r) {
			return false
		}
	}
	return true
}

// A Phase is one stage of a life cycle.
type Phase struct {
	ID        ID     `json:"id"`
	Title     string `json:"title,omitempty"`     // for people; empty shows the id
	Objective string `json:"objective,omitempty"` // what the phase is to achieve
	Role      Role   `json:"role,omitzero"`       // zero is an ordinary phase
}

// label returns what people call the phase.
func (p Phase) label() string {
	if p.Title == "" {
		return string(p.ID)
	}
	return p.Title
}

// A Criterion is a rule with its consequence at a gate.
type Criterion[F any] struct {
	Rule verdict.Rule[F]
	Need Need
	// Weight is what a should counts for, 0 or more: one of weight 0 is shown and
	// counts for nothing. The weight of a must is not used.
	Weight int64
	// Waivable says whether a waiver may excuse a must that is not met.
	Waivable bool
}

// A Transition is a declared way from one phase to another, and the gate on it.
// No criteria means that the gate stands open.
type Transition[F any] struct {
	From, To ID     // To can be [End]
	Name     string // for people; empty shows "from → to"
	// Threshold is the share of the should weight that a go needs, 0 to 1;
	// reaching it exactly passes. The zero Ratio asks for nothing.
	Threshold ratio.Ratio
	Criteria  []Criterion[F]
}

// A Definition is a life cycle as its author writes it: phases, transitions and
// the rules at their gates. [Compile] checks it and makes it ready for use; the
// part of it that is data is its [Outline].
//
// The order of Phases is the order of the life cycle. The first is where it
// starts. Recycling and reopening lead to the same or an earlier phase in this
// order, and a gate is later than another if it leads out of a later phase.
type Definition[F any] struct {
	Name        string // states and records carry it, so it should name the version too
	Phases      []Phase
	Transitions []Transition[F]
}

// Outline returns the part of the definition that is data: everything but the
// checks.
func (d Definition[F]) Outline() Outline {
	o := Outline{Name: d.Name, Phases: copied(d.Phases)}
	for _, t := range d.Transitions {
		edge := Edge{From: t.From, To: t.To, Name: t.Name, Threshold: t.Threshold}
		for _, c := range t.Criteria {
			edge.Criteria = append(edge.Criteria, Term{c.Rule.Code, c.Need, c.Weight, c.Waivable})
		}
		o.Transitions = append(o.Transitions, edge)
	}
	return o
}

// copied returns a copy of list that shares nothing with it, nil if it is empty.
func copied[T any](list []T) []T { return append([]T(nil), list...) }
