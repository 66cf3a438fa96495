package scope

import (
	"fmt"
	"slices"

	"github.com/crmrollout/crm/crmproject/verdict"
)

// A Checklist says which items of a [Scheme] a scope statement does not satisfy,
// and which components do not apply. It is what a score is computed from,
// whether it was derived by [Statement.Checklist] or filled in by hand.
type Checklist struct {
	Missing       []Gap       `json:"missing,omitempty"`
	NotApplicable []Exemption `json:"notApplicable,omitempty"`
}

// A Gap is an item that is not satisfied, and what is missing.
type Gap struct {
	Item   ItemRef `json:"item"`
	Reason string  `json:"reason,omitempty"`
}

// Checklist goes through the items of a scheme, the zero Scheme for the default
// one, and returns those that the statement does not satisfy, in the order of the
// scheme, with the reason for each. An item about "each" or "every" is not
// satisfied by an empty list: a statement that says nothing satisfies nothing.
func (s Statement) Checklist(scheme Scheme) Checklist {
	scheme = scheme.resolved()
	var list Checklist
	for _, c := range scheme.Components {
		if e, ok := s.exemption(c.Component); ok {
			list.NotApplicable = append(list.NotApplicable, e)
		}
		for _, item := range c.Items {
			ref := ItemRef{c.Component, item.Name}
			if reason := s.unsatisfied(ref); reason != "" {
				list.Missing = append(list.Missing, Gap{ref, reason})
			}
		}
	}
	return list
}

// exemption returns the declaration that a component does not apply, one with a
// rationale if there are several.
func (s Statement) exemption(c Component) (Exemption, bool) {
	all := pick(s.NotApplicable, func(e Exemption) bool { return e.Component == c })
	if len(all) == 0 {
		return Exemption{}, false
	}
	i := slices.IndexFunc(all, func(e Exemption) bool { return !blank(e.Rationale) })
	return all[max(i, 0)], true
}

// unsatisfied says why an item is not satisfied, nothing if it is.
func (s Statement) unsatisfied(ref ItemRef) string {
	derive, ok := derivationOf(ref)
	if !ok {
		return s.unconfirmed(ref)
	}
	var first string
	var more int
	note := func(message string) {
		if first == "" {
			first = message
			return
		}
		more++
	}
	derive(&s, sink{find: func(_, message, _ string) { note(message) }, void: note})
	if more > 0 {
		return fmt.Sprintf("%s (and %d more)", first, more)
	}
	return first
}

// unconfirmed says that nobody has confirmed an item of the organisation's own.
func (s Statement) unconfirmed(ref ItemRef) string {
	for _, c := range s.Confirmed {
		if c.Item == ref && !blank(c.By) && c.On.IsValid() {
			return ""
		}
	}
	return fmt.Sprintf("This cannot be read off the statement, and nobody has confirmed %s.", verdict.Quote(ref.Name))
}

// Validate reports every fault of the checklist under a scheme, the zero Scheme
// for the default one: items and components that the scheme does not ask for, and
// those listed twice.
func (c Checklist) Validate(scheme Scheme) error {
	scheme = scheme.resolved()
	var f verdict.Faults
	items := map[ItemRef]bool{}
	for i, gap := range c.Missing {
		at := verdict.At("missing", i) + ".item"
		switch {
		case gap.Item == ItemRef{}:
			f.Missing(at)
		case !scheme.has(gap.Item):
			f.Unknown(at, gap.Item.String())
		case items[gap.Item]:
			f.Duplicate(at, gap.Item.String())
		}
		items[gap.Item] = true
	}
	components := map[Component]bool{}
	for i, e := range c.NotApplicable {
		at := verdict.At("notApplicable", i) + ".component"
		_, known := scheme.of(e.Component)
		switch {
		case e.Component == 0:
			f.Missing(at)
		case !known:
			f.Unknown(at, e.Component.String())
		case components[e.Component]:
			f.Duplicate(at, e.Component.String())
		}
		components[e.Component] = true
	}
	return f.Err()
}
